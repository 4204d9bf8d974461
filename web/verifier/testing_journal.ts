// testing_journal.ts - a journal made by the book, slowly: for tests, to compare the verifier with.
//
// Trees are those of the definitions of RFC 6962, section 2.1, computed anew for every question.
import { hash as digest } from "node:crypto";
import { getPublicKey, hashes, sign } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import { joined, toBase64, toHex, toUtf8 } from "./bytes.ts";
import type { Source } from "./tiles.ts";

hashes.sha512 = sha512;

export const sha256 = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(digest("sha256", joined(...parts), "buffer"));

// ---------------------------------------------------------------- RFC 6962, as it is written there

const split = (count: number): number => {
  let k = 1;
  while (k * 2 < count) k *= 2;
  return k;
};

export const leafHash = (leaf: Uint8Array): Uint8Array => sha256(Uint8Array.of(0), leaf);

export function slowRoot(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leafHash(leaves[0]!);
  const k = split(leaves.length);
  return sha256(Uint8Array.of(1), slowRoot(leaves.slice(0, k)), slowRoot(leaves.slice(k)));
}

export function slowPath(m: number, leaves: Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...slowPath(m, leaves.slice(0, k)), slowRoot(leaves.slice(k))]
    : [...slowPath(m - k, leaves.slice(k)), slowRoot(leaves.slice(0, k))];
}

export function slowConsistency(m: number, leaves: Uint8Array[], whole = true): Uint8Array[] {
  if (m === leaves.length) return whole ? [] : [slowRoot(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...slowConsistency(m, leaves.slice(0, k), whole), slowRoot(leaves.slice(k))]
    : [...slowConsistency(m - k, leaves.slice(k), false), slowRoot(leaves.slice(0, k))];
}

// ---------------------------------------------------------------- chance

// A generator that a seed repeats (mulberry32).
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

// ---------------------------------------------------------------- texts of the format

export interface TestKey {
  name: string;
  secret: Uint8Array;
  hash: Uint8Array;
  vkey: string;
}

export function makeKey(name: string, seed = 7): TestKey {
  const secret = new Uint8Array(32).fill(seed);
  const tagged = joined(Uint8Array.of(1), getPublicKey(secret));
  const hash = sha256(toUtf8(`${name}\n`), tagged).subarray(0, 4);
  return { name, secret, hash, vkey: `${name}+${toHex(hash)}+${toBase64(tagged)}` };
}

export const signatureLine = (key: TestKey, body: string): string => `— ${key.name} ${toBase64(joined(key.hash, sign(toUtf8(body), key.secret)))}\n`;

export function makeCheckpoint(key: TestKey, leaves: Uint8Array[], ...others: TestKey[]): string {
  const body = `${key.name}\n${leaves.length}\n${toBase64(slowRoot(leaves))}\n`;
  return `${body}\n${[key, ...others].map((one) => signatureLine(one, body)).join("")}`;
}

export interface TestRecord {
  subject: string;
  sequence: number;
  type: string;
  number: string;
  at: number;
  actor: [string, string, string, string];
  payload: string;
  salt: Uint8Array;
}

export function contentHash(record: TestRecord): Uint8Array {
  const texts = [...record.actor, record.payload].map((text) => {
    const bytes = toUtf8(text);
    return joined(Uint8Array.of(bytes.length >>> 24, (bytes.length >>> 16) & 255, (bytes.length >>> 8) & 255, bytes.length & 255), bytes);
  });
  return sha256(toUtf8("motcua-content-v1\n"), record.salt, ...texts);
}

export const leafText = (record: TestRecord): string =>
  `motcua-leaf-v1\ntenant H41\nkind event\nsubject ${record.subject}\nsequence ${record.sequence}\nat ${record.at}\ntype ${record.type}\nnumber ${record.number}\ncontent ${toHex(contentHash(record))}\n`;

export function openingText(record: TestRecord): string {
  const encoded = (text: string) => (text === "" ? "-" : toBase64(toUtf8(text)));
  return `salt ${toBase64(record.salt)}\nactor ${record.actor.map(encoded).join(" ")}\npayload ${encoded(record.payload)}\n`;
}

export function makeRecord(number: number, change: Partial<TestRecord> = {}): TestRecord {
  return {
    subject: `d${Math.floor(number / 3)}`,
    sequence: (number % 3) + 1,
    type: ["filed", "received", "task_completed"][number % 3]!,
    number: number % 3 === 0 ? `H41.101-261122-${String(number / 3 + 1).padStart(4, "0")}` : "-",
    at: 1_795_000_000_000 + number * 61_000,
    actor: number % 3 === 0 ? ["0", "", "Trần Thị Hoa", ""] : ["1", "o-7", "Nguyễn Đức Độ", "H41.101"],
    payload: JSON.stringify({ channel: "online", note: `số ${number}` }),
    salt: Uint8Array.from({ length: 16 }, (_byte, at) => (number * 31 + at * 7) & 255),
    ...change,
  };
}

export interface TestJournal {
  key: TestKey;
  records: TestRecord[];
  leaves: Uint8Array[];
}

export function makeJournal(size: number, key = makeKey("motcua.nghean.example/H41")): TestJournal {
  const records = Array.from({ length: size }, (_record, number) => makeRecord(number));
  return { key, records, leaves: records.map((record) => toUtf8(leafText(record))) };
}

export interface ProofChange {
  opening?: string;
  leaf?: string;
  index?: string;
  path?: string[];
  checkpoint?: string;
  more?: string;
}

// The proof file of a record, with parts replaced.
export function makeProof({ key, records, leaves }: TestJournal, index: number, change: ProofChange = {}): string {
  const record = records[index]!;
  const path = change.path ?? slowPath(index, leaves).map(toBase64);
  return [
    "motcua-proof-v1\n",
    change.opening ?? openingText(record),
    "\n",
    change.leaf ?? leafText(record),
    "\nc2sp.org/tlog-proof@v1\n",
    `index ${change.index ?? index}\n`,
    ...path.map((hash) => `${hash}\n`),
    "\n",
    change.checkpoint ?? makeCheckpoint(key, leaves),
    change.more ?? "",
  ].join("");
}

// ---------------------------------------------------------------- the export

// All files of the export by their path.  Leaves that were asked for before are not hashed again.
export function makeExport(journal: TestJournal): Map<string, Uint8Array> {
  const name = journal.key.vkey;
  const kept = exports.get(journal.leaves)?.get(name) ?? freshExport(journal);
  exports.set(journal.leaves, (exports.get(journal.leaves) ?? new Map()).set(name, kept));
  return new Map(kept);
}
const exports = new WeakMap<Uint8Array[], Map<string, Map<string, Uint8Array>>>();

function freshExport(journal: TestJournal): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>([
    ["checkpoint", toUtf8(makeCheckpoint(journal.key, journal.leaves))],
    ["keys", toUtf8(`${journal.key.vkey}\n`)],
  ]);
  const place = (number: number): string => {
    const digits = String(number).padStart(Math.ceil(String(number).length / 3) * 3, "0");
    return digits.match(/.../g)!.map((group, at, all) => (at + 1 < all.length ? `x${group}` : group)).join("/");
  };
  const put = (folder: string, number: number, parts: Uint8Array[]) =>
    files.set(`tile/${folder}/${place(number)}${parts.length === 256 ? "" : `.p/${parts.length}`}`, joined(...parts));
  const bundled = journal.leaves.map((leaf) => joined(Uint8Array.of(leaf.length >> 8, leaf.length & 255), leaf));
  for (let at = 0; at < bundled.length; at += 256) put("entries", at / 256, bundled.slice(at, at + 256));
  let width = 1;
  for (let level = 0; width <= journal.leaves.length; level += 1, width *= 256) {
    const row = Array.from({ length: Math.floor(journal.leaves.length / width) }, (_hash, at) => slowRoot(journal.leaves.slice(at * width, (at + 1) * width)));
    for (let at = 0; at < row.length; at += 256) put(String(level), at / 256, row.slice(at, at + 256));
  }
  return files;
}

export const mapSource = (files: Map<string, Uint8Array>): Source => ({ name: "memory", read: async (path) => files.get(path) ?? null });
