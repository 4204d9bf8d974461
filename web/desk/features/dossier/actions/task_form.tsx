// task_form.tsx - finishes a step with an outcome; approve.tsx and complete_task.tsx are this with their words.
import { Radio, Select, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useOfficers } from "../../../api/queries.ts";
import { useLanguage } from "../../../i18n/language.tsx";
import type { Texts } from "../../../i18n/vi.ts";
import { needsReason } from "../more_facts.ts";
import { ActionForm } from "./action_form.tsx";
import { shortestReason, type ActionProps, type Prepared } from "./action_props.ts";

export interface TaskDraft {
  outcome: string;
  note: string;
  nextAssignee: string;
}

interface TaskBody {
  task: string;
  outcome: string;
  note?: string;
  next_assignee?: string;
}

export function prepareTask(task: string, draft: TaskDraft, noteNeeded: boolean, t: Texts): Prepared<TaskBody> {
  if (draft.outcome === "") return { problem: t.actions.task.chooseOutcome };
  if (noteNeeded && draft.note.trim().length < shortestReason) return { problem: t.actions.task.noteNeeded };
  const body: TaskBody = { task, outcome: draft.outcome };
  if (draft.note.trim() !== "") body.note = draft.note.trim();
  if (draft.nextAssignee !== "") body.next_assignee = draft.nextAssignee;
  return { body };
}

// The name that stands for a step without a choice.
const onlyOutcome = "done";

interface Props extends ActionProps {
  action: "complete_task" | "approve";
  submitLabel: string;
}

export function TaskForm(props: Props) {
  const { t, say } = useLanguage();
  const task = props.dossier.tasks.find((each) => each.id === props.task) ?? props.dossier.tasks[0];
  const outcomes = task?.outcomes ?? [];
  const [draft, setDraft] = useState<TaskDraft>({
    outcome: outcomes.length === 0 ? onlyOutcome : outcomes.length === 1 ? (outcomes[0]?.value ?? "") : "",
    note: "",
    nextAssignee: "",
  });
  const officers = useOfficers();
  const noteNeeded = needsReason(outcomes.find((outcome) => outcome.value === draft.outcome));
  return (
    <ActionForm {...props} lead={say(task?.title) === t.actions.names[props.action] ? undefined : say(task?.title)} prepare={() => prepareTask(task?.id ?? "", draft, noteNeeded, t)}>
      {outcomes.length > 0 && (
        <Radio.Group label={t.actions.task.outcome} value={draft.outcome} onChange={(outcome) => setDraft({ ...draft, outcome })}>
          <Stack gap={6} mt={6}>
            {outcomes.map((outcome) => (
              <Radio key={outcome.value} value={outcome.value} label={say(outcome.label)} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Textarea label={noteNeeded ? t.common.note : `${t.common.note} (${t.common.optional})`} value={draft.note} maxLength={2000} onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })} />
      {(officers.data?.length ?? 0) > 1 && (
        <Select
          label={`${t.actions.task.nextAssignee} (${t.common.optional})`}
          placeholder={t.actions.task.nextAnyone}
          clearable
          searchable
          value={draft.nextAssignee || null}
          onChange={(id) => setDraft({ ...draft, nextAssignee: id ?? "" })}
          data={(officers.data ?? []).filter((officer) => officer.active).map((officer) => ({ value: officer.id, label: officer.title ? `${officer.name} – ${officer.title}` : officer.name }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
      )}
    </ActionForm>
  );
}
