// inbox_task.ts - what a row of the inbox waits for, and where a press on it leads.  Pure.
import type { InboxPage } from "@shared/schemas.ts";
import { actionNamed } from "../../api/commands.ts";

export type InboxItem = InboxPage["items"][number];

// A leader's own duties, which no step of the process holds: nobody takes them, he just does them.
const duties = ["apology", "escalation"];

// What is carried between counters is handed over and taken over on its own page.
const sides: Record<string, string> = { hand_over: "out", take_over: "in" };
const sideOf = (item: InboxItem): string | undefined => sides[item.task?.action ?? ""];

const isDuty = (item: InboxItem): boolean => item.task !== undefined && item.task !== null && duties.includes(item.task.id);

export const isClaimable = (item: InboxItem): boolean => Boolean(item.task) && !isDuty(item) && sideOf(item) === undefined;

export function dossierAddress(item: InboxItem): string {
  const side = sideOf(item);
  if (side !== undefined) return `/transports?side=${side}`;
  const dossier = `/dossiers/${encodeURIComponent(item.id)}`;
  const action = isDuty(item) ? actionNamed(item.task.action) : null;
  return action ? `${dossier}?action=${action}` : dossier;
}
