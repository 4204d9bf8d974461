import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import { vi } from "../../i18n/vi.ts";
import { renderOnDesk, serveWith } from "../../testing.tsx";
import { changesOf, draftOf } from "../officers/officer_draft.ts";
import CoveragePage from "./coverage_page.tsx";
import { ForesightNote } from "./foresight_note.tsx";
import { cellText, stateOf } from "./state.ts";

afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
});

const words = vi.coverage;
const commune = { id: "H41.101", name: { vi: "UBND phường Thành Vinh", en: "Thành Vinh" } };
const procedure = { code: "1.001193", name: { vi: "Đăng ký khai sinh", en: "Birth" } };
const person = (name: string) => ({ id: name, name, position: { vi: "Văn thư", en: "Clerk" }, agency: "H41.101" });
const step = {
  step: "number", title: { vi: "Vào sổ", en: "Number" }, action: "issue", role: "clerk", role_title: { vi: "Văn thư", en: "Clerk" }, agency: commune,
  state: "gap", people: [], reason: "absent", explanation: { vi: "Tất cả đều vắng mặt.", en: "All are away." },
  hindrances: [{ ...person("Hồ Thị Thùy"), why: "absent", until: "2026-12-01T00:00:00+07:00" }], candidates: [person("Trần Thị Khuê")],
  course: [{ from: "2026-11-23T00:00:00+07:00", people: 0 }, { from: "2026-12-01T00:00:00+07:00", people: 1 }],
};

function open(roles: string[]) {
  return serveWith((request) => {
    const path = request.path.split("?")[0] ?? "";
    if (path.endsWith("/session")) return { body: { signed_in: true, officer: { id: "o", name: "Hiển", agency: "H41", roles } } };
    if (path.endsWith("/matrix")) {
      return {
        body: {
          columns: [{ id: "Hộ tịch", name: { vi: "Hộ tịch", en: "Civil status" } }], columns_left_out: 0, rows_total: 1, next_cursor: null,
          rows: [{ agency: commune, kind: "commune_committee", total: { steps: 12, gaps: 3, thin: 1 }, cells: [{ steps: 12, gaps: 3, thin: 1 }] }],
        },
      };
    }
    if (path.endsWith("/procedures")) return { body: { agency: commune, items: [{ procedure, steps: 6, gaps: 1, thin: 0 }], total: 1, next_cursor: null } };
    if (path.endsWith("/1.001193")) return { body: { agency: commune, procedure, items: [step] } };
    return { body: { at: "", until: "", steps: 12, gaps: 3, thin: 1, procedures: 2, procedures_with_gaps: 1, agencies: 1, kinds: [], unreadable: [], computed_us: 5 } };
  });
}

describe("the page of coverage", () => {
  it("leads from a cell to the procedure, its step and the people", async () => {
    open(["administrator"]);
    renderOnDesk(<CoveragePage />);
    const cell = await screen.findByRole("button", { name: new RegExp(words.openCell(commune.name.vi, "Hộ tịch")) });
    expect(cell.textContent).toBe("3/12");
    fireEvent.click(cell);
    const panel = await screen.findByRole("dialog");
    fireEvent.click(await within(panel).findByText("Đăng ký khai sinh"));
    expect(await within(panel).findByText("Tất cả đều vắng mặt.")).toBeTruthy();
    expect(panel.textContent).toContain("Hồ Thị Thùy");
    expect(panel.textContent).toContain("Trần Thị Khuê");
  });

  it("asks for one field when its name is chosen", async () => {
    const sent = open(["leader"]);
    renderOnDesk(<CoveragePage />);
    fireEvent.click(await screen.findByRole("button", { name: "Hộ tịch" }));
    await waitFor(() => expect(sent.some((each) => decodeURIComponent(each.path).includes("field=Hộ tịch") || each.path.includes("field=H"))).toBe(true));
    expect(await screen.findByText(words.fieldIs("Hộ tịch"))).toBeTruthy();
  });

  it("is not for a specialist", async () => {
    open(["specialist"]);
    renderOnDesk(<CoveragePage />);
    expect(await screen.findByText(words.notAllowed)).toBeTruthy();
  });
});

describe("foreseeing", () => {
  it("tells what a deed would leave without anybody", async () => {
    serveWith(() => ({
      body: {
        steps: 14, procedures: 6, agencies: 1, gaps_total: 1, text: { vi: "Nếu làm việc này, 14 bước của 6 thủ tục sẽ không có người xử lý.", en: "" },
        gaps: [{ agency: commune, action: "approve", role: "leader", role_title: { vi: "Lãnh đạo", en: "" }, from: null, until: null, reason: "disabled", explanation: { vi: "", en: "" }, hindrances: [], candidates: [person("Lê Văn A")], steps: 14, procedures: 6, cells: [] }],
      },
    }));
    renderOnDesk(<ForesightNote changes={[{ kind: "officer", officer: "o1", active: false }]} />);
    const note = await screen.findByRole("alert");
    expect(note.textContent).toContain("14 bước của 6 thủ tục");
    expect(note.textContent).toContain("Lê Văn A");
  });

  it("asks about an account only where roles or agency change", () => {
    const officer = { ...draftOf(null), id: "o1", roles: ["leader"], agency: "H41.101", active: true, identity_number: "", agency_name: { vi: "", en: "" } };
    const draft = { ...draftOf(null), roles: ["leader"], agency: "H41.101" };
    expect(changesOf(officer, draft, false)).toEqual([]);
    expect(changesOf(officer, { ...draft, roles: ["clerk"] }, false)).toHaveLength(1);
    expect(changesOf(officer, draft, true)).toEqual([{ kind: "officer", officer: "o1", active: false }]);
  });
});

it("shows how many are missing of how many", () => {
  expect(cellText({ steps: 12, gaps: 3, thin: 0 })).toBe("3/12");
  expect(cellText({ steps: 12, gaps: 0, thin: 0 })).toBe("12");
  expect(stateOf({ steps: 1, gaps: 0, thin: 1 })).toBe("thin");
});
