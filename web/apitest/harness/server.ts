// server.ts - the real server on a port of its own choice, with a data folder of its own.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// A test asks more of a server in a second than a town does; those that test the limits set their own.
process.env["MOTCUA_RATE_LIMIT"] ??= "off";

const root = fileURLToPath(new URL("../../..", import.meta.url));
export const binary = process.env["MOTCUA_BINARY"] ?? join(root, "build/release/motcua");

export const memory = process.env["MOTCUA_TEST_FOLDER"] ?? (existsSync("/dev/shm") ? "/dev/shm" : tmpdir());

export interface ServerOptions {
  // Demonstration dossiers; null seeds nothing at all, accounts included.
  dossiers?: number | null;
  seed?: number;
  arguments?: string[];
  // Added to the environment, of seeding as well.
  environment?: Record<string, string>;
  // Where the data folder is made: memory by default, which bears other work on the disk.  A process
  // that is killed loses nothing there either; only a machine would.
  folder?: string;
}

export interface TestServer {
  // Changes with every start.
  url(): string;
  dataFolder: string;
  // What `serve` printed at its last start.
  output(): string;
  start(more?: Pick<ServerOptions, "environment">): Promise<void>;
  stop(): Promise<void>;
  // SIGKILL, and the process is gone when this returns.
  kill(): Promise<void>;
  // When it ends, or has ended, by itself.
  ended(): Promise<{ code: number | null; errors: string }>;
  remove(): Promise<void>;
}

export function motcua(...args: string[]) {
  return spawnSync(binary, args, { encoding: "utf8", cwd: tmpdir(), maxBuffer: 64 * 1024 * 1024 });
}

function seed(options: ServerOptions, dataFolder: string) {
  const words = ["demo", "seed", "--data", dataFolder, "--dossiers", String(options.dossiers ?? 0), "--seed", String(options.seed ?? 1)];
  return spawnSync(binary, words, { encoding: "utf8", cwd: tmpdir(), env: { ...process.env, ...options.environment } });
}

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: build it with ./run --build-only`);
  const dataFolder = mkdtempSync(join(options.folder ?? memory, "motcua-api-"));
  if (options.dossiers !== null) {
    const seeded = seed(options, dataFolder);
    if (seeded.status !== 0) throw new Error(`demo seed ended with ${seeded.status}:\n${seeded.stderr}`);
  }
  let running: ChildProcess | null = null;
  let address = "";
  let printed = "";
  let errors = "";

  const start: TestServer["start"] = (more = {}) =>
    new Promise((resolve, reject) => {
      printed = "";
      errors = "";
      const child = spawn(binary, ["serve", "--data", dataFolder, "--listen", "127.0.0.1:0", ...(options.arguments ?? [])], {
        stdio: ["ignore", "pipe", "pipe"],
        cwd: tmpdir(),
        env: { ...process.env, ...options.environment, ...more.environment },
      });
      running = child;
      const late = setTimeout(() => reject(new Error(`the server printed no address in two minutes:\n${printed}${errors}`)), 120_000);
      child.stderr.on("data", (piece: Buffer) => (errors += piece.toString("utf8")));
      child.stdout.on("data", (piece: Buffer) => {
        printed += piece.toString("utf8");
        const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(printed);
        if (found && printed.includes("\n")) {
          address = found[0];
          clearTimeout(late);
          resolve();
        }
      });
      child.once("exit", (code, signal) => {
        clearTimeout(late);
        reject(new Error(`the server ended with ${String(code ?? signal)}:\n${printed}${errors}`));
      });
    });
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    const ending = running;
    running = null;
    if (!ending?.pid || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((done) => ending.once("close", done));
    ending.kill(signal);
    await ended;
  };
  await start();
  return {
    url: () => address,
    dataFolder,
    output: () => printed,
    start,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    ended: async () => {
      const ending = running!;
      if (ending.exitCode === null && ending.signalCode === null) await new Promise((done) => ending.once("close", done));
      return { code: ending.exitCode, errors };
    },
    remove: async () => {
      await end("SIGTERM");
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
