// intake_page.tsx - a person at the counter: procedure, card, form, papers, received, next please.
import { useState } from "react";
import type { Filed } from "@shared/schemas.ts";
import { useProcedure, useSession } from "../../api/queries.ts";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ChosenProcedure, IntakeForm } from "./intake_form.tsx";
import { IntakeDone } from "./intake_done.tsx";
import { forgetIntake, keptIntake } from "./kept_intake.ts";
import { ProcedurePicker } from "./procedure_picker.tsx";

export default function IntakePage() {
  const { t } = useLanguage();
  const [code, setCode] = useState<string | null>(() => keptIntake()?.procedure ?? null);
  const [filed, setFiled] = useState<Filed | null>(null);
  // A new number is a new person: nothing of the one before stays in the form.
  const [turn, setTurn] = useState(0);
  const session = useSession();
  // The agency that decides, once it is known; the officer's own before, whose counter this is.
  const [agency, setAgency] = useState("");
  const procedure = useProcedure(session.isPending ? null : code, agency || (session.data?.officer?.agency ?? ""));

  const next = (sameProcedure: boolean) => {
    setFiled(null);
    setTurn((old) => old + 1);
    if (!sameProcedure) setCode(null);
    window.scrollTo(0, 0);
  };
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{t.intake.title}</PageTitle>
      </div>
      {filed && <IntakeDone filed={filed} onNext={next} />}
      {!filed && code === null && <ProcedurePicker key={turn} onPick={setCode} />}
      {!filed && code !== null && procedure.isPending && <Loading />}
      {!filed && code !== null && procedure.isError && <ProblemAlert error={procedure.error} onRetry={() => void procedure.refetch()} />}
      {!filed && code !== null && procedure.data && (
        <>
          <ChosenProcedure procedure={procedure.data} onChange={() => {
              forgetIntake();
              setCode(null);
            }} />
          <IntakeForm key={`${code}:${turn}`} procedure={procedure.data} onAgency={setAgency} onFiled={setFiled} />
        </>
      )}
    </div>
  );
}
