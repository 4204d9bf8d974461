// answer_values.ts - an answer as it was typed, as the value that a condition sees.
//
// Follows src/form/answer.cpp: what the server would refuse is no answer.  Where only the server knows
// (a text's pattern, a telephone number's normal form) the value is `unclear`, and so is whatever
// depends on it.
import type { Field, FieldType } from "../schemas.ts";
import { largestNumber, type Type } from "./subset.ts";
import { dateOf } from "./values.ts";

export const unclear = Symbol("unclear");

const types: Partial<Record<FieldType, Type>> = {
  boolean: "boolean",
  choice: "text",
  multi_choice: "texts",
  integer: "number",
  money: "number",
  date: "date",
  text: "text",
  long_text: "text",
  address_detail: "text",
  time: "text",
  personal_id: "text",
  tax_code: "text",
  phone: "text",
  email: "text",
  commune: "text",
};

// Tables and dates known in part have none: a condition that reads one is the server's.
export const typeOfField = (field: Field): Type | undefined => types[field.type];

const bound = (written: Field["min"], today: string): string | undefined => (written === "today" ? today : written?.toString());

function dateValue(field: Field, answer: unknown, today: string): unknown {
  const day = typeof answer === "string" && /^(19|20)\d\d-/.test(answer) ? dateOf(answer) : null;
  if (day === null) return unclear;
  // ISO days compare as texts.
  const text = String(answer);
  return text < (bound(field.min, today) ?? text) || text > (bound(field.max, today) ?? text) ? null : day;
}

function numberValue(field: Field, answer: unknown): unknown {
  if (typeof answer !== "number" || !Number.isInteger(answer)) return null;
  if (typeof field.min === "number" && answer < field.min) return null;
  if (typeof field.max === "number" && answer > field.max) return null;
  return Math.abs(answer) <= largestNumber ? answer : unclear;
}

export function valueOfAnswer(field: Field, answer: unknown, today: string): unknown {
  if (answer === undefined || answer === null || answer === "") return null;
  const options = (field.options ?? []).map((option) => option.value);
  switch (field.type) {
    case "boolean":
      return typeof answer === "boolean" ? answer : null;
    case "choice":
      return typeof answer === "string" && options.includes(answer) ? answer : null;
    case "multi_choice": {
      if (!Array.isArray(answer) || !answer.every((one) => options.includes(one as string))) return null;
      const chosen = options.filter((option) => answer.includes(option));
      return chosen.length > 0 ? chosen : null;
    }
    case "integer":
    case "money":
      return numberValue(field, answer);
    case "date":
      return dateValue(field, answer, today);
    case "commune":
      return typeof answer === "string" && /^\d{5}$/.test(answer) ? answer : unclear;
    default:
      return unclear;
  }
}
