import { beforeEach, describe, expect, it } from "vitest";
import { isIdle, lastTouch } from "./idle_lock.ts";

describe("the lock of an idle desk", () => {
  beforeEach(() => localStorage.clear());

  it("comes after so many seconds without a touch on any page", () => {
    localStorage.setItem("motcua-last-touch", "1000000");
    expect(isIdle(1_000_000 + 899_999, 900)).toBe(false);
    expect(isIdle(1_000_000 + 900_000, 900)).toBe(true);
  });
  it("does not wait for a touch in the future of a clock that was set back", () => {
    localStorage.setItem("motcua-last-touch", "5000000");
    expect(lastTouch(1_000_000)).toBe(1_000_000);
    expect(isIdle(1_000_000, 900)).toBe(false);
  });
});
