// PaperPage.tsx - one paper of the dossier: photograph or choose it, see that it has arrived.
import { useState } from "react";
import { useLocation } from "wouter";
import { ErrorSummary } from "@shared/form/ErrorSummary.tsx";
import { controlId } from "@shared/form/answers.ts";
import type { ProcedureComponent } from "@shared/schemas.ts";
import { deleteDraftFile, uploadToDraft } from "../../api.ts";
import { useLanguage } from "../../language/language.tsx";
import { UploadBox } from "../../uploads/UploadBox.tsx";
import { useFiling } from "./context.tsx";
import { StepFrame, useWayOn } from "./StepFrame.tsx";

export function PaperPage({ component }: { component: ProcedureComponent }) {
  const { strings, say } = useLanguage();
  const { session, home } = useFiling();
  const [, navigate] = useLocation();
  const [missing, setMissing] = useState<string | null>(null);
  const [occasion, setOccasion] = useState(0);
  const [pending, setPending] = useState(0);
  const path = `${home}/giay-to/${encodeURIComponent(component.id)}`;
  const way = useWayOn(path);
  const words = strings.filing;
  const id = controlId(`paper.${component.id}`);
  const attachments = session.attachmentsOf(component.id);
  return (
    <StepFrame
      path={path}
      title={say(component.name)}
      intro={say(component.note)}
      before={
        missing !== null && (
          <ErrorSummary problems={[{ field: `paper.${component.id}`, message: { vi: missing, en: missing } }]} occasion={occasion} />
        )
      }
      onContinue={() => {
        const problem = pending > 0 ? strings.tracking.supplementBusy : component.required && attachments.length === 0 ? words.paperRequired : null;
        setMissing(problem);
        if (problem !== null) setOccasion((count) => count + 1);
        else navigate(way.onward());
      }}
    >
      <p id={`${id}-help`}>{words.paperHint}</p>
      {!component.required && attachments.length === 0 && <p className="soft">{words.paperSkip}</p>}
      {missing !== null && (
        <p className="form-error" id={`${id}-problem`}>
          {missing}
        </p>
      )}
      <UploadBox
        component={component.id}
        id={id}
        attachments={attachments}
        upload={(request) => uploadToDraft(session.draft, request)}
        remove={(attachment) => deleteDraftFile(session.draft, attachment.id)}
        onUploaded={(attachment) => {
          setMissing(null);
          session.attach(attachment);
        }}
        onRemoved={(attachment) => session.detach(attachment.id)}
        onPending={setPending}
        describedBy={missing !== null ? `${id}-help ${id}-problem` : `${id}-help`}
        invalid={missing !== null}
      />
      <details className="details">
        <summary>{words.paperTips}</summary>
        <ul>
          <li>{words.paperTip1}</li>
          <li>{words.paperTip2}</li>
          <li>{words.paperTip3}</li>
        </ul>
      </details>
    </StepFrame>
  );
}
