// idor_checker.ts - holds the server to what x-authz says: one row of the matrix for each case.
import { authzOf, expected, may, type Authz, type Caller, type Outcome } from "./authz.ts";
import { demoPassword, type Answer, type Call, type Session } from "./client.ts";
import type { KnownOperation } from "./contract.ts";
import type { Case, Target } from "./idor_cases.ts";
import type { World } from "./idor_world.ts";
import { slugOf } from "./marital.ts";

const randomIds = 20;

// Guessing is slowed down by block of addresses; what is guessed here has a block of its own each time.
let addresses = 0;
function freshAddress(): string {
  const n = ++addresses;
  return `127.${1 + (n >> 8)}.${n & 255}.1`;
}

// The same shape, and never given to anything.
let made = 0;
export function another(id: string): string {
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

// What whoever is entitled is answered: done, or exactly the refusal that the case foresees.
function isForeseen(answer: Answer, one: Case): boolean {
  const done = answer.status < 400;
  if (!one.answers) return done;
  return one.answers.includes(done ? String(answer.status) : `${answer.status} ${slugOf(answer)}`);
}

export class Matrix {
  readonly lines: string[] = [];
  readonly mismatches: string[] = [];
  cells = 0;
  unknown = 0;

  constructor(private readonly world: World) {}

  private async ask(known: KnownOperation, target: Target, caller: Caller, one: Case, id?: string): Promise<Answer> {
    const swap = (text: string) => (id && target.id ? text.replaceAll(target.id, id) : text);
    const proof = caller.secret === "own" ? target.secret : caller.secret === "foreign" ? target.foreignSecret : undefined;
    const headers = Object.fromEntries(Object.entries({ ...target.headers, ...proof }).map(([name, value]) => [name, swap(value)]));
    const body = target.body === undefined ? undefined : (JSON.parse(swap(JSON.stringify(target.body))) as unknown);
    const guesses = authzOf(known).rate === "lookup" || authzOf(known).rate === "sign_in" || "X-Dossier-Code" in headers;
    const as = one.endsSession ? await this.freshSession(known, caller) : caller.session;
    const call: Call = { as, headers, ...(guesses && { from: freshAddress() }), ...(body !== undefined && { body }), ...(target.raw && { raw: target.raw }) };
    return this.world.api.call(known.method, swap(target.path), call);
  }
  private async freshSession(known: KnownOperation, caller: Caller): Promise<Session | undefined> {
    if (caller.entitled) return this.world.api.freshSession(caller.session!.username, demoPassword);
    return caller.citizen && authzOf(known).caller.includes("citizen") ? this.world.portalSession(caller.relation) : caller.session;
  }

  // `told` is what the contract says, or what a falsified one would.
  async hold(known: KnownOperation, one: Case, told: Authz = authzOf(known)) {
    const { world } = this;
    const authz: Authz = { ...told, ...one.authz };
    const title = `${known.id}${one.name ? ` (${one.name})` : ""}`;
    const fault = (text: string) => this.mismatches.push(`${title} ${text}`);
    let target = await one.make(world);
    const row: string[] = [];
    let guesses = 0;
    for (const caller of world.callers) {
      // Guesses at one code are slowed down, too.
      if ((authz.rate === "lookup" || target.headers?.["X-Dossier-Code"]) && ++guesses % 20 === 0) target = await one.make(world);
      const want = expected(authz, caller, target.place);
      const answer = await this.ask(known, target, caller, one);
      const got = outcomeOf(answer);
      ++this.cells;
      row.push(got[0]!);
      const who = `by ${caller.role}, ${caller.relation}`;
      const came = `${answer.status} came: ${answer.text.slice(0, 160)}`;
      const absent = one.absent && want === "granted" && answer.status === 404;
      if (!absent && got !== want) fault(`${who}: ${want} by x-authz, ${came}`);
      else if (!absent && want === "granted" && !isForeseen(answer, one)) fault(`${who}: ${one.answers?.join(", ") ?? "done"} was foreseen, ${came}`);
      if (want === "missing" && target.id) {
        const id = another(target.id);
        const reference = await this.ask(known, target, caller, one, id);
        if (likeMissing(answer, target.id, id) !== likeMissing(reference, target.id, id)) {
          fault(`${who}: not like a missing one:\n  ${likeMissing(answer)}\n  ${likeMissing(reference)}`);
        }
      }
      if (target.reveals && got === "granted") {
        const his = target.place.applicant !== undefined && caller.citizen === target.place.applicant;
        const sees = caller.citizen ? his : caller.entitled && may(caller, "view_dossier", target.place, "part");
        const shown = answer.text.includes(target.reveals);
        if (shown && !sees) fault(`${who}: shows ${target.reveals}, which is not his to see`);
        if (!shown && sees && target.shows) fault(`${who}: does not show ${target.reveals}, which he may see`);
      }
      if (known.method !== "GET" && answer.status < 300) target = await one.make(world);
    }
    if (target.id) {
      const entitled = world.callers.filter((caller) => expected(authz, caller, target.place) === "granted");
      for (let i = 0; i < randomIds && entitled.length > 0; ++i) {
        const answer = await this.ask(known, target, entitled[i % entitled.length]!, one, another(target.id));
        ++this.unknown;
        if (answer.status !== 404) fault(`: ${answer.status} for an id that never existed: ${answer.text.slice(0, 160)}`);
      }
    }
    if (one.endsSession) await world.signInAgain();
    this.lines.push(`${title.padEnd(44)} ${row.join("")}`);
  }
}
