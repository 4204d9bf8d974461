// officer_draft.ts - an account as it is typed, and as it is sent.  Pure.
import type { Officer } from "@shared/schemas.ts";
import type { Change } from "../../api/coverage.ts";

export interface OfficerDraft {
  name: string;
  username: string;
  agency: string;
  identity_number: string;
  title: string;
  roles: string[];
  email: string;
  phone: string;
  active: boolean;
}

export function draftOf(officer: Officer | null): OfficerDraft {
  return {
    name: officer?.name ?? "",
    username: officer?.username ?? "",
    agency: officer?.agency ?? "",
    // Shown masked, sent as it is shown: the server keeps what was not typed anew.
    identity_number: officer?.identity_number ?? "",
    title: officer?.title ?? "",
    roles: officer?.roles ?? [],
    email: officer?.email ?? "",
    phone: officer?.phone ?? "",
    active: officer?.active ?? true,
  };
}

export function isComplete(draft: OfficerDraft): boolean {
  return draft.name.trim() !== "" && draft.username.trim() !== "" && draft.agency !== "" && draft.roles.length > 0;
}

export function bodyOf(draft: OfficerDraft): OfficerDraft {
  const trimmed = { ...draft };
  for (const part of ["name", "username", "title", "email", "phone"] as const) trimmed[part] = draft[part].trim().normalize("NFC");
  trimmed.identity_number = draft.identity_number.replace(/[\s.]/g, "");
  return trimmed;
}

/** Twelve digits, or nothing, or the masked one as it came. */
export function identityIsWrong(draft: OfficerDraft, officer: Officer | null): boolean {
  const typed = bodyOf(draft).identity_number;
  return typed !== "" && typed !== (officer?.identity_number ?? "") && !/^\d{12}$/.test(typed);
}

/** What saving or deactivating would change about who can take what; nothing where nothing does. */
export function changesOf(officer: Officer, draft: OfficerDraft, deactivates: boolean): Change[] {
  if (deactivates) return [{ kind: "officer", officer: officer.id, active: false }];
  const sameRoles = draft.roles.length === officer.roles.length && draft.roles.every((role) => officer.roles.includes(role));
  if (sameRoles && draft.agency === officer.agency) return [];
  if (draft.agency === "") return [];
  return [{ kind: "officer", officer: officer.id, agency: draft.agency, roles: draft.roles }];
}
