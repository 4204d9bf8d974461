// refuse.tsx - the dossier is not received (form 03).
import { useState } from "react";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import { prepareReason, ReasonField } from "./reason_field.tsx";

export function Refuse(props: ActionProps) {
  const { t } = useLanguage();
  const [reason, setReason] = useState("");
  return (
    <ActionForm
      {...props}
      action="refuse"
      lead={t.actions.refuse.lead}
      submitLabel={t.actions.refuse.submit}
      danger
      prepare={() => prepareReason(reason, t.common.reasonTooShort, {})}
    >
      <ReasonField value={reason} onChange={setReason} />
    </ActionForm>
  );
}
