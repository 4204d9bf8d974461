// queries.ts - what the desk reads from the server, by name.
import { keepPreviousData, useInfiniteQuery, useQuery, type QueryClient } from "@tanstack/react-query";
import type {
  Agency, Attachment, Dossier, DossierPage, DossierRow, InboxPage, Officer, OnTimeReport, Procedure, Reading,
  Session,
} from "@shared/schemas.ts";
import { client, setCsrfToken } from "./client.ts";

export async function loadSession(): Promise<Session> {
  const session = await client.get<Session>("/api/v1/session");
  setCsrfToken(session.csrf_token);
  return session;
}

export const useSession = () => useQuery({ queryKey: ["session"], queryFn: loadSession, staleTime: 60_000 });

// As an agency has it, where one is named.
export const useProcedure = (code: string | null, agency = "") =>
  useQuery({
    queryKey: ["procedure", code, agency],
    queryFn: () => client.get<Procedure>("/api/v1/procedures/{code}", { path: { code: code ?? "" }, query: { agency } }),
    enabled: code !== null,
    staleTime: 600_000,
    // While another agency's is on its way, the one that is here stays.
    placeholderData: (before) => (before?.code === code ? before : undefined),
  });

export const useAgencies = (filter: { procedure?: string; kind?: string }, enabled = true) =>
  useQuery({
    queryKey: ["agencies", filter],
    queryFn: () => client.get<{ items: Agency[] }>("/api/v1/agencies", { query: filter }),
    enabled,
    staleTime: 600_000,
    select: (answer) => answer.items,
  });

export const useOfficers = (enabled = true) =>
  useQuery({
    queryKey: ["officers"],
    queryFn: () => client.get<{ items: Officer[] }>("/api/v1/officers"),
    enabled,
    select: (answer) => answer.items,
  });

export interface InboxFilter {
  state: string;
  procedure: string;
}

const inboxRefreshMs = 20_000;

export const inboxKey = (filter: InboxFilter) => ["inbox", filter.state, filter.procedure];

export const useInbox = (filter: InboxFilter) =>
  useInfiniteQuery({
    queryKey: inboxKey(filter),
    queryFn: ({ pageParam }) =>
      client.get<InboxPage>("/api/v1/inbox", {
        query: { state: filter.state, procedure: filter.procedure, cursor: pageParam, limit: 50 },
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: inboxRefreshMs,
  });

// Without a filter of our own here: the page of the search puts it together.
export type SearchQuery = Record<string, string | boolean | undefined>;

export const useSearch = (query: SearchQuery) =>
  useInfiniteQuery({
    queryKey: ["search", query],
    queryFn: ({ pageParam }) =>
      client.get<DossierPage>("/api/v1/dossiers", { query: { ...query, cursor: pageParam, limit: 50 } }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const dossierKey = (id: string) => ["dossier", id];

export async function loadDossier(id: string): Promise<Dossier> {
  const answer = await client.load<Dossier>("/api/v1/dossiers/{id}", { path: { id } });
  return answer.version === null ? answer.value : { ...answer.value, version: answer.version };
}

export const useDossier = (id: string) =>
  useQuery({ queryKey: dossierKey(id), queryFn: () => loadDossier(id), refetchInterval: 60_000 });

export const prefetchDossier = (queries: QueryClient, id: string) =>
  queries.prefetchQuery({ queryKey: dossierKey(id), queryFn: () => loadDossier(id), staleTime: 15_000 });

// A file of a dossier, or a printed form of it: "document:slip".
export const loadFile = (dossier: string, file: string): Promise<Blob> =>
  file.startsWith("document:")
    ? client.download("/api/v1/dossiers/{id}/documents/{document}", { path: { id: dossier, document: file.slice("document:".length) } })
    : client.download("/api/v1/dossiers/{id}/files/{file}", { path: { id: dossier, file } });

// The proof file of the filing.
export const loadProof = (dossier: string): Promise<Blob> => client.download("/api/v1/dossiers/{id}/proof", { path: { id: dossier } });

// Newest first.
export const useReadings = (dossier: string, enabled: boolean) =>
  useQuery({
    queryKey: ["readings", dossier],
    queryFn: async () => (await client.get<{ items: Reading[] }>("/api/v1/dossiers/{id}/accesses", { path: { id: dossier } })).items,
    enabled,
  });

export const fileKey = (dossier: string, file: string) => ["file", dossier, file];

export const useFile = (dossier: string, file: Pick<Attachment, "id"> | null) =>
  useQuery({
    queryKey: fileKey(dossier, file?.id ?? ""),
    queryFn: () => loadFile(dossier, file?.id ?? ""),
    enabled: file !== null,
    staleTime: file?.id.startsWith("document:") ? 0 : Infinity,
    gcTime: 120_000,
    refetchOnWindowFocus: false,
  });

export const useDuplicates = (query: { procedure: string; personal_id: string; name: string }, enabled: boolean) =>
  useQuery({
    queryKey: ["duplicates", query],
    queryFn: () => client.get<{ items: DossierRow[] }>("/api/v1/dossiers/duplicates", { query }),
    enabled,
    select: (answer) => answer.items,
  });

export interface CashierEntry {
  at: string;
  receipt: string;
  dossier_code: string;
  amount: number;
  method: string;
  kind: "payment" | "refund";
  reason?: string;
}

export interface CashierTotals {
  officer: { id: string; name: string };
  cash: number;
  transfer: number;
  refunded: number;
  total: number;
  count: number;
  entries: CashierEntry[];
}

export interface CashierDay {
  date: string;
  cashiers: CashierTotals[];
  total: number;
}

export const useCashierDay = (date: string) =>
  useQuery({
    queryKey: ["cashier", date],
    queryFn: () => client.get<CashierDay>("/api/v1/cashier/day", { query: { date } }),
    placeholderData: keepPreviousData,
  });

export const useOnTimeReport = (from: string, to: string) =>
  useQuery({
    queryKey: ["on-time", from, to],
    queryFn: () => client.get<OnTimeReport>("/api/v1/reports/on-time", { query: { from, to } }),
    placeholderData: keepPreviousData,
  });
