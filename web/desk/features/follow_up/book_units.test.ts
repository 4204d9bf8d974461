import { describe, expect, it } from "vitest";
import type { Agency } from "@shared/schemas.ts";
import { bookUnits, usualUnit } from "./book_units.ts";

const unit = (id: string, kind: string): Agency => ({ id, kind, name: { vi: id, en: id } });
const all = [unit("H41", "province_committee"), unit("H41.001.01", "provincial_centre"), unit("H41.101", "commune_committee"), unit("H41.101.01", "commune_centre"), unit("H41.1010.01", "commune_centre")];
const opened = (own: string) => [bookUnits(all, own).map((each) => each.id), usualUnit(bookUnits(all, own), own)];

describe("the units that keep a follow-up book", () => {
  it("are for a centre itself alone", () => {
    expect(opened("H41.101.01")).toEqual([["H41.101.01"], "H41.101.01"]);
  });
  it("are for a ward its own centre, not one whose code only begins alike", () => {
    expect(opened("H41.101")).toEqual([["H41.101.01"], "H41.101.01"]);
  });
  it("are for the province all of them", () => {
    expect(opened("H41")[0]).toEqual(["H41.001.01", "H41.101.01", "H41.1010.01"]);
  });
});
