// StatusLookup.tsx - for whoever has lost the secret: code and six digits in, how it stands out.
import { useState } from "react";
import { Problem } from "@shared/api/problem.ts";
import { ErrorSummary } from "@shared/form/ErrorSummary.tsx";
import { FieldView } from "@shared/form/FieldView.tsx";
import { formatDateTime } from "@shared/format.ts";
import type { FieldProblem, TrackingStatus } from "@shared/schemas.ts";
import { trackStatus } from "../../api.ts";
import { Notice } from "../../components/Notice.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { useLanguage } from "../../language/language.tsx";
import { cleanCode } from "./receipt_link.ts";

const both = (text: string) => ({ vi: text, en: text });

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
  const [code, setCode] = useState(start);
  const [digits, setDigits] = useState("");
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [occasion, setOccasion] = useState(0);
  const [status, setStatus] = useState<TrackingStatus | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const look = async (wanted: string, number: string) => {
    setBusy(true);
    setProblem(null);
    setStatus(null);
    try {
      setStatus(await trackStatus(wanted, number));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ErrorSummary problems={problems} occasion={occasion} />
      <PageTitle>{words.title}</PageTitle>
      {problem?.status === 404 && <Notice kind="error" title={words.statusNotFound} focus />}
      {problem && problem.status !== 404 && <ProblemNotice problem={problem} focus />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = cleanCode(code);
          const number = digits.replace(/\D/g, "");
          const found: FieldProblem[] = [];
          if (wanted === "") found.push({ field: "code", message: both(words.needCode) });
          if (number.length !== 6) found.push({ field: "digits", message: both(words.needDigits) });
          setProblems(found);
          setOccasion((count) => count + 1);
          if (found.length === 0 && !busy) void look(wanted, number);
        }}
      >
        <FieldView
          field={{ id: "code", type: "text", label: both(words.codeLabel), help: both(words.codeHint), required: true }}
          path="code"
          value={code}
          required
          problems={problems.filter((one) => one.field === "code")}
          onChange={(value) => setCode(String(value))}
        />
        <FieldView
          field={{ id: "digits", type: "text", label: both(words.digitsLabel), help: both(words.digitsHint), required: true }}
          path="digits"
          value={digits}
          required
          problems={problems.filter((one) => one.field === "digits")}
          onChange={(value) => setDigits(String(value))}
        />
        <button type="submit" className="button" aria-disabled={busy}>
          {busy ? words.loading : words.submit}
        </button>
      </form>
      {status && <Standing status={status} />}
      <p>
        <button type="button" className="link-button" onClick={onBack}>
          {words.haveSecret}
        </button>
      </p>
    </>
  );
}
