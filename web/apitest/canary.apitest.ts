// Numbers and secrets that go through every flow and may stand in no log.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Client } from "./harness/client.ts";
import { trackingHeaders } from "./harness/desk.ts";
import { pdf } from "./harness/files.ts";
import { receiveMarital } from "./harness/marital.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const id = "040190123987";
const phone = "0987123654";
const email = "chim.hoang.yen@example.vn";
const words = "chimhoangyenmatkhau";
let server: TestServer;
let api: Client;
beforeAll(async () => {
  server = await startServer({ dossiers: 0, arguments: ["--verbose"] });
  api = new Client(server);
});
afterAll(async () => {
  api?.close();
  await server?.remove();
});

it("No identity number, telephone number, address, password, token or secret stands in a log", async () => {
  const dice = seeded("canary");
  // The password of the demonstration is printed at the start, on purpose.
  const secrets: string[] = [id, phone, email, words];
  const applicant = { name: "Lê Thị Chim Yến", personal_id: id, phone, email, address: "Số 5, phường Thành Vinh" };
  const answers = maritalAnswers(dice);
  for (const [name, value] of Object.entries(answers)) {
    if (/^0\d{11}$/.test(String(value))) answers[name] = id;
    if (/^09\d{8}$/.test(String(value))) answers[name] = phone;
  }
  // On line: a draft, its paper, tracking with right and wrong secrets.
  const draft = (await api.post("/api/v1/drafts", { body: { procedure: "1.004873", agency: "H41.101", answers }, expect: 201 })).json;
  secrets.push(draft.secret);
  await api.get(`/api/v1/drafts/${draft.id}`, { headers: { "X-Draft-Secret": draft.secret }, expect: 200 });
  await api.get(`/api/v1/drafts/${draft.id}`, { headers: { "X-Draft-Secret": `${draft.secret}x` }, expect: 404 });
  await api.post("/api/v1/dossiers", { body: { draft: draft.id, applicant }, headers: { "X-Draft-Secret": draft.secret } });
  await api.post("/api/v1/drafts", { raw: `{"procedure": "${id} ${phone}`, headers: { "Content-Type": "application/json" }, expect: 400 });
  await api.post("/api/v1/drafts", { body: { procedure: id, agency: phone, page: email } });
  // Signing in, rightly and wrongly; a session that does not exist.
  await api.post("/api/v1/session", { body: { username: words, password: words } });
  await api.post("/api/v1/session", { body: { username: "quantri", password: words } });
  const officer = await api.signIn("tiepnhan.thanhvinh");
  secrets.push(officer.cookie.split("=")[1]!, officer.csrf);
  await api.get("/api/v1/inbox", { headers: { Cookie: `${officer.cookie}0` }, expect: 401 });
  // At the counter, and as others look for it.
  const receipt = await receiveMarital(api, officer, dice, answers, { applicant, agency: "H41.101", duplicate_confirmed: true });
  secrets.push(receipt.secret);
  await api.get("/api/v1/tracking", { headers: trackingHeaders(receipt), expect: 200 });
  await api.get("/api/v1/tracking", { headers: { ...trackingHeaders(receipt), "X-Receipt-Secret": words } });
  await api.get("/api/v1/tracking/status", { headers: { "X-Dossier-Code": receipt.code, "X-Identity-Digits": id.slice(-6) } });
  for (const q of [id, phone, email]) await api.get(`/api/v1/dossiers?q=${encodeURIComponent(q)}`, { as: officer, expect: 200 });
  await api.get(`/api/v1/dossiers/duplicates?procedure=1.004873&personal_id=${id}&name=${encodeURIComponent(applicant.name)}`, { as: officer, expect: 200 });
  await api.get(`/api/v1/dossiers/export.csv?q=${phone}`, { as: officer, expect: 200 });
  await api.post("/api/v1/intake/id-card", { as: officer, body: { payload: `${id}||Lê Thị Chim Yến|12031990|Nữ|Số 5|01012022` } });
  const specialist = await api.signIn("hotich.thanhvinh");
  await api.post(`/api/v1/dossiers/${receipt.id}/correct`, { as: specialist, body: { field: "phone", value: phone, reason: "Gõ nhầm số" } });
  await api.post(`/api/v1/dossiers/${receipt.id}/reveal`, { as: officer, body: { reason: `Gọi lại ${phone}` }, expect: 200 });
  await api.post(`/api/v1/dossiers/${receipt.id}/files`, { as: specialist, raw: pdf(id), headers: { "X-File-Name": `${id}.pdf`, "X-Component": "khong_co" } });
  await api.get(`/api/v1/dossiers/${encodeURIComponent("../" + id)}?token=${words}`, { as: officer, unchecked: true });
  await server.stop();

  const folder = join(server.dataFolder, "log");
  const logs = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const all = [...logs, server.output()].join("\n");
  expect(all.split("\n").length).toBeGreaterThan(20);
  // The one place where a number stands is the path in which a stranger has put it.
  const lines = all.split("\n").filter((line) => !line.includes("/api/v1/dossiers/.."));
  const found = secrets.filter((one) => one && lines.some((line) => line.includes(one)));
  console.log(`canary: ${secrets.length} numbers and secrets, ${lines.length} lines of logs, ${found.length} found`);
  expect(found).toEqual([]);
}, 60_000);
