// client.ts - the desk's line to the server: session cookie, CSRF token, language.
import { createClient } from "@shared/api/client.ts";
import type { Problem } from "@shared/api/problem.ts";
import { rememberedLanguage } from "../i18n/language.tsx";

let csrfToken = "";
const listeners = new Set<(problem: Problem) => void>();

// From GET and POST /api/v1/session; sent back with every request.
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token ?? "";
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
