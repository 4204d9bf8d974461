// two_agencies.e2e.ts - 1.012994 over the counter: the provincial centre, a department, the committee.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answer } from "./answering.ts";
import { atPage } from "./citizen.ts";
import { addDays, dayAfterCalendarDays, dayAfterWorkingHours, dayOf, readableDay } from "./days.ts";
import { choose, form, isDone, openFromInbox, printed, signIn } from "./desk.ts";
import { openStory, phone, widths, type Story } from "./harness.ts";

// What the scanner types from the card: number, old number, name, birth, sex, residence, issue.
const card = "040080005678|182345678|Lê Quang Hải|15031980|Nam|Khối 3, phường Trường Vinh, tỉnh Nghệ An|10052021";

describe("a deduction, from the counter through two agencies", () => {
  let story: Story;
  let code = "";
  let secret = "";
  let expected = "";

  beforeAll(async () => {
    story = await openStory("two-agencies", { dossiers: 12 });
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  it("is taken in with an ID card, a table of communes and every paper ticked", async () => {
    const centre = await signIn(story, "tiepnhan.tinh");
    const { page } = centre;
    await page.getByRole("link", { name: "Tiếp nhận" }).click();
    await atPage(page, "Tiếp nhận tại quầy");
    await page.getByLabel("Chọn thủ tục").fill("khau tru");
    await page.getByText("1.012994").first().waitFor();
    await centre.look("intake-procedure", { widths });
    await page.getByLabel("Chọn thủ tục").press("Enter");
    await page.getByLabel("Quét mã QR thẻ căn cước").waitFor();
    await centre.look("intake-empty");
    // The scanner is a keyboard, and the field waits for it.
    expect(await page.getByLabel("Quét mã QR thẻ căn cước").evaluate((box) => box === document.activeElement)).toBe(true);
    await page.keyboard.type(card);
    await page.keyboard.press("Enter");
    await page.getByText(/Đã điền thông tin của Lê Quang Hải/).waitFor();
    expect(await page.locator("#f-representative_name").inputValue()).toBe("Lê Quang Hải");
    expect(await page.locator("#f-representative_id").inputValue()).toBe("040080005678");
    await answer(page, {
      applicant_name: "Công ty cổ phần Đầu tư Hưng Lộc",
      applicant_tax_code: "0100109107",
      applicant_address: "Số 12 đường Quang Trung, phường Trường Vinh, tỉnh Nghệ An",
      representative_position: "Giám đốc",
      contact_phone: "0912000111",
      contact_email: "hungloc@example.vn",
      project_name: "Khu đô thị Hưng Lộc",
      plan_number: "1456/QĐ-UBND",
      plan_date: "2025-11-10",
    });
    // A tax code with a wrong check digit is told where it stands.
    await page.locator("#f-applicant_tax_code-problem").waitFor();
    await answer(page, { applicant_tax_code: "0100109106" });
    await page.locator("#f-applicant_tax_code-problem").waitFor({ state: "detached" });
    const table = (label: string) => page.getByRole("group", { name: label, exact: true });
    for (const [at, commune, area] of [[0, "thanh vinh", "12000"], [1, "truong vinh", "800"]] as const) {
      await table("Các xã, phường có đất thu hồi").getByRole("button", { name: "Thêm dòng" }).click();
      await answer(page, { [`project_communes[${at}].commune`]: commune, [`project_communes[${at}].area`]: area });
    }
    await table("Các lần chuyển tiền").getByRole("button", { name: "Thêm dòng" }).click();
    await answer(page, { "payments[0].number": "UNC-0456", "payments[0].paid_on": "2026-02-03", "payments[0].amount": "5000000000" });
    await answer(page, {
      compensation_paid: "4000000000",
      support_paid: "700000000",
      resettlement_paid: "300000000",
      deduct_from: "Tiền sử dụng đất",
      requested_amount: "5000000000",
    });
    for (const box of await page.getByRole("checkbox", { name: /^Đã nộp / }).all()) await box.check();
    await page.getByText("Đơn đã đủ thông tin").waitFor();
    await page.getByText("Giải phóng mặt bằng trên địa bàn từ 2 xã trở lên").waitFor();
    await centre.look("intake-filled", { widths });
    await page.getByRole("button", { name: "Nhận hồ sơ", exact: true }).click();
    await page.getByRole("heading", { name: "Đã tiếp nhận hồ sơ" }).waitFor();
    const at = Date.now();
    await centre.look("intake-done", { widths });
    code = await page.locator("dt", { hasText: "Mã hồ sơ" }).locator("xpath=following-sibling::dd[1]").innerText();
    secret = await page.locator("dt", { hasText: "Mã tra cứu" }).locator("xpath=following-sibling::dd[1]").innerText();
    // The earlier of what is published and what the process takes, counted here on its own.
    const published = dayAfterCalendarDays(at, 30);
    const process = dayAfterWorkingHours(at, 168);
    expected = published < process ? published : process;
    await page.getByText(readableDay(expected)).first().waitFor();
    const slip = await printed(page, () => page.getByRole("button", { name: "In giấy hẹn" }).click());
    expect(slip).toContain(code);
    expect(slip.replace(/[\s-]/g, "")).toContain(secret.replace(/[\s-]/g, ""));
    expect(slip.includes(readableDay(expected)) || slip.includes(longDay(expected))).toBe(true);
    expect(dayOf(at) <= addDays(expected, -21)).toBe(true);
    await page.getByRole("button", { name: "Mở hồ sơ" }).click();
    await page.getByRole("button", { name: "Vì sao là ngày này?" }).click();
    const why = page.getByRole("dialog").filter({ hasText: "Vì sao là" });
    await why.waitFor();
    const told = await why.innerText();
    expect(told).toContain("168 giờ");
    expect(told).toContain("30 ngày");
    expect(told).toContain(readableDay(expected));
    await centre.look("why-this-date", { screenOnly: true });
    await centre.close();
  });

  it("is assigned, appraised and submitted by the department", async () => {
    const head = await signIn(story, "truongphong.stc");
    await openFromInbox(head.page, code);
    await head.look("head-dossier");
    await choose(head.page, "Xử lý xong bước này");
    await head.page.getByPlaceholder("Ai có quyền ở bước sau đều nhận được").fill("Thưởng");
    await head.page.getByRole("option", { name: /Vũ Đình Thưởng/ }).click();
    await head.look("head-assign");
    await head.page.getByRole("button", { name: "Hoàn thành bước này" }).click();
    await isDone(head.page, "Đã xong bước này");
    await head.close();
    await appraise("Hồ sơ đủ, số liệu khớp chứng từ.");
    await review("director");
  });

  async function appraise(note: string): Promise<void> {
    const expert = await signIn(story, "chuyenvien.stc");
    await openFromInbox(expert.page, code);
    await choose(expert.page, "Xử lý xong bước này");
    await expert.page.getByLabel("Đủ điều kiện, trình lãnh đạo sở").check();
    await expert.page.getByLabel(/Ghi chú/).fill(note);
    await expert.look("expert-proposes");
    await expert.page.getByRole("button", { name: "Hoàn thành bước này" }).click();
    await isDone(expert.page, "Đã xong bước này");
    await expert.close();
  }

  async function review(name: string): Promise<void> {
    const director = await signIn(story, "giamdoc.stc");
    await openFromInbox(director.page, code);
    await choose(director.page, "Ký duyệt");
    await director.page.getByLabel("Ký trình Ủy ban nhân dân tỉnh").check();
    await director.look(`${name}-approves`);
    await form(director.page, "Ký duyệt").getByRole("button", { name: "Ký duyệt" }).click();
    await isDone(director.page, "Đã ký duyệt");
    await director.close();
  }

  it("is sent back by the chairman with a reason, and done again", async () => {
    const chairman = await signIn(story, "chutich.tinh");
    const { page } = chairman;
    await openFromInbox(page, code);
    await choose(page, "Ký duyệt");
    await page.getByLabel("Trả lại sở để làm lại").check();
    await form(page, "Ký duyệt").getByRole("button", { name: "Ký duyệt" }).click();
    await page.getByRole("alert").filter({ hasText: "lý do" }).waitFor();
    await chairman.look("chairman-needs-reason");
    await page.getByLabel(/^Ghi chú/).fill("Bổ sung thuyết minh số tiền hỗ trợ.");
    await form(page, "Ký duyệt").getByRole("button", { name: "Ký duyệt" }).click();
    await isDone(page, "Đã ký duyệt");
    await page.getByRole("tab", { name: "Quá trình" }).click();
    await page.getByText("Bổ sung thuyết minh số tiền hỗ trợ.").first().waitFor();
    await chairman.look("chairman-sent-back");
    await chairman.close();
    await appraise("Đã bổ sung thuyết minh.");
    await review("director-again");
  });

  it("is approved by the chairman, issued by the clerk and returned by the centre", async () => {
    const chairman = await signIn(story, "chutich.tinh");
    await openFromInbox(chairman.page, code);
    await choose(chairman.page, "Ký duyệt");
    await chairman.page.getByLabel("Ký văn bản xác nhận").check();
    await form(chairman.page, "Ký duyệt").getByRole("button", { name: "Ký duyệt" }).click();
    await isDone(chairman.page, "Đã ký duyệt");
    await chairman.look("chairman-approved");
    await chairman.close();

    const clerk = await signIn(story, "vanthu.tinh");
    await openFromInbox(clerk.page, code);
    await choose(clerk.page, "Phát hành kết quả");
    await clerk.page.getByLabel(/^Số văn bản/).fill("2345/UBND-KT");
    await form(clerk.page, "Phát hành kết quả").getByRole("button", { name: "Phát hành kết quả" }).click();
    await isDone(clerk.page, "Đã phát hành kết quả");
    await clerk.page.getByRole("tab", { name: "Quá trình" }).click();
    await clerk.page.getByRole("button", { name: "Xem kết quả" }).click();
    await clerk.look("clerk-issued");
    await clerk.close();

    const centre = await signIn(story, "tiepnhan.tinh");
    await openFromInbox(centre.page, code);
    await choose(centre.page, "Trả kết quả");
    await form(centre.page, "Trả kết quả").getByRole("button", { name: "Trả kết quả" }).click();
    await isDone(centre.page, "Đã trả kết quả");
    await centre.page.getByRole("tab", { name: "Quá trình" }).click();
    await centre.look("returned");
    await centre.close();
  });

  it("is seen by the company, with the agencies it went through", async () => {
    const company = await story.visit(phone);
    await company.page.goto(`/theo-doi#${code}.${secret.replace(/[\s-]/g, "")}`);
    await atPage(company.page, code);
    await company.page.getByRole("heading", { name: "Đã có kết quả" }).waitFor();
    await company.page.getByText("Sở Tài chính").first().waitFor();
    await company.look("tracking");
    await company.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});

// As forms write a date: "ngày 22 tháng 12 năm 2026".
const longDay = (day: string): string => `ngày ${day.slice(8, 10)} tháng ${day.slice(5, 7)} năm ${day.slice(0, 4)}`;
