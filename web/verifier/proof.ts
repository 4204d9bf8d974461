// proof.ts - the proof file that a citizen keeps: one leaf, its place in the tree, and a signed head.
//
//   const judgement = judgeProof(bytes, parseKeys(text));
//   if (judgement.good) ... judgement.proof.leaf.number ... else ... judgement.word
import { sha256 } from "@noble/hashes/sha2.js";
import { equal, fromUtf8, toUtf8 } from "./bytes.ts";
import { checkSignatures, compareHeads, readCheckpoint, type Checkpoint, type VerifierKey } from "./checkpoint.ts";
import { hashContent, readOpening, type Opening } from "./content.ts";
import { largestLeaf, readLeaf, type Leaf } from "./leaf.ts";
import { Lines } from "./lines.ts";
import { hashLeaf, hashLength, longestPath, rootOfPath } from "./merkle.ts";
import { Refusal, type Place, type Word } from "./refusal.ts";
import { readTimestamp, type Timestamp } from "./timestamp.ts";

export const largestProof = 4 << 20;
export const firstLine = "motcua-proof-v1";

export interface Proof {
  // What the record says; without it the proof says only that it was and when.
  opening: Opening | null;
  leaf: Leaf;
  leafHash: Uint8Array;
  // Place of the leaf in the tree, from 0.
  index: number;
  path: Uint8Array[];
  checkpoint: Checkpoint;
  timestamp: Timestamp | null;
}

export type Judgement =
  | { good: true; proof: Proof; key: VerifierKey; older: "same" | "not compared" | null }
  | { good: false; word: Word; sentence: string; place: Place; proof: Proof | null };

export function parseProof(input: Uint8Array | string): Proof {
  const text = input.length > largestProof ? null : typeof input === "string" ? input : fromUtf8(input);
  if (text === null) throw new Refusal("malformed", "the file is not a text of at most 4 MiB");
  const lines = new Lines(text);
  lines.exact(firstLine);
  const opening = lines.nextStartsWith("salt ") ? readOpening(lines) : null;
  lines.exact("");
  const begin = lines.position;
  const leaf = readLeaf(lines);
  const leafText = toUtf8(text.slice(begin, lines.position));
  if (leafText.length > largestLeaf) lines.refuse("the leaf is longer than 4,096 bytes");
  lines.exact("");
  lines.exact("c2sp.org/tlog-proof@v1");
  const index = lines.numberMember("index");
  const path: Uint8Array[] = [];
  for (let line = lines.next("the audit path"); line !== ""; line = lines.next("the audit path")) {
    if (path.length === longestPath) lines.refuse("the audit path is longer than that of any tree");
    path.push(lines.bytes(line, hashLength));
  }
  const checkpoint = readCheckpoint(lines);
  let timestamp: Timestamp | null = null;
  if (!lines.atEnd) {
    lines.exact("");
    timestamp = readTimestamp(lines.bytesMember("timestamp"));
  }
  lines.end();
  return { opening, leaf, leafHash: hashLeaf(leafText), index, path, checkpoint, timestamp };
}

// Does everything that a parsed proof says follow from what the key has signed?
function checkProof(proof: Proof, keys: readonly VerifierKey[]): VerifierKey {
  const { opening, leaf, checkpoint, timestamp } = proof;
  if (opening && !equal(hashContent(opening), leaf.contentHash)) throw new Refusal("content-differs", "the content is not what the leaf commits to");
  const key = checkSignatures(checkpoint, keys);
  const root = rootOfPath(proof.index, checkpoint.size, proof.leafHash, proof.path);
  if (!root || !equal(root, checkpoint.root)) {
    throw new Refusal("not-in-tree", `the path does not lead from leaf ${proof.index} to the root of the tree of ${checkpoint.size}`, { index: proof.index });
  }
  if (timestamp && !equal(timestamp.hash, sha256(toUtf8(checkpoint.text)))) throw new Refusal("timestamp-differs", "the time stamp is over another text");
  return key;
}

// `older`: a head that was kept, for example printed in a newspaper; compared where the sizes agree.
export function judgeProof(input: Uint8Array | string, keys: readonly VerifierKey[], older: Checkpoint | null = null): Judgement {
  let proof: Proof | null = null;
  try {
    proof = parseProof(input);
    const key = checkProof(proof, keys);
    return { good: true, proof, key, older: older ? compareHeads(proof.checkpoint, older) : null };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { good: false, word: thrown.word, sentence: thrown.sentence, place: thrown.place, proof };
  }
}
