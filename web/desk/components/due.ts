// due.ts - how a due date reads in a list: what remains, in the unit that matters.  Pure.
import { formatWorkingMinutes } from "@shared/format.ts";
import type { Language } from "@shared/language.ts";
import type { DueState } from "@shared/schemas.ts";
import type { Texts } from "../i18n/vi.ts";

const minuteMs = 60_000;
const hourMinutes = 60;
const dayMinutes = 24 * hourMinutes;

// Elapsed or remaining time on the wall, one unit: "3 ngày", "5 giờ", "40 phút".
export function roughly(minutes: number, t: Texts): string {
  const whole = Math.abs(Math.trunc(minutes));
  if (whole >= 2 * dayMinutes) return t.due.days(Math.floor(whole / dayMinutes));
  if (whole >= hourMinutes) return t.due.hours(Math.floor(whole / hourMinutes));
  return t.due.minutes(Math.max(1, whole));
}

export interface DueFacts {
  due_state: DueState;
  due_at: string | null;
  // Lateness of what is finished stands still.
  finished_at?: string | null | undefined;
  // Working minutes, where the server tells them.
  remaining_minutes?: number | null | undefined;
}

// "còn 5 giờ", "quá 2 ngày"; empty where no time is running.
export function remainingText(facts: DueFacts, now: number, t: Texts, language: Language): string {
  if (facts.due_state === "none" || facts.due_state === "done" || facts.due_state === "paused") return "";
  if (facts.due_state !== "overdue" && typeof facts.remaining_minutes === "number" && facts.remaining_minutes > 0) {
    return t.due.remaining(formatWorkingMinutes(facts.remaining_minutes, language));
  }
  const due = facts.due_at === null ? Number.NaN : Date.parse(facts.due_at);
  if (Number.isNaN(due)) return "";
  const minutes = (due - (facts.finished_at ? Date.parse(facts.finished_at) : now)) / minuteMs;
  // Where this machine's clock and the server's state disagree, the state alone is told.
  if (facts.due_state === "overdue") return minutes < 0 ? t.due.late(roughly(minutes, t)) : "";
  return minutes >= 1 ? t.due.remaining(roughly(minutes, t)) : t.due.dueNow;
}
