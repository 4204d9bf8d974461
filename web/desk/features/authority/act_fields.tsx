// act_fields.tsx - the decision that something rests on: number, issuer, day, what it is about.
import { Group, Input, TextInput } from "@mantine/core";
import { useId } from "react";
import type { LegalAct } from "../../api/authority.ts";
import { DayInput } from "../../components/day_input.tsx";
import { useLanguage } from "../../i18n/language.tsx";

interface Props {
  act: LegalAct;
  onChange: (act: LegalAct) => void;
  optional?: boolean;
  problem?: string | null;
}

export function ActFields({ act, onChange, optional = false, problem = null }: Props) {
  const { t } = useLanguage();
  const words = t.authority;
  const label = optional ? `${words.decision} (${t.common.optional})` : words.decision;
  const wrong = useId();
  return (
    <fieldset style={{ marginTop: 12 }} aria-describedby={problem ? wrong : undefined}>
      <legend>{label}</legend>
      {problem && <Input.Error id={wrong}>{problem}</Input.Error>}
      <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
        <TextInput label={words.number} placeholder="12/QĐ-UBND" maxLength={60} aria-invalid={(problem !== null && act.number.trim() === "") || undefined} value={act.number} onChange={(event) => onChange({ ...act, number: event.currentTarget.value })} />
        <TextInput label={words.issuer} maxLength={200} value={act.issuer} onChange={(event) => onChange({ ...act, issuer: event.currentTarget.value })} />
        <DayInput label={words.issuedOn} value={act.issued_on ?? ""} onChange={(day) => onChange({ ...act, issued_on: day === "" ? null : day })} />
      </Group>
      <TextInput mt="xs" label={`${words.actTitle} (${t.common.optional})`} maxLength={300} value={act.title} onChange={(event) => onChange({ ...act, title: event.currentTarget.value })} />
    </fieldset>
  );
}
