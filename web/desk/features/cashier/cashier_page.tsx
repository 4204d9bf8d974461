// cashier_page.tsx - the end of the day at the till: totals per cashier, every entry, a page to sign.
import { ActionIcon, Button, Group } from "@mantine/core";
import { Link, useLocation, useSearch as useAddressQuery } from "wouter";
import { formatDate, formatDateTime, formatMoney } from "@shared/format.ts";
import { useCashierDay, useSession, type CashierTotals } from "../../api/queries.ts";
import { DayInput, isDay } from "../../components/day_input.tsx";
import { addDays, todayIn } from "../../components/days.ts";
import { Icon } from "../../components/icon.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./cashier.module.css";

function Entries({ cashier }: { cashier: CashierTotals }) {
  const { t } = useLanguage();
  const columns = t.cashier.columns;
  const facts: [string, string][] = [
    [t.cashier.cash, formatMoney(cashier.cash)],
    [t.cashier.transfer, formatMoney(cashier.transfer)],
    [t.cashier.refunded, formatMoney(cashier.refunded)],
    [t.cashier.net, formatMoney(cashier.total)],
    [t.cashier.count, String(cashier.count)],
  ];
  return (
    <section className={classes["cashier"]}>
      <h2>{cashier.officer.name}</h2>
      <dl className={classes["totals"]}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ScrollX label={t.cashier.entries(cashier.officer.name)}>
        <table className="data-table">
          <caption className="sr-only">{t.cashier.entries(cashier.officer.name)}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.time}</th>
              <th scope="col">{columns.receipt}</th>
              <th scope="col">{columns.dossier}</th>
              <th scope="col">{columns.kind}</th>
              <th scope="col">{columns.method}</th>
              <th scope="col">{columns.reason}</th>
              <th scope="col" className="number">{columns.amount}</th>
            </tr>
          </thead>
          <tbody>
            {cashier.entries.map((entry) => (
              <tr key={`${entry.receipt}${entry.at}`}>
                <td className="figures nowrap">{formatDateTime(entry.at).slice(11)}</td>
                <td className="figures nowrap">{entry.receipt}</td>
                <td className="figures nowrap">
                  <Link href={`/dossiers/${encodeURIComponent(entry.dossier_code)}`}>{entry.dossier_code}</Link>
                </td>
                <td>{entry.kind === "refund" ? t.fee.refund : t.fee.payment}</td>
                <td>{t.fee.methods[entry.method] ?? entry.method}</td>
                <td>{entry.reason}</td>
                <td className="number nowrap">{formatMoney(entry.kind === "refund" ? -Math.abs(entry.amount) : entry.amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}

export default function CashierPage() {
  const { t, say } = useLanguage();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useAddressQuery()).get("date") ?? "";
  const today = todayIn(Date.now());
  const date = isDay(asked) ? asked : today;
  const day = useCashierDay(date);
  const session = useSession();
  const go = (to: string) => navigate(to === today || to === "" ? "/cashier" : `/cashier?date=${to}`, { replace: true });
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{t.cashier.title}</PageTitle>
        <Group gap={6} align="flex-end" className="no-print">
          <ActionIcon variant="default" size={36} aria-label={t.cashier.previousDay} onClick={() => go(addDays(date, -1))}>
            <Icon name="previous" size={16} />
          </ActionIcon>
          <DayInput label={t.cashier.day} value={date} onChange={go} w={130} />
          <ActionIcon variant="default" size={36} aria-label={t.cashier.nextDay} disabled={date >= today} onClick={() => go(addDays(date, 1))}>
            <Icon name="next" size={16} />
          </ActionIcon>
          <Button variant="default" leftSection={<Icon name="print" size={16} />} onClick={() => window.print()}>
            {t.common.print}
          </Button>
        </Group>
      </div>
      <p className="print-only">
        {say(session.data?.officer?.agency_name)} · {formatDate(date)}
        {session.data?.demo && <> · {t.shell.demo}</>}
      </p>
      {day.isPending && <Loading />}
      <ProblemAlert error={day.error} onRetry={() => void day.refetch()} />
      {day.data && day.data.cashiers.length === 0 && <p role="status">{t.cashier.empty}</p>}
      {day.data?.cashiers.map((cashier) => <Entries key={cashier.officer.id} cashier={cashier} />)}
      {day.data && day.data.cashiers.length > 0 && (
        <>
          <p className={classes["grand"]}>
            {t.cashier.allCashiers}: <strong className="figures">{formatMoney(day.data.total)}</strong>
          </p>
          <div className={`print-only ${classes["signatures"] ?? ""}`}>
            <span>{t.cashier.signature}</span>
            <span>{t.cashier.signatureHead}</span>
          </div>
        </>
      )}
    </div>
  );
}
