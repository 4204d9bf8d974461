// @vitest-environment node
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./cli.ts";
import { makeCheckpoint, makeExport, makeJournal, makeProof, type TestJournal } from "./testing_journal.ts";

const journal = makeJournal(600);
const younger = makeJournal(400);
let folder: string;
const at = (name: string) => join(folder, name);

function writeExport(name: string, made: TestJournal) {
  for (const [path, bytes] of makeExport(made)) {
    mkdirSync(dirname(at(join(name, path))), { recursive: true });
    writeFileSync(at(join(name, path)), bytes);
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "motcua-verifier-"));
  writeFileSync(at("key"), `${journal.key.vkey}\n`);
  writeFileSync(at("good.proof"), makeProof(journal, 5));
  writeFileSync(at("bad.proof"), makeProof(journal, 5).replace("type task_completed", "type task_completeD"));
  writeFileSync(at("old"), makeCheckpoint(younger.key, younger.leaves));
  writeExport("old-tree", younger);
  writeExport("tree", journal);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the command", () => {
  it("check-proof says good or bad, and ends so", async () => {
    expect(await run(["check-proof", at("good.proof"), "--key", at("key")])).toMatchObject({ status: 0, text: expect.stringMatching(/^good: event 3 of d1 .*leaf 5 of motcua.nghean.example\/H41, size 600\n/) });
    expect(await run(["check-proof", at("bad.proof"), "--key", at("key")])).toMatchObject({ status: 1, text: expect.stringMatching(/^bad: not-in-tree: /) });
    expect((await run(["check-proof", at("good.proof"), "--key", at("key"), "--checkpoint", at("old")])).text).toContain("cannot compare");
    expect((await run(["check-proof", at("good.proof"), "--key", at("key"), "--checkpoint", at("tree/checkpoint")])).text).toContain("this very head");
  });

  it("witness keeps what it has seen, and does not forget it over a bad head", async () => {
    const words = (place: string) => ["witness", at(place), "--key", at("key"), "--state", at("state")];
    expect((await run(words("old-tree"))).text).toContain("first head seen, size 400");
    expect((await run(words("tree"))).text).toContain("grown from 400 to 600");
    expect((await run(words("tree"))).text).toContain("still at size 600");
    expect(readFileSync(at("state"), "utf8")).toBe(readFileSync(at("tree/checkpoint"), "utf8"));
    expect(await run(words("old-tree"))).toMatchObject({ status: 1, text: expect.stringMatching(/^bad: rolled-back: /) });
    expect(readFileSync(at("state"), "utf8")).toBe(readFileSync(at("tree/checkpoint"), "utf8"));
  });

  it("audit looks at everything", async () => {
    const audited = await run(["audit", at("tree"), "--key", at("key"), "--checkpoint", at("old"), "--checkpoint", at("tree/checkpoint")]);
    expect(audited).toMatchObject({ status: 0, text: expect.stringContaining("600 events, 0 accesses, 0 calendar records of 200 subjects") });
    expect(await run(["audit", at("old-tree"), "--key", at("key"), "--checkpoint", at("tree/checkpoint")])).toMatchObject({ status: 1 });
  });

  it("ends with 2 where there is nothing to judge", async () => {
    writeFileSync(at("no-key"), "hello\n");
    const wrong = [
      [],
      ["check-proof"],
      ["check-proof", at("good.proof")],
      ["check-proof", at("missing"), "--key", at("key")],
      ["check-proof", at("good.proof"), "--key", at("missing")],
      ["check-proof", at("good.proof"), "--key", at("no-key")],
      ["check-proof", at("good.proof"), "more", "--key", at("key")],
      ["witness", at("tree"), "--key", at("key")],
      ["burn", at("tree"), "--key", at("key")],
      ["audit", at("tree"), "--keys", at("key")],
      ["audit", "http://127.0.0.1:1/", "--key", at("key")],
    ];
    for (const words of wrong) expect([words, (await run(words)).status]).toEqual([words, 2]);
    expect((await run(["--help"])).status).toBe(0);
  });
});

describe("over HTTP", () => {
  let server: Server;
  let address: string;
  beforeAll(async () => {
    const files = makeExport(journal);
    server = createServer((request, response) => {
      if (request.url === "/huge/checkpoint") return void response.end(Buffer.alloc(1 << 20));
      const bytes = files.get((request.url ?? "").replace(/^\/journal\//, ""));
      response.writeHead(bytes ? 200 : 404).end(bytes);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it("follows and audits any web server", async () => {
    expect((await run(["witness", `${address}/journal`, "--key", at("key"), "--state", at("web-state")])).text).toContain("size 600");
    expect((await run(["audit", `${address}/journal/`, "--key", at("key")])).status).toBe(0);
    expect((await run(["audit", `${address}/elsewhere/`, "--key", at("key")])).text).toMatch(/^bad: missing: checkpoint/);
    expect((await run(["audit", `${address}/huge/`, "--key", at("key")])).text).toMatch(/^bad: malformed: /);
  });
});
