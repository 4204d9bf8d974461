// act_fields.tsx - the decision that a change rests on.
import { Group, TextInput } from "@mantine/core";
import type { LegalAct } from "../../api/organisation.ts";
import { useLanguage } from "../../i18n/language.tsx";

export const noAct: LegalAct = { number: "", issuer: "", issued_on: "", title: "" };

export function ActFields({ act, onChange }: { act: LegalAct; onChange: (act: LegalAct) => void }) {
  const { t } = useLanguage();
  const words = t.organisation;
  return (
    <fieldset>
      <legend>{words.decision}</legend>
      <Group grow align="end">
        <TextInput label={words.actNumber} value={act.number} onChange={(event) => onChange({ ...act, number: event.currentTarget.value })} />
        <TextInput label={words.actIssuedOn} type="date" value={act.issued_on} onChange={(event) => onChange({ ...act, issued_on: event.currentTarget.value })} />
      </Group>
      <TextInput label={words.actIssuer} value={act.issuer} onChange={(event) => onChange({ ...act, issuer: event.currentTarget.value })} />
      <TextInput label={words.actTitle} value={act.title} onChange={(event) => onChange({ ...act, title: event.currentTarget.value })} />
    </fieldset>
  );
}
