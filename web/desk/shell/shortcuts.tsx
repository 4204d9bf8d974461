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

type Handlers = Record<string, (() => void) | undefined>;

// What is on the screen now, the innermost last: it is asked first.
const layers: { current: Handlers }[] = [];

function onKeyDown(event: KeyboardEvent): void {
  if (!isShortcut(event) || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
  const handler = layers.findLast((layer) => layer.current[event.key] !== undefined)?.current[event.key];
  if (!handler) return;
  event.preventDefault();
  handler();
}

// Keys as event.key tells them: "j", "/", "?".  `background`: asked when no page wants the key.
export function useShortcuts(handlers: Handlers, background = false): void {
  const { enabled } = useShortcutSetting();
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (!enabled) return;
    if (layers.length === 0) window.addEventListener("keydown", onKeyDown);
    if (background) layers.unshift(latest);
    else layers.push(latest);
    return () => {
      layers.splice(layers.indexOf(latest), 1);
      if (layers.length === 0) window.removeEventListener("keydown", onKeyDown);
    };
  }, [enabled, background]);
}
