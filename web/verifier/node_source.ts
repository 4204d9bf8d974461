// node_source.ts - files of an export: in a folder, or on any web server.  For Node, not for pages.
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Source } from "./tiles.ts";

const patienceMs = 30_000;

export class TooLarge extends Error {}

export async function readFileUpTo(path: string, most: number): Promise<Uint8Array | null> {
  const file = await open(path, "r").catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") return null;
    throw thrown;
  });
  if (!file) return null;
  try {
    const { size } = await file.stat();
    if (size > most) throw new TooLarge(`${path} has ${size} bytes, at most ${most} are read`);
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}

export const folderSource = (folder: string): Source => ({
  name: folder,
  read: (path, most) => readFileUpTo(join(folder, path), most),
});

export const webSource = (address: string): Source => ({
  name: address,
  async read(path, most) {
    const base = address.endsWith("/") ? address : `${address}/`;
    const response = await fetch(new URL(path, base), { signal: AbortSignal.timeout(patienceMs), cache: "no-store" });
    if (response.status === 404) return null;
    if (!response.ok || !response.body) throw new Error(`${path} of ${address} was answered with ${response.status}`);
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > most) throw new TooLarge(`${path} of ${address} is longer than ${most} bytes`);
      parts.push(part);
    }
    return new Uint8Array(Buffer.concat(parts));
  },
});

export const sourceAt = (place: string): Source => (/^https?:\/\//.test(place) ? webSource(place) : folderSource(place));
