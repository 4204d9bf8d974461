import { beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "./problem.ts";
import { uploadFile, wholeBelowBytes, type UploadRequest } from "./upload.ts";

// A server that keeps uploads by key, behind a line that can be cut.
class Line {
  uploads = new Map<string, { id: string; size: number; bytes: Uint8Array; taken: boolean }>();
  calls: string[] = [];
  bytesSent = 0;
  // What the line does to the n-th request: nothing, lose it on the way, or lose the answer.
  fate: (call: string, n: number) => "fine" | "lost" | "unanswered" = () => "fine";
  refusal: number | null = null;

  find = (id: string) => [...this.uploads.values()].find((one) => one.id === id);

  answer(method: string, url: string, headers: Record<string, string>, body: Uint8Array): { status: number; text: string; headers: Record<string, string> } {
    const state = (one: { id: string; size: number; bytes: Uint8Array; taken: boolean }, status: number) => ({
      status,
      text: JSON.stringify({ id: one.id, offset: one.bytes.length, size: one.size, expires_at: "" }),
      headers: { "Upload-Offset": String(one.bytes.length) },
    });
    if (url.endsWith("/files")) return { status: 201, text: JSON.stringify({ id: "whole", size: body.length }), headers: {} };
    if (url.endsWith("/uploads")) {
      const key = headers["Idempotency-Key"]!;
      if (!this.uploads.has(key)) this.uploads.set(key, { id: `u${this.uploads.size}`, size: Number(headers["Upload-Length"]), bytes: new Uint8Array(), taken: false });
      return state(this.uploads.get(key)!, 201);
    }
    const [, id, finish] = /\/uploads\/([^/]+)(\/finish)?$/.exec(url)!;
    const one = this.find(id!);
    if (!one) return { status: 404, text: "{}", headers: {} };
    if (method === "DELETE") {
      for (const [key, other] of this.uploads) if (other === one) this.uploads.delete(key);
      return { status: 204, text: "", headers: {} };
    }
    if (finish) {
      if (this.refusal) return { status: this.refusal, text: JSON.stringify({ type: "/problems/not-a-document", title: "t", status: this.refusal, detail: "d" }), headers: {} };
      one.taken = true;
      return { status: 201, text: JSON.stringify({ id: `file-of-${one.id}`, size: one.bytes.length }), headers: {} };
    }
    if (method === "PATCH") {
      if (Number(headers["Upload-Offset"]) !== one.bytes.length) return { ...state(one, 409) };
      const longer = new Uint8Array(one.bytes.length + body.length);
      longer.set(one.bytes);
      longer.set(body, one.bytes.length);
      one.bytes = longer;
      return { ...state(one, 204), text: "" };
    }
    return state(one, 200);
  }
}

let line: Line;

class FakeExchange {
  upload: { onprogress?: (event: object) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  onloadend?: () => void;
  status = 0;
  responseText = "";
  private method = "";
  private url = "";
  private headers: Record<string, string> = {};
  private answered: Record<string, string> = {};
  open(method: string, url: string) {
    this.method = method;
    this.url = url;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  getResponseHeader(name: string) {
    return this.answered[name] ?? null;
  }
  abort() {
    this.onabort?.();
  }
  send(body: Blob | null) {
    void (async () => {
      const bytes = new Uint8Array(body ? await body.arrayBuffer() : new ArrayBuffer(0));
      const call = `${this.method} ${this.url.replace("/api/v1", "")}`;
      line.calls.push(call);
      line.bytesSent += bytes.length;
      const fate = line.fate(call, line.calls.length);
      if (bytes.length > 0) this.upload.onprogress?.({ lengthComputable: true, loaded: bytes.length, total: bytes.length });
      if (fate === "lost") return this.onerror?.();
      const answer = line.answer(this.method, this.url, this.headers, bytes);
      if (fate === "unanswered") return this.onerror?.();
      this.status = answer.status;
      this.responseText = answer.text;
      this.answered = answer.headers;
      this.onload?.();
    })();
  }
}

function paper(size: number, seed = 1): Blob {
  const bytes = new Uint8Array(size);
  let state = seed;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return new Blob([bytes]);
}

const request = (bytes: Blob, more: Partial<UploadRequest> = {}): UploadRequest => ({
  path: "/api/v1/drafts/{id}/files",
  parameters: { id: "d" },
  headers: { "X-Draft-Secret": "s" },
  component: "birth_paper",
  name: "Giấy chứng sinh.pdf",
  bytes,
  key: "k1",
  language: "vi",
  pausesMs: [1, 1, 1, 1],
  ...more,
});

describe("An upload", () => {
  beforeEach(() => {
    line = new Line();
    const kept = new Map<string, string>();
    vi.stubGlobal("XMLHttpRequest", FakeExchange);
    vi.stubGlobal("localStorage", {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => kept.set(name, value),
      removeItem: (name: string) => kept.delete(name),
    });
    return () => vi.unstubAllGlobals();
  });

  // Comparing element by element takes minutes.
  const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.from(one).equals(Buffer.from(other));
  const stored = () => [...line.uploads.values()].at(-1)!.bytes;
  const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

  it("of a small file is one request", async () => {
    const file = await uploadFile(request(paper(wholeBelowBytes - 1)));
    expect(file.id).toBe("whole");
    expect(line.calls).toEqual(["POST /drafts/d/files"]);
  });

  it("of a larger file goes in pieces that add up, and tells how far it is", async () => {
    const told: number[] = [];
    const bytes = paper(1_300_000);
    const file = await uploadFile(request(bytes, { onProgress: (fraction) => told.push(fraction) }));
    expect(file.id).toBe("file-of-u0");
    expect(isSame(stored(), await bytesOf(bytes))).toBe(true);
    expect(line.bytesSent).toBe(bytes.size);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((one, other) => one - other));
  });

  it("goes on after lost pieces and lost answers without sending what has arrived", async () => {
    const bytes = paper(3_000_000);
    let patches = 0;
    line.fate = (call) => (call.startsWith("PATCH") ? (["fine", "lost", "unanswered"] as const)[patches++ % 3]! : "fine");
    const file = await uploadFile(request(bytes));
    expect(file.id).toBe("file-of-u0");
    expect(isSame(stored(), await bytesOf(bytes))).toBe(true);
    // One lost piece in three; the unanswered ones are not sent again.
    const patchesNeeded = line.calls.filter((call) => call.startsWith("PATCH")).length;
    expect(line.bytesSent).toBeLessThan(bytes.size + patchesNeeded * 256 * 1024);
  });

  it("repeats a lost beginning and a lost end as one", async () => {
    const lost = new Set<string>();
    line.fate = (call) => {
      if (!call.startsWith("POST") || lost.has(call)) return "fine";
      lost.add(call);
      return "unanswered";
    };
    const bytes = paper(400_000);
    expect((await uploadFile(request(bytes))).id).toBe("file-of-u0");
    expect(line.uploads.size).toBe(1);
    expect(line.bytesSent).toBe(bytes.size);
  });

  it("goes on after a reload when the same file is chosen, and never with another one", async () => {
    const bytes = paper(1_500_000);
    line.fate = (call, n) => (call.startsWith("PATCH") && n > 2 ? "lost" : "fine");
    await expect(uploadFile(request(bytes))).rejects.toBeInstanceOf(Problem);
    const before = stored().length;
    expect(before).toBeGreaterThan(0);
    line.fate = () => "fine";
    line.bytesSent = 0;
    // Another file of the same name and size.
    await uploadFile(request(paper(1_500_000, 7), { key: "k2" }));
    expect(line.bytesSent).toBe(1_500_000);
    line.bytesSent = 0;
    const file = await uploadFile(request(bytes, { key: "k3" }));
    expect(file.id).toBe("file-of-u0");
    expect(line.bytesSent).toBe(bytes.size - before);
    expect(isSame(line.find("u0")!.bytes, await bytesOf(bytes))).toBe(true);
  });

  it("begins anew where what was begun has expired", async () => {
    const bytes = paper(600_000);
    line.fate = (call) => (call.startsWith("PATCH") ? "lost" : "fine");
    await expect(uploadFile(request(bytes))).rejects.toBeInstanceOf(Problem);
    line.fate = () => "fine";
    const real = line.answer.bind(line);
    line.answer = (method, url, headers, body) =>
      url.endsWith("/uploads") && headers["Idempotency-Key"] === "k1" ? { status: 410, text: "{}", headers: {} } : real(method, url, headers, body);
    expect((await uploadFile(request(bytes, { key: "k2" }))).id).toBe("file-of-u1");
  });

  it("that is refused is told once and dropped", async () => {
    line.refusal = 415;
    await expect(uploadFile(request(paper(300_000)))).rejects.toMatchObject({ status: 415 });
    await vi.waitFor(() => expect(line.uploads.size).toBe(0));
    expect(line.calls.at(-1)).toBe("DELETE /uploads/u0");
  });

  it("stops when the person stops it", async () => {
    const stop = new AbortController();
    const sending = uploadFile(request(paper(2_000_000), { signal: stop.signal, onProgress: (fraction) => fraction > 0.3 && stop.abort() }));
    await expect(sending).rejects.toMatchObject({ name: "AbortError" });
    await vi.waitFor(() => expect(line.uploads.size).toBe(0));
  });
});
