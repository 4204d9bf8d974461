// chosen.ts - which transports are ticked, and what an answer to many says.  Pure.
import type { Outcome, TransportItem } from "../../api/transports.ts";

export const keyOfItem = (item: Pick<TransportItem, "dossier" | "transport">): string => `${item.dossier.id}:${item.transport.number}`;

// Those that are still there: what somebody else has moved is no longer chosen.
export const stillThere = (chosen: ReadonlySet<string>, items: TransportItem[]): TransportItem[] => items.filter((item) => chosen.has(keyOfItem(item)));

export const toggled = (chosen: ReadonlySet<string>, key: string): Set<string> => {
  const next = new Set(chosen);
  if (!next.delete(key)) next.add(key);
  return next;
};

export const doneCount = (outcomes: Outcome[]): number => outcomes.filter((one) => one.done).length;
export const refusals = (outcomes: Outcome[]): Outcome[] => outcomes.filter((one) => !one.done);
