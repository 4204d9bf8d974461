// filing.ts - what is sent when a dossier is taken in at the counter.  Pure.
import { applicantFromAnswers } from "@shared/form/answers.ts";
import type { Answers, Applicant, Attachment, Evaluation, Field, Filing, Form, ProcedureComponent } from "@shared/schemas.ts";
import type { Texts } from "../../i18n/vi.ts";
import type { Prepared } from "../dossier/actions/action_props.ts";

export type ReturnMethod = "counter" | "online" | "post";

export type ActingKind = "parent" | "guardian" | "authorised" | "legal_representative";
export const actingKinds: ActingKind[] = ["authorised", "parent", "guardian", "legal_representative"];
export type Consent = "signed" | "witnessed" | "spoken";
export const consents: Consent[] = ["signed", "witnessed", "spoken"];

export interface IntakeDraft {
  answers: Answers;
  applicant: Applicant;
  // For whom, as what, and by which paper; `known`: the paper was recorded on an earlier occasion.
  behalf: { on: boolean; name: string; id: string; kind: ActingKind; paper: string; number: string; issued: string; known: boolean };
  // The officer types for the applicant, who agreed.
  help: { on: boolean; consent: Consent; witness: string };
  agency: string;
  // Papers handed over, or shown and given back, by component.
  ticked: string[];
  files: Attachment[];
  returnMethod: ReturnMethod;
  // Centre where the result is wanted; empty: here.
  returnAt: string;
  duplicateSeen: boolean;
}

export const emptyIntake: IntakeDraft = {
  answers: {},
  applicant: { name: "" },
  behalf: { on: false, name: "", id: "", kind: "authorised", paper: "", number: "", issued: "", known: false },
  help: { on: false, consent: "signed", witness: "" },
  agency: "",
  ticked: [],
  files: [],
  returnMethod: "counter",
  returnAt: "",
  duplicateSeen: false,
};

export type ApplicantPart = "name" | "personal_id" | "phone" | "email" | "address";
export const applicantParts: ApplicantPart[] = ["name", "personal_id", "phone", "email", "address"];

const applicantNames: Record<string, ApplicantPart> = {
  full_name: "name",
  name: "name",
  personal_id: "personal_id",
  phone: "phone",
  email: "email",
  address: "address",
};

function applicantPartOf(field: Field): ApplicantPart | undefined {
  const [whose, what] = (field.prefill ?? "").split(".");
  return whose === "applicant" && what ? applicantNames[what] : undefined;
}

// What the form asks about the applicant anyway is not asked a second time.
export function partsToAsk(form: Form, visible: string[]): ApplicantPart[] {
  const shown = new Set(visible);
  const covered = new Set(
    form.pages.flatMap((page) => page.fields).filter((field) => shown.has(field.id)).map(applicantPartOf),
  );
  return applicantParts.filter((part) => !covered.has(part));
}

// The form's own answers come first; the boxes above it stand in for what it does not ask.
export function applicantOf(form: Form, draft: IntakeDraft): Applicant {
  const typed = Object.fromEntries(Object.entries(draft.applicant).filter(([, value]) => typeof value === "string" && value.trim() !== ""));
  return { name: "", ...typed, ...applicantFromAnswers(form, draft.answers) };
}

export function visibleAnswers(answers: Answers, evaluation: Evaluation | undefined): Answers {
  if (!evaluation) return answers;
  const visible = new Set(evaluation.visible);
  return Object.fromEntries(Object.entries(answers).filter(([id]) => visible.has(id)));
}

export function missingComponents(components: ProcedureComponent[], draft: IntakeDraft): ProcedureComponent[] {
  return components.filter(
    (component) =>
      component.required &&
      !component.replaced_by &&
      !draft.ticked.includes(component.id) &&
      !draft.files.some((file) => file.component === component.id),
  );
}

interface Surroundings {
  procedure: string;
  form: Form;
  components: ProcedureComponent[];
  evaluation: Evaluation | undefined;
  // Whether there is more than one competent agency to choose from.
  choiceOfAgency: boolean;
  duplicates: boolean;
}

// A tax code has 10 or 13 digits, an identity number 9 or 12.
const isTaxCode = (id: string): boolean => /^\d{10}(-?\d{3})?$/.test(id);

export function prepareFiling(draft: IntakeDraft, around: Surroundings, t: Texts): Prepared<Filing> {
  const applicant = applicantOf(around.form, draft);
  if (applicant.name.trim() === "") return { problem: t.intake.nameMissing };
  if (around.choiceOfAgency && draft.agency === "") return { problem: t.intake.agencyMissing };
  if (missingComponents(around.components, draft).length > 0) return { problem: t.intake.missingNeeded };
  if (around.duplicates && !draft.duplicateSeen) return { problem: t.intake.duplicateNeeded };
  const wanted = new Set(around.components.map((component) => component.id));
  const body: Filing = {
    procedure: around.procedure,
    answers: visibleAnswers(draft.answers, around.evaluation) as Filing["answers"] & object,
    applicant,
    channel: "counter",
    attachments: draft.files.filter((file) => wanted.has(file.component)).map((file) => file.id),
    shown_components: draft.ticked.filter((id) => wanted.has(id)),
    receive: true,
    return_method: draft.returnMethod,
  };
  if (draft.agency !== "") body.agency = draft.agency;
  if (draft.returnAt && draft.returnMethod === "counter") body.return_at = draft.returnAt;
  if (draft.behalf.on && draft.behalf.name.trim() === "") return { problem: t.intake.behalfMissing };
  if (draft.behalf.on) {
    const id = draft.behalf.id.trim();
    body.on_behalf_of = { name: draft.behalf.name.trim(), ...(id === "" ? {} : isTaxCode(id) ? { tax_code: id } : { personal_id: id }) };
    // The placeholder is what the paper usually is: whoever leaves it alone means that one.
    const title = draft.behalf.paper.trim() || t.intake.actingPapers[draft.behalf.kind];
    if (!draft.behalf.known) {
      const issued = draft.behalf.issued === "" ? {} : { issued_on: draft.behalf.issued };
      body.acting = { kind: draft.behalf.kind, title, number: draft.behalf.number.trim(), ...issued };
    }
  }
  if (draft.help.on) {
    if (draft.help.consent === "witnessed" && draft.help.witness.trim() === "") return { problem: t.intake.witnessMissing };
    body.assistance = { consent: draft.help.consent, witness: draft.help.witness.trim() };
  }
  if (around.duplicates) body.duplicate_confirmed = true;
  return { body };
}
