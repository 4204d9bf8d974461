// TrackingPage.tsx - two codes in, one dossier out.
//
// A QR link carries the codes behind "#", which browsers do not send to any server; they are taken out
// of the address bar at once, so that they stay out of screenshots and of the history.
import { useEffect, useState } from "react";
import { useSearch } from "wouter";
import { Problem } from "@shared/api/problem.ts";
import { FormProvider } from "@shared/form/context.tsx";
import { fill } from "@shared/language.ts";
import type { Tracking } from "@shared/schemas.ts";
import { track, type ReceiptKey } from "../../api.ts";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { findReceipt, forgetReceipt, listReceipts } from "../../device/receipts.ts";
import { useLanguage } from "../../language/language.tsx";
import { useSession } from "../../session.ts";
import { DossierView } from "./DossierView.tsx";
import { StatusLookup } from "./StatusLookup.tsx";
import { TwoCodesForm } from "./TwoCodesForm.tsx";
import { cleanSecret, readReceiptFragment } from "./receipt_link.ts";
import "@shared/form/form.css";
import "./tracking.css";

const noUnits = () => Promise.resolve([]);

interface CodeFormProps {
  start: ReceiptKey;
  problem: Problem | null;
  busy: boolean;
  onSubmit: (receipt: ReceiptKey) => void;
}

function CodeForm({ start, problem, busy, onSubmit }: CodeFormProps) {
  const words = useLanguage().strings.tracking;
  const secret = { id: "secret", label: words.secretLabel, help: words.secretHint, needed: words.needSecret, read: (typed: string) => cleanSecret(typed) || null };
  return (
    <TwoCodesForm second={secret} start={{ code: start.code, second: start.secret }} busy={busy} onSubmit={(code, typed) => onSubmit({ code, secret: typed })}>
      <p className="lead">{words.lead}</p>
      {problem?.status === 404 && (
        <Notice kind="error" title={words.notFoundTitle} focus>
          <p>{words.notFoundDetail}</p>
        </Notice>
      )}
      {problem && problem.status !== 404 && <ProblemNotice problem={problem} focus />}
    </TwoCodesForm>
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
