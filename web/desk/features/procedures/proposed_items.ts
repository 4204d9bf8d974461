// proposed_items.ts - the items of a proposal in the order in which one looks at them.  Pure.
import { matches } from "@shared/fold.ts";
import type { ProposedItem } from "../../api/procedures.ts";

export type Concern = "untested" | "notCovered";

/** What the second person ought to look at; a withdrawal needs no test. */
export function concernOf(item: ProposedItem): Concern | null {
  if (item.kind === "withdrawal") return null;
  if (item.scenarios === 0) return "untested";
  return item.covered < item.branches ? "notCovered" : null;
}

export interface ItemFilter {
  words: string;
  // Empty: any.
  kind: ProposedItem["kind"] | "";
  concernsOnly: boolean;
}

/** Problems first, then by code. */
export function itemsToShow(items: readonly ProposedItem[], filter: ItemFilter): ProposedItem[] {
  return items
    .filter((item) => filter.kind === "" || item.kind === filter.kind)
    .filter((item) => !filter.concernsOnly || concernOf(item) !== null)
    .filter((item) => filter.words.trim() === "" || item.code.includes(filter.words.trim()) || matches(`${item.code} ${item.name} ${item.agency}`, filter.words))
    .sort((a, b) => Number(concernOf(a) === null) - Number(concernOf(b) === null) || a.code.localeCompare(b.code) || a.agency.localeCompare(b.agency));
}

export interface Beginning {
  // Null: at once.
  from: string | null;
  count: number;
}

/** How many take effect when; a day that is over becomes today, as the server has it. */
export function beginnings(items: readonly ProposedItem[], today: string): Beginning[] {
  const counts = new Map<string, number>();
  for (const item of items) {
    const from = item.from !== undefined && item.from > today ? item.from : "";
    counts.set(from, (counts.get(from) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([from, count]) => ({ from: from || null, count }));
}
