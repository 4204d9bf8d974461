// coverage.ts - is there somebody for every step: what the server counts.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { components } from "@shared/api-types.ts";
import { client } from "./client.ts";

type Schemas = components["schemas"];
export type Count = Schemas["CoverageCount"];
export type Summary = Schemas["CoverageSummary"];
export type Matrix = Schemas["CoverageMatrix"];
export type Row = Matrix["rows"][number];
export type Gap = Schemas["CoverageGap"];
export type Step = Schemas["CoverageStep"];
export type Person = Schemas["CoveragePerson"];
export type Foresight = Schemas["Foresight"];
export type Change = Schemas["ForesightChange"];
export type DutyHolder = Schemas["DutyHolder"];

export interface MatrixAsked {
  on: string;
  field: string;
  procedure: string;
  kind: string;
  q: string;
  onlyGaps: boolean;
}

// Nothing is sent for what is not asked.
const said = (value: string): string | undefined => (value === "" ? undefined : value);

export const useCoverageSummary = (on: string, enabled: boolean) =>
  useQuery({ queryKey: ["coverage", "summary", on], queryFn: () => client.get<Summary>("/api/v1/coverage", { query: { on: said(on) } }), enabled, placeholderData: keepPreviousData });

export const useMatrix = (asked: MatrixAsked, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ["coverage", "matrix", asked],
    queryFn: ({ pageParam }) =>
      client.get<Matrix>("/api/v1/coverage/matrix", {
        query: {
          on: said(asked.on), field: said(asked.field), procedure: said(asked.procedure), kind: said(asked.kind), q: said(asked.q),
          only_gaps: asked.onlyGaps ? "true" : undefined, cursor: said(pageParam), limit: "50",
        },
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });

interface Listed<Item> {
  items: Item[];
  total: number;
  next_cursor: string | null;
}

export const useGaps = (on: string, until: string, agency: string, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ["coverage", "gaps", on, until, agency],
    queryFn: ({ pageParam }) => client.get<Listed<Gap>>("/api/v1/coverage/gaps", { query: { on: said(on), until: said(until), agency: said(agency), cursor: said(pageParam), limit: "30" } }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });

export type ProcedureCount = Count & { procedure: { code: string; name: { vi: string; en: string } } };

export const useAgencyProcedures = (agency: string, field: string, onlyGaps: boolean, on: string) =>
  useInfiniteQuery({
    queryKey: ["coverage", "procedures", agency, field, onlyGaps, on],
    queryFn: ({ pageParam }) =>
      client.get<Listed<ProcedureCount>>("/api/v1/coverage/agencies/{id}/procedures", {
        path: { id: agency },
        query: { on: said(on), field: said(field), only_gaps: onlyGaps ? "true" : undefined, cursor: said(pageParam), limit: "50" },
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });

export const useSteps = (agency: string, code: string, on: string) =>
  useQuery({
    queryKey: ["coverage", "steps", agency, code, on],
    queryFn: () => client.get<{ items: Step[] }>("/api/v1/coverage/agencies/{id}/procedures/{code}", { path: { id: agency, code }, query: { on: said(on) } }),
  });

export interface Alarms {
  steps: number;
  agencies: number;
  soon: number;
  next_at: string | null;
  dossiers: number;
}

/** For the banner; nothing where one may not see it. */
export const useAlarms = (enabled: boolean) =>
  useQuery({
    queryKey: ["coverage", "alarms"],
    queryFn: () => client.get<Alarms>("/api/v1/coverage/alarms").then((answer) => answer, () => null),
    enabled,
    refetchInterval: 30_000,
    staleTime: 15_000,
  });

export interface Waiting {
  code: string;
  procedure: string;
  agency: { id: string; name: { vi: string; en: string } };
  role_title: { vi: string; en: string };
  officer_name: string;
  reason: string;
  since: string;
}

export const useWaiting = (enabled: boolean) =>
  useQuery({ queryKey: ["coverage", "waiting"], queryFn: () => client.get<{ items: Waiting[] }>("/api/v1/coverage/waiting").then((page) => page.items), enabled });

export const useDutyHolders = (enabled: boolean) =>
  useQuery({ queryKey: ["coverage", "duty-holders"], queryFn: () => client.get<{ items: DutyHolder[] }>("/api/v1/coverage/duty-holders").then((page) => page.items), enabled });

export const nameDutyHolder = (agency: string, officer: string) =>
  client.put<DutyHolder>("/api/v1/coverage/duty-holders/{agency}", { path: { agency }, body: { officer } });

/** What these changes would leave without anybody. */
export const useForesight = (changes: Change[]) =>
  useQuery({
    queryKey: ["coverage", "foresight", changes],
    queryFn: () => client.post<Foresight>("/api/v1/coverage/foresight", { body: { changes } }),
    enabled: changes.length > 0,
    staleTime: 0,
    gcTime: 0,
  });
