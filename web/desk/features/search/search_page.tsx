// search_page.tsx - any dossier by a few letters; the same filter goes out as a spreadsheet.
import { Button, Checkbox, Group, MultiSelect, TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { Link, useLocation, useSearch as useAddressQuery } from "wouter";
import { makeUrl } from "@shared/api/client.ts";
import { formatDate } from "@shared/format.ts";
import { useSearch } from "../../api/queries.ts";
import { DayInput } from "../../components/day_input.tsx";
import { DueMark } from "../../components/due_mark.tsx";
import { Icon } from "../../components/icon.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ProcedureSelect } from "../../components/procedure_select.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { StatusBadge } from "../../components/status_badge.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { rememberQueue } from "../inbox/queue.ts";
import { useRowFocus } from "../inbox/row_focus.ts";
import { emptySearch, searchAddress, searchFilterFrom, searchQuery, statuses, type SearchFilter } from "./search_filter.ts";
import classes from "./search.module.css";

export default function SearchPage() {
  const { t, say } = useLanguage();
  const [, navigate] = useLocation();
  const filter = searchFilterFrom(useAddressQuery());
  const [typed, setTyped] = useState(filter.q);
  const query = searchQuery(filter);
  const found = useSearch(query);
  const rows = (found.data?.pages ?? []).flatMap((page) => page.items);
  const list = useRef<HTMLTableSectionElement>(null);
  const focus = useRowFocus(list);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setTyped(filter.q), [filter.q]);
  useShortcuts({ j: () => focus.move(1), k: () => focus.move(-1), "/": () => box.current?.focus() });

  const apply = (change: Partial<SearchFilter>) => navigate(searchAddress({ ...filter, q: typed, ...change }), { replace: true });
  const remember = () => rememberQueue({ address: searchAddress(filter), ids: rows.map((row) => row.id) });
  const isFiltered = searchAddress(filter) !== "/search";
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{t.search.title}</PageTitle>
        <Group gap="xs" className="no-print">
          <Button component="a" href={makeUrl("/api/v1/dossiers/export.xlsx", { query })} download variant="default" leftSection={<Icon name="download" size={15} />}>
            {t.search.exportXlsx}
          </Button>
          <Button component="a" href={makeUrl("/api/v1/dossiers/export.csv", { query })} download variant="default" leftSection={<Icon name="download" size={15} />}>
            {t.search.exportCsv}
          </Button>
        </Group>
      </div>
      <form
        role="search"
        className={classes["form"]}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          apply({ q: typed });
        }}
      >
        <div className={classes["line"]}>
        <TextInput
          ref={box}
          className={classes["query"] ?? ""}
          label={t.search.query}
          description={t.search.queryHint}
          autoFocus
          autoComplete="off"
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" leftSection={<Icon name="search" size={16} />}>
          {t.search.submit}
        </Button>
        </div>
        <div className={classes["line"]}>
        <MultiSelect
          className={classes["status"] ?? ""}
          label={t.search.status}
          placeholder={filter.status.length === 0 ? t.search.anyStatus : ""}
          clearable
          value={filter.status.map(String)}
          onChange={(chosen) => apply({ status: chosen.map(Number) })}
          data={statuses.map((status) => ({ value: String(status), label: t.status[status] ?? "" }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <ProcedureSelect className={classes["procedure"] ?? ""} label={t.search.procedure} value={filter.procedure} onChange={(procedure) => apply({ procedure })} />
        <DayInput label={t.search.filedFrom} value={filter.from} onChange={(from) => apply({ from })} w={130} />
        <DayInput label={t.search.filedTo} value={filter.to} onChange={(to) => apply({ to })} w={130} />
        <Checkbox className={classes["overdue"] ?? ""} label={t.search.overdue} checked={filter.overdue} onChange={(event) => apply({ overdue: event.currentTarget.checked })} />
        {isFiltered && (
          <Button variant="subtle" onClick={() => { setTyped(""); navigate(searchAddress(emptySearch), { replace: true }); }}>
            {t.search.clear}
          </Button>
        )}
        </div>
      </form>
      {found.isError && <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && (
        <p role="status" className="quiet">
          {rows.length === 0 ? `${t.search.empty} ${isFiltered ? t.search.emptyHint : ""}` : t.search.results(rows.length, found.hasNextPage)}
        </p>
      )}
      {rows.length > 0 && (
        <ScrollX label={t.search.table}>
          <table className="data-table">
            <caption className="sr-only">{t.search.table}</caption>
            <thead>
              <tr>
                <th scope="col">{t.search.columns.applicant}</th>
                <th scope="col">{t.search.columns.procedure}</th>
                <th scope="col">{t.search.columns.status}</th>
                <th scope="col">{t.search.columns.filed}</th>
                <th scope="col">{t.search.columns.due}</th>
                <th scope="col">{t.search.columns.holder}</th>
              </tr>
            </thead>
            <tbody ref={list}>
              {rows.map((row) => (
                <tr key={row.id} data-row>
                  <td>
                    <Link href={`/dossiers/${encodeURIComponent(row.id)}`} className={classes["applicant"] ?? ""} data-row-link onClick={remember}>
                      {row.applicant}
                    </Link>
                    <div className="quiet figures nowrap">{row.code}</div>
                  </td>
                  <td className={classes["procedureName"]}>{say(row.procedure.name)}</td>
                  <td className={classes["state"]}>
                    <StatusBadge status={row.status} />
                    <div className="quiet">{say(row.step)}</div>
                  </td>
                  <td className="figures nowrap">{formatDate(row.filed_at)}</td>
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
      {found.hasNextPage && (
        <Button mt="md" variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.common.loadMore}
        </Button>
      )}
    </div>
  );
}
