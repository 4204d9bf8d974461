// gap_list.tsx - where nobody is, or will be: since when, why, and who could be given it.
import { Button, Group, Select } from "@mantine/core";
import { useState } from "react";
import { formatDateTime } from "@shared/format.ts";
import { useGaps, type Gap } from "../../api/coverage.ts";
import { useAgencies, useSession } from "../../api/queries.ts";
import { DayInput } from "../../components/day_input.tsx";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { grantAddress } from "../authority/asked.ts";
import { hasPlace } from "../officers/roles.ts";
import { People } from "./people.tsx";

export function GapTable({ gaps }: { gaps: Gap[] }) {
  const { t, say } = useLanguage();
  const words = t.coverage;
  const gives = hasPlace(useSession().data?.officer, "officers");
  return (
    <ScrollX label={words.tabs.gaps}>
      <table className="data-table wide">
        <caption className="sr-only">{words.tabs.gaps}</caption>
        <thead>
          <tr>
            <th scope="col">{words.agency}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.scope}</th>
            <th scope="col">{words.since}</th>
            <th scope="col">{words.to}</th>
            <th scope="col">{words.reason}</th>
          </tr>
        </thead>
        <tbody>
          {gaps.map((gap) => (
            <tr key={`${gap.agency.id}/${gap.action}/${gap.role}/${gap.from}/${gap.reason}`}>
              <td>{say(gap.agency.name)}</td>
              <td>{say(gap.role_title)}</td>
              <td>
                {words.steps(String(gap.steps), String(gap.procedures))}
                <div className="quiet">{say(gap.cells[0]?.title)}</div>
              </td>
              <td className="figures nowrap">{gap.from && Date.parse(gap.from) > Date.now() ? formatDateTime(gap.from) : words.now}</td>
              <td className="figures nowrap">{gap.until ? formatDateTime(gap.until) : words.lasts}</td>
              <td>
                {say(gap.explanation)}
                {gap.hindrances.length > 0 && (
                  <div className="quiet">
                    <People people={gap.hindrances} />
                  </div>
                )}
                {gap.candidates.length > 0 && (
                  <div>
                    {words.couldGive}: <People people={gap.candidates} give={gives ? (person) => grantAddress(gap.agency.id, gap.role, person.id) : undefined} />
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

export function GapList({ on }: { on: string }) {
  const { t, say } = useLanguage();
  const words = t.coverage;
  const [until, setUntil] = useState("");
  const [agency, setAgency] = useState("");
  const list = useGaps(on, until, agency, true);
  const agencies = useAgencies({});
  const gaps = (list.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <>
      <Group mb="sm" align="flex-end">
        <Select
          label={words.agency}
          placeholder={t.authority.filter.anyAgency}
          w={320}
          maw="100%"
          searchable
          clearable
          limit={60}
          value={agency || null}
          onChange={(chosen) => setAgency(chosen ?? "")}
          data={(agencies.data ?? []).map((each) => ({ value: each.id, label: `${say(each.name)} (${each.id})` }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <DayInput label={words.untilDay} value={until} onChange={setUntil} />
      </Group>
      {list.isPending && <Loading />}
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {list.data && gaps.length === 0 && <p role="status">{words.noGapsHere}</p>}
      {gaps.length > 0 && <GapTable gaps={gaps} />}
      {list.hasNextPage && (
        <Button mt="sm" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t.common.loadMore}
        </Button>
      )}
    </>
  );
}
