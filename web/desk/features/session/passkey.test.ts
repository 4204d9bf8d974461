import { describe, expect, it } from "vitest";
import { fromBase64url, toBase64url } from "./passkey.ts";

describe("bytes of passkeys", () => {
  it("are written and read the same", () => {
    for (let length = 0; length < 70; length += 1) {
      const bytes = Uint8Array.from({ length }, (_none, at) => (at * 37 + length) % 256);
      const text = toBase64url(bytes.buffer);
      expect(text).toMatch(/^[\w-]*$/);
      expect([...fromBase64url(text)]).toEqual([...bytes]);
    }
  });
});
