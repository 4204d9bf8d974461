import { describe, expect, it } from "vitest";
import { formatDate, formatDateTime, formatDue, formatMoney, formatPartialDate, formatSize, formatWorkingMinutes, relativeDue } from "./format.ts";

describe("dates", () => {
  it("are shown on the clock of Vietnam whatever the zone of the moment", () => {
    expect(formatDateTime("2026-08-20T10:00:00+07:00")).toBe("20/08/2026 10:00");
    expect(formatDateTime("2026-08-20T18:30:00Z")).toBe("21/08/2026 01:30");
  });
  it("without a zone are already Vietnam's", () => {
    expect(formatDateTime("2026-08-20T23:59:00")).toBe("20/08/2026 23:59");
  });
  it("of a day alone never slip to the day before", () => {
    expect(formatDate("2026-01-01")).toBe("01/01/2026");
  });
  it("that are none come back as they were typed", () => {
    expect(formatDate("ngày mai")).toBe("ngày mai");
    expect(formatDate(null)).toBe("");
  });
  it("that are due name the day of the week", () => {
    expect(formatDue("2026-08-24T17:30:00+07:00", "vi")).toBe("17:30, Thứ Hai 24/08/2026");
    expect(formatDue("2026-08-24T17:30:00+07:00", "en")).toBe("17:30, Monday 24/08/2026");
  });
  it("known in part are shown in part", () => {
    expect(formatPartialDate("1987")).toBe("1987");
    expect(formatPartialDate("1987-05")).toBe("05/1987");
    expect(formatPartialDate("1987-05-02")).toBe("02/05/1987");
  });
});

describe("money", () => {
  it("groups thousands with dots", () => {
    expect(formatMoney(0)).toBe("0 đ");
    expect(formatMoney(800)).toBe("800 đ");
    expect(formatMoney(20_000)).toBe("20.000 đ");
    expect(formatMoney(1_234_567)).toBe("1.234.567 đ");
    expect(formatMoney(-5_000)).toBe("-5.000 đ");
  });
});

describe("sizes and working time", () => {
  it("use the comma in Vietnamese", () => {
    expect(formatSize(1_468_006, "vi")).toBe("1,4 MB");
    expect(formatSize(1_468_006, "en")).toBe("1.4 MB");
    expect(formatSize(512, "vi")).toBe("512 B");
  });
  it("count eight hours as a day", () => {
    expect(formatWorkingMinutes(1320, "vi")).toBe("2 ngày 6 giờ làm việc");
    expect(formatWorkingMinutes(480, "en")).toBe("1 day of working time");
    expect(formatWorkingMinutes(25, "vi")).toBe("25 phút làm việc");
    expect(formatWorkingMinutes(0, "vi")).toBe("dưới 1 phút làm việc");
  });
});

describe("relative due", () => {
  const due = "2026-08-24T17:30:00+07:00";
  it.each([
    ["2026-08-20T10:00:00+07:00", "còn 4 ngày", "4 days left"],
    ["2026-08-23T23:00:00+07:00", "hạn ngày mai", "due tomorrow"],
    ["2026-08-24T08:00:00+07:00", "hạn hôm nay", "due today"],
    ["2026-08-24T18:00:00+07:00", "quá hạn từ hôm nay", "overdue since today"],
    ["2026-08-25T00:10:00+07:00", "quá hạn 1 ngày", "overdue by 1 day"],
    // 17:05 UTC on the 24th is the 25th in Vietnam.
    ["2026-08-24T17:05:00Z", "quá hạn 1 ngày", "overdue by 1 day"],
  ])("seen at %s", (now, vietnamese, english) => {
    expect(relativeDue(due, now, "vi")).toBe(vietnamese);
    expect(relativeDue(due, now, "en")).toBe(english);
  });
});
