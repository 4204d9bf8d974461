// A dossier that nobody could take is always with somebody who sees it: the call for it follows the people.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { startServer, type TestServer } from "./harness/server.ts";
import { Staff } from "./harness/staff.ts";

const dice = seeded("duty");
const commune = "H41.103";

describe("The call for a dossier that nobody could take", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;
  let staff: Staff;
  let filed: Json;

  const called = async (): Promise<string> => {
    const items = (await api.get("/api/v1/coverage/waiting", { as: administrator, expect: 200 })).json.items;
    const call = items.find((one: Json) => one.code === filed.code);
    return call === undefined ? "no call" : (call.officer as string);
  };
  const calls = (officer: string) => expect.poll(called, { timeout: 20_000, interval: 300 }).toBe(officer);
  const close = async (id: string): Promise<void> => {
    const one = (await api.get("/api/v1/officers", { as: administrator, expect: 200 })).json.items.find((each: Json) => each.id === id);
    await api.put(`/api/v1/officers/${id}`, { as: administrator, body: { ...one, active: false }, expect: 200 });
  };
  const inboxOf = async (session: Session): Promise<Json[]> =>
    (await api.get("/api/v1/inbox", { as: session, expect: 200 })).json.items.filter((one: Json) => one.code === filed.code && one.duty);
  const idOf = async (session: Session): Promise<string> => (await api.get("/api/v1/session", { as: session, expect: 200 })).json.officer.id;

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--rate-limit", "off"] });
    api = new Client(server);
    administrator = await api.signIn("quantri");
    staff = new Staff(api, administrator);
    const answers = maritalAnswers(dice, { residence_commune: "16702" });
    filed = (await api.post("/api/v1/dossiers", { body: { procedure: "1.004873", answers }, expect: 201 })).json;
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("leaves who is gone, and goes on to whoever comes nearest, each time somebody does", async () => {
    const above = (await api.get("/api/v1/officers", { as: administrator, expect: 200 })).json.items.find((one: Json) => one.username === "chutich.tinh");
    await calls(above.id as string);
    await close(above.id as string);
    await expect.poll(called, { timeout: 20_000, interval: 300 }).not.toBe(above.id);

    const head = await staff.of(commune, "head");
    await calls(await idOf(head));
    expect(await inboxOf(head)).toHaveLength(1);

    const supervisor = await staff.of(commune, "supervisor");
    const named = await idOf(supervisor);
    await api.put(`/api/v1/coverage/duty-holders/${commune}`, { as: administrator, body: { officer: named }, expect: 200 });
    await calls(named);
    expect(await inboxOf(supervisor)).toHaveLength(1);
    expect(await inboxOf(head)).toEqual([]);

    await close(named);
    await calls(await idOf(head));
    const timeline: Json[] = (await api.get(`/api/v1/dossiers/${filed.code}`, { as: head, expect: 200 })).json.timeline;
    expect(timeline.filter((entry) => String(entry.title.vi).startsWith("Chuyển người trực")).length).toBeGreaterThanOrEqual(4);

    await staff.of(`${commune}.01`, "reception");
    await calls("no call");
  }, 60_000);
});
