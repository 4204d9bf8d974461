// text.ts - a value of feelin as rules::to_text writes it, so that the two can be compared as texts.
import { FeelDate, FeelDateTime, FeelDuration, FeelTime, isFunction, isRange } from "feelin";

const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;
const plainName = /^(?!\d)[A-Za-z0-9_ \u0080-\u{10ffff}]+$/u;

// Without exponent, as decimals are written.
function digitsOf(number: number): string {
  if (!Number.isFinite(number)) return String(number);
  const text = String(Object.is(number, -0) ? 0 : number);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!parts) return text;
  const digits = (parts[2] ?? "") + (parts[3] ?? "");
  const point = 1 + Number(parts[4]);
  if (point <= 0) return `${parts[1]}0.${"0".repeat(-point)}${digits}`;
  return `${parts[1]}${digits.slice(0, point).padEnd(point, "0")}${digits.length > point ? `.${digits.slice(point)}` : ""}`;
}

export function nestedText(value: unknown): string {
  return typeof value === "string" ? quoted(value) : textOf(value);
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") return digitsOf(value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map(nestedText).join(", ")}]`;
  if (isRange(value)) return "range";
  if (isFunction(value)) return "function";
  if (value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDateTime || value instanceof FeelDuration) return String(value);
  const entries = Object.entries(value).map(([name, entry]) => `${plainName.test(name) ? name : quoted(name)}: ${nestedText(entry)}`);
  return `{${entries.join(", ")}}`;
}
