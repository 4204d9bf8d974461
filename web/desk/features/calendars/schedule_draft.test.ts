import { describe, expect, it } from "vitest";
import type { Schedule } from "../../api/calendars.ts";
import { vi } from "../../i18n/vi.ts";
import { draftOf, fingerprint, placeOf, problemAt, scheduleOf } from "./schedule_draft.ts";

const schedule: Schedule = {
  hours: [
    {
      valid_from: "2026-01-01",
      source: "QĐ 12/QĐ-UBND",
      provisional: false,
      processing: { mon: ["07:30-11:30", "13:30-17:00"], sat: ["07:30-11:00"] },
      reception: { mon: ["07:30-11:30"] },
    },
  ],
  closures: [{ first: "2026-12-01", last: "2026-12-02", hours: "13:30-17:00", reason: { vi: "Hội nghị", en: "Conference" }, act: "CV 5" }],
  extra_days: [{ on: "2026-12-05", processing: ["07:30-11:30"], reception: [], reason: { vi: "Làm thêm", en: "Làm thêm" }, act: "" }],
};

describe("a schedule that is typed", () => {
  it("comes back as it was", () => {
    expect(scheduleOf(draftOf(schedule), vi)).toEqual({ schedule, problems: [] });
  });

  it("is equal to another that says the same", () => {
    expect(fingerprint(draftOf(schedule))).toBe(fingerprint(draftOf(schedule)));
    expect(fingerprint(draftOf(schedule))).not.toBe(fingerprint(draftOf(null)));
  });

  it("tells every problem at the field that the server would name", () => {
    const draft = draftOf(schedule);
    draft.hours[0]!.valid_from = "";
    draft.hours[0]!.processing.tue = "sáng";
    draft.closures[0]!.last = "2026-11-30";
    draft.closures[0]!.reasonVi = " ";
    draft.extra_days[0]!.on = "2026-02-30";
    expect(scheduleOf(draft, vi).problems.map((problem) => problem.field)).toEqual([
      "hours/0/valid_from", "hours/0/processing/tue", "closures/0/last", "closures/0/reason", "extra_days/0/on",
    ]);
  });

  it("shows the problem of an interval at the box of its day", () => {
    const problems = [{ field: "hours/0/processing/mon/1", message: "Chồng lên nhau" }];
    expect(problemAt(problems, "hours/0/processing/mon")).toBe("Chồng lên nhau");
    expect(problemAt(problems, "hours/0/processing/tue")).toBeNull();
    expect(placeOf("hours/0/processing/mon/1", vi)).toBe("Giờ giải quyết, Thứ Hai");
    expect(placeOf("closures/1/reason/vi", vi)).toBe("Ngày nghỉ riêng của cơ quan, dòng 2, Lý do");
    expect(placeOf("hours", vi)).toBe("Giờ làm việc");
    expect(placeOf("", vi)).toBe("");
    expect(problemAt([{ field: "hours/10/source", message: "x" }], "hours/1")).toBeNull();
  });
});
