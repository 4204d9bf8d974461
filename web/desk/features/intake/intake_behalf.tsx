// intake_behalf.tsx - who stands at the counter for somebody else says as what and by which paper;
// who is helped with typing has agreed to it.
import { Checkbox, Select, TextInput } from "@mantine/core";
import { DayInput } from "../../components/day_input.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { actingKinds, consents, type ActingKind, type Consent, type IntakeDraft } from "./filing.ts";
import classes from "./intake.module.css";

interface Props {
  draft: IntakeDraft;
  onChange: (part: Partial<IntakeDraft>) => void;
}

export function IntakeBehalf({ draft, onChange }: Props) {
  const { t } = useLanguage();
  const { behalf, help } = draft;
  const change = (part: Partial<IntakeDraft["behalf"]>) => onChange({ behalf: { ...behalf, ...part } });
  const changeHelp = (part: Partial<IntakeDraft["help"]>) => onChange({ help: { ...help, ...part } });
  return (
    <>
      <Checkbox mt="xs" size="sm" label={t.intake.behalf} checked={behalf.on} onChange={(event) => change({ on: event.currentTarget.checked })} />
      {behalf.on && (
        <div className={classes["fields"]}>
          <TextInput label={t.intake.behalfName} value={behalf.name} onChange={(event) => change({ name: event.currentTarget.value })} />
          <TextInput label={t.intake.behalfId} value={behalf.id} onChange={(event) => change({ id: event.currentTarget.value })} />
          <Select
            label={t.intake.actingAs}
            allowDeselect={false}
            value={behalf.kind}
            onChange={(chosen) => change({ kind: (chosen ?? "authorised") as ActingKind })}
            data={actingKinds.map((kind) => ({ value: kind, label: t.intake.actingKinds[kind] }))}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
          <Checkbox size="sm" label={t.intake.actingKnown} checked={behalf.known} onChange={(event) => change({ known: event.currentTarget.checked })} />
          {!behalf.known && (
            <>
              <TextInput
                label={t.intake.actingPaper}
                placeholder={t.intake.actingPapers[behalf.kind]}
                value={behalf.paper}
                onChange={(event) => change({ paper: event.currentTarget.value })}
              />
              <TextInput label={t.intake.actingNumber} value={behalf.number} onChange={(event) => change({ number: event.currentTarget.value })} />
              <DayInput label={`${t.intake.actingIssued} (${t.common.optional})`} value={behalf.issued} onChange={(issued) => change({ issued })} />
            </>
          )}
        </div>
      )}
      <Checkbox mt="xs" size="sm" label={t.intake.help} checked={help.on} onChange={(event) => changeHelp({ on: event.currentTarget.checked })} />
      {help.on && (
        <div className={classes["fields"]}>
          <Select
            label={t.intake.consent}
            allowDeselect={false}
            value={help.consent}
            onChange={(chosen) => changeHelp({ consent: (chosen ?? "signed") as Consent })}
            data={consents.map((one) => ({ value: one, label: t.intake.consents[one] }))}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
          {help.consent === "witnessed" && <TextInput label={t.intake.witness} value={help.witness} onChange={(event) => changeHelp({ witness: event.currentTarget.value })} />}
        </div>
      )}
    </>
  );
}
