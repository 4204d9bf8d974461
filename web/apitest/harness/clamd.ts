// clamd.ts - a scanner for the tests: a false one that finds a pattern and can be taken away, and the
// true one where it is installed, with a signature of our own.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

// What every scanner finds, put together when it is needed.
export const pattern = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-", "TEST-FILE!$H+H*"].join("");

export interface Scanner {
  address: string;
  stop(): Promise<void>;
}

function answerStream(socket: Socket, bytes: Buffer): Buffer {
  let at = 0;
  let body = Buffer.alloc(0);
  for (;;) {
    if (bytes.length - at < 4) return bytes;
    const size = bytes.readUInt32BE(at);
    if (size === 0) break;
    if (bytes.length - at - 4 < size) return bytes;
    body = Buffer.concat([body, bytes.subarray(at + 4, at + 4 + size)]);
    at += 4 + size;
  }
  socket.end(body.includes(pattern) ? "stream: Eicar-Test FOUND\0" : "stream: OK\0");
  return bytes;
}

export class FalseClamd implements Scanner {
  readonly address: string;
  private readonly folder = mkdtempSync(join(tmpdir(), "motcua-clamd-"));
  private server: Server | null = null;

  constructor() {
    this.address = join(this.folder, "clamd.ctl");
  }

  start(): Promise<void> {
    this.server = createServer((socket) => {
      let all = Buffer.alloc(0);
      socket.on("error", () => undefined);
      socket.on("data", (piece) => {
        all = Buffer.concat([all, piece]);
        if (all.subarray(0, 9).toString("latin1") === "zVERSION\0") socket.end("ClamAV 1.4.6/1/Test\0");
        else if (all.subarray(0, 10).toString("latin1") === "zINSTREAM\0") answerStream(socket, all.subarray(10));
      });
    });
    return new Promise((done) => this.server!.listen(this.address, done));
  }
  async stop(): Promise<void> {
    const server = this.server;
    this.server = null;
    if (server) await new Promise((done) => server.close(done));
  }
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const clamd = "/usr/sbin/clamd";
export const hasClamd = existsSync(clamd);

export async function startClamd(): Promise<Scanner> {
  const folder = mkdtempSync(join(tmpdir(), "motcua-true-clamd-"));
  // No signatures but our own: name, any type, anywhere, the bytes.
  writeFileSync(join(folder, "own.ndb"), `Motcua.Test:0:*:${Buffer.from(pattern, "latin1").toString("hex")}\n`);
  const address = join(folder, "clamd.ctl");
  writeFileSync(join(folder, "clamd.conf"), [`LocalSocket ${address}`, `DatabaseDirectory ${folder}`, "Foreground yes", "StreamMaxLength 25M", "MaxThreads 2", "ExitOnOOM yes", ""].join("\n"));
  const running: ChildProcess = spawn(clamd, ["-c", join(folder, "clamd.conf")], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  running.stdout?.on("data", (piece: Buffer) => (said += piece.toString()));
  running.stderr?.on("data", (piece: Buffer) => (said += piece.toString()));
  const until = Date.now() + 60_000;
  while (!existsSync(address)) {
    if (Date.now() > until || running.exitCode !== null) throw new Error(`clamd does not start: ${said}`);
    await new Promise((done) => setTimeout(done, 200));
  }
  return {
    address,
    stop: async () => {
      const ended = new Promise((done) => running.once("close", done));
      running.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
