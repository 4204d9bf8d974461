// schedule_draft.ts - a schedule while it is typed, and the schedule that comes of it.  Pure.
import { weekdays, type Schedule, type Weekday } from "../../api/calendars.ts";
import { isDay } from "../../components/day_input.tsx";
import type { Texts } from "../../i18n/vi.ts";
import { readIntervals, showIntervals, type IntervalProblem } from "./intervals.ts";

export type TypedWeek = Record<Weekday, string>;

export interface TypedHours {
  key: number;
  valid_from: string;
  source: string;
  provisional: boolean;
  processing: TypedWeek;
  reception: TypedWeek;
}

export interface TypedClosure {
  key: number;
  first: string;
  last: string;
  hours: string;
  reasonVi: string;
  reasonEn: string;
  act: string;
}

export interface TypedExtraDay {
  key: number;
  on: string;
  processing: string;
  reception: string;
  reasonVi: string;
  reasonEn: string;
  act: string;
}

export interface ScheduleDraft {
  hours: TypedHours[];
  closures: TypedClosure[];
  extra_days: TypedExtraDay[];
}

// As the server names them: "hours/0/processing/mon/1".
export interface ScheduleProblem {
  field: string;
  message: string;
}

let lastKey = 0;
export const newKey = (): number => (lastKey += 1);

const week = (make: (day: Weekday) => string): TypedWeek => Object.fromEntries(weekdays.map((day) => [day, make(day)])) as TypedWeek;

export const emptySchedule: Schedule = { hours: [], closures: [], extra_days: [] };

export function draftOf(schedule: Schedule | null): ScheduleDraft {
  const from = schedule ?? emptySchedule;
  return {
    hours: from.hours.map((hours) => ({
      key: newKey(),
      valid_from: hours.valid_from,
      source: hours.source,
      provisional: hours.provisional,
      processing: week((day) => showIntervals(hours.processing[day])),
      reception: week((day) => showIntervals(hours.reception[day])),
    })),
    closures: from.closures.map((closure) => ({
      key: newKey(),
      first: closure.first,
      last: closure.last,
      hours: closure.hours ?? "",
      reasonVi: closure.reason.vi,
      reasonEn: closure.reason.en === closure.reason.vi ? "" : closure.reason.en,
      act: closure.act,
    })),
    extra_days: from.extra_days.map((extra) => ({
      key: newKey(),
      on: extra.on,
      processing: showIntervals(extra.processing),
      reception: showIntervals(extra.reception),
      reasonVi: extra.reason.vi,
      reasonEn: extra.reason.en === extra.reason.vi ? "" : extra.reason.en,
      act: extra.act,
    })),
  };
}

function sayProblem(problem: IntervalProblem, t: Texts): string {
  if (problem.kind === "overlap") return t.calendars.overlap;
  return problem.kind === "bad" ? t.calendars.badInterval(problem.text) : t.calendars.backwards(problem.text);
}

// What is wrong is told as the server tells it: at its field.
export function scheduleOf(draft: ScheduleDraft, t: Texts): { schedule: Schedule; problems: ScheduleProblem[] } {
  const words = t.calendars;
  const problems: ScheduleProblem[] = [];
  const wrong = (field: string, message: string) => problems.push({ field, message });
  const intervals = (field: string, typed: string) => {
    const read = readIntervals(typed);
    if ("intervals" in read) return read.intervals;
    wrong(field, sayProblem(read.problem, t));
    return [];
  };
  const day = (field: string, typed: string) => {
    if (!isDay(typed)) wrong(field, typed === "" ? words.needDay : t.common.dateInvalid);
    return typed;
  };
  const reason = (field: string, typed: { reasonVi: string; reasonEn: string }) => {
    const vi = typed.reasonVi.trim();
    if (vi === "") wrong(field, words.needReason);
    return { vi, en: typed.reasonEn.trim() || vi };
  };
  const weekOf = (field: string, typed: TypedWeek) =>
    Object.fromEntries(weekdays.map((each) => [each, intervals(`${field}/${each}`, typed[each])]).filter(([, found]) => (found?.length ?? 0) > 0));

  const hours = draft.hours.map((each, index) => ({
    valid_from: day(`hours/${index}/valid_from`, each.valid_from),
    source: each.source.trim(),
    provisional: each.provisional,
    processing: weekOf(`hours/${index}/processing`, each.processing),
    reception: weekOf(`hours/${index}/reception`, each.reception),
  }));
  const closures = draft.closures.map((each, index) => {
    const field = `closures/${index}`;
    const part = intervals(`${field}/hours`, each.hours);
    if (part.length > 1) wrong(`${field}/hours`, words.oneInterval);
    const first = day(`${field}/first`, each.first);
    const last = day(`${field}/last`, each.last);
    if (isDay(first) && isDay(last) && last < first) wrong(`${field}/last`, words.lastBeforeFirst);
    return { first, last, hours: part[0] ?? null, reason: reason(`${field}/reason`, each), act: each.act.trim() };
  });
  const extra_days = draft.extra_days.map((each, index) => {
    const field = `extra_days/${index}`;
    return {
      on: day(`${field}/on`, each.on),
      processing: intervals(`${field}/processing`, each.processing),
      reception: intervals(`${field}/reception`, each.reception),
      reason: reason(`${field}/reason`, each),
      act: each.act.trim(),
    };
  });
  return { schedule: { hours, closures, extra_days }, problems };
}

// What was typed, without the keys of the rows: two drafts that say the same are equal.
export const fingerprint = (draft: ScheduleDraft): string => JSON.stringify(draft, (name, value: unknown) => (name === "key" ? undefined : value));

// The problem of a field, or of a part of it that has no box of its own.
export const problemAt = (problems: ScheduleProblem[], field: string): string | null =>
  problems.find((problem) => problem.field === field || problem.field.startsWith(`${field}/`))?.message ?? null;

// The id of the box of a field, so that a problem can lead to it.
export const boxOf = (field: string): string => `calendar-${field.replaceAll("/", "-")}`;

// Where a problem is, in words: "Giờ giải quyết, Thứ Hai"; "" for the whole.
export function placeOf(field: string, t: Texts): string {
  const words = t.calendars;
  const [part = "", row = "0", name = "", day = ""] = field.split("/");
  if (part === "hours") {
    const weekday = words.weekdays[weekdays.findIndex((each) => each === day)];
    const kind = name === "processing" || name === "reception" ? words[name] : name === "source" ? words.source : name === "valid_from" ? words.validFrom : words.tabs.hours;
    return weekday ? `${kind}, ${weekday}` : kind;
  }
  const names: Record<string, string> = {
    first: words.first, last: words.last, hours: words.partOfDay, reason: words.reasonVi, act: words.act, on: words.on,
    processing: words.processing, reception: words.reception,
  };
  const title = part === "closures" ? words.closures : part === "extra_days" ? words.extraDays : "";
  return title === "" || !names[name] ? title : words.place(title, Number(row) + 1, names[name]);
}
