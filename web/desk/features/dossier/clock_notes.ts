// clock_notes.ts - what is to be said about a dossier's time beside its due date, most urgent first.  Pure.
import { formatDay, formatDue } from "@shared/format.ts";
import { textOf, type Language } from "@shared/language.ts";
import type { Dossier } from "@shared/schemas.ts";
import type { Texts } from "../../i18n/vi.ts";

const received = 2;

export interface ClockNote {
  id: "overdue" | "apology" | "apologised" | "paused" | "silence" | "transfer" | "punctuality";
  tone: "bad" | "warn" | "paused" | "good" | "plain";
  title: string;
  // Shown after the title, separated by dots.
  details: string[];
}

export function clockNotes(dossier: Dossier, now: number, t: Texts, language: Language): ClockNote[] {
  const { clock, apology } = dossier;
  const words = t.clock;
  if (!clock) return [];
  const notes: ClockNote[] = [];
  const due = (iso: string | null | undefined) => formatDue(iso, language);

  if (dossier.due_state === "overdue" && dossier.due_at && !dossier.finished_at) {
    notes.push({ id: "overdue", tone: "bad", title: words.overdueSince(due(dossier.due_at)), details: [words.overdueWork] });
  }
  if (apology?.state === "draft") {
    const inTime = Date.parse(apology.sign_by ?? "") > now;
    notes.push({ id: "apology", tone: inTime ? "warn" : "bad", title: words.apologyWaits, details: [inTime ? words.signBy(due(apology.sign_by)) : words.signTooLate] });
  }
  if (apology?.state === "signed") {
    const moved = words.movedFrom(due(apology.due_at), due(apology.new_due_at));
    notes.push(
      apology.in_time
        ? { id: "apologised", tone: "plain", title: words.extended(apology.number), details: [moved] }
        : { id: "apologised", tone: "bad", title: words.apologised(apology.number), details: [words.apologisedLate, words.appointed(due(clock.appointed_at ?? apology.new_due_at))] },
    );
  }
  const pause = clock.paused_for;
  if (pause) {
    notes.push({
      id: "paused",
      tone: "paused",
      title: words.paused(textOf(pause.label, language)),
      details: [
        words.pausedSince(due(pause.since)),
        pause.expected_until ? words.expectedAfter(formatDay(pause.expected_until, language)) : words.noExpectedEnd,
        pause.basis && words.basis(pause.basis),
        pause.note,
        pause.by && words.pausedBy(pause.by),
      ].filter((text) => text !== ""),
    });
  }
  const silence = clock.silence;
  if (silence) {
    notes.push({
      id: "silence",
      tone: silence.waiting ? "plain" : "warn",
      title: silence.waiting ? words.silenceAt(due(silence.at)) : words.silenceDone(due(silence.at)),
      details: [textOf(silence.text, language), silence.basis && words.basis(silence.basis)].filter((text) => text !== ""),
    });
  }
  // Of interest until it has been passed on.
  if (clock.transfer_by && dossier.status.national === received) notes.push({ id: "transfer", tone: Date.parse(clock.transfer_by) > now ? "plain" : "warn", title: words.transferBy(due(clock.transfer_by)), details: [] });
  if (clock.punctuality && clock.punctuality !== "open") {
    notes.push({ id: "punctuality", tone: clock.punctuality === "late" ? "bad" : "good", title: words.punctuality[clock.punctuality] ?? "", details: [] });
  }
  return notes;
}
