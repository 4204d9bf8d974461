// whereabouts.tsx - received, decided and returned where; and where papers and result are on their way.
import { formatDateTime } from "@shared/format.ts";
import type { Dossier } from "@shared/schemas.ts";
import type { Transport } from "../../api/transports.ts";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./dossier.module.css";

export function Whereabouts({ dossier }: { dossier: Dossier }) {
  const { t, say } = useLanguage();
  const words = t.transports;
  const transports = (dossier.transports ?? []) as Transport[];
  const elsewhere = dossier.receiving_agency?.id !== dossier.returning_agency?.id || transports.length > 0;
  if (!elsewhere && !dossier.competence) return null;
  return (
    <section className={classes["group"]}>
      <h2>{words.where}</h2>
      <ul className={classes["plain"]}>
        <li>
          {words.received}: <strong>{say(dossier.receiving_agency?.name)}</strong>
        </li>
        <li>
          {words.competent}: <strong>{say(dossier.agency?.name)}</strong>
        </li>
        <li>
          {words.returned}: <strong>{say(dossier.returning_agency?.name)}</strong>
        </li>
        {dossier.competence && (
          <li>
            {words.basis}: {dossier.competence.act} {dossier.competence.article} · {say(dossier.competence.reason)}
          </li>
        )}
      </ul>
      <ul className={classes["plain"]}>
        {transports.map((one) => (
          <li key={one.number}>
            <strong>
              {words.cargo[one.cargo] ?? one.cargo}: {words.states[one.state] ?? one.state}
            </strong>{" "}
            {one.late && <span>({words.late})</span>}
            <div>
              {say(one.from.name)} → {say(one.to.name)}
            </div>
            <div>{one.pieces.map((piece) => words.piece(piece.name, piece.count)).join(", ")}</div>
            {one.missing.length > 0 && <div>{words.lacks(one.missing.map((piece) => piece.name).join(", "))}</div>}
            <div className="quiet">
              {[
                one.handed_at && words.handedBy(`${one.handed_by}, ${one.carrier}`, formatDateTime(one.handed_at)),
                one.taken_at && words.takenBy(one.taken_by, formatDateTime(one.taken_at)),
                one.slip,
                one.note,
              ]
                .filter(Boolean)
                .join(" · ")}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
