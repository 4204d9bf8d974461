// WithdrawForm.tsx - takes the dossier back, with a reason, after a second look.
import { useState } from "react";
import { FormProvider } from "@shared/form/context.tsx";
import { FieldView } from "@shared/form/FieldView.tsx";
import { withdraw, type ReceiptKey } from "../../api.ts";
import { ProblemNotice } from "../../components/ProblemNotice.tsx";
import { useLanguage } from "../../language/language.tsx";
import { useAction } from "./useAction.ts";

const both = (text: string) => ({ vi: text, en: text });
const noUnits = () => Promise.resolve([]);
// Source: api/openapi.yaml, reason_body.
const shortestReason = 5;

export function WithdrawForm({ receipt, onDone }: { receipt: ReceiptKey; onDone: () => Promise<void> }) {
  const { language, strings } = useLanguage();
  const words = strings.tracking;
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const action = useAction((body: string, key) => withdraw(receipt, body, key));
  const submit = async () => {
    const short = reason.trim().length < shortestReason;
    setMissing(short);
    if (short) document.getElementById("f-reason")?.focus();
    else if (await action.run(reason.trim())) await onDone();
  };
  return (
    <section aria-labelledby="withdraw-title">
      <h2 id="withdraw-title">{words.withdrawTitle}</h2>
      <p>{words.withdrawLead}</p>
      <details className="details">
        <summary>{words.withdrawOpen}</summary>
        <FormProvider language={language} audience="citizen" loadUnits={noUnits}>
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <FieldView
              field={{ id: "reason", type: "long_text", label: both(words.withdrawReason), required: true }}
              path="reason"
              value={reason}
              required
              problems={missing ? [{ field: "reason", message: both(words.withdrawNeedReason) }] : []}
              onChange={(value) => setReason(String(value))}
            />
            {action.problem && <ProblemNotice problem={action.problem} focus />}
            <button type="submit" className="button button-danger" aria-disabled={action.busy}>
              {words.withdrawConfirm}
            </button>
          </form>
        </FormProvider>
      </details>
    </section>
  );
}
