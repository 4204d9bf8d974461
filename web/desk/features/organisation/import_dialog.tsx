// import_dialog.tsx - a table out, or in: looked at first, applied only as it was looked at.
import { Button, FileInput, Group, Modal, SegmentedControl } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { saveBlob } from "@shared/save_blob.ts";
import { applyImport, exportTable, previewImport, tables, type OrganisationDay, type Table } from "../../api/organisation.ts";
import { announceDone } from "../../components/announce.ts";
import { DayInput } from "../../components/day_input.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useStepUp } from "../session/step_up.tsx";
import { ActFields, noAct } from "./act_fields.tsx";
import { PreviewTable } from "./preview_table.tsx";

export function ImportDialog({ day, onClose }: { day: OrganisationDay; onClose: () => void }) {
  const { t } = useLanguage();
  const words = t.organisation;
  const cache = useQueryClient();
  const [table, setTable] = useState<Table>("agencies");
  const [on, setOn] = useState(day.today);
  const [act, setAct] = useState(noAct);
  const [file, setFile] = useState<File | null>(null);
  const [key] = useState(newIntentKey);
  const { guarded, dialog } = useStepUp();
  const out = useMutation({
    mutationFn: () => exportTable(table, on),
    onSuccess: (blob) => saveBlob(blob, `to-chuc-${table}-${on}.xlsx`),
  });
  const look = useMutation({ mutationFn: (chosen: File) => previewImport(table, on, act, chosen) });
  const apply = useMutation({
    mutationFn: (chosen: File) => guarded(() => applyImport(table, on, act, chosen, look.data?.digest ?? "", key)),
    onSuccess: (answer) => {
      announceDone(answer.anew ? words.registered : words.nothingToDo);
      void cache.invalidateQueries({ queryKey: ["organisation"] });
      onClose();
    },
  });
  const said = <T,>(set: (value: T) => void) => (value: T) => {
    look.reset();
    set(value);
  };
  return (
    <Modal opened onClose={onClose} title={words.importOrExport} size="xl" closeOnClickOutside={false} closeButtonProps={{ "aria-label": t.common.close }}>
      <SegmentedControl fullWidth value={table} onChange={(value) => said(setTable)(value as Table)} transitionDuration={0} data={tables.map((one) => ({ value: one, label: words.tables[one] }))} />
      <Group align="end" mt="sm">
        <DayInput label={words.asOf} value={on} onChange={said(setOn)} />
        <Button variant="default" loading={out.isPending} onClick={() => out.mutate()}>{words.export}</Button>
      </Group>
      <p className="quiet">{words.importLead}</p>
      <FileInput label={words.file} placeholder={words.fileHint} accept=".csv,.xlsx" value={file} onChange={said(setFile)} clearable clearButtonProps={{ "aria-label": t.common.remove }} />
      {(table === "agencies" || table === "officers") && <ActFields act={act} onChange={said(setAct)} />}
      <ProblemAlert error={out.error ?? look.error ?? apply.error} />
      {look.data && <PreviewTable preview={look.data} />}
      <Group mt="md" justify="flex-end">
        {!(file && look.data) && <span className="quiet" role="status">{file ? words.lookFirst : words.fileFirst}</span>}
        <Button variant="default" onClick={onClose}>{t.common.cancel}</Button>
        <Button variant="default" disabled={!file} loading={look.isPending} onClick={() => file && look.mutate(file)}>{words.look}</Button>
        <Button disabled={!file || !look.data || look.data.counts.refused > 0} loading={apply.isPending} onClick={() => file && apply.mutate(file)}>{words.apply}</Button>
      </Group>
      {dialog}
    </Modal>
  );
}
