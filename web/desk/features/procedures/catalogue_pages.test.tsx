import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import type { Finding } from "../../api/catalogue.ts";
import { vi } from "../../i18n/vi.ts";
import { renderOnDesk } from "../../testing.tsx";
import CataloguePage from "./catalogue_page.tsx";
import EntryPage from "./entry_page.tsx";
import { limitInWords, mendingInWords, placeInWords } from "./mending.ts";
import ReconciliationPage from "./reconciliation_page.tsx";
import { refusal, serve, text } from "./test_answers.ts";

afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
  history.replaceState(null, "", "/");
});

const words = vi.catalogue;
const finding = (code: string, change: Partial<Finding> = {}): Finding => ({
  key: `${code}/fee_without_zeros-1a2b3c4d`, kind: "fee_without_zeros", severity: "error", code, where: "channels/0/fees/1", published: "100 VNĐ",
  why: text("Không phí nào dưới 1.000 đồng."), proposal: text("Đọc là 100.000 đồng"), mending: { change: "fee_amount", from: "100 VNĐ", to: "100000" }, state: "open", ...change,
});
const three = [finding("1.000001"), finding("1.000002", { key: "1.000002/result_missing-1", kind: "result_missing", mending: null }), finding("1.000003")];
const page = { items: three, total: 3, procedures: 1500, kinds: { fee_without_zeros: 2, result_missing: 1 }, states: { open: 3, accepted: 4 } };
const decided = (body: unknown) => {
  const { finding: key, accept } = body as { finding: string; accept: boolean };
  const found = three.find((each) => each.key === key) as Finding;
  return { ...found, state: accept ? "accepted" : "declined" };
};

describe("the faults of the catalogue", () => {
  const open = (answer = (body: unknown): object => ({ body: decided(body) })) => serve((request) => (request.method === "POST" ? answer(request.body) : { body: page }));
  const card = (code: string) => screen.getAllByRole("article").find((each) => each.getAttribute("aria-label")?.startsWith(code)) as HTMLElement;

  it("are counted by state and kind, each with where, what, why, and before and after", async () => {
    const sent = open();
    renderOnDesk(<CataloguePage />);
    expect(await screen.findByText(words.counts("7", "1.500"))).toBeTruthy();
    expect(screen.getByText(`${words.states.open} (3)`)).toBeTruthy();
    expect(sent.find((each) => each.path.includes("/findings"))?.path).toContain("state=open");
    const first = card("1.000001").textContent;
    for (const told of ["cách nộp 1, phí 2", "100 VNĐ", "Không phí nào dưới 1.000 đồng.", "100.000 đ"]) expect(first).toContain(told);
    expect(within(card("1.000002")).queryByRole("button", { name: /^Chấp nhận/ })).toBeNull();
    expect(card("1.000002").textContent).toContain(words.atSource);
  });

  it("are walked with j and k, accepted with a, left with d, and decided again", async () => {
    const sent = open();
    renderOnDesk(<CataloguePage />);
    await screen.findAllByRole("article");
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
    const posts = () => sent.filter((each) => each.method === "POST");
    press("j");
    expect(document.activeElement).toBe(card("1.000001"));
    press("a");
    await waitFor(() => expect(card("1.000001").dataset["state"]).toBe("accepted"));
    expect(screen.getByText(`${words.states.accepted} (5)`)).toBeTruthy();
    expect(document.activeElement).toBe(card("1.000002"));
    // Nothing to accept there.
    press("a");
    expect(posts()).toHaveLength(1);
    press("d");
    await waitFor(() => expect(card("1.000002").dataset["state"]).toBe("declined"));
    press("k");
    press("k");
    press("d");
    await waitFor(() => expect(card("1.000001").dataset["state"]).toBe("declined"));
    expect(posts().map((each) => (each.body as { accept: boolean }).accept)).toEqual([true, false, false]);
    expect(new Set(posts().map((each) => each.headers["Idempotency-Key"])).size).toBe(3);
  });

  it("stay open where the server refuses, with its words and the same decision again", async () => {
    let refused = true;
    const sent = open((body) => (refused ? refusal(422, "Danh mục vừa được nhập lại.") : { body: decided(body) }));
    renderOnDesk(<CataloguePage />);
    await screen.findAllByRole("article");
    fireEvent.click(within(card("1.000003")).getByRole("button", { name: /^Chấp nhận/ }));
    expect((await within(card("1.000003")).findByRole("alert")).textContent).toContain("Danh mục vừa được nhập lại.");
    refused = false;
    fireEvent.click(within(card("1.000003")).getByRole("button", { name: vi.error.retry }));
    await waitFor(() => expect(card("1.000003").dataset["state"]).toBe("accepted"));
    const keys = sent.filter((each) => each.method === "POST").map((each) => each.headers["Idempotency-Key"]);
    expect(new Set(keys).size).toBe(1);
  });

  it("go on from the beginning after decisions, as the open ones have moved up", async () => {
    const asked: string[] = [];
    serve((request) => {
      if (request.method === "POST") return { body: decided(request.body) };
      asked.push(new URL(request.path, "http://desk").searchParams.get("cursor") ?? "");
      return { body: { ...page, total: 60, next_cursor: "50" } };
    });
    renderOnDesk(<CataloguePage />);
    await screen.findAllByRole("article");
    fireEvent.click(within(card("1.000001")).getByRole("button", { name: /^Chấp nhận/ }));
    await waitFor(() => expect(card("1.000001").dataset["state"]).toBe("accepted"));
    fireEvent.click(screen.getByRole("button", { name: words.more }));
    await waitFor(() => expect(asked).toEqual(["", ""]));
  });

  it("say how to import where nothing was", async () => {
    serve(() => ({ body: { items: [], total: 0, procedures: 0, kinds: {}, states: {} } }));
    renderOnDesk(<CataloguePage />);
    expect(await screen.findByText(words.empty)).toBeTruthy();
  });
});

describe("one page of the catalogue", () => {
  it("shows what was understood beside the text as published", async () => {
    serve(() => ({
      body: {
        code: "1.000001", read_at: "2026-11-23T08:00:00+07:00", findings: [three[0]],
        entry: {
          name: "Cấp giấy phép", ministry: "BXD", tiers: ["commune"], page: "javascript:alert(1)",
          channels: [{ channel: "counter", raw_time: "3 Ngày làm việc", limit: "3wd", limit_stated: true, note: "", raw: "", fees: [{ kind: "amount", amount: 100000, raw: "100 VNĐ" }] }],
          components: [{ name: "Đơn đề nghị", kind: "submit", originals: 1, copies: 0, understood: false, raw: "" }],
          raw: { "Tên thủ tục": "Cấp giấy phép  Bản chính: 1", trống: "" },
        },
      },
    }));
    renderOnDesk(<EntryPage code="1.000001" />);
    const understood = (await screen.findByRole("heading", { name: vi.entry.understood })).closest("section") as HTMLElement;
    expect(understood.textContent).toContain("3 ngày làm việc");
    expect(understood.textContent).toContain("100.000 đ");
    expect(understood.textContent).toContain(vi.entry.notUnderstood);
    const raw = screen.getByRole("heading", { name: vi.entry.raw }).closest("section") as HTMLElement;
    expect(raw.textContent).toContain("Cấp giấy phép  Bản chính: 1");
    expect(raw.textContent).not.toContain("trống");
    expect(screen.queryByRole("link", { name: vi.entry.onPortal })).toBeNull();
    expect(screen.getAllByRole("article")).toHaveLength(1);
  });
});

describe("the reconciliation", () => {
  it("stands per agency, with counts, differing values side by side, and the files of the same choice", async () => {
    const sent = serve(() => ({
      body: {
        total: 2, counts: { differing: 1, only_published: 1 },
        items: [
          { code: "1.000001", name: text("Cấp giấy phép"), agency: "H41", kind: "differing", differences: [
            { what: "limit", label: text("Thời hạn"), published: text("5 ngày"), here: text("3 ngày") },
            { what: "fee", label: text("Phí"), published: text(""), here: text("20.000 đ") },
          ] },
          { code: "1.000002", name: text("Đăng ký"), agency: "", kind: "only_published", differences: [] },
        ],
      },
    }));
    renderOnDesk(<ReconciliationPage />);
    const table = await screen.findByRole("table");
    expect(within(table).getAllByRole("row")).toHaveLength(4);
    expect(table.textContent).toContain("Thời hạn5 ngày3 ngày");
    expect(table.textContent).toContain(`Phí${vi.reconciliation.nothing}20.000 đ`);
    expect(within(table).getByRole("link", { name: "1.000002" }).getAttribute("href")).toContain("/catalogue/1.000002");
    fireEvent.click(screen.getByRole("radio", { name: `${vi.reconciliation.kinds.differing} (1)` }));
    await waitFor(() => expect(sent.some((each) => each.path.includes("kind=differing"))).toBe(true));
    expect(screen.getByRole("link", { name: vi.reconciliation.csv }).getAttribute("href")).toBe("/api/v1/catalogue/reconciliation.csv?agency=H41&kind=differing");
    expect(screen.getByRole("link", { name: vi.reconciliation.xlsx }).getAttribute("href")).toContain("reconciliation.xlsx?agency=H41");
  });
});

describe("a mending in words", () => {
  it("tells limits, copies and cases as people say them, and leaves what it does not know", () => {
    expect(limitInWords("5wd", words, "vi")).toBe("5 ngày làm việc");
    expect(limitInWords("0.5wd", words, "vi")).toBe("0,5 ngày làm việc");
    expect(limitInWords("same-day", words, "vi")).toBe("trong ngày");
    expect(limitInWords("5 tuần", words, "vi")).toBe("5 tuần");
    const told = (mending: Finding["mending"]) => mendingInWords(finding("1", { mending }), words, "vi")?.after;
    expect(told({ change: "cases_by_limit", to: "20d|15d" })).toBe("20 ngày; 15 ngày");
    expect(told({ change: "component_copies", to: "1/0" })).toBe("1 bản chính, 0 bản sao");
    expect(told({ change: "result_code", to: "KQ.1" })).toBe("KQ.1");
    expect(told(null)).toBeUndefined();
  });
  it("counts places from one", () => {
    expect(placeInWords("components/3", words)).toBe("thành phần hồ sơ 4");
    expect(placeInWords("", words)).toBe("");
  });
});
