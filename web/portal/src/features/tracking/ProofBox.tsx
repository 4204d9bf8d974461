// ProofBox.tsx - the proof that the filing is in the journal, as soon as a signed head covers it.
import { useEffect, useState } from "react";
import { Link } from "wouter";
import type { Problem } from "@shared/api/problem.ts";
import { saveBlob } from "@shared/save_blob.ts";
import { downloadProof, type ReceiptKey } from "../../api.ts";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { useLanguage } from "../../language/language.tsx";

// What the server advises, within reason.
const pauseMs = (problem: Problem): number => Math.min(300, Math.max(3, problem.retryAfterSeconds ?? 60)) * 1000;

export function ProofBox({ receipt }: { receipt: ReceiptKey }) {
  const { strings } = useLanguage();
  const words = strings.tracking;
  const [state, setState] = useState<"unasked" | "asking" | "pending" | "ready" | "saved">("unasked");
  const [proof, setProof] = useState<Blob | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  // A new one for every answer, so that each is followed by another question.
  const [wait, setWait] = useState<{ ms: number } | null>(null);

  const save = (file: Blob) => {
    saveBlob(file, `${receipt.code}.motcua`);
    setState("saved");
  };
  // Null while it is not there yet.
  const ask = async (): Promise<Blob | null> => {
    setProblem(null);
    try {
      const file = await downloadProof(receipt);
      setProof(file);
      setState("ready");
      return file;
    } catch (thrown) {
      const found = asProblem(thrown);
      const pending = found.slug === "proof-pending";
      if (!pending) setProblem(found);
      setState(pending ? "pending" : "unasked");
      setWait(pending ? { ms: pauseMs(found) } : null);
      return null;
    }
  };
  useEffect(() => {
    if (!wait) return undefined;
    const timer = setTimeout(() => void ask(), wait.ms);
    return () => clearTimeout(timer);
  }, [wait]);

  const waiting = state === "pending" || state === "asking";
  const start = async () => {
    if (waiting) return;
    if (proof) return save(proof);
    setState("asking");
    const file = await ask();
    if (file) save(file);
  };
  return (
    <div className="panel">
      <h2>{words.proofTitle}</h2>
      <p>{words.proofText}</p>
      <button type="button" className="button button-secondary" aria-disabled={waiting} onClick={() => void start()}>
        {words.proofDownload}
      </button>
      <p role="status" className="proof-state">
        {state === "pending" ? words.proofPending : state === "ready" ? words.proofReady : ""}
      </p>
      {problem && <ProblemNotice problem={problem} />}
      <p>
        <Link href="/verify">{words.proofCheck}</Link>
      </p>
    </div>
  );
}
