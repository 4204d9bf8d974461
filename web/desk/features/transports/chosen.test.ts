import { describe, expect, it } from "vitest";
import type { TransportItem } from "../../api/transports.ts";
import { doneCount, keyOfItem, refusals, stillThere, toggled } from "./chosen.ts";

const item = (id: string, number: number) => ({ dossier: { id }, transport: { number } }) as unknown as TransportItem;

describe("chosen transports", () => {
  it("are ticked and unticked", () => {
    const once = toggled(new Set(), "a:1");
    expect([...once]).toEqual(["a:1"]);
    expect([...toggled(once, "a:1")]).toEqual([]);
  });

  it("forget what somebody else has moved", () => {
    const chosen = new Set(["a:1", "b:1"]);
    expect(stillThere(chosen, [item("b", 1), item("c", 1)]).map(keyOfItem)).toEqual(["b:1"]);
  });

  it("tell done from refused", () => {
    const outcomes = [
      { dossier: "a", transport: 1, done: true },
      { dossier: "b", transport: 1, done: false, problem: { code: "not_on_its_way", detail: { vi: "x", en: "x" } } },
    ];
    expect(doneCount(outcomes)).toBe(1);
    expect(refusals(outcomes).map((one) => one.dossier)).toEqual(["b"]);
  });
});
