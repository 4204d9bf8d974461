// draft.ts - what is typed into the forms of this page, and what is sent of it.
import type { AuthorityDetails, AuthorityKind, LegalAct } from "../../api/authority.ts";
import type { Change } from "../../api/coverage.ts";

export interface AuthorityDraft {
  kind: AuthorityKind;
  from_officer: string;
  from_agency: string;
  to_officer: string;
  to_agency: string;
  role: string;
  agency: string;
  scope: "all" | "codes" | "fields";
  codes: string[];
  fields: string[];
  from_day: string;
  from_time: string;
  until_day: string;
  until_time: string;
  further: boolean;
  decision: LegalAct;
  reason: string;
}

export const noAct: LegalAct = { number: "", issuer: "", issued_on: null, title: "" };

export const emptyDraft = (kind: AuthorityKind, more: Partial<AuthorityDraft> = {}): AuthorityDraft => ({
  kind,
  from_officer: "",
  from_agency: "",
  to_officer: "",
  to_agency: "",
  role: "",
  agency: "",
  scope: "all",
  codes: [],
  fields: [],
  from_day: "",
  from_time: "08:00",
  until_day: "",
  until_time: "17:30",
  further: false,
  decision: noAct,
  reason: "",
  ...more,
});

const isTime = (text: string): boolean => /^([01]?\d|2[0-3]):[0-5]\d$/.test(text);

// Vietnam's wall clock; no day: nothing.
export function momentOf(day: string, time: string): string | null {
  if (day === "") return null;
  const shown = isTime(time) ? time.padStart(5, "0") : "00:00";
  return `${day}T${shown}:00+07:00`;
}

export function scopeOf(draft: AuthorityDraft): { all: boolean; codes?: string[]; fields?: string[] } {
  if (draft.scope === "codes") return { all: false, codes: draft.codes };
  if (draft.scope === "fields") return { all: false, fields: draft.fields };
  return { all: true };
}

// Only what the kind is made of, and only what was said.
export function bodyOf(draft: AuthorityDraft): Record<string, unknown> {
  const body: Record<string, unknown> = { kind: draft.kind, decision: draft.decision };
  const put = (name: string, value: string | null) => {
    if (value !== null && value !== "") body[name] = value;
  };
  put("from", momentOf(draft.from_day, draft.from_time));
  put("until", momentOf(draft.until_day, draft.until_time));
  put("reason", draft.reason.trim());
  if (draft.kind === "grant" || draft.kind === "absence" || draft.kind === "delegation") put("to_officer", draft.to_officer);
  if (draft.kind === "absence" || draft.kind === "delegation") put("from_officer", draft.from_officer);
  if (draft.kind === "decentralisation" || draft.kind === "delegation") {
    put("from_agency", draft.from_agency);
    put("to_agency", draft.to_agency);
    if (draft.further) body["further"] = true;
  }
  if (draft.kind === "grant" || draft.kind === "delegation") {
    put("role", draft.role);
    put("agency", draft.agency);
  }
  if (draft.kind !== "absence") body["procedures"] = scopeOf(draft);
  return body;
}

/** What recording it would take from the coverage, as this asks for it; what only gives takes nothing. */
export function changesOf(draft: AuthorityDraft): Change[] {
  if (draft.kind !== "absence" || draft.from_officer === "" || draft.until_day === "") return [];
  const from = momentOf(draft.from_day, draft.from_time);
  const until = momentOf(draft.until_day, draft.until_time) ?? "";
  if (from !== null && from >= until) return [];
  return [{ kind: "absence", officer: draft.from_officer, ...(from !== null && { from }), until, deputy: draft.to_officer }];
}

/** What ending a record takes, with the delegations that rest on it; a leave without a deputy only gives somebody back. */
export function changesOfEnding(record: AuthorityDetails, at: string | null): Change[] {
  if (record.kind === "absence" && record.to_officer === null) return [];
  return [record.id, ...record.resting_on_it].map((id) => ({ kind: "end", id, ...(at !== null && { at }) }));
}
