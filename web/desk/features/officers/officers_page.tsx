// officers_page.tsx - the accounts of the officers: who, where, in which roles.
import { Badge, Button, Checkbox, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { matches } from "@shared/fold.ts";
import type { Officer } from "@shared/schemas.ts";
import { useOfficers, useSession } from "../../api/queries.ts";
import { Icon } from "../../components/icon.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useDay } from "../security/day_text.ts";
import { InitialPassword, type NewPassword } from "./initial_password.tsx";
import { OfficerDialog } from "./officer_dialog.tsx";
import { hasPlace } from "./roles.ts";

export default function OfficersPage() {
  const { t, say } = useLanguage();
  const day = useDay();
  const session = useSession();
  const allowed = hasPlace(session.data?.officer, "officers");
  const officers = useOfficers(allowed);
  const [typed, setTyped] = useState("");
  const [inactive, setInactive] = useState(false);
  const [editing, setEditing] = useState<Officer | "new" | null>(null);
  const [password, setPassword] = useState<NewPassword | null>(null);

  if (!allowed) {
    return (
      <div className="page">
        <PageTitle>{t.officers.title}</PageTitle>
        <p>{t.officers.onlyAdministrators}</p>
      </div>
    );
  }
  const shown = (officers.data ?? []).filter(
    (officer) =>
      (inactive || officer.active) &&
      matches([officer.name, officer.username, officer.title, say(officer.agency_name), officer.agency].join(" "), typed),
  );
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{t.officers.title}</PageTitle>
        <Button leftSection={<Icon name="plus" />} onClick={() => setEditing("new")}>
          {t.officers.create}
        </Button>
      </div>
      <Group align="flex-end" gap="md" mb="sm">
        <TextInput label={t.officers.search} placeholder={t.officers.searchHint} w={320} maw="100%" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Checkbox pb={8} label={t.officers.showInactive} checked={inactive} onChange={(event) => setInactive(event.currentTarget.checked)} />
        <span className="quiet" role="status" style={{ paddingBottom: 8 }}>
          {officers.data && t.officers.count(shown.length)}
        </span>
      </Group>
      {officers.isPending && <Loading />}
      <ProblemAlert error={officers.error} onRetry={() => void officers.refetch()} />
      {shown.length > 0 && (
        <ScrollX label={t.officers.list}>
          <table className="data-table wide">
            <caption className="sr-only">{t.officers.list}</caption>
            <thead>
              <tr>
                <th scope="col">{t.officers.columns.name}</th>
                <th scope="col">{t.officers.columns.username}</th>
                <th scope="col">{t.officers.columns.agency}</th>
                <th scope="col">{t.officers.columns.roles}</th>
                <th scope="col">{t.officers.columns.state}</th>
                <th scope="col">
                  <span className="sr-only">{t.officers.edit}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((officer) => (
                <tr key={officer.id}>
                  <td>
                    <strong>{officer.name}</strong>
                    <div className="quiet">{officer.title}</div>
                  </td>
                  <td>{officer.username}</td>
                  <td>{say(officer.agency_name) || officer.agency}</td>
                  <td>
                    <Group gap={4}>
                      {officer.roles.map((role) => (
                        <Badge key={role} variant="light" size="lg" fz="xs" tt="none" fw={500} radius="sm" h="auto" py={2} styles={{ label: { whiteSpace: "normal" } }}>
                          {t.officers.roleNames[role] ?? role}
                        </Badge>
                      ))}
                    </Group>
                  </td>
                  <td className="nowrap">
                    {officer.active ? t.officers.active : <span className="quiet">{t.officers.inactive}</span>}
                    {officer.second_factor && <div className="quiet">{t.accountMarks.twoFactor}</div>}
                    {officer.passkey_in_doubt && <div role="note"><Icon name="warning" size={14} /> {t.accountMarks.inDoubt}</div>}
                    {officer.disabled_unused_on && <div className="quiet">{t.accountMarks.unused(day(officer.disabled_unused_on))}</div>}
                  </td>
                  <td>
                    <Button size="compact-sm" variant="default" aria-label={t.officers.editOf(officer.name)} onClick={() => setEditing(officer)}>
                      {t.officers.edit}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {editing && (
        <OfficerDialog
          key={editing === "new" ? "new" : editing.id}
          officer={editing === "new" ? null : editing}
          onPassword={setPassword}
          onClose={() => setEditing(null)}
        />
      )}
      {password && <InitialPassword password={password} onClose={() => setPassword(null)} />}
    </div>
  );
}
