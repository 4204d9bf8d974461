// QuestionPage.tsx - one group of questions.  "Tiếp tục" asks the server what the answers lead to.
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { ErrorSummary } from "@shared/form/ErrorSummary.tsx";
import { FormFields } from "@shared/form/FormFields.tsx";
import { applicantProperty, isEmpty, isError, problemsOfPage, visibleFields } from "@shared/form/answers.ts";
import type { Problem } from "@shared/api/problem.ts";
import type { FieldProblem, FormPage } from "@shared/schemas.ts";
import { Notice } from "../../components/Notice.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { useLanguage } from "../../language/language.tsx";
import { useFiling } from "./context.tsx";
import { PrefillOffer } from "./PrefillOffer.tsx";
import { hasErrors, isOffline } from "./session.ts";
import { StepFrame, useWayOn } from "./StepFrame.tsx";

export function QuestionPage({ page }: { page: FormPage }) {
  const { strings, say } = useLanguage();
  const { session, home } = useFiling();
  const [, navigate] = useLocation();
  const path = `${home}/trang/${page.id}`;
  const way = useWayOn(path);
  const { draft } = session;
  // Problems are shown only once the person has asked to go on, or comes back to a page that has some.
  const [asked, setAsked] = useState(() => draft.visited.includes(page.id));
  const [occasion, setOccasion] = useState(0);
  const [note, setNote] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  // The warnings that the person has seen and keeps.
  const seenWarnings = useRef("");
  const fields = visibleFields(page, draft.evaluation, draft.answers);
  const problems: FieldProblem[] = asked ? session.problemsOf(page) : [];

  // A draft opened again: what the server would say about these answers now.
  useEffect(() => {
    const target = window.location.hash.slice(1);
    if (target) document.getElementById(target)?.focus();
    if (draft.dirty || !draft.evaluation) void session.save(page.id, 0).catch(() => {});
  }, []);

  const goOn = async () => {
    setProblem(null);
    setNote(null);
    const before = new Set(fields.map((field) => field.id));
    try {
      const evaluation = await session.save(page.id);
      session.visit(page.id);
      const found = problemsOfPage(page, evaluation?.problems ?? []);
      if (hasErrors(found)) {
        const opened = visibleFields(page, evaluation, session.draft.answers).filter((field) => !before.has(field.id));
        const onlyNew = opened.length > 0 && found.filter(isError).every((one) => opened.some((field) => field.id === one.field && isEmpty(session.draft.answers[field.id])));
        if (onlyNew) {
          // Not a mistake: there was nothing to answer before.
          setAsked(false);
          setNote(strings.filing.newQuestions);
          return;
        }
        setAsked(true);
        setOccasion((count) => count + 1);
        return;
      }
      const warnings = found.map((one) => `${one.field} ${one.code ?? ""} ${JSON.stringify(session.draft.answers[one.field])}`).join("\n");
      if (warnings !== "" && warnings !== seenWarnings.current) {
        seenWarnings.current = warnings;
        setAsked(true);
        setNote(strings.filing.checkWarnings);
        return;
      }
      navigate(way.onward());
    } catch (thrown) {
      if (isOffline(thrown)) {
        // Go on with what is known; the shell says that the line is cut.
        session.visit(page.id);
        session.unchecked = true;
        navigate(way.onward());
        return;
      }
      setProblem(asProblem(thrown));
    }
  };

  return (
    <StepFrame
      path={path}
      title={say(page.title)}
      intro={say(page.intro)}
      before={<ErrorSummary problems={problems} occasion={occasion} />}
      onContinue={goOn}
    >
      {note && (
        <Notice kind="info" focus>
          <p>{note}</p>
        </Notice>
      )}
      <PrefillOffer
        wanted={fields.flatMap((field) => {
          const property = applicantProperty(field);
          return property ? [{ field, property }] : [];
        })}
        valueOf={(field) => session.draft.answers[field]}
        onFill={(field, value) => session.answer(field, value, page.id)}
      />
      <FormFields
        fields={fields}
        answers={draft.answers}
        evaluation={draft.evaluation}
        problems={problems}
        onChange={(field, value) => session.answer(field, value, page.id)}
      />
      {problem && <ProblemNotice problem={problem} focus />}
    </StepFrame>
  );
}
