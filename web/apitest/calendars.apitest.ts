// Calendars of offices: looked at, tried out, changed with a history; due dates move by their own command only.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { open, track } from "./harness/desk.ts";
import { receiveMarital, slugOf } from "./harness/marital.ts";
import { at, clockCanBeSet, goTo } from "./harness/moments.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const week = (intervals: unknown[]) => Object.fromEntries(weekdays.map((day) => [day, day.startsWith("s") ? [] : intervals]));
const hours = (processing: object, more: object = {}) => ({ hours: [{ valid_from: "2026-01-01", source: "Quyết định số 1", provisional: false, processing, ...more }] });
const why = { vi: "Di chuyển trụ sở", en: "The office moves" };
const closed = (first: string, more: object = {}) => ({ closures: [{ first, reason: why, act: "Thông báo số 15/TB-UBND", ...more }] });
const ward = "/api/v1/calendars/H41.101";
const officers = ["tiepnhan.thanhvinh", "hotich.thanhvinh", "vanthu.thanhvinh", "chutich.thanhvinh", "chutich.tinh", "giamsat.tinh"];

describe("Calendars of offices", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;
  let officer: Session;

  beforeAll(async () => {
    server = await startServer({ dossiers: 0 });
    api = new Client(server);
    administrator = await api.signIn("quantri");
    officer = await api.signIn("hotich.thanhvinh");
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("are read by every officer, and by nobody who is not signed in", async () => {
    for (const name of [...officers, "quantri", "chuyenvien.stc"]) {
      const as = await api.signIn(name);
      const list = (await api.get("/api/v1/calendars", { as, expect: 200 })).json.calendars;
      expect(list.map((one: Json) => one.office)).toContain("H41");
      await api.get(ward, { as, expect: 200 });
    }
    for (const path of ["/api/v1/calendars", ward, `${ward}/years/2026`, `${ward}/versions/1`]) await api.get(path, { expect: 401 });
  });
  it("of an office without one of its own are those above it, version 0", async () => {
    const read = await api.get(ward, { as: officer, expect: 200 });
    expect(read.headers["etag"]).toBe('"0"');
    expect(read.json).toMatchObject({ office: "H41.101", version: 0, own: null, history: [], changed_at: null });
    expect(read.json.effective.hours[0].processing.mon.length).toBeGreaterThan(0);
    await api.get(`${ward}/versions/1`, { as: officer, expect: 404 });
    await api.get(`${ward}/versions/0`, { as: officer, expect: 404 });
    await api.get(`${ward}/versions/một`, { as: officer }).then((answer) => expect([400, 404, 422]).toContain(answer.status));
  });
  it.each(["H41.999", "X9", "H41.101%20", "%2e%2e", "H41'%20OR%201=1", "h41", "đ"])("of the office %j are not known", async (office) => {
    const path = `/api/v1/calendars/${office}`;
    for (const answer of [
      await api.get(path, { as: administrator }),
      await api.get(`${path}/years/2026`, { as: administrator }),
      await api.put(path, { as: administrator, body: { schedule: {}, reason: "Thử một cơ quan lạ" }, headers: { "If-Match": '"0"' } }),
      await api.post(`${path}/preview`, { as: administrator, body: {} }),
      await api.post(`${path}/recompute`, { as: administrator, body: { reason: "Thử một cơ quan lạ" } }),
    ]) {
      expect([400, 404], answer.text).toContain(answer.status);
    }
  });
  it("tell every day of a year, why it is off, by which act, and whether that is settled", async () => {
    const year = async (of: number) => (await api.get(`/api/v1/calendars/H41/years/${of}`, { as: officer, expect: 200 })).json.days as Json[];
    const days = await year(2026);
    expect(days).toHaveLength(365);
    expect(days.map((day) => day.on)).toEqual([...days.map((day) => day.on)].sort());
    const on = (day: string) => days.find((one) => one.on === day);
    expect(on("2026-02-17")).toMatchObject({ works: false, kind: "holiday", provisional: false });
    expect(on("2026-02-17").why.vi).toMatch(/Tết/);
    expect(on("2026-04-26")).toMatchObject({ works: false });
    expect(on("2026-08-22")).toMatchObject({ works: true, kind: "make_up" });
    expect(on("2026-08-31")).toMatchObject({ works: false, kind: "swapped" });
    expect(on("2026-09-02")).toMatchObject({ works: false, kind: "holiday" });
    expect(on("2026-08-20")).toMatchObject({ works: true, kind: "work", why: null });
    expect(on("2026-08-20").intervals).toEqual(["07:30-11:30", "13:30-17:30"]);
    for (const day of days) expect(day.works, day.on).toBe(day.intervals.length > 0);
    const later = await year(2028);
    expect(later).toHaveLength(366);
    expect(later.filter((day) => day.kind === "holiday").every((day) => day.provisional)).toBe(true);
    for (const edge of [2000, 2099]) expect((await year(edge)).length).toBeGreaterThan(364);
  });
  it.each(["1999", "2100", "-2026", "0", "2026.5", "năm", "99999999999999999999", "2026%00"])("have no year %j", async (year) => {
    const answer = await api.get(`/api/v1/calendars/H41/years/${year}`, { as: officer });
    expect([400, 404, 422], answer.text).toContain(answer.status);
  });
  it("are tried out, changed and made to count by administrators only", async () => {
    for (const name of officers) {
      const as = await api.signIn(name);
      await api.put(ward, { as, body: { schedule: closed("2026-12-15"), reason: "Tôi tự cho nghỉ" }, headers: { "If-Match": '"0"' }, expect: 403 });
      await api.post(`${ward}/preview`, { as, body: { schedule: closed("2026-12-15") }, expect: 403 });
      await api.post(`${ward}/recompute`, { as, body: { reason: "Tôi tự tính lại" }, expect: 403 });
    }
    await api.put(ward, { body: { schedule: {}, reason: "Không đăng nhập" }, expect: 401 });
    await api.post(`${ward}/preview`, { body: {}, expect: 401 });
    await api.post(`${ward}/recompute`, { body: { reason: "Không đăng nhập" }, expect: 401 });
    expect((await api.get(ward, { as: officer, expect: 200 })).json.version).toBe(0);
  });

  describe("that are not sound are refused at the place", () => {
    const closure = (more: object) => ({ closures: [{ first: "2026-12-15", reason: why, ...more }] });
    it.each<[string, unknown, string]>([
      ["hours that overlap", hours({ ...week([]), mon: ["07:30-11:30", "11:00-17:00"] }), "hours/0/processing/mon/1"],
      ["hours that touch", hours({ ...week([]), mon: ["07:30-11:30", "11:30-17:00"] }), "hours/0/processing/mon/1"],
      ["hours that end before they begin", hours({ ...week([]), tue: ["17:30-07:30"] }), "hours/0/processing/tue/0"],
      ["hours of no length", hours({ ...week([]), wed: ["07:30-07:30"] }), "hours/0/processing/wed/0"],
      ["hours in words", hours({ ...week([]), thu: ["buổi sáng"] }), "hours/0/processing/thu/0"],
      ["the 25th hour", hours({ ...week([]), fri: ["07:30-25:00"] }), "hours/0/processing/fri/0"],
      ["hours to midnight, whose last moment is another day's", hours({ ...week([]), fri: ["13:30-24:00"] }), "hours/0/processing/fri/0"],
      ["hours as a number", hours({ ...week([]), fri: [730] }), "hours/0/processing/fri/0"],
      ["hours as one text", hours({ ...week([]), fri: "07:30-11:30" }), "hours/0/processing/fri"],
      ["thirty intervals in a day", hours({ ...week([]), fri: Array.from({ length: 30 }, () => "07:30-11:30") }), "hours/0/processing/fri"],
      ["reception in a wrong form", hours(week(["07:30-11:30"]), { reception: week(["7h30"]) }), "hours/0/reception/mon/0"],
      ["a week without work", hours(week([])), "hours/0/processing"],
      ["a weekday of another language", hours({ monday: ["07:30-11:30"] }), "hours/0/processing"],
      ["a start that is no day", { hours: [{ valid_from: "2026-02-30", processing: week(["07:30-11:30"]) }] }, "hours/0/valid_from"],
      ["no list of hours", { hours: { mon: [] } }, "hours"],
      ["a closure on a day that is none", closure({ first: "2026-02-30" }), "closures/0/first"],
      ["a closure in the year 1", closure({ first: "0001-01-01" }), "closures/0/first"],
      ["a closure in the year 99999", closure({ first: "99999-01-01" }), "closures/0/first"],
      ["a closure that ends before it begins", closure({ last: "2026-12-14" }), "closures/0/last"],
      ["a closure of a lifetime", closure({ last: "2099-12-31" }), "closures/0/last"],
      ["a closure without a reason", { closures: [{ first: "2026-12-15" }] }, "closures/0/reason/vi"],
      ["a reason as a text", closure({ reason: "Họp" }), "closures/0/reason"],
      ["a reason of a novel's length", closure({ reason: { vi: "ạ".repeat(5000), en: "" } }), "closures/0/reason/vi"],
      ["closed hours that are none", closure({ hours: "cả ngày" }), "closures/0/hours"],
      ["an extra day without hours", { extra_days: [{ on: "2026-12-13", processing: [], reason: why }] }, "extra_days/0"],
      ["an extra day that is closed", { ...closure({ first: "2026-12-13" }), extra_days: [{ on: "2026-12-13", processing: ["07:30-11:30"], reason: why }] }, "extra_days/0/on"],
      ["501 closures", { closures: Array.from({ length: 501 }, () => ({ first: "2026-12-15", reason: why })) }, "closures"],
      ["a member that is none", { closurs: [] }, ""],
    ])("%s", async (_what, schedule, field) => {
      for (const answer of [
        await api.post(`${ward}/preview`, { as: administrator, body: { schedule }, expect: 422 }),
        await api.put(ward, { as: administrator, body: { schedule, reason: "Sửa lịch làm việc" }, headers: { "If-Match": '"0"' }, expect: 422 }),
      ]) {
        const fields = answer.json.errors.map((one: Json) => one.field as string);
        expect(fields.some((one: string) => one === field || (field !== "" && one.startsWith(`${field}/`))), `${field} in ${JSON.stringify(answer.json.errors)}`).toBe(true);
        for (const one of answer.json.errors) expect(one.message.length).toBeGreaterThan(8);
      }
    });
    it("all at once, and no more than a hundred", async () => {
      const schedule = { closures: Array.from({ length: 400 }, () => ({ first: "ngày mai" })) };
      const refused = await api.put(ward, { as: administrator, body: { schedule, reason: "Sửa lịch làm việc" }, headers: { "If-Match": '"0"' }, expect: 422 });
      expect(refused.json.errors.length).toBeGreaterThan(50);
      expect(refused.json.errors.length).toBeLessThanOrEqual(100);
    });
    it.each([["a text", "nghỉ"], ["a list", []], ["a number", 7], ["true", true]])("%s for the schedule", async (_what, schedule) => {
      await api.put(ward, { as: administrator, body: { schedule, reason: "Sửa lịch làm việc" }, headers: { "If-Match": '"0"' }, expect: 422 });
      await api.post(`${ward}/preview`, { as: administrator, body: { schedule }, expect: 422 });
    });
    it("no schedule, no reason, a reason that is none", async () => {
      const put = async (body: object) => slugOf(await api.put(ward, { as: administrator, body, headers: { "If-Match": '"0"' }, expect: 422 }));
      expect(await put({ reason: "Sửa lịch làm việc" })).toBe("calendar-not-valid");
      expect(await put({ schedule: {} })).toMatch(/member-missing/);
      expect(await put({ schedule: {}, reason: "" })).toMatch(/reason-missing/);
      expect(await put({ schedule: {}, reason: 7 })).toMatch(/member-/);
      expect(await put({ schedule: {}, reason: "      " })).toMatch(/reason-missing/);
      expect(await put({ schedule: {}, reason: "Nghỉ ".repeat(20_000) })).toBe("text-too-long");
      expect(await put({ schedule: {}, reason: "Sửa lịch làm việc", act: "Quyết định ".repeat(20_000) })).toBe("text-too-long");
    });
    it("100,000 closures: too large, said at once, and the server goes on", async () => {
      const schedule = { closures: Array.from({ length: 100_000 }, (_, index) => ({ first: new Date(Date.UTC(2020, 0, 1 + (index % 20_000))).toISOString().slice(0, 10), reason: why })) };
      const before = Date.now();
      for (const refused of [
        await api.put(ward, { as: administrator, body: { schedule, reason: "Rất nhiều ngày nghỉ" }, headers: { "If-Match": '"0"' } }),
        await api.post(`${ward}/preview`, { as: administrator, body: { schedule } }),
      ]) {
        expect([413, 422]).toContain(refused.status);
        expect(refused.json.detail.length).toBeGreaterThan(20);
      }
      expect(Date.now() - before).toBeLessThan(20_000);
      // Small enough to be read, too many to be kept.
      const fewer = { closures: schedule.closures.slice(0, 5_000) };
      const refused = await api.put(ward, { as: administrator, body: { schedule: fewer, reason: "Rất nhiều ngày nghỉ" }, headers: { "If-Match": '"0"' }, expect: 422 });
      expect(refused.json.errors[0].field).toBe("closures");
      await api.get("/healthz", { expect: 200 });
    });
    it("JSON nested a thousand deep, and what is no JSON", async () => {
      const json = { "Content-Type": "application/json", "If-Match": '"0"' };
      for (const raw of [`{"schedule":${"[".repeat(1000)}${"]".repeat(1000)},"reason":"sâu"}`, "{", "", "null", "\u0000"]) {
        const refused = await api.put(ward, { as: administrator, raw, headers: json });
        expect([400, 413, 422], `${raw.slice(0, 40)}: ${refused.text}`).toContain(refused.status);
      }
    });
    it("and nothing of all that was kept", async () => {
      expect((await api.get(ward, { as: officer, expect: 200 })).json).toMatchObject({ version: 0, own: null, history: [] });
      expect((await api.get("/api/v1/calendars", { as: officer, expect: 200 })).json.calendars).toHaveLength(1);
    });
  });

  it("keep every version, who made it and why, and refuse who read an older one", async () => {
    const save = (schedule: object, version: string, more: object = {}) =>
      api.put(ward, { as: administrator, body: { schedule, reason: "Di chuyển trụ sở <script>alert(1)</script>", act: "Thông báo số 15/TB-UBND", ...more }, headers: { "If-Match": version } });
    const first = closed("2026-12-15");
    const key = "luu-lich-lan-mot";
    const done = await api.put(ward, { as: administrator, body: { schedule: first, reason: "Di chuyển trụ sở <script>alert(1)</script>", act: "Thông báo số 15/TB-UBND" }, headers: { "If-Match": '"0"' }, key, expect: 200 });
    expect(done.json.version).toBe(1);
    const again = await api.put(ward, { as: administrator, body: { schedule: first, reason: "Di chuyển trụ sở <script>alert(1)</script>", act: "Thông báo số 15/TB-UBND" }, headers: { "If-Match": '"0"' }, key, expect: 200 });
    expect(again.text, "the same key has the same answer").toBe(done.text);

    const stale = await save(closed("2026-12-16"), '"0"');
    expect(stale.status).toBe(412);
    expect(stale.json.version).toBe(1);
    expect(stale.json.detail).toMatch(/thay đổi/);
    for (const nonsense of ['"mot"', "-1", '"1.5"']) expect([400, 412]).toContain((await save(first, nonsense)).status);
    const second = { ...closed("2026-12-16", { hours: "07:30-11:30" }), extra_days: [{ on: "2026-12-19", processing: ["07:30-11:30"], reception: ["08:00-11:00"], reason: { vi: "Làm bù", en: "Made up for" }, act: "" }] };
    expect((await save(second, '"1"', { reason: "Chỉ nghỉ buổi sáng".normalize("NFD") })).json.version).toBe(2);
    expect((await save(second, '"7"')).status).toBe(412);

    const read = await api.get(ward, { as: officer, expect: 200 });
    expect(read.headers["etag"]).toBe('"2"');
    expect(read.json.history.map((one: Json) => one.version).sort()).toEqual([1, 2]);
    expect(read.json.history.find((each: Json) => each.version === 2).reason).toBe("Chỉ nghỉ buổi sáng");
    const one = read.json.history.find((each: Json) => each.version === 1);
    expect(one).toMatchObject({ act: "Thông báo số 15/TB-UBND" });
    expect(one.reason).toContain("Di chuyển trụ sở");
    expect(one.by).toBeTruthy();
    expect(read.json.own.closures).toHaveLength(1);
    expect(read.json.effective.hours.length, "hours are inherited").toBeGreaterThan(0);
    const old = (await api.get(`${ward}/versions/1`, { as: officer, expect: 200 })).json;
    expect(old.schedule.closures[0]).toMatchObject({ first: "2026-12-15", reason: why });
    await api.get(`${ward}/versions/3`, { as: officer, expect: 404 });

    const days = (await api.get(`${ward}/years/2026`, { as: officer, expect: 200 })).json.days as Json[];
    const on = (day: string) => days.find((each) => each.on === day);
    expect(on("2026-12-15")).toMatchObject({ works: true, kind: "work" });
    expect(on("2026-12-16")).toMatchObject({ works: true, kind: "partly_closed", intervals: ["13:30-17:30"], act: "Thông báo số 15/TB-UBND" });
    expect(on("2026-12-16").why.vi).toContain(why.vi);
    expect(on("2026-12-16").why.en).toContain(why.en);
    expect(on("2026-12-19")).toMatchObject({ works: true, kind: "extra", intervals: ["07:30-11:30"], reception: ["08:00-11:00"] });
    const list = (await api.get("/api/v1/calendars", { as: officer, expect: 200 })).json.calendars;
    expect(list.find((each: Json) => each.office === "H41.101")).toMatchObject({ version: 2 });
  });
  it("of offices above count for those below; the neighbours keep theirs", async () => {
    const province = "/api/v1/calendars/H41";
    await api.put(province, { as: administrator, body: { schedule: closed("2026-12-22"), reason: "Nghỉ toàn tỉnh", act: "QĐ 99" }, headers: { "If-Match": '"0"' }, expect: 200 });
    const dayOf = async (office: string, on: string) => ((await api.get(`/api/v1/calendars/${office}/years/2026`, { as: officer, expect: 200 })).json.days as Json[]).find((day) => day.on === on);
    for (const office of ["H41", "H41.101", "H41.102", "H41.002"]) expect(await dayOf(office, "2026-12-22"), office).toMatchObject({ works: false, kind: "closure" });
    expect(await dayOf("H41.102", "2026-12-16")).toMatchObject({ works: true, kind: "work" });
    const read = (await api.get(ward, { as: officer, expect: 200 })).json;
    expect(read.inherits.map((one: Json) => one.office)).toContain("H41");
    expect(read.own.closures.map((one: Json) => one.first)).toEqual(["2026-12-16"]);
  });
  it("survive a restart", async () => {
    const before = (await api.get(ward, { as: officer, expect: 200 })).json;
    await server.stop();
    await server.start();
    expect((await api.get(ward, { as: officer, expect: 200 })).json).toEqual(before);
  });
});

describe.skipIf(!clockCanBeSet)("A calendar that is changed after dossiers were received", () => {
  const dice = seeded("calendars");
  let server: TestServer;
  let api: Client;
  let administrator: Session;
  let reception: Session;
  let specialist: Session;
  const early: Json[] = [];
  const late: Json[] = [];
  let elsewhere: Json;
  // The ward is closed on Monday 24 August, of which the ward hears on the 21st.
  const schedule = closed("2026-08-24");
  const earlyDue = "2026-08-21T17:30:00+07:00";
  const lateDue = "2026-08-24T17:30:00+07:00";
  const movedDue = "2026-08-25T17:30:00+07:00";

  const signIn = async () => {
    api?.close();
    api = new Client(server);
    [administrator, reception, specialist] = (await Promise.all(["quantri", "tiepnhan.thanhvinh", "hotich.thanhvinh"].map((one) => api.signIn(one)))) as [Session, Session, Session];
  };
  const dueOf = async (id: string, as = specialist) => (await open(api, as, id)).clock.due_at as string;
  const preview = async (body: object = {}) => (await api.post(`${ward}/preview`, { as: administrator, body, expect: 200 })).json;

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, ...at("2026-08-18 10:00") });
    await signIn();
    for (let one = 0; one < 3; one += 1) early.push(await receiveMarital(api, reception, dice));
    await goTo(server, "2026-08-20 10:00");
    await signIn();
    for (let one = 0; one < 5; one += 1) late.push(await receiveMarital(api, reception, dice));
    elsewhere = await receiveMarital(api, await api.signIn("tiepnhan.truongvinh"), dice, { residence_commune: "16690" });
    const paused = await receiveMarital(api, reception, dice);
    await api.post(`/api/v1/dossiers/${paused.id}/pause`, { as: specialist, body: { cause: "outside_consultation", basis: "NĐ 123/2015/NĐ-CP", expected_until: "2026-09-30" }, expect: 200 });
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("shows beforehand what would move, and moves nothing", async () => {
    expect(await dueOf(early[0].id)).toBe(earlyDue);
    expect(await dueOf(late[0].id)).toBe(lateDue);
    const told = await preview({ schedule });
    expect(told).toMatchObject({ checked: 8, standing: 1, moved: 5, later: 5, earlier: 0, newly_overdue: 0 });
    expect(told.sample.map((one: Json) => one.code).sort()).toEqual(late.map((one) => one.code).sort());
    for (const one of told.sample) expect(one).toMatchObject({ from: lateDue, to: movedDue });
    expect(await preview({})).toMatchObject({ moved: 0 });
    expect(await dueOf(late[0].id)).toBe(lateDue);
    expect((await api.get(ward, { as: specialist, expect: 200 })).json.version).toBe(0);
    // Saturday the 22nd worked no longer, the other way round: closed on the 21st, early ones too.
    expect(await preview({ schedule: closed("2026-08-21") })).toMatchObject({ moved: 8, later: 8 });
    const more = { extra_days: [{ on: "2026-08-23", processing: ["07:30-11:30", "13:30-17:30"], reason: { vi: "Trực Chủ nhật", en: "Sunday duty" }, act: "" }] };
    expect(await preview({ schedule: more })).toMatchObject({ moved: 5, earlier: 5, later: 0 });
  });
  it("is saved as a version, and no due date moves by that: not now, not after a restart", async () => {
    const explained = (await open(api, specialist, late[0].id)).clock.explanation;
    const saved = await api.put(ward, { as: administrator, body: { schedule, reason: "Di chuyển trụ sở", act: "Thông báo số 15/TB-UBND" }, headers: { "If-Match": '"0"' }, expect: 200 });
    expect(saved.json.version).toBe(1);
    for (let time = 0; time < 2; time += 1) {
      for (const one of late) {
        const dossier = await open(api, specialist, one.id);
        expect(dossier.clock).toMatchObject({ due_at: lateDue, appointed_at: lateDue });
        expect(dossier.tasks.every((task: Json) => task.due_at === null || Date.parse(task.due_at) <= Date.parse(lateDue))).toBe(true);
      }
      expect((await open(api, specialist, late[0].id)).clock.explanation, "told by the calendar that it was counted with").toEqual(explained);
      expect((await track(api, late[1] as never)).due_at).toBe(lateDue);
      expect(await preview({})).toMatchObject({ moved: 5 });
      await goTo(server, "2026-08-20 10:05");
      await signIn();
    }
  });
  it("counts for what is received from now on", async () => {
    const new_one = await receiveMarital(api, reception, dice);
    const dossier = await open(api, specialist, new_one.id);
    expect(dossier.clock.due_at).toBe(movedDue);
    const told = dossier.clock.explanation.map((line: Json) => line.text.vi).join("\n");
    expect(told).toContain("Di chuyển trụ sở");
  });
  it("moves due dates by its own command, which wants a reason", async () => {
    for (const body of [{}, { reason: "" }, { reason: "   " }, { reason: 7 }]) {
      const refused = await api.post(`${ward}/recompute`, { as: administrator, body, expect: 422 });
      expect(slugOf(refused)).toMatch(/reason-missing|member-/);
    }
    expect(await dueOf(late[0].id)).toBe(lateDue);
    const before = (await open(api, specialist, early[0].id)).version;
    const done = (await api.post(`${ward}/recompute`, { as: administrator, body: { reason: "Trụ sở đóng cửa ngày 24/8", act: "Thông báo số 15/TB-UBND" }, key: "tinh-lai-mot", expect: 200 })).json;
    expect(done).toEqual({ moved: 5, remaining: 0, failed: [] });
    for (const one of late) {
      const dossier = await open(api, specialist, one.id);
      expect(dossier.clock.due_at).toBe(movedDue);
      expect(dossier.clock.explanation.map((line: Json) => line.text.vi).join("\n")).toContain("Di chuyển trụ sở");
      expect(JSON.stringify(dossier.timeline)).toContain("Trụ sở đóng cửa ngày 24/8");
    }
    expect((await open(api, specialist, early[0].id)).version, "what does not move is not touched").toBe(before);
    expect(await dueOf(early[0].id)).toBe(earlyDue);
    const other = await open(api, await api.signIn("hotich.truongvinh"), elsewhere.id);
    expect(other.clock.due_at, "another ward is not touched").toBe(lateDue);
  });
  it("moves nothing when it is asked again, with the same key or another", async () => {
    const versions = await Promise.all(late.map(async (one) => (await open(api, specialist, one.id)).version));
    const body = { reason: "Trụ sở đóng cửa ngày 24/8", act: "Thông báo số 15/TB-UBND" };
    const repeated = (await api.post(`${ward}/recompute`, { as: administrator, body, key: "tinh-lai-mot", expect: 200 })).json;
    expect(repeated.remaining).toBe(0);
    expect(repeated.failed).toEqual([]);
    expect((await api.post(`${ward}/recompute`, { as: administrator, body, expect: 200 })).json).toEqual({ moved: 0, remaining: 0, failed: [] });
    expect(await Promise.all(late.map(async (one) => (await open(api, specialist, one.id)).version))).toEqual(versions);
    expect(await preview({})).toMatchObject({ moved: 0 });
  });
  it("leaves what is not moved told by the calendar of its day", async () => {
    const told = (await open(api, specialist, early[0].id)).clock.explanation.map((line: Json) => line.text.vi).join("\n");
    expect(told).toContain("21/08/2026");
    expect(told).not.toContain("Di chuyển trụ sở");
  });
  it("lets a pause that was begun before end by the calendar as it is now or was, never before it", async () => {
    await goTo(server, "2026-08-26 09:00");
    await signIn();
    const told = await preview({});
    expect(told.moved).toBe(0);
    expect(told.newly_overdue).toBe(0);
  });
});
