// officers.ts - officers' accounts, as an administrator sees and changes them.
import type { Answer, Call, Client, Json, Session } from "./client.ts";

export async function officers(api: Client, as: Session): Promise<Json[]> {
  return (await api.get("/api/v1/officers", { as, expect: 200 })).json.items;
}

export async function officerNamed(api: Client, as: Session, username: string): Promise<Json> {
  return (await officers(api, as)).find((one) => one.username === username);
}

// Of an account, to be sent with a change of it.
export async function versionOf(api: Client, as: Session, id: string): Promise<string> {
  return (await officers(api, as)).find((one) => one.id === id)!.version as string;
}

// Refused (412) where it was changed since it was read; `version: undefined` writes over that.
export async function saveOfficer(api: Client, as: Session, one: Json, changes: object, call: Call = {}): Promise<Answer> {
  const sent = { ...one, ...changes };
  return api.put(`/api/v1/officers/${one.id}`, { as, body: { ...sent, version: sent.version ?? (await versionOf(api, as, one.id as string)) }, expect: 200, ...call });
}
