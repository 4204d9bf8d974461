// history_list.tsx - every version of a calendar: who, when, why, by which act; any of them can be looked at.
import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatDateTime } from "@shared/format.ts";
import { loadCalendarVersion, type CalendarVersion, type Schedule } from "../../api/calendars.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { DaysView } from "./days_editor.tsx";
import { HoursView } from "./hours_view.tsx";

interface Props {
  office: string;
  history: CalendarVersion[];
  // Only for those who may change it.
  onUse: ((schedule: Schedule) => void) | undefined;
}

function OldVersion({ office, version, onUse, onClose }: { office: string; version: number; onUse: Props["onUse"]; onClose: () => void }) {
  const { t } = useLanguage();
  const words = t.calendars;
  const loaded = useQuery({ queryKey: ["calendar-version", office, version], queryFn: () => loadCalendarVersion(office, version), staleTime: Infinity });
  const schedule = loaded.data?.schedule;
  return (
    <Modal opened onClose={onClose} size="xl" title={words.versionTitle(version)} closeButtonProps={{ "aria-label": t.common.close }}>
      {loaded.isPending && <Loading />}
      <ProblemAlert error={loaded.error} onRetry={() => void loaded.refetch()} />
      {schedule && (
        <>
          <p className="quiet">{[formatDateTime(loaded.data?.at), loaded.data?.by, loaded.data?.reason, loaded.data?.act].filter(Boolean).join(" · ")}</p>
          {schedule.hours.length === 0 && <p>{words.inherited}</p>}
          {schedule.hours.map((hours) => (
            <HoursView key={hours.valid_from} hours={hours} />
          ))}
          <DaysView closures={schedule.closures} extra_days={schedule.extra_days} />
          {onUse && (
            <Button variant="default" onClick={() => { onUse(schedule); onClose(); }}>
              {words.useVersion}
            </Button>
          )}
        </>
      )}
    </Modal>
  );
}

export function HistoryList({ office, history, onUse }: Props) {
  const { t } = useLanguage();
  const words = t.calendars;
  const columns = words.historyColumns;
  const [open, setOpen] = useState<number | null>(null);
  if (history.length === 0) return <p className="quiet">{words.historyNone}</p>;
  return (
    <>
      <ScrollX label={words.history}>
        <table className="data-table">
          <caption className="sr-only">{words.history}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.version}</th>
              <th scope="col">{columns.at}</th>
              <th scope="col">{columns.by}</th>
              <th scope="col">{columns.reason}</th>
              <th scope="col">{columns.act}</th>
              <th scope="col">
                <span className="sr-only">{t.forms.look}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...history]
              .sort((a, b) => b.version - a.version)
              .map((each) => (
                <tr key={each.version}>
                  <td className="number">{each.version}</td>
                  <td className="figures nowrap">{formatDateTime(each.at)}</td>
                  <td>{each.by}</td>
                  <td>{each.reason}</td>
                  <td>{each.act}</td>
                  <td>
                    <Button size="compact-sm" variant="default" onClick={() => setOpen(each.version)}>
                      {words.seeVersion(each.version)}
                    </Button>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </ScrollX>
      {open !== null && <OldVersion office={office} version={open} onUse={onUse} onClose={() => setOpen(null)} />}
    </>
  );
}
