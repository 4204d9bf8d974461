// blame.ts - the smallest part of an expression at which the two part ways.
//
// A difference deep inside is told apart from what its surroundings make of it: the reasons look at
// that part alone.
import { parseExpression } from "feelin";
import { fromTaggedJson } from "../../shared/feel/values.ts";
import { differs, evaluateOurs, evaluateTheirs, type Answered, type Question } from "./both.ts";

const wholes = new Set([
  "Comparison", "ArithmeticExpression", "FunctionInvocation", "DateTimeLiteral", "PathExpression", "FilterExpression", "IfExpression", "ForExpression",
  "QuantifiedExpression", "InstanceOfExpression", "Disjunction", "Conjunction", "List", "Context", "VariableName",
]);

// What has a meaning only where it stands: variables of loops, items of filters, parameters; unless the
// part itself brings them.
function standsAlone(text: string): boolean {
  const used = text.match(/(?<![\p{L}\d_])(?:(?:x|one|dòng)\d+|item|left_one|right_one)(?![\p{L}\d_(])/gu) ?? [];
  return used.every((name) => text.includes(`${name} in `) || (name === "item" && text.includes("[item")) || (name.endsWith("_one") && text.includes("function(left_one")));
}

// Its parts that can be evaluated on their own, itself among them, the smallest first.
export function partsOf({ expression, context }: Question): string[] {
  const scope = fromTaggedJson(context) as Record<string, unknown>;
  const parts = new Set([expression]);
  parseExpression(expression, scope, undefined).iterate({
    enter(node) {
      if (node.name === "FunctionDefinition") return false;
      const text = expression.slice(node.from, node.to);
      const callee = node.name === "VariableName" && expression[node.to] === "(";
      // What stands in brackets behind a list is about its items.
      const parent = node.node.parent;
      if (parent?.name === "FilterExpression" && node.from > parent.from && node.name !== "NumericLiteral") return false;
      if (wholes.has(node.name) && !callee && standsAlone(text) && parent?.name !== "Type" && parent?.name !== "QualifiedName") parts.add(text);
      return true;
    },
  });
  return [...parts].sort((one, other) => one.length - other.length);
}

// Each with the smallest part of it that differs, as an answer of its own.
export function blame(binary: string, different: Answered[]): { whole: Answered; part: Answered }[] {
  const questions = different.flatMap((whole) => partsOf(whole).map((expression) => ({ whole, question: { expression, context: whole.context } })));
  const ours = evaluateOurs(binary, questions.map((one) => one.question));
  const found = new Map<Answered, Answered>();
  questions.forEach(({ whole, question }, at) => {
    if (found.has(whole)) return;
    const part: Answered = { ...question, ours: ours[at] ?? { text: "", problems: [] }, theirs: evaluateTheirs(question) };
    if (differs(part)) found.set(whole, part);
  });
  return different.map((whole) => ({ whole, part: found.get(whole) ?? whole }));
}
