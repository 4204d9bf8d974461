// reason_field.tsx - why: told to the citizen or journalled, so never empty.
import { Textarea } from "@mantine/core";
import { useLanguage } from "../../../i18n/language.tsx";
import { shortestReason, type Prepared } from "./action_props.ts";

interface Props {
  value: string;
  onChange: (value: string) => void;
  label?: string;
}

export function ReasonField({ value, onChange, label }: Props) {
  const { t } = useLanguage();
  return <Textarea label={label ?? t.common.reason} value={value} maxLength={2000} onChange={(event) => onChange(event.currentTarget.value)} />;
}

export function prepareReason<Extra extends object>(reason: string, tooShort: string, extra: Extra): Prepared<Extra & { reason: string }> {
  const told = reason.trim();
  return told.length < shortestReason ? { problem: tooShort } : { body: { ...extra, reason: told } };
}
