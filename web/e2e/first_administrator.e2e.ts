// first_administrator.e2e.ts - an empty folder, a one-time link, the first officers.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { codesOf } from "../apitest/harness/signing_in.ts";
import { fillSignIn } from "./desk.ts";
import { desktop, openStory, widths, type Story, type Visit } from "./harness.ts";

const nobody = [/^401 GET \/api\/v1\/session$/];

describe("the first administrator", () => {
  let story: Story;
  let link = "";
  let admin: Visit;
  let initialPassword = "";

  beforeAll(async () => {
    story = await openStory("first-administrator", { dossiers: 0 });
    link = /(http\S+\/desk\/setup#[0-9a-f]+)/.exec(story.server.output())?.[1] ?? "";
    admin = await story.visit({ ...desktop, refusals: nobody });
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  it("is created with the link that the server prints", async () => {
    expect(link).not.toBe("");
    const { page } = admin;
    await page.goto(link);
    await page.getByRole("heading", { level: 1, name: "Thiết lập lần đầu" }).waitFor();
    await page.getByLabel("Họ và tên").fill("Nguyễn Văn Quản");
    await page.getByLabel("Tên đăng nhập").fill("quan.tri");
    await page.getByLabel("Mật khẩu", { exact: true }).fill("ngan");
    await page.getByLabel("Nhập lại mật khẩu mới").fill("ngan");
    await page.getByRole("button", { name: "Tạo tài khoản quản trị" }).click();
    await page.getByRole("alert").filter({ hasText: "15 ký tự" }).waitFor();
    await admin.look("setup-too-short", { widths });
    await page.getByLabel("Mật khẩu", { exact: true }).fill("mot cua lien thong 2026");
    await page.getByLabel("Nhập lại mật khẩu mới").fill("mot cua lien thong 2026");
    await page.getByRole("button", { name: "Tạo tài khoản quản trị" }).click();
    await page.getByText("Đã tạo tài khoản quản trị").waitFor();
    await admin.look("setup-done");
  });

  it("cannot be created twice", async () => {
    const other = await story.visit({ ...desktop, refusals: nobody });
    await other.page.goto(link);
    await other.page.getByText("Hệ thống đã có người quản trị").waitFor();
    await other.look("setup-used");
    await other.close();
  });

  it("creates an officer with an initial password", async () => {
    const { page } = admin;
    await fillSignIn(page, "quan.tri", "mot cua lien thong 2026");
    // Who administers has a second factor before anything else.
    await page.getByRole("heading", { level: 1, name: "Thiết lập xác thực hai lớp" }).waitFor();
    await admin.look("must-set-up", { widths });
    await page.getByRole("button", { name: "Thiết lập ứng dụng xác thực" }).click();
    await page.getByRole("img", { name: /Mã QR/ }).waitFor();
    const secret = (await page.locator("code").first().innerText()).replaceAll(" ", "");
    await page.getByLabel("Mã trên điện thoại").fill(await codesOf(secret, 0)());
    await page.getByRole("button", { name: "Hoàn tất" }).click();
    await page.getByRole("button", { name: "Tôi đã cất các mã" }).click();
    await page.getByRole("link", { name: "Quản trị" }).click();
    await page.getByRole("heading", { level: 1, name: /tài khoản cán bộ/ }).waitFor();
    await admin.look("officers", { widths });
    await page.getByRole("button", { name: "Thêm cán bộ" }).click();
    const dialog = page.getByRole("dialog", { name: "Thêm cán bộ" });
    await dialog.getByLabel("Họ và tên").fill("Lê Thị Tiếp");
    await dialog.getByLabel("Tên đăng nhập").fill("le.tiep");
    await dialog.getByRole("combobox", { name: "Cơ quan" }).or(dialog.getByRole("textbox", { name: "Cơ quan" })).first().fill("hành chính công phường Thành Vinh");
    await page.getByRole("option", { name: /hành chính công phường Thành Vinh/ }).click();
    await dialog.getByRole("checkbox", { name: "Tiếp nhận và trả kết quả" }).check();
    await admin.look("officer-new", { screenOnly: true });
    await dialog.getByRole("button", { name: "Lưu" }).click();
    const told = page.getByRole("dialog", { name: "Mật khẩu cấp lần đầu" });
    await told.waitFor();
    initialPassword = (await told.locator("code").innerText()).trim();
    expect(initialPassword.length).toBeGreaterThanOrEqual(12);
    await admin.look("initial-password", { screenOnly: true });
    await told.getByRole("button", { name: "Đã ghi lại, đóng" }).click();
    await page.getByRole("cell", { name: "le.tiep" }).or(page.getByText("le.tiep")).first().waitFor();
    await admin.look("officers-two");
  });

  it("lets the officer in with it, once, to choose a password of their own", async () => {
    const officer = await story.visit({ ...desktop, refusals: [...nobody, /^401 POST \/api\/v1\/session$/] });
    const { page } = officer;
    await page.goto("/desk");
    await fillSignIn(page, "le.tiep", "khong phai mat khau nay");
    await page.getByRole("alert").first().waitFor();
    await officer.look("wrong-password");
    await fillSignIn(page, "le.tiep", initialPassword);
    await page.getByRole("heading", { level: 1, name: "Đổi mật khẩu" }).waitFor();
    await officer.look("must-change", { widths });
    await page.getByLabel("Mật khẩu hiện tại").fill(initialPassword);
    await page.getByLabel("Mật khẩu mới", { exact: true }).fill("tiep nhan ho so moi ngay");
    await page.getByLabel("Nhập lại mật khẩu mới").fill("tiep nhan ho so moi ngay");
    await page.getByRole("button", { name: "Đổi mật khẩu" }).click();
    await page.getByRole("heading", { level: 1, name: "Hộp việc" }).waitFor();
    await page.getByText("Không có việc nào ở mục này.").waitFor();
    await officer.look("empty-inbox", { widths });
    await page.getByRole("button", { name: /Lê Thị Tiếp/ }).click();
    await page.getByRole("menuitem", { name: "Đăng xuất" }).click();
    await page.getByRole("heading", { level: 1, name: "Đăng nhập" }).waitFor();
    await fillSignIn(page, "le.tiep", "tiep nhan ho so moi ngay");
    await page.getByRole("heading", { level: 1, name: "Hộp việc" }).waitFor();
    await officer.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
