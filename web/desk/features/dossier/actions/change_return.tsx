// change_return.tsx - the applicant wants his result elsewhere, or in another way.
import { Radio, Select, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useCompetence } from "../../../api/transports.ts";
import { useLanguage } from "../../../i18n/language.tsx";
import { wantedReturn } from "../more_facts.ts";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps, Prepared } from "./action_props.ts";
import { returnMethods, type ReturnMethod } from "./return_result.tsx";

export function prepareChange(method: ReturnMethod, agency: string, reason: string): Prepared<{ method: ReturnMethod; agency?: string; reason?: string }> {
  return { body: { method, ...(agency !== "" && { agency }), ...(reason.trim() !== "" && { reason: reason.trim() }) } };
}

export function ChangeReturn(props: ActionProps) {
  const { t, say } = useLanguage();
  const words = t.transports;
  const [method, setMethod] = useState<ReturnMethod>(() => returnMethods.find((each) => each === wantedReturn(props.dossier)) ?? "counter");
  const [agency, setAgency] = useState(props.dossier.returning_agency?.id ?? "");
  const [reason, setReason] = useState("");
  const places = useCompetence({ procedure: props.dossier.procedure.code, place: props.dossier.agency?.id ?? "" }, true).data?.return_places ?? [];
  const known = places.some((each) => each.id === agency) || !props.dossier.returning_agency ? places : [props.dossier.returning_agency, ...places];
  return (
    <ActionForm {...props} action="change_return" lead={words.changeLead} submitLabel={words.change} prepare={() => prepareChange(method, agency, reason)}>
      <Radio.Group label={t.actions.return.method} value={method} onChange={(value) => setMethod(value as ReturnMethod)}>
        <Stack gap={6} mt={6}>
          {returnMethods.map((each) => (
            <Radio key={each} value={each} label={t.actions.return.methods[each]} />
          ))}
        </Stack>
      </Radio.Group>
      {method === "counter" && (
        <Select
          label={words.returnAt}
          searchable
          allowDeselect={false}
          value={agency}
          onChange={(chosen) => setAgency(chosen ?? "")}
          data={known.map((each) => ({ value: each.id ?? "", label: say(each.name) }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
      )}
      <Textarea label={`${words.changeReason} (${t.common.optional})`} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ActionForm>
  );
}
