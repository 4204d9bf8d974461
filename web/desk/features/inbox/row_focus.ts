// row_focus.ts - moving through a list with j and k: the focus goes from row link to row link.
import { useCallback, type RefObject } from "react";

// Rows mark their link with data-row-link.
export function useRowFocus(list: RefObject<HTMLElement | null>) {
  const links = useCallback(() => Array.from(list.current?.querySelectorAll<HTMLElement>("[data-row-link]") ?? []), [list]);
  const current = useCallback(
    () => links().findIndex((link) => link.closest("[data-row]")?.contains(document.activeElement)),
    [links],
  );
  const move = useCallback(
    (step: 1 | -1) => {
      const all = links();
      const at = current();
      const target = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
      target?.focus();
      target?.closest("[data-row]")?.scrollIntoView({ block: "nearest" });
    },
    [links, current],
  );
  return { move, current };
}
