// rename_dialog.tsx - an agency has another name, address or unit code from a day on.
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { previewBatch, type DatedAgency } from "../../api/organisation.ts";
import { DayInput } from "../../components/day_input.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ActFields, noAct } from "./act_fields.tsx";
import { ChangeFrame } from "./change_frame.tsx";
import { renamingBatch, renamingOf } from "./changes.ts";

export function RenameDialog({ agency, onClose }: { agency: DatedAgency; onClose: () => void }) {
  const { t } = useLanguage();
  const words = t.organisation;
  const [change, setChange] = useState(() => renamingOf(agency));
  const [on, setOn] = useState("");
  const [act, setAct] = useState(noAct);
  // Told in the preview; another of the same agency and day has another tail.
  const [tail] = useState(() => newIntentKey().slice(0, 4));
  const id = `${agency.id}-${on}-${tail}`;
  const batch = renamingBatch(agency, change, on, act, id);
  const missing = batch.changes.length === 0 ? words.renameMissing : on === "" ? words.dayMissing : null;
  return (
    <ChangeFrame title={words.rename} lead={words.renameLead} said={JSON.stringify(batch)} missing={missing} look={() => previewBatch(batch)} reason={act.title} onClose={onClose}>
      <TextInput label={words.name} required maxLength={300} value={change.name} onChange={(event) => setChange({ ...change, name: event.currentTarget.value })} />
      <TextInput mt="xs" label={`${words.address} (${t.common.optional})`} maxLength={300} value={change.address} onChange={(event) => setChange({ ...change, address: event.currentTarget.value })} />
      <TextInput mt="xs" w={220} label={`${words.unitCode} (${t.common.optional})`} inputMode="numeric" maxLength={10} value={change.unit_code} onChange={(event) => setChange({ ...change, unit_code: event.currentTarget.value })} />
      <div style={{ marginTop: 10 }}>
        <DayInput label={words.takesEffect} w={220} value={on} onChange={setOn} />
      </div>
      <ActFields act={act} onChange={setAct} />
    </ChangeFrame>
  );
}
