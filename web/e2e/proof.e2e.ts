// proof.e2e.ts - a citizen keeps the proof of a filing and checks it; a forged one is found out.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Download, Page } from "playwright-core";
import { atPage } from "./citizen.ts";
import { signIn } from "./desk.ts";
import { desktop, openStory, phone, widths, type Story, type Visit } from "./harness.ts";
import { signInOver, takeMarital, type Taken } from "./office.ts";
import { binary } from "./server.ts";

const verifier = fileURLToPath(new URL("../verifier/cli.mjs", import.meta.url));

describe("the proof of a filing", () => {
  let story: Story;
  let citizen: Visit;
  let taken: Taken;
  let folder: string;
  let proof: Buffer;
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "motcua-proof-"));
    story = await openStory("proof", { dossiers: 12, arguments: ["--seal-interval", "2"] });
    const reception = await signInOver(story.server.url, "tiepnhan.thanhvinh");
    taken = await takeMarital(story.server.url, reception, "Đặng Thị Ước", "2235");
    // Until the head is signed.
    citizen = await story.visit({ ...phone, refusals: [/^409 GET \/api\/v1\/tracking\/proof$/] });
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(async () => {
    await story?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const bytesOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path());
  // What a phone reads on the printed first page.
  const qrOf = (pdf: string): string => {
    execFileSync("pdftoppm", ["-r", "200", "-png", "-singlefile", pdf, file("page")]);
    const read = execFileSync("ZXingReader", [file("page.png")], { encoding: "utf8" });
    return /https?:\/\/[^\s"]+/.exec(read)?.[0] ?? read;
  };
  const choose = (page: Page, name: string, buffer: Buffer) =>
    page.locator('input[accept*=".motcua"]').setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  const verdictOf = async (page: Page, name: string, buffer: Buffer): Promise<string> => {
    await choose(page, name, buffer);
    await page.getByText(`Đang xem: ${name}`).waitFor();
    return (await page.getByTestId("verdict").getAttribute("data-verdict")) ?? "";
  };

  it("is downloaded from the tracking page, as soon as the journal is signed", async () => {
    const { page } = citizen;
    await page.goto(`/theo-doi#${taken.code}.${taken.secret}`);
    await atPage(page, taken.code);
    await page.getByRole("heading", { name: "Bằng chứng đã nộp" }).waitFor();
    await citizen.look("tracking", { widths });
    const download = page.waitForEvent("download");
    const button = page.getByRole("button", { name: "Tải bằng chứng" });
    await button.click();
    const ready = page.getByText("Đã có bằng chứng.");
    const first = await Promise.race([download, ready.waitFor().then(() => null)]);
    if (first === null) await button.click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe(`${taken.code}.motcua`);
    proof = await bytesOf(saved);
    expect(proof.toString("utf8")).toMatch(/^motcua-proof-v1\n/);
  });

  it("is good, and says which dossier was filed and when", async () => {
    const { page } = citizen;
    await page.getByRole("link", { name: "Kiểm chứng một bằng chứng" }).click();
    await atPage(page, "Kiểm chứng giấy tiếp nhận");
    await citizen.look("empty", { widths });
    expect(await verdictOf(page, `${taken.code}.motcua`, proof)).toBe("good");
    const told = await page.getByTestId("verdict").innerText();
    for (const words of ["Bằng chứng đúng", "Nộp hồ sơ", taken.code, "ký bằng khóa"]) expect(told).toContain(words);
    expect(told).toContain("không kèm nội dung");
    await citizen.look("good", { widths });
  });

  it("is found out when one character was changed", async () => {
    const { page } = citizen;
    const changed = (from: RegExp, to: (found: string) => string) => Buffer.from(proof.toString("utf8").replace(from, to));
    const later = changed(/(?<=^at \d+)\d$/m, (digit) => String((Number(digit) + 1) % 10));
    expect(await verdictOf(page, "ngay-khac.motcua", later)).toBe("not-in-tree");
    const told = await page.getByTestId("verdict").innerText();
    expect(told).toContain("Không tin được bằng chứng này");
    expect(told).toContain("Nên làm gì");
    await citizen.look("bad", { widths });
    expect(await verdictOf(page, "chu-ky.motcua", changed(/.(?=.{20}\n$)/, (letter) => (letter === "A" ? "B" : "A")))).toBe("bad-signature");
    expect(await verdictOf(page, "windows.motcua", changed(/\n/g, () => "\r\n"))).toBe("malformed");
  });

  it("is checked without a connection", async () => {
    const { page, context } = citizen;
    await context.setOffline(true);
    expect(await verdictOf(page, "ngoai-tuyen.motcua", proof)).toBe("good");
    await page.getByText("Không hỏi được máy chủ về nhật ký hiện nay").waitFor();
    await citizen.look("offline");
    await context.setOffline(false);
  });

  it("comes attached to the receipt, and its QR code agrees with it", async () => {
    const visit = await story.visit(desktop);
    const { page } = visit;
    await page.goto(`/theo-doi#${taken.code}.${taken.secret}`);
    await atPage(page, taken.code);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Tải giấy tiếp nhận (PDF)" }).click();
    const receipt = await bytesOf(await download);
    writeFileSync(file("receipt.pdf"), receipt);
    await page.goto("/kiem-chung");
    await atPage(page, "Kiểm chứng giấy tiếp nhận");
    expect(await verdictOf(page, "giay-tiep-nhan.pdf", receipt)).toBe("good");
    await visit.look("receipt", { widths });
    await page.getByText("Chỉ có mã QR trên giấy?").click();
    const printed = qrOf(file("receipt.pdf"));
    expect(printed).toContain(`/theo-doi#${taken.code}.${taken.secret}.`);
    await page.getByLabel("Đường dẫn trong mã QR").fill(printed);
    await page.getByRole("button", { name: "Lấy và kiểm tra" }).click();
    await page.getByText("Khớp với bằng chứng", { exact: true }).waitFor();
    await page.getByLabel("Đường dẫn trong mã QR").fill(`${story.server.url}/theo-doi#${taken.code}.${taken.secret}.${"A".repeat(22)}`);
    await page.getByRole("button", { name: "Lấy và kiểm tra" }).click();
    await page.getByText("Mã QR trên giấy không khớp").waitFor();
    await visit.look("other-paper");
    await visit.close();
  });

  it("is at hand at the desk, beside who has read the dossier", async () => {
    const desk = await signIn(story, "tiepnhan.thanhvinh");
    const { page } = desk;
    desk.expectRefusal(/^409 GET \/api\/v1\/dossiers\/[^/]+\/proof$/);
    await page.goto(`/desk/dossiers/${taken.id}`);
    await page.getByRole("tab", { name: "Quá trình" }).click();
    const journal = page.getByRole("region", { name: "Nhật ký" });
    await journal.getByRole("button", { name: "Ai đã xem hồ sơ này?" }).click();
    await journal.getByRole("row").nth(1).waitFor();
    const download = page.waitForEvent("download");
    await journal.getByRole("button", { name: "Tải bằng chứng đã nộp" }).click();
    expect((await bytesOf(await download)).toString("utf8")).toMatch(/^motcua-proof-v1\n/);
    await desk.look("desk-journal", { widths });
    await desk.close();
  });

  it("is judged in the same words by both programs", async () => {
    writeFileSync(file("good.motcua"), proof);
    writeFileSync(file("bad.motcua"), proof.toString("utf8").replace(/^type filed$/m, "type fileD"));
    writeFileSync(file("keys"), await (await fetch(`${story.server.url}/api/v1/journal/keys`)).text());
    for (const [name, status, start] of [["good.motcua", 0, "good"], ["receipt.pdf", 0, "good"], ["bad.motcua", 1, "bad: not-in-tree"]] as const) {
      const ours = spawnSync(process.execPath, [verifier, "check-proof", file(name), "--key", file("keys")], { encoding: "utf8" });
      expect([name, ours.status, ours.stdout.slice(0, start.length)]).toEqual([name, status, start]);
      if (name.endsWith(".pdf")) continue;
      const other = spawnSync(binary, ["journal", "check-proof", file(name), "--key", file("keys")], { encoding: "utf8" });
      expect([name, other.status, other.stdout.slice(0, start.length)]).toEqual([name, status, start]);
    }
  });

  it("lies in a journal that a witness can follow and audit", async () => {
    const words = ["journal", "export", "--data", story.server.dataFolder, file("export")];
    const exported = spawnSync(binary, words, { encoding: "utf8" });
    expect(exported.status, exported.stderr).toBe(0);
    const run = (...more: string[]) => spawnSync(process.execPath, [verifier, ...more, "--key", file("keys")], { encoding: "utf8" });
    const followed = run("witness", file("export"), "--state", file("state"));
    expect([followed.status, followed.stdout]).toEqual([0, expect.stringContaining("good: ")]);
    const audited = run("audit", file("export"), "--checkpoint", file("state"));
    expect([audited.status, audited.stdout]).toEqual([0, expect.stringContaining("good: ")]);
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
