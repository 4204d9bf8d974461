// The restore drill: backups under filing load, the machine lost, everything back in an empty folder.
import { randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { birthAnswers, seeded, thanhVinh } from "./harness/answers.ts";
import { Client, type Json } from "./harness/client.ts";
import { upload } from "./harness/desk.ts";
import { pdf } from "./harness/files.ts";
import { binary, startServer, type TestServer } from "./harness/server.ts";

const dice = seeded("restore");
const officer = "tiepnhan.thanhvinh";

interface Filed {
  code: string;
  secret: string;
  at: number; // when it was acknowledged
  took: number;
}

let server: TestServer;
let api: Client;
let root: string;
let backups: string;
const filed: Filed[] = [];
const figures: Record<string, unknown> = {};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "motcua-restore-"));
  backups = join(root, "backups");
  // On the disk itself, where syncs cost what they cost.
  server = await startServer({ dossiers: 200, folder: tmpdir(), arguments: ["--public-url", "https://motcua.example.vn"] });
  api = new Client(server);
});
afterAll(async () => {
  console.log(`restore drill: ${JSON.stringify(figures)}`);
  api?.close();
  await server?.remove();
  if (root) rmSync(root, { recursive: true, force: true });
});

// Beside the running load, which a call that waits would stop.
function motcua(...words: string[]): Promise<{ status: number | null; json: Json; out: string; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(binary, words, { cwd: tmpdir() });
    let out = "";
    let errors = "";
    child.stdout.on("data", (piece: Buffer) => (out += piece.toString("utf8")));
    child.stderr.on("data", (piece: Buffer) => (errors += piece.toString("utf8")));
    child.once("close", (status) => resolve({ status, out, errors, json: out.startsWith("{") ? JSON.parse(out) : undefined }));
  });
}

// Files from eight sides until told to stop; a broken connection ends a side.
function load() {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let on = true;
  const sides = Array.from({ length: 8 }, async () => {
    while (on) {
      const started = Date.now();
      const body = { procedure: "1.001193", answers: birthAnswers(dice, { registration_commune: thanhVinh }) };
      try {
        const answer = await api.post("/api/v1/dossiers", { body, key: randomUUID(), agent, expect: 201 });
        filed.push({ code: answer.json.code, secret: answer.json.secret, at: Date.now(), took: Date.now() - started });
      } catch (fault) {
        if (!["ECONNRESET", "ECONNREFUSED", "EPIPE"].includes(String((fault as { code?: string }).code))) throw fault;
        return;
      }
    }
  });
  return async () => {
    on = false;
    await Promise.all(sides);
    agent.destroy();
  };
}

function p99(times: number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}

it("backs up twice while filings go on, and comes back in an empty folder with all that was acknowledged before", { timeout: 120_000 }, async () => {
  const session = await api.signIn(officer);
  const papers: { id: string; bytes: Buffer }[] = [];
  const add = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const bytes = Buffer.concat([pdf(), Buffer.from(`\n% ${randomUUID()}\n`)]);
      const kept = await upload(api, "/api/v1/files", "birth_paper", {}, { as: session, raw: bytes });
      papers.push({ id: kept.json.id as string, bytes });
    }
  };
  await add(20);
  const stop = load();
  await wait(1_500);
  const quiet = filed.length;
  const quietTimes = filed.map((one) => one.took);
  const first = await motcua("backup", "--data", server.dataFolder, backups, "--json");
  expect(first.status, first.errors + first.out).toBe(0);
  expect(first.json.papers_copied).toBeGreaterThanOrEqual(20);
  await add(5);
  const begun = Date.now();
  const second = await motcua("backup", "--data", server.dataFolder, backups, "--json");
  const ended = Date.now();
  expect(second.status, second.errors + second.out).toBe(0);
  expect(second.json.papers_copied, "only what is new").toBe(5);
  const during = filed.filter((one) => one.at >= begun && one.at <= ended).map((one) => one.took);
  await wait(1_000);
  await server.kill();
  await stop();
  const killed = Date.now();
  expect(quiet).toBeGreaterThan(0);
  Object.assign(figures, {
    filed: filed.length,
    backup_ms: ended - begun,
    p99_quiet_ms: p99(quietTimes),
    p99_during_backup_ms: p99(during),
    store_mb: Math.round((second.json.store_bytes as number) / 1e5) / 10,
  });

  // The machine is gone; another one gets the backup.
  rmSync(server.dataFolder, { recursive: true, force: true });
  const restoring = Date.now();
  const back = await motcua("restore", backups, "--data", server.dataFolder, "--json");
  expect(back.status, back.errors + back.out).toBe(0);
  expect(back.json.restored).toBe(true);
  await server.start();
  const lastEvent = Date.parse(back.json.last_event.at as string);
  Object.assign(figures, { RTO_ms: Date.now() - restoring, RPO_ms: killed - lastEvent });

  const before = filed.filter((one) => one.at < begun);
  expect(before.length).toBeGreaterThan(0);
  let lost = 0;
  for (const one of before) {
    const seen = await api.get("/api/v1/tracking", { headers: { "X-Dossier-Code": one.code, "X-Receipt-Secret": one.secret } });
    if (seen.status !== 200) lost += 1;
  }
  expect(lost, "acknowledged before the backup began and gone").toBe(0);
  figures["acknowledged_before"] = before.length;

  // Codes go on where the image ended: no gap and no double.
  const counters = () => {
    const sqlite = process.getBuiltinModule("node:sqlite");
    const database = new sqlite.DatabaseSync(join(server.dataFolder, "motcua.db"), { readOnly: true });
    const rows = database.prepare("SELECT code FROM dossier").all() as { code: string }[];
    database.close();
    const series = new Map<string, number[]>();
    for (const { code } of rows) {
      const cut = code.lastIndexOf("-");
      series.set(code.slice(0, cut), [...(series.get(code.slice(0, cut)) ?? []), Number(code.slice(cut + 1))]);
    }
    return series;
  };
  for (let i = 0; i < 5; i++) {
    const body = { procedure: "1.001193", answers: birthAnswers(dice, { registration_commune: thanhVinh }) };
    await api.post("/api/v1/dossiers", { body, expect: 201 });
  }
  for (const [name, numbers] of counters()) {
    numbers.sort((one, other) => one - other);
    expect(numbers, name).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1));
  }
  const verified = await motcua("verify", "--data", server.dataFolder, "--json");
  expect(verified.status, verified.out).toBe(0);
  expect(verified.json.papers).toBeGreaterThanOrEqual(25);
  expect(verified.json.leaves).toBeGreaterThan(0);
});

it("a killed backup leaves the earlier ones whole, and the next one takes up its papers", { timeout: 60_000 }, async () => {
  const there = readdirSync(backups).filter((name) => /^\d{4}-/.test(name));
  for (let round = 0; round < 8; round++) {
    const child = spawn(binary, ["backup", "--data", server.dataFolder, backups], { cwd: tmpdir(), stdio: "ignore" });
    const ended = new Promise((done) => child.once("close", done));
    await wait(dice.below(60));
    child.kill("SIGKILL");
    await ended;
  }
  for (const name of there) {
    const whole = await motcua("verify", backups, "--generation", name, "--json");
    expect(whole.status, whole.out).toBe(0);
  }
  const next = await motcua("backup", "--data", server.dataFolder, backups, "--keep", "2", "--json");
  expect(next.status, next.errors + next.out).toBe(0);
  expect(readdirSync(backups).filter((name) => name.startsWith(".")), "nothing unfinished is left").toEqual([]);
  expect(readdirSync(backups).filter((name) => /^\d{4}-/.test(name))).toHaveLength(2);
  expect((await motcua("verify", backups, "--json")).status).toBe(0);
});

it("finds every damage, and restores nothing from it", { timeout: 60_000 }, async () => {
  const newest = readdirSync(backups).filter((name) => /^\d{4}-/.test(name)).sort().at(-1)!;
  const shard = readdirSync(join(backups, "files")).find((name) => name.length === 2)!;
  const paper = join(backups, "files", shard, readdirSync(join(backups, "files", shard))[0]!);
  const image = join(backups, newest, "motcua.db");
  const flip = (file: string, at: number) => {
    const bytes = readFileSync(file);
    bytes[at]! ^= 1;
    writeFileSync(file, bytes);
  };
  const damages: [string, string, () => void][] = [
    ["a byte of the image", image, () => flip(image, 4096 + dice.below(60_000))],
    ["the image cut short", image, () => truncateSync(image, 40_960)],
    ["a byte of a paper", paper, () => flip(paper, 5)],
    ["a paper gone", paper, () => rmSync(paper)],
    ["a changed manifest", join(backups, newest, "manifest.json"), () => flip(join(backups, newest, "manifest.json"), 60)],
    ["a changed key", join(backups, newest, "secret.key"), () => flip(join(backups, newest, "secret.key"), 5)],
  ];
  for (const [what, file, damage] of damages) {
    const copy = join(root, "kept");
    cpSync(file, copy);
    damage();
    const found = await motcua("verify", backups, "--json");
    expect(found.status, what).toBe(1);
    expect((found.json.findings as Json[]).length, what).toBeGreaterThan(0);
    const target = join(root, "never");
    const refused = await motcua("restore", backups, "--data", target, "--json");
    expect(refused.status, what).toBe(1);
    expect(existsSync(join(target, "motcua.db")), what).toBe(false);
    cpSync(copy, file);
  }
  expect((await motcua("verify", backups, "--json")).status).toBe(0);
});
