// answers.ts - what the answers of a form mean on the screen.  Pure.
import { formatDate, formatMoney, formatPartialDate } from "../format.ts";
import { textOf, type Language } from "../language.ts";
import type { Answers, Evaluation, Field, FieldProblem, Form, FormPage } from "../schemas.ts";

// No answer, as opposed to the answer "no" or 0.
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

// A new object; an empty value takes the answer out.
export function withAnswer(answers: Answers, field: string, value: unknown): Answers {
  const changed = { ...answers };
  if (isEmpty(value)) delete changed[field];
  else changed[field] = value;
  return changed;
}

// What the server last said is asked; before it has said anything, whatever hangs on no condition.
export function visibleFields(page: FormPage, evaluation: Pick<Evaluation, "visible"> | null | undefined, answers: Answers): Field[] {
  if (evaluation) {
    const visible = new Set(evaluation.visible);
    return page.fields.filter((field) => visible.has(field.id));
  }
  return page.fields.filter((field) => !field.conditional || !isEmpty(answers[field.id]));
}

export function isRequired(field: Field, evaluation: Pick<Evaluation, "required"> | null | undefined): boolean {
  return evaluation ? evaluation.required.includes(field.id) : field.required;
}

// "members[2].full_name" -> "members".
export function rootField(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? "";
}

// The problems that belong to a page's fields, in the order of the page.
export function problemsOfPage(page: FormPage, problems: FieldProblem[]): FieldProblem[] {
  const order = new Map(page.fields.map((field, index) => [field.id, index]));
  return problems
    .filter((problem) => order.has(rootField(problem.field)))
    .sort((a, b) => (order.get(rootField(a.field)) ?? 0) - (order.get(rootField(b.field)) ?? 0));
}

export const isError = (problem: FieldProblem): boolean => problem.severity !== "warning";

export function pageOfField(form: Form, path: string): FormPage | undefined {
  const root = rootField(path);
  return form.pages.find((page) => page.fields.some((field) => field.id === root));
}

export function findField(form: Form, path: string): Field | undefined {
  const root = rootField(path);
  for (const page of form.pages) {
    const found = page.fields.find((field) => field.id === root);
    if (found) return found;
  }
  return undefined;
}

// Element id of the first control of a field, for labels and for the links of the error summary.
export function controlId(path: string): string {
  return `f-${path.replace(/[^A-Za-z0-9_]+/g, "-").replace(/-$/, "")}`;
}

export interface Words {
  yes: string;
  no: string;
  row: string;
}

// An answer as a sentence reads it.  `unitName` knows the names of commune-level units.
export function showAnswer(
  field: Field,
  value: unknown,
  language: Language,
  words: Words,
  unitName: (code: string) => string | undefined = () => undefined,
): string {
  if (isEmpty(value)) return "";
  const optionLabel = (wanted: unknown): string => {
    const option = field.options?.find((candidate) => candidate.value === wanted);
    return option ? textOf(option.label, language) : String(wanted);
  };
  switch (field.type) {
    case "boolean":
      return value === true ? words.yes : value === false ? words.no : String(value);
    case "choice":
      return optionLabel(value);
    case "multi_choice":
      return (Array.isArray(value) ? value : [value]).map(optionLabel).join("; ");
    case "date":
      return formatDate(String(value));
    case "partial_date":
      return formatPartialDate(String(value));
    case "money":
      return typeof value === "number" ? formatMoney(value) : String(value);
    case "commune":
      return unitName(String(value)) ?? String(value);
    case "table":
      return (Array.isArray(value) ? value : [])
        .map((row: unknown, index) => {
          const cells = (field.columns ?? [])
            .map((column) => {
              const shown = showAnswer(column, (row as Answers)[column.id], language, words, unitName);
              return shown === "" ? "" : `${textOf(column.label, language)}: ${shown}`;
            })
            .filter((cell) => cell !== "");
          return `${words.row} ${index + 1}: ${cells.join("; ")}`;
        })
        .join("\n");
    default:
      return String(value);
  }
}

const applicantNames: Record<string, string> = {
  full_name: "name",
  name: "name",
  personal_id: "personal_id",
  phone: "phone",
  email: "email",
  address: "address",
  tax_code: "tax_code",
};

// Which property of the applicant a field asks for; the field says so by `prefill: applicant.…`.
export function applicantProperty(field: Field): string | undefined {
  const [whose, what] = (field.prefill ?? "").split(".");
  return whose === "applicant" && what ? applicantNames[what] : undefined;
}

// What the form has told about the person who files.
export function applicantFromAnswers(form: Form, answers: Answers): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of form.pages.flatMap((page) => page.fields)) {
    const name = applicantProperty(field);
    const value = answers[field.id];
    if (name && typeof value === "string" && value !== "" && !(name in found)) found[name] = value;
  }
  return found;
}
