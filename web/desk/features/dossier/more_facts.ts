// more_facts.ts - what the server tells of a dossier beyond the contract's schema, where it does.
import type { Dossier } from "@shared/schemas.ts";

const read = (from: object, name: string): unknown => (from as Record<string, unknown>)[name];

// How often a supplement has been requested so far.
export function supplementsRequested(dossier: Dossier): number {
  const told = read(dossier, "supplements_requested");
  return typeof told === "number" ? told : (dossier.supplement?.count ?? 0);
}

// How the citizen wanted the result: "counter", "online", "post" or "".
export function wantedReturn(dossier: Dossier): string {
  const told = read(dossier, "return_method");
  return typeof told === "string" ? told : "";
}

// Why a dossier was refused, stopped or withdrawn.
export function endReason(dossier: Dossier): string {
  const told = read(dossier, "end_reason");
  return typeof told === "string" ? told : "";
}

// Whether an outcome may be chosen only with a note.
export const needsReason = (outcome: object | undefined): boolean => outcome !== undefined && read(outcome, "needs_reason") === true;
