// What strangers hand in to do harm, or by accident: every one gets its verdict from a real server.
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, openSync, ftruncateSync, readFileSync, closeSync, rmSync, createReadStream } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client, type Session } from "./harness/client.ts";
import { binary, startServer, type TestServer } from "./harness/server.ts";

interface HostileFile {
  id: string;
  name: string;
  drawings: boolean;
  // Of the refusal; empty: it is taken.
  code: string;
  media_type: string;
  kept_name: string;
  must_not_hold: string;
}

const corpusTool = join(binary, "..", "hostile_corpus");
const draftFilesAtMost = 60;

describe("Hostile uploads", () => {
  let server: TestServer;
  let api: Client;
  let folder: string;
  let corpus: HostileFile[];
  let reception: Session;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "motcua-hostile-"));
    const made = spawnSync(corpusTool, ["write", folder], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`${corpusTool} ended with ${String(made.status)}: ${made.stderr}`);
    corpus = JSON.parse(readFileSync(join(folder, "corpus.json"), "utf8")) as HostileFile[];
    server = await startServer({ dossiers: 0 });
    api = new Client(server);
    reception = await api.signIn("tiepnhan.thanhvinh");
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const newDraft = async () => (await api.post("/api/v1/drafts", { body: { procedure: "1.013225" }, expect: 201 })).json as { id: string; secret: string };
  const upload = (draft: { id: string; secret: string }, component: string, name: string, raw: Buffer) =>
    api.post(`/api/v1/drafts/${draft.id}/files`, { raw, headers: { "X-Draft-Secret": draft.secret, "X-Component": component, "X-File-Name": encodeURIComponent(name), "Content-Type": "application/octet-stream" } });

  it("are judged rightly, each with a reason in both languages", { timeout: 300_000 }, async () => {
    expect(corpus.length).toBeGreaterThanOrEqual(120);
    let draft = await newDraft();
    let taken = 0;
    const wrong: string[] = [];
    for (const file of corpus) {
      if (taken % draftFilesAtMost === draftFilesAtMost - 1) draft = await newDraft();
      const answer = await upload(draft, file.drawings ? "drawings_house" : "application", file.name, readFileSync(join(folder, file.id)));
      const said = answer.status === 201 ? "" : String(answer.json.type).replace(/^.*[/:]/, "");
      if (said !== file.code) {
        wrong.push(`${file.id}: ${said || "taken"} instead of ${file.code || "taken"}: ${answer.text}`);
        continue;
      }
      if (file.code !== "") {
        expect([415, 422], file.id).toContain(answer.status);
        expect(answer.json.detail, file.id).toMatch(/\S+ \S+/);
        continue;
      }
      taken += 1;
      expect(answer.json.media_type, file.id).toBe(file.media_type);
      if (file.kept_name) expect(answer.json.name, file.id).toBe(file.kept_name);
      expect(answer.json.name, file.id).not.toMatch(/[/\\<>:"|?*\u202a-\u202e\u2066-\u2069\r\n]/);
    }
    expect(wrong).toEqual([]);
    console.log(`${corpus.length} hostile files: ${corpus.length - taken} refused, ${taken} taken`);
  });

  it("of four gigabytes are refused before they are read", async () => {
    const draft = await newDraft();
    const sparse = join(folder, "sparse");
    const handle = openSync(sparse, "w");
    ftruncateSync(handle, 4 * 1024 ** 3);
    closeSync(handle);
    const began = Date.now();
    // Announced, in one piece and in many.
    const announced = await api.post(`/api/v1/drafts/${draft.id}/uploads`, { headers: { "X-Draft-Secret": draft.secret, "Upload-Length": String(4 * 1024 ** 3), "Upload-Metadata": `filename ${Buffer.from("a.pdf").toString("base64")},component ${Buffer.from("application").toString("base64")}` } });
    expect(announced.status).toBe(413);
    const sent = await new Promise<{ status: number; bytes: number }>((resolve, reject) => {
      const body = createReadStream(sparse);
      let bytes = 0;
      body.on("data", (piece) => (bytes += piece.length));
      const asked = request(`${server.url()}/api/v1/drafts/${draft.id}/files`, {
        method: "POST",
        headers: { "Content-Type": "application/octet-stream", "Content-Length": String(4 * 1024 ** 3), "Idempotency-Key": randomUUID(), "X-Draft-Secret": draft.secret, "X-Component": "application", "X-File-Name": "a.pdf" },
      });
      asked.on("response", (answer) => {
        answer.resume();
        body.destroy();
        resolve({ status: answer.statusCode ?? 0, bytes });
        asked.destroy();
      });
      asked.on("error", (error) => reject(error));
      body.pipe(asked);
    });
    expect(sent.status).toBe(413);
    expect(sent.bytes).toBeLessThan(64 * 1024 * 1024);
    expect(Date.now() - began).toBeLessThan(20_000);
  });

  it("leave again as files that no browser runs", async () => {
    const jpeg = readFileSync(join(folder, "jpeg-with-device"));
    const kept = await api.post("/api/v1/files", { as: reception, raw: jpeg, headers: { "X-Component": "birth_paper", "X-File-Name": "anh.jpg", "Content-Type": "application/octet-stream" }, expect: 201 });
    expect(kept.json.converted_from).toMatch(/^image\/jpeg;sha256=/);
    expect(kept.json.inspection).toBeNull();
  });
});
