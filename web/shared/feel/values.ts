// values.ts - JSON as FEEL values of the library feelin.
//
// Text is normalised (NFC) here as the server does with every answer, so that "à" typed as two
// characters equals "à" of one.
import { dateAndTime, duration, parseDate, parseTime } from "feelin";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function temporal(text: string): unknown {
  if (/^-?P/.test(text)) return duration(text);
  if (/^-?\d+-/.test(text)) return text.includes("T") ? dateAndTime(text) : parseDate(text);
  return parseTime(text);
}

// A day as the interface writes it, "2026-08-20"; null when it is none.
export function dateOf(text: string): unknown {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDate(text) : null;
}

// As rules::from_json reads its tagged form: "@\"2026-08-20\"" is that date, and a text that begins
// with @ has a second one.
export function fromTaggedJson(json: Json): unknown {
  if (typeof json === "string") {
    const tagged = /^@"(.*)"$/s.exec(json);
    const value = tagged ? temporal(tagged[1] ?? "") : null;
    return value ?? (json.startsWith("@@") ? json.slice(1) : json);
  }
  if (Array.isArray(json)) return json.map(fromTaggedJson);
  if (json !== null && typeof json === "object") {
    return Object.fromEntries(Object.entries(json).map(([name, entry]) => [name.normalize("NFC"), fromTaggedJson(entry)]));
  }
  return json;
}
