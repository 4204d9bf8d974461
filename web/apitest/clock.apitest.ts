// A clock that is set back: nothing is dated before what is recorded, and reading goes on.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { birthAnswers, seeded } from "./harness/answers.ts";
import { Client } from "./harness/client.ts";
import { fileOnline, track, type Receipt } from "./harness/desk.ts";
import { clockCanBeSet, clockSetTo } from "./harness/moments.ts";
import { startServer, type TestServer } from "./harness/server.ts";

describe.skipIf(!clockCanBeSet)("A server whose clock was set back one hour", () => {
  const dice = seeded("clock");
  let server: TestServer;
  let api: Client;
  let receipt: Receipt;

  beforeAll(async () => {
    server = await startServer({ dossiers: 0 });
    api = new Client(server);
    receipt = (await fileOnline(api, "1.001193", birthAnswers(dice))).json;
    await server.stop();
    await server.start(clockSetTo("-1h"));
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("refuses to record and names both times", async () => {
    const refused = await api.post("/api/v1/dossiers", { body: { procedure: "1.001193", answers: birthAnswers(dice) }, expect: 503 });
    expect(refused.json.type).toContain("clock-went-backwards");
    const times = [...(refused.json.detail as string).matchAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+07:00/g)].map((found) => Date.parse(found[0]));
    expect(times, refused.json.detail).toHaveLength(2);
    const minutes = Math.abs(times[0]! - times[1]!) / 60_000;
    expect(minutes).toBeGreaterThan(55);
    expect(minutes).toBeLessThan(61);
  });
  it("goes on answering what is only read", async () => {
    expect((await track(api, receipt)).code).toBe(receipt.code);
    await api.get("/api/v1/procedures/1.001193", { expect: 200 });
    await api.get("/healthz", { expect: 200 });
  });
  it("records again once the clock is right", async () => {
    await server.stop();
    await server.start();
    await fileOnline(api, "1.001193", birthAnswers(dice));
  });
});
