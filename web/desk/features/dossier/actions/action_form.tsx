// action_form.tsx - the frame of every action: heading, fields, problems, sending, conflicts.
import { Alert, Button, Group, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { Problem } from "@shared/api/problem.ts";
import type { Dossier } from "@shared/schemas.ts";
import { sendCommand, type ActionName } from "../../../api/commands.ts";
import { dossierKey, loadDossier } from "../../../api/queries.ts";
import { Icon } from "../../../components/icon.tsx";
import { ProblemAlert } from "../../../components/problem_alert.tsx";
import { useLanguage } from "../../../i18n/language.tsx";
import type { ActionProps, Prepared } from "./action_props.ts";
import classes from "./actions.module.css";
import { ConflictDialog } from "./conflict_dialog.tsx";
import { Intent } from "./intent.ts";

interface Props extends ActionProps {
  action: ActionName;
  lead?: ReactNode;
  submitLabel: string;
  danger?: boolean;
  // Uploads count as our own change: told by a new number.
  uploads?: number;
  // Where nothing needs to be typed, the button is the first thing to press.
  focusSubmit?: boolean;
  prepare: () => Prepared<unknown>;
  children: ReactNode;
}

const stalePrecondition = 412;

export function ActionForm({ dossier, action, lead, submitLabel, danger, uploads = 0, focusSubmit = false, prepare, onDone, onCancel, children }: Props) {
  const { t } = useLanguage();
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [intent] = useState(() => new Intent());
  // The version the officer decided on: a newer one that came meanwhile must be shown first.
  const [seen, setSeen] = useState<Dossier>(dossier);
  const [conflict, setConflict] = useState<Dossier | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const send = useMutation({
    mutationFn: (body: unknown) =>
      sendCommand({ id: dossier.id, version: seen.version, action, body, key: intent.keyFor(body, seen.version) }),
    onSuccess: (result) => {
      intent.answered();
      onDone(result);
    },
    onError: async (error) => {
      if (!(error instanceof Problem) || error.passing || error.kind === "broken") return;
      intent.answered();
      if (error.status !== stalePrecondition) return;
      const present = await loadDossier(dossier.id).catch(() => null);
      if (present) setConflict(present);
    },
  });

  useEffect(() => {
    form.current?.querySelector<HTMLElement>(focusSubmit ? "button[type=submit]" : "[data-first], input:not([type=hidden]), textarea, select")?.focus();
    form.current?.scrollIntoView({ block: "nearest" });
  }, []);
  useEffect(() => {
    if (uploads === 0) return;
    void cache.fetchQuery({ queryKey: dossierKey(dossier.id), queryFn: () => loadDossier(dossier.id), staleTime: 0 }).then(setSeen, () => undefined);
  }, [uploads]);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (send.isPending) return;
    const prepared = prepare();
    if ("problem" in prepared) {
      setProblem(prepared.problem);
      return;
    }
    setProblem(null);
    send.mutate(prepared.body);
  };
  const isConflict = send.error instanceof Problem && send.error.status === stalePrecondition;
  const headingId = `action-${action}`;
  return (
    <form
      ref={form}
      className={classes["form"]}
      aria-labelledby={headingId}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        else if (event.key === "Escape" && !event.defaultPrevented) onCancel();
      }}
    >
      <Title order={2} id={headingId}>
        {t.actions.names[action]}
      </Title>
      {lead && (
        <Text size="sm" className="quiet">
          {lead}
        </Text>
      )}
      {children}
      {problem && (
        <Alert role="alert" color="red" icon={<Icon name="warning" />}>
          {problem}
        </Alert>
      )}
      {!problem && !isConflict && <ProblemAlert error={send.error} />}
      <Group gap="xs">
        <Button type="submit" color={danger ? "red" : undefined} loading={send.isPending} title={t.actions.submitHint}>
          {submitLabel}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t.common.cancel}
        </Button>
      </Group>
      {conflict && (
        <ConflictDialog
          before={seen}
          after={conflict}
          action={action}
          onGo={() => {
            cache.setQueryData(dossierKey(dossier.id), conflict);
            setSeen(conflict);
            setConflict(null);
            send.reset();
          }}
        />
      )}
    </form>
  );
}
