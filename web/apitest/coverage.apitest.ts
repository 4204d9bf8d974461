// Somebody for every step: counted, foreseen before a deed, alarmed, and dossiers that nobody could take.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { receiveMarital } from "./harness/marital.ts";
import { officerNamed, saveOfficer } from "./harness/officers.ts";
import { motcua, startServer, type TestServer } from "./harness/server.ts";

// The text of a mail as its reader sees it.
function readMail(file: string): string {
  const [head = "", ...rest] = readFileSync(file, "utf8").split(/\r?\n\r?\n/);
  const body = rest.join("\n\n");
  if (/content-transfer-encoding: *base64/i.test(head)) return Buffer.from(body.replaceAll(/\s/g, ""), "base64").toString("utf8");
  if (/content-transfer-encoding: *quoted-printable/i.test(head)) {
    const bytes = body.replaceAll(/=\r?\n/g, "").replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
  }
  return body;
}

const path = "/api/v1/coverage";
const commune = "H41.102";
const dice = seeded("coverage");

describe("Coverage", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;

  const get = async (rest: string, as = administrator): Promise<Json> => (await api.get(`${path}${rest}`, { as, expect: 200 })).json;
  const foresee = async (...changes: object[]): Promise<Json> =>
    (await api.post(`${path}/foresight`, { as: administrator, body: { changes }, expect: 200 })).json;
  const officer = (username: string) => officerNamed(api, administrator, username);
  // As it was when the test began, whatever has been changed since.
  const save = (one: Json, changes: object) => saveOfficer(api, administrator, one, { version: undefined, ...changes });
  const until = async <T>(what: string, look: () => Promise<T | undefined>, seconds = 60): Promise<T> => {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((done) => setTimeout(done, 250));
    }
    throw new Error(`not within ${seconds} s: ${what}`);
  };
  const gapOf = async (role: string, agency = commune): Promise<Json> =>
    (await get(`/gaps?agency=${agency}`)).items.find((gap: Json) => gap.role === role && gap.agency.id === agency);

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--metrics-listen", "127.0.0.1:0"] });
    api = new Client(server);
    administrator = await api.signIn("quantri");
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("is for those who look after accounts or answer for the work", async () => {
    await api.get(path, { expect: 401 });
    await api.get(path, { as: await api.signIn("hotich.truongvinh"), expect: 403 });
    const chairman = await api.signIn("chutich.truongvinh");
    const own = await get("/matrix", chairman);
    expect(own.rows.map((row: Json) => row.agency.id)).toEqual([commune]);
    await api.get(`${path}/agencies/H41.101/procedures`, { as: chairman, expect: 403 });
    await api.get(`${path}/agencies/H41.101/procedures/1.004873`, { as: chairman, expect: 403 });
  });

  it("counts every step, by field, by procedure, and down to the person", async () => {
    const summary = await get("");
    expect(summary.steps).toBeGreaterThan(1000);
    expect(summary.kinds.map((kind: Json) => kind.kind)).toContain("commune_committee");
    const matrix = await get(`/matrix?limit=200&q=${encodeURIComponent("truong vinh")}`);
    expect(matrix.columns.map((column: Json) => column.id)).toContain("Hộ tịch");
    const row = matrix.rows.find((one: Json) => one.agency.id === commune);
    expect(row.cells).toHaveLength(matrix.columns.length);
    const byProcedure = await get(`/matrix?field=${encodeURIComponent("Hộ tịch")}&q=${encodeURIComponent("truong vinh")}`);
    expect(byProcedure.columns.map((column: Json) => column.id)).toContain("1.004873");
    expect(byProcedure.rows.map((one: Json) => one.agency.id)).toEqual([commune]);
    const listed = await get(`/agencies/${commune}/procedures?field=${encodeURIComponent("Hộ tịch")}`);
    expect(listed.items.some((one: Json) => one.procedure.code === "1.004873")).toBe(true);
    const steps = (await get(`/agencies/${commune}/procedures/1.004873`)).items;
    const signing = steps.find((step: Json) => step.role === "leader");
    expect(signing.people.map((one: Json) => one.name)).toEqual(["Ngô Thị Thúy Hằng"]);
    expect(signing.state).toBe("thin");
    await api.get(`${path}/agencies/${commune}/procedures/9.999999`, { as: administrator, expect: 404 });
    expect((await get("?on=2027-03-01")).at.startsWith("2027-03-01")).toBe(true);
    await api.get(`${path}?on=hom-nay`, { as: administrator }).then((answer) => expect(answer.status).toBeGreaterThanOrEqual(400));
  });

  it("foresees what a deactivation, an absence with and without a deputy, and a grant would do, and writes nothing", async () => {
    const chairman = await officer("chutich.truongvinh");
    const specialist = await officer("hotich.truongvinh");
    const alone = await foresee({ kind: "officer", officer: chairman.id, active: false });
    expect(alone.steps).toBeGreaterThan(0);
    expect(alone.text.vi).toContain(`${alone.steps} bước của ${alone.procedures} thủ tục`);
    expect(alone.gaps.some((gap: Json) => gap.role === "leader" && gap.agency.id === commune && gap.reason === "disabled")).toBe(true);
    const granted = await foresee(
      { kind: "officer", officer: chairman.id, active: false },
      { kind: "grant", officer: specialist.id, role: "leader", agency: commune },
    );
    expect(granted.gaps.some((gap: Json) => gap.role === "leader")).toBe(false);
    const from = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    const to = new Date(Date.now() + 18 * 86_400_000).toISOString().slice(0, 10);
    const away = await foresee({ kind: "absence", officer: chairman.id, from, until: to });
    const leave = away.gaps.find((gap: Json) => gap.role === "leader");
    expect(leave.reason).toBe("absent");
    expect(leave.from.startsWith(from)).toBe(true);
    expect(leave.until).toBeTruthy();
    const covered = await foresee({ kind: "absence", officer: chairman.id, from, until: to, deputy: specialist.id });
    expect(covered.gaps.some((gap: Json) => gap.role === "leader")).toBe(false);
    expect((await foresee({ kind: "withdrawal", procedure: "1.004873", from })).steps).toBe(0);
    expect((await foresee({ kind: "end", id: "khong-co" })).steps).toBe(0);
    for (const change of [{ kind: "x" }, { kind: "officer", officer: "khong-co", active: false }, { kind: "grant", officer: specialist.id, role: "vua", agency: commune }]) {
      await api.post(`${path}/foresight`, { as: administrator, body: { changes: [change] }, expect: 422 });
    }
    await api.post(`${path}/foresight`, { as: administrator, body: { changes: [] }, expect: 422 });
    expect(await gapOf("leader")).toBeUndefined();
  });

  it("foresees that whose leave ends early is there again, and that a grant which ends leaves a gap", async () => {
    const chairman = await officer("chutich.truongvinh");
    const specialist = await officer("hotich.truongvinh");
    const decision = { number: "12/TB-UBND", issuer: "UBND phường Trường Vinh", issued_on: "2026-01-05", title: "" };
    const days = (n: number) => `${new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)}T08:00:00+07:00`;
    const record = async (body: object): Promise<string> => (await api.post("/api/v1/authority", { as: administrator, body: { decision, ...body }, expect: 201 })).json.id;
    const end = (id: string) => api.post(`/api/v1/authority/${id}/revocation`, { as: administrator, body: { decision }, expect: 200 });
    const leave = await record({ kind: "absence", from_officer: chairman.id, to_officer: specialist.id, until: days(9) });
    expect((await foresee({ kind: "end", id: leave })).steps, "the chairman is back").toBe(0);
    const both = await foresee({ kind: "end", id: leave }, { kind: "officer", officer: chairman.id, active: false });
    expect(both.gaps.some((gap: Json) => gap.role === "leader"), "but not if he is locked out").toBe(true);
    await end(leave);

    const elsewhere = "H41.103";
    const grant = await record({ kind: "grant", to_officer: specialist.id, role: "specialist", agency: elsewhere });
    const ending = await foresee({ kind: "end", id: grant });
    expect(ending.gaps.some((gap: Json) => gap.role === "specialist" && gap.agency.id === elsewhere)).toBe(true);
    expect(ending.text.vi).toContain(`${ending.steps} bước`);
    await end(grant);
  });

  it("calls the duty holder for a dossier that nobody could take, and lets go of it when somebody can", async () => {
    const specialist = await officer("hotich.truongvinh");
    const chairman = await officer("chutich.truongvinh");
    await api.put(`${path}/duty-holders/${commune}`, { as: administrator, body: { officer: "khong-co" }, expect: 422 });
    await api.put(`${path}/duty-holders/H41.101`, { as: await api.signIn("chutich.truongvinh"), body: { officer: chairman.id }, expect: 403 });
    await api.put(`${path}/duty-holders/${commune}`, { as: administrator, body: { officer: chairman.id }, expect: 200 });
    expect((await get("/duty-holders")).items[0].officer).toBe(chairman.id);

    await save(specialist, { active: false });
    expect((await gapOf("specialist")).reason).toBe("disabled");
    const reception = await api.signIn("tiepnhan.truongvinh");
    const filed = await receiveMarital(api, reception, dice, { residence_commune: "16690" }, { receive: true });
    const call = await until("the call", async () => (await get("/waiting")).items.find((one: Json) => one.code === filed.code));
    expect(call.officer_name).toBe("Ngô Thị Thúy Hằng");
    expect(call.role).toBe("specialist");
    const boss = await api.signIn("chutich.truongvinh");
    const item = (await api.get("/api/v1/inbox", { as: boss, expect: 200 })).json.items.find((one: Json) => one.code === filed.code);
    expect(item.duty.reason).toBe("disabled");
    const timeline = (await api.get(`/api/v1/dossiers/${filed.code}`, { as: boss, expect: 200 })).json.timeline;
    expect(timeline.some((entry: Json) => String(entry.title.vi).startsWith("Chuyển người trực"))).toBe(true);
    expect((await get("/alarms")).dossiers).toBeGreaterThanOrEqual(1);

    await save(specialist, { active: true });
    await until("the end of the call", async () => ((await get("/waiting")).items.every((one: Json) => one.code !== filed.code) ? true : undefined));
    const again = (await api.get("/api/v1/inbox", { as: boss, expect: 200 })).json.items.filter((one: Json) => one.code === filed.code && one.duty);
    expect(again).toEqual([]);
    await api.put(`${path}/duty-holders/${commune}`, { as: administrator, body: { officer: "" }, expect: 200 });
    expect((await get("/duty-holders")).items).toEqual([]);
  });

  it("alarms twenty steps that lose their only person, each within a minute, and lists them", async () => {
    await save(await officer("quantri"), { email: "quantri@example.vn" });
    const communes: Json[] = (await api.get("/api/v1/agencies?kind=commune_committee", { expect: 200 })).json.items
      .filter((one: Json) => !["H41.101", "H41.102"].includes(one.id))
      .slice(0, 20);
    expect(communes).toHaveLength(20);
    const clerks: Json[] = [];
    for (const one of communes) {
      const form = { username: `vt.${one.id.toLowerCase().replaceAll(".", "-")}`, name: "Nguyễn Văn Thư", agency: one.id, title: "Văn thư", roles: ["clerk"] };
      clerks.push((await api.post("/api/v1/officers", { as: administrator, body: form, expect: 201 })).json);
    }
    expect(await gapOf("clerk", communes[0].id)).toBeUndefined();
    // What was told while these posts were vacant is over once a round has seen them held.
    await new Promise((done) => setTimeout(done, 9_000));
    const mails = join(server.dataFolder, "mail");
    const told = (): string =>
      (existsSync(mails) ? readdirSync(mails, { recursive: true }) : [])
        .map((name) => join(mails, String(name)))
        .filter((file) => file.endsWith(".eml"))
        .map((file) => readMail(file))
        .join("\n");
    const lines = (text: string, commune: Json): number => text.split("\n").filter((line) => line.includes(commune.name.vi) && line.includes("Văn thư")).length;
    const before = told();
    const begun = Date.now();
    for (const one of clerks) await save(one, { active: false });
    await until("twenty alarms", async () => (communes.every((one) => lines(told(), one) > lines(before, one)) ? true : undefined));
    expect(Date.now() - begun).toBeLessThan(60_000);
    for (const one of communes) expect((await gapOf("clerk", one.id)).reason).toBe("disabled");
  }, 180_000);

  it("is told by the command beside the server", () => {
    const told = motcua("coverage", "--data", server.dataFolder, "--agency", commune, "--json");
    expect(told.stderr).toBe("");
    expect(told.status).toBe(JSON.parse(told.stdout).gaps_total === 0 ? 0 : 1);
    const all = motcua("coverage", "--data", server.dataFolder, "--on", "2027-02-01");
    expect(all.status, "communes without anybody").toBe(1);
    expect(all.stdout).toContain("bước");
    expect(motcua("coverage", "--data", server.dataFolder, "--on", "mai").status).toBe(2);
  });
});
