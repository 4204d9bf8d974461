// merger_dialog.tsx - communes become one: said, looked at, registered.
import { Button, Group, Modal, MultiSelect, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { planMerger, register, type OrganisationDay } from "../../api/organisation.ts";
import { announceDone } from "../../components/announce.ts";
import { DayInput } from "../../components/day_input.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ActFields, noAct } from "./act_fields.tsx";
import { PreviewTable } from "./preview_table.tsx";

export function MergerDialog({ day, onClose }: { day: OrganisationDay; onClose: () => void }) {
  const { t, say } = useLanguage();
  const words = t.organisation;
  const cache = useQueryClient();
  const [ends, setEnds] = useState<string[]>([]);
  const [existing, setExisting] = useState<string | null>(null);
  const [into, setInto] = useState({ code: "", name: "", unit_code: "" });
  const [on, setOn] = useState("");
  const [act, setAct] = useState(noAct);
  const [key] = useState(newIntentKey);
  const communes = day.items
    .filter((one) => one.kind === "commune_committee")
    .map((one) => ({ value: one.id, label: `${say(one.name)} (${one.id})` }));
  const order = { ends, into: existing ? { code: existing, name: "", unit_code: "" } : into, on, legal_act: act };
  const plan = useMutation({ mutationFn: () => planMerger(order) });
  const apply = useMutation({
    mutationFn: () => register(plan.data?.batch, plan.data?.preview.digest ?? "", act.title, key),
    onSuccess: () => {
      announceDone(words.registered);
      void cache.invalidateQueries({ queryKey: ["organisation"] });
      onClose();
    },
  });
  // What was looked at is what is registered: another word, another look.
  const said = <T,>(set: (value: T) => void) => (value: T) => {
    plan.reset();
    set(value);
  };
  const complete = ends.length > 0 && on !== "" && (existing !== null || (into.code !== "" && into.name !== ""));
  return (
    <Modal opened onClose={onClose} title={words.merge} size="xl" closeOnClickOutside={false} closeButtonProps={{ "aria-label": t.common.close }}>
      <p>{words.mergeLead}</p>
      <MultiSelect label={words.ends} data={communes} value={ends} onChange={said(setEnds)} searchable required />
      <Select label={words.existing} description={words.existingHint} data={communes.filter((one) => !ends.includes(one.value))} value={existing} onChange={said(setExisting)} searchable clearable />
      {existing === null && (
        <>
          <TextInput label={words.newName} placeholder="Ủy ban nhân dân phường …" value={into.name} onChange={(event) => said(setInto)({ ...into, name: event.currentTarget.value })} required />
          <Group grow>
            <TextInput label={words.newCode} placeholder="H41.231" value={into.code} onChange={(event) => said(setInto)({ ...into, code: event.currentTarget.value })} required />
            <TextInput label={words.unitCode} inputMode="numeric" value={into.unit_code} onChange={(event) => said(setInto)({ ...into, unit_code: event.currentTarget.value })} />
          </Group>
        </>
      )}
      <DayInput label={words.takesEffect} w={220} value={on} onChange={said(setOn)} />
      <ActFields act={act} onChange={said(setAct)} />
      <ProblemAlert error={plan.error ?? apply.error} />
      {plan.data && <PreviewTable preview={plan.data.preview} />}
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={onClose}>{t.common.cancel}</Button>
        <Button variant="default" disabled={!complete} loading={plan.isPending} onClick={() => plan.mutate()}>{words.look}</Button>
        <Button disabled={!plan.data || plan.data.preview.counts.refused > 0} loading={apply.isPending} onClick={() => apply.mutate()}>{words.register}</Button>
      </Group>
    </Modal>
  );
}
