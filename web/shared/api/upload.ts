// upload.ts - sends one file and tells how far it is; a larger one in pieces, which goes on after a lost
// line or a reload where it stopped.
//
// XMLHttpRequest, because fetch does not tell the progress of what is sent.
import type { Language } from "../language.ts";
import type { Attachment } from "../schemas.ts";
import { makeUrl, type Path } from "./client.ts";
import { newIntentKey } from "./intent.ts";
import { Problem, readProblem } from "./problem.ts";
import { forgetUpload, recallUpload, rememberUpload, uploadMark } from "./upload_memory.ts";

// The server's own limit, told before the bytes are sent.  Source: api/openapi.yaml, upload_draft_file.
export const largestFileBytes = 20 * 1024 * 1024;
// Below it one request carries everything.
export const wholeBelowBytes = 256 * 1024;
// What a cut line costs at most; more while the line is fast.
const smallestPiece = 256 * 1024;
const largestPiece = 1024 * 1024;
const fastPieceMs = 1000;
// Of failures one after another, without a byte getting through.
const pausesMs = [500, 1500, 4000, 8000];

export interface UploadRequest {
  // Of the upload in one request: ends with "files"; the one in pieces is its neighbour "uploads".
  path: Path;
  parameters?: Record<string, string>;
  headers: Record<string, string>;
  component: string;
  name: string;
  bytes: Blob;
  // Of the intent: the same for every attempt with this file.
  key: string;
  language: Language;
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
  // For tests: how long to wait after each failure.
  pausesMs?: readonly number[];
}

interface Sent {
  status: number;
  text: string;
  header: (name: string) => string | null;
}

// Any answer; throws when none came.
function send(
  request: UploadRequest,
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: Blob,
  onSent?: (bytes: number, total: number) => void,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const stopped = () => new DOMException("stopped by the person", "AbortError");
    if (request.signal?.aborted) return reject(stopped());
    const exchange = new XMLHttpRequest();
    exchange.open(method, url);
    const all: Record<string, string> = { ...request.headers, "Accept-Language": request.language, ...headers };
    for (const [name, value] of Object.entries(all)) exchange.setRequestHeader(name, value);
    exchange.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onSent?.(event.loaded, event.total);
    };
    const stop = () => exchange.abort();
    request.signal?.addEventListener("abort", stop);
    exchange.onloadend = () => request.signal?.removeEventListener("abort", stop);
    exchange.onload = () => resolve({ status: exchange.status, text: exchange.responseText, header: (name) => exchange.getResponseHeader(name) });
    exchange.onerror = () => reject(Problem.offline(request.language));
    exchange.ontimeout = () => reject(Problem.offline(request.language));
    exchange.onabort = () => reject(stopped());
    exchange.send(body ?? null);
  });
}

const isFine = (sent: Sent) => sent.status >= 200 && sent.status < 300;
const problemOf = (request: UploadRequest, sent: Sent) => readProblem(sent.status, sent.text, request.language, sent.header("Retry-After"));

function attachmentOf(request: UploadRequest, sent: Sent): Attachment {
  if (!isFine(sent)) throw problemOf(request, sent);
  try {
    return JSON.parse(sent.text) as Attachment;
  } catch {
    throw Problem.broken(sent.status, request.language);
  }
}

export async function uploadFile(request: UploadRequest): Promise<Attachment> {
  if (request.bytes.size >= wholeBelowBytes) return uploadInPieces(request);
  const url = makeUrl(request.path, { path: request.parameters ?? {} });
  const headers = {
    "Content-Type": "application/octet-stream",
    "Idempotency-Key": request.key,
    "X-Component": request.component,
    "X-File-Name": encodeURIComponent(request.name),
  };
  return attachmentOf(request, await send(request, "POST", url, headers, request.bytes, (bytes, total) => request.onProgress?.(bytes / total)));
}

const pause = (milliseconds: number, signal?: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const now = () => {
      clearTimeout(timer);
      resolve();
    };
    signal?.addEventListener("abort", now, { once: true });
    // The line is back: no need to wait any longer.
    globalThis.addEventListener?.("online", now, { once: true });
  });

// Again and again while no answer comes or the server is busy; `reset` when a byte got through.
class Patience {
  private failures = 0;
  constructor(private readonly request: UploadRequest) {}
  reset() {
    this.failures = 0;
  }
  async wait(failure: unknown) {
    const milliseconds = (this.request.pausesMs ?? pausesMs)[this.failures++];
    if (this.request.signal?.aborted || !(failure instanceof Problem) || !failure.passing || milliseconds === undefined) throw failure;
    await pause(milliseconds, this.request.signal);
  }
}

async function patiently(request: UploadRequest, act: () => Promise<Sent>): Promise<Sent> {
  const patience = new Patience(request);
  for (;;) {
    try {
      const sent = await act();
      if (sent.status !== 429 && sent.status < 500) return sent;
      throw problemOf(request, sent);
    } catch (failure) {
      await patience.wait(failure);
    }
  }
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

// The upload's address and how much of it is there.
async function begin(request: UploadRequest, key: string): Promise<{ url: string; offset: number } | Problem> {
  const url = makeUrl(request.path.replace(/files$/, "uploads") as Path, { path: request.parameters ?? {} });
  const headers = {
    "Idempotency-Key": key,
    "Upload-Length": String(request.bytes.size),
    "Upload-Metadata": `filename ${base64(request.name)},component ${base64(request.component)}`,
  };
  const sent = await patiently(request, () => send(request, "POST", url, headers));
  if (!isFine(sent)) return problemOf(request, sent);
  const begun = JSON.parse(sent.text) as { id: string; offset: number };
  return { url: makeUrl("/api/v1/uploads/{id}", { path: { id: begun.id } }), offset: begun.offset };
}

async function uploadInPieces(request: UploadRequest): Promise<Attachment> {
  const mark = await uploadMark(request);
  const key = recallUpload(mark) ?? request.key;
  rememberUpload(mark, key);
  let begun = await begin(request, key);
  if (begun instanceof Problem && key !== request.key) {
    // What was begun before the reload has expired.
    rememberUpload(mark, request.key);
    begun = await begin(request, request.key);
  }
  if (begun instanceof Problem && [404, 410].includes(begun.status)) {
    const fresh = newIntentKey();
    rememberUpload(mark, fresh);
    begun = await begin(request, fresh);
  }
  if (begun instanceof Problem) throw begun;

  try {
    return await carry(request, begun.url, begun.offset, key, mark);
  } catch (failure) {
    const isStopped = failure instanceof DOMException && failure.name === "AbortError";
    const isRefused = failure instanceof Problem && failure.status >= 400 && failure.status < 500 && failure.status !== 429;
    if (isStopped || isRefused) {
      // Nobody goes on with it.
      forgetUpload(mark);
      const { signal: _stopped, ...unstopped } = request;
      void send(unstopped, "DELETE", begun.url, {}).catch(() => undefined);
    }
    throw failure;
  }
}

async function carry(request: UploadRequest, url: string, from: number, key: string, mark: string | null): Promise<Attachment> {
  const { bytes, signal } = request;
  let offset = from;
  let length = smallestPiece;
  const patience = new Patience(request);
  const tell = (sent: number) => request.onProgress?.(Math.min(1, sent / bytes.size));
  tell(offset);
  while (offset < bytes.size) {
    const started = performance.now();
    const piece = bytes.slice(offset, Math.min(offset + length, bytes.size));
    try {
      const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
      const sent = await send(request, "PATCH", url, headers, piece, (done) => tell(offset + done));
      const there = Number(sent.header("Upload-Offset") ?? NaN);
      if (!isFine(sent) && !(sent.status === 409 && there >= 0 && there !== offset)) throw problemOf(request, sent);
      offset = there;
      patience.reset();
      if (performance.now() - started < fastPieceMs) length = Math.min(length * 2, largestPiece);
    } catch (failure) {
      length = smallestPiece;
      await patience.wait(failure);
      if (signal?.aborted) throw failure;
      // The piece may have arrived though its answer did not.
      const state = await patiently(request, () => send(request, "GET", url, {}));
      if (!isFine(state)) throw problemOf(request, state);
      offset = (JSON.parse(state.text) as { offset: number }).offset;
    }
    tell(offset);
  }
  const finished = await patiently(request, () => send(request, "POST", `${url}/finish`, { "Idempotency-Key": key }));
  const attachment = attachmentOf(request, finished);
  forgetUpload(mark);
  return attachment;
}
