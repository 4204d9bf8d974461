// TrackingPage.tsx - two codes in, one dossier out.
//
// A QR link carries the codes behind "#", which browsers do not send to any server; they are taken out
// of the address bar at once, so that they stay out of screenshots and of the history.
import { useEffect, useState } from "react";
import { useSearch } from "wouter";
import { Problem } from "@shared/api/problem.ts";
import { ErrorSummary } from "@shared/form/ErrorSummary.tsx";
import { FormProvider } from "@shared/form/context.tsx";
import { FieldView } from "@shared/form/FieldView.tsx";
import { fill } from "@shared/language.ts";
import type { FieldProblem, Tracking } from "@shared/schemas.ts";
import { track, type ReceiptKey } from "../../api.ts";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { findReceipt, forgetReceipt, listReceipts } from "../../device/receipts.ts";
import { useLanguage } from "../../language/language.tsx";
import { useSession } from "../../session.ts";
import { DossierView } from "./DossierView.tsx";
import { StatusLookup } from "./StatusLookup.tsx";
import { cleanCode, cleanSecret, readReceiptFragment } from "./receipt_link.ts";
import "@shared/form/form.css";
import "./tracking.css";

const both = (text: string) => ({ vi: text, en: text });
const noUnits = () => Promise.resolve([]);

interface CodeFormProps {
  start: ReceiptKey;
  problem: Problem | null;
  busy: boolean;
  onSubmit: (receipt: ReceiptKey) => void;
}

function CodeForm({ start, problem, busy, onSubmit }: CodeFormProps) {
  const { strings } = useLanguage();
  const words = strings.tracking;
  const [code, setCode] = useState(start.code);
  const [secret, setSecret] = useState(start.secret);
  const [occasion, setOccasion] = useState(0);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const notFound = problem?.status === 404;
  return (
    <>
      <ErrorSummary problems={problems} occasion={occasion} />
      <PageTitle>{words.title}</PageTitle>
      <p className="lead">{words.lead}</p>
      {problem && notFound && (
        <Notice kind="error" title={words.notFoundTitle} focus>
          <p>{words.notFoundDetail}</p>
        </Notice>
      )}
      {problem && !notFound && <ProblemNotice problem={problem} focus />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const receipt = { code: cleanCode(code), secret: cleanSecret(secret) };
          const found: FieldProblem[] = [];
          if (receipt.code === "") found.push({ field: "code", message: both(words.needCode) });
          if (receipt.secret === "") found.push({ field: "secret", message: both(words.needSecret) });
          setProblems(found);
          setOccasion((count) => count + 1);
          if (found.length === 0 && !busy) onSubmit(receipt);
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
          field={{ id: "secret", type: "text", label: both(words.secretLabel), help: both(words.secretHint), required: true }}
          path="secret"
          value={secret}
          required
          problems={problems.filter((one) => one.field === "secret")}
          onChange={(value) => setSecret(String(value))}
        />
        <button type="submit" className="button" aria-disabled={busy}>
          {busy ? words.loading : words.submit}
        </button>
      </form>
    </>
  );
}

function RecentDossiers({ onOpen }: { onOpen: (receipt: ReceiptKey) => void }) {
  const { strings, say } = useLanguage();
  const [receipts, setReceipts] = useState(listReceipts);
  if (receipts.length === 0) return null;
  return (
    <section aria-labelledby="recent-title" className="recent">
      <h2 id="recent-title">{strings.tracking.recent}</h2>
      <ul className="task-list">
        {receipts.map((receipt) => (
          <li key={receipt.code} className="task">
            <span className="task-name">
              <button type="button" className="link-button" onClick={() => onOpen(receipt)}>
                {receipt.code}
              </button>
              <span className="soft">{say(receipt.procedure)}</span>
            </span>
            <button
              type="button"
              className="link-button"
              onClick={() => {
                forgetReceipt(receipt.code);
                setReceipts(listReceipts());
              }}
            >
              {fill(strings.tracking.forget, { code: receipt.code })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export default function TrackingPage() {
  const { language, strings } = useLanguage();
  const [lost, setLost] = useState(false);
  const search = useSearch();
  // A dossier that this device remembers, by its code alone.
  const remembered = new URLSearchParams(search).get("ma");
  const [receipt, setReceipt] = useState<ReceiptKey>(() => {
    const kept = remembered ? findReceipt(remembered) : null;
    return readReceiptFragment(window.location.hash) ?? (kept ? { code: kept.code, secret: kept.secret } : { code: remembered ?? "", secret: "" });
  });
  // Whoever is signed in opens his own without the second code.
  const signedIn = useSession()?.citizen !== undefined;
  const [tracking, setTracking] = useState<Tracking | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const show = async (wanted: ReceiptKey) => {
    setReceipt(wanted);
    setBusy(true);
    setProblem(null);
    try {
      setTracking(await track(wanted));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };

  useEffect(() => {
    if (receipt.code !== "" && receipt.secret !== "") void show(receipt);
    // Another link opened in the same tab changes the fragment only.
    const take = () => {
      const linked = readReceiptFragment(window.location.hash);
      if (!linked) return;
      history.replaceState(null, "", window.location.pathname);
      setTracking(null);
      void show(linked);
    };
    if (window.location.hash !== "") history.replaceState(null, "", window.location.pathname + window.location.search);
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);

  useEffect(() => {
    if (signedIn && remembered && receipt.secret === "" && !tracking) void show(receipt);
  }, [signedIn]);

  if (tracking) {
    return (
      <DossierView
        receipt={receipt}
        tracking={tracking}
        problem={problem}
        busy={busy}
        onRefresh={() => show(receipt)}
        onLeave={() => {
          setTracking(null);
          setReceipt({ code: "", secret: "" });
        }}
      />
    );
  }
  if (busy && (receipt.secret !== "" || signedIn) && !problem) return <Loading />;
  return (
    <FormProvider language={language} audience="citizen" loadUnits={noUnits}>
      <div className="narrow">
        {lost ? (
          <StatusLookup start={receipt.code} onBack={() => setLost(false)} />
        ) : (
          <>
            <CodeForm key={receipt.code} start={receipt} problem={problem} busy={busy} onSubmit={(wanted) => void show(wanted)} />
            <p>
              <button type="button" className="link-button" onClick={() => setLost(true)}>
                {strings.tracking.lostSecret}
              </button>
            </p>
          </>
        )}
        <RecentDossiers onOpen={(wanted) => void show(wanted)} />
      </div>
    </FormProvider>
  );
}
