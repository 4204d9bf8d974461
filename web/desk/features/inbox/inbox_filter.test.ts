import { describe, expect, it } from "vitest";
import { inboxAddress, inboxFilterFrom, inboxStates } from "./inbox_filter.ts";

describe("the address of the inbox", () => {
  it("comes back as the same filter", () => {
    for (const state of inboxStates) {
      for (const procedure of ["", "1.001193"]) {
        const address = inboxAddress({ state, procedure });
        expect(inboxFilterFrom(address.replace("/inbox", ""))).toEqual({ state, procedure });
      }
    }
  });

  it("is short for the whole inbox", () => {
    expect(inboxAddress({ state: "all", procedure: "" })).toBe("/inbox");
  });

  it("leaves out what makes no sense", () => {
    expect(inboxFilterFrom("?state=everything&procedure=<script>")).toEqual({ state: "all", procedure: "" });
  });
});
