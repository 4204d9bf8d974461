import { expect, test } from "vitest";
import { emptyRepresentation, representationBody } from "./representation_draft.ts";

test("a representation is sent with its people and its paper, and without what was not said", () => {
  const body = representationBody({
    ...emptyRepresentation,
    kind: "parent",
    represented: { name: " Đào  Minh An", identifier: "0402 1500 0001" },
    representative: { name: "Đào Thị Hường", identifier: "040190000001" },
    number: "55/2015",
    title: "Giấy khai sinh",
  });
  expect(body).toEqual({
    representation: "parent",
    represented: { name: "Đào Minh An", identifier: "040215000001" },
    representative: { name: "Đào Thị Hường", identifier: "040190000001" },
    evidence: { number: "55/2015", title: "Giấy khai sinh" },
  });
});

test("who has a tax code is an organisation", () => {
  const body = representationBody({ ...emptyRepresentation, kind: "legal_representative", represented: { name: "Công ty A", identifier: "2900123456-001" }, until: "2027-01-01" });
  expect(body).toMatchObject({ represented: { organisation: true, identifier: "2900123456-001" }, until: "2027-01-01" });
});
