// DownloadButton.tsx - fetches a document with the person's codes and saves it.
import { useState } from "react";
import type { Problem } from "@shared/api/problem.ts";
import { saveBlob } from "@shared/save_blob.ts";
import { ProblemNotice, asProblem } from "./ProblemNotice.tsx";

export interface DownloadButtonProps {
  fetch: () => Promise<Blob>;
  fileName: string;
  children: string;
  primary?: boolean;
}

export function DownloadButton({ fetch, fileName, children, primary }: DownloadButtonProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const start = async () => {
    setBusy(true);
    setProblem(null);
    try {
      saveBlob(await fetch(), fileName);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" className={primary ? "button" : "button button-secondary"} aria-disabled={busy} onClick={() => busy || void start()}>
        {children}
      </button>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}
