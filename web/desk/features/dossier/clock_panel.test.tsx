import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { vi } from "../../i18n/vi.ts";
import { renderOnDesk, someDossier } from "../../testing.tsx";
import { ClockPanel } from "./clock_panel.tsx";

afterEach(cleanup);

const text = (words: string) => ({ vi: words, en: words });
const article = "Bộ luật Dân sự 2015, điều 147 khoản 2";
const clock = {
  state: "running",
  started_at: "2026-08-20T10:00:00+07:00",
  due_at: "2026-08-24T17:30:00+07:00",
  limit: text("3 ngày làm việc"),
  published_limit: text("5 ngày làm việc"),
  published_due_at: "2026-08-26T17:30:00+07:00",
  remaining_minutes: 960,
  due_state: "on_track",
  explanation: [
    { text: text(`Không tính ngày tiếp nhận: thứ Năm 20/08/2026 (${article}).`), article },
    { text: text("Hạn trả kết quả: 17:30 thứ Hai 24/08/2026."), article: "" },
  ],
};

describe("the clock of a dossier", () => {
  it("explains its due date step by step, with the act below each step", async () => {
    renderOnDesk(<ClockPanel dossier={someDossier({ due_at: clock.due_at, due_state: "on_track", clock })} now={Date.parse("2026-08-21T08:00:00+07:00")} />);
    fireEvent.click(screen.getByRole("button", { name: vi.due.why }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Vì sao là Thứ Hai 24/08/2026?");
    expect([...dialog.querySelectorAll("ol > li")].map((step) => step.textContent)).toEqual([
      `Không tính ngày tiếp nhận: thứ Năm 20/08/2026.${article}`,
      "Hạn trả kết quả: 17:30 thứ Hai 24/08/2026.",
    ]);
    expect(dialog.textContent).toContain("17:30, Thứ Tư 26/08/2026");
  });

  it("shows the score of the national index apart, and says that it is no due date", () => {
    const scored = { due_at: clock.due_at, score: "second_supplement", text: text("Yêu cầu bổ sung lần hai tính là trễ hạn.") };
    renderOnDesk(<ClockPanel dossier={someDossier({ due_at: clock.due_at, clock: { ...clock, scored } })} />);
    const group = screen.getByRole("group", { name: vi.clock.scoredTitle });
    expect(group.textContent).toContain(vi.clock.scores["second_supplement"]);
    expect(group.textContent).toContain(vi.clock.scoredNote);
  });

  it("has no score where nothing is scored yet", () => {
    renderOnDesk(<ClockPanel dossier={someDossier({ clock: { ...clock, scored: { due_at: null, score: "not_started", text: text("") } } })} />);
    expect(screen.queryByRole("group", { name: vi.clock.scoredTitle })).toBeNull();
  });
});
