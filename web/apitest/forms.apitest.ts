// The official forms: what is printed, the numbers they carry, and the follow-up book (form 07).
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyAnswers, maritalAnswers, person, seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { command, fileAtCounter, fileOnline, open } from "./harness/desk.ts";
import { receiveMarital, slugOf } from "./harness/marital.ts";
import { checkPdf, wordsOf } from "./harness/pdf.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const dice = seeded("forms");
let server: TestServer;
let api: Client;
let reception: Session;
let specialist: Session;

beforeAll(async () => {
  server = await startServer({ dossiers: 60 });
  api = new Client(server);
  reception = await api.signIn("tiepnhan.thanhvinh");
  specialist = await api.signIn("hotich.thanhvinh");
});
afterAll(async () => {
  api?.close();
  await server?.remove();
});

const unit = "H41.101.01";
const year = String(new Date(Date.now() + 7 * 3_600_000).getUTCFullYear());
const query = (more: Record<string, string> = {}) => `?${new URLSearchParams({ agency: unit, book: "Hộ tịch", year, ...more })}`;

// Every row of the book, in pages of `limit`.
async function wholeBook(as: Session, limit: number, more: Record<string, string> = {}): Promise<Json[]> {
  const rows: Json[] = [];
  let cursor: string | null = "";
  do {
    const page: Json = (await api.get(`/api/v1/follow-up-book${query({ ...more, limit: String(limit), ...(cursor && { cursor }) })}`, { as, expect: 200 })).json;
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    cursor = page.next_cursor;
  } while (cursor);
  return rows;
}

const unzipped = (file: Buffer, name: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "motcua-xlsx-"));
  const path = join(folder, "book.xlsx");
  writeFileSync(path, file);
  try {
    return execFileSync("unzip", ["-p", path, name], { encoding: "utf8", maxBuffer: 64 << 20 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe("Numbers of forms", () => {
  it("run on without a gap under thirty receptions at once, form 01, 06 and the books'", async () => {
    // A page of the marital book and of the copies' book, taken in at the same time, and some that are refused between.
    const document = [{ document_title: "Bằng tốt nghiệp", pages: 1, copies: 1 }];
    const before = await receiveMarital(api, reception, dice);
    const numbersOf = async (id: string) => (await open(api, reception, id)).numbers;
    const first = await numbersOf(before.id);
    const filings = Array.from({ length: 30 }, (_, index) =>
      index % 2 === 0
        ? receiveMarital(api, reception, dice)
        : fileAtCounter(api, reception, { procedure: "2.000815", answers: copyAnswers(dice, document), shown_components: ["original"] }).then((answer) => answer.json as Json),
    );
    const refused = Array.from({ length: 10 }, () =>
      api.post("/api/v1/dossiers", { as: reception, body: { procedure: "1.004873", channel: "counter", receive: true, answers: maritalAnswers(dice, { requester_id: "12" }) }, expect: 422 }),
    );
    const [filed] = await Promise.all([Promise.all(filings), Promise.all(refused)]);
    const numbers = await Promise.all(filed.map((one) => numbersOf(one.id)));
    const count = (text: string) => Number(/^(\d+)\//.exec(text)?.[1] ?? text);
    const run = (from: number, length: number) => Array.from({ length }, (_, index) => from + 1 + index);
    const sorted = (values: number[]) => [...values].sort((one, other) => one - other);
    expect(sorted(numbers.map((one) => count(one.slip))), "form 01").toEqual(run(count(first.slip), 30));
    expect(sorted(numbers.map((one) => count(one.control))), "form 06").toEqual(run(count(first.control), 30));
    const inBook = numbers.filter((one) => one.book === "Hộ tịch");
    expect(inBook).toHaveLength(15);
    expect(sorted(inBook.map((one) => count(one.book_number))), "the book").toEqual(run(count(first.book_number), 15));
    const copies = sorted(numbers.filter((one) => one.book !== "Hộ tịch").map((one) => count(one.book_number)));
    expect(copies).toEqual(run(copies[0]! - 1, 15));
    for (const one of numbers) {
      expect(one.slip).toMatch(new RegExp(`^\\d+/${year}/TNHS-`));
      expect(one.control).toMatch(new RegExp(`^\\d+/${year}/PKS-`));
      expect(one.book_year).toBe(year);
    }
  });
  it("of requests for a supplement, refusals and ends have series of their own", async () => {
    const one = await receiveMarital(api, reception, dice);
    const two = await receiveMarital(api, reception, dice);
    const ask = { items: [{ what: "Bản chụp rõ giấy tờ <script>alert(1)</script>" }], reason: "Ảnh mờ: không đọc được số <b>đậm</b>".normalize("NFD") };
    await command(api, specialist, one.id, "request-supplement", ask);
    await command(api, specialist, two.id, "request-supplement", ask);
    const count = async (id: string) => Number(/\d+/.exec((await open(api, specialist, id)).numbers.supplement)?.[0]);
    expect(await count(two.id)).toBe((await count(one.id)) + 1);
    await command(api, await api.signIn("chutich.thanhvinh"), two.id, "stop", { reason: "Người yêu cầu đề nghị dừng" }).catch(() => command(api, specialist, two.id, "stop", { reason: "Người yêu cầu đề nghị dừng" }));
    expect((await open(api, specialist, two.id)).numbers.end).toMatch(/^\d+\//);
    const stop = await api.get(`/api/v1/dossiers/${two.id}/documents/stop`, { as: specialist, expect: 200 });
    await checkPdf(stop.bytes);
    const form = await api.get(`/api/v1/dossiers/${one.id}/documents/supplement`, { as: specialist, expect: 200 });
    await checkPdf(form.bytes);
    // Markup is text, as it was typed.
    expect(wordsOf(form.bytes)).toContain("<script>alert(1)</script>");
    expect(wordsOf(form.bytes).normalize("NFC")).toContain("<b>đậm</b>");
    const filed = (await fileOnline(api, "1.004873", maritalAnswers(dice))).json;
    await command(api, reception, filed.id, "refuse", { reason: "Không thuộc thẩm quyền của phường" });
    expect((await open(api, reception, filed.id)).numbers.end).toMatch(/^\d+\//);
    await checkPdf((await api.get(`/api/v1/dossiers/${filed.id}/documents/refusal`, { as: reception, expect: 200 })).bytes);
  });
});

describe("Printed forms", () => {
  let receipt: Json;
  beforeAll(async () => {
    receipt = await receiveMarital(api, reception, dice);
  });

  it("01 tells why it is due that day, in Vietnamese, and in English when asked", async () => {
    const dossier = await open(api, reception, receipt.id);
    const printed = async (more = "") => {
      const answer = await api.get(`/api/v1/dossiers/${receipt.id}/documents/slip${more}`, { as: reception, expect: 200 });
      expect(answer.headers["content-type"]).toBe("application/pdf");
      await checkPdf(answer.bytes);
      return wordsOf(answer.bytes);
    };
    const plain = await printed();
    const english = await printed("?lang=en");
    expect(plain).toContain(receipt.code);
    expect(plain).toContain(dossier.numbers.slip);
    // Shorter on paper than on the screen: but every day that is named there is named here, and every act.
    const told = dossier.clock.explanation as Json[];
    const days = [...new Set(told.flatMap((line) => line.text.vi.match(/\d{2}\/\d{2}\/\d{4}/g) ?? []))] as string[];
    expect(days.length).toBeGreaterThan(1);
    for (const text of [plain, english]) {
      for (const day of days) expect(text).toContain(day);
      for (const line of told) if (line.article) expect(text).toContain(line.article.split(",")[0]);
    }
    const due = told.at(-1).text;
    expect(plain).toContain(due.vi.replace(/\s+/g, " "));
    expect(english).toMatch(/Due: 17:30/);
    expect(plain).not.toMatch(/Why this date/);
    expect(english).toMatch(/Why this date/);
    expect(english).toMatch(/Vì sao hẹn trả ngày này/);
    expect(await printed("?lang=vi")).not.toMatch(/Why this date/);
  });
  it("06 is a view of the events, and follows the work", async () => {
    const printed = async () => {
      const answer = await api.get(`/api/v1/dossiers/${receipt.id}/documents/control-slip`, { as: specialist, expect: 200 });
      await checkPdf(answer.bytes);
      return wordsOf(answer.bytes);
    };
    const before = await printed();
    const dossier = await open(api, specialist, receipt.id);
    expect(before).toContain(dossier.numbers.control);
    expect(before.toUpperCase()).toContain("PHIẾU KIỂM SOÁT");
    await command(api, specialist, receipt.id, "complete-task", { task: dossier.tasks[0].id, outcome: "proposed" });
    const after = await printed();
    expect(after.split("Giao:").length).toBeGreaterThanOrEqual(before.split("Giao:").length);
    expect(after).not.toBe(before);
    // Nothing writes to it.
    for (const method of ["POST", "PUT", "DELETE"]) {
      const answer = await api.call(method, `/api/v1/dossiers/${receipt.id}/documents/control-slip`, { as: specialist, ...(method !== "DELETE" && { body: {} }) });
      expect([404, 405]).toContain(answer.status);
    }
  });
  it("are not there before they are due, and unknown ones never", async () => {
    const filed = (await fileOnline(api, "1.004873", maritalAnswers(dice))).json;
    for (const document of ["slip", "control-slip", "apology", "supplement", "refusal", "stop"]) {
      const answer = await api.get(`/api/v1/dossiers/${filed.id}/documents/${document}`, { as: reception, expect: 409 });
      expect(slugOf(answer)).toBe("document-not-there-yet");
    }
    for (const document of ["mau-08", "..%2f..%2fsecret.key", "slip%00", "SLIP"]) {
      const answer = await api.get(`/api/v1/dossiers/${filed.id}/documents/${document}`, { as: reception });
      expect([400, 404], document).toContain(answer.status);
    }
    for (const document of ["apology", "control-slip"]) {
      await api.get(`/api/v1/dossiers/${receipt.id}/documents/${document}`, { expect: 401 });
      await api.get(`/api/v1/dossiers/${receipt.id}/documents/${document}`, { as: await api.signIn("hotich.truongvinh"), expect: 404 });
    }
  });
});

describe("The follow-up book", () => {
  it("is listed by field and year", async () => {
    const books = (await api.get(`/api/v1/follow-up-books?agency=${unit}`, { as: reception, expect: 200 })).json.books;
    expect(books).toContainEqual({ book: "Hộ tịch", year });
    expect((await api.get("/api/v1/follow-up-books", { as: reception, expect: 200 })).json.books).toEqual(books);
  });
  it("holds every dossier of its field once, numbered in the order of reception, however it is paged", async () => {
    const rows = await wholeBook(reception, 500);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.map((row) => Number(row.number))).toEqual(rows.map((_, index) => index + 1));
    // Receptions at the same moment may have got their numbers crosswise.
    rows.slice(1).forEach((row, index) => expect(Date.parse(row.received_at) - Date.parse(rows[index]!.received_at), row.number).toBeGreaterThan(-1000));
    expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
    const byNumber = (some: Json[]) => [...some].sort((one, other) => Number(one.number) - Number(other.number));
    expect(byNumber(await wholeBook(reception, 7))).toEqual(rows);
    expect(byNumber(await wholeBook(reception, 1))).toEqual(rows);
  });
  it("tells of each row what the dossier tells", async () => {
    const rows = await wholeBook(reception, 500);
    for (const row of [rows[0]!, rows.at(-1)!, ...rows.filter((one) => one.returned_at).slice(0, 3)]) {
      const dossier = await open(api, reception, row.id);
      expect(row).toMatchObject({ code: dossier.code, number: dossier.numbers.book_number, received_at: dossier.received_at, punctuality: dossier.clock.punctuality });
      expect(row.procedure.code).toBe(dossier.procedure.code);
      // The law's date and the one that was told: they differ after a late apology only.
      expect(row).toMatchObject({ due_at: dossier.clock.due_at, appointed_at: dossier.clock.appointed_at });
      expect(row.lead_agency.id).toBe(dossier.agency.id);
      expect(row.applicant.length).toBeGreaterThan(3);
      if (row.returned_at) expect(row.returned_at).toBe(dossier.result.returned_at);
    }
    for (const row of rows) {
      for (const column of ["number", "code", "id", "procedure", "applicant", "address", "phone", "lead_agency", "received_at", "due_at", "returned_at", "return_method", "received_by", "punctuality"]) expect(row, column).toHaveProperty([column]);
      expect(row.returned_at === null || Date.parse(row.returned_at) >= Date.parse(row.received_at)).toBe(true);
    }
  });
  it("is narrowed to a period, of which both ends count", async () => {
    const rows = await wholeBook(reception, 500);
    const days = [...new Set(rows.map((row) => row.received_at.slice(0, 10) as string))].sort();
    const from = days[Math.floor(days.length / 3)]!;
    const to = days[Math.floor((2 * days.length) / 3)]!;
    const within = await wholeBook(reception, 500, { from, to });
    expect(within.length).toBeGreaterThan(0);
    expect(within).toEqual(rows.filter((row) => row.received_at.slice(0, 10) >= from && row.received_at.slice(0, 10) <= to));
    expect(await wholeBook(reception, 500, { from, to, book: "Hộ tịch".normalize("NFD") })).toEqual(within);
    expect(await wholeBook(reception, 500, { from: to, to })).toEqual(rows.filter((row) => row.received_at.startsWith(to)));
  });
  it.each<[string, Record<string, string>]>([
    ["without a book", { book: "" }],
    ["without a year", { year: "" }],
    ["of the year 26", { year: "26" }],
    ["of the year 99999", { year: "99999" }],
    ["of a year in words", { year: "năm nay" }],
    ["of the year -2026", { year: "-2026" }],
    ["that ends before it begins", { from: `${year}-12-31`, to: `${year}-01-01` }],
    ["from another year", { from: "2025-01-01" }],
    ["to another year", { to: "2099-12-31" }],
    ["from a day that is none", { from: `${year}-02-30` }],
    ["to the day 31/12", { to: "31/12" }],
  ])("%s is refused, page, PDF and spreadsheet", async (_what, more) => {
    for (const path of ["/api/v1/follow-up-book", "/api/v1/follow-up-book.pdf", "/api/v1/follow-up-book.xlsx"]) await api.get(`${path}${query(more)}`, { as: reception, expect: 422 });
  });
  it("of an unknown office, with odd limits and cursors, is answered and breaks nothing", async () => {
    await api.get(`/api/v1/follow-up-book${query({ agency: "X9" })}`, { as: reception, expect: 404 });
    await api.get("/api/v1/follow-up-books?agency=X9", { as: reception, expect: 404 });
    const odd: Record<string, string>[] = [{ limit: "0" }, { limit: "-1" }, { limit: "abc" }, { limit: "99999999999999999999" }, { cursor: "rác" }, { cursor: "|" }, { cursor: "9".repeat(400) }, { cursor: "1|' OR 1=1 --" }, { book: "Hộ tịch' OR '1'='1" }];
    for (const more of odd) {
      const answer = await api.get(`/api/v1/follow-up-book${query(more)}`, { as: reception });
      expect([200, 400, 422], JSON.stringify(more)).toContain(answer.status);
    }
    const stranger = await api.get(`/api/v1/follow-up-book${query({ book: "Hộ tịch' OR '1'='1" })}`, { as: reception, expect: 200 });
    expect(stranger.json.rows).toEqual([]);
  });
  it("of another agency is refused, page, list, PDF and spreadsheet; its leaders and inspectors read it", async () => {
    const paths = ["/api/v1/follow-up-book", "/api/v1/follow-up-book.pdf", "/api/v1/follow-up-book.xlsx", "/api/v1/follow-up-books"];
    for (const name of ["tiepnhan.truongvinh", "hotich.truongvinh", "chutich.truongvinh", "chuyenvien.stc", "giamdoc.stc", "quantri"]) {
      const as = await api.signIn(name);
      for (const path of paths) expect((await api.get(`${path}${query()}`, { as })).status, `${name} ${path}`).toBe(403);
    }
    for (const path of paths) await api.get(`${path}${query()}`, { expect: 401 });
    for (const name of ["chutich.thanhvinh", "chutich.tinh"]) await api.get(`/api/v1/follow-up-book${query()}`, { as: await api.signIn(name), expect: 200 });
  });
  it("is printed on A4, whole by qpdf, with every dossier of the period", async () => {
    const rows = await wholeBook(reception, 500);
    const printed = await api.get(`/api/v1/follow-up-book.pdf${query()}`, { as: reception, expect: 200 });
    await checkPdf(printed.bytes);
    const words = wordsOf(printed.bytes);
    expect(words.toUpperCase()).toContain("SỔ THEO DÕI HỒ SƠ");
    // A cell breaks a code into lines: its last part stands whole.
    const squeezed = words.replace(/\s/g, "");
    for (const row of rows) expect(squeezed, row.code).toContain(row.code.slice(-4));
    const sheet = execFileSync("pdfinfo", ["-"], { input: printed.bytes, encoding: "utf8" });
    const [, wide, high] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(sheet)!;
    expect([Number(wide), Number(high)].map(Math.round).sort((one, other) => one - other)).toEqual([595, 842]);
    await checkPdf((await api.get(`/api/v1/follow-up-book.pdf${query({ from: `${year}-01-01`, to: `${year}-01-01` })}`, { as: reception, expect: 200 })).bytes);
  });
  it("is a spreadsheet with thirteen columns and a row for each dossier; nothing in it is a formula", async () => {
    // What begins like a formula is text for a spreadsheet as well.
    const odd = "=HYPERLINK(\"http://example.com\";\"bấm\") & <c> +1 @x";
    const filed = await receiveMarital(api, reception, dice, { person_residence: odd, requester_name: person(dice).name });
    const rows = await wholeBook(reception, 500);
    expect(rows.at(-1).id).toBe(filed.id);
    const answer = await api.get(`/api/v1/follow-up-book.xlsx${query()}`, { as: reception, expect: 200 });
    expect(answer.headers["content-disposition"]).toMatch(/^attachment; filename="[\w.-]+\.xlsx"/);
    const names = unzipped(answer.bytes, "\\[Content_Types\\].xml");
    expect(names).toContain("spreadsheetml");
    const sheet = unzipped(answer.bytes, "xl/worksheets/sheet1.xml");
    expect(sheet).not.toMatch(/<f[ >]/);
    const lines = [...sheet.matchAll(/<row [^>]*r="(\d+)"[^>]*>(.*?)<\/row>/gs)];
    expect(lines).toHaveLength(rows.length + 1);
    expect(lines[0]![2]!.split("<c ").length - 1).toBe(13);
    for (const [index, row] of rows.entries()) {
      expect(lines[index + 1]![2], row.code).toContain(row.code);
      expect(lines[index + 1]![2], row.applicant).toContain(row.applicant);
    }
    expect(lines[0]![2]).toContain("Mã hồ sơ");
  });
  it("is read only", async () => {
    for (const method of ["POST", "PUT", "DELETE"]) {
      const answer = await api.call(method, `/api/v1/follow-up-book${query()}`, { as: reception, ...(method !== "DELETE" && { body: {} }) });
      expect([404, 405]).toContain(answer.status);
    }
  });
});
