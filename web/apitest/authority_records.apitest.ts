// What may be recorded of authority, by whom, and how it ends: no detour around it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { complete } from "./harness/desk.ts";
import { receiveMarital } from "./harness/marital.ts";
import { startServer, type TestServer } from "./harness/server.ts";
import { Staff } from "./harness/staff.ts";

const dice = seeded("authority records");
const decision = { number: "45/QĐ-UBND", issuer: "Chủ tịch UBND phường Thành Vinh", issued_on: "2020-08-18", title: "Giao quyền" };
const day = 86_400_000;
const minute = (time: number) => `${new Date(time).toISOString().slice(0, 16)}Z`;
const marital = { codes: ["1.004873"], fields: [] };

describe("A record of authority", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;
  let chairman: Session;
  let staff: Staff;

  const me = async (as: Session): Promise<Json> => (await api.get("/api/v1/session", { as, expect: 200 })).json.officer;
  const may = async (as: Session, agency: string): Promise<boolean> => (await api.get(`/api/v1/may?action=approve&agency=${agency}`, { as, expect: 200 })).json.allowed;
  const record = async (as: Session, body: object, expected = 201): Promise<Json> => {
    const made = await api.post("/api/v1/authority", { as, body: { decision, ...body } });
    expect(made.status, JSON.stringify(made.json)).toBe(expected);
    return made.json;
  };
  const revoke = async (as: Session, id: string, body: object = {}, expected = 200): Promise<Json> => {
    const done = await api.post(`/api/v1/authority/${id}/revocation`, { as, body: { decision, reason: "Thử", ...body } });
    expect(done.status, JSON.stringify(done.json)).toBe(expected);
    return done.json;
  };
  const officers = async (): Promise<Json[]> => (await api.get("/api/v1/officers", { as: administrator, expect: 200 })).json.items;
  const change = async (id: string, changes: object) => {
    const one = (await officers()).find((officer) => officer.id === id);
    await api.put(`/api/v1/officers/${id}`, { as: administrator, body: { ...one, ...changes }, expect: 200 });
  };

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--rate-limit", "off"] });
    api = new Client(server);
    administrator = await api.signIn("quantri");
    chairman = await api.signIn("chutich.thanhvinh");
    staff = new Staff(api, administrator);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("is not one in one's own favour, whoever else is named as its giver", async () => {
    const leader = await me(chairman);
    const move = { kind: "decentralisation", from_agency: "H41.102", to_agency: "H41.101", procedures: marital };
    await record(chairman, move, 403);
    await record(chairman, { ...move, from_officer: leader.id }, 403);
    await record(chairman, { kind: "grant", from_officer: leader.id, to_officer: leader.id, role: "leader", agency: "H41.102" }, 403);
    expect(await may(chairman, "H41.102")).toBe(false);
  });

  it("that is to end may end earlier, never later", async () => {
    const clerk = await staff.of("H41.103", "clerk");
    const grant = await record(administrator, { kind: "grant", to_officer: (await me(clerk)).id, role: "leader", agency: "H41.103" });
    await revoke(administrator, grant.id, { at: minute(Date.now() + 3650 * day) });
    expect(await may(clerk, "H41.103")).toBe(true);
    await revoke(administrator, grant.id, { at: minute(Date.now() + 7300 * day) }, 422);
    const key = "thu-hoi-som-hon";
    const body = { decision, reason: "Sớm hơn" };
    const ended = await api.post(`/api/v1/authority/${grant.id}/revocation`, { as: administrator, body, key, expect: 200 });
    expect(await may(clerk, "H41.103")).toBe(false);
    const again = await api.post(`/api/v1/authority/${grant.id}/revocation`, { as: administrator, body, key, expect: 200 });
    expect(again.json.revocation, "the same request finds what it did").toEqual(ended.json.revocation);
    const other = await api.post(`/api/v1/authority/${grant.id}/revocation`, { as: administrator, body: { ...body, reason: "Việc khác" }, key, expect: 422 });
    expect(other.json.type).toMatch(/idempotency-key-reused$/);
    const history = (await api.get(`/api/v1/authority/${grant.id}`, { as: administrator, expect: 200 })).json.history;
    expect(history).toHaveLength(3);
  });

  it("ends with its giver's post, also where an end was said already", async () => {
    const giver = await staff.of("H41.104", "leader");
    const id = (await me(giver)).id;
    const receiver = await staff.of("H41.104", "clerk");
    const given = await record(giver, {
      kind: "delegation", from_officer: id, to_officer: (await me(receiver)).id, role: "leader", agency: "H41.104",
      from: minute(Date.now()), until: minute(Date.now() + 90 * day),
    });
    await revoke(giver, given.id, { at: minute(Date.now() + 30 * day) });
    expect(await may(receiver, "H41.104")).toBe(true);
    await change(id, { roles: ["specialist"] });
    await expect.poll(() => may(receiver, "H41.104"), { timeout: 10_000, interval: 250 }).toBe(false);
  });

  it("moves competence down only, and in no circle", async () => {
    for (const to_level of ["province_committee", "provincial_centre", "department", "commune_committee"]) {
      const refused = await record(chairman, { kind: "decentralisation", from_agency: "H41.101", to_level, procedures: marital }, 422);
      expect(refused.errors[0].field).toBe("to_level");
    }
    const own = await record(chairman, { kind: "decentralisation", from_agency: "H41.101", to_level: "commune_centre", procedures: marital });
    expect((await api.get("/api/v1/competence?procedure=1.004873&place=16681", { expect: 200 })).json.agency.id).toBe("H41.101.01");
    await revoke(chairman, own.id);
    const around = (from_agency: string, to_agency: string, expected: number) => record(administrator, { kind: "decentralisation", from_agency, to_agency, procedures: marital }, expected);
    const first = await around("H41.101", "H41.102", 201);
    const second = await around("H41.102", "H41.103", 201);
    await around("H41.103", "H41.101", 422);
    await revoke(administrator, first.id);
    await revoke(administrator, second.id);
  });

  it("names fields as they are written, however they were typed, and none that there is not", async () => {
    const clerk = (await me(await staff.of("H41.105", "clerk"))).id;
    const fields = (said: string) => ({ kind: "grant", to_officer: clerk, role: "specialist", agency: "H41.105", procedures: { codes: [], fields: [said] } });
    for (const said of ["Hộ tịch".normalize("NFD"), " hộ tịch "]) {
      const made = await record(administrator, fields(said));
      expect(made.procedures.fields).toEqual(["Hộ tịch"]);
      await revoke(administrator, made.id);
    }
    await record(administrator, fields("Không có lĩnh vực này"), 422);
  });

  it("leaves no running dossier without somebody who is called", async () => {
    const centre = "H41.101.01";
    const leader = (await me(await staff.of(centre, "leader"))).id;
    const specialist = await staff.of(centre, "specialist");
    const moved = await record(administrator, { kind: "decentralisation", from_agency: "H41.101", to_agency: centre, procedures: marital });
    const dossier = await receiveMarital(api, await api.signIn("tiepnhan.thanhvinh"), dice, { residence_commune: "16681" });
    await complete(api, specialist, dossier.id, "proposed");
    // It stays where it runs, and nothing new asks for a leader there.
    await revoke(administrator, moved.id);
    await change(leader, { active: false });
    const waiting = async () =>
      (await api.get("/api/v1/coverage/waiting", { as: administrator, expect: 200 })).json.items.map((one: Json) => `${one.code} ${one.role} ${one.agency.id}`);
    await expect.poll(waiting, { timeout: 20_000, interval: 500 }).toContain(`${dossier.code} leader ${centre}`);
  });
});
