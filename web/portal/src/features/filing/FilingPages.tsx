// FilingPages.tsx - opens a filing of this device and shows the page that the address asks for.
import { useEffect, useMemo, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import { FormProvider, type UnitOption } from "@shared/form/context.tsx";
import type { Agency, Procedure } from "@shared/schemas.ts";
import { createDraft, getDraft, getProcedure, listAgencies, listUnits, saveDraft } from "../../api.ts";
import { Loading } from "../../components/Loading.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { findDraft, findProcedure, forgetDraft, keepDraft, keepProcedure, type LocalDraft } from "../../device/drafts.ts";
import { currentLanguage, useLanguage } from "../../language/language.tsx";
import { onReachable } from "../../reachability.ts";
import { NotFoundPage } from "../start/NotFoundPage.tsx";
import { AgencyPage } from "./AgencyPage.tsx";
import { ContactPage } from "./ContactPage.tsx";
import { FilingContext } from "./context.tsx";
import { PaperPage } from "./PaperPage.tsx";
import { QuestionPage } from "./QuestionPage.tsx";
import { ReviewPage } from "./ReviewPage.tsx";
import { FilingSession } from "./session.ts";
import { unitLabel } from "./unit_name.ts";
import { TaskListPage } from "./TaskListPage.tsx";
import "@shared/form/form.css";
import "./filing.css";

let units: Promise<UnitOption[]> | null = null;

// Once per visit; a failure is asked for again.
function loadUnits(): Promise<UnitOption[]> {
  units ??= listUnits().then((agencies) =>
    agencies
      .filter((agency) => agency.unit_code)
      .map((agency) => ({ value: agency.unit_code ?? "", label: unitLabel(agency, currentLanguage()) })),
  );
  units.catch(() => {
    units = null;
  });
  return units;
}

// The draft is gone from the server; what was typed is not.
function GonePage({ draft }: { draft: LocalDraft | null }) {
  const { strings } = useLanguage();
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<Problem | null>(null);
  const key = useRef(newIntentKey());
  const reuse = async (old: LocalDraft) => {
    setProblem(null);
    try {
      const made = await createDraft(
        { procedure: old.procedure, answers: old.answers, ...(old.agency && { agency: old.agency }) },
        key.current,
      );
      keepDraft({
        ...old,
        id: made.id,
        secret: made.secret ?? "",
        attachments: [],
        ...(made.evaluation && { evaluation: made.evaluation }),
        ...(made.expires_at && { expiresAt: made.expires_at }),
      });
      forgetDraft(old.id);
      navigate(`/nop/${made.id}`);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  return (
    <div className="narrow">
      <PageTitle>{strings.filing.draftGoneTitle}</PageTitle>
      <p>{strings.filing.draftGoneText}</p>
      {problem && <ProblemNotice problem={problem} />}
      {draft && (
        <>
          <p>{strings.filing.draftGoneKept}</p>
          <p>
            <button type="button" className="button" onClick={() => void reuse(draft)}>
              {strings.filing.draftGoneReuse}
            </button>
          </p>
        </>
      )}
      <p>
        <Link href="/" className="button button-secondary">
          {strings.filing.startOver}
        </Link>
      </p>
    </div>
  );
}

type Opened = { session: FilingSession } | { gone: LocalDraft | null } | { problem: Problem };

async function loadProcedure(code: string, agency: string | undefined): Promise<Procedure> {
  const procedure = await getProcedure(code, agency);
  keepProcedure(procedure, agency);
  return procedure;
}

// Once the agency is known, the form is the one that this agency has.
function useFormOfAgency(session: FilingSession | null, agencies: Agency[] | null): void {
  const [agency, setAgency] = useState<string | undefined>(undefined);
  // The pages around the form are drawn again when it is another one.
  const [, setDigest] = useState("");
  useEffect(() => {
    if (!session) return undefined;
    const look = () => {
      setAgency(session.competentAgency(agencies)?.id);
      setDigest(session.procedure.digest);
    };
    look();
    return session.subscribe(look);
  }, [session, agencies]);
  useEffect(() => {
    if (!session || !agency || session.draft.submission) return undefined;
    let current = true;
    // Without a connection the form that is here goes on.
    loadProcedure(session.procedure.code, agency).then(
      (procedure) => {
        if (current && procedure.digest !== session.procedure.digest) session.adopt(procedure);
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, [session, agency]);
}

async function open(draftId: string): Promise<Opened> {
  const local = findDraft(draftId);
  if (!local) return { gone: null };
  try {
    // The form kept here is enough to begin with; a fresh one replaces it at the next opening.
    const kept = findProcedure(local.procedure, local.agency);
    const fresh = loadProcedure(local.procedure, local.agency);
    fresh.catch(() => {});
    const procedure = kept ?? (await fresh);
    const session = new FilingSession(procedure, local, {
      save: (body, retries) => saveDraft(local, body, retries),
      now: () => new Date(),
      wait: (ms) => new Promise((done) => setTimeout(done, ms)),
    });
    return { session };
  } catch (thrown) {
    return { problem: asProblem(thrown) };
  }
}

export default function FilingPages({ draftId, place }: { draftId: string; place: string }) {
  const { language } = useLanguage();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [agencies, setAgencies] = useState<Agency[] | null>(null);
  const session = opened && "session" in opened ? opened.session : null;

  const reloadAgencies = () => {
    if (!session) return;
    listAgencies(session.procedure.code).then(
      (found) => {
        setAgencies(found);
        const only = found[0];
        if (found.length === 1 && only && session.draft.agency !== only.id) session.chooseAgency(only);
      },
      () => {},
    );
  };

  useEffect(() => {
    void open(draftId).then(setOpened);
  }, [draftId]);

  useEffect(() => {
    if (!session) return undefined;
    reloadAgencies();
    // A filing that was sent may be a dossier by now: then there is no draft, and that is no fault.
    if (!session.draft.submission) {
      getDraft(session.draft).then(
        (draft) => session.refresh(draft),
        (thrown) => {
          if (thrown instanceof Problem && thrown.kind === "refused" && [403, 404, 410].includes(thrown.status)) {
            setOpened({ gone: session.draft });
          }
        },
      );
    }
    return onReachable((reachable) => {
      if (reachable && session.draft.dirty) void session.save(undefined, 0).catch(() => {});
    });
  }, [session]);

  useFormOfAgency(session, agencies);
  const value = useMemo(() => session && { session, agencies, reloadAgencies }, [session, agencies]);
  if (!opened) return <Loading />;
  if ("gone" in opened) return <GonePage draft={opened.gone} />;
  if ("problem" in opened) return <ProblemNotice problem={opened.problem} onRetry={() => void open(draftId).then(setOpened)} />;
  if (!value) return null;

  const [part = "", id = ""] = place.split("/");
  const page = opened.session.procedure.form.pages.find((candidate) => candidate.id === id);
  const component = [...opened.session.components, ...opened.session.procedure.components].find((candidate) => candidate.id === decodeURIComponent(id));
  return (
    <FormProvider language={language} audience="citizen" loadUnits={loadUnits}>
      <FilingContext.Provider value={value}>
        <div className="narrow">
          {part === "" && <TaskListPage />}
          {part === "co-quan" && <AgencyPage />}
          {part === "trang" && (page ? <QuestionPage key={page.id} page={page} /> : <NotFoundPage />)}
          {part === "giay-to" && (component ? <PaperPage key={component.id} component={component} /> : <NotFoundPage />)}
          {part === "lien-he" && <ContactPage />}
          {part === "kiem-tra" && <ReviewPage />}
          {!["", "co-quan", "trang", "giay-to", "lien-he", "kiem-tra"].includes(part) && <NotFoundPage />}
        </div>
      </FilingContext.Provider>
    </FormProvider>
  );
}
