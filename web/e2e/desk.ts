// desk.ts - what an officer does on the desk, again and again.
import { expect } from "vitest";
import type { Page } from "playwright-core";
import { desktop, type Story, type Visit } from "./harness.ts";
import { wordsOfPdf } from "./papers.ts";

export const demoPassword = "thu-nghiem-mot-cua";

export async function fillSignIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel("Tên đăng nhập").fill(username);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
}

// An officer at a machine of their own.
export async function signIn(story: Story, username: string, password = demoPassword): Promise<Visit> {
  // Before the sign-in the desk asks who is here, and is told: nobody.
  const officer = await story.visit({ ...desktop, refusals: [/^401 GET \/api\/v1\/session$/] });
  await officer.page.goto("/desk");
  await fillSignIn(officer.page, username, password);
  await officer.page.getByRole("heading", { level: 1, name: "Hộp việc" }).waitFor();
  return officer;
}

export async function openFromInbox(page: Page, code: string): Promise<void> {
  await page.goto("/desk/inbox");
  const row = page.getByRole("row").filter({ hasText: code });
  await row.getByRole("link").first().click();
  await page.getByText(code).first().waitFor();
  await page.getByRole("toolbar", { name: "Việc có thể làm" }).waitFor();
}

export async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole("toolbar", { name: "Việc có thể làm" }).getByRole("button", { name: action, exact: true }).click();
}

// The form of an action that is open.
export const form = (page: Page, action: string) => page.getByRole("form", { name: action, exact: true });

export async function isDone(page: Page, message: string): Promise<void> {
  await page.getByRole("status").filter({ hasText: message }).first().waitFor();
}

// What a print button opens in a tab of its own: its address, and the words of the PDF behind it.
export async function printed(page: Page, press: () => Promise<void>): Promise<string> {
  const opened = page.context().waitForEvent("page");
  // A PDF is a download where there is no viewer.
  const asked = page.context().waitForEvent("request", (request) => /\/documents\//.test(request.url()));
  await press();
  const address = (await asked).url();
  const tab = await opened;
  await tab.close().catch(() => {});
  const answer = await page.context().request.get(address);
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toBe("application/pdf");
  return wordsOfPdf(await answer.body());
}
