// steps_panel.tsx - the steps of one procedure at one agency: who could take each, or why nobody.
import { formatDateTime } from "@shared/format.ts";
import { useSteps } from "../../api/coverage.ts";
import { useSession } from "../../api/queries.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { grantAddress } from "../authority/asked.ts";
import { hasPlace } from "../officers/roles.ts";
import classes from "./coverage.module.css";
import { People } from "./people.tsx";

export function StepsPanel({ agency, code, on }: { agency: string; code: string; on: string }) {
  const { t, say } = useLanguage();
  const words = t.coverage;
  const gives = hasPlace(useSession().data?.officer, "officers");
  const steps = useSteps(agency, code, on);
  if (steps.isPending) return <Loading />;
  if (steps.error) return <ProblemAlert error={steps.error} onRetry={() => void steps.refetch()} />;
  return (
    <ol style={{ listStyle: "none", padding: 0, margin: 0 }}>
      {steps.data.items.map((step) => {
        const later = step.course.slice(1);
        return (
          <li key={step.step} className={classes["step"]} data-state={step.state}>
            <p>
              <strong>{say(step.title)}</strong> · {say(step.role_title)} {words.at(say(step.agency.name))} · {words.states[step.state]}
            </p>
            {step.people.length > 0 && (
              <p>
                {words.people}: <People people={step.people} />
              </p>
            )}
            {step.explanation && <p>{say({ vi: step.explanation.vi ?? "", en: step.explanation.en ?? "" })}</p>}
            {step.hindrances.length > 0 && (
              <p>
                {words.hindered}: <People people={step.hindrances} />
              </p>
            )}
            {step.candidates.length > 0 && (
              <p>
                {words.couldGive}: <People people={step.candidates} give={gives ? (person) => grantAddress(step.agency.id, step.role, person.id) : undefined} />
              </p>
            )}
            {later.length > 0 && (
              <p className="quiet">
                {later.map((each) => `${words.since} ${formatDateTime(each.from)}: ${each.people === 0 ? words.nobody : each.people}`).join(" · ")}
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}
