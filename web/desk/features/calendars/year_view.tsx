// year_view.tsx - twelve months of an office: which days count, which not, and why.
import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { formatDay } from "@shared/format.ts";
import { useCalendarYear, type CalendarDay } from "../../api/calendars.ts";
import { todayIn } from "../../components/days.ts";
import { Icon } from "../../components/icon.tsx";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./calendars.module.css";
import { isSpecial, kindOf, monthOf, weeksOf, type DayKind } from "./day_kind.ts";

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function useDayWords() {
  const { t, say, language } = useLanguage();
  const words = t.calendars;
  const what = (day: CalendarDay) => (day.works ? `${words.works} ${day.intervals.join(", ")}`.trim() : words.off);
  const why = (day: CalendarDay) => [say(day.why), day.act, day.provisional ? words.provisional : ""].filter((text) => text !== "").join(" · ");
  return { what, why, label: (day: CalendarDay) => words.dayLabel(formatDay(day.on, language), what(day), why(day)) };
}

function Day({ day, today }: { day: CalendarDay; today: string }) {
  const { t } = useLanguage();
  const words = useDayWords();
  const kind = kindOf(day);
  const number = Number(day.on.slice(8));
  const shown = { className: classes["day"], "data-kind": kind, "aria-current": day.on === today ? ("date" as const) : undefined };
  if (kind === "work" || kind === "rest") return <span {...shown}>{number}</span>;
  return (
    <Tooltip label={words.label(day)} multiline w={280} withArrow withinPortal={false} events={{ hover: true, focus: true, touch: true }} transitionProps={{ duration: 0 }}>
      <button type="button" {...shown} data-provisional={day.provisional || undefined} data-mark={t.calendars.marks[kind]}>
        {number}
        <span className="sr-only">. {words.label(day)}</span>
      </button>
    </Tooltip>
  );
}

function Month({ days, month, year, today }: { days: CalendarDay[]; month: number; year: number; today: string }) {
  const { t } = useLanguage();
  const words = t.calendars;
  const working = days.filter((day) => monthOf(day.on) === month && day.works).length;
  return (
    <table className={classes["month"]}>
      <caption>
        {words.month(month)} <span className="sr-only">{year}</span>
        <span className={classes["working"]}>{words.workingDays(working)}</span>
      </caption>
      <thead>
        <tr>
          {words.weekdaysShort.map((name, index) => (
            <th key={name} scope="col" abbr={words.weekdays[index]}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(days, month).map((week, index) => (
          <tr key={index}>
            {week.days.map((day, place) => (
              <td key={place}>{day && <Day day={day} today={today} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Legend() {
  const { t } = useLanguage();
  const words = t.calendars;
  const kinds: [DayKind, string, string][] = [
    ["off", words.marks.off, words.legendOff],
    ["closed", words.marks.closed, words.legendClosed],
    ["rest", "", words.legendRest],
    ["extra", words.marks.extra, words.legendExtra],
    ["part", words.marks.part, words.legendPart],
  ];
  return (
    <ul className={classes["legend"]} aria-label={words.legend}>
      {kinds.map(([kind, mark, text]) => (
        <li key={kind}>
          <span className={classes["day"]} data-kind={kind} data-mark={mark} aria-hidden="true">
            8
          </span>
          {mark !== "" && <strong>{mark}</strong>} {text}
        </li>
      ))}
      <li>
        <span className={classes["day"]} data-kind="off" data-provisional data-mark={words.marks.off} aria-hidden="true">
          8
        </span>
        {words.legendProvisional}
      </li>
    </ul>
  );
}

// The same in words, for those who print it or cannot point at a small square.
function SpecialDays({ days }: { days: CalendarDay[] }) {
  const { t, say, language } = useLanguage();
  const words = t.calendars;
  const dayWords = useDayWords();
  const special = days.filter(isSpecial);
  return (
    <section className={classes["special"]}>
      <h2>{words.special}</h2>
      {special.length === 0 ? (
        <p className="quiet">{words.noSpecial}</p>
      ) : (
        <ScrollX label={words.special}>
          <table className="data-table">
            <caption className="sr-only">{words.special}</caption>
            <thead>
              <tr>
                <th scope="col">{words.specialColumns.day}</th>
                <th scope="col">{words.specialColumns.what}</th>
                <th scope="col">{words.specialColumns.why}</th>
                <th scope="col">{words.specialColumns.act}</th>
              </tr>
            </thead>
            <tbody>
              {special.map((day) => (
                <tr key={day.on}>
                  <td className="figures nowrap">{formatDay(day.on, language)}</td>
                  <td>{dayWords.what(day)}</td>
                  <td>
                    {say(day.why)}
                    {day.provisional && <span className={classes["provisional"]}>{words.provisional}</span>}
                  </td>
                  <td>{day.act}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </section>
  );
}

export function YearView({ office, year, onYear }: { office: string; year: number; onYear: (year: number) => void }) {
  const { t } = useLanguage();
  const words = t.calendars;
  const loaded = useCalendarYear(office, year);
  const days = loaded.data?.days ?? [];
  const today = todayIn(Date.now());
  return (
    <>
      <div className={classes["yearHead"]}>
        <Group gap={6} role="group" aria-label={words.year}>
          <ActionIcon variant="default" size={32} aria-label={words.previousYear} onClick={() => onYear(year - 1)}>
            <Icon name="previous" size={15} />
          </ActionIcon>
          <strong className={`figures ${classes["year"] ?? ""}`} role="status">
            {year}
          </strong>
          <ActionIcon variant="default" size={32} aria-label={words.nextYear} onClick={() => onYear(year + 1)}>
            <Icon name="next" size={15} />
          </ActionIcon>
        </Group>
        <Legend />
      </div>
      <ProblemAlert error={loaded.error} onRetry={() => void loaded.refetch()} />
      {loaded.isPending && <Loading />}
      {days.length > 0 && (
        <>
          {days.every((day) => day.provisional) && <p className={classes["unpublished"]}>{words.unpublished(year)}</p>}
          <div className={classes["months"]} data-stale={loaded.isPlaceholderData || undefined}>
            {months.map((month) => (
              <Month key={month} days={days} month={month} year={year} today={today} />
            ))}
          </div>
          <SpecialDays days={days} />
        </>
      )}
    </>
  );
}
