// use_asked.ts - which questions are open while one types.
//
// What the server said about these very answers holds.  Until it has, the form's own conditions are
// judged here, so that a question comes and goes with the key that is pressed; what cannot be judged
// here stays as the server said last.
import { useEffect, useMemo, useState } from "react";
import { rootField } from "@shared/form/answers.ts";
import type { Answers, Evaluation, Form } from "@shared/schemas.ts";

type Judge = typeof import("@shared/feel/asked.ts");

// Once, and only for a form with conditions.  Where it cannot be loaded the server alone says.
function useJudge(form: Form): Judge | null {
  const [judge, setJudge] = useState<Judge | null>(null);
  const wanted = form.pages.some((page) => page.fields.some((field) => field.conditional));
  useEffect(() => {
    if (wanted) import("@shared/feel/asked.ts").then(setJudge, () => {});
  }, [wanted]);
  return judge;
}

export function useAsked(form: Form, answers: Answers, said: Evaluation | undefined, current: boolean): Evaluation | undefined {
  const judge = useJudge(form);
  return useMemo(() => {
    if (!said || current || !judge) return said;
    const { visible, required } = judge.askedNow(form, answers, said);
    const open = new Set(visible);
    // Problems without a field of their own stay.
    const problems = said.problems.filter((problem) => problem.field === "" || open.has(rootField(problem.field)) || !said.visible.includes(rootField(problem.field)));
    return { ...said, visible, required, problems };
  }, [judge, form, answers, said, current]);
}
