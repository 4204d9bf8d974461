// pause.tsx - the clock stands still, for a cause that the law knows, until a day that is told.
import { Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { pauseCauses, type PauseCause } from "@shared/clock.ts";
import { addDays, todayIn } from "../../../components/days.ts";
import { isDay } from "../../../components/day_input.tsx";
import { WorkdayInput } from "../../../components/workday_input.tsx";
import { useLanguage } from "../../../i18n/language.tsx";
import type { Texts } from "../../../i18n/vi.ts";
import { ActionForm } from "./action_form.tsx";
import { shortestReason, type ActionProps, type Prepared } from "./action_props.ts";

export interface PauseDraft {
  cause: PauseCause | "";
  basis: string;
  note: string;
  expectedUntil: string;
}

interface PauseBody {
  cause: PauseCause;
  basis: string;
  note?: string;
  expected_until: string;
}

export function preparePause(draft: PauseDraft, t: Texts): Prepared<PauseBody> {
  if (draft.cause === "") return { problem: t.pause.chooseCause };
  const basis = draft.basis.trim();
  if (basis.length < shortestReason) return { problem: t.pause.basisMissing };
  if (!isDay(draft.expectedUntil)) return { problem: `${t.pause.expected}: ${t.common.dateInvalid}` };
  const note = draft.note.trim();
  return { body: { cause: draft.cause, basis, ...(note === "" ? {} : { note }), expected_until: draft.expectedUntil } };
}

export function Pause(props: ActionProps) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState<PauseDraft>({ cause: "", basis: "", note: "", expectedUntil: "" });
  const change = (part: Partial<PauseDraft>) => setDraft((old) => ({ ...old, ...part }));
  return (
    <ActionForm {...props} action="pause" lead={t.pause.lead} submitLabel={t.pause.submit} prepare={() => preparePause(draft, t)}>
      <Radio.Group label={t.pause.cause} value={draft.cause} onChange={(cause) => change({ cause: pauseCauses.find((each) => each === cause) ?? "" })}>
        <Stack gap={6} mt={6}>
          {pauseCauses.map((cause) => (
            <Radio key={cause} value={cause} label={t.pauseCauses[cause]} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput label={t.pause.basis} description={t.pause.basisHint} value={draft.basis} maxLength={500} onChange={(event) => change({ basis: event.currentTarget.value })} />
      <WorkdayInput
        label={t.pause.expected}
        office={props.dossier.agency?.id ?? ""}
        value={draft.expectedUntil}
        min={addDays(todayIn(Date.now()), 1)}
        onChange={(expectedUntil) => change({ expectedUntil })}
      />
      <Textarea label={`${t.common.note} (${t.common.optional})`} description={t.pause.noteHint} value={draft.note} maxLength={2000} onChange={(event) => change({ note: event.currentTarget.value })} />
    </ActionForm>
  );
}
