// The authorization matrix: every operation of the contract, by nine roles in six relations to the
// object, answers as its x-authz says; what somebody may not see looks like what never existed.
import { writeFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { authzOf, expected, may, type Authz, type Caller, type Outcome } from "./harness/authz.ts";
import { operations, type KnownOperation } from "./harness/contract.ts";
import { casesOf, type Case, type Target } from "./harness/idor_cases.ts";
import { demoPassword, type Answer } from "./harness/client.ts";
import { relations, roles, World } from "./harness/idor_world.ts";

const randomIds = 20;
const report = fileURLToPath(new URL("../../build/test/idor-matrix.txt", import.meta.url));

let world: World;
beforeAll(async () => {
  world = await World.make();
}, 120_000);
afterAll(() => world?.remove());

// Guessing of receipts is slowed down by address; each request of the matrix has one of its own.
let addresses = 0;
function freshAddress(): string {
  const n = ++addresses;
  // A block of its own, which is what guesses are counted by.
  return `127.${1 + (n >> 8)}.${n & 255}.1`;
}

// The same shape, and never given to anything.
let made = 0;
function another(id: string): string {
  const seed = (++made * 2_654_435_761) >>> 0;
  let at = 0;
  return [...id]
    .map((c) => {
      const n = (seed >> (at++ % 24)) & 15;
      if (/\d/.test(c) && !id.startsWith("H")) return String(n % 10);
      return /[a-f]/.test(c) ? "abcdef"[n % 6]! : c;
    })
    .join("")
    .replace(/\d{4}$/, (end) => (id.startsWith("H") ? String(9000 + (made % 999)) : end));
}

async function ask(known: KnownOperation, target: Target, caller: Caller, one: Case, id?: string): Promise<Answer> {
  const swap = (text: string) => (id && target.id ? text.replaceAll(target.id, id) : text);
  const proof = caller.secret === "own" ? target.secret : caller.secret === "foreign" ? target.foreignSecret : undefined;
  const headers = Object.fromEntries(Object.entries({ ...target.headers, ...proof }).map(([name, value]) => [name, swap(value)]));
  const body = target.body === undefined ? undefined : (JSON.parse(swap(JSON.stringify(target.body))) as unknown);
  const as = one.endsSession && caller.entitled ? await world.api.freshSession(caller.session!.username, demoPassword) : caller.session;
  const call = { as, headers, ...(authzOf(known).rate === "lookup" && { from: freshAddress() }), ...(body !== undefined && { body }), ...(target.raw && { raw: target.raw }) };
  return world.api.call(known.method, swap(target.path), call);
}

const likeMissing = (answer: Answer, ...ids: (string | undefined)[]) => {
  let text = answer.text.replace(/"trace_id":"[^"]*"/, "").replace(/"instance":"[^"]*"/, "");
  for (const id of ids) if (id) text = text.replaceAll(id, "ID");
  return `${answer.status} ${answer.headers["content-type"]} ${text}`;
};

function outcomeOf(answer: Answer): Outcome | "broken" {
  if (answer.status === 401) return "unauthenticated";
  if (answer.status === 403) return "refused";
  if (answer.status === 404) return "missing";
  return answer.status >= 500 || answer.status === 429 ? "broken" : "granted";
}

function agrees(want: Outcome, got: Outcome | "broken", answer: Answer, one: Case): boolean {
  if (want === got) return true;
  // Guesses at a code of a factor are slowed down for whoever makes them.
  if (one.endsSession && want === "granted" && answer.status === 429) return true;
  if (one.absent && want === "granted") return got === "missing";
  // What was made from the contract alone may be refused as it stands; it must only never be done.
  const refusal = answer.status >= 400 && answer.status < 500;
  return one.generated === true && refusal && (got === "granted" || want === "granted" || want === "refused" || want === "missing");
}

const lines: string[] = [];
let cells = 0;
let unknown = 0;
const mismatches: string[] = [];

async function holdToContract(known: KnownOperation, one: Case) {
  const authz: Authz = { ...authzOf(known), ...one.authz };
  const title = `${known.id}${one.name ? ` (${one.name})` : ""}`;
  let target = await one.make(world);
  const row: string[] = [];
  let guesses = 0;
  for (const caller of world.callers) {
    // Guesses at one code are slowed down, too.
    if (authz.rate === "lookup" && ++guesses % 20 === 0) target = await one.make(world);
    const want = expected(authz, caller, target.place);
    const answer = await ask(known, target, caller, one);
    const got = outcomeOf(answer);
    ++cells;
    row.push(got[0]!);
    const who = `${title} by ${caller.role}, ${caller.relation}`;
    if (!agrees(want, got, answer, one)) {
      mismatches.push(`${who}: ${want} by x-authz, ${answer.status} came: ${answer.text.slice(0, 160)}`);
    }
    if (want === "missing" && target.id) {
      const id = another(target.id);
      const reference = await ask(known, target, caller, one, id);
      if (likeMissing(answer, target.id, id) !== likeMissing(reference, target.id, id)) {
        mismatches.push(`${who}: not like a missing one:\n  ${likeMissing(answer)}\n  ${likeMissing(reference)}`);
      }
    }
    if (target.reveals && got === "granted") {
      const seen = caller.entitled && may(caller, "view_dossier", target.place, "part");
      if (!seen && answer.text.includes(target.reveals)) mismatches.push(`${who}: shows ${target.reveals}, which is not his to see`);
    }
    if (known.method !== "GET" && answer.status < 300) target = await one.make(world);
  }
  if (target.id) {
    const entitled = world.callers.filter((caller) => expected(authz, caller, target.place) === "granted");
    for (let i = 0; i < randomIds && entitled.length > 0; ++i) {
      const answer = await ask(known, target, entitled[i % entitled.length]!, one, another(target.id));
      ++unknown;
      if (answer.status !== 404) mismatches.push(`${title}: ${answer.status} for an id that never existed: ${answer.text.slice(0, 160)}`);
    }
  }
  if (one.endsSession) await world.signInAgain();
  lines.push(`${title.padEnd(44)} ${row.join("")}`);
}

it(
  "Every operation answers every role in every relation as x-authz says",
  async () => {
    const started = Date.now();
    for (const known of operations) for (const one of casesOf(known)) await holdToContract(known, one);
    const size = `${operations.length} operations x ${roles.length} roles x ${relations.length} relations: ${cells} cells and ${unknown} unknown ids, ${mismatches.length} mismatches, ${Math.round((Date.now() - started) / 1000)} s`;
    console.log(`authorization matrix: ${size}`);
    mkdirSync(fileURLToPath(new URL("../../build/test", import.meta.url)), { recursive: true });
    writeFileSync(report, `${size}\n${roles.join(" ")} in each of: ${relations.join(", ")}; g granted, u 401, m 404, r 403\n${lines.join("\n")}\n${mismatches.join("\n")}\n`);
    expect(mismatches.slice(0, 40), size).toEqual([]);
  },
  300_000,
);

it("A foreign dossier takes as long to be refused as one that never existed", async () => {
  const receipt = await world.held();
  const stranger = world.as("specialist", "other unit");
  const times: Record<"foreign" | "missing", number[]> = { foreign: [], missing: [] };
  for (let i = 0; i < 200; ++i) {
    for (const kind of ["foreign", "missing"] as const) {
      const id = kind === "foreign" ? receipt.id : another(receipt.id);
      const before = performance.now();
      await world.api.get(`/api/v1/dossiers/${id}`, { as: stranger, expect: 404 });
      times[kind].push(performance.now() - before);
    }
  }
  const median = (list: number[]) => list.sort((one, other) => one - other)[list.length >> 1]!;
  const [foreign, missing] = [median(times.foreign), median(times.missing)];
  console.log(`refusal: ${foreign.toFixed(2)} ms for a foreign dossier, ${missing.toFixed(2)} ms for none (medians of 200)`);
  expect(Math.abs(foreign - missing)).toBeLessThan(5);
});
