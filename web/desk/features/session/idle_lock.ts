// idle_lock.ts - locks the session when nobody has touched any page of the desk for so long.
//
// The server locks by itself after as long without a request; but pages ask now and then without
// anybody touching them, so that the page has to say it.
import { useEffect } from "react";

const key = "motcua-last-touch";
const signs = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
const lookEveryMs = 2_000;

// Of all pages of the desk in this browser.
export const lastTouch = (now: number): number => {
  const kept = Number(localStorage.getItem(key) ?? "0");
  return kept > now ? now : kept;
};

export const isIdle = (now: number, lockSeconds: number): boolean => now - lastTouch(now) >= lockSeconds * 1000;

export function useIdleLock(lockSeconds: number | undefined, onIdle: () => void): void {
  useEffect(() => {
    if (!lockSeconds) return;
    let noted = 0;
    const note = () => {
      const now = Date.now();
      if (now - noted < 1000) return;
      noted = now;
      localStorage.setItem(key, String(now));
    };
    // Coming back to a page is no sign of life before the lock has looked: the machine may have slept.
    const look = () => {
      if (isIdle(Date.now(), lockSeconds)) onIdle();
    };
    note();
    for (const sign of signs) window.addEventListener(sign, note, { capture: true, passive: true });
    document.addEventListener("visibilitychange", look);
    const timer = window.setInterval(look, lookEveryMs);
    return () => {
      for (const sign of signs) window.removeEventListener(sign, note, { capture: true });
      document.removeEventListener("visibilitychange", look);
      window.clearInterval(timer);
    };
  }, [lockSeconds, onIdle]);
}
