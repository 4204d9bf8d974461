// RatingForm.tsx - one to five, and a word if the person likes.
//
// Source: Circular 01/2018/TT-VPCP, articles 13 to 15 (assessment by organisations and individuals).
import { useState } from "react";
import { FormProvider } from "@shared/form/context.tsx";
import { FieldView } from "@shared/form/FieldView.tsx";
import { rate, type ReceiptKey } from "../../api.ts";
import { ProblemNotice } from "../../components/ProblemNotice.tsx";
import { useLanguage } from "../../language/language.tsx";
import { useAction } from "./useAction.ts";

const both = (text: string) => ({ vi: text, en: text });
const noUnits = () => Promise.resolve([]);

export function RatingForm({ receipt, onDone }: { receipt: ReceiptKey; onDone: () => Promise<void> }) {
  const { language, strings } = useLanguage();
  const words = strings.tracking;
  const [score, setScore] = useState<string>();
  const [comment, setComment] = useState("");
  const [missing, setMissing] = useState(false);
  const action = useAction((body: { score: number; comment?: string }, key) => rate(receipt, body, key));
  const submit = async () => {
    setMissing(!score);
    if (!score) document.getElementById("f-score")?.focus();
    else if (await action.run({ score: Number(score), ...(comment.trim() !== "" && { comment: comment.trim() }) })) await onDone();
  };
  return (
    <section className="panel" aria-labelledby="rate-title">
      <h2 id="rate-title">{words.rateTitle}</h2>
      <p>{words.rateLead}</p>
      <FormProvider language={language} audience="citizen" loadUnits={noUnits}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <FieldView
            field={{
              id: "score",
              type: "choice",
              label: both(words.rateLabel),
              required: true,
              options: [5, 4, 3, 2, 1].map((value) => ({
                value: String(value),
                label: both(`${value} – ${words.scores[`s${value}` as keyof typeof words.scores]}`),
              })),
            }}
            path="score"
            value={score}
            required
            problems={missing ? [{ field: "score", message: both(words.rateNeedScore) }] : []}
            onChange={(value) => setScore(String(value))}
          />
          <FieldView
            field={{ id: "comment", type: "long_text", label: both(words.rateComment), required: false, max_length: 1000 }}
            path="comment"
            value={comment}
            required={false}
            problems={[]}
            onChange={(value) => setComment(String(value))}
          />
          {action.problem && <ProblemNotice problem={action.problem} focus />}
          <button type="submit" className="button" aria-disabled={action.busy}>
            {words.rateSubmit}
          </button>
        </form>
      </FormProvider>
    </section>
  );
}
