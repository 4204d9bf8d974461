// procedure_page.tsx - one procedure over time: its revisions and overlays, and any two of them compared.
import { Link } from "wouter";
import { useAgencies, useProcedure, useSession } from "../../api/queries.ts";
import { useRevisions } from "../../api/procedures.ts";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { AdministratorsOnly, useMayAdminister } from "./administrators_only.tsx";
import { ComparePanel } from "./compare_panel.tsx";
import { TimeLine } from "./time_line.tsx";
import classes from "./procedures.module.css";

export default function ProcedurePage({ code }: { code: string }) {
  const { t, say } = useLanguage();
  const words = t.procedures;
  const allowed = useMayAdminister("procedures");
  const session = useSession();
  const procedure = useProcedure(allowed ? code : null);
  const revisions = useRevisions(code, allowed);
  const agencies = useAgencies({}, allowed);
  const nameOf = (agency: string) => say(agencies.data?.find((each) => each.id === agency)?.name) || agency;
  const facts = procedure.data;
  return (
    <AdministratorsOnly allowed={allowed} title={words.title}>
      <p className="no-print">
        <Link href="/procedures">← {words.back}</Link>
      </p>
      <div className="page-head">
        <PageTitle tab={`${code} ${say(facts?.name)}`}>
          <span className="figures">{code}</span> {say(facts?.name)}
        </PageTitle>
      </div>
      {facts && (
        <p className="quiet">
          {[words.levels[facts.level as "commune"], say(facts.field)].filter(Boolean).join(" · ")}{" "}
          <span className="no-print">
            <Link href={`/catalogue/${encodeURIComponent(code)}`}>{words.entry}</Link>
          </span>
        </p>
      )}
      <ProblemAlert error={revisions.error} onRetry={() => void revisions.refetch()} />
      {revisions.isPending && <Loading />}
      {revisions.data && (
        <>
          <section aria-labelledby="revisions-title" className={classes["section"]}>
            <h2 id="revisions-title">{words.timeline}</h2>
            <p className="quiet">{words.timelineLead}</p>
            <TimeLine revisions={revisions.data} nameOf={nameOf} />
          </section>
          <ComparePanel code={code} revisions={revisions.data} own={session.data?.officer?.agency ?? ""} nameOf={nameOf} />
        </>
      )}
    </AdministratorsOnly>
  );
}
