// revisions.ts - the revisions of a procedure on its time line, and what can be compared.  Pure.
import type { Revision } from "../../api/procedures.ts";

export type Standing = "inForce" | "notYet" | "past";

/** A national revision gives way to the next one, an overlay to its last day. */
export function standingOf(revision: Revision, today: string): Standing {
  if (revision.in_force) return "inForce";
  return revision.from !== null && revision.from > today ? "notYet" : "past";
}

/** By the day it begins; what was always there comes first, and the nation before who lays over it. */
export function onTimeLine(revisions: readonly Revision[]): Revision[] {
  const rank = (one: Revision) => (one.layer === "nation" ? 0 : 1);
  return [...revisions].sort((a, b) => (a.from ?? "").localeCompare(b.from ?? "") || rank(a) - rank(b));
}

/** Agencies with an overlay of their own, each once. */
export const overlaidAgencies = (revisions: readonly Revision[]): string[] => [
  ...new Set(revisions.filter((one) => one.layer === "overlay").map((one) => one.agency)),
];

/** What one compares first: an agency's with the nation's, or else the newest two of the nation. */
export function usualComparison(revisions: readonly Revision[]): { from: string; to: string } {
  const agency = overlaidAgencies(revisions)[0];
  if (agency !== undefined) return { from: "", to: agency };
  const national = onTimeLine(revisions).filter((one) => one.layer === "nation");
  const newest = national.at(-1);
  const before = national.at(-2);
  return newest && before ? { from: before.digest, to: newest.digest } : { from: "", to: "" };
}
