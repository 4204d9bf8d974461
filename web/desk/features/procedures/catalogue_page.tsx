// catalogue_page.tsx - the faults of the national catalogue: counted, filtered, decided one by one.
import { Button, Group, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation, useSearch as useAddressQuery } from "wouter";
import { findingsKey, useFindings, type FindingFilter, type FindingsPage, type FindingState } from "../../api/catalogue.ts";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { AdministratorsOnly, useMayAdminister } from "./administrators_only.tsx";
import { countText } from "./counting.ts";
import { withDecision } from "./decided_pages.ts";
import { FindingList } from "./finding_list.tsx";
import { LongWait } from "./long_wait.tsx";
import classes from "./procedures.module.css";

const states: FindingState[] = ["open", "accepted", "declined"];
const typingPauseMs = 300;

function filterFrom(text: string): FindingFilter {
  const address = new URLSearchParams(text);
  const asked = address.get("state") ?? "open";
  return { state: states.find((each) => each === asked) ?? "", kind: address.get("kind") ?? "", code: address.get("code") ?? "" };
}

export default function CataloguePage() {
  const { t, language } = useLanguage();
  const words = t.catalogue;
  const allowed = useMayAdminister("catalogue");
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const filter = filterFrom(useAddressQuery());
  const [typed, setTyped] = useState(filter.code);
  const [code] = useDebouncedValue(typed.trim(), typingPauseMs);
  const [decisions, setDecisions] = useState(0);
  const list = useFindings(filter, allowed);
  const choose = (change: Partial<FindingFilter>) => {
    const next = { ...filter, ...change };
    const query = new URLSearchParams({ state: next.state || "all", ...(next.kind && { kind: next.kind }), ...(next.code && { code: next.code }) });
    setDecisions(0);
    navigate(`/catalogue?${query.toString()}`, { replace: true });
  };
  useEffect(() => {
    if (code !== filter.code) choose({ code });
  }, [code]);

  const pages = list.data?.pages ?? [];
  const findings = pages.flatMap((page) => page.items);
  const newest = pages.at(-1);
  const count = (value: number) => countText(value, language);
  const all = Object.values(newest?.states ?? {}).reduce((sum, each) => sum + each, 0);
  const kinds = Object.entries(newest?.kinds ?? {}).sort(([, a], [, b]) => b - a);
  const chosenKind = filter.kind !== "" && !kinds.some(([kind]) => kind === filter.kind) ? [[filter.kind, 0] as [string, number]] : [];
  // What was decided no longer stands in a list of what is open: the places of the rest have moved.
  const goOn = () => {
    if (decisions > 0 && filter.state !== "") {
      setDecisions(0);
      void list.refetch();
    } else {
      void list.fetchNextPage();
    }
  };
  return (
    <AdministratorsOnly allowed={allowed} title={words.title}>
      <div className="page-head">
        <PageTitle>{words.title}</PageTitle>
      </div>
      <p className="quiet">{words.lead}</p>
      {newest && <p>{newest.procedures === 0 ? words.empty : <strong>{words.counts(count(all), count(newest.procedures))}</strong>}</p>}
      <div className={classes["segments"]}>
        <SegmentedControl
          aria-label={words.state}
          value={filter.state || "all"}
          onChange={(value) => choose({ state: states.find((each) => each === value) ?? "" })}
          transitionDuration={0}
          data={[
            ...states.map((each) => ({ value: each, label: newest ? `${words.states[each]} (${count(newest.states[each] ?? 0)})` : words.states[each] })),
            { value: "all", label: t.common.all },
          ]}
        />
      </div>
      <Group gap="sm" align="flex-end" mb="sm">
        <Select
          className={classes["choice"] ?? ""}
          label={words.kind}
          clearable
          searchable
          placeholder={words.anyKind}
          value={filter.kind || null}
          onChange={(kind) => choose({ kind: kind ?? "" })}
          data={[...kinds, ...chosenKind].map(([kind, of]) => ({ value: kind, label: `${words.kinds[kind] ?? kind} (${count(of)})` }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <TextInput label={words.code} type="search" inputMode="decimal" placeholder="1.001193" maxLength={20} autoComplete="off" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} w={160} />
      </Group>
      {(list.isPending || list.isPlaceholderData) && allowed && <LongWait text={t.loading} />}
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {newest && newest.procedures > 0 && (
        <p role="status" className="quiet">
          {findings.length === 0 ? words.none : words.shown(count(findings.length), count(newest.total))}
        </p>
      )}
      {findings.length > 0 && (
        <>
          <p className="quiet">{words.keys}</p>
          <FindingList
            findings={findings}
            linked
            label={words.list}
            onDecided={(decided) => {
              setDecisions((old) => old + 1);
              cache.setQueryData<InfiniteData<FindingsPage, string>>(findingsKey(filter), (old) => withDecision(old, decided));
            }}
          />
        </>
      )}
      {(list.hasNextPage || (decisions > 0 && filter.state !== "")) && (
        <Button mt="md" variant="default" loading={list.isFetching} onClick={goOn}>
          {words.more}
        </Button>
      )}
    </AdministratorsOnly>
  );
}
