import { describe, expect, it } from "vitest";
import type { CalendarDay } from "../../api/calendars.ts";
import { isSpecial, kindOf, weekdayOf, weeksOf } from "./day_kind.ts";

const day = (on: string, kind: CalendarDay["kind"] = "work"): CalendarDay => ({ on, works: true, kind, intervals: [], reception: [], why: null, act: "", provisional: false });

describe("a day of the year", () => {
  it.each([
    ["work", "work", false],
    ["weekly_rest", "rest", false],
    ["compensation", "off", true],
    ["closure", "closed", true],
    ["make_up", "extra", true],
    ["partly_closed", "part", true],
  ] as const)("%s is shown as %s", (reason, kind, special) => {
    expect(kindOf(day("2026-11-23", reason))).toBe(kind);
    expect(isSpecial(day("2026-11-23", reason))).toBe(special);
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
