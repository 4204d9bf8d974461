// due_explanation.tsx - why the due date is what it is, step by step, with the articles.
import { Button, Popover } from "@mantine/core";
import { formatDateTime, formatDue } from "@shared/format.ts";
import type { Clock } from "@shared/schemas.ts";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./dossier.module.css";

export function DueExplanation({ clock }: { clock: Clock }) {
  const { t, say, language } = useLanguage();
  return (
    <Popover width={420} position="bottom-start" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-xs">
          {t.due.why}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="92vw" aria-label={t.due.whyTitle}>
        <h2 className={classes["popTitle"]}>{t.due.whyTitle}</h2>
        {clock.explanation.length === 0 ? (
          <p className="quiet">{t.due.noExplanation}</p>
        ) : (
          <>
            <dl className={classes["facts"]}>
              {clock.started_at && (
                <>
                  <dt>{t.due.startedAt}</dt>
                  <dd>{formatDateTime(clock.started_at)}</dd>
                </>
              )}
              {say(clock.limit) && (
                <>
                  <dt>{t.due.limit}</dt>
                  <dd>{say(clock.limit)}</dd>
                </>
              )}
              {say(clock.published_limit) && (
                <>
                  <dt>{t.due.publishedLimit}</dt>
                  <dd>{say(clock.published_limit)}</dd>
                </>
              )}
            </dl>
            <div className={classes["whyScroll"]} role="region" aria-label={t.due.whyTitle} tabIndex={0}>
              <ol className={classes["steps"]}>
                {clock.explanation.map((step, index) => (
                  <li key={index}>
                    {say(step.text)}
                    {step.article && !say(step.text).includes(step.article) && <div className={classes["article"]}>{step.article}</div>}
                  </li>
                ))}
              </ol>
            </div>
            {clock.due_at && (
              <p>
                <strong>
                  {t.due.dueAt}: {formatDue(clock.due_at, language)}
                </strong>
              </p>
            )}
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
