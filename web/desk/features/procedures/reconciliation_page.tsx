// reconciliation_page.tsx - what the national database publishes for an agency against what is in force.
import { Button, Group, SegmentedControl, Select } from "@mantine/core";
import { useLocation, useSearch as useAddressQuery } from "wouter";
import { makeUrl } from "@shared/api/client.ts";
import { useReconciliation, type ReconciliationKind } from "../../api/catalogue.ts";
import { useAgencies, useSession } from "../../api/queries.ts";
import { Icon } from "../../components/icon.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { AdministratorsOnly, useMayAdminister } from "./administrators_only.tsx";
import { countText } from "./counting.ts";
import { LongWait } from "./long_wait.tsx";
import { ReconciliationRows } from "./reconciliation_rows.tsx";
import classes from "./procedures.module.css";

const kinds: ReconciliationKind[] = ["differing", "only_published", "only_here", "agreeing"];

export default function ReconciliationPage() {
  const { t, say, language } = useLanguage();
  const words = t.reconciliation;
  const allowed = useMayAdminister("reconciliation");
  const [, navigate] = useLocation();
  const address = new URLSearchParams(useAddressQuery());
  const session = useSession();
  const agencies = useAgencies({}, allowed);
  const agency = address.get("agency") || session.data?.officer?.agency || "";
  const kind = kinds.find((each) => each === address.get("kind")) ?? "";
  const list = useReconciliation(agency, kind, allowed);
  const go = (change: { agency?: string; kind?: string }) => {
    const next = new URLSearchParams(Object.entries({ agency, kind, ...change }).filter(([, value]) => value !== ""));
    navigate(`/reconciliation?${next.toString()}`, { replace: true });
  };
  const pages = list.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.items);
  const newest = pages.at(-1);
  const count = (value: number) => countText(value, language);
  const file = { query: { agency, kind } };
  return (
    <AdministratorsOnly allowed={allowed} title={words.title}>
      <div className="page-head">
        <PageTitle>{words.title}</PageTitle>
        <Group gap="xs" className="no-print">
          <Button component="a" href={makeUrl("/api/v1/catalogue/reconciliation.csv", file)} download variant="default" leftSection={<Icon name="download" size={15} />}>
            {words.csv}
          </Button>
          <Button component="a" href={makeUrl("/api/v1/catalogue/reconciliation.xlsx", file)} download variant="default" leftSection={<Icon name="download" size={15} />}>
            {words.xlsx}
          </Button>
        </Group>
      </div>
      <p className="quiet">{words.lead}</p>
      <Select
        className={classes["choice"] ?? ""}
        label={words.agency}
        searchable
        limit={80}
        allowDeselect={false}
        value={agency || null}
        onChange={(id) => id && go({ agency: id })}
        data={(agencies.data ?? []).map((each) => ({ value: each.id, label: `${say(each.name)} (${each.id})` }))}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        mb="sm"
      />
      <div className={classes["segments"]}>
        <SegmentedControl
          aria-label={words.filter}
          value={kind || "all"}
          onChange={(value) => go({ kind: value === "all" ? "" : value })}
          transitionDuration={0}
          data={[{ value: "all", label: words.all }, ...kinds.map((each) => ({ value: each, label: newest ? `${words.kinds[each]} (${count(newest.counts[each] ?? 0)})` : words.kinds[each] }))]}
        />
      </div>
      {(list.isPending || list.isPlaceholderData) && allowed && <LongWait text={words.working} />}
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {newest && (
        <p role="status" className="quiet">
          {rows.length === 0 ? words.none : words.shown(count(rows.length), count(newest.total))}
        </p>
      )}
      {rows.length > 0 && (
        <ScrollX label={words.list}>
          <table className="data-table">
            <caption className="sr-only">{words.list}</caption>
            <thead>
              <tr>
                <th scope="col">{words.columns.code}</th>
                <th scope="col">{words.columns.name}</th>
                <th scope="col">{words.columns.kind}</th>
                <th scope="col">{words.columns.what}</th>
                <th scope="col">{words.columns.published}</th>
                <th scope="col">{words.columns.here}</th>
              </tr>
            </thead>
            {rows.map((row) => (
              <ReconciliationRows key={row.code} row={row} />
            ))}
          </table>
        </ScrollX>
      )}
      {list.hasNextPage && (
        <Button mt="md" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t.common.loadMore}
        </Button>
      )}
    </AdministratorsOnly>
  );
}
