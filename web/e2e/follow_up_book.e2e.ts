// follow_up_book.e2e.ts - form 07: the book of a unit, narrowed to a period, printed and taken along as a spreadsheet.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atPage } from "./citizen.ts";
import { dayOf, readableDay } from "./days.ts";
import { signIn } from "./desk.ts";
import { openStory, widths, type Story, type Visit } from "./harness.ts";
import { signInOver, takeMarital, type Taken } from "./office.ts";
import { wordsOfPdf } from "./papers.ts";

describe("the follow-up book", () => {
  let story: Story;
  let desk: Visit;
  let taken: Taken;

  beforeAll(async () => {
    story = await openStory("follow-up-book", { dossiers: 60 });
    taken = await takeMarital(story.server.url, await signInOver(story.server.url, "tiepnhan.thanhvinh"), "Đặng Thị Ước", "5234");
    desk = await signIn(story, "tiepnhan.thanhvinh");
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  const rows = () => desk.page.locator("tbody tr");

  it("is opened from the menu, and from the dossier that stands in it", async () => {
    const { page } = desk;
    await page.getByRole("link", { name: "Sổ theo dõi" }).first().click();
    await atPage(page, "Sổ theo dõi hồ sơ");
    await rows().first().waitFor();
    await desk.look("book", { widths });
    await page.goto(`/desk/dossiers/${taken.id}`);
    await page.getByRole("tab", { name: "Biểu mẫu" }).click();
    await page.getByRole("link", { name: "Mở sổ theo dõi" }).click();
    await atPage(page, "Sổ theo dõi hồ sơ");
    await rows().filter({ hasText: taken.code }).waitFor();
    expect(await rows().count()).toBeGreaterThan(5);
  });

  it("is narrowed to a day", async () => {
    const { page } = desk;
    const today = dayOf(Date.now());
    const whole = await rows().count();
    await page.getByLabel("Từ ngày").fill(readableDay(today));
    await page.getByLabel("Từ ngày").press("Enter");
    await page.getByLabel("Đến ngày").fill(readableDay(today));
    await page.getByLabel("Đến ngày").press("Enter");
    await page.waitForURL(/from=.*to=/);
    await rows().filter({ hasText: taken.code }).waitFor();
    await page.waitForFunction((count) => document.querySelectorAll("tbody tr").length < count, whole);
    for (const row of await rows().all()) expect(await row.innerText()).toContain(readableDay(today));
    await desk.look("one-day", { widths });
  });

  it("is printed as PDF", async () => {
    const { page } = desk;
    const link = page.getByRole("link", { name: "In sổ (PDF)" });
    const answer = await page.context().request.get((await link.getAttribute("href")) ?? "");
    expect(answer.status()).toBe(200);
    expect(answer.headers()["content-type"]).toBe("application/pdf");
    const words = wordsOfPdf(await answer.body());
    expect(words.toUpperCase()).toContain("SỔ THEO DÕI HỒ SƠ");
    expect(words).toContain("Đặng Thị Ước");
  });

  it("is taken along as a spreadsheet", async () => {
    const { page } = desk;
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Xuất Excel" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
    const path = join(story.server.dataFolder, "tmp", "book.xlsx");
    await file.saveAs(path);
    const sheet = execFileSync("unzip", ["-p", path, "xl/worksheets/sheet1.xml"], { encoding: "utf8" });
    expect(sheet).toContain(taken.code);
    expect(sheet).toContain("Đặng Thị Ước");
  });

  it("opens the dossier of a row", async () => {
    const { page } = desk;
    await rows().filter({ hasText: taken.code }).getByRole("link").click();
    await page.getByRole("heading", { name: /Đặng Thị Ước/ }).first().waitFor();
    await desk.look("dossier");
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
