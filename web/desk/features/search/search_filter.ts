// search_filter.ts - what is searched for, as the address says it: a search can be kept and passed on.
import type { SearchQuery } from "../../api/queries.ts";
import { isDay } from "../../components/day_input.tsx";

export interface SearchFilter {
  q: string;
  status: number[];
  procedure: string;
  overdue: boolean;
  from: string;
  to: string;
}

export const emptySearch: SearchFilter = { q: "", status: [], procedure: "", overdue: false, from: "", to: "" };
export const statuses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const longestQuery = 200;

// What makes no sense is left out, so that an old bookmark still opens.
export function searchFilterFrom(address: string): SearchFilter {
  const parameters = new URLSearchParams(address);
  const day = (name: string) => {
    const text = parameters.get(name) ?? "";
    return isDay(text) ? text : "";
  };
  const procedure = parameters.get("procedure") ?? "";
  return {
    q: (parameters.get("q") ?? "").slice(0, longestQuery),
    status: statuses.filter((status) => (parameters.get("status") ?? "").split(",").includes(String(status))),
    procedure: /^\d\.\d{6}$/.test(procedure) ? procedure : "",
    overdue: parameters.get("overdue") === "true",
    from: day("from"),
    to: day("to"),
  };
}

// The parameters of the API; the address and the exports carry the same ones.
export function searchQuery(filter: SearchFilter): SearchQuery {
  return {
    q: filter.q.trim() || undefined,
    status: filter.status.length > 0 ? filter.status.join(",") : undefined,
    procedure: filter.procedure || undefined,
    overdue: filter.overdue || undefined,
    from: filter.from || undefined,
    to: filter.to || undefined,
  };
}

export function searchAddress(filter: SearchFilter): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(searchQuery(filter))) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? "/search" : `/search?${text}`;
}
