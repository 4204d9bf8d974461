import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import type { Revision } from "../../api/procedures.ts";
import { vi } from "../../i18n/vi.ts";
import { renderOnDesk } from "../../testing.tsx";
import ProcedurePage from "./procedure_page.tsx";
import ProceduresPage from "./procedures_page.tsx";
import { onTimeLine, standingOf, usualComparison } from "./revisions.ts";
import { administrator, refusal, serve, text } from "./test_answers.ts";

afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
  history.replaceState(null, "", "/");
});

const words = vi.procedures;
const old = "a".repeat(64);
const now = "b".repeat(64);
const national = (digest: string, from: string | null, in_force: boolean): Revision => ({
  layer: "nation", agency: "", origin: "shipped", digest, from, to: null, in_force, proposed_by: "", approved_by: "", approved_at: null, tested: null,
});
const revisions: Revision[] = [
  national(old, null, false),
  { ...national(now, "2026-01-01", true), proposed_by: "Hiển", approved_by: "Thu", approved_at: "2025-12-20T08:00:00+07:00", tested: { scenarios: 9, failed: 0, branches: 40, covered: 40, at: "2025-12-19T08:00:00+07:00" } },
  { ...national("c".repeat(64), "2026-03-01", true), layer: "overlay", agency: "H41.101", origin: "folder", proposed_by: "Hiển", approved_by: "Thu" },
];
const difference = {
  count: 2,
  differences: {
    deadline: [{ path: "cases.usual.limits", text: text("Thời hạn ngắn lại còn 2 ngày làm việc"), before: text("3 ngày làm việc"), after: text("2 ngày làm việc") }],
    fee: [{ path: "fees", text: text("Miễn lệ phí"), before: text("8.000 đ"), after: text("") }],
  },
};

function listed(count: number, from = 0) {
  return Array.from({ length: count }, (_each, index) => ({
    code: `1.${String(from + index).padStart(6, "0")}`, name: text(`Thủ tục ${from + index}`), summary: text(""), field: text("Hộ tịch"), level: "commune", channels: ["online"], limit: text("3 ngày"), fee: text("Miễn phí"),
  }));
}

describe("the list of procedures", () => {
  it("shows a page of two thousand, the next on demand, and asks the server for what is typed", async () => {
    const sent = serve((request) => {
      const query = new URL(request.path, "http://desk").searchParams;
      if (query.get("q")) return { body: { items: listed(1), total: 1 } };
      const begin = Number(query.get("cursor") ?? 0);
      return { body: { items: listed(50, begin), total: 2000, next_cursor: String(begin + 50) } };
    });
    renderOnDesk(<ProceduresPage />);
    expect(await screen.findByText(words.shown("50", "2.000"))).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: vi.common.loadMore }));
    expect(await screen.findByText(words.shown("100", "2.000"))).toBeTruthy();
    fireEvent.change(screen.getByLabelText(words.search), { target: { value: "ket hon" } });
    expect(await screen.findByText(words.shown("1", "1"))).toBeTruthy();
    expect(sent.some((each) => each.path.includes("q=ket+hon"))).toBe(true);
    expect(location.search).toBe("?q=ket+hon");
  });

  it("says what to do where nothing fits, and shows the server's refusal with a way on", async () => {
    let down = true;
    serve(() => (down ? refusal(500, "Kho dữ liệu đang bận.") : { body: { items: [], total: 0 } }));
    renderOnDesk(<ProceduresPage />);
    expect((await screen.findByRole("alert")).textContent).toContain("Kho dữ liệu đang bận.");
    down = false;
    fireEvent.click(screen.getByRole("button", { name: vi.error.retry }));
    expect(await screen.findByText(words.none)).toBeTruthy();
  });

  it("is not for others, and asks nothing for them", async () => {
    const sent = serve(() => ({ body: { items: [], total: 0 } }), { ...administrator, roles: ["leader"] });
    renderOnDesk(<ProceduresPage />);
    expect(await screen.findByText(words.onlyAdministrators)).toBeTruthy();
    expect(sent.some((each) => each.path.includes("/procedures"))).toBe(false);
  });
});

describe("the page of one procedure", () => {
  const open = () =>
    serve((request) => {
      if (request.path.includes("/revisions")) return { body: { items: revisions } };
      if (request.path.includes("/difference")) return { body: difference };
      return { body: { code: "1.001193", name: text("Đăng ký khai sinh"), field: text("Hộ tịch"), level: "commune" } };
    });

  it("tells who proposed and approved each revision, and how it was tested", async () => {
    open();
    renderOnDesk(<ProcedurePage code="1.001193" />);
    const line = (await screen.findByText(words.timelineLead)).closest("section") as HTMLElement;
    const items = within(line).getAllByRole("listitem");
    expect(items).toHaveLength(3);
    expect(items[0]?.textContent).toContain(words.past);
    expect(items[1]?.textContent).toContain(words.decided("Hiển", "Thu", "20/12/2025 08:00"));
    expect(items[1]?.textContent).toContain(words.test("9", "40", "40", "19/12/2025 08:00"));
    await waitFor(() => expect(items[2]?.textContent).toContain("UBND phường Thành Vinh"));
  });

  it("compares the agency's with the nation's first, grouped, with before and after, and turns round", async () => {
    const sent = open();
    renderOnDesk(<ProcedurePage code="1.001193" />);
    expect(await screen.findByText("Thời hạn ngắn lại còn 2 ngày làm việc")).toBeTruthy();
    expect(sent.find((each) => each.path.includes("/difference"))?.path).toContain("to=H41.101");
    const headings = screen.getAllByRole("heading", { level: 3 }).map((each) => each.textContent);
    expect(headings).toEqual([words.affected.citizen, words.affected.officer, `${words.affected.deadline} (1)`, `${words.affected.fee} (1)`, words.affected.law]);
    const fee = screen.getByText("Miễn lệ phí").closest("li") as HTMLElement;
    expect(fee.textContent).toContain(`${words.before}8.000 đ`);
    expect(fee.textContent).toContain(`${words.after}${words.nothing}`);
    fireEvent.click(screen.getByRole("button", { name: words.swap }));
    await waitFor(() => expect(sent.some((each) => each.path.includes("from=H41.101"))).toBe(true));
  });
});

describe("revisions on a time line", () => {
  it("stand in the order in which they begin", () => {
    expect(onTimeLine([...revisions].reverse()).map((one) => one.digest[0])).toEqual(["a", "b", "c"]);
  });
  it("are in force, to come, or over", () => {
    expect(revisions.map((one) => standingOf(one, "2026-05-01"))).toEqual(["past", "inForce", "inForce"]);
    expect(standingOf(national(now, "2027-01-01", false), "2026-05-01")).toBe("notYet");
  });
  it("without overlays are compared with the one before; a single one with nothing", () => {
    expect(usualComparison(revisions.slice(0, 2))).toEqual({ from: old, to: now });
    expect(usualComparison(revisions.slice(0, 1))).toEqual({ from: "", to: "" });
  });
});
