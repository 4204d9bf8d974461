// coverage.e2e.ts - an administrator sees where nobody is, gives the role from there, and is told before he
// takes it away again that the gap comes back.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atPage } from "./citizen.ts";
import { daysAgo, readableDay } from "./days.ts";
import { isDone, signIn } from "./desk.ts";
import { openStory, widths, type Story, type Visit } from "./harness.ts";

const yesterday = daysAgo(1);

describe("a step that nobody takes", () => {
  let story: Story;
  let administrator: Visit;

  beforeAll(async () => {
    story = await openStory("coverage", { dossiers: 1 });
    administrator = await signIn(story, "quantri");
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  it("is seen on the matrix, with the steps behind a figure", async () => {
    const { page } = administrator;
    await page.getByRole("link", { name: "Xem và giao việc" }).click();
    await atPage(page, "Bảo đảm người xử lý");
    await page.getByLabel("Tìm cơ quan").fill("vinh phu");
    await page.getByText("2 cơ quan", { exact: true }).waitFor();
    await administrator.look("matrix", { widths });
    await page.getByRole("button", { name: /Xem Chứng thực tại/ }).click();
    const panel = page.getByRole("dialog");
    await panel.getByRole("button", { expanded: false }).first().click();
    await panel.getByText("Cơ quan chưa có cán bộ nào").first().waitFor();
    await administrator.look("steps", { widths, screenOnly: true });
    await panel.getByRole("button", { name: "Đóng" }).click();
  });

  it("is given to somebody from where it is missing", async () => {
    const { page } = administrator;
    await page.getByRole("tab", { name: "Chỗ trống" }).click();
    await page.getByRole("combobox", { name: "Cơ quan" }).fill("H41.103");
    await page.getByRole("option", { name: /phường Vinh Phú \(H41\.103\)/ }).click();
    const row = page.getByRole("row").filter({ hasText: "phường Vinh Phú" }).filter({ hasText: "Văn thư" });
    await row.getByRole("link", { name: "Hồ Thị Thùy" }).click();
    const form = page.getByRole("dialog", { name: "Phân quyền" });
    await form.getByLabel("Số, ký hiệu").fill("12/QĐ-UBND");
    await form.getByLabel("Cơ quan, người ban hành").fill("UBND tỉnh");
    await form.getByLabel("Ngày ban hành").fill(readableDay(yesterday));
    await form.getByRole("button", { name: "Ghi nhận" }).click();
    await isDone(page, "Đã ghi nhận.");
    await administrator.look("given", { widths });
  });

  it("comes back when that is taken away, and the page says so before", async () => {
    const { page } = administrator;
    await page.getByRole("button", { name: "Xem Phân quyền Hồ Thị Thùy" }).click();
    await page.getByRole("button", { name: "Thu hồi" }).click();
    await page.getByText(/^Nếu làm việc này, \d+ bước của \d+ thủ tục sẽ không có người xử lý/).waitFor();
    await administrator.look("foreseen", { widths, screenOnly: true });
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
