// Whose account opens what: nobody makes one that stands where he administers nothing, and one person has one, whoever asks at the same moment.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client, type Json, type Session } from "./harness/client.ts";
import { startServer, type TestServer } from "./harness/server.ts";
import { Staff } from "./harness/staff.ts";

const inRoster = "040075009999";
const inAccount = "040085001777";

describe("An account", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;
  let ofUnit: Session;
  let today: string;

  const form = (username: string, more: object = {}) => ({ username, name: "Trần Chưa Có", agency: "H41.101", title: "Công chức", roles: ["clerk"], ...more });
  const all = async (): Promise<Json[]> => (await api.get("/api/v1/officers", { as: administrator, expect: 200 })).json.items;
  const slug = (answer: { json: Json }) => String(answer.json.type).split("/").pop();
  const preview = async (table: string, raw: string): Promise<{ where: string; shown: Json }> => {
    const where = `table=${table}&on=${today}`;
    return { where, shown: (await api.post(`/api/v1/organisation/imports/preview?${where}`, { as: administrator, raw: Buffer.from(raw), expect: 200 })).json };
  };
  const load = async (table: string, raw: string) => {
    const { where, shown } = await preview(table, raw);
    expect(shown.counts.refused, JSON.stringify(shown.lines)).toBe(0);
    await api.post(`/api/v1/organisation/imports?${where}&digest=${shown.digest}`, { as: administrator, raw: Buffer.from(raw), expect: 200 });
  };
  const head = "identity,name,username,agency,position,from,act_number,act_issuer,act_issued_on,act_title\n";
  const post = (identity: string, username: string, agency: string) => `${head}${identity},Trần Chưa Có,${username},${agency},chu-tich,${today},12/QĐ,UBND tỉnh,${today},Bổ nhiệm\n`;

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--rate-limit", "off"] });
    api = new Client(server);
    administrator = await api.signIn("quantri");
    ofUnit = await new Staff(api, administrator).of("H41.101", "administrator");
    today = new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 10);
    await load("positions", "code,title_vi,rank,roles,holders,heads\nchu-tich,Chủ tịch,1,leader; head; administrator,0,no\n");
    await load("officers", post(inRoster, "", "H41"));
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("with the number of somebody who has a post elsewhere is for whoever administers that place", async () => {
    const made = await api.post("/api/v1/officers", { as: ofUnit, body: form("gia.mao", { identity_number: inRoster }), expect: 403 });
    expect(slug(made)).toBe("holds-more-elsewhere");
    const own = (await api.post("/api/v1/officers", { as: ofUnit, body: form("cua.minh"), expect: 201 })).json;
    const changed = await api.put(`/api/v1/officers/${own.id}`, { as: ofUnit, body: { ...form("cua.minh"), version: own.version, identity_number: inRoster }, expect: 403 });
    expect(slug(changed)).toBe("holds-more-elsewhere");
    expect((await all()).find((one) => one.id === own.id).agency).toBe("H41.101");
    const right = (await api.post("/api/v1/officers", { as: administrator, body: form("tran.chuaco", { identity_number: inRoster }), expect: 201 })).json;
    expect(right.agency).toBe("H41");
    expect(right.roles).toContain("leader");
  });

  it("is one for a person, also when four are asked for at once, and when an import names another", async () => {
    const asked = [0, 1, 2, 3].map((n) => api.post("/api/v1/officers", { as: administrator, body: form(`trung.${n}`, { identity_number: inAccount }) }));
    const statuses = (await Promise.all(asked)).map((answer) => answer.status).sort();
    expect(statuses).toEqual([201, 422, 422, 422]);
    const holders = (await all()).filter((one) => String(one.username).startsWith("trung."));
    expect(holders).toHaveLength(1);
    const { shown } = await preview("officers", post(inAccount, "ten.khac", "H41.103"));
    expect(shown.counts.refused).toBe(1);
    expect(JSON.stringify(shown.lines)).toContain(String(holders[0]!.username));
    await load("officers", post(inAccount, String(holders[0]!.username), "H41.103"));
    await expect.poll(async () => (await all()).find((one) => one.id === holders[0]!.id)!.agency, { timeout: 10_000 }).toBe("H41.103");
  });

  it("is not what another request with its key asks for", async () => {
    const key = "khoa-tai-khoan-0001";
    const made = (await api.post("/api/v1/officers", { as: administrator, body: form("khoa.lai"), key, expect: 201 })).json;
    const other = await api.post("/api/v1/officers", { as: administrator, body: form("khoa.lai", { roles: ["leader"] }), key, expect: 422 });
    expect(slug(other)).toBe("idempotency-key-reused");
    expect((await api.post("/api/v1/officers", { as: administrator, body: form("khoa.lai"), key, expect: 201 })).json.id).toBe(made.id);
  });

  it("of one of the last two administrators stays when they close each other", async () => {
    const second = await new Staff(api, administrator).of("H41", "administrator");
    // The one of the roster above, whose post ends with his account, and who approves procedures.
    for (const one of (await all()).filter((any) => ["tran.chuaco", "duyet.thutuc"].includes(any.username))) {
      await api.put(`/api/v1/officers/${one.id}`, { as: administrator, body: { ...one, active: false }, expect: 200 });
    }
    const people = (await all()).filter((one) => one.agency === "H41" && one.roles.includes("administrator") && one.active);
    expect(people.map((one) => one.username).sort()).toEqual(["administrator.h41", "quantri"]);
    const close = (as: Session, username: string) => {
      const one = people.find((any) => any.username === username)!;
      return api.put(`/api/v1/officers/${one.id}`, { as, body: { ...one, active: false } });
    };
    const mine = people.find((one) => one.username !== "quantri")!.username as string;
    const closed = await Promise.all([close(administrator, mine), close(second, "quantri")]);
    expect(closed.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect((await api.get("/api/v1/setup", { expect: 200 })).json).toEqual({ needed: false });
  });
});
