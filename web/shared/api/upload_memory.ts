// upload_memory.ts - which file was being sent under which key, so that it can go on after a reload.
//
// A file is known by its content, never by its name alone: bytes of two files are never mixed.  What is
// kept is a hash and a key; neither opens anything without the draft's or the receipt's secret.
import type { UploadRequest } from "./upload.ts";

const place = "motcua.uploads";
const lifeMs = 24 * 3600 * 1000;

type Memory = Record<string, { key: string; at: number }>;

function read(): Memory {
  try {
    const all = JSON.parse(localStorage.getItem(place) ?? "{}") as Memory;
    const young = Date.now() - lifeMs;
    return Object.fromEntries(Object.entries(all).filter(([, one]) => one.at > young));
  } catch {
    return {};
  }
}

function write(memory: Memory) {
  try {
    if (Object.keys(memory).length === 0) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(memory));
  } catch {
    // No storage: a reload begins anew.
  }
}

// Null where the browser cannot hash (a page without TLS): then a reload begins anew.
export async function uploadMark(request: Pick<UploadRequest, "path" | "parameters" | "component" | "name" | "bytes">): Promise<string | null> {
  try {
    const about = JSON.stringify([request.path, request.parameters ?? {}, request.component, request.name]);
    const hash = await crypto.subtle.digest("SHA-256", await new Blob([about, request.bytes]).arrayBuffer());
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch {
    return null;
  }
}

export const recallUpload = (mark: string | null): string | null => (mark === null ? null : (read()[mark]?.key ?? null));

export function rememberUpload(mark: string | null, key: string) {
  if (mark !== null) write({ ...read(), [mark]: { key, at: Date.now() } });
}

export function forgetUpload(mark: string | null) {
  if (mark === null) return;
  const memory = read();
  delete memory[mark];
  write(memory);
}
