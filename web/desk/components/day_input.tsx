// day_input.tsx - a day typed as people write it: 05/02/1990, 5.2.1990 or 05021990.
import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { readTypedDate, showTypedDate } from "@shared/form/dates.ts";
import { useLanguage } from "../i18n/language.tsx";

export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

interface Props {
  label: string;
  value: string;
  // ISO day, or "" for none; not called for what is no day.
  onChange: (day: string) => void;
  w?: number;
  id?: string;
  // What is wrong with the day that stands here, as the page knows it.
  problem?: string | null;
  // What no day means; instead of how a day is typed.
  placeholder?: string;
}

export function DayInput({ label, value, onChange, w = 150, id, problem = null, placeholder = "dd/mm/yyyy" }: Props) {
  const { t } = useLanguage();
  const [typed, setTyped] = useState(showTypedDate(value));
  const [wrong, setWrong] = useState(false);
  useEffect(() => setTyped(showTypedDate(value)), [value]);

  const commit = () => {
    const day = readTypedDate(typed) ?? "";
    setWrong(day !== "" && !isDay(day));
    if (day === "" || isDay(day)) {
      setTyped(showTypedDate(day));
      if (day !== value) onChange(day);
    }
  };
  return (
    <TextInput
      {...(id ? { id } : {})}
      label={label}
      w={w}
      value={typed}
      placeholder={placeholder}
      inputMode="numeric"
      autoComplete="off"
      error={wrong ? t.common.dateInvalid : problem}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
      }}
    />
  );
}
