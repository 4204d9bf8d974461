// ConfirmationPage.tsx - the dossier is filed: the two codes, the date, what comes next.  To be printed,
// saved, or come back to on this device.
import { useEffect, useState } from "react";
import { Link } from "wouter";
import type { Problem } from "@shared/api/problem.ts";
import { formatDateTime, formatDue, formatSize } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import type { Clock } from "@shared/schemas.ts";
import { downloadQr, downloadReceipt, track, type ReceiptKey } from "../../api.ts";
import { DownloadButton } from "../../components/DownloadButton.tsx";
import { Facts } from "../../components/Facts.tsx";
import { FeeTable } from "../../components/FeeTable.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { findReceipt, forgetReceipt, isReceiptKept } from "../../device/receipts.ts";
import { useLanguage } from "../../language/language.tsx";
import { Derivation } from "../tracking/Derivation.tsx";
import "./confirmation.css";

function QrCode({ receipt }: { receipt: ReceiptKey }) {
  const { strings } = useLanguage();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    downloadQr(receipt).then(
      (picture) => {
        made = URL.createObjectURL(new Blob([picture], { type: "image/svg+xml" }));
        setAddress(made);
      },
      // Without the picture the two codes still do.
      () => {},
    );
    return () => {
      if (made) URL.revokeObjectURL(made);
    };
  }, [receipt.code]);
  if (!address) return null;
  return (
    <figure className="qr">
      <img src={address} width={168} height={168} alt={fill(strings.confirmation.qrAlt, { code: receipt.code })} />
      <figcaption>{strings.confirmation.qrHint}</figcaption>
    </figure>
  );
}

// The count is asked for when somebody wants to read it.
function WhyThisDate({ receipt }: { receipt: ReceiptKey }) {
  const { strings } = useLanguage();
  const [clock, setClock] = useState<Clock | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = () => {
    setProblem(null);
    track(receipt).then(
      (tracking) => setClock(tracking.clock),
      (thrown: unknown) => setProblem(asProblem(thrown)),
    );
  };
  return (
    <details className="details no-print" onToggle={(event) => event.currentTarget.open && !clock && load()}>
      <summary>{strings.tracking.why}</summary>
      {clock ? <Derivation clock={clock} /> : problem ? <ProblemNotice problem={problem} onRetry={load} /> : <Loading />}
    </details>
  );
}

export default function ConfirmationPage({ code }: { code: string }) {
  const { language, strings, say } = useLanguage();
  const words = strings.confirmation;
  const [receipt] = useState(() => findReceipt(code));
  const [kept, setKept] = useState(() => isReceiptKept(code));
  const filed = receipt?.filed;
  if (!receipt || !filed) {
    return (
      <div className="narrow">
        <PageTitle>{fill(words.unknownTitle, { code })}</PageTitle>
        <p>{words.unknownText}</p>
        <Link href="/theo-doi" className="button">
          {strings.shell.track}
        </Link>
      </div>
    );
  }
  const due = filed.due_at ?? filed.expected_due_at;
  const files = filed.attachments ?? [];
  return (
    <div className="confirmation narrow">
      <div className="confirmation-head">
        <PageTitle caption={say(receipt.procedure)}>{filed.received_at ? words.titleReceived : words.title}</PageTitle>
        <div className="codes">
          <div className="codes-text">
            <p className="codes-name">{words.codeLabel}</p>
            <p className="codes-value" data-testid="dossier-code">
              {filed.code}
            </p>
            <p className="codes-name">{words.secretLabel}</p>
            <p className="codes-value" data-testid="dossier-secret">
              {receipt.secret}
            </p>
            <p className="soft">{words.secretHint}</p>
          </div>
          <QrCode receipt={receipt} />
        </div>
      </div>
      {(filed.warnings ?? []).length > 0 && (
        <Notice kind="warning" title={words.warnings}>
          <ul>
            {(filed.warnings ?? []).map((warning) => (
              <li key={warning.vi}>{say(warning)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {due && (
        <section className="due" aria-labelledby="due-title">
          <h2 id="due-title">{filed.due_at ? words.dueExact : words.dueExpected}</h2>
          <p className="due-value">{formatDue(due, language)}</p>
          {!filed.due_at && <p className="soft">{words.dueExpectedNote}</p>}
          <WhyThisDate receipt={receipt} />
        </section>
      )}
      <p className="button-row no-print">
        <DownloadButton primary fetch={() => downloadReceipt(receipt)} fileName={`${filed.code}.pdf`}>
          {words.receiptPdf}
        </DownloadButton>
        <button type="button" className="button button-secondary" onClick={() => window.print()}>
          {words.print}
        </button>
        <Link href={`/theo-doi?ma=${encodeURIComponent(filed.code)}`} className="button button-secondary">
          {words.track}
        </Link>
      </p>
      <section aria-labelledby="next-title">
        <h2 id="next-title">{words.nextTitle}</h2>
        <ol className="steps">
          <li>{words.next1}</li>
          <li>{words.next2}</li>
          <li>{words.next3}</li>
        </ol>
        <p>
          {receipt.email ? (
            <>
              {words.messages}: <strong>{receipt.email}</strong>
            </>
          ) : (
            words.messagesNone
          )}
        </p>
        {receipt.phone && (
          <p>
            {words.calls}: <strong>{receipt.phone}</strong>
          </p>
        )}
      </section>
      <Facts
        className="facts-wide"
        facts={[
          { name: words.agency, value: say(receipt.agency) },
          { name: words.filedAt, value: formatDateTime(filed.filed_at) },
          { name: strings.tracking.status, value: say(filed.status?.label) },
        ]}
      />
      <section aria-labelledby="fee-title">
        <h2 id="fee-title">{words.feeTitle}</h2>
        <FeeTable fee={filed.fee} />
      </section>
      {files.length > 0 && (
        <section aria-labelledby="files-title">
          <h2 id="files-title">{words.filesTitle}</h2>
          <ul className="files">
            {files.map((file) => (
              <li key={file.id}>
                <strong>{file.name}</strong> <span className="soft">{formatSize(file.size, language)}</span>
                <span className="paper-note">
                  {words.fileHash}: <code>{file.sha256.slice(0, 16)}…</code>
                </span>
              </li>
            ))}
          </ul>
          <p className="soft">{words.filesNote}</p>
        </section>
      )}
      <div className="no-print">
        {kept ? (
          <Notice kind="info" title={words.keptTitle}>
            <p>{words.keptText}</p>
            <button
              type="button"
              className="link-button"
              onClick={() => {
                forgetReceipt(filed.code);
                setKept(false);
              }}
            >
              {words.forget}
            </button>
          </Notice>
        ) : (
          <Notice kind="success" focus>
            <p>{words.forgotten}</p>
          </Notice>
        )}
      </div>
    </div>
  );
}
