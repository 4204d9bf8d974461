import { describe, expect, it } from "vitest";
import { followUpAddress, followUpFilterFrom, type FollowUpFilter } from "./follow_up_filter.ts";

describe("the address of a follow-up book", () => {
  const filters: FollowUpFilter[] = [
    { agency: "", book: "", year: "", from: "", to: "" },
    { agency: "H41.101", book: "Hộ tịch & chứng thực", year: "2026", from: "2026-11-01", to: "2026-11-30" },
  ];
  it.each(filters)("comes back as the same book", (filter) => {
    expect(followUpFilterFrom(followUpAddress(filter).replace("/follow-up", ""))).toEqual(filter);
  });

  it("leaves out what makes no sense", () => {
    expect(followUpFilterFrom("?year=26&from=2026-02-30&to=yesterday")).toEqual(filters[0]);
  });
});
