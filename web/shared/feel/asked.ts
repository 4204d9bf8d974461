// asked.ts - which fields are asked, and which must be answered, by answers that the server has not
// seen yet.
//
// For showing and hiding only: the server judges the same answers a moment later, and again when they
// are filed.  Loaded when a form needs it, never with a first page (it brings feelin).
import { evaluate } from "feelin";
import type { Answers, Evaluation, Field, Form } from "../schemas.ts";
import { typeOfField, unclear, valueOfAnswer } from "./answer_values.ts";
import { judgeable, type Judgeable, type Names, type Type } from "./subset.ts";
import { dateOf } from "./values.ts";

// What the server last said, about these answers or earlier ones.
export type Said = Pick<Evaluation, "visible" | "required" | "today">;

export interface Asked {
  visible: string[];
  required: string[];
}

interface Conditions {
  visible: Map<string, Judgeable | null>;
  required: Map<string, Judgeable | null>;
}

const known = new WeakMap<Form, Conditions>();
const fieldsOf = (form: Form): Field[] => form.pages.flatMap((page) => page.fields);

function conditionsOf(form: Form): Conditions {
  const found = known.get(form);
  if (found) return found;
  const fields = fieldsOf(form);
  const typed = fields.map((field): [string, Type | undefined] => [field.id, typeOfField(field)]);
  const names: Names = new Map([...typed.filter((one): one is [string, Type] => one[1] !== undefined), ["today", "date"]]);
  const read = (which: "visible_when" | "required_when") =>
    new Map(fields.flatMap((field) => (field[which] === undefined ? [] : [[field.id, judgeable(field[which], names)]])));
  const conditions = { visible: read("visible_when"), required: read("required_when") };
  known.set(form, conditions);
  return conditions;
}

// Undefined where it cannot be told here.
function holds(text: string, condition: Judgeable | null | undefined, values: ReadonlyMap<string, unknown>): boolean | undefined {
  if (!condition || condition.reads.some((name) => (values.get(name) ?? null) === unclear)) return undefined;
  try {
    const { value, warnings } = evaluate(text, Object.fromEntries(condition.reads.map((name) => [name, values.get(name) ?? null])));
    if (typeof value === "boolean") return value;
    // Null for want of an answer does not hold; null for a fault is the server's to judge.
    return value === null && warnings.length === 0 ? false : undefined;
  } catch {
    return undefined;
  }
}

export function askedNow(form: Form, answers: Answers, said: Said): Asked {
  const conditions = conditionsOf(form);
  const fields = fieldsOf(form);
  const saidVisible = new Set(said.visible);
  const saidRequired = new Set(said.required);
  const values = new Map<string, unknown>(fields.map((field) => [field.id, valueOfAnswer(field, answers[field.id], said.today)]));
  values.set("today", dateOf(said.today) ?? unclear);
  const visible: Field[] = [];
  // In the order of the form: a condition reads earlier fields only, and the answer of a hidden field
  // is none to those after it.
  for (const field of fields) {
    const judged = field.visible_when === undefined ? true : holds(field.visible_when, conditions.visible.get(field.id), values);
    const shown = judged ?? saidVisible.has(field.id);
    if (judged === undefined) values.set(field.id, values.get(field.id) === null ? null : unclear);
    else if (!judged) values.set(field.id, null);
    if (shown) visible.push(field);
  }
  const required = visible.filter((field) => {
    if (field.required || field.required_when === undefined) return field.required;
    return holds(field.required_when, conditions.required.get(field.id), values) ?? saidRequired.has(field.id);
  });
  return { visible: visible.map((field) => field.id), required: required.map((field) => field.id) };
}
