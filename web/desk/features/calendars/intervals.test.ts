import { describe, expect, it } from "vitest";
import { readIntervals, showIntervals } from "./intervals.ts";

describe("hours of a day", () => {
  it.each([
    ["07:30-11:30, 13:30-17:00", ["07:30-11:30", "13:30-17:00"]],
    ["7:30 – 11:30; 13h30 đến 17h", ["07:30-11:30", "13:30-17:00"]],
    ["0730-1130 và 1330-1700", ["07:30-11:30", "13:30-17:00"]],
    ["7-11", ["07:00-11:00"]],
    ["22:00-24:00", ["22:00-24:00"]],
    ["  ", []],
  ])("are read as they are typed: %j", (typed, intervals) => {
    expect(readIntervals(typed)).toEqual({ intervals });
  });

  it("come back as they were", () => {
    const typed = "07:30-11:30, 13:30-17:00";
    const read = readIntervals(typed);
    expect("intervals" in read && showIntervals(read.intervals)).toBe(typed);
  });

  it.each([
    ["sáng", { kind: "bad", text: "sáng" }],
    ["07:30", { kind: "bad", text: "07:30" }],
    ["07:30-11:30-12:00", { kind: "bad", text: "07:30-11:30-12:00" }],
    ["07:75-11:00", { kind: "bad", text: "07:75-11:00" }],
    ["20:00-25:00", { kind: "bad", text: "20:00-25:00" }],
    ["11:30-07:30", { kind: "backwards", text: "11:30-07:30" }],
    ["07:30-11:30, 11:00-17:00", { kind: "overlap" }],
    ["13:30-17:00, 07:30-11:30", { kind: "overlap" }],
    ["07:30-11:30, 11:30-17:00", { kind: "overlap" }],
  ])("that make no sense say which: %j", (typed, problem) => {
    expect(readIntervals(typed)).toEqual({ problem });
  });
});
