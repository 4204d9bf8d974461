// answer_escalation.tsx - the leader says what is to be done about a dossier that nobody answered.
import { Text } from "@mantine/core";
import { useState } from "react";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import { shortestReason, type ActionProps } from "./action_props.ts";
import { ReasonField } from "./reason_field.tsx";

export function AnswerEscalation(props: ActionProps) {
  const { t, say } = useLanguage();
  const [note, setNote] = useState("");
  const silence = props.dossier.clock?.silence;
  return (
    <ActionForm
      {...props}
      action="answer_escalation"
      lead={t.escalation.lead}
      submitLabel={t.escalation.submit}
      prepare={() => (note.trim().length < shortestReason ? { problem: t.common.reasonTooShort } : { body: { note: note.trim() } })}
    >
      {silence && (
        <Text size="sm">
          {say(silence.text)} {silence.basis && <span className="quiet">{t.clock.basis(silence.basis)}</span>}
        </Text>
      )}
      <ReasonField label={t.escalation.note} value={note} onChange={setNote} />
    </ActionForm>
  );
}
