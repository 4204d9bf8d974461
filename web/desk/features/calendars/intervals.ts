// intervals.ts - hours of a day as people type them: "07:30-11:30, 13:30-17:00".  Pure.
import type { Interval } from "../../api/calendars.ts";

export type IntervalProblem = { kind: "bad" | "backwards"; text: string } | { kind: "overlap" };

export type ReadIntervals = { intervals: Interval[] } | { problem: IntervalProblem };

const dayMinutes = 24 * 60;

// "7:30", "7h30", "7h", "0730" -> minutes; null for what is no time of day.
function readTime(text: string): number | null {
  const found = /^(\d{1,2})\s*(?:[:hg.]\s*(\d{2})?)?$/i.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? "0");
  return Number(found[2] ?? "0") < 60 && minutes <= dayMinutes ? minutes : null;
}

const two = (value: number): string => String(value).padStart(2, "0");
const written = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

export function readIntervals(typed: string): ReadIntervals {
  const intervals: Interval[] = [];
  let before = -1;
  for (const part of typed.split(/[,;\n]|\s+và\s+|\s+and\s+/).map((each) => each.trim())) {
    if (part === "") continue;
    const ends = part.split(/\s*(?:[-–—]|đến|to)\s*/);
    const from = readTime(ends[0] ?? "");
    const to = readTime(ends[1] ?? "");
    if (ends.length !== 2 || from === null || to === null) return { problem: { kind: "bad", text: part } };
    if (to <= from) return { problem: { kind: "backwards", text: part } };
    if (from <= before) return { problem: { kind: "overlap" } };
    before = to;
    intervals.push(`${written(from)}-${written(to)}`);
  }
  return { intervals };
}

export const showIntervals = (intervals: Interval[] | undefined): string => (intervals ?? []).join(", ");
