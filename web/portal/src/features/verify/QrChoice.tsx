// QrChoice.tsx - the link in a receipt's QR code, pasted or photographed; it fetches the proof.
import { useState, type ChangeEvent } from "react";
import type { Problem } from "@shared/api/problem.ts";
import { downloadProof } from "../../api.ts";
import { Notice } from "../../components/Notice.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { readReceiptLink } from "../tracking/receipt_link.ts";
import { canReadQr, readQr } from "./qr_picture.ts";
import { useWords } from "./words.ts";

export interface QrChoiceProps {
  onTake: (proof: Blob, name: string, printed: string | null) => void;
}

export function QrChoice({ onTake }: QrChoiceProps) {
  const words = useWords();
  const [link, setLink] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const fetchProof = async (text: string) => {
    setProblem(null);
    const found = readReceiptLink(text.slice(text.indexOf("#") + 1).trim());
    setWrong(found ? null : words.qrUnreadable);
    if (!found || busy) return;
    setBusy(true);
    try {
      onTake(await downloadProof(found.receipt), found.receipt.code, found.leafHash);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const photograph = async (event: ChangeEvent<HTMLInputElement>) => {
    const picture = event.currentTarget.files?.[0];
    event.currentTarget.value = "";
    if (!picture) return;
    const text = await readQr(picture);
    if (text === null) return setWrong(words.qrNotSeen);
    setLink(text);
    await fetchProof(text);
  };
  return (
    <details className="details">
      <summary>{words.qrTitle}</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void fetchProof(link);
        }}
      >
        <p id="qr-hint">{words.qrHint}</p>
        <label htmlFor="qr-link" className="verify-label">
          {words.qrLabel}
        </label>
        {wrong !== null && (
          <p id="qr-wrong" className="form-error" role="alert">
            {wrong}
          </p>
        )}
        <input
          id="qr-link"
          type="text"
          className="verify-text"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={400}
          aria-describedby={wrong === null ? "qr-hint" : "qr-hint qr-wrong"}
          aria-invalid={wrong === null ? undefined : true}
          value={link}
          onChange={(event) => setLink(event.currentTarget.value)}
        />
        <p className="button-row">
          <button type="submit" className="button button-secondary" aria-disabled={busy}>
            {busy ? words.qrBusy : words.qrSubmit}
          </button>
          {canReadQr() && (
            <label className="button button-secondary upload-button">
              {words.qrScan}
              <input type="file" accept="image/*" capture="environment" className="upload-input" onChange={(event) => void photograph(event)} />
            </label>
          )}
        </p>
        {problem?.slug === "proof-pending" ? (
          <Notice kind="info" title={words.qrPendingTitle} focus>
            <p>{words.qrPending}</p>
          </Notice>
        ) : (
          problem && <ProblemNotice problem={problem} focus />
        )}
      </form>
    </details>
  );
}
