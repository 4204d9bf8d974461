// tree.ts - agencies as a tree in the order of their codes, and what a search leaves of it.
import { fold } from "@shared/fold.ts";
import type { DatedAgency } from "../../api/organisation.ts";

export interface Branch {
  agency: DatedAgency;
  below: Branch[];
}

const byCode = (a: Branch, b: Branch) => a.agency.id.localeCompare(b.agency.id, "en", { numeric: true });

export function treeOf(items: DatedAgency[]): Branch[] {
  const branches = new Map(items.map((agency) => [agency.id, { agency, below: [] as Branch[] }]));
  const roots: Branch[] = [];
  for (const branch of branches.values()) {
    const above = branch.agency.parent ? branches.get(branch.agency.parent) : undefined;
    (above ? above.below : roots).push(branch);
  }
  for (const branch of branches.values()) branch.below.sort(byCode);
  return roots.sort(byCode);
}

/** Is this code at the branch or below it? */
export const holds = (branch: Branch, code: string): boolean => branch.agency.id === code || branch.below.some((one) => holds(one, code));

// Branches whose name or code holds the words, with those above them.
export function found(branches: Branch[], words: string): Branch[] {
  const wanted = fold(words);
  if (wanted === "") return branches;
  return branches.flatMap((branch) => {
    const below = found(branch.below, words);
    const here = fold(`${branch.agency.id} ${branch.agency.name.vi}`).includes(wanted);
    return here || below.length > 0 ? [{ agency: branch.agency, below: here && below.length === 0 ? branch.below : below }] : [];
  });
}
