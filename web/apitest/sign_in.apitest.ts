// Second factors: authenticator codes, recovery codes, passkeys; who has to have one; what happens
// to an account that nobody uses.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Passkey, totp } from "./harness/authenticator.ts";
import { Client, demoPassword, type Session } from "./harness/client.ts";
import { at, clockCanBeSet } from "./harness/moments.ts";
import { officerNamed } from "./harness/officers.ts";
import { startServer, type TestServer } from "./harness/server.ts";
import { passwordOf, sessionOf, setUpTotp, type Enrolled } from "./harness/signing_in.ts";

const outside = { "X-Forwarded-For": "203.0.113.9" };

describe("A second factor", () => {
  let server: TestServer;
  let api: Client;
  const officer = "tiepnhan.thanhvinh";
  let mine: Enrolled;
  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--sign-in-profile", "nist-800-63b-4", "--trusted-proxy", "127.0.0.1"] });
    api = new Client(server);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });
  const second = (session: Session, body: object, expected: number) => api.post("/api/v1/session/second-factor", { as: session, body, expect: expected });

  it("is set up with a code of the application, and comes with ten recovery codes", async () => {
    const first = await passwordOf(api, officer, demoPassword);
    const begun = (await api.post("/api/v1/security/totp", { as: first, expect: 200 })).json;
    expect(begun.uri).toBe(`otpauth://totp/M%E1%BB%99t%20C%E1%BB%ADa:${officer}?secret=${begun.secret}&issuer=M%E1%BB%99t%20C%E1%BB%ADa&algorithm=SHA1&digits=6&period=30`);
    expect(begun.qr.length).toBeGreaterThan(20);
    expect(begun.qr.every((row: string) => row.length === begun.qr.length && /^[01]+$/.test(row))).toBe(true);
    await api.put("/api/v1/security/totp", { as: first, body: { code: "000000" }, expect: 422 });
    expect((await api.get("/api/v1/security", { as: first, expect: 200 })).json.totp).toBeNull();
    mine = await setUpTotp(api, first);
    expect(mine.codes).toHaveLength(10);
    expect(mine.session.cookie).not.toBe(first.cookie);
    await api.get("/api/v1/inbox", { as: first, expect: 401 });
    await api.get("/api/v1/inbox", { as: mine.session, expect: 200 });
    const told = (await api.get("/api/v1/security", { as: mine.session, expect: 200 })).json;
    expect(told.totp).not.toBeNull();
    expect(told.recovery_codes_left).toBe(10);
    expect(JSON.stringify(told)).not.toContain(mine.secret);
  });

  it("is asked for after the password, which alone opens nothing", async () => {
    const answer = await api.post("/api/v1/session", { body: { username: officer, password: demoPassword }, expect: 200 });
    expect(answer.json).toMatchObject({ signed_in: false, strength: "pending", locked: false });
    expect(answer.json.second_factor).toEqual(["totp", "recovery_code"]);
    expect(answer.json.officer).toBeUndefined();
    const waiting = sessionOf(answer, officer);
    await api.get("/api/v1/inbox", { as: waiting, expect: 401 });
    await api.get("/api/v1/security", { as: waiting, expect: 401 });
    await api.get("/api/v1/sessions", { as: waiting, expect: 401 });
    await api.post("/api/v1/session/password", { as: waiting, body: { current: demoPassword, new: "a wholly new sentence" }, expect: 401 });
    await api.post("/api/v1/session/unlock", { as: waiting, body: { password: demoPassword }, expect: 401 });
    await second(waiting, { password: demoPassword }, 422);
    await second(waiting, {}, 422);
    await api.post("/api/v1/session/second-factor", { as: { ...waiting, csrf: "0" }, body: { totp: await mine.next() }, expect: 403 });
    const code = await mine.next();
    const opened = await second(waiting, { totp: code }, 200);
    expect(opened.json).toMatchObject({ signed_in: true, strength: "two-factor" });
    const session = sessionOf(opened, officer);
    expect(session.cookie).not.toBe(waiting.cookie);
    expect(session.csrf).not.toBe(waiting.csrf);
    await api.get("/api/v1/inbox", { as: session, expect: 200 });
    await second(waiting, { totp: await mine.next() }, 401);
    // The same code again, in another sign-in.
    const other = await passwordOf(api, officer, demoPassword);
    await second(other, { totp: code }, 422);
  });

  it("may be a recovery code, each once, of two that come at the same time one", async () => {
    const [first, again] = [await passwordOf(api, officer, demoPassword), await passwordOf(api, officer, demoPassword)];
    const answers = await Promise.all([first, again].map((session) => api.post("/api/v1/session/second-factor", { as: session, body: { recovery_code: mine.codes[0] } })));
    expect(answers.map((one) => one.status).sort()).toEqual([200, 422]);
    const third = await passwordOf(api, officer, demoPassword);
    await second(third, { recovery_code: mine.codes[0] }, 422);
    const opened = await second(third, { recovery_code: mine.codes[1]!.toLowerCase().replace("-", " ") }, 200);
    const told = (await api.get("/api/v1/security", { as: sessionOf(opened, officer), expect: 200 })).json;
    expect(told.recovery_codes_left).toBe(8);
  });

  it("of two that send the same code at the same time opens one", async () => {
    const [one, two] = [await passwordOf(api, officer, demoPassword), await passwordOf(api, officer, demoPassword)];
    const code = await mine.next();
    const answers = await Promise.all([one, two].map((session) => api.post("/api/v1/session/second-factor", { as: session, body: { totp: code } })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422]);
  });

  describe("as a passkey", () => {
    const holder = "hotich.truongvinh";
    let session: Session;
    let origin: string;
    const devices: Passkey[] = [];
    const add = async (device: Passkey, name: string, expected = 201) => {
      const options = (await api.post("/api/v1/security/passkey-challenge", { as: session, expect: 200 })).json;
      const answer = await api.post("/api/v1/security/passkeys", { as: session, body: device.create(options, name), expect: expected });
      if (answer.status === 201) session = sessionOf(answer, holder);
      return answer;
    };
    const enter = async (device: Passkey, expected: number) => {
      const waiting = await passwordOf(api, holder, demoPassword);
      const options = (await api.post("/api/v1/session/passkey-challenge", { as: waiting, expect: 200 })).json;
      return { waiting, answer: await second(waiting, device.get(options), expected) };
    };
    beforeAll(async () => {
      session = await passwordOf(api, holder, demoPassword);
      origin = server.url().replace("127.0.0.1", "localhost");
    });

    it("is registered, ES256 and EdDSA, and opens", async () => {
      for (const algorithm of ["ES256", "EdDSA"] as const) {
        const device = new Passkey(origin, algorithm);
        const answer = await add(device, `Máy ${algorithm}`);
        expect(answer.json.recovery_codes).toHaveLength(algorithm === "ES256" ? 10 : 0);
        devices.push(device);
      }
      for (const device of devices) {
        const { answer } = await enter(device, 200);
        expect(answer.json.strength).toBe("two-factor");
        session = sessionOf(answer, holder);
      }
    });
    it("is not taken with another origin, site, challenge, without presence or verification, or twice", async () => {
      const hostile: [string, (device: Passkey) => void][] = [
        ["another origin", (device) => (device.origin = "https://evil.example")],
        ["another port", (device) => (device.origin = "http://localhost:1")],
        ["another site", (device) => (device.rpId = "example.vn")],
        ["nobody present", (device) => (device.flags = 0x04)],
        ["nobody verified", (device) => (device.flags = 0x01)],
      ];
      for (const [what, spoil] of hostile) {
        const device = new Passkey(origin);
        spoil(device);
        expect((await add(device, what, 422)).json.type, what).toContain("passkey-not-taken");
      }
      const options = (await api.post("/api/v1/security/passkey-challenge", { as: session, expect: 200 })).json;
      const device = new Passkey(origin);
      await api.post("/api/v1/security/passkeys", { as: session, body: device.create({ challenge: Buffer.from("another challenge").toString("base64url") }, "x"), expect: 422 });
      await api.post("/api/v1/security/passkeys", { as: session, body: { ...device.create(options, "x"), attestation_object: "AAAA" }, expect: 422 });
      await api.post("/api/v1/security/passkeys", { as: session, body: { ...device.create(options, "x"), attestation_object: "not base64!" }, expect: 422 });
      await add(devices[0]!, "the same again", 422);
      const again = (await api.post("/api/v1/security/passkey-challenge", { as: session, expect: 200 })).json;
      await api.post("/api/v1/security/passkeys", { as: session, body: device.create(again, ""), expect: 422 });
    });
    it("is refused when its answer is used again, or given in another session", async () => {
      const waiting = await passwordOf(api, holder, demoPassword);
      const options = (await api.post("/api/v1/session/passkey-challenge", { as: waiting, expect: 200 })).json;
      expect(options.allowCredentials).toHaveLength(2);
      const proof = devices[0]!.get(options);
      const other = await passwordOf(api, holder, demoPassword);
      expect((await second(other, proof, 422)).json.type).toContain("passkey-request-over");
      session = sessionOf(await second(waiting, proof, 200), holder);
      expect((await second(other, proof, 422)).json.type).toContain("passkey-request-over");
      expect((await second(other, { passkey: { id: "AAAA" } }, 422)).json.type).toContain("member-missing");
    });
    it("whose counter goes back is refused from then on, and told", async () => {
      const copied = devices[1]!;
      copied.counter = 1;
      expect((await enter(copied, 422)).answer.json.type).toContain("passkey-in-doubt");
      copied.counter = 100;
      const waiting = await passwordOf(api, holder, demoPassword);
      const options = (await api.post("/api/v1/session/passkey-challenge", { as: waiting, expect: 200 })).json;
      expect(options.allowCredentials).toHaveLength(1);
      expect((await second(waiting, copied.get(options), 422)).json.type).toContain("passkey-in-doubt");
      const told = (await api.get("/api/v1/security", { as: session, expect: 200 })).json;
      const doubted = told.passkeys.find((one: { id: string }) => one.id === copied.id.toString("base64url"));
      expect(doubted.doubted_at).not.toBeNull();
      await api.delete(`/api/v1/security/passkeys/${doubted.id}`, { as: session, expect: 204 });
      await api.delete(`/api/v1/security/passkeys/${doubted.id}`, { as: session, expect: 404 });
    });
    it("opens a locked session", async () => {
      await api.post("/api/v1/session/lock", { as: session, expect: 204 });
      expect((await api.get("/api/v1/inbox", { as: session, expect: 401 })).json.type).toContain("session-locked");
      const options = (await api.post("/api/v1/session/passkey-challenge", { as: session, expect: 200 })).json;
      session = sessionOf(await api.post("/api/v1/session/unlock", { as: session, body: devices[0]!.get(options), expect: 200 }), holder);
      await api.get("/api/v1/inbox", { as: session, expect: 200 });
    });
  });

  it("is needed from outside the office, and is not set up from there", async () => {
    const refused = await api.post("/api/v1/session", { headers: outside, body: { username: "lanhdao.khong-co", password: demoPassword }, expect: 401 });
    expect(refused.json.type).toContain("wrong-credentials");
    const first = await api.post("/api/v1/session", { headers: outside, body: { username: "chutich.thanhvinh", password: demoPassword }, expect: 200 });
    expect(first.json).toMatchObject({ strength: "enrolling", must_set_second_factor: true });
    const enrolling = sessionOf(first, "chutich.thanhvinh");
    expect((await api.get("/api/v1/inbox", { as: enrolling, expect: 403 })).json.type).toContain("second-factor-set-up-required");
    // Not his first time any more: a stolen password must not set up the factor.
    const second_time = await api.post("/api/v1/session", { headers: outside, body: { username: "chutich.thanhvinh", password: demoPassword }, expect: 403 });
    expect(second_time.json.type).toContain("second-factor-needed");
    const inside = await api.post("/api/v1/session", { body: { username: "chutich.thanhvinh", password: demoPassword }, expect: 200 });
    expect(inside.json).toMatchObject({ strength: "password", must_set_second_factor: false });
    // What a password alone has opened in the office does not go home with the cookie.
    const as = sessionOf(inside, "chutich.thanhvinh");
    await api.get("/api/v1/inbox", { as, expect: 200 });
    await api.get("/api/v1/inbox", { as, headers: outside, expect: 401 });
    await api.get("/api/v1/inbox", { as, expect: 200 });
  });

  describe("of an administrator", () => {
    let administrator: Enrolled;
    it("has to be set up before anything else opens", async () => {
      const first = await passwordOf(api, "quantri", demoPassword);
      const told = (await api.get("/api/v1/session", { as: first, expect: 200 })).json;
      expect(told).toMatchObject({ signed_in: true, strength: "enrolling", must_set_second_factor: true });
      for (const path of ["/api/v1/officers", "/api/v1/inbox", "/api/v1/deliveries"]) expect((await api.get(path, { as: first, expect: 403 })).json.type).toContain("second-factor-set-up-required");
      administrator = await setUpTotp(api, first);
      await api.get("/api/v1/officers", { as: administrator.session, expect: 200 });
      expect((await api.delete("/api/v1/security/totp", { as: administrator.session, expect: 409 })).json.type).toContain("last-second-factor");
    });
    it("resets a colleague's, which is recorded, and nobody his own", async () => {
      const { session } = administrator;
      const colleague = await officerNamed(api, session, officer);
      expect(colleague.second_factor).toBe(true);
      const himself = await officerNamed(api, session, "quantri");
      await api.post(`/api/v1/officers/${himself.id}/second-factor-reset`, { as: session, expect: 409 });
      await api.post("/api/v1/officers/khong-co/second-factor-reset", { as: session, expect: 404 });
      const plain = await passwordOf(api, "chutich.truongvinh", demoPassword);
      await api.post(`/api/v1/officers/${colleague.id}/second-factor-reset`, { as: plain, expect: 404 });
      await api.post(`/api/v1/officers/${colleague.id}/second-factor-reset`, { as: session, expect: 204 });
      await api.get("/api/v1/inbox", { as: mine.session, expect: 401 });
      const again = await api.post("/api/v1/session", { body: { username: officer, password: demoPassword }, expect: 200 });
      expect(again.json.strength).toBe("password");
    });
  });

  it("leaves no secret in the store or the log", () => {
    const bytes = readdirSync(server.dataFolder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && one.name !== "secret.key")
      .map((one) => readFileSync(join(one.parentPath, one.name)).toString("latin1"))
      .join("");
    expect(bytes.length).toBeGreaterThan(10_000);
    for (const secret of [mine.secret, ...mine.codes, ...mine.codes.map((one) => one.replace("-", "")), demoPassword, mine.session.cookie.split("=")[1]!]) {
      expect(bytes.includes(secret), secret.slice(0, 4)).toBe(false);
    }
  });
});

describe("Guessing", () => {
  let server: TestServer;
  let api: Client;
  beforeAll(async () => {
    server = await startServer({ dossiers: 0 });
    api = new Client(server);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("of codes is slowed down", async () => {
    const username = "tiepnhan.truongvinh";
    const { secret } = await setUpTotp(api, await passwordOf(api, username, demoPassword));
    const waiting = await passwordOf(api, username, demoPassword);
    const wrong = totp(secret, 0);
    const answers: number[] = [];
    for (let i = 0; i < 8; i += 1) answers.push((await api.post("/api/v1/session/second-factor", { as: waiting, body: { totp: wrong } })).status);
    expect(answers.slice(0, 5)).toEqual([422, 422, 422, 422, 422]);
    expect(answers.slice(5).every((status) => status === 429)).toBe(true);
  });

  it("tells nothing of which accounts there are: same status, same body, same time", async () => {
    const names = ["hotich.thanhvinh", "nobody.at.all"];
    const bodies = new Map<string, Set<string>>(names.map((name) => [name, new Set()]));
    const times = new Map<string, number[]>(names.map((name) => [name, []]));
    // In turn, so that other work on the machine meets both alike; each try from another address.
    for (let round = 0; round < 60; round += 1) {
      for (const name of round % 2 === 0 ? names : [...names].reverse()) {
        const from = `127.1.${round}.${name === names[0] ? 1 : 2}`;
        const begun = performance.now();
        const answer = await api.post("/api/v1/session", { from, body: { username: name, password: "a wrong sentence, always" } });
        times.get(name)!.push(performance.now() - begun);
        expect(answer.status).toBe(401);
        const { trace_id: _trace, ...rest } = answer.json;
        bodies.get(name)!.add(JSON.stringify(rest));
      }
    }
    expect(bodies.get(names[0]!)).toEqual(bodies.get(names[1]!));
    expect(bodies.get(names[0]!)!.size).toBe(1);
    // What a pair differs by; other work on the machine meets both of a pair.
    const differences = times.get(names[0]!)!.map((time, round) => time - times.get(names[1]!)![round]!);
    const median = differences.sort((one, other) => one - other)[differences.length / 2]!;
    const fastest = (list: number[]) => [...list].sort((one, other) => one - other)[Math.floor(list.length / 10)]!;
    console.log(`median difference ${median.toFixed(2)} ms, of the fastest tenths ${(fastest(times.get(names[0]!)!) - fastest(times.get(names[1]!)!)).toFixed(2)} ms`);
    expect(Math.min(Math.abs(median), Math.abs(fastest(times.get(names[0]!)!) - fastest(times.get(names[1]!)!)))).toBeLessThan(5);
  });

  it("by a stranger does not lock the officer out where he works", async () => {
    const username = "chutich.truongvinh";
    await passwordOf(api, username, demoPassword);
    const statuses: number[] = [];
    for (let i = 0; i < 80; i += 1) statuses.push((await api.post("/api/v1/session", { from: `127.2.${i}.1`, body: { username, password: "a wrong sentence" } })).status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    const throttled = await api.post("/api/v1/session", { from: "127.2.200.1", body: { username, password: demoPassword }, expect: 429 });
    expect(Number(throttled.headers["retry-after"])).toBeGreaterThan(0);
    await passwordOf(api, username, demoPassword);
  });
});

describe("Wrong passwords of some officers", () => {
  it("do not keep the others from changing theirs, though all share one address", async () => {
    const server = await startServer({ dossiers: 0 });
    const api = new Client(server);
    const names = "tiepnhan hotich vanthu chutich congan truongca".split(" ").flatMap((one) => [`${one}.thanhvinh`, `${one}.truongvinh`]);
    const clumsy: number[] = [];
    for (const username of names) {
      const answer = await api.post("/api/v1/session", { body: { username, password: demoPassword } });
      if (answer.status !== 200) continue;
      const session = sessionOf(answer, username);
      for (let i = 0; i < 6; i += 1) clumsy.push((await api.post("/api/v1/session/password", { as: session, body: { current: `sai rồi ${i}`, new: "một câu hoàn toàn mới" } })).status);
    }
    expect(clumsy.length).toBeGreaterThan(50);
    expect(clumsy.filter((status) => status === 429).length).toBe(clumsy.length / 6);
    const careful = await passwordOf(api, "chutich.tinh", demoPassword);
    await api.post("/api/v1/session/password", { as: careful, body: { current: demoPassword, new: "một câu hoàn toàn mới" }, expect: 204 });
    api.close();
    await server.remove();
  });
});

describe("By the profile vn-742", () => {
  let server: TestServer;
  let api: Client;
  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--sign-in-profile", "vn-742"], ...(clockCanBeSet ? at("2026-08-20 10:00") : {}) });
    api = new Client(server);
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("a password has four kinds of characters and is none of the last ten", async () => {
    const username = "tiepnhan.thanhvinh";
    const session = await passwordOf(api, username, demoPassword);
    expect((await api.get("/api/v1/session", { as: session, expect: 200 })).json.password_rules).toEqual({ length_min: 8, four_kinds: true, history: 10 });
    const change = (current: string, next: string, expected: number) => api.post("/api/v1/session/password", { as: session, body: { current, new: next }, expect: expected });
    await change(demoPassword, "sông lam xanh", 422);
    await change(demoPassword, "Admin@123", 422);
    await change(demoPassword, "Sông-Lam1", 204);
    await change("Sông-Lam1", "Sông-Lam1", 422);
    await change("Sông-Lam1", "Sông-Lam2", 204);
    await change("Sông-Lam2", "Sông-Lam1", 422);
  });

  it("five wrong passwords lock for twelve hours, but not where he has signed in before", async () => {
    const username = "hotich.thanhvinh";
    await passwordOf(api, username, demoPassword);
    for (let i = 0; i < 5; i += 1) await api.post("/api/v1/session", { from: "127.3.0.1", body: { username, password: "sai rồi" }, expect: 401 });
    const locked = await api.post("/api/v1/session", { from: "127.3.0.1", body: { username, password: demoPassword }, expect: 429 });
    expect(Number(locked.headers["retry-after"])).toBeGreaterThan(11 * 3600);
    await api.post("/api/v1/session", { from: "127.4.0.1", body: { username, password: demoPassword }, expect: 429 });
    await passwordOf(api, username, demoPassword);
    const { session } = await setUpTotp(api, await passwordOf(api, "quantri", demoPassword));
    const him = await officerNamed(api, session, username);
    const given = (await api.post(`/api/v1/officers/${him.id}/password`, { as: session, expect: 200 })).json.initial_password;
    const freed = await api.post("/api/v1/session", { from: "127.3.0.1", body: { username, password: given }, expect: 200 });
    expect(freed.json.must_change_password).toBe(true);
  });

  it("passwords that were not compared, because too many came at once, are no wrong ones", async () => {
    const username = "hotich.truongvinh";
    const sign = (who: string, from?: string) => api.post("/api/v1/session", { ...(from && { from }), body: { username: who, password: demoPassword } });
    const statuses: number[] = [];
    // The right password, eight times, each in a crowd that fills the pool.
    for (let round = 0; round < 8; round += 1) {
      const crowd = Array.from({ length: 40 }, (_, i) => sign(`nobody.${round}.${i}`, `127.9.${i}.${1 + round}`));
      await new Promise((done) => setTimeout(done, 30));
      statuses.push((await sign(username, "127.20.0.1")).status);
      await Promise.all(crowd);
    }
    console.log(`in a crowd: ${statuses.join(" ")}`);
    expect((await sign(username, "127.20.0.1")).status).toBe(200);
  }, 40_000);

  it.skipIf(!clockCanBeSet)("an account that nobody used for 45 days is closed, told to the administrator, and opened by him", async () => {
    // The sessions and uses above are of August; now it is today.
    await server.stop();
    await server.start({ environment: { LD_PRELOAD: "", FAKETIME: "" } });
    await api.post("/api/v1/session", { body: { username: "chutich.thanhvinh", password: demoPassword }, expect: 401 });
    const folder = server.dataFolder;
    expect(readFileSync(join(folder, "log", "motcua.log"), "utf8")).toMatch(/not used for 45 days/);
  });
});
