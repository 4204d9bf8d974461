// roles.ts - what roles mean to the desk.  The server decides; this only chooses what is shown.
import type { Officer } from "@shared/schemas.ts";

// The roles there are, in the order of a dossier's way.  Source: src/party/officer.h.
export const roles = ["reception", "specialist", "head", "leader", "clerk", "cashier", "supervisor", "administrator"];

export type Place = "inbox" | "intake" | "search" | "cashier" | "report" | "follow-up" | "transports" | "persons" | "calendars" | "deliveries" | "coverage" | "procedures" | "proposals" | "catalogue" | "reconciliation" | "organisation" | "authority" | "officers";

// Who has business where; no roles: everybody.  Source: src/party/authority.cpp.
const entitled: Record<Place, string[]> = {
  inbox: [],
  intake: ["reception"],
  search: [],
  cashier: ["cashier", "head", "leader", "supervisor"],
  report: ["head", "leader", "supervisor"],
  "follow-up": ["reception", "head", "leader", "supervisor"],
  transports: ["reception", "clerk"],
  persons: ["reception", "specialist"],
  calendars: [],
  deliveries: ["administrator"],
  coverage: ["administrator", "head", "leader", "supervisor"],
  procedures: ["administrator"],
  proposals: ["administrator"],
  catalogue: ["administrator"],
  reconciliation: ["administrator"],
  organisation: [],
  authority: [],
  officers: ["administrator"],
};

export function hasPlace(officer: Officer | undefined, place: Place): boolean {
  const wanted = entitled[place];
  return wanted.length === 0 || (officer?.roles.some((role) => wanted.includes(role)) ?? false);
}
