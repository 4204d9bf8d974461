// withdraw.tsx - recorded by an officer on the citizen's request.
import { useState } from "react";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import { prepareReason, ReasonField } from "./reason_field.tsx";

export function Withdraw(props: ActionProps) {
  const { t } = useLanguage();
  const [reason, setReason] = useState("");
  return (
    <ActionForm
      {...props}
      action="withdraw"
      lead={t.actions.withdraw.lead}
      submitLabel={t.actions.withdraw.submit}
      danger
      prepare={() => prepareReason(reason, t.common.reasonTooShort, {})}
    >
      <ReasonField value={reason} onChange={setReason} />
    </ActionForm>
  );
}
