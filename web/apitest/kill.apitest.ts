// kill -9 in the middle of 200 filings at once: what was acknowledged is there, nothing is half-written.
import { randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { birthAnswers, seeded, thanhVinh, truongVinh } from "./harness/answers.ts";
import { Client, type Answer, type Json, type Session } from "./harness/client.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const dice = seeded("kill");
const rounds = 5;
const filings = 200;
const communes = [
  { unit: thanhVinh, officer: "tiepnhan.thanhvinh" },
  { unit: truongVinh, officer: "tiepnhan.truongvinh" },
];

interface Request {
  key: string;
  body: { procedure: string; answers: Json };
  commune: number;
  answer?: Answer;
}

let server: TestServer;
let api: Client;
const everything: Request[] = [];
const totals = { fired: 0, acknowledged: 0, lost: 0, duplicated: 0 };

beforeAll(async () => {
  // On the disk itself; under one public address, because the port changes with each start.
  server = await startServer({ dossiers: 0, folder: tmpdir(), arguments: ["--public-url", "https://motcua.example.vn"] });
  api = new Client(server);
});
afterAll(async () => {
  console.log(`kill -9, ${rounds} rounds: ${JSON.stringify(totals)}`);
  api?.close();
  await server?.remove();
});

// In parallel, but no more than the client has connections.
async function each<T>(items: T[], act: (item: T) => Promise<void>) {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: 48 }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
    }),
  );
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

function expectWholeDatabase() {
  const sqlite = process.getBuiltinModule("node:sqlite");
  const database = new sqlite.DatabaseSync(join(server.dataFolder, "motcua.db"), { readOnly: true });
  const one = (sql: string) => Object.values(database.prepare(sql).get() as object)[0] as unknown;
  expect(one("PRAGMA integrity_check")).toBe("ok");
  expect(one("SELECT count(*) FROM event WHERE dossier NOT IN (SELECT id FROM dossier)"), "events of no dossier").toBe(0);
  expect(one("SELECT count(*) FROM dossier d WHERE version <> (SELECT count(*) FROM event e WHERE e.dossier = d.id)"), "dossiers that lack events").toBe(0);
  database.close();
}

// Codes are numbered for each agency and day without a gap.
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

it.each(Array.from({ length: rounds }, (_, round) => round + 1))("round %i loses nothing that was acknowledged and keeps nothing half", { timeout: 90_000 }, async (round) => {
  const requests: Request[] = Array.from({ length: filings }, (_, index) => ({
    key: randomUUID(),
    commune: index % 2,
    body: { procedure: "1.001193", answers: birthAnswers(dice, { registration_commune: communes[index % 2]!.unit }) },
  }));
  everything.push(...requests);
  // All at once, each on its own connection; the server dies after a random number of answers.
  const agent = new Agent({ keepAlive: true, maxSockets: filings });
  const fatal = 5 + dice.below(filings / 2);
  const delay = dice.below(4);
  let answered = 0;
  let killed: Promise<void> | undefined;
  await Promise.all(
    requests.map(async (request) => {
      try {
        const answer = await api.post("/api/v1/dossiers", { body: request.body, key: request.key, agent });
        expect(answer.status, answer.text).toBe(201);
        request.answer = answer;
        answered += 1;
        if (answered === fatal) killed = wait(delay).then(() => server.kill());
      } catch (fault) {
        // Only the broken connection is expected.
        if (!["ECONNRESET", "ECONNREFUSED", "EPIPE"].includes(String((fault as { code?: string }).code))) throw fault;
      }
    }),
  );
  agent.destroy();
  expect(killed, "the server was killed in the middle").toBeDefined();
  await killed;
  const acknowledged = requests.filter((request) => request.answer);
  const open = requests.filter((request) => !request.answer);
  await server.start();

  let lost = 0;
  await each(acknowledged, async (request) => {
    const told = request.answer!.json;
    const seen = await api.get("/api/v1/tracking", { headers: { "X-Dossier-Code": told.code, "X-Receipt-Secret": told.secret } });
    if (seen.status !== 200) {
      lost += 1;
      return;
    }
    expect(seen.json.status.national).toBe(1);
    expect(seen.json.timeline.length).toBeGreaterThan(0);
    expect(seen.headers["etag"]).toBe(`"${told.version}"`);
    const again = await api.post("/api/v1/dossiers", { body: request.body, key: request.key, expect: 201 });
    expect(again.text, "the same answer after the restart").toBe(request.answer!.text);
  });
  const unacknowledgedButKept = (await Promise.all(communes.map(async (one) => (await allRows(await api.freshSession(one.officer, "thu-nghiem-mot-cua"))).length))).reduce((sum, count) => sum + count) - (everything.length - open.length);
  await each(open, async (request) => {
    request.answer = await api.post("/api/v1/dossiers", { body: request.body, key: request.key, expect: 201 });
  });

  const codes: string[] = [];
  const ids = new Set<string>();
  for (const commune of communes) {
    const officer = await api.freshSession(commune.officer, "thu-nghiem-mot-cua");
    const rows = await allRows(officer);
    const now = new Set(requests.map((request) => request.answer!.json.id as string));
    await each(rows, async (row) => {
      codes.push(row.code as string);
      ids.add(row.id as string);
      if (!now.has(row.id as string)) return;
      const dossier = (await api.get(`/api/v1/dossiers/${row.id}`, { as: officer, expect: 200 })).json;
      expect(dossier.status.national).toBe(1);
      expect(dossier.tasks).toHaveLength(1);
      expect(dossier.timeline.length).toBeGreaterThan(0);
      expect(dossier.answers.child_name).toBeTruthy();
    });
  }
  expectGapless(codes);
  expectWholeDatabase();
  const duplicated = ids.size - everything.length;
  totals.fired += filings;
  totals.acknowledged += acknowledged.length;
  totals.lost += lost;
  totals.duplicated += Math.max(0, duplicated);
  console.log(`round ${round}: killed after ${fatal} answers and ${delay} ms; acknowledged ${acknowledged.length}, kept without an answer ${unacknowledgedButKept}, lost ${lost}, duplicated ${duplicated}`);
  expect(lost).toBe(0);
  expect(ids.size, "each request made one dossier").toBe(everything.length);
});
