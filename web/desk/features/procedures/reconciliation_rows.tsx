// reconciliation_rows.tsx - one procedure of a reconciliation: a line for each value that differs.
import { Link } from "wouter";
import type { ReconciliationKind, ReconciliationRow } from "../../api/catalogue.ts";
import { useLanguage } from "../../i18n/language.tsx";
import { Mark, type Tone } from "./mark.tsx";
import classes from "./procedures.module.css";

const tones: Record<ReconciliationKind, Tone> = { only_published: "news", only_here: "look", differing: "grave", agreeing: "good" };

export function ReconciliationRows({ row }: { row: ReconciliationRow }) {
  const { t, say } = useLanguage();
  const words = t.reconciliation;
  const lines = Math.max(1, row.differences.length);
  const page = row.kind === "only_published" ? `/catalogue/${encodeURIComponent(row.code)}` : `/procedures/${encodeURIComponent(row.code)}`;
  const [first, ...rest] = row.differences;
  const cells = (one: ReconciliationRow["differences"][number] | undefined) =>
    one ? (
      <>
        <td>{say(one.label)}</td>
        <td className={classes["value"]}>{say(one.published) || <span className="quiet">{words.nothing}</span>}</td>
        <td className={classes["value"]}>{say(one.here) || <span className="quiet">{words.nothing}</span>}</td>
      </>
    ) : (
      <td colSpan={3} className="quiet">
        –
      </td>
    );
  return (
    <tbody>
      <tr>
        <td rowSpan={lines} className="figures nowrap">
          <Link href={page}>{row.code}</Link>
        </td>
        <td rowSpan={lines} className={classes["wide"]}>
          {say(row.name)}
        </td>
        <td rowSpan={lines}>
          <Mark tone={tones[row.kind]}>
            {words.kinds[row.kind]}
          </Mark>
        </td>
        {cells(first)}
      </tr>
      {rest.map((one, index) => (
        <tr key={`${one.what}:${index}`}>{cells(one)}</tr>
      ))}
    </tbody>
  );
}
