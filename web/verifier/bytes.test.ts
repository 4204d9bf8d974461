// @vitest-environment node
import { describe, expect, it } from "vitest";
import { fromBase64, fromHex, fromUtf8, toBase64, toHex, toUtf8 } from "./bytes.ts";
import { dice } from "./testing_journal.ts";

describe("base64", () => {
  it("goes there and back, as Node does it", () => {
    const roll = dice(42);
    for (let length = 0; length < 200; length += 1) {
      const bytes = Uint8Array.from({ length }, () => roll(256));
      const text = Buffer.from(bytes).toString("base64");
      expect(toBase64(bytes)).toBe(text);
      expect([...fromBase64(text)!]).toEqual([...bytes]);
    }
  });

  it("has one way to write a thing", () => {
    for (const text of ["A", "AA", "AAA", "AB==", "AAB=", "AA=A", "=AAA", "A===", "====", "AA==AAAA", "AA-_", "AA A", "AAA\n", "ÁAAA", "AAA\u0100"]) {
      expect([text, fromBase64(text)]).toEqual([text, null]);
    }
  });
});

it("Hexadecimal is lower case and whole", () => {
  expect(toHex(fromHex("00ff10")!)).toBe("00ff10");
  for (const text of ["0", "0G", "FF", " 00", "0x00"]) expect([text, fromHex(text)]).toEqual([text, null]);
});

it("UTF-8 is taken as it is: neither composed nor mended, its byte-order mark kept", () => {
  for (const text of ["Trần Đức", "Trần Đức".normalize("NFD"), "\ufeffx"]) expect(fromUtf8(toUtf8(text))).toBe(text);
  expect(fromUtf8(Uint8Array.of(0xc3, 0x28))).toBeNull();
  expect(fromUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toBeNull();
  expect(fromUtf8(Uint8Array.of(0xc0, 0x80))).toBeNull();
});
