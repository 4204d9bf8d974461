// No dossier waits unseen: however many there are, wherever they came from, in whosever hands they were;
// and only who takes a dossier in refuses it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { command, complete, open, taskOf } from "./harness/desk.ts";
import { receiveMarital } from "./harness/marital.ts";
import { officerNamed, saveOfficer } from "./harness/officers.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const dice = seeded("guard");
const marital = "1.004873";
const codes = { thanhVinh: "16681", truongVinh: "16690", vinhPhu: "16702" };

describe("The guard of dossiers that nobody could take", () => {
  let server: TestServer;
  let api: Client;
  let administrator: Session;

  const waiting = async (): Promise<Json[]> => (await api.get("/api/v1/coverage/waiting", { as: administrator, expect: 200 })).json.items;
  const fileOnLine = async (commune: string, rest: object = {}): Promise<Json> =>
    (await api.post("/api/v1/dossiers", { body: { procedure: marital, answers: maritalAnswers(dice, { residence_commune: commune }), ...rest }, expect: 201 })).json;

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--rate-limit", "off"] });
    api = new Client(server);
    administrator = await api.signIn("quantri");
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  it("calls for each of more than a hundred, not for the first hundred", async () => {
    const filed: string[] = [];
    for (let n = 0; n < 105; n += 1) filed.push((await fileOnLine(codes.vinhPhu)).code as string);
    const uncalled = async () => {
      const called = new Set((await waiting()).map((one) => one.code));
      return filed.filter((code) => !called.has(code)).length;
    };
    await expect.poll(uncalled, { timeout: 30_000, interval: 500 }).toBe(0);
  }, 60_000);

  it("frees what is in the hands of an officer who was moved to another commune", async () => {
    const reception = await api.signIn("tiepnhan.truongvinh");
    const specialist = await api.signIn("hotich.truongvinh");
    const filed = await receiveMarital(api, reception, dice, { residence_commune: codes.truongVinh }, { receive: true });
    const task = await taskOf(api, reception, filed.id);
    const me = (await officerNamed(api, administrator, "hotich.truongvinh")).id;
    await command(api, specialist, filed.id, "assign", { task: task.id, officer: me });
    await saveOfficer(api, administrator, await officerNamed(api, administrator, "hotich.truongvinh"), { agency: "H41.101" });
    await expect.poll(async () => (await taskOf(api, reception, filed.id)).assignee, { timeout: 20_000, interval: 500 }).toBeNull();
    // Nobody else of that role is there: the duty holder is told.
    await expect.poll(async () => (await waiting()).some((one) => one.code === filed.code), { timeout: 20_000, interval: 500 }).toBe(true);
    await saveOfficer(api, administrator, await officerNamed(api, administrator, "hotich.truongvinh"), { agency: "H41.102" });
    await complete(api, await api.signIn("hotich.truongvinh"), filed.id, "proposed");
  });

  it("lets only the centre that takes a dossier in receive or refuse it, not the one that is to return it", async () => {
    const filed = await fileOnLine(codes.thanhVinh, { return_at: "H41.102.01" });
    const returning = await api.signIn("tiepnhan.truongvinh");
    const receiving = await api.signIn("tiepnhan.thanhvinh");
    const dossier = await open(api, returning, filed.id);
    const offered = (name: string) => dossier.actions.find((one: Json) => one.action === name)?.allowed ?? false;
    const task = await taskOf(api, receiving, filed.id);
    for (const [name, body] of [
      ["refuse", { task: task.id, reason: "Không thuộc thẩm quyền của phường" }],
      ["receive", { task: task.id }],
    ] as const) {
      expect(offered(name), name).toBe(false);
      await api.post(`/api/v1/dossiers/${filed.id}/${name}`, { as: returning, body, expect: 403 });
      const may = (await api.get(`/api/v1/may?action=${name === "refuse" ? "refuse_reception" : "receive"}&dossier=${filed.id}`, { as: returning, expect: 200 })).json;
      expect(may.allowed, name).toBe(false);
    }
    await command(api, receiving, filed.id, "receive", { task: task.id });
  });
});
