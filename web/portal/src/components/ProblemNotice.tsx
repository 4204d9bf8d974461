// ProblemNotice.tsx - a problem in full: what happened, why, what to do; and the button to do it.
import { Problem } from "@shared/api/problem.ts";
import { fill } from "@shared/language.ts";
import { currentLanguage, useLanguage } from "../language/language.tsx";
import { Notice } from "./Notice.tsx";

// Whatever was thrown, as a Problem: a defect of ours is told like a broken answer.
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  console.error(thrown);
  return Problem.broken(0, currentLanguage());
}

export function ProblemNotice({ problem, onRetry, focus }: { problem: Problem; onRetry?: () => void; focus?: boolean }) {
  const { strings } = useLanguage();
  return (
    <Notice kind="error" title={problem.title} focus={focus ?? false}>
      <p>{problem.detail}</p>
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((error) => (
            <li key={`${error.field} ${error.code}`}>{error.message}</li>
          ))}
        </ul>
      )}
      {problem.traceId && problem.status >= 500 && <p className="soft">{fill(strings.shell.traceId, { id: problem.traceId })}</p>}
      {onRetry && (
        <button type="button" className="button button-secondary" onClick={onRetry}>
          {strings.shell.retry}
        </button>
      )}
    </Notice>
  );
}
