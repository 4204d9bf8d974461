// mark.tsx - a word about the state of something, on a shade of its own.
import type { ReactNode } from "react";
import classes from "./procedures.module.css";

export type Tone = "good" | "grave" | "look" | "news" | "quiet";

export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes["mark"]} data-tone={tone}>
      {children}
    </span>
  );
}
