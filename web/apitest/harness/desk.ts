// desk.ts - officers at work: the right person does the open task.
import { expect } from "vitest";
import { pdf } from "./files.ts";
import type { Answer, Call, Client, Json, Session } from "./client.ts";

export interface Receipt {
  id: string;
  code: string;
  secret: string;
}

export const trackingHeaders = (receipt: Receipt) => ({ "X-Dossier-Code": receipt.code, "X-Receipt-Secret": receipt.secret });

export async function track(api: Client, receipt: Receipt): Promise<Json> {
  return (await api.get("/api/v1/tracking", { headers: trackingHeaders(receipt), expect: 200 })).json;
}

export async function open(api: Client, as: Session, id: string): Promise<Json> {
  return (await api.get(`/api/v1/dossiers/${id}`, { as, expect: 200 })).json;
}

// The one open task.
export async function taskOf(api: Client, as: Session, id: string): Promise<Json> {
  const dossier = await open(api, as, id);
  expect(dossier.tasks, `${id} has one open task`).toHaveLength(1);
  return dossier.tasks[0];
}

export function command(api: Client, as: Session, id: string, name: string, body: unknown, call: Call = {}): Promise<Answer> {
  return api.post(`/api/v1/dossiers/${id}/${name}`, { as, body, expect: 200, ...call });
}

export async function complete(api: Client, as: Session, id: string, outcome: string, more: object = {}): Promise<Answer> {
  const task = await taskOf(api, as, id);
  const name = task.action === "approve" ? "approve" : "complete-task";
  return command(api, as, id, name, { task: task.id, outcome, ...more });
}

export async function upload(api: Client, path: string, component: string, headers: Record<string, string> = {}, call: Call = {}): Promise<Answer> {
  return api.post(path, {
    raw: pdf(component),
    expect: 201,
    ...call,
    headers: { "X-File-Name": encodeURIComponent(`Giấy tờ ${component}.pdf`), "X-Component": component, ...headers },
  });
}

// Papers scanned at the counter, before the dossier exists.
export async function scan(api: Client, as: Session, components: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const component of components) ids.push((await upload(api, "/api/v1/files", component, {}, { as })).json.id as string);
  return ids;
}

export async function fileAtCounter(api: Client, as: Session, filing: object, call: Call = {}): Promise<Answer> {
  return api.post("/api/v1/dossiers", { as, body: { channel: "counter", receive: true, ...filing }, expect: 201, ...call });
}

export async function fileOnline(api: Client, procedure: string, answers: object, call: Call = {}): Promise<Answer> {
  return api.post("/api/v1/dossiers", { body: { procedure, answers }, expect: 201, ...call });
}
