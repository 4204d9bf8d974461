// calendar_change.e2e.ts - the administrator closes an office for a day: looked at, saved, and only then counted.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atPage } from "./citizen.ts";
import { addDays, isWorkingDay, readableDay } from "./days.ts";
import { signIn } from "./desk.ts";
import { openStory, widths, type Story, type Visit } from "./harness.ts";
import { ask, signInOver, takeMarital, type Officer, type Taken } from "./office.ts";

describe("an office that closes for a day", () => {
  let story: Story;
  let reception: Officer;
  let administrator: Visit;
  const taken: Taken[] = [];
  let due = "";
  let moved = "";

  beforeAll(async () => {
    story = await openStory("calendar-change", { dossiers: 12 });
    reception = await signInOver(story.server.url, "tiepnhan.thanhvinh");
    for (let one = 0; one < 4; one += 1) taken.push(await takeMarital(story.server.url, reception, "Đặng Thị Ước", `423${one}`));
    due = taken[0]!.due_at.slice(0, 10);
    moved = addDays(due, 1);
    while (!isWorkingDay(moved)) moved = addDays(moved, 1);
    administrator = await signIn(story, "quantri");
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  const dueDays = () => Promise.all(taken.map(async (one) => (await ask<{ due_at: string }>(story.server.url, reception, `/api/v1/dossiers/${one.id}`)).due_at.slice(0, 10)));
  const openCalendar = async () => {
    await administrator.page.goto(`/desk/calendars?office=H41.101&year=${due.slice(0, 4)}`);
    await atPage(administrator.page, "Lịch làm việc");
    await administrator.page.getByRole("tab", { name: "Cả năm" }).waitFor();
  };

  it("is looked at day by day and hour by hour", async () => {
    const { page } = administrator;
    await openCalendar();
    await page.getByText("Các ngày đặc biệt trong năm").first().waitFor();
    await administrator.look("year", { widths });
    await page.getByRole("tab", { name: "Giờ làm việc" }).click();
    await page.getByText("07:30-11:30").first().or(page.locator("input[value*='07:30']").first()).first().waitFor();
    await administrator.look("hours", { widths });
  });

  it("is typed in, refused without a reason, and tried out", async () => {
    const { page } = administrator;
    await page.getByRole("tab", { name: "Nghỉ riêng, làm thêm" }).click();
    await page.getByRole("button", { name: "Thêm ngày nghỉ" }).click();
    const row = page.getByRole("group", { name: "Ngày nghỉ riêng của cơ quan 1" });
    await row.getByLabel("Từ ngày").fill(readableDay(due));
    await row.getByLabel("Từ ngày").press("Enter");
    await page.getByRole("button", { name: "Xem trước ảnh hưởng" }).click();
    await page.getByText("Ghi lý do.").first().waitFor();
    await administrator.look("without-reason", { widths });
    await row.getByLabel("Lý do", { exact: true }).fill("Di chuyển trụ sở");
    await row.getByLabel(/tiếng Anh/).fill("The office moves");
    await row.getByLabel("Văn bản").fill("Thông báo số 15/TB-UBND");
    await page.getByRole("button", { name: "Xem trước ảnh hưởng" }).click();
    const preview = page.getByRole("status").filter({ hasText: "Nếu tính lại hạn trả theo lịch này" });
    await preview.waitFor();
    await preview.locator("summary").click();
    await preview.getByText(taken[0]!.code).first().waitFor();
    expect(await preview.innerText()).toContain(readableDay(moved));
    await administrator.look("preview", { widths });
    expect(await dueDays()).toEqual(taken.map(() => due));
  });

  it("is saved with reason and act, and no due date has moved", async () => {
    const { page } = administrator;
    await page.getByLabel("Lý do sửa lịch").fill("Di chuyển trụ sở");
    await page.getByLabel("Văn bản làm căn cứ").fill("Thông báo số 15/TB-UBND");
    await page.getByRole("button", { name: "Lưu lịch, giữ nguyên hạn trả" }).click();
    await page.getByText("Đã lưu bản 1. Hạn trả của hồ sơ chưa đổi.").waitFor();
    await administrator.look("saved", { widths });
    expect(await dueDays()).toEqual(taken.map(() => due));
    await page.getByRole("tab", { name: /Lịch sử/ }).click();
    await page.getByRole("button", { name: "Xem bản 1" }).or(page.getByText("Di chuyển trụ sở")).first().waitFor();
    await administrator.look("history", { widths });
  });

  it("counts for dossiers when told to, with progress, once", async () => {
    const { page } = administrator;
    await page.getByRole("button", { name: "Xem hồ sơ nào sẽ đổi hạn" }).click();
    const start = page.getByRole("button", { name: /^Tính lại hạn trả của \d+ hồ sơ$/ });
    await start.waitFor();
    await administrator.look("recompute", { widths });
    await start.click();
    await page.getByText(/^Đổi hạn trả của \d+ hồ sơ\?/).waitFor();
    await administrator.look("recompute-sure");
    await page.getByRole("button", { name: "Đổi hạn trả", exact: true }).click();
    await page.getByText(/^Xong\. \d+ hồ sơ đã có hạn trả mới\.$/).waitFor();
    expect(await page.getByRole("progressbar").count()).toBeGreaterThan(0);
    await administrator.look("recomputed", { widths });
    expect(await dueDays()).toEqual(taken.map(() => moved));
    await page.getByRole("button", { name: "Đóng", exact: true }).click();
    await page.getByRole("button", { name: "Xem hồ sơ nào sẽ đổi hạn" }).click();
    await page.getByText("Không hồ sơ nào đổi hạn trả.").waitFor();
  });

  it("is in the derivation of the dossier, and in the year", async () => {
    const { page } = administrator;
    await openCalendar();
    await page.getByText("Di chuyển trụ sở").first().waitFor();
    await administrator.look("year-after");
    const officer = await signIn(story, "hotich.thanhvinh");
    await officer.page.goto(`/desk/dossiers/${taken[0]!.id}`);
    await officer.page.getByRole("button", { name: "Vì sao là ngày này?" }).click();
    const why = officer.page.getByRole("dialog").filter({ hasText: "Vì sao là" });
    await why.getByText(/Di chuyển trụ sở/).first().waitFor();
    expect(await why.innerText()).toContain(readableDay(moved));
    await officer.look("why", { screenOnly: true });
    await officer.page.keyboard.press("Escape");
    // Who is no administrator reads it, and finds nothing to change.
    await officer.page.goto("/desk/calendars?office=H41.101");
    await officer.page.getByText("Chỉ người quản trị được sửa lịch.").waitFor();
    await officer.page.getByRole("tab", { name: "Nghỉ riêng, làm thêm" }).click();
    await officer.page.getByText("Di chuyển trụ sở").first().waitFor();
    expect(await officer.page.getByRole("button", { name: "Thêm ngày nghỉ" }).count()).toBe(0);
    await officer.look("read-only", { widths });
    await officer.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
