// authority_page.tsx - what holds now, what is to come, what has ended; and the ways to add to it.
import { Button, Group, Select } from "@mantine/core";
import { useState } from "react";
import { useLocation, useSearch } from "wouter";
import { useAuthorities, type Authority, type AuthorityKind } from "../../api/authority.ts";
import { useAgencies, useOfficers, useSession } from "../../api/queries.ts";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ProcedureSelect } from "../../components/procedure_select.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { askedOf, kindsFor } from "./asked.ts";
import { AuthorityForm } from "./authority_form.tsx";
import { giverOf, periodText, realEnd, receiverOf, rolesText, scopeText } from "./authority_words.ts";
import { RecordDialog } from "./record_dialog.tsx";

function RecordGroup({ title, records, onOpen }: { title: string; records: Authority[]; onOpen: (id: string) => void }) {
  const { t, say } = useLanguage();
  const words = t.authority;
  if (records.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ScrollX label={title}>
        <table className="data-table wide">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.columns.what}</th>
              <th scope="col">{words.columns.who}</th>
              <th scope="col">{words.columns.where}</th>
              <th scope="col">{words.columns.period}</th>
              <th scope="col">{words.columns.act}</th>
              <th scope="col"><span className="sr-only">{words.open}</span></th>
            </tr>
          </thead>
          <tbody>
            {records.map((one) => (
              <tr key={one.id} data-kind={one.kind}>
                <td>
                  <strong>{words.kinds[one.kind]}</strong>
                  <div className="quiet">{rolesText(one, say)}</div>
                  <div className="quiet">{scopeText(one, words)}</div>
                </td>
                <td>{[giverOf(one, say), receiverOf(one, words, say)].filter((name) => name !== "").join(" → ")}</td>
                <td>{say(one.agency?.name)}</td>
                <td className="figures">
                  {periodText(one, words)}
                  {realEnd(one, words) && <div className="quiet">{realEnd(one, words)}</div>}
                  {one.state === "revoked" && <div>{words.states["revoked"]}</div>}
                </td>
                <td>
                  {one.act.number}
                  <div className="quiet">{one.act.issuer}</div>
                </td>
                <td>
                  <Button size="compact-sm" variant="default" aria-label={words.openOf(`${words.kinds[one.kind] ?? ""} ${receiverOf(one, words, say)}`)} onClick={() => onOpen(one.id)}>
                    {words.open}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}

export default function AuthorityPage() {
  const { t, say } = useLanguage();
  const words = t.authority;
  const session = useSession();
  const me = session.data?.officer;
  const [filter, setFilter] = useState({ agency: "", officer: "", procedure: "" });
  const records = useAuthorities(filter);
  const agencies = useAgencies({});
  const officers = useOfficers();
  // Begun on another page: "/authority?new=grant&agency=H41.101&role=clerk".
  const [, navigate] = useLocation();
  const asked = askedOf(useSearch());
  const [chosen, setAdding] = useState<AuthorityKind | null>(null);
  const adding = chosen ?? (asked !== null && me && kindsFor(me.roles).includes(asked.kind) ? asked.kind : null);
  const close = () => {
    setAdding(null);
    if (asked !== null) navigate("/authority", { replace: true });
  };
  const [opened, setOpened] = useState<string | null>(null);
  const items = records.data?.items ?? [];
  const inState = (...states: string[]) => items.filter((one) => states.includes(one.state));
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{words.title}</PageTitle>
        {me && (
          <Group gap="xs">
            {kindsFor(me.roles).map((kind) => (
              <Button key={kind} variant={kind === "absence" ? "filled" : "default"} onClick={() => setAdding(kind)}>
                {words.actions[kind]}
              </Button>
            ))}
          </Group>
        )}
      </div>
      <p className="quiet">{words.lead}</p>
      <Group align="flex-end" gap="md" mb="sm">
        <Select label={words.filter.agency} placeholder={words.filter.anyAgency} clearable searchable limit={60} value={filter.agency || null} onChange={(agency) => setFilter({ ...filter, agency: agency ?? "" })} data={(agencies.data ?? []).map((one) => ({ value: one.id, label: `${say(one.name)} (${one.id})` }))} comboboxProps={{ transitionProps: { duration: 0 } }} />
        <Select label={words.filter.officer} placeholder={words.filter.anyOfficer} clearable searchable limit={60} value={filter.officer || null} onChange={(officer) => setFilter({ ...filter, officer: officer ?? "" })} data={(officers.data ?? []).map((one) => ({ value: one.id, label: one.name }))} comboboxProps={{ transitionProps: { duration: 0 } }} />
        <ProcedureSelect label={words.filter.procedure} value={filter.procedure} onChange={(procedure) => setFilter({ ...filter, procedure })} />
      </Group>
      {records.isPending && <Loading />}
      <ProblemAlert error={records.error} onRetry={() => void records.refetch()} />
      {records.data && items.length === 0 && <p role="status">{words.none}</p>}
      <RecordGroup title={words.groups.current} records={inState("current")} onOpen={setOpened} />
      <RecordGroup title={words.groups.coming} records={inState("coming")} onOpen={setOpened} />
      <RecordGroup title={words.groups.over} records={inState("ended", "revoked")} onOpen={setOpened} />
      {records.data?.more && <p className="quiet">{words.more}</p>}
      {adding && me && <AuthorityForm kind={adding} me={me} known={chosen === null ? (asked?.known ?? {}) : {}} onClose={close} />}
      {opened && <RecordDialog id={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
