// follow_up_filter.ts - which book is open, and for which time, as the address says it.  Pure.
import { isDay } from "../../components/day_input.tsx";

export interface FollowUpFilter {
  agency: string;
  book: string;
  year: string;
  // ISO days; "" for no bound within the year.
  from: string;
  to: string;
}

const longestName = 200;

// What makes no sense is left out, so that an old bookmark still opens.
export function followUpFilterFrom(address: string): FollowUpFilter {
  const parameters = new URLSearchParams(address);
  const day = (name: string) => {
    const text = parameters.get(name) ?? "";
    return isDay(text) ? text : "";
  };
  const year = parameters.get("year") ?? "";
  return {
    agency: (parameters.get("agency") ?? "").slice(0, longestName),
    book: (parameters.get("book") ?? "").slice(0, longestName),
    year: /^\d{4}$/.test(year) ? year : "",
    from: day("from"),
    to: day("to"),
  };
}

// The parameters of the API; the address and the exports carry the same ones.
export function followUpQuery(filter: FollowUpFilter): Record<string, string | undefined> {
  return {
    agency: filter.agency || undefined,
    book: filter.book || undefined,
    year: filter.year || undefined,
    from: filter.from || undefined,
    to: filter.to || undefined,
  };
}

export function followUpAddress(filter: FollowUpFilter): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(followUpQuery(filter))) {
    if (value !== undefined) parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === "" ? "/follow-up" : `/follow-up?${text}`;
}
