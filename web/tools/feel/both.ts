// both.ts - one expression in one context, evaluated by the program and by feelin.
import { spawnSync } from "node:child_process";
import { evaluate } from "feelin";
import { fromTaggedJson, type Json } from "../../shared/feel/values.ts";
import { nestedText } from "./text.ts";

export interface Question {
  expression: string;
  context: { [name: string]: Json };
}

// Texts are quoted, so that "2026-08-20" is not the day; `fault` says why there is no value.
export interface Side {
  text: string;
  problems: string[];
  fault?: string;
}

export interface Answered extends Question {
  ours: Side;
  theirs: Side;
}

const inner = (list: string): string => list.slice(1, -1);

// One process for all of them.  In a list, so that a text comes back in quotation marks.
export function evaluateOurs(binary: string, questions: Question[]): Side[] {
  const input = questions.map((one) => `${JSON.stringify({ expression: `[${one.expression}]`, context: one.context })}\n`).join("");
  const run = spawnSync(binary, ["rules", "eval", "--lines"], { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  const lines = run.stdout.trimEnd().split("\n");
  if (run.status !== 0 || lines.length !== questions.length) throw new Error(`motcua rules eval --lines: ${run.status}, ${lines.length} answers\n${run.stderr}`);
  return lines.map((line) => {
    const answer = JSON.parse(line) as { text?: string; problems?: string[]; error?: { message: string } };
    if (answer.text === undefined) return { text: "", problems: [], fault: answer.error?.message ?? "no value" };
    return { text: inner(answer.text), problems: answer.problems ?? [] };
  });
}

export function evaluateTheirs({ expression, context }: Question): Side {
  try {
    const { value, warnings } = evaluate(expression, fromTaggedJson(context) as Record<string, unknown>);
    return { text: nestedText(value), problems: warnings.map((warning) => `${warning.type}: ${warning.message}`) };
  } catch (thrown) {
    return { text: "", problems: [], fault: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

export function differs({ ours, theirs }: Answered): boolean {
  return (ours.fault === undefined) !== (theirs.fault === undefined) || ours.text !== theirs.text;
}
