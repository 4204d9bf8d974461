import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi as mock } from "vitest";
import { vi } from "../../i18n/vi.ts";
import { renderOnDesk, serveWith } from "../../testing.tsx";
import FollowUpPage from "./follow_up_page.tsx";

beforeEach(() => history.replaceState(null, "", "/follow-up"));
afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
});

const row = {
  number: "7", code: "H41.101-261120-0001", id: "d1", procedure: { code: "1.001193", name: { vi: "Đăng ký khai sinh", en: "" } }, applicant: "Nguyễn Văn An", address: "16 Trường Thi", phone: "0912345678",
  lead_agency: { id: "H41.101", name: { vi: "UBND phường Trường Vinh", en: "" } }, received_at: "2026-11-20T08:00:00+07:00", due_at: "2026-11-23T17:30:00+07:00", appointed_at: "2026-11-27T17:30:00+07:00", returned_at: null, return_method: "counter", received_by: "", punctuality: "late",
};

function open(books: object[]) {
  return serveWith((request) => {
    if (request.path.endsWith("/session")) return { body: { signed_in: true, officer: { id: "o", name: "Hoa", agency: "H41.101.01", roles: ["reception"] } } };
    if (request.path.startsWith("/api/v1/agencies")) return { body: { items: [{ id: "H41.101.01", kind: "commune_centre", name: { vi: "Trung tâm PVHCC phường Trường Vinh", en: "" } }] } };
    if (request.path.startsWith("/api/v1/follow-up-books")) return { body: { books } };
    return { body: { rows: [row], next_cursor: null } };
  });
}

describe("the follow-up book", () => {
  it("opens the newest book of one's own unit, with every column of the form", async () => {
    const sent = open([{ book: "Hộ tịch", year: "2025" }, { book: "Hộ tịch", year: "2026" }]);
    renderOnDesk(<FollowUpPage />);
    const table = await screen.findByRole("table");
    expect(within(table).getAllByRole("columnheader").map((cell) => cell.textContent)).toEqual(Object.values(vi.followUp.columns));
    expect(table.textContent).toContain("H41.101-261120-0001");
    expect(table.textContent).toContain("quá hạn");
    // The legal date and, after a late apology, the one that was promised since.
    expect(table.textContent).toMatch(/23\/11\/2026.*hẹn lại.*27\/11\/2026/);
    const asked = new URL(sent.find((request) => request.path.startsWith("/api/v1/follow-up-book?"))?.path ?? "", "http://x").searchParams;
    expect([asked.get("agency"), asked.get("book"), asked.get("year")]).toEqual(["H41.101.01", "Hộ tịch", "2026"]);
    // What is exported is what is shown.
    const excel = screen.getByRole("link", { name: vi.followUp.xlsx }).getAttribute("href") ?? "";
    expect(new URL(excel, "http://x").searchParams.get("book")).toBe("Hộ tịch");
    expect(screen.queryByRole("textbox", { name: /Lý do/ })).toBeNull();
  });

  it("says that there is no book yet", async () => {
    open([]);
    renderOnDesk(<FollowUpPage />);
    expect(await screen.findByText(vi.followUp.noBook)).toBeTruthy();
    expect(screen.queryByRole("table")).toBeNull();
  });
});
