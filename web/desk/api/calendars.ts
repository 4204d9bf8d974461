// calendars.ts - working time of offices: what the server tells and what it is told.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Text } from "@shared/schemas.ts";
import { client } from "./client.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

// "07:30-11:30"
export type Interval = string;
export type WeeklyIntervals = Partial<Record<Weekday, Interval[]>>;

export interface WeeklyHours {
  valid_from: string;
  source: string;
  provisional: boolean;
  processing: WeeklyIntervals;
  reception: WeeklyIntervals;
}

export interface Closure {
  first: string;
  last: string;
  hours: Interval | null;
  reason: Text;
  act: string;
}

export interface ExtraDay {
  on: string;
  processing: Interval[];
  reception: Interval[];
  reason: Text;
  act: string;
}

export interface Schedule {
  // None: the hours are inherited.
  hours: WeeklyHours[];
  closures: Closure[];
  extra_days: ExtraDay[];
}

export interface CalendarSummary {
  office: string;
  name: Text;
  version: number;
  changed_at: string | null;
  changed_by: string;
}

export interface CalendarVersion {
  version: number;
  at: string;
  by: string;
  reason: string;
  act: string;
}

export interface OfficeCalendar {
  office: string;
  name: Text;
  // 0 where the office has no calendar of its own.
  version: number;
  own: Schedule | null;
  effective: Schedule;
  inherits: { office: string; name: Text }[];
  history: CalendarVersion[];
}

// Source: src/calendar/year_json.cpp.
export type DayReason = "work" | "weekly_rest" | "holiday" | "swapped" | "compensation" | "closure" | "partly_closed" | "extra" | "make_up";

export interface CalendarDay {
  on: string;
  works: boolean;
  kind: DayReason;
  intervals: Interval[];
  reception: Interval[];
  why: Text | null;
  act: string;
  provisional: boolean;
}

export interface CalendarYear {
  office: string;
  year: number;
  days: CalendarDay[];
}

export interface CalendarPreview {
  checked: number;
  // Dossiers whose clock stands: nothing to move.
  standing: number;
  moved: number;
  earlier: number;
  later: number;
  newly_overdue: number;
  // Dossiers whose kept clock could not be read: the recomputation will look at them.
  unreadable?: number;
  milliseconds: number;
  sample: { id: string; code: string; from: string; to: string }[];
}

export interface RecomputeStep {
  moved: number;
  remaining: number;
  failed: { code: string; reason: Text }[];
}

export const useCalendars = () =>
  useQuery({ queryKey: ["calendars"], queryFn: () => client.get<{ calendars: CalendarSummary[] }>("/api/v1/calendars"), select: (answer) => answer.calendars });

export const calendarKey = (office: string) => ["calendar", office];

export const loadCalendar = (office: string) => client.get<OfficeCalendar>("/api/v1/calendars/{office}", { path: { office } });

export const useCalendar = (office: string) =>
  useQuery({ queryKey: calendarKey(office), queryFn: () => loadCalendar(office), enabled: office !== "", refetchOnWindowFocus: false });

export const useCalendarYear = (office: string, year: number) =>
  useQuery({
    queryKey: ["calendar-year", office, year],
    queryFn: () => client.get<CalendarYear>("/api/v1/calendars/{office}/years/{year}", { path: { office, year: String(year) } }),
    enabled: office !== "",
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  });

export const loadCalendarVersion = (office: string, version: number) =>
  client.get<CalendarVersion & { schedule: Schedule }>("/api/v1/calendars/{office}/versions/{version}", { path: { office, version: String(version) } });

// null: with the calendar as it is saved.
export const previewCalendar = (office: string, schedule: Schedule | null) =>
  client.post<CalendarPreview>("/api/v1/calendars/{office}/preview", { path: { office }, body: schedule ? { schedule } : {} });

export interface Grounds {
  reason: string;
  act: string;
}

export const saveCalendar = (office: string, version: number, schedule: Schedule, grounds: Grounds, key: string) =>
  client.put<{ version: number }>("/api/v1/calendars/{office}", { path: { office }, version, body: { schedule, ...grounds }, key });

export const recomputeDueDates = (office: string, grounds: Grounds, key: string) =>
  client.post<RecomputeStep>("/api/v1/calendars/{office}/recompute", { path: { office }, body: grounds, key });
