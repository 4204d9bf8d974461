// Numbers of citizens are covered for officers who have no task in the dossier, shown for a reason that the
// journal keeps; whoever has lost the receipt's secret learns how the matter stands and nothing else.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { trackingHeaders } from "./harness/desk.ts";
import { receiveMarital } from "./harness/marital.ts";
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
});
