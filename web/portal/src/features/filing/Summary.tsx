// Summary.tsx - questions and answers, each with a way to change it.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useLanguage } from "../../language/language.tsx";

export interface SummaryRow {
  key: string;
  name: string;
  value: ReactNode;
  // Where it is changed.
  href?: string;
  missing?: boolean;
}

// `frozen`: nothing may be changed now.
export function Summary({ title, rows, frozen }: { title: string; rows: SummaryRow[]; frozen?: boolean }) {
  const { strings } = useLanguage();
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <dl className="summary">
        {rows.map((row) => (
          <div key={row.key} className={row.missing ? "summary-row summary-row-missing" : "summary-row"}>
            <dt>{row.name}</dt>
            <dd className="summary-value">{row.value}</dd>
            {row.href && !frozen && (
              <dd className="summary-change">
                <Link href={row.href}>
                  {strings.filing.change}
                  <span className="visually-hidden"> {row.name}</span>
                </Link>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}
