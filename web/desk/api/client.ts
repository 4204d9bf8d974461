// client.ts - the desk's line to the server: session cookie, CSRF token, language.
import { createClient } from "@shared/api/client.ts";
import type { Problem } from "@shared/api/problem.ts";
import { rememberedLanguage } from "../i18n/language.tsx";

let csrfToken = "";
const listeners = new Set<(problem: Problem) => void>();
const resumed = new Set<() => void>();

// The other pages of this desk in the same browser: they have the same session.
const others = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("motcua-session");
others?.addEventListener("message", (event: MessageEvent<unknown>) => {
  if (typeof event.data !== "string") return;
  csrfToken = event.data;
  for (const listener of resumed) listener();
});

// From GET and POST /api/v1/session; sent back with every request.
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token ?? "";
}

// The session goes on under a new token: after signing in, unlocking, a second factor.
export function renewCsrfToken(token: string | undefined): void {
  setCsrfToken(token);
  others?.postMessage(csrfToken);
}

// Tells when another page has signed in or unlocked.
export function onSessionResumed(listener: () => void): () => void {
  resumed.add(listener);
  return () => resumed.delete(listener);
}

export function csrfHeaders(): Record<string, string> {
  return csrfToken === "" ? {} : { "X-CSRF-Token": csrfToken };
}

// Tells when the server no longer knows who we are.
export function onSessionEnded(listener: (problem: Problem) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const client = createClient({
  language: rememberedLanguage,
  headers: csrfHeaders,
  onProblem: (problem) => {
    // A wrong password is told where it was typed.
    if (problem.status === 401 && problem.slug !== "wrong-credentials") for (const listener of listeners) listener(problem);
  },
});
