// persons.e2e.ts - at the counter a mother shows the birth paper of her child; her passport turns out to be hers.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atPage } from "./citizen.ts";
import { isDone, signIn } from "./desk.ts";
import { openStory, widths, type Story, type Visit } from "./harness.ts";

describe("who acts for whom", () => {
  let story: Story;
  let counter: Visit;

  beforeAll(async () => {
    story = await openStory("persons", { dossiers: 1 });
    counter = await signIn(story, "tiepnhan.thanhvinh");
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(() => story?.close());

  const look = async (number: string) => {
    await counter.page.getByLabel("Số giấy tờ", { exact: true }).fill(number);
    await counter.page.getByRole("button", { name: "Tra", exact: true }).first().click();
  };
  const record = async (kind: string, who: [string, string], whom: [string, string], paper: string) => {
    const { page } = counter;
    await page.getByRole("button", { name: "Ghi nhận giấy tờ đại diện" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Tư cách").click();
    await page.getByRole("option", { name: kind }).click();
    for (const [group, [name, number]] of [["Người đại diện", who], ["Người được đại diện", whom]] as const) {
      await dialog.getByRole("group", { name: group, exact: true }).getByLabel("Họ tên, tên tổ chức").fill(name);
      await dialog.getByRole("group", { name: group, exact: true }).getByLabel("Số giấy tờ").fill(number);
    }
    await dialog.getByLabel("Tên giấy tờ").fill("Giấy khai sinh");
    await dialog.getByLabel("Số", { exact: true }).fill(paper);
    return dialog;
  };

  it("is not known before anybody has shown a paper", async () => {
    const { page } = counter;
    counter.expectRefusal(/^404 POST \/api\/v1\/persons\/lookup$/);
    await page.getByRole("link", { name: "Người dân" }).click();
    await atPage(page, "Người dân, người đại diện");
    await look("040190000001");
    await page.getByText(/^Chưa có ai được ghi nhận với số này/).waitFor();
    await counter.look("unknown", { widths });
  });

  it("is recorded by the paper, after the form has told what is wrong", async () => {
    const { page } = counter;
    counter.expectRefusal(/^422 POST \/api\/v1\/representations$/);
    const dialog = await record("Cha, mẹ của người chưa thành niên", ["Đào Thị Hường", "040190000001"], ["Đào Minh An", "12"], "55/2015");
    await dialog.getByRole("button", { name: "Ghi nhận" }).click();
    await dialog.getByRole("alert").first().waitFor();
    await counter.look("wrong", { widths, screenOnly: true });
    await dialog.getByRole("group", { name: "Người được đại diện", exact: true }).getByLabel("Số giấy tờ").fill("0402 1500 0001");
    await dialog.getByRole("button", { name: "Ghi nhận" }).click();
    await isDone(page, "Đã ghi nhận.");
    await page.getByText("Đào Thị Hường làm thay Đào Minh An").waitFor();
    await counter.look("known", { widths });
  });

  it("is one person under two numbers", async () => {
    const { page } = counter;
    const dialog = await record("Người giám hộ", ["Dao Thi Huong", "B1234567"], ["Đào Minh An", "040215000001"], "2/2020");
    await dialog.getByRole("button", { name: "Ghi nhận" }).click();
    await dialog.waitFor({ state: "detached" });
    await look("040190000001");
    await page.getByText("Hai số của cùng một người?").click();
    await page.getByLabel("Số giấy tờ kia").fill("B1234567");
    await page.getByRole("button", { name: "Tra", exact: true }).last().click();
    await page.getByText(/^Gộp bản ghi của/).waitFor();
    await counter.look("merging", { widths });
    await page.getByLabel("Lý do").fill("Hộ chiếu của cùng một người");
    await page.getByRole("button", { name: "Gộp", exact: true }).click();
    await isDone(page, "Đã gộp thành một người.");
    await page.getByText("*****567").first().waitFor();
    await page.getByRole("button", { name: "Hiện", exact: true }).click();
    await page.getByLabel("Lý do cần xem").fill("Đối chiếu hộ chiếu");
    await counter.look("covered", { widths, screenOnly: true });
    await page.getByRole("button", { name: "Hiện", exact: true }).last().click();
    await page.getByText("B1234567").first().waitFor();
  });

  it("ends with a reason", async () => {
    const { page } = counter;
    await page.getByRole("button", { name: /^Thôi ghi nhận/ }).first().click();
    await page.getByLabel("Lý do").fill("Ghi nhầm");
    await page.getByRole("button", { name: "Thôi ghi nhận", exact: true }).click();
    await isDone(page, "Đã thôi ghi nhận.");
    await page.getByText(/^Thôi có hiệu lực từ .*Ghi nhầm/).waitFor();
    await counter.look("revoked", { widths });
    expect(story.faults).toEqual([]);
  });
});
