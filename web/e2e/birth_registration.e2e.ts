// birth_registration.e2e.ts - a birth is registered from a phone, up to the returned certificate.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answer } from "./answering.ts";
import { answerBirthPage, atPage, birth, goOn, readReceipt, startFiling, upload, type Receipt } from "./citizen.ts";
import { choose, fillSignIn, form, isDone, openFromInbox, printed, signIn } from "./desk.ts";
import { desktop, openStory, phone, widths, type Story, type Visit } from "./harness.ts";
import { makePapers, wordsOfPdf, type Paper } from "./papers.ts";

describe("a birth, from a phone to the returned result", () => {
  let story: Story;
  let citizen: Visit;
  let papers: { scan: Paper; photo: Paper };
  let receipt: Receipt;

  beforeAll(async () => {
    story = await openStory("birth-registration", { dossiers: 12 });
    papers = await makePapers(story.browser, "GIẤY CHỨNG SINH");
    citizen = await story.visit(phone);
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  it("is found by words without diacritics", async () => {
    const { page } = citizen;
    await page.goto("/");
    await page.getByRole("heading", { name: "Thủ tục thường làm" }).waitFor();
    await citizen.look("start", { widths });
    await page.getByLabel("Ông/bà muốn làm việc gì?").fill("khai sinh");
    await page.getByRole("heading", { name: /Kết quả cho/ }).waitFor();
    await citizen.look("search");
    await page.getByRole("link", { name: "Đăng ký khai sinh" }).click();
    await atPage(page, "Đăng ký khai sinh");
    await citizen.look("procedure", { widths });
  });

  it("is filed page by page, and a closed tab loses nothing", async () => {
    const { page } = citizen;
    await startFiling(page, "1.001193");
    await citizen.look("task-list-empty", { widths });
    await page.getByRole("link", { name: "Làm phần tiếp theo" }).click();
    for (let at = 0; at < 3; at += 1) {
      await answerBirthPage(page, at);
      await citizen.look(`question-${birth[at]?.page}`, at === 1 ? { widths } : {});
      await goOn(page);
    }
    await atPage(page, "Người mẹ");
    await answer(page, { mother_name: "Trần Thị Hoa", mother_id: "040196001234" });
    // The phone closes the tab in the middle of a page.
    await citizen.reopen();
  });

  it("goes on where the closed tab was", async () => {
    const { page } = citizen;
    await atPage(page, "Người mẹ");
    expect(await page.locator("#f-mother_name").inputValue()).toBe("Trần Thị Hoa");
    expect(await page.locator("#f-mother_id").inputValue()).toBe("040196001234");
    await page.goto("/");
    await page.getByRole("heading", { name: "Tiếp tục hồ sơ đang làm" }).waitFor();
    await citizen.look("start-with-draft");
    await page.getByRole("link", { name: "Đăng ký khai sinh" }).first().click();
    await atPage(page, "Các phần cần làm");
    await citizen.look("task-list-half");
    await page.getByRole("link", { name: "Người mẹ" }).click();
    for (let at = 3; at < birth.length; at += 1) {
      await answerBirthPage(page, at);
      await citizen.look(`question-${birth[at]?.page}`, at === birth.length - 1 ? { widths } : {});
      await goOn(page);
    }
  });

  it("takes a scan and a photograph of the birth paper", async () => {
    const { page } = citizen;
    await atPage(page, "Giấy chứng sinh");
    await goOn(page);
    await page.getByRole("alert").first().waitFor();
    await citizen.look("paper-missing");
    await upload(page, papers.scan);
    await upload(page, papers.photo, true);
    await citizen.look("paper", { widths });
    await goOn(page);
  });

  it("is reviewed, changed from there and sent", async () => {
    const { page } = citizen;
    await atPage(page, "Liên hệ và nhận kết quả");
    await page.getByLabel(/Bản giấy, nhận tại Bộ phận Một cửa/).check();
    await citizen.look("contact", { widths });
    await goOn(page);
    await atPage(page, "Kiểm tra lại trước khi nộp");
    await page.getByText("16.000 đ").first().waitFor();
    expect(await page.getByText("Phường Thành Vinh").count()).toBeGreaterThan(0);
    await citizen.look("review", { widths });
    await page.getByRole("link", { name: /Thay đổi.*Số bản sao trích lục/ }).click();
    await atPage(page, "Nơi đăng ký và lệ phí");
    await answer(page, { extract_copies: "3" });
    await goOn(page);
    await atPage(page, "Kiểm tra lại trước khi nộp");
    await page.getByText("24.000 đ").first().waitFor();
    await citizen.look("review-changed");
    await page.getByRole("button", { name: "Nộp hồ sơ", exact: true }).click();
    receipt = await readReceipt(page);
  });

  it("is confirmed with code, QR, date and a receipt", async () => {
    const { page } = citizen;
    await atPage(page, "Đã nộp hồ sơ");
    await page.getByRole("img", { name: `Mã QR để theo dõi hồ sơ ${receipt.code}` }).waitFor();
    await page.getByRole("heading", { name: "Dự kiến trả kết quả" }).waitFor();
    await citizen.look("confirmation", { widths });
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Tải giấy xác nhận (PDF)" }).click();
    const file = await download;
    const words = wordsOfPdf(await readAll(await file.createReadStream()));
    expect(words).toContain(receipt.code);
    expect(words).toContain("Trần Thị Hoa");
  });

  it("is received at the ward, form and papers side by side", async () => {
    const reception = await story.visit({ ...desktop, refusals: [/^401 GET \/api\/v1\/session$/] });
    const { page } = reception;
    await page.goto("/desk");
    await page.getByRole("heading", { level: 1, name: "Đăng nhập" }).waitFor();
    await reception.look("desk-sign-in", { widths });
    await fillSignIn(page, "tiepnhan.thanhvinh", "thu-nghiem-mot-cua");
    await page.getByRole("heading", { level: 1, name: "Hộp việc" }).waitFor();
    await page.getByText(receipt.code).waitFor();
    await reception.look("desk-inbox", { widths });
    await openFromInbox(page, receipt.code);
    await page.getByRole("heading", { name: /Trần Thị Hoa/ }).first().waitFor();
    await page.getByText("Nguyễn Trần Bảo An").first().waitFor();
    await page.locator("canvas, iframe, img").first().waitFor();
    await reception.look("desk-dossier", { widths });
    await page.getByRole("tab", { name: /Thành phần/ }).click();
    await reception.look("desk-dossier-components");
    await page.getByRole("tab", { name: "Phí, lệ phí" }).click();
    await reception.look("desk-dossier-fee");
    await choose(page, "Tiếp nhận");
    await form(page, "Tiếp nhận").getByRole("checkbox", { name: "Giấy chứng sinh" }).check();
    await reception.look("desk-receive", { widths });
    await page.getByRole("button", { name: "Tiếp nhận hồ sơ" }).click();
    await isDone(page, "Đã tiếp nhận hồ sơ");
    await reception.look("desk-received");
    const slip = await printed(page, () => page.getByRole("button", { name: "Giấy tiếp nhận và hẹn trả (mẫu 01)" }).click());
    expect(slip).toContain(receipt.code);
    expect(slip.toUpperCase()).toContain("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ");
    // The extracts are paid for when the dossier is received.
    await choose(page, "Thu tiền");
    await reception.look("desk-payment");
    await form(page, "Thu tiền").getByRole("button", { name: "Thu 24.000 đ" }).click();
    await isDone(page, "Đã thu tiền");
    await reception.close();
  });

  it("is examined, signed, issued and returned", async () => {
    const specialist = await signIn(story, "hotich.thanhvinh");
    await openFromInbox(specialist.page, receipt.code);
    await choose(specialist.page, "Xử lý xong bước này");
    await specialist.page.getByLabel("Đủ điều kiện, trình ký").check();
    await specialist.look("desk-complete-task");
    await specialist.page.getByRole("button", { name: "Hoàn thành bước này" }).click();
    await isDone(specialist.page, "Đã xong bước này");
    await specialist.close();

    const leader = await signIn(story, "chutich.thanhvinh");
    await leader.look("desk-leader-inbox");
    await openFromInbox(leader.page, receipt.code);
    await choose(leader.page, "Ký duyệt");
    await form(leader.page, "Ký duyệt").getByLabel("Ký duyệt").check();
    await leader.look("desk-approve");
    await form(leader.page, "Ký duyệt").getByRole("button", { name: "Ký duyệt" }).click();
    await isDone(leader.page, "Đã ký duyệt");
    await leader.close();

    const clerk = await signIn(story, "vanthu.thanhvinh");
    await openFromInbox(clerk.page, receipt.code);
    await choose(clerk.page, "Phát hành kết quả");
    await clerk.look("desk-issue", { widths });
    await form(clerk.page, "Phát hành kết quả").getByRole("button", { name: "Phát hành kết quả" }).click();
    await isDone(clerk.page, "Đã phát hành kết quả");
    await clerk.close();

    const reception = await signIn(story, "tiepnhan.thanhvinh");
    await openFromInbox(reception.page, receipt.code);
    await choose(reception.page, "Trả kết quả");
    await reception.look("desk-return");
    await form(reception.page, "Trả kết quả").getByRole("button", { name: "Trả kết quả" }).click();
    await isDone(reception.page, "Đã trả kết quả");
    await reception.page.getByRole("tab", { name: "Quá trình" }).click();
    await reception.look("desk-progress", { widths });
    await reception.close();
  });

  it("is tracked by the QR link, its result downloaded, the service rated", async () => {
    // Another phone, which knows nothing but the link.
    const phoneOfFather = await story.visit(phone);
    const { page } = phoneOfFather;
    await page.goto(`/theo-doi#${receipt.code}.${receipt.secret}`);
    await atPage(page, receipt.code);
    expect(page.url()).not.toContain(receipt.secret);
    await page.getByRole("heading", { name: "Đã có kết quả" }).waitFor();
    await page.getByRole("heading", { name: "Hồ sơ đã đi qua" }).waitFor();
    await phoneOfFather.look("tracking", { widths });
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Tải kết quả (PDF)" }).click();
    const result = wordsOfPdf(await readAll(await (await download).createReadStream()));
    expect(result.toUpperCase()).toContain("GIẤY KHAI SINH");
    expect(result.toUpperCase()).toContain("NGUYỄN TRẦN BẢO AN");
    await page.getByLabel(/5 – Rất hài lòng/).check();
    await page.getByLabel(/Góp ý thêm/).fill("Nhanh và rõ ràng.");
    await page.getByRole("button", { name: "Gửi đánh giá" }).click();
    await page.getByText("Cảm ơn ông/bà đã đánh giá.").waitFor();
    await phoneOfFather.look("rated");
    await phoneOfFather.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});

async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
