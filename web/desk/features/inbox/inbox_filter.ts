// inbox_filter.ts - what the inbox shows, as its address says it: "?state=overdue&procedure=1.001193".
import type { InboxFilter } from "../../api/queries.ts";

export const inboxStates = ["all", "overdue", "soon", "new", "mine", "unassigned", "paused", "to_return"] as const;
export type InboxState = (typeof inboxStates)[number];

const isState = (text: string): text is InboxState => (inboxStates as readonly string[]).includes(text);
const isProcedureCode = (text: string): boolean => /^\d\.\d{6}$/.test(text);

// What makes no sense is left out, so that an old bookmark still opens.
export function inboxFilterFrom(search: string): InboxFilter & { state: InboxState } {
  const parameters = new URLSearchParams(search);
  const state = parameters.get("state") ?? "";
  const procedure = parameters.get("procedure") ?? "";
  return { state: isState(state) ? state : "all", procedure: isProcedureCode(procedure) ? procedure : "" };
}

export function inboxAddress(filter: InboxFilter): string {
  const parameters = new URLSearchParams();
  if (filter.state !== "all") parameters.set("state", filter.state);
  if (filter.procedure !== "") parameters.set("procedure", filter.procedure);
  const text = parameters.toString();
  return text === "" ? "/inbox" : `/inbox?${text}`;
}
