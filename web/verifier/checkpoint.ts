// checkpoint.ts - signed tree heads and the keys that sign them.
//
// Formats: C2SP tlog-checkpoint and signed-note, as narrowed in docs/formats/journal.md.
import { hashes, verify } from "@noble/ed25519";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { equal, fromBase64, fromUtf8, joined, toHex, toUtf8 } from "./bytes.ts";
import { Lines } from "./lines.ts";
import { Refusal } from "./refusal.ts";

// No subtle crypto: it does not exist on pages that came without TLS, and not everywhere knows Ed25519.
hashes.sha512 = sha512;

const mostSignatures = 64;
const mostKeys = 100;
const longestKeyLine = 1000;
export const largestCheckpoint = 64 << 10;

// VCHAR except "+".
const keyName = /^[!-*,-~]+$/;

export interface VerifierKey {
  name: string;
  // Four bytes in hexadecimal.
  hash: string;
  publicKey: Uint8Array;
  // The line itself.
  text: string;
}

export interface Signature {
  name: string;
  keyHash: string;
  // What follows the key hash: 64 bytes of an Ed25519 signature, other lengths of other kinds of key.
  bytes: Uint8Array;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
  // What is signed.
  body: string;
  signatures: Signature[];
  // The whole of it.
  text: string;
}

// Null where the line is no verifier key, or one of another algorithm.
export function parseKey(line: string): VerifierKey | null {
  if (line.length > longestKeyLine) return null;
  const [name = "", hash = ""] = line.split("+", 2);
  if (!keyName.test(name) || !/^[0-9a-f]{8}$/.test(hash)) return null;
  const key = fromBase64(line.slice(name.length + hash.length + 2));
  if (key?.length !== 33 || key[0] !== 1) return null;
  const made = sha256(joined(toUtf8(`${name}\n`), key)).subarray(0, 4);
  return toHex(made) === hash ? { name, hash, publicKey: key.subarray(1), text: line } : null;
}

// One key a line.  Blanks around a line do no harm: keys are typed off newspapers.
export function parseKeys(text: string): VerifierKey[] {
  const lines = text.slice(0, longestKeyLine * mostKeys).split("\n").map((line) => line.trim());
  const keys = lines
    .map((line, at) => {
      if (line === "") return null;
      const key = parseKey(line);
      if (!key) throw new Refusal("malformed", `line ${at + 1}: it is not a verifier key`, { line: at + 1 });
      return key;
    })
    .filter((key) => key !== null);
  if (keys.length === 0 || keys.length > mostKeys) throw new Refusal("malformed", `there are ${keys.length} verifier keys`);
  return keys;
}

export function readCheckpoint(lines: Lines): Checkpoint {
  const begin = lines.position;
  const origin = lines.plain(lines.next("the origin"));
  const size = lines.count(lines.next("the size"));
  const root = lines.bytes(lines.next("the root"), 32);
  const body = lines.text.slice(begin, lines.position);
  lines.exact("");
  const signatures: Signature[] = [];
  do {
    const line = lines.next("a signature");
    const [dash, name = "", encoded = "", more] = line.split(" ", 4);
    if (dash !== "—" || more !== undefined) lines.refuse("it is not a signature");
    if (!keyName.test(name)) lines.refuse("a name of a key holds letters that it may not");
    const bytes = lines.bytes(encoded);
    if (bytes.length < 5) lines.refuse("a signature is too short");
    if (signatures.length === mostSignatures) lines.refuse(`there are more than ${mostSignatures} signatures`);
    signatures.push({ name, keyHash: toHex(bytes.subarray(0, 4)), bytes: bytes.subarray(4) });
  } while (lines.nextStartsWith("—"));
  return { origin, size, root, body, signatures, text: lines.text.slice(begin, lines.position) };
}

export function parseCheckpoint(input: Uint8Array | string): Checkpoint {
  const text = typeof input === "string" ? input : input.length > largestCheckpoint ? null : fromUtf8(input);
  if (text === null || text.length > largestCheckpoint) throw new Refusal("malformed", "the checkpoint is not a text of at most 64 KiB");
  const lines = new Lines(text);
  const checkpoint = readCheckpoint(lines);
  lines.end();
  return checkpoint;
}

function isSignedBy(key: VerifierKey, signature: Signature, message: Uint8Array): boolean {
  return signature.bytes.length === 64 && verify(signature.bytes, message, key.publicKey, { zip215: false });
}

// The key that has signed it in the name of the journal.  A signature that names a key at hand must be
// of that key, whoever else has signed.
export function checkSignatures(checkpoint: Checkpoint, keys: readonly VerifierKey[]): VerifierKey {
  const message = toUtf8(checkpoint.body);
  let signer: VerifierKey | null = null;
  for (const signature of checkpoint.signatures) {
    const named = keys.filter((key) => key.name === signature.name && key.hash === signature.keyHash);
    if (named.length === 0) continue;
    const key = named.find((one) => isSignedBy(one, signature, message));
    if (!key) throw new Refusal("bad-signature", `the signature of ${signature.name} (key ${signature.keyHash}) is not of that key`);
    if (key.name === checkpoint.origin) signer ??= key;
  }
  if (signer) return signer;
  const told = [...new Set(checkpoint.signatures.map(({ name, keyHash }) => `${name} (key ${keyHash})`))].slice(0, 3).join(", ");
  throw new Refusal("unknown-key", `none of the keys at hand has signed in the name of ${checkpoint.origin}; signed by ${told}`);
}

// What two heads of a journal say about each other without a proof of consistency: nothing more where
// their sizes differ ("not compared").
export function compareHeads(one: Checkpoint, other: Checkpoint): "same" | "not compared" {
  if (one.origin !== other.origin) throw new Refusal("other-journal", `one head is of ${one.origin}, the other of ${other.origin}`);
  if (one.size !== other.size) return "not compared";
  if (!equal(one.root, other.root)) throw new Refusal("forked", `two heads of size ${one.size} have different roots`);
  return "same";
}
