// Accounts, sessions, the first administrator, and what leaders read.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { Client, demoPassword, type Json, type Session } from "./harness/client.ts";
import { startServer, type TestServer } from "./harness/server.ts";
import { versionOf } from "./harness/officers.ts";

const dice = seeded("administration");

describe("A fresh installation", () => {
  let server: TestServer;
  let api: Client;
  beforeAll(async () => {
    server = await startServer({ dossiers: null });
    api = new Client(server);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("has no account, and one link for the first administrator, good once", async () => {
    expect((await api.get("/api/v1/setup", { expect: 200 })).json).toEqual({ needed: true });
    await api.post("/api/v1/session", { body: { username: "admin", password: "admin" }, expect: 401 });
    const link = /http:\S+#\S+|http:\S+setup\S*/.exec(server.output())?.[0] ?? "";
    const token = link.slice(link.search(/[#=][^#=]*$/) + 1);
    expect(token.length, server.output()).toBeGreaterThan(15);
    const password = "mua xuân về trên sông Lam";
    const body = { username: "quantri", password, name: "Tô Minh Hiển" };
    await api.post("/api/v1/setup", { body: { ...body, token: "doan-mo" } }).then((answer) => expect([401, 403, 404, 409, 422]).toContain(answer.status));
    await api.post("/api/v1/setup", { body: { ...body, token, password: "123456" }, expect: 422 });
    await api.post("/api/v1/setup", { body: { token }, expect: 422 });
    await api.post("/api/v1/setup", { body: { ...body, token }, expect: 201 });
    await api.post("/api/v1/setup", { body: { ...body, username: "khac", token } }).then((answer) => expect([401, 403, 404, 409, 422]).toContain(answer.status));
    expect((await api.get("/api/v1/setup", { expect: 200 })).json).toEqual({ needed: false });
    const administrator = await api.freshSession("quantri", password);
    const session = await api.get("/api/v1/session", { as: administrator, expect: 200 });
    expect(session.json.officer.roles).toContain("administrator");
    expect(session.json.demo).toBe(false);
  });
});

describe("In the demonstration", () => {
  let server: TestServer;
  let api: Client;
  beforeAll(async () => {
    server = await startServer({ dossiers: 120, seed: 7 });
    api = new Client(server);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  describe("an administrator", () => {
    let administrator: Session;
    let made: Json;
    const form = { username: "moi.thanhvinh", name: "Võ Thị Ưởng", agency: "H41.101", title: "Chuyên viên", roles: ["specialist"] };
    beforeAll(async () => {
      administrator = await api.signIn("quantri");
    });

    it("creates an account whose first password has to be changed before work", async () => {
      made = (await api.post("/api/v1/officers", { as: administrator, body: form, expect: 201 })).json;
      expect(made.initial_password.length).toBeGreaterThanOrEqual(12);
      const fresh = await api.freshSession(form.username, made.initial_password);
      const session = await api.get("/api/v1/session", { as: fresh, expect: 200 });
      expect(session.json.must_change_password).toBe(true);
      const blocked = await api.post("/api/v1/intake/id-card", { as: fresh, body: { payload: "x" }, expect: 403 });
      expect(blocked.json.type).toContain("password-change-required");
      for (const path of ["/api/v1/inbox", "/api/v1/dossiers", "/api/v1/officers"]) await api.get(path, { as: fresh, expect: 403 });
      await api.post("/api/v1/session/password", { as: fresh, body: { current: "sai", new: "nắng tháng ba rất đẹp" }, expect: 422 });
      await api.post("/api/v1/session/password", { as: fresh, body: { current: made.initial_password, new: "ngắn" }, expect: 422 });
      await api.post("/api/v1/session/password", { as: fresh, body: { current: made.initial_password, new: "nắng tháng ba rất đẹp" }, expect: 204 });
      await api.post("/api/v1/session", { body: { username: form.username, password: made.initial_password }, expect: 401 });
      await api.freshSession(form.username, "nắng tháng ba rất đẹp");
    });
    it("is refused a name that is taken, an agency or role that does not exist", async () => {
      await api.post("/api/v1/officers", { as: administrator, body: form }).then((answer) => expect([409, 422]).toContain(answer.status));
      await api.post("/api/v1/officers", { as: administrator, body: { ...form, username: "b.b", agency: "H99" } }).then((answer) => expect([403, 422]).toContain(answer.status));
      await api.post("/api/v1/officers", { as: administrator, body: { ...form, username: "c.c", roles: ["vua"] }, expect: 422 });
      await api.post("/api/v1/officers", { as: administrator, body: {}, expect: 422 });
      await api.put("/api/v1/officers/khong-co", { as: administrator, body: form, expect: 404 });
    });
    it("changes an account, gives a new password, and closes it", async () => {
      const working = await api.freshSession(form.username, "nắng tháng ba rất đẹp");
      await api.put(`/api/v1/officers/${made.id}`, { as: administrator, body: { ...form, version: made.version, name: "Võ Thị Ưởng Ái", roles: ["specialist", "clerk"], active: true }, expect: 200 });
      const given = await api.post(`/api/v1/officers/${made.id}/password`, { as: administrator, expect: 200 });
      await api.get("/api/v1/inbox", { as: working, expect: 401 });
      await api.freshSession(form.username, given.json.initial_password);
      const blind = await api.put(`/api/v1/officers/${made.id}`, { as: administrator, body: { ...form, active: false }, expect: 422 });
      expect(blind.json.type).toContain("version-missing");
      await api.put(`/api/v1/officers/${made.id}`, { as: administrator, body: { ...form, version: await versionOf(api, administrator, made.id), active: false }, expect: 200 });
      await api.post("/api/v1/session", { from: "127.0.0.9", body: { username: form.username, password: given.json.initial_password }, expect: 401 });
      const all = await api.get("/api/v1/officers", { as: administrator, expect: 200 });
      expect(all.json.items.find((one: { id: string }) => one.id === made.id).active).toBe(false);
      expect(JSON.stringify(all.json)).not.toMatch(/password|argon/);
    });
    it("alone does that, and sees no dossiers", async () => {
      const leader = await api.signIn("chutich.thanhvinh");
      await api.post("/api/v1/officers", { as: leader, body: { ...form, username: "d.d" }, expect: 403 });
      // Whom one does not administer does not exist.
      await api.post(`/api/v1/officers/${made.id}/password`, { as: leader, expect: 404 });
      const found = await api.get("/api/v1/dossiers", { as: administrator });
      if (found.status === 200) expect(found.json.items).toEqual([]);
      else expect(found.status).toBe(403);
    });
  });

  it("a session ends with signing out", async () => {
    const session = await api.freshSession("hotich.truongvinh", demoPassword);
    await api.get("/api/v1/inbox", { as: session, expect: 200 });
    await api.delete("/api/v1/session", { as: session, expect: 204 });
    await api.get("/api/v1/inbox", { as: session, expect: 401 });
  });

  it("the cookie is HttpOnly and SameSite, and the token is in no page", async () => {
    const answer = await api.post("/api/v1/session", { body: { username: "tiepnhan.thanhvinh", password: demoPassword }, expect: 200 });
    expect(answer.headers["set-cookie"]![0]).toMatch(/HttpOnly/i);
    expect(answer.headers["set-cookie"]![0]).toMatch(/SameSite=(Lax|Strict)/i);
    expect(answer.json.demo).toBe(true);
    expect(answer.headers["cache-control"]).toContain("no-store");
  });

  const span = "from=2025-01-01&to=2027-12-31";

  it("the report on time adds up, for every procedure and in total", async () => {
    for (const username of ["chutich.thanhvinh", "chutich.truongvinh", "giamdoc.stc", "chutich.tinh"]) {
      const report = (await api.get(`/api/v1/reports/on-time?${span}`, { as: await api.signIn(username), expect: 200 })).json;
      const parts = [...report.rows, report.total];
      for (const row of parts) {
        expect(row.done, "done = early + on time + late").toBe(row.done_early + row.done_on_time + row.done_late);
        expect(row.open, "open = in time + late").toBe(row.open_in_time + row.open_late);
        expect(row.received, "received = done + open").toBe(row.done + row.open);
        expect(row.received, "received = carried over + on line + at the counter").toBe(row.carried_over + row.received_online + row.received_counter);
      }
      for (const member of ["received", "carried_over", "done", "done_early", "done_on_time", "done_late", "open", "open_in_time", "open_late"]) {
        expect(report.total[member], member).toBe(report.rows.reduce((sum: number, row: Json) => sum + row[member], 0));
      }
    }
    const whole = (await api.get(`/api/v1/reports/on-time?${span}`, { as: await api.signIn("chutich.tinh"), expect: 200 })).json;
    expect(whole.total.received).toBeGreaterThan(50);
    await api.get("/api/v1/reports/on-time", { as: await api.signIn("hotich.thanhvinh"), expect: 403 });
    await api.get("/api/v1/reports/on-time?from=2026-12-31&to=2026-01-01", { as: await api.signIn("chutich.tinh"), expect: 422 });
  });

  it("the report over two periods side by side carries what was open from one to the next", async () => {
    const leader = await api.signIn("chutich.tinh");
    const now = new Date(Date.now() + 7 * 3_600_000);
    const day = (back: number) => new Date(now.getTime() - back * 86_400_000).toISOString().slice(0, 10);
    const cut = 5 + dice.below(20);
    const first = (await api.get(`/api/v1/reports/on-time?from=2025-01-01&to=${day(cut)}`, { as: leader, expect: 200 })).json.total;
    const second = (await api.get(`/api/v1/reports/on-time?from=${day(cut - 1)}&to=${day(0)}`, { as: leader, expect: 200 })).json.total;
    expect(second.carried_over, `cut ${cut} days ago`).toBe(first.open);
    expect(first.received + second.received - second.carried_over).toBe((await api.get(`/api/v1/reports/on-time?from=2025-01-01&to=${day(0)}`, { as: leader, expect: 200 })).json.total.received);
  });

  it("the inbox is ordered by what is due and counts what it holds", async () => {
    for (const username of ["tiepnhan.thanhvinh", "hotich.thanhvinh", "chutich.thanhvinh", "vanthu.thanhvinh", "tiepnhan.tinh", "chuyenvien.stc"]) {
      const as = await api.signIn(username);
      const items: Json[] = [];
      let cursor = "";
      let counts: Json;
      do {
        const page: Json = (await api.get(`/api/v1/inbox?limit=20${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { as, expect: 200 })).json;
        counts = page.counts;
        items.push(...page.items);
        cursor = page.next_cursor ?? "";
      } while (cursor);
      expect(counts.all, username).toBe(items.length);
      expect(new Set(items.map((one) => `${one.id}/${one.task.id}`)).size).toBe(items.length);
      for (const state of ["new", "mine", "unassigned", "overdue", "soon", "paused", "to_return"]) {
        let count = 0;
        cursor = "";
        do {
          const page: Json = (await api.get(`/api/v1/inbox?state=${state}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { as, expect: 200 })).json;
          count += page.items.length;
          cursor = page.next_cursor ?? "";
        } while (cursor);
        expect(count, `${username} ${state}`).toBe(counts[state]);
      }
      // Paused work waits behind everything else.
      const paused = items.map((one) => one.due_state === "paused");
      expect(paused, username).toEqual([...paused].sort((one, other) => Number(one) - Number(other)));
      // By what ends first, the step's time or the dossier's: which of them that is depends on the hour the test runs at.
      const due = items
        .filter((one) => one.task.due_at && one.due_state !== "paused")
        .map((one) => Math.min(Date.parse(one.task.due_at), one.due_at ? Date.parse(one.due_at) : Infinity));
      expect(due, username).toEqual([...due].sort((one, other) => one - other));
    }
  });

  it("procedures are found by everyday words, agencies by name and competence", async () => {
    const codes = async (q: string) => (await api.get(`/api/v1/procedures?q=${encodeURIComponent(q)}`, { expect: 200 })).json.items.map((one: { code: string }) => one.code);
    expect((await api.get("/api/v1/procedures", { expect: 200 })).json.items).toHaveLength(10);
    expect((await codes("khai sinh"))[0]).toBe("1.001193");
    expect((await codes("de con"))[0]).toBe("1.001193");
    expect((await codes("Đẻ con".normalize("NFD")))[0]).toBe("1.001193");
    expect((await codes("sao y ban chinh"))[0]).toBe("2.000815");
    expect((await codes("mở quán"))[0]).toBe("1.001612");
    expect((await codes("khau tru tien giai phong mat bang"))[0]).toBe("1.012994");
    expect(await codes("phóng tàu vũ trụ")).toEqual([]);
    expect((await api.get("/api/v1/procedures?level=province", { expect: 200 })).json.items).toHaveLength(1);
    for (const code of await codes("")) {
      const detail = (await api.get(`/api/v1/procedures/${code}`, { expect: 200 })).json;
      expect(detail.form.pages.length).toBeGreaterThan(1);
      expect(detail.steps.length).toBeGreaterThan(3);
      expect(detail.digest).toMatch(/^[0-9a-f]{64}$/);
    }
    const found = await api.get(`/api/v1/agencies?q=${encodeURIComponent("thanh vinh")}&procedure=1.001193`, { expect: 200 });
    expect(found.json.items.map((one: { id: string }) => one.id)).toEqual(["H41.101"]);
    expect((await api.get("/api/v1/agencies?procedure=1.001193", { expect: 200 })).json.items).toHaveLength(130);
    expect((await api.get("/api/v1/agencies?procedure=1.012994", { expect: 200 })).json.items.map((one: { id: string }) => one.id)).toEqual(["H41.002"]);
  });
});
