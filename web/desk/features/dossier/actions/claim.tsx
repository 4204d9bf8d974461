// claim.tsx - takes a task that nobody has: one press, nothing to fill in.
import { Text } from "@mantine/core";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";

export function Claim(props: ActionProps) {
  const { t, say } = useLanguage();
  const task = props.dossier.tasks.find((each) => each.id === props.task) ?? props.dossier.tasks.find((each) => !each.assignee);
  return (
    <ActionForm {...props} action="claim" submitLabel={t.inbox.claim} prepare={() => ({ body: { task: task?.id ?? "", officer: "me" } })}>
      <Text size="sm">{say(task?.title)}</Text>
    </ActionForm>
  );
}
