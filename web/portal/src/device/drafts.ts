// drafts.ts - filings begun on this device: the answers first, the server's copy second.
import type { Answers, Attachment, Evaluation, Filing, Procedure, Text } from "@shared/schemas.ts";
import { keysWith, readValue, remove, writeValue } from "./storage.ts";

const prefix = "motcua.draft.";

// What is asked beside the procedure's own form.
export interface Contact {
  name?: string;
  personal_id?: string;
  phone?: string;
  email?: string;
  return_method?: "online" | "counter" | "post";
  // One-stop centre; without it, that of the agency that decides.
  return_at?: string;
  return_at_name?: string;
}

// A filing that was sent and whose answer is not known.  Kept before the first byte leaves, so that
// the same key and body can be sent again after a crash.
export interface Submission {
  key: string;
  body: Filing;
}

export interface LocalDraft {
  id: string;
  secret: string;
  procedure: string;
  procedureName: Text;
  agency?: string;
  agencyName?: Text;
  answers: Answers;
  contact: Contact;
  attachments: Attachment[];
  // Parts that the person has been through: page ids, "agency", "contact".
  visited: string[];
  // Whether the server has not seen the latest answers.
  dirty: boolean;
  changedAt: string;
  expiresAt?: string;
  evaluation?: Evaluation;
  submission?: Submission;
}

export const keepDraft = (draft: LocalDraft): void => writeValue(prefix + draft.id, draft);
export const findDraft = (id: string): LocalDraft | null => readValue<LocalDraft>(prefix + id);
export const forgetDraft = (id: string): void => remove(prefix + id);

// Latest first.
export function listDrafts(): LocalDraft[] {
  return keysWith(prefix)
    .map((key) => readValue<LocalDraft>(key))
    .filter((draft): draft is LocalDraft => draft !== null)
    .sort((a, b) => b.changedAt.localeCompare(a.changedAt));
}

// The procedure's form, so that a filing goes on without a connection.
// An agency may have laid something of its own over the national one.
const procedureKey = (code: string, agency: string | undefined) => `motcua.procedure.${code}${agency ? `@${agency}` : ""}`;
export const keepProcedure = (procedure: Procedure, agency?: string): void => writeValue(procedureKey(procedure.code, agency), procedure);
export const findProcedure = (code: string, agency?: string): Procedure | null =>
  readValue<Procedure>(procedureKey(code, agency)) ?? (agency ? readValue<Procedure>(procedureKey(code, undefined)) : null);
