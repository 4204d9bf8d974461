// AgencyPage.tsx - which agency receives the dossier.
import { useState } from "react";
import { useLocation } from "wouter";
import { Combobox } from "@shared/form/Combobox.tsx";
import { ErrorSummary } from "@shared/form/ErrorSummary.tsx";
import { controlId } from "@shared/form/answers.ts";
import { Notice } from "../../components/Notice.tsx";
import { listAgencies } from "../../api.ts";
import { useLanguage } from "../../language/language.tsx";
import { useFiling } from "./context.tsx";
import { StepFrame, useWayOn } from "./StepFrame.tsx";

export function AgencyPage() {
  const { strings, say } = useLanguage();
  const { session, agencies, reloadAgencies, home } = useFiling();
  const [, navigate] = useLocation();
  const [missing, setMissing] = useState(false);
  const [occasion, setOccasion] = useState(0);
  const [chosen, setChosen] = useState(session.draft.agency);
  const path = `${home}/co-quan`;
  const way = useWayOn(path);
  const words = strings.filing;
  const id = controlId("agency");
  const message = { vi: words.agencyRequired, en: words.agencyRequired };

  const load = async () => {
    const found = agencies ?? (await listAgencies(session.procedure.code));
    if (!agencies) reloadAgencies();
    return found.map((agency) => ({ value: agency.id, label: say(agency.name) }));
  };
  const goOn = () => {
    if (!session.draft.agency || chosen !== session.draft.agency) {
      setMissing(true);
      setOccasion((count) => count + 1);
      return;
    }
    session.visit("agency");
    void session.save(undefined, 0).catch(() => {});
    navigate(way.onward());
  };
  return (
    <StepFrame
      path={path}
      title={words.agencyTitle}
      before={<ErrorSummary problems={missing ? [{ field: "agency", message }] : []} occasion={occasion} />}
      onContinue={goOn}
    >
      {agencies?.length === 0 ? (
        <Notice kind="warning">
          <p>{words.agencyNone}</p>
        </Notice>
      ) : (
        <div className={missing ? "form-field form-field-invalid" : "form-field"}>
          <label className="form-label" htmlFor={id}>
            {words.agencyTask}
          </label>
          <div id={`${id}-help`} className="form-help">
            {words.agencyHint}
          </div>
          {missing && (
            <p className="form-error" id={`${id}-problem`}>
              {words.agencyRequired}
            </p>
          )}
          <Combobox
            key={agencies === null ? "waiting" : "here"}
            id={id}
            name="agency"
            value={chosen}
            invalid={missing}
            describedBy={missing ? `${id}-help ${id}-problem` : `${id}-help`}
            load={load}
            onChange={(value) => {
              setChosen(value);
              const agency = agencies?.find((candidate) => candidate.id === value);
              if (agency) {
                session.chooseAgency(agency);
                setMissing(false);
              }
            }}
          />
        </div>
      )}
    </StepFrame>
  );
}
