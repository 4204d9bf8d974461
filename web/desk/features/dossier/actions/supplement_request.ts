// supplement_request.ts - what is put to the citizen when something is missing: all of it, at once.
//
// Source: 118/2025/NĐ-CP (a supplement is asked for once only, completely and with the reason).
import type { Texts } from "../../../i18n/vi.ts";
import { shortestReason, type Prepared } from "./action_props.ts";

export type Verdict = "fine" | "needed";

export interface Finding {
  verdict: Verdict | null;
  what: string;
}

export interface SupplementDraft {
  // By component; every one needs a verdict.
  components: Record<string, Finding>;
  // By field; only those that are named are wanted.
  fields: Record<string, string>;
  other: string;
  reason: string;
  repeatReason: string;
}

export const emptySupplementDraft: SupplementDraft = { components: {}, fields: {}, other: "", reason: "", repeatReason: "" };

export interface SupplementItem {
  component?: string;
  field?: string;
  what: string;
}

export function itemsOf(draft: SupplementDraft): SupplementItem[] {
  const items: SupplementItem[] = [];
  for (const [component, finding] of Object.entries(draft.components)) {
    if (finding.verdict === "needed") items.push({ component, what: finding.what.trim() });
  }
  for (const [field, what] of Object.entries(draft.fields)) items.push({ field, what: what.trim() });
  if (draft.other.trim() !== "") items.push({ what: draft.other.trim() });
  return items;
}

export interface SupplementRequestBody {
  items: SupplementItem[];
  reason: string;
  repeat_reason?: string;
}

// `components`: all that must be looked at; `repeated`: there has been a request already.
export function prepareSupplementRequest(
  draft: SupplementDraft,
  components: string[],
  repeated: boolean,
  t: Texts,
): Prepared<SupplementRequestBody> {
  const words = t.actions.requestSupplement;
  if (components.some((id) => !draft.components[id]?.verdict)) return { problem: words.reviewAll };
  const items = itemsOf(draft);
  if (items.length === 0) return { problem: words.noItems };
  if (items.some((item) => item.what === "")) return { problem: words.whatMissing };
  const reason = draft.reason.trim();
  if (reason.length < shortestReason) return { problem: t.common.reasonTooShort };
  if (!repeated) return { body: { items, reason } };
  const repeatReason = draft.repeatReason.trim();
  if (repeatReason.length < shortestReason) return { problem: t.common.reasonTooShort };
  return { body: { items, reason, repeat_reason: repeatReason } };
}
