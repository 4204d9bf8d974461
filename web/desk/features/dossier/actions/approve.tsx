// approve.tsx - signs off a task of action approve.
import { useLanguage } from "../../../i18n/language.tsx";
import type { ActionProps } from "./action_props.ts";
import { TaskForm } from "./task_form.tsx";

export function Approve(props: ActionProps) {
  const { t } = useLanguage();
  return <TaskForm {...props} action="approve" submitLabel={t.actions.task.approve} />;
}
