// asked.ts - who may begin which record, and what another page asks to begin with.  Pure.
import type { AuthorityKind } from "../../api/authority.ts";
import type { AuthorityDraft } from "./draft.ts";

// Who may begin what; the server decides.  Source: src/casework/authority_gate.cpp.
export function kindsFor(roles: string[]): AuthorityKind[] {
  const administers = roles.includes("administrator");
  const leads = roles.includes("leader");
  const kinds: AuthorityKind[] = ["absence"];
  if (administers || leads || roles.includes("head")) kinds.push("delegation");
  if (administers || leads) kinds.push("decentralisation");
  if (administers) kinds.push("grant");
  return kinds;
}

export interface Asked {
  kind: AuthorityKind;
  known: Partial<AuthorityDraft>;
}

// The address that opens the form for giving a role where it is missing.
export const grantAddress = (agency: string, role: string, officer: string): string =>
  `/authority?${new URLSearchParams({ new: "grant", agency, role, officer }).toString()}`;

export function askedOf(search: string): Asked | null {
  const said = new URLSearchParams(search);
  if (said.get("new") !== "grant") return null;
  return { kind: "grant", known: { agency: said.get("agency") ?? "", role: said.get("role") ?? "", to_officer: said.get("officer") ?? "" } };
}
