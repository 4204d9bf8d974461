// send_back.tsx - one step back, with a reason.
import { useState } from "react";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import { prepareReason, ReasonField } from "./reason_field.tsx";

export function SendBack(props: ActionProps) {
  const { t } = useLanguage();
  const [reason, setReason] = useState("");
  const task = props.task ?? props.dossier.tasks[0]?.id ?? "";
  return (
    <ActionForm
      {...props}
      action="send_back"
      lead={t.actions.sendBack.lead}
      submitLabel={t.actions.sendBack.submit}
      prepare={() => prepareReason(reason, t.common.reasonTooShort, { task })}
    >
      <ReasonField value={reason} onChange={setReason} />
    </ActionForm>
  );
}
