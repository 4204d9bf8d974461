// procedures.ts - procedures as an administrator sees them: in force, revised, proposed, compared.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { components } from "@shared/api-types.ts";
import type { ProcedureSummary, Text } from "@shared/schemas.ts";
import { client } from "./client.ts";

type Schemas = components["schemas"];

export type Revision = Schemas["Revision"];
export type Proposal = Schemas["Proposal"];
export type ProposedItem = NonNullable<Proposal["items"]>[number];
export type Difference = Schemas["ProcedureDifference"]["differences"][string][number];
// Whom a difference affects, in the order in which it is told.
export const affected = ["citizen", "officer", "deadline", "fee", "law"] as const;

export interface ProcedurePage {
  items: ProcedureSummary[];
  total: number;
  next_cursor?: string;
}

// Empty: any level.
export type ProcedureLevel = "" | "commune" | "province" | "ministry";

export const loadProcedures = (query: { q: string; level?: ProcedureLevel; cursor?: string; limit: number }, signal?: AbortSignal) =>
  client.get<ProcedurePage>("/api/v1/procedures", { query, ...(signal && { signal }) });

// The fields of law that there are, with how many procedures each has.
export const loadFields = async () =>
  (await client.get<{ fields?: { name: Text; count: number }[] }>("/api/v1/procedures", { query: { fields: "true", limit: 1 } })).fields ?? [];

export const useProcedurePages = (q: string, level: ProcedureLevel, enabled = true) =>
  useInfiniteQuery({
    queryKey: ["procedure-pages", q, level],
    queryFn: ({ pageParam, signal }) => loadProcedures({ q, level, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    staleTime: 60_000,
  });

export const useRevisions = (code: string, enabled: boolean) =>
  useQuery({
    queryKey: ["revisions", code],
    queryFn: async () => (await client.get<{ items: Revision[] }>("/api/v1/procedures/{code}/revisions", { path: { code } })).items,
    enabled,
  });

// `from`, `to`: the digest of a revision, or an agency's code; empty: the nation's, today.
export const useDifference = (code: string, from: string, to: string, enabled: boolean) =>
  useQuery({
    queryKey: ["difference", code, from, to],
    queryFn: () => client.get<Schemas["ProcedureDifference"]>("/api/v1/procedures/{code}/difference", { path: { code }, query: { from, to } }),
    enabled,
    staleTime: 60_000,
  });

export const useProposals = (enabled: boolean) =>
  useQuery({
    queryKey: ["proposals"],
    queryFn: async () => (await client.get<{ items: Proposal[] }>("/api/v1/proposals")).items,
    enabled,
  });

export const proposalKey = (id: string) => ["proposal", id];

export const useProposal = (id: string, enabled: boolean) =>
  useQuery({ queryKey: proposalKey(id), queryFn: () => client.get<Proposal>("/api/v1/proposals/{id}", { path: { id } }), enabled });

export const approveProposal = (id: string, reason: string, key: string) =>
  client.post<Proposal>("/api/v1/proposals/{id}/approval", { path: { id }, body: reason === "" ? {} : { reason }, key });

export const declineProposal = (id: string, reason: string, key: string) =>
  client.post<Proposal>("/api/v1/proposals/{id}/refusal", { path: { id }, body: { reason }, key });
