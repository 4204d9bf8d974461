// scroll_x.tsx - a wide table on a narrow screen: scrolls sideways, with the keyboard too.
import type { ReactNode } from "react";

export function ScrollX({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="scroll-x" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
