// officers.ts - officers' accounts, as an administrator sees and changes them.
import type { Answer, Call, Client, Json, Session } from "./client.ts";

export async function officers(api: Client, as: Session): Promise<Json[]> {
  return (await api.get("/api/v1/officers", { as, expect: 200 })).json.items;
}

export async function officerNamed(api: Client, as: Session, username: string): Promise<Json> {
  return (await officers(api, as)).find((one) => one.username === username);
}

// Refused (412) where it was changed since it was read; `version: undefined` writes over that.
export function saveOfficer(api: Client, as: Session, one: Json, changes: object, call: Call = {}): Promise<Answer> {
  return api.put(`/api/v1/officers/${one.id}`, { as, body: { ...one, ...changes }, expect: 200, ...call });
}
