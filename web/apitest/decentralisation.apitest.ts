// Phân cấp to a level: a competence of the province goes to every commune for its own place, is covered
// there, is foreseen to come back, and comes back when the decision is revoked.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client, type Json, type Session } from "./harness/client.ts";
import { officers } from "./harness/officers.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const procedure = "1.012994"; // of the province: the department of finance leads
const lead = "H41.002";
const commune = { agency: "H41.102", unit: "16690" };
const decision = { number: "27/2026/QĐ-UBND", issuer: "Ủy ban nhân dân tỉnh Nghệ An", issued_on: "2026-08-15" };

describe("A competence that is moved to a level", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;
  let entry: Json;

  const competent = async (place: string, rest = ""): Promise<Json> =>
    (await api.get(`/api/v1/competence?procedure=${procedure}&place=${place}${rest}`, { expect: 200 })).json;
  const coveredAt = async (agency: string): Promise<boolean> =>
    (await api.get(`/api/v1/coverage/agencies/${agency}/procedures`, { as: administrator, expect: 200 })).json.items.some(
      (one: Json) => one.procedure.code === procedure,
    );

  beforeAll(async () => {
    server = await startServer({ dossiers: 0 });
    api = new Client(server);
    administrator = await api.signIn("quantri");
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("lay at the province", async () => {
    expect((await competent(commune.unit)).agency.id).toBe(lead);
    expect(await coveredAt(lead)).toBe(true);
    expect(await coveredAt(commune.agency)).toBe(false);
  });

  it("lies at the commune of the place from the moment of the record, by the act", async () => {
    entry = (
      await api.post("/api/v1/authority", {
        as: administrator,
        body: { kind: "decentralisation", from_agency: lead, to_level: "commune_committee", procedures: { codes: [procedure] }, decision, reason: "Phân cấp cho cấp xã" },
        expect: 201,
      })
    ).json;
    const now = await competent(commune.unit);
    expect(now.agency.id).toBe(commune.agency);
    expect(JSON.stringify(now)).toContain(decision.number);
    expect((await competent("16681")).agency.id).toBe("H41.101");
  });

  it("is covered where it lies, and foreseen to come back", async () => {
    expect(await coveredAt(lead)).toBe(false);
    expect(await coveredAt(commune.agency)).toBe(true);
    const seen = (
      await api.post("/api/v1/coverage/foresight", { as: administrator, body: { changes: [{ kind: "end", id: entry.id }] }, expect: 200 })
    ).json;
    // Whoever is there at the department can do it as before.
    expect(seen.gaps.filter((gap: Json) => gap.agency.id.startsWith(`${commune.agency}`))).toEqual([]);
    const tomorrow = new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 10);
    const department = (await officers(api, administrator)).filter((one) => one.agency === lead && one.active !== false);
    expect(department.length).toBeGreaterThan(0);
    const off = department.map((one: Json) => ({ kind: "officer", officer: one.id, active: false }));
    const both = (
      await api.post("/api/v1/coverage/foresight", { as: administrator, body: { changes: [...off, { kind: "end", id: entry.id, at: tomorrow }] }, expect: 200 })
    ).json;
    expect(both.gaps.some((gap: Json) => gap.agency.id === lead), "the department would have nobody for what comes back").toBe(true);
  });

  it("comes back when the decision is revoked", async () => {
    await api.post(`/api/v1/authority/${entry.id}/revocation`, {
      as: administrator,
      body: { decision: { ...decision, number: "31/2026/QĐ-UBND" }, reason: "Bãi bỏ phân cấp" },
      expect: 200,
    });
    expect((await competent(commune.unit)).agency.id).toBe(lead);
    expect(await coveredAt(lead)).toBe(true);
    expect(await coveredAt(commune.agency)).toBe(false);
  });
});
