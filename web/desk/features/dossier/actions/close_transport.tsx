// close_transport.tsx - nothing is to be carried any more: lost and told, or not needed on paper.
import { useState } from "react";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import { prepareReason, ReasonField } from "./reason_field.tsx";

// "transport-2" -> 2
const numberOf = (task: string | undefined): number => Number((task ?? "").replace(/^transport-/, "")) || 0;

export function CloseTransport(props: ActionProps) {
  const { t } = useLanguage();
  const [reason, setReason] = useState("");
  return (
    <ActionForm
      {...props}
      action="close_transport"
      lead={t.transports.closeLead}
      submitLabel={t.transports.close}
      danger
      prepare={() => prepareReason(reason, t.common.reasonTooShort, { transport: numberOf(props.task) })}
    >
      <ReasonField value={reason} onChange={setReason} />
    </ActionForm>
  );
}
