// People at the counter: one person under several numbers, who acts for whom by which paper, and who
// may look.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client, type Json, type Session } from "./harness/client.ts";
import { startServer, type TestServer } from "./harness/server.ts";

let server: TestServer;
let api: Client;
let reception: Session;
let leader: Session;

const mother = { name: "Đào Thị Hường", identifier: "040 190 000 001", born: "17/05/1990" };
const child = { name: "Đào Minh An", identifier: "040215000001", born: "2015-02-01" };
const parenthood = { representation: "parent", represented: child, representative: mother, evidence: { number: "55/2015", title: "Giấy khai sinh" } };

beforeAll(async () => {
  server = await startServer({ dossiers: 0 });
  api = new Client(server);
  [reception, leader] = (await Promise.all(["tiepnhan.thanhvinh", "chutich.thanhvinh"].map((one) => api.signIn(one)))) as [Session, Session];
});
afterAll(async () => {
  api?.close();
  await server?.remove();
});

const post = (path: string, body: unknown, expected: number, options: { key?: string } = {}) => api.post(path, { as: reception, body, expect: expected, ...options });
const lookUp = async (identifier: string, expected = 200) => (await post("/api/v1/persons/lookup", { identifier }, expected)).json;

describe("somebody at the counter", () => {
  let recorded: Json;

  it("is recorded with who acts for whom, once however often it is sent", async () => {
    const key = crypto.randomUUID();
    recorded = (await post("/api/v1/representations", parenthood, 201, { key })).json;
    expect(recorded.kind).toBe("parent");
    expect((await post("/api/v1/representations", parenthood, 201, { key })).json.id).toBe(recorded.id);
    await post("/api/v1/representations", { ...parenthood, until: "2030-01-01" }, 422, { key });
  });

  it("is found by the number, with papers and the other side's name", async () => {
    const found = await lookUp("040190000001");
    expect(found.name).toBe("Đào Thị Hường");
    expect(found.representations).toHaveLength(1);
    expect(found.representations[0]).toMatchObject({ acts: true, other: "Đào Minh An", evidence: { number: "55/2015" } });
    expect((await lookUp("040215000001")).representations[0].acts).toBe(false);
    await lookUp("040190000009", 404);
    await lookUp("Đào Thị Hường", 404);
  });

  it("acts no longer after the paper was revoked", async () => {
    const path = `/api/v1/representations/${recorded.id}/revocation`;
    await post(path, { reason: " " }, 422);
    const revoked = (await post(path, { reason: "ghi nhầm" }, 200)).json;
    expect(revoked.revoked_why).toBe("ghi nhầm");
    expect((await post(path, { reason: "lần nữa" }, 200)).json.revoked_why).toBe("ghi nhầm");
    await post("/api/v1/representations/00000000000000000000000000000000/revocation", { reason: "x" }, 404);
  });

  it("is told everything that is wrong at once", async () => {
    const wrong = (await post("/api/v1/representations", { representation: "authorised", represented: { name: "", identifier: "12" }, representative: mother, evidence: {} }, 422)).json;
    expect(wrong.errors.map((one: Json) => one.field)).toEqual(["represented.identifier", "represented.name", "evidence.number", "evidence.issued_on"]);
    const days = (await post("/api/v1/representations", { ...parenthood, representation: "cousin", from: "31/31/2026" }, 422)).json;
    expect(days.errors.map((one: Json) => one.field)).toEqual(["representation", "from"]);
  });

  it("turns out to be two records of one person, which an officer merges", async () => {
    const passport = { name: "Dao Thi Huong", identifier: "B1234567" };
    await post("/api/v1/representations", { ...parenthood, representative: passport, representation: "guardian" }, 201);
    const [kept, gone] = [await lookUp("040190000001"), await lookUp("B1234567")];
    expect(kept.id).not.toBe(gone.id);
    await post(`/api/v1/persons/${kept.id}/merger`, { merged: gone.id, reason: "" }, 422);
    await post(`/api/v1/persons/${kept.id}/merger`, { merged: gone.id, reason: "cùng một người" }, 200);
    const both = await lookUp("B1234567");
    expect(both.id).toBe(kept.id);
    // What he has in his hands is shown, the rest is covered until he says why he needs it.
    expect(both.masked).toBe(true);
    expect(both.identifiers.map((one: Json) => one.value).sort()).toEqual(["*********001", "B1234567"]);
    const whole = (await post("/api/v1/persons/lookup", { identifier: "B1234567", reason: "Đối chiếu hộ chiếu" }, 200)).json;
    expect(whole.masked).toBe(false);
    expect(whole.identifiers.map((one: Json) => one.value).sort()).toEqual(["040190000001", "B1234567"]);
    expect(both.representations).toHaveLength(2);
  });

  it("is shown to nobody who has no business with it", async () => {
    await api.post("/api/v1/persons/lookup", { as: leader, body: { identifier: "040190000001" }, expect: 403 });
    await api.post("/api/v1/persons/lookup", { body: { identifier: "040190000001" }, expect: 401 });
  });
});
