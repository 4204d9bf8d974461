// Procedures as a province makes them its own: an overlay proposed, tested and approved by two people,
// the nation's change merged, old dossiers untouched; the catalogue's faults; refusals that leave
// everything as it was.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { fileAtCounter, open } from "./harness/desk.ts";
import { motcua, startServer, type TestServer } from "./harness/server.ts";

const national = fileURLToPath(new URL("../../procedures/national", import.meta.url));
const dice = seeded("procedures");
const code = "1.004873";

let server: TestServer;
let api: Client;
let proposer: Session;
let approver: Session;
let reception: Session;
let work: string;

const cli = (...words: string[]) => motcua(...words, "--data", server.dataFolder);
function run(...words: string[]): Json {
  const done = cli(...words, "--json");
  if (done.status !== 0) throw new Error(`motcua ${words.join(" ")} ended with ${done.status}:\n${done.stdout.slice(0, 3000)}\n${done.stderr.slice(0, 3000)}`);
  return JSON.parse(done.stdout);
}
// The server looks for what other programs have published every two seconds.
async function until<T>(what: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 60; ++i) {
    const found = await what();
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error("it did not come about within 15 seconds");
}
const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

beforeAll(async () => {
  server = await startServer({ dossiers: 0 });
  api = new Client(server);
  [proposer, approver, reception] = (await Promise.all(["quantri", "duyet.thutuc", "tiepnhan.thanhvinh"].map((one) => api.signIn(one)))) as [Session, Session, Session];
  work = mkdtempSync(join(tmpdir(), "motcua-overlay-"));
});
afterAll(async () => {
  api?.close();
  await server?.remove();
  if (work) rmSync(work, { recursive: true, force: true });
});

const overlayOf = () => join(work, "overlays", "H41", `${code}.yaml`);
const detail = async (agency = "") => (await api.get(`/api/v1/procedures/${code}${agency ? `?agency=${agency}` : ""}`, { expect: 200 })).json;
const file = () => fileAtCounter(api, reception, { procedure: code, agency: "H41.101", answers: maritalAnswers(dice), applicant: { name: "Lê Thị Đào" }, duplicate_confirmed: true });

// The province is quicker, has a step more by a delegation decision, and asks for a paper of its own.
const overlayText = (from: string) => readFileSync(fileURLToPath(new URL("./overlays/1.004873.yaml", import.meta.url)), "utf8").replaceAll("FROM_DATE", from);

describe("A province's own version of a procedure", () => {
  let before: Json;
  let oldDossier: Json;
  let overlay: string;
  let proposal: Json;

  it("is not proposed before it was tested", async () => {
    before = await detail();
    oldDossier = (await file()).json;
    mkdirSync(join(work, "overlays", "H41"), { recursive: true });
    overlay = join(work, "overlays", "H41", `${code}.yaml`);
    writeFileSync(overlay, overlayText(today()));
    const refused = cli("procedure", "publish", "--overlay", overlay, "--by", "quantri");
    expect(refused.status, refused.stderr).toBe(1);
    expect(refused.stderr).toContain("motcua procedure test");
    expect((await api.get("/api/v1/proposals", { as: proposer, expect: 200 })).json.items).toEqual([]);
  });

  it("is resolved, tested as a whole, and proposed", async () => {
    const out = join(work, "resolved");
    const resolved = motcua("procedure", "resolve", code, "--agency", "H41", "--on", today(), "--overlays", join(work, "overlays"), "--out", out, "--explain");
    expect(resolved.status, resolved.stdout + resolved.stderr).toBe(0);
    const tested = cli("procedure", "test", out);
    expect(tested.status, tested.stdout + tested.stderr).toBe(0);
    const published = run("procedure", "publish", "--overlay", overlay, "--by", "quantri", "--note", "Quyết định phân cấp");
    expect(published.published).toBe(0);
    proposal = published.proposal;
    const listed = (await api.get("/api/v1/proposals", { as: approver, expect: 200 })).json.items;
    expect(listed.map((one: Json) => [one.id, one.state])).toEqual([[proposal.id, "open"]]);
    expect((await detail()).digest).toBe(before.digest);
  });

  it("is approved by a second person, never by the first", async () => {
    const own = await api.post(`/api/v1/proposals/${proposal.id}/approval`, { as: proposer, body: {}, expect: 403 });
    expect(own.json.type).toContain("second-person");
    await api.post(`/api/v1/proposals/${proposal.id}/approval`, { as: reception, body: {}, expect: 403 });
    const shown = (await api.get(`/api/v1/proposals/${proposal.id}`, { as: approver, expect: 200 })).json;
    expect(shown.items[0]).toMatchObject({ kind: "overlay", code, agency: "H41" });
    expect(shown.items[0].covered).toBe(shown.items[0].branches);
    const approved = (await api.post(`/api/v1/proposals/${proposal.id}/approval`, { as: approver, body: { reason: "Đúng Quyết định" }, expect: 200 })).json;
    expect(approved.state).toBe("approved");
    await api.post(`/api/v1/proposals/${proposal.id}/approval`, { as: approver, body: {}, expect: 409 });
  });

  it("counts for new dossiers, in plain words, and leaves the old ones as they are", async () => {
    const after = await until(async () => {
      const now = await detail();
      return now.digest === before.digest ? undefined : now;
    });
    expect(after.steps.length).toBe(before.steps.length + 1);
    expect(after.components.length).toBe(before.components.length + 1);
    const told = (await api.get(`/api/v1/procedures/${code}/difference?from=${before.digest}&to=${after.digest}`, { as: approver, expect: 200 })).json;
    expect(told.differences.deadline.length).toBeGreaterThan(0);
    expect(told.differences.officer.length).toBeGreaterThan(0);
    expect(told.differences.citizen.length).toBeGreaterThan(0);
    const fresh = (await file()).json;
    const [old, young] = await Promise.all([open(api, reception, oldDossier.id), open(api, reception, fresh.id)]);
    expect(new Date(young.due_at).getTime()).toBeLessThan(new Date(old.due_at).getTime());
    const revisions = (await api.get(`/api/v1/procedures/${code}/revisions`, { as: approver, expect: 200 })).json.items;
    expect(revisions.find((one: Json) => one.layer === "overlay")).toMatchObject({ agency: "H41", approved_by: "Phan Thị Lựu", in_force: true });
  });

  it("survives the nation's change of the fee by a merge that says what is in conflict", async () => {
    const next = join(work, code);
    cpSync(join(national, code), next, { recursive: true });
    const fees = readFileSync(join(next, "rules.dmn"), "utf8");
    expect(fees).toContain("3000");
    writeFileSync(join(next, "rules.dmn"), fees.replaceAll("3000", "5000"));
    const yaml = readFileSync(join(next, "procedure.yaml"), "utf8");
    writeFileSync(join(next, "procedure.yaml"), yaml.replaceAll(/fee: 3000\b/g, "fee: 5000").replace(/revision: (\d+)/, (_, n) => `revision: ${Number(n) + 1}`));
    const merged = motcua("procedure", "merge", join(national, code), next, overlay);
    expect(merged.status, merged.stdout + merged.stderr).toBe(0);
    const words = motcua("procedure", "diff", join(national, code), next, "--lang", "vi");
    expect(words.status, words.stderr).toBe(0);
    expect(words.stdout).toMatch(/5\.000/);
  });
});

describe("Bad input is refused with file, line and remedy, and nothing changes", () => {
  let digest: string;
  beforeAll(async () => {
    digest = (await detail()).digest;
  });
  const refused = (text: string) => {
    const name = join(work, "bad.yaml");
    writeFileSync(name, text);
    const done = cli("procedure", "publish", "--overlay", name, "--by", "quantri");
    expect(done.status, done.stdout + done.stderr).toBe(1);
    return done.stderr;
  };
  it("an overlay that touches a locked value", async () => {
    const text = refused(overlayText("2030-01-01").replace(/changes:/, 'changes:\n  - set: code\n    value: "1.000000"'));
    expect(text).toMatch(/bad\.yaml:\d+/);
    expect((await detail()).digest).toBe(digest);
  });
  it("a second overlay of the same agency for the same day", async () => {
    const text = refused(overlayText(today()));
    expect(text).toContain(today().split("-").reverse().join("/"));
    expect((await detail()).digest).toBe(digest);
  });
  it("a malformed package", async () => {
    const bad = join(work, "malformed");
    mkdirSync(bad, { recursive: true });
    cpSync(join(national, code), bad, { recursive: true });
    writeFileSync(join(bad, "procedure.yaml"), readFileSync(join(bad, "procedure.yaml"), "utf8").replace("level: commune", "level: village"));
    const done = cli("procedure", "publish", bad, "--by", "quantri");
    expect(done.status).toBe(1);
    expect(done.stderr).toMatch(/procedure\.yaml:\d+/);
    expect((await detail()).digest).toBe(digest);
  });
  it("somebody without the right, and somebody unknown", async () => {
    const done = cli("procedure", "publish", "--overlay", overlayOf(), "--by", "tiepnhan.thanhvinh");
    expect(done.status).toBe(1);
    expect(cli("procedure", "publish", "--overlay", overlayOf(), "--by", "ai.do").status).toBe(1);
  });
});

describe("The catalogue's own faults", () => {
  beforeAll(() => {
    const page = {
      ma_thu_tuc: "1.999901",
      ten_thu_tuc: "Cấp giấy phép thử nghiệm đường ống",
      so_quyet_dinh: "1/QĐ-BXD",
      cap_thuc_hien: "Cấp tỉnh",
      linh_vuc: "Xây dựng",
      doi_tuong_thuc_hien: "Công dân Việt Nam",
      cach_thuc_thuc_hien: "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp5 Ngày làm việc100 VNĐ(Phí thẩm định)",
      thanh_phan_ho_so: "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghị1 bản chính",
      can_cu_phap_ly: "Tên văn bản pháp lýMã văn bảnLuật Xây dựng50/2014/QH13",
      co_quan_thuc_hien: "Sở Xây dựng",
      yeu_cau_dieu_kien: "Không",
      ket_qua_xu_ly: "Giấy phépMã: KQ.G17.000999Từ khóaKhông có thông tin",
    };
    const lines = join(work, "pages.jsonl");
    writeFileSync(lines, `${JSON.stringify(page)}\n`);
    expect(run("catalogue", "import", lines).procedures).toBe(1);
  });
  it("are listed with where they stand and what would mend them; a person decides", async () => {
    const found = (await api.get("/api/v1/catalogue/findings?state=open", { as: proposer, expect: 200 })).json;
    const fee = found.items.find((one: Json) => one.kind === "fee_without_zeros");
    expect(fee).toMatchObject({ code: "1.999901", state: "open" });
    expect(fee.mending.to).toBe("100000");
    const decided = await api.post("/api/v1/catalogue/findings/decision", { as: proposer, body: { finding: fee.key, accept: true }, expect: 200 });
    expect(decided.json.state).toBe("accepted");
    const accepted = (await api.get("/api/v1/catalogue/findings?state=accepted", { as: proposer, expect: 200 })).json;
    expect(accepted.items.map((one: Json) => one.key)).toEqual([fee.key]);
    const entry = (await api.get("/api/v1/catalogue/entries/1.999901", { as: proposer, expect: 200 })).json;
    expect(entry.entry.name).toBe("Cấp giấy phép thử nghiệm đường ống");
    await api.get("/api/v1/catalogue/findings", { as: reception, expect: 403 });
    await api.post("/api/v1/catalogue/findings/decision", { as: proposer, body: { finding: "1.999901/khong-co", accept: true }, expect: 404 });
  });
  it("and what is in force here is held against it, as page, CSV and XLSX", async () => {
    const compared = (await api.get("/api/v1/catalogue/reconciliation?agency=H41", { as: proposer, expect: 200 })).json;
    expect(compared.items.find((one: Json) => one.code === "1.999901").kind).toBe("only_published");
    expect(compared.items.find((one: Json) => one.code === code).kind).toBe("only_here");
    const csv = await api.get("/api/v1/catalogue/reconciliation.csv?agency=H41", { as: proposer, expect: 200 });
    expect(csv.text).toContain("1.999901");
    const xlsx = await api.get("/api/v1/catalogue/reconciliation.xlsx?agency=H41&kind=only_published", { as: proposer, expect: 200 });
    expect(xlsx.bytes.subarray(0, 2).toString("latin1")).toBe("PK");
  });
  it("a proposal that is declined says why", async () => {
    const from = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    const proposed = run("procedure", "publish", "--withdraw", "2.000815", "--from", from, "--by", "quantri");
    await api.post(`/api/v1/proposals/${proposed.proposal.id}/refusal`, { as: approver, body: {}, expect: 422 });
    const declined = await api.post(`/api/v1/proposals/${proposed.proposal.id}/refusal`, { as: approver, body: { reason: "Chưa có quyết định bãi bỏ" }, expect: 200 });
    expect(declined.json).toMatchObject({ state: "declined", reason: "Chưa có quyết định bãi bỏ" });
  });
});
