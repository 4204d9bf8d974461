// @vitest-environment node
// The same 2,000 expressions through the program and through feelin: agreed, different for a reason that
// reasons.ts knows, or different without one, which fails.
//
// MOTCUA_FEEL_SEED and MOTCUA_FEEL_COUNT make another run of it; build/test/feel-differential.txt lists
// every difference.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { parseExpression } from "feelin";
import { judgeable } from "../../shared/feel/subset.ts";
import { blame } from "./blame.ts";
import { differs, evaluateOurs, evaluateTheirs, type Answered, type Side } from "./both.ts";
import { makeQuestions, type Asked } from "./questions.ts";
import { reasons } from "./reasons.ts";

const seed = Number(process.env["MOTCUA_FEEL_SEED"] ?? 20_261_122);
const count = Number(process.env["MOTCUA_FEEL_COUNT"] ?? 2000);
const root = fileURLToPath(new URL("../../..", import.meta.url));
const binary = process.env["MOTCUA_BINARY"] ?? `${root}build/release/motcua`;

const available = existsSync(binary) && spawnSync(binary, ["rules", "eval", "1 + 1"], { encoding: "utf8" }).stdout === "2\n";
if (!available) console.log(`feelin beside the program: skipped, ${binary} is not there or knows no "rules eval"`);

const shown = (side: Side): string => (side.fault === undefined ? side.text : `refused: ${side.fault}`);

function wrong(text: string): string {
  if (text === "true" || text === "false") return text === "true" ? "false" : "true";
  if (text === "null") return "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? String(Number(text) + 1) : "null";
}

function listed({ whole, part }: { whole: Answered; part: Answered }): string {
  const within = part.expression === whole.expression ? "" : `\n    in      ${whole.expression}`;
  return `  ${part.expression}\n    motcua  ${shown(part.ours)}\n    feelin  ${shown(part.theirs)}${within}\n    with    ${JSON.stringify(whole.context)}\n`;
}

// Constructs that a run must have had, with their number.
function constructs(questions: Asked[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { expression, context } of questions) {
    const scope = Object.fromEntries(Object.keys(context).map((name) => [name, null]));
    const here = new Set<string>();
    parseExpression(expression, scope, undefined).iterate({ enter: (node) => void here.add(node.name) });
    for (const name of here) found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}

// Seconds, but for a machine that does much else.
describe.skipIf(!available)(`${count} generated expressions, seed ${seed},`, { timeout: 120_000 }, () => {
  let questions: Asked[] = [];
  let answers: (Asked & Answered)[] = [];
  let blamed: { whole: Answered; part: Answered; reason: string | undefined }[] = [];

  beforeAll(() => {
    questions = makeQuestions(seed, count);
    const ours = evaluateOurs(binary, questions);
    answers = questions.map((question, at) => ({ ...question, ours: ours[at] ?? { text: "", problems: [] }, theirs: evaluateTheirs(question) }));
    blamed = blame(binary, answers.filter(differs)).map((one) => ({ ...one, reason: reasons.find((reason) => reason.applies(one.part))?.name }));
    report();
  }, 300_000);

  function report() {
    const without = blamed.filter((one) => one.reason === undefined);
    const groups = reasons
      .map((reason) => ({ reason, found: blamed.filter((one) => one.reason === reason.name) }))
      .filter(({ found }) => found.length > 0)
      .sort((one, other) => other.found.length - one.found.length);
    const summary = `${count} expressions, seed ${seed}: ${count - blamed.length} agree, ${blamed.length - without.length} differ for a known reason, ${without.length} without`;
    const table = groups.map(({ reason, found }) => `${String(found.length).padStart(5)}  ${reason.name} (by the standard: ${reason.right === "both" ? "either" : reason.right === "ours" ? "motcua" : "feelin"})`);
    console.log([summary, ...table].join("\n"));
    mkdirSync(`${root}build/test`, { recursive: true });
    const chapters = groups.map(({ reason, found }) => `${reason.name}: ${found.length}\n${reason.why}\nKept from forms: ${reason.kept}\n\n${found.map(listed).join("\n")}`);
    const unexplained = without.length > 0 ? [`Without a reason: ${without.length}\n\n${without.map(listed).join("\n")}`] : [];
    writeFileSync(`${root}build/test/feel-differential.txt`, [summary, ...unexplained, ...chapters].join("\n\n"));
  }

  it("are of all kinds", () => {
    const found = constructs(questions);
    for (const name of [
      "ArithmeticExpression", "Comparison", "Conjunction", "Disjunction", "IfExpression", "ForExpression", "QuantifiedExpression", "InstanceOfExpression",
      "FilterExpression", "PathExpression", "FunctionInvocation", "List", "Context", "Interval", "DateTimeLiteral", "StringLiteral", "null",
    ]) {
      expect(found.get(name) ?? 0, name).toBeGreaterThanOrEqual(Math.floor(count / 100));
    }
    const texts = questions.map(({ expression, context }) => expression + JSON.stringify(context));
    expect(texts.some((text) => text !== text.normalize("NFC"))).toBe(true);
    expect(texts.some((text) => text.includes("đ"))).toBe(true);
  });

  it("differ for known reasons only", () => {
    expect(blamed.filter((one) => one.reason === undefined).map(listed)).toEqual([]);
  });

  // A test that cannot fail proves nothing: were the program wrong, the reasons would not excuse it.
  it("would differ without a reason, nineteen times in twenty, if the program answered wrongly", () => {
    const falsified = answers.filter((one) => !differs(one) && one.ours.fault === undefined).map((one) => ({ ...one, ours: { ...one.ours, text: wrong(one.ours.text) } }));
    const excused = falsified.filter((one) => reasons.some((reason) => reason.applies(one)));
    expect(falsified.length).toBeGreaterThan(count / 2);
    expect(excused.length).toBeLessThan(falsified.length / 20);
  });

  it("agree wherever a form may judge in the browser", () => {
    const judged = answers.filter(({ expression, names, theirs }) => names && judgeable(expression, names) && theirs.fault === undefined && theirs.problems.length === 0);
    expect(judged.filter(differs).map(({ expression, context, ours, theirs }) => `${expression} ${JSON.stringify(context)}: ${shown(ours)}, not ${shown(theirs)}`)).toEqual([]);
    // Enough of them, and not of one outcome.
    console.log(`${judged.length} of them conditions that a form may judge in the browser: no difference`);
    expect(judged.length).toBeGreaterThan(count / 8);
    for (const outcome of ["true", "false", "null"]) expect(judged.filter(({ ours }) => ours.text === outcome).length, outcome).toBeGreaterThan(count / 100);
  });
});

describe("reasons", () => {
  it("have names of their own", () => {
    expect(new Set(reasons.map((reason) => reason.name)).size).toBe(reasons.length);
  });
});
