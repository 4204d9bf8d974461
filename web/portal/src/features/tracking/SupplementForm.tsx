// SupplementForm.tsx - everything that the agency asks for, once, answered in one place.
import { useEffect, useState } from "react";
import { ErrorSummary } from "@shared/form/ErrorSummary.tsx";
import { FormProvider, type UnitOption } from "@shared/form/context.tsx";
import { FieldView } from "@shared/form/FieldView.tsx";
import { controlId, findField, withAnswer } from "@shared/form/answers.ts";
import { formatDate } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import type { Answers, Attachment, Field, FieldProblem, SupplementRequest, Tracking } from "@shared/schemas.ts";
import { getProcedure, listUnits, sendSupplement, uploadToDossier, type ReceiptKey } from "../../api.ts";
import { ProblemNotice } from "../../components/ProblemNotice.tsx";
import { useLoaded } from "../../components/useLoaded.ts";
import { useLanguage } from "../../language/language.tsx";
import { UploadBox } from "../../uploads/UploadBox.tsx";
import { unitLabel } from "../filing/unit_name.ts";
import { useAction } from "./useAction.ts";

const both = (text: string) => ({ vi: text, en: text });
export interface SupplementFormProps {
  receipt: ReceiptKey;
  tracking: Tracking;
  request: SupplementRequest;
  onDone: () => Promise<void>;
}

interface SupplementBody {
  answers?: Answers;
  attachments?: string[];
  note?: string;
}

export function SupplementForm({ receipt, tracking, request, onDone }: SupplementFormProps) {
  const { language, strings, say } = useLanguage();
  const words = strings.tracking;
  const [answers, setAnswers] = useState<Answers>({});
  const [attachments, setAttachments] = useState<Attachment[]>([]);
  const [pending, setPending] = useState<Record<string, number>>({});
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [occasion, setOccasion] = useState(0);
  const action = useAction((body: SupplementBody, key) => sendSupplement(receipt, body, key));
  // What was missing may be there now.
  useEffect(() => setProblem(null), [answers, attachments, note]);
  const asksAnswers = request.items.some((item) => item.field);
  // The form as it was filed, where the answer holds it; the published one otherwise.
  const { value: form } = useLoaded(
    () => (tracking.form || !asksAnswers ? Promise.resolve(tracking.form ?? null) : getProcedure(tracking.procedure.code).then((one) => one.form)),
    [asksAnswers],
  );

  const loadUnits = async (): Promise<UnitOption[]> =>
    (await listUnits())
      .filter((unit) => unit.unit_code)
      .map((unit) => ({ value: unit.unit_code ?? "", label: unitLabel(unit, language) }));

  const componentName = (id: string) => say(tracking.components?.find((component) => component.id === id)?.name);
  const fieldOf = (id: string): Field => (form && findField(form, id)) || { id, type: "text", label: both(id), required: false };

  const refusals: FieldProblem[] = (action.problem?.errors ?? []).map((error) => ({ field: error.field, code: error.code, message: both(error.message) }));
  const submit = async () => {
    const body: SupplementBody = {
      ...(Object.keys(answers).length > 0 && { answers }),
      ...(attachments.length > 0 && { attachments: attachments.map((attachment) => attachment.id) }),
      ...(note.trim() !== "" && { note: note.trim() }),
    };
    const waiting = Object.values(pending).some((count) => count > 0);
    const hindrance = waiting ? words.supplementBusy : Object.keys(body).length === 0 ? words.supplementNothing : null;
    setProblem(hindrance);
    setOccasion((count) => count + 1);
    if (hindrance === null && (await action.run(body))) await onDone();
  };

  const uploadBox = (component: string) => (
    <UploadBox
      component={component}
      id={controlId(`paper.${component}`)}
      attachments={attachments.filter((attachment) => attachment.component === component)}
      upload={(upload) => uploadToDossier(receipt, upload)}
      onUploaded={(attachment) => setAttachments((before) => [...before, attachment])}
      onRemoved={(attachment) => setAttachments((before) => before.filter((other) => other.id !== attachment.id))}
      // Not sent along yet, so nothing has to be taken back from the server.
      remove={() => Promise.resolve()}
      onPending={(count) => setPending((before) => ({ ...before, [component]: count }))}
    />
  );
  const asked = new Set(request.items.map((item) => item.component));
  const others = (tracking.components ?? []).filter((component) => component.kind === "submit" && !asked.has(component.id));
  return (
    <section className="panel supplement" aria-labelledby="supplement-title">
      <h2 id="supplement-title">{words.supplementTitle}</h2>
      <p>{fill(words.supplementLead, { date: formatDate(request.requested_at) })}</p>
      {request.reason && <p>{fill(words.supplementReason, { reason: request.reason })}</p>}
      <FormProvider language={language} audience="citizen" loadUnits={loadUnits}>
        <ErrorSummary
          problems={[...(problem !== null ? [{ field: "note", message: both(problem) }] : []), ...refusals]}
          occasion={occasion}
        />
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <ol className="supplement-items">
            {request.items.map((item, index) => {
              // Described in words only: the message, or one of the other papers below, answers it.
              return (
                <li key={`${index} ${item.what}`}>
                  <p>
                    <strong>{item.what}</strong>
                    {item.component && componentName(item.component) !== "" && <span className="soft paper-note">{componentName(item.component)}</span>}
                  </p>
                  {item.field ? (
                    <FieldView
                      field={fieldOf(item.field)}
                      path={item.field}
                      value={answers[item.field] ?? tracking.answers?.[item.field]}
                      required
                      problems={refusals.filter((one) => one.field === item.field)}
                      onChange={(value) => setAnswers(withAnswer(answers, item.field ?? "", value))}
                    />
                  ) : (
                    item.component && uploadBox(item.component)
                  )}
                </li>
              );
            })}
          </ol>
          {others.length > 0 && (
            <details className="details">
              <summary>{words.supplementOther}</summary>
              <div>
                {others.map((component) => (
                  <div key={component.id}>
                    <p>
                      <strong>{say(component.name)}</strong>
                    </p>
                    {uploadBox(component.id)}
                  </div>
                ))}
              </div>
            </details>
          )}
          <FieldView
            field={{ id: "note", type: "long_text", label: both(words.supplementNote), help: both(words.supplementNoteHint), required: false }}
            path="note"
            value={note}
            required={false}
            problems={[]}
            onChange={(value) => setNote(String(value))}
          />
          {action.problem && action.problem.errors.length === 0 && <ProblemNotice problem={action.problem} focus />}
          <button type="submit" className="button" aria-disabled={action.busy}>
            {action.busy ? words.supplementSending : words.supplementSubmit}
          </button>
        </form>
      </FormProvider>
    </section>
  );
}
