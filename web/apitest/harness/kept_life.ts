// kept_life.ts - a dossier's life as a list of requests that can be asked again: what a client knows
// that outlives the server.
//
//   const life = new Life(api, people, dice);
//   await life.goOn();          // until a connection breaks, or the life is over
//   ...the server is started again...
//   await life.retry();         // the request that was not answered, with the same key and body
//   life.flaws                  // answers that should not be
import { randomUUID } from "node:crypto";
import { birthAnswers, type Dice } from "./answers.ts";
import type { Answer, Client, Json, Session } from "./client.ts";
import { pdf } from "./files.ts";

export interface People {
  reception: Session;
  specialist: Session;
  leader: Session;
  clerk: Session;
}

// One request that changes something, as it was first asked.
interface Asked {
  name: string;
  path: string;
  key: string;
  as?: Session;
  body?: unknown;
  raw?: Buffer;
  headers?: Record<string, string>;
  answer?: Answer;
  tries: number;
}

// The connection broke; whether anything was done is not known.
export class Broken extends Error {}

const brokenCodes = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE"]);

export async function orBroken<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (fault) {
    const { code, message } = fault as { code?: string; message?: string };
    if (brokenCodes.has(code ?? "") || /socket hang up|aborted/.test(message ?? "")) throw new Broken(message);
    throw fault;
  }
}

export class Life {
  readonly asked: Asked[] = [];
  readonly flaws: string[] = [];
  private readonly answers: Json;
  private readonly withDraft: boolean;
  // The paper that belongs to the draft, if there is one.
  private readonly paper: Buffer;
  // A store that has no room answers 507: that is told, and the same is asked again later.
  refused = 0;

  constructor(
    private readonly api: Client,
    private readonly people: People,
    dice: Dice,
    readonly client = 0,
    private readonly paperBytes = 0,
  ) {
    this.withDraft = dice.below(2) === 0;
    // Without its number the paper itself has to be there.
    this.answers = birthAnswers(dice, { ...(this.withDraft && { birth_paper_number: undefined }), extract_copies: 2 });
    this.paper = Buffer.concat([pdf(`Giay chung sinh ${dice.digits(12)}`), Buffer.from(`%${"x".repeat(this.paperBytes)}\n`)]);
  }

  private told(name: string): Json | undefined {
    return this.asked.find((one) => one.name === name)?.answer?.json;
  }
  get filed(): Json | undefined {
    return this.told("file");
  }
  get over(): boolean {
    return this.told("return") !== undefined;
  }
  get acknowledged(): number {
    return this.asked.filter((one) => one.answer).length;
  }
  // The highest version of the dossier that an answer has named.
  get version(): number {
    return Math.max(0, ...this.asked.map((one) => Number(one.answer?.json?.version ?? 0)));
  }

  // Asks one thing after the other; ends when told to, when the life is over, or with Broken.
  async goOn(stopped: () => boolean = () => false): Promise<void> {
    while (!this.over && !stopped() && this.flaws.length === 0) {
      const open = this.asked.find((one) => !one.answer) ?? (await this.next());
      if (!this.asked.includes(open)) this.asked.push(open);
      if (!(await this.ask(open))) return;
    }
  }

  async retry(): Promise<void> {
    const open = this.asked.find((one) => !one.answer);
    if (open) await this.ask(open);
  }

  // Repeats what was acknowledged last: the answer must be the same text.
  async repeatLast(): Promise<void> {
    const last = this.asked.findLast((one) => one.answer);
    if (!last) return;
    const again = await this.sendPatiently(last);
    // A draft is gone with its filing, and its secret with it.
    if (this.filed && ["draft", "paper"].includes(last.name)) return;
    // A draft's answer tells what it would mean to file it now.
    const same = last.name === "draft" ? again.json?.id === last.answer!.json.id && again.json?.secret === last.answer!.json.secret : again.text === last.answer!.text;
    if (again.status !== last.answer!.status || !same) {
      const one = last.answer!.text;
      const differs = [...one].findIndex((letter, at) => letter !== again.text[at]);
      const from = Math.max(0, differs - 40);
      this.flaws.push(`${last.name} was answered with ${last.answer!.status} …${one.slice(from, from + 160)}, its repetition with ${again.status} …${again.text.slice(from, from + 160)}`);
    }
  }

  // Is what was acknowledged there?
  async look(): Promise<void> {
    const filed = this.filed;
    if (!filed) return;
    // The life may go on while it is looked at: what was acknowledged before the question has to be there.
    const least = this.version;
    const seen = await orBroken(this.api.get(`/api/v1/dossiers/${filed.id}`, { as: this.people.reception }));
    if (seen.status !== 200) {
      this.flaws.push(`${filed.code} was acknowledged and is answered with ${seen.status}`);
      return;
    }
    if (seen.json.code !== filed.code) this.flaws.push(`${filed.code} is ${seen.json.code} now`);
    if (Number(seen.json.version) < least) this.flaws.push(`${filed.code} was acknowledged at version ${least} and is at ${seen.json.version}`);
    const unanswered = this.asked.filter((one) => !one.answer).length;
    if (unanswered === 0 && least === this.version && Number(seen.json.version) !== this.version) this.flaws.push(`${filed.code} is at version ${seen.json.version}, nobody asked for more than ${this.version}`);
    if (this.told("payment") && seen.json.payments?.length !== undefined && seen.json.payments.length !== 1) this.flaws.push(`${filed.code} was paid ${seen.json.payments.length} times`);
    if (this.told("paper")) {
      const paper = seen.json.attachments?.[0];
      const bytes = paper && (await orBroken(this.api.get(`/api/v1/dossiers/${filed.id}/files/${paper.id}`, { as: this.people.reception })));
      if (!bytes || bytes.status !== 200 || !bytes.bytes.equals(this.paper)) this.flaws.push(`${filed.code}: the paper is not there as it was sent`);
    }
  }

  private send(one: Asked): Promise<Answer> {
    const { as, body, raw, headers, key } = one;
    return orBroken(this.api.post(one.path, { ...(as && { as }), ...(raw ? { raw } : { body }), ...(headers && { headers }), key }));
  }

  // Papers wait for a free place (503, "come again"), as the web faces do for whoever uses them.
  private async sendPatiently(one: Asked): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.send(one);
      if (answer.status !== 503 || one.name !== "paper" || tries === 80) return answer;
      await new Promise((done) => setTimeout(done, 250));
    }
  }

  // False: refused for want of room, and to be asked again.
  private async ask(one: Asked): Promise<boolean> {
    one.tries += 1;
    const answer = await this.sendPatiently(one);
    if (answer.status === 507 || answer.status === 503) {
      this.refused += 1;
      return false;
    }
    if (answer.status >= 300) {
      this.flaws.push(`${one.name} (asked ${one.tries} times): ${answer.status} ${answer.text.slice(0, 300)}`);
      return false;
    }
    one.answer = answer;
    return true;
  }

  private async task(as: Session): Promise<string> {
    const seen = await orBroken(this.api.get(`/api/v1/dossiers/${this.filed!.id}`, { as }));
    if (seen.status !== 200) throw new Broken(`${seen.status} ${seen.text}`);
    if (seen.json.tasks.length !== 1) this.flaws.push(`${this.filed!.code} has ${seen.json.tasks.length} tasks`);
    return String(seen.json.tasks[0]?.id ?? "");
  }

  // What to ask next, with a key of its own.
  private async next(): Promise<Asked> {
    const { reception, specialist, leader, clerk } = this.people;
    const asks = (name: string, path: string, more: Partial<Asked>): Asked => ({ name, path, key: randomUUID(), tries: 0, ...more });
    const draft = this.told("draft");
    const secret = { "X-Draft-Secret": String(draft?.secret ?? "") };
    if (!this.filed) {
      if (!this.withDraft) return asks("file", "/api/v1/dossiers", { body: { procedure: "1.001193", answers: this.answers } });
      if (!draft) return asks("draft", "/api/v1/drafts", { body: { procedure: "1.001193", answers: this.answers } });
      if (!this.told("paper")) {
        const headers = { ...secret, "X-File-Name": encodeURIComponent("Giấy chứng sinh.pdf"), "X-Component": "birth_paper" };
        return asks("paper", `/api/v1/drafts/${draft.id}/files`, { raw: this.paper, headers });
      }
      return asks("file", "/api/v1/dossiers", { headers: secret, body: { draft: draft.id } });
    }
    const dossier = `/api/v1/dossiers/${this.filed.id}`;
    if (!this.told("receive")) return asks("receive", `${dossier}/receive`, { as: reception, body: {} });
    if (!this.told("propose")) return asks("propose", `${dossier}/complete-task`, { as: specialist, body: { task: await this.task(specialist), outcome: "proposed" } });
    if (!this.told("approve")) return asks("approve", `${dossier}/approve`, { as: leader, body: { task: await this.task(leader), outcome: "approved" } });
    if (!this.told("issue")) return asks("issue", `${dossier}/issue-result`, { as: clerk, body: { task: await this.task(clerk) } });
    if (!this.told("payment")) return asks("payment", `${dossier}/payments`, { as: reception, body: { amount: 16_000, method: "cash" } });
    return asks("return", `${dossier}/return`, { as: reception, body: { task: await this.task(reception), method: "counter", received_by: String((this.answers as Record<string, unknown>)["requester_name"]) } });
  }
}
