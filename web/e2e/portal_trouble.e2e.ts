// portal_trouble.e2e.ts - the portal when the line, the file, the hand or the browser is not as it should be.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { answer } from "./answering.ts";
import { answerBirthPage, atPage, birth, goOn, readReceipt, startFiling, upload } from "./citizen.ts";
import { openStory, phone, widths, type Story, type Visit } from "./harness.ts";
import { makePapers, type Paper } from "./papers.ts";

const budgetBytes = 85 * 1024;
const budgetRequests = 6;

describe("the portal in trouble", () => {
  let story: Story;
  let papers: { scan: Paper; photo: Paper };
  let citizen: Visit;

  beforeAll(async () => {
    story = await openStory("portal-trouble", { dossiers: 12 });
    papers = await makePapers(story.browser, "GIẤY CHỨNG SINH");
    citizen = await story.visit({ ...phone, refusals: [/^(413|415|422) POST \/api\/v1\/drafts\/[^/]+\/files$/] });
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  it("is light on a first visit", async () => {
    const visit = await story.visit(phone);
    const sizes = new Map<string, number>();
    const reading: Promise<unknown>[] = [];
    visit.page.on("response", (response) => {
      const address = new URL(response.url());
      reading.push(
        response.body().then((body) => {
          // What is sent uncompressed (it carries the nonce) counts as it is sent.
          const packed = response.headers()["content-encoding"] ? gzipSync(body).length : body.length;
          sizes.set(address.pathname + address.search, packed);
        }),
      );
    });
    await visit.page.goto("/", { waitUntil: "networkidle" });
    await Promise.all(reading);
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const told = [...sizes].map(([path, size]) => `${size} ${path}`).join("\n");
    expect(sizes.size, told).toBeLessThanOrEqual(budgetRequests);
    expect(total, told).toBeLessThanOrEqual(budgetBytes);
    await visit.close();
  });

  it("goes on while the line is cut, and saves when it is back", async () => {
    const { page, context } = citizen;
    await startFiling(page, "1.001193");
    await page.getByRole("link", { name: "Làm phần tiếp theo" }).click();
    await answerBirthPage(page, 0);
    await goOn(page);
    await atPage(page, "Về trẻ");
    await context.setOffline(true);
    await answerBirthPage(page, 1);
    await goOn(page);
    await atPage(page, "Việc sinh");
    await page.getByText(/Đang mất kết nối/).first().waitFor();
    await citizen.look("offline");
    await answerBirthPage(page, 2);
    await context.setOffline(false);
    await goOn(page);
    await atPage(page, "Người mẹ");
    for (let at = 3; at < birth.length; at += 1) {
      await answerBirthPage(page, at);
      await goOn(page);
    }
    await atPage(page, "Giấy chứng sinh");
  });

  it("says what to do with a file that is too large or is not what its name says", async () => {
    const { page } = citizen;
    const input = page.locator('input[type="file"]:not([capture])');
    const large = join(story.server.dataFolder, "scan-30MB.pdf");
    writeFileSync(large, Buffer.alloc(30 * 1024 * 1024, "%PDF-1.4 "));
    await input.setInputFiles(large);
    await page.getByText(/quá mức 20 MB/).waitFor();
    await citizen.look("file-too-large", { widths });
    await page.getByRole("button", { name: /Xóa scan-30MB/ }).click();
    await input.setInputFiles({ name: "giay-chung-sinh.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\u0090 this is a program, not a paper") });
    await page.getByText(/Chưa tải lên được giay-chung-sinh.pdf/).first().waitFor();
    await citizen.look("file-of-wrong-kind");
    await page.getByRole("button", { name: /Xóa giay-chung-sinh/ }).click();
    await upload(page, papers.scan);
    await goOn(page);
    await atPage(page, "Liên hệ và nhận kết quả");
  });

  it("files one dossier for two presses of the button", async () => {
    const { page } = citizen;
    await goOn(page);
    await page.getByRole("alert").first().waitFor();
    await citizen.look("contact-missing");
    await page.getByLabel(/Bản điện tử/).check();
    await goOn(page);
    await atPage(page, "Kiểm tra lại trước khi nộp");
    const filings: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST" && new URL(request.url()).pathname === "/api/v1/dossiers") filings.push(request.headers()["idempotency-key"] ?? "");
    });
    await page.getByRole("button", { name: "Nộp hồ sơ", exact: true }).dblclick();
    const receipt = await readReceipt(page);
    expect(new Set(filings).size).toBe(1);
    expect(receipt.code).not.toBe("");
  });

  it("asks again when the line breaks at the very moment of filing, and files once", async () => {
    const visit = await story.visit(phone);
    const { page } = visit;
    await startFiling(page, "1.001193");
    await page.getByRole("link", { name: "Làm phần tiếp theo" }).click();
    for (let at = 0; at < birth.length; at += 1) {
      await answerBirthPage(page, at);
      await goOn(page);
    }
    await upload(page, papers.photo, true);
    await goOn(page);
    await page.getByLabel(/Bản điện tử/).check();
    await goOn(page);
    await atPage(page, "Kiểm tra lại trước khi nộp");
    // The request arrives, the answer does not.
    const keys: string[] = [];
    const codes: string[] = [];
    let cut = true;
    await page.route("**/api/v1/dossiers", async (route) => {
      keys.push(route.request().headers()["idempotency-key"] ?? "");
      if (!cut) return route.continue();
      codes.push(((await (await route.fetch()).json()) as { code: string }).code);
      return route.abort("connectionreset");
    });
    await page.getByRole("button", { name: "Nộp hồ sơ", exact: true }).click();
    await page.getByText("Chưa biết hồ sơ đã đến nơi hay chưa").first().waitFor({ timeout: 60_000 });
    await visit.look("unknown-whether-filed", { widths });
    cut = false;
    // The page tries again by itself for a while, then leaves it to the person.
    const again = page.getByRole("button", { name: "Gửi lại hồ sơ" });
    await again.or(page.getByTestId("dossier-code")).first().waitFor();
    if (await again.isVisible()) await again.click().catch(() => {});
    const receipt = await readReceipt(page);
    expect(new Set(keys).size).toBe(1);
    expect(new Set(codes)).toEqual(new Set([receipt.code]));
    await visit.close();
  });

  it("says the same for a wrong secret as for an unknown code", async () => {
    const visit = await story.visit({ ...phone, refusals: [/^404 GET \/api\/v1\/tracking$/] });
    const { page } = visit;
    await page.goto("/theo-doi");
    await page.getByLabel("Mã hồ sơ", { exact: true }).fill("H41.101.01-261122-0001");
    await page.getByLabel("Mã bí mật", { exact: true }).fill("WRONGSECRET");
    await page.getByRole("button", { name: "Xem hồ sơ" }).click();
    await page.getByText("Không tìm thấy hồ sơ với hai mã này").waitFor();
    await visit.look("wrong-secret", { widths });
    await page.goto("/khong-co-trang-nay");
    await atPage(page, "Không tìm thấy trang này");
    await visit.look("no-such-page");
    await visit.close();
  });

  it("speaks English where asked, and remembers it", async () => {
    const visit = await story.visit(phone);
    const { page } = visit;
    await page.goto("/");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("Birth registration").first().waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await visit.look("english-start", { widths });
    await page.getByRole("link", { name: "Birth registration" }).click();
    await atPage(page, "Birth registration");
    await visit.look("english-procedure");
    await visit.close();
  });

  it("can be used with the keyboard alone", async () => {
    const visit = await story.visit();
    const { page } = visit;
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText || document.activeElement?.id || "");
    const tabTo = async (wanted: RegExp) => {
      for (let step = 0; step < 60; step += 1) {
        await page.keyboard.press("Tab");
        if (wanted.test(await focused())) return;
      }
      throw new Error(`Tab does not come to ${String(wanted)}`);
    };
    await tabTo(/Đến nội dung chính/);
    await visit.look("keyboard-skip-link", { screenOnly: true });
    await tabTo(/^search$/);
    await page.keyboard.type("khai sinh");
    await page.getByRole("heading", { name: /Kết quả cho/ }).waitFor();
    await tabTo(/^Đăng ký khai sinh$/);
    await page.keyboard.press("Enter");
    await atPage(page, "Đăng ký khai sinh");
    await tabTo(/Nộp hồ sơ trực tuyến/);
    await page.keyboard.press("Enter");
    await atPage(page, "Các phần cần làm");
    await tabTo(/Người đi đăng ký/);
    await page.keyboard.press("Enter");
    await atPage(page, "Người đi đăng ký");
    // An empty page: the summary of what is missing takes the focus, and its link leads to the field.
    await tabTo(/^Tiếp tục$/);
    await page.keyboard.press("Enter");
    await page.getByText("Có chỗ cần sửa").waitFor();
    await visit.look("keyboard-errors", { widths });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("f-requester_name");
    for (const text of ["Trần Thị Hoa", "040196001234"]) {
      await page.keyboard.type(text);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.type("0912345678");
    await page.keyboard.press("Enter");
    await atPage(page, "Về trẻ");
    await visit.look("keyboard-second-page");
    await visit.close();
  });

  it("corrects a wrong ID number at its field", async () => {
    const visit = await story.visit(phone);
    const { page } = visit;
    await startFiling(page, "1.001193");
    await page.getByRole("link", { name: "Làm phần tiếp theo" }).click();
    await answerBirthPage(page, 0);
    await answer(page, { requester_id: "12345" });
    await goOn(page);
    await page.locator("#f-requester_id-problem").waitFor();
    await visit.look("wrong-id-number", { widths });
    await visit.close();
  });

  it("tells people without JavaScript where to go", async () => {
    const visit = await story.visit({ ...phone, javaScript: false });
    await visit.page.goto("/");
    await visit.page.getByText(/Trang này cần JavaScript/).waitFor();
    await visit.look("no-javascript");
    await visit.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
