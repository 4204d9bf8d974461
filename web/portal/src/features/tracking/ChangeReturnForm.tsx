// ChangeReturnForm.tsx - where and how I get my result, until there is one.
import { useEffect, useState } from "react";
import { FormProvider } from "@shared/form/context.tsx";
import { FieldView } from "@shared/form/FieldView.tsx";
import type { Agency, Tracking } from "@shared/schemas.ts";
import { changeReturn, listReturnPlaces, type ReceiptKey } from "../../api.ts";
import { ProblemNotice } from "../../components/ProblemNotice.tsx";
import { useLanguage } from "../../language/language.tsx";
import { useAction } from "./useAction.ts";

const both = (text: string) => ({ vi: text, en: text });
const noUnits = () => Promise.resolve([]);
const methods = ["counter", "online", "post"] as const;

interface Props {
  receipt: ReceiptKey;
  tracking: Tracking;
  onDone: () => Promise<void>;
}

export function ChangeReturnForm({ receipt, tracking, onDone }: Props) {
  const { language, strings, say } = useLanguage();
  const words = strings.tracking;
  const now = (tracking as { return_method?: string }).return_method ?? "counter";
  const [method, setMethod] = useState(now);
  const [place, setPlace] = useState(tracking.returning_agency?.id ?? "");
  const [places, setPlaces] = useState<Agency[]>([]);
  const [opened, setOpened] = useState(false);
  const action = useAction((body: { method: string; agency?: string }, key) => changeReturn(receipt, body, key));
  useEffect(() => {
    if (!opened || places.length > 0) return;
    const of = tracking.receiving_agency?.id ?? "";
    // Without the list the way can still be changed.
    void listReturnPlaces(tracking.procedure?.code ?? "", of).then(setPlaces, () => undefined);
  }, [opened]);
  const known = places.some((one) => one.id === place) || !tracking.returning_agency ? places : [tracking.returning_agency, ...places];
  return (
    <section aria-labelledby="return-title">
      <h2 id="return-title">{words.returnTitle}</h2>
      <p>{words.returnLead}</p>
      <details className="details" onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary>{words.returnOpen}</summary>
        <FormProvider language={language} audience="citizen" loadUnits={noUnits}>
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void action.run({ method, ...(method === "counter" && place !== "" && { agency: place }) }).then((done) => (done ? onDone() : undefined));
            }}
          >
            <FieldView
              field={{ id: "return_method", type: "choice", label: both(words.returnHow), required: true, options: methods.map((one) => ({ value: one, label: both(strings.filing.returnMethods[one]) })) }}
              path="return_method"
              value={method}
              required
              problems={[]}
              onChange={(value) => setMethod(String(value))}
            />
            {method === "counter" && known.length > 1 && (
              <p>
                <label className="form-label" htmlFor="f-return_at">
                  {words.returnWhere}
                </label>
                <select id="f-return_at" className="form-input" value={place} onChange={(event) => setPlace(event.currentTarget.value)}>
                  {known.map((one) => (
                    <option key={one.id} value={one.id}>
                      {say(one.name)}
                    </option>
                  ))}
                </select>
              </p>
            )}
            {action.problem && <ProblemNotice problem={action.problem} focus />}
            <button type="submit" className="button" aria-disabled={action.busy}>
              {words.returnConfirm}
            </button>
          </form>
        </FormProvider>
      </details>
    </section>
  );
}
