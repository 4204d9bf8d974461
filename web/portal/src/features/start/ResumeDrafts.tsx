// ResumeDrafts.tsx - filings begun on this device, to go on with or to throw away.
import { useState } from "react";
import { Link } from "wouter";
import { formatDateTime } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import { deleteDraft } from "../../api.ts";
import { forgetDraft, listDrafts, type LocalDraft } from "../../device/drafts.ts";
import { useLanguage } from "../../language/language.tsx";

function Draft({ draft, onRemoved }: { draft: LocalDraft; onRemoved: () => void }) {
  const { strings, say } = useLanguage();
  const [asking, setAsking] = useState(false);
  const removeForGood = () => {
    forgetDraft(draft.id);
    // The server's copy ends by itself where this cannot reach it.
    deleteDraft(draft).catch(() => {});
    onRemoved();
  };
  return (
    <li className="card">
      <h3>
        <Link href={draft.submission ? `/nop/${draft.id}/kiem-tra` : `/nop/${draft.id}`}>{say(draft.procedureName)}</Link>
      </h3>
      <p>{draft.submission ? strings.start.resumePending : fill(strings.start.resumeText, { when: formatDateTime(draft.changedAt) })}</p>
      {asking ? (
        <div role="group" aria-label={strings.start.resumeConfirm}>
          <p>
            <strong>{strings.start.resumeConfirm}</strong>
          </p>
          <p className="button-row">
            <button type="button" className="button button-danger" onClick={removeForGood}>
              {strings.start.resumeConfirmYes}
            </button>
            <button type="button" className="button button-secondary" onClick={() => setAsking(false)}>
              {strings.shell.cancel}
            </button>
          </p>
        </div>
      ) : (
        // What was sent may be a dossier by now: its code must be asked for, not thrown away.
        !draft.submission && (
          <button type="button" className="link-button" onClick={() => setAsking(true)}>
            {strings.start.resumeRemove}
          </button>
        )
      )}
    </li>
  );
}

export function ResumeDrafts() {
  const { strings } = useLanguage();
  const [drafts, setDrafts] = useState(listDrafts);
  if (drafts.length === 0) return null;
  return (
    <section aria-labelledby="resume-title" className="resume">
      <h2 id="resume-title">{strings.start.resumeTitle}</h2>
      <ul className="procedure-list">
        {drafts.map((draft) => (
          <Draft key={draft.id} draft={draft} onRemoved={() => setDrafts(listDrafts())} />
        ))}
      </ul>
    </section>
  );
}
