// @vitest-environment node
import { describe, expect, it } from "vitest";
import { fromUtf8, toBase64, toUtf8 } from "./bytes.ts";
import { parseCheckpoint, parseKeys } from "./checkpoint.ts";
import { judgeProof, parseProof } from "./proof.ts";
import { Refusal } from "./refusal.ts";
import { leafText, makeCheckpoint, makeJournal, makeKey, makeProof, makeRecord, openingText, sha256, signatureLine } from "./testing_journal.ts";

const journal = makeJournal(11);
const keys = parseKeys(journal.key.vkey);
const good = makeProof(journal, 3);

const judge = (text: Uint8Array | string, trusted = keys) => {
  const judgement = judgeProof(text, trusted);
  return judgement.good ? "good" : judgement.word;
};

describe("a proof", () => {
  it("of every record is good, with and without its content", () => {
    for (let index = 0; index < 11; index += 1) {
      expect(judge(makeProof(journal, index))).toBe("good");
      expect(judge(makeProof(journal, index, { opening: "" }))).toBe("good");
    }
  });

  it("says what happened, when and under which head", () => {
    const judgement = judgeProof(toUtf8(good), keys);
    expect(judgement.good).toBe(true);
    if (!judgement.good) return;
    const { leaf, opening, index, checkpoint } = judgement.proof;
    expect(leaf).toMatchObject({ tenant: "H41", kind: "event", subject: "d1", sequence: 1, type: "filed", number: "H41.101-261122-0002", at: 1_795_000_183_000 });
    expect(opening?.actor).toEqual({ kind: "0", id: "", name: "Trần Thị Hoa", agency: "" });
    expect(JSON.parse(opening?.payload ?? "")).toEqual({ channel: "online", note: "số 3" });
    expect([index, checkpoint.size, checkpoint.origin]).toEqual([3, 11, "motcua.nghean.example/H41"]);
    expect(judgement.key.text).toBe(journal.key.vkey);
  });

  it("is refused after any single bit of it was turned", () => {
    const bytes = toUtf8(good);
    const accepted: string[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      if (judge(bytes) === "good") accepted.push(`byte ${bit >> 3}, bit ${bit & 7}`);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(accepted).toEqual([]);
    expect(judge(bytes)).toBe("good");
  }, 120_000);

  it("is refused cut short at any place, and with anything after its end", () => {
    for (let length = 0; length < good.length; length += 1) expect([length, judge(good.slice(0, length))]).toEqual([length, "malformed"]);
    for (const more of ["\n", " ", "x", "\0", good]) expect(judge(good + more)).toBe("malformed");
  });
});

describe("what is wrong with a proof is said in one word", () => {
  it("content-differs: another salt, actor or payload", () => {
    const record = journal.records[3]!;
    for (const change of [{ payload: "{}" }, { salt: new Uint8Array(16) }, { actor: ["0", "", "Trần Thị Hoá", ""] as [string, string, string, string] }]) {
      expect(judge(makeProof(journal, 3, { opening: openingText({ ...record, ...change }) }))).toBe("content-differs");
    }
    // Texts that run into each other are told apart by their lengths.
    expect(judge(makeProof(journal, 3, { opening: openingText({ ...record, actor: ["0", "", "Trần Thị Ho", "a"] }) }))).toBe("content-differs");
  });

  it("not-in-tree: another leaf, place or path", () => {
    const path = parseProof(good).path.map(toBase64);
    expect(judge(makeProof(journal, 3, { leaf: leafText(makeRecord(3, { at: 1 })), opening: "" }))).toBe("not-in-tree");
    for (const index of ["2", "4", "10", "11", "9007199254740991"]) expect([index, judge(makeProof(journal, 3, { index }))]).toEqual([index, "not-in-tree"]);
    for (const other of [[], path.slice(1), [...path].reverse(), [...path, path[0]!]]) expect(judge(makeProof(journal, 3, { path: other }))).toBe("not-in-tree");
  });

  it("unknown-key: signed by others only", () => {
    const stranger = makeKey(journal.key.name, 8);
    expect(judge(good, parseKeys(stranger.vkey))).toBe("unknown-key");
    const witness = makeKey("witness.example", 9);
    // A witness's signature does not stand for the journal's own.
    const { body } = parseProof(good).checkpoint;
    expect(judge(makeProof(journal, 3, { checkpoint: `${body}\n${signatureLine(witness, body)}` }), parseKeys(`${journal.key.vkey}\n${witness.vkey}`))).toBe("unknown-key");
  });

  it("bad-signature: a key at hand is named and has not signed", () => {
    const larger = makeCheckpoint(journal.key, makeJournal(12).leaves);
    const signature = /— .*\n/.exec(larger)![0];
    const { body } = parseProof(good).checkpoint;
    expect(judge(makeProof(journal, 3, { checkpoint: `${body}\n${signature}` }))).toBe("bad-signature");
    // Even beside a good one.
    expect(judge(makeProof(journal, 3, { checkpoint: `${body}\n${signatureLine(journal.key, body)}${signature}` }))).toBe("bad-signature");
  });

  it("forked and other-journal: beside a head that was kept", () => {
    const kept = (text: string) => {
      const judgement = judgeProof(good, keys, parseCheckpoint(text));
      return judgement.good ? judgement.older : judgement.word;
    };
    expect(kept(makeCheckpoint(journal.key, journal.leaves))).toBe("same");
    expect(kept(makeCheckpoint(journal.key, journal.leaves.slice(1)))).toBe("not compared");
    expect(kept(makeCheckpoint(journal.key, [...journal.leaves].reverse()))).toBe("forked");
    expect(kept(makeCheckpoint(makeKey("elsewhere.example"), journal.leaves))).toBe("other-journal");
  });
});

describe("signatures of others", () => {
  it("do no harm, known or unknown, of whatever kind", () => {
    const witness = makeKey("witness.example", 9);
    const checkpoint = makeCheckpoint(journal.key, journal.leaves, witness);
    expect(judge(makeProof(journal, 3, { checkpoint }))).toBe("good");
    expect(judge(makeProof(journal, 3, { checkpoint }), parseKeys(`${witness.vkey}\n${journal.key.vkey}`))).toBe("good");
    const cosignature = `— other.example ${toBase64(new Uint8Array(76).fill(3))}\n`;
    expect(judge(makeProof(journal, 3, { checkpoint: checkpoint + cosignature }))).toBe("good");
  });

  it("are at most sixty-four", () => {
    const one = `— other.example ${toBase64(new Uint8Array(68))}\n`;
    const checkpoint = makeCheckpoint(journal.key, journal.leaves);
    expect(judge(makeProof(journal, 3, { checkpoint: checkpoint + one.repeat(63) }))).toBe("good");
    expect(judge(makeProof(journal, 3, { checkpoint: checkpoint + one.repeat(64) }))).toBe("malformed");
  });
});

describe("hostile input", () => {
  const malformed: [string, string][] = [
    ["line ends of another system", good.replaceAll("\n", "\r\n")],
    ["a byte-order mark", `\ufeff${good}`],
    ["no text at all", ""],
    ["a field twice", good.replace("tenant H41\n", "tenant H41\ntenant H41\n")],
    ["a field too many", good.replace("tenant H41\n", "tenant H41\nagency H41\n")],
    ["a field in capitals", good.replace("tenant ", "TENANT ")],
    ["fields in another order", good.replace(/(kind .*\n)(subject .*\n)/, "$2$1")],
    ["an unknown kind", good.replace("kind event", "kind secret")],
    ["a huge number", good.replace(/^at .*$/m, `at ${"9".repeat(400)}`)],
    ["a number beyond what can be counted", good.replace(/^index .*$/m, "index 9007199254740992")],
    ["a number with a zero before it", good.replace(/^index /m, "index 0")],
    ["a number with a sign", good.replace(/^index /m, "index +")],
    ["a fraction", good.replace(/^sequence .*$/m, "sequence 1.5")],
    ["a digit of another script", good.replace(/^sequence .*$/m, "sequence ١")],
    ["an empty text", good.replace(/^tenant .*$/m, "tenant ")],
    ["a control character", good.replace(/^tenant .*$/m, "tenant H\t41")],
    ["a capital in the content hash", good.replace(/^content .*$/m, (line) => line.replace(/[a-f]/, (letter) => letter.toUpperCase()))],
    ["an actor of three parts", good.replace(/^actor (\S+) \S+ /m, "actor $1 ")],
    ["an actor of five parts", good.replace(/^actor /m, "actor - ")],
    ["a salt that is too long", good.replace(/^salt .*$/m, `salt ${toBase64(new Uint8Array(17))}`)],
    ["a deep path", makeProof(journal, 3, { path: Array.from({ length: 5000 }, () => toBase64(new Uint8Array(32))) })],
    ["a hash of 31 bytes", makeProof(journal, 3, { path: [toBase64(new Uint8Array(31))] })],
    ["a leaf that is too long", good.replace(/^subject .*$/m, `subject ${"d".repeat(4_000)}`)],
    ["no signature", makeProof(journal, 3, { checkpoint: parseProof(good).checkpoint.body + "\n" })],
    ["a head of four lines", good.replace(/\n(\d+)\n([A-Za-z0-9+/]{43}=)\n\n—/, "\n$1\n$2\nmore\n\n—")],
    ["a short dash before the signature", good.replace("—", "-")],
    ["ten million letters", "a".repeat(10_000_000)],
    ["ten million letters after a good beginning", `motcua-proof-v1\nsalt ${"A".repeat(10_000_000)}\n`],
    ["a million empty lines", `motcua-proof-v1\n${"\n".repeat(1_000_000)}`],
    ["a time stamp that is none", makeProof(journal, 3, { more: `\ntimestamp ${toBase64(new Uint8Array(40).fill(0x30))}\n` })],
  ];
  it.each(malformed)("%s is refused", (_what, text) => {
    const started = performance.now();
    expect(judge(text)).toBe("malformed");
    expect(judge(toUtf8(text))).toBe("malformed");
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("is refused as bytes that are no text", () => {
    expect(judge(Uint8Array.from({ length: 3000 }, (_byte, at) => (at * 167) & 255))).toBe("malformed");
    expect(judge(new Uint8Array(5 << 20))).toBe("malformed");
  });

  it("names the line that is wrong", () => {
    const judgement = judgeProof(good.replace("kind event", "kind secret"), keys);
    expect(judgement.good === false && judgement.place.line).toBe(good.split("\n").indexOf("kind event") + 1);
  });
});

describe("letters", () => {
  it("that are composed and those that are not are different texts", () => {
    const decomposed = makeRecord(0, { subject: "hồ-sơ-Đức".normalize("NFD"), actor: ["0", "", "Trần Đức".normalize("NFD"), ""] });
    const one = { ...journal, records: [decomposed], leaves: [toUtf8(leafText(decomposed))] };
    const proof = makeProof(one, 0);
    expect(judge(proof)).toBe("good");
    expect(judge(proof.normalize("NFC"))).toBe("not-in-tree");
    const composed = openingText({ ...decomposed, actor: ["0", "", "Trần Đức", ""] });
    expect(judge(makeProof(one, 0, { opening: composed }))).toBe("content-differs");
  });
});

describe("verifier keys", () => {
  it("are told by their own hash", () => {
    expect(parseKeys(`\n  ${journal.key.vkey}  \r\n`)[0]?.name).toBe("motcua.nghean.example/H41");
    const vkey = journal.key.vkey;
    const [name, hash, key] = [vkey.split("+")[0]!, vkey.split("+")[1]!, vkey.slice(vkey.split("+").slice(0, 2).join("+").length + 1)];
    const wrong = ["", "x", vkey.slice(1), vkey.slice(0, -4), `${name}+00000000+${key}`, `${name}+${hash.toUpperCase()}x+${key}`, `${name} +${hash}+${key}`, "x".repeat(100_000)];
    for (const text of wrong) expect(() => parseKeys(text)).toThrow(Refusal);
  });

  it("of another algorithm are none", () => {
    const tagged = toUtf8("\u0002" + "k".repeat(32));
    const hash = Buffer.from(sha256(toUtf8("a\n"), tagged).subarray(0, 4)).toString("hex");
    expect(() => parseKeys(`a+${hash}+${toBase64(tagged)}`)).toThrow(Refusal);
  });
});

it("A proof file is a text that people can read", () => {
  expect(fromUtf8(toUtf8(good))).toContain("type filed\nnumber H41.101-261122-0002\n");
});
