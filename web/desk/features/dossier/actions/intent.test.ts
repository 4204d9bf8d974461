import { describe, expect, it } from "vitest";
import { Intent } from "./intent.ts";

describe("the key of an intent", () => {
  it("stays for the same thing sent again", () => {
    const intent = new Intent();
    expect(intent.keyFor({ reason: "a" }, 3)).toBe(intent.keyFor({ reason: "a" }, 3));
  });

  it("changes with the body and with the version", () => {
    const intent = new Intent();
    const first = intent.keyFor({ reason: "a" }, 3);
    const second = intent.keyFor({ reason: "b" }, 3);
    expect(second).not.toBe(first);
    expect(intent.keyFor({ reason: "b" }, 4)).not.toBe(second);
  });

  it("is another one after an answer", () => {
    const intent = new Intent();
    const first = intent.keyFor({}, 1);
    intent.answered();
    expect(intent.keyFor({}, 1)).not.toBe(first);
  });
});
