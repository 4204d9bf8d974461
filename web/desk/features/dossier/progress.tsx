// progress.tsx - open tasks, result, corrections and everything that happened.
import { Button } from "@mantine/core";
import { formatDateTime } from "@shared/format.ts";
import type { Dossier, IssuedResult } from "@shared/schemas.ts";
import { DueMark } from "../../components/due_mark.tsx";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { fieldNamed } from "./answers_of.ts";
import classes from "./dossier.module.css";
import { SignaturesSection } from "../authority/signatures_section.tsx";
import { JournalSection } from "./journal_section.tsx";
import { useShownAnswer } from "./use_shown_answer.ts";
import { Whereabouts } from "./whereabouts.tsx";

function Corrections({ dossier }: { dossier: Dossier }) {
  const { t, say } = useLanguage();
  const fields = dossier.corrections.flatMap((correction) => fieldNamed(dossier, correction.field) ?? []);
  const shown = useShownAnswer(fields);
  if (dossier.corrections.length === 0) return null;
  return (
    <section className={classes["group"]}>
      <h2>{t.dossier.corrections}</h2>
      <ul className={classes["plain"]}>
        {dossier.corrections.map((correction) => {
          const field = fieldNamed(dossier, correction.field);
          const show = (value: unknown) => (field ? shown(field, value) : String(value ?? "")) || t.dossier.unanswered;
          return (
            <li key={`${correction.field}${correction.at}`}>
              <strong>{field ? say(field.label) : correction.field}</strong>
              <div className={classes["beforeAfter"]}>
                <del aria-label={`${t.dossier.before}: ${show(correction.before)}`}>{show(correction.before)}</del>
                <span aria-hidden="true"> → </span>
                <ins aria-label={`${t.dossier.after}: ${show(correction.after)}`}>{show(correction.after)}</ins>
              </div>
              <div className="quiet">{[correction.reason, correction.by, formatDateTime(correction.at)].filter(Boolean).join(" · ")}</div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function Progress({ dossier, onShow }: { dossier: Dossier; onShow: (file: string) => void }) {
  const { t, say } = useLanguage();
  const result = dossier.result as IssuedResult | null;
  const rating = dossier.rating;
  return (
    <>
      <Whereabouts dossier={dossier} />
      {result && (
        <section className={classes["group"]}>
          <h2>{t.dossier.resultTitle}</h2>
          <p>
            <strong>{say(result.name)}</strong>
            {result.number && ` · ${t.dossier.resultNumber} ${result.number}`}
            <br />
            <span className="quiet">
              {t.dossier.resultIssued} {formatDateTime(result.issued_at)}
              {result.issued_by && ` · ${result.issued_by}`}
              {result.returned_at && ` · ${t.dossier.resultReturned} ${formatDateTime(result.returned_at)}`}
            </span>
          </p>
          {result.file && (
            <Button size="compact-sm" variant="default" leftSection={<Icon name="file" size={14} />} onClick={() => onShow(result.file ?? "")}>
              {t.dossier.showResult}
            </Button>
          )}
          {rating && <p>{t.dossier.rating(rating.score)} {rating.comment && `– “${rating.comment}”`}</p>}
        </section>
      )}
      <section className={classes["group"]}>
        <h2>{t.dossier.tasks}</h2>
        {dossier.tasks.length === 0 && <p className="quiet">{t.dossier.noTasks}</p>}
        <ul className={classes["plain"]}>
          {dossier.tasks.map((task) => (
            <li key={task.id}>
              <strong>{say(task.title)}</strong> <DueMark facts={task} />
              <div className="quiet">
                {[say(task.agency?.name), task.assignee?.name ?? t.inbox.nobody, task.due_at ? `${t.due.dueAt} ${formatDateTime(task.due_at)}` : ""].filter(Boolean).join(" · ")}
              </div>
            </li>
          ))}
        </ul>
      </section>
      <Corrections dossier={dossier} />
      <section className={classes["group"]}>
        <h2>{t.dossier.timeline}</h2>
        <ol className={classes["timeline"]}>
          {[...dossier.timeline].reverse().map((entry, index) => (
            <li key={index}>
              <span className="quiet figures">{formatDateTime(entry.at)}</span>
              <div>
                <strong>{say(entry.title)}</strong>
                {say(entry.detail) && <div>{say(entry.detail)}</div>}
                <div className="quiet">{[entry.actor, say(entry.agency as never)].filter(Boolean).join(" · ")}</div>
              </div>
            </li>
          ))}
        </ol>
      </section>
      <SignaturesSection id={dossier.id} />
      <JournalSection dossier={dossier} />
    </>
  );
}
