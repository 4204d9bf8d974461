// reasons.ts - why feelin (8.2) and the program may part ways, one entry for each known reason.
//
// Each looks at the smallest part that differs (blame.ts), whose own parts agree.  `right` names who
// follows DMN 1.5; where the standard does not say, both do.  `kept` says what keeps the difference out
// of forms: shared/feel/subset.ts judges no condition with such a construct, or the value is a null with
// a warning, which asked.ts leaves to the server.
import { parseExpression } from "feelin";
import { evaluateTheirs, type Answered } from "./both.ts";

export interface Reason {
  name: string;
  why: string;
  right: "ours" | "theirs" | "both";
  kept: string;
  applies: (part: Answered) => boolean;
}

const notJudged = "not in the subset";
const isDuration = (text: string): boolean => /^-?P/.test(text);
const warned = (part: Answered, what: RegExp): boolean => part.theirs.problems.some((problem) => what.test(problem));
const told = (part: Answered, what: RegExp): boolean => part.ours.problems.some((problem) => what.test(problem));
const calls = (part: Answered, ...names: string[]): boolean => names.some((name) => inParentheses(part.expression).startsWith(`${name}(`));

// Without parentheses around all of it.
function inParentheses(expression: string): string {
  return /^\(.*\)$/s.test(expression) && balanced(expression.slice(1, -1)) ? inParentheses(expression.slice(1, -1)) : expression;
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const sign of text.replace(/"[^"]*"/g, "")) {
    if (sign === "(") depth += 1;
    else if (sign === ")" && --depth < 0) return false;
  }
  return depth === 0;
}

// As feelin reads it: the name of the outermost node.
function outer({ expression, context }: Answered): string {
  const known = outermost.get(expression);
  if (known !== undefined) return known;
  const scope = Object.fromEntries(Object.keys(context).map((name) => [name, null]));
  const found = parseExpression(inParentheses(expression), scope, undefined).topNode.firstChild?.name ?? "";
  outermost.set(expression, found);
  return found;
}
const outermost = new Map<string, string>();

// The texts of what stands directly below the nodes of that name, brackets and words left out.
function childrenOf({ expression, context }: Answered, name: string): string[][] {
  const found: string[][] = [];
  const scope = Object.fromEntries(Object.keys(context).map((one) => [one, null]));
  parseExpression(expression, scope, undefined).iterate({
    enter(node) {
      if (node.name !== name) return;
      const children: string[] = [];
      for (let child = node.node.firstChild; child; child = child.nextSibling) {
        if (/^[A-Z]|^null$/.test(child.name)) children.push(expression.slice(child.from, child.to));
      }
      found.push(children);
    },
  });
  return found;
}

// feelin's own answer, to something plain about parts on which both agree.
const so = (part: Answered, expression: string): boolean => evaluateTheirs({ expression, context: part.context }).text === "true";

function boundsTurned(part: Answered): boolean {
  const between = childrenOf(part, "Comparison").map((operands) => operands.slice(1));
  return [...between, ...childrenOf(part, "Interval")].some(([low, high]) => low !== undefined && high !== undefined && so(part, `(${low}) > (${high})`));
}

function numbersNearby(one: string, other: string): boolean {
  const pattern = /-?\d+(?:\.\d+)?/g;
  if (one.replace(pattern, "#") !== other.replace(pattern, "#")) return false;
  const [ours, theirs] = [one, other].map((text) => (text.match(pattern) ?? []).map(Number));
  return (ours ?? []).every((number, at) => Math.abs(number - (theirs?.[at] ?? NaN)) <= 1e-9 * Math.max(1, Math.abs(number)));
}

export const reasons: Reason[] = [
  {
    name: "durations cannot be multiplied",
    why: "DMN 1.5, 10.3.2.5: a duration times or divided by a number is a duration, and `-` stands before one; feelin gives null",
    right: "ours",
    kept: "null with a warning",
    applies: (part) => isDuration(part.ours.text) && part.theirs.text === "null" && warned(part, /Can't (multiply|divide)|Can't subtract '.*' to '0'/),
  },
  {
    name: "minimum and maximum of what is no number",
    why: "10.3.4.4: min and max take any items that have an order; feelin's take numbers and give null",
    right: "ours",
    kept: notJudged,
    applies: (part) => (calls(part, "min", "max") && part.theirs.text === "null" && !/^(true|false)$/.test(part.ours.text)) || (outer(part) === "ForExpression" && / return (min|max)\(/.test(part.expression) && /null/.test(part.theirs.text)) || (outer(part) === "FilterExpression" && /\[item .*\b(min|max)\(/.test(part.expression) && part.theirs.text === "[]"),
  },
  {
    name: "days in years and months",
    why: "10.3.4.1: years and months duration() counts whole months; feelin leaves the days in, and rounds up at the end of a year",
    right: "ours",
    kept: notJudged,
    applies: (part) => calls(part, "years and months duration") && isDuration(part.ours.text) && isDuration(part.theirs.text),
  },
  {
    name: "time of a date and time",
    why: "10.3.4.1: time(date and time) is its time; feelin gives midnight in UTC",
    right: "ours",
    kept: notJudged,
    applies: (part) => calls(part, "time") && part.theirs.text === "00:00:00Z",
  },
  {
    name: "a null among lists",
    why: "a null where a list is wanted is no list, and the call is null; feelin makes a list of one null of it",
    right: "ours",
    kept: notJudged,
    applies: (part) => calls(part, "concatenate", "append", "union", "flatten", "reverse", "distinct values", "insert before", "sublist", "remove") && part.ours.text === "null" && told(part, /a list is expected/),
  },
  {
    name: "positions outside",
    why: "a position that the list or text does not have is a fault, and null; feelin goes on with what there is",
    right: "both",
    kept: notJudged,
    applies: (part) => calls(part, "remove", "insert before", "sublist", "substring") && part.ours.text === "null" && told(part, /position is not within/),
  },
  {
    name: "a list of one for its item",
    why: "10.3.2.13: `=` compares values of one kind, else it is null; feelin takes a list of one for its item, and an empty one for null",
    right: "ours",
    kept: notJudged,
    applies: (part) => outer(part) === "Comparison" && told(part, /list and \w+( \w+)* cannot be compared|\w+ and list cannot be compared/),
  },
  {
    name: "`in` reads too far",
    why: "grammar rule 42: a test of `in` ends before `and` and `or`; feelin takes them into a test that is a range or in parentheses",
    right: "ours",
    kept: notJudged,
    applies: (part) => outer(part) === "Comparison" && / in /.test(part.expression) && /[\])[] (and|or) /.test(part.expression),
  },
  {
    name: "bounds turned round",
    why: "`x between a and b` is x >= a and x <= b, and so are ranges: nothing is between 9 and 1; feelin takes the bounds in their order",
    right: "ours",
    kept: "in the subset with two literals in order only",
    applies: (part) => / (between|in) /.test(part.expression) && outer(part) === "Comparison" && part.ours.text === "false" && part.theirs.text === "true" && boundsTurned(part),
  },
  {
    name: "ranges of two kinds",
    why: "bounds of two kinds have no order, and the range is null; feelin throws",
    right: "ours",
    kept: "an exception",
    applies: (part) => /^unsupported range/.test(part.theirs.fault ?? ""),
  },
  {
    name: "quantifiers take null for an answer",
    why: "10.3.2.14: `some` is `or`, `every` is `and` over the items, null when one is unknown and none settles it; feelin takes null for false, other values for true",
    right: "ours",
    kept: notJudged,
    applies: (part) => outer(part) === "QuantifiedExpression" && (part.ours.text === "null" || part.theirs.text === "null"),
  },
  {
    name: "a condition that is no boolean",
    why: "`if` with a text or a number for its condition is a fault, and null; feelin takes it for true",
    right: "ours",
    kept: notJudged,
    applies: (part) => outer(part) === "IfExpression" && told(part, /the condition is no boolean/),
  },
  {
    name: "numbers in binary",
    why: "numbers are decimals of 34 digits; feelin's are doubles of 16",
    right: "ours",
    kept: "in the subset with whole numbers of bounded size only",
    applies: (part) => numbersNearby(part.ours.text, part.theirs.text),
  },
  {
    name: "lists of one and of several",
    why: "10.3.2.13: lists of different lengths are not equal; feelin, which takes a list of one for its item, finds two kinds and gives null",
    right: "ours",
    kept: notJudged,
    applies: (part) => outer(part) === "Comparison" && / !?= /.test(part.expression) && part.theirs.text === "null" && /^(true|false)$/.test(part.ours.text),
  },
  {
    name: "relations of ranges with a null",
    why: "10.3.4.10: before() of what is no point and no range is null; feelin compares it as JavaScript does",
    right: "ours",
    kept: notJudged,
    applies: (part) => calls(part, "before") && part.ours.text === "null",
  },
  {
    name: "clocks with and without a zone",
    why: "10.3.2.3: a moment with a zone and one without have no order and no difference; feelin takes the one without for UTC",
    right: "ours",
    kept: notJudged,
    applies: (part) => part.ours.text === "null" && told(part, /'-' has no result for date and time|no order between (date and time and date and time|time and time|the value and its limits)|'in' cannot compare/) && /^(P|-P|true|false)/.test(part.theirs.text),
  },
  {
    name: "sums and differences of what has none",
    why: "10.3.2.5: a time takes no date and no months; feelin puts it on the first day of 1970, leaves the months out, and gives NaN where it cannot",
    right: "ours",
    kept: notJudged,
    applies: (part) => outer(part) === "ArithmeticExpression" && part.ours.text === "null" && told(part, /'[-+]' (is not defined|has no result) for/),
  },
  {
    name: "an order among what has none",
    why: "10.3.4.11: sort() with items that the function does not order is null; feelin gives them back in some order",
    right: "both",
    kept: notJudged,
    applies: (part) => calls(part, "sort") && part.ours.text === "null",
  },
  {
    name: "filters by a name",
    why: "10.3.2.12: a filter sees the item's entries; feelin looks a lone name up outside, once",
    right: "ours",
    kept: notJudged,
    applies: (part) => outer(part) === "FilterExpression" && /\[resident\]$/.test(inParentheses(part.expression)),
  },
  {
    name: "filters drop nulls",
    why: "10.3.2.12: an item stays when the condition is true, whatever it is; feelin drops items that are null or false",
    right: "ours",
    kept: notJudged,
    applies: (part) => outer(part) === "FilterExpression" && part.theirs.text.length < part.ours.text.length && /null|false/.test(part.ours.text),
  },
  {
    name: "a value for a list of one",
    why: "10.3.2.9: a value where a list is wanted is a list of one; feelin throws in union() or takes a text apart, and walks through none in `for`, `some` and `every`",
    right: "ours",
    kept: notJudged,
    applies: (part) => /is not iterable/.test(part.theirs.fault ?? "") || (calls(part, "union") && /^\["..?"/u.test(part.theirs.text)) || (outer(part) === "ForExpression" && part.theirs.text === "null" && part.ours.text.startsWith("[")),
  },
  {
    name: "sums of durations",
    why: "10.3.4.4 speaks of numbers; the program adds durations as well, feelin does not",
    right: "both",
    kept: notJudged,
    applies: (part) => calls(part, "sum", "mean") && isDuration(part.ours.text) && part.theirs.text === "null",
  },
  {
    name: "a null for a test",
    why: "a range without an order is null, and null is in (null); feelin gives null",
    right: "both",
    kept: notJudged,
    applies: (part) => outer(part) === "Comparison" && / in /.test(part.expression) && told(part, /the ends of the range have no order/),
  },
  {
    name: "an order of two kinds",
    why: "10.3.2.7: values of two kinds have no order, and the comparison is null; feelin compares what it makes of them",
    right: "ours",
    kept: notJudged,
    applies: (part) =>
      (outer(part) === "Comparison" && part.ours.text === "null" && told(part, /no order between|'in' cannot compare/)) || (outer(part) === "FilterExpression" && told(part, /no order between/)),
  },
  {
    name: "differences between zones",
    why: "10.3.2.5: moments are subtracted as points of time; feelin subtracts what their clocks show",
    right: "ours",
    kept: notJudged,
    applies: (part) => outer(part) === "ArithmeticExpression" && [part.ours, part.theirs].every((side) => /^-?P.*T/.test(side.text)),
  },
  {
    name: "a day beside a moment",
    why: "10.3.2.9: a date beside a date and time is its midnight in UTC; feelin gives null",
    right: "ours",
    kept: notJudged,
    applies: (part) => outer(part) === "Comparison" && /^(true|false)$/.test(part.ours.text) && part.theirs.text === "null" && /date and time|filed_at/.test(part.expression),
  },
  {
    name: "the end of a text beyond the first plane",
    why: "10.3.4.3: substring() counts characters; with a position from the end, feelin counts UTF-16 units",
    right: "ours",
    kept: notJudged,
    applies: (part) => calls(part, "substring") && /[\u{10000}-\u{10ffff}]/u.test(part.expression + JSON.stringify(part.context)),
  },
  {
    name: "is() of two kinds",
    why: "10.3.4.13: is() of values of two kinds is false; feelin gives null",
    right: "ours",
    kept: notJudged,
    applies: (part) => calls(part, "is") && part.ours.text === "false" && part.theirs.text === "null",
  },
  {
    name: "feelin cannot read it",
    why: "arithmetic in time() within date and time() is lost on feelin's parser",
    right: "ours",
    kept: "an exception",
    applies: (part) => /^Unrecognized token|^Incomplete/.test(part.theirs.fault ?? "") && part.ours.fault === undefined,
  },
  {
    name: "hours after a day",
    why: "10.3.2.5: a date plus days and hours is a date; feelin makes a date and time of it",
    right: "ours",
    kept: "in the subset with whole days only",
    applies: (part) => outer(part) === "ArithmeticExpression" && /^\d{4}-\d\d-\d\d$/.test(part.ours.text) && /^\d{4}-\d\d-\d\dT/.test(part.theirs.text),
  },
  {
    name: "medians by spelling",
    why: "10.3.4.4: median() is the middle of numbers in order; feelin orders them as texts, 2 after 1001",
    right: "ours",
    kept: notJudged,
    applies: (part) => calls(part, "median"),
  },
  {
    name: "dates before the first",
    why: "date() of a text that is no date is null; feelin throws where the text begins with a minus",
    right: "ours",
    kept: "an exception",
    applies: (part) => part.theirs.fault === "not implemented: negative date",
  },
  {
    name: "contexts with entries of two kinds",
    why: "10.3.2.13: `=` of two values of which one entry cannot be compared is null; feelin calls them different",
    right: "both",
    kept: notJudged,
    applies: (part) => outer(part) === "Comparison" && part.ours.text === "null" && told(part, /(context and context|list and list) cannot be compared/),
  },
  {
    name: "nulls in a typed list",
    why: "10.3.2.9: null belongs to every type, so [1, null] is a list<number>; feelin says that it is none",
    right: "both",
    kept: notJudged,
    applies: (part) => outer(part) === "InstanceOfExpression" && /list</.test(part.expression) && part.ours.text === "true" && part.theirs.text === "false",
  },
  {
    name: "a moment for a time",
    why: "10.3.4.1: date and time() takes a date and a time; feelin takes the time out of a date and time",
    right: "ours",
    kept: notJudged,
    applies: (part) => calls(part, "date and time") && part.ours.text === "null" && childrenOf(part, "PositionalParameters").some(([, time]) => so(part, `(${time}) instance of date and time`)),
  },
];
