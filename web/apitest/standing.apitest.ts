// On what authority stands: nobody acts in his own favour, what was left is left, what was signed stays signed,
// and two who change one account do not write each other's change away.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { complete, taskOf } from "./harness/desk.ts";
import { receiveMarital } from "./harness/marital.ts";
import { officerNamed, officers, saveOfficer } from "./harness/officers.ts";
import { startServer, type TestServer } from "./harness/server.ts";
import { Staff } from "./harness/staff.ts";

const dice = seeded("standing");
const decision = { number: "45/QĐ-UBND", issuer: "Chủ tịch UBND phường Thành Vinh", issued_on: "2020-08-18", title: "Giao quyền" };
const year = 365 * 24 * 3_600_000;
const minute = (time: number) => `${new Date(time).toISOString().slice(0, 16)}Z`;

describe("Authority", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;
  let chairman: Session;
  let reception: Session;
  let specialist: Session;
  let staff: Staff;

  const officer = (username: string) => officerNamed(api, administrator, username);
  const me = async (as: Session): Promise<Json> => (await api.get("/api/v1/session", { as, expect: 200 })).json.officer;
  const save = (one: Json, changes: object, expect = 200) => saveOfficer(api, administrator, one, changes, { expect });
  const record = (as: Session, body: object, expected: number) => api.post("/api/v1/authority", { as, body: { decision, ...body }, expect: expected });
  const may = async (as: Session, agency: string): Promise<boolean> => (await api.get(`/api/v1/may?action=approve&agency=${agency}`, { as, expect: 200 })).json.allowed;
  const filed = () => receiveMarital(api, reception, dice, { residence_commune: "16681" }, { receive: true });
  const signed = async (id: string): Promise<string[]> =>
    (await api.get(`/api/v1/dossiers/${id}/signatures`, { as: reception, expect: 200 })).json.items.map((one: Json) => one.finding);

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--rate-limit", "off"] });
    api = new Client(server);
    [administrator, chairman, reception, specialist] = (await Promise.all(
      ["quantri", "chutich.thanhvinh", "tiepnhan.thanhvinh", "hotich.thanhvinh"].map((one) => api.signIn(one)),
    )) as [Session, Session, Session, Session];
    staff = new Staff(api, administrator);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("is nobody's to give himself: not by naming himself the giver, not by his own account", async () => {
    const self = await me(administrator);
    const grant = { kind: "grant", to_officer: self.id, role: "leader", agency: "H41.101" };
    await record(administrator, grant, 403);
    await record(administrator, { ...grant, from_officer: self.id }, 403);
    const mine = await officer("quantri");
    expect((await save(mine, { roles: [...mine.roles, "leader"] }, 403)).json.type).toContain("own-authority");
    await save(mine, { identity_number: "040085001234" }, 403);
    await save(mine, { agency: "H41.101" }, 403);
    await save(mine, { phone: "0912345678" });
    expect(await may(administrator, "H41.101")).toBe(false);
  });

  it("of another agency is not moved by phân cấp, whatever agency is sent along", async () => {
    const moved = await record(chairman, { kind: "decentralisation", from_agency: "H41.101", to_agency: "H41.101.01", agency: "H41" }, 201);
    expect(moved.json.agency.id ?? moved.json.agency).toBe("H41.101");
    const leader = await staff.of("H41.101.01", "leader");
    expect(await may(leader, "H41")).toBe(false);
    await api.post(`/api/v1/authority/${moved.json.id}/revocation`, { as: chairman, body: { decision }, expect: 200 });
  });

  it("is for no procedures where it is not said for which", async () => {
    const clerk = await me(await staff.of("H41.101", "clerk"));
    const grant = { kind: "grant", to_officer: clerk.id, role: "leader", agency: "H41.101" };
    for (const procedures of [{ codes: ["1.004873", 5] }, { codes: [1.004873] }, { code: ["1.004873"] }, { codes: "1.004873", fields: [] }, "1.004873", {}, []]) {
      const refused = await record(administrator, { ...grant, procedures }, 422);
      expect(refused.json.errors.map((one: Json) => one.field)).toContain("procedures");
    }
  });

  it("passed on ends when the one who passed it on leaves", async () => {
    const [first, second] = [await staff.of("H41.101", "head"), await staff.of("H41.101", "clerk")];
    const now = Date.now();
    const period = { from: minute(now - 60_000), until: minute(now + year / 2) };
    const given = { kind: "delegation", role: "leader", agency: "H41.101", ...period };
    await record(chairman, { ...given, from_officer: (await me(chairman)).id, to_officer: (await me(first)).id, further: true }, 201);
    await record(first, { ...given, from_officer: (await me(first)).id, to_officer: (await me(second)).id, until: minute(now + year / 4) }, 201);
    expect(await may(second, "H41.101")).toBe(true);
    const who = (await officers(api, administrator)).find((one) => one.id === "" || one.username.startsWith("head.h41-101"))!;
    await save(who, { active: false });
    await expect.poll(() => may(second, "H41.101"), { timeout: 20_000, interval: 500 }).toBe(false);
  });

  it("is asked of whoever is to get the next task", async () => {
    const dossier = await filed();
    const task = await taskOf(api, specialist, dossier.id);
    const stranger = (await officer("vanthu.tinh")).id;
    const refused = await api.post(`/api/v1/dossiers/${dossier.id}/complete-task`, { as: specialist, body: { task: task.id, outcome: "proposed", next_assignee: stranger }, expect: 409 });
    expect(refused.json.type).toContain("assignee-not-entitled");
    await complete(api, specialist, dossier.id, "proposed", { next_assignee: (await me(chairman)).id });
  });

  it("stays with what was signed when its signer becomes something else", async () => {
    const dossier = await filed();
    await complete(api, specialist, dossier.id, "proposed");
    await complete(api, chairman, dossier.id, "approved");
    expect(await signed(dossier.id)).toEqual(["by_post"]);
    const before = await officer("chutich.thanhvinh");
    await save(before, { agency: "H41.102", roles: ["head"] });
    expect(await signed(dossier.id)).toEqual(["by_post"]);
    const waiting = await filed();
    await complete(api, specialist, waiting.id, "proposed");
    const task = await taskOf(api, reception, waiting.id);
    await api.post(`/api/v1/dossiers/${waiting.id}/approve`, { as: chairman, body: { task: task.id, outcome: "approved" }, expect: 404 });
    await save(await officer("chutich.thanhvinh"), { agency: "H41.101", roles: before.roles });
  });
});

describe("Accounts", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;
  const password = "một mật khẩu đủ dài để thử";
  const officer = (username: string) => officerNamed(api, administrator, username);

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--rate-limit", "off"] });
    api = new Client(server);
    administrator = await api.signIn("quantri");
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("that are closed while their owner changes his password stay closed, also after a restart", async () => {
    const names = Array.from({ length: 8 }, (_, n) => `dua.${n}`);
    for (const [n, username] of names.entries()) {
      const body = { username, name: "Nguyễn Thị Đua", agency: "H41.101", title: "Công chức", roles: ["head"] };
      const made = (await api.post("/api/v1/officers", { as: administrator, body, expect: 201 })).json;
      const fresh = await api.freshSession(username, made.initial_password as string);
      const one = await officer(username);
      const change = api.post("/api/v1/session/password", { as: fresh, body: { current: made.initial_password, new: `${password} ${n}` } });
      await new Promise((done) => setTimeout(done, 30 + 10 * n));
      await saveOfficer(api, administrator, one, { version: undefined, active: false });
      await change;
    }
    const active = async () => (await Promise.all(names.map(officer))).filter((one) => one.active).map((one) => one.username);
    expect(await active()).toEqual([]);
    api.close();
    await server.stop();
    await server.start();
    api = new Client(server);
    administrator = await api.signIn("quantri");
    expect(await active()).toEqual([]);
  }, 60_000);

  it("are not given a removed role back by a form that was opened before", async () => {
    const opened = await officer("vanthu.thanhvinh");
    await saveOfficer(api, administrator, opened, { roles: ["cashier"] });
    const late = await saveOfficer(api, administrator, opened, { phone: "0912345678" }, { expect: 412 });
    expect(late.json.type).toContain("stale");
    expect((await officer("vanthu.thanhvinh")).roles).toEqual(["cashier"]);
  });

  it("are made once for a key, and the first password can be asked for again", async () => {
    const body = { username: "moi.hai-lan", name: "Trần Văn Mới", agency: "H41.101", title: "Công chức", roles: ["clerk"] };
    const first = (await api.post("/api/v1/officers", { as: administrator, body, key: "tao-moi-1", expect: 201 })).json;
    const again = (await api.post("/api/v1/officers", { as: administrator, body, key: "tao-moi-1", expect: 201 })).json;
    expect(again.id).toBe(first.id);
    await api.freshSession("moi.hai-lan", again.initial_password as string);
  });
});
