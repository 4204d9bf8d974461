// A chairman goes on leave for two weeks with a deputy: what the deputy may do, until which minute, and
// what his signatures are worth afterwards.  And whatever else is granted and delegated.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { birthAnswers, seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { command, complete, fileOnline, open, taskOf } from "./harness/desk.ts";
import { at, clockCanBeSet, goTo } from "./harness/moments.ts";
import { motcua, startServer, type TestServer } from "./harness/server.ts";
import { Staff } from "./harness/staff.ts";

const decision = { number: "45/TB-UBND", issuer: "Chủ tịch UBND phường Thành Vinh", issued_on: "2026-08-18", title: "Phân công trong thời gian nghỉ phép" };

describe.skipIf(!clockCanBeSet)("A leave of two weeks", () => {
  const dice = seeded("leave");
  let server: TestServer;
  let api: Client;
  let reception: Session;
  let specialist: Session;
  let chairman: Session;
  let deputy: Session;
  let administrator: Session;
  let me: Json;
  let vice: Json;
  let leave: Json;
  let signed: string;
  let late: string;

  async function signInAll() {
    api?.close();
    api = new Client(server);
    [reception, specialist, chairman, administrator] = (await Promise.all(
      ["tiepnhan.thanhvinh", "hotich.thanhvinh", "chutich.thanhvinh", "quantri"].map((one) => api.signIn(one)),
    )) as [Session, Session, Session, Session];
  }
  async function toBeSigned(): Promise<string> {
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice, { child_birth_date: "2026-08-05" }));
    await command(api, reception, filed.json.id, "receive", {});
    await complete(api, specialist, filed.json.id, "proposed");
    return filed.json.id as string;
  }
  const sign = async (as: Session, id: string, expected: number) => {
    const task = await taskOf(api, reception, id);
    return api.post(`/api/v1/dossiers/${id}/approve`, { as, body: { task: task.id, outcome: "approved" }, expect: expected });
  };
  const record = (as: Session, body: object, expected: number) => api.post("/api/v1/authority", { as, body, expect: expected });

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, ...at("2026-08-20 09:00") });
    await signInAll();
    deputy = await new Staff(api, administrator).of("H41.101", "head");
    me = (await api.get("/api/v1/session", { as: chairman, expect: 200 })).json.officer;
    vice = (await api.get("/api/v1/session", { as: deputy, expect: 200 })).json.officer;
    signed = await toBeSigned();
    late = await toBeSigned();
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("is looked at first: every problem at once, in words", async () => {
    const bad = { kind: "absence", from_officer: me.id, to_officer: me.id, from: "2026-09-04T08:00+07:00", until: "2026-08-21T08:00+07:00" };
    const seen = (await api.post("/api/v1/authority/preview", { as: chairman, body: bad, expect: 200 })).json;
    expect(seen.ok).toBe(false);
    expect(seen.problems.map((one: Json) => one.code).sort()).toEqual(["act_missing", "end_before_start", "to_self"]);
    const refused = await record(chairman, bad, 422);
    expect(refused.json.errors).toHaveLength(3);
  });

  it("is announced by the chairman himself, once for a key", async () => {
    const body = { kind: "absence", from_officer: me.id, to_officer: vice.id, from: "2026-08-21T08:00+07:00", until: "2026-09-04T08:00+07:00", decision };
    const first = await api.post("/api/v1/authority", { as: chairman, body, key: "nghi-phep-1", expect: 201 });
    const again = await api.post("/api/v1/authority", { as: chairman, body, key: "nghi-phep-1", expect: 201 });
    expect(again.json.id).toBe(first.json.id);
    await api.post("/api/v1/authority", { as: chairman, body: { ...body, reason: "khác" }, key: "nghi-phep-1", expect: 422 });
    leave = first.json;
    expect(leave).toMatchObject({ kind: "absence", state: "coming" });
    const all = (await api.get("/api/v1/authority?state=coming", { as: deputy, expect: 200 })).json;
    expect(all.items.map((one: Json) => one.id)).toContain(leave.id);
  });

  it("lets nobody record authority in his own favour, nor out of his unit", async () => {
    await record(deputy, { kind: "absence", from_officer: me.id, to_officer: vice.id, from: "2026-09-10T08:00+07:00", until: "2026-09-11T08:00+07:00", decision }, 403);
    await record(specialist, { kind: "grant", to_officer: vice.id, role: "leader", agency: "H41.101", decision }, 403);
    await record(administrator, { kind: "grant", to_officer: (await api.get("/api/v1/session", { as: administrator, expect: 200 })).json.officer.id, role: "leader", agency: "H41", decision }, 403);
    const stranger = await api.signIn("chutich.truongvinh");
    await api.get(`/api/v1/authority/${leave.id}`, { as: stranger, expect: 404 });
    await api.post(`/api/v1/authority/${leave.id}/revocation`, { as: stranger, body: {}, expect: 404 });
  });

  it("was foreseen by the coverage: without a deputy steps would have nobody", async () => {
    const away = { kind: "absence", officer: me.id, from: "2026-09-10T08:00+07:00", until: "2026-09-24T08:00+07:00" };
    const alone = (await api.post("/api/v1/coverage/foresight", { as: chairman, body: { changes: [away] }, expect: 200 })).json;
    expect(alone.steps).toBeGreaterThan(0);
    const covered = (await api.post("/api/v1/coverage/foresight", { as: chairman, body: { changes: [{ ...away, deputy: vice.id }] }, expect: 200 })).json;
    expect(covered.steps).toBeLessThan(alone.steps);
  });

  it("gives the deputy nothing before it begins", async () => {
    const refused = await sign(deputy, signed, 403);
    expect(refused.json.detail).toContain("chưa bắt đầu");
  });

  it("has the deputy sign during it, in the chairman's place", async () => {
    await goTo(server, "2026-08-24 10:00");
    await signInAll();
    deputy = await api.freshSession(vice.username, "một mật khẩu đủ dài để thử");
    const inbox = (await api.get("/api/v1/inbox", { as: deputy, expect: 200 })).json;
    const row = inbox.items.find((one: Json) => one.id === signed);
    expect(row.basis).toMatchObject({ kind: "deputy", on_behalf_of: me.name, act: { number: decision.number } });
    const dossier = await open(api, deputy, signed);
    expect(dossier.actions.find((one: Json) => one.action === "approve")).toMatchObject({ allowed: true, basis: { kind: "deputy" } });
    await sign(deputy, signed, 200);
    const checked = (await api.get(`/api/v1/dossiers/${signed}/signatures`, { as: reception, expect: 200 })).json;
    expect(checked.all_authorised).toBe(true);
    expect(checked.items[0]).toMatchObject({ finding: "by_mandate", basis: { record: leave.id } });
    expect(checked.items[0].printed).toMatch(/^KT\. Chủ tịch/);
  });

  it("refuses him one minute after, and says why", async () => {
    await goTo(server, "2026-09-04 08:01");
    await signInAll();
    deputy = await api.freshSession(vice.username, "một mật khẩu đủ dài để thử");
    const refused = await sign(deputy, late, 403);
    expect(refused.json.detail).toContain("hết");
    const ask = async (moment: string) =>
      (await api.get(`/api/v1/may?action=approve&dossier=${late}&at=${encodeURIComponent(moment)}`, { as: deputy, expect: 200 })).json;
    expect(await ask("2026-09-04T07:59:59+07:00")).toMatchObject({ allowed: true, basis: { kind: "deputy" } });
    const after = await ask("2026-09-04T08:01:00+07:00");
    expect(after).toMatchObject({ allowed: false, reason: { code: "mandate_ended" } });
    expect(after.steps.map((one: Json) => one.step)).toEqual(expect.arrayContaining(["service", "needs", "place", "post", "mandate"]));
    await api.get(`/api/v1/may?action=approve&officer=${me.id}`, { as: specialist, expect: 404 });
    await sign(chairman, late, 200);
    const checked = (await api.get(`/api/v1/dossiers/${late}/signatures`, { as: reception, expect: 200 })).json;
    expect(checked.items[0].finding).toBe("by_post");
  });

  it("is explained by the program as well", () => {
    const told = motcua("may", "--data", server.dataFolder, "--officer", vice.username, "--action", "approve", "--dossier", late, "--at", "2026-09-04T08:01+07:00", "--json");
    expect(told.status, told.stderr).toBe(1);
    expect(JSON.parse(told.stdout)).toMatchObject({ allowed: false });
    const signatures = motcua("signatures", "--data", server.dataFolder, "--dossier", signed);
    expect(signatures.status, signatures.stderr).toBe(0);
    expect(signatures.stdout).toContain("[+]");
  });

  it("knows delegations that have ended: one for the record, and one that is ended now", async () => {
    const body = { kind: "delegation", from_officer: me.id, to_officer: vice.id, role: "leader", agency: "H41.101", decision };
    const past = (await record(chairman, { ...body, from: "2026-08-01T08:00+07:00", until: "2026-08-02T08:00+07:00", decision: { ...decision, issued_on: "2026-07-30" } }, 201)).json;
    expect(past).toMatchObject({ state: "ended", counts_from: null });
    expect(past.notes.map((one: Json) => one.code)).toContain("over_already");
    const running = (await record(chairman, { ...body, until: "2026-10-01T08:00+07:00" }, 201)).json;
    expect(running.state).toBe("current");
    const twin = await record(chairman, { ...body, until: "2026-09-20T08:00+07:00" }, 422);
    expect(twin.json.errors[0].message).toContain("thu hồi");
    const id = await toBeSigned();
    expect((await open(api, deputy, id)).actions.find((one: Json) => one.action === "approve")?.allowed).toBe(true);
    await api.post(`/api/v1/authority/${running.id}/revocation`, { as: chairman, body: {}, expect: 422 });
    const revoked = (await api.post(`/api/v1/authority/${running.id}/revocation`, { as: chairman, body: { decision }, expect: 200 })).json;
    expect(revoked.state).toBe("revoked");
    await sign(deputy, id, 403);
    await api.post(`/api/v1/authority/${running.id}/revocation`, { as: chairman, body: { decision }, expect: 422 });
    const details = (await api.get(`/api/v1/authority/${running.id}`, { as: chairman, expect: 200 })).json;
    expect(details.history.map((one: Json) => one.what)).toEqual(["recorded", "revoked"]);
    expect(details.may_revoke).toBe(false);
  });

  it("shows a grantee the work of the other place, for his procedures only", async () => {
    const body = { kind: "delegation", from_agency: "H41.101", to_agency: "H41.102", role: "leader", until: "2026-10-01T08:00+07:00", procedures: { all: false, codes: ["1.001193"] }, decision };
    const given = (await record(chairman, body, 201)).json;
    const neighbour = await api.signIn("chutich.truongvinh");
    const id = await toBeSigned();
    const inbox = (await api.get("/api/v1/inbox", { as: neighbour, expect: 200 })).json;
    expect(inbox.items.find((one: Json) => one.id === id)?.basis).toMatchObject({ kind: "delegation", record: given.id });
    const found = (await api.get(`/api/v1/dossiers?q=${(await open(api, reception, id)).code}`, { as: neighbour, expect: 200 })).json;
    expect(found.items).toHaveLength(1);
    await sign(neighbour, id, 200);
    const printed = (await api.get(`/api/v1/dossiers/${id}/signatures`, { as: reception, expect: 200 })).json.items[0];
    expect(printed.printed).toMatch(/^TUQ\. /);
  });
});
