import { describe, expect, it } from "vitest";
import { shareText } from "./share.ts";

describe("a share", () => {
  it.each([
    [1, 224, "0,4 %"],
    [3, 187, "1,6 %"],
    [13, 13, "100 %"],
    [0, 13, "0 %"],
    [2, 3, "66,7 %"],
    [239, 209, "114,4 %"],
  ])("%i of %i is %s", (part, whole, text) => {
    expect(shareText({ part, whole }, "vi")).toBe(text);
  });

  it("is nothing where there is nothing", () => {
    expect(shareText({ part: 0, whole: 0 }, "vi")).toBeNull();
  });

  it("does not round the one late dossier away", () => {
    expect(shareText({ part: 99_999, whole: 100_000 }, "en")).toBe("99.9 %");
    expect(shareText({ part: 1, whole: 100_000 }, "en")).toBe("0.1 %");
  });
});
