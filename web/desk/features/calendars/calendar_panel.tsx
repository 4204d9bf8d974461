// calendar_panel.tsx - one office's calendar: the year, the hours, its own days, the history; and changing it.
import { Alert, Tabs } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { formatDateTime } from "@shared/format.ts";
import { calendarKey, type Grounds, type OfficeCalendar, type Schedule } from "../../api/calendars.ts";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./calendars.module.css";
import { DaysEditor, DaysView, inheritedDays } from "./days_editor.tsx";
import { HistoryList } from "./history_list.tsx";
import { HoursEditor } from "./hours_editor.tsx";
import { HoursView } from "./hours_view.tsx";
import { forgetCalendar, keepCalendar, keptCalendar } from "./kept_calendars.ts";
import { RecomputePanel } from "./recompute_panel.tsx";
import { SavePanel } from "./save_panel.tsx";
import { boxOf, draftOf, fingerprint, type ScheduleDraft, type ScheduleProblem } from "./schedule_draft.ts";
import { YearView } from "./year_view.tsx";

interface Props {
  calendar: OfficeCalendar;
  mayChange: boolean;
  year: number;
  onYear: (year: number) => void;
}

const noGrounds: Grounds = { reason: "", act: "" };

export function CalendarPanel({ calendar, mayChange, year, onYear }: Props) {
  const { t, say } = useLanguage();
  const words = t.calendars;
  const cache = useQueryClient();
  const { office } = calendar;
  const kept = mayChange ? keptCalendar(office) : undefined;
  const [tab, setTab] = useState<string | null>("year");
  const [draft, setDraft] = useState<ScheduleDraft>(() => kept?.draft ?? draftOf(calendar.own));
  const [version, setVersion] = useState(kept?.version ?? calendar.version);
  const [grounds, setGrounds] = useState<Grounds>(kept?.grounds ?? noGrounds);
  const [problems, setProblems] = useState<ScheduleProblem[]>([]);
  const [saved, setSaved] = useState<{ version: number; grounds: Grounds } | null>(null);
  // What the draft started from.
  const [base, setBase] = useState(() => kept?.base ?? fingerprint(draftOf(calendar.own)));
  const dirty = mayChange && fingerprint(draft) !== base;

  useEffect(() => {
    if (dirty) keepCalendar(office, { draft, version, base, grounds });
    else forgetCalendar(office);
  }, [dirty, draft, version, base, grounds]);
  // A newer calendar replaces what nobody has touched.
  useEffect(() => {
    if (!dirty && calendar.version > version) startFrom(calendar.own, calendar.version);
  }, [calendar.version, dirty]);
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty]);

  const change = (next: ScheduleDraft) => {
    setDraft(next);
    // Problems of the present text are told again when it is looked at again.
    setProblems([]);
    setSaved(null);
  };
  const startFrom = (schedule: Schedule | null, of: number) => {
    const next = draftOf(schedule);
    setDraft(next);
    setBase(fingerprint(next));
    setProblems([]);
    setVersion(of);
    setGrounds(noGrounds);
  };
  const present = (theirs: OfficeCalendar) => cache.setQueryData(calendarKey(office), theirs);
  const showField = (field: string) => {
    setTab(field.startsWith("hours") ? "hours" : "days");
    // Once the tab is there.  What has no box of its own is at the one that holds it.
    setTimeout(() => {
      for (let path = field; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf("/")))) {
        const box = document.getElementById(boxOf(path));
        if (box) return box.focus();
      }
    }, 0);
  };
  const inherits = calendar.inherits.map((each) => say(each.name)).join(", ") || words.national;
  const inherited = inheritedDays(calendar.own, calendar.effective);
  const newest = [...calendar.history].sort((a, b) => b.version - a.version)[0];
  return (
    <>
      <p className={classes["about"]}>
        <strong>{calendar.version > 0 ? words.own(calendar.version) : words.inheritedAll}</strong>
        {" · "}
        {words.inheritsFrom(inherits)}
        {newest && ` · ${words.changed(formatDateTime(newest.at), newest.by)}`}
        {dirty && (
          <span className={classes["changed"]}>{words.changedMark}</span>
        )}
      </p>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List aria-label={words.tabsLabel} mb="sm">
          <Tabs.Tab value="year">{words.tabs.year}</Tabs.Tab>
          <Tabs.Tab value="hours">{words.tabs.hours}</Tabs.Tab>
          <Tabs.Tab value="days">{words.tabs.days}</Tabs.Tab>
          <Tabs.Tab value="history">
            {words.tabs.history} ({calendar.history.length})
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="year">
          <YearView office={office} year={year} onYear={onYear} />
        </Tabs.Panel>
        <Tabs.Panel value="hours">
          {mayChange ? (
            <HoursEditor draft={draft} effective={calendar.effective} inheritsFrom={inherits} problems={problems} onChange={change} />
          ) : (
            <>
              {(calendar.own?.hours.length ?? 0) === 0 && <p className={classes["inherited"]}>{words.inheritsFrom(inherits)}</p>}
              {calendar.effective.hours.map((hours) => (
                <HoursView key={hours.valid_from} hours={hours} />
              ))}
            </>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="days">
          {mayChange ? (
            <DaysEditor draft={draft} problems={problems} onChange={change} />
          ) : (
            <DaysView closures={calendar.own?.closures ?? []} extra_days={calendar.own?.extra_days ?? []} />
          )}
          {(inherited.closures.length > 0 || inherited.extra_days.length > 0) && (
            <div className={classes["inheritedDays"]}>
              <DaysView title={words.inheritedDays} {...inherited} />
            </div>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryList office={office} history={calendar.history} onUse={mayChange ? (schedule) => { change(draftOf(schedule)); setTab("hours"); } : undefined} />
        </Tabs.Panel>
      </Tabs>
      {mayChange && dirty && (
        <SavePanel
          office={office}
          draft={draft}
          version={version}
          grounds={grounds}
          problems={problems}
          onGrounds={setGrounds}
          onProblems={setProblems}
          onProblemChosen={showField}
          onSaved={(now) => {
            setSaved({ version: now, grounds });
            setVersion(now);
            setBase(fingerprint(draft));
            void cache.invalidateQueries({ queryKey: ["calendars"] });
            void cache.invalidateQueries({ queryKey: ["calendar-year"] });
            void cache.invalidateQueries({ queryKey: calendarKey(office) });
          }}
          onKeepMine={(theirs) => {
            setVersion(theirs.version);
            present(theirs);
          }}
          onTakeTheirs={(theirs) => {
            present(theirs);
            startFrom(theirs.own, theirs.version);
          }}
          onDiscard={() => startFrom(calendar.own, calendar.version)}
        />
      )}
      {saved && (
        <Alert color="green" role="status" icon={<Icon name="check" />} my="sm">
          {words.save.saved(saved.version)}
        </Alert>
      )}
      {mayChange && !dirty && <RecomputePanel office={office} grounds={saved?.grounds ?? noGrounds} onMoved={() => setSaved(null)} />}
    </>
  );
}
