// catalogue.ts - the national catalogue: its faults, its pages as read, and how it differs from here.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { components } from "@shared/api-types.ts";
import { client } from "./client.ts";

type Schemas = components["schemas"];

export type Finding = Schemas["CatalogueFinding"];
export type FindingState = Finding["state"];
export type FindingsPage = Schemas["CatalogueFindings"];
export type Reconciliation = Schemas["Reconciliation"];
export type ReconciliationRow = Reconciliation["items"][number];
export type ReconciliationKind = ReconciliationRow["kind"];

// Empty: any.
export interface FindingFilter {
  state: FindingState | "";
  kind: string;
  code: string;
}

export const findingsKey = (filter: FindingFilter) => ["findings", filter.state, filter.kind, filter.code];

export const useFindings = (filter: FindingFilter, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: findingsKey(filter),
    queryFn: ({ pageParam }) => client.get<FindingsPage>("/api/v1/catalogue/findings", { query: { ...filter, cursor: pageParam, limit: 50 } }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    // What was decided stays in sight until one goes on.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export interface FindingDecision {
  finding: string;
  accept: boolean;
  // Of the decision: the same when it is sent again after a cut line.
  key: string;
}

export const decideFinding = ({ finding, accept, key }: FindingDecision) =>
  client.post<Finding>("/api/v1/catalogue/findings/decision", { body: { finding, accept }, key });

// docs/formats/catalogue.md: as far as the desk shows it.
export interface StatedFee {
  kind: "free" | "amount" | "by_rule" | "unstated";
  raw: string;
  amount?: number;
  currency?: string;
  note?: string;
  understood?: boolean;
}

export interface CatalogueEntry {
  name?: string;
  decision?: string;
  ministry?: string;
  tiers?: string[];
  field?: string;
  subjects?: string[];
  agencies?: string[];
  channels?: { channel: string; raw_time: string; limit?: string; limit_stated?: boolean; fees: StatedFee[]; note: string; raw: string }[];
  cases?: { name: string; limit?: string }[];
  components?: { name: string; kind: "submit" | "show"; originals: number; copies: number; understood: boolean; raw: string; group?: string; case?: number; templates?: string[]; instruction?: boolean }[];
  legal_basis?: { title: string; number: string }[];
  results?: { name: string; code: string; code_understood?: boolean }[];
  steps?: string;
  conditions?: string;
  page?: string;
  list_only?: boolean;
  source?: { file: string; row: number };
  raw?: Record<string, unknown>;
}

export interface EntryAnswer {
  code: string;
  read_at: string;
  version?: number;
  entry: CatalogueEntry;
  findings: Finding[];
}

export const entryKey = (code: string) => ["catalogue-entry", code];

export const useEntry = (code: string, enabled: boolean) =>
  useQuery({ queryKey: entryKey(code), queryFn: () => client.get<EntryAnswer>("/api/v1/catalogue/entries/{code}", { path: { code } }), enabled });

// Empty kind: all of them.
export const useReconciliation = (agency: string, kind: ReconciliationKind | "", enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ["reconciliation", agency, kind],
    queryFn: ({ pageParam }) => client.get<Reconciliation>("/api/v1/catalogue/reconciliation", { query: { agency, kind, cursor: pageParam, limit: 50 } }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
