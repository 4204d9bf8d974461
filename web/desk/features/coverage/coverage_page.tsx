// coverage_page.tsx - is there somebody for every step of every procedure, everywhere, on a day?
import { Button, Checkbox, Group, Select, Tabs, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useCoverageSummary, useMatrix, type Row } from "../../api/coverage.ts";
import { useSession } from "../../api/queries.ts";
import { DayInput } from "../../components/day_input.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { hasPlace } from "../officers/roles.ts";
import { AgencyPanel } from "./agency_panel.tsx";
import classes from "./coverage.module.css";
import { DutyHolders } from "./duty_holders.tsx";
import { GapList } from "./gap_list.tsx";
import { MatrixTable } from "./matrix_table.tsx";
import { WaitingList } from "./waiting_list.tsx";

type Tab = "matrix" | "gaps" | "waiting" | "duty";
const tabs: Tab[] = ["matrix", "gaps", "waiting", "duty"];

export default function CoveragePage() {
  const { t, language } = useLanguage();
  const words = t.coverage;
  const session = useSession();
  const allowed = hasPlace(session.data?.officer, "coverage");
  const [on, setOn] = useState("");
  const [tab, setTab] = useState<Tab>("matrix");
  const [kind, setKind] = useState("");
  const [typed, setTyped] = useState("");
  const [typedProcedure, setTypedProcedure] = useState("");
  const [q] = useDebouncedValue(typed, 250);
  const [procedure] = useDebouncedValue(typedProcedure, 250);
  const [chosenGaps, setOnlyGaps] = useState<boolean | null>(null);
  const [field, setField] = useState<{ id: string; name: string } | null>(null);
  const [shown, setShown] = useState<{ row: Row; field: string; code: string | null } | null>(null);
  const summary = useCoverageSummary(on, allowed);
  // Where nothing is missing, all of it is of interest: who is alone with something.
  const onlyGaps = chosenGaps ?? (summary.data?.gaps ?? 1) > 0;
  const matrix = useMatrix({ on, field: field?.id ?? "", procedure, kind, q, onlyGaps }, allowed && tab === "matrix");

  if (!allowed) {
    return (
      <div className="page">
        <PageTitle>{words.title}</PageTitle>
        <p>{words.notAllowed}</p>
      </div>
    );
  }
  const number = (n: number) => n.toLocaleString(language === "vi" ? "vi-VN" : "en-GB");
  const facts = summary.data;
  const pages = matrix.data?.pages ?? [];
  const first = pages[0];
  const byProcedure = field !== null || procedure !== "";
  return (
    <div className="page">
      <PageTitle>{words.title}</PageTitle>
      <p className="quiet">{words.lead}</p>
      <Group align="flex-end" gap="md" mb="xs">
        <DayInput label={words.on} placeholder={words.nowDay} value={on} onChange={setOn} />
        {facts && (
          <p role="status" style={{ margin: 0 }}>
            {words.summary(number(facts.steps), number(facts.procedures), number(facts.agencies))}
            {" · "}
            <strong style={{ color: facts.gaps > 0 ? "#8c1d12" : "#1d5b34" }}>{facts.gaps > 0 ? words.gaps(number(facts.gaps)) : words.noGaps}</strong>
            {facts.thin > 0 && ` · ${words.thin(number(facts.thin))}`}
          </p>
        )}
      </Group>
      <ProblemAlert error={summary.error} onRetry={() => void summary.refetch()} />
      <Tabs value={tab} onChange={(value) => setTab((value ?? "matrix") as Tab)} keepMounted={false}>
        <Tabs.List mb="sm">
          {tabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {words.tabs[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="matrix">
          <Group align="flex-end" gap="sm" mb="sm">
            <Select
              label={words.kind}
              w={190}
              value={kind}
              onChange={(value) => setKind(value ?? "")}
              allowDeselect={false}
              data={[{ value: "", label: words.allKinds }, ...(facts?.kinds ?? []).map((each) => ({ value: each.kind, label: words.kinds[each.kind] ?? each.kind }))]}
            />
            <TextInput label={words.search} w={200} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
            <TextInput label={words.procedure} w={200} value={typedProcedure} onChange={(event) => setTypedProcedure(event.currentTarget.value)} />
            <Checkbox pb={8} label={words.onlyGaps} checked={onlyGaps} onChange={(event) => setOnlyGaps(event.currentTarget.checked)} />
            {first && (
              <span className="quiet" role="status" style={{ paddingBottom: 8 }}>
                {words.rows(number(first.rows_total))}
              </span>
            )}
          </Group>
          {field && (
            <Group mb="xs">
              <Button size="compact-sm" variant="default" onClick={() => setField(null)}>
                ← {words.back}
              </Button>
              <strong>{words.fieldIs(field.name)}</strong>
            </Group>
          )}
          {matrix.isPending && <Loading />}
          <ProblemAlert error={matrix.error} onRetry={() => void matrix.refetch()} />
          {first && first.rows_total === 0 && <p role="status">{onlyGaps ? words.noGaps : words.empty}</p>}
          {first && first.columns_left_out > 0 && <p className="quiet">{words.leftOut(number(first.columns_left_out))}</p>}
          {first && first.rows_total > 0 && (
            <p className={classes["legend"]}>
              <span className={classes["cell"]} data-state="gap">3/12</span> {words.legendGap}
              <span className={classes["cell"]} data-state="thin">12</span> {words.legendThin}
              <span className={classes["cell"]} data-state="covered">12</span> {words.legendCovered}
            </p>
          )}
          {first && first.rows_total > 0 && (
            <MatrixTable
              pages={pages}
              onAgency={(row) => setShown({ row, field: field?.id ?? "", code: null })}
              onColumn={byProcedure ? null : (id, name) => setField({ id, name })}
              onCell={(row, column) => setShown(byProcedure ? { row, field: field?.id ?? "", code: column } : { row, field: column, code: null })}
            />
          )}
          {matrix.hasNextPage && (
            <Button mt="sm" variant="default" loading={matrix.isFetchingNextPage} onClick={() => void matrix.fetchNextPage()}>
              {t.common.loadMore}
            </Button>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="gaps">
          <GapList on={on} />
        </Tabs.Panel>
        <Tabs.Panel value="waiting">
          <WaitingList />
        </Tabs.Panel>
        <Tabs.Panel value="duty">
          <DutyHolders />
        </Tabs.Panel>
      </Tabs>
      {shown && (
        <AgencyPanel
          key={`${shown.row.agency.id}/${shown.field}/${shown.code ?? ""}`}
          agency={shown.row.agency}
          field={shown.field}
          code={shown.code}
          onlyGaps={onlyGaps}
          on={on}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  );
}
