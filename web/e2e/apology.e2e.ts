// apology.e2e.ts - nobody has worked on it: the apology drafts itself, and waits for one signature.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atPage } from "./citizen.ts";
import { dayOf, daysAgo, readableDay } from "./days.ts";
import { choose, form, isDone, openFromInbox, signIn } from "./desk.ts";
import { openStory, phone, widths, type Story, type Visit } from "./harness.ts";
import { ask, signInOver, takeMarital, type Taken } from "./office.ts";
import { wordsOfPdf } from "./papers.ts";
import { clockCanBeSet } from "./server.ts";

interface Told {
  due_at: string;
  clock: { appointed_at: string; due_state: string };
  apology: { state: string; new_due_at: string; reason: string; number: string; drafted_by: string };
}

describe.skipIf(!clockCanBeSet)("an apology that drafted itself", () => {
  let story: Story;
  let taken: Taken;
  let chairman: Visit;
  let drafted: Told;

  beforeAll(async () => {
    // Taken in three weeks ago at ten o'clock; then the server slept until today.
    story = await openStory("apology", { dossiers: 12, since: `${daysAgo(21)} 10:00` });
    const server = story.server;
    taken = await takeMarital(server.url, await signInOver(server.url, "tiepnhan.thanhvinh"), "Đặng Thị Ước", "3234");
    await server.stop();
    await server.start();
    chairman = await signIn(story, "chutich.thanhvinh");
    drafted = await told();
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  const told = async () => ask<Told>(story.server.url, await signInOver(story.server.url, "chutich.thanhvinh"), `/api/v1/dossiers/${taken.id}`);

  it("is found by the leader in his inbox", async () => {
    expect(drafted.apology).toMatchObject({ state: "draft", drafted_by: "" });
    expect(drafted.clock.due_state).toBe("overdue");
    const { page } = chairman;
    await page.goto("/desk/inbox");
    const row = page.getByRole("row").filter({ hasText: taken.code });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/xin lỗi/i);
    await chairman.look("inbox", { widths });
  });

  it("is read as it will be printed: a draft", async () => {
    const { page } = chairman;
    await openFromInbox(page, taken.code);
    const clock = page.getByRole("region", { name: "Thời hạn giải quyết" });
    expect(await clock.innerText()).toMatch(/Quá hạn từ[\s\S]*Phiếu xin lỗi đang chờ ký/);
    await chairman.look("dossier", { widths });
    const draft = await page.context().request.get(`/api/v1/dossiers/${taken.id}/documents/apology`);
    expect(draft.headers()["content-type"]).toBe("application/pdf");
    expect(wordsOfPdf(await draft.body()).toUpperCase()).toContain("DỰ THẢO");
  });

  it("is signed with one click", async () => {
    const { page } = chairman;
    await choose(page, "Ký phiếu xin lỗi");
    const asked = form(page, "Ký phiếu xin lỗi");
    await asked.getByText(/Hệ thống soạn lúc/).waitFor();
    expect(await asked.getByLabel("Lý do chậm").inputValue()).toBe(drafted.apology.reason);
    expect(await asked.getByLabel("Ngày trả mới").first().inputValue()).toBe(readableDay(drafted.apology.new_due_at.slice(0, 10)));
    await chairman.look("sign", { widths });
    await asked.getByRole("button", { name: "Ký phiếu xin lỗi" }).click();
    await isDone(page, "Đã ký phiếu xin lỗi");
    await chairman.look("signed");
    await page.goto("/desk/inbox");
    await page.getByRole("heading", { level: 1, name: "Hộp việc" }).waitFor();
  });

  it("leaves the legal date, and the dossier tells the new one", async () => {
    const signed = await told();
    expect(signed.apology.state).toBe("signed");
    expect(signed.due_at).toBe(drafted.due_at);
    expect(signed.clock.appointed_at).toBe(drafted.apology.new_due_at);
    expect(Date.parse(signed.clock.appointed_at)).toBeGreaterThan(Date.now());
    const { page } = chairman;
    await page.goto(`/desk/dossiers/${taken.id}`);
    const clock = page.getByRole("region", { name: "Thời hạn giải quyết" });
    await clock.waitFor();
    const text = await clock.innerText();
    expect(text).toContain(readableDay(signed.clock.appointed_at.slice(0, 10)));
    expect(text).toContain(readableDay(dayOf(Date.parse(signed.due_at))));
    expect(text).toContain(signed.apology.number);
    await chairman.look("dossier-signed", { widths });
  });

  it("opens as form 04, with number, reason and date", async () => {
    const { page } = chairman;
    await page.getByRole("tab", { name: "Biểu mẫu" }).click();
    const link = page.getByRole("link", { name: "In Phiếu xin lỗi và đề nghị gia hạn thời gian giải quyết" });
    await link.waitFor();
    await chairman.look("forms");
    const address = await link.getAttribute("href");
    const answer = await page.context().request.get(address ?? "");
    expect(answer.status()).toBe(200);
    const words = wordsOfPdf(await answer.body());
    const signed = await told();
    expect(words.toUpperCase()).toContain("XIN LỖI");
    expect(words.toUpperCase()).not.toContain("DỰ THẢO");
    expect(words).toContain(signed.apology.number);
    expect(words).toContain(taken.code);
  });

  it("is told to the citizen, who takes form 04 home", async () => {
    const citizen = await story.visit(phone);
    const { page } = citizen;
    await page.goto(`/theo-doi#${taken.code}.${taken.secret}`);
    await atPage(page, taken.code);
    await page.getByRole("heading", { name: "Cơ quan xin lỗi ông/bà" }).waitFor();
    const signed = await told();
    await page.getByText(readableDay(signed.clock.appointed_at.slice(0, 10))).first().waitFor();
    await page.getByText(signed.apology.reason.slice(0, 20)).first().waitFor();
    await citizen.look("tracking", { widths });
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Tải phiếu xin lỗi (PDF)" }).click();
    const parts: Buffer[] = [];
    for await (const part of await (await download).createReadStream()) parts.push(part as Buffer);
    expect(wordsOfPdf(Buffer.concat(parts)).toUpperCase()).toContain("XIN LỖI");
    await citizen.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
