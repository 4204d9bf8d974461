// supplement.e2e.ts - everything that is missing is asked for once, and answered from the phone.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answer } from "./answering.ts";
import { atPage, upload, type Receipt } from "./citizen.ts";
import { choose, form, isDone, openFromInbox, signIn } from "./desk.ts";
import { fileBirth } from "./filing.ts";
import { openStory, phone, widths, type Story, type Visit } from "./harness.ts";
import { makePapers, type Paper } from "./papers.ts";

describe("a dossier that lacks something", () => {
  let story: Story;
  let papers: { scan: Paper; photo: Paper };
  let receipt: Receipt;
  let reception: Visit;

  beforeAll(async () => {
    story = await openStory("supplement", { dossiers: 12 });
    papers = await makePapers(story.browser, "GIẤY CHỨNG SINH");
    receipt = await fileBirth(story.server.url, papers.scan);
    reception = await signIn(story, "tiepnhan.thanhvinh");
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  it("is asked for everything at once, paper and answer", async () => {
    const { page } = reception;
    await openFromInbox(page, receipt.code);
    await choose(page, "Yêu cầu bổ sung");
    const asked = form(page, "Yêu cầu bổ sung");
    // Nothing is sent before every paper was judged.
    await asked.getByLabel("Lý do", { exact: true }).fill("Giấy chứng sinh mờ, quê quán chưa rõ.");
    await asked.getByRole("button", { name: /^Gửi yêu cầu bổ sung/ }).click();
    await asked.getByRole("alert").waitFor();
    await reception.look("must-judge-all");
    await asked.getByRole("radiogroup", { name: "Kết luận về Giấy chứng sinh" }).getByText("Cần bổ sung").click();
    await asked.getByLabel("Cần bổ sung gì ở Giấy chứng sinh").fill("Chụp lại rõ bốn góc và chữ ký.");
    await asked.getByRole("checkbox", { name: "Cần bổ sung: Quê quán của trẻ" }).check();
    await asked.getByLabel("Cần bổ sung gì ở Quê quán của trẻ").fill("Ghi đủ xã, tỉnh theo tên hiện nay.");
    await asked.getByText("Người dân sẽ đọc").waitFor();
    await reception.look("request", { widths });
    await asked.getByRole("button", { name: "Gửi yêu cầu bổ sung (2 nội dung)" }).click();
    await isDone(page, "Đã gửi yêu cầu bổ sung");
    await reception.look("requested");
  });

  it("is answered by the citizen through tracking", async () => {
    const citizen = await story.visit(phone);
    const { page } = citizen;
    await page.goto("/theo-doi");
    await atPage(page, "Theo dõi hồ sơ");
    await citizen.look("tracking-codes", { widths });
    await page.getByLabel("Mã hồ sơ", { exact: true }).fill(receipt.code.toLowerCase());
    await page.getByLabel("Mã bí mật", { exact: true }).fill(receipt.secret);
    await page.getByRole("button", { name: "Xem hồ sơ" }).click();
    await atPage(page, receipt.code);
    await page.getByRole("heading", { name: "Cần ông/bà bổ sung" }).waitFor();
    await page.getByText("Chụp lại rõ bốn góc và chữ ký.").first().waitFor();
    await citizen.look("tracking-supplement", { widths });
    await page.getByRole("button", { name: "Gửi bổ sung" }).click();
    await page.getByRole("alert").first().waitFor();
    await upload(page, papers.photo, true);
    await answer(page, { child_hometown: "Xã Kim Liên, tỉnh Nghệ An" });
    await page.getByLabel(/Lời nhắn cho cán bộ/).fill("Đã chụp lại, mong cán bộ xem giúp.");
    await citizen.look("tracking-answered");
    await page.getByRole("button", { name: "Gửi bổ sung" }).click();
    await page.getByText("Đã gửi bổ sung. Cơ quan tiếp tục giải quyết hồ sơ.").waitFor();
    await citizen.look("tracking-sent");
    await citizen.close();
  });

  it("is not asked a second time, and the officer is told why", async () => {
    const { page } = reception;
    await openFromInbox(page, receipt.code);
    await page.getByText(papers.photo.name).first().waitFor({ state: "attached", timeout: 5000 }).catch(() => {});
    const bar = page.getByRole("toolbar", { name: "Việc có thể làm" });
    expect(await bar.getByRole("button", { name: "Yêu cầu bổ sung", exact: true }).count()).toBe(0);
    await bar.getByRole("button", { name: "Việc khác" }).click();
    const refused = page.getByRole("menuitem", { name: /Yêu cầu bổ sung/ });
    await refused.waitFor();
    expect(await refused.getAttribute("aria-disabled")).toBe("true");
    expect(await refused.innerText()).toMatch(/một lần|giám sát/);
    await reception.look("second-refused", { screenOnly: true });
    await page.keyboard.press("Escape");
    await choose(page, "Tiếp nhận");
    await form(page, "Tiếp nhận").getByRole("checkbox", { name: "Giấy chứng sinh" }).check();
    await page.getByRole("button", { name: "Tiếp nhận hồ sơ" }).click();
    await isDone(page, "Đã tiếp nhận hồ sơ");
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
