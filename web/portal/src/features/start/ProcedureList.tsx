// ProcedureList.tsx - procedures as cards: the name, what it is for, time and fee.
import { Link } from "wouter";
import type { ProcedureSummary } from "@shared/schemas.ts";
import { useLanguage } from "../../language/language.tsx";

export function ProcedureList({ procedures }: { procedures: ProcedureSummary[] }) {
  const { strings, say } = useLanguage();
  return (
    <ul className="procedure-list">
      {procedures.map((procedure) => (
        <li key={procedure.code} className="card">
          <h3>
            <Link href={`/thu-tuc/${procedure.code}`}>{say(procedure.name)}</Link>
          </h3>
          {say(procedure.summary) !== "" && <p>{say(procedure.summary)}</p>}
          <p className="card-facts">
            {say(procedure.limit) !== "" && (
              <span>
                {strings.start.limit}: <strong>{say(procedure.limit)}</strong>
              </span>
            )}
            {say(procedure.fee) !== "" && (
              <span>
                {strings.start.fee}: <strong>{say(procedure.fee)}</strong>
              </span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
