// signing_in.ts - steps of signing in with a second factor.
import type { Answer, Client, Json, Session } from "./client.ts";
import { totp } from "./authenticator.ts";

// The session that an answer opens, or leads on to.
export function sessionOf(answer: Answer, username: string): Session {
  const cookie = (answer.headers["set-cookie"] ?? []).map((one) => one.split(";")[0]!).join("; ");
  return { username, cookie, csrf: answer.json.csrf_token ?? answer.json.session.csrf_token };
}

export async function passwordOf(api: Client, username: string, password: string, headers: Record<string, string> = {}): Promise<Session> {
  return sessionOf(await api.post("/api/v1/session", { body: { username, password }, headers, expect: 200 }), username);
}

export interface Enrolled {
  session: Session;
  secret: string;
  codes: string[];
  // When the next code is good: a step counts once.
  next: () => Promise<string>;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

// A code of a step that was not used before; the next one is good already, clocks differ by that.
export function codesOf(secret: string, usedStep: number): () => Promise<string> {
  let last = usedStep;
  return async () => {
    for (;;) {
      const here = Math.floor(Date.now() / 30_000);
      const step = Math.max(here - 1, last + 1);
      if (step <= here + 1) {
        last = step;
        return totp(secret, step * 30_000);
      }
      await pause(500);
    }
  };
}

export async function setUpTotp(api: Client, session: Session): Promise<Enrolled> {
  const told = await api.post("/api/v1/security/totp", { as: session, expect: 200 });
  const begun: Json = told.json;
  // The server may believe that it is another day.
  const now = Date.parse(told.headers.date ?? "") || Date.now();
  const step = Math.floor(now / 30_000) - 1;
  const answer = await api.put("/api/v1/security/totp", { as: session, body: { code: totp(begun.secret, step * 30_000) }, expect: 200 });
  return { session: sessionOf(answer, session.username), secret: begun.secret, codes: answer.json.recovery_codes, next: codesOf(begun.secret, step) };
}
