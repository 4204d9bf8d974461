// server.ts - the real server, on a free port, with a data folder of its own.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const binary = process.env["MOTCUA_BINARY"] ?? join(root, "build/release/motcua");

export interface ServerOptions {
  // Demonstration dossiers and accounts; 0 seeds none.
  dossiers?: number;
  seed?: number;
  // Further arguments of `serve`.
  arguments?: string[];
  // The moment at which seeding and the first start take place, as "2026-08-20 10:00" in Vietnam: needs
  // `faketime`.  Started again, the server lives in the present.
  since?: string;
}

// What `faketime` would preload: the program itself, killed with its server, leaves a semaphore behind.
const clockLibrary = /^LD_PRELOAD=(.*)$/m.exec(spawnSync("faketime", ["-f", "+0d", "env"], { encoding: "utf8" }).stdout ?? "")?.[1] ?? "";
export const clockCanBeSet = clockLibrary !== "";

function clockSetTo(moment: string | undefined): Record<string, string> {
  if (moment === undefined) return {};
  return { LD_PRELOAD: clockLibrary, FAKETIME: `@${moment}:00`, FAKETIME_DONT_FAKE_MONOTONIC: "1", DONT_FAKE_MONOTONIC: "1", TZ: "Asia/Ho_Chi_Minh" };
}

export interface RunningServer {
  url: string;
  dataFolder: string;
  // What `demo seed` printed: the demonstration accounts among it.
  seedOutput: string;
  // What `serve` printed so far: the one-time link among it.
  output(): string;
  // Orderly stop; the data stays, so that `start` goes on with it.
  stop(): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  // Stop and remove the data.
  remove(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function waitUntilHealthy(url: string, process: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (process.exitCode !== null) throw new Error(`the server ended with ${process.exitCode}:\n${readFileSync(log, "utf8")}`);
    const answered = await fetch(`${url}/healthz`).catch(() => null);
    if (answered?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the server did not answer in 30 s:\n${readFileSync(log, "utf8")}`);
}

export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: build it with ./run --build-only`);
  const dataFolder = mkdtempSync(join(tmpdir(), "motcua-e2e-"));
  const dossiers = options.dossiers ?? 30;
  let seedOutput = "";
  if (dossiers > 0) {
    const words = ["demo", "seed", "--data", dataFolder, "--dossiers", String(dossiers), "--seed", String(options.seed ?? 1)];
    const seeded = spawnSync(binary, words, { encoding: "utf8", env: { MOTCUA_RATE_LIMIT: "off", ...process.env, ...clockSetTo(options.since) } });
    if (seeded.status !== 0) throw new Error(`demo seed ended with ${seeded.status}:\n${seeded.stderr}`);
    seedOutput = seeded.stdout;
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(dataFolder, "serve.log");
  let running: ChildProcess | null = null;

  const startAt = async (moment?: string) => {
    const output = openSync(log, "a");
    const words = ["serve", "--data", dataFolder, "--listen", `127.0.0.1:${port}`, ...(options.arguments ?? [])];
    running = spawn(binary, words, { stdio: ["ignore", output, output], env: { ...process.env, ...clockSetTo(moment) } });
    await waitUntilHealthy(url, running, log);
  };
  const start = () => startAt();
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    const ending = running;
    running = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((done) => ending.once("exit", done));
    ending.kill(signal);
    await ended;
  };
  await startAt(options.since);
  return {
    url,
    dataFolder,
    seedOutput,
    output: () => readFileSync(log, "utf8"),
    start,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    remove: async () => {
      await end("SIGTERM");
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
