// What goes out: a mail server that is not there loses nothing, and the administrator sees and orders what waits.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client, type Json, type Session } from "./harness/client.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const path = "/api/v1/deliveries";

describe("Deliveries, with a mail server that is not there", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;

  const list = async (state: string): Promise<Json> => (await api.get(`${path}?state=${state}`, { as: administrator, expect: 200 })).json;
  // Until the first mails have failed and the channel pauses.
  const failed = async (): Promise<Json[]> => {
    for (let i = 0; i < 100; ++i) {
      const { items } = await list("retrying");
      if (items.length >= 3) return items;
      await new Promise((done) => setTimeout(done, 200));
    }
    throw new Error("no mail has failed");
  };

  beforeAll(async () => {
    server = await startServer({ dossiers: 90, seed: 11, arguments: ["--smtp", "smtp://127.0.0.1:1"] });
    api = new Client(server);
    administrator = await api.signIn("quantri");
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("are for an administrator of the whole installation only", async () => {
    await api.get(path, { expect: 401 });
    for (const name of ["tiepnhan.thanhvinh", "chutich.tinh", "giamsat.tinh"]) {
      const as = await api.signIn(name);
      await api.get(path, { as, expect: 403 });
      await api.post(`${path}/try-again`, { as, body: {}, expect: 403 });
      await api.post(`${path}/give-up`, { as, body: { items: [1], reason: "không" }, expect: 403 });
    }
  });

  it("are counted and listed with masked addresses", async () => {
    const rows = await failed();
    const { counts } = await list("retrying");
    expect(counts.retrying).toBeGreaterThanOrEqual(3);
    expect(counts.set_aside).toBe(0);
    for (const row of rows) {
      expect(row.kind).toBe("mail");
      expect(row.to).toMatch(/^.\*\*\*@example\.vn$/);
      expect(row.error).toContain("mail server");
      expect(row.attempts).toBeGreaterThanOrEqual(1);
      expect(Date.parse(row.next_at)).toBeGreaterThan(Date.now());
      expect(row.code).toMatch(/^H41/);
    }
  });

  it("that wait behind a peer that is away are not worn out", async () => {
    const { items } = await list("waiting");
    expect(items.length).toBeGreaterThan(0);
    for (const row of items) expect(row.attempts).toBe(0);
  });

  it("are tried again on command, once for a key", async () => {
    const row = (await failed())[0];
    const again = { as: administrator, body: { items: [row.id] }, expect: 200, key: "thu-lai-1" };
    const first = await api.post(`${path}/try-again`, again);
    expect(first.json).toEqual({ changed: 1 });
    expect((await api.post(`${path}/try-again`, again)).json).toEqual({ changed: 1 });
    await api.post(`${path}/try-again`, { ...again, body: { items: [row.id + 1] }, expect: 422 });
    expect((await api.post(`${path}/try-again`, { as: administrator, body: {}, expect: 200 })).json).toEqual({ changed: 0 });
    for (const items of [[], ["1"], Array.from({ length: 201 }, (_, i) => i)]) await api.post(`${path}/try-again`, { as: administrator, body: { items }, expect: 422 });
  });

  it("are given up with a reason, and do not come back", async () => {
    const row = (await failed()).at(-1)!;
    await api.post(`${path}/give-up`, { as: administrator, body: { items: [row.id], reason: "  " }, expect: 422 });
    await api.post(`${path}/give-up`, { as: administrator, body: { reason: "sai địa chỉ" }, expect: 422 });
    expect((await api.post(`${path}/give-up`, { as: administrator, body: { items: [row.id], reason: "sai địa chỉ" }, expect: 200 })).json).toEqual({ changed: 1 });
    expect((await api.post(`${path}/give-up`, { as: administrator, body: { items: [row.id], reason: "sai địa chỉ" }, expect: 200 })).json).toEqual({ changed: 0 });
    for (const state of ["retrying", "waiting", "set_aside"]) expect((await list(state)).items.map((one: Json) => one.id)).not.toContain(row.id);
  });

  it("page by page, and refuse filters that are not there", async () => {
    const all = (await list("waiting")).items.map((one: Json) => one.id);
    const seen: number[] = [];
    for (let cursor = ""; ; ) {
      const page = (await api.get(`${path}?state=waiting&limit=2&cursor=${cursor}`, { as: administrator, expect: 200 })).json;
      seen.push(...page.items.map((one: Json) => one.id));
      if (!page.next_cursor) break;
      cursor = page.next_cursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(all.length - 2);
    await api.get(`${path}?state=lost`, { as: administrator, expect: 400 });
    await api.get(`${path}?cursor=x`, { as: administrator, expect: 400 });
  });
});
