// days.ts - today and periods on the clock of Vietnam, as ISO days.  Pure.
const vietnamOffsetMs = 7 * 3_600_000;
const dayMs = 86_400_000;

export const todayIn = (now: number): string => new Date(now + vietnamOffsetMs).toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10);

export type Preset = "month" | "lastMonth" | "quarter" | "year";

export interface Period {
  from: string;
  to: string;
}

const isoMonthStart = (year: number, month: number): string => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);

// Up to today, except for the month that is over.
export function periodOf(preset: Preset, today: string): Period {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1;
  switch (preset) {
    case "month":
      return { from: isoMonthStart(year, month), to: today };
    case "lastMonth":
      return { from: isoMonthStart(year, month - 1), to: addDays(isoMonthStart(year, month), -1) };
    case "quarter":
      return { from: isoMonthStart(year, month - (month % 3)), to: today };
    case "year":
      return { from: isoMonthStart(year, 0), to: today };
  }
}
