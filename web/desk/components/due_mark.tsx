// due_mark.tsx - how urgent something is: icon, words and colour, never colour alone.
import type { DueState } from "@shared/schemas.ts";
import { useLanguage } from "../i18n/language.tsx";
import classes from "./marks.module.css";
import { remainingText, type DueFacts } from "./due.ts";
import { Icon, type IconName } from "./icon.tsx";

const icons: Record<DueState, IconName> = {
  none: "circle",
  on_track: "clock",
  soon: "clock",
  overdue: "warning",
  paused: "pause",
  done: "check",
};

export function DueMark({ facts, now = Date.now() }: { facts: DueFacts; now?: number }) {
  const { t, language } = useLanguage();
  const rest = remainingText(facts, now, t, language);
  return (
    <span className={classes["mark"]} data-state={facts.due_state}>
      <Icon name={icons[facts.due_state]} size={15} />
      <span>
        {t.due[facts.due_state]}
        {rest !== "" && <span className={classes["rest"]}> · {rest}</span>}
      </span>
    </span>
  );
}
