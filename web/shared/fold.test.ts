import { describe, expect, it } from "vitest";
import { fold, matches } from "./fold.ts";

describe("fold", () => {
  it("drops diacritics and case, đ too, in both normal forms", () => {
    expect(fold("Đặng Thị Ngọc Ánh")).toBe("dang thi ngoc anh");
    expect(fold("Đặng Thị Ngọc Ánh".normalize("NFD"))).toBe(fold("Đặng Thị Ngọc Ánh".normalize("NFC")));
  });
});

describe("matches", () => {
  it("finds words by their beginnings, in any order", () => {
    expect(matches("Ủy ban nhân dân phường Trường Vinh", "truong v")).toBe(true);
    expect(matches("Ủy ban nhân dân phường Trường Vinh", "vinh truong")).toBe(true);
  });
  it("does not find the middle of a word", () => {
    expect(matches("Trường Vinh", "inh")).toBe(false);
  });
  it("lets an empty query match everything", () => {
    expect(matches("Kỳ Sơn", "  ")).toBe(true);
  });
});
