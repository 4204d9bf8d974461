// Nothing is opened before the scanner has spoken; what it finds is put away; originals are sealed.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { FalseClamd, hasClamd, pattern, startClamd } from "./harness/clamd.ts";
import { Client, type Json, type Session } from "./harness/client.ts";
import { open, track, trackingHeaders, type Receipt } from "./harness/desk.ts";
import { jpeg, pdf } from "./harness/files.ts";
import { receiveMarital, slugOf } from "./harness/marital.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const malicious = (salt: string) => Buffer.concat([pdf(salt), Buffer.from(`\n${pattern}\n`, "latin1")]);

// A picture with a position and a device in it.
function photograph(): Buffer {
  const plain = jpeg();
  const note = Buffer.from("Exif\0\0MM\0*\0\0\0\x08\0\0MotCuaPhone 18.6764,105.6915", "latin1");
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(note.length + 2, 2);
  return Buffer.concat([plain.subarray(0, 2), head, note, plain.subarray(2)]);
}

describe("A scanner", () => {
  const clamd = new FalseClamd();
  let server: TestServer;
  let api: Client;
  let reception: Session;
  let specialist: Session;
  let leader: Session;
  let administrator: Session;

  beforeAll(async () => {
    await clamd.start();
    server = await startServer({ dossiers: 0, arguments: ["--clamd", clamd.address] });
    api = new Client(server);
    reception = await api.signIn("tiepnhan.thanhvinh");
    specialist = await api.signIn("hotich.thanhvinh");
    leader = await api.signIn("chutich.thanhvinh");
    administrator = await api.signIn("quantri");
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
    await clamd.stop();
    clamd.remove();
  });

  const bring = async (receipt: Receipt, raw: Buffer, name = "giay.pdf") => {
    const component = (await open(api, reception, receipt.id)).components[0].id as string;
    return api.post(`/api/v1/dossiers/${receipt.id}/files`, { as: reception, raw, headers: { "X-Component": component, "X-File-Name": encodeURIComponent(name) } });
  };
  const fetchFile = (receipt: Receipt, file: string) => api.get(`/api/v1/dossiers/${receipt.id}/files/${file}`, { as: reception });
  const standing = async (receipt: Receipt, file: string): Promise<Json> => (await open(api, reception, receipt.id)).attachments.find((one: Json) => one.id === file).inspection;
  const until = async (what: () => Promise<boolean>) => {
    const end = Date.now() + 60_000;
    while (!(await what())) {
      if (Date.now() > end) throw new Error("it does not come");
      await new Promise((done) => setTimeout(done, 500));
    }
  };

  it("releases what is clean, and refuses what is not with what to do", async () => {
    const receipt = await receiveMarital(api, reception, seeded("scan"));
    const clean = await bring(receipt, pdf("clean"));
    expect(clean.status).toBe(201);
    expect(clean.json.inspection).toMatchObject({ state: "released", engine: "ClamAV 1.4.6/1/Test" });
    const served = await fetchFile(receipt, clean.json.id as string);
    expect(served.status).toBe(200);
    expect(served.headers["content-disposition"]).toMatch(/^attachment/);
    expect(served.headers["x-content-type-options"]).toBe("nosniff");
    expect(served.headers["content-security-policy"]).toContain("sandbox");
    expect(served.headers["content-type"]).toBe("application/pdf");
    for (let again = 0; again < 2; again += 1) {
      const refused = await bring(receipt, malicious("found"));
      expect([refused.status, slugOf(refused)]).toEqual([422, "file-held-back"]);
      expect(refused.json.detail).toContain("mã độc");
    }
    const checks = (await api.get("/api/v1/file-checks", { as: administrator, expect: 200 })).json;
    expect(checks).toMatchObject({ scanner: true, checking: 0, held: 1 });
    expect(checks.items[0]).toMatchObject({ state: "held", threat: "Eicar-Test" });
    await api.get("/api/v1/file-checks", { as: reception, expect: 403 });
    await api.get("/api/v1/file-checks", { expect: 401 });
  });

  it("that is down leaves papers unopened, never clean; filing goes on; later it judges", { timeout: 180_000 }, async () => {
    await clamd.stop();
    const receipt = await receiveMarital(api, reception, seeded("down"));
    const clean = await bring(receipt, pdf("while down"));
    const bad = await bring(receipt, malicious("while down"));
    for (const one of [clean, bad]) {
      expect([one.status, one.json.inspection.state]).toEqual([201, "checking"]);
      const refused = await fetchFile(receipt, one.json.id as string);
      expect([refused.status, slugOf(refused)]).toEqual([409, "file-being-checked"]);
    }
    const waiting = (await api.get("/api/v1/file-checks", { as: administrator, expect: 200 })).json;
    expect(waiting.checking).toBe(2);
    expect(waiting.oldest_at).toBeTruthy();
    expect((await standing(receipt, clean.json.id as string)).reason.vi).toContain("chưa mở được");
    await clamd.start();
    await until(async () => (await standing(receipt, clean.json.id as string)).state === "released");
    await until(async () => (await standing(receipt, bad.json.id as string)).state === "held");
    expect((await fetchFile(receipt, clean.json.id as string)).status).toBe(200);
    const held = await fetchFile(receipt, bad.json.id as string);
    expect([held.status, slugOf(held)]).toEqual([409, "file-held-back"]);
    // The applicant reads it, too.
    const seen = (await track(api, receipt)).attachments.find((one: Json) => one.id === bad.json.id);
    expect(seen.inspection.reason.vi).toContain("nộp lại");
    // And brings another one.
    await api.post(`/api/v1/dossiers/${receipt.id}/request-supplement`, { as: specialist, body: { items: [{ what: "Bản khác" }], reason: "Tệp có mã độc" }, expect: 200 });
    const component = (await open(api, reception, receipt.id)).components[0].id as string;
    await api.post("/api/v1/tracking/files", { raw: pdf("another"), headers: { ...trackingHeaders(receipt), "X-Component": component, "X-File-Name": "b.pdf" }, expect: 201 });
  });

  it("looks at everything anew when an administrator asks for it", async () => {
    await api.post("/api/v1/file-checks/rescan", { as: reception, expect: 403 });
    await api.post("/api/v1/file-checks/rescan", { as: administrator, key: null, expect: 400 });
    const ordered = (await api.post("/api/v1/file-checks/rescan", { as: administrator, expect: 202 })).json;
    expect(ordered.files).toBeGreaterThan(0);
    await until(async () => (await api.get("/api/v1/file-checks", { as: administrator, expect: 200 })).json.again === 0);
  });

  it("sees the original of a picture as well, which is opened with a reason that is journalled", async () => {
    const receipt = await receiveMarital(api, reception, seeded("photo"));
    const kept = await bring(receipt, photograph(), "anh.jpg");
    expect(kept.status).toBe(201);
    const file = kept.json.id as string;
    const shown = await fetchFile(receipt, file);
    expect(shown.bytes.includes("MotCuaPhone")).toBe(false);
    expect(shown.bytes.includes("Exif")).toBe(false);
    const path = `/api/v1/dossiers/${receipt.id}/files/${file}/original`;
    await api.post(path, { as: specialist, body: { reason: "Nghi ngờ" }, expect: 403 });
    await api.post(path, { as: leader, body: { reason: " " }, expect: 422 });
    const original = await api.post(path, { as: leader, body: { reason: "Tòa án yêu cầu" }, expect: 200 });
    expect(original.bytes.includes("MotCuaPhone 18.6764,105.6915")).toBe(true);
    expect(original.headers["content-disposition"]).toMatch(/^attachment/);
    await api.post(`/api/v1/dossiers/${receipt.id}/files/nothing/original`, { as: leader, body: { reason: "x" }, expect: 404 });
    const { items } = (await api.get(`/api/v1/dossiers/${receipt.id}/accesses`, { as: reception, expect: 200 })).json;
    expect(items.some((one: Json) => one.what === `original:${file}` && one.why === "Tòa án yêu cầu")).toBe(true);
    const bad = await bring(receipt, Buffer.concat([photograph(), Buffer.from(`\0${pattern}`, "latin1")]), "anh.jpg");
    expect([bad.status, slugOf(bad)]).toEqual([422, "file-held-back"]);
  });
});

describe.skipIf(!hasClamd)("ClamAV itself", () => {
  it("finds a signature of ours in a paper, and lets others through", { timeout: 180_000 }, async () => {
    const clamd = await startClamd();
    const server = await startServer({ dossiers: 0, arguments: ["--clamd", clamd.address] });
    const api = new Client(server);
    try {
      const reception = await api.signIn("tiepnhan.thanhvinh");
      const bring = (raw: Buffer) => api.post("/api/v1/files", { as: reception, raw, headers: { "X-Component": "birth_paper", "X-File-Name": "a.pdf" } });
      const clean = await bring(pdf("clean"));
      expect(clean.json.inspection.state).toBe("released");
      expect(clean.json.inspection.engine).toMatch(/^ClamAV 1\./);
      const found = await bring(malicious("true"));
      expect([found.status, slugOf(found)]).toEqual([422, "file-held-back"]);
    } finally {
      api.close();
      await server.remove();
      await clamd.stop();
    }
  });
});
if (!hasClamd) console.log("ClamAV is not installed here: its own test is skipped (apt install clamav-daemon)");
