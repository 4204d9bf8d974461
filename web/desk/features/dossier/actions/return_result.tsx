// return_result.tsx - the result is handed over: how, and to whom.
import { Alert, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { formatMoney } from "@shared/format.ts";
import { Icon } from "../../../components/icon.tsx";
import { useLanguage } from "../../../i18n/language.tsx";
import { wantedReturn } from "../more_facts.ts";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps, Prepared } from "./action_props.ts";

export const returnMethods = ["counter", "online", "post"] as const;
export type ReturnMethod = (typeof returnMethods)[number];

interface ReturnBody {
  task: string;
  method: ReturnMethod;
  received_by?: string;
  note?: string;
}

export function prepareReturn(task: string, method: ReturnMethod, receivedBy: string, note: string, required: string): Prepared<ReturnBody> {
  const body: ReturnBody = { task, method };
  if (method === "counter") {
    if (receivedBy.trim() === "") return { problem: required };
    body.received_by = receivedBy.trim();
  }
  if (note.trim() !== "") body.note = note.trim();
  return { body };
}

export function ReturnResult(props: ActionProps) {
  const { t } = useLanguage();
  const words = t.actions.return;
  const [method, setMethod] = useState<ReturnMethod>(() => returnMethods.find((each) => each === wantedReturn(props.dossier)) ?? "counter");
  const [receivedBy, setReceivedBy] = useState(props.dossier.applicant_detail.name ?? props.dossier.applicant);
  const [note, setNote] = useState("");
  const owed = props.dossier.fee?.outstanding ?? 0;
  return (
    <ActionForm
      {...props}
      action="return"
      submitLabel={words.submit}
      prepare={() => prepareReturn(props.task ?? props.dossier.tasks[0]?.id ?? "", method, receivedBy, note, `${words.receivedBy}: ${t.common.required}`)}
    >
      {owed > 0 && (
        <Alert color="yellow" icon={<Icon name="warning" />}>
          {words.owed(formatMoney(owed))}
        </Alert>
      )}
      <Radio.Group label={words.method} value={method} onChange={(value) => setMethod(value as ReturnMethod)}>
        <Stack gap={6} mt={6}>
          {returnMethods.map((each) => (
            <Radio key={each} value={each} label={words.methods[each]} />
          ))}
        </Stack>
      </Radio.Group>
      {method === "counter" && (
        <TextInput label={words.receivedBy} description={words.receivedByHint} value={receivedBy} maxLength={200} onChange={(event) => setReceivedBy(event.currentTarget.value)} />
      )}
      <Textarea label={`${t.common.note} (${t.common.optional})`} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </ActionForm>
  );
}
