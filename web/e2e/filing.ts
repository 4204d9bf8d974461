// filing.ts - a filed birth without the pages, for stories that begin later.
import { randomUUID } from "node:crypto";
import { filedAnswers } from "./filed_answers.ts";
import type { Receipt } from "./citizen.ts";
import type { Paper } from "./papers.ts";

async function send<Answer>(url: string, method: string, body: BodyInit, headers: Record<string, string>): Promise<Answer> {
  const answered = await fetch(url, { method, body, headers: { "Idempotency-Key": randomUUID(), ...headers } });
  if (!answered.ok) throw new Error(`${method} ${url}: ${answered.status} ${await answered.text()}`);
  return (await answered.json()) as Answer;
}

export async function fileBirth(server: string, paper: Paper): Promise<Receipt> {
  const json = { "Content-Type": "application/json" };
  const draft = await send<{ id: string; secret: string }>(
    `${server}/api/v1/drafts`,
    "POST",
    JSON.stringify({ procedure: "1.001193", answers: filedAnswers() }),
    json,
  );
  const secret = { "X-Draft-Secret": draft.secret };
  await send(`${server}/api/v1/drafts/${draft.id}/files`, "POST", new Uint8Array(paper.buffer), {
    ...secret,
    "Content-Type": "application/octet-stream",
    "X-Component": "birth_paper",
    "X-File-Name": encodeURIComponent(paper.name),
  });
  const filed = await send<{ code: string; secret: string }>(
    `${server}/api/v1/dossiers`,
    "POST",
    JSON.stringify({
      draft: draft.id,
      channel: "online",
      applicant: { name: "Trần Thị Hoa", personal_id: "040196001234", phone: "0912345678", email: "hoa@example.vn", language: "vi" },
      return_method: "online",
    }),
    { ...json, ...secret },
  );
  return { code: filed.code, secret: filed.secret };
}
