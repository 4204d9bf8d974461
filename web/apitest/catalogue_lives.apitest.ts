// Procedures of the real national catalogue, drafted and published by three commands, then filed
// and carried to their end: fifty at random, on the day after the installation.
import { cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { carryToTheEnd, fileAny } from "./harness/any_procedure.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { motcua, startServer, type TestServer } from "./harness/server.ts";
import { Staff } from "./harness/staff.ts";

const folder = process.env["MOTCUA_CATALOGUE"] ?? fileURLToPath(new URL("../../../shared/data/catalogue", import.meta.url));
const there = existsSync(folder);
if (!there) console.log(`skipped: ${folder} is absent, so there is no catalogue to file by`);
const wanted = Number(process.env["MOTCUA_LIVES"] ?? 50);
const handMade = new Set(readdirSync(fileURLToPath(new URL("../../procedures/national", import.meta.url))));
// A data folder in which the catalogue is published already, to try again what failed.
const published = process.env["MOTCUA_PUBLISHED"];
const dice = seeded("catalogue_lives");

function run(...words: string[]): Json {
  const done = motcua(...words);
  if (done.status !== 0) throw new Error(`motcua ${words.join(" ")} ended with ${done.status}:\n${done.stderr.slice(0, 2000)}`);
  return JSON.parse(done.stdout);
}

describe.skipIf(!there)("The national catalogue on day one", () => {
  let server: TestServer;
  let api: Client;
  let staff: Staff;
  let watcher: Session;
  const drafted: string[] = [];

  beforeAll(async () => {
    server = await startServer({ dossiers: 0 });
    await server.stop();
    if (published) {
      cpSync(published, server.dataFolder, { recursive: true });
    } else publish();
    await server.start();
    api = new Client(server);
    const administrator = await api.signIn("quantri");
    staff = new Staff(api, administrator);
    watcher = await api.signIn("giamsat.tinh");
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const page: Json = (await api.get(`/api/v1/procedures?limit=100${cursor ? `&cursor=${cursor}` : ""}`, { expect: 200 })).json;
      for (const one of page.items) if (!handMade.has(one.code as string)) drafted.push(one.code as string);
      cursor = page.next_cursor;
    }
  }, 900_000);

  function publish() {
    const data = ["--data", server.dataFolder, "--json"];
    const files = readdirSync(folder).map((name) => join(folder, name));
    const read = run("catalogue", "import", ...data, ...files);
    const drafts = run("catalogue", "drafts", ...data, "--agency", "H41");
    const done = run("procedure", "publish", ...data, "--all-drafts", "--agency", "H41", "--by", "quantri", "--approved-by", "duyet.thutuc");
    console.log(`procedures read ${read.procedures}; drafts ${JSON.stringify(drafts).slice(0, 300)}; published ${done.published}, rejected ${done.rejected.length}`);
    expect(done.published).toBeGreaterThan(1000);
  }
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it(`is filed and carried to the end: ${wanted} procedures at random`, async () => {
    expect(drafted.length).toBeGreaterThan(1000);
    const chosen = new Set<string>();
    while (chosen.size < wanted) chosen.add(dice.pick(drafted));
    const failures: string[] = [];
    for (const code of chosen) {
      try {
        const filed = await fileAny(api, staff, code, dice);
        const ended = await carryToTheEnd(api, staff, watcher, filed);
        expect(ended.result.code, code).toBeTruthy();
      } catch (problem) {
        failures.push(`${code}: ${String(problem).slice(0, 600)}`);
      }
    }
    expect(failures, failures.join("\n\n")).toEqual([]);
  }, 900_000);

  it("is found by everyday words among all of them, within a page", async () => {
    const found = (await api.get(`/api/v1/procedures?q=${encodeURIComponent("cap giay phep xay dung nha o")}&limit=20`, { expect: 200 })).json;
    expect(found.items.length).toBeGreaterThan(0);
    expect(found.items.length).toBeLessThanOrEqual(20);
    expect(found.total).toBeGreaterThanOrEqual(found.items.length);
  });
});
