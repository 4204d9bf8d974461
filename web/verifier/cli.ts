// cli.ts - the verifier on a command line: the same words and exit codes as `motcua journal`.
//
// Exit 0: good; 1: bad; 2: it could not be looked at (wrong arguments, a file that is not there).
import { rename, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { audit } from "./audit.ts";
import { fromUtf8 } from "./bytes.ts";
import { largestCheckpoint, parseCheckpoint, parseKeys, type Checkpoint, type VerifierKey } from "./checkpoint.ts";
import { TooLarge, readFileUpTo, sourceAt } from "./node_source.ts";
import { judgeProof, type Proof } from "./proof.ts";
import { isPdf, largestPdf, proofInPdf } from "./receipt_pdf.ts";
import { Refusal } from "./refusal.ts";
import { follow } from "./witness.ts";

const usage = `motcua-verifier - checks what a journal of Một Cửa says, without its store

  check-proof FILE --key KEYS [--checkpoint OLD]   a proof file, or a receipt (PDF) that carries one
  witness PLACE --key KEYS --state FILE            the newest head continues the last one seen; keeps it in FILE
  audit PLACE --key KEYS [--checkpoint OLD]...     every record of an export, up to the signed head

  PLACE       folder or http(s) address of an export (motcua journal export)
  KEYS        file with verifier keys, one a line
  OLD, FILE   file with a checkpoint that was seen before

Prints "good: ..." or "bad: WORD: ...". Exit 0 good, 1 bad, 2 when it could not be looked at.
`;

class Unusable extends Error {}

async function readInput(path: string, most: number): Promise<Uint8Array> {
  const bytes = await readFileUpTo(path, most);
  if (!bytes) throw new Unusable(`${path} is not there`);
  return bytes;
}

async function readKeys(path: string | undefined): Promise<VerifierKey[]> {
  if (path === undefined) throw new Unusable("--key is needed: the file with the keys that you trust");
  const text = fromUtf8(await readInput(path, 1 << 20));
  try {
    return parseKeys(text ?? "");
  } catch (thrown) {
    if (thrown instanceof Refusal) throw new Unusable(`${path}: ${thrown.sentence}`);
    throw thrown;
  }
}

const readHead = async (path: string): Promise<Checkpoint> => parseCheckpoint(await readInput(path, largestCheckpoint));

const moment = (at: number): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? `${at} ms` : date.toISOString();
};

function tellProof(proof: Proof, signer: VerifierKey, older: string | null): string {
  const { leaf, checkpoint, opening, timestamp } = proof;
  const lines = [
    `good: ${leaf.kind} ${leaf.sequence} of ${leaf.subject} (${leaf.type}${leaf.number ? `, ${leaf.number}` : ""}) at ${moment(leaf.at)} is leaf ${proof.index} of ${checkpoint.origin}, size ${checkpoint.size}`,
    `signed by ${signer.name}+${signer.hash}`,
  ];
  if (opening) lines.push(`content as opened: actor ${JSON.stringify(opening.actor)}, payload of ${opening.payload.length} characters`);
  if (timestamp) lines.push(`stamped ${timestamp.at.toISOString()} (the authority's signature was not checked)`);
  if (older === "same") lines.push("the older checkpoint is this very head");
  if (older === "not compared") lines.push("the older checkpoint has another size: a proof file alone cannot compare them, `witness` or `audit` can");
  return lines.join("\n");
}

async function checkProofFile(file: string, keys: VerifierKey[], olderPath: string | undefined): Promise<string> {
  const older = olderPath === undefined ? null : await readHead(olderPath);
  const bytes = await readInput(file, largestPdf);
  const proof = isPdf(bytes) ? await proofInPdf(bytes) : bytes;
  if (!proof) throw new Unusable(`${file} is a PDF without a proof attached`);
  const judgement = judgeProof(proof, keys, older);
  if (!judgement.good) throw new Refusal(judgement.word, judgement.sentence, judgement.place);
  return tellProof(judgement.proof, judgement.key, judgement.older);
}

async function followOnce(place: string, keys: VerifierKey[], state: string): Promise<string> {
  const kept = await readFileUpTo(state, largestCheckpoint);
  const last = kept ? parseCheckpoint(kept) : null;
  const { checkpoint, key, news } = await follow(sourceAt(place), keys, last);
  // The last head that was seen is never lost: the new one takes its place whole.
  await writeFile(`${state}.new`, checkpoint.text, { flush: true });
  await rename(`${state}.new`, state);
  const told = { first: "first head seen", same: `still at size ${checkpoint.size}`, grown: `grown from ${last?.size} to ${checkpoint.size}` }[news];
  return `good: ${checkpoint.origin}, ${told}, size ${checkpoint.size}\nsigned by ${key.name}+${key.hash}`;
}

async function auditAll(place: string, keys: VerifierKey[], olderPaths: string[]): Promise<string> {
  const older = await Promise.all(olderPaths.map(readHead));
  const { checkpoint, key, counts, subjects } = await audit(sourceAt(place), keys, { older });
  const told = `${counts.event} events, ${counts.access} accesses, ${counts.calendar} calendar records of ${subjects} subjects`;
  return `good: ${checkpoint.origin}, size ${checkpoint.size}: ${told}\nsigned by ${key.name}+${key.hash}`;
}

export async function run(words: string[]): Promise<{ text: string; status: 0 | 1 | 2 }> {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { key: { type: "string" }, checkpoint: { type: "string", multiple: true }, state: { type: "string" }, help: { type: "boolean" } },
    });
    const [task, place, more] = positionals;
    if (values.help) return { text: usage.trimEnd(), status: 0 };
    if (place === undefined || more !== undefined) throw new Unusable("say what to look at");
    const older = values.checkpoint ?? [];
    const keys = await readKeys(values.key);
    if (task === "check-proof" && older.length <= 1) return { text: await checkProofFile(place, keys, older[0]), status: 0 };
    if (task === "audit") return { text: await auditAll(place, keys, older), status: 0 };
    if (task === "witness") {
      if (values.state === undefined) throw new Unusable("--state is needed: the file that keeps the last head");
      return { text: await followOnce(place, keys, values.state), status: 0 };
    }
    throw new Unusable(`there is no task ${task}`);
  } catch (thrown) {
    if (thrown instanceof Refusal) return { text: `bad: ${thrown.word}: ${thrown.sentence}`, status: 1 };
    // More bytes than any honest file has.
    if (thrown instanceof TooLarge) return { text: `bad: malformed: ${thrown.message}`, status: 1 };
    return { text: `motcua-verifier: ${(thrown as Error).message}\n\n${usage}`, status: 2 };
  }
}
