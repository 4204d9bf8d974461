// merger_dialog.tsx - communes become one: said, looked at, registered.
import { MultiSelect, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useState } from "react";
import { planMerger, type OrganisationDay } from "../../api/organisation.ts";
import { DayInput } from "../../components/day_input.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ActFields, noAct } from "./act_fields.tsx";
import { ChangeFrame } from "./change_frame.tsx";

export function MergerDialog({ day, onClose }: { day: OrganisationDay; onClose: () => void }) {
  const { t, say } = useLanguage();
  const words = t.organisation;
  const [ends, setEnds] = useState<string[]>([]);
  const [existing, setExisting] = useState<string | null>(null);
  const [into, setInto] = useState({ code: "", name: "", unit_code: "" });
  const [on, setOn] = useState("");
  const [act, setAct] = useState(noAct);
  const communes = day.items
    .filter((one) => one.kind === "commune_committee")
    .map((one) => ({ value: one.id, label: `${say(one.name)} (${one.id})` }));
  const order = { ends, into: existing ? { code: existing, name: "", unit_code: "" } : into, on, legal_act: act };
  const complete = ends.length > 0 && on !== "" && (existing !== null || (into.code !== "" && into.name !== ""));
  return (
    <ChangeFrame
      title={words.merge}
      lead={words.mergeLead}
      said={JSON.stringify(order)}
      missing={complete ? null : words.mergeMissing}
      look={() => planMerger(order)}
      reason={act.title}
      onClose={onClose}
    >
      <MultiSelect label={words.ends} data={communes} value={ends} onChange={setEnds} searchable required />
      <Select label={words.existing} description={words.existingHint} data={communes.filter((one) => !ends.includes(one.value))} value={existing} onChange={setExisting} searchable clearable />
      {existing === null && (
        <>
          <TextInput label={words.newName} placeholder="Ủy ban nhân dân phường …" value={into.name} onChange={(event) => setInto({ ...into, name: event.currentTarget.value })} required />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="xs">
            <TextInput label={words.newCode} placeholder="H41.231" value={into.code} onChange={(event) => setInto({ ...into, code: event.currentTarget.value })} required />
            <TextInput label={words.unitCode} inputMode="numeric" value={into.unit_code} onChange={(event) => setInto({ ...into, unit_code: event.currentTarget.value })} />
          </SimpleGrid>
        </>
      )}
      <DayInput label={words.takesEffect} w={220} value={on} onChange={setOn} />
      <ActFields act={act} onChange={setAct} />
    </ChangeFrame>
  );
}
