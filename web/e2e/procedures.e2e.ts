// procedures.e2e.ts - an administrator looks at the national catalogue's faults, another puts in force what the
// first proposed, and both read what it changes.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atPage } from "./citizen.ts";
import { dayOf } from "./days.ts";
import { signIn } from "./desk.ts";
import { openStory, widths, type Story, type Visit } from "./harness.ts";
import { binary } from "./server.ts";

const code = "1.004873";
const other = "2.000815";
const national = fileURLToPath(new URL("../../procedures/national", import.meta.url));

// Three made-up pages in the shape of the published ones, each with a fault of its own.
const page = (number: string, name: string, channels: string, papers: string) => ({
  ma_thu_tuc: number, ten_thu_tuc: name, so_quyet_dinh: "12/QĐ-BVHTTDL", cap_thuc_hien: "Cấp xã", linh_vuc: "Thư viện",
  loai_thu_tuc: "TTHC được luật giao quy định chi tiết", doi_tuong_thuc_hien: "Công dân Việt Nam", co_quan_thuc_hien: "Ủy ban Nhân dân xã, phường, thị trấn.",
  trinh_tu_thuc_hien: "Nộp đơn tại Bộ phận Một cửa, nhận kết quả theo giấy hẹn.",
  cach_thuc_thuc_hien: `Hình thức nộpThời gianPhí, lệ phíMô tả${channels}`,
  thanh_phan_ho_so: `--Tên giấy tờMẫu đơn, tờ khaiSố lượng${papers}`,
  can_cu_phap_ly: "Tên văn bản pháp lýMã văn bảnLuật Thư viện46/2019/QH14",
  ket_qua_xu_ly: "Thẻ bạn đọcMã: KQ.G15.000001Từ khóaKhông có thông tinMô tảKhông có thông tinNộp hồ sơ",
  yeu_cau_dieu_kien: "Không có thông tin",
});
const pages = [
  page("1.900001", "Cấp thẻ bạn đọc", "Trực tiếp3 Ngày làm việc100 VNĐ(Lệ phí cấp thẻ)", "Đơn đề nghị1 bản chính"),
  page("1.900002", "Cấp lại thẻ bạn đọc", "Trực tiếp5Miễn phí", "Đơn đề nghị1 bản chính"),
  page("1.900003", "Đổi thẻ bạn đọc", "Trực tiếpKhông có thông tin", ""),
];

// What the province makes its own: a paper more, which nobody must bring.
const overlayFrom = (day: string) => `code: "${code}"
layer: province
agency: H41
revision: 1
legal_basis:
  - {act: "12/2026/QĐ-UBND", article: "Điều 3", title: {vi: "Quyết định của tỉnh về giấy tờ", en: "The province's decision on papers"}, from: 2026-01-01}
effective_from: ${day}
changes:
  - add: components
    value:
      id: residence_note
      name: {vi: "Bản kê nơi cư trú trước đây", en: "List of earlier residences"}
      kind: submit
      originals: 1
      required: false
      note: {vi: "Nếu từng cư trú ở tỉnh khác.", en: "If you lived in another province before."}
    basis: {act: "12/2026/QĐ-UBND", article: "Điều 3", title: {vi: "Giấy tờ của địa phương", en: "A paper of the province"}}
`;

describe("procedures of a province", () => {
  let story: Story;
  let work: string;
  let proposer: Visit;
  let approver: Visit;
  let proposal = "";

  const run = (...words: string[]) => {
    const done = spawnSync(binary, words, { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`motcua ${words.join(" ")} ended with ${done.status}:\n${done.stdout}\n${done.stderr}`);
    return done.stdout;
  };

  beforeAll(async () => {
    story = await openStory("procedures", { dossiers: 6 });
    const data = ["--data", story.server.dataFolder];
    work = mkdtempSync(join(tmpdir(), "motcua-procedures-"));
    const catalogue = join(work, "thu-vien.jsonl");
    writeFileSync(catalogue, pages.map((each) => JSON.stringify(each)).join("\n"));
    // Writes much at once: not beside a server that writes in the same folder.
    await story.server.stop();
    run("catalogue", "import", ...data, "--json", catalogue);
    await story.server.start();
    const today = dayOf(Date.now());
    const overlay = join(work, `${code}.yaml`);
    writeFileSync(overlay, overlayFrom(today));
    run("procedure", "resolve", code, "--agency", "H41", "--on", today, "--overlays", work, "--out", join(work, "resolved"));
    run("procedure", "test", join(work, "resolved"), ...data);
    // The nation's next revision of another one.
    const next = join(work, other);
    cpSync(join(national, other), next, { recursive: true });
    const text = readFileSync(join(next, "procedure.yaml"), "utf8");
    const changed = text.replace("revision: 1", "revision: 2").replace(/^summary:\n  vi: ".*"$/m, 'summary:\n  vi: "Bản sao có chứng thực dùng được như bản chính."');
    expect(changed).not.toBe(text);
    writeFileSync(join(next, "procedure.yaml"), changed);
    run("procedure", "test", next, ...data);
    const told = JSON.parse(run("procedure", "publish", next, "--overlay", overlay, "--by", "quantri", "--note", "Giấy tờ của tỉnh theo Quyết định 12/2026/QĐ-UBND", "--json", ...data)) as { proposal: { id: string } };
    proposal = told.proposal.id;
    [proposer, approver] = await Promise.all([signIn(story, "quantri"), signIn(story, "duyet.thutuc")]);
  });
  afterEach(({ task }) => story?.pictureFailure(task));
  afterAll(async () => {
    await story?.close();
    if (work) rmSync(work, { recursive: true, force: true });
  });

  it("the catalogue's faults are read, and one mending is accepted with a key", async () => {
    const { page } = proposer;
    await page.getByRole("link", { name: "Danh mục", exact: true }).click();
    await atPage(page, "Danh mục quốc gia");
    const fee = page.getByRole("article", { name: "1.900001: Phí thiếu số không" });
    await fee.waitFor();
    await proposer.look("findings", { widths });
    await fee.focus();
    await page.keyboard.press("a");
    await fee.getByText("Đã chấp nhận").waitFor();
    // Deciding again takes it back, and again.
    await fee.focus();
    await page.keyboard.press("d");
    await fee.getByText("Để nguyên", { exact: true }).first().waitFor();
    await fee.getByRole("button", { name: /^Chấp nhận/ }).click();
    await fee.getByText("Đã chấp nhận").waitFor();
    await proposer.look("accepted");
    await page.getByRole("radio", { name: /^Đã chấp nhận/ }).locator("..").click();
    await page.getByText("Đang hiện 1 trên 1").waitFor();
  });

  it("a page is read beside its published text", async () => {
    const { page } = proposer;
    await page.getByRole("link", { name: "Xem 1.900001 như đã công bố" }).click();
    await page.getByRole("heading", { level: 2, name: "Nguyên văn đã công bố" }).waitFor();
    await page.getByText("Cấp thẻ bạn đọc").first().waitFor();
    await proposer.look("entry", { widths });
  });

  it("what is published and not here stands in the reconciliation", async () => {
    const { page } = proposer;
    await page.getByRole("link", { name: "Đối soát" }).click();
    await atPage(page, "Đối soát");
    await page.getByRole("table").waitFor();
    expect(await page.getByRole("table").innerText()).toContain("1.900001");
    await proposer.look("reconciliation", { widths });
    const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Tải CSV" }).click()]);
    expect(csv.suggestedFilename()).toMatch(/^doi-soat-.*\.csv$/);
  });

  it("whoever proposed it is told why he cannot approve it", async () => {
    const { page } = proposer;
    await page.getByRole("link", { name: "Công bố" }).click();
    await page.getByRole("link", { name: proposal }).click();
    await page.getByText("Bạn là người trình đề nghị này").waitFor();
    expect(await page.getByRole("button", { name: "Duyệt", exact: true }).isDisabled()).toBe(true);
    await proposer.look("own-proposal");
  });

  it("the second person reads the difference, and approves", async () => {
    const { page } = approver;
    await page.getByRole("link", { name: "Công bố" }).click();
    await atPage(page, "Công bố");
    await approver.look("proposals", { widths });
    await page.getByRole("link", { name: proposal }).click();
    await page.getByRole("button", { name: `So sánh ${other} với bản đang áp dụng` }).click();
    await page.getByRole("heading", { level: 4, name: /^Với người dân \(/ }).waitFor();
    await page.getByText(/dùng được như bản chính/).first().waitFor();
    await approver.look("proposal", { widths });
    await page.getByRole("button", { name: "Duyệt", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Duyệt và đưa vào áp dụng" });
    await dialog.getByText("2 mục áp dụng ngay hôm nay").waitFor();
    await approver.look("approve", { screenOnly: true });
    await dialog.getByRole("button", { name: "Duyệt", exact: true }).click();
    await page.getByText("Đã duyệt 2 mục.").waitFor();
    await approver.look("approved");
  });

  it("the procedure tells who decided it and what it changes", async () => {
    const { page } = approver;
    await page.getByRole("link", { name: "Thủ tục", exact: true }).click();
    await page.getByLabel("Tìm thủ tục").fill("tinh trang hon nhan");
    await page.getByRole("cell", { name: code }).waitFor();
    await approver.look("procedures", { widths });
    await page.getByRole("row").filter({ hasText: code }).getByRole("link").click();
    await page.getByText(/Tô Minh Hiển trình, .* duyệt lúc/).waitFor();
    await page.getByRole("heading", { level: 3, name: /^Với người dân \(/ }).waitFor();
    await approver.look("procedure", { widths });
    await page.emulateMedia({ media: "print" });
    await approver.look("procedure-printed");
    await page.emulateMedia({ media: "screen" });
  });

  it("others find none of it in their menu", async () => {
    const reception = await signIn(story, "tiepnhan.thanhvinh");
    expect(await reception.page.getByRole("link", { name: "Danh mục", exact: true }).count()).toBe(0);
    await reception.page.goto("/desk/proposals");
    await reception.page.getByText("Chỉ người quản trị thủ tục xem được trang này.").waitFor();
    await reception.close();
  });

  it("shows no fault on any of its pages", () => {
    expect(story.faults).toEqual([]);
  });
});
