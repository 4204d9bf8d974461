// split_dialog.tsx - the work of an agency goes to several, or a part of it to another.
import { Button, Checkbox, SegmentedControl, Select, SimpleGrid, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { previewBatch, type DatedAgency } from "../../api/organisation.ts";
import { DayInput } from "../../components/day_input.tsx";
import { FieldTags } from "../../components/field_tags.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ActFields, noAct } from "./act_fields.tsx";
import { ChangeFrame } from "./change_frame.tsx";
import { noPart, splitBatch, splitIsComplete, type Part } from "./changes.ts";

interface PartProps {
  part: Part;
  // Has whatever the others do not name.
  isDefault: boolean;
  number: number;
  agencies: { value: string; label: string }[];
  onChange: (part: Part) => void;
  onRemove: (() => void) | null;
}

function PartFields({ part, isDefault, number, agencies, onChange, onRemove }: PartProps) {
  const { t } = useLanguage();
  const words = t.organisation;
  const change = (some: Partial<Part>) => onChange({ ...part, ...some });
  return (
    <fieldset style={{ marginTop: 12 }}>
      <legend>{words.part(String(number))}</legend>
      <SegmentedControl
        size="xs"
        aria-label={words.part(String(number))}
        value={part.isNew ? "new" : "existing"}
        onChange={(value) => change({ isNew: value === "new", to: "" })}
        transitionDuration={0}
        data={[{ value: "existing", label: words.partExisting }, { value: "new", label: words.partNew }]}
      />
      {part.isNew ? (
        <>
          <TextInput mt="xs" label={words.name} required maxLength={300} value={part.name} onChange={(event) => change({ name: event.currentTarget.value })} />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="xs" mt="xs">
            <TextInput label={words.newCode} required placeholder="H41.231" value={part.to} onChange={(event) => change({ to: event.currentTarget.value })} />
            <TextInput label={words.unitCode} inputMode="numeric" value={part.unit_code} onChange={(event) => change({ unit_code: event.currentTarget.value })} />
          </SimpleGrid>
        </>
      ) : (
        <Select mt="xs" label={words.partTo} required searchable limit={60} data={agencies} value={part.to || null} onChange={(to) => change({ to: to ?? "" })} comboboxProps={{ transitionProps: { duration: 0 } }} />
      )}
      {isDefault ? (
        <p className="quiet">{words.partRest}</p>
      ) : (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="xs" mt="xs">
          <FieldTags label={words.partFields} value={part.fields} onChange={(fields) => change({ fields })} />
          <TagsInput label={words.partProcedures} placeholder="1.001193" value={part.procedures} onChange={(procedures) => change({ procedures })} />
        </SimpleGrid>
      )}
      {onRemove && (
        <Button mt="xs" size="compact-sm" variant="default" onClick={onRemove}>
          {words.partRemove(String(number))}
        </Button>
      )}
    </fieldset>
  );
}

export function SplitDialog({ agency, all, onClose }: { agency: DatedAgency; all: DatedAgency[]; onClose: () => void }) {
  const { t, say } = useLanguage();
  const words = t.organisation;
  const [ends, setEnds] = useState(false);
  const [parts, setParts] = useState<Part[]>([noPart]);
  const [on, setOn] = useState("");
  const [act, setAct] = useState(noAct);
  // Told in the preview; another of the same agency and day has another tail.
  const [tail] = useState(() => newIntentKey().slice(0, 4));
  const id = `${agency.id}-${on}-${tail}`;
  const split = { agency, ends, parts };
  const batch = splitBatch(split, all, on, act, id);
  const agencies = all.filter((one) => one.id !== agency.id && one.kind === agency.kind).map((one) => ({ value: one.id, label: `${say(one.name)} (${one.id})` }));
  const put = (index: number, part: Part) => setParts(parts.map((one, at) => (at === index ? part : one)));
  return (
    <ChangeFrame
      title={words.splitOf(say(agency.name))}
      lead={words.splitLead}
      said={JSON.stringify(batch)}
      missing={splitIsComplete(split, on) ? null : words.splitMissing}
      look={() => previewBatch(batch)}
      reason={act.title}
      onClose={onClose}
    >
      <Checkbox label={words.splitEnds} checked={ends} onChange={(event) => setEnds(event.currentTarget.checked)} />
      {parts.map((part, index) => (
        <PartFields
          key={index}
          part={part}
          number={index + 1}
          isDefault={ends && index === 0}
          agencies={agencies}
          onChange={(changed) => put(index, changed)}
          onRemove={parts.length > 1 ? () => setParts(parts.filter((_, at) => at !== index)) : null}
        />
      ))}
      <Button mt="sm" size="compact-sm" variant="default" onClick={() => setParts([...parts, noPart])}>
        {words.partAdd}
      </Button>
      <div style={{ marginTop: 10 }}>
        <DayInput label={words.takesEffect} w={220} value={on} onChange={setOn} />
      </div>
      <ActFields act={act} onChange={setAct} />
    </ChangeFrame>
  );
}
