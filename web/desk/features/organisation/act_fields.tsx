// act_fields.tsx - the decision that a change rests on.
import { SimpleGrid, TextInput } from "@mantine/core";
import type { LegalAct } from "../../api/organisation.ts";
import { DayInput } from "../../components/day_input.tsx";
import { useLanguage } from "../../i18n/language.tsx";

export const noAct: LegalAct = { number: "", issuer: "", issued_on: "", title: "" };

export function ActFields({ act, onChange }: { act: LegalAct; onChange: (act: LegalAct) => void }) {
  const { t } = useLanguage();
  const words = t.organisation;
  return (
    <fieldset>
      <legend>{words.decision}</legend>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="xs">
        <TextInput label={words.actNumber} value={act.number} onChange={(event) => onChange({ ...act, number: event.currentTarget.value })} />
        <DayInput label={words.actIssuedOn} value={act.issued_on} onChange={(issued_on) => onChange({ ...act, issued_on })} />
      </SimpleGrid>
      <TextInput label={words.actIssuer} value={act.issuer} onChange={(event) => onChange({ ...act, issuer: event.currentTarget.value })} />
      <TextInput label={words.actTitle} value={act.title} onChange={(event) => onChange({ ...act, title: event.currentTarget.value })} />
    </fieldset>
  );
}
