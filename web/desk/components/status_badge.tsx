// status_badge.tsx - the national status (1 to 10) in words.
import type { Status } from "@shared/schemas.ts";
import { useLanguage } from "../i18n/language.tsx";
import classes from "./marks.module.css";

function toneOf(national: number): string {
  if (national === 1) return "new";
  if (national === 5 || national === 6) return "paused";
  if (national === 9 || national === 10) return "done";
  if (national === 3 || national === 7 || national === 8) return "ended";
  return "running";
}

export function StatusBadge({ status }: { status: Status }) {
  const { say } = useLanguage();
  return (
    <span className={classes["status"]} data-tone={toneOf(status.national)}>
      {say(status.label)}
    </span>
  );
}
