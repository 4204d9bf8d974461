// StatusLookup.tsx - for whoever has lost the secret: code and six digits in, how it stands out.
import { useState } from "react";
import { Problem } from "@shared/api/problem.ts";
import { formatDateTime } from "@shared/format.ts";
import type { TrackingStatus } from "@shared/schemas.ts";
import { trackStatus } from "../../api.ts";
import { Notice } from "../../components/Notice.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { useLanguage } from "../../language/language.tsx";
import { TwoCodesForm } from "./TwoCodesForm.tsx";

function sixDigits(typed: string): string | null {
  const number = typed.replace(/\D/g, "");
  return number.length === 6 ? number : null;
}

function Standing({ status }: { status: TrackingStatus }) {
  const { strings, say } = useLanguage();
  const words = strings.tracking;
  const rows: [string, string][] = [
    [words.status, say(status.status?.label)],
    [words.agency, say(status.agency)],
    [words.holder, say(status.holder)],
    [words.filedAt, formatDateTime(status.filed_at)],
    [words.due, status.due_at ? formatDateTime(status.due_at) : ""],
  ];
  return (
    <section aria-live="polite">
      <h2>{status.code}</h2>
      <p>{say(status.procedure?.name)}</p>
      <dl className="facts">
        {rows
          .filter(([, value]) => value !== "")
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {status.supplement_wanted && <p>{words.supplementWanted}</p>}
    </section>
  );
}

export function StatusLookup({ start, onBack }: { start: string; onBack: () => void }) {
  const { strings } = useLanguage();
  const words = strings.tracking;
  const [status, setStatus] = useState<TrackingStatus | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const look = async (code: string, digits: string) => {
    setBusy(true);
    setProblem(null);
    setStatus(null);
    try {
      setStatus(await trackStatus(code, digits));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const digits = { id: "digits", label: words.digitsLabel, help: words.digitsHint, needed: words.needDigits, read: sixDigits };
  return (
    <>
      <TwoCodesForm second={digits} start={{ code: start, second: "" }} busy={busy} onSubmit={(code, number) => void look(code, number)}>
        {problem?.status === 404 && <Notice kind="error" title={words.statusNotFound} focus />}
        {problem && problem.status !== 404 && <ProblemNotice problem={problem} focus />}
      </TwoCodesForm>
      {status && <Standing status={status} />}
      <p>
        <button type="button" className="link-button" onClick={onBack}>
          {words.haveSecret}
        </button>
      </p>
    </>
  );
}
