// ApologyBox.tsx - the agency's apology (form 04): sorry, why, and the new date.
import { formatDate, formatDue } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import type { ToldApology } from "@shared/clock.ts";
import { downloadApology, type ReceiptKey } from "../../api.ts";
import { DownloadButton } from "../../components/DownloadButton.tsx";
import { useLanguage } from "../../language/language.tsx";

export function ApologyBox({ receipt, apology, agency }: { receipt: ReceiptKey; apology: ToldApology; agency: string }) {
  const { language, strings } = useLanguage();
  const words = strings.tracking;
  return (
    <section className="panel apology" aria-labelledby="apology-title">
      <h2 id="apology-title">{words.apologyTitle}</h2>
      <p>{fill(words.apologyText, { agency, date: formatDue(apology.due_at, language) })}</p>
      <p className="multi-line">{fill(words.supplementReason, { reason: apology.reason })}</p>
      <p>
        {words.apologyNew} <strong>{formatDue(apology.new_due_at, language)}</strong>
      </p>
      <p className="soft">{fill(words.apologyNumber, { number: apology.number, date: formatDate(apology.signed_at) })}</p>
      <DownloadButton fetch={() => downloadApology(receipt)} fileName={`${receipt.code}-xin-loi.pdf`}>
        {words.apologyDownload}
      </DownloadButton>
    </section>
  );
}
