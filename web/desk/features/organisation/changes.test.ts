import { describe, expect, it } from "vitest";
import type { DatedAgency } from "../../api/organisation.ts";
import { noPart, renamingBatch, renamingOf, splitBatch, splitIsComplete } from "./changes.ts";

const agency = (id: string, kind: string, parent: string | null, vi: string, unit_code = ""): DatedAgency => ({
  id, kind, parent, unit_code, name: { vi, en: "" }, address: "Số 1", valid_from: null, valid_to: null,
});
const vinh = agency("H41.231", "commune_committee", "H41", "Ủy ban nhân dân phường Vinh", "16999");
const centre = agency("H41.231.01", "commune_centre", "H41.231", "Trung tâm Phục vụ hành chính công phường Vinh");
const other = agency("H41.102", "commune_committee", "H41", "Ủy ban nhân dân phường Trường Vinh", "16690");
const otherCentre = agency("H41.102.01", "commune_centre", "H41.102", "Trung tâm Phục vụ hành chính công phường Trường Vinh");
const all = [vinh, centre, other, otherCentre];
const act = { number: "1/NQ", issuer: "HĐND", issued_on: "2026-11-16", title: "" };

describe("A renaming", () => {
  it("says nothing where nothing is new", () => {
    expect(renamingBatch(vinh, renamingOf(vinh), "2027-01-01", act, "1").changes).toEqual([]);
    expect(renamingBatch(vinh, { ...renamingOf(vinh), name: "  Ủy ban nhân dân  phường Vinh " }, "2027-01-01", act, "1").changes).toEqual([]);
  });

  it("tells a name and an address apart, on one day by one act", () => {
    const change = { name: "Ủy ban nhân dân phường Vinh Hạ", address: "Số 2", unit_code: "16999" };
    const { changes } = renamingBatch(vinh, change, "2027-01-01", act, "1");
    expect(changes).toMatchObject([
      { id: "doi-ten-1", kind: "rename", on: "2027-01-01", act, states: [{ code: "H41.231", parent: "H41", name: { vi: "Ủy ban nhân dân phường Vinh Hạ" } }] },
      { id: "dia-chi-1", kind: "amend", states: [{ address: "Số 2", unit_code: "16999" }] },
    ]);
  });
});

describe("A split", () => {
  it("passes a part of the work on, and the agency goes on", () => {
    const split = { agency: vinh, ends: false, parts: [{ ...noPart, to: "H41.102", fields: ["Hộ tịch"] }] };
    expect(splitIsComplete(split, "2027-01-01")).toBe(true);
    const [change] = splitBatch(split, all, "2027-01-01", act, "1").changes;
    expect(change).toMatchObject({ kind: "split", founds: [], ends: [], passes: [{ from: "H41.231", to: "H41.102", fields: ["Hộ tịch"] }] });
  });

  it("ends the agency with what is below it: new centres at a new heir, those that are there at an old one", () => {
    const north = { ...noPart, to: "H41.232", isNew: true, name: "Ủy ban nhân dân phường Bắc Vinh", unit_code: "17001" };
    const [change] = splitBatch({ agency: vinh, ends: true, parts: [north, { ...noPart, to: "H41.102", procedures: ["1.001193"] }] }, all, "2027-01-01", act, "1").changes;
    expect(change).toMatchObject({
      ends: ["H41.231", "H41.231.01"],
      founds: [
        { code: "H41.232", kind: "commune_committee", parent: "H41", unit_code: "17001" },
        { code: "H41.232.01", kind: "commune_centre", parent: "H41.232", name: { vi: "Trung tâm Phục vụ hành chính công phường Bắc Vinh" } },
      ],
      passes: [{ from: "H41.231", to: "H41.232" }, { from: "H41.231", to: "H41.102", procedures: ["1.001193"] }, { from: "H41.231.01", to: "H41.232.01" }],
    });
    const [old] = splitBatch({ agency: vinh, ends: true, parts: [{ ...noPart, to: "H41.102" }] }, all, "2027-01-01", act, "1").changes;
    expect(old).toMatchObject({ founds: [], passes: [{ to: "H41.102" }, { from: "H41.231.01", to: "H41.102.01" }] });
  });

  it("is not complete without a day, a receiver, or what passes", () => {
    const part = { ...noPart, to: "H41.102", fields: ["Hộ tịch"] };
    expect(splitIsComplete({ agency: vinh, ends: false, parts: [part] }, "")).toBe(false);
    expect(splitIsComplete({ agency: vinh, ends: false, parts: [{ ...part, fields: [] }] }, "2027-01-01")).toBe(false);
    expect(splitIsComplete({ agency: vinh, ends: false, parts: [{ ...part, to: "H41.231" }] }, "2027-01-01"), "to itself").toBe(false);
    expect(splitIsComplete({ agency: vinh, ends: true, parts: [{ ...part, fields: [] }] }, "2027-01-01")).toBe(true);
    expect(splitIsComplete({ agency: vinh, ends: true, parts: [{ ...part, isNew: true }] }, "2027-01-01"), "a new one has a name").toBe(false);
  });
});
