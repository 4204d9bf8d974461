// @vitest-environment node
import { describe, expect, it } from "vitest";
import { joined, toBase64, toHex, toUtf8 } from "./bytes.ts";
import { parseKeys } from "./checkpoint.ts";
import { judgeProof } from "./proof.ts";
import { Refusal } from "./refusal.ts";
import { makeCheckpoint, makeJournal, makeProof, sha256 } from "./testing_journal.ts";
import { readTimestamp } from "./timestamp.ts";

// One DER element.
function der(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const content = joined(...parts);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255];
  return joined(Uint8Array.of(tag, ...length), content);
}
const objectId = (hex: string) => der(0x06, Buffer.from(hex, "hex"));

// A token as RFC 3161 has it, over `hash`, with the parts that nobody here reads left short.
function token(hash: Uint8Array, time = "20261122150405.25Z"): Uint8Array {
  const imprint = der(0x30, der(0x30, objectId("608648016503040201"), der(0x05)), der(0x04, hash));
  const stamp = der(0x30, der(0x02, Uint8Array.of(1)), objectId("2a0304"), imprint, der(0x02, Uint8Array.of(9)), der(0x18, toUtf8(time)));
  const wrapped = der(0x30, objectId("2a864886f70d0109100104"), der(0xa0, der(0x04, stamp)));
  const signed = der(0x30, der(0x02, Uint8Array.of(3)), der(0x31), wrapped, der(0x31));
  return der(0x30, objectId("2a864886f70d010702"), der(0xa0, signed));
}

describe("a time stamp", () => {
  const hash = sha256(toUtf8("head"));

  it("says over what it is and when it was made", () => {
    const stamp = readTimestamp(token(hash));
    expect(toHex(stamp.hash)).toBe(toHex(hash));
    expect(stamp.at.toISOString()).toBe("2026-11-22T15:04:05.250Z");
  });

  it("is refused cut short anywhere, or with another time than there is", () => {
    const whole = token(hash);
    for (let length = 0; length < whole.length; length += 1) {
      // What is cut off at the end is not read: only its lengths tell.
      expect(() => readTimestamp(whole.subarray(0, length))).toThrow(Refusal);
    }
    for (const time of ["20261322150405Z", "2026112215040Z", "20261122150405", "x"]) expect(() => readTimestamp(token(hash, time))).toThrow(Refusal);
  });

  it("on a proof must be over the checkpoint that stands there", () => {
    const journal = makeJournal(5);
    const keys = parseKeys(journal.key.vkey);
    const judge = (stamp: Uint8Array) => judgeProof(makeProof(journal, 2, { more: `\ntimestamp ${toBase64(stamp)}\n` }), keys);
    const right = judge(token(sha256(toUtf8(makeCheckpoint(journal.key, journal.leaves)))));
    expect(right.good && right.proof.timestamp?.at.getUTCFullYear()).toBe(2026);
    expect(judge(token(hash))).toMatchObject({ good: false, word: "timestamp-differs" });
  });
});
