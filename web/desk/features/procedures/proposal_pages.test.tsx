import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import type { Proposal, ProposedItem } from "../../api/procedures.ts";
import { vi } from "../../i18n/vi.ts";
import { renderOnDesk } from "../../testing.tsx";
import ProposalPage from "./proposal_page.tsx";
import ProposalsPage from "./proposals_page.tsx";
import { beginnings, concernOf, itemsToShow } from "./proposed_items.ts";
import { refusal, serve } from "./test_answers.ts";

afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
});

const words = vi.proposals;
const item = (code: string, change: Partial<ProposedItem> = {}): ProposedItem => ({
  kind: "package", code, agency: "", name: `Thủ tục ${code}`, digest: "d".repeat(64), tested_digest: "d".repeat(64), origin: "draft", scenarios: 4, branches: 10, covered: 10, ...change,
});
const proposal = (change: Partial<Proposal> = {}): Proposal => ({
  id: "P1", version: 1, state: "open", count: 1, note: "Đợt đầu", proposed_by: "o2", proposed_by_name: "Thu", proposed_at: "2026-11-20T08:00:00+07:00",
  decided_by: "", decided_by_name: "", reason: "", items: [item("1.000001")], ...change,
});
const many = Array.from({ length: 1800 }, (_each, index) => item(`1.${String(index).padStart(6, "0")}`, index === 1700 ? { covered: 9 } : {}));

describe("the list of proposals", () => {
  it("shows them as sent, and those of one state", async () => {
    serve(() => ({ body: { items: [proposal(), proposal({ id: "P2", state: "approved", decided_by_name: "Hiển", decided_at: "2026-11-21T08:00:00+07:00" })] } }));
    renderOnDesk(<ProposalsPage />);
    const table = await screen.findByRole("table");
    expect(within(table).getAllByRole("link").map((link) => link.textContent)).toEqual(["P1", "P2"]);
    fireEvent.click(screen.getByRole("radio", { name: `${words.states.approved} (1)` }));
    expect(within(screen.getByRole("table")).getAllByRole("link").map((link) => link.textContent)).toEqual(["P2"]);
  });
});

describe("the page of one proposal", () => {
  it("shows 1,800 items a page at a time, what needs a look first, and finds by code", async () => {
    serve(() => ({ body: proposal({ items: many, count: 1800 }) }));
    renderOnDesk(<ProposalPage id="P1" />);
    expect(await screen.findByText(words.shown("1", "50", "1.800"))).toBeTruthy();
    const rows = within(screen.getByRole("table")).getAllByRole("row");
    expect(rows).toHaveLength(51);
    expect(rows[1]?.textContent).toContain("1.001700");
    expect(rows[1]?.textContent).toContain(words.notCovered);
    fireEvent.click(screen.getByRole("button", { name: words.page(2) }));
    expect(screen.getByText(words.shown("51", "100", "1.800"))).toBeTruthy();
    fireEvent.change(screen.getByLabelText(words.find), { target: { value: "1.000042" } });
    expect(screen.getByText(words.shown("1", "1", "1"))).toBeTruthy();
    fireEvent.change(screen.getByLabelText(words.find), { target: { value: "" } });
    fireEvent.click(screen.getByRole("checkbox", { name: words.problemsOnly("1") }));
    expect(within(screen.getByRole("table")).getAllByRole("row")).toHaveLength(2);
  });

  it("is approved after it was said what happens, under a key", async () => {
    const approved = proposal({ state: "approved", decided_by: "o1", decided_by_name: "Hiển", decided_at: "2026-11-23T08:00:00+07:00" });
    const nobodyLeft = { steps: 0, procedures: 0, gaps: [], gaps_total: 0, text: { vi: "Không bước nào mất người.", en: "No step is left without anybody." } };
    const sent = serve((request) => {
      if (request.path.includes("/coverage/foresight")) return { body: nobodyLeft };
      return { body: request.method === "POST" ? approved : proposal() };
    });
    renderOnDesk(<ProposalPage id="P1" />);
    fireEvent.click(await screen.findByRole("button", { name: words.approve }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain(words.nowFrom("1"));
    expect(dialog.textContent).toContain(words.approveKept);
    expect(await within(dialog).findByText(nobodyLeft.text.vi)).toBeTruthy();
    fireEvent.click(within(dialog).getByRole("button", { name: words.approve }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent.filter((each) => each.path.includes("/coverage/foresight")), "what it would leave without anybody is asked before").not.toEqual([]);
    const post = sent.find((each) => each.method === "POST" && each.path.includes("/proposals/P1/approval"));
    expect(post).toBeTruthy();
    expect(post?.headers["Idempotency-Key"]).toBeTruthy();
    expect(await screen.findByText(words.states.approved)).toBeTruthy();
    expect(screen.queryByRole("button", { name: words.approve })).toBeNull();
  });

  it("is declined only with a reason, which stays when the server refuses", async () => {
    serve((request) => (request.method === "POST" ? refusal(409, "Người khác vừa quyết định.") : { body: proposal() }));
    renderOnDesk(<ProposalPage id="P1" />);
    fireEvent.click(await screen.findByRole("button", { name: words.decline }));
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("button", { name: words.decline }));
    expect(within(dialog).getByText(words.reasonMissing)).toBeTruthy();
    const reason = within(dialog).getByLabelText(new RegExp(words.reason));
    fireEvent.change(reason, { target: { value: "Thiếu kịch bản từ chối" } });
    fireEvent.click(within(dialog).getByRole("button", { name: words.decline }));
    expect((await within(dialog).findByRole("alert")).textContent).toContain("Người khác vừa quyết định.");
    expect((reason as HTMLTextAreaElement).value).toBe("Thiếu kịch bản từ chối");
  });

  it("tells who proposed it why he cannot approve it", async () => {
    serve(() => ({ body: proposal({ proposed_by: "o1", proposed_by_name: "Hiển" }) }));
    renderOnDesk(<ProposalPage id="P1" />);
    expect(await screen.findByText(words.own)).toBeTruthy();
    expect((screen.getByRole("button", { name: words.approve }) as HTMLButtonElement).disabled).toBe(true);
  });

  it("compares an item with what is in force, and says where it is new", async () => {
    const sent = serve((request) => (request.path.includes("/difference") ? refusal(404, "Không có bản này.") : { body: proposal() }));
    renderOnDesk(<ProposalPage id="P1" />);
    fireEvent.click(await screen.findByRole("button", { name: words.showDifference("1.000001") }));
    expect(await screen.findByText(vi.procedures.isNew)).toBeTruthy();
    expect(sent.find((each) => each.path.includes("/difference"))?.path).toContain(`to=${"d".repeat(64)}`);
    expect(screen.getByRole("button", { name: words.showDifference("1.000001") }).getAttribute("aria-expanded")).toBe("true");
  });
});

describe("the items of a proposal", () => {
  it("need a look without scenarios or with branches left out, but not when they end", () => {
    expect(concernOf(item("1"))).toBeNull();
    expect(concernOf(item("1", { scenarios: 0 }))).toBe("untested");
    expect(concernOf(item("1", { covered: 9 }))).toBe("notCovered");
    expect(concernOf(item("1", { kind: "withdrawal", scenarios: 0, branches: 0, covered: 0 }))).toBeNull();
  });
  it("are found without diacritics, in either spelling of Unicode", () => {
    const items = [item("1.000001", { name: "Đăng ký kết hôn" }), item("1.000002", { name: "Đăng ký khai sinh".normalize("NFD") })];
    const found = (words: string) => itemsToShow(items, { words, kind: "", concernsOnly: false }).map((each) => each.code);
    expect(found("ket hon")).toEqual(["1.000001"]);
    expect(found("khai sinh")).toEqual(["1.000002"]);
    expect(found("cư trú")).toEqual([]);
  });
  it("begin at once where their day is over", () => {
    expect(beginnings([item("1"), item("2", { from: "2026-01-01" }), item("3", { from: "2027-01-01" })], "2026-11-23")).toEqual([{ from: null, count: 2 }, { from: "2027-01-01", count: 1 }]);
  });
});
