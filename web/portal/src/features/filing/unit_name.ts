// unit_name.ts - the commune out of the name of its people's committee: the contract lists agencies only.
import type { Agency } from "@shared/schemas.ts";
import { textOf, type Language } from "@shared/language.ts";

export function unitName(agencyName: string): string {
  const name = agencyName.replace(/^(Ủy ban nhân dân|UBND|People's Committee of)\s+/i, "");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

// With the communes that became part of it, so that whoever types the old name finds the new one.
export function unitLabel(agency: Agency, language: Language): string {
  const now = unitName(textOf(agency.name, language));
  const before = (agency.formerly ?? []).map((old) => unitName(textOf(old.name, language)));
  if (before.length === 0) return now;
  return `${now} (${language === "vi" ? "trước đây" : "formerly"}: ${before.join(", ")})`;
}
