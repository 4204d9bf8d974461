import { describe, expect, it } from "vitest";
import { createClient, makeUrl, type ClientOptions } from "./client.ts";
import { Problem } from "./problem.ts";

type Step = Response | "cut";

// A line that does what the script says, and remembers what travelled.
function scripted(steps: Step[], settings: Partial<ClientOptions> = {}) {
  const sent: { url: string; init: RequestInit }[] = [];
  const pauses: number[] = [];
  const client = createClient({
    language: () => "vi",
    fetch: (url, init) => {
      sent.push({ url: String(url), init: init ?? {} });
      const step = steps.shift();
      if (step === undefined || step === "cut") return Promise.reject(new TypeError("network"));
      return Promise.resolve(step);
    },
    wait: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    ...settings,
  });
  const header = (index: number, name: string) => (sent[index]?.init.headers as Record<string, string> | undefined)?.[name];
  return { client, sent, pauses, header };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });

const problem = (status: number, slug: string, more: object = {}) =>
  json(status, { type: `https://motcua.vn/problems/${slug}`, title: "Tiêu đề", status, detail: "Chi tiết", ...more });

describe("a change", () => {
  it("keeps its idempotency key across retries after a lost answer", async () => {
    const line = scripted(["cut", "cut", json(201, { code: "H41" })]);
    expect(await line.client.post("/api/v1/dossiers", { body: { draft: "d" } })).toEqual({ code: "H41" });
    expect(line.sent).toHaveLength(3);
    const keys = [0, 1, 2].map((index) => line.header(index, "Idempotency-Key"));
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(line.sent.map((one) => one.init.body)).size).toBe(1);
    expect(line.pauses).toEqual([400, 1200]);
  });

  it("gets a key of its own for each intent, unless one is given", async () => {
    const line = scripted([json(200, {}), json(200, {}), json(200, {})]);
    await line.client.post("/api/v1/tracking/rating");
    await line.client.post("/api/v1/tracking/rating");
    await line.client.post("/api/v1/tracking/rating", { key: "kept" });
    expect(line.header(0, "Idempotency-Key")).not.toBe(line.header(1, "Idempotency-Key"));
    expect(line.header(2, "Idempotency-Key")).toBe("kept");
  });

  it("is sent again while the server still works on the first", async () => {
    const line = scripted([problem(409, "request-in-flight"), json(201, { code: "H41" })]);
    expect(await line.client.post("/api/v1/dossiers")).toEqual({ code: "H41" });
    expect(line.header(0, "Idempotency-Key")).toBe(line.header(1, "Idempotency-Key"));
  });

  it("is not repeated when the server has decided", async () => {
    const line = scripted([problem(409, "already-closed"), json(200, {})]);
    await expect(line.client.post("/api/v1/tracking/withdraw")).rejects.toMatchObject({ slug: "already-closed", status: 409 });
    expect(line.sent).toHaveLength(1);
  });

  it("carries the version it was made from", async () => {
    const line = scripted([json(200, {})]);
    await line.client.post("/api/v1/dossiers/{id}/receive", { path: { id: "d1" }, version: 5 });
    expect(line.header(0, "If-Match")).toBe('"5"');
  });
});

describe("a question", () => {
  it("has no idempotency key and says the language", async () => {
    const line = scripted([json(200, { items: [] })]);
    await line.client.get("/api/v1/procedures", { query: { q: "khai sinh", level: undefined } });
    expect(line.sent[0]?.url).toBe("/api/v1/procedures?q=khai+sinh");
    expect(line.header(0, "Idempotency-Key")).toBeUndefined();
    expect(line.header(0, "Accept-Language")).toBe("vi");
  });

  it("gives up after the last pause with an offline problem in words", async () => {
    const reached: boolean[] = [];
    const line = scripted([], { onReachable: (yes) => reached.push(yes) });
    const failure = await line.client.get("/api/v1/procedures").catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(Problem);
    expect(failure).toMatchObject({ kind: "offline", passing: true });
    expect((failure as Problem).detail).toContain("vẫn được giữ");
    expect(line.sent).toHaveLength(4);
    expect(reached.at(-1)).toBe(false);
  });

  it("stops when nobody waits for it any more", async () => {
    const stop = new AbortController();
    const line = scripted([], {
      fetch: (_url, init) => {
        stop.abort();
        return Promise.reject(init?.signal?.reason ?? new Error("aborted"));
      },
    });
    await expect(line.client.get("/api/v1/procedures", { signal: stop.signal })).rejects.not.toBeInstanceOf(Problem);
  });

  it("reads the version from the ETag", async () => {
    const line = scripted([json(200, { id: "d1" }, { ETag: '"7"' })]);
    expect(await line.client.load("/api/v1/dossiers/{id}", { path: { id: "d1" } })).toEqual({ value: { id: "d1" }, version: 7 });
  });
});

describe("a problem body", () => {
  it("becomes a problem with its field errors", async () => {
    const line = scripted([problem(422, "answers-incomplete", { errors: [{ field: "applicant.phone", code: "bad_format", message: "Sai" }], trace_id: "t" })]);
    await expect(line.client.post("/api/v1/dossiers")).rejects.toMatchObject({
      kind: "refused",
      slug: "answers-incomplete",
      errors: [{ field: "applicant.phone", code: "bad_format", message: "Sai" }],
      traceId: "t",
    });
  });

  it("that nobody can read becomes a broken problem, never a crash", async () => {
    const line = scripted([new Response("<html>502</html>", { status: 500 })]);
    await expect(line.client.post("/api/v1/dossiers")).rejects.toMatchObject({ kind: "broken", status: 500 });
  });

  it("of a passing trouble is waited out", async () => {
    const line = scripted([problem(503, "busy"), json(200, { ok: true })]);
    expect(await line.client.put("/api/v1/drafts/{id}", { path: { id: "d" } })).toEqual({ ok: true });
  });
});

describe("an address", () => {
  it("escapes what it is filled with", () => {
    expect(makeUrl("/api/v1/dossiers/{id}", { path: { id: "a/../b" } })).toBe("/api/v1/dossiers/a%2F..%2Fb");
  });
  it("with a hole is a defect", () => {
    expect(() => makeUrl("/api/v1/dossiers/{id}", {})).toThrow(/no value/);
  });
});
