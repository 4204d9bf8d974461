// organisation.ts - the organisation of a day, an agency's history, and changing it.
import { useQuery } from "@tanstack/react-query";
import type { Text } from "@shared/schemas.ts";
import { client } from "./client.ts";

export interface DatedAgency {
  id: string;
  kind: string;
  name: Text;
  parent: string | null;
  unit_code: string;
  address: string;
  valid_from: string | null;
  valid_to: string | null;
  from?: string | null;
  to?: string | null;
  heir?: { id: string; name: Text } | null;
}

export interface NamedAgency {
  id: string;
  name: Text;
}

export interface Change {
  id: string;
  kind: string;
  on: string;
  title: Text;
  act: { number: string; issuer: string; issued_on?: string; title: string };
  founds: { code: string; name: Text }[];
  ending: NamedAgency[];
}

export interface OrganisationDay {
  on: string;
  today: string;
  version: number;
  items: DatedAgency[];
  former: DatedAgency[];
  coming: Change[];
}

export interface HeldPost {
  identity: string;
  name: string;
  agency: NamedAgency;
  position: { code: string; title: Text };
  heads: boolean;
  concurrent: boolean;
  from: string;
  to: string | null;
  act: Change["act"];
}

export interface AgencyHistory {
  id: string;
  on: string;
  agency: DatedAgency;
  exists: boolean;
  states: DatedAgency[];
  changes: Change[];
  successors: NamedAgency[];
  predecessors: NamedAgency[];
  head: HeldPost | null;
  holders: HeldPost[];
  posts: HeldPost[];
  counters: { number: number; name: Text; fields: string[] }[];
}

export type Effect = "added" | "changed" | "ended" | "refused";

export interface Preview {
  version: number;
  digest: string;
  counts: Record<Effect | "unchanged", number>;
  lines: { line: number; effect: Effect; item: string; what: Text }[];
}

export type Table = "agencies" | "counters" | "positions" | "officers";
export const tables: Table[] = ["agencies", "counters", "positions", "officers"];

export interface LegalAct {
  number: string;
  issuer: string;
  issued_on: string;
  title: string;
}

export const useOrganisation = (on: string) =>
  useQuery({
    queryKey: ["organisation", on],
    queryFn: () => client.get<OrganisationDay>("/api/v1/organisation", { query: { on } }),
    placeholderData: (before) => before,
  });

export const useAgencyHistory = (code: string, on: string) =>
  useQuery({
    queryKey: ["organisation", "agency", code, on],
    queryFn: () => client.get<AgencyHistory>("/api/v1/organisation/agencies/{id}", { path: { id: code }, query: { on } }),
  });

export interface MergerOrder {
  ends: string[];
  into: { code: string; name: string; unit_code: string };
  on: string;
  legal_act: LegalAct;
}

// What was looked at, and what it would do: registered as it is.
export interface Looked {
  batch: unknown;
  preview: Preview;
}

export const planMerger = (order: MergerOrder) =>
  client.post<Looked>("/api/v1/organisation/mergers/plan", { body: order });

export const register = (batch: unknown, digest: string, reason: string, key: string) =>
  client.post<{ version: number; anew: boolean }>("/api/v1/organisation/registrations", { body: { batch, digest, reason }, key });

export const previewBatch = async (batch: object): Promise<Looked> => ({
  batch,
  preview: await client.post<Preview>("/api/v1/organisation/preview", { body: { batch } }),
});

export const previewWithdrawal = (id: string) =>
  client.post<Preview>("/api/v1/organisation/preview", { body: { batch: { withdrawn: [id] } } });

const importQuery = (table: Table, on: string, act: LegalAct) => ({
  table,
  on,
  act_number: act.number,
  act_issuer: act.issuer,
  act_issued_on: act.issued_on,
  act_title: act.title,
});

export const previewImport = (table: Table, on: string, act: LegalAct, file: Blob) =>
  client.post<Preview>("/api/v1/organisation/imports/preview", { query: importQuery(table, on, act), bytes: file });

export const applyImport = (table: Table, on: string, act: LegalAct, file: Blob, digest: string, key: string) =>
  client.post<{ version: number; anew: boolean }>("/api/v1/organisation/imports", { query: { ...importQuery(table, on, act), digest }, bytes: file, key });

export const exportTable = (table: Table, on: string) => client.download("/api/v1/organisation/export.xlsx", { query: { table, on } });
