// Bad input gets a problem body that says what to do, and loses nothing.
import { randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { birthAnswers, businessAnswers, copyAnswers, landAnswers, landComponents, seeded } from "./harness/answers.ts";
import { Client, type Answer, type Call, type Session } from "./harness/client.ts";
import { command, complete, fileAtCounter, fileOnline, open, scan, taskOf, track, trackingHeaders, upload } from "./harness/desk.ts";
import { exe, html, jpeg, pdf, png } from "./harness/files.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const dice = seeded("bad input");
let server: TestServer;
let api: Client;
let reception: Session;
let specialist: Session;

beforeAll(async () => {
  server = await startServer({ dossiers: 0 });
  api = new Client(server);
  reception = await api.signIn("tiepnhan.thanhvinh");
  specialist = await api.signIn("hotich.thanhvinh");
});
afterAll(async () => {
  api?.close();
  await server?.remove();
});

const fieldsOf = (answer: Answer) => (answer.json.errors ?? []).map((error: { field: string }) => error.field) as string[];
const typeOf = (answer: Answer) => answer.json.type as string;

describe("A form", () => {
  it("that lacks required fields is told everything at once, each at its field", async () => {
    const answers = birthAnswers(dice);
    for (const field of ["requester_name", "child_name", "mother_id", "birth_place"]) delete answers[field];
    const refused = await api.post("/api/v1/dossiers", { body: { procedure: "1.001193", answers }, expect: 422 });
    const fields = fieldsOf(refused);
    for (const field of ["requester_name", "child_name", "mother_id", "birth_place"]) expect(fields).toContain(field);
    expect(new Set(fields).size, "each once").toBe(fields.length);
    for (const error of refused.json.errors) expect(error.message.length).toBeGreaterThan(5);
  });
  it("that is empty is told every required field, and nothing is stored", async () => {
    const before = (await api.get("/api/v1/dossiers?limit=100", { as: reception, expect: 200 })).json.items.length;
    const refused = await api.post("/api/v1/dossiers", { body: { procedure: "1.001193", answers: {} }, expect: 422 });
    expect(fieldsOf(refused).length).toBeGreaterThan(8);
    expect((await api.get("/api/v1/dossiers?limit=100", { as: reception, expect: 200 })).json.items.length).toBe(before);
  });
  it("speaks English when asked", async () => {
    const refused = await api.post("/api/v1/dossiers", { body: { procedure: "1.001193", answers: {} }, headers: { "Accept-Language": "en" }, expect: 422 });
    expect(refused.json.detail).toMatch(/[a-z]/);
    expect(refused.headers["content-language"]).toBe("en");
    const vietnamese = await api.post("/api/v1/dossiers", { body: { procedure: "1.001193", answers: {} }, expect: 422 });
    expect(vietnamese.json.detail).not.toBe(refused.json.detail);
  });
  it.each(["12345", "04019001234", "0401900123456", "04019001234a", "999999999999", "040 190 012 345 6"])("with the ID number %j is told so at that field", async (id) => {
    const refused = await api.post("/api/v1/dossiers", { body: { procedure: "1.001193", answers: birthAnswers(dice, { father_id: id }) } });
    if (id === "999999999999") {
      // An odd province warns, and never blocks.
      expect([201, 422]).toContain(refused.status);
      return;
    }
    expect(refused.status).toBe(422);
    expect(fieldsOf(refused)).toContain("father_id");
  });
  it.each([
    ["a text as a number", { extract_copies: "hai" }, "extract_copies"],
    ["a number as a text", { child_name: 42 }, "child_name"],
    ["an unknown choice", { child_sex: "khác" }, "child_sex"],
    ["a day that is none", { child_birth_date: "2026-02-30" }, "child_birth_date"],
    ["a day to come", { child_birth_date: "2031-01-01" }, "child_birth_date"],
    ["a huge number", { extract_copies: 9_007_199_254_740_991 }, "extract_copies"],
    ["a negative number", { extract_copies: -1 }, "extract_copies"],
    ["a fraction", { extract_copies: 1.5 }, "extract_copies"],
    ["1 MB of text", { birth_place: "Đ".repeat(500_000) }, "birth_place"],
    ["an object for a text", { child_name: { a: 1 } }, "child_name"],
    ["a list for a text", { child_name: ["Nguyễn"] }, "child_name"],
    ["a wrong phone", { requester_phone: "12" }, "requester_phone"],
    ["a wrong e-mail", { requester_email: "khong-phai-thu" }, "requester_email"],
    ["an unknown commune", { registration_commune: "99999" }, "registration_commune"],
    ["markup for a name", { child_name: "<script>alert(1)</script>" }, "child_name"],
    ["SQL for a name", { child_name: "'; DROP TABLE dossier; --" }, "child_name"],
    ["emoji for a name", { child_name: "Bé 👶 Bông" }, "child_name"],
  ])("with %s is refused at that field", async (_what, changes, field) => {
    const refused = await api.post("/api/v1/dossiers", { body: { procedure: "1.001193", answers: birthAnswers(dice, changes) }, expect: 422 });
    expect(fieldsOf(refused)).toContain(field);
  });
  it("with control and invisible characters in a name is cleaned of them", async () => {
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice, { child_name: "Nguyễn\u0000 \u202eVăn\u0007\r\n  An\u200b" }));
    expect((await open(api, reception, filed.json.id)).answers.child_name).toBe("Nguyễn Văn An");
  });
  it("with odd but harmless text keeps it as it was written", async () => {
    const hometown = "Robert'); DROP TABLE dossiers;-- \"Xóm 5\" <b>& %_ 👶🏽 \\";
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice, { child_hometown: hometown }));
    await command(api, reception, filed.json.id, "receive", {});
    expect((await open(api, specialist, filed.json.id)).answers.child_hometown).toBe(hometown);
    expect((await api.get(`/api/v1/dossiers?q=${encodeURIComponent("' OR 1=1 --")}`, { as: reception, expect: 200 })).json.items).toEqual([]);
  });
  it("typed on a Mac (NFD) equals the same typed elsewhere (NFC)", async () => {
    const name = "Nguyễn Thị Ướt Đẫm";
    const composed = await fileOnline(api, "1.001193", birthAnswers(dice, { child_name: name }));
    const decomposed = await fileOnline(api, "1.001193", birthAnswers(dice, { child_name: name.normalize("NFD") }));
    const answersOf = async (id: string) => (await open(api, reception, id)).answers.child_name;
    expect(await answersOf(decomposed.json.id)).toBe(await answersOf(composed.json.id));
    expect(await answersOf(composed.json.id)).toBe(name.normalize("NFC"));
  });
  it("with amounts beyond all measure, or below nothing, is refused at the amount", async () => {
    for (const [amount, status] of [[-5, 422], [0, 422], [1e18, 422], [9_223_372_036_854_775_807, 422]] as const) {
      const refused = await api.post("/api/v1/dossiers", { body: { procedure: "1.001612", answers: businessAnswers(dice, 0, { business_capital: amount }) }, expect: status });
      expect(fieldsOf(refused), String(amount)).toContain("business_capital");
    }
    const land = await api.post("/api/v1/procedures/1.012994/evaluation", {
      body: { answers: landAnswers(dice, { compensation_paid: 9_000_000_000_000_000_000, support_paid: 9_000_000_000_000_000_000 }) },
      expect: 200,
    });
    expect(land.json.problems.length).toBeGreaterThan(0);
  });
  it("with 31 rows where 30 may be, or rows that are no rows, is refused at the table", async () => {
    const row = { document_title: "Giấy tờ", pages: 1, copies: 1 };
    for (const documents of [Array.from({ length: 31 }, () => row), [7], "bảng", [], [{ ...row, pages: -3 }]]) {
      const refused = await api.post("/api/v1/dossiers", {
        as: reception,
        body: { procedure: "2.000815", channel: "counter", answers: copyAnswers(dice, documents as never), shown_components: ["original"] },
        expect: 422,
      });
      expect(fieldsOf(refused).some((field) => field.startsWith("documents")), JSON.stringify(refused.json.errors)).toBe(true);
    }
  });
});

describe("A request", () => {
  it("that is not JSON is told where it breaks", async () => {
    for (const raw of ['{"procedure": "1.001193", }', "{", "", "nul", '{"a": "\u0001"}', '{"a":1} x']) {
      const refused = await api.post("/api/v1/dossiers", { raw, headers: { "Content-Type": "application/json" }, expect: 400 });
      expect(typeOf(refused), raw).toContain("malformed-json");
    }
    const where = await api.post("/api/v1/dossiers", { raw: '{"procedure": "1.001193", }', headers: { "Content-Type": "application/json" }, expect: 400 });
    expect(where.json.detail, "the position").toMatch(/\d/);
  });
  it("that is JSON but no object is refused", async () => {
    for (const raw of ["[]", "7", '"Nguyễn"', "null", "true"]) {
      await api.post("/api/v1/dossiers", { raw, headers: { "Content-Type": "application/json" }, expect: 400 });
      await api.post("/api/v1/procedures/1.001193/evaluation", { raw, headers: { "Content-Type": "application/json" }, expect: 400 });
    }
  });
  it("whose members are of the wrong type does no harm", async () => {
    for (const body of [
      { procedure: 7 },
      { procedure: "1.001193", answers: [] },
      { procedure: "1.001193", answers: "x" },
      { procedure: "1.001193", answers: birthAnswers(dice), applicant: "Nguyễn", agency: 5, channel: 9 },
      { procedure: "1.001193", answers: birthAnswers(dice), channel: "bồ câu" },
      { draft: 12 },
    ]) {
      const answer = await api.post("/api/v1/dossiers", { body });
      expect([400, 401, 422], JSON.stringify(body).slice(0, 80)).toContain(answer.status);
      if (answer.status === 422) expect(answer.json.errors.length).toBeGreaterThan(0);
    }
  });
  it("that is nested a thousand deep, or not UTF-8, is refused", async () => {
    const json = { "Content-Type": "application/json" };
    await api.post("/api/v1/dossiers", { raw: `${"[".repeat(1000)}${"]".repeat(1000)}`, headers: json, expect: 400 });
    await api.post("/api/v1/dossiers", { raw: `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, headers: json, expect: 400 });
    await api.post("/api/v1/dossiers", { raw: Buffer.concat([Buffer.from('{"procedure":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]), headers: json, expect: 400 });
    await api.post("/api/v1/dossiers", { raw: '{"procedure":"\\ud800"}', headers: json }).then((answer) => expect([400, 404, 422]).toContain(answer.status));
  });
  it("of another content type is refused", async () => {
    const refused = await api.post("/api/v1/dossiers", { raw: "procedure=1.001193", headers: { "Content-Type": "application/x-www-form-urlencoded" } });
    expect(refused.status).toBe(403);
    const text = await api.post("/api/v1/session", { raw: '{"username":"a","password":"b"}', headers: { "Content-Type": "text/plain" }, expect: 403 });
    await api.post("/api/v1/session", { raw: "username=a", headers: { "Content-Type": "application/xml" }, expect: 415 });
    expect(text.json.detail.length).toBeGreaterThan(10);
  });
  it("for a procedure that does not exist says so", async () => {
    for (const code of ["9.999999", "1.001193x", "..%2F..%2Fetc", "%00"]) await api.get(`/api/v1/procedures/${code}`).then((answer) => expect([400, 404], code).toContain(answer.status));
    await api.get("/api/v1/procedures/9.999999", { expect: 404 });
    await api.post("/api/v1/procedures/9.999999/evaluation", { body: { answers: {} }, expect: 404 });
    await api.post("/api/v1/dossiers", { body: { procedure: "9.999999", answers: {} }, expect: 404 });
    await api.post("/api/v1/drafts", { body: { procedure: "9.999999" }, expect: 404 });
    await api.get("/api/v1/agencies?procedure=9.999999", { expect: 404 });
  });
  it("for an address that does not exist under /api gets a problem body", async () => {
    for (const path of ["/api", "/api/", "/api/v1", "/api/v2/dossiers", "/api/v1/khong-co", "/api/v1/dossiers/a/b/c/d"]) {
      const answer = await api.get(path, { headers: { Accept: "text/html" }, as: reception });
      expect(answer.status, path).toBe(404);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
    }
  });
  it("by the wrong method is told the right ones", async () => {
    const wrong = await api.delete("/api/v1/procedures", { expect: 405 });
    expect(wrong.headers["allow"]).toContain("GET");
    expect(wrong.headers["content-type"]).toContain("application/problem+json");
    const put = await api.put("/api/v1/dossiers", { body: {}, expect: 405 });
    expect(put.headers["allow"]).toContain("POST");
  });
  it("with broken query values gets an ordinary answer", async () => {
    for (const query of ["limit=-1", "limit=abc", "limit=99999999999999999999", "status=0,11,x,,", "overdue=maybe", "cursor=khong-phai", "q=%ff%fe", `q=${"a".repeat(5000)}`, "q=%00"]) {
      const answer = await api.get(`/api/v1/dossiers?${query}`, { as: reception });
      expect([200, 400, 414, 422, 431], `${query}: ${answer.text.slice(0, 300)}`).toContain(answer.status);
      const inbox = await api.get(`/api/v1/inbox?${query}`, { as: reception });
      expect([200, 400, 414, 422, 431], `${query}: ${inbox.text.slice(0, 300)}`).toContain(inbox.status);
    }
  });
  it("for a day that is none is refused, rather than shown another day", async () => {
    const leader = await api.signIn("chutich.thanhvinh");
    for (const day of ["2026-02-30", "x", "20/8/2026", "2026-8-2", "0000-00-00"]) {
      for (const path of [`/api/v1/reports/on-time?from=${day}`, `/api/v1/dossiers?to=${day}`, `/api/v1/dossiers/export.csv?from=${day}`, `/api/v1/cashier/day?date=${day}`]) {
        const refused = await api.get(path, { as: leader, expect: 422 });
        expect(refused.json.errors, path).toHaveLength(1);
      }
    }
    await api.get("/api/v1/reports/on-time?from=2026-12-31&to=2020-01-01", { as: leader, expect: 422 });
    await api.get("/api/v1/reports/on-time?from=0001-01-01&to=9999-12-31", { as: leader, expect: 422 });
  });
});

describe("A file", () => {
  let draft: { id: string; secret: string };
  beforeAll(async () => {
    draft = (await api.post("/api/v1/drafts", { body: { procedure: "1.001193" }, expect: 201 })).json;
  });
  const send = (raw: Buffer, name: string, call: Call = {}) =>
    api.post(`/api/v1/drafts/${draft.id}/files`, { raw, ...call, headers: { "X-Draft-Secret": draft.secret, "X-File-Name": encodeURIComponent(name), "X-Component": "birth_paper", ...call.headers } });

  it("of 30 MiB is refused with a problem body, and the connection goes on", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const big = Buffer.alloc(30 * 1024 * 1024, 0x20);
    big.set(pdf(), 0);
    const refused = await send(big, "lon.pdf", { agent });
    expect(refused.status).toBe(413);
    expect(refused.json.detail).toMatch(/[0-9]|nhỏ|giảm/i);
    expect((await send(pdf("sau do"), "nho.pdf", { agent })).status).toBe(201);
    agent.destroy();
  });
  it("of almost 20 MiB is taken", async () => {
    const heavy = pdf("A".repeat(20 * 1024 * 1024 - 2048));
    const kept = await send(heavy, "quyet-dinh.pdf");
    expect(kept.status, kept.text.slice(0, 500)).toBe(201);
    expect(kept.json.size).toBe(heavy.length);
  });
  it.each([
    ["a program called .pdf", exe(), "giay.pdf"],
    ["a page called .jpg", html, "anh.jpg"],
    ["nothing", Buffer.alloc(0), "rong.pdf"],
    ["half a PDF", pdf().subarray(0, 200), "nua.pdf"],
    ["half a JPEG", jpeg().subarray(0, 60), "nua.jpg"],
    ["half a PNG", png().subarray(0, 40), "nua.png"],
    ["a zip", Buffer.from("PK\x03\x04aaaaaaaaaaaaaaaa", "latin1"), "nen.zip"],
    ["a drawing with a script", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), "ve.svg"],
    ["noise", Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), "nhieu.pdf"],
  ])("that is %s is refused, with what to do", async (_what, bytes, name) => {
    const refused = await send(bytes, name);
    expect([400, 415, 422], refused.text).toContain(refused.status);
    expect(refused.json.detail.length).toBeGreaterThan(15);
  });
  it("whose name says another type than its content is told apart by the content", async () => {
    const answer = await send(png(), "that-ra-la-anh.pdf");
    if (answer.status === 201) expect(answer.json.media_type).toBe("image/png");
    else expect([415, 422]).toContain(answer.status);
  });
  it("with a hostile name is kept under a harmless one", async () => {
    for (const name of ["../../etc/passwd.pdf", "a\r\nX-Evil: 1.pdf", "\u202Efdp.exe.pdf", "x".repeat(3000) + ".pdf", "con\u0000.pdf"]) {
      const answer = await send(pdf(name.slice(0, 5).replace(/\W/g, "")), name);
      expect([201, 400, 422], `${JSON.stringify(name.slice(0, 30))} ${answer.text.slice(0, 200)}`).toContain(answer.status);
      if (answer.status === 201) {
        expect(answer.json.name).not.toMatch(/[\r\n\u0000\u202E]/);
        expect(answer.json.name).not.toContain("/");
        expect(answer.json.name.length).toBeLessThanOrEqual(255);
      }
    }
  });
  it("for a paper the procedure does not ask for is refused", async () => {
    const answer = await send(pdf(), "a.pdf", { headers: { "X-Component": "khong_co_giay_nay" } });
    expect(answer.status).toBe(422);
  });
  it("for a draft without its secret is refused as if there were none", async () => {
    const answer = await send(pdf(), "a.pdf", { headers: { "X-Draft-Secret": "doan-mo" } });
    expect(answer.status).toBe(404);
  });
  it("sent twice with the same key is stored once", async () => {
    const key = randomUUID();
    const first = await send(pdf("mot lan"), "mot.pdf", { key });
    const second = await send(pdf("mot lan"), "mot.pdf", { key });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json.id).toBe(first.json.id);
    expect((await send(pdf("khac"), "mot.pdf", { key })).status).toBe(422);
    const draftNow = await api.get(`/api/v1/drafts/${draft.id}`, { headers: { "X-Draft-Secret": draft.secret }, expect: 200 });
    expect(draftNow.json.attachments.filter((one: { id: string }) => one.id === first.json.id)).toHaveLength(1);
  });
});

describe("A command", () => {
  it("that is not allowed now says why, and changes nothing", async () => {
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
    const id = filed.json.id as string;
    const before = await open(api, reception, id);
    const stop = await api.post(`/api/v1/dossiers/${id}/stop`, { as: await api.signIn("chutich.thanhvinh"), body: { reason: "Không đủ điều kiện" }, expect: 409 });
    expect(typeOf(stop)).toContain("not-yet-received");
    expect(stop.json.detail.length).toBeGreaterThan(15);
    await api.post("/api/v1/tracking/rating", { headers: trackingHeaders(filed.json), body: { score: 5 }, expect: 409 });
    await api.post("/api/v1/tracking/rating", { headers: trackingHeaders(filed.json), body: { score: 9 }, expect: 422 });
    expect((await open(api, reception, id)).version).toBe(before.version);
    await command(api, reception, id, "receive", {});
    const twice = await api.post(`/api/v1/dossiers/${id}/receive`, { as: reception, body: {}, expect: 409 });
    expect(twice.json.detail.length).toBeGreaterThan(15);
    const task = await taskOf(api, specialist, id);
    const unknown = await api.post(`/api/v1/dossiers/${id}/complete-task`, { as: specialist, body: { task: task.id, outcome: "bay_len_troi" }, expect: 422 });
    expect(typeOf(unknown)).toContain("unknown-outcome");
    for (const wrong of ["", "0", "999", "abc", "-1", "99999999999999999999"]) {
      const gone = await api.post(`/api/v1/dossiers/${id}/complete-task`, { as: specialist, body: { task: wrong, outcome: "proposed" } });
      expect([403, 409, 422], wrong).toContain(gone.status);
    }
    await api.post(`/api/v1/dossiers/${id}/complete-task`, { as: specialist, body: { task: 7, outcome: ["x"] } }).then((answer) => expect([400, 409, 422]).toContain(answer.status));
  });
  it("about a dossier of another commune finds no dossier", async () => {
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
    const id = filed.json.id as string;
    const stranger = await api.signIn("hotich.truongvinh");
    const reader = await api.signIn("tiepnhan.truongvinh");
    await api.get(`/api/v1/dossiers/${id}`, { as: stranger, expect: 404 });
    await api.get(`/api/v1/dossiers/${filed.json.code}`, { as: stranger, expect: 404 });
    await api.get(`/api/v1/dossiers/${id}/documents/filing`, { as: stranger, expect: 404 });
    await api.get(`/api/v1/dossiers/${id}/files/result`, { as: stranger, expect: 404 });
    for (const name of ["receive", "refuse", "withdraw", "payments", "correct", "stop", "recall"]) await api.post(`/api/v1/dossiers/${id}/${name}`, { as: reader, body: { reason: "Thử vào hồ sơ khác" }, expect: 404 });
    await upload(api, `/api/v1/dossiers/${id}/files`, "birth_paper", {}, { as: reader, expect: 404 });
    const found = await api.get(`/api/v1/dossiers?q=${filed.json.code}`, { as: reader, expect: 200 });
    expect(found.json.items).toEqual([]);
    const csv = await api.get("/api/v1/dossiers/export.csv", { as: reader, expect: 200 });
    expect(csv.text).not.toContain(filed.json.code);
    const twins = await api.get(`/api/v1/dossiers/duplicates?procedure=1.001193&name=${encodeURIComponent(String((await open(api, reception, id)).applicant))}`, { as: reader, expect: 200 });
    expect(twins.json.items.map((one: { code: string }) => one.code)).not.toContain(filed.json.code);
  });
  it("about a dossier that does not exist finds none", async () => {
    for (const id of ["khong-co", "00000000000000000000000000000000", "H41.101.01-260101-9999", "%2e%2e", "'"]) {
      await api.get(`/api/v1/dossiers/${id}`, { as: reception, expect: 404 });
      await api.post(`/api/v1/dossiers/${id}/receive`, { as: reception, body: {}, expect: 404 });
    }
  });
  it("on a stale version is refused with the version that is", async () => {
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
    const id = filed.json.id as string;
    const old = await api.get(`/api/v1/dossiers/${id}`, { as: reception, expect: 200 });
    expect(old.headers["etag"]).toBe(`"${old.json.version}"`);
    await command(api, reception, id, "receive", {}, { headers: { "If-Match": old.headers["etag"]! } });
    const stale = await api.post(`/api/v1/dossiers/${id}/withdraw`, { as: reception, body: { reason: "Gia đình đổi ý" }, headers: { "If-Match": old.headers["etag"]! }, expect: 412 });
    const now = (await open(api, reception, id)).version;
    expect(stale.json.version).toBe(now);
    expect(now).toBeGreaterThan(old.json.version);
    for (const bad of ["abc", '"x"', '"-1"', '"1']) {
      const refused = await api.post(`/api/v1/dossiers/${id}/withdraw`, { as: reception, body: { reason: "Gia đình đổi ý" }, headers: { "If-Match": bad }, expect: 400 });
      expect(typeOf(refused)).toContain("bad-if-match");
    }
    await command(api, reception, id, "withdraw", { reason: "Gia đình đổi ý" }, { headers: { "If-Match": "*" } });
  });
  it("of two officers at once is done once", async () => {
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
    const answers = await Promise.all(Array.from({ length: 12 }, () => api.post(`/api/v1/dossiers/${filed.json.id}/receive`, { as: reception, body: {} })));
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
    for (const other of answers.filter((one) => one.status !== 200)) expect(other.status).toBe(409);
  });
  it("with money that is none is refused", async () => {
    const filed = await fileAtCounter(api, reception, { procedure: "2.000815", answers: copyAnswers(dice, [{ document_title: "Sổ đỏ", pages: 3, copies: 1 }]), shown_components: ["original"] });
    for (const amount of [0, -1, 5_001, 9_007_199_254_740_991, 1e300, "5000", null, 2.5]) {
      const refused = await api.post(`/api/v1/dossiers/${filed.json.id}/payments`, { as: reception, body: { amount, method: "cash" } });
      expect([400, 409, 422], String(amount)).toContain(refused.status);
    }
    await api.post(`/api/v1/dossiers/${filed.json.id}/payments`, { as: reception, body: { amount: 5_000, method: "vàng" }, expect: 422 });
    await api.post(`/api/v1/dossiers/${filed.json.id}/refunds`, { as: reception, body: { receipt: "BL-KHONG-CO", amount: 1, reason: "Thu nhầm" }, expect: 422 });
    expect((await open(api, reception, filed.json.id)).fee).toMatchObject({ total: 5_000, paid: 0 });
  });
  it("may carry only files of its own dossier", async () => {
    const other = await upload(api, "/api/v1/files", "birth_paper", {}, { as: reception });
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
    await command(api, reception, filed.json.id, "receive", {});
    await command(api, specialist, filed.json.id, "request-supplement", { items: [{ what: "Bản rõ hơn" }], reason: "Ảnh mờ" });
    const stolen = await api.post("/api/v1/tracking/supplement", { headers: trackingHeaders(filed.json), body: { attachments: [other.json.id] }, expect: 422 });
    expect(typeOf(stolen)).toContain("file-unknown");
  });
});

describe("The Idempotency-Key", () => {
  const filing = () => ({ procedure: "1.001193", answers: birthAnswers(dice) });

  it("is asked for", async () => {
    for (const key of [null, "", "a b", "x".repeat(129)]) {
      const refused = await api.post("/api/v1/dossiers", { body: filing(), key: key === "" ? null : key, ...(key === "" && { headers: { "Idempotency-Key": " " } }), expect: 400 });
      expect(typeOf(refused)).toContain("idempotency-key");
    }
    await api.post("/api/v1/drafts", { body: { procedure: "1.001193" }, key: null, expect: 400 });
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
    await api.post(`/api/v1/dossiers/${filed.json.id}/receive`, { as: reception, body: {}, key: null, expect: 400 });
    await api.post("/api/v1/tracking/withdraw", { headers: trackingHeaders(filed.json), body: { reason: "Nộp nhầm nơi" }, key: null, expect: 400 });
    await api.post("/api/v1/files", { as: reception, raw: pdf(), headers: { "X-File-Name": "a.pdf", "X-Component": "birth_paper" }, key: null, expect: 400 });
  });
  it("brings the same answer again, byte for byte, and one dossier", async () => {
    const body = filing();
    const key = randomUUID();
    const first = await api.post("/api/v1/dossiers", { body, key, expect: 201 });
    const second = await api.post("/api/v1/dossiers", { body, key, expect: 201 });
    expect(second.text).toBe(first.text);
    await command(api, reception, first.json.id, "receive", {});
    const third = await api.post("/api/v1/dossiers", { body, key, expect: 201 });
    expect(third.text, "later, too").toBe(first.text);
    const rows = await api.get(`/api/v1/dossiers?q=${body.answers["requester_id"]}`, { as: reception, expect: 200 });
    expect(rows.json.items).toHaveLength(1);
  });
  it("brings a draft's filing again although the draft is gone", async () => {
    const draft = (await api.post("/api/v1/drafts", { body: { procedure: "1.001612", answers: businessAnswers(dice, 0) }, expect: 201 })).json;
    const key = randomUUID();
    const call = { key, headers: { "X-Draft-Secret": draft.secret }, body: { draft: draft.id }, expect: 201 };
    const first = await api.post("/api/v1/dossiers", call);
    const second = await api.post("/api/v1/dossiers", call);
    expect(second.text).toBe(first.text);
    await api.post("/api/v1/dossiers", { ...call, key: randomUUID(), expect: 404 });
  });
  it("with another body is refused", async () => {
    const body = filing();
    const key = randomUUID();
    await api.post("/api/v1/dossiers", { body, key, expect: 201 });
    const other = await api.post("/api/v1/dossiers", { body: { ...body, answers: { ...body.answers, child_name: "Nguyễn Khác" } }, key, expect: 422 });
    expect(typeOf(other)).toContain("idempotency-key-reused");
  });
  it("of commands and payments brings the same answer, and the money once", async () => {
    const filed = await fileAtCounter(api, reception, { procedure: "2.000815", answers: copyAnswers(dice, [{ document_title: "Sổ đỏ", pages: 5, copies: 1 }]), shown_components: ["original"] });
    const key = randomUUID();
    const pay = () => api.post(`/api/v1/dossiers/${filed.json.id}/payments`, { as: reception, body: { amount: 3_000, method: "cash" }, key, expect: 200 });
    const first = await pay();
    expect((await pay()).text).toBe(first.text);
    expect((await open(api, reception, filed.json.id)).fee.paid).toBe(3_000);
    await command(api, reception, filed.json.id, "payments", { amount: 4_000, method: "cash" });
    expect((await pay()).text).toBe(first.text);
  });
  it("of fifty twins at once makes one dossier", async () => {
    const body = filing();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.post("/api/v1/dossiers", { body, key })));
    const made = answers.filter((one) => one.status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map((one) => one.text)).size).toBe(1);
    for (const other of answers.filter((one) => one.status !== 201)) {
      expect(other.status).toBe(409);
      expect(typeOf(other)).toContain("in-flight");
    }
    const rows = await api.get(`/api/v1/dossiers?q=${body.answers["requester_id"]}`, { as: reception, expect: 200 });
    expect(rows.json.items).toHaveLength(1);
  });
  it("of fifty twins that file one draft makes one dossier", async () => {
    const answers = businessAnswers(dice, 0);
    const draft = (await api.post("/api/v1/drafts", { body: { procedure: "1.001612", answers }, expect: 201 })).json;
    const key = randomUUID();
    const twins = await Promise.all(Array.from({ length: 50 }, () => api.post("/api/v1/dossiers", { key, headers: { "X-Draft-Secret": draft.secret }, body: { draft: draft.id } })));
    const made = twins.filter((one) => one.status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map((one) => one.text)).size).toBe(1);
    for (const other of twins.filter((one) => one.status !== 201)) expect(other.status, other.text).toBe(409);
    const rows = await api.get(`/api/v1/dossiers?q=${answers["owner_id"]}`, { as: reception, expect: 200 });
    expect(rows.json.items).toHaveLength(1);
  });
  it("of two people does not let one read the other's answer", async () => {
    const key = randomUUID();
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice), { key });
    const neighbour = await api.signIn("tiepnhan.truongvinh");
    const other = await api.post("/api/v1/dossiers", { as: neighbour, key, body: { procedure: "1.001193", channel: "counter", answers: birthAnswers(dice) } });
    expect(other.text).not.toContain(filed.json.secret);
  });
});

describe("Whoever is not signed in", () => {
  it("is told to sign in, with a problem body, at every desk address", async () => {
    for (const path of ["/api/v1/inbox", "/api/v1/dossiers", "/api/v1/dossiers/x", "/api/v1/dossiers/export.csv", "/api/v1/dossiers/export.xlsx", "/api/v1/reports/on-time", "/api/v1/cashier/day", "/api/v1/officers", "/api/v1/dossiers/duplicates?procedure=1.001193"]) {
      await api.get(path, { expect: 401 });
    }
    for (const path of ["/api/v1/dossiers/x/receive", "/api/v1/intake/id-card", "/api/v1/officers", "/api/v1/session/password"]) await api.post(path, { body: {}, expect: 401 });
    await api.post("/api/v1/dossiers", { body: { channel: "counter", procedure: "1.001193", answers: birthAnswers(dice) }, expect: 401 });
    await api.get("/api/v1/inbox", { headers: { Cookie: `${reception.cookie.split("=")[0]}=gia-mao` }, expect: 401 });
    const session = await api.get("/api/v1/session", { expect: 200 });
    expect(session.json).toMatchObject({ signed_in: false });
  });
  it("cannot act in an officer's name without the CSRF token", async () => {
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
    for (const token of ["", "sai"]) {
      const refused = await api.post(`/api/v1/dossiers/${filed.json.id}/receive`, { as: reception, body: {}, headers: { "X-CSRF-Token": token }, expect: 403 });
      expect(typeOf(refused)).toContain("csrf");
      await api.delete("/api/v1/session", { as: reception, headers: { "X-CSRF-Token": token }, expect: 403 });
      await api.post("/api/v1/files", { as: reception, raw: pdf(), headers: { "X-CSRF-Token": token, "X-File-Name": "a.pdf", "X-Component": "birth_paper" }, expect: 403 });
    }
    expect((await open(api, reception, filed.json.id)).received_at ?? null).toBeNull();
    // Another officer's token does not fit either.
    await api.post(`/api/v1/dossiers/${filed.json.id}/receive`, { as: reception, body: {}, headers: { "X-CSRF-Token": specialist.csrf }, expect: 403 });
  });
  it("does not get in with a wrong password, and is slowed down", async () => {
    const from = "127.0.0.3";
    const one = await api.post("/api/v1/session", { from, body: { username: "vanthu.truongvinh", password: "sai" }, expect: 401 });
    const other = await api.post("/api/v1/session", { from, body: { username: "chutich.thanhvinh", password: "sai" }, expect: 401 });
    expect(other.json.detail).toBe(one.json.detail);
    let slowed: Answer | undefined;
    for (let attempt = 0; attempt < 12 && !slowed; attempt += 1) {
      const answer = await api.post("/api/v1/session", { from, body: { username: "chutich.thanhvinh", password: `sai-${attempt}` } });
      if (answer.status === 429) slowed = answer;
      else expect(answer.status).toBe(401);
    }
    expect(slowed, "429 within 12 guesses").toBeDefined();
    expect(Number(slowed!.headers["retry-after"])).toBeGreaterThan(0);
    for (const body of [{}, { username: "a" }, { username: 1, password: 2 }]) await api.post("/api/v1/session", { from: "127.0.0.4", body }).then((answer) => expect([400, 401, 422]).toContain(answer.status));
    await api.post("/api/v1/session", { from: "127.0.0.4", body: { username: "a".repeat(100_000), password: "b" } }).then((answer) => expect([400, 401, 413]).toContain(answer.status));
  });
});

describe("A wrong tracking secret", () => {
  it("gets the same answer whether the code exists or not, and is slowed down", async () => {
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
    const guess = (code: string, secret: string, from: string) => api.get("/api/v1/tracking", { from, headers: { "X-Dossier-Code": code, "X-Receipt-Secret": secret } });
    const wrong = await guess(filed.json.code, "AAAA-BBBB-CCCC", "127.0.0.5");
    const unknown = await guess(filed.json.code.replace(/\d{4}$/, "9876"), "AAAA-BBBB-CCCC", "127.0.0.5");
    const strip = (answer: Answer) => ({ ...answer.json, trace_id: "" });
    expect(wrong.status).toBe(404);
    expect(strip(unknown)).toEqual(strip(wrong));
    for (const code of ["", "khong-phai-ma", "'; --"]) expect((await guess(code, "x", "127.0.0.5")).status).toBe(404);
    const slowedAfter = async (code: string, from: string) => {
      for (let attempt = 1; attempt <= 12; attempt += 1) {
        const answer = await guess(code, `SAI${attempt}`, from);
        if (answer.status === 429) {
          expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
          return attempt;
        }
        expect(answer.status).toBe(404);
      }
      return 0;
    };
    const known = await slowedAfter(filed.json.code, "127.6.6.6");
    const none = await slowedAfter(filed.json.code.replace(/\d{4}$/, "9875"), "127.7.7.7");
    expect(known).toBeGreaterThan(0);
    expect(none).toBe(known);
    // The rightful owner elsewhere is not locked out.
    expect((await guess(filed.json.code, filed.json.secret, "127.8.8.8")).status).toBe(200);
    // Capitals and hyphens do not matter.
    expect((await guess(filed.json.code.toLowerCase(), filed.json.secret.toLowerCase(), "127.8.8.8")).status).toBe(200);
  });
});

describe("Pages", () => {
  it.each(["/", "/desk", "/healthz"])("%s answers 200, signed in or not", async (path) => {
    for (const as of [undefined, reception]) {
      const page = await api.get(path, { as });
      expect(page.status).toBe(200);
      if (path !== "/healthz") expect(page.headers["content-type"]).toContain("text/html");
    }
  });
  it("keep answering after noise on the port", async () => {
    const port = Number(new URL(server.url()).port);
    for (const noise of ["\x16\x03\x01\x02\x00\x01", "GET / HTTP/9.9\r\n\r\n", "POST /api/v1/dossiers HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(100_000)}\r\n\r\n`, "POST /api/v1/dossiers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"]) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, "127.0.0.1", () => socket.end(noise));
        socket.setTimeout(3_000, () => socket.destroy());
        socket.on("error", () => undefined);
        socket.on("data", (piece) => expect(piece.toString("latin1")).not.toContain("root:"));
        socket.on("close", () => resolve());
      });
    }
    await api.get("/healthz", { expect: 200 });
  });
});

describe("After all of it", () => {
  it("a dossier still goes its whole way", async () => {
    const centre = await api.signIn("tiepnhan.tinh");
    const attachments = await scan(api, centre, landComponents);
    const filed = await fileAtCounter(api, centre, { procedure: "1.012994", answers: landAnswers(dice), attachments });
    await complete(api, await api.signIn("truongphong.stc"), filed.json.id, "assigned");
    expect((await track(api, filed.json)).status.national).toBe(4);
  });
});
