// time_line.tsx - revisions and overlays in the order in which they began: by whom, and how tested.
import { formatDate, formatDateTime } from "@shared/format.ts";
import type { Revision } from "../../api/procedures.ts";
import { todayIn } from "../../components/days.ts";
import { useLanguage } from "../../i18n/language.tsx";
import { onTimeLine, standingOf, type Standing } from "./revisions.ts";
import { Mark, type Tone } from "./mark.tsx";
import classes from "./procedures.module.css";

const tones: Record<Standing, Tone> = { inForce: "good", notYet: "news", past: "quiet" };

export function TimeLine({ revisions, nameOf }: { revisions: Revision[]; nameOf: (agency: string) => string }) {
  const { t } = useLanguage();
  const words = t.procedures;
  const today = todayIn(Date.now());
  return (
    <ol className={classes["timeLine"]}>
      {onTimeLine(revisions).map((one) => {
        const standing = standingOf(one, today);
        return (
          <li key={`${one.layer}:${one.agency}:${one.digest}:${one.from ?? ""}`} data-layer={one.layer} data-standing={standing}>
            <div className={classes["head"]}>
              <strong>{one.layer === "nation" ? words.layers.nation : `${words.layers.overlay}: ${nameOf(one.agency)}`}</strong>
              <span className="figures">
                {one.from ? words.from(formatDate(one.from)) : words.always}
                {one.to && ` ${words.to(formatDate(one.to))}`}
              </span>
              <Mark tone={tones[standing]}>
                {words[standing]}
              </Mark>
            </div>
            <div>{one.approved_by ? words.decided(one.proposed_by, one.approved_by, formatDateTime(one.approved_at)) : words.undecided}</div>
            <div className="quiet">
              {words.origins[one.origin] ?? one.origin} · <span title={one.digest}>{one.digest.slice(0, 12)}</span>
            </div>
            {one.layer === "nation" && (
              <div className="quiet">
                {one.tested ? words.test(String(one.tested.scenarios), String(one.tested.covered), String(one.tested.branches), formatDateTime(one.tested.at)) : words.untested}
                {one.tested && one.tested.failed > 0 && <strong className={classes["bad"]}> {words.testFailed(String(one.tested.failed))}</strong>}
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
