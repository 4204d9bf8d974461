import { describe, expect, it } from "vitest";
import { addDays, periodOf, todayIn } from "./days.ts";

describe("days", () => {
  it("begin at midnight in Vietnam", () => {
    expect(todayIn(Date.parse("2026-11-22T16:59:59Z"))).toBe("2026-11-22");
    expect(todayIn(Date.parse("2026-11-22T17:00:00Z"))).toBe("2026-11-23");
  });

  it("cross months and years", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
  });
});

describe("periods", () => {
  it.each([
    ["month", "2026-11-23", "2026-11-01", "2026-11-23"],
    ["lastMonth", "2026-01-10", "2025-12-01", "2025-12-31"],
    ["lastMonth", "2026-03-31", "2026-02-01", "2026-02-28"],
    ["quarter", "2026-11-23", "2026-10-01", "2026-11-23"],
    ["quarter", "2026-03-31", "2026-01-01", "2026-03-31"],
    ["year", "2026-11-23", "2026-01-01", "2026-11-23"],
  ] as const)("%s of %s", (preset, today, from, to) => {
    expect(periodOf(preset, today)).toEqual({ from, to });
  });
});
