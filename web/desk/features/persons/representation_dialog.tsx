// representation_dialog.tsx - who acts for whom, by a paper that the officer has in his hands.
import { Button, Group, Modal, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState, type FormEvent } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import { recordRepresentation } from "../../api/persons.ts";
import { announceDone } from "../../components/announce.ts";
import { DayInput } from "../../components/day_input.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { emptyRepresentation, representationBody, representationKinds, type RepresentationDraft, type RepresentationKind } from "./representation_draft.ts";

interface Props {
  // Who was looked up, and may be either side.
  person: { name: string; identifier: string };
  onDone: () => void;
  onClose: () => void;
}

export function RepresentationDialog({ person, onDone, onClose }: Props) {
  const { t } = useLanguage();
  const words = t.persons;
  const [draft, setDraft] = useState<RepresentationDraft>({ ...emptyRepresentation, representative: person });
  const body = representationBody(draft);
  const key = useMemo(newIntentKey, [JSON.stringify(body)]);
  const save = useMutation({
    mutationFn: () => recordRepresentation(body, key),
    onSuccess: () => {
      announceDone(words.recorded);
      onDone();
    },
  });
  const marks = save.error instanceof Problem ? save.error.errors : [];
  const marked = (field: string) => marks.find((one) => one.field === field)?.message ?? null;
  const change = (part: Partial<RepresentationDraft>) => setDraft((old) => ({ ...old, ...part }));
  const side = (which: "represented" | "representative", legend: string) => (
    <fieldset style={{ marginTop: 12 }}>
      <legend>{legend}</legend>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="xs">
        <TextInput label={words.name} maxLength={200} error={marked(`${which}.name`)} value={draft[which].name} onChange={(event) => change({ [which]: { ...draft[which], name: event.currentTarget.value } })} />
        <TextInput label={words.number} maxLength={40} error={marked(`${which}.identifier`) ?? marked(which)} value={draft[which].identifier} onChange={(event) => change({ [which]: { ...draft[which], identifier: event.currentTarget.value } })} />
      </SimpleGrid>
    </fieldset>
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal opened onClose={onClose} size="lg" closeOnClickOutside={false} title={words.record} closeButtonProps={{ "aria-label": t.common.close }}>
      <form onSubmit={submit} noValidate>
        <p className="quiet">{words.recordLead}</p>
        <Select label={words.kind} allowDeselect={false} error={marked("representation")} value={draft.kind} onChange={(kind) => change({ kind: (kind ?? "authorised") as RepresentationKind })} data={representationKinds.map((kind) => ({ value: kind, label: words.kinds[kind] ?? kind }))} comboboxProps={{ transitionProps: { duration: 0 } }} />
        {side("representative", words.representative)}
        {side("represented", words.represented)}
        <Button mt="xs" size="compact-sm" variant="default" onClick={() => change({ represented: draft.representative, representative: draft.represented })}>
          {words.swap}
        </Button>
        <fieldset style={{ marginTop: 12 }}>
          <legend>{words.paper}</legend>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="xs">
            <TextInput label={words.paperTitle} placeholder={t.intake.actingPapers[draft.kind]} maxLength={200} error={marked("evidence.title")} value={draft.title} onChange={(event) => change({ title: event.currentTarget.value })} />
            <TextInput label={words.paperNumber} maxLength={100} error={marked("evidence.number")} value={draft.number} onChange={(event) => change({ number: event.currentTarget.value })} />
          </SimpleGrid>
          <Group mt="xs" align="flex-start">
            <TextInput label={`${words.paperIssuer} (${t.common.optional})`} maxLength={200} error={marked("evidence.issuer")} value={draft.issuer} onChange={(event) => change({ issuer: event.currentTarget.value })} />
            <DayInput label={words.paperIssued} problem={marked("evidence.issued_on")} value={draft.issued_on} onChange={(issued_on) => change({ issued_on })} />
          </Group>
        </fieldset>
        <Group mt="xs" align="flex-start">
          <DayInput label={words.validFrom} placeholder={words.today} problem={marked("from")} value={draft.from} onChange={(from) => change({ from })} />
          <DayInput label={words.validUntil} placeholder={words.noEnd} problem={marked("until")} value={draft.until} onChange={(until) => change({ until })} />
        </Group>
        <ProblemAlert error={save.error} />
        <Group mt="md" justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {words.recordSubmit}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
