// Numbers of citizens are covered for officers who have no task in the dossier, shown for a reason that the
// journal keeps; whoever has lost the receipt's secret learns how the matter stands and nothing else.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { fileOnline, trackingHeaders } from "./harness/desk.ts";
import { receiveMarital } from "./harness/marital.ts";
import { wordsOf } from "./harness/pdf.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const applicant = { name: "Lê Thị Đào", personal_id: "040190123987", phone: "0987123654", email: "dao.le@example.vn", address: "Số 5, khối 3, phường Thành Vinh" };
const secrets = [applicant.personal_id, applicant.phone, "dao.le@", "Số 5"];
let server: TestServer;
let api: Client;
let reception: Session;
let specialist: Session;
let leader: Session;
let receipt: Json;
beforeAll(async () => {
  server = await startServer({ dossiers: 0 });
  api = new Client(server);
  [reception, specialist, leader] = (await Promise.all(["tiepnhan.thanhvinh", "hotich.thanhvinh", "chutich.thanhvinh"].map((one) => api.signIn(one)))) as [Session, Session, Session];
  const dice = seeded("masking");
  const answers = maritalAnswers(dice);
  for (const [name, value] of Object.entries(answers)) {
    if (/^0\d{11}$/.test(String(value))) answers[name] = applicant.personal_id;
    if (/^09\d{8}$/.test(String(value))) answers[name] = applicant.phone;
  }
  receipt = await receiveMarital(api, reception, dice, answers, { applicant, agency: "H41.101", duplicate_confirmed: true });
});
afterAll(async () => {
  api?.close();
  await server?.remove();
});
const open = async (as: Session) => await api.get(`/api/v1/dossiers/${receipt.id}`, { as, expect: 200 });
const shows = (text: string) => secrets.filter((one) => text.includes(one));

describe("A dossier", () => {
  it("covers numbers for whoever has no task in a dossier, and shows them to whoever has one", async () => {
    const worker = await open(specialist);
    expect(worker.json.masked).toBe(false);
    expect(shows(worker.text)).toEqual(secrets);
    for (const as of [reception, leader]) {
      const onlooker = await open(as);
      expect(onlooker.json.masked).toBe(true);
      expect(shows(onlooker.text)).toEqual([]);
      expect(onlooker.json.applicant_detail).toMatchObject({ name: applicant.name, personal_id: "*********987", phone: "*******654" });
    }
  });

  it("is shown whole for a reason, which its journal keeps", async () => {
    const path = `/api/v1/dossiers/${receipt.id}/reveal`;
    await api.post(path, { as: leader, body: { reason: "x" }, expect: 422 });
    await api.post(path, { as: leader, body: {}, expect: 422 });
    const whole = await api.post(path, { as: leader, body: { reason: "Công dân khiếu nại qua điện thoại" }, expect: 200 });
    expect(shows(whole.text)).toEqual(secrets);
    const readings = (await api.get(`/api/v1/dossiers/${receipt.id}/accesses`, { as: leader, expect: 200 })).json.items;
    expect(readings.find((one: Json) => one.what === "revealed")).toMatchObject({ why: "Công dân khiếu nại qua điện thoại" });
    expect(readings.some((one: Json) => one.what === "dossier" && String(one.why).startsWith("task:"))).toBe(true);
    const stranger = await api.signIn("hotich.truongvinh");
    await api.post(path, { as: stranger, body: { reason: "Tò mò thôi mà" }, expect: 404 });
  });

  it("is not corrected to what covers it", async () => {
    const body = { field: "purpose", value: "***", reason: "Gõ nhầm" };
    const answer = await api.post(`/api/v1/dossiers/${receipt.id}/correct`, { as: specialist, body, expect: 422 });
    expect(answer.json.type).toContain("masked-value");
  });

  it("shows no number in lists, searches, exports and proofs", async () => {
    const year = new Date().getFullYear();
    const paths = ["/api/v1/inbox?limit=100", `/api/v1/dossiers?q=${applicant.phone}`, "/api/v1/dossiers/export.csv", `/api/v1/dossiers/duplicates?procedure=1.004873&personal_id=${applicant.personal_id}`];
    for (const path of paths) expect(shows((await api.get(path, { as: reception, expect: 200 })).text), path).toEqual([]);
    const book = `/api/v1/follow-up-book?agency=H41.101.01&year=${year}&book=${encodeURIComponent("Hộ tịch")}`;
    expect(shows((await api.get(book, { as: reception, expect: 200 })).text)).toEqual([]);
    expect(shows((await api.get(`${book}&reason=${encodeURIComponent("Đối chiếu sổ giấy")}`, { as: reception, expect: 200 })).text)).not.toEqual([]);
  });

  it("does not tell a masked number digit by digit: a search finds whole numbers", async () => {
    const finds = async (q: string) => (await api.get(`/api/v1/dossiers?limit=100&q=${encodeURIComponent(q)}`, { as: reception, expect: 200 })).json;
    for (const number of [applicant.personal_id, applicant.phone]) {
      expect((await finds(number)).items.map((one: Json) => one.code)).toContain(receipt.code);
      for (let length = 1; length < number.length; ++length) {
        const part = await finds(number.slice(0, length));
        expect(part.items.map((one: Json) => one.code), number.slice(0, length)).not.toContain(receipt.code);
        expect(part.next_cursor).toBeNull();
        expect((await finds(`dao ${number.slice(0, length)}`)).items).toEqual([]);
      }
    }
    // A name is still found by its beginning, the dossier by a number of its code.
    for (const q of ["le thi dao", "le thi da"]) expect((await finds(q)).items.map((one: Json) => one.code)).toContain(receipt.code);
    expect((await finds(receipt.code.split("-")[1])).items.map((one: Json) => one.code)).toContain(receipt.code);
  });

  it("is printed whole for whoever works on it, covered for others until they give a reason, and both are journalled", async () => {
    const onlooker = await api.signIn("vanthu.thanhvinh");
    const print = async (as: Session, document: string) => wordsOf((await api.get(`/api/v1/dossiers/${receipt.id}/documents/${document}`, { as, expect: 200 })).bytes).replace(/\s/g, "");
    const numbers = [applicant.personal_id, applicant.phone];
    const link = receipt.secret.slice(0, 5);
    for (const document of ["slip", "filing"]) {
      const covered = await print(onlooker, document);
      for (const number of numbers) expect(covered, document).not.toContain(number);
      expect(covered).not.toContain(link);
      expect(await print(specialist, document), document).toContain(applicant.personal_id);
    }
    // Whoever took it in prints what the applicant is given.
    expect(await print(reception, "slip")).toContain(link);
    await api.post(`/api/v1/dossiers/${receipt.id}/reveal`, { as: onlooker, body: { reason: "Công dân xin bản sao giấy hẹn" }, expect: 200 });
    expect(await print(onlooker, "slip")).toContain(applicant.personal_id);
    const what = (await api.get(`/api/v1/dossiers/${receipt.id}/accesses`, { as: leader, expect: 200 })).json.items.map((one: Json) => one.what);
    for (const one of ["form-covered:slip", "form-covered:filing", "form:slip", "revealed"]) expect(what).toContain(one);
  });

  it("of another agency is told neither by the question for duplicates nor by the warning of a filing", async () => {
    const ask = (as: Session) => api.get(`/api/v1/dossiers/duplicates?procedure=1.004873&personal_id=${applicant.personal_id}`, { as, expect: 200 });
    expect((await ask(reception)).json.items.map((one: Json) => one.code)).toContain(receipt.code);
    const neighbour = await api.signIn("tiepnhan.truongvinh");
    expect((await ask(neighbour)).json.items).toEqual([]);
    const answers = maritalAnswers(seeded("elsewhere"));
    const elsewhere = await receiveMarital(api, neighbour, seeded("elsewhere"), answers, { applicant, agency: "H41.102" });
    expect(JSON.stringify(elsewhere)).not.toContain(receipt.code);
    // On line somebody who knows the number hears that there is one, and not which.
    const filed = await fileOnline(api, "1.004873", maritalAnswers(seeded("online"), { requester_id: applicant.personal_id }), {});
    expect(filed.json.warnings.length).toBe(1);
    expect(filed.text).not.toContain(receipt.code);
  });
});

describe("Whoever has lost the secret", () => {
  const ask = (code: string, digits: string, from?: string) =>
    api.get("/api/v1/tracking/status", { headers: { "X-Dossier-Code": code, "X-Identity-Digits": digits }, ...(from && { from }) });

  it("learns how the matter stands by the last digits of a number that was given, and no more", async () => {
    for (const digits of [applicant.personal_id.slice(-6), applicant.phone.slice(-6)]) {
      const told = await ask(receipt.code, digits, "127.3.0.1");
      expect(told.status).toBe(200);
      expect(told.json.code).toBe(receipt.code);
      expect(Object.keys(told.json)).not.toContain("applicant");
      expect(shows(told.text)).toEqual([]);
      expect(told.text).not.toContain(applicant.name);
    }
    // The digits open nothing else.
    await api.get("/api/v1/tracking", { headers: { ...trackingHeaders(receipt as never), "X-Receipt-Secret": "", "X-Identity-Digits": applicant.phone.slice(-6) }, from: "127.3.1.1", expect: 404 });
  });

  it("gets one answer for a wrong number and an unknown code, and is slowed down by block and code", async () => {
    const same = (text: string) => text.replace(/"trace_id":"[^"]*"/, "").replace(/"instance":"[^"]*"/, "");
    const wrong = await ask(receipt.code, "000000", "127.3.2.1");
    const unknown = await ask("H41.101.01-200101-9999", applicant.phone.slice(-6), "127.3.2.2");
    expect([wrong.status, unknown.status]).toEqual([404, 404]);
    expect(same(wrong.text)).toBe(same(unknown.text));
    for (const digits of ["", "12345", "1234567", "abcdef", applicant.phone]) expect((await ask(receipt.code, digits, `127.3.${3 + digits.length}.1`)).status).toBe(404);
    // Two addresses of one block are one guesser.
    let slowed = 0;
    for (let i = 0; i < 12; ++i) slowed += (await ask(receipt.code, String(100_000 + i), `127.4.4.${1 + (i % 2)}`)).status === 429 ? 1 : 0;
    expect(slowed).toBeGreaterThan(3);
    // Whoever knows the number is not kept out by them.
    expect((await ask(receipt.code, applicant.phone.slice(-6), "127.5.5.5")).status).toBe(200);
  });

  it("guesses at the same time no oftener than one after the other", async () => {
    const other = (await receiveMarital(api, reception, seeded("guesses"), undefined, { applicant, agency: "H41.101", duplicate_confirmed: true })).code as string;
    const tried = await Promise.all(Array.from({ length: 150 }, (_, i) => ask(other, String(200_000 + i), `127.10.${i}.1`)));
    const compared = tried.filter((one) => one.status === 404).length;
    expect(compared).toBeGreaterThanOrEqual(60);
    // One or two more where all of them take longer than the first wait.
    expect(compared).toBeLessThanOrEqual(62);
  });

  it("keeps nobody out who has the receipt, however often it guesses", async () => {
    const wrong = (from: string) => api.get("/api/v1/tracking", { headers: { "X-Dossier-Code": receipt.code, "X-Receipt-Secret": "AAAAAAAAAA" }, from });
    for (let i = 0; i < 90; ++i) {
      expect([404, 429]).toContain((await wrong(`127.6.${i % 30}.1`)).status);
      expect([404, 429]).toContain((await ask(receipt.code, String(300_000 + i), `127.7.${i}.1`)).status);
    }
    const right = trackingHeaders(receipt as never);
    // From elsewhere, and from the very block of a guesser who is told to wait.
    expect((await wrong("127.6.1.1")).status).toBe(429);
    for (const from of ["127.8.8.8", "127.6.1.2"]) expect((await api.get("/api/v1/tracking", { headers: right, from })).status).toBe(200);
  });
});
