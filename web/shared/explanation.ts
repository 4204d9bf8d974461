// explanation.ts - one step of a derivation, its sentence and its source apart.  Pure.
import { textOf, type Language } from "./language.ts";
import type { Clock } from "./schemas.ts";

export interface ExplainedStep {
  sentence: string;
  // The act and article it follows from; "" where the step needs none.
  source: string;
}

// Where the last parenthesis at the end of "… (act)." begins; -1 where there is none.
function lastParenthesis(text: string): number {
  if (!/\)\.?$/.test(text)) return -1;
  let depth = 0;
  for (let index = text.lastIndexOf(")"); index >= 0; index -= 1) {
    if (text[index] === ")") depth += 1;
    else if (text[index] === "(") depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

// The server writes "Not counted … (act)."; on screen the act stands below, in quiet type.
export function explainedStep(step: Clock["explanation"][number], language: Language): ExplainedStep {
  const text = textOf(step.text, language);
  const article = step.article ?? "";
  if (article === "") return { sentence: text, source: "" };
  const begin = lastParenthesis(text);
  if (begin <= 0) return { sentence: text, source: text.includes(article) ? "" : article };
  const source = text.slice(begin + 1, text.lastIndexOf(")"));
  return { sentence: `${text.slice(0, begin).trimEnd()}.`, source };
}
