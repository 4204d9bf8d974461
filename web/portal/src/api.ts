// api.ts - the calls of the portal, one function each, in the words of api/openapi.yaml.
import { createClient } from "@shared/api/client.ts";
import { uploadFile } from "@shared/api/upload.ts";
import type {
  Agency,
  Answers,
  Attachment,
  CommandResult,
  Draft,
  Filed,
  Filing,
  Procedure,
  ProcedureSummary,
  Schema,
  Session,
  Text,
  Tracking,
  TrackingStatus,
} from "@shared/schemas.ts";
import { currentLanguage } from "./language/language.tsx";
import { setReachable } from "./reachability.ts";
import { csrfHeader } from "./session.ts";

export const client = createClient({ language: currentLanguage, onReachable: setReachable, headers: csrfHeader });

export interface DraftKey {
  id: string;
  secret: string;
}

// The two codes of a receipt.  Without a secret it opens for whoever is signed in in its number.
export interface ReceiptKey {
  code: string;
  secret: string;
}

const draftHeaders = (draft: DraftKey) => ({ "X-Draft-Secret": draft.secret });
const receiptHeaders = (receipt: ReceiptKey): Record<string, string> => ({ "X-Dossier-Code": receipt.code, ...(receipt.secret !== "" && { "X-Receipt-Secret": receipt.secret }) });

// Who has lost the secret: the last six digits of a number that was given.
export const trackStatus = (code: string, digits: string) =>
  client.get<TrackingStatus>("/api/v1/tracking/status", { headers: { "X-Dossier-Code": code, "X-Identity-Digits": digits }, retries: 0 });

// A page of procedures.  `fields` comes where it was asked for.
export interface ProcedurePage {
  items: ProcedureSummary[];
  total: number;
  next_cursor?: string;
  fields?: { name: Text; count: number }[];
}

const proceduresPerPage = 20;

export const searchProcedures = (
  asked: { q: string; field: string; cursor?: string; fields?: boolean },
  signal?: AbortSignal,
): Promise<ProcedurePage> =>
  client.get<ProcedurePage>("/api/v1/procedures", { query: { ...asked, limit: proceduresPerPage }, ...(signal && { signal }) });

export const getSession = () => client.get<Session>("/api/v1/session", { retries: 0 });

export type Me = Schema<"Me">;
export type MyDossier = Schema<"MyDossier">;

export const getMe = () => client.get<Me>("/api/v1/me", { retries: 1 });
export const listMyDossiers = async (): Promise<MyDossier[]> => (await client.get<{ items: MyDossier[] }>("/api/v1/me/dossiers")).items;
// Where the browser signs out at the provider, too; empty: nowhere.
export const signOut = async (): Promise<string> => (await client.delete<{ sign_out_address: string }>("/api/v1/me/session")).sign_out_address;

// As an agency has it, where one is known.
export const getProcedure = (code: string, agency?: string) =>
  client.get<Procedure>("/api/v1/procedures/{code}", { path: { code }, query: { agency } });

export const listAgencies = async (procedure: string): Promise<Agency[]> =>
  (await client.get<{ items: Agency[] }>("/api/v1/agencies", { query: { procedure } })).items;

// Commune-level units, for questions that ask for one.
export const listUnits = async (): Promise<Agency[]> =>
  (await client.get<{ items: Agency[] }>("/api/v1/agencies", { query: { kind: "commune_committee" } })).items;

export const createDraft = (body: { procedure: string; agency?: string; answers?: Answers }, key: string) =>
  client.post<Draft>("/api/v1/drafts", { body, key });

export const getDraft = (draft: DraftKey) =>
  client.get<Draft>("/api/v1/drafts/{id}", { path: { id: draft.id }, headers: draftHeaders(draft), retries: 1 });

export const saveDraft = (draft: DraftKey, body: { agency?: string; answers: Answers; page?: string }, retries: number) =>
  client.put<Draft>("/api/v1/drafts/{id}", { path: { id: draft.id }, headers: draftHeaders(draft), body, retries });

export const deleteDraft = (draft: DraftKey) =>
  client.remove("/api/v1/drafts/{id}", { path: { id: draft.id }, headers: draftHeaders(draft), retries: 1 });

export interface Upload {
  component: string;
  name: string;
  bytes: Blob;
  key: string;
  onProgress: (fraction: number) => void;
  signal: AbortSignal;
}

export const uploadToDraft = (draft: DraftKey, upload: Upload): Promise<Attachment> =>
  uploadFile({
    path: "/api/v1/drafts/{id}/files",
    parameters: { id: draft.id },
    headers: draftHeaders(draft),
    language: currentLanguage(),
    ...upload,
  });

export const uploadToDossier = (receipt: ReceiptKey, upload: Upload): Promise<Attachment> =>
  uploadFile({ path: "/api/v1/tracking/files", headers: { ...csrfHeader(), ...receiptHeaders(receipt) }, language: currentLanguage(), ...upload });

export const deleteDraftFile = (draft: DraftKey, file: string) =>
  client.remove("/api/v1/drafts/{id}/files/{file}", { path: { id: draft.id, file }, headers: draftHeaders(draft) });

export const fileDossier = (draft: DraftKey, body: Filing, key: string) =>
  client.post<Filed>("/api/v1/dossiers", { headers: draftHeaders(draft), body, key });

export const track = (receipt: ReceiptKey) => client.get<Tracking>("/api/v1/tracking", { headers: receiptHeaders(receipt) });

export const downloadReceipt = (receipt: ReceiptKey) => client.download("/api/v1/tracking/receipt.pdf", { headers: receiptHeaders(receipt) });
export const downloadResult = (receipt: ReceiptKey) => client.download("/api/v1/tracking/result.pdf", { headers: receiptHeaders(receipt) });
export const downloadApology = (receipt: ReceiptKey) => client.download("/api/v1/tracking/apology.pdf", { headers: receiptHeaders(receipt) });
export const downloadQr = (receipt: ReceiptKey) => client.download("/api/v1/tracking/qr.svg", { headers: receiptHeaders(receipt) });

// The proof file of the filing; refused with "proof-pending" while no signed head covers it.
export const downloadProof = (receipt: ReceiptKey) => client.download("/api/v1/tracking/proof", { headers: receiptHeaders(receipt) });

// Texts: verifier keys, one a line, and the newest signed head.
export const getJournalKeys = async (): Promise<string> => (await client.download("/api/v1/journal/keys", { retries: 1 })).text();
export const getJournalCheckpoint = async (): Promise<string> => (await client.download("/api/v1/journal/checkpoint", { retries: 0 })).text();

export const sendSupplement = (receipt: ReceiptKey, body: { answers?: Answers; attachments?: string[]; note?: string }, key: string) =>
  client.post<CommandResult>("/api/v1/tracking/supplement", { headers: receiptHeaders(receipt), body, key });

export const withdraw = (receipt: ReceiptKey, reason: string, key: string) =>
  client.post<CommandResult>("/api/v1/tracking/withdraw", { headers: receiptHeaders(receipt), body: { reason }, key });

export const changeReturn = (receipt: ReceiptKey, body: { method: string; agency?: string }, key: string) =>
  client.post<CommandResult>("/api/v1/tracking/change-return", { headers: receiptHeaders(receipt), body, key });

// The one-stop centres where results of that procedure can be had, for that agency.
export const listReturnPlaces = async (procedure: string, place: string): Promise<Agency[]> =>
  (await client.get<{ return_places: Agency[] }>("/api/v1/competence", { query: { procedure, place } })).return_places;

export const rate = (receipt: ReceiptKey, body: { score: number; comment?: string }, key: string) =>
  client.post<CommandResult>("/api/v1/tracking/rating", { headers: receiptHeaders(receipt), body, key });
