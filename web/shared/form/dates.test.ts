import { describe, expect, it } from "vitest";
import { joinDate, joinPartialDate, readTypedDate, showTypedDate, splitDate } from "./dates.ts";

describe("three boxes", () => {
  it("make a date with both digits of day and month", () => {
    expect(joinDate({ day: "5", month: "9", year: "2026" })).toBe("2026-09-05");
  });
  it("that are empty make no answer", () => {
    expect(joinDate({ day: "", month: " ", year: "" })).toBeUndefined();
    expect(joinPartialDate({ day: "", month: "", year: "" })).toBeUndefined();
  });
  it("come back as they were typed, even when they are no date", () => {
    for (const typed of [
      { day: "31", month: "02", year: "2026" },
      { day: "", month: "05", year: "" },
      { day: "ba", month: "năm", year: "26" },
      { day: "05", month: "", year: "2026" },
    ]) {
      expect(splitDate(joinDate(typed))).toEqual(typed);
    }
  });
  it("take a year, or a month and year, where that is all that is known", () => {
    expect(joinPartialDate({ day: "", month: "", year: "1987" })).toBe("1987");
    expect(joinPartialDate({ day: "", month: "5", year: "1987" })).toBe("1987-05");
    expect(splitDate("1987")).toEqual({ day: "", month: "", year: "1987" });
    expect(splitDate("1987-05")).toEqual({ day: "", month: "05", year: "1987" });
  });
});

describe("one box", () => {
  it.each([
    ["20/8/2026", "2026-08-20"],
    ["20-08-2026", "2026-08-20"],
    ["20.8.2026", "2026-08-20"],
    ["20082026", "2026-08-20"],
    [" 1 9 2026 ", "2026-09-01"],
  ])("reads %s", (typed, answer) => {
    expect(readTypedDate(typed)).toBe(answer);
  });
  it("leaves what is no date for the server to refuse", () => {
    expect(readTypedDate("hôm qua")).toBe("hôm qua");
    expect(readTypedDate("")).toBeUndefined();
    expect(readTypedDate("5/1987")).toBe("5/1987");
  });
  it("reads and shows dates known in part", () => {
    expect(readTypedDate("5/1987", true)).toBe("1987-05");
    expect(readTypedDate("1987", true)).toBe("1987");
    expect(showTypedDate("1987-05")).toBe("05/1987");
    expect(showTypedDate("2026-08-20")).toBe("20/08/2026");
    expect(showTypedDate("hôm qua")).toBe("hôm qua");
  });
});
