// idor_world.ts - the people and things of the authorization matrix: officers of every role at the
// object's own agency, beside it, elsewhere, in another province, above, out of service, with authority
// that was given to them and has ended, and with the same while it holds; whoever holds a receipt or the
// secret of a draft; citizens signed in at the portal; dossiers at every stage, drafts, uploads, files.
//
// Accounts are copies of a demonstration account, laid beside it while the server stands still:
// hashing sixty passwords would take longer than the whole matrix.
import { DatabaseSync } from "node:sqlite";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, demoPassword, type Answer, type Json, type Session } from "./client.ts";
import { startServer, type TestServer } from "./server.ts";
import { maritalAnswers, seeded, truongVinh, type Answers, type Dice } from "./answers.ts";
import { Browser } from "./browser.ts";
import { command, upload } from "./desk.ts";
import { receiveMarital } from "./marital.ts";
import { jpeg, pdf } from "./files.ts";
import { startIdentityProvider, type IdentityProvider } from "./identity_provider.ts";
import { clockCanBeSet, clockSetTo } from "./moments.ts";
import type { Caller, Place } from "./authz.ts";
import { versionOf } from "./officers.ts";

const officerRoles = ["reception", "specialist", "head", "leader", "clerk", "cashier", "supervisor", "administrator"];
// `applicant` holds the secret of a receipt or a draft; `citizen` is signed in at the portal.
export const roles = [...officerRoles, "applicant", "citizen"];
export const relations = ["self", "same unit", "other unit", "other province", "service ended", "delegation ended", "delegation running", "anonymous", "above"];

const counterRoles = ["reception", "cashier"];
const commune = "H41.101";
const centre = "H41.101.01";
const elsewhere = "H41.102.01";
const marital = "1.004873";
const minute = 60_000;
const toTheMinute = (at: number) => new Date(Math.floor(at / minute) * minute).toISOString().replace(".000", "");
const nameOf = (role: string, relation: string) => `${role}.${relation.replaceAll(" ", "-")}`;
const postOf = (role: string) => (counterRoles.includes(role) ? centre : commune);
const decision = { number: "45/QĐ-UBND", issuer: "Chủ tịch UBND phường Thành Vinh", issued_on: "2020-01-02", title: "Giao quyền trong thời gian nghỉ" };

// One number for each relation; the first one's is what the dossiers are filed in.
const numberOf = (relation: string) => `0400900000${String(11 + relations.indexOf(relation))}`;
const citizensWithoutSession = ["service ended", "anonymous"];

export interface Receipt {
  id: string;
  code: string;
  secret: string;
}

export class World {
  readonly callers: Caller[] = [];
  // What those whose delegation has ended were answered while it was running.
  readonly whileItRan: Record<string, number> = {};
  readonly applicant = numberOf("self");
  private readonly staff = new Map<string, Caller>();
  private components: string[] | undefined;

  private constructor(
    readonly server: TestServer,
    readonly api: Client,
    private readonly provider: IdentityProvider,
    private readonly folder: string,
    private readonly dice: Dice,
  ) {}

  static async make(): Promise<World> {
    const citizens = Object.fromEntries(relations.map((one) => [one, { name: `Nguyễn Văn ${one}`, personal_id: numberOf(one) }]));
    const provider = await startIdentityProvider(citizens, "self");
    const folder = mkdtempSync(join(tmpdir(), "motcua-idor-"));
    const secret = "a secret of the client that is long enough";
    writeFileSync(join(folder, "sso.secret"), `${secret}\n`);
    writeFileSync(
      join(folder, "providers.yaml"),
      `format: motcua-identity-providers/1
providers:
  - {id: sso, name: {vi: "Tài khoản tỉnh", en: "Province"}, issuer: "${provider.issuer}", client_id: motcua, secret_file: sso.secret, scopes: [openid, identity], for: [citizens]}
`,
    );
    const server = await startServer({ dossiers: 0, arguments: ["--identity-providers", join(folder, "providers.yaml")] });
    await server.stop();
    const dice = seeded("idor");
    const people = hire(server.dataFolder);

    // Three hours ago, when the delegations that have ended were running.
    if (clockCanBeSet) await server.start(clockSetTo("-3h"));
    else await server.start();
    const then = new World(server, new Client(server), provider, folder, dice);
    for (const one of people) then.staff.set(`${one.role}.${one.relation}`, { ...one, entitled: true, secret: "none" });
    await then.delegateAndEnd();
    then.api.close();
    if (clockCanBeSet) {
      await server.stop();
      await server.start();
    }

    const world = new World(server, new Client(server), provider, folder, dice);
    Object.assign(world.whileItRan, then.whileItRan);
    provider.open([{ id: "motcua", secret, redirectUris: [`${server.url()}/api/v1/sign-in/sso/callback`] }]);
    for (const one of people) {
      const session = await world.api.signIn(one.username);
      world.staff.set(`${one.role}.${one.relation}`, { ...one, session, entitled: true, secret: "none" });
    }
    for (const role of officerRoles) {
      const caller = world.of(role, "delegation running");
      await world.delegate(role, "delegation running", Date.now() + 24 * 60 * minute);
      caller.mandates = [{ role, agency: postOf(role), ...(standsIn(role) && { inPlaceOf: world.of(role).officer! }) }];
    }
    await world.endService();
    for (const relation of relations) {
      for (const role of officerRoles) {
        const caller = world.staff.get(`${role}.${relation}`)!;
        world.callers.push(relation === "anonymous" || relation === "service ended" ? { ...caller, entitled: false } : caller);
      }
      const secret = relation === "self" ? "own" : relation === "anonymous" ? "none" : "foreign";
      world.callers.push({ role: "applicant", relation, entitled: false, secret });
      world.callers.push(await world.citizen(relation));
    }
    return world;
  }

  // By absence with a deputy, by delegation, by grant: as each role can be given.
  private async delegate(role: string, relation: string, until: number): Promise<string> {
    const administrator = await this.api.signIn("quantri");
    const to = this.of(role, relation).officer!;
    const giver = this.of(role).officer!;
    const common = { to_officer: to, until: toTheMinute(until), decision };
    const now = Date.parse((await this.api.get("/healthz")).headers.date!);
    const body = standsIn(role)
      ? { kind: "absence", from_officer: giver, from: toTheMinute(now), ...common }
      : role === "administrator"
        ? { kind: "grant", role, agency: postOf(role), ...common }
        : { kind: "delegation", from_officer: giver, role, agency: postOf(role), ...common };
    return (await this.api.post("/api/v1/authority", { as: administrator, body, expect: 201 })).json.id as string;
  }

  // Really in force, seen to be, and over: by their end where the clock can be set, else by revocation.
  private async delegateAndEnd() {
    const given: string[] = [];
    for (const role of officerRoles) given.push(await this.delegate(role, "delegation ended", clockCanBeSet ? Date.now() - 60 * minute : Date.now() + 60 * minute));
    const reception = this.of("reception");
    reception.session = await this.api.signIn(nameOf("reception", "self"));
    const { id } = await this.received();
    const clerk = async () => versionOf(this.api, await this.api.signIn("quantri"), `cb-${nameOf("clerk", "same unit")}`);
    for (const role of officerRoles) {
      const as = await this.api.signIn(nameOf(role, "delegation ended"));
      const asked =
        role === "administrator"
          ? await this.api.put(`/api/v1/officers/cb-${nameOf("clerk", "same unit")}`, { as, body: { name: "Nguyễn Thị clerk", agency: commune, title: "Công chức", roles: ["clerk"], version: await clerk() } })
          : await this.api.get(`/api/v1/dossiers/${id}`, { as });
      this.whileItRan[role] = asked.status;
    }
    if (clockCanBeSet) return;
    const administrator = await this.api.signIn("quantri");
    for (const one of given) await this.api.post(`/api/v1/authority/${one}/revocation`, { as: administrator, body: { decision }, expect: 200 });
  }

  // Sessions that were good and are so no more: signed out, and of officers whose service has ended.
  private async endService() {
    const administrator = await this.api.signIn("quantri");
    for (const caller of this.staff.values()) {
      if (caller.relation === "anonymous") await this.api.delete("/api/v1/session", { as: caller.session!, expect: 204 });
      if (caller.relation !== "service ended") continue;
      const form = { name: "Nguyễn Thị Hết Hạn", agency: caller.agency, title: "Công chức", roles: [caller.role], active_from: "2020-01-01", active_to: "2026-01-31", version: await versionOf(this.api, administrator, caller.officer!) };
      await this.api.put(`/api/v1/officers/${caller.officer!}`, { as: administrator, body: form, expect: 200 });
    }
  }

  // Signed in at the portal by the provider of identities.
  async portalSession(relation: string): Promise<Session> {
    this.provider.account = relation;
    const browser = new Browser();
    const begun = await browser.get(`${this.server.url()}/api/v1/sign-in/sso?for=citizens`);
    const back = await browser.followUntil(begun.location!, (next) => next.startsWith(this.server.url()));
    await browser.get(back);
    const cookie = `motcua_citizen=${browser.jar(this.server.url()).get("motcua_citizen")!}`;
    const told = (await this.api.get("/api/v1/session", { headers: { Cookie: cookie }, expect: 200 })).json;
    return { username: relation, cookie, csrf: told.citizen.csrf_token as string };
  }

  // Each has a dossier: at the same office, at another one.  Some act for the first one, by paper:
  // that counts at the counter, and opens nothing at the portal.
  private async citizen(relation: string): Promise<Caller> {
    const session = await this.portalSession(relation);
    const caller: Caller = { role: "citizen", relation, session, entitled: false, secret: "none" };
    if (citizensWithoutSession.includes(relation)) {
      await this.api.delete("/api/v1/me/session", { as: session, expect: 200 });
      return caller;
    }
    const residence_commune = relation.startsWith("other") ? { residence_commune: truongVinh } : {};
    await this.filed({ requester_id: numberOf(relation), ...residence_commune });
    if (relation.startsWith("delegation")) {
      const person = (one: string) => ({ name: `Nguyễn Văn ${one}`, identifier: numberOf(one), born: "1990-05-01" });
      const evidence = { number: "12/2020", title: "Giấy ủy quyền", issued_on: "2020-01-02" };
      const body = { representation: "authorised", represented: person("self"), representative: person(relation), evidence };
      const as = this.as("reception");
      const recorded = (await this.api.post("/api/v1/representations", { as, body, expect: 201 })).json;
      if (relation === "delegation ended") await this.api.post(`/api/v1/representations/${recorded.id}/revocation`, { as, body: { reason: "Hết hạn ủy quyền" }, expect: 200 });
    }
    return { ...caller, citizen: numberOf(relation) };
  }

  // After operations that end the other sessions of an account.
  async signInAgain() {
    for (const caller of this.callers.filter((one) => one.entitled && one.session)) {
      const live = await this.api.get("/api/v1/inbox", { as: caller.session! });
      if (live.status === 401) Object.assign(caller.session!, await this.api.freshSession(caller.session!.username, demoPassword));
    }
    for (const caller of this.callers.filter((one) => one.citizen)) {
      const live = await this.api.get("/api/v1/me", { as: caller.session! });
      if (live.status === 401) Object.assign(caller.session!, await this.portalSession(caller.relation));
    }
  }

  of(role: string, relation = "self"): Caller {
    return this.staff.get(`${role}.${relation}`)!;
  }
  as(role: string, relation = "self"): Session {
    return this.of(role, relation).session!;
  }

  // A dossier of Thành Vinh at a stage of its way.  The examination is the specialist's own.
  readonly place = (work: string, task?: Place["task"]): Place => ({ part: [commune, centre], work, lead: commune, named: commune, applicant: this.applicant, ...(task && { task }) });

  async filed(changes: Answers = {}): Promise<Receipt> {
    return (await this.api.post("/api/v1/dossiers", { body: await this.counterFiling(changes), as: this.as("reception"), expect: 201 })).json;
  }
  async counterFiling(changes: Answers = {}): Promise<Json> {
    const answers = maritalAnswers(this.dice, { requester_id: this.applicant, ...changes });
    this.components ??= (await this.api.post(`/api/v1/procedures/${marital}/evaluation`, { body: { answers, channel: "counter" }, expect: 200 })).json.components.map(
      (one: { id: string }) => one.id,
    );
    const agency = changes["residence_commune"] === truongVinh ? "H41.102" : commune;
    return { procedure: marital, agency, answers, shown_components: this.components, duplicate_confirmed: true, channel: "counter" };
  }
  async received(): Promise<Receipt> {
    return receiveMarital(this.api, this.as("reception"), this.dice, { requester_id: this.applicant }, { agency: commune, duplicate_confirmed: true }) as Promise<Receipt>;
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
    const receipt = (await receiveMarital(this.api, this.as("reception"), this.dice, { requester_id: this.applicant }, more)) as Receipt;
    return {
      id: receipt.code,
      place: { applicant: this.applicant },
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

  // A picture, whose original is kept sealed.
  async picture(): Promise<{ receipt: Receipt; file: string }> {
    const receipt = await this.held();
    const headers = { "X-File-Name": "anh.jpg", "X-Component": await this.component() };
    const kept = await this.api.post(`/api/v1/dossiers/${receipt.id}/files`, { as: this.as("specialist"), raw: jpeg(), headers, expect: 201 });
    return { receipt, file: kept.json.id as string };
  }
  // Received elsewhere for Thành Vinh: the papers wait there, or are on their way.
  async carried(state: "waiting" | "on the way"): Promise<Receipt> {
    const as = this.as("reception", "other unit");
    const receipt = (await receiveMarital(this.api, as, this.dice, { requester_id: this.applicant }, { duplicate_confirmed: true })) as Receipt;
    const items = [{ dossier: receipt.id, transport: 1 }];
    if (state === "on the way") await this.api.post("/api/v1/transports/hand-over", { as, body: { items, carrier: "Bưu điện" }, expect: 200 });
    return receipt;
  }
  readonly carriedPlace = (named: string | string[]): Place => ({ ...this.place(centre), part: [commune, centre, elsewhere], named });
  async component(): Promise<string> {
    return (await this.api.get(`/api/v1/procedures/${marital}`, { expect: 200 })).json.components[0].id as string;
  }
  // A grant at Thành Vinh, to somebody of it.
  async grant(): Promise<string> {
    const until = toTheMinute(Date.now() + (60 + ++this.granted) * minute);
    const from = toTheMinute(Date.now() + (59 + this.granted) * minute);
    const body = { kind: "grant", to_officer: this.of("clerk", "same unit").officer, role: "cashier", agency: commune, from, until, decision };
    return (await this.api.post("/api/v1/authority", { as: await this.api.signIn("quantri"), body, expect: 201 })).json.id as string;
  }
  private granted = 0;

  async remove() {
    this.api.close();
    await this.server.remove();
    await this.provider.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// Who is away has a deputy; the others delegate, and administration is granted.
const standsIn = (role: string) => role === "specialist" || role === "leader";

interface Hired {
  username: string;
  officer: string;
  role: string;
  relation: string;
  agency: string;
}
function hire(dataFolder: string): Hired[] {
  const people: Hired[] = [];
  for (const role of officerRoles) {
    const desk = counterRoles.includes(role);
    const other = desk ? elsewhere : "H41.102";
    const at: Record<string, string> = { "other unit": other, "other province": desk ? "H29.101.01" : "H29.101", "delegation ended": other, "delegation running": other, above: "H41" };
    for (const relation of relations) {
      const username = nameOf(role, relation);
      people.push({ username, officer: `cb-${username}`, role, relation, agency: at[relation] ?? postOf(role) });
    }
  }
  const base = new DatabaseSync(join(dataFolder, "motcua.db"));
  for (const one of people) {
    const officer = { id: one.officer, name: `Nguyễn Thị ${one.role}`, agency: one.agency, title: "Công chức", roles: [one.role], email: "", phone: "" };
    base.exec("CREATE TEMP TABLE one AS SELECT * FROM account WHERE username = 'hotich.thanhvinh'");
    base.prepare("UPDATE one SET username = ?, officer_id = ?, officer = ?").run(one.username, officer.id, JSON.stringify(officer));
    base.exec("INSERT INTO account SELECT * FROM one; DROP TABLE one");
  }
  base.close();
  return people;
}
