// report_page.tsx - one page for the leader: what was on time, what not, and which dossiers.
import { Button, Group } from "@mantine/core";
import { Link, useLocation, useSearch as useAddressQuery } from "wouter";
import { formatDate } from "@shared/format.ts";
import type { OnTimeReport, Text } from "@shared/schemas.ts";
import { useOnTimeReport, useSession } from "../../api/queries.ts";
import { DayInput, isDay } from "../../components/day_input.tsx";
import { periodOf, todayIn, type Preset } from "../../components/days.ts";
import { DueMark } from "../../components/due_mark.tsx";
import { Icon } from "../../components/icon.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { StatusBadge } from "../../components/status_badge.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { rememberQueue } from "../inbox/queue.ts";
import { shareText, type Share } from "./share.ts";
import classes from "./report.module.css";

type Counts = Omit<OnTimeReport["rows"][number], "procedure">;

const none: Counts = {
  received: 0, received_online: 0, received_counter: 0, carried_over: 0, done: 0, done_early: 0, done_on_time: 0,
  done_late: 0, open: 0, open_in_time: 0, open_late: 0,
};

const inTime = (counts: Counts): Share => ({ part: counts.done_early + counts.done_on_time, whole: counts.done });

function Figure({ label, share }: { label: string; share: Share }) {
  const { t, language } = useLanguage();
  const text = shareText(share, language);
  return (
    <div className={classes["figure"]}>
      <div className={classes["figureLabel"]}>{label}</div>
      <div className={classes["figureValue"]}>{text ?? "–"}</div>
      <div className="quiet">{text === null ? t.report.notApplicable : t.report.fraction(String(share.part), String(share.whole))}</div>
    </div>
  );
}

function Cells({ counts }: { counts: Counts }) {
  const { language } = useLanguage();
  const share = inTime(counts);
  const late = (count: number) => (count > 0 ? <strong className={classes["late"]}>{count}</strong> : count);
  return (
    <>
      <td className="number">{counts.carried_over}</td>
      <td className="number">{counts.received}</td>
      <td className="number">{counts.received_online}</td>
      <td className="number">{counts.received_counter}</td>
      <td className="number">{counts.done}</td>
      <td className="number">{counts.done_early}</td>
      <td className="number">{counts.done_on_time}</td>
      <td className="number">{late(counts.done_late)}</td>
      <td className="number">{counts.open}</td>
      <td className="number">{counts.open_in_time}</td>
      <td className="number">{late(counts.open_late)}</td>
      <td className="number nowrap">{shareText(share, language) ?? "–"}</td>
    </>
  );
}

export default function ReportPage() {
  const { t, say } = useLanguage();
  const [, navigate] = useLocation();
  const address = new URLSearchParams(useAddressQuery());
  const today = todayIn(Date.now());
  const usual = periodOf("month", today);
  const from = isDay(address.get("from") ?? "") ? (address.get("from") ?? "") : usual.from;
  const to = isDay(address.get("to") ?? "") ? (address.get("to") ?? "") : usual.to;
  const report = useOnTimeReport(from, to);
  const session = useSession();
  const total = { ...none, ...(report.data?.total as Partial<Counts> | undefined) };
  const late = report.data?.late_dossiers ?? [];
  const go = (period: { from: string; to: string }) => {
    const here = `/report?from=${period.from}&to=${period.to}`;
    navigate(here, { replace: true });
  };
  const presets: Preset[] = ["month", "lastMonth", "quarter", "year"];
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <PageTitle>{t.report.title}</PageTitle>
          <div>
            {say(report.data?.agency)} · {t.report.periodOf(formatDate(from), formatDate(to))}
          </div>
          {session.data?.demo && <div className="print-only">{t.shell.demo}</div>}
        </div>
        <Button className="no-print" variant="default" leftSection={<Icon name="print" size={16} />} onClick={() => window.print()}>
          {t.common.print}
        </Button>
      </div>
      <Group gap="xs" align="flex-end" className="no-print" role="group" aria-label={t.report.period} mb="md">
        <DayInput label={t.common.from} value={from} onChange={(day) => go({ from: day || usual.from, to })} w={130} />
        <DayInput label={t.common.to} value={to} onChange={(day) => go({ from, to: day || today })} w={130} />
        {presets.map((preset) => {
          const period = periodOf(preset, today);
          const here = period.from === from && period.to === to;
          return (
            <Button key={preset} variant={here ? "light" : "default"} aria-pressed={here} onClick={() => go(period)}>
              {t.report.presets[preset]}
            </Button>
          );
        })}
      </Group>
      {report.isPending && <Loading />}
      <ProblemAlert error={report.error} onRetry={() => void report.refetch()} />
      {report.data && (
        <>
          <div className={classes["figures"]}>
            <Figure label={t.report.onTimeRate} share={inTime(total)} />
            <Figure label={t.report.openLateRate} share={{ part: total.open_late, whole: total.open }} />
            <Figure label={t.report.onlineRate} share={{ part: total.received_online, whole: total.received }} />
          </div>
          {report.data.rows.length === 0 ? (
            <p role="status">{t.report.empty}</p>
          ) : (
            <ScrollX label={t.report.caption}>
              <table className={`data-table ${classes["table"] ?? ""}`}>
                <caption className="sr-only">{t.report.caption}</caption>
                <thead>
                  <tr>
                    <th scope="col" rowSpan={2}>{t.report.columns.procedure}</th>
                    <th scope="col" rowSpan={2} className="number">{t.report.columns.carried}</th>
                    <th scope="colgroup" colSpan={3}>{t.report.receivedGroup}</th>
                    <th scope="colgroup" colSpan={4}>{t.report.doneGroup}</th>
                    <th scope="colgroup" colSpan={3}>{t.report.openGroup}</th>
                    <th scope="col" rowSpan={2} className="number">{t.report.columns.rate}</th>
                  </tr>
                  <tr>
                    <th scope="col" className="number">{t.common.total}</th>
                    <th scope="col" className="number">{t.report.columns.online}</th>
                    <th scope="col" className="number">{t.report.columns.counter}</th>
                    <th scope="col" className="number">{t.common.total}</th>
                    <th scope="col" className="number">{t.report.columns.early}</th>
                    <th scope="col" className="number">{t.report.columns.onTime}</th>
                    <th scope="col" className="number">{t.report.columns.late}</th>
                    <th scope="col" className="number">{t.common.total}</th>
                    <th scope="col" className="number">{t.report.columns.openInTime}</th>
                    <th scope="col" className="number">{t.report.columns.openLate}</th>
                  </tr>
                </thead>
                <tbody>
                  {report.data.rows.map((row, index) => {
                    const procedure = row.procedure as { code?: string; name?: Text };
                    return (
                      <tr key={procedure.code ?? index}>
                        <th scope="row" className={classes["name"]}>
                          {say(procedure.name)} <span className="quiet figures">{procedure.code}</span>
                        </th>
                        <Cells counts={row} />
                      </tr>
                    );
                  })}
                </tbody>
                <tfoot>
                  <tr>
                    <th scope="row">{t.common.total}</th>
                    <Cells counts={total} />
                  </tr>
                </tfoot>
              </table>
            </ScrollX>
          )}
          <h2 className={classes["heading"]}>
            {t.report.lateDossiers} ({late.length})
          </h2>
          {late.length === 0 ? (
            <p>{t.report.noLate}</p>
          ) : (
            <ScrollX label={t.report.lateDossiers}>
              <table className="data-table">
                <caption className="sr-only">{t.report.lateDossiers}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t.search.columns.code}</th>
                    <th scope="col">{t.search.columns.applicant}</th>
                    <th scope="col">{t.search.columns.procedure}</th>
                    <th scope="col">{t.search.columns.status}</th>
                    <th scope="col">{t.search.columns.due}</th>
                    <th scope="col">{t.search.columns.holder}</th>
                  </tr>
                </thead>
                <tbody>
                  {late.map((row) => (
                    <tr key={row.id}>
                      <td className="figures nowrap">
                        <Link
                          href={`/dossiers/${encodeURIComponent(row.id)}`}
                          onClick={() => rememberQueue({ address: `/report?from=${from}&to=${to}`, ids: late.map((each) => each.id) })}
                        >
                          {row.code}
                        </Link>
                      </td>
                      <td>{row.applicant}</td>
                      <td>{say(row.procedure.name)}</td>
                      <td className={classes["state"]}>
                        <StatusBadge status={row.status} />
                      </td>
                      <td className="nowrap">
                        <DueMark facts={row} />
                        <div className="quiet figures">{formatDate(row.due_at)}</div>
                      </td>
                      <td>{row.holder ?? "–"}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          )}
        </>
      )}
    </div>
  );
}
