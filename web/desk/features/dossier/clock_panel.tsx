// clock_panel.tsx - until when, how much is left, what holds the clock, and how the index sees it.
import { Group } from "@mantine/core";
import { formatDue } from "@shared/format.ts";
import type { Dossier } from "@shared/schemas.ts";
import { DueMark } from "../../components/due_mark.tsx";
import { Icon, type IconName } from "../../components/icon.tsx";
import { StatusBadge } from "../../components/status_badge.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { clockNotes, type ClockNote } from "./clock_notes.ts";
import classes from "./clock.module.css";
import { DueExplanation } from "./due_explanation.tsx";

const icons: Record<ClockNote["id"], IconName> = {
  overdue: "warning",
  apology: "pen",
  apologised: "pen",
  paused: "pause",
  silence: "bell",
  transfer: "next",
  punctuality: "check",
};

// The national index counts otherwise than the law; it never stands where the due date stands.
function Scored({ dossier }: { dossier: Dossier }) {
  const { t, say, language } = useLanguage();
  const scored = dossier.clock?.scored;
  if (!scored || scored.score === "not_started") return null;
  const late = scored.score === "late" || scored.score === "second_supplement";
  const otherDue = scored.due_at && scored.due_at !== dossier.due_at ? scored.due_at : null;
  return (
    <div className={classes["scored"]} role="group" aria-label={t.clock.scoredTitle}>
      <span className={classes["scoredLabel"]}>{t.clock.scoredTitle}: </span>
      {late ? <strong>{t.clock.scores[scored.score]}</strong> : say(scored.text) || t.clock.scores[scored.score]}
      {otherDue && (
        <>
          {" · "}
          {t.clock.scoredDue} <span className="figures">{formatDue(otherDue, language)}</span>
        </>
      )}
      {(late || otherDue) && (
        <>
          {late && say(scored.text) && <div className="quiet">{say(scored.text)}</div>}
          <div className={classes["scoredNote"]}>{t.clock.scoredNote}</div>
        </>
      )}
    </div>
  );
}

export function ClockPanel({ dossier, now = Date.now() }: { dossier: Dossier; now?: number }) {
  const { t, language } = useLanguage();
  const { clock } = dossier;
  const notes = clockNotes(dossier, now, t, language);
  return (
    <section className={classes["panel"]} data-state={dossier.due_state} aria-label={t.clock.title}>
      <Group gap="xs">
        <StatusBadge status={dossier.status} />
        <DueMark facts={{ due_state: dossier.due_state, due_at: dossier.due_at, finished_at: dossier.finished_at, remaining_minutes: clock?.remaining_minutes }} now={now} />
      </Group>
      <div className={classes["due"]}>
        {dossier.due_at && (
          <span>
            {t.due.dueAt} <strong className="figures">{formatDue(dossier.due_at, language)}</strong>
          </span>
        )}
        {clock && dossier.received_at && <DueExplanation clock={clock} />}
      </div>
      {notes.length > 0 && (
        <ul className={classes["notes"]}>
          {notes.map((note) => (
            <li key={note.id} data-tone={note.tone}>
              <Icon name={icons[note.id]} size={15} />
              <span>
                <strong>{note.title}</strong>
                {note.details.length > 0 && <span>{`: ${note.details.join(" · ")}`}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Scored dossier={dossier} />
    </section>
  );
}
