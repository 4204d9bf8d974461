// day_kind.ts - what is to be seen of a day in the view of a year.  Pure.
import type { CalendarDay } from "../../api/calendars.ts";

export type DayKind = "work" | "rest" | "off" | "extra" | "part";

// Monday is 0.
export const weekdayOf = (on: string): number => (new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7;

const saturday = 5;

// A reason makes a day special: off, worked although it is rest, or cut short.
export function kindOf(day: CalendarDay): DayKind {
  if (!day.works) return day.why ? "off" : "rest";
  if (!day.why) return "work";
  return weekdayOf(day.on) >= saturday ? "extra" : "part";
}

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
