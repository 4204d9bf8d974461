// DossierView.tsx - where the dossier is, until when, why, and what the citizen can do now.
import { useEffect, useState } from "react";
import type { Problem } from "@shared/api/problem.ts";
import { formatDate, formatDateTime, formatSize } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import type { Tracking } from "@shared/schemas.ts";
import { downloadReceipt, downloadResult, type ReceiptKey } from "../../api.ts";
import { DownloadButton } from "../../components/DownloadButton.tsx";
import { Facts } from "../../components/Facts.tsx";
import { FeeTable } from "../../components/FeeTable.tsx";
import { Notice } from "../../components/Notice.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { ProblemNotice } from "../../components/ProblemNotice.tsx";
import { forgetReceipt, isReceiptKept, keepReceipt } from "../../device/receipts.ts";
import { useLanguage } from "../../language/language.tsx";
import { ApologyBox } from "./ApologyBox.tsx";
import { ChangeReturnForm } from "./ChangeReturnForm.tsx";
import { DueBox } from "./DueBox.tsx";
import { ProofBox } from "./ProofBox.tsx";
import { RatingForm } from "./RatingForm.tsx";
import { SupplementForm } from "./SupplementForm.tsx";
import { WithdrawForm } from "./WithdrawForm.tsx";
import { FileStanding } from "../../uploads/FileStanding.tsx";

function Timeline({ tracking }: { tracking: Tracking }) {
  const { strings, say } = useLanguage();
  // The latest first.
  const entries = [...(tracking.timeline ?? [])].reverse().sort((a, b) => b.at.localeCompare(a.at));
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">{strings.tracking.timeline}</h2>
      <ol className="timeline">
        {entries.map((entry, index) => (
          <li key={`${entry.at} ${entry.type} ${index}`}>
            <p className="timeline-time">{formatDateTime(entry.at)}</p>
            <p className="timeline-title">{say(entry.title)}</p>
            {say(entry.detail) !== "" && <p className="multi-line">{say(entry.detail)}</p>}
            {say(entry.agency) !== "" && <p className="soft">{say(entry.agency)}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

export interface DossierViewProps {
  receipt: ReceiptKey;
  tracking: Tracking;
  problem: Problem | null;
  busy: boolean;
  onRefresh: () => Promise<void>;
  onLeave: () => void;
}

export function DossierView({ receipt, tracking, problem, busy, onRefresh, onLeave }: DossierViewProps) {
  const { language, strings, say } = useLanguage();
  const words = strings.tracking;
  const [kept, setKept] = useState(() => isReceiptKept(tracking.code));
  const [done, setDone] = useState<string | null>(null);
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => setNow(new Date().toISOString()), [tracking]);

  const can = (what: "supplement" | "withdraw" | "change_return" | "rate") => (tracking.can ?? []).includes(what);
  // An action went through: say so, then show what it led to.
  const finished = async (message: string) => {
    setDone(message);
    await onRefresh();
  };
  const { result } = tracking;
  const judged: Record<string, string> = words.punctuality;
  const punctuality = judged[tracking.clock?.punctuality ?? ""] ?? "";
  const files = tracking.attachments ?? [];
  return (
    <div className="dossier">
      <div className="dossier-top">
        <button type="button" className="back-link link-button" onClick={onLeave}>
          {words.another}
        </button>
        <span className="soft">
          {fill(words.updated, { time: formatDateTime(now).slice(-5) })}{" "}
          <button type="button" className="link-button" aria-disabled={busy} onClick={() => busy || void onRefresh()}>
            {words.refresh}
          </button>
        </span>
      </div>
      <PageTitle caption={say(tracking.procedure.name)}>{tracking.code}</PageTitle>
      {done && (
        <Notice kind="success" focus>
          <p>{done}</p>
        </Notice>
      )}
      {problem && <ProblemNotice problem={problem} onRetry={() => void onRefresh()} />}
      <div className="dossier-columns">
        <div>
          <div className="status-line">
            <p className={`status status-${tracking.status.national}`} data-testid="status">
              {say(tracking.status.label)}
            </p>
            {say(tracking.holder) !== "" && (
              <p>
                {words.holder}: <strong>{say(tracking.holder)}</strong>
              </p>
            )}
          </div>
          {tracking.refusal_reason && (
            <Notice kind="warning" title={words.refusal}>
              <p>{tracking.refusal_reason}</p>
            </Notice>
          )}
          <DueBox tracking={tracking} now={now} />
          {(tracking.whereabouts ?? []).length > 0 && (
            <section className="panel" aria-labelledby="whereabouts-title" data-testid="whereabouts">
              <h2 id="whereabouts-title">{words.whereabouts}</h2>
              <ul className="plain-list">
                {(tracking.whereabouts ?? []).map((one, index) => (
                  <li key={`${one.cargo} ${index}`}>
                    {say(one.text)} <span className="soft">{formatDateTime(one.at)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {tracking.apology && <ApologyBox receipt={receipt} apology={tracking.apology} agency={say(tracking.agency)} />}
          {result && (result.issued_at || result.file || result.number) && (
            <section className="panel result" aria-labelledby="result-title">
              <h2 id="result-title">{words.resultTitle}</h2>
              {say(result.name) !== "" && <p>{say(result.name)}</p>}
              <p className="soft">{[result.number && fill(words.resultNumber, { number: result.number }), formatDate(result.issued_at)].filter(Boolean).join(", ")}</p>
              <DownloadButton primary fetch={() => downloadResult(receipt)} fileName={`${tracking.code}-ket-qua.pdf`}>
                {words.resultDownload}
              </DownloadButton>
              {!result.returned_at && <p className="soft">{words.resultAtCounter}</p>}
            </section>
          )}
          {can("supplement") && tracking.supplement && (
            <SupplementForm receipt={receipt} tracking={tracking} request={tracking.supplement} onDone={() => finished(words.supplementSent)} />
          )}
          {can("rate") && !tracking.rating && <RatingForm receipt={receipt} onDone={() => finished(words.rated)} />}
          {tracking.rating && <p>{fill(words.ratedBefore, { score: tracking.rating.score })}</p>}
          <Timeline tracking={tracking} />
          {can("change_return") && <ChangeReturnForm receipt={receipt} tracking={tracking} onDone={() => finished(words.returnChanged)} />}
          {can("withdraw") && <WithdrawForm receipt={receipt} onDone={() => finished(words.withdrawn)} />}
        </div>
        <aside>
          <div className="panel">
            <Facts
              facts={[
                { name: words.applicant, value: tracking.applicant },
                { name: words.agency, value: say(tracking.agency) },
                { name: words.receivedAtCentre, value: tracking.receiving_agency?.id === tracking.returning_agency?.id ? "" : say(tracking.receiving_agency?.name) },
                { name: words.returnedAt, value: (tracking as { return_method?: string }).return_method === "counter" ? say(tracking.returning_agency?.name) : "" },
                { name: words.filedAt, value: formatDateTime(tracking.filed_at) },
                { name: words.receivedAt, value: formatDateTime(tracking.received_at) },
                { name: words.finishedAt, value: tracking.finished_at && [formatDateTime(tracking.finished_at), punctuality].filter(Boolean).join(", ") },
              ]}
            />
            <DownloadButton fetch={() => downloadReceipt(receipt)} fileName={`${tracking.code}.pdf`}>
              {tracking.received_at ? words.receipt : words.receiptFiled}
            </DownloadButton>
          </div>
          <ProofBox receipt={receipt} />
          {tracking.fee && (
            <div className="panel">
              <h2>{words.fee}</h2>
              <FeeTable fee={tracking.fee} />
            </div>
          )}
          {files.length > 0 && (
            <div className="panel">
              <h2>{words.papers}</h2>
              <ul className="plain-list">
                {files.map((file) => (
                  <li key={file.id}>
                    {file.name} <span className="soft">{formatSize(file.size, language)}</span>
                    <FileStanding file={file} />
                  </li>
                ))}
              </ul>
            </div>
          )}
          {receipt.secret !== "" && (
            <label className="form-option">
              <input
                type="checkbox"
                checked={kept}
                onChange={(event) => {
                  const keep = event.currentTarget.checked;
                  if (keep) keepReceipt({ ...receipt, code: tracking.code, procedure: tracking.procedure.name, keptAt: new Date().toISOString() });
                  else forgetReceipt(tracking.code);
                  setKept(keep);
                }}
              />
              <span>
                {words.remember}
                <span className="soft paper-note">{words.rememberHint}</span>
              </span>
            </label>
          )}
        </aside>
      </div>
    </div>
  );
}
