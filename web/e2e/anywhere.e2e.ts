// anywhere.e2e.ts - filed at one commune, decided by another, returned at the first; papers go with a slip.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answer } from "./answering.ts";
import { atPage } from "./citizen.ts";
import { choose, form, isDone, openFromInbox, signIn } from "./desk.ts";
import { openStory, phone, widths, type Story, type Visit } from "./harness.ts";

const card = "040196004321|182345699|Trần Thị Ngọc Mai|14051996|Nữ|Khối 5, phường Thành Vinh, tỉnh Nghệ An|10052021";

describe("a certificate of Thành Vinh, asked for at the counter of Trường Vinh", () => {
  let story: Story;
  let code = "";
  let secret = "";

  beforeAll(async () => {
    story = await openStory("anywhere", { dossiers: 8 });
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  const goTo = async (visit: Visit, tab: string) => {
    await visit.page.goto("/desk/transports");
    await atPage(visit.page, "Bàn giao giấy tờ");
    await visit.page.getByText(tab, { exact: true }).click();
  };

  it("is taken in where the citizen stands, and the counter says who decides", async () => {
    const counter = await signIn(story, "tiepnhan.truongvinh");
    const { page } = counter;
    await page.getByRole("link", { name: "Tiếp nhận" }).click();
    await atPage(page, "Tiếp nhận tại quầy");
    await page.getByLabel("Chọn thủ tục").fill("1.004873");
    await page.getByText("1.004873").first().waitFor();
    await page.getByLabel("Chọn thủ tục").press("Enter");
    await page.getByLabel("Quét mã QR thẻ căn cước").waitFor();
    await page.keyboard.type(card);
    await page.keyboard.press("Enter");
    await page.getByText(/Đã điền thông tin của Trần Thị Ngọc Mai/).waitFor();
    await answer(page, {
      for_self: "Có",
      requester_phone: "0912345699",
      person_residence: "Khối 5, phường Thành Vinh, tỉnh Nghệ An",
      marital_status: "Chưa đăng ký kết hôn với ai",
      purpose: "Mục đích khác",
      other_purpose: "Bổ sung hồ sơ đi học",
      reissue: "Không",
      residence_commune: "thanh vinh",
      fee_exemption: "Không thuộc diện miễn",
    });
    await page.getByText(/giấy tờ được chuyển đến đó/).waitFor();
    for (const box of await page.getByRole("checkbox", { name: /^Đã (nộp|xuất trình) / }).all()) await box.check();
    await page.getByText("Đơn đã đủ thông tin").waitFor();
    await counter.look("intake-elsewhere", { widths });
    await page.getByRole("button", { name: "Nhận hồ sơ", exact: true }).click();
    await page.getByRole("heading", { name: "Đã tiếp nhận hồ sơ" }).waitFor();
    code = await page.locator("dt", { hasText: "Mã hồ sơ" }).locator("xpath=following-sibling::dd[1]").innerText();
    secret = await page.locator("dt", { hasText: "Mã tra cứu" }).locator("xpath=following-sibling::dd[1]").innerText();
    expect(code).toMatch(/^H41\.102\.01-/);
    await counter.close();
  });

  it("has its papers handed over with a slip", async () => {
    const counter = await signIn(story, "tiepnhan.truongvinh");
    const { page } = counter;
    await goTo(counter, "Chờ bàn giao");
    await page.getByLabel(`Chọn hồ sơ ${code}`).check();
    await counter.look("hand-over", { widths });
    await page.getByRole("button", { name: "Bàn giao 1 lượt và lập phiếu" }).click();
    await page.getByText("Ghi người hoặc đơn vị vận chuyển.").waitFor();
    await page.getByLabel(/^Người hoặc đơn vị vận chuyển/).fill("Bưu điện phường Trường Vinh");
    await page.getByRole("button", { name: "Bàn giao 1 lượt và lập phiếu" }).click();
    await page.getByText(/Đã lập phiếu BG-H41\.102\.01-/).waitFor();
    await counter.look("handed-over");
    await page.getByText("Phiếu bàn giao", { exact: true }).click();
    await page.getByText("Bưu điện phường Trường Vinh").first().waitFor();
    await counter.look("slips", { widths });
    await counter.close();
  });

  it("is followed by the citizen: the papers are on their way", async () => {
    const citizen = await story.visit(phone);
    await citizen.page.goto(`/theo-doi#${code}.${secret.replace(/[\s-]/g, "")}`);
    await atPage(citizen.page, code);
    await citizen.page.getByText(/đang trên đường từ/).waitFor();
    await citizen.look("tracking-papers", { widths });
    await citizen.close();
  });

  it("arrives at Thành Vinh, is examined, signed and issued there", async () => {
    const counter = await signIn(story, "tiepnhan.thanhvinh");
    await goTo(counter, "Đang chuyển đến");
    await counter.page.getByLabel(`Chọn hồ sơ ${code}`).check();
    await counter.look("arriving", { widths });
    await counter.page.getByRole("button", { name: "Nhận đủ 1 lượt" }).click();
    await counter.page.getByText("Đã ghi nhận 1 lượt.").waitFor();
    await counter.close();

    const specialist = await signIn(story, "hotich.thanhvinh");
    await openFromInbox(specialist.page, code);
    await choose(specialist.page, "Xử lý xong bước này");
    await form(specialist.page, "Xử lý xong bước này").getByRole("radio").first().check();
    await specialist.page.getByRole("button", { name: "Hoàn thành bước này" }).click();
    await isDone(specialist.page, "Đã xong bước này");
    await specialist.close();

    const chairman = await signIn(story, "chutich.thanhvinh");
    await openFromInbox(chairman.page, code);
    await choose(chairman.page, "Ký duyệt");
    await form(chairman.page, "Ký duyệt").getByRole("radio").first().check();
    await form(chairman.page, "Ký duyệt").getByRole("button", { name: "Ký duyệt" }).click();
    await isDone(chairman.page, "Đã ký duyệt");
    await chairman.close();

    const clerk = await signIn(story, "vanthu.thanhvinh");
    await openFromInbox(clerk.page, code);
    await choose(clerk.page, "Phát hành kết quả");
    await form(clerk.page, "Phát hành kết quả").getByRole("button", { name: "Phát hành kết quả" }).click();
    await isDone(clerk.page, "Đã phát hành kết quả");
    await clerk.close();
  });

  it("goes back with a slip and is handed out at Trường Vinh", async () => {
    const thanhVinh = await signIn(story, "tiepnhan.thanhvinh");
    await goTo(thanhVinh, "Chờ bàn giao");
    await thanhVinh.page.getByLabel(`Chọn hồ sơ ${code}`).check();
    await thanhVinh.page.getByLabel(/^Người hoặc đơn vị vận chuyển/).fill("Cán bộ văn thư");
    await thanhVinh.page.getByRole("button", { name: "Bàn giao 1 lượt và lập phiếu" }).click();
    await thanhVinh.page.getByText(/Đã lập phiếu BG-H41\.101\.01-/).waitFor();
    await thanhVinh.close();

    const counter = await signIn(story, "tiepnhan.truongvinh");
    await goTo(counter, "Đang chuyển đến");
    await counter.page.getByLabel(`Chọn hồ sơ ${code}`).check();
    await counter.page.getByRole("button", { name: "Nhận đủ 1 lượt" }).click();
    await counter.page.getByText("Đã ghi nhận 1 lượt.").waitFor();
    await openFromInbox(counter.page, code);
    await counter.page.getByRole("tab", { name: "Quá trình" }).click();
    await counter.page.getByRole("heading", { name: "Giấy tờ, kết quả đang ở đâu" }).waitFor();
    await counter.look("whereabouts", { widths });
    const owes = await counter.page.getByRole("toolbar", { name: "Việc có thể làm" }).getByRole("button", { name: "Thu tiền", exact: true }).count();
    if (owes > 0) {
      await choose(counter.page, "Thu tiền");
      await form(counter.page, "Thu tiền").locator("button[type=submit]").click();
      await isDone(counter.page, "Đã thu tiền");
    }
    await choose(counter.page, "Trả kết quả");
    await form(counter.page, "Trả kết quả").getByRole("button", { name: "Trả kết quả" }).click();
    await isDone(counter.page, "Đã trả kết quả");
    await counter.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
