import { describe, expect, it } from "vitest";
import type { DatedAgency } from "../../api/organisation.ts";
import { found, holds, treeOf } from "./tree.ts";

const agency = (id: string, parent: string | null, vi: string): DatedAgency => ({
  id,
  kind: "department",
  name: { vi, en: "" },
  parent,
  unit_code: "",
  address: "",
  valid_from: null,
  valid_to: null,
});
const items = [
  agency("H41.102", "H41", "Ủy ban nhân dân phường Trường Vinh"),
  agency("H41.20", "H41", "Sở Nội vụ"),
  agency("H41.102.01", "H41.102", "Trung tâm phường Trường Vinh"),
  agency("H41", null, "Ủy ban nhân dân tỉnh Nghệ An"),
];

describe("The tree of agencies", () => {
  it("knows what stands at or below a branch", () => {
    const commune = treeOf(items)[0]?.below[1];
    if (!commune) throw new Error("no commune");
    expect(["H41.102", "H41.102.01", "H41", "H41.20", ""].map((code) => holds(commune, code))).toEqual([true, true, false, false, false]);
  });

  it("hangs each below its parent, in the order of the numbers in their codes", () => {
    const [top] = treeOf(items);
    expect(top?.agency.id).toBe("H41");
    expect(top?.below.map((one) => one.agency.id)).toEqual(["H41.20", "H41.102"]);
    expect(top?.below[1]?.below.map((one) => one.agency.id)).toEqual(["H41.102.01"]);
  });
  it("shows an agency whose parent is not there at the top", () => {
    expect(treeOf([agency("H41.7", "H41", "Sở")]).map((one) => one.agency.id)).toEqual(["H41.7"]);
  });
  it("leaves what holds the words, however they are spelt, with those above it", () => {
    for (const words of ["truong vinh", "Trường Vinh".normalize("NFD"), "h41.102"]) {
      const [top] = found(treeOf(items), words);
      expect(top?.below.map((one) => one.agency.id), words).toEqual(["H41.102"]);
    }
    expect(found(treeOf(items), "không có")).toEqual([]);
  });
});
