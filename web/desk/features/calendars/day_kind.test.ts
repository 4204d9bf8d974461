import { describe, expect, it } from "vitest";
import type { CalendarDay } from "../../api/calendars.ts";
import { kindOf, weekdayOf, weeksOf } from "./day_kind.ts";

const day = (on: string, change: Partial<CalendarDay> = {}): CalendarDay => ({ on, works: true, intervals: [], reception: [], why: null, act: "", provisional: false, ...change });
const why = { vi: "Lý do", en: "Reason" };

describe("a day of the year", () => {
  it.each([
    [day("2026-11-23"), "work"],
    [day("2026-11-24", { works: false, why }), "off"],
    [day("2026-11-22", { works: false }), "rest"],
    [day("2026-08-22", { why }), "extra"],
    [day("2026-11-25", { why }), "part"],
    [day("2026-11-28"), "work"],
  ])("%j is of its kind", (given, kind) => {
    expect(kindOf(given)).toBe(kind);
  });

  it("stands below its weekday", () => {
    expect(weekdayOf("2026-11-23")).toBe(0);
    expect(weekdayOf("2026-11-22")).toBe(6);
    const november = Array.from({ length: 30 }, (_none, index) => day(`2026-11-${String(index + 1).padStart(2, "0")}`));
    const weeks = weeksOf(november, 11);
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.days.filter((each) => each !== null).map((each) => each.on)).toEqual(["2026-11-01"]);
    expect(weeks[0]?.days[6]?.on).toBe("2026-11-01");
    expect(weeks[5]?.days[0]?.on).toBe("2026-11-30");
  });
});
