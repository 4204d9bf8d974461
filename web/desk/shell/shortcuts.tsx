// shortcuts.tsx - single-key shortcuts, which can be switched off (WCAG 2.1.4) and are remembered.
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";

const storageKey = "motcua.desk.shortcuts";

interface ShortcutState {
  enabled: boolean;
  setEnabled: (enabled: boolean) => void;
}

const ShortcutContext = createContext<ShortcutState>({ enabled: true, setEnabled: () => undefined });

function remembered(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true;
  }
}

export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [enabled, setEnabled] = useState(remembered);
  useEffect(() => {
    try {
      localStorage.setItem(storageKey, enabled ? "on" : "off");
    } catch {
      // Without storage the choice lasts for this page.
    }
  }, [enabled]);
  const state = useMemo(() => ({ enabled, setEnabled }), [enabled]);
  return <ShortcutContext value={state}>{children}</ShortcutContext>;
}

export const useShortcutSetting = (): ShortcutState => useContext(ShortcutContext);

// Where a key is text, or belongs to the control that has the focus.
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

// Whether a key press is a shortcut at all.
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
  return !isTyping(event.target);
}

// Keys as event.key tells them: "j", "/", "?".
export function useShortcuts(handlers: Record<string, (() => void) | undefined>): void {
  const { enabled } = useShortcutSetting();
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const handler = latest.current[event.key];
      if (!handler || !isShortcut(event) || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [enabled]);
}
