// calendars_page.tsx - working time of the offices: everybody reads, administrators change.
import { Select } from "@mantine/core";
import { useLocation, useSearch as useAddressQuery } from "wouter";
import { useCalendar, useCalendars } from "../../api/calendars.ts";
import { useAgencies, useSession } from "../../api/queries.ts";
import { todayIn } from "../../components/days.ts";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { hasPlace } from "../officers/roles.ts";
import { CalendarPanel } from "./calendar_panel.tsx";
import classes from "./calendars.module.css";

const earliest = 2000;
const latest = 2099;

function yearFrom(text: string | null, usual: number): number {
  const year = Number(text ?? "");
  return Number.isInteger(year) && year >= earliest && year <= latest ? year : usual;
}

export default function CalendarsPage() {
  const { t, say } = useLanguage();
  const words = t.calendars;
  const [, navigate] = useLocation();
  const address = new URLSearchParams(useAddressQuery());
  const session = useSession();
  const officer = session.data?.officer;
  const mayChange = hasPlace(officer, "officers");
  const calendars = useCalendars();
  const agencies = useAgencies({});
  const office = address.get("office") || officer?.agency || (calendars.data?.[0]?.office ?? "");
  const year = yearFrom(address.get("year"), Number(todayIn(Date.now()).slice(0, 4)));
  const calendar = useCalendar(office);
  const go = (change: { office?: string; year?: number }) => {
    const next = new URLSearchParams({ office: change.office ?? office, year: String(change.year ?? year) });
    navigate(`/calendars?${next.toString()}`, { replace: true });
  };
  const own = (calendars.data ?? []).map((each) => ({ value: each.office, label: `${say(each.name)} (${each.office})` }));
  const ownIds = new Set(own.map((each) => each.value));
  const others = (agencies.data ?? []).filter((each) => !ownIds.has(each.id)).map((each) => ({ value: each.id, label: `${say(each.name)} (${each.id})` }));
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{words.title}</PageTitle>
      </div>
      <p className="quiet">
        {words.lead} {!mayChange && words.readOnly}
      </p>
      <Select
        className={classes["office"] ?? ""}
        label={words.office}
        description={words.officeHint}
        searchable
        limit={80}
        allowDeselect={false}
        value={office || null}
        onChange={(id) => id && go({ office: id })}
        data={[
          { group: words.groupOwn, items: own },
          { group: words.groupOther, items: others },
        ]}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        mb="sm"
      />
      <ProblemAlert error={calendars.error ?? calendar.error} onRetry={() => void (calendar.isError ? calendar.refetch() : calendars.refetch())} />
      {calendar.isPending && !calendars.isError && <Loading />}
      {calendar.data && <CalendarPanel key={office} calendar={calendar.data} mayChange={mayChange} year={year} onYear={(next) => go({ year: yearFrom(String(next), year) })} />}
    </div>
  );
}
