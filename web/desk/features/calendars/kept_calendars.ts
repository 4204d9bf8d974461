// kept_calendars.ts - changes to a calendar that was left for another page are still there on return.
import type { Grounds } from "../../api/calendars.ts";
import type { ScheduleDraft } from "./schedule_draft.ts";

export interface KeptCalendar {
  draft: ScheduleDraft;
  // The version they were made on, and what it said.
  version: number;
  base: string;
  grounds: Grounds;
}

const kept = new Map<string, KeptCalendar>();

export const keptCalendar = (office: string): KeptCalendar | undefined => kept.get(office);

export function keepCalendar(office: string, calendar: KeptCalendar): void {
  kept.set(office, calendar);
}

export function forgetCalendar(office: string): void {
  kept.delete(office);
}

export function forgetCalendars(): void {
  kept.clear();
}
