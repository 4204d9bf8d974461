// change_item.tsx - one change of the organisation in plain words: what, when, by which decision.
import type { ReactNode } from "react";
import { formatDate } from "@shared/format.ts";
import type { Change } from "../../api/organisation.ts";
import { useLanguage } from "../../i18n/language.tsx";

export function ChangeItem({ change, children }: { change: Change; children?: ReactNode }) {
  const { t, say } = useLanguage();
  const words = t.organisation;
  return (
    <li>
      <strong>{say(change.title)}</strong>, {words.from} <span className="figures">{formatDate(change.on)}</span>
      {change.ending.length > 0 && <div>{words.ending}: {change.ending.map((one) => say(one.name)).join("; ")}</div>}
      {change.founds.length > 0 && <div>{words.founding}: {change.founds.map((one) => say(one.name)).join("; ")}</div>}
      <div className="quiet">
        {change.act.number}, {change.act.issuer}
        {change.act.issued_on && ` (${formatDate(change.act.issued_on)})`}: {change.act.title}
      </div>
      {children}
    </li>
  );
}
