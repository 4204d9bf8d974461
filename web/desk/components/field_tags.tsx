// field_tags.tsx - fields of law by name: those that there are are offered, as a name that nobody bears
// reaches no procedure.
import { TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { loadFields } from "../api/procedures.ts";
import { useLanguage } from "../i18n/language.tsx";

interface Props {
  label: string;
  value: string[];
  onChange: (fields: string[]) => void;
}

export function FieldTags({ label, value, onChange }: Props) {
  const { say } = useLanguage();
  const fields = useQuery({ queryKey: ["procedures", "fields"], queryFn: loadFields, staleTime: 600_000 });
  // Scopes name a field as the law does, in Vietnamese.
  const names = (fields.data ?? []).map((each) => each.name.vi);
  return (
    <TagsInput
      label={label}
      placeholder={value.length === 0 ? say(fields.data?.[0]?.name) : ""}
      data={names}
      value={value}
      onChange={onChange}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
