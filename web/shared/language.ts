// language.ts - the two languages of the product, and the right one out of a bilingual text.
import type { Text } from "./schemas.ts";

export type Language = "vi" | "en";

// Vietnamese stands in where there is no English; nothing at all gives an empty text.
export function textOf(text: Text | null | undefined, language: Language): string {
  if (!text) return "";
  return (language === "en" ? text.en || text.vi : text.vi || text.en) ?? "";
}

// Puts values into "{name}" places.  A place without a value stays visible, so that it is noticed.
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}
