// sign_in_flood.mjs - a flood of sign-ins against the one thread that hashes passwords, and what
// officers feel of it.
//
//   node bench/sign_in_flood.mjs [--program build/release/motcua] [--rate 40] [--seconds 20] [--dossiers 300]
//
// Open loop: sign-ins are sent by the clock whatever becomes of the ones before, with right passwords,
// from many addresses and accounts, so that no throttle but the pool's answers.  Beside them an
// officer's inbox is asked for at an even pace; its yardstick is the same without the flood, in the
// same run, before and after.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const program = option("program", join(root, "build/release/motcua"));
const rate = Number(option("rate", "40"));
const seconds = Number(option("seconds", "20"));
const dossiers = option("dossiers", "300");
const inboxRate = 50;
const password = "thu-nghiem-mot-cua";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

function call(port, method, path, { body, headers = {}, from, agent } = {}) {
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const begun = performance.now();
  return new Promise((resolve) => {
    const outgoing = request(
      { host: "127.0.0.1", port, method, path, agent, localAddress: from, headers: { ...(bytes && { "Content-Type": "application/json", "Content-Length": bytes.length }), ...headers } },
      (incoming) => {
        const pieces = [];
        incoming.on("data", (piece) => pieces.push(piece));
        incoming.on("end", () => resolve({ status: incoming.statusCode, headers: incoming.headers, body: Buffer.concat(pieces).toString(), ms: performance.now() - begun }));
      },
    );
    outgoing.on("error", () => resolve({ status: 0, headers: {}, body: "", ms: performance.now() - begun }));
    outgoing.end(bytes);
  });
}

// `send` at an even pace for so long; all answers.
async function paced(perSecond, lasting, send) {
  const answers = [];
  const begun = performance.now();
  for (let n = 0; performance.now() - begun < lasting * 1000; n += 1) {
    const due = begun + (n * 1000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    answers.push(send(n));
  }
  return Promise.all(answers);
}

async function main() {
  if (!existsSync(program)) throw new Error(`${program} is missing: build it with ./run --build-only`);
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "motcua-flood-"));
  const seeded = spawnSync(program, ["demo", "seed", "--data", folder, "--dossiers", dossiers, "--seed", "1"], { encoding: "utf8" });
  if (seeded.status !== 0) throw new Error(seeded.stderr);
  const server = spawn(program, ["serve", "--data", folder, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const printed = await new Promise((resolve, reject) => {
      let text = "";
      server.once("exit", () => reject(new Error("the server ended")));
      server.stdout.on("data", (piece) => {
        text += piece;
        if (/http:\/\/127\.0\.0\.1:\d+/.test(text) && text.includes(password)) resolve(text);
      });
    });
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(printed)[1]);
    const accounts = [...printed.matchAll(/\b([a-z]+\.[a-z]+)\b/g)].map((found) => found[1]).filter((name) => /^(tiepnhan|hotich|chutich|giamdoc|vanthu|thungan|chuyenvien)\./.test(name));
    if (accounts.length === 0) throw new Error(`no accounts in:\n${printed}`);

    // As many officers as there are accounts look at their inboxes in turn: one alone would be told to
    // come later, by the limit of one account.
    const cookies = [];
    for (const username of accounts) {
      const entered = await call(port, "POST", "/api/v1/session", { body: { username, password } });
      if (entered.status !== 200) throw new Error(`${username} is not let in: ${entered.status}`);
      cookies.push(entered.headers["set-cookie"][0].split(";")[0]);
    }
    const keep = new Agent({ keepAlive: true, maxSockets: 8 });
    const inbox = (lasting) => paced(inboxRate, lasting, (n) => call(port, "GET", "/api/v1/inbox", { headers: { Cookie: cookies[n % cookies.length] }, agent: keep }));
    const signIn = (n) => call(port, "POST", "/api/v1/session", { body: { username: accounts[n % accounts.length], password }, from: `127.${10 + (n % 200)}.0.1` });
    const told = (name, answers) => {
      const good = answers.filter((one) => one.status === 200).map((one) => one.ms).sort((one, other) => one - other);
      const others = [...new Set(answers.filter((one) => one.status !== 200).map((one) => one.status))];
      console.log(`${name}: ${answers.length} asked, ${good.length} answered 200${others.length > 0 ? `, the others ${others.join(", ")}` : ""}, p50 ${at(good, 0.5).toFixed(1)} ms, p99 ${at(good, 0.99).toFixed(1)} ms`);
      return at(good, 0.99);
    };

    const model = /model name\s*: (.*)/.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "?";
    console.log(`${cpus().length} processors ${model}, load ${loadavg()[0].toFixed(1)}, ${accounts.length} accounts`);
    // How fast one sign-in after the other goes: what the one thread can do.
    const alone = [];
    for (let n = 0; n < 20; n += 1) alone.push((await signIn(n)).ms);
    alone.sort((one, other) => one - other);
    console.log(`one sign-in after the other: p50 ${at(alone, 0.5).toFixed(1)} ms, that is ${(1000 / at(alone, 0.5)).toFixed(1)} a second`);

    const before = told("inbox, nobody signs in (before)", await inbox(seconds / 2));
    const [flood, during] = await Promise.all([paced(rate, seconds, (n) => signIn(n)), inbox(seconds)]);
    const p99 = told(`inbox, ${rate} sign-ins a second offered`, during);
    const after = told("inbox, nobody signs in (after)", await inbox(seconds / 2));
    const count = (status) => flood.filter((one) => one.status === status).length;
    const refused = flood.filter((one) => one.status === 429);
    const polite = refused.filter((one) => Number(one.headers["retry-after"]) > 0).length;
    console.log(`sign-ins: ${flood.length} offered in ${seconds} s, ${count(200)} let in (${(count(200) / seconds).toFixed(1)}/s), ${refused.length} answered 429 (${polite} with Retry-After), ${flood.length - count(200) - refused.length} otherwise`);
    console.log(`inbox p99 ${p99.toFixed(1)} ms (goal < 50 ms), ${(p99 / Math.max(before, after)).toFixed(1)} times that of the same run without sign-ins; load at the end ${loadavg()[0].toFixed(1)}`);
  } finally {
    server.kill("SIGTERM");
    await new Promise((done) => server.once("exit", done));
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
