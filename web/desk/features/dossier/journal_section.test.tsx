import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import { vi } from "../../i18n/vi.ts";
import { renderOnDesk, serveWith, someDossier } from "../../testing.tsx";
import { JournalSection } from "./journal_section.tsx";

afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
});

const words = vi.journal;

describe("the journal of a dossier", () => {
  it("tells who has read it, once somebody asks", async () => {
    const reading = { at: "2026-11-22T15:04:00+07:00", officer: "Nguyễn Đức Độ", agency: "H41.101", what: "file:f-1", why: "task:verify" };
    const sent = serveWith(({ path }) => (path.endsWith("/accesses") ? { body: { items: [reading, { ...reading, what: "dossier", why: "by_hierarchy" }] } } : undefined));
    renderOnDesk(<JournalSection dossier={someDossier({})} />);
    expect(sent).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: words.readings }));
    const rows = (await screen.findAllByRole("row")).map((row) => row.textContent);
    expect(rows.slice(1)).toEqual(["22/11/2026 15:04Nguyễn Đức ĐộTệpViệc đang làm", "22/11/2026 15:04Nguyễn Đức ĐộHồ sơCơ quan cấp trên"]);
  });

  it("says that the proof is on its way while no head is signed", async () => {
    serveWith(() => ({ status: 409, body: { type: "https://x/problems/proof-pending", title: "Chưa có", status: 409, detail: "Chờ" } }));
    renderOnDesk(<JournalSection dossier={someDossier({})} />);
    fireEvent.click(screen.getByRole("button", { name: words.proof }));
    expect(await screen.findByText(words.pending)).toBeTruthy();
  });
});
