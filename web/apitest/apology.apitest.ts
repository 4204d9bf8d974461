// Form 04: an apology in time puts a date off once; a late one tells a new date and changes nothing of the law's.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { landAnswers, landComponents, seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { command, complete, fileAtCounter, open, scan, track, trackingHeaders } from "./harness/desk.ts";
import { receiveMarital, slugOf } from "./harness/marital.ts";
import { at, clockCanBeSet, goTo } from "./harness/moments.ts";
import { checkPdf, wordsOf } from "./harness/pdf.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const reason = "Phải xác minh tình trạng hôn nhân tại nơi cư trú trước đây của người yêu cầu";

class Office {
  api!: Client;
  reception!: Session;
  specialist!: Session;
  leader!: Session;
  constructor(readonly server: TestServer) {}

  async signIn() {
    this.api?.close();
    this.api = new Client(this.server);
    [this.reception, this.specialist, this.leader] = (await Promise.all(
      ["tiepnhan.thanhvinh", "hotich.thanhvinh", "chutich.thanhvinh"].map((one) => this.api.signIn(one)),
    )) as [Session, Session, Session];
  }
  async goTo(moment: string) {
    await goTo(this.server, moment);
    await this.signIn();
  }
  async refusal(id: string, name: string, body: object, as: Session) {
    const before = await open(this.api, this.leader, id);
    const answer = await this.api.post(`/api/v1/dossiers/${id}/${name}`, { as, body });
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
    expect(answer.status, answer.text).toBeLessThan(500);
    expect((await open(this.api, this.leader, id)).version, "nothing was recorded").toBe(before.version);
    return `${answer.status} ${slugOf(answer)}`;
  }
  apologies = async () => (await this.api.get("/api/v1/inbox?limit=100", { as: this.leader, expect: 200 })).json.items.filter((one: Json) => one.task.action === "sign_apology");
}

describe.skipIf(!clockCanBeSet)("An apology in time", () => {
  const dice = seeded("apology");
  let office: Office;
  let receipt: Json;
  // Received on Thursday 20 August, due on Monday the 24th: Saturday the 22nd is worked.
  const due = "2026-08-24T17:30:00+07:00";

  beforeAll(async () => {
    office = new Office(await startServer({ dossiers: 0, ...at("2026-08-20 10:00") }));
    await office.signIn();
    receipt = await receiveMarital(office.api, office.reception, dice);
  });
  afterAll(async () => {
    office?.api.close();
    await office?.server.remove();
  });

  it.each([
    ["without a reason", { new_due_on: "2026-08-27" }, /^422 (reason-missing|member-\w+(-\w+)*)$/],
    ["with a reason of blanks", { reason: " \u00a0\t ", new_due_on: "2026-08-27" }, /^422 reason-missing$/],
    ["with a reason of a book's length", { reason: "chậm ".repeat(20_000), new_due_on: "2026-08-27" }, /^422 text-too-long$/],
    ["without a new date", { reason }, /^4\d\d new-date-missing$/],
    ["with the date as it is", { reason, new_due_on: "2026-08-24" }, /^409 new-date-not-later$/],
    ["with an earlier date", { reason, new_due_on: "2026-08-21" }, /^409 new-date-not-later$/],
    ["with a date after ten years", { reason, new_due_on: "2036-08-25" }, /^409 new-date-not-later$/],
    ["with a Sunday", { reason, new_due_on: "2026-08-30" }, /^409 new-date-off$/],
    ["with National Day", { reason, new_due_on: "2026-09-02" }, /^409 new-date-off$/],
    ["with a day exchanged for another", { reason, new_due_on: "2026-08-31" }, /^409 new-date-off$/],
    ["with a day that is none", { reason, new_due_on: "2026-02-30" }, /^422 bad-date$/],
    ["with a year of five digits", { reason, new_due_on: "20260-08-27" }, /^422 bad-date$/],
    ["with a number for the day", { reason, new_due_on: 20_260_827 }, /^422 (bad-date|member-wrong-type)$/],
    ["with a list for the reason", { reason: [reason], new_due_on: "2026-08-27" }, /^422 (reason-missing|member-wrong-type)$/],
  ])("is not drafted %s, nor signed", async (_what, body, slug) => {
    expect(await office.refusal(receipt.id, "apology", body, office.specialist)).toMatch(slug);
    expect(await office.refusal(receipt.id, "sign-apology", body, office.leader)).toMatch(slug);
  });
  it("is not signed before there is one, and form 04 is not printed", async () => {
    expect(await office.refusal(receipt.id, "sign-apology", {}, office.leader)).toMatch(/^4\d\d (reason-missing|new-date-missing)$/);
    const none = await office.api.get(`/api/v1/dossiers/${receipt.id}/documents/apology`, { as: office.leader, expect: 409 });
    expect(slugOf(none)).toBe("document-not-there-yet");
    const nothing = await office.api.get("/api/v1/tracking/apology.pdf", { headers: trackingHeaders(receipt as never) });
    expect([404, 409]).toContain(nothing.status);
  });
  it("is drafted by the specialist, is no promise yet, and waits on the leader's desk", async () => {
    await command(office.api, office.specialist, receipt.id, "apology", { reason: `${reason} <img src=x onerror=alert(1)>`, new_due_on: "2026-08-27" });
    const rewritten = { reason: reason.normalize("NFD"), new_due_on: "2026-08-28" };
    await command(office.api, office.specialist, receipt.id, "apology", rewritten);
    expect(await office.refusal(receipt.id, "apology", rewritten, office.specialist)).toMatch(/^422 nothing-changed$/);

    const dossier = await open(office.api, office.leader, receipt.id);
    expect(dossier.clock).toMatchObject({ due_at: due, appointed_at: due, extended: false });
    expect(dossier.apology).toMatchObject({ state: "draft", due_at: due, new_due_at: "2026-08-28T17:30:00+07:00", signed_at: null, signed_by: "", number: "", in_time: false });
    expect(dossier.apology.reason).toBe(reason);
    expect(dossier.apology.drafted_by).not.toBe("");
    // A working day before the due date: Saturday the 22nd.
    expect(dossier.apology.sign_by.slice(0, 10)).toMatch(/2026-08-2[23]/);
    expect(dossier.actions.find((one: Json) => one.action === "sign-apology")).toMatchObject({ allowed: true, task: "apology" });
    const rows = await office.apologies();
    expect(rows.map((one: Json) => one.id)).toEqual([receipt.id]);
    expect(rows[0].task).toMatchObject({ id: "apology", action: "sign_apology" });
    expect(rows[0].task.title.vi).toMatch(/xin lỗi/);

    const draft = await office.api.get(`/api/v1/dossiers/${receipt.id}/documents/apology`, { as: office.leader, expect: 200 });
    await checkPdf(draft.bytes);
    expect(wordsOf(draft.bytes).toUpperCase()).toMatch(/DỰ THẢO/);
    expect((await track(office.api, receipt as never)).apology, "a citizen is told nothing of drafts").toBeNull();
    await office.api.get("/api/v1/tracking/apology.pdf", { headers: trackingHeaders(receipt as never) }).then((answer) => expect([404, 409]).toContain(answer.status));
  });
  it("is signed by the head of the competent agency only", async () => {
    for (const name of ["tiepnhan.thanhvinh", "hotich.thanhvinh", "vanthu.thanhvinh", "chutich.truongvinh", "hotich.truongvinh", "chutich.tinh", "giamdoc.stc", "giamsat.tinh", "quantri"]) {
      const refused = await office.api.post(`/api/v1/dossiers/${receipt.id}/sign-apology`, { as: await office.api.signIn(name), body: {} });
      expect([403, 404], `${name}: ${refused.text}`).toContain(refused.status);
    }
    await office.api.post(`/api/v1/dossiers/${receipt.id}/sign-apology`, { body: {}, expect: 401 });
    expect((await open(office.api, office.leader, receipt.id)).apology.state).toBe("draft");
  });
  it("is signed with one click as drafted: the due date moves, with a number and the reason", async () => {
    const key = "ky-mot-lan";
    const done = await command(office.api, office.leader, receipt.id, "sign-apology", {}, { key });
    expect((await command(office.api, office.leader, receipt.id, "sign-apology", {}, { key })).text).toBe(done.text);
    expect(done.json.due_at).toBe("2026-08-28T17:30:00+07:00");
    const dossier = await open(office.api, office.leader, receipt.id);
    expect(dossier.clock).toMatchObject({ due_at: done.json.due_at, appointed_at: done.json.due_at, extended: true, punctuality: "open" });
    expect(dossier.apology).toMatchObject({ state: "signed", due_at: due, new_due_at: done.json.due_at, in_time: true });
    expect(dossier.apology.number).toMatch(/^1\b|^0*1\//);
    expect(dossier.apology.position).toBeTruthy();
    expect(dossier.apology.signed_by).toBeTruthy();
    expect(dossier.clock.explanation.map((line: Json) => line.text.vi).join("\n")).toMatch(/28\/08\/2026/);
    expect(await office.apologies()).toEqual([]);
    // The two counts are never mixed: what the index scores does not move with an apology.
    expect(dossier.clock.scored.due_at).toBeTruthy();
  });
  it("is told to the citizen, with form 04", async () => {
    const seen = await track(office.api, receipt as never);
    expect(seen.due_at).toBe("2026-08-28T17:30:00+07:00");
    expect(seen.apology).toMatchObject({ due_at: due, new_due_at: seen.due_at });
    expect(seen.apology.reason).toBe(reason);
    const mine = await office.api.get("/api/v1/tracking/apology.pdf", { headers: trackingHeaders(receipt as never), expect: 200 });
    await checkPdf(mine.bytes);
    const words = wordsOf(mine.bytes);
    expect(words.toUpperCase()).toMatch(/XIN LỖI/);
    expect(words.toUpperCase()).not.toMatch(/DỰ THẢO/);
    expect(words).toContain(receipt.code);
    expect(words).toContain("tình trạng hôn nhân");
    expect(words).toMatch(/28\/0?8\/2026|28 tháng 0?8 năm 2026/);
    await office.api.get("/api/v1/tracking/apology.pdf", { headers: { "X-Dossier-Code": receipt.code, "X-Receipt-Secret": "khong-phai-ma-nay" }, expect: 404 });
    const slip = wordsOf((await office.api.get(`/api/v1/dossiers/${receipt.id}/documents/slip`, { as: office.leader, expect: 200 })).bytes);
    expect(slip).toContain("28/08/2026");
  });
  it("happens once: neither drafted nor signed a second time", async () => {
    const more = { reason: "Vẫn chưa có kết quả xác minh", new_due_on: "2026-09-10" };
    expect(await office.refusal(receipt.id, "apology", more, office.specialist)).toMatch(/^409 already-extended$/);
    expect(await office.refusal(receipt.id, "sign-apology", more, office.leader)).toMatch(/^409 already-extended$/);
    const offered = (await open(office.api, office.leader, receipt.id)).actions;
    expect(offered.some((one: Json) => one.action === "sign-apology" && one.allowed)).toBe(false);
    expect(offered.filter((one: Json) => one.action === "draft-apology" && one.allowed)).toEqual([]);
  });
  it("counts as on time when the result comes by the new date", async () => {
    await office.goTo("2026-08-27 09:00");
    await complete(office.api, office.specialist, receipt.id, "proposed");
    await complete(office.api, office.leader, receipt.id, "approved");
    const clerk = await office.api.signIn("vanthu.thanhvinh");
    const task = (await open(office.api, clerk, receipt.id)).tasks[0];
    await command(office.api, clerk, receipt.id, "issue-result", { task: task.id });
    const dossier = await open(office.api, clerk, receipt.id);
    expect(["early", "on_time"]).toContain(dossier.clock.punctuality);
    expect(dossier.apology.state).toBe("signed");
  });
  it("of the province's committee is not signed by the commune's leader, nor by that of the department", async () => {
    const centre = await office.api.signIn("tiepnhan.tinh");
    const attachments = await scan(office.api, centre, landComponents);
    const filed = (await fileAtCounter(office.api, centre, { procedure: "1.012994", answers: landAnswers(dice, { plan_date: "2025-11-10", payments: [{ number: "UNC-1", paid_on: "2026-02-03", amount: 13_500_000_000 }] }), attachments })).json;
    const dossier = await open(office.api, centre, filed.id);
    expect(dossier.agency.id).toBe("H41.002");
    const body = { reason, new_due_on: "2026-12-15" };
    await office.api.post(`/api/v1/dossiers/${filed.id}/sign-apology`, { as: office.leader, body, expect: 404 });
    await office.api.post(`/api/v1/dossiers/${filed.id}/sign-apology`, { as: await office.api.signIn("chuyenvien.stc"), body, expect: 403 });
    await command(office.api, await office.api.signIn("giamdoc.stc"), filed.id, "sign-apology", body);
    expect((await open(office.api, centre, filed.id)).clock.due_at).toBe("2026-12-15T17:30:00+07:00");
  });
});

describe.skipIf(!clockCanBeSet)("A dossier that nobody has worked on", () => {
  const dice = seeded("overdue");
  let office: Office;
  let receipt: Json;
  const due = "2026-08-24T17:30:00+07:00";

  beforeAll(async () => {
    office = new Office(await startServer({ dossiers: 0, ...at("2026-08-20 10:00") }));
    await office.signIn();
    receipt = await receiveMarital(office.api, office.reception, dice);
  });
  afterAll(async () => {
    office?.api.close();
    await office?.server.remove();
  });

  it("has no apology while what is left to do fits into the time that is left", async () => {
    await office.goTo("2026-08-22 09:00");
    expect((await open(office.api, office.leader, receipt.id)).apology).toBeNull();
    expect(await office.apologies()).toEqual([]);
  });
  it("is overdue afterwards, blocks nothing, and the apology waits for one signature", async () => {
    await office.goTo("2026-08-26 09:00");
    const dossier = await open(office.api, office.leader, receipt.id);
    expect(dossier.clock).toMatchObject({ state: "running", due_at: due, due_state: "overdue", appointed_at: due, extended: false });
    expect(dossier.clock.remaining_minutes).toBeLessThan(0);
    expect(dossier.apology).toMatchObject({ state: "draft", drafted_by: "", due_at: due });
    expect(dossier.apology.reason.length).toBeGreaterThan(20);
    expect(Date.parse(dossier.apology.new_due_at)).toBeGreaterThan(Date.parse(due));
    expect((await office.apologies()).map((one: Json) => one.id)).toEqual([receipt.id]);
    const overdue = (await office.api.get("/api/v1/dossiers?overdue=true", { as: office.leader, expect: 200 })).json.items;
    expect(overdue.map((one: Json) => one.id)).toEqual([receipt.id]);
  });
  it("is marked, warned of and drafted for once, however often the server starts", async () => {
    const before = (await open(office.api, office.leader, receipt.id)).version;
    for (let time = 0; time < 3; time += 1) await office.goTo(`2026-08-26 10:0${time}`);
    const dossier = await open(office.api, office.leader, receipt.id);
    expect(dossier.version).toBe(before);
    const types = dossier.timeline.map((one: Json) => one.type as string);
    for (const type of new Set(types.filter((one: string) => /due|apology/.test(one)))) {
      expect(types.filter((one: string) => one === type), String(type)).toHaveLength(1);
    }
  });
  it("keeps its due date when the apology is signed late; the applicant is told the new one", async () => {
    const drafted = (await open(office.api, office.leader, receipt.id)).apology;
    const body = Date.parse(drafted.new_due_at) <= Date.parse("2026-08-26T10:05:00+07:00") ? { new_due_on: "2026-09-03" } : {};
    const signed = await command(office.api, office.leader, receipt.id, "sign-apology", body);
    expect(signed.json.due_at).toBe(due);
    const dossier = await open(office.api, office.leader, receipt.id);
    expect(dossier.clock).toMatchObject({ due_at: due, due_state: "overdue", extended: false });
    expect(dossier.clock.appointed_at).toBe(dossier.apology.new_due_at);
    expect(dossier.apology).toMatchObject({ state: "signed", in_time: false });
    const seen = await track(office.api, receipt as never);
    expect(seen.apology.new_due_at).toBe(dossier.apology.new_due_at);
    expect(seen.clock.appointed_at).toBe(dossier.apology.new_due_at);
    const form = await office.api.get("/api/v1/tracking/apology.pdf", { headers: trackingHeaders(receipt as never), expect: 200 });
    await checkPdf(form.bytes);
    expect(await office.apologies()).toEqual([]);
  });
  it("is not put off with words a second time, when that date is missed, too", async () => {
    await office.goTo("2026-09-10 09:00");
    const more = { reason: "Nơi xác minh chưa trả lời", new_due_on: "2026-09-15" };
    expect(await office.refusal(receipt.id, "sign-apology", more, office.leader)).toBe("409 already-extended");
    expect((await open(office.api, office.leader, receipt.id)).clock.due_at).toBe(due);
    expect(await office.apologies()).toEqual([]);
  });
  it("ends as late, whatever was told", async () => {
    await complete(office.api, office.specialist, receipt.id, "proposed");
    await complete(office.api, office.leader, receipt.id, "approved");
    const clerk = await office.api.signIn("vanthu.thanhvinh");
    const task = (await open(office.api, clerk, receipt.id)).tasks[0];
    await command(office.api, clerk, receipt.id, "issue-result", { task: task.id });
    expect((await open(office.api, clerk, receipt.id)).clock.punctuality).toBe("late");
  });
});

describe.skipIf(!clockCanBeSet)("A long dossier that can no longer be in time", () => {
  const dice = seeded("long");
  let office: Office;
  let director: Session;
  let filed: Json;
  let due: string;

  beforeAll(async () => {
    office = new Office(await startServer({ dossiers: 0, ...at("2026-08-20 10:00") }));
    await office.signIn();
    const centre = await office.api.signIn("tiepnhan.tinh");
    const attachments = await scan(office.api, centre, landComponents);
    const answers = landAnswers(dice, { plan_date: "2025-11-10", payments: [{ number: "UNC-1", paid_on: "2026-02-03", amount: 13_500_000_000 }] });
    filed = (await fileAtCounter(office.api, centre, { procedure: "1.012994", answers, attachments })).json;
    due = (await open(office.api, centre, filed.id)).clock.due_at;
  });
  afterAll(async () => {
    office?.api.close();
    await office?.server.remove();
  });

  it("has its apology drafted while it can still be signed in time; signed as drafted, it puts the date off", async () => {
    const days = (await office.api.get("/api/v1/calendars/H41.002/years/2026", { as: office.leader, expect: 200 })).json.days as Json[];
    const worked = days.filter((day) => day.works).map((day) => day.on as string);
    const before = worked[worked.indexOf(due.slice(0, 10)) - 1]!;
    await office.goTo(`${before} 08:00`);
    director = await office.api.signIn("giamdoc.stc");
    const dossier = await open(office.api, director, filed.id);
    expect(dossier.clock).toMatchObject({ due_at: due, state: "running" });
    expect(dossier.apology).toMatchObject({ state: "draft", drafted_by: "", due_at: due });
    expect(dossier.apology.reason.length).toBeGreaterThan(20);
    expect(Date.parse(dossier.apology.sign_by)).toBeLessThan(Date.parse(due));
    expect(worked).toContain(dossier.apology.new_due_at.slice(0, 10));
    expect(Date.parse(dossier.apology.new_due_at)).toBeGreaterThan(Date.parse(due));
    const rows = (await office.api.get("/api/v1/inbox?limit=100", { as: director, expect: 200 })).json.items;
    expect(rows.filter((one: Json) => one.task.action === "sign_apology").map((one: Json) => one.id)).toEqual([filed.id]);
    const signed = await command(office.api, director, filed.id, "sign-apology", {});
    expect(signed.json.due_at).toBe(dossier.apology.new_due_at);
    expect((await open(office.api, director, filed.id)).apology).toMatchObject({ state: "signed", in_time: true });
  });
});

// No procedure of the country has this rule today: the definitions are copied, and one is given it.
describe.skipIf(!clockCanBeSet)("A procedure in which silence is put before the leader", () => {
  const dice = seeded("silence");
  const root = process.env["MOTCUA_HOME"] ?? fileURLToPath(new URL("../..", import.meta.url));
  let home: string;
  let office: Office;
  let receipt: Json;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "motcua-home-"));
    for (const folder of ["data", "procedures"]) cpSync(join(root, folder), join(home, folder), { recursive: true });
    const file = join(home, "procedures/national/1.004873/procedure.yaml");
    const text = readFileSync(file, "utf8");
    const changed = text.replace(/(\n {2}- id: first\n)/, "$1    silence: escalate\n");
    expect(changed).not.toBe(text);
    writeFileSync(file, changed);
    process.env["MOTCUA_HOME"] = home;
    office = new Office(await startServer({ dossiers: 0, ...at("2026-08-20 10:00") }));
    await office.signIn();
    receipt = await receiveMarital(office.api, office.reception, dice);
  });
  afterAll(async () => {
    office?.api.close();
    await office?.server.remove();
    process.env["MOTCUA_HOME"] = root;
    if (home) rmSync(home, { recursive: true, force: true });
  });

  it("has nothing to answer while time is left", async () => {
    expect(await office.refusal(receipt.id, "answer-escalation", { note: "Đã phân công người khác" }, office.leader)).toMatch(/^409 nothing-escalated$/);
    expect((await open(office.api, office.leader, receipt.id)).clock.silence).toBeNull();
  });
  it("puts the overdue dossier into the leader's inbox, and his alone can answer, once, in words", async () => {
    await office.goTo("2026-08-26 09:00");
    const dossier = await open(office.api, office.leader, receipt.id);
    expect(dossier.clock.silence).toMatchObject({ rule: "escalate", waiting: true });
    const row = (await office.api.get("/api/v1/inbox?limit=100", { as: office.leader, expect: 200 })).json.items.find((one: Json) => one.task.action === "answer_escalation");
    expect(row).toMatchObject({ id: receipt.id, task: { id: "escalation" } });
    expect(await office.refusal(receipt.id, "answer-escalation", { note: "  " }, office.leader)).toMatch(/^422 reason-missing$/);
    expect(await office.refusal(receipt.id, "answer-escalation", { note: "Tôi trả lời thay" }, office.specialist)).toMatch(/^403 /);
    await command(office.api, office.leader, receipt.id, "answer-escalation", { note: "Giao đồng chí khác xử lý ngay hôm nay" });
    const answered = await open(office.api, office.leader, receipt.id);
    expect(answered.clock.silence).toMatchObject({ rule: "escalate", waiting: false });
    expect(JSON.stringify(answered.timeline)).toContain("Giao đồng chí khác");
    expect(await office.refusal(receipt.id, "answer-escalation", { note: "Trả lời lần nữa" }, office.leader)).toMatch(/^409 nothing-escalated$/);
  });
});
