// day_kind.ts - what is to be seen of a day in the view of a year.  Pure.
import type { CalendarDay, DayReason } from "../../api/calendars.ts";

export type DayKind = "work" | "rest" | "off" | "closed" | "extra" | "part";

const kinds: Record<DayReason, DayKind> = {
  work: "work",
  weekly_rest: "rest",
  holiday: "off",
  swapped: "off",
  compensation: "off",
  closure: "closed",
  partly_closed: "part",
  extra: "extra",
  make_up: "extra",
};

export const kindOf = (day: CalendarDay): DayKind => kinds[day.kind] ?? (day.works ? "work" : "off");

// Worth a word: neither an ordinary working day nor the usual rest.
export const isSpecial = (day: CalendarDay): boolean => !["work", "rest"].includes(kindOf(day));

// Monday is 0.
export const weekdayOf = (on: string): number => (new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7;

export const monthOf = (on: string): number => Number(on.slice(5, 7));

export interface Week {
  // Seven, Monday first; null outside the month.
  days: (CalendarDay | null)[];
}

// The weeks of one month (1 to 12) out of the days of a year.
export function weeksOf(days: CalendarDay[], month: number): Week[] {
  const weeks: Week[] = [];
  for (const day of days.filter((each) => monthOf(each.on) === month)) {
    const weekday = weekdayOf(day.on);
    if (weeks.length === 0 || weekday === 0) weeks.push({ days: Array<CalendarDay | null>(7).fill(null) });
    const last = weeks[weeks.length - 1];
    if (last) last.days[weekday] = day;
  }
  return weeks;
}
