// roles.ts - what roles mean to the desk.  The server decides; this only chooses what is shown.
import type { Officer } from "@shared/schemas.ts";

// The roles there are, in the order of a dossier's way.  Source: src/party/officer.h.
export const roles = ["reception", "specialist", "head", "leader", "clerk", "cashier", "supervisor", "administrator"];

export const isAdministrator = (officer: Officer | undefined): boolean => officer?.roles.includes("administrator") ?? false;
