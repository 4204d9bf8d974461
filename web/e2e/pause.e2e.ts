// pause.e2e.ts - the clock stands for a financial obligation, everybody sees why, and it goes on.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atPage } from "./citizen.ts";
import { addDays, dayOf, isWorkingDay, readableDay } from "./days.ts";
import { choose, form, isDone, openFromInbox, signIn } from "./desk.ts";
import { openStory, phone, widths, type Story, type Visit } from "./harness.ts";
import { ask, signInOver, takeMarital, type Officer, type Taken } from "./office.ts";

describe("a pause for a financial obligation", () => {
  let story: Story;
  let reception: Officer;
  let taken: Taken;
  let desk: Visit;
  const basis = "Luật Đất đai 2024, điều 155";
  const note = "Chờ nộp tiền theo thông báo 12/TB-CCT <b>đậm</b>";

  beforeAll(async () => {
    story = await openStory("pause", { dossiers: 12 });
    reception = await signInOver(story.server.url, "tiepnhan.thanhvinh");
    taken = await takeMarital(story.server.url, reception, "Đặng Thị Ước", "2234");
    desk = await signIn(story, "hotich.thanhvinh");
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  const moreActions = (page: Visit["page"], name: string) =>
    page
      .getByRole("toolbar", { name: "Việc có thể làm" })
      .getByRole("button", { name: "Việc khác" })
      .click()
      .then(() => page.getByRole("menuitem", { name }).click());

  it("needs a cause, a legal basis and a day on which it is expected to end", async () => {
    const { page } = desk;
    await openFromInbox(page, taken.code);
    await moreActions(page, "Tạm dừng thời hạn");
    const asked = form(page, "Tạm dừng thời hạn");
    await asked.waitFor();
    const submit = asked.getByRole("button", { name: "Tạm dừng thời hạn" });
    await submit.click();
    await asked.getByText("Chọn lý do tạm dừng.").waitFor();
    await asked.getByLabel("chờ người nộp thực hiện nghĩa vụ tài chính").check();
    await submit.click();
    await asked.getByText("Ghi căn cứ pháp lý: văn bản, điều, khoản.").waitFor();
    await desk.look("incomplete", { widths });
    await asked.getByLabel("Căn cứ pháp lý").fill(basis);
    await submit.click();
    await asked.getByRole("alert").first().waitFor();
    let until = addDays(dayOf(Date.now()), 10);
    while (!isWorkingDay(until)) until = addDays(until, 1);
    await asked.getByLabel("Dự kiến tiếp tục sau ngày").first().fill(readableDay(until));
    await asked.getByLabel(/^Ghi chú/).fill(note);
    await desk.look("filled", { widths });
    await submit.click();
    await isDone(page, "Đã tạm dừng thời hạn");
  });

  it("is shown on the dossier with ground, day and note, and in the inbox", async () => {
    const { page } = desk;
    await openFromInbox(page, taken.code);
    const clock = page.getByRole("region", { name: "Thời hạn giải quyết" });
    await clock.waitFor();
    const text = await clock.innerText();
    expect(text).toContain("nghĩa vụ tài chính");
    expect(text).toContain(basis);
    expect(text, "markup is text").toContain("<b>đậm</b>");
    await desk.look("paused", { widths });
    await page.goto("/desk/inbox?state=paused");
    await page.getByRole("row").filter({ hasText: taken.code }).waitFor();
    await desk.look("inbox-paused", { widths });
  });

  it("is told to the citizen", async () => {
    const citizen = await story.visit(phone);
    const { page } = citizen;
    await page.goto(`/theo-doi#${taken.code}.${taken.secret}`);
    await atPage(page, taken.code);
    await page.getByText(/nghĩa vụ tài chính/).first().waitFor();
    await page.getByText(basis).first().waitFor();
    await citizen.look("tracking-paused", { widths });
    await citizen.close();
  });

  it("ends with one click, and the clock goes on", async () => {
    const { page } = desk;
    await openFromInbox(page, taken.code);
    await choose(page, "Tiếp tục tính thời hạn");
    const asked = form(page, "Tiếp tục tính thời hạn");
    await desk.look("resume", { widths });
    await asked.getByRole("button", { name: "Tiếp tục tính thời hạn" }).click();
    await isDone(page, "Thời hạn chạy tiếp");
    const now = await ask<{ clock: { state: string; due_at: string } }>(story.server.url, reception, `/api/v1/dossiers/${taken.id}`);
    expect(now.clock.state).toBe("running");
    await page.getByText(readableDay(now.clock.due_at.slice(0, 10))).first().waitFor();
    await desk.look("resumed", { widths });
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
