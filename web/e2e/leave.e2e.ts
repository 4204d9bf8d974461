// leave.e2e.ts - a chairman announces his leave on the desk; his deputy finds the work marked "KT." and
// signs; the leave is ended early, and the signature is still found authorised.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atPage } from "./citizen.ts";
import { addDays, readableDay } from "./days.ts";
import { choose, form as actionForm, isDone, openFromInbox, signIn } from "./desk.ts";
import { openStory, widths, type Story, type Visit } from "./harness.ts";
import { signInOver, takeMarital } from "./office.ts";

const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

describe("a leave with a deputy", () => {
  let story: Story;
  let chairman: Visit;
  let deputy: Visit;

  beforeAll(async () => {
    story = await openStory("leave", { dossiers: 40 });
    // One dossier waits for his signature, whatever the demonstration has at this hour.
    const taken = await takeMarital(story.server.url, await signInOver(story.server.url, "tiepnhan.thanhvinh"), "Hồ Thị Chờ Ký", "4417");
    const specialist = await signIn(story, "hotich.thanhvinh");
    await openFromInbox(specialist.page, taken.code);
    await choose(specialist.page, "Xử lý xong bước này");
    await actionForm(specialist.page, "Xử lý xong bước này").getByRole("radio").first().check();
    await specialist.page.getByRole("button", { name: "Hoàn thành bước này" }).click();
    await isDone(specialist.page, "Đã xong bước này");
    await specialist.close();
    chairman = await signIn(story, "chutich.thanhvinh");
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  const openPage = async (visit: Visit) => {
    await visit.page.goto("/desk/authority");
    await atPage(visit.page, "Phân quyền và ủy quyền");
  };

  it("is announced by the chairman, after the form has told what is missing", async () => {
    const { page } = chairman;
    await openPage(chairman);
    await chairman.look("empty", { widths });
    await page.getByRole("button", { name: "Nghỉ phép" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Đến ngày", { exact: true }).fill(readableDay(addDays(today(), 14)));
    await form.getByLabel("Số, ký hiệu").click();
    // Nobody else signs there.
    await form.getByText(/^Nếu làm việc này, \d+ bước .*không có người xử lý/).waitFor();
    await chairman.look("foreseen", { widths });
    await form.getByLabel("Người thay").click();
    await page.getByRole("option", { name: /Trần Thị Khuê/ }).click();
    await form.getByRole("button", { name: "Kiểm tra trước" }).click();
    await form.getByRole("group", { name: "Văn bản làm căn cứ" }).getByText("Thiếu số, cơ quan ban hành").waitFor();
    await form.getByText(/^Nếu làm việc này/).waitFor({ state: "detached" });
    await chairman.look("problems", { widths });
    await form.getByLabel("Số, ký hiệu").fill("45/TB-UBND");
    await form.getByLabel("Cơ quan, người ban hành").fill("Chủ tịch UBND phường");
    await form.getByLabel("Ngày ban hành").fill(readableDay(today()));
    await form.getByLabel("Số, ký hiệu").press("Tab");
    await form.getByRole("button", { name: "Ghi nhận" }).click();
    await isDone(page, "Đã ghi nhận.");
    await page.getByRole("region", { name: "Đang có hiệu lực" }).first().getByText("Trần Thị Khuê").waitFor();
    await chairman.look("recorded", { widths });
  });

  it("brings the chairman's work to the deputy, marked with his name", async () => {
    deputy = await signIn(story, "hotich.thanhvinh");
    await deputy.page.getByText("KT. Lê Quang Vịnh").first().waitFor();
    await deputy.look("inbox", { widths });
  });

  it("is ended early by the chairman, and the work goes back", async () => {
    const { page } = chairman;
    await openPage(chairman);
    await page.getByRole("button", { name: /^Xem Nghỉ/ }).first().click();
    await page.getByRole("button", { name: "Kết thúc sớm" }).click();
    await chairman.look("ending", { widths });
    await page.getByRole("region", { name: "Kết thúc sớm" }).getByRole("button", { name: "Kết thúc sớm" }).click();
    await isDone(page, "Đã thu hồi.");
    await page.getByRole("region", { name: "Đã hết hoặc đã thu hồi" }).first().waitFor();
    await deputy.page.reload();
    await deputy.page.getByRole("heading", { level: 1, name: "Hộp việc" }).waitFor();
    await expect.poll(() => deputy.page.getByText("KT. Lê Quang Vịnh").count()).toBe(0);
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
