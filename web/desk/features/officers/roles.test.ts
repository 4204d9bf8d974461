import { describe, expect, it } from "vitest";
import type { Officer } from "@shared/schemas.ts";
import { hasPlace, type Place } from "./roles.ts";

const all: Place[] = ["inbox", "intake", "search", "cashier", "report", "follow-up", "calendars", "procedures", "proposals", "catalogue", "reconciliation", "officers"];
const placesOf = (...roles: string[]) => all.filter((place) => hasPlace({ roles } as Officer, place));

describe("the places of the desk", () => {
  it.each([
    [["reception", "cashier"], ["inbox", "intake", "search", "cashier", "follow-up", "calendars"]],
    [["specialist"], ["inbox", "search", "calendars"]],
    [["leader"], ["inbox", "search", "cashier", "report", "follow-up", "calendars"]],
    [["administrator"], ["inbox", "search", "calendars", "procedures", "proposals", "catalogue", "reconciliation", "officers"]],
    [[], ["inbox", "search", "calendars"]],
  ])("of %j are %j", (roles, places) => {
    expect(placesOf(...roles)).toEqual(places);
  });

  it("are few before it is known who is there", () => {
    expect(all.filter((place) => hasPlace(undefined, place))).toEqual(["inbox", "search", "calendars"]);
  });
});
