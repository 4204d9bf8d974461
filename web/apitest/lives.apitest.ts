// Whole lives over HTTP, by the people of the demonstration data.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { birthAnswers, businessAnswers, copyAnswers, landAnswers, landComponents, maritalAnswers, person, seeded, truongVinh, daysAgo } from "./harness/answers.ts";
import { Client, type Session } from "./harness/client.ts";
import { command, complete, fileAtCounter, fileOnline, open, scan, taskOf, track, trackingHeaders, upload, type Receipt } from "./harness/desk.ts";
import { jpeg, pdf, png } from "./harness/files.ts";
import { officerNamed } from "./harness/officers.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const dice = seeded("lives");
let server: TestServer;
let api: Client;
let reception: Session;
let specialist: Session;
let clerk: Session;
let leader: Session;

beforeAll(async () => {
  server = await startServer({ dossiers: 0 });
  api = new Client(server);
  [reception, specialist, clerk, leader] = (await Promise.all(
    ["tiepnhan.thanhvinh", "hotich.thanhvinh", "vanthu.thanhvinh", "chutich.thanhvinh"].map((one) => api.signIn(one)),
  )) as [Session, Session, Session, Session];
});
afterAll(async () => {
  api?.close();
  await server?.remove();
});

const isPdf = (bytes: Buffer) => bytes.subarray(0, 5).toString("latin1") === "%PDF-";

// A birth registered on line and taken in.
async function receivedBirth(): Promise<Receipt> {
  const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
  await command(api, reception, filed.json.id, "receive", {});
  return filed.json as Receipt;
}

describe("A birth registered on line", () => {
  let draft: { id: string; secret: string };
  let receipt: Receipt;
  const answers = birthAnswers(dice, { birth_paper_number: undefined, extract_copies: 2 });

  it("begins as a draft that only its secret opens", async () => {
    const made = await api.post("/api/v1/drafts", { body: { procedure: "1.001193", answers: { requester_name: answers["requester_name"] } }, expect: 201 });
    draft = made.json;
    expect(draft.secret.length).toBeGreaterThanOrEqual(16);
    const again = await api.get(`/api/v1/drafts/${draft.id}`, { headers: { "X-Draft-Secret": draft.secret }, expect: 200 });
    expect(again.json.answers.requester_name).toBe(answers["requester_name"]);
    expect(again.json.secret).toBeUndefined();
    await api.get(`/api/v1/drafts/${draft.id}`, { headers: { "X-Draft-Secret": "khong-phai" }, expect: 404 });
  });
  it("is saved as far as it goes and tells what is open", async () => {
    const { mother_id: _, ...partial } = answers;
    const saved = await api.put(`/api/v1/drafts/${draft.id}`, { headers: { "X-Draft-Secret": draft.secret }, body: { answers: partial, page: "mother" }, expect: 200 });
    expect(saved.json.page).toBe("mother");
    const shown = await api.get(`/api/v1/drafts/${draft.id}`, { headers: { "X-Draft-Secret": draft.secret }, expect: 200 });
    expect(shown.json.answers.father_name).toBe(answers["father_name"]);
    await api.put(`/api/v1/drafts/${draft.id}`, { headers: { "X-Draft-Secret": draft.secret }, body: { answers, page: "office" }, expect: 200 });
  });
  it("takes PDF, JPEG and PNG by what they are", async () => {
    const secret = { "X-Draft-Secret": draft.secret };
    for (const [name, bytes, type] of [
      ["Giấy chứng sinh.pdf", pdf(), "application/pdf"],
      ["ảnh chụp.jpg", jpeg(), "image/jpeg"],
      ["mặt sau.png", png(), "image/png"],
    ] as const) {
      const kept = await upload(api, `/api/v1/drafts/${draft.id}/files`, "birth_paper", { ...secret, "X-File-Name": encodeURIComponent(name) }, { raw: bytes });
      expect(kept.json).toMatchObject({ name, media_type: type, component: "birth_paper" });
      // A PDF stays as it is; pictures are drawn anew.
      if (type === "application/pdf") expect(kept.json.size).toBe(bytes.length);
      else expect(kept.json.converted_from).toMatch(new RegExp(`^${type};sha256=`));
    }
    const shown = await api.get(`/api/v1/drafts/${draft.id}`, { headers: secret, expect: 200 });
    expect(shown.json.attachments).toHaveLength(3);
    await api.delete(`/api/v1/drafts/${draft.id}/files/${shown.json.attachments[2].id}`, { headers: secret, expect: 204 });
    const fewer = await api.get(`/api/v1/drafts/${draft.id}`, { headers: secret, expect: 200 });
    expect(fewer.json.attachments).toHaveLength(2);
  });
  it("knows case, papers, fee and day before it is filed", async () => {
    const told = await api.post("/api/v1/procedures/1.001193/evaluation", { body: { answers, channel: "online" }, expect: 200 });
    expect(told.json.problems.filter((one: { severity: string }) => one.severity === "error")).toEqual([]);
    expect(told.json.case.id).toBe("on_time");
    expect(told.json.fee.total).toBe(16_000);
    expect(told.json.components.map((one: { id: string }) => one.id)).toContain("birth_paper");
    expect(told.json.due.due_at).toMatch(/\+07:00$/);
  });
  it("is filed from the draft and answers with code and secret", async () => {
    const filed = await api.post("/api/v1/dossiers", { headers: { "X-Draft-Secret": draft.secret }, body: { draft: draft.id }, expect: 201 });
    receipt = filed.json;
    expect(receipt.code).toMatch(/^H41\.101(\.01)?-\d{6}-\d{4}$/);
    expect(filed.json.status.national).toBe(1);
    expect(filed.json.attachments).toHaveLength(2);
    expect(filed.headers["location"]).toBe(`/api/v1/dossiers/${receipt.id}`);
    await api.get(`/api/v1/drafts/${draft.id}`, { headers: { "X-Draft-Secret": draft.secret }, expect: 404 });
  });
  it("is tracked with the secret: status, masked name, receipt and QR code", async () => {
    const seen = await track(api, receipt);
    expect(seen.status.national).toBe(1);
    expect(seen.applicant).not.toBe(answers["requester_name"]);
    expect(seen.can).toContain("withdraw");
    expect(seen.timeline.length).toBeGreaterThan(0);
    const copy = await api.get("/api/v1/tracking/receipt.pdf", { headers: trackingHeaders(receipt), expect: 200 });
    expect(isPdf(copy.bytes)).toBe(true);
    const qr = await api.get("/api/v1/tracking/qr.svg", { headers: trackingHeaders(receipt), expect: 200 });
    expect(qr.text).toContain("<svg");
    await api.get("/api/v1/tracking/result.pdf", { headers: trackingHeaders(receipt), expect: 409 });
  });
  it("stands in the inbox of the counter and is received: the clock starts", async () => {
    const inbox = await api.get("/api/v1/inbox?state=new", { as: reception, expect: 200 });
    expect(inbox.json.items.map((one: { id: string }) => one.id)).toContain(receipt.id);
    expect(inbox.json.counts.new).toBeGreaterThan(0);
    const done = await command(api, reception, receipt.id, "receive", { note: "Đủ giấy tờ" });
    expect(done.json.status.national).toBeGreaterThanOrEqual(2);
    expect(done.json.due_at).toMatch(/\+07:00$/);
    const dossier = await open(api, reception, receipt.id);
    expect(dossier.clock.state).toBe("running");
    expect(dossier.clock.explanation.length).toBeGreaterThan(0);
    const slip = await api.get(`/api/v1/dossiers/${receipt.id}/documents/slip`, { as: reception, expect: 200 });
    expect(isPdf(slip.bytes)).toBe(true);
    const first = await api.get(`/api/v1/dossiers/${receipt.id}/files/${dossier.attachments[0].id}`, { as: reception, expect: 200 });
    expect(first.bytes.equals(pdf())).toBe(true);
  });
  it("is examined, signed, issued with a number, paid for, handed over and rated", async () => {
    await complete(api, specialist, receipt.id, "proposed", { note: "Đủ điều kiện" });
    await complete(api, leader, receipt.id, "approved");
    const issue = await taskOf(api, clerk, receipt.id);
    expect(issue.action).toBe("issue");
    const issued = await command(api, clerk, receipt.id, "issue-result", { task: issue.id });
    expect(issued.json.status.national).toBe(9);
    const dossier = await open(api, reception, receipt.id);
    expect(dossier.result.number).toMatch(/^\d+\/\d{4}$/);
    const result = await api.get(`/api/v1/dossiers/${receipt.id}/files/result`, { as: reception, expect: 200 });
    expect(isPdf(result.bytes)).toBe(true);
    const back = { task: dossier.tasks[0].id, method: "counter", received_by: answers["requester_name"] };
    const owed = await api.post(`/api/v1/dossiers/${receipt.id}/return`, { as: reception, body: back, expect: 409 });
    expect(owed.json.type).toContain("fee-outstanding");
    await command(api, reception, receipt.id, "payments", { amount: 16_000, method: "transfer", reference: "FT-001" });
    const done = await command(api, reception, receipt.id, "return", back);
    expect(done.json.status.national).toBe(10);
    const mine = await api.get("/api/v1/tracking/result.pdf", { headers: trackingHeaders(receipt), expect: 200 });
    expect(isPdf(mine.bytes)).toBe(true);
    await api.post("/api/v1/tracking/rating", { headers: trackingHeaders(receipt), body: { score: 5, comment: "Cán bộ nhiệt tình, đúng hẹn" }, expect: 200 });
    const twice = await api.post("/api/v1/tracking/rating", { headers: trackingHeaders(receipt), body: { score: 1 }, expect: 409 });
    expect(twice.json.type).toContain("already-rated");
    const seen = await track(api, receipt);
    expect(seen.rating.score).toBe(5);
    expect(seen.can).toEqual([]);
    expect(seen.result.number).toBe(dossier.result.number);
  });
});

describe("A draft", () => {
  it("is thrown away with its files when the citizen says so", async () => {
    const draft = (await api.post("/api/v1/drafts", { body: { procedure: "1.004873", answers: maritalAnswers(dice) }, expect: 201 })).json;
    const secret = { "X-Draft-Secret": draft.secret };
    await api.delete(`/api/v1/drafts/${draft.id}`, { headers: { "X-Draft-Secret": "doan-mo" }, expect: 404 });
    await api.delete(`/api/v1/drafts/${draft.id}`, { headers: secret, expect: 204 });
    await api.get(`/api/v1/drafts/${draft.id}`, { headers: secret, expect: 404 });
  });
});

describe("1.012994 at the provincial centre", () => {
  it("goes through the department and the provincial committee, each step with its officer only", async () => {
    const [centre, head, expert, director, chairman, registry] = (await Promise.all(
      ["tiepnhan.tinh", "truongphong.stc", "chuyenvien.stc", "giamdoc.stc", "chutich.tinh", "vanthu.tinh"].map((one) => api.signIn(one)),
    )) as [Session, Session, Session, Session, Session, Session];
    const attachments = await scan(api, centre, landComponents);
    const filed = await fileAtCounter(api, centre, { procedure: "1.012994", answers: landAnswers(dice), attachments });
    const id = filed.json.id as string;
    expect(filed.json.code).toMatch(/^H41\.(001\.01|002)-/);
    expect(filed.json.received_at).toBeTruthy();

    let task = await taskOf(api, head, id);
    expect(task).toMatchObject({ action: "assign", role: "head" });
    expect(task.agency.id).toBe("H41.002");
    // The commune does not see it at all; a colleague with another role is told why not.
    await api.get(`/api/v1/dossiers/${id}`, { as: specialist, expect: 404 });
    const officers = await api.get("/api/v1/officers?role=specialist", { as: head, expect: 200 });
    const chosen = officers.json.items.find((one: { username: string }) => one.username === "chuyenvien.stc");
    await api.post(`/api/v1/dossiers/${id}/complete-task`, { as: expert, body: { task: task.id, outcome: "assigned" }, expect: 403 });
    await command(api, head, id, "complete-task", { task: task.id, outcome: "assigned", next_assignee: chosen.id });

    task = await taskOf(api, expert, id);
    expect(task.assignee.id).toBe(chosen.id);
    await command(api, expert, id, "complete-task", { task: task.id, outcome: "proposed", note: "Đủ chứng từ" });
    task = await taskOf(api, director, id);
    expect(task).toMatchObject({ step: "review", role: "leader" });
    await api.post(`/api/v1/dossiers/${id}/approve`, { as: expert, body: { task: task.id, outcome: "approved" }, expect: 403 });
    await complete(api, director, id, "approved");
    task = await taskOf(api, chairman, id);
    expect(task).toMatchObject({ step: "decide", action: "approve" });
    expect(task.agency.id).toBe("H41");
    await api.post(`/api/v1/dossiers/${id}/approve`, { as: director, body: { task: task.id, outcome: "approved" }, expect: 403 });
    await complete(api, chairman, id, "sent_back", { note: "Bổ sung phân tích chứng từ UNC-0587" });
    await complete(api, expert, id, "proposed", { note: "Đã bổ sung" });
    await complete(api, director, id, "approved");
    await complete(api, chairman, id, "approved");
    // The registry attaches the signed paper.
    const paper = await upload(api, `/api/v1/dossiers/${id}/files`, "result", {}, { as: registry });
    const issue = await taskOf(api, registry, id);
    await command(api, registry, id, "issue-result", { task: issue.id, file: paper.json.id, number: "88/XN-UBND" });
    const dossier = await open(api, centre, id);
    expect(dossier.result.number).toBe("88/XN-UBND");
    await command(api, centre, id, "return", { task: dossier.tasks[0].id, method: "post" });
    const mine = await api.get("/api/v1/tracking/result.pdf", { headers: trackingHeaders(filed.json), expect: 200 });
    expect(mine.bytes.equals(pdf("result"))).toBe(true);
    const seen = await track(api, filed.json);
    expect(seen.status.national).toBe(10);
    expect(seen.timeline.length).toBeGreaterThanOrEqual(7);
  });
});

describe("Certified copies", () => {
  const one = (pages: number, copies = 1) => [{ document_title: "Bằng tốt nghiệp đại học", pages, copies }];

  it.each([
    [one(1), 2_000],
    [one(2), 4_000],
    [one(5), 7_000],
    [one(198), 200_000],
    [one(500), 200_000],
    [one(4, 3), 18_000],
  ])("cost by the page: %j is %i dong", async (documents, fee) => {
    const told = await api.post("/api/v1/procedures/2.000815/evaluation", { body: { answers: copyAnswers(dice, documents), channel: "counter" }, expect: 200 });
    expect(told.json.fee.total).toBe(fee);
  });

  it("are paid at the counter with a numbered receipt, refunded with a reason, and stand in the cashier's day", async () => {
    const filed = await fileAtCounter(api, reception, { procedure: "2.000815", answers: copyAnswers(dice, one(5)), shown_components: ["original"] });
    const id = filed.json.id as string;
    expect(filed.json.fee.total).toBe(7_000);
    const before = (await api.get("/api/v1/cashier/day", { as: reception, expect: 200 })).json;
    await api.post(`/api/v1/dossiers/${id}/payments`, { as: specialist, body: { amount: 7_000, method: "cash" }, expect: 403 });
    const paid = await command(api, reception, id, "payments", { amount: 7_000, method: "cash" });
    expect(paid.json.receipt).toMatch(/^BL-H41\.101\.01-\d{4}-\d{6}$/);
    const more = await api.post(`/api/v1/dossiers/${id}/payments`, { as: reception, body: { amount: 1, method: "cash" }, expect: 409 });
    expect(more.json.type).toContain("nothing-to-pay");
    const slip = await api.get(`/api/v1/dossiers/${id}/documents/payment-${paid.json.receipt}`, { as: reception, expect: 200 });
    expect(isPdf(slip.bytes)).toBe(true);
    await api.post(`/api/v1/dossiers/${id}/refunds`, { as: reception, body: { receipt: paid.json.receipt, amount: 7_001, reason: "Thu nhầm" } }).then((answer) => expect([409, 422]).toContain(answer.status));
    const refund = await command(api, reception, id, "refunds", { receipt: paid.json.receipt, amount: 2_000, reason: "Đếm thừa một trang" });
    expect(refund.json.receipt).toMatch(/^HP-/);
    const dossier = await open(api, reception, id);
    expect(dossier.fee).toMatchObject({ total: 7_000, paid: 5_000, outstanding: 2_000 });
    expect(dossier.fee.payments).toHaveLength(2);
    const day = (await api.get("/api/v1/cashier/day", { as: reception, expect: 200 })).json;
    expect(day.total - before.total).toBe(5_000);
    const mine = day.cashiers.find((cashier: { entries: { dossier_code: string }[] }) => cashier.entries.some((entry) => entry.dossier_code === filed.json.code));
    expect(mine.total).toBe(mine.cash + mine.transfer - mine.refunded);
    const next = await command(api, reception, id, "payments", { amount: 2_000, method: "cash" });
    expect(Number(next.json.receipt.slice(-6))).toBe(Number(paid.json.receipt.slice(-6)) + 1);
  });
  it("are not filed on line, where the procedure offers it at the counter only", async () => {
    const refused = await api.post("/api/v1/dossiers", { body: { procedure: "2.000815", answers: copyAnswers(dice, one(1)) }, expect: 422 });
    expect(refused.json.type).toContain("channel-not-offered");
  });
});

describe("A household business", () => {
  it("is registered with its members, and a member's wrong number is told at its row", async () => {
    const answers = businessAnswers(dice, 2);
    const wrong = structuredClone(answers);
    wrong["members"][1].personal_id = "0401";
    const attachments = await scan(api, reception, ["members_authorisation"]);
    const filing = { procedure: "1.001612", attachments, shown_components: ["identity_paper", "application"] };
    const refused = await api.post("/api/v1/dossiers", { as: reception, body: { channel: "counter", receive: true, ...filing, answers: wrong }, expect: 422 });
    expect(refused.json.errors.map((error: { field: string }) => error.field)).toContain("members[1].personal_id");
    const filed = await fileAtCounter(api, reception, { ...filing, answers });
    const dossier = await open(api, specialist, filed.json.id);
    expect(dossier.answers.members).toHaveLength(2);
    expect(dossier.case.id).toBe("household");
    expect(dossier.fee.total).toBe(100_000);
    await complete(api, specialist, filed.json.id, "proposed");
    await complete(api, leader, filed.json.id, "approved");
    const issue = await taskOf(api, clerk, filed.json.id);
    await command(api, clerk, filed.json.id, "issue-result", { task: issue.id });
    expect((await open(api, clerk, filed.json.id)).result.code).toBe("KQ.G12.001041");
  });
});

describe("A supplement", () => {
  let receipt: Receipt;
  const ask = { items: [{ component: "birth_paper", what: "Bản chụp rõ Giấy chứng sinh" }, { field: "father_residence", what: "Nơi cư trú của cha" }], reason: "Ảnh mờ, không đọc được số" };

  it("is asked for once; the clock pauses and work waits", async () => {
    receipt = await receivedBirth();
    const empty = await api.post(`/api/v1/dossiers/${receipt.id}/request-supplement`, { as: specialist, body: { items: [], reason: "Thiếu giấy tờ" }, expect: 422 });
    expect(empty.json.type).toContain("nothing-asked");
    const asked = await command(api, specialist, receipt.id, "request-supplement", ask);
    expect(asked.json.status.national).toBe(5);
    const dossier = await open(api, specialist, receipt.id);
    expect(dossier.clock.state).toBe("paused");
    const waiting = await api.post(`/api/v1/dossiers/${receipt.id}/complete-task`, { as: specialist, body: { task: dossier.tasks[0].id, outcome: "proposed" }, expect: 409 });
    expect(waiting.json.type).toContain("awaiting-supplement");
    const form = await api.get(`/api/v1/dossiers/${receipt.id}/documents/supplement`, { as: specialist, expect: 200 });
    expect(isPdf(form.bytes)).toBe(true);
  });
  it("is given by the citizen through tracking, with a paper and a changed answer; the clock goes on", async () => {
    const seen = await track(api, receipt);
    expect(seen.can).toContain("supplement");
    expect(seen.supplement.items).toHaveLength(2);
    const empty = await api.post("/api/v1/tracking/supplement", { headers: trackingHeaders(receipt), body: {}, expect: 422 });
    expect(empty.json.type).toContain("supplement-empty");
    const wrong = await api.post("/api/v1/tracking/supplement", { headers: trackingHeaders(receipt), body: { answers: { father_id: "123" } }, expect: 422 });
    expect(wrong.json.errors.map((error: { field: string }) => error.field)).toContain("father_id");
    const paper = await upload(api, "/api/v1/tracking/files", "birth_paper", trackingHeaders(receipt));
    await api.post("/api/v1/tracking/supplement", {
      headers: trackingHeaders(receipt),
      body: { attachments: [paper.json.id], answers: { father_residence: "Số 5, đường Lê Lợi, phường Thành Vinh" }, note: "Gửi lại bản rõ" },
      expect: 200,
    });
    const dossier = await open(api, specialist, receipt.id);
    expect(dossier.clock.state).toBe("running");
    expect(dossier.answers.father_residence).toBe("Số 5, đường Lê Lợi, phường Thành Vinh");
    expect(dossier.attachments.map((one: { id: string }) => one.id)).toContain(paper.json.id);
    await api.post("/api/v1/tracking/files", { headers: { ...trackingHeaders(receipt), "X-File-Name": "a.pdf", "X-Component": "birth_paper" }, raw: pdf(), expect: 409 });
  });
  it("is not asked for a second time, but by a supervisor with a reason", async () => {
    const second = await api.post(`/api/v1/dossiers/${receipt.id}/request-supplement`, { as: specialist, body: ask, expect: 409 });
    expect(second.json.type).toContain("second-supplement");
    const pretending = await api.post(`/api/v1/dossiers/${receipt.id}/request-supplement`, { as: specialist, body: { ...ask, repeat_reason: "Cần thêm" } });
    expect([403, 409]).toContain(pretending.status);
    const silent = await api.post(`/api/v1/dossiers/${receipt.id}/request-supplement`, { as: leader, body: ask });
    expect([409, 422]).toContain(silent.status);
    await command(api, leader, receipt.id, "request-supplement", { ...ask, repeat_reason: "Luật thay đổi trong lúc giải quyết" });
    // Brought to the counter this time.
    const paper = await upload(api, `/api/v1/dossiers/${receipt.id}/files`, "birth_paper", {}, { as: reception });
    await command(api, reception, receipt.id, "supplement", { attachments: [paper.json.id], note: "Nộp tại quầy" });
    expect((await open(api, specialist, receipt.id)).clock.state).toBe("running");
  });
});

describe("Work on a dossier", () => {
  it("is taken, given to another with a reason, sent back and recalled", async () => {
    const { id } = await receivedBirth();
    let task = await taskOf(api, specialist, id);
    await command(api, specialist, id, "assign", { task: task.id, officer: "me" });
    task = await taskOf(api, specialist, id);
    expect(task.assignee.name).toBe("Trần Thị Khuê");
    const { id: unentitled } = await officerNamed(api, leader, "vanthu.thanhvinh");
    const notEntitled = await api.post(`/api/v1/dossiers/${id}/assign`, { as: leader, body: { task: task.id, officer: unentitled, reason: "Nghỉ phép" }, expect: 409 });
    expect(notEntitled.json.type).toContain("assignee-not-entitled");
    await complete(api, specialist, id, "proposed");
    // The leader sends one step back, with a reason.
    task = await taskOf(api, leader, id);
    const silent = await api.post(`/api/v1/dossiers/${id}/send-back`, { as: leader, body: { task: task.id, reason: "" }, expect: 422 });
    expect(silent.json.type).toContain("reason");
    await command(api, leader, id, "send-back", { task: task.id, reason: "Ghi lại quê quán" });
    expect((await taskOf(api, specialist, id)).step).toBe("examine");
    await complete(api, specialist, id, "proposed");
    await complete(api, leader, id, "approved");
    // And takes back what he just passed on, while nobody has touched it.
    await command(api, leader, id, "recall", { reason: "Ký nhầm hồ sơ" });
    task = await taskOf(api, leader, id);
    expect(task.step).toBe("sign");
    await complete(api, leader, id, "approved");
    task = await taskOf(api, clerk, id);
    await command(api, clerk, id, "assign", { task: task.id, officer: "me" });
    const late = await api.post(`/api/v1/dossiers/${id}/recall`, { as: leader, body: { reason: "Đổi ý" }, expect: 409 });
    expect(late.json.type).toContain("already-taken-up");
  });
  it("corrects a typing error with before and after, and refuses what is none", async () => {
    const { id } = await receivedBirth();
    const before = await open(api, specialist, id);
    await command(api, specialist, id, "correct", { field: "child_hometown", value: "Xã Quế Phong, tỉnh Nghệ An", reason: "Gõ nhầm theo tờ khai" });
    const after = await open(api, specialist, id);
    expect(after.answers.child_hometown).toBe("Xã Quế Phong, tỉnh Nghệ An");
    expect(after.corrections).toHaveLength(1);
    expect(after.corrections[0]).toMatchObject({ field: "child_hometown", before: before.answers.child_hometown, after: "Xã Quế Phong, tỉnh Nghệ An" });
    const correct = (body: object, status: number) => api.post(`/api/v1/dossiers/${id}/correct`, { as: specialist, body, expect: status });
    expect((await correct({ field: "khong_co", value: "x", reason: "Thử xem" }, 422)).json.type).toContain("unknown-field");
    expect((await correct({ field: "father_id", value: "12", reason: "Gõ nhầm số" }, 422)).json.errors[0].field).toBe("father_id");
    expect((await correct({ field: "child_hometown", value: "Khác", reason: "" }, 422)).json.type).toContain("reason");
    expect(after.version).toBe((await open(api, specialist, id)).version);
  });
  it("ends when the citizen withdraws, at the counter or through tracking", async () => {
    const first = await receivedBirth();
    expect((await command(api, reception, first.id, "withdraw", { reason: "Gia đình đổi ý" })).json.status.national).toBe(7);
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
    await api.post("/api/v1/tracking/withdraw", { headers: trackingHeaders(filed.json), body: { reason: "Nộp nhầm nơi" }, expect: 200 });
    expect((await track(api, filed.json)).status.national).toBe(7);
    const again = await api.post("/api/v1/tracking/withdraw", { headers: trackingHeaders(filed.json), body: { reason: "Nộp nhầm nơi" }, expect: 409 });
    expect(again.json.type).toContain("already-closed");
  });
  it("is erased by the administrator once it has ended, and what happened stays countable", async () => {
    const administrator = await api.signIn("quantri");
    const { id, code } = await receivedBirth();
    const erase = (as: Session, body: object, status: number) => api.post(`/api/v1/dossiers/${id}/erase`, { as, body, expect: status });
    expect((await erase(administrator, { basis: "Quyết định 12/QĐ-UBND" }, 409)).json.type).toContain("not-closed-yet");
    await command(api, reception, id, "withdraw", { reason: "Gia đình đổi ý" });
    await erase(reception, { basis: "Quyết định 12/QĐ-UBND" }, 404);
    expect((await erase(administrator, { basis: "x" }, 409)).json.type).toContain("erasure-needs-basis");
    await erase(administrator, { basis: "Quyết định 12/QĐ-UBND" }, 200);
    const after = (await api.get(`/api/v1/dossiers/${id}`, { as: reception, expect: 200 })).json;
    expect(after.code).toBe(code);
    expect(JSON.stringify(after)).not.toContain("Gia đình đổi ý");
    expect(after.applicant?.name ?? "").toBe("");
    const printed = await api.get(`/api/v1/dossiers/${id}/documents/filing`, { as: reception, expect: 409 });
    expect(printed.json.type).toContain("content-erased");
  });
  it("is stopped by the leader, with form 05", async () => {
    const { id } = await receivedBirth();
    await api.post(`/api/v1/dossiers/${id}/stop`, { as: specialist, body: { reason: "Không đủ điều kiện" }, expect: 403 });
    expect((await command(api, leader, id, "stop", { reason: "Trẻ đã được đăng ký ở nơi khác" })).json.status.national).toBe(8);
    const form = await api.get(`/api/v1/dossiers/${id}/documents/stop`, { as: leader, expect: 200 });
    expect(isPdf(form.bytes)).toBe(true);
  });
  it("is refused before reception, with form 03, and the citizen reads why", async () => {
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice));
    const refused = await command(api, reception, filed.json.id, "refuse", { reason: "Không thuộc thẩm quyền của phường" });
    expect(refused.json.status.national).toBe(3);
    expect((await track(api, filed.json)).refusal_reason).toBe("Không thuộc thẩm quyền của phường");
    const form = await api.get(`/api/v1/dossiers/${filed.json.id}/documents/refusal`, { as: reception, expect: 200 });
    expect(isPdf(form.bytes)).toBe(true);
    await api.get(`/api/v1/dossiers/${filed.json.id}/documents/slip`, { as: reception, expect: 409 });
    await api.get(`/api/v1/dossiers/${filed.json.id}/documents/khong-co`, { as: reception, expect: 404 });
  });
  it("ends without a result when the leader refuses to sign", async () => {
    const { id } = await receivedBirth();
    await complete(api, specialist, id, "not_eligible", { note: "Thiếu căn cứ" });
    await complete(api, leader, id, "refused", { note: "Không đủ căn cứ xác định cha" });
    const dossier = await open(api, leader, id);
    expect(dossier.tasks).toEqual([]);
    expect(dossier.due_state).toBe("done");
  });
});

describe("At intake", () => {
  it("a duplicate warns, and is received when the officer confirms", async () => {
    const answers = maritalAnswers(dice);
    const filing = { procedure: "1.004873", answers };
    const components = (await api.post("/api/v1/procedures/1.004873/evaluation", { body: { answers, channel: "counter" }, expect: 200 })).json.components as { id: string }[];
    const shown_components = components.map((one) => one.id);
    const first = await fileAtCounter(api, reception, { ...filing, shown_components });
    const found = await api.get(`/api/v1/dossiers/duplicates?procedure=1.004873&personal_id=${answers["requester_id"]}`, { as: reception, expect: 200 });
    expect(found.json.items.map((one: { code: string }) => one.code)).toEqual([first.json.code]);
    const warned = await api.post("/api/v1/dossiers", { as: reception, body: { channel: "counter", receive: true, ...filing, shown_components }, expect: 409 });
    expect(warned.json.type).toContain("duplicate");
    expect(warned.json.detail).toContain(first.json.code);
    const second = await fileAtCounter(api, reception, { ...filing, shown_components, duplicate_confirmed: true });
    expect(second.json.code).not.toBe(first.json.code);
    const none = await api.get("/api/v1/dossiers/duplicates?procedure=1.004873&personal_id=040199000001", { as: reception, expect: 200 });
    expect(none.json.items).toEqual([]);
  });
  it("the scanned text of an ID card becomes a person", async () => {
    const read = await api.post("/api/v1/intake/id-card", {
      as: reception,
      body: { payload: "040190012345|187654321|Đặng Thị Thùy Dương|15031990|Nữ|Khối 3, Phường Thành Vinh, Nghệ An|10052021" },
      expect: 200,
    });
    expect(read.json).toMatchObject({ personal_id: "040190012345", name: "Đặng Thị Thùy Dương", birth_date: "1990-03-15", sex: "female", issued_on: "2021-05-10" });
    const unreadable = await api.post("/api/v1/intake/id-card", { as: reception, body: { payload: "không|phải|thẻ" }, expect: 422 });
    expect(unreadable.json.detail.length).toBeGreaterThan(10);
  });
  it("the commune next door takes in what belongs to it and sees only that", async () => {
    const neighbour = await api.signIn("tiepnhan.truongvinh");
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice, { registration_commune: truongVinh }));
    expect(filed.json.code).toMatch(/^H41\.102/);
    await command(api, neighbour, filed.json.id, "receive", {});
    await api.get(`/api/v1/dossiers/${filed.json.id}`, { as: reception, expect: 404 });
  });
});

describe("Lists", () => {
  it("are searched by name without diacritics, by code, phone and number, and paged by a cursor", async () => {
    const who = person(dice, "female");
    const filed = await fileOnline(api, "1.001193", birthAnswers(dice, { requester_name: "Đậu Thị Diễm Quỳnh", requester_id: who.id, requester_phone: who.phone }));
    const find = async (q: string) => (await api.get(`/api/v1/dossiers?q=${encodeURIComponent(q)}`, { as: reception, expect: 200 })).json.items.map((one: { code: string }) => one.code);
    for (const words of ["dau thi diem quynh", "Đậu Thị Diễm Quỳnh", "Đậu Thị Diễm Quỳnh".normalize("NFD"), "DIEM QUYNH", filed.json.code, who.id, who.phone]) {
      expect(await find(words), words).toContain(filed.json.code);
    }
    expect(await find("Đậu Thị Không Ai Cả")).toEqual([]);
    const codes: string[] = [];
    let cursor = "";
    for (let page = 0; page < 50; page += 1) {
      const answer = await api.get(`/api/v1/dossiers?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { as: reception, expect: 200 });
      codes.push(...answer.json.items.map((one: { code: string }) => one.code));
      expect(answer.json.items.length).toBeLessThanOrEqual(3);
      cursor = answer.json.next_cursor ?? "";
      if (!cursor) break;
    }
    expect(new Set(codes).size).toBe(codes.length);
    const csv = await api.get("/api/v1/dossiers/export.csv", { as: reception, expect: 200 });
    expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = csv.text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(codes.length + 1);
    expect(csv.text).toContain("Đậu Thị Diễm Quỳnh");
    expect(csv.headers["content-disposition"]).toContain("attachment");
    const xlsx = await api.get("/api/v1/dossiers/export.xlsx?procedure=1.001193", { as: reception, expect: 200 });
    expect(xlsx.bytes.readUInt32LE(0)).toBe(0x04034b50);
    expect(zipNames(xlsx.bytes)).toContain("xl/workbook.xml");
  });
  it("filter by status and period", async () => {
    const closed = await api.get("/api/v1/dossiers?status=7,10&limit=100", { as: reception, expect: 200 });
    expect(closed.json.items.length).toBeGreaterThan(0);
    for (const row of closed.json.items) expect([7, 10]).toContain(row.status.national);
    const before = await api.get(`/api/v1/dossiers?to=${daysAgo(2)}`, { as: reception, expect: 200 });
    expect(before.json.items).toEqual([]);
  });
});

// The names in a zip's central directory.
function zipNames(bytes: Buffer): string[] {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== 0x06054b50) end -= 1;
  expect(end, "the end of the zip").toBeGreaterThanOrEqual(0);
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const length = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString("utf8", at + 46, at + 46 + length));
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}
