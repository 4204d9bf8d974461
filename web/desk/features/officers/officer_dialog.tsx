// officer_dialog.tsx - adds or changes an account; locks it; gives a new password.
import { Alert, Button, Checkbox, Group, Modal, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent } from "react";
import type { Officer } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { useAgencies } from "../../api/queries.ts";
import { ForesightNote } from "../coverage/foresight_note.tsx";
import { announceDone } from "../../components/announce.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useStepUp } from "../session/step_up.tsx";
import type { NewPassword } from "./initial_password.tsx";
import { bodyOf, changesOf, draftOf, identityIsWrong, isComplete, type OfficerDraft } from "./officer_draft.ts";
import { roles } from "./roles.ts";

interface Props {
  officer: Officer | null;
  onPassword: (password: NewPassword) => void;
  onClose: () => void;
}

type Question = "deactivate" | "reset" | "factors" | null;

export function OfficerDialog({ officer, onPassword, onClose }: Props) {
  const { t, say } = useLanguage();
  const words = t.officers;
  const cache = useQueryClient();
  const agencies = useAgencies({});
  const [draft, setDraft] = useState(() => draftOf(officer));
  const [incomplete, setIncomplete] = useState(false);
  const [wrongIdentity, setWrongIdentity] = useState(false);
  const [question, setQuestion] = useState<Question>(null);
  const { guarded, dialog } = useStepUp();
  // Asked below the buttons, where it may be out of sight.
  const sure = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (question !== null) sure.current?.scrollIntoView?.({ block: "nearest" });
  }, [question]);
  const change = (part: Partial<OfficerDraft>) => setDraft((old) => ({ ...old, ...part }));

  const finish = () => {
    void cache.invalidateQueries({ queryKey: ["officers"] });
    onClose();
  };
  const save = useMutation({
    mutationFn: (sent: OfficerDraft) =>
      guarded(() =>
        officer
          ? client.put<{ initial_password?: string }>("/api/v1/officers/{id}", { path: { id: officer.id }, body: { ...sent, version: officer.version } })
          : client.post<{ initial_password?: string }>("/api/v1/officers", { body: sent }),
      ),
    onSuccess: (answer, sent) => {
      if (answer.initial_password) onPassword({ name: sent.name, username: sent.username, password: answer.initial_password });
      else announceDone(words.saved);
      finish();
    },
  });
  const reset = useMutation({
    mutationFn: () => guarded(() => client.post<{ initial_password: string }>("/api/v1/officers/{id}/password", { path: { id: officer?.id ?? "" } })),
    onSuccess: (answer) => {
      onPassword({ name: draft.name, username: draft.username, password: answer.initial_password });
      finish();
    },
  });
  const resetFactors = useMutation({
    mutationFn: () => guarded(() => client.post("/api/v1/officers/{id}/second-factor-reset", { path: { id: officer?.id ?? "" } })),
    onSuccess: () => {
      announceDone(t.accountMarks.factorsReset);
      finish();
    },
  });
  const questions = officer && {
    reset: { sure: words.resetSure(officer.name), label: words.resetPassword, act: () => reset.mutate() },
    factors: { sure: t.accountMarks.resetFactorsSure(officer.name), label: t.accountMarks.resetFactors, act: () => resetFactors.mutate() },
    deactivate: { sure: words.deactivateSure(officer.name), label: words.deactivate, act: () => save.mutate({ ...bodyOf(draftOf(officer)), active: false }) },
  };
  const asked = questions && question !== null ? questions[question] : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = identityIsWrong(draft, officer);
    setIncomplete(!isComplete(draft));
    setWrongIdentity(wrong);
    if (isComplete(draft) && !wrong) save.mutate(bodyOf(draft));
  };
  const text = (part: "name" | "username" | "identity_number" | "title" | "email" | "phone", label: string, more: object = {}) => (
    <TextInput mt="xs" label={label} autoComplete="off" value={draft[part]} onChange={(event) => change({ [part]: event.currentTarget.value })} {...more} />
  );
  const known = [...new Set([...roles, ...draft.roles])];
  const optional = (label: string) => `${label} (${t.common.optional})`;
  return (
    <Modal opened onClose={onClose} title={officer ? words.editOf(officer.name) : words.create} size="lg" closeButtonProps={{ "aria-label": t.common.close }}>
      <form onSubmit={submit} noValidate>
        {incomplete && <Alert role="alert" color="red" mb="xs">{words.missing}</Alert>}
        <ProblemAlert error={save.error ?? reset.error ?? resetFactors.error} />
        {text("name", words.fields.name, { "data-autofocus": true })}
        {text("username", words.fields.username, { autoCapitalize: "none", spellCheck: false, readOnly: officer !== null })}
        <Select
          mt="xs"
          label={words.fields.agency}
          searchable
          limit={60}
          value={draft.agency || null}
          onChange={(agency) => change({ agency: agency ?? "" })}
          data={(agencies.data ?? []).map((agency) => ({ value: agency.id, label: `${say(agency.name)} (${agency.id})` }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        {text("identity_number", optional(words.fields.identity), {
          description: words.identityHint,
          inputMode: "numeric",
          maxLength: 15,
          error: wrongIdentity ? words.identityWrong : null,
          // A masked number is typed anew as a whole, or left alone.
          onFocus: () => draft.identity_number.startsWith("*") && change({ identity_number: "" }),
          onBlur: () => draft.identity_number.trim() === "" && change({ identity_number: officer?.identity_number ?? "" }),
        })}
        {text("title", optional(words.fields.jobTitle))}
        <Checkbox.Group mt="xs" label={words.fields.roles} value={draft.roles} onChange={(chosen) => change({ roles: chosen })}>
          <Group gap="xs" mt={4}>
            {known.map((role) => (
              <Checkbox key={role} size="sm" value={role} label={words.roleNames[role] ?? role} />
            ))}
          </Group>
        </Checkbox.Group>
        {text("email", optional(words.fields.email), { type: "email" })}
        {text("phone", optional(words.fields.phone), { inputMode: "tel" })}
        <Group mt="md" gap="xs">
          <Button type="submit" loading={save.isPending}>
            {t.common.save}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t.common.cancel}
          </Button>
          {officer && question === null && (
            <Group gap="xs" ml="auto">
              <Button variant="default" onClick={() => setQuestion("reset")}>
                {words.resetPassword}
              </Button>
              {officer.second_factor && (
                <Button variant="default" onClick={() => setQuestion("factors")}>
                  {t.accountMarks.resetFactors}
                </Button>
              )}
              {officer.active ? (
                <Button variant="light" color="red" onClick={() => setQuestion("deactivate")}>
                  {words.deactivate}
                </Button>
              ) : (
                <Button variant="light" onClick={() => save.mutate({ ...bodyOf(draftOf(officer)), active: true })}>
                  {words.activate}
                </Button>
              )}
            </Group>
          )}
        </Group>
        {officer?.active && question !== "reset" && <ForesightNote changes={changesOf(officer, draft, question === "deactivate")} />}
        {asked && (
          <Alert ref={sure} color="red" mt="md" role="alert">
            <p>{asked.sure}</p>
            <Group gap="xs">
              <Button
                color="red"
                loading={reset.isPending || save.isPending || resetFactors.isPending}
                onClick={asked.act}
              >
                {asked.label}
              </Button>
              <Button variant="default" onClick={() => setQuestion(null)}>
                {t.common.cancel}
              </Button>
            </Group>
          </Alert>
        )}
      </form>
      {dialog}
    </Modal>
  );
}
