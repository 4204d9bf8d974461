// The time of a dossier stands for a reason of the law, and goes on: on a server whose days are chosen.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { command, complete, fileOnline, open, taskOf, track } from "./harness/desk.ts";
import { receiveMarital, slugOf } from "./harness/marital.ts";
import { at, clockCanBeSet, goTo } from "./harness/moments.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const pausing = { cause: "financial_obligation", basis: "Luật Đất đai 2024, điều 155", expected_until: "2026-09-30" };
const textOf = (lines: { text: { vi: string } }[]) => lines.map((line) => line.text.vi).join("\n");

describe.skipIf(!clockCanBeSet)("A pause, on a Thursday in August", () => {
  const dice = seeded("pause");
  let server: TestServer;
  let api: Client;
  let reception: Session;
  let specialist: Session;
  let leader: Session;
  let stranger: Session;

  async function signInAll() {
    api?.close();
    api = new Client(server);
    [reception, specialist, leader, stranger] = (await Promise.all(
      ["tiepnhan.thanhvinh", "hotich.thanhvinh", "chutich.thanhvinh", "hotich.truongvinh"].map((one) => api.signIn(one)),
    )) as [Session, Session, Session, Session];
  }
  beforeAll(async () => {
    server = await startServer({ dossiers: 0, ...at("2026-08-20 10:00") });
    await signInAll();
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  const refusal = async (id: string, name: string, body: object, as: Session = specialist) => {
    const before = await open(api, reception, id);
    const answer = await api.post(`/api/v1/dossiers/${id}/${name}`, { as, body });
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
    expect(answer.status, answer.text).toBeLessThan(500);
    expect((await open(api, reception, id)).version, "nothing was recorded").toBe(before.version);
    return `${answer.status} ${slugOf(answer)}`;
  };

  describe("is refused, with nothing recorded,", () => {
    let id: string;
    beforeAll(async () => {
      id = (await receiveMarital(api, reception, dice)).id;
    });

    it.each([
      ["without a basis", { ...pausing, basis: undefined }],
      ["with an empty basis", { ...pausing, basis: "   " }],
      ["with a basis that is a number", { ...pausing, basis: 155 }],
    ])("%s", async (_what, body) => {
      expect(await refusal(id, "pause", body)).toMatch(/^4\d\d (basis-missing|member-wrong-type)$/);
    });
    it.each([
      ["without an end", undefined],
      ["with an empty end", ""],
      ["with an end yesterday", "2026-08-19"],
      ["with an end after four years", "2030-08-21"],
      ["with an end in 2099", "2099-12-31"],
    ])("%s", async (_what, expected_until) => {
      expect(await refusal(id, "pause", { ...pausing, expected_until })).toMatch(/^4\d\d pause-without-end$/);
    });
    it.each(["2026-02-30", "2026-13-01", "ngày mai", "31/12/2026", "2026-12-31T00:00:00Z", "-2026-12-31", "9999-12-31", "0000-00-00", "2026-12-31'; DROP TABLE dossier; --"])(
      "with the end %j that is no day",
      async (expected_until) => {
        expect(await refusal(id, "pause", { ...pausing, expected_until })).toMatch(/^422 bad-date$/);
      },
    );
    it.each([["a number", 20_261_231], ["a list", ["2026-12-31"]], ["an object", { on: "2026-12-31" }], ["true", true], ["null", null]])(
      "with %s for the end",
      async (_what, expected_until) => {
        expect(await refusal(id, "pause", { ...pausing, expected_until })).toMatch(/^4\d\d (bad-date|pause-without-end|member-wrong-type)$/);
      },
    );
    it.each(["nghỉ lễ", "", "SUPPLEMENT", 7, null, "<script>alert(1)</script>"])("with the cause %j", async (cause) => {
      expect(await refusal(id, "pause", { ...pausing, cause })).toMatch(/^422 (unknown-cause|member-wrong-type)$/);
    });
    it.each(["basis", "note"])("with a %s of a book's length", async (member) => {
      expect(await refusal(id, "pause", { ...pausing, [member]: "Điều ".repeat(20_000) })).toBe("422 text-too-long");
    });
    it("for a supplement, which is asked for by form 02", async () => {
      expect(await refusal(id, "pause", { ...pausing, cause: "supplement" })).toMatch(/^409 wrong-action$/);
    });
    it("by an officer of another commune, and by nobody", async () => {
      await api.post(`/api/v1/dossiers/${id}/pause`, { as: stranger, body: pausing, expect: 404 });
      await api.post(`/api/v1/dossiers/${id}/pause`, { body: pausing, expect: 401 });
      await api.post(`/api/v1/dossiers/${id}/pause`, { as: await api.signIn("vanthu.thanhvinh"), body: pausing, expect: 403 });
      await api.post(`/api/v1/dossiers/${id}/pause`, { as: await api.signIn("quantri"), body: pausing }).then((answer) => expect([403, 404]).toContain(answer.status));
    });
    it("before reception, and resuming what runs", async () => {
      const filed = (await fileOnline(api, "1.004873", maritalAnswers(dice))).json;
      expect(await refusal(filed.id, "pause", pausing, leader)).toMatch(/^409 not-yet-received$/);
      expect(await refusal(id, "resume", {})).toMatch(/^409 clock-not-paused$/);
    });
    it("with a stale version", async () => {
      const version = (await open(api, specialist, id)).version;
      const stale = await api.post(`/api/v1/dossiers/${id}/pause`, { as: specialist, body: pausing, headers: { "If-Match": `"${version - 1}"` }, expect: 412 });
      expect(stale.json.version).toBe(version);
    });
    it("after the result was issued", async () => {
      const done = (await receiveMarital(api, reception, dice)).id;
      await complete(api, specialist, done, "proposed");
      await complete(api, leader, done, "approved");
      const clerk = await api.signIn("vanthu.thanhvinh");
      await command(api, clerk, done, "issue-result", { task: (await taskOf(api, clerk, done)).id });
      expect(await refusal(done, "pause", pausing, leader)).toMatch(/^409 (result-already-issued|already-closed)$/);
      expect(await refusal(done, "resume", {}, leader)).toMatch(/^409 /);
    });
  });

  describe("for a financial obligation", () => {
    let receipt: Json;
    let due: string;
    const note = "Chờ nộp tiền theo thông báo số 12/TB-CCT <script>alert(1)</script>";

    it("stops the clock, and says why, on what ground, since when, until when and by whom", async () => {
      receipt = await receiveMarital(api, reception, dice);
      const before = await open(api, specialist, receipt.id);
      due = before.clock.due_at;
      // Saturday 22 August is worked, in exchange for Monday the 31st.
      expect(due).toBe("2026-08-24T17:30:00+07:00");
      expect(before.clock).toMatchObject({ state: "running", paused_for: null, extended: false, punctuality: "open", appointed_at: due, published_due_at: due, silence: null });
      expect(before.clock.scored).toMatchObject({ due_at: due, score: "running" });
      expect(before.actions.find((one: Json) => one.action === "pause")).toMatchObject({ allowed: true });
      expect(before.actions.some((one: Json) => one.action === "resume")).toBe(false);

      const key = "một-khóa-cho-lần-dừng".normalize("NFC").replace(/[^\x20-\x7e]/g, "x");
      const body = { ...pausing, basis: pausing.basis.normalize("NFD"), note: note.normalize("NFD") };
      const first = await command(api, specialist, receipt.id, "pause", body, { key });
      const again = await command(api, specialist, receipt.id, "pause", body, { key });
      expect(again.text, "the same key has the same answer").toBe(first.text);

      const paused = await open(api, specialist, receipt.id);
      expect(paused.version).toBe(before.version + 1);
      expect(paused.clock).toMatchObject({ state: "paused", due_state: "paused", due_at: null });
      const told = paused.clock.paused_for;
      expect(told.cause).toBe("financial_obligation");
      // Typed in letters and marks apart, kept in one.
      expect(told.basis).toBe(pausing.basis);
      expect(told.note).toBe(note);
      expect(paused.clock.paused_for.since).toMatch(/^2026-08-20T10:/);
      expect(paused.clock.paused_for.expected_until).toBe("2026-09-30T17:30:00+07:00");
      expect(paused.clock.paused_for.by).toBeTruthy();
      expect(paused.clock.paused_for.label.en).toMatch(/pay/i);
      expect(paused.actions.some((one: Json) => one.action === "pause")).toBe(false);
      // What would be refused is not offered.
      expect(paused.actions.filter((one: Json) => one.action === "request-supplement" && one.allowed)).toEqual([]);
      expect(paused.actions.find((one: Json) => one.action === "resume")).toMatchObject({ allowed: true });
    });
    it("is told to the citizen, without the index's score", async () => {
      const seen = await track(api, receipt as never);
      expect(seen.clock.state).toBe("paused");
      expect(seen.clock.paused_for.label.vi).toMatch(/nghĩa vụ tài chính/);
      expect(seen.clock.scored).toBeUndefined();
      expect(textOf(seen.timeline.map((one: Json) => ({ text: one.title })))).toMatch(/[Tt]ạm dừng/);
    });
    it("stands in the inbox as paused, behind everything that runs", async () => {
      const paused = (await api.get("/api/v1/inbox?state=paused", { as: specialist, expect: 200 })).json;
      expect(paused.items.map((one: Json) => one.id)).toContain(receipt.id);
      const all = (await api.get("/api/v1/inbox?limit=100", { as: specialist, expect: 200 })).json.items;
      const states = all.map((one: Json) => one.due_state === "paused");
      expect(states).toEqual([...states].sort());
    });
    it("is not begun twice, and no supplement is asked for meanwhile", async () => {
      expect(await refusal(receipt.id, "pause", { ...pausing, cause: "outside_consultation" })).toBe("409 clock-already-paused");
      const ask = { items: [{ what: "Bản chụp giấy tờ" }], reason: "Chưa rõ số giấy tờ" };
      expect(await refusal(receipt.id, "request-supplement", ask)).toMatch(/^409 clock-already-paused$/);
      expect(await refusal(receipt.id, "apology", { reason: "Cần xác minh thêm", new_due_on: "2026-09-10" })).toMatch(/^409 clock-already-paused$/);
      expect(await refusal(receipt.id, "sign-apology", { reason: "Cần xác minh thêm", new_due_on: "2026-09-10" }, leader)).toMatch(/^409 clock-already-paused$/);
    });
    it("leaves the forms printable, and stands in the follow-up book as paused", async () => {
      for (const document of ["slip", "control-slip"]) {
        const printed = await api.get(`/api/v1/dossiers/${receipt.id}/documents/${document}`, { as: specialist, expect: 200 });
        expect(printed.bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
      }
    });
    it("ends on Monday: three working days are not counted, and the derivation says so", async () => {
      await goTo(server, "2026-08-24 10:00");
      await signInAll();
      const resumed = await command(api, specialist, receipt.id, "resume", { note: "Đã nộp tiền, biên lai số 7" });
      expect(resumed.json.due_at).toMatch(/^2026-08-27T/);
      const after = await open(api, specialist, receipt.id);
      expect(after.clock).toMatchObject({ state: "running", paused_for: null, due_at: resumed.json.due_at });
      const told = textOf(after.clock.explanation);
      expect(told).toMatch(/Không tính .*: chờ .*nghĩa vụ tài chính/);
      expect(told).toContain("27/08/2026");
      expect(after.clock.explanation.map((line: Json) => line.article), "by the article that the officer named").toContain(pausing.basis);
      expect(after.clock.explanation.every((line: Json) => line.text.vi.length > 0 && line.text.en.length > 0)).toBe(true);
      // The index takes nothing off but supplements.
      expect(after.clock.scored.due_at).toBeTruthy();
      expect(JSON.stringify(after.timeline)).toContain("Đã nộp tiền");
      expect(await refusal(receipt.id, "resume", {})).toMatch(/^409 clock-not-paused$/);
    });
    it("may be needed again for another reason, and the two add up", async () => {
      await command(api, specialist, receipt.id, "pause", { ...pausing, cause: "outside_consultation", basis: "Nghị định 123/2015/NĐ-CP, điều 22" });
      await goTo(server, "2026-08-25 10:00");
      await signInAll();
      await command(api, specialist, receipt.id, "resume", {});
      const after = await open(api, specialist, receipt.id);
      expect(after.clock.due_at).toMatch(/^2026-08-28T/);
      expect(after.clock.punctuality).toBe("open");
    });
    it("reminds once when its expected end is past, however often the server starts", async () => {
      await command(api, specialist, receipt.id, "pause", { ...pausing, cause: "citizen_confirmation", expected_until: "2026-08-26" });
      const paused = (await open(api, specialist, receipt.id)).version as number;
      for (const moment of ["2026-08-27 09:00", "2026-08-28 09:00", "2026-08-31 09:00"]) {
        await goTo(server, moment);
        await signInAll();
        const waited = await open(api, specialist, receipt.id);
        expect(waited.clock.state, "the law's pause does not end by itself").toBe("paused");
        expect(waited.version, moment).toBe(paused + 1);
      }
      await command(api, specialist, receipt.id, "resume", {});
      expect((await open(api, specialist, receipt.id)).clock.due_at).toMatch(/^2026-09-0\d/);
    });
    it("holds up only the clock: the work may go on", async () => {
      const id = (await receiveMarital(api, reception, dice)).id;
      await command(api, specialist, id, "pause", { ...pausing, expected_until: "2026-10-30" });
      const task = await taskOf(api, specialist, id);
      await command(api, specialist, id, "complete-task", { task: task.id, outcome: "proposed" });
      expect((await open(api, specialist, id)).clock.state).toBe("paused");
    });
    it("of a dossier that is withdrawn is over", async () => {
      const id = (await receiveMarital(api, reception, dice)).id;
      await command(api, specialist, id, "pause", { ...pausing, expected_until: "2026-10-30" });
      await command(api, reception, id, "withdraw", { reason: "Người nộp xin rút hồ sơ" });
      const ended = await open(api, reception, id);
      expect(ended.clock.state).toBe("ended");
      expect(await refusal(id, "resume", {})).toMatch(/^409 /);
    });
  });
});
