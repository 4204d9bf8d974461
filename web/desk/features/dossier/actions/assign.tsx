// assign.tsx - who shall do it; a reason where somebody has it already.
import { Select } from "@mantine/core";
import { useState } from "react";
import { useOfficers, useSession } from "../../../api/queries.ts";
import { useLanguage } from "../../../i18n/language.tsx";
import type { Texts } from "../../../i18n/vi.ts";
import { ActionForm } from "./action_form.tsx";
import { shortestReason, type ActionProps, type Prepared } from "./action_props.ts";
import { ReasonField } from "./reason_field.tsx";

interface AssignBody {
  task: string;
  officer: string;
  reason?: string;
}

export function prepareAssign(task: string, officer: string, reason: string, taken: boolean, t: Texts): Prepared<AssignBody> {
  if (officer === "") return { problem: t.actions.assign.chooseOfficer };
  const told = reason.trim();
  if (taken && told.length < shortestReason) return { problem: t.common.reasonTooShort };
  return { body: told === "" ? { task, officer } : { task, officer, reason: told } };
}

export function Assign(props: ActionProps) {
  const { t } = useLanguage();
  const session = useSession();
  const officers = useOfficers();
  const task = props.dossier.tasks.find((each) => each.id === props.task) ?? props.dossier.tasks[0];
  const me = session.data?.officer?.id;
  const [officer, setOfficer] = useState(task?.assignee || !me ? "" : "me");
  const [reason, setReason] = useState("");
  const taken = task?.assignee !== null && task?.assignee !== undefined;
  const colleagues = (officers.data ?? []).filter((each) => each.active && each.id !== me && each.id !== task?.assignee?.id);
  return (
    <ActionForm
      {...props}
      action="assign"
      submitLabel={t.actions.assign.submit}
      prepare={() => prepareAssign(task?.id ?? "", officer, reason, taken, t)}
    >
      <Select
        label={t.actions.assign.officer}
        placeholder={t.actions.assign.placeholder}
        searchable
        value={officer || null}
        onChange={(value) => setOfficer(value ?? "")}
        nothingFoundMessage={t.actions.assign.none}
        data={[
          ...(task?.assignee?.id === me ? [] : [{ value: "me", label: t.actions.assign.me }]),
          ...colleagues.map((each) => ({ value: each.id, label: each.title ? `${each.name} – ${each.title}` : each.name })),
        ]}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      {taken && <ReasonField label={t.actions.assign.reassignReason} value={reason} onChange={setReason} />}
    </ActionForm>
  );
}
