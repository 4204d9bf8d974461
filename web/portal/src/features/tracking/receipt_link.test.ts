import { describe, expect, it } from "vitest";
import { cleanCode, cleanSecret, readReceiptFragment, readReceiptLink } from "./receipt_link.ts";

describe("a receipt's link", () => {
  it("carries code and secret behind the hash, split at the last dot", () => {
    expect(readReceiptFragment("#H41.101-261122-0001.ABCDEFGHJK")).toEqual({ code: "H41.101-261122-0001", secret: "ABCDEFGHJK" });
    expect(readReceiptFragment("#H41.101.01-261122-0001.ABCDEFGHJK")).toEqual({ code: "H41.101.01-261122-0001", secret: "ABCDEFGHJK" });
    expect(readReceiptFragment("#H41-261122-0001.ABCDEFGHJK")).toEqual({ code: "H41-261122-0001", secret: "ABCDEFGHJK" });
  });
  it("may carry the hash of what was journalled, which keeps its letters", () => {
    const leafHash = "nDQx5p_aB-7kQ2dL0vVYxg";
    expect(readReceiptLink(`#H41.101-261122-0001.ABCDEFGHJK.${leafHash}`)).toEqual({ receipt: { code: "H41.101-261122-0001", secret: "ABCDEFGHJK" }, leafHash });
    expect(readReceiptLink("#H41.101-261122-0001.ABCDEFGHJK")?.leafHash).toBeNull();
    expect(readReceiptLink("#H41.101-261122-0001.ABCDEFGHJK.short")).toBeNull();
    expect(readReceiptLink(`#H41.101-261122-0001.ABCDEFGHJK.${leafHash}.${leafHash}`)).toBeNull();
  });
  it.each(["", "#", "#main", "#f-child_name", "#H41.101-261122-0001", "#.ABC", "#%E0%A4%A", "#<script>.ABCDEFGHJK"])("is not %s", (fragment) => {
    expect(readReceiptFragment(fragment)).toBeNull();
  });
});

describe("codes typed by hand", () => {
  it("may be lower case, spaced, and with a phone's long dashes", () => {
    expect(cleanCode(" h41.101–261122 – 0001 ")).toBe("H41.101-261122-0001");
    expect(cleanSecret("abcde-fghjk ")).toBe("ABCDEFGHJK");
  });
});
