import { describe, expect, it } from "vitest";
import type { Agency, Form } from "@shared/schemas.ts";
import { agencyOfPlace, ownAgency, placeField } from "./own_agency.ts";

const competent = ["H41", "H41.10", "H41.101", "H41.102"].map((id) => ({ id }));

describe("the competent agency of a counter", () => {
  it("is its own where it is competent itself", () => {
    expect(ownAgency(competent, "H41.102")).toBe("H41.102");
  });

  it("is the nearest one above it otherwise", () => {
    expect(ownAgency(competent, "H41.101.01")).toBe("H41.101");
    expect(ownAgency(competent, "H41.999.01")).toBe("H41");
  });

  it("is nobody's where the counter belongs to none of them", () => {
    expect(ownAgency([{ id: "H41.10" }], "H41.101.01")).toBeNull();
  });
});

describe("the place a form asks for", () => {
  const text = { vi: "", en: "" };
  const form = (types: ("commune" | "text")[]): Form => ({
    pages: [{ id: "p", title: text, fields: types.map((type, index) => ({ id: `f${index}`, type, label: text, required: true })) }],
  });
  const communes: Agency[] = [
    { id: "H41.101", name: text, kind: "commune_committee", unit_code: "16681" },
    { id: "H41.102", name: text, kind: "commune_committee", unit_code: "16690" },
  ];

  it("says which agency decides", () => {
    const place = placeField(form(["text", "commune"]), "f1");
    expect(place?.id).toBe("f1");
    expect(agencyOfPlace(communes, place, { f1: "16690" })).toBe("H41.102");
    expect(agencyOfPlace(communes, place, {})).toBe("");
  });

  it("is the one the procedure names, and none where it names none", () => {
    expect(placeField(form(["commune", "commune"]), "f1")?.id).toBe("f1");
    expect(placeField(form(["commune"]), "")).toBeUndefined();
    expect(placeField(form(["commune"]), undefined)).toBeUndefined();
  });
});
