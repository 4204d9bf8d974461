// The days ahead: posts that end, and what was given by whoever holds them, are foreseen as they will come.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client, type Json, type Session } from "./harness/client.ts";
import { at, clockCanBeSet, goTo } from "./harness/moments.ts";
import { startServer, type TestServer } from "./harness/server.ts";
import { Staff } from "./harness/staff.ts";

const decision = { number: "45/QĐ-UBND", issuer: "Chủ tịch UBND phường Thành Vinh", issued_on: "2026-12-18", title: "Ủy quyền" };
const newYear = (day: string) => Date.parse(`2027-01-${day}T00:00:00+07:00`);

describe.skipIf(!clockCanBeSet)("Coverage of the days ahead", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;

  const importTable = async (table: string, on: string, lines: string[]) => {
    const raw = lines.join("\n");
    const where = `table=${table}&on=${on}`;
    const shown = (await api.post(`/api/v1/organisation/imports/preview?${where}`, { as: administrator, raw, expect: 200 })).json;
    expect(shown.counts.refused, JSON.stringify(shown.lines)).toBe(0);
    await api.post(`/api/v1/organisation/imports?${where}&digest=${shown.digest}`, { as: administrator, raw, expect: 200 });
  };
  const heading = "identity,name,username,agency,position,from,to,act_number,act_issuer,act_issued_on,act_title";
  const act = "12/QĐ-UBND,Ủy ban nhân dân tỉnh,2026-12-20,Phê chuẩn chức danh";
  // Steps that nobody could sign at the agency, by the moment from which nobody is there.
  const unsigned = async (agency: string, query: string): Promise<[number, number][]> =>
    (await api.get(`/api/v1/coverage/gaps?agency=${agency}&limit=200&${query}`, { as: administrator, expect: 200 })).json.items
      .filter((gap: Json) => gap.role === "leader" && gap.agency.id === agency)
      .map((gap: Json) => [Date.parse(gap.from), gap.steps]);
  const steps = (gaps: [number, number][]) => gaps.reduce((sum, [, one]) => sum + one, 0);

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, ...at("2026-12-29 09:00") });
    api = new Client(server);
    administrator = await api.signIn("quantri");
    await importTable("positions", "2026-12-29", [
      "code,title_vi,rank,roles,holders,heads",
      "chu-tich,Chủ tịch Ủy ban nhân dân phường,1,leader; head,0,no",
    ]);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("ends with a post that ends, and with what was delegated from it", async () => {
    const deputy = (await api.get("/api/v1/session", { as: await api.signIn("vanthu.thanhvinh"), expect: 200 })).json.officer.id;
    const chairman = await api.signIn("chutich.thanhvinh");
    const from_officer = (await api.get("/api/v1/session", { as: chairman, expect: 200 })).json.officer.id;
    await importTable("officers", "2026-12-29", [heading, `040085001234,Lê Quang Vịnh,chutich.thanhvinh,H41.101,chu-tich,2026-12-29,2027-01-05,${act}`]);
    await api.post("/api/v1/authority", {
      as: chairman,
      body: { kind: "delegation", from_officer, to_officer: deputy, role: "leader", agency: "H41.101", from: "2026-12-30T08:00+07:00", until: "2027-03-01T00:00+07:00", decision },
      expect: 201,
    });
    expect(await unsigned("H41.101", "on=2027-01-05")).toEqual([]);
    const foreseen = await unsigned("H41.101", "until=2027-02-01");
    expect(steps(foreseen)).toBeGreaterThan(0);
    expect(foreseen.map(([from]) => from)).toEqual([newYear("06")]);
    expect(await unsigned("H41.101", "on=2027-01-06")).toEqual(foreseen);
  });

  it("moves who gets another post: missing here from that day on, there where he was missing before", async () => {
    await importTable("officers", "2026-12-29", [
      heading,
      `040085005678,Ngô Thị Thúy Hằng,chutich.truongvinh,H41.102,chu-tich,2026-12-29,2027-01-07,${act}`,
      `040085005678,Ngô Thị Thúy Hằng,chutich.truongvinh,H41.101,chu-tich,2027-01-08,,${act}`,
    ]);
    const here = await unsigned("H41.101", "until=2027-02-01");
    expect(here.map(([from]) => from), "two days without a chairman").toEqual([newYear("06")]);
    expect(await unsigned("H41.101", "on=2027-01-08"), "he signs here then").toEqual([]);
    expect((await unsigned("H41.102", "until=2027-02-01")).map(([from]) => from)).toEqual([newYear("08")]);
    const officers = (await api.get("/api/v1/officers", { as: administrator, expect: 200 })).json.items;
    const mover = officers.find((one: Json) => one.username === "chutich.truongvinh").id;
    const closed = (await api.post("/api/v1/coverage/foresight", { as: administrator, body: { changes: [{ kind: "officer", officer: mover, active: false }] }, expect: 200 })).json;
    expect(closed.gaps.map((gap: Json) => gap.agency.id), "of both posts").toEqual(expect.arrayContaining(["H41.101", "H41.102"]));
  });

  it("comes as it was foreseen", async () => {
    const foreseen = { one: steps(await unsigned("H41.101", "on=2027-01-06")), other: steps(await unsigned("H41.102", "on=2027-01-11")) };
    expect(foreseen.one).toBeGreaterThan(0);
    for (const [moment, agency, expected] of [
      ["2027-01-06 09:00", "H41.101", foreseen.one],
      ["2027-01-11 09:00", "H41.101", 0],
      ["2027-01-11 09:00", "H41.102", foreseen.other],
    ] as const) {
      await goTo(server, moment);
      api.close();
      api = new Client(server);
      administrator = await api.signIn("quantri");
      await expect.poll(async () => steps(await unsigned(agency, "")), { timeout: 15_000, interval: 500 }).toBe(expected);
    }
  });
});

// What the foresight says of a deed is what is missing after the deed.
describe("Foresight", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;
  let staff: Staff;
  const minute = (time: number) => `${new Date(time).toISOString().slice(0, 16)}Z`;

  const me = async (as: Session): Promise<Json> => (await api.get("/api/v1/session", { as, expect: 200 })).json.officer;
  const missing = async (): Promise<number> => (await api.get("/api/v1/coverage", { as: administrator, expect: 200 })).json.gaps;
  const record = async (body: object): Promise<string> => {
    const made = await api.post("/api/v1/authority", { as: administrator, body: { decision: { ...decision, issued_on: "2020-08-18" }, ...body } });
    expect(made.status, JSON.stringify(made.json)).toBe(201);
    return made.json.id;
  };
  const revoke = (id: string) => api.post(`/api/v1/authority/${id}/revocation`, { as: administrator, body: { decision: { ...decision, issued_on: "2020-08-18" }, reason: "Thử" }, expect: 200 });
  const close = async (username: string) => {
    const all = (await api.get("/api/v1/officers", { as: administrator, expect: 200 })).json.items;
    const one = all.find((officer: Json) => officer.username === username);
    await api.put(`/api/v1/officers/${one.id}`, { as: administrator, body: { ...one, active: false }, expect: 200 });
  };
  const expectForeseen = async (changes: Json[], steps: number | null, deed: () => Promise<unknown>) => {
    const foreseen = (await api.post("/api/v1/coverage/foresight", { as: administrator, body: { changes }, expect: 200 })).json;
    if (steps !== null) expect(foreseen.steps).toBe(steps);
    const before = await missing();
    await deed();
    await expect.poll(async () => (await missing()) - before, { timeout: 15_000, interval: 500 }).toBe(foreseen.steps);
    return foreseen.steps as number;
  };

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--rate-limit", "off"] });
    api = new Client(server);
    administrator = await api.signIn("quantri");
    staff = new Staff(api, administrator);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("knows that a deputy takes along what was granted to whoever is away", async () => {
    const holder = (await me(await staff.of("H41.103", "clerk"))).id;
    const deputy = (await me(await staff.of("H41.103", "head"))).id;
    const grant = await record({ kind: "grant", to_officer: holder, role: "leader", agency: "H41.103" });
    const away = { from: minute(Date.now() - 60_000), until: minute(Date.now() + 10 * 86_400_000) };
    let absence = "";
    await expectForeseen([{ kind: "absence", officer: holder, deputy, ...away }], 0, async () => {
      absence = await record({ kind: "absence", from_officer: holder, to_officer: deputy, ...away });
    });
    const steps = await expectForeseen([{ kind: "end", id: grant }], null, () => revoke(grant));
    expect(steps, "with the grant the deputy loses it as well").toBeGreaterThan(0);
    await revoke(absence);
  });

  it("counts a step once, though something about its procedure ends within the day", async () => {
    const moved = await record({ kind: "decentralisation", from_agency: "H41.102", to_agency: "H41.016.102", procedures: { codes: ["1.004873"], fields: [] } });
    await revoke(moved);
    const leader = (await me(await api.signIn("chutich.thanhvinh"))).id;
    const steps = await expectForeseen([{ kind: "officer", officer: leader, active: false }], null, () => close("chutich.thanhvinh"));
    expect(steps).toBeGreaterThan(0);
  });

  it("tells nobody of records that he may not see, nor of people elsewhere", async () => {
    const far = (await me(await staff.of("H41.104", "clerk"))).id;
    const head = await staff.of("H41.103", "head");
    const grant = await record({ kind: "grant", to_officer: far, role: "supervisor", agency: "H41.104" });
    const lead = await record({ kind: "grant", to_officer: far, role: "leader", agency: "H41.104", procedures: { codes: ["1.004873"], fields: [] } });
    for (const id of [grant, lead, "nobody"]) {
      await api.get(`/api/v1/authority/${id}`, { as: head, expect: 404 });
      const seen = (await api.post("/api/v1/coverage/foresight", { as: head, body: { changes: [{ kind: "end", id }] }, expect: 200 })).json;
      expect([seen.steps, seen.gaps]).toEqual([0, []]);
    }
    const gaps = (await api.get("/api/v1/coverage/gaps?limit=200", { as: head, expect: 200 })).json.items;
    const places = gaps.flatMap((gap: Json) => gap.candidates).map((one: Json) => one.agency);
    expect(places.filter((agency: string) => agency !== "H41.103" && !agency.startsWith("H41.103."))).toEqual([]);
  });
});
