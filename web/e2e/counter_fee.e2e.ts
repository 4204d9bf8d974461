// counter_fee.e2e.ts - certified copies at the counter: the fee, the money, the slip, the end of the day.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answer } from "./answering.ts";
import { atPage } from "./citizen.ts";
import { printed, signIn } from "./desk.ts";
import { openStory, widths, type Story, type Visit } from "./harness.ts";

describe("certified copies at the counter", () => {
  let story: Story;
  let reception: Visit;
  let code = "";
  let receipt = "";
  let before = 0;

  beforeAll(async () => {
    story = await openStory("counter-fee", { dossiers: 12 });
    reception = await signIn(story, "tiepnhan.truongvinh");
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  async function cashToday(): Promise<number> {
    await reception.page.goto("/desk/cashier");
    await atPage(reception.page, /Thu ngân/);
    await reception.page.getByText(/Không có khoản thu nào|Thực thu/).first().waitFor();
    const net = reception.page.locator("dt", { hasText: "Thực thu" }).locator("xpath=following-sibling::dd[1]");
    return (await net.count()) === 0 ? 0 : Number((await net.first().innerText()).replace(/\D/g, ""));
  }

  it("costs 7.000 đ for one copy of five pages", async () => {
    const { page } = reception;
    before = await cashToday();
    await reception.look("cashier-before");
    await page.goto("/desk/intake");
    await page.getByLabel("Chọn thủ tục").fill("sao y");
    await page.getByText("2.000815").first().waitFor();
    await page.getByLabel("Chọn thủ tục").press("Enter");
    await page.locator("#f-requester_name").waitFor();
    await answer(page, { requester_name: "Phan Thị Lan", requester_id: "040185002222", requester_phone: "0987654321" });
    await page.getByRole("button", { name: "Thêm dòng" }).click();
    await answer(page, {
      "documents[0].document_title": "Bằng tốt nghiệp đại học",
      "documents[0].pages": "5",
      "documents[0].copies": "1",
      foreign_document: "Không",
      office_commune: "truong vinh",
    });
    await page.getByRole("checkbox", { name: /^Đã xuất trình Bản chính/ }).check();
    await page.getByRole("complementary", { name: "Tóm tắt" }).getByText("7.000 đ").first().waitFor();
    await page.getByText("Đơn đã đủ thông tin").waitFor();
    await reception.look("intake", { widths });
    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "Đã tiếp nhận hồ sơ" }).waitFor();
    code = await page.locator("dt", { hasText: "Mã hồ sơ" }).locator("xpath=following-sibling::dd[1]").innerText();
  });

  it("is paid, with a receipt number, and the slip printed", async () => {
    const { page } = reception;
    await reception.look("to-pay");
    await page.getByRole("button", { name: "Thu 7.000 đ" }).click();
    const paid = page.getByText(/Đã thu, biên lai/);
    await paid.waitFor();
    receipt = /biên lai (\S+)/.exec(await paid.innerText())?.[1] ?? "";
    expect(receipt).not.toBe("");
    await reception.look("paid");
    const slip = await printed(page, () => page.getByRole("button", { name: "In giấy hẹn" }).click());
    expect(slip).toContain(code);
    expect(slip).toContain("Phan Thị Lan");
    const proof = await printed(page, () => page.getByRole("button", { name: `In biên lai ${receipt}` }).click());
    expect(proof).toContain(receipt);
    expect(proof).toContain("7.000");
  });

  it("is in the cashier's total of the day", async () => {
    expect(await cashToday()).toBe(before + 7000);
    const row = reception.page.getByRole("row").filter({ hasText: receipt });
    expect(await row.innerText()).toContain(code);
    await reception.look("cashier-after", { widths });
  });

  it("is found again by name without diacritics, and exported", async () => {
    const { page } = reception;
    await page.goto("/desk/search");
    await page.getByLabel("Tìm").first().fill("phan thi lan");
    await page.getByRole("button", { name: "Tìm", exact: true }).click();
    await page.getByRole("row").filter({ hasText: code }).waitFor();
    await reception.look("search", { widths });
    const exported = page.waitForEvent("download");
    await page.getByText("Xuất XLSX").click();
    expect((await exported).suggestedFilename()).toMatch(/\.xlsx$/);
  });

  it("is in the report that the chairman of the ward reads", async () => {
    const chairman = await signIn(story, "chutich.truongvinh");
    const { page } = chairman;
    await page.getByRole("link", { name: "Báo cáo" }).click();
    await atPage(page, "Báo cáo giải quyết đúng hạn");
    await page.getByRole("cell", { name: /Chứng thực bản sao/ }).or(page.getByText("Chứng thực bản sao từ bản chính")).first().waitFor();
    await chairman.look("report", { widths });
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Phím tắt" }).waitFor();
    await chairman.look("shortcuts", { screenOnly: true });
    await page.keyboard.press("Escape");
    await page.getByText("EN", { exact: true }).click();
    await atPage(page, /report/i);
    await chairman.look("report-english");
    await chairman.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
