// Requirements of OWASP ASVS that belong to no feature of their own (docs/security.md names them).
import { readFileSync, readdirSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Client, demoPassword, type Json, type Session } from "./harness/client.ts";
import { contract } from "./harness/contract.ts";
import { trackingHeaders } from "./harness/desk.ts";
import { receiveMarital } from "./harness/marital.ts";
import { officerNamed, officers } from "./harness/officers.ts";
import { passwordOf, setUpTotp } from "./harness/signing_in.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const dice = seeded("hardening");
const phone = `09${dice.digits(8)}`;
let server: TestServer;
let api: Client;
let reception: Session;
let administrator: Session;
let receipt: Json;

beforeAll(async () => {
  server = await startServer({ dossiers: 3, seed: 5 });
  api = new Client(server);
  [reception, administrator] = (await Promise.all(["tiepnhan.thanhvinh", "quantri"].map((one) => api.signIn(one)))) as [Session, Session];
  const applicant = { name: "Lê Thị Đào", personal_id: "040190123987", phone };
  receipt = await receiveMarital(api, reception, dice, {}, { agency: "H41.101", applicant, duplicate_confirmed: true });
});
afterAll(async () => {
  api?.close();
  await server?.remove();
});

interface Bare {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}
// Whatever a client may send, outside the contract as well.
function bare(method: string, path: string, headers: Record<string, string> = {}): Promise<Bare> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${server.url()}${path}`, { method, headers, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (piece: Buffer) => (text += piece.toString("utf8")));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    asked.on("error", reject);
    asked.end();
  });
}
const pages = ["/", "/tracking", "/verify", "/desk", "/khong-co", "/healthz", "/api/v1/procedures", "/api/v1/khong-co", "/api/v1/inbox"];

describe("An answer", () => {
  it("is open to no other origin, preflights included", async () => {
    for (const path of pages) {
      for (const method of ["GET", "HEAD", "OPTIONS"]) {
        const preflight = { Origin: "https://evil.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-csrf-token" };
        const { headers } = await bare(method, path, preflight);
        expect(Object.keys(headers).filter((name) => name.startsWith("access-control-")), `${method} ${path}`).toEqual([]);
      }
    }
  });

  it("says how its text is encoded, and an empty one says nothing", async () => {
    for (const path of [...pages, `/api/v1/dossiers/export.csv`, "/api/v1/journal/keys"]) {
      const { headers, status, text } = await bare("GET", path, { Cookie: reception.cookie });
      const type = String(headers["content-type"] ?? "");
      if (text === "") expect(type, path).toBe("");
      // JSON is UTF-8 by its own standard.
      else expect(type, `${path} ${status}`).toMatch(/^(text\/\w+; ?charset=utf-8|application\/(problem\+)?json\b.*)$/i);
    }
  });

  it("holds the members of the contract and no others", async () => {
    type Schema = { $ref?: string; allOf?: Schema[]; properties?: Record<string, Schema>; items?: Schema; type?: string; additionalProperties?: unknown };
    const schemas = contract.components.schemas as Record<string, Schema>;
    const resolved = (schema: Schema): Schema => (schema.$ref ? resolved(schemas[schema.$ref.split("/").at(-1)!]!) : schema);
    const membersOf = (schema: Schema): Record<string, Schema> => {
      const one = resolved(schema);
      return Object.assign({}, one.properties, ...(one.allOf ?? []).map(membersOf)) as Record<string, Schema>;
    };
    const extra = (value: Json, schema: Schema, at: string): string[] => {
      const one = resolved(schema);
      if (Array.isArray(value)) return value.flatMap((each) => (one.items ? extra(each, one.items, `${at}[]`) : []));
      if (typeof value !== "object" || value === null) return [];
      const members = membersOf(one);
      if (Object.keys(members).length === 0 || one.additionalProperties) return [];
      return Object.entries(value as Record<string, Json>).flatMap(([name, each]) => (members[name] ? extra(each, members[name], `${at}.${name}`) : [`${at}.${name}`]));
    };
    const status = { "X-Dossier-Code": receipt.code, "X-Identity-Digits": phone.slice(-6) };
    const asked: [string, string, object][] = [
      ["/api/v1/session", "Session", { as: reception }],
      ["/api/v1/tracking", "Tracking", { headers: trackingHeaders(receipt) }],
      ["/api/v1/tracking/status", "TrackingStatus", { headers: status }],
    ];
    for (const [path, name, call] of asked) {
      const answer = (await api.get(path, { ...call, expect: 200 })).json;
      expect(extra(answer, schemas[name]!, name), path).toEqual([]);
    }
    const items = await officers(api, administrator);
    expect(items.length).toBeGreaterThan(5);
    expect(extra(items, { type: "array", items: schemas["Officer"]! }, "Officer")).toEqual([]);
    expect(JSON.stringify(items)).not.toMatch(/argon2|password_hash|"sealed"/);
  });

  it("to whoever looks for doors of developers is that there is none", async () => {
    const doors = [".git/config", ".env", "debug", "debug/vars", "metrics", "server-status", "actuator/env", "swagger", "swagger-ui/", "graphql", "phpinfo.php", "api/v1/debug", "motcua.db", "log/motcua.log", "../motcua.db", "%2e%2e/motcua.db", "assets/", "api/"];
    for (const door of doors) {
      const { status, headers } = await bare("GET", `/${door}`, { Accept: "application/json" });
      expect([400, 404], `/${door}`).toContain(status);
      expect(String(headers["server"] ?? ""), door).not.toMatch(/\d/);
    }
  });

  it("asks nothing of other hosts", async () => {
    for (const path of ["/", "/desk", "/tracking"]) {
      const { headers, text } = await bare("GET", path);
      expect(String(headers["content-security-policy"])).toMatch(/^default-src '(self|none)';/);
      expect([...text.matchAll(/\b(?:src|href|action)="(?:https?:)?\/\/[^"]*"/g)].map(([found]) => found), path).toEqual([]);
    }
  });
});

describe("What is sent", () => {
  it("with members that nobody asked for changes nothing by them", async () => {
    const form = { username: "them.thanhvien", name: "Lê Thị Thêm", agency: "H41.101", title: "Công chức", roles: ["clerk"] };
    const smuggled = { id: "quantri", password: "mật khẩu tự đặt lấy", password_hash: "x", must_change_password: false, second_factor: true, strength: "two-factor", tenant: "H29" };
    const made = (await api.post("/api/v1/officers", { as: administrator, body: { ...form, ...smuggled }, expect: 201 })).json;
    expect(made.id).not.toBe("quantri");
    await api.post("/api/v1/session", { body: { username: form.username, password: smuggled.password }, expect: 401 });
    const fresh = await api.freshSession(form.username, made.initial_password as string);
    await api.get("/api/v1/inbox", { as: fresh, expect: 403 });

    const answers = maritalAnswers(dice);
    const more = { id: "0".repeat(32), code: "H41.101-260101-0001", secret: "AAAA", status: "finished", stage: "closed", officer: "quantri", filed_at: "2000-01-01T00:00:00+07:00", due_at: "2099-01-01T00:00:00+07:00", version: 99, tenant: "H29" };
    const filed = (await api.post("/api/v1/dossiers", { body: { procedure: "1.004873", answers, ...more }, expect: 201 })).json;
    for (const name of ["id", "code", "secret"] as const) expect(filed[name], name).not.toBe(more[name]);
    const seen = (await api.get("/api/v1/tracking", { headers: trackingHeaders(filed), expect: 200 })).json;
    expect(Date.parse(seen.filed_at)).toBeGreaterThan(Date.parse("2026-01-01"));
    expect(seen.finished_at).toBeNull();

    const signed = await api.post("/api/v1/session", { body: { username: "vanthu.thanhvinh", password: demoPassword, strength: "two-factor", roles: ["administrator"], officer: "quantri" }, expect: 200 });
    expect(JSON.stringify(signed.json)).not.toContain("administrator");
  });

  it("is data to the store, whatever it looks like", async () => {
    const before = (await api.get("/api/v1/dossiers?q=", { as: reception, expect: 200 })).json.total;
    const hostile = ["' OR '1'='1", "'; DROP TABLE dossier; --", '" OR ""="', "\\'; SELECT 1", "%", "_", "*", 'NEAR("a" "b")', "a* OR b*", "-a", "^a", "{a}:b", "(", '"', "1) UNION SELECT token_hash FROM session --", "Robert'); DELETE FROM account;--", "\u0000", "𝔄', 1=1"];
    for (const words of hostile) {
      const q = encodeURIComponent(words);
      for (const path of [`/api/v1/dossiers?q=${q}`, `/api/v1/inbox?cursor=${q}`, `/api/v1/dossiers/${q}`, `/api/v1/dossiers/duplicates?procedure=1.004873&personal_id=${q}&name=${q}`, `/api/v1/officers?agency=${q}&role=${q}`, `/api/v1/authority?officer=${q}`]) {
        const { status, text } = await bare("GET", path, { Cookie: reception.cookie });
        expect([200, 400, 404, 422], `${path}: ${text.slice(0, 200)}`).toContain(status);
      }
      const found = await api.get(`/api/v1/procedures?q=${q}`, { unchecked: true });
      expect([200, 400], words).toContain(found.status);
      await api.post("/api/v1/session", { body: { username: words, password: words } }).then((answer) => expect([401, 422, 429], words).toContain(answer.status));
    }
    expect((await api.get("/api/v1/dossiers?q=", { as: reception, expect: 200 })).json.total).toBe(before);
    expect((await officers(api, administrator)).length).toBeGreaterThan(5);
  }, 60_000);
});

it("Secrets and identifiers repeat in nothing and lean to nothing", async () => {
  const drafts = await Promise.all(Array.from({ length: 256 }, async () => (await api.post("/api/v1/drafts", { body: { procedure: "1.004873" }, expect: 201 })).json as { id: string; secret: string }));
  for (const name of ["id", "secret"] as const) {
    const all = drafts.map((one) => one[name]);
    expect(new Set(all).size, name).toBe(all.length);
    // Every place takes many values; 32 of them are hardly all met in 256 draws.
    const length = Math.min(...all.map((one) => one.length));
    let bits = 0;
    for (let at = 0; at < length; ++at) {
      const counts = new Map<string, number>();
      for (const one of all) counts.set(one[at]!, (counts.get(one[at]!) ?? 0) + 1);
      expect(Math.max(...counts.values()), `${name}, place ${at}`).toBeLessThan(all.length / 4);
      bits += Math.log2(counts.size);
    }
    expect(bits, `${name} of ${length} characters`).toBeGreaterThanOrEqual(name === "id" ? 127 : 95);
  }
});

it("A password that an administrator has reset still needs the second factor", async () => {
  const username = "hotich.thanhvinh";
  await setUpTotp(api, await passwordOf(api, username, demoPassword));
  const { id } = await officerNamed(api, administrator, username);
  const given = (await api.post(`/api/v1/officers/${id}/password`, { as: administrator, expect: 200 })).json.initial_password as string;
  const half = await passwordOf(api, username, given);
  expect((await api.get("/api/v1/session", { as: half, expect: 200 })).json).toMatchObject({ strength: "pending", second_factor: expect.arrayContaining(["totp"]) });
  await api.get("/api/v1/inbox", { as: half, expect: 401 });
  await api.post("/api/v1/session/password", { as: half, body: { current: given, new: "một mật khẩu đủ dài để thử" }, expect: 401 });
});

it("A line of the log is one request's, whatever the request says", async () => {
  const forged = 'x","status":200}\n{"at":"2026-01-01","path":"/forged","status":200}';
  const encoded = encodeURIComponent(forged);
  await bare("GET", `/api/v1/${encoded}`);
  await bare("GET", `/api/v1/dossiers/${encoded}`, { Cookie: reception.cookie, "User-Agent": forged.replaceAll("\n", " "), "X-Request-Id": encoded, "X-Forwarded-For": '1.2.3.4","x":"' });
  await bare("GET", `/${encodeURIComponent("\u001b[31m\u2028\u0085")}`);
  await api.post("/api/v1/session", { body: { username: forged, password: forged } });
  await server.stop();
  const folder = join(server.dataFolder, "log");
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
  const parsed = lines.filter(Boolean).map((line) => JSON.parse(line) as { path?: string });
  expect(parsed.length).toBeGreaterThan(20);
  expect(parsed.filter((line) => line.path === "/forged")).toEqual([]);
  // eslint-disable-next-line no-control-regex
  expect(lines.filter((line) => /[\u0000-\u001f\u007f\u0085\u2028]/.test(line))).toEqual([]);
  await server.start();
});
