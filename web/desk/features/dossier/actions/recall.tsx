// recall.tsx - takes back what one has just passed on.
import { useState } from "react";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import { prepareReason, ReasonField } from "./reason_field.tsx";

export function Recall(props: ActionProps) {
  const { t } = useLanguage();
  const [reason, setReason] = useState("");
  return (
    <ActionForm
      {...props}
      action="recall"
      lead={t.actions.recall.lead}
      submitLabel={t.actions.recall.submit}
      prepare={() => prepareReason(reason, t.common.reasonTooShort, {})}
    >
      <ReasonField value={reason} onChange={setReason} />
    </ActionForm>
  );
}
