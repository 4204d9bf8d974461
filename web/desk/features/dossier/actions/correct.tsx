// correct.tsx - mends a typing error; before and after are seen before they are journalled.
import { Select } from "@mantine/core";
import { useState } from "react";
import { FieldView } from "@shared/form/FieldView.tsx";
import { OfficerForm } from "../../../components/officer_form.tsx";
import { useLanguage } from "../../../i18n/language.tsx";
import type { Texts } from "../../../i18n/vi.ts";
import { answeredPages, answersOf, fieldNamed } from "../answers_of.ts";
import { useShownAnswer } from "../use_shown_answer.ts";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps, Prepared } from "./action_props.ts";
import classes from "./actions.module.css";
import { prepareReason, ReasonField } from "./reason_field.tsx";

interface CorrectBody {
  field: string;
  value: unknown;
  reason: string;
}

export function prepareCorrect(field: string, before: unknown, value: unknown, reason: string, t: Texts): Prepared<CorrectBody> {
  if (field === "") return { problem: t.actions.correct.chooseField };
  if (JSON.stringify(before ?? null) === JSON.stringify(value ?? null)) return { problem: t.actions.correct.same };
  return prepareReason(reason, t.common.reasonTooShort, { field, value: value ?? null });
}

export function Correct(props: ActionProps) {
  const { t, say } = useLanguage();
  const pages = answeredPages(props.dossier);
  const shown = useShownAnswer(pages.flatMap((each) => each.fields));
  const [id, setId] = useState("");
  const [value, setValue] = useState<unknown>(undefined);
  const [reason, setReason] = useState("");
  const field = fieldNamed(props.dossier, id);
  const before = answersOf(props.dossier)[id];
  const changed = field !== undefined && JSON.stringify(before ?? null) !== JSON.stringify(value ?? null);
  return (
    <ActionForm
      {...props}
      action="correct"
      lead={t.actions.correct.lead}
      submitLabel={t.actions.correct.submit}
      prepare={() => prepareCorrect(id, before, value, reason, t)}
    >
      <Select
        label={t.actions.correct.field}
        searchable
        value={id || null}
        onChange={(chosen) => {
          setId(chosen ?? "");
          setValue(answersOf(props.dossier)[chosen ?? ""]);
        }}
        data={pages.map(({ page, fields }) => ({
          group: say(page.title),
          items: fields.map((each) => ({ value: each.id, label: say(each.label) })),
        }))}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      {field && (
        <OfficerForm key={field.id}>
          <FieldView field={{ ...field, label: { vi: `${t.actions.correct.value}: ${field.label.vi}`, en: `${t.actions.correct.value}: ${field.label.en}` } }} path={field.id} value={value} required problems={[]} onChange={setValue} />
        </OfficerForm>
      )}
      {field && changed && (
        <div className={classes["preview"]} role="status">
          <div className="quiet">{t.actions.correct.preview}</div>
          <div className={classes["change"]}>
            <del>{shown(field, before) || t.dossier.unanswered}</del>
            <span aria-hidden="true">→</span>
            <ins>{shown(field, value) || t.dossier.unanswered}</ins>
          </div>
        </div>
      )}
      <ReasonField value={reason} onChange={setReason} />
    </ActionForm>
  );
}
