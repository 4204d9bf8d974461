// conflict.ts - what changed between the version an officer looked at and the present one.  Pure.
import { formatDue } from "@shared/format.ts";
import { textOf, type Language } from "@shared/language.ts";
import type { Dossier } from "@shared/schemas.ts";
import type { Texts } from "../../../i18n/vi.ts";

export interface Change {
  label: string;
  before: string;
  after: string;
}

export interface Conflict {
  changes: Change[];
  // Titles of what happened since, oldest first.
  happened: string[];
}

function holdersOf(dossier: Dossier): string {
  const names = dossier.tasks.map((task) => task.assignee?.name).filter((name) => name !== undefined);
  return names.length > 0 ? names.join(", ") : (dossier.holder ?? "");
}

export function conflictBetween(before: Dossier, after: Dossier, t: Texts, language: Language): Conflict {
  const changes: Change[] = [];
  const compare = (label: string, old: string, present: string) => {
    if (old !== present) changes.push({ label, before: old || "–", after: present || "–" });
  };
  const conflict = t.actions.conflict;
  compare(conflict.status, textOf(before.status.label, language), textOf(after.status.label, language));
  compare(conflict.step, textOf(before.step, language), textOf(after.step, language));
  compare(conflict.holder, holdersOf(before), holdersOf(after));
  compare(conflict.due, formatDue(before.due_at, language), formatDue(after.due_at, language));
  for (const page of after.form.pages) {
    for (const field of page.fields) {
      const old = JSON.stringify(before.answers[field.id as never] ?? "");
      const present = JSON.stringify(after.answers[field.id as never] ?? "");
      compare(textOf(field.label, language), old.replace(/^"|"$/g, ""), present.replace(/^"|"$/g, ""));
    }
  }
  const known = new Set(before.timeline.map((entry) => `${entry.at} ${entry.type}`));
  const happened = after.timeline
    .filter((entry) => !known.has(`${entry.at} ${entry.type}`))
    .sort((a, b) => a.at.localeCompare(b.at))
    .map((entry) => [textOf(entry.title, language), entry.actor].filter(Boolean).join(" – "));
  return { changes, happened };
}
