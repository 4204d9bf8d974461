// Papers in pieces: by offset, across a restart, for everybody who may bring one.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { Client, type Answer, type Call, type Session } from "./harness/client.ts";
import { command, trackingHeaders } from "./harness/desk.ts";
import { pdf } from "./harness/files.ts";
import { receiveMarital } from "./harness/marital.ts";
import { startServer, type TestServer } from "./harness/server.ts";

// A true PDF that is as long as wanted: what follows its end is passed over.
const paper = (bytes: number) => Buffer.concat([pdf("birth_paper"), Buffer.alloc(Math.max(0, bytes - pdf("birth_paper").length), "\n")]);
const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

describe("An upload in pieces", () => {
  let server: TestServer;
  let api: Client;
  let reception: Session;
  let draft: { id: string; secret: string };

  beforeAll(async () => {
    server = await startServer({ dossiers: 0 });
    api = new Client(server);
    reception = await api.signIn("tiepnhan.thanhvinh");
    draft = (await api.post("/api/v1/drafts", { body: { procedure: "1.001193" }, expect: 201 })).json;
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  const mine = () => ({ "X-Draft-Secret": draft.secret });
  const begin = (path: string, size: number, headers: Record<string, string>, call: Call = {}, component = "birth_paper") =>
    api.post(path, { ...call, headers: { "Upload-Length": String(size), "Upload-Metadata": `filename ${base64("Giấy chứng sinh.pdf")},component ${base64(component)}`, ...headers } });
  const patch = (id: string, offset: number, bytes: Buffer, headers: Record<string, string>, call: Call = {}) =>
    api.call("PATCH", `/api/v1/uploads/${id}`, { key: null, ...call, raw: bytes, headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset), "Tus-Resumable": "1.0.0", ...headers } });
  const offsetOf = (answer: Answer) => Number(answer.headers["upload-offset"]);
  const state = (id: string, headers: Record<string, string>, call: Call = {}) => api.get(`/api/v1/uploads/${id}`, { ...call, headers });
  const finish = (id: string, headers: Record<string, string>, call: Call = {}) => api.post(`/api/v1/uploads/${id}/finish`, { ...call, headers });

  it("of a draft goes on where it was after the server was killed, and is one file however often it is finished", async () => {
    const bytes = paper(700_000);
    const key = randomUUID();
    const begun = await begin(`/api/v1/drafts/${draft.id}/uploads`, bytes.length, mine(), { key, expect: 201 });
    const id = begun.json.id as string;
    expect(begun.headers["location"]).toBe(`/api/v1/uploads/${id}`);
    expect((await begin(`/api/v1/drafts/${draft.id}/uploads`, bytes.length, mine(), { key, expect: 201 })).json.id).toBe(id);
    // One piece stays in memory, the other goes through a file.
    expect(offsetOf(await patch(id, 0, bytes.subarray(0, 1_000), mine(), { expect: 204 }))).toBe(1_000);
    expect(offsetOf(await patch(id, 1_000, bytes.subarray(1_000, 400_000), mine(), { expect: 204 }))).toBe(400_000);
    await server.kill();
    await server.start();
    expect((await state(id, mine(), { expect: 200 })).json.offset).toBe(400_000);
    const head = await fetch(`${server.url()}/api/v1/uploads/${id}`, { method: "HEAD", headers: mine() });
    expect([head.status, head.headers.get("upload-offset"), head.headers.get("upload-length")]).toEqual([200, "400000", "700000"]);
    expect((await finish(id, mine(), { expect: 409 })).json.type).toContain("upload-incomplete");
    expect(offsetOf(await patch(id, 400_000, bytes.subarray(400_000), mine(), { expect: 204 }))).toBe(bytes.length);
    const first = await finish(id, mine(), { expect: 201 });
    expect(first.json).toMatchObject({ name: "Giấy chứng sinh.pdf", component: "birth_paper", media_type: "application/pdf", size: bytes.length });
    expect((await finish(id, mine(), { expect: 201 })).json.id).toBe(first.json.id);
    expect((await begin(`/api/v1/drafts/${draft.id}/uploads`, bytes.length, mine(), { key, expect: 201 })).json.offset).toBe(bytes.length);
    const shown = await api.get(`/api/v1/drafts/${draft.id}`, { headers: mine(), expect: 200 });
    expect(shown.json.attachments.map((one: { id: string }) => one.id)).toEqual([first.json.id]);
    await state(id, mine(), { expect: 404 });
  });

  it("is refused at another offset, too long, of another kind, and tells where it is", async () => {
    const id = (await begin(`/api/v1/drafts/${draft.id}/uploads`, 100, mine(), { expect: 201 })).json.id as string;
    await patch(id, 0, Buffer.alloc(60, "a"), mine(), { expect: 204 });
    for (const offset of [0, 59, 61]) expect(offsetOf(await patch(id, offset, Buffer.alloc(10), mine(), { expect: 409 }))).toBe(60);
    await patch(id, 60, Buffer.alloc(41), mine(), { expect: 413 });
    await patch(id, 60, Buffer.alloc(10), { ...mine(), "Content-Type": "application/octet-stream" }, { expect: 415 });
    await patch(id, 60, Buffer.alloc(10), { ...mine(), "Upload-Offset": "here" }, { expect: 400 });
    await patch(id, 60, Buffer.alloc(10), { ...mine(), "Tus-Resumable": "0.2.0" }, { expect: 412 });
    await patch(id, 60, Buffer.alloc(40, "a"), mine(), { expect: 204 });
    await finish(id, mine(), { expect: 415 });
    await api.delete(`/api/v1/uploads/${id}`, { headers: mine(), expect: 204 });
    await state(id, mine(), { expect: 404 });
  });

  it("is begun by whom the draft belongs to, for a paper of the procedure, of bounded size and number", async () => {
    const path = `/api/v1/drafts/${draft.id}/uploads`;
    await begin(path, 10, { "X-Draft-Secret": "WRONG" }, { expect: 404 });
    await begin(path, 10, mine(), { key: null, expect: 400 });
    await begin(path, 10, { ...mine(), "Upload-Length": "-1" }, { expect: 400 });
    await begin(path, 21 * 1024 * 1024, mine(), { expect: 413 });
    await begin(path, 10, mine(), { expect: 422 }, "no_such_paper");
    const ids: string[] = [];
    for (let i = 0; i < 10; i += 1) ids.push((await begin(path, 10, mine(), { expect: 201 })).json.id as string);
    expect((await begin(path, 10, mine(), { expect: 422 })).json.type).toContain("too-many-uploads");
    for (const headers of [{}, { "X-Draft-Secret": "WRONG" }] as Record<string, string>[]) {
      // Without any proof one is asked for it; with a wrong one there is nothing.
      const expect = headers["X-Draft-Secret"] ? 404 : 401;
      await state(ids[0]!, headers, { expect });
      await patch(ids[0]!, 0, Buffer.alloc(1), headers, { expect });
      await finish(ids[0]!, headers, { expect });
      await api.delete(`/api/v1/uploads/${ids[0]!}`, { headers, expect });
    }
    for (const id of ids) await api.delete(`/api/v1/uploads/${id}`, { headers: mine(), expect: 204 });
  });

  it("of an officer belongs to him alone", async () => {
    const bytes = paper(5_000);
    const id = (await begin("/api/v1/uploads", bytes.length, {}, { as: reception, expect: 201 })).json.id as string;
    await begin("/api/v1/uploads", bytes.length, {}, { expect: 401 });
    await state(id, {}, { expect: 401 });
    await state(id, {}, { as: await api.signIn("hotich.thanhvinh"), expect: 404 });
    await patch(id, 0, bytes, { "X-CSRF-Token": "" }, { as: reception, expect: 403 });
    await patch(id, 0, bytes, {}, { as: reception, expect: 204 });
    expect((await finish(id, {}, { as: reception, expect: 201 })).json.size).toBe(bytes.length);
    expect((await finish(id, {}, { as: reception, expect: 201 })).json.size).toBe(bytes.length);
  });

  it("reaches a dossier by an officer, and a receipt only while something is asked for", async () => {
    const receipt = await receiveMarital(api, reception, seeded("uploads"));
    const bytes = paper(3_000);
    const path = `/api/v1/dossiers/${receipt.id}/uploads`;
    const id = (await begin(path, bytes.length, {}, { as: reception, expect: 201 }, "result")).json.id as string;
    await patch(id, 0, bytes, {}, { as: reception, expect: 204 });
    expect((await finish(id, {}, { as: reception, expect: 201 })).json.component).toBe("result");
    await begin(path, 10, {}, { as: reception, expect: 422 }, "no_such_paper");
    await begin("/api/v1/tracking/uploads", 10, trackingHeaders(receipt), { expect: 409 });
    await begin("/api/v1/tracking/uploads", 10, { ...trackingHeaders(receipt), "X-Receipt-Secret": "WRONGSECRET" }, { expect: 404 });
    const specialist = await api.signIn("hotich.thanhvinh");
    await command(api, specialist, receipt.id, "request-supplement", { items: [{ what: "Bản rõ hơn" }], reason: "Bản chụp bị mờ" });
    const asked = (await begin("/api/v1/tracking/uploads", bytes.length, trackingHeaders(receipt), { expect: 201 })).json.id as string;
    await patch(asked, 0, bytes, trackingHeaders(receipt), { expect: 204 });
    const brought = await finish(asked, trackingHeaders(receipt), { expect: 201 });
    expect((await finish(asked, trackingHeaders(receipt), { expect: 201 })).json.id).toBe(brought.json.id);
    await api.post("/api/v1/tracking/supplement", { headers: trackingHeaders(receipt), body: { attachments: [brought.json.id] }, expect: 200 });
  });
});

describe("The room for uploads in pieces", () => {
  it("is not filled by one stranger: a draft and a block have their share, and the counter goes on", async () => {
    const server = await startServer({ dossiers: 0 });
    const api = new Client(server);
    const piece = Buffer.alloc(19 * 1024 * 1024, "x");
    const add = async (from: string, draft: { id: string; secret: string }) => {
      const headers = { "X-Draft-Secret": draft.secret };
      const begun = await api.post(`/api/v1/drafts/${draft.id}/uploads`, { from, headers: { ...headers, "Upload-Length": String(piece.length), "Upload-Metadata": `filename ${base64("a.pdf")},component ${base64("birth_paper")}` } });
      if (begun.status !== 201) return begun;
      return api.call("PATCH", `/api/v1/uploads/${begun.json.id}`, { from, key: null, raw: piece, headers: { ...headers, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0", "Tus-Resumable": "1.0.0" } });
    };
    const open = async (from: string) => (await api.post("/api/v1/drafts", { from, body: { procedure: "1.001193" }, expect: 201 })).json;
    const statuses: number[] = [];
    for (let draft = 0; draft < 4; ++draft) {
      const one = await open("127.40.0.1");
      for (let i = 0; i < 6; ++i) {
        const answer = await add("127.40.0.1", one);
        statuses.push(answer.status);
        if (answer.status === 507) expect(answer.json.type).toContain("uploads-full-here");
      }
    }
    // Five of a draft, thirteen of a block: 256 MB.
    expect(statuses.filter((status) => status === 204).length).toBe(13);
    expect(statuses.slice(0, 6)).toEqual([204, 204, 204, 204, 204, 507]);
    expect((await add("127.41.0.1", await open("127.41.0.1"))).status).toBe(204);
    const reception = await api.signIn("tiepnhan.thanhvinh");
    const begun = await api.post("/api/v1/uploads", { as: reception, headers: { "Upload-Length": "1000", "Upload-Metadata": `filename ${base64("a.pdf")},component ${base64("birth_paper")}` }, expect: 201 });
    await api.call("PATCH", `/api/v1/uploads/${begun.json.id}`, { as: reception, key: null, raw: Buffer.alloc(1000, "x"), headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0", "Tus-Resumable": "1.0.0" }, expect: 204 });
    api.close();
    await server.remove();
  }, 40_000);
});
