// contact_form.ts - the questions about contact and result, made of the same parts as any other form.
//
// What the procedure's own form has asked is not asked again.
import { isEmpty } from "@shared/form/answers.ts";
import type { Field, FieldProblem } from "@shared/schemas.ts";
import type { Strings } from "../../language/vi.ts";
import type { FilingSession } from "./session.ts";

const both = (text: string) => ({ vi: text, en: text });

export function contactFields(session: FilingSession, strings: Strings): Field[] {
  const words = strings.filing;
  const asked = session.askedByForm;
  const fields: Field[] = [
    { id: "name", type: "text", label: both(words.contactName), required: true, autocomplete: "name", max_length: 200 },
    { id: "personal_id", type: "personal_id", label: both(words.contactId), help: both(words.contactIdHelp), required: false },
    { id: "phone", type: "phone", label: both(words.contactPhone), required: true, autocomplete: "tel" },
    { id: "email", type: "email", label: both(words.contactEmail), help: both(words.contactEmailHelp), required: false, autocomplete: "email" },
  ];
  const methods = ["online", "counter", "post"] as const;
  return [
    ...fields.filter((field) => !asked.has(field.id) && !(field.id === "personal_id" && asked.has("tax_code"))),
    {
      id: "return_method",
      type: "choice",
      label: both(words.contactReturn),
      required: true,
      options: methods.map((method) => ({ value: method, label: both(words.returnMethods[method]) })),
    },
  ];
}

// Only whether something is there: whether a number is right is the server's word at filing.
export function contactProblems(session: FilingSession, strings: Strings): FieldProblem[] {
  const words = strings.filing;
  const applicant = session.applicant;
  const asked = session.askedByForm;
  const problems: FieldProblem[] = [];
  if (!asked.has("name") && isEmpty(applicant.name)) problems.push({ field: "name", message: both(words.needName) });
  if (!asked.has("phone") && isEmpty(applicant.phone)) problems.push({ field: "phone", message: both(words.needPhone) });
  if (isEmpty(session.draft.contact.return_method)) problems.push({ field: "return_method", message: both(words.needReturn) });
  return problems;
}
