// judge.ts - everything that the page finds out about a file, as one value: good and how, or bad and why.
import { checkSignatures, compareHeads, parseCheckpoint, type Checkpoint, type VerifierKey } from "@verifier/checkpoint.ts";
import { judgeProof, type Proof } from "@verifier/proof.ts";
import { isPdf, largestPdf, proofInPdf } from "@verifier/receipt_pdf.ts";
import { Refusal } from "@verifier/refusal.ts";
import { toBase64 } from "@verifier/bytes.ts";
import type { VerifyWords } from "../../language/verify_vi.ts";

export type Reason = keyof VerifyWords["reasons"];

export type Verdict =
  | { good: true; proof: Proof; key: VerifierKey; paper: boolean; head: "same" | "grown" | "unknown"; newest: Checkpoint | null }
  // `detail`: the verifier's own sentence, for whoever helps.
  | { good: false; reason: Reason; detail: string; proof: Proof | null };

const bad = (reason: Reason, detail = "", proof: Proof | null = null): Verdict => ({ good: false, reason, detail, proof });

// The proof in what a person chose; a verdict where there is none to judge.
export async function takeProof(file: Blob): Promise<Uint8Array | Verdict> {
  if (file.size > largestPdf) return bad("tooLarge");
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isPdf(bytes)) return bytes;
  return (await proofInPdf(bytes)) ?? bad("noProof");
}

// base64url without padding, as the QR code has it, or its beginning.
const agrees = (hash: Uint8Array, printed: string): boolean => toBase64(hash).replace(/\+/g, "-").replace(/\//g, "_").startsWith(printed);

export interface Evidence {
  proof: Uint8Array;
  keys: readonly VerifierKey[];
  // Leaf hash of the QR code on paper.
  printed: string | null;
  // The newest head of the server, as text.
  newest: string | null;
}

export function judge({ proof: bytes, keys, printed, newest }: Evidence): Verdict {
  const judgement = judgeProof(bytes, keys);
  // Words of witnesses and audits do not come out of a proof.
  if (!judgement.good) return bad(judgement.word as Reason, judgement.sentence, judgement.proof);
  const { proof, key } = judgement;
  if (printed !== null && !agrees(proof.leafHash, printed)) return bad("qr-differs", "", proof);
  const compared = compareWithNewest(proof, newest, keys);
  if (compared === "rolled-back" || compared === "forked") return bad(compared, "", proof);
  return { good: true, proof, key, paper: printed !== null, ...compared };
}

type Compared = Pick<Extract<Verdict, { good: true }>, "head" | "newest">;

// A head that is signed and of the same origin: the server at hand may be another one than the proof's.
function compareWithNewest(proof: Proof, text: string | null, keys: readonly VerifierKey[]): "rolled-back" | "forked" | Compared {
  const unknown: Compared = { head: "unknown", newest: null };
  if (text === null) return unknown;
  try {
    const newest = parseCheckpoint(text);
    if (newest.origin !== proof.checkpoint.origin) return unknown;
    checkSignatures(newest, keys);
    if (newest.size < proof.checkpoint.size) return "rolled-back";
    return { head: compareHeads(newest, proof.checkpoint) === "same" ? "same" : "grown", newest };
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.word === "forked" ? "forked" : unknown;
    throw thrown;
  }
}
