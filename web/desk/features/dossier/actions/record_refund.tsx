// record_refund.tsx - money given back, against its receipt and with a reason.
import { NumberInput, Select } from "@mantine/core";
import { useState } from "react";
import { formatMoney } from "@shared/format.ts";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import { prepareRefund, refundable } from "./payment.ts";
import { ReasonField } from "./reason_field.tsx";

export function RecordRefund(props: ActionProps) {
  const { t } = useLanguage();
  const receipts = refundable(props.dossier);
  const [receipt, setReceipt] = useState(receipts[0]?.receipt ?? "");
  const chosen = receipts.find((each) => each.receipt === receipt);
  const [amount, setAmount] = useState(receipts[0]?.amount ?? 0);
  const [reason, setReason] = useState("");
  return (
    <ActionForm {...props} action="record_refund" danger submitLabel={t.actions.refund.submit(formatMoney(amount))} prepare={() => prepareRefund(chosen, amount, reason, t)}>
      <Select
        label={t.actions.refund.receipt}
        value={receipt || null}
        onChange={(value) => {
          setReceipt(value ?? "");
          setAmount(receipts.find((each) => each.receipt === value)?.amount ?? 0);
        }}
        data={receipts.map((each) => ({ value: each.receipt, label: `${each.receipt} · ${formatMoney(each.amount)}` }))}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      <NumberInput label={t.actions.payment.amount} thousandSeparator="." decimalSeparator="," allowDecimal={false} allowNegative={false} hideControls w={200} value={amount} onChange={(value) => setAmount(Number(value))} />
      <ReasonField value={reason} onChange={setReason} />
    </ActionForm>
  );
}
