// days_editor.tsx - an office's own closures and extra working days; those of the upper office below them.
import { Button, TextInput } from "@mantine/core";
import { formatDate } from "@shared/format.ts";
import type { Closure, ExtraDay, Schedule } from "../../api/calendars.ts";
import { DayInput } from "../../components/day_input.tsx";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./calendars.module.css";
import { showIntervals } from "./intervals.ts";
import { boxOf, newKey, problemAt, type ScheduleDraft, type ScheduleProblem, type TypedClosure, type TypedExtraDay } from "./schedule_draft.ts";

interface Props {
  draft: ScheduleDraft;
  problems: ScheduleProblem[];
  onChange: (draft: ScheduleDraft) => void;
}

interface WordsProps {
  field: string;
  row: { reasonVi: string; reasonEn: string; act: string };
  problems: ScheduleProblem[];
  onChange: (part: { reasonVi?: string; reasonEn?: string; act?: string }) => void;
}

function ReasonAndAct({ field, row, problems, onChange }: WordsProps) {
  const { t } = useLanguage();
  const words = t.calendars;
  return (
    <>
      <TextInput className={classes["grow"] ?? ""} id={boxOf(`${field}/reason`)} label={words.reasonVi} value={row.reasonVi} maxLength={300} error={problemAt(problems, `${field}/reason`)} onChange={(event) => onChange({ reasonVi: event.currentTarget.value })} />
      <TextInput className={classes["grow"] ?? ""} label={words.reasonEn} placeholder={t.common.optional} value={row.reasonEn} maxLength={300} onChange={(event) => onChange({ reasonEn: event.currentTarget.value })} />
      <TextInput className={classes["grow"] ?? ""} id={boxOf(`${field}/act`)} label={words.act} value={row.act} maxLength={300} error={problemAt(problems, `${field}/act`)} onChange={(event) => onChange({ act: event.currentTarget.value })} />
    </>
  );
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  const { t } = useLanguage();
  return (
    <Button className={classes["removeRow"] ?? ""} size="compact-sm" variant="subtle" color="red" leftSection={<Icon name="cross" size={13} />} aria-label={label} onClick={onClick}>
      {t.common.remove}
    </Button>
  );
}

function Closures({ draft, problems, onChange }: Props) {
  const { t } = useLanguage();
  const words = t.calendars;
  const change = (key: number, part: Partial<TypedClosure>) =>
    onChange({ ...draft, closures: draft.closures.map((each) => (each.key === key ? { ...each, ...part } : each)) });
  return (
    <section className={classes["part"]}>
      <h2>{words.closures}</h2>
      {draft.closures.length === 0 && <p className="quiet">{words.closuresNone}</p>}
      {draft.closures.map((row, index) => {
        const field = `closures/${index}`;
        return (
          <div key={row.key} className={classes["row"]} role="group" aria-label={`${words.closures} ${index + 1}`}>
            {/* One day is the usual case: the last day follows the first. */}
            <DayInput
              id={boxOf(`${field}/first`)}
              label={words.first}
              value={row.first}
              w={130}
              problem={problemAt(problems, `${field}/first`)}
              onChange={(first) => change(row.key, { first, ...(row.last === "" || row.last === row.first ? { last: first } : {}) })}
            />
            <DayInput id={boxOf(`${field}/last`)} label={words.last} value={row.last} w={130} problem={problemAt(problems, `${field}/last`)} onChange={(last) => change(row.key, { last })} />
            <TextInput
              id={boxOf(`${field}/hours`)}
              label={`${words.partOfDay} (${words.partHint})`}
              w={210}
              value={row.hours}
              placeholder="13:30-17:00"
              error={problemAt(problems, `${field}/hours`)}
              onChange={(event) => change(row.key, { hours: event.currentTarget.value })}
            />
            <ReasonAndAct field={field} row={row} problems={problems} onChange={(part) => change(row.key, part)} />
            <Remove label={words.removeClosure(index + 1)} onClick={() => onChange({ ...draft, closures: draft.closures.filter((each) => each.key !== row.key) })} />
          </div>
        );
      })}
      <Button
        variant="default"
        leftSection={<Icon name="plus" size={15} />}
        onClick={() => onChange({ ...draft, closures: [...draft.closures, { key: newKey(), first: "", last: "", hours: "", reasonVi: "", reasonEn: "", act: "" }] })}
      >
        {words.addClosure}
      </Button>
    </section>
  );
}

function ExtraDays({ draft, problems, onChange }: Props) {
  const { t } = useLanguage();
  const words = t.calendars;
  const change = (key: number, part: Partial<TypedExtraDay>) =>
    onChange({ ...draft, extra_days: draft.extra_days.map((each) => (each.key === key ? { ...each, ...part } : each)) });
  return (
    <section className={classes["part"]}>
      <h2>{words.extraDays}</h2>
      {draft.extra_days.length === 0 && <p className="quiet">{words.extraDaysNone}</p>}
      {draft.extra_days.map((row, index) => {
        const field = `extra_days/${index}`;
        const hours = (kind: "processing" | "reception") => (
          <TextInput
            id={boxOf(`${field}/${kind}`)}
            label={words[kind]}
            w={220}
            value={row[kind]}
            placeholder="07:30-11:30, 13:30-17:00"
            error={problemAt(problems, `${field}/${kind}`)}
            onChange={(event) => change(row.key, { [kind]: event.currentTarget.value })}
          />
        );
        return (
          <div key={row.key} className={classes["row"]} role="group" aria-label={`${words.extraDays} ${index + 1}`}>
            <DayInput id={boxOf(`${field}/on`)} label={words.on} value={row.on} w={130} problem={problemAt(problems, `${field}/on`)} onChange={(on) => change(row.key, { on })} />
            {hours("processing")}
            {hours("reception")}
            <ReasonAndAct field={field} row={row} problems={problems} onChange={(part) => change(row.key, part)} />
            <Remove label={words.removeExtra(index + 1)} onClick={() => onChange({ ...draft, extra_days: draft.extra_days.filter((each) => each.key !== row.key) })} />
          </div>
        );
      })}
      <Button
        variant="default"
        leftSection={<Icon name="plus" size={15} />}
        onClick={() => onChange({ ...draft, extra_days: [...draft.extra_days, { key: newKey(), on: "", processing: "", reception: "", reasonVi: "", reasonEn: "", act: "" }] })}
      >
        {words.addExtra}
      </Button>
    </section>
  );
}

// A line to read of a closure or an extra day.
function useDayLines() {
  const { t, say } = useLanguage();
  const words = t.calendars;
  const closure = (each: Closure) =>
    [
      each.first === each.last ? formatDate(each.first) : `${formatDate(each.first)} – ${formatDate(each.last)}`,
      each.hours ?? "",
      say(each.reason),
      each.act,
    ];
  const extra = (each: ExtraDay) => [formatDate(each.on), `${words.processing} ${showIntervals(each.processing) || words.closed}`, say(each.reason), each.act];
  return { closure: (each: Closure) => closure(each).filter(Boolean).join(" · "), extra: (each: ExtraDay) => extra(each).filter(Boolean).join(" · ") };
}

export function DaysView({ closures, extra_days, title }: { closures: Closure[]; extra_days: ExtraDay[]; title?: string }) {
  const { t } = useLanguage();
  const words = t.calendars;
  const lines = useDayLines();
  return (
    <>
      {title && <h2>{title}</h2>}
      <section className={classes["part"]}>
        <h3>{words.closures}</h3>
        {closures.length === 0 ? <p className="quiet">{words.closuresNone}</p> : <ul className={classes["plain"]}>{closures.map((each, index) => <li key={index}>{lines.closure(each)}</li>)}</ul>}
      </section>
      <section className={classes["part"]}>
        <h3>{words.extraDays}</h3>
        {extra_days.length === 0 ? <p className="quiet">{words.extraDaysNone}</p> : <ul className={classes["plain"]}>{extra_days.map((each, index) => <li key={index}>{lines.extra(each)}</li>)}</ul>}
      </section>
    </>
  );
}

// What applies to the office without being its own.
export function inheritedDays(own: Schedule | null, effective: Schedule): Pick<Schedule, "closures" | "extra_days"> {
  const mine = new Set([...(own?.closures ?? []), ...(own?.extra_days ?? [])].map((each) => JSON.stringify(each)));
  const foreign = (each: Closure | ExtraDay) => !mine.has(JSON.stringify(each));
  return { closures: effective.closures.filter(foreign), extra_days: effective.extra_days.filter(foreign) };
}

export function DaysEditor(props: Props) {
  return (
    <>
      <Closures {...props} />
      <ExtraDays {...props} />
    </>
  );
}
