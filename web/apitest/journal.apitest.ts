// The journal from outside: keys, the newest signed head, and proofs for whoever may see a dossier.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCheckpoint, parseKeys, checkSignatures } from "../verifier/checkpoint.ts";
import { judgeProof } from "../verifier/proof.ts";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Client, type Answer, type Call, type Json, type Session } from "./harness/client.ts";
import { fileOnline } from "./harness/desk.ts";
import { receiveMarital, slugOf } from "./harness/marital.ts";
import { startServer, type TestServer } from "./harness/server.ts";

describe("The journal", () => {
  const dice = seeded("journal");
  let server: TestServer;
  let api: Client;
  let reception: Session;
  let filed: Json;
  let codes: Record<string, string>;

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: ["--seal-interval", "1"] });
    api = new Client(server);
    reception = await api.signIn("tiepnhan.thanhvinh");
    filed = await receiveMarital(api, reception, dice);
    codes = { "X-Dossier-Code": filed.code, "X-Receipt-Secret": filed.secret };
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
  });

  // Asks again as often as the server advises, up to half a minute.
  async function whenSigned(path: string, call: Call): Promise<Answer> {
    for (let asked = 0; ; asked += 1) {
      const answer = await api.get(path, call);
      if (answer.status !== 409 || asked === 30) return answer;
      expect(slugOf(answer)).toBe("proof-pending");
      expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
  const keys = async () => parseKeys((await api.get("/api/v1/journal/keys", { expect: 200 })).text);

  it("proves to the citizen that the dossier was filed, and shows nothing of it to whoever holds the receipt", async () => {
    const answer = await whenSigned("/api/v1/tracking/proof", { headers: codes });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers["content-type"]).toMatch(/^application\/vnd\.motcua\.proof/);
    const judgement = judgeProof(answer.bytes, await keys());
    if (!judgement.good) throw new Error(judgement.sentence);
    expect(judgement.proof.leaf).toMatchObject({ kind: "event", type: "filed", number: filed.code, sequence: 1 });
    expect(judgement.proof.opening).toBeNull();
    expect(answer.text).not.toMatch(/^payload /m);
  });

  it("proves any other event, to the citizen and at the desk", async () => {
    const received = await whenSigned("/api/v1/tracking/proof?sequence=2", { headers: codes });
    const judgement = judgeProof(received.bytes, await keys());
    expect(judgement.good && judgement.proof.leaf.sequence).toBe(2);
    const atDesk = await whenSigned(`/api/v1/dossiers/${filed.id}/proof?sequence=2`, { as: await api.signIn("hotich.thanhvinh") });
    // Who has no task in it gets the proof without what it says.
    const onlooker = judgeProof((await whenSigned(`/api/v1/dossiers/${filed.id}/proof?sequence=2`, { as: reception })).bytes, await keys());
    expect(onlooker.good && onlooker.proof.opening).toBeNull();
    expect(atDesk.status).toBe(200);
    const opened = judgeProof(atDesk.bytes, await keys());
    expect(opened.good && opened.proof.opening?.payload).toBeTruthy();
  });

  it("has a newest head that its published key has signed", async () => {
    const head = parseCheckpoint((await api.get("/api/v1/journal/checkpoint", { expect: 200 })).text);
    expect(checkSignatures(head, await keys()).name).toBe(head.origin);
    expect(head.size).toBeGreaterThanOrEqual(2);
  });

  it("proves nothing to others", async () => {
    const wrong = await api.get("/api/v1/tracking/proof", { headers: { ...codes, "X-Receipt-Secret": "AAAAAAAAAA" } });
    expect(wrong.status).toBe(404);
    const unsigned = await api.get(`/api/v1/dossiers/${filed.id}/proof`);
    expect(unsigned.status).toBe(401);
    for (const sequence of ["0", "-1", "x", "1.5", "99999999999999999999"]) {
      const answer = await api.get(`/api/v1/tracking/proof?sequence=${sequence}`, { headers: codes });
      expect([sequence, answer.status]).toEqual([sequence, 400]);
    }
    expect((await api.get("/api/v1/tracking/proof?sequence=4000", { headers: codes })).status).toBe(404);
  });

  it("keeps who has read a dossier", async () => {
    await api.get(`/api/v1/dossiers/${filed.id}`, { as: reception, expect: 200 });
    const { items } = (await api.get(`/api/v1/dossiers/${filed.id}/accesses`, { as: reception, expect: 200 })).json;
    expect(items.length).toBeGreaterThan(0);
    expect(items.map((one: Json) => one.what.split(":")[0])).toContain("dossier");
    const again = (await api.get(`/api/v1/dossiers/${filed.id}/accesses`, { as: reception, expect: 200 })).json;
    expect(again.items.length, "reading this list is no reading").toBe(items.length);
  });

  it("proves a filing on line as soon as it is filed and signed", async () => {
    const online = (await fileOnline(api, "1.004873", maritalAnswers(dice, {}))).json;
    const proof = await whenSigned("/api/v1/tracking/proof", { headers: { "X-Dossier-Code": online.code, "X-Receipt-Secret": online.secret } });
    const judgement = judgeProof(proof.bytes, await keys());
    expect(judgement.good && judgement.proof.leaf.number).toBe(online.code);
  });
});
