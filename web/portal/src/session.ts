// session.ts - who is signed in at the portal and by what one may, as the server said when the page
// was opened.
import { useSyncExternalStore } from "react";
import type { Session } from "@shared/schemas.ts";

let known: Session | null = null;
const listeners = new Set<() => void>();

export function setSession(session: Session): void {
  known = session;
  for (const tell of listeners) tell();
}

export const currentSession = (): Session | null => known;

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useSession = (): Session | null => useSyncExternalStore(subscribe, currentSession, currentSession);

// Goes with every change; only a citizen's session has one here.
export const csrfHeader = (): Record<string, string> => (known?.citizen ? { "X-CSRF-Token": known.citizen.csrf_token ?? "" } : {});
