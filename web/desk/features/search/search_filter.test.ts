import { describe, expect, it } from "vitest";
import { emptySearch, searchAddress, searchFilterFrom, searchQuery, type SearchFilter } from "./search_filter.ts";

describe("the address of a search", () => {
  const filters: SearchFilter[] = [
    emptySearch,
    { ...emptySearch, q: "Nguyễn Thị Ánh & con", overdue: true },
    { ...emptySearch, status: [4, 10], procedure: "1.012994" },
    { ...emptySearch, from: "2026-11-01", to: "2026-11-30" },
  ];
  it.each(filters)("comes back as the same filter", (filter) => {
    expect(searchFilterFrom(searchAddress(filter).replace("/search", ""))).toEqual(filter);
  });

  it("leaves out what makes no sense", () => {
    expect(searchFilterFrom("?status=0,11,x&from=2026-02-30&to=yesterday&procedure=abc&overdue=maybe")).toEqual(emptySearch);
  });

  it("gives the API only what is asked for", () => {
    expect(searchQuery({ ...emptySearch, q: "  an " })).toEqual({ q: "an" });
  });
});
