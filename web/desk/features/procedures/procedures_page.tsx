// procedures_page.tsx - every procedure in force, found by a few letters, a page at a time.
import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { Link, useLocation, useSearch as useAddressQuery } from "wouter";
import { formatDate } from "@shared/format.ts";
import { useProcedurePages, type ProcedureLevel } from "../../api/procedures.ts";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { AdministratorsOnly, useMayAdminister } from "./administrators_only.tsx";
import { countText } from "./counting.ts";
import classes from "./procedures.module.css";

const typingPauseMs = 200;
const levels: ProcedureLevel[] = ["", "commune", "province", "ministry"];

export default function ProceduresPage() {
  const { t, say, language } = useLanguage();
  const words = t.procedures;
  const allowed = useMayAdminister("procedures");
  const [, navigate] = useLocation();
  const address = new URLSearchParams(useAddressQuery());
  const level = levels.find((each) => each === address.get("level")) ?? "";
  const [typed, setTyped] = useState(address.get("q") ?? "");
  const [q] = useDebouncedValue(typed.trim(), typingPauseMs);
  const list = useProcedurePages(q, level, allowed);
  // Coming back from a procedure finds the same list.
  const go = (next: { q: string; level: string }) => {
    const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== "")).toString();
    navigate(query === "" ? "/procedures" : `/procedures?${query}`, { replace: true });
  };
  useEffect(() => {
    if (q !== (address.get("q") ?? "")) go({ q, level });
  }, [q]);

  const rows = (list.data?.pages ?? []).flatMap((page) => page.items);
  const total = list.data?.pages.at(-1)?.total ?? 0;
  return (
    <AdministratorsOnly allowed={allowed} title={words.title}>
      <div className="page-head">
        <PageTitle>{words.title}</PageTitle>
      </div>
      <p className="quiet">{words.lead}</p>
      <Group gap="sm" align="flex-end" mb="sm" role="search">
        <TextInput
          className={classes["search"] ?? ""}
          type="search"
          label={words.search}
          description={words.searchHint}
          maxLength={200}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Select
          label={words.level}
          allowDeselect={false}
          value={level || "all"}
          onChange={(value) => go({ q, level: value === "all" ? "" : (value ?? "") })}
          data={levels.map((each) => ({ value: each || "all", label: words.levels[each || "all"] }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
      </Group>
      {list.isPending && <Loading />}
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {list.data && <p role="status" className="quiet">{rows.length === 0 ? words.none : words.shown(countText(rows.length, language), countText(total, language))}</p>}
      {rows.length > 0 && (
        <ScrollX label={words.list}>
          <table className="data-table">
            <caption className="sr-only">{words.list}</caption>
            <thead>
              <tr>
                <th scope="col">{words.columns.code}</th>
                <th scope="col">{words.columns.name}</th>
                <th scope="col">{words.columns.level}</th>
                <th scope="col">{words.columns.field}</th>
                <th scope="col">{words.columns.from}</th>
                <th scope="col">{words.columns.limit}</th>
                <th scope="col">{words.columns.fee}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.code}>
                  <td className="figures nowrap">{row.code}</td>
                  <td className={classes["wide"]}>
                    <Link href={`/procedures/${encodeURIComponent(row.code)}`}>{say(row.name)}</Link>
                  </td>
                  <td className="nowrap">{words.levels[row.level as "commune"] ?? row.level}</td>
                  <td>{say(row.field)}</td>
                  <td className="figures nowrap">{row.from ? formatDate(row.from) : words.always}</td>
                  <td>{say(row.limit)}</td>
                  <td>{say(row.fee)}</td>
                </tr>
              ))}
            </tbody>
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
