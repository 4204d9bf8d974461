// roles.ts - what roles mean to the desk.  The server decides; this only chooses what is shown.
import type { Officer } from "@shared/schemas.ts";

export const isAdministrator = (officer: Officer | undefined): boolean =>
  officer?.roles.some((role) => role === "administrator" || role === "admin") ?? false;
