// transports.ts - papers and results between one-stop centres; who is competent and where one fetches.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Agency, DossierRow, Text } from "@shared/schemas.ts";
import { client } from "./client.ts";

export interface Piece {
  component: string;
  name: string;
  count: number;
  original?: boolean;
}

export interface Transport {
  number: number;
  state: "waiting" | "travelling" | "arrived" | "closed";
  cargo: string;
  from: Agency;
  to: Agency;
  pieces: Piece[];
  missing: Piece[];
  due_at: string | null;
  late: boolean;
  handed_at: string | null;
  handed_by: string;
  carrier: string;
  slip: string;
  taken_at: string | null;
  taken_by: string;
  note: string;
}

export interface TransportItem {
  dossier: DossierRow;
  transport: Transport;
}

export type Side = "out" | "in";

interface TransportPage {
  items: TransportItem[];
  next_cursor: string | null;
}

export const useTransports = (side: Side, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ["transports", side],
    queryFn: ({ pageParam }) => client.get<TransportPage>("/api/v1/transports", { query: { side, cursor: pageParam } }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: 60_000,
  });

export interface Slip {
  slip: string;
  at: string;
  from: Agency;
  carrier: string;
  count: number;
  on_the_way: number;
}

export const useSlips = (enabled: boolean) =>
  useQuery({
    queryKey: ["hand-over-slips"],
    queryFn: () => client.get<{ items: Slip[] }>("/api/v1/hand-over-slips"),
    enabled,
    select: (answer) => answer.items,
  });

export interface Outcome {
  dossier: string;
  transport: number;
  done: boolean;
  code?: string;
  problem?: { code: string; detail: Text } | null;
}

interface Choice {
  dossier: string;
  transport: number;
}

export const handOver = (body: { items: Choice[]; carrier: string; note?: string }, key: string) =>
  client.post<{ slip: string | null; items: Outcome[] }>("/api/v1/transports/hand-over", { body, key });

export const takeOver = (body: { items: (Choice & { missing?: string[]; note?: string })[] }, key: string) =>
  client.post<{ items: Outcome[] }>("/api/v1/transports/take-over", { body, key });

export const downloadSlip = (slip: string) => client.download("/api/v1/hand-over-slips/{slip}/pdf", { path: { slip } });

export interface Explained {
  agency: Agency;
  centre: Agency;
  anywhere: boolean;
  basis: { rule: string; act: string; article: string; reason: Text };
  received_here?: boolean;
  received_here_reason?: Text | null;
  return_places: Agency[];
}

// `at`: the officer's own counter.  Nothing is asked before the place is known.
export const useCompetence = (question: { procedure: string; place: string; at?: string }, enabled: boolean) =>
  useQuery({
    queryKey: ["competence", question],
    queryFn: () => client.get<Explained>("/api/v1/competence", { query: { ...question } }),
    enabled,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
