// why_this_date.e2e.ts - the same reasons for a date at the desk, on the receipt and for the citizen, in two languages.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atPage } from "./citizen.ts";
import { readableDay } from "./days.ts";
import { openFromInbox, signIn } from "./desk.ts";
import { openStory, phone, widths, type Story, type Visit } from "./harness.ts";
import { ask, signInOver, takeMarital, type Officer, type Taken } from "./office.ts";
import { wordsOfPdf } from "./papers.ts";

interface Told {
  clock: { due_at: string; explanation: { text: { vi: string; en: string }; article: string }[] };
}

describe("why a dossier is due on that day", () => {
  let story: Story;
  let reception: Officer;
  let taken: Taken;
  let told: Told;
  let desk: Visit;
  // Days and moments of the derivation: what may not be different anywhere.
  let days: string[];

  beforeAll(async () => {
    story = await openStory("why-this-date", { dossiers: 12 });
    reception = await signInOver(story.server.url, "tiepnhan.thanhvinh");
    taken = await takeMarital(story.server.url, reception, "Đặng Thị Ước", "1234");
    told = await ask<Told>(story.server.url, reception, `/api/v1/dossiers/${taken.id}`);
    days = [...new Set(told.clock.explanation.flatMap((line) => line.text.vi.match(/\d{2}\/\d{2}\/\d{4}/g) ?? []))];
    desk = await signIn(story, "hotich.thanhvinh");
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  const due = () => readableDay(taken.due_at.slice(0, 10));

  it("is told at the desk in Vietnamese, step by step, with the articles", async () => {
    const { page } = desk;
    await openFromInbox(page, taken.code);
    await desk.look("dossier", { widths });
    await page.getByRole("button", { name: "Vì sao là ngày này?" }).click();
    const why = page.getByRole("dialog").filter({ hasText: "Vì sao là" });
    await why.waitFor();
    const text = await why.innerText();
    expect(days.length).toBeGreaterThan(1);
    for (const day of days) expect(text).toContain(day);
    for (const line of told.clock.explanation) if (line.article) expect(text).toContain(line.article.split(/[,(]/)[0]!.trim());
    expect(text).toContain("Bộ luật Dân sự 2015");
    expect(text).toContain(due());
    await desk.look("vietnamese", { screenOnly: true, widths });
    await page.keyboard.press("Escape");
    await why.waitFor({ state: "detached" });
  });

  it("and in English", async () => {
    const { page } = desk;
    await page.getByText("EN", { exact: true }).click();
    await page.getByRole("button", { name: /^Why (is it )?this date|^Why/ }).first().click();
    const why = page.getByRole("dialog").filter({ hasText: "Why" });
    await why.waitFor();
    const text = await why.innerText();
    for (const day of days) expect(text).toContain(day);
    expect(text).toMatch(/working day/);
    expect(text).toMatch(/Received|received/);
    await desk.look("english", { screenOnly: true, widths });
    await page.keyboard.press("Escape");
    await page.getByText("VI", { exact: true }).click();
  });

  it("stands on the receipt, with English when it is asked for", async () => {
    const { page } = desk;
    const print = async (path: string) => wordsOfPdf(await (await page.context().request.get(path)).body());
    const plain = await print(`/api/v1/dossiers/${taken.id}/documents/slip`);
    const both = await print(`/api/v1/dossiers/${taken.id}/documents/slip?lang=en`);
    for (const day of days) {
      expect(plain).toContain(day);
      expect(both).toContain(day);
    }
    expect(plain).toContain("Vì sao hẹn trả ngày này");
    expect(plain).not.toContain("Why this date");
    expect(both).toContain("Why this date");
    await page.getByRole("tab", { name: "Biểu mẫu" }).click();
    await page.getByRole("link", { name: /In kèm tiếng Anh/ }).waitFor();
    expect(await page.getByRole("link", { name: /In kèm tiếng Anh/ }).getAttribute("href")).toContain("lang=en");
    await page.getByText(/Phiếu kiểm soát quá trình/).first().waitFor();
    await desk.look("forms", { widths });
  });

  it("is told to the citizen with the same days, in both languages", async () => {
    const citizen = await story.visit(phone);
    const { page } = citizen;
    await page.goto(`/theo-doi#${taken.code}.${taken.secret}`);
    await atPage(page, taken.code);
    await page.getByText("Vì sao là ngày này?").click();
    const box = page.getByRole("region", { name: /Ngày hẹn trả|Hẹn trả|Dự kiến|hạn/i }).first();
    const shown = await page.locator("section.due").innerText();
    expect(await box.count()).toBeGreaterThanOrEqual(0);
    for (const day of days) expect(shown).toContain(day);
    expect(shown).toContain("Bộ luật Dân sự 2015");
    await citizen.look("tracking", { widths });
    await page.getByRole("button", { name: "English" }).or(page.getByRole("link", { name: "English" })).first().click();
    await page.getByText(/Why/).first().waitFor();
    if (!(await page.locator("section.due details").evaluate((element) => (element as HTMLDetailsElement).open))) await page.locator("section.due summary").click();
    const english = await page.locator("section.due").innerText();
    for (const day of days) expect(english).toContain(day);
    expect(english).toMatch(/working day/);
    await citizen.look("tracking-english", { widths });
    await citizen.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
