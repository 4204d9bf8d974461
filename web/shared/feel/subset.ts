// subset.ts - which conditions a browser may judge: those on which feelin and the server cannot differ.
//
// feelin is a good FEEL, but not the server's: it counts in doubles, takes null for false in `some`,
// `every` and in lists, unwraps lists of one, and compares what the standard does not compare
// (tools/feel/reasons.ts has them all).  A condition made of nothing but what is listed here, with
// operands of equal types, means the same in both; tools/feel/differential.test.ts holds it to that.
// Anything else is refused, and the server says.
import { parseExpression } from "feelin";
import { dateOf } from "./values.ts";

export type Type = "boolean" | "number" | "text" | "date" | "duration" | "texts" | "null";
export type Names = ReadonlyMap<string, Type>;

type Tree = ReturnType<typeof parseExpression>;
type Node = Tree["topNode"];

// Nothing here multiplies a number by more than this, or adds more often: whole numbers of at most
// `largestNumber` stay exact in a double.
export const largestNumber = 1e11;
const largestFactor = 10_000;
const mostOperations = 8;

class Refused extends Error {}

interface Walk {
  text: string;
  names: Names;
  read: Set<string>;
  operations: number;
}

function refuse(node: Node): never {
  throw new Refused(node.name);
}

function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

const isComparable = (type: Type): boolean => type === "number" || type === "date";

// Whole numbers only: a fraction is another number in a double.
function numberOf(walk: Walk, node: Node): number {
  const digits = walk.text.slice(node.from, node.to);
  return /^-?\d{1,11}$/.test(digits) ? Number(digits) : refuse(node);
}

// A text without escapes, in the form that answers have.
function textOf(walk: Walk, node: Node): string {
  const text = walk.text.slice(node.from + 1, node.to - 1);
  return text.includes("\\") || text !== text.normalize("NFC") ? refuse(node) : text;
}

const isDay = (text: string): boolean => /^[12]\d{3}-/.test(text) && dateOf(text) !== null;
const isDuration = (text: string): boolean => /^P(\d{1,4}Y|\d{1,4}M|\d{1,4}Y\d{1,4}M|\d{1,5}D)$/.test(text);

function same(node: Node, one: Type, other: Type): Type {
  if (one === "null") return other;
  return other === "null" || one === other ? one : refuse(node);
}

function comparison(walk: Walk, node: Node): Type {
  const [left, operator, ...rest] = childrenOf(node);
  if (!left || !operator) return refuse(node);
  const type = typeOf(walk, left);
  if (operator.name === "CompareOp") {
    const right = rest.length === 1 && rest[0] ? rest[0] : refuse(node);
    const common = same(node, type, typeOf(walk, right));
    const sign = walk.text.slice(operator.from, operator.to);
    if (sign === "=" || sign === "!=") {
      if (common === "texts" || common === "duration") refuse(node);
    } else if (!isComparable(common)) {
      refuse(node);
    }
    return "boolean";
  }
  if (operator.name === "between") {
    return bounds(walk, node, rest.filter((part) => part.name !== "and"), type);
  }
  if (operator.name !== "in" || type === "null") return refuse(node);
  const tests = rest.flatMap((part) => (part.name === "PositiveUnaryTests" ? childrenOf(part) : [part]));
  for (const test of tests.filter((part) => part.name !== "(" && part.name !== ")")) membership(walk, test, type);
  return "boolean";
}

// `x in (1, 2, [5..10])`: values and ranges written out, no nulls among them.
function membership(walk: Walk, node: Node, type: Type): void {
  const [test] = node.name === "PositiveUnaryTest" ? childrenOf(node) : refuse(node);
  if (!test) return refuse(node);
  if (test.name === "StringLiteral" || test.name === "NumericLiteral") {
    if (typeOf(walk, test) !== type) refuse(test);
    return;
  }
  const [interval] = test.name === "SimplePositiveUnaryTest" ? childrenOf(test) : refuse(test);
  if (interval?.name !== "Interval") return refuse(test);
  bounds(walk, interval, childrenOf(interval).filter((part) => !["[", "]", "(", ")", ".."].includes(part.name)), type);
}

// Written out, the lower one first: feelin turns them round, and knows no missing bound.
function bounds(walk: Walk, node: Node, ends: Node[], type: Type): Type {
  const [low, high] = ends;
  if (!low || !high || ends.length !== 2 || !isComparable(type) || ends.some((end) => typeOf(walk, end) !== type)) return refuse(node);
  if (type === "number") return low.name === "NumericLiteral" && high.name === low.name && numberOf(walk, low) <= numberOf(walk, high) ? "boolean" : refuse(node);
  if (low.name !== "DateTimeLiteral" || high.name !== low.name) return refuse(node);
  const day = (end: Node) => /"(.*)"/.exec(walk.text.slice(end.from, end.to))?.[1] ?? "";
  return day(low) <= day(high) ? "boolean" : refuse(node);
}

function arithmetic(walk: Walk, node: Node): Type {
  const [left, operator, right] = childrenOf(node);
  if (!left || !operator || !right || ++walk.operations > mostOperations) return refuse(node);
  const sign = walk.text.slice(operator.from, operator.to);
  const one = typeOf(walk, left);
  const other = typeOf(walk, right);
  if (one === "number" && other === "number") {
    if (sign === "+" || sign === "-") return "number";
    const factor = [left, right].some((side) => side.name === "NumericLiteral" && Math.abs(numberOf(walk, side)) <= largestFactor);
    return sign === "*" && factor && ![left, right].some(isArithmetic) ? "number" : refuse(node);
  }
  return one === "date" && other === "duration" && (sign === "+" || sign === "-") ? "date" : refuse(node);
}

function isArithmetic(node: Node): boolean {
  return node.name === "ArithmeticExpression" || (node.name === "ParenthesizedExpression" && childrenOf(node).some(isArithmetic));
}

// What a function takes and gives.
const functions: Record<string, { takes: Type[]; gives: Type }> = {
  not: { takes: ["boolean"], gives: "boolean" },
  contains: { takes: ["text", "text"], gives: "boolean" },
  "starts with": { takes: ["text", "text"], gives: "boolean" },
  "ends with": { takes: ["text", "text"], gives: "boolean" },
  "list contains": { takes: ["texts", "text"], gives: "boolean" },
};

function invocation(walk: Walk, node: Node): Type {
  const [callee, , parameters] = childrenOf(node);
  if (callee?.name !== "VariableName" || parameters?.name !== "PositionalParameters") return refuse(node);
  const name = walk.text.slice(callee.from, callee.to);
  const called = Object.hasOwn(functions, name) && !walk.names.has(name) ? functions[name] : undefined;
  const given = childrenOf(parameters);
  if (!called || given.length !== called.takes.length) return refuse(node);
  given.forEach((argument, at) => {
    if (typeOf(walk, argument) !== called.takes[at]) refuse(argument);
  });
  return called.gives;
}

// date("2026-08-20"), duration("P60D"), @"P60D": written out in full.
function temporal(walk: Walk, node: Node): Type {
  const [constructor, , parameters] = childrenOf(node);
  const literal = constructor?.name === "AtLiteral" ? constructor.firstChild : parameters?.firstChild;
  if (literal?.name !== "StringLiteral" || literal.nextSibling) return refuse(node);
  const text = textOf(walk, literal);
  const written = constructor ? walk.text.slice(constructor.from, constructor.to) : "";
  if (isDay(text) && (written === "date" || written.startsWith("@"))) return "date";
  if (isDuration(text) && (written === "duration" || written.startsWith("@"))) return "duration";
  return refuse(node);
}

function typeOf(walk: Walk, node: Node): Type {
  const children = childrenOf(node);
  switch (node.name) {
    case "Expression":
    case "ParenthesizedExpression": {
      const inner = children.filter((child) => child.name !== "(" && child.name !== ")");
      return inner.length === 1 && inner[0] ? typeOf(walk, inner[0]) : refuse(node);
    }
    case "Conjunction":
    case "Disjunction":
      for (const side of children.filter((child) => child.name !== "and" && child.name !== "or")) {
        if (typeOf(walk, side) !== "boolean") refuse(side);
      }
      return "boolean";
    case "Comparison":
      return comparison(walk, node);
    case "IfExpression": {
      const [, condition, , then, , otherwise] = children;
      if (!condition || !then || !otherwise || typeOf(walk, condition) !== "boolean") return refuse(node);
      return same(node, typeOf(walk, then), typeOf(walk, otherwise));
    }
    case "ArithmeticExpression":
      return arithmetic(walk, node);
    case "FunctionInvocation":
      return invocation(walk, node);
    case "DateTimeLiteral":
      return temporal(walk, node);
    case "VariableName": {
      const name = walk.text.slice(node.from, node.to);
      const type = walk.names.get(name) ?? refuse(node);
      walk.read.add(name);
      return type;
    }
    case "NumericLiteral":
      numberOf(walk, node);
      return "number";
    case "StringLiteral":
      textOf(walk, node);
      return "text";
    case "BooleanLiteral":
      return "boolean";
    case "null":
      return "null";
    default:
      return refuse(node);
  }
}

export interface Judgeable {
  // The names whose values it depends on.
  reads: string[];
}

// Nothing when the condition is the server's to judge.
export function judgeable(condition: string, names: Names): Judgeable | null {
  const walk: Walk = { text: condition, names, read: new Set(), operations: 0 };
  try {
    const scope = Object.fromEntries([...names.keys()].map((name) => [name, null]));
    return typeOf(walk, parseExpression(condition, scope, undefined).topNode) === "boolean" ? { reads: [...walk.read] } : null;
  } catch (thrown) {
    if (thrown instanceof Refused) return null;
    throw thrown;
  }
}
