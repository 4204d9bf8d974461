// Sessions: they are of one browser, change their token with what they may, end where they have to,
// and nobody else's opens (assurance D9).
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client, demoPassword, type Session } from "./harness/client.ts";
import { at, clockCanBeSet, goTo } from "./harness/moments.ts";
import { officerNamed, saveOfficer } from "./harness/officers.ts";
import { startServer, type TestServer } from "./harness/server.ts";
import { passwordOf, sessionOf, setUpTotp, type Enrolled } from "./harness/signing_in.ts";

const token = (session: Session) => session.cookie.split("=")[1]!;
const chrome = { "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36" };

describe("A session", () => {
  let server: TestServer;
  let api: Client;
  const officer = "tiepnhan.thanhvinh";
  beforeAll(async () => {
    server = await startServer({ dossiers: 0 });
    api = new Client(server);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });
  const open = () => passwordOf(api, officer, demoPassword);
  const works = (session: Session) => api.get("/api/v1/inbox", { as: session, expect: 200 });
  const ended = (session: Session) => api.get("/api/v1/inbox", { as: session, expect: 401 });

  it("has a token of 256 bits that is another at each sign-in", async () => {
    const tokens = new Set<string>();
    for (let i = 0; i < 5; i += 1) tokens.add(token(await open()));
    expect(tokens.size).toBe(5);
    for (const one of tokens) expect(one).toMatch(/^[0-9a-f]{64}$/);
  });
  it("has a cookie that is HttpOnly, SameSite, of the whole host, and ends", async () => {
    const answer = await api.post("/api/v1/session", { body: { username: officer, password: demoPassword }, expect: 200 });
    expect(answer.headers["set-cookie"]).toHaveLength(1);
    expect(answer.headers["set-cookie"]![0]).toMatch(/^motcua_session=[0-9a-f]{64}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(answer.text).not.toContain(token(sessionOf(answer, officer)));
  });
  it("takes no token that somebody else chose (fixation)", async () => {
    const chosen = "a".repeat(64);
    const answer = await api.post("/api/v1/session", { headers: { Cookie: `motcua_session=${chosen}` }, body: { username: officer, password: demoPassword }, expect: 200 });
    expect(token(sessionOf(answer, officer))).not.toBe(chosen);
    await ended({ username: officer, cookie: `motcua_session=${chosen}`, csrf: "" });
  });
  it("of before ends with a new sign-in from the same browser", async () => {
    const before = await open();
    const after = sessionOf(await api.post("/api/v1/session", { headers: { Cookie: before.cookie }, body: { username: officer, password: demoPassword }, expect: 200 }), officer);
    await ended(before);
    await works(after);
  });
  it("stays when somebody types a wrong password in the same browser", async () => {
    const session = await open();
    await api.post("/api/v1/session", { headers: { Cookie: session.cookie }, from: "127.5.0.1", body: { username: officer, password: "not this one" }, expect: 401 });
    await works(session);
  });
  it.each([
    ["no cookie", ""],
    ["an empty token", "motcua_session="],
    ["a token that was never given", `motcua_session=${"0".repeat(64)}`],
    ["a token in capitals", `motcua_session=${"A".repeat(64)}`],
    ["a token that is too long", `motcua_session=${"a".repeat(5000)}`],
    ["another cookie", `session=${"a".repeat(64)}`],
    ["the cookie of TLS, which this server does not have", `__Host-motcua_session=${"a".repeat(64)}`],
    ["SQL", "motcua_session=' OR 1=1 --"],
  ])("is not opened by %s", async (_what, cookie) => {
    await ended({ username: officer, cookie, csrf: "x" });
  });
  it("is not opened by the hash that the store keeps", async () => {
    const session = await open();
    const { createHash } = await import("node:crypto");
    await ended({ ...session, cookie: `motcua_session=${createHash("sha256").update(token(session)).digest("hex")}` });
  });
  it.each([
    ["without a CSRF token", { "X-CSRF-Token": "" }],
    ["with a wrong one", { "X-CSRF-Token": "0".repeat(64) }],
  ])("changes nothing %s", async (_what, headers) => {
    const session = await open();
    for (const [method, path] of [["POST", "/api/v1/session/lock"], ["POST", "/api/v1/session/password"], ["POST", "/api/v1/session/second-factor"], ["DELETE", "/api/v1/session"], ["DELETE", "/api/v1/sessions"], ["POST", "/api/v1/security/totp"]] as const) {
      const answer = await api.call(method, path, { as: session, headers, body: method === "POST" ? {} : undefined, expect: 403 });
      expect(answer.json.type).toContain("csrf-token-wrong");
    }
    await works(session);
  });
  it("does not take another session's CSRF token", async () => {
    const [one, two] = [await open(), await open()];
    await api.post("/api/v1/session/lock", { as: { ...one, csrf: two.csrf }, expect: 403 });
  });
  it("ends on the server when its owner signs out", async () => {
    const session = await open();
    const answer = await api.delete("/api/v1/session", { as: session, expect: 204 });
    expect(answer.headers["set-cookie"]![0]).toContain("Max-Age=0");
    await ended(session);
    await api.delete("/api/v1/session", { as: session, expect: 401 });
  });
  it("is listed to its owner, with device and block, and without its token", async () => {
    await api.delete("/api/v1/sessions", { as: await open(), expect: 204 });
    const answer = await api.post("/api/v1/session", { headers: chrome, body: { username: officer, password: demoPassword }, expect: 200 });
    const mine = sessionOf(answer, officer);
    const list = await api.get("/api/v1/sessions", { as: mine, expect: 200 });
    expect(list.json.items).toHaveLength(2);
    // Two that began in the same second stand in any order.
    expect(list.json.items.find((one: { current: boolean }) => one.current)).toMatchObject({ device: "Chrome · Windows", address: "127.0.0.0/24" });
    expect(list.text).not.toContain(token(mine));
    const { createHash } = await import("node:crypto");
    expect(list.text).not.toContain(createHash("sha256").update(token(mine)).digest("hex"));
  });
  it("of somebody else is neither listed nor ended", async () => {
    const mine = await open();
    const other = await passwordOf(api, "hotich.thanhvinh", demoPassword);
    const foreign = (await api.get("/api/v1/sessions", { as: other, expect: 200 })).json.items;
    const own = (await api.get("/api/v1/sessions", { as: mine, expect: 200 })).json.items;
    expect(own.map((one: { id: string }) => one.id)).not.toContain(foreign[0].id);
    const refused = await api.delete(`/api/v1/sessions/${foreign[0].id}`, { as: mine, expect: 404 });
    const missing = await api.delete(`/api/v1/sessions/${"0".repeat(32)}`, { as: mine, expect: 404 });
    expect({ ...refused.json, trace_id: "" }).toEqual({ ...missing.json, trace_id: "", instance: refused.json.instance });
    await works(other);
  });
  it("is ended from another one, alone or with all others", async () => {
    const [one, two, three] = [await open(), await open(), await open()];
    const list = (await api.get("/api/v1/sessions", { as: one, expect: 200 })).json.items;
    const second = (await api.get("/api/v1/sessions", { as: two, expect: 200 })).json.items.find((item: { current: boolean }) => item.current);
    expect(list.map((item: { id: string }) => item.id)).toContain(second.id);
    await api.delete(`/api/v1/sessions/${second.id}`, { as: one, expect: 204 });
    await ended(two);
    await works(three);
    await api.delete("/api/v1/sessions", { as: one, expect: 204 });
    await ended(three);
    await works(one);
  });

  describe("that is locked", () => {
    it("opens nothing but by its own password, under another token", async () => {
      const session = await open();
      await api.post("/api/v1/session/lock", { as: session, expect: 204 });
      expect((await ended(session)).json.type).toContain("session-locked");
      const told = (await api.get("/api/v1/session", { as: session, expect: 200 })).json;
      expect(told).toMatchObject({ signed_in: false, locked: true, officer: { username: officer } });
      expect(told.officer.roles).toBeUndefined();
      await api.post("/api/v1/session/unlock", { as: session, body: { password: "not this one" }, expect: 422 });
      await api.post("/api/v1/session/unlock", { as: session, body: {}, expect: 422 });
      await api.post("/api/v1/session/second-factor", { as: session, body: { password: demoPassword }, expect: 401 });
      await api.get("/api/v1/security", { as: session, expect: 401 });
      const unlocked = sessionOf(await api.post("/api/v1/session/unlock", { as: session, body: { password: demoPassword }, expect: 200 }), officer);
      expect(token(unlocked)).not.toBe(token(session));
      await works(unlocked);
      await ended(session);
    });
    it("may be signed out", async () => {
      const session = await open();
      await api.post("/api/v1/session/lock", { as: session, expect: 204 });
      await api.delete("/api/v1/session", { as: session, expect: 204 });
      expect((await api.get("/api/v1/session", { as: session, expect: 200 })).json).toMatchObject({ signed_in: false });
    });
    it("is guessed at slowly", async () => {
      const session = await passwordOf(api, "hotich.truongvinh", demoPassword);
      await api.post("/api/v1/session/lock", { as: session, expect: 204 });
      const answers: number[] = [];
      for (let i = 0; i < 8; i += 1) answers.push((await api.post("/api/v1/session/unlock", { as: session, body: { password: "wrong again" } })).status);
      expect(answers.slice(0, 5)).toEqual([422, 422, 422, 422, 422]);
      expect(answers.slice(5).every((status) => status === 429)).toBe(true);
    });
  });

  describe("with a second factor", () => {
    let mine: Enrolled;
    const holder = "chutich.thanhvinh";
    beforeAll(async () => {
      mine = await setUpTotp(api, await passwordOf(api, holder, demoPassword));
    });
    it("was renewed when the factor was set up, and those of before have ended", async () => {
      const other = await passwordOf(api, "chutich.truongvinh", demoPassword);
      const beside = await passwordOf(api, "chutich.truongvinh", demoPassword);
      const enrolled = await setUpTotp(api, other);
      await ended(beside);
      await ended(other);
      await works(enrolled.session);
    });
    it("changes its token when the factor is given once more", async () => {
      const before = mine.session;
      mine.session = sessionOf(await api.post("/api/v1/session/second-factor", { as: before, body: { totp: await mine.next() }, expect: 200 }), holder);
      expect(token(mine.session)).not.toBe(token(before));
      expect(mine.session.csrf).not.toBe(before.csrf);
      await ended(before);
    });
    it("changes its factors only when one was given a moment ago", async () => {
      expect((await api.get("/api/v1/security", { as: mine.session, expect: 200 })).json.fresh).toBe(true);
      expect((await api.post("/api/v1/security/recovery-codes", { as: mine.session, expect: 200 })).json.recovery_codes).toHaveLength(10);
      await api.post("/api/v1/session/second-factor", { as: mine.session, body: { recovery_code: mine.codes[0] }, expect: 422 });
    });
    it("may do without it again, where the profile does not ask for one", async () => {
      await api.delete("/api/v1/security/totp", { as: mine.session, expect: 204 });
      await api.delete("/api/v1/security/totp", { as: mine.session, expect: 404 });
      const plain = await api.post("/api/v1/session", { body: { username: holder, password: demoPassword }, expect: 200 });
      expect(plain.json.strength).toBe("password");
    });
  });

  it("of an account that is closed, or whose password was reset, has ended at once", async () => {
    const administrator = await passwordOf(api, "quantri", demoPassword);
    const victim = await officerNamed(api, administrator, "tiepnhan.truongvinh");
    const session = await passwordOf(api, victim.username, demoPassword);
    await saveOfficer(api, administrator, victim, { active: false });
    const begun = performance.now();
    await ended(session);
    expect(performance.now() - begun).toBeLessThan(5000);
    await saveOfficer(api, administrator, victim, { version: undefined, active: true });
    await ended(session);
    const again = await passwordOf(api, victim.username, demoPassword);
    await api.post(`/api/v1/officers/${victim.id}/password`, { as: administrator, expect: 200 });
    await ended(again);
  });
  it("of a changed password goes on, the others do not", async () => {
    const username = "hotich.thanhvinh";
    const [mine, other] = [await passwordOf(api, username, demoPassword), await passwordOf(api, username, demoPassword)];
    await api.post("/api/v1/session/password", { as: mine, body: { current: demoPassword, new: demoPassword }, expect: 422 });
    await api.post("/api/v1/session/password", { as: mine, body: { current: demoPassword, new: "một câu hoàn toàn mới" }, expect: 204 });
    await works(mine);
    await ended(other);
  });
  it("goes on over a restart of the server", async () => {
    const session = await open();
    await server.stop();
    await server.start();
    await works(session);
  });
});

describe("Behind TLS", () => {
  let server: TestServer;
  let api: Client;
  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--tls", "--public-url", "https://motcua.example.vn"] });
    api = new Client(server);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });
  it("a session's cookie is Secure and of this host alone, and the plain one opens nothing", async () => {
    const answer = await api.post("/api/v1/session", { body: { username: "tiepnhan.thanhvinh", password: demoPassword }, expect: 200 });
    expect(answer.headers["set-cookie"]![0]).toMatch(/^__Host-motcua_session=[0-9a-f]{64}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    const session = sessionOf(answer, "tiepnhan.thanhvinh");
    await api.get("/api/v1/inbox", { as: session, expect: 200 });
    await api.get("/api/v1/inbox", { as: { ...session, cookie: session.cookie.replace("__Host-", "") }, expect: 401 });
  });
});

describe.skipIf(!clockCanBeSet)("As time passes, a session", () => {
  let server: TestServer;
  let api: Client;
  let session: Session;
  beforeAll(async () => {
    server = await startServer({ dossiers: 0, ...at("2026-08-20 08:00") });
    api = new Client(server);
    session = await passwordOf(api, "tiepnhan.thanhvinh", demoPassword);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });
  const opens = async () => (await api.get("/api/v1/inbox", { as: session })).status;

  it("is locked after fifteen minutes without a request, and looking at it does not make it younger", async () => {
    await goTo(server, "2026-08-20 08:14");
    expect(await opens()).toBe(200);
    await goTo(server, "2026-08-20 08:30");
    expect((await api.get("/api/v1/inbox", { as: session, expect: 401 })).json.type).toContain("session-locked");
    expect((await api.get("/api/v1/session", { as: session, expect: 200 })).json.locked).toBe(true);
    session = sessionOf(await api.post("/api/v1/session/unlock", { as: session, body: { password: demoPassword }, expect: 200 }), "tiepnhan.thanhvinh");
    expect(await opens()).toBe(200);
  });
  it("has ended after eight hours without one, and cannot be unlocked", async () => {
    await goTo(server, "2026-08-20 16:31");
    expect((await api.get("/api/v1/inbox", { as: session, expect: 401 })).json.type).toContain("sign-in-required");
    await api.post("/api/v1/session/unlock", { as: session, body: { password: demoPassword }, expect: 401 });
  });
  it("has ended after twelve hours, however busy, and unlocking does not lengthen them", async () => {
    await goTo(server, "2026-08-21 08:00");
    session = await passwordOf(api, "tiepnhan.thanhvinh", demoPassword);
    for (const hour of ["14:00", "19:50"]) {
      await goTo(server, `2026-08-21 ${hour}`);
      session = sessionOf(await api.post("/api/v1/session/unlock", { as: session, body: { password: demoPassword }, expect: 200 }), "tiepnhan.thanhvinh");
      expect(await opens()).toBe(200);
    }
    await goTo(server, "2026-08-21 20:01");
    expect((await api.get("/api/v1/inbox", { as: session, expect: 401 })).json.type).toContain("sign-in-required");
  });
});
