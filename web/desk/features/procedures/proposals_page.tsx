// proposals_page.tsx - what waits for a second person, and what was decided.
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { formatDateTime } from "@shared/format.ts";
import { useProposals, type Proposal } from "../../api/procedures.ts";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { AdministratorsOnly, useMayAdminister } from "./administrators_only.tsx";
import { countText } from "./counting.ts";
import { Mark, type Tone } from "./mark.tsx";
import classes from "./procedures.module.css";

type State = Proposal["state"];
const states: State[] = ["open", "approved", "declined"];
export const stateTones: Record<State, Tone> = { open: "news", approved: "good", declined: "quiet" };

export default function ProposalsPage() {
  const { t, language } = useLanguage();
  const words = t.proposals;
  const allowed = useMayAdminister("proposals");
  const list = useProposals(allowed);
  const [state, setState] = useState<State | "all">("all");
  // The server sends open ones first, then the newest first.
  const rows = (list.data ?? []).filter((each) => state === "all" || each.state === state);
  const count = (of: State) => (list.data ?? []).filter((each) => each.state === of).length;
  return (
    <AdministratorsOnly allowed={allowed} title={words.title}>
      <div className="page-head">
        <PageTitle>{words.title}</PageTitle>
      </div>
      <p className="quiet">{words.lead}</p>
      <div className={classes["segments"]}>
        <SegmentedControl
          aria-label={words.filter}
          value={state}
          onChange={(value) => setState(value as State | "all")}
          transitionDuration={0}
          data={[{ value: "all", label: t.common.all }, ...states.map((each) => ({ value: each, label: `${words.states[each]} (${countText(count(each), language)})` }))]}
        />
      </div>
      {list.isPending && <Loading />}
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {list.data && rows.length === 0 && <p role="status">{list.data.length === 0 ? words.none : words.noItems}</p>}
      {rows.length > 0 && (
        <ScrollX label={words.list}>
          <table className="data-table">
            <caption className="sr-only">{words.list}</caption>
            <thead>
              <tr>
                <th scope="col">{words.columns.id}</th>
                <th scope="col">{words.columns.state}</th>
                <th scope="col" className="number">{words.columns.count}</th>
                <th scope="col">{words.columns.by}</th>
                <th scope="col">{words.columns.at}</th>
                <th scope="col">{words.columns.decided}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td className={classes["wide"]}>
                    <Link href={`/proposals/${encodeURIComponent(row.id)}`}>{row.id}</Link>
                    {row.note && <div className="quiet">{row.note}</div>}
                  </td>
                  <td>
                    <Mark tone={stateTones[row.state]}>
                      {words.states[row.state]}
                    </Mark>
                  </td>
                  <td className="number">{countText(row.count, language)}</td>
                  <td>{row.proposed_by_name}</td>
                  <td className="figures nowrap">{formatDateTime(row.proposed_at)}</td>
                  <td>
                    {row.decided_by_name}
                    {row.decided_at && <div className="quiet figures">{formatDateTime(row.decided_at)}</div>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </AdministratorsOnly>
  );
}
