// organisation.e2e.ts - an administrator exports a table, imports it changed, and sees before it counts what it
// does; an agency gets another name from a day on.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atPage } from "./citizen.ts";
import { addDays, dayOf, readableDay } from "./days.ts";
import { isDone, signIn } from "./desk.ts";
import { openStory, widths, type Story, type Visit } from "./harness.ts";

const today = dayOf(Date.now());

describe("the organisation of a province", () => {
  let story: Story;
  let administrator: Visit;

  beforeAll(async () => {
    story = await openStory("organisation", { dossiers: 1 });
    administrator = await signIn(story, "quantri");
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  const csvOf = async (): Promise<string> => {
    const answer = await administrator.page.context().request.get(`/api/v1/organisation/export.csv?table=counters&on=${today}`);
    expect(answer.status()).toBe(200);
    return answer.text();
  };
  const act = async () => {
    const dialog = administrator.page.getByRole("dialog");
    await dialog.getByLabel("Số quyết định").fill("7/QĐ-UBND");
    await dialog.getByLabel("Ngày ban hành").fill(readableDay(addDays(today, -1)));
    await dialog.getByLabel("Cơ quan ban hành").fill("UBND tỉnh Nghệ An");
    await dialog.getByLabel("Về việc").fill("Thử trước khi ghi nhận");
    await dialog.getByLabel("Số quyết định").focus();
  };

  it("is imported from a table after a look at what would change", async () => {
    const { page } = administrator;
    const head = (await csvOf()).split(/\r?\n/)[0] ?? "";
    await page.goto("/desk/organisation/H41.101.01");
    await atPage(page, "Tổ chức");
    await page.getByRole("heading", { name: /^Trung tâm Phục vụ hành chính công/ }).waitFor();
    await administrator.look("centre", { widths });
    await page.getByRole("button", { name: "Nhập, xuất bảng" }).click();
    const dialog = page.getByRole("dialog", { name: "Nhập, xuất bảng" });
    await dialog.getByText("Quầy", { exact: true }).click();
    const lines = [head, counterLine(head, "H41.101.01", "1"), counterLine(head, "H41.999", "1")];
    await dialog.locator('input[type="file"]').setInputFiles({ name: "quay.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\r\n")) });
    await dialog.getByRole("button", { name: "Xem trước" }).click();
    await dialog.getByText(/^1 chỗ bị từ chối/).waitFor();
    expect(await dialog.getByRole("button", { name: "Áp dụng" }).isDisabled()).toBe(true);
    await administrator.look("refused", { widths, screenOnly: true });
    await dialog.locator('input[type="file"]').setInputFiles({ name: "quay.csv", mimeType: "text/csv", buffer: Buffer.from(lines.slice(0, 2).join("\r\n")) });
    await dialog.getByRole("button", { name: "Xem trước" }).click();
    await dialog.getByText(/^Thêm 1, đổi 0/).waitFor();
    await dialog.getByRole("button", { name: "Áp dụng" }).click();
    await isDone(page, "Đã ghi nhận.");
    await page.getByText(/^Quầy 1: /).waitFor();
  });

  it("gives an agency another name from a day on, and keeps the old one until then", async () => {
    const { page } = administrator;
    const day = addDays(today, 40);
    await page.goto("/desk/organisation/H41.102");
    await page.getByRole("button", { name: "Đổi tên, địa chỉ" }).click();
    const dialog = page.getByRole("dialog", { name: "Đổi tên, địa chỉ" });
    await dialog.getByText("Ghi tên, địa chỉ hoặc mã mới.").waitFor();
    await dialog.getByLabel("Tên cơ quan").fill("Ủy ban nhân dân phường Trường Vinh Mới");
    await dialog.getByLabel("Có hiệu lực từ 0 giờ ngày").fill(readableDay(day));
    await act();
    await dialog.getByRole("button", { name: "Xem trước" }).click();
    await dialog.getByRole("region", { name: "Xem trước" }).first().waitFor();
    await administrator.look("renaming", { widths, screenOnly: true });
    await dialog.getByRole("button", { name: "Ghi nhận" }).click();
    await isDone(page, "Đã ghi nhận.");
    await page.getByRole("heading", { level: 2, name: "Ủy ban nhân dân phường Trường Vinh", exact: true }).waitFor();
    await page.goto(`/desk/organisation/H41.102?on=${day}`);
    await page.getByRole("heading", { level: 2, name: "Ủy ban nhân dân phường Trường Vinh Mới" }).waitFor();
    await administrator.look("renamed", { widths });
  });

  it("is split after a look at what would be left behind", async () => {
    const { page } = administrator;
    await page.goto("/desk/organisation/H41.103");
    await page.getByRole("button", { name: "Tách, chuyển việc" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Cơ quan nhận").click();
    await page.getByRole("option", { name: /\(H41\.104\)/ }).click();
    await dialog.getByLabel("Lĩnh vực chuyển sang").click();
    await page.getByRole("option", { name: "Chứng thực" }).click();
    await page.keyboard.press("Escape");
    await dialog.getByLabel("Có hiệu lực từ 0 giờ ngày").fill(readableDay(addDays(today, 40)));
    await act();
    await dialog.getByRole("button", { name: "Xem trước" }).click();
    await dialog.getByRole("region", { name: "Xem trước" }).first().waitFor();
    await administrator.look("splitting", { widths, screenOnly: true });
    await dialog.getByRole("button", { name: "Ghi nhận" }).click();
    await isDone(page, "Đã ghi nhận.");
    await page.goto("/desk/organisation");
    await page.getByText("7/QĐ-UBND").first().waitFor();
    await administrator.look("coming", { widths });
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});

// A counter in the columns of the exported table.
function counterLine(head: string, centre: string, number: string): string {
  const values: Record<string, string> = { centre, number, name_vi: "Quầy tiếp nhận số 1", fields: "Hộ tịch", from: today };
  return head
    .replace(/^\uFEFF/, "")
    .split(",")
    .map((column) => values[column] ?? "")
    .join(",");
}
