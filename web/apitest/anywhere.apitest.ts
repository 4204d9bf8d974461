// A citizen files at commune A for a procedure of commune B; B decides; A returns the result.  And who may not.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maritalAnswers, person, seeded, thanhVinh, truongVinh } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { command, complete, fileAtCounter, fileOnline, open, taskOf, track, type Receipt } from "./harness/desk.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const dice = seeded("anywhere");
const isPdf = (bytes: Buffer) => bytes.subarray(0, 5).toString("latin1") === "%PDF-";

// A is Trường Vinh (H41.102), where the citizen stands; B is Thành Vinh (H41.101), which decides.
const here = "H41.102.01";
const home = "H41.101.01";
let server: TestServer;
let api: Client;
let counterA: Session;
let counterB: Session;
let specialistB: Session;
let leaderB: Session;
let clerkB: Session;
let province: Session;
let administrator: Session;

beforeAll(async () => {
  server = await startServer({ dossiers: 5, seed: 11 });
  api = new Client(server);
  counterA = await api.signIn("tiepnhan.truongvinh");
  counterB = await api.signIn("tiepnhan.thanhvinh");
  specialistB = await api.signIn("hotich.thanhvinh");
  leaderB = await api.signIn("chutich.thanhvinh");
  clerkB = await api.signIn("vanthu.thanhvinh");
  province = await api.signIn("tiepnhan.tinh");
  administrator = await api.signIn("quantri");
});
afterAll(async () => {
  api?.close();
  await server?.remove();
});

const papers = ["declaration", "identity_paper"];
async function received(more: object = {}, as = counterA): Promise<Receipt> {
  const answers = maritalAnswers(dice, { residence_commune: thanhVinh });
  const filed = await fileAtCounter(api, as, { procedure: "1.004873", answers, shown_components: papers, ...more });
  return { id: filed.json.id, code: filed.json.code, secret: filed.json.secret };
}
const listed = async (as: Session, side: "out" | "in"): Promise<Json[]> => (await api.get(`/api/v1/transports?side=${side}`, { as, expect: 200 })).json.items;
const codes = (items: Json[]): string[] => items.map((item) => item.dossier.code);
const handOver = (as: Session, receipt: Receipt, transport = 1, more: object = {}, call: object = {}) =>
  api.post("/api/v1/transports/hand-over", { as, body: { items: [{ dossier: receipt.id, transport, ...more }], carrier: "Bưu điện phường" }, expect: 200, ...call });
const takeOver = (as: Session, receipt: Receipt, transport = 1, more: object = {}, call: object = {}) =>
  api.post("/api/v1/transports/take-over", { as, body: { items: [{ dossier: receipt.id, transport, ...more }] }, expect: 200, ...call });
async function decide(receipt: Receipt): Promise<void> {
  await complete(api, specialistB, receipt.id, (await taskOf(api, specialistB, receipt.id)).outcomes[0].value);
  await complete(api, leaderB, receipt.id, (await taskOf(api, leaderB, receipt.id)).outcomes[0].value);
  const issue = await taskOf(api, clerkB, receipt.id);
  await command(api, clerkB, receipt.id, "issue-result", { task: issue.id });
}
async function pay(as: Session, receipt: Receipt): Promise<void> {
  const owed = (await open(api, as, receipt.id)).fee.outstanding;
  if (owed > 0) await command(api, as, receipt.id, "payments", { amount: owed, method: "cash" });
}

describe("Filed at A, decided by B, returned at A", () => {
  let receipt: Receipt;

  it("is received at A, and B is told who decides and why", async () => {
    const told = await api.get(`/api/v1/competence?procedure=1.004873&place=${thanhVinh}&at=${here}`, { expect: 200 });
    expect(told.json).toMatchObject({ agency: { id: "H41.101" }, centre: { id: home }, anywhere: true, received_here: true });
    expect(told.json.reception.act.number).toBe("118/2025/NĐ-CP");
    expect(told.json.return_places.map((one: Json) => one.id)).toContain(here);
    receipt = await received();
    const dossier = await open(api, counterA, receipt.id);
    expect(dossier.receiving_agency.id).toBe(here);
    expect(dossier.agency.id).toBe("H41.101");
    expect(dossier.returning_agency.id).toBe(here);
    expect(dossier.transports).toHaveLength(1);
    expect(dossier.transports[0]).toMatchObject({ number: 1, state: "waiting", cargo: "papers", from: { id: here }, to: { id: home }, late: false });
    const slip = await api.get(`/api/v1/dossiers/${receipt.id}/documents/slip`, { as: counterA, expect: 200 });
    expect(isPdf(slip.bytes)).toBe(true);
  });

  it("waits at A to be handed over; the applicant sees where his papers are", async () => {
    expect(codes(await listed(counterA, "out"))).toContain(receipt.code);
    expect(codes(await listed(counterB, "out"))).not.toContain(receipt.code);
    const inbox = await api.get("/api/v1/inbox?state=to_hand_over", { as: counterA, expect: 200 });
    expect(inbox.json.items.map((one: Json) => one.code)).toContain(receipt.code);
    const seen = await track(api, receipt);
    expect(seen.whereabouts[0].state).toBe("waiting");
    expect(seen.whereabouts[0].text.vi).toContain("chờ chuyển đến");
  });

  it("goes with one slip, once, however often the request is repeated", async () => {
    const other = await received();
    const key = "ban-giao-0001-0001-0001";
    const body = { items: [{ dossier: receipt.id, transport: 1 }, { dossier: other.code, transport: 1 }], carrier: "Bưu điện phường Trường Vinh", note: "Giao chiều nay" };
    const done = await api.post("/api/v1/transports/hand-over", { as: counterA, body, key, expect: 200 });
    expect(done.json.slip).toMatch(/^BG-H41\.102\.01-\d{4}-\d+$/);
    expect(done.json.items.map((one: Json) => one.done)).toEqual([true, true]);
    const again = await api.post("/api/v1/transports/hand-over", { as: counterA, body, key, expect: 200 });
    expect(again.json).toEqual(done.json);
    await api.post("/api/v1/transports/hand-over", { as: counterA, body: { ...body, carrier: "Khác" }, key, expect: 422 });
    expect(codes(await listed(counterA, "out"))).not.toContain(receipt.code);
    expect(codes(await listed(counterB, "in"))).toEqual(expect.arrayContaining([receipt.code, other.code]));
    const slip = await api.get(`/api/v1/hand-over-slips/${done.json.slip}/pdf`, { as: counterB, expect: 200 });
    expect(isPdf(slip.bytes)).toBe(true);
    await api.get(`/api/v1/hand-over-slips/${done.json.slip}/pdf`, { as: province, expect: 404 });
    const slips = await api.get("/api/v1/hand-over-slips", { as: counterA, expect: 200 });
    expect(slips.json.items[0]).toMatchObject({ slip: done.json.slip, count: 2, on_the_way: 2 });
    expect((await track(api, receipt)).whereabouts[0].state).toBe("travelling");
  });

  it("is not held up: B works on it while the papers travel", async () => {
    await complete(api, specialistB, receipt.id, (await taskOf(api, specialistB, receipt.id)).outcomes[0].value);
    expect((await open(api, specialistB, receipt.id)).status.national).toBe(4);
  });

  it("is taken over by one of two officers", async () => {
    const [one, two] = await Promise.all([takeOver(counterB, receipt, 1, {}, { expect: undefined }), takeOver(counterB, receipt, 1, {}, { expect: undefined })]);
    expect([one.status, two.status].sort()).toEqual([200, 409]);
    const refused = one.status === 409 ? one : two;
    expect(refused.json.type).toContain("not-on-its-way");
    const dossier = await open(api, counterB, receipt.id);
    expect(dossier.transports[0]).toMatchObject({ state: "arrived" });
    expect(dossier.transports[0].taken_by).not.toBe("");
  });

  it("is decided by B and not by A; what B issues goes back to A", async () => {
    const task = await taskOf(api, leaderB, receipt.id);
    const tried = await api.post(`/api/v1/dossiers/${receipt.id}/approve`, { as: counterA, body: { task: task.id, outcome: task.outcomes[0].value } });
    expect(tried.status).toBe(403);
    await complete(api, leaderB, receipt.id, task.outcomes[0].value);
    const issue = await taskOf(api, clerkB, receipt.id);
    await command(api, clerkB, receipt.id, "issue-result", { task: issue.id });
    const dossier = await open(api, counterA, receipt.id);
    expect(dossier.status.national).toBe(9);
    expect(dossier.tasks[0].agency.id).toBe(here);
    expect(dossier.transports[1]).toMatchObject({ cargo: "result", state: "waiting", from: { id: home }, to: { id: here } });
  });

  it("is returned by A only, and only with the result at hand", async () => {
    const dossier = await open(api, counterA, receipt.id);
    await pay(counterA, receipt);
    const body = { task: dossier.tasks[0].id, method: "counter", received_by: "Người nộp" };
    const early = await api.post(`/api/v1/dossiers/${receipt.id}/return`, { as: counterA, body, expect: 409 });
    expect(early.json.type).toContain("result-on-its-way");
    const byB = await api.post(`/api/v1/dossiers/${receipt.id}/return`, { as: counterB, body });
    expect(byB.status).toBe(403);
    await handOver(counterB, receipt, 2);
    await takeOver(counterA, receipt, 2);
    expect((await track(api, receipt)).whereabouts.at(-1).state).toBe("ready");
    const done = await command(api, counterA, receipt.id, "return", body);
    expect(done.json.status.national).toBe(10);
    const seen = await track(api, receipt);
    expect(seen.status.national).toBe(10);
  });
});

describe("What is missing", () => {
  it("is told at the taking over, stays on the sender's list, and is found or given up with a reason", async () => {
    const receipt = await received();
    const wrong = await handOver(counterA, receipt, 1, { pieces: ["passport"] }, { expect: 422 });
    expect(wrong.json.type).toContain("piece-unknown");
    await api.post("/api/v1/transports/hand-over", { as: counterA, body: { items: [{ dossier: receipt.id, transport: 1 }], carrier: "" }, expect: 422 });
    await handOver(counterA, receipt);
    const silent = await takeOver(counterB, receipt, 1, { missing: ["declaration"] }, { expect: 422 });
    expect(silent.json.type).toContain("discrepancy-untold");
    await takeOver(counterB, receipt, 1, { missing: ["declaration"], note: "Phong bì rách, thiếu tờ khai" });
    const dossier = await open(api, counterA, receipt.id);
    expect(dossier.transports[0].missing[0].component).toBe("declaration");
    expect(dossier.transports[1]).toMatchObject({ state: "waiting", from: { id: here } });
    expect(codes(await listed(counterA, "out"))).toContain(receipt.code);
    await api.post(`/api/v1/dossiers/${receipt.id}/close-transport`, { as: counterA, body: { transport: 2, reason: "x" }, expect: 422 });
    await command(api, counterA, receipt.id, "close-transport", { transport: 2, reason: "Người dân đã ký tờ khai khác" });
    expect((await open(api, counterA, receipt.id)).transports[1].state).toBe("closed");
  });
});

describe("The place of return", () => {
  it("is chosen at the counter, changed by the applicant until there is a result, and at a centre only", async () => {
    const receipt = await received({ return_at: "H41.103.01" });
    expect((await open(api, counterA, receipt.id)).returning_agency.id).toBe("H41.103.01");
    const headers = { "X-Dossier-Code": receipt.code, "X-Receipt-Secret": receipt.secret };
    const change = (body: object, expect_: number) => api.post("/api/v1/tracking/change-return", { headers, body, expect: expect_ });
    const no = await change({ agency: "H41.103", method: "counter" }, 422);
    expect(no.json.type).toContain("return-place-unknown");
    await change({ agency: "H41.001.01", method: "counter" }, 200);
    const seen = await track(api, receipt);
    expect(seen.returning_agency.id).toBe("H41.001.01");
    expect(seen.can).toContain("change_return");
    // The provincial centre takes part from now on.
    await open(api, province, receipt.id);
    await command(api, counterB, receipt.id, "change-return", { agency: here, method: "counter", reason: "Người dân đổi ý" });
    await decide(receipt);
    await change({ agency: "H41.001.01", method: "counter" }, 409);
  });

  it("may be another centre for what is filed on line", async () => {
    const filed = await fileOnline(api, "1.004873", maritalAnswers(dice, { residence_commune: thanhVinh }));
    const headers = { "X-Dossier-Code": filed.json.code, "X-Receipt-Secret": filed.json.secret };
    await api.post("/api/v1/tracking/change-return", { headers, body: { agency: here, method: "counter" }, expect: 200 });
    await command(api, counterB, filed.json.id, "receive", {});
    const receipt = { id: filed.json.id, code: filed.json.code, secret: filed.json.secret };
    expect((await open(api, counterA, receipt.id)).transports).toEqual([]);
    await decide(receipt);
    expect((await open(api, counterA, receipt.id)).transports[0]).toMatchObject({ cargo: "result", to: { id: here } });
  });
});

describe("Reception", () => {
  it("is refused where the province does not allow it, with who is competent and where to go", async () => {
    const told = await api.get(`/api/v1/competence?procedure=1.004222&place=${thanhVinh}&at=${here}`, { expect: 200 });
    expect(told.json).toMatchObject({ anywhere: false, received_here: false });
    expect(told.json.received_here_reason.vi).toContain("Thành Vinh");
    await api.get("/api/v1/competence?procedure=9.999999", { expect: 404 });
  });

  it("of the wrong commune is told", async () => {
    const answers = maritalAnswers(dice, { residence_commune: "00000" });
    await api.post("/api/v1/dossiers", { as: counterA, body: { procedure: "1.004873", channel: "counter", receive: true, answers, shown_components: papers }, expect: 422 });
    const own = await fileAtCounter(api, counterA, { procedure: "1.004873", answers: maritalAnswers(dice, { residence_commune: truongVinh }), shown_components: papers });
    expect((await open(api, counterA, own.json.id)).transports).toEqual([]);
  });

  it("leaves what is carried to the two counters", async () => {
    const receipt = await received();
    expect((await handOver(counterB, receipt, 1, {}, { expect: undefined })).status).toBe(403);
    expect((await handOver(province, receipt, 1, {}, { expect: undefined })).status).toBe(404);
    expect((await handOver(specialistB, receipt, 1, {}, { expect: undefined })).status).toBe(403);
    await handOver(counterA, receipt);
    expect((await takeOver(counterA, receipt, 1, {}, { expect: undefined })).status).toBe(403);
    await api.get("/api/v1/transports?side=elsewhere", { as: counterA, expect: 400 });
  });
});

describe("The province's table", () => {
  const row = (agency: string, more = "") => `  - id: PC-01
    kind: decentralised
    procedures: ["1.013225"]
    from: 2020-01-01
    agency: ${agency}
    act: {number: "77/2026/QĐ-UBND", article: "Điều 3", title: {vi: "Phân cấp", en: "Decentralisation"}}
    reason: {vi: "Đã chuyển về Sở Xây dựng", en: "Moved to the department of construction"}
${more}`;

  it("is looked at before it is published, and refused with faults", async () => {
    const table = (await api.get("/api/v1/competence/table", { as: administrator, expect: 200 })).json;
    expect(table.version).toBe(0);
    expect(table.findings.filter((one: Json) => one.error)).toEqual([]);
    const text = table.text.replace("rules: []", `rules:\n${row("H41.005")}`);
    const seen = (await api.post("/api/v1/competence/preview", { as: administrator, body: { text }, expect: 200 })).json;
    expect(seen).toMatchObject({ acceptable: true, added: ["PC-01"] });
    expect(seen.effects.some((one: Json) => one.vi.includes("1.013225") && one.vi.includes("H41.005"))).toBe(true);
    const bad = table.text.replace("rules: []", `rules:\n${row("H41.999")}`);
    expect((await api.post("/api/v1/competence/preview", { as: administrator, body: { text: bad }, expect: 200 })).json.acceptable).toBe(false);
    const publish = { text: bad, reason: "Phân cấp xây dựng", act: "77/2026/QĐ-UBND", version: 0 };
    const refused = await api.post("/api/v1/competence/table", { as: administrator, body: publish, expect: 422 });
    expect(refused.json.type).toContain("competence-not-consistent");
    await api.post("/api/v1/competence/table", { as: counterA, body: { ...publish, text }, expect: 403 });
    await api.post("/api/v1/competence/table", { as: administrator, body: { ...publish, text, version: 4 }, expect: 412 });
    const done = await api.post("/api/v1/competence/table", { as: administrator, body: { ...publish, text }, expect: 201 });
    expect(done.json.version).toBe(1);
    const told = (await api.get(`/api/v1/competence?procedure=1.013225&place=${thanhVinh}`, { expect: 200 })).json;
    expect(told.agency.id).toBe("H41.005");
    expect(told.by_procedure.id).toBe("H41.101");
    expect(told.basis).toMatchObject({ rule: "PC-01", act: "77/2026/QĐ-UBND" });
    const before = (await api.get(`/api/v1/competence?procedure=1.013225&place=${thanhVinh}&on=2019-12-31`, { expect: 200 })).json;
    expect(before.agency.id).toBe("H41.101");
    expect(person(dice).id).toHaveLength(12);
  });
});
