// preview_result.tsx - what would happen to due dates: counts first, then examples.
import { Link } from "wouter";
import { formatDue } from "@shared/format.ts";
import type { CalendarPreview } from "../../api/calendars.ts";
import { todayIn } from "../../components/days.ts";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./calendars.module.css";

const dayMs = 86_400_000;

// Whole days on the calendar of Vietnam between two moments.
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(todayIn(Date.parse(to))) - Date.parse(todayIn(Date.parse(from)))) / dayMs);
}

export const countText = (count: number, language: "vi" | "en"): string => count.toLocaleString(language === "vi" ? "vi-VN" : "en-GB");

export function PreviewResult({ preview }: { preview: CalendarPreview }) {
  const { t, language } = useLanguage();
  const words = t.calendars.preview;
  const count = (value: number) => countText(value, language);
  const figures: [string, number, boolean][] = [
    [words.moved, preview.moved, false],
    [words.earlier, preview.earlier, false],
    [words.later, preview.later, false],
    [words.newlyOverdue, preview.newly_overdue, preview.newly_overdue > 0],
  ];
  return (
    <section className={classes["preview"]} role="status">
      <h3>{words.title}</h3>
      <p className="quiet">
        {words.checked(count(preview.checked))}
        {preview.standing > 0 && ` · ${words.standing(count(preview.standing))}`}
      </p>
      {preview.moved === 0 ? (
        <p>
          <strong>{words.none}</strong>
        </p>
      ) : (
        <>
          <dl className={classes["figures"]}>
            {figures.map(([label, value, bad]) => (
              <div key={label} data-bad={bad || undefined}>
                <dt>{label}</dt>
                <dd>{count(value)}</dd>
              </div>
            ))}
          </dl>
          {preview.sample.length > 0 && (
            <details>
              <summary>
                {words.sample} ({words.sampleOf(preview.sample.length)})
              </summary>
              <ScrollX label={words.sample}>
                <table className="data-table">
                  <caption className="sr-only">{words.sample}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{words.columns.code}</th>
                      <th scope="col">{words.columns.from}</th>
                      <th scope="col">{words.columns.to}</th>
                      <th scope="col">{words.columns.change}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {preview.sample.map((each) => (
                      <tr key={each.id}>
                        <td className="figures nowrap">
                          <Link href={`/dossiers/${encodeURIComponent(each.id)}`}>{each.code}</Link>
                        </td>
                        <td className="figures">{formatDue(each.from, language)}</td>
                        <td className="figures">
                          <strong>{formatDue(each.to, language)}</strong>
                        </td>
                        <td className="nowrap">{words.days(daysBetween(each.from, each.to))}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
            </details>
          )}
        </>
      )}
    </section>
  );
}
