// book_units.ts - which units keep a follow-up book, and which of them an officer may open.  Pure.
import type { Agency } from "@shared/schemas.ts";

// One-stop units keep the books.  Source: 03/2025/TT-VPCP, form 07.
const keepers = ["commune_centre", "provincial_centre"];

// His own unit, or those below his agency; where there are none, the server says why.
export function bookUnits(agencies: Agency[], own: string): Agency[] {
  const centres = agencies.filter((agency) => keepers.includes(agency.kind));
  const reach = centres.filter((agency) => agency.id === own || agency.id.startsWith(`${own}.`));
  return reach.length > 0 ? reach : centres;
}

// What is opened where nothing was chosen.
export const usualUnit = (units: Agency[], own: string): string =>
  (units.find((unit) => unit.id === own) ?? units.find((unit) => unit.id.startsWith(`${own}.`)))?.id ?? own;
