// duty_holders.tsx - who is called when nobody could take a dossier: named by a unit's administrator.
import { Button, Group, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { formatDateTime } from "@shared/format.ts";
import { nameDutyHolder, useDutyHolders } from "../../api/coverage.ts";
import { useAgencies, useOfficers, useSession } from "../../api/queries.ts";
import { announceDone } from "../../components/announce.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { hasPlace } from "../officers/roles.ts";

export function DutyHolders() {
  const { t, say } = useLanguage();
  const words = t.coverage;
  const cache = useQueryClient();
  const session = useSession();
  const naming = hasPlace(session.data?.officer, "officers");
  const holders = useDutyHolders(true);
  const agencies = useAgencies({});
  const officers = useOfficers(naming);
  const [agency, setAgency] = useState<string | null>(null);
  const [officer, setOfficer] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (asked: { agency: string; officer: string }) => nameDutyHolder(asked.agency, asked.officer),
    onSuccess: () => {
      announceDone(words.dutySaved);
      setOfficer(null);
      void cache.invalidateQueries({ queryKey: ["coverage"] });
    },
  });
  const nameOf = (id: string) => say(agencies.data?.find((each) => each.id === id)?.name) || id;
  return (
    <>
      <p className="quiet">{words.dutyLead}</p>
      {naming && (
        <Group align="flex-end" mb="md">
          <Select
            label={words.agency}
            searchable
            limit={60}
            w={320}
            maw="100%"
            value={agency}
            onChange={setAgency}
            data={(agencies.data ?? []).map((each) => ({ value: each.id, label: `${say(each.name)} (${each.id})` }))}
          />
          <Select
            label={words.dutyOfficer}
            searchable
            limit={60}
            w={300}
            maw="100%"
            value={officer}
            onChange={setOfficer}
            data={(officers.data ?? []).filter((each) => each.active).map((each) => ({ value: each.id, label: `${each.name} (${each.agency})` }))}
          />
          <Button disabled={!agency || !officer} loading={save.isPending} onClick={() => agency && officer && save.mutate({ agency, officer })}>
            {words.dutyName}
          </Button>
        </Group>
      )}
      {!naming && <p className="quiet">{words.dutyWho}</p>}
      {holders.isPending && <Loading />}
      <ProblemAlert error={holders.error ?? save.error} />
      {holders.data?.length === 0 && <p role="status">{words.dutyEmpty}</p>}
      {holders.data && holders.data.length > 0 && (
        <ScrollX label={words.tabs.duty}>
          <table className="data-table">
            <caption className="sr-only">{words.tabs.duty}</caption>
            <thead>
              <tr>
                <th scope="col">{words.agency}</th>
                <th scope="col">{words.columns.holder}</th>
                <th scope="col">{words.dutyBy}</th>
                <th scope="col">{words.columns.since}</th>
                <th scope="col">
                  <span className="sr-only">{t.common.remove}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {holders.data.map((row) => (
                <tr key={row.agency}>
                  <td>{nameOf(row.agency)}</td>
                  <td>{row.officer_name}</td>
                  <td>{row.named_by}</td>
                  <td className="figures nowrap">{formatDateTime(row.at)}</td>
                  <td>
                    {naming && (
                      <Button size="compact-sm" variant="default" aria-label={words.dutyRemove(nameOf(row.agency))} onClick={() => save.mutate({ agency: row.agency, officer: "" })}>
                        {t.common.remove}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </>
  );
}
