// decided_pages.ts - pages of faults after a decision about one of them.  Pure.
import type { InfiniteData } from "@tanstack/react-query";
import type { Finding, FindingsPage } from "../../api/catalogue.ts";

/** The fault stays where it is, in its new state, so that deciding again takes it back; the counts move. */
export function withDecision(data: InfiniteData<FindingsPage, string> | undefined, decided: Finding): InfiniteData<FindingsPage, string> | undefined {
  const before = data?.pages.flatMap((page) => page.items).find((each) => each.key === decided.key);
  if (!data || !before || before.state === decided.state) return data;
  const moved = (states: FindingsPage["states"]) => ({
    ...states,
    [before.state]: Math.max(0, (states[before.state] ?? 0) - 1),
    [decided.state]: (states[decided.state] ?? 0) + 1,
  });
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      states: moved(page.states),
      items: page.items.map((each) => (each.key === decided.key ? { ...each, state: decided.state } : each)),
    })),
  };
}
