// record_payment.tsx - money taken at the counter.
import { NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { formatMoney } from "@shared/format.ts";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import { preparePayment, type PaymentDraft, type PaymentMethod } from "./payment.ts";
import { ReasonField } from "./reason_field.tsx";

export function RecordPayment(props: ActionProps) {
  const { t } = useLanguage();
  const words = t.actions.payment;
  const methodLabel = useId();
  const outstanding = props.dossier.fee?.outstanding ?? 0;
  const [draft, setDraft] = useState<PaymentDraft>({ amount: outstanding, method: "cash", reference: "", reason: "" });
  return (
    <ActionForm {...props} action="record_payment" submitLabel={words.submit(formatMoney(draft.amount))} prepare={() => preparePayment(draft, outstanding, t)}>
      <div>
        <div id={methodLabel} style={{ fontSize: "0.875rem", fontWeight: 500 }}>{words.method}</div>
        <SegmentedControl
          aria-labelledby={methodLabel}
          transitionDuration={0}
          value={draft.method}
          onChange={(method) => setDraft({ ...draft, method: method as PaymentMethod })}
          data={[
            { value: "cash", label: t.fee.methods["cash"] },
            { value: "transfer", label: t.fee.methods["transfer"] },
          ]}
        />
      </div>
      <NumberInput
        label={words.amount}
        thousandSeparator="."
        decimalSeparator=","
        allowDecimal={false}
        allowNegative={false}
        hideControls
        w={200}
        value={draft.amount}
        onChange={(amount) => setDraft((old) => ({ ...old, amount: Number(amount) }))}
      />
      {draft.method === "transfer" && (
        <TextInput label={words.reference} value={draft.reference} maxLength={100} onChange={(event) => setDraft({ ...draft, reference: event.currentTarget.value })} />
      )}
      {draft.amount > outstanding && <ReasonField value={draft.reason} onChange={(reason) => setDraft({ ...draft, reason })} />}
    </ActionForm>
  );
}
