// authority.ts - grants, phân cấp, ủy quyền and absences: what the server tells and what it is told.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Text } from "@shared/schemas.ts";
import { client } from "./client.ts";

export type AuthorityKind = "grant" | "decentralisation" | "delegation" | "absence";
export type AuthorityState = "coming" | "current" | "ended" | "revoked";

export interface LegalAct {
  number: string;
  issuer: string;
  issued_on: string | null;
  title: string;
}

export interface ProcedureScope {
  all: boolean;
  fields?: string[];
  codes?: string[];
}

export interface AuthorityProblem {
  code: string;
  severity: "error" | "note";
  field: string;
  message: Text;
  records: string[];
}

interface Named {
  id: string;
  name: string;
}
interface NamedAgency {
  id: string;
  name: Text;
}

export interface Authority {
  id: string;
  kind: AuthorityKind;
  state: AuthorityState;
  from_officer: Named | null;
  from_agency: NamedAgency | null;
  to_officer: Named | null;
  to_agency: NamedAgency | null;
  to_level: string | null;
  agency: NamedAgency | null;
  roles: { role: string; title: Text }[];
  procedures: ProcedureScope;
  from: string | null;
  until: string | null;
  counts_from: string | null;
  counts_until: string | null;
  further: boolean;
  rests_on: string | null;
  resting_on_it: string[];
  act: LegalAct;
  reason: string;
  recorded_at: string;
  recorded_by: string;
  revocation: { at: string; act: LegalAct; reason: string; recorded_at: string; recorded_by: string } | null;
  notes?: AuthorityProblem[];
}

export interface AuthorityDetails extends Authority {
  may_revoke: boolean;
  history: { at: string; what: "recorded" | "revoked"; by: string; act: LegalAct; reason: string }[];
}

// By which record something may be done that is not one's own by post.
export interface AuthorityBasis {
  record: string;
  kind: "grant" | "delegation" | "deputy" | "duty";
  on_behalf_of: string;
  act: LegalAct;
  until: string | null;
}

export interface AuthorityFilter {
  agency: string;
  officer: string;
  procedure: string;
}

export const useAuthorities = (filter: AuthorityFilter) =>
  useQuery({
    queryKey: ["authority", filter],
    queryFn: () => client.get<{ items: Authority[]; more: boolean }>("/api/v1/authority", { query: { ...filter } }),
    placeholderData: keepPreviousData,
  });

export const useAuthority = (id: string | null) =>
  useQuery({
    queryKey: ["authority", "one", id],
    queryFn: () => client.get<AuthorityDetails>("/api/v1/authority/{id}", { path: { id: id ?? "" } }),
    enabled: id !== null,
  });

export const recordAuthority = (body: object, key: string) => client.post<Authority>("/api/v1/authority", { body, key });

export const previewAuthority = (body: object) =>
  client.post<{ ok: boolean; problems: AuthorityProblem[] }>("/api/v1/authority/preview", { body });

export const revokeAuthority = (id: string, body: object, key: string) =>
  client.post<Authority>("/api/v1/authority/{id}/revocation", { path: { id }, body, key });
