// apology_fields.tsx - reason and new date of an apology, and until when signing it still helps.
import { Alert, Textarea } from "@mantine/core";
import { formatDue } from "@shared/format.ts";
import type { Dossier } from "@shared/schemas.ts";
import { Icon } from "../../../components/icon.tsx";
import { addDays, todayIn } from "../../../components/days.ts";
import { WorkdayInput } from "../../../components/workday_input.tsx";
import { useLanguage } from "../../../i18n/language.tsx";
import { appointedAt, type ApologyDraft } from "./apology_draft.ts";

export function SignBy({ dossier, now = Date.now() }: { dossier: Dossier; now?: number }) {
  const { t, language } = useLanguage();
  const signBy = dossier.apology?.sign_by;
  if (!signBy) return null;
  const inTime = Date.parse(signBy) > now;
  const when = formatDue(signBy, language);
  return (
    <Alert color={inTime ? "orange" : "red"} icon={<Icon name={inTime ? "clock" : "warning"} />} py="xs">
      {inTime ? t.apology.signBy(when) : t.apology.late(when)}
    </Alert>
  );
}

interface Props {
  dossier: Dossier;
  draft: ApologyDraft;
  onChange: (draft: ApologyDraft) => void;
}

export function ApologyFields({ dossier, draft, onChange }: Props) {
  const { t, language } = useLanguage();
  const appointed = appointedAt(dossier);
  const today = todayIn(Date.now());
  const after = appointed === "" ? today : addDays(todayIn(Date.parse(appointed)), 1);
  return (
    <>
      {appointed !== "" && (
        <div style={{ fontSize: "0.875rem" }}>
          {t.apology.present}: <strong className="figures">{formatDue(appointed, language)}</strong>
        </div>
      )}
      <Textarea label={t.apology.reason} value={draft.reason} maxLength={2000} onChange={(event) => onChange({ ...draft, reason: event.currentTarget.value })} />
      <WorkdayInput
        label={t.apology.newDate}
        description={t.apology.newDateHint}
        office={dossier.agency?.id ?? ""}
        value={draft.newDueOn}
        min={after > today ? after : today}
        onChange={(newDueOn) => onChange({ ...draft, newDueOn })}
      />
    </>
  );
}
