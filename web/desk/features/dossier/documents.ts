// documents.ts - the printed forms of a dossier: which exist now, and where.
import { makeUrl } from "@shared/api/client.ts";
import type { Dossier } from "@shared/schemas.ts";

export type DocumentName = "slip" | "supplement" | "refusal" | "stop" | "filing";

const refusedStatus = 3;
const stoppedStatus = 8;

export function availableDocuments(dossier: Dossier): DocumentName[] {
  const names: DocumentName[] = [];
  if (dossier.received_at) names.push("slip");
  if (dossier.supplement) names.push("supplement");
  if (dossier.status.national === refusedStatus) names.push("refusal");
  if (dossier.status.national === stoppedStatus) names.push("stop");
  names.push("filing");
  return names;
}

export const documentUrl = (id: string, document: string): string =>
  makeUrl("/api/v1/dossiers/{id}/documents/{document}", { path: { id, document } });

// In a tab of its own: the browser's PDF viewer has the print button.
export function openDocument(id: string, document: string): void {
  window.open(documentUrl(id, document), "_blank");
}
