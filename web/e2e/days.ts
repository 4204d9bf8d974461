// days.ts - days in Vietnam, as 2026-11-05, and the working days that the tests count for themselves.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const dayMs = 86_400_000;
const zoneMs = 7 * 3_600_000;

export const dayOf = (at: number): string => new Date(at + zoneMs).toISOString().slice(0, 10);
export const daysAgo = (days: number, from = Date.now()): string => dayOf(from - days * dayMs);
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
export const readableDay = (day: string): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

// Days off and make-up days, read from the shipped calendar by plain text: the reading is the test's own.
function shippedDays(): { off: Set<string>; worked: Set<string> } {
  const text = readFileSync(fileURLToPath(new URL("../../data/calendars/vn.yaml", import.meta.url)), "utf8");
  const off = new Set<string>();
  const worked = new Set<string>();
  let list: Set<string> | null = null;
  for (const line of text.split("\n")) {
    if (/^\s*days_off:/.test(line)) list = off;
    else if (/^\s*make_up_days:/.test(line)) list = worked;
    const on = /^\s*- \{on: (\d{4}-\d{2}-\d{2})/.exec(line)?.[1];
    if (on) list?.add(on);
    const span = /^\s*- \{from: (\d{4}-\d{2}-\d{2}), to: (\d{4}-\d{2}-\d{2})/.exec(line);
    for (let day = span?.[1] ?? "z"; span && day <= (span[2] ?? ""); day = addDays(day, 1)) list?.add(day);
  }
  return { off, worked };
}

const calendar = shippedDays();

export function isWorkingDay(day: string): boolean {
  if (calendar.worked.has(day)) return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !calendar.off.has(day);
}

// The working minutes of an office day.
const shifts: [number, number][] = [
  [7 * 60 + 30, 11 * 60 + 30],
  [13 * 60 + 30, 17 * 60 + 30],
];

// The day on which so many working hours after this moment are over.
export function dayAfterWorkingHours(at: number, hours: number): string {
  const local = new Date(at + zoneMs);
  let day = dayOf(at);
  let minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  let left = hours * 60;
  for (; ; day = addDays(day, 1), minute = 0) {
    if (!isWorkingDay(day)) continue;
    for (const [from, to] of shifts) {
      left -= Math.max(0, to - Math.max(from, minute));
      if (left <= 0) return day;
    }
  }
}

// A term counted in calendar days ends on the next working day where its last day is a day off.
export function dayAfterCalendarDays(at: number, days: number): string {
  let day = addDays(dayOf(at), days);
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
}
