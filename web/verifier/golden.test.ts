// @vitest-environment node
// Proof files that both verifiers judge: written by the other one, which was made without this one.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkSignatures, parseCheckpoint, parseKeys } from "./checkpoint.ts";
import { judgeProof } from "./proof.ts";

interface Entry {
  file: string;
  // The word of the other verifier.
  judgement: string;
  opened: boolean;
  // "form: a carriage return"
  why: string;
}

const folder = fileURLToPath(new URL("../../tests/golden/journal", import.meta.url));
const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const entries = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as Entry[];
const keys = parseKeys(readFileSync(join(folder, "keys"), "utf8"));

describe("golden proof files", () => {
  it("are all there", () => {
    expect(entries.length).toBeGreaterThanOrEqual(60);
    const proofs = readdirSync(folder).filter((name) => name.endsWith(".proof"));
    expect(entries.map(({ file }) => file).sort()).toEqual(proofs.sort());
  });

  it.each(entries)("$file is judged alike: $judgement, $why", ({ file, judgement: word, opened }) => {
    const judgement = judgeProof(read(file), keys);
    expect(judgement.good ? "good" : judgement.word).toBe(word);
    if (judgement.good) expect(judgement.proof.opening !== null).toBe(opened);
  });

  it("rest on heads that are signed", () => {
    const heads = readdirSync(folder).filter((name) => name.startsWith("checkpoint-"));
    expect(heads.length).toBeGreaterThan(0);
    for (const name of heads) {
      const head = parseCheckpoint(read(name));
      expect([name, String(head.size)]).toEqual([name, name.replace("checkpoint-", "")]);
      expect(checkSignatures(head, keys).name).toBe(head.origin);
    }
  });
});
