// ErrorSummary.tsx - all problems of a page at its top, each a link to its field.
//
// Takes the focus when it appears and each time `occasion` changes (a new press of the button), so
// that a screen reader reads it and nobody has to look for what is wrong.
import { useEffect, useRef } from "react";
import { textOf } from "../language.ts";
import type { FieldProblem } from "../schemas.ts";
import { controlId, isError } from "./answers.ts";
import { useForm } from "./context.tsx";

export interface ErrorSummaryProps {
  problems: FieldProblem[];
  title?: string;
  occasion?: number;
}

export function ErrorSummary({ problems, title, occasion }: ErrorSummaryProps) {
  const { language, strings } = useForm();
  const box = useRef<HTMLDivElement>(null);
  const errors = problems.filter(isError);
  const any = errors.length > 0;
  useEffect(() => {
    if (any) box.current?.focus();
  }, [any, occasion]);
  if (!any) return null;
  return (
    <div className="form-summary" ref={box} tabIndex={-1} role="alert" aria-labelledby="form-summary-title">
      <h2 id="form-summary-title">{title ?? strings.summaryTitle}</h2>
      <ul>
        {errors.map((problem) => (
          <li key={`${problem.field} ${problem.code ?? problem.message.vi}`}>
            {problem.field === "" ? (
              textOf(problem.message, language)
            ) : (
              <a
                href={`#${controlId(problem.field)}`}
                onClick={(event) => {
                  // Focus rather than jump: the address stays, the question is seen with its label.
                  const control = document.getElementById(controlId(problem.field));
                  if (!control) return;
                  event.preventDefault();
                  control.focus({ preventScroll: true });
                  (control.closest(".form-field") ?? control).scrollIntoView({ block: "start" });
                }}
              >
                {textOf(problem.message, language)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
