import { describe, expect, it } from "vitest";
import type { Officer } from "@shared/schemas.ts";
import { hasPlace, type Place } from "./roles.ts";

const all: Place[] = ["inbox", "intake", "search", "cashier", "report", "officers"];
const placesOf = (...roles: string[]) => all.filter((place) => hasPlace({ roles } as Officer, place));

describe("the places of the desk", () => {
  it.each([
    [["reception", "cashier"], ["inbox", "intake", "search", "cashier"]],
    [["specialist"], ["inbox", "search"]],
    [["leader"], ["inbox", "search", "cashier", "report"]],
    [["administrator"], ["inbox", "search", "officers"]],
    [[], ["inbox", "search"]],
  ])("of %j are %j", (roles, places) => {
    expect(placesOf(...roles)).toEqual(places);
  });

  it("are few before it is known who is there", () => {
    expect(all.filter((place) => hasPlace(undefined, place))).toEqual(["inbox", "search"]);
  });
});
