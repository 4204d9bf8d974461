// authority_form.tsx - a grant, delegation, phân cấp or leave is put together, checked and recorded.
import { Alert, Button, Checkbox, Group, Input, List, Modal, SegmentedControl, Select, SimpleGrid, TagsInput, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import type { Officer } from "@shared/schemas.ts";
import { previewAuthority, recordAuthority, type AuthorityKind } from "../../api/authority.ts";
import { useAgencies, useOfficers } from "../../api/queries.ts";
import { announceDone } from "../../components/announce.ts";
import { FieldTags } from "../../components/field_tags.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ForesightNote } from "../coverage/foresight_note.tsx";
import { hasPlace, roles } from "../officers/roles.ts";
import { useStepUp } from "../session/step_up.tsx";
import { ActFields } from "./act_fields.tsx";
import { bodyOf, changesOf, emptyDraft, type AuthorityDraft } from "./draft.ts";
import { MomentInput } from "./moment_input.tsx";

interface Props {
  kind: AuthorityKind;
  me: Officer;
  // What is known already, where another page sent here.
  known?: Partial<AuthorityDraft>;
  onClose: () => void;
}

const isAdministrator = (me: Officer) => me.roles.includes("administrator");

// What the officer most likely means: his own authority, his own leave, his own unit.
function begun(kind: AuthorityKind, me: Officer): AuthorityDraft {
  if (kind === "absence") return emptyDraft(kind, { from_officer: isAdministrator(me) ? "" : me.id });
  if (kind === "delegation") {
    const role = me.roles.includes("leader") ? "leader" : "head";
    return emptyDraft(kind, isAdministrator(me) ? { role: "leader" } : { from_officer: me.id, role, agency: me.agency });
  }
  if (kind === "decentralisation") return emptyDraft(kind, { from_agency: me.agency });
  return emptyDraft(kind, { agency: me.agency });
}

export function AuthorityForm({ kind, me, known = {}, onClose }: Props) {
  const { t, say } = useLanguage();
  const words = t.authority;
  const cache = useQueryClient();
  const agencies = useAgencies({});
  const officers = useOfficers();
  const [draft, setDraft] = useState(() => ({ ...begun(kind, me), ...known }));
  const [byAgency, setByAgency] = useState(kind === "decentralisation");
  const [toAgency, setToAgency] = useState(kind === "decentralisation");
  // Of this text: typed anew it is another intent.
  const [key, setKey] = useState(newIntentKey);
  const change = (part: Partial<AuthorityDraft>) => {
    setDraft((old) => ({ ...old, ...part }));
    setKey(newIntentKey());
    check.reset();
  };
  // What was wrong when it was looked at last, by member; it stays until the next look.
  const [marks, setMarks] = useState<Record<string, string>>({});
  const marked = (...parts: string[]) => parts.map((part) => marks[part]).find((text) => text !== undefined) ?? null;
  const check = useMutation({
    mutationFn: () => previewAuthority(bodyOf(draft)),
    onSuccess: (answer) => setMarks(Object.fromEntries(answer.problems.filter((one) => one.severity === "error").map((one) => [one.field, say(one.message)]))),
  });
  const { guarded, dialog } = useStepUp();
  const save = useMutation({
    mutationFn: () => guarded(() => recordAuthority(bodyOf(draft), key)),
    onError: (error) => {
      if (error instanceof Problem) setMarks(Object.fromEntries(error.errors.map((one) => [one.field, one.message])));
    },
    onSuccess: () => {
      announceDone(words.recordedDone);
      void cache.invalidateQueries({ queryKey: ["authority"] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const people = (officers.data ?? []).map((one) => ({ value: one.id, label: `${one.name} – ${one.title || say(one.agency_name)}` }));
  const places = (agencies.data ?? []).map((one) => ({ value: one.id, label: `${say(one.name)} (${one.id})` }));
  const person = (label: string, part: "from_officer" | "to_officer", description?: string) => (
    <Select label={label} description={description} error={marked(part)} searchable limit={60} data={people} value={draft[part] || null} onChange={(id) => change({ [part]: id ?? "" })} comboboxProps={{ transitionProps: { duration: 0 } }} />
  );
  const place = (label: string, part: "from_agency" | "to_agency" | "agency") => (
    <Select label={label} error={part === "to_agency" ? marked(part, "to_officer") : marked(part)} searchable limit={60} data={places} value={draft[part] || null} onChange={(id) => change({ [part]: id ?? "" })} comboboxProps={{ transitionProps: { duration: 0 } }} />
  );
  const either = (label: string, agency: boolean, choose: (agency: boolean) => void) => (
    <Group gap="xs" mt="xs">
      <span>{label}</span>
      <SegmentedControl size="xs" aria-label={label} value={agency ? "agency" : "officer"} onChange={(value) => choose(value === "agency")} transitionDuration={0} data={[{ value: "officer", label: words.giverOfficer }, { value: "agency", label: words.giverAgency }]} />
    </Group>
  );
  const errors = check.data?.problems.filter((one) => one.severity === "error") ?? [];
  const notes = check.data?.problems.filter((one) => one.severity === "note") ?? [];
  return (
    <Modal opened onClose={onClose} size="lg" title={words.actions[kind]} closeButtonProps={{ "aria-label": t.common.close }}>
      <form onSubmit={submit} noValidate>
        <p className="quiet">{words.explain[kind]}</p>
        {kind === "absence" && (
          <>
            {isAdministrator(me) || me.roles.includes("leader") ? person(words.absentOfficer, "from_officer") : null}
            {person(words.deputy, "to_officer", words.deputyHint)}
          </>
        )}
        {kind === "delegation" && (
          <>
            {either(words.giver, byAgency, (agency) => {
              setByAgency(agency);
              change(agency ? { from_officer: "", from_agency: me.agency, agency: me.agency } : { from_agency: "", from_officer: isAdministrator(me) ? "" : me.id });
            })}
            {byAgency ? place(words.fromAgency, "from_agency") : person(words.fromOfficer, "from_officer")}
            {either(words.receiver, toAgency, (agency) => {
              setToAgency(agency);
              change({ to_officer: "", to_agency: "" });
            })}
            {toAgency ? place(words.toAgency, "to_agency") : person(words.toOfficer, "to_officer")}
          </>
        )}
        {kind === "decentralisation" && (
          <>
            {place(words.fromAgency, "from_agency")}
            {place(words.toAgency, "to_agency")}
          </>
        )}
        {kind === "grant" && person(words.toOfficer, "to_officer")}
        {(kind === "grant" || kind === "delegation") && (
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="xs" mt="xs">
            <Select label={words.role} error={marked("role", "roles")} data={roles.filter((role) => kind === "grant" || role !== "administrator").map((role) => ({ value: role, label: t.officers.roleNames[role] ?? role }))} value={draft.role || null} onChange={(role) => change({ role: role ?? "" })} comboboxProps={{ transitionProps: { duration: 0 } }} />
            {place(words.agency, "agency")}
          </SimpleGrid>
        )}
        {kind !== "absence" && (
          <>
            <SegmentedControl mt="sm" size="xs" aria-label={words.scope} value={draft.scope} onChange={(scope) => change({ scope: scope as AuthorityDraft["scope"] })} transitionDuration={0} data={(["all", "fields", "codes"] as const).map((scope) => ({ value: scope, label: words.scopes[scope] ?? scope }))} />
            {marked("procedures") !== null && <Input.Error>{marked("procedures")}</Input.Error>}
            {draft.scope === "fields" && <FieldTags label={words.fields} value={draft.fields} onChange={(fields) => change({ fields })} />}
            {draft.scope === "codes" && <TagsInput label={words.codes} placeholder="1.001193" value={draft.codes} onChange={(codes) => change({ codes })} />}
          </>
        )}
        <Group gap="md" mt="xs" align="flex-start">
          <MomentInput label={words.fromDay} placeholder={words.fromNow} problem={marked("from")} day={draft.from_day} time={draft.from_time} onChange={(from_day, from_time) => change({ from_day, from_time })} />
          <MomentInput label={words.untilDay} problem={marked("until")} day={draft.until_day} time={draft.until_time} onChange={(until_day, until_time) => change({ until_day, until_time })} />
        </Group>
        {(kind === "delegation" || kind === "decentralisation") && <Checkbox mt="sm" label={words.furtherLabel} checked={draft.further} onChange={(event) => change({ further: event.currentTarget.checked })} />}
        <ActFields act={draft.decision} problem={marked("act", "decision")} optional={kind === "absence" && draft.to_officer === ""} onChange={(decision) => change({ decision })} />
        <Textarea mt="xs" autosize minRows={1} label={`${words.reason} (${t.common.optional})`} maxLength={1000} value={draft.reason} onChange={(event) => change({ reason: event.currentTarget.value })} />
        {errors.length > 0 && (
          <Alert mt="sm" color="red" role="alert" title={words.problems}>
            <List size="sm">{errors.map((one) => <List.Item key={one.code + one.field}>{say(one.message)}</List.Item>)}</List>
          </Alert>
        )}
        {notes.length > 0 && (
          <Alert mt="sm" color="yellow" role="status" title={words.notes}>
            <List size="sm">{notes.map((one) => <List.Item key={one.code + one.field}>{say(one.message)}</List.Item>)}</List>
          </Alert>
        )}
        {hasPlace(me, "coverage") && <ForesightNote changes={changesOf(draft)} />}
        {check.data?.ok && notes.length === 0 && <Alert mt="sm" color="green" role="status">{words.checkedOk}</Alert>}
        <ProblemAlert error={save.error ?? check.error} />
        <Group mt="md" justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.common.cancel}
          </Button>
          <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
            {words.check}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {words.record}
          </Button>
        </Group>
      </form>
      {dialog}
    </Modal>
  );
}
