// persons.ts - one person under several numbers, and who acts for whom.  Numbers go in bodies alone.
import type { components } from "@shared/api-types.ts";
import { client } from "./client.ts";

type Schemas = components["schemas"];
export type KnownPerson = Schemas["KnownPerson"];
export type Representation = Schemas["Representation"];

// Every look is a record of the journal: it is asked for by a press, and not kept.
export const lookUpPerson = (identifier: string, reason?: string) =>
  client.post<KnownPerson>("/api/v1/persons/lookup", { body: { identifier, ...(reason === undefined ? {} : { reason }) }, retries: 0 });

export const mergePersons = (id: string, merged: string, reason: string, key: string) =>
  client.post<KnownPerson>("/api/v1/persons/{id}/merger", { path: { id }, body: { merged, reason }, key });

export const recordRepresentation = (body: object, key: string) => client.post<Representation>("/api/v1/representations", { body, key });

export const revokeRepresentation = (id: string, reason: string, key: string) =>
  client.post<Representation>("/api/v1/representations/{id}/revocation", { path: { id }, body: { reason }, key });
