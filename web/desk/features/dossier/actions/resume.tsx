// resume.tsx - what held the clock is over.
import { Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { formatDue } from "@shared/format.ts";
import { useLanguage } from "../../../i18n/language.tsx";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";

export function Resume(props: ActionProps) {
  const { t, say, language } = useLanguage();
  const [note, setNote] = useState("");
  const pause = props.dossier.clock?.paused_for;
  return (
    <ActionForm
      {...props}
      action="resume"
      lead={t.resume.lead}
      submitLabel={t.resume.submit}
      prepare={() => ({ body: note.trim() === "" ? {} : { note: note.trim() } })}
    >
      {pause && (
        <Text size="sm">
          <strong>{t.clock.paused(say(pause.label))}</strong> {t.clock.pausedSince(formatDue(pause.since, language))}
        </Text>
      )}
      <Textarea label={`${t.common.note} (${t.common.optional})`} value={note} maxLength={2000} onChange={(event) => setNote(event.currentTarget.value)} />
    </ActionForm>
  );
}
