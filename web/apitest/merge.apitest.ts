// Three communes become one on New Year's Day 2027: what runs goes on under the successor, what is past stays as it was.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { command, complete, open, taskOf } from "./harness/desk.ts";
import { receiveMarital } from "./harness/marital.ts";
import { at, clockCanBeSet, goTo } from "./harness/moments.ts";
import { wordsOf } from "./harness/pdf.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const dice = seeded("merge");
const act = { number: "1678/NQ-UBTVQH15", issuer: "Ủy ban Thường vụ Quốc hội", issued_on: "2026-11-16", title: "Sắp xếp đơn vị hành chính cấp xã của tỉnh Nghệ An" };
const communes = { thanhVinh: "16681", truongVinh: "16690", vinhPhu: "16702" };
const question = { items: [{ what: "Bản sao quyết định ly hôn" }], reason: "Chưa có giấy tờ chứng minh đã ly hôn" };

describe.skipIf(!clockCanBeSet)("Three communes merge", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;
  const running: Record<string, Json> = {};

  const start = async (moment: string) => {
    await goTo(server, moment);
    api?.close();
    api = new Client(server);
    administrator = await api.signIn("quantri");
  };
  const day = async (on: string) => (await api.get(`/api/v1/organisation?on=${on}`, { as: administrator, expect: 200 })).json;

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, ...at("2026-12-29 09:00") });
    api = new Client(server);
    administrator = await api.signIn("quantri");
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("is planned with centres and police, looked at, and registered as it was looked at", async () => {
    const order = {
      ends: ["H41.101", "H41.102", "H41.103"],
      into: { code: "H41.231", name: "Ủy ban nhân dân phường Vinh", unit_code: "16999" },
      on: "2027-01-01",
      legal_act: act,
    };
    await api.post("/api/v1/organisation/mergers/plan", { as: administrator, body: { ...order, on: "hôm nào đó" }, expect: 422 });
    const unsigned = (await api.post("/api/v1/organisation/mergers/plan", { as: administrator, body: { ...order, legal_act: {} }, expect: 200 })).json;
    expect(unsigned.preview.counts.refused).toBeGreaterThan(0);
    const { batch, preview } = (await api.post("/api/v1/organisation/mergers/plan", { as: administrator, body: order, expect: 200 })).json;
    expect(preview.counts.refused, JSON.stringify(preview.lines)).toBe(0);
    expect(batch.changes[0].ends).toHaveLength(9);
    expect(batch.changes[0].founds.map((one: Json) => one.code)).toEqual(["H41.231", "H41.231.01", "H41.016.231"]);
    await api.post("/api/v1/organisation/registrations", { as: administrator, body: { batch, digest: "0".repeat(64) }, expect: 412 });
    const register = { as: administrator, body: { batch, digest: preview.digest, reason: "Theo nghị quyết" } };
    expect((await api.post("/api/v1/organisation/registrations", { ...register, expect: 200 })).json).toEqual({ version: 1, anew: true });
    expect((await api.post("/api/v1/organisation/registrations", { ...register, expect: 200 })).json).toEqual({ version: 1, anew: false });
    const commune = await api.signIn("chutich.thanhvinh");
    await api.post("/api/v1/organisation/registrations", { ...register, as: commune, expect: 403 });
    expect((await api.get("/api/v1/organisation/registrations", { as: administrator, expect: 200 })).json.items[0].by).toBe("Tô Minh Hiển");
    const again = (await api.post("/api/v1/organisation/preview", { as: administrator, body: { batch }, expect: 200 })).json;
    expect(again.counts.refused, "an id, and a code, are used once").toBeGreaterThan(0);
  });

  it("is foreseen: whoever signs for the successor is missing from that day on, until somebody is appointed", async () => {
    const leaders = async (query: string, agency: string) =>
      (await api.get(`/api/v1/coverage/gaps?agency=${agency}&limit=200&${query}`, { as: administrator, expect: 200 })).json.items.filter(
        (gap: Json) => gap.role === "leader" && gap.agency.id === agency,
      );
    expect(await leaders("until=2026-12-31", "H41.101"), "its chairman signs to the last day").toEqual([]);
    const missing = await leaders("until=2027-01-10", "H41.231");
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.every((gap: Json) => new Date(gap.from).getTime() === Date.parse("2027-01-01T00:00:00+07:00"))).toBe(true);
    expect(await leaders("on=2027-01-02", "H41.231")).toHaveLength(missing.length);
    expect(await leaders("on=2026-12-30", "H41.231")).toEqual([]);
    const rows = async (on: string) =>
      (await api.get(`/api/v1/coverage/matrix?on=${on}&kind=commune_committee&limit=200`, { as: administrator, expect: 200 })).json.rows.map((row: Json) => row.agency.id);
    expect(await rows("2026-12-31")).toContain("H41.101");
    expect(await rows("2027-01-02")).not.toContain("H41.101");
    expect(await rows("2027-01-02")).toContain("H41.231");
    const specialists = (await api.get("/api/v1/coverage/gaps?on=2027-01-02&agency=H41.231&limit=200", { as: administrator, expect: 200 })).json.items;
    expect(specialists.filter((gap: Json) => gap.role === "specialist"), "those of the old communes go on").toEqual([]);
    const alarms = (await api.get("/api/v1/coverage/alarms", { as: administrator, expect: 200 })).json;
    expect(alarms.soon, "it is told within the week before").toBeGreaterThan(0);
    expect(Date.parse(alarms.next_at)).toBe(Date.parse("2027-01-01T00:00:00+07:00"));
  });

  it("changes nothing before its day", async () => {
    const today = await day("2026-12-31");
    expect(today.items.filter((one: Json) => one.kind === "commune_committee")).toHaveLength(130);
    expect(today.coming.map((one: Json) => one.id)).toEqual(["merge-H41.231-2027-01-01"]);
    const after = await day("2027-01-01");
    expect(after.items.filter((one: Json) => one.kind === "commune_committee")).toHaveLength(128);
    expect(after.former.map((one: Json) => `${one.id} ${one.heir.id}`)).toContain("H41.102.01 H41.231.01");
    for (const [where, code] of [["thanhvinh", communes.thanhVinh], ["truongvinh", communes.truongVinh]] as const) {
      running[where] = await receiveMarital(api, await api.signIn(`tiepnhan.${where}`), dice, { residence_commune: code });
    }
    expect(running["thanhvinh"].code).toBe("H41.101.01-261229-0001");
    expect(running["truongvinh"].code).toBe("H41.102.01-261229-0001");
    await api.get(`/api/v1/dossiers/${running["truongvinh"].id}`, { as: await api.signIn("hotich.thanhvinh"), expect: 404 });
    running["unsigned"] = await receiveMarital(api, await api.signIn("tiepnhan.thanhvinh"), dice, { residence_commune: communes.thanhVinh });
    await complete(api, await api.signIn("hotich.thanhvinh"), running["unsigned"].id, "proposed");
  });

  it("takes effect at midnight in a server that goes on running", async () => {
    await start("2026-12-31 23:59");
    const named = async () => (await api.get("/api/v1/agencies?kind=commune_committee&q=truong%20vinh")).json.items.map((one: Json) => one.id);
    expect(await named()).toEqual(["H41.102"]);
    await server.stop();
    const late = at("2026-12-31 23:59");
    late.environment["FAKETIME"] = "@2026-12-31 23:59:57";
    await server.start(late);
    await expect.poll(named, { timeout: 15_000, interval: 500 }).toEqual(["H41.231"]);
  });

  describe("afterwards", () => {
    const numbers: string[] = [];
    beforeAll(async () => {
      await start("2027-01-04 08:00");
    });

    it("lets officers of the old communes work on under the successor, on what all of them had", async () => {
      const specialist = await api.signIn("hotich.truongvinh");
      const session = (await api.get("/api/v1/session", { as: specialist, expect: 200 })).json;
      expect(session.officer.agency).toBe("H41.231");
      const inbox = (await api.get("/api/v1/inbox?limit=100", { as: specialist, expect: 200 })).json;
      expect(inbox.items.map((one: Json) => one.code ?? one.dossier?.code).sort()).toEqual([running["thanhvinh"].code, running["truongvinh"].code]);
      // The colleague's dossier, which was another commune's a week ago.
      await command(api, specialist, running["thanhvinh"].id, "request-supplement", question);
      await command(api, await api.signIn("hotich.thanhvinh"), running["truongvinh"].id, "request-supplement", question);
      for (const one of ["thanhvinh", "truongvinh"]) {
        const dossier = await open(api, specialist, running[one].id);
        expect(dossier.code).toBe(running[one].code);
        numbers.push(dossier.numbers.supplement);
        const found = (await api.get(`/api/v1/dossiers?q=${running[one].code}`, { as: specialist, expect: 200 })).json;
        expect(found.items).toHaveLength(1);
      }
    });

    it("counts numbers in the successor's series, without gap or double", async () => {
      const fresh = await receiveMarital(api, await api.signIn("tiepnhan.thanhvinh"), dice, { residence_commune: "16999" });
      expect(fresh.code, "a new dossier has the successor's code").toBe("H41.231.01-270104-0001");
      const old = await receiveMarital(api, await api.signIn("tiepnhan.truongvinh"), dice, { residence_commune: communes.vinhPhu });
      expect(old.code, "the code of an old commune leads to the successor").toBe("H41.231.01-270104-0002");
      const specialist = await api.signIn("hotich.truongvinh");
      await command(api, specialist, fresh.id, "request-supplement", question);
      const dossier = await open(api, specialist, fresh.id);
      expect([...numbers, dossier.numbers.supplement]).toEqual(["1/2027/PBS-TTPVHCC", "2/2027/PBS-TTPVHCC", "3/2027/PBS-TTPVHCC"]);
      running["fresh"] = fresh;
      expect((await open(api, specialist, old.id)).agency.id).toBe("H41.231");
      const books = (await api.get(`/api/v1/follow-up-books`, { as: await api.signIn("tiepnhan.truongvinh"), expect: 200 })).json.books;
      expect(books.length).toBeGreaterThan(0);
    });

    it("calls the duty holder for what ran in the old commune and nobody may sign now", async () => {
      const waiting = async () =>
        (await api.get("/api/v1/coverage/waiting", { as: administrator, expect: 200 })).json.items.map((one: Json) => `${one.code} ${one.role}`);
      await expect.poll(waiting, { timeout: 20_000, interval: 500 }).toContain(`${running["unsigned"].code} leader`);
    });

    it("lets nobody sign for the successor who is not appointed there", async () => {
      const specialist = await api.signIn("hotich.thanhvinh");
      const dossier = await receiveMarital(api, await api.signIn("tiepnhan.thanhvinh"), dice, { residence_commune: "16999" });
      await complete(api, specialist, dossier.id, "proposed");
      const task = await taskOf(api, specialist, dossier.id);
      const former = await api.signIn("chutich.thanhvinh");
      const refused = await api.post(`/api/v1/dossiers/${dossier.id}/approve`, { as: former, body: { task: task.id, outcome: "approved" } });
      expect([403, 404]).toContain(refused.status);
      const table = [
        "code,title_vi,rank,roles,holders,heads",
        "chu-tich,Chủ tịch Ủy ban nhân dân phường,1,leader; head,1,yes",
      ].join("\n");
      const people = [
        "identity,name,username,agency,position,from,act_number,act_issuer,act_issued_on,act_title",
        "040085001234,Ngô Thị Thúy Hằng,chutich.truongvinh,H41.231,chu-tich,2027-01-01,12/QĐ-UBND,Ủy ban nhân dân tỉnh,2026-12-20,Phê chuẩn chức danh",
      ].join("\n");
      for (const [name, csv] of [["positions", table], ["officers", people]] as const) {
        const where = `table=${name}&on=2027-01-04`;
        const shown = (await api.post(`/api/v1/organisation/imports/preview?${where}`, { as: administrator, raw: csv, expect: 200 })).json;
        expect(shown.counts.refused, JSON.stringify(shown.lines)).toBe(0);
        expect(shown.counts.added).toBeGreaterThan(0);
        const done = (await api.post(`/api/v1/organisation/imports?${where}&digest=${shown.digest}`, { as: administrator, raw: csv, expect: 200 })).json;
        expect(done.anew).toBe(true);
        const same = (await api.post(`/api/v1/organisation/imports/preview?${where}`, { as: administrator, raw: csv, expect: 200 })).json;
        expect(same.lines, "the same file again changes nothing").toEqual([]);
      }
      const head = (await api.get("/api/v1/organisation/agencies/H41.231/head?on=2027-01-04", { as: specialist, expect: 200 })).json;
      expect(head.head.name).toBe("Ngô Thị Thúy Hằng");
      expect(head.head.identity).toBe("*********234");
      const before = (await api.get("/api/v1/organisation/agencies/H41.102/head?on=2027-01-04", { as: specialist, expect: 200 })).json;
      expect(before.exists).toBe(false);
      expect(before.successors[0].head.name).toBe("Ngô Thị Thúy Hằng");
      const posts = (await api.post("/api/v1/organisation/people/find", { as: administrator, body: { identity: "040085001234" }, expect: 200 })).json;
      expect(posts.posts[0].agency.id).toBe("H41.231");

      const chair = await api.signIn("chutich.truongvinh");
      await command(api, chair, dossier.id, "approve", { task: task.id, outcome: "approved" });
      const issuing = await taskOf(api, specialist, dossier.id);
      const clerk = issuing.role === "clerk" ? await api.signIn("vanthu.thanhvinh") : specialist;
      await command(api, clerk, dossier.id, "issue-result", { task: issuing.id });
      const result = wordsOf((await api.get(`/api/v1/dossiers/${dossier.id}/documents/result`, { as: specialist, expect: 200 })).bytes);
      expect(result.toLowerCase()).toContain("phường vinh");
      expect(result.toLowerCase()).not.toContain("phường thành vinh tỉnh");
    });

    it("keeps what is past under its old name", async () => {
      const reception = await api.signIn("tiepnhan.truongvinh");
      const slip = wordsOf((await api.get(`/api/v1/dossiers/${running["truongvinh"].id}/documents/slip`, { as: reception, expect: 200 })).bytes);
      expect(slip.toLowerCase()).toContain("phường trường vinh");
      const asked = wordsOf((await api.get(`/api/v1/dossiers/${running["truongvinh"].id}/documents/supplement`, { as: reception, expect: 200 })).bytes);
      expect(asked.toLowerCase(), "issued after the merger, in the successor's name").toContain("công phường vinh");
      const history = (await api.get("/api/v1/organisation/agencies/H41.102?on=2027-01-04", { as: reception, expect: 200 })).json;
      expect(history.exists).toBe(false);
      expect(history.states[0]).toMatchObject({ to: "2026-12-31", name: { vi: "Ủy ban nhân dân phường Trường Vinh" } });
      expect(history.changes[0].act).toEqual(act);
      expect(history.successors.map((one: Json) => one.id)).toEqual(["H41.231"]);
      const heir = (await api.get("/api/v1/organisation/agencies/H41.231", { as: reception, expect: 200 })).json;
      expect(heir.predecessors.map((one: Json) => one.id)).toEqual(["H41.101", "H41.102", "H41.103"]);
    });

    it("gives the successor the past of those before it in its reports", async () => {
      const chair = await api.signIn("chutich.truongvinh");
      const report = (await api.get("/api/v1/reports/on-time?from=2026-12-01&to=2027-01-31", { as: chair, expect: 200 })).json;
      // Three of the old communes, three of the new one.
      expect(report.total.received).toBe(6);
    });

    it("leads whoever looks for an old commune to the new one", async () => {
      for (const words of ["vinh phu", "Vĩnh Phú".normalize("NFD"), "phường Vinh Phú"]) {
        const found = (await api.get(`/api/v1/agencies?kind=commune_committee&q=${encodeURIComponent(words)}`, { expect: 200 })).json.items;
        expect(found.map((one: Json) => one.id), words).toEqual(["H41.231"]);
        expect(found[0].formerly.map((one: Json) => one.unit_code)).toContain(communes.vinhPhu);
      }
    });

    it("exports what it imports", async () => {
      for (const table of ["agencies", "counters", "positions", "officers"]) {
        const csv = await api.get(`/api/v1/organisation/export.csv?table=${table}`, { as: administrator, expect: 200 });
        const xlsx = await api.get(`/api/v1/organisation/export.xlsx?table=${table}`, { as: administrator, expect: 200 });
        for (const file of [csv.bytes, xlsx.bytes]) {
          const shown = (await api.post(`/api/v1/organisation/imports/preview?table=${table}`, { as: administrator, raw: file, expect: 200 })).json;
          expect(shown.lines, table).toEqual([]);
        }
      }
      await api.get("/api/v1/organisation/export.csv?table=officers", { as: await api.signIn("hotich.thanhvinh"), expect: 403 });
    });
  });
});
