// due_explanation.tsx - why the due date is what it is, step by step, with the articles.
import { Button, Popover } from "@mantine/core";
import { explainedStep } from "@shared/explanation.ts";
import { formatDateTime, formatDay, formatDue } from "@shared/format.ts";
import type { Clock } from "@shared/schemas.ts";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./clock.module.css";

export function DueExplanation({ clock }: { clock: Clock }) {
  const { t, say, language } = useLanguage();
  const facts: [string, string][] = [
    [t.due.startedAt, formatDateTime(clock.started_at)],
    [t.due.limit, say(clock.limit)],
    [t.due.publishedLimit, say(clock.published_limit)],
    // Where two limits run, the day on which the other one ends.
    [t.clock.publishedDue, clock.published_due_at && clock.published_due_at !== clock.due_at ? formatDue(clock.published_due_at, language) : ""],
  ];
  const title = clock.due_at ? t.clock.whyOf(formatDay(clock.due_at, language)) : t.due.whyTitle;
  return (
    <Popover width={480} position="bottom-end" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-xs">
          {clock.due_at ? t.due.why : t.due.whyTitle}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="94vw" aria-label={title} className={classes["why"] ?? ""}>
        <h2 className={classes["whyTitle"]}>{title}</h2>
        {clock.explanation.length === 0 ? (
          <p className="quiet">{t.due.noExplanation}</p>
        ) : (
          <>
            <dl className={classes["facts"]}>
              {facts
                .filter(([, value]) => value !== "")
                .map(([label, value]) => (
                  <div key={label} style={{ display: "contents" }}>
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
            </dl>
            <div className={classes["scroll"]} role="region" aria-label={t.due.whyTitle} tabIndex={0}>
              <ol className={classes["steps"]}>
                {clock.explanation.map((step, index) => {
                  const { sentence, source } = explainedStep(step, language);
                  return (
                    <li key={index}>
                      {sentence}
                      {source !== "" && <div className={classes["source"]}>{source}</div>}
                    </li>
                  );
                })}
              </ol>
            </div>
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
