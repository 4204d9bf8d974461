// apology_draft.ts - what an apology (form 04) needs before it is drafted or signed.  Pure.
import { formatDay } from "@shared/format.ts";
import type { Language } from "@shared/language.ts";
import type { Dossier } from "@shared/schemas.ts";
import { isDay } from "../../../components/day_input.tsx";
import { todayIn } from "../../../components/days.ts";
import type { Texts } from "../../../i18n/vi.ts";
import { shortestReason, type Prepared } from "./action_props.ts";

export interface ApologyDraft {
  reason: string;
  newDueOn: string;
}

export interface ApologyBody {
  reason?: string;
  new_due_on?: string;
}

// The day of a moment on the clock of Vietnam.
const dayOf = (moment: string): string => todayIn(Date.parse(moment));

export function apologyDraftOf(dossier: Dossier): ApologyDraft {
  const { apology } = dossier;
  return { reason: apology?.reason ?? "", newDueOn: apology?.new_due_at ? dayOf(apology.new_due_at) : "" };
}

// What the applicant was last told: the new date must be after it.
export const appointedAt = (dossier: Dossier): string => dossier.clock?.appointed_at ?? dossier.due_at ?? "";

export function checkApology(draft: ApologyDraft, dossier: Dossier, t: Texts, language: Language): Prepared<Required<ApologyBody>> {
  const reason = draft.reason.trim();
  if (reason.length < shortestReason) return { problem: t.common.reasonTooShort };
  if (draft.newDueOn === "") return { problem: t.apology.dateMissing };
  if (!isDay(draft.newDueOn)) return { problem: `${t.apology.newDate}: ${t.common.dateInvalid}` };
  const appointed = appointedAt(dossier);
  if (appointed !== "" && draft.newDueOn <= dayOf(appointed)) return { problem: t.apology.dateTooEarly(formatDay(appointed, language)) };
  return { body: { reason, new_due_on: draft.newDueOn } };
}

// A draft that is signed as it stands is not sent again.
export function prepareSignature(draft: ApologyDraft, dossier: Dossier, t: Texts, language: Language): Prepared<ApologyBody> {
  const checked = checkApology(draft, dossier, t, language);
  if ("problem" in checked) return checked;
  const drafted = apologyDraftOf(dossier);
  const body: ApologyBody = {};
  if (checked.body.reason !== drafted.reason.trim()) body.reason = checked.body.reason;
  if (checked.body.new_due_on !== drafted.newDueOn) body.new_due_on = checked.body.new_due_on;
  return { body };
}
