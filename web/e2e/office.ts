// office.ts - what officers do between the stories, over HTTP: dossiers that a story begins with.
import { randomUUID } from "node:crypto";
import type { Receipt } from "./citizen.ts";
import { demoPassword } from "./desk.ts";

export interface Officer {
  cookie: string;
  csrf: string;
}

export interface Taken extends Receipt {
  id: string;
  due_at: string;
}

type Body = Record<string, unknown>;

async function send(method: string, address: string, officer: Officer | null, body?: Body): Promise<Response> {
  const answered = await fetch(address, {
    method,
    headers: {
      ...(method !== "GET" && { "Idempotency-Key": randomUUID() }),
      ...(body && { "Content-Type": "application/json" }),
      ...(officer && { Cookie: officer.cookie, "X-CSRF-Token": officer.csrf }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answered.ok) throw new Error(`${method} ${address}: ${answered.status} ${await answered.text()}`);
  return answered;
}

export async function signInOver(server: string, username: string): Promise<Officer> {
  const answered = await send("POST", `${server}/api/v1/session`, null, { username, password: demoPassword });
  const session = (await answered.json()) as { csrf_token: string };
  return { cookie: answered.headers.getSetCookie().map((one) => one.split(";")[0]!).join("; "), csrf: session.csrf_token };
}

export async function ask<Answer>(server: string, officer: Officer, path: string): Promise<Answer> {
  return (await (await send("GET", `${server}${path}`, officer)).json()) as Answer;
}

// A certificate of marital status, three working days, taken in at the counter of Thành Vinh.
export async function takeMarital(server: string, reception: Officer, name: string, digits: string): Promise<Taken> {
  const answers = {
    for_self: true,
    requester_name: name,
    requester_id: `04019600${digits}`,
    requester_phone: `091234${digits}`,
    person_birth_date: "1996-05-14",
    person_sex: "female",
    person_residence: "Khối Yên Toàn, phường Thành Vinh, tỉnh Nghệ An",
    marital_status: "never_married",
    purpose: "other",
    other_purpose: "Bổ sung hồ sơ đi học nước ngoài",
    reissue: false,
    residence_commune: "16681",
    fee_exemption: "none",
  };
  const told = (await (await send("POST", `${server}/api/v1/procedures/1.004873/evaluation`, null, { answers, channel: "counter" })).json()) as { components: { id: string }[] };
  const filed = await send("POST", `${server}/api/v1/dossiers`, reception, {
    procedure: "1.004873",
    channel: "counter",
    receive: true,
    answers,
    shown_components: told.components.map((one) => one.id),
    return_method: "counter",
  });
  return (await filed.json()) as Taken;
}
