// reachability.ts - whether the server can be reached: the browser's word, and what requests met.
import { useEffect, useState } from "react";

let reachable = typeof navigator === "undefined" || navigator.onLine !== false;
const listeners = new Set<(reachable: boolean) => void>();

export const isReachable = (): boolean => reachable;

export function setReachable(now: boolean): void {
  if (now === reachable) return;
  reachable = now;
  for (const tell of listeners) tell(now);
}

export function onReachable(tell: (reachable: boolean) => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

if (typeof window !== "undefined") {
  window.addEventListener("online", () => setReachable(true));
  window.addEventListener("offline", () => setReachable(false));
}

export function useReachable(): boolean {
  const [now, setNow] = useState(reachable);
  useEffect(() => onReachable(setNow), []);
  return now;
}
