// state.ts - what a count means to whoever looks at it.
import type { Count } from "../../api/coverage.ts";

export type State = "covered" | "thin" | "gap";

export function stateOf(count: Count): State {
  if (count.gaps > 0) return "gap";
  return count.thin > 0 ? "thin" : "covered";
}

/** "3/12" where three of twelve are missing, else how many there are. */
export const cellText = (count: Count): string => (count.gaps > 0 ? `${count.gaps}/${count.steps}` : String(count.steps));
