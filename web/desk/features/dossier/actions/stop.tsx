// stop.tsx - the work ends without a result (form 05).
import { useState } from "react";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import { prepareReason, ReasonField } from "./reason_field.tsx";

export function Stop(props: ActionProps) {
  const { t } = useLanguage();
  const [reason, setReason] = useState("");
  return (
    <ActionForm
      {...props}
      action="stop"
      lead={t.actions.stop.lead}
      submitLabel={t.actions.stop.submit}
      danger
      prepare={() => prepareReason(reason, t.common.reasonTooShort, {})}
    >
      <ReasonField value={reason} onChange={setReason} />
    </ActionForm>
  );
}
