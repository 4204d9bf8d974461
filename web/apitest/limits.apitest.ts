// How much somebody may ask: by account, by address block, all together; what a flood leaves to officers;
// what slow and oversized requests get.
import { readFileSync, readdirSync } from "node:fs";
import { Agent } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Client, type Session } from "./harness/client.ts";
import { receiveMarital } from "./harness/marital.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const servers: TestServer[] = [];
const clients: Client[] = [];
async function serve(...words: string[]): Promise<Client> {
  const server = await startServer({ dossiers: 0, arguments: words, environment: { MOTCUA_RATE_LIMIT: "" } });
  servers.push(server);
  clients.push(new Client(server));
  return clients.at(-1)!;
}
afterAll(async () => {
  for (const client of clients) client.close();
  for (const server of servers) await server.remove();
});

const percentile = (list: number[], of: number) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * of))]!;

// Offers `rate` a second for that long, whatever becomes of them, and counts what passes.
async function offer(rate: number, seconds: number, ask: () => Promise<number>): Promise<{ passed: number; refused: number; other: number }> {
  const counts = { passed: 0, refused: 0, other: 0 };
  const asked: Promise<void>[] = [];
  const started = performance.now();
  for (let i = 0; i < rate * seconds; ++i) {
    const wait = started + (i * 1000) / rate - performance.now();
    if (wait > 1) await new Promise((done) => setTimeout(done, wait));
    asked.push(
      ask().then((status) => {
        if (status === 429) ++counts.refused;
        else if (status < 500) ++counts.passed;
        else ++counts.other;
      }),
    );
  }
  await Promise.all(asked);
  return counts;
}

describe("A rate limit", () => {
  const seconds = 6;
  // In so many seconds pass the rate times the time, and the burst once.
  const near = (passed: number, rate: number, burst: number) => {
    const wanted = rate * seconds + burst;
    expect(passed).toBeGreaterThanOrEqual(Math.floor(wanted * 0.95) - 1);
    expect(passed).toBeLessThanOrEqual(Math.ceil(wanted * 1.05) + 1);
  };

  it("of an address block, of an account and of everybody holds within 5 %, and tells when to come back", async () => {
    const api = await serve("--rate-limit", "public=40/1+10", "--rate-limit", "officer=30/1+10", "--rate-limit", "lookup=1/60+2", "--rate-limit", "all.citizen=20/1+5");
    const officer = await api.signIn("tiepnhan.thanhvinh");
    await api.get("/api/v1/inbox", { as: officer, expect: 200 });
    const other = await api.signIn("hotich.thanhvinh");
    const status = async (path: string, call: object = {}) => (await api.get(path, call)).status;
    let n = 0;
    const [block, account, everybody] = await Promise.all([
      // Two addresses of one block have one limit.
      offer(80, seconds, () => status("/api/v1/agencies?q=vinh+phu", { from: `127.0.0.${2 + (++n % 2)}` })),
      offer(60, seconds, () => status("/api/v1/inbox", { as: officer })),
      offer(40, seconds, () => status("/api/v1/drafts/none", { from: `127.0.${1 + (++n % 200)}.1` })),
    ]);
    near(block.passed, 40, 10);
    near(account.passed, 30, 10);
    near(everybody.passed, 20, 5);
    expect(await status("/api/v1/inbox", { as: other }), "another account").toBe(200);
    expect(await status("/api/v1/agencies", { from: "127.9.9.9" }), "another block").toBe(200);

    const asked = () => api.get("/api/v1/tracking", { headers: { "X-Dossier-Code": "x" } });
    expect([(await asked()).status, (await asked()).status]).toEqual([404, 404]);
    const refused = await asked();
    expect(refused.status).toBe(429);
    expect(refused.json.type).toContain("too-many-requests");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(50);
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(60);
  }, 40_000);

  it("is told by a proxy's word only where the proxy is trusted", async () => {
    const untrusting = await serve("--rate-limit", "public=1/60+1");
    const forwarded = (i: number) => ({ headers: { "X-Forwarded-For": `203.0.${i}.9`, Forwarded: `for=203.0.${i}.9` } });
    expect((await untrusting.get("/api/v1/setup", forwarded(1))).status).toBe(200);
    expect((await untrusting.get("/api/v1/setup", forwarded(2))).status).toBe(429);
    const trusting = await serve("--rate-limit", "public=1/60+1", "--trusted-proxy", "127.0.0.0/8");
    expect((await trusting.get("/api/v1/setup", forwarded(1))).status).toBe(200);
    expect((await trusting.get("/api/v1/setup", forwarded(2))).status).toBe(200);
    expect((await trusting.get("/api/v1/setup", forwarded(2))).status).toBe(429);
  });
});

it("Officers work on while strangers flood the server", async () => {
  const api = await serve("--rate-limit", "off");
  const dice = seeded("flood");
  const officer = await api.signIn("tiepnhan.thanhvinh");
  await receiveMarital(api, officer, dice);
  const ask = async (as: Session) => {
    const before = performance.now();
    await api.get("/api/v1/inbox", { as, expect: 200 });
    return performance.now() - before;
  };
  const quiet: number[] = [];
  for (let i = 0; i < 60; ++i) quiet.push(await ask(officer));
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  let on = true;
  let strangers = 0;
  // Every one works out a whole form, on as many connections as there are places.
  const flood = Array.from({ length: 150 }, async () => {
    while (on) {
      await api.post("/api/v1/procedures/1.004873/evaluation", { body: { answers: maritalAnswers(dice) }, agent, key: null });
      ++strangers;
    }
  });
  await new Promise((done) => setTimeout(done, 500));
  const flooded: number[] = [];
  for (const end = performance.now() + 5000; performance.now() < end; ) flooded.push(await ask(officer));
  on = false;
  await Promise.all(flood);
  agent.destroy();
  const [before, during] = [percentile(quiet, 0.95), percentile(flooded, 0.95)];
  console.log(`flood: ${Math.round(strangers / 5.5)} strangers' requests a second; an officer's inbox p95 ${before.toFixed(1)} ms alone, ${during.toFixed(1)} ms with them (${flooded.length} requests)`);
  expect(during).toBeLessThan(1000);
}, 40_000);

// Connections that are slow in one of three ways, and a fresh request every few milliseconds.
async function slowLoris(api: Client, connections: number, seconds: number) {
  const port = Number(new URL(api.server.url()).port);
  const sockets: Socket[] = [];
  let cut = 0;
  for (let i = 0; i < connections; ++i) {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("error", () => undefined);
    socket.on("close", () => ++cut);
    const kind = i % 3;
    // What comes is read, so that the end is seen; but for those that are slow in reading.
    if (kind !== 2) socket.resume();
    socket.once("connect", () => {
      if (kind === 0) socket.write("POST /api/v1/drafts HTTP/1.1\r\nHost: x\r\n");
      if (kind === 1) socket.write("POST /api/v1/drafts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n");
      if (kind === 2) {
        socket.write("GET /api/v1/agencies HTTP/1.1\r\nHost: x\r\n\r\n");
        socket.pause();
      }
    });
    sockets.push(socket);
  }
  const drip = setInterval(() => {
    sockets.forEach((socket, i) => {
      if (socket.destroyed) return;
      if (i % 3 === 0) socket.write(`X-${Date.now()}: y\r\n`);
      if (i % 3 === 1) socket.write(" ");
    });
  }, 3000);
  const times: number[] = [];
  // Until all are there.
  await new Promise((done) => setTimeout(done, 2000));
  const agent = new Agent({ keepAlive: false });
  for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
    const before = performance.now();
    await api.get("/api/v1/setup", { agent, expect: 200 });
    times.push(performance.now() - before);
    await new Promise((done) => setTimeout(done, 20));
  }
  clearInterval(drip);
  agent.destroy();
  const left = sockets.filter((socket) => !socket.destroyed).length;
  for (const socket of sockets) socket.destroy();
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), asked: times.length, cut, left };
}

it("500 slow connections do not slow a fresh request", async () => {
  const nightly = process.env["MOTCUA_NIGHTLY"] === "1";
  const api = await serve("--rate-limit", "off");
  const seen = await slowLoris(api, 500, nightly ? 45 : 14);
  console.log(`slow loris: 500 connections slow in head, body or reading; ${seen.asked} fresh requests, median ${seen.p50.toFixed(1)} ms, p99 ${seen.p99.toFixed(1)} ms; ${seen.cut} cut by then`);
  expect(seen.p99).toBeLessThan(200);
  // A head that is not there within ten seconds; a body that comes a byte at a time within a minute.
  expect(seen.cut).toBeGreaterThanOrEqual(nightly ? 330 : 160);
}, 90_000);

// The process that serves that folder.
function serverPid(dataFolder: string): string {
  const isOurs = (pid: string) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return words[1] === "serve" && words.includes(dataFolder);
    } catch {
      return false;
    }
  };
  return readdirSync("/proc").find((pid) => /^\d+$/.test(pid) && isOurs(pid))!;
}

it("Slow bodies take no more memory than strangers have, and an officer's goes through", async () => {
  const api = await serve("--rate-limit", "off");
  const officer = await api.signIn("tiepnhan.thanhvinh");
  await api.get("/api/v1/inbox", { as: officer, expect: 200 });
  const port = Number(new URL(api.server.url()).port);
  const pid = serverPid(api.server.dataFolder);
  const rss = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
  const before = rss();
  const body = Buffer.from(`{"a":"${"x".repeat(1024 * 1024 - 20)}`);
  const answers = { refused: 0 };
  const sockets: Socket[] = [];
  // Six hundred bodies of a megabyte, but for their last bytes, from six blocks.
  for (let i = 0; i < 600; ++i) {
    const socket = connect({ port, host: "127.0.0.1", localAddress: `127.50.${i % 6}.1` });
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => (answers.refused += bytes.toString().startsWith("HTTP/1.1 503") ? 1 : 0));
    socket.write("POST /api/v1/procedures/1.004873/evaluation HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\n\r\n");
    socket.write(body);
    sockets.push(socket);
    if (i % 50 === 49) await new Promise((done) => setTimeout(done, 100));
  }
  await new Promise((done) => setTimeout(done, 1500));
  const grown = rss() - before;
  // A body that is large, of an officer; and a stranger's that is small.
  const large = { procedure: "1.004873", answers: { note: "x".repeat(700_000) } };
  expect((await api.post("/api/v1/dossiers", { as: officer, body: large })).status).not.toBe(503);
  await api.post("/api/v1/drafts", { body: { procedure: "1.004873" }, expect: 201 });
  for (const socket of sockets) socket.destroy();
  console.log(`slow bodies: 600 of a megabyte grew the server by ${grown.toFixed(0)} MiB, ${answers.refused} were told to come later`);
  expect(answers.refused).toBeGreaterThan(300);
  expect(grown).toBeLessThan(320);
}, 40_000);

it("A large body that its sender may not send is refused by its head", async () => {
  const api = await serve("--rate-limit", "off");
  const raw = Buffer.alloc(200_000, 32);
  const json = { "Content-Type": "application/json" };
  await api.call("PUT", "/api/v1/drafts/0123456789abcdef0123456789abcdef", { raw, headers: { ...json, "X-Draft-Secret": "AAAAAAAAAAAAAAAAAAAA" }, expect: 404 });
  await api.call("POST", "/api/v1/officers", { raw, headers: json, expect: 401 });
});

describe("What is too large or too deep", () => {
  it("is refused in a moment, and the server lives", async () => {
    const api = await serve("--rate-limit", "off");
    const officer = await api.signIn("tiepnhan.thanhvinh");
    const deep = (depth: number) => `${'{"answers":'.repeat(depth)}{}${"}".repeat(depth)}`;
    const post = (raw: string, headers: Record<string, string> = {}) => api.post("/api/v1/drafts", { raw, headers: { "Content-Type": "application/json", ...headers } });
    const cases: [string, () => Promise<{ status: number }>, number[]][] = [
      ["JSON 10,000 deep", () => post(deep(10_000)), [400]],
      ["arrays 10,000 deep", () => post(`{"answers":${"[".repeat(10_000)}${"]".repeat(10_000)}}`), [400]],
      ["JSON of 1 MiB and more", () => post(`{"procedure":"${"x".repeat(1_100_000)}"}`), [413]],
      ["10,000 answers", () => post(JSON.stringify({ procedure: "1.004873", answers: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, "x"])) })), [201, 400, 413, 422]],
      ["a number of 100,000 digits", () => post(`{"procedure":${"9".repeat(100_000)}}`), [400, 422]],
      ["8 KiB of headers", () => api.get("/api/v1/setup", { headers: { "X-Long": "x".repeat(9000) } }), [431]],
      ["64 KiB of query", () => api.get(`/api/v1/procedures?q=${"x".repeat(65_000)}`), [400, 414, 431]],
      ["500 query parameters", () => api.get(`/api/v1/procedures?${"a=b&".repeat(500)}`), [400]],
      ["a path of 100 segments", () => api.get(`/api/v1${"/a".repeat(100)}`), [400, 404]],
      ["a search of 5,000 letters", () => api.get(`/api/v1/dossiers?q=${"a".repeat(5000)}`, { as: officer }), [200, 400, 422]],
    ];
    for (const [what, ask, allowed] of cases) {
      const before = performance.now();
      const { status } = await ask();
      expect(allowed, `${what}: ${status}`).toContain(status);
      expect(performance.now() - before, what).toBeLessThan(1000);
    }
    await api.get("/healthz", { expect: 200 });
  });

  it("does not make a pattern run away: 200,000 characters against every field of every form", async () => {
    const api = await serve("--rate-limit", "off");
    const procedures = (await api.get("/api/v1/procedures", { expect: 200 })).json.items as { code: string }[];
    const evil = ["a", "1", " ", "Đ", "-1", "@a."].map((one) => one.repeat(Math.floor(200_000 / one.length)));
    let checked = 0;
    for (const { code } of procedures) {
      const form = (await api.get(`/api/v1/procedures/${code}`, { expect: 200 })).json.form;
      const fields = (form.pages as { fields: { id: string; type: string; pattern?: string }[] }[]).flatMap((page) => page.fields);
      const asked = fields.filter((field) => field.pattern || ["email", "phone", "personal_id", "tax_code"].includes(field.type)).slice(0, 4);
      for (const text of evil) {
        const answers = Object.fromEntries(asked.map((field) => [field.id, text]));
        const before = performance.now();
        await api.post(`/api/v1/procedures/${code}/evaluation`, { body: { answers }, key: null }).then((answer) => expect([200, 413, 422]).toContain(answer.status));
        expect(performance.now() - before, `${code}`).toBeLessThan(2000);
        checked += asked.length;
      }
    }
    console.log(`patterns: ${checked} answers of 200,000 characters`);
  }, 60_000);
});
