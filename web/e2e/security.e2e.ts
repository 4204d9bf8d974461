// security.e2e.ts - an officer protects his account with a telephone and a passkey, signs in with
// either, and finds his work as he left it behind the lock.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CDPSession, Page } from "playwright-core";
import { codesOf } from "../apitest/harness/signing_in.ts";
import { demoPassword, fillSignIn } from "./desk.ts";
import { desktop, openStory, widths, type Story, type Visit } from "./harness.ts";

const username = "tiepnhan.thanhvinh";

// A security key in the browser's own testing hands.
async function plugInKey(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "usb", hasResidentKey: false, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return devtools;
}

describe("an account with a second factor", () => {
  let story: Story;
  let officer: Visit;
  let desk = "";
  let nextCode: () => Promise<string>;
  let codes: string[] = [];

  beforeAll(async () => {
    story = await openStory("security", { dossiers: 12 });
    // Browsers know no passkeys of addresses without a name.
    desk = `${story.server.url.replace("127.0.0.1", "localhost")}/desk`;
    officer = await story.visit(desktop);
    await officer.page.goto(desk);
    await fillSignIn(officer.page, username, demoPassword);
    await officer.page.getByRole("heading", { level: 1, name: "Hộp việc" }).waitFor();
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  const signOut = async (page: Page) => {
    await page.getByRole("button", { name: /^Tài khoản/ }).click();
    await page.getByRole("menuitem", { name: "Đăng xuất" }).click();
    await page.getByRole("heading", { level: 1, name: "Đăng nhập" }).waitFor();
  };

  it("is protected by an application on the telephone, with recovery codes on paper", async () => {
    const { page } = officer;
    await page.getByRole("button", { name: /^Tài khoản/ }).click();
    await page.getByRole("menuitem", { name: "Tài khoản và bảo mật" }).click();
    await page.getByRole("heading", { level: 1, name: "Tài khoản và bảo mật" }).waitFor();
    await officer.look("account", { widths });
    await page.getByRole("button", { name: "Thiết lập ứng dụng xác thực" }).click();
    await page.getByRole("img", { name: /Mã QR/ }).waitFor();
    const secret = (await page.locator("code").first().innerText()).replaceAll(" ", "");
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    await officer.look("totp-set-up", { widths });
    officer.expectRefusal(/^422 PUT \/api\/v1\/security\/totp$/);
    await page.getByLabel("Mã trên điện thoại").fill("000000");
    await page.getByRole("button", { name: "Hoàn tất" }).click();
    await page.getByRole("alert").filter({ hasText: "Mã chưa đúng" }).waitFor();
    nextCode = codesOf(secret, Math.floor(Date.now() / 30_000) - 2);
    await page.getByLabel("Mã trên điện thoại").fill(await nextCode());
    await page.getByRole("button", { name: "Hoàn tất" }).click();
    const paper = page.getByRole("dialog", { name: "Mã dự phòng của bạn" });
    await paper.waitFor();
    codes = await paper.locator("code").allInnerTexts();
    expect(codes).toHaveLength(10);
    await officer.look("recovery-codes", { screenOnly: true });
    await paper.getByRole("button", { name: "Tôi đã cất các mã" }).click();
    await page.getByText(/^Đang dùng từ/).waitFor();
  });

  it("opens with password and code", async () => {
    const { page } = officer;
    await signOut(page);
    await fillSignIn(page, username, demoPassword);
    const code = page.getByLabel("Mã trên điện thoại");
    await code.waitFor();
    await officer.look("second-step", { widths });
    officer.expectRefusal(/^422 POST \/api\/v1\/session\/second-factor$/);
    await code.fill("123456");
    await page.getByRole("button", { name: "Xác nhận" }).click();
    await page.getByRole("alert").filter({ hasText: "Mã chưa đúng" }).waitFor();
    await code.fill(await nextCode());
    await page.getByRole("button", { name: "Xác nhận" }).click();
    await page.getByRole("heading", { level: 1, name: "Hộp việc" }).waitFor();
  });

  it("is protected by a passkey, which opens it too", async () => {
    const { page } = officer;
    await plugInKey(page);
    await page.getByRole("button", { name: /^Tài khoản/ }).click();
    await page.getByRole("menuitem", { name: "Tài khoản và bảo mật" }).click();
    await page.getByLabel("Tên của khóa").fill("Khóa ở quầy 2");
    await page.getByRole("button", { name: "Thêm khóa truy cập" }).click();
    await page.getByText("Khóa ở quầy 2").waitFor();
    await officer.look("passkey-added", { widths });
    await signOut(page);
    await fillSignIn(page, username, demoPassword);
    await page.getByRole("button", { name: "Dùng khóa truy cập" }).click();
    await page.getByRole("heading", { level: 1, name: "Hộp việc" }).waitFor();
  });

  it("is locked when nobody is there, and keeps what was typed", async () => {
    const { page } = officer;
    await page.goto(`${desk}/search`);
    const box = page.getByRole("main").getByRole("textbox").first();
    await box.fill("Nguyễn Thị Dở Dang");
    officer.expectRefusal(/^401 /);
    // Nobody has touched a page for an hour.
    await page.evaluate(() => localStorage.setItem("motcua-last-touch", String(Date.now() - 3_600_000)));
    const lock = page.getByRole("dialog", { name: "Màn hình đã khóa" });
    await lock.waitFor();
    await lock.getByRole("button", { name: "Dùng khóa truy cập" }).waitFor();
    await officer.look("locked", { widths, screenOnly: true });
    officer.expectRefusal(/^422 POST \/api\/v1\/session\/unlock$/);
    await lock.getByLabel("Mật khẩu", { exact: true }).fill("khong phai mat khau nay");
    await lock.getByRole("button", { name: "Mở khóa" }).click();
    await lock.getByRole("alert").waitFor();
    await lock.getByLabel("Mật khẩu", { exact: true }).fill(demoPassword);
    await lock.getByRole("button", { name: "Mở khóa" }).click();
    await lock.waitFor({ state: "detached" });
    expect(await box.inputValue()).toBe("Nguyễn Thị Dở Dang");
  });

  it("opens with a recovery code on another machine, whose session is ended from here", async () => {
    const other = await story.visit(desktop);
    await other.page.goto(desk);
    await fillSignIn(other.page, username, demoPassword);
    await other.page.getByRole("button", { name: "Dùng mã dự phòng" }).click();
    await other.page.getByLabel("Mã dự phòng").fill(codes[0]!.toLowerCase());
    await other.page.getByRole("button", { name: "Xác nhận" }).click();
    await other.page.getByRole("heading", { level: 1, name: "Hộp việc" }).waitFor();
    await officer.page.goto(`${desk}/security`);
    await officer.page.getByText("Còn 9 mã.").waitFor();
    await officer.page.getByRole("button", { name: "Kết thúc mọi phiên khác" }).click();
    await officer.page.getByRole("button", { name: "Kết thúc mọi phiên khác" }).waitFor({ state: "detached" });
    other.expectRefusal(/^401 /);
    await other.page.goto(`${desk}/inbox`);
    await other.page.getByRole("heading", { level: 1, name: "Đăng nhập" }).waitFor();
    await other.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
