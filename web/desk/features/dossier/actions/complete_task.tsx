// complete_task.tsx - this step is done, with this outcome.
import { useLanguage } from "../../../i18n/language.tsx";
import type { ActionProps } from "./action_props.ts";
import { TaskForm } from "./task_form.tsx";

export function CompleteTask(props: ActionProps) {
  const { t } = useLanguage();
  return <TaskForm {...props} action="complete_task" submitLabel={t.actions.task.submit} />;
}
