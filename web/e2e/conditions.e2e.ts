// conditions.e2e.ts - at the counter, questions come and go with the answer, though the server is slow;
// it has the last word all the same.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Page, Route } from "playwright-core";
import { answer } from "./answering.ts";
import { signIn } from "./desk.ts";
import { openStory, widths, type Story, type Visit } from "./harness.ts";

describe("a form's conditions at the counter", () => {
  let story: Story;
  let reception: Visit;
  const held: Route[] = [];
  let holding = false;

  beforeAll(async () => {
    story = await openStory("conditions", { dossiers: 4 });
    reception = await signIn(story, "tiepnhan.truongvinh");
    // What the server is asked to judge waits until it is let go: whatever changes before, changed here.
    await reception.page.context().route("**/evaluation", async (route) => {
      if (holding) held.push(route);
      else await route.continue();
    });
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  async function letGo(): Promise<void> {
    holding = false;
    for (const route of held.splice(0)) await route.continue().catch(() => {});
  }

  async function openIntake(page: Page, words: string, code: string): Promise<void> {
    const judge = page.waitForResponse((response) => /\/assets\/asked-.*\.js$/.test(response.url()));
    await page.goto("/desk/intake");
    await page.getByLabel("Chọn thủ tục").fill(words);
    await page.getByText(code).first().waitFor();
    await page.getByLabel("Chọn thủ tục").press("Enter");
    await page.locator("#f-requester_name").waitFor();
    await (await judge).finished();
  }

  const legalised = (page: Page) => page.locator("#f-legalised");
  const copies = {
    requester_name: "Phan Thị Lan",
    requester_id: "040185002222",
    requester_phone: "0987654321",
    office_commune: "truong vinh",
  };

  it("open and close a question before the server has said anything", async () => {
    const { page } = reception;
    await openIntake(page, "sao y", "2.000815");
    await answer(page, copies);
    await page.waitForResponse(/\/evaluation$/);
    expect(await legalised(page).count()).toBe(0);
    holding = true;
    await answer(page, { foreign_document: "Có" });
    await legalised(page).waitFor();
    await reception.look("opened-before-the-answer", { widths });
    await answer(page, { foreign_document: "Không" });
    await legalised(page).waitFor({ state: "detached" });
    await answer(page, { foreign_document: "Có", legalised: "Có" });
    await letGo();
  });

  it("are the server's to judge: it takes the answer to the question that the page opened", async () => {
    const { page } = reception;
    await page.getByRole("button", { name: "Thêm dòng" }).click();
    await answer(page, { "documents[0].document_title": "Bằng tốt nghiệp đại học", "documents[0].pages": "5", "documents[0].copies": "1" });
    await page.getByRole("checkbox", { name: /^Đã xuất trình Bản chính/ }).check();
    await page.getByText("Đơn đã đủ thông tin").waitFor();
    expect(await legalised(page).count()).toBe(1);
    const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/v1/dossiers"));
    await page.keyboard.press("Control+Enter");
    expect((await sent).postDataJSON().answers).toMatchObject({ foreign_document: true, legalised: true });
    await page.getByRole("heading", { name: "Đã tiếp nhận hồ sơ" }).waitFor();
  });

  it("count in days", async () => {
    const { page } = reception;
    await page.goto("/desk/intake");
    await page.reload();
    await openIntake(page, "khai sinh", "1.001193");
    await page.waitForTimeout(1_000);
    const late = page.locator("#f-fee_exemption");
    expect(await late.count()).toBe(0);
    holding = true;
    await answer(page, { child_birth_date: "2020-02-29" });
    await late.waitFor();
    const judged = page.waitForResponse(/\/evaluation$/);
    await letGo();
    await judged;
    await reception.look("opened-by-a-day", { widths });
    expect(await late.count()).toBe(1);
  });

  it("left nothing wrong on any page", () => {
    expect(story.faults).toEqual([]);
  });
});
