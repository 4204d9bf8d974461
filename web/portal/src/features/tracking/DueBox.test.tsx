import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Tracking } from "@shared/schemas.ts";
import { vi } from "../../language/vi.ts";
import { DueBox } from "./DueBox.tsx";

afterEach(cleanup);

const now = "2026-11-23T09:00:00+07:00";
const text = (vietnamese: string) => ({ vi: vietnamese, en: vietnamese });

function show(clock: object, change: object = {}) {
  const tracking = {
    due_at: "2026-11-26T17:30:00+07:00",
    finished_at: null,
    clock: { state: "running", due_state: "on_track", remaining_minutes: 1920, limit: text("4 ngày làm việc"), published_limit: text("5 ngày làm việc"), explanation: [], ...clock },
    ...change,
  };
  render(<DueBox tracking={tracking as unknown as Tracking} now={now} />);
  return document.body.textContent ?? "";
}

describe("the due date for the citizen", () => {
  it("comes with its day of the week and what is left", () => {
    const shown = show({});
    expect(shown).toContain("17:30, Thứ Năm 26/11/2026");
    expect(shown).toContain("4 ngày làm việc");
  });

  it("says what the clock waits for, in plain words, and until when", () => {
    const shown = show({
      state: "paused",
      due_state: "paused",
      explanation: [{ text: text("Đang tạm dừng, còn lại 3 ngày làm việc."), article: "" }],
      paused_for: { cause: "financial_obligation", label: text("nghĩa vụ tài chính"), basis: "Luật Đất đai", note: "Theo thông báo số 12.", since: "2026-11-20T08:00:00+07:00", expected_until: "2026-12-01", by: "An" },
    }, { due_at: null, expected_due_at: "2026-11-26T17:30:00+07:00" });
    expect(shown).toContain("chờ ông/bà nộp khoản tiền theo thông báo");
    expect(shown).toContain("Dự kiến tiếp tục sau Thứ Ba 01/12/2026");
    expect(shown).toContain("Luật Đất đai");
    expect(shown).toContain("Theo thông báo số 12.");
    // A day that cannot be known is not named.
    expect(shown).not.toContain("26/11/2026");
    expect(shown).toContain(vi.tracking.dueStands);
    expect(shown).toContain(vi.tracking.whyCount);
  });

  it("names the new date after a late apology, and does not hide that the legal one has passed", () => {
    const shown = show(
      { due_state: "overdue", appointed_at: "2026-11-27T17:30:00+07:00" },
      { due_at: "2026-11-20T17:30:00+07:00", apology: { due_at: "2026-11-20T17:30:00+07:00", new_due_at: "2026-11-27T17:30:00+07:00", reason: "Chờ xác minh", signed_at: now, number: "1" } },
    );
    expect(shown).toContain(vi.tracking.dueNew);
    expect(shown).toContain("17:30, Thứ Sáu 27/11/2026");
    expect(shown).toContain("Quá hạn 3 ngày");
    expect(shown).toContain("Hạn theo quy định là Thứ Sáu 20/11/2026");
  });

  it("explains itself step by step, each with its act", () => {
    const article = "Bộ luật Dân sự 2015, điều 147 khoản 2";
    show({ explanation: [{ text: text(`Không tính ngày tiếp nhận: thứ Sáu 20/11/2026 (${article}).`), article }] });
    expect(screen.getByText(vi.tracking.why)).toBeTruthy();
    expect(screen.getByText("Không tính ngày tiếp nhận: thứ Sáu 20/11/2026.", { exact: false })).toBeTruthy();
    expect(screen.getByText(article)).toBeTruthy();
  });
});
