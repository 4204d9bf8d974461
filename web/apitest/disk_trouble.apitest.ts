// A disk that is full, and one that refuses to make things durable, under the whole program.
//
// MOTCUA_FULL_CYCLES says how often the disk fills up.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, unlinkSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { Client, demoPassword } from "./harness/client.ts";
import { Broken, Life, type People } from "./harness/kept_life.ts";
import { binary, startServer, type TestServer } from "./harness/server.ts";

const dice = seeded("disk trouble");
const faultLibrary = join(dirname(binary), "src/storage/fault/libmotcua_fault.so");
const clients = 8;

async function signIn(api: Client): Promise<People> {
  const [reception, specialist, leader, clerk] = await Promise.all(
    ["tiepnhan.thanhvinh", "hotich.thanhvinh", "chutich.thanhvinh", "vanthu.thanhvinh"].map((name) => api.freshSession(name, demoPassword)),
  );
  return { reception: reception!, specialist: specialist!, leader: leader!, clerk: clerk! };
}

// A folder with room of its own: a small file system in memory where we may mount one, else the
// program's own calls are told that there is no room.
class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), "motcua-small-"));
  readonly mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", this.folder]).status === 0;
  private readonly ballast = join(this.folder, "ballast");

  get environment(): Record<string, string> {
    return this.mounted ? {} : { LD_PRELOAD: faultLibrary, MOTCUA_FULL_WHILE: this.ballast };
  }
  fill() {
    if (!this.mounted) return writeFileSync(this.ballast, "");
    const file = openSync(this.ballast, "w");
    const piece = Buffer.alloc(1 << 16);
    try {
      for (let size = piece.length; size >= 4096; ) {
        try {
          writeSync(file, piece, 0, size);
        } catch {
          size = size >> 1;
        }
      }
    } finally {
      closeSync(file);
    }
  }
  free() {
    unlinkSync(this.ballast);
  }
  remove() {
    if (this.mounted) spawnSync("umount", ["-l", this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe("A full disk", () => {
  const cycles = Number(process.env["MOTCUA_FULL_CYCLES"] ?? 20);
  const disk = new SmallDisk();
  let server: TestServer | undefined;
  afterAll(async () => {
    await server?.remove();
    disk.remove();
  });

  it(`refuses writes with 507, answers reads, and is forgotten ten seconds after there is room: ${cycles} times`, { timeout: 60_000 + cycles * 30_000, retry: 0 }, async () => {
    mkdirSync(join(disk.folder, "data"));
    server = await startServer({ dossiers: 0, folder: join(disk.folder, "data"), environment: disk.environment });
    const api = new Client(server);
    const people = await signIn(api);
    const lives: Life[] = [];
    const statuses: Record<string, number> = {};
    let slowest = 0;
    const newLife = (client: number) => {
      const life = new Life(api, people, dice, client, 20_000);
      lives.push(life);
      return life;
    };
    const live = (stopped: () => boolean) =>
      Promise.all(
        Array.from({ length: clients }, async (_, client) => {
          while (!stopped()) {
            const life = lives.find((one) => one.client === client && !one.over) ?? newLife(client);
            const refused = life.refused;
            await life.goOn(stopped);
            if (life.flaws.length > 0) return;
            if (life.refused > refused) await wait(20);
          }
        }),
      );
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      const before = lives.reduce((sum, life) => sum + life.refused, 0);
      let stop = false;
      const working = live(() => stop);
      await wait(100);
      disk.fill();
      const full = performance.now();
      // Until writes are refused, and some time more.
      while (lives.reduce((sum, life) => sum + life.refused, 0) < before + clients && performance.now() - full < 10_000) {
        if (disk.mounted && statfsSync(disk.folder).bavail > 4) {
          disk.free();
          disk.fill();
        }
        await wait(20);
      }
      const refused = lives.reduce((sum, life) => sum + life.refused, 0) - before;
      expect(refused, "writes were refused").toBeGreaterThan(0);
      // Reading goes on.
      for (const life of lives.slice(-4)) await life.look();
      const refusal = await api.post("/api/v1/drafts", { body: { procedure: "1.001193", answers: { requester_name: "x".repeat(30_000) } } });
      statuses[refusal.status] = (statuses[refusal.status] ?? 0) + 1;
      if (refusal.status >= 500) {
        expect(refusal.status, refusal.text).toBe(507);
        expect(refusal.headers["content-type"]).toContain("application/problem+json");
        expect(refusal.json.title).toBeTruthy();
      }
      await api.get("/api/v1/inbox", { as: people.reception, expect: 200 });
      stop = true;
      await working;
      disk.free();
      const since = performance.now();
      for (;;) {
        const answer = await api.post("/api/v1/drafts", { body: { procedure: "1.001193", answers: {} } });
        if (answer.status === 201) break;
        expect(performance.now() - since, `still ${answer.status} ${answer.text}`).toBeLessThan(10_000);
        await wait(50);
      }
      slowest = Math.max(slowest, performance.now() - since);
      expect(lives.flatMap((life) => life.flaws)).toEqual([]);
      for (const life of lives) {
        await life.retry();
        await life.look();
      }
      expect(lives.flatMap((life) => life.flaws)).toEqual([]);
    }
    console.log(`${cycles} times full (${disk.mounted ? "a file system of 64 MiB" : "by its calls"}): ${lives.length} lives, ${lives.reduce((sum, life) => sum + life.refused, 0)} writes refused, answers of the probe ${JSON.stringify(statuses)}, back after at most ${Math.round(slowest)} ms`);
    api.close();
    await server.stop();
    await server.start();
    const again = new Client(server);
    for (const life of lives) {
      if (!life.filed) continue;
      const seen = await again.get(`/api/v1/dossiers/${life.filed.id}`, { as: people.reception, expect: 200 });
      expect(Number(seen.json.version)).toBeGreaterThanOrEqual(life.version);
    }
    again.close();
  });
});

describe("A sync that fails", () => {
  const cases = [
    ...[1, 2, 3, 7, 20, 60].map((k) => ({ in: "motcua.db-wal", k })),
    ...[1, 2, 3, 4, 8, 15].map((k) => ({ in: "/files", k })),
  ];
  it.each(cases)("ends the program with 70 at once: number $k under $in", { timeout: 60_000, retry: 0 }, async ({ in: where, k }) => {
    expect(existsSync(faultLibrary), faultLibrary).toBe(true);
    const server = await startServer({ dossiers: 0 });
    const api = new Client(server);
    const people = await signIn(api);
    await server.stop();
    const lives: Life[] = [];
    try {
      const ends = (reason: unknown) => expect(String(reason)).toContain("ended with 70");
      const started = await server.start({ environment: { LD_PRELOAD: faultLibrary, MOTCUA_FAIL_SYNC_AT: String(k), MOTCUA_FAIL_SYNC_IN: where } }).then(
        () => true,
        (reason: unknown) => (ends(reason), false),
      );
      if (started) {
        await Promise.all(
          Array.from({ length: clients }, async (_, client) => {
            try {
              for (;;) {
                const life = new Life(api, people, dice, client);
                lives.push(life);
                await life.goOn();
                if (life.flaws.length > 0) return;
              }
            } catch (fault) {
              if (!(fault instanceof Broken)) throw fault;
            }
          }),
        );
        const { code, errors } = await server.ended();
        expect(code, errors).toBe(70);
        expect(errors).toContain("fails");
      }
      expect(lives.flatMap((life) => life.flaws)).toEqual([]);
      await server.start();
      for (const life of lives) {
        await life.look();
        await life.retry();
        await life.repeatLast();
        await life.look();
      }
      expect(lives.flatMap((life) => life.flaws)).toEqual([]);
    } finally {
      api.close();
      await server.remove();
    }
  });
});
