// moment_input.tsx - a day and a time of it, to the minute.
import { Group, TextInput } from "@mantine/core";
import { DayInput } from "../../components/day_input.tsx";
import { useLanguage } from "../../i18n/language.tsx";

interface Props {
  label: string;
  day: string;
  time: string;
  onChange: (day: string, time: string) => void;
  problem?: string | null;
  // What no day means.
  placeholder?: string;
}

export function MomentInput({ label, day, time, onChange, problem = null, placeholder }: Props) {
  const { t } = useLanguage();
  return (
    <Group gap={6} align="flex-start" wrap="nowrap">
      <DayInput label={label} value={day} problem={problem} {...(placeholder ? { placeholder } : {})} onChange={(chosen) => onChange(chosen, time)} />
      <TextInput w={76} label={t.authority.time} inputMode="numeric" maxLength={5} placeholder="08:00" aria-label={`${label}: ${t.authority.time}`} value={time} onChange={(event) => onChange(day, event.currentTarget.value)} />
    </Group>
  );
}
