// kill_rounds.ts - kill -9 under mixed load, again and again: what was acknowledged is there, once, and nothing
// is half-written.
//
// On SQLite the server is killed; on PostgreSQL the server, and then PostgreSQL under it.  MOTCUA_KILLS says how
// often the server is.
import { statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { birthAnswers, seeded } from "./answers.ts";
import { Client, demoPassword, type Json, type Session } from "./client.ts";
import { Broken, Life, orBroken, type People } from "./kept_life.ts";
import { PostgresCluster } from "./postgres_cluster.ts";
import { motcua, startServer, type TestServer } from "./server.ts";

const killsOf = { sqlite: Number(process.env["MOTCUA_KILLS"] ?? 100), postgres: Number(process.env["MOTCUA_KILLS"] ?? 25) };
const killsOfPostgres = 10;
// From PostgreSQL's return until the server writes again.
const slowestReturnMs = 12_000;
const clients = 32;
// So many kills on one store; then the next begins, so that looking at everything stays short.
const killsOfOneStore = 20;

export function killRounds(engine: "sqlite" | "postgres") {
  const dice = seeded(`kill, ${engine}`);
  const kills = killsOf[engine];
  let cluster: PostgresCluster | undefined;
  let server: TestServer;
  let api: Client;
  let people: People;
  let lives: Life[] = [];
  const totals = { kills: 0, lives: 0, acknowledged: 0, retried: 0, flaws: 0, slowestStartMs: 0, ...(engine === "postgres" && { killsOfPostgres: 0, slowestReturnMs: 0 }) };
  const startsMs: number[] = [];

  async function begin() {
    cluster = engine === "postgres" ? new PostgresCluster() : undefined;
    // Under one public address, because the port changes with each start.
    server = await startServer({ dossiers: 0, arguments: ["--public-url", "https://motcua.example.vn", "--seal-interval", "1"], environment: cluster ? { MOTCUA_STORE: cluster.url } : {} });
    api = new Client(server);
    const [reception, specialist, leader, clerk] = await Promise.all(
      ["tiepnhan.thanhvinh", "hotich.thanhvinh", "chutich.thanhvinh", "vanthu.thanhvinh"].map((name) => api.freshSession(name, demoPassword)),
    );
    people = { reception: reception!, specialist: specialist!, leader: leader!, clerk: clerk! };
    lives = [];
}

async function end() {
  api?.close();
  await server?.remove();
  cluster?.remove();
}

beforeAll(begin);
afterAll(async () => {
  totals.flaws += lives.reduce((sum, life) => sum + life.flaws.length, 0);
  console.log(`kill -9: ${JSON.stringify(totals)}`);
  await end();
});

// Each client lives one life after the other until the server is gone, or it is told to stop.
async function work(stopped: () => boolean): Promise<void> {
  await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      try {
        while (!stopped()) {
          // Lives that the last kill has interrupted first.
          let life = lives.find((one) => one.client === index && !one.over);
          if (!life) {
            life = new Life(api, people, dice, index);
            lives.push(life);
          }
          const refused = life.refused;
          await life.goOn(stopped);
          if (life.flaws.length > 0) return;
          if (life.refused > refused) await wait(20);
        }
      } catch (fault) {
        if (!(fault instanceof Broken)) throw fault;
      }
    }),
  );
}

async function each<T>(items: T[], act: (item: T) => Promise<void>) {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
    }),
  );
}

function expectNoFlaws() {
  expect(lives.flatMap((life) => life.flaws)).toEqual([]);
}

async function allRows(as: Session): Promise<Json[]> {
  const rows: Json[] = [];
  let cursor = "";
  do {
    const page = await api.get(`/api/v1/dossiers?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { as, expect: 200 });
    rows.push(...page.json.items);
    cursor = page.json.next_cursor ?? "";
  } while (cursor);
  return rows;
}

// Numbered for each agency and day without a gap.
function expectGapless(codes: string[]) {
  expect(new Set(codes).size, "codes are unique").toBe(codes.length);
  const series = new Map<string, number[]>();
  for (const code of codes) {
    const cut = code.lastIndexOf("-");
    const numbers = series.get(code.slice(0, cut)) ?? [];
    numbers.push(Number(code.slice(cut + 1)));
    series.set(code.slice(0, cut), numbers);
  }
  for (const [name, numbers] of series) {
    numbers.sort((one, other) => one - other);
    expect(numbers, name).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1));
  }
}

async function expectOneDossierForEachLife() {
  const rows = await allRows(people.reception);
  const filed = lives.filter((life) => life.filed);
  expect(rows.map((row) => String(row.id)).sort()).toEqual(filed.map((life) => String(life.filed!.id)).sort());
  expectGapless(rows.map((row) => String(row.code)));
}

function expectWholeCluster(whole: PostgresCluster) {
  const one = (sql: string) => whole.ask(sql);
  expect(one("SELECT count(*) FROM dossier d WHERE version <> (SELECT count(*) FROM event e WHERE e.tenant = d.tenant AND e.dossier = d.id)"), "dossiers that lack events").toBe("0");
  expect(one("SELECT count(*) FROM event e WHERE NOT EXISTS (SELECT FROM dossier d WHERE d.tenant = e.tenant AND d.id = e.dossier)"), "events of no dossier").toBe("0");
  expect(one("SELECT count(*) - count(DISTINCT receipt) FROM payment"), "receipts given twice").toBe("0");
  expect(one("SELECT count(*) FROM (SELECT FROM payment GROUP BY dossier HAVING count(*) > 1) p"), "dossiers paid twice").toBe("0");
  expect(one("SELECT count(*) - coalesce(max(idx) + 1, 0) FROM journal_leaf"), "indices of leaves without gaps").toBe("0");
  expect(one("SELECT count(*) - count(DISTINCT (kind, subject, sequence)) FROM journal_leaf"), "records with two leaves").toBe("0");
  const placed = (table: string) => `NOT EXISTS (SELECT FROM ${table} p WHERE p.tenant = e.tenant AND p.kind = 'event' AND p.subject = e.dossier AND p.sequence = e.sequence)`;
  expect(one(`SELECT count(*) FROM event e WHERE ${placed("journal_leaf")} AND ${placed("journal_queue")}`), "events that have no leaf and wait for none").toBe("0");
}

function expectWholeDatabase() {
  if (cluster) return expectWholeCluster(cluster);
  const file = join(server.dataFolder, "motcua.db");
  const sqlite = process.getBuiltinModule("node:sqlite");
  const database = new sqlite.DatabaseSync(file, { readOnly: true });
  const one = (sql: string) => Object.values(database.prepare(sql).get() as object)[0] as unknown;
  expect(one("PRAGMA integrity_check")).toBe("ok");
  expect(one("SELECT count(*) FROM event WHERE dossier NOT IN (SELECT id FROM dossier)"), "events of no dossier").toBe(0);
  expect(one("SELECT count(*) FROM dossier d WHERE version <> (SELECT count(*) FROM event e WHERE e.dossier = d.id)"), "dossiers that lack events").toBe(0);
  expect(one("SELECT count(*) - count(DISTINCT receipt) FROM payment"), "receipts given twice").toBe(0);
  expect(one("SELECT count(*) FROM (SELECT dossier FROM payment GROUP BY dossier HAVING count(*) > 1)"), "dossiers paid twice").toBe(0);
  database.close();
}

function expectWholeJournal() {
  const verified = motcua("journal", "verify", "--data", server.dataFolder, ...(cluster ? ["--store", cluster.url] : []));
  expect(verified.status, `${verified.stdout}${verified.stderr}`).toBe(0);
}

// PostgreSQL goes and comes back; the server stays, and writes again by itself.
async function oneKillOfPostgres(under: PostgresCluster, delay: number) {
  let stop = false;
  const working = work(() => stop);
  await wait(delay);
  under.kill();
  await wait(dice.below(100));
  await under.startAgain();
  const before = performance.now();
  for (;;) {
    const answer = await api.post("/api/v1/drafts", { body: { procedure: "1.001193", answers: birthAnswers(dice) } });
    const tookMs = Math.round(performance.now() - before);
    expect(tookMs, `PostgreSQL is back, and the answer ${answer.status} ${answer.text}`).toBeLessThan(slowestReturnMs);
    totals.slowestReturnMs = Math.max(totals.slowestReturnMs ?? 0, tookMs);
    if (answer.status === 201) break;
    expect(answer.status, answer.text).toBe(503);
    await wait(50);
  }
  await wait(50);
  stop = true;
  await working;
  totals.killsOfPostgres = (totals.killsOfPostgres ?? 0) + 1;
}

async function oneKillOfServer(delay: number, beforeStart: () => void) {
  const dead = wait(delay).then(() => server.kill());
  await work(() => false);
  await dead;
  totals.kills += 1;
  beforeStart();
  const before = performance.now();
  await server.start();
  startsMs.push(Math.round(performance.now() - before));
  totals.slowestStartMs = Math.max(...startsMs);
}

// `beforeStart` may do to the store what the server must never do.
async function oneKill(beforeStart = () => {}) {
  await oneKillOfServer(someDelay(), beforeStart);
  await expectNothingLost();
}

function someDelay(): number {
  return 10 + dice.below(dice.below(4) === 0 ? 600 : 150);
}

async function expectNothingLost() {
  expectNoFlaws();
  // First what is there by itself, then what is asked again, then the same once more.
  const touched = lives.filter((life) => !life.over).concat(lives.slice(-clients));
  await each([...new Set(touched)], async (life) => {
    await life.look();
    if (life.asked.some((one) => !one.answer)) totals.retried += 1;
    await life.retry();
    await life.repeatLast();
    await life.look();
  });
  expectNoFlaws();
  expectWholeJournal();
}

// On PostgreSQL leaves come with the sealing: an audit before it would have nothing to look at.
async function expectWholeTree(under: PostgresCluster) {
  const until = performance.now() + 20_000;
  for (;;) {
    const verified = motcua("journal", "verify", "--data", server.dataFolder, "--store", under.url, "--json");
    expect(verified.status, `${verified.stdout}${verified.stderr}`).toBe(0);
    const report = JSON.parse(verified.stdout) as Json;
    if (report.records_waiting === 0 && report.heads > 0 && report.covered === report.leaves) return;
    expect(performance.now(), verified.stdout).toBeLessThan(until);
    await wait(200);
  }
}

async function closeRound(name: string) {
  // Everything that was ever acknowledged on this store.
  await each(lives, (life) => orBroken(life.look()));
  expectNoFlaws();
  await expectOneDossierForEachLife();
  expectWholeDatabase();
  if (cluster) await expectWholeTree(cluster);
  totals.lives += lives.length;
  totals.acknowledged += lives.reduce((sum, life) => sum + life.acknowledged, 0);
  console.log(`${name}: ${JSON.stringify(totals)}`);
}

const rounds = Math.ceil(kills / killsOfOneStore);
it.each(Array.from({ length: rounds }, (_, round) => round + 1))("round %i loses nothing that was acknowledged and keeps nothing half", { timeout: 600_000, retry: 0 }, async (round) => {
  if (round > 1) {
    await end();
    await begin();
  }
  const here = Math.min(killsOfOneStore, kills - (round - 1) * killsOfOneStore);
  for (let kill = 0; kill < here; kill += 1) await oneKill();
  await closeRound(`round ${round}`);
  // Nine in ten: a machine that is busy with other work may hold up the others.
  const inOrder = [...startsMs].sort((one, other) => one - other);
  expect(inOrder[Math.floor(inOrder.length * 0.9)], `from start to ready, of ${startsMs.length}: ${inOrder.slice(-5).join(", ")} ms`).toBeLessThanOrEqual(3_000);
});

if (engine === "postgres") it("PostgreSQL killed under the server loses nothing that was acknowledged, and the server writes again by itself", { timeout: 600_000, retry: 0 }, async () => {
  await end();
  await begin();
  for (let kill = 0; kill < killsOfPostgres; kill += 1) {
    await oneKillOfPostgres(cluster!, someDelay());
    await expectNothingLost();
  }
  await closeRound("PostgreSQL killed");
  // Would the audit find out?
  const oldest = "SELECT l.tenant, l.subject, l.sequence FROM journal_leaf l WHERE l.kind = 'event' ORDER BY l.idx LIMIT 1";
  cluster!.ask(`SET session_replication_role = replica; UPDATE event SET at = at + 1 WHERE (tenant, dossier, sequence) = (${oldest})`);
  const verified = motcua("journal", "verify", "--data", server.dataFolder, "--store", cluster!.url, "--lang", "en");
  expect([verified.status, verified.stdout]).toEqual([1, expect.stringContaining("the record is not what was recorded")]);
});

// If the server lost what it acknowledged, would the rounds above find out?
if (engine === "sqlite") it("a store whose log has lost its second half is found to lose what was acknowledged", { timeout: 120_000, retry: 0 }, async () => {
  await end();
  await begin();
  let found = "";
  for (let kill = 0; kill < 10 && found === ""; kill += 1) {
    await oneKill(() => {
      const log = join(server.dataFolder, "motcua.db-wal");
      truncateSync(log, Math.floor(statSync(log).size / 2));
    }).catch((fault: unknown) => (found = String(fault)));
  }
  expect(found).toBeTruthy();
  lives = [];
});
}
