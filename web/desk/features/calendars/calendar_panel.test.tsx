import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import type { CalendarDay, OfficeCalendar, Schedule } from "../../api/calendars.ts";
import { vi } from "../../i18n/vi.ts";
import { renderOnDesk, serveWith, type Answer, type SentRequest } from "../../testing.tsx";
import { CalendarPanel } from "./calendar_panel.tsx";
import { forgetCalendars } from "./kept_calendars.ts";

afterEach(() => {
  cleanup();
  forgetCalendars();
  mock.unstubAllGlobals();
});

const words = vi.calendars;
const text = (vietnamese: string) => ({ vi: vietnamese, en: vietnamese });
const workday = { mon: ["07:30-11:30", "13:30-17:00"], tue: ["07:30-11:30"] };
const effective: Schedule = { hours: [{ valid_from: "2000-01-01", source: "", provisional: true, processing: workday, reception: workday }], closures: [], extra_days: [] };
const calendar: OfficeCalendar = {
  office: "H41.101",
  name: text("UBND phường Trường Vinh"),
  version: 2,
  own: { hours: effective.hours, closures: [], extra_days: [] },
  effective,
  inherits: [{ office: "H41", name: text("Tỉnh Nghệ An") }],
  history: [{ version: 2, at: "2026-10-01T09:00:00+07:00", by: "Quản trị", reason: "Đổi giờ mùa đông", act: "CV 12" }],
};
const day = (on: string, change: Partial<CalendarDay> = {}): CalendarDay => ({ on, works: true, kind: "work", intervals: ["07:30-11:30"], reception: [], why: null, act: "", provisional: false, ...change });
const november = Array.from({ length: 30 }, (_none, index) => {
  const on = `2026-11-${String(index + 1).padStart(2, "0")}`;
  return on === "2026-11-24" ? day(on, { works: false, kind: "holiday", why: text("Ngày Văn hóa Việt Nam"), act: "NQ 28/2026/QH16", provisional: true }) : day(on);
});
const preview = { checked: 1200, standing: 3, moved: 2, earlier: 0, later: 2, newly_overdue: 0, milliseconds: 4, sample: [{ id: "d1", code: "H41.101-261120-0001", from: "2026-11-25T17:00:00+07:00", to: "2026-11-26T17:00:00+07:00" }] };

function open(answer: (request: SentRequest) => Answer | undefined = () => undefined, mayChange = true) {
  const sent = serveWith((request) => {
    const given = answer(request);
    if (given) return given;
    if (request.path.includes("/years/")) return { body: { office: "H41.101", year: 2026, days: november } };
    if (request.path.endsWith("/preview")) return { body: preview };
    if (request.method === "PUT") return { body: { version: 3 } };
    return { body: calendar };
  });
  renderOnDesk(<CalendarPanel calendar={calendar} mayChange={mayChange} year={2026} onYear={() => undefined} />);
  const tab = (name: string | RegExp) => fireEvent.click(screen.getByRole("tab", { name }));
  const type = (name: string, value: string) => fireEvent.change(screen.getByRole("textbox", { name }), { target: { value } });
  const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
  const monday = `${words.processing}, ${words.weekdays[0]}`;
  return { sent, tab, type, press, monday, of: (method: string, end: string) => sent.filter((request) => request.method === method && request.path.endsWith(end)) };
}

describe("the year of an office", () => {
  it("marks a day off by letter, with its reason and that it is provisional", async () => {
    open();
    const mark = await screen.findByRole("button", { name: /Thứ Ba 24\/11\/2026: nghỉ\. Ngày Văn hóa Việt Nam · NQ 28\/2026\/QH16 · tạm tính/ });
    expect(mark.getAttribute("data-mark")).toBe("N");
    const list = screen.getByRole("table", { name: words.special });
    expect(within(list).getByText("Ngày Văn hóa Việt Nam")).toBeTruthy();
  });

  it("is for reading only where somebody may not change it", () => {
    const page = open(() => undefined, false);
    page.tab(words.tabs.hours);
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(screen.getAllByText("07:30-11:30, 13:30-17:00").length).toBeGreaterThan(0);
    expect(screen.queryByText(words.recompute.title)).toBeNull();
  });
});

describe("changing a calendar", () => {
  it("shows what would move before it can be saved, and saves with reason and act", async () => {
    const page = open();
    page.tab(words.tabs.hours);
    page.type(page.monday, "7:30-11:30, 13:30-17:30");
    expect(screen.getByText(words.save.says)).toBeTruthy();
    expect(screen.queryByRole("button", { name: words.save.submit })).toBeNull();
    page.press(words.save.look);
    await screen.findByText(words.preview.checked("1.200"), { exact: false });
    expect(page.of("POST", "/preview")[0]?.body).toMatchObject({ schedule: { hours: [{ processing: { mon: ["07:30-11:30", "13:30-17:30"] } }] } });

    page.press(words.save.submit);
    expect(screen.getByText(vi.common.reasonTooShort)).toBeTruthy();
    page.type(words.save.reason, "Giờ mùa hè");
    page.type(words.save.act, "CV 99/UBND");
    page.press(words.save.submit);
    await screen.findByText(words.save.saved(3));
    const [put] = page.of("PUT", "/H41.101");
    expect(put?.headers["If-Match"]).toBe('"2"');
    expect(put?.body).toMatchObject({ reason: "Giờ mùa hè", act: "CV 99/UBND" });
  });

  it("wants another look when something was typed after the preview", async () => {
    const page = open();
    page.tab(words.tabs.hours);
    page.type(page.monday, "08:00-12:00");
    page.press(words.save.look);
    await screen.findByRole("button", { name: words.save.submit });
    page.type(page.monday, "08:00-11:00");
    expect(screen.queryByRole("button", { name: words.save.submit })).toBeNull();
    expect(screen.getByText(words.save.lookAgain)).toBeTruthy();
  });

  it("tells what is wrong at its field before and after asking the server", async () => {
    const problem = { type: "x/bad-schedule", title: "Lịch chưa hợp lệ", status: 422, detail: "Xem từng mục.", problems: [{ field: "hours/0/processing/mon/1", code: "overlap", message: text("Trùng với khoảng trước.") }] };
    const page = open((request) => (request.path.endsWith("/preview") ? { status: 422, body: problem } : undefined));
    page.tab(words.tabs.hours);
    page.type(page.monday, "sáng");
    page.press(words.save.look);
    const mondayProblem = (message: string) => `${words.processing}, ${words.weekdays[0]}: ${message}`;
    expect(screen.getByText(words.badInterval("sáng"))).toBeTruthy();
    expect(screen.getByText(mondayProblem(words.badInterval("sáng")))).toBeTruthy();
    expect(page.of("POST", "/preview")).toHaveLength(0);

    page.type(page.monday, "07:30-11:30, 11:40-17:00");
    page.press(words.save.look);
    expect(await screen.findByText("Trùng với khoảng trước.")).toBeTruthy();
    expect(screen.getByRole("textbox", { name: page.monday }).getAttribute("aria-invalid")).toBe("true");
    page.tab(words.tabs.year);
    page.press(mondayProblem("Trùng với khoảng trước."));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("textbox", { name: page.monday })));
  });

  it("says who was faster, keeps what was typed and saves it on the new version", async () => {
    const theirs = { ...calendar, version: 3, history: [...calendar.history, { version: 3, at: "2026-11-23T08:00:00+07:00", by: "Trần Văn Bình", reason: "Nghỉ bão", act: "CĐ 5" }] };
    let refused = false;
    const page = open((request) => {
      if (request.method === "PUT" && !refused) {
        refused = true;
        return { status: 412, body: { type: "x/stale-version", title: "Đã thay đổi", status: 412, detail: "Xem bản mới." } };
      }
      return request.method === "GET" && request.path.endsWith("/H41.101") ? { body: theirs } : undefined;
    });
    page.tab(words.tabs.hours);
    page.type(page.monday, "08:00-12:00");
    page.type(words.save.reason, "Giờ mùa hè");
    page.type(words.save.act, "CV 99/UBND");
    page.press(words.save.look);
    fireEvent.click(await screen.findByRole("button", { name: words.save.submit }));
    expect((await screen.findByText(/Trần Văn Bình đã lưu lúc/)).textContent).toContain("Nghỉ bão");
    page.press(words.save.conflictGo);
    expect((screen.getByRole("textbox", { name: page.monday }) as HTMLInputElement).value).toBe("08:00-12:00");
    page.press(words.save.look);
    fireEvent.click(await screen.findByRole("button", { name: words.save.submit }));
    await waitFor(() => expect(page.of("PUT", "/H41.101")).toHaveLength(2));
    expect(page.of("PUT", "/H41.101")[1]?.headers["If-Match"]).toBe('"3"');
  });

  it("is still there after a look at another page", () => {
    const first = open();
    first.tab(words.tabs.hours);
    first.type(first.monday, "08:00-12:00");
    cleanup();
    const again = open();
    again.tab(words.tabs.hours);
    expect((screen.getByRole("textbox", { name: again.monday }) as HTMLInputElement).value).toBe("08:00-12:00");
    again.press(words.discard);
    expect((screen.getByRole("textbox", { name: again.monday }) as HTMLInputElement).value).toBe("07:30-11:30, 13:30-17:00");
  });
});

describe("recomputing due dates", () => {
  it("is a step of its own, asks first, and goes on until nothing is left", async () => {
    const steps = [{ moved: 1, remaining: 1, failed: [] }, { moved: 1, remaining: 0, failed: [{ code: "H41.101-261120-0009", reason: text("Đang tạm dừng") }] }];
    const page = open((request) => (request.path.endsWith("/recompute") ? { body: steps.shift() } : undefined));
    page.press(words.recompute.look);
    fireEvent.click(await screen.findByRole("button", { name: words.recompute.start("2") }));
    expect(page.of("POST", "/recompute")).toHaveLength(0);
    page.press(words.recompute.confirm);
    expect(screen.getByText(words.recompute.needReason)).toBeTruthy();
    page.type(vi.common.reason, "Giờ mùa hè");
    page.type(words.save.act, "CV 99/UBND");
    page.press(words.recompute.confirm);
    await screen.findByText(words.recompute.done("2"));
    const calls = page.of("POST", "/recompute");
    expect(calls).toHaveLength(2);
    expect(calls[0]?.body).toEqual({ reason: "Giờ mùa hè", act: "CV 99/UBND" });
    expect(calls[0]?.headers["Idempotency-Key"]).not.toBe(calls[1]?.headers["Idempotency-Key"]);
    expect(screen.getByText(/H41\.101-261120-0009/)).toBeTruthy();
  });
});
