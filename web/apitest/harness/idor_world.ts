// idor_world.ts - the people and things of the authorization matrix: officers of every role at the
// object's own agency, beside it, elsewhere, in another province, above, and out of service; dossiers
// at every stage, drafts, uploads, files, payments, proposals.
//
// Accounts are copies of a demonstration account, laid beside it while the server stands still:
// hashing fifty passwords would take longer than the whole matrix.
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { Client, demoPassword, type Answer, type Json, type Session } from "./client.ts";
import { startServer, type TestServer } from "./server.ts";
import { maritalAnswers, seeded, type Dice } from "./answers.ts";
import { command, upload } from "./desk.ts";
import { receiveMarital } from "./marital.ts";
import { pdf } from "./files.ts";
import type { Caller, Place } from "./authz.ts";

export const roles = ["reception", "specialist", "head", "leader", "clerk", "cashier", "supervisor", "administrator", "citizen"];
export const relations = ["self", "same unit", "other unit", "other province", "expired", "anonymous", "above"];

const counterRoles = ["reception", "cashier"];
const commune = "H41.101";
const centre = "H41.101.01";
const marital = "1.004873";

export interface Receipt {
  id: string;
  code: string;
  secret: string;
}

export class World {
  readonly callers: Caller[] = [];
  private readonly staff = new Map<string, Caller>();
  private dice!: Dice;
  private components: string[] | undefined;

  private constructor(
    readonly server: TestServer,
    readonly api: Client,
  ) {}

  static async make(): Promise<World> {
    const server = await startServer({ dossiers: 0 });
    await server.stop();
    const people: { username: string; role: string; relation: string; agency: string }[] = [];
    for (const role of roles.slice(0, 8)) {
      const desk = counterRoles.includes(role);
      const at: Record<string, string> = {
        self: desk ? centre : commune,
        "same unit": desk ? centre : commune,
        "other unit": desk ? "H41.102.01" : "H41.102",
        "other province": desk ? "H29.101.01" : "H29.101",
        expired: desk ? centre : commune,
        anonymous: desk ? centre : commune,
        above: "H41",
      };
      for (const [relation, agency] of Object.entries(at)) people.push({ username: `${role}.${relation.replaceAll(" ", "-")}`, role, relation, agency });
    }
    const base = new DatabaseSync(join(server.dataFolder, "motcua.db"));
    for (const one of people) {
      const officer = { id: `cb-${one.username}`, name: `Nguyễn Thị ${one.role}`, agency: one.agency, title: "Công chức", roles: [one.role], email: "", phone: "" };
      base.exec("CREATE TEMP TABLE one AS SELECT * FROM account WHERE username = 'hotich.thanhvinh'");
      base.prepare("UPDATE one SET username = ?, officer_id = ?, officer = ?").run(one.username, officer.id, JSON.stringify(officer));
      base.exec("INSERT INTO account SELECT * FROM one; DROP TABLE one");
    }
    base.close();
    await server.start();
    const world = new World(server, new Client(server));
    world.dice = seeded("idor");
    for (const one of people) {
      const session = await world.api.signIn(one.username);
      const caller: Caller = { ...one, officer: `cb-${one.username}`, session, entitled: true, secret: "none" };
      world.staff.set(`${one.role}.${one.relation}`, caller);
    }
    await world.endService();
    for (const relation of relations) {
      for (const role of roles) {
        if (role === "citizen") {
          const secret = relation === "self" ? "own" : relation === "anonymous" ? "none" : "foreign";
          world.callers.push({ role, relation, entitled: false, secret });
        } else {
          const caller = world.staff.get(`${role}.${relation}`)!;
          world.callers.push(relation === "anonymous" || relation === "expired" ? { ...caller, entitled: false } : caller);
        }
      }
    }
    return world;
  }

  // Sessions that were good and are so no more: signed out, and of officers whose service has ended.
  private async endService() {
    const administrator = await this.api.signIn("quantri");
    for (const caller of this.staff.values()) {
      if (caller.relation === "anonymous") await this.api.delete("/api/v1/session", { as: caller.session!, expect: 204 });
      if (caller.relation !== "expired") continue;
      const form = { name: "Nguyễn Thị Hết Hạn", agency: caller.agency, title: "Công chức", roles: [caller.role], active_from: "2020-01-01", active_to: "2026-01-31" };
      await this.api.put(`/api/v1/officers/${caller.officer!}`, { as: administrator, body: form, expect: 200 });
    }
  }

  // After operations that end the other sessions of an account.
  async signInAgain() {
    for (const caller of this.callers.filter((one) => one.entitled && one.session)) {
      const live = await this.api.get("/api/v1/inbox", { as: caller.session! });
      if (live.status === 401) Object.assign(caller.session!, await this.api.freshSession(caller.session!.username, demoPassword));
    }
  }

  of(role: string, relation = "self"): Caller {
    return this.staff.get(`${role}.${relation}`)!;
  }
  as(role: string, relation = "self"): Session {
    return this.of(role, relation).session!;
  }

  // A dossier of Thành Vinh at a stage of its way.  The examination is the specialist's own.
  readonly place = (work: string, task?: Place["task"]): Place => ({ part: [commune, centre], work, lead: commune, named: commune, ...(task && { task }) });

  async filed(): Promise<Receipt> {
    return (await this.api.post("/api/v1/dossiers", { body: await this.counterFiling(), as: this.as("reception"), expect: 201 })).json;
  }
  async counterFiling(): Promise<Json> {
    const answers = maritalAnswers(this.dice);
    this.components ??= (await this.api.post(`/api/v1/procedures/${marital}/evaluation`, { body: { answers, channel: "counter" }, expect: 200 })).json.components.map(
      (one: { id: string }) => one.id,
    );
    return { procedure: marital, agency: commune, answers, shown_components: this.components, duplicate_confirmed: true, channel: "counter" };
  }
  async received(): Promise<Receipt> {
    return receiveMarital(this.api, this.as("reception"), this.dice, {}, { agency: commune, duplicate_confirmed: true }) as Promise<Receipt>;
  }
  async task(id: string): Promise<Json> {
    return (await this.api.get(`/api/v1/dossiers/${id}`, { as: this.as("supervisor"), expect: 200 })).json.tasks[0];
  }
  async step(id: string, role: string, name: string, body: object): Promise<Answer> {
    const task = (await this.task(id)).id as string;
    return command(this.api, this.as(role), id, name, { task, ...body });
  }
  async held(): Promise<Receipt> {
    const receipt = await this.received();
    await this.step(receipt.id, "specialist", "assign", { officer: "me" });
    return receipt;
  }
  async signing(): Promise<Receipt> {
    const receipt = await this.held();
    const task = await this.task(receipt.id);
    await this.step(receipt.id, "specialist", "complete-task", { outcome: task.outcomes[0].value });
    return receipt;
  }
  async issuing(): Promise<Receipt> {
    const receipt = await this.signing();
    const task = await this.task(receipt.id);
    await this.step(receipt.id, "leader", "approve", { outcome: task.outcomes[0].value });
    return receipt;
  }
  async handing(): Promise<Receipt> {
    const receipt = await this.issuing();
    await this.step(receipt.id, "clerk", "issue-result", {});
    return receipt;
  }
  async waiting(): Promise<Receipt> {
    const receipt = await this.held();
    const items = [{ what: "Bản sao giấy chứng tử của vợ hoặc chồng" }];
    await command(this.api, this.as("specialist"), receipt.id, "request-supplement", { items, reason: "Thiếu giấy tờ chứng minh" });
    return receipt;
  }

  // Who has lost the secret: six digits of a number that was given, and of one that was not.
  async lost() {
    const phone = `09${this.dice.digits(8)}`;
    const applicant = { name: "Lê Thị Mất Giấy", phone };
    const more = { agency: commune, duplicate_confirmed: true, applicant };
    const receipt = (await receiveMarital(this.api, this.as("reception"), this.dice, {}, more)) as Receipt;
    return {
      id: receipt.code,
      headers: { "X-Dossier-Code": receipt.code },
      secret: { "X-Identity-Digits": phone.slice(-6) },
      foreignSecret: { "X-Identity-Digits": phone.endsWith("000000") ? "111111" : "000000" },
    };
  }

  async draft(): Promise<Json> {
    return (await this.api.post("/api/v1/drafts", { body: { procedure: marital, agency: commune, answers: maritalAnswers(this.dice) }, expect: 201 })).json;
  }
  // At the counter, before the dossier exists: the specialist's own.
  async begun(): Promise<string> {
    const metadata = `filename ${Buffer.from("a.pdf").toString("base64")},component ${Buffer.from("ban_sao").toString("base64")}`;
    const headers = { "Upload-Length": String(pdf("x").length), "Upload-Metadata": metadata };
    return (await this.api.post("/api/v1/uploads", { as: this.as("specialist"), headers, expect: 201 })).json.id as string;
  }
  async file(): Promise<{ receipt: Receipt; file: string }> {
    const receipt = await this.held();
    const component = (await this.api.get(`/api/v1/procedures/${marital}`, { expect: 200 })).json.components[0].id as string;
    const answer = await upload(this.api, `/api/v1/dossiers/${receipt.id}/files`, component, {}, { as: this.as("specialist") });
    return { receipt, file: answer.json.id as string };
  }

  async remove() {
    this.api.close();
    await this.server.remove();
  }
}
