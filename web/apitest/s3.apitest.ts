// Papers in an S3 store: the server beside the service that tests/s3/swift.sh starts.
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "./harness/answers.ts";
import { Client, demoPassword, type Session } from "./harness/client.ts";
import { command, open, upload } from "./harness/desk.ts";
import { pdf } from "./harness/files.ts";
import { receiveMarital } from "./harness/marital.ts";
import { memory, motcua, startServer, type TestServer } from "./harness/server.ts";

const service = (name: string) => process.env[`MOTCUA_S3_${name}`] ?? "";

describe("A server with its papers in an S3 store", () => {
  const folder = mkdtempSync(join(memory, "motcua-s3-"));
  const keys = (name: string, secret: string) => {
    const file = join(folder, name);
    writeFileSync(file, `${service("KEY")}\n${secret}\n`);
    chmodSync(file, 0o600);
    return ["--files", `s3://${service("BUCKET")}/server?endpoint=${service("ENDPOINT")}`, "--s3-credentials", file];
  };
  let server: TestServer;
  let api: Client;
  let reception: Session;

  beforeAll(async () => {
    server = await startServer({ dossiers: 0, arguments: keys("right", service("SECRET")) });
    api = new Client(server);
    reception = await api.signIn("tiepnhan.thanhvinh");
  });
  afterAll(async () => {
    api?.close();
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("takes a paper and gives it back, also after a start, and keeps none in its folder", async () => {
    const receipt = await receiveMarital(api, reception, seeded("s3"));
    const specialist = await api.signIn("hotich.thanhvinh");
    await command(api, specialist, receipt.id, "request-supplement", { items: [{ what: "Bản rõ hơn" }], reason: "Bản chụp bị mờ" });
    const paper = await upload(api, `/api/v1/dossiers/${receipt.id}/files`, "result", {}, { as: reception });
    await command(api, reception, receipt.id, "supplement", { attachments: [paper.json.id], note: "Nộp tại quầy" });
    const papers = (await open(api, reception, receipt.id)).attachments as { id: string }[];
    expect(papers.length).toBeGreaterThan(0);
    const path = `/api/v1/dossiers/${receipt.id}/files/${papers.at(-1)!.id}`;
    expect((await api.get(path, { as: reception, expect: 200 })).bytes.equals(pdf("result"))).toBe(true);
    await server.stop();
    await server.start();
    expect((await api.get(path, { as: await api.freshSession("tiepnhan.thanhvinh", demoPassword), expect: 200 })).bytes.equals(pdf("result"))).toBe(true);
    const files = join(server.dataFolder, "files");
    expect(existsSync(files) ? readdirSync(files, { recursive: true }).filter((name) => /[0-9a-f]{64}$/.test(String(name))) : []).toEqual([]);
  });

  it("does not start with a wrong secret, and says so without repeating it", async () => {
    await server.stop();
    const wrong = motcua("serve", "--data", server.dataFolder, "--listen", "127.0.0.1:0", ...keys("wrong", "khong-phai-bi-mat"));
    expect(wrong.status).toBe(3);
    const printed = wrong.stdout + wrong.stderr;
    expect(printed).toContain("403 SignatureDoesNotMatch");
    expect(printed).not.toContain("khong-phai-bi-mat");
    expect(printed).not.toContain(service("KEY"));
  });
});
