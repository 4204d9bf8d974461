// waiting_list.tsx - dossiers that nobody could take, and who was called for them.
import { Link } from "wouter";
import { formatDateTime } from "@shared/format.ts";
import { useWaiting } from "../../api/coverage.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";

export function WaitingList() {
  const { t, say } = useLanguage();
  const words = t.coverage;
  const list = useWaiting(true);
  return (
    <>
      <p className="quiet">{words.waitingLead}</p>
      {list.isPending && <Loading />}
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {list.data?.length === 0 && <p role="status">{words.waitingEmpty}</p>}
      {list.data && list.data.length > 0 && (
        <ScrollX label={words.tabs.waiting}>
          <table className="data-table">
            <caption className="sr-only">{words.tabs.waiting}</caption>
            <thead>
              <tr>
                <th scope="col">{words.columns.code}</th>
                <th scope="col">{words.columns.agency}</th>
                <th scope="col">{words.columns.role}</th>
                <th scope="col">{words.columns.reason}</th>
                <th scope="col">{words.columns.holder}</th>
                <th scope="col">{words.columns.since}</th>
              </tr>
            </thead>
            <tbody>
              {list.data.map((row) => (
                <tr key={row.code}>
                  <td className="figures nowrap">
                    <Link href={`/dossiers/${encodeURIComponent(row.code)}`}>{row.code}</Link>
                  </td>
                  <td>{say(row.agency.name)}</td>
                  <td>{say(row.role_title)}</td>
                  <td>{words.why[row.reason] ?? row.reason}</td>
                  <td>{row.officer_name || words.noHolder}</td>
                  <td className="figures nowrap">{formatDateTime(row.since)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </>
  );
}
