// documents.ts - the printed forms of a dossier: which exist now, and where.
import { makeUrl } from "@shared/api/client.ts";
import type { Dossier } from "@shared/schemas.ts";

export type DocumentName = "slip" | "supplement" | "refusal" | "apology" | "stop" | "control-slip" | "filing";

// The number of the form.  Source: 03/2025/TT-VPCP, annex I.
export const formNumbers: Partial<Record<DocumentName, string>> = {
  slip: "01",
  supplement: "02",
  refusal: "03",
  apology: "04",
  stop: "05",
  "control-slip": "06",
};

const refusedStatus = 3;
const stoppedStatus = 8;

export function availableDocuments(dossier: Dossier): DocumentName[] {
  const names: DocumentName[] = [];
  if (dossier.received_at) names.push("slip");
  if (dossier.supplement) names.push("supplement");
  if (dossier.status.national === refusedStatus) names.push("refusal");
  if (dossier.apology) names.push("apology");
  if (dossier.status.national === stoppedStatus) names.push("stop");
  if (dossier.received_at) names.push("control-slip");
  names.push("filing");
  return names;
}

// `lang`: with the English text beside the Vietnamese, where the form has one.
export const documentUrl = (id: string, document: string, lang?: "en"): string =>
  makeUrl("/api/v1/dossiers/{id}/documents/{document}", { path: { id, document }, query: { lang } });

export const fileUrl = (id: string, file: string): string => makeUrl("/api/v1/dossiers/{id}/files/{file}", { path: { id, file } });

// In a tab of its own: the browser's PDF viewer has the print button.
export function openDocument(id: string, document: string, lang?: "en"): void {
  window.open(documentUrl(id, document, lang), "_blank");
}
