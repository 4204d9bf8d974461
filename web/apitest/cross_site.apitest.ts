// What another site, a form or a stranger's page could make a browser send: every operation that changes
// something refuses it four ways; every page and answer carries its headers.
import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { authzOf } from "./harness/authz.ts";
import { Client, type Session } from "./harness/client.ts";
import { operations } from "./harness/contract.ts";
import { motcua, startServer, type TestServer } from "./harness/server.ts";

let server: TestServer;
let api: Client;
let officer: Session;
beforeAll(async () => {
  server = await startServer({ dossiers: 0 });
  api = new Client(server);
  officer = await api.signIn("quantri");
});
afterAll(async () => {
  api?.close();
  await server?.remove();
});

const changing = operations.filter((one) => one.method !== "GET");
const pathOf = (path: string) => path.replace(/\{[^}]+\}/g, "khong-co");

it("Every operation that changes something is refused to another site in four ways", async () => {
  let cells = 0;
  const wrong: string[] = [];
  const expect403 = (what: string, status: number) => {
    ++cells;
    if (status !== 403) wrong.push(`${what}: ${status}`);
  };
  for (const one of changing) {
    const path = pathOf(one.path);
    const authz = authzOf(one);
    const ask = async (headers: Record<string, string>) => (await api.call(one.method, path, { as: officer, headers, raw: "{}" })).status;
    const json = { "Content-Type": "application/json" };
    expect403(`${one.id}, wrong Origin`, await ask({ ...json, Origin: "https://khac.example" }));
    expect403(`${one.id}, Origin null`, await ask({ ...json, Origin: "null" }));
    expect403(`${one.id}, cross-site`, await ask({ ...json, "Sec-Fetch-Site": "cross-site" }));
    expect403(`${one.id}, text/plain`, await ask({ "Content-Type": "text/plain" }));
    expect403(`${one.id}, form`, await ask({ "Content-Type": "application/x-www-form-urlencoded" }));
    // Of an officer's session alone: whoever has a secret proves by it that he means it.
    if (authz.csrf && authz.caller.join() === "officer") {
      expect403(`${one.id}, no token`, await ask({ ...json, "X-CSRF-Token": "" }));
      expect403(`${one.id}, another's token`, await ask({ ...json, "X-CSRF-Token": "0".repeat(officer.csrf.length) }));
    }
  }
  console.log(`cross-site: ${changing.length} operations that change something, ${cells} cells, ${wrong.length} wrong`);
  expect(wrong).toEqual([]);
});

it("The same from this site goes on", async () => {
  const url = new URL(server.url());
  const headers = { Origin: url.origin, "Sec-Fetch-Site": "same-origin" };
  await api.post("/api/v1/drafts", { body: { procedure: "1.004873" }, headers, expect: 201 });
  await api.post("/api/v1/intake/id-card", { as: officer, body: { payload: "x" }, headers, expect: 422 });
});

it("The router has exactly the operations of the contract, each in its rate class", () => {
  const folder = mkdtempSync(join(tmpdir(), "motcua-routes-"));
  const listed = motcua("serve", "--data", folder, "--list-routes");
  rmSync(folder, { recursive: true, force: true });
  expect(listed.status, listed.stderr).toBe(0);
  const has = listed.stdout.trim().split("\n").sort();
  const wanted = operations.map((one) => `${one.method} ${one.path} ${one.id} ${authzOf(one).rate}`).sort();
  expect(has).toEqual(wanted);
});

it("Methods that an address does not have are 405 with those it has; TRACE is off", async () => {
  const methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "TRACE", "PROPFIND"];
  const wrong: string[] = [];
  let cells = 0;
  for (const path of new Set(operations.map((one) => one.path))) {
    const has = operations.filter((one) => pathOf(one.path).split("/").length === path.split("/").length && one.pattern.test(pathOf(path))).map((one) => one.method);
    for (const method of methods.filter((one) => !has.includes(one))) {
      const answer = await bare(method, pathOf(path));
      ++cells;
      if (answer.status !== 405 || !answer.headers.allow) wrong.push(`${method} ${path}: ${answer.status}`);
    }
  }
  console.log(`methods: ${cells} that no address has, ${wrong.length} not refused`);
  expect(wrong).toEqual([]);
});

interface Bare {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
}
function bare(method: string, path: string): Promise<Bare> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${server.url()}${path}`, { method, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (piece: Buffer) => (text += piece.toString("utf8")));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers as Bare["headers"], text }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

it("Every page and answer carries its headers, and no policy allows inline code", async () => {
  for (const path of ["/", "/tracking", "/verify", "/desk", "/desk/inbox", "/khong-co", "/healthz", "/api/v1/procedures", "/api/v1/khong-co"]) {
    const answer = await bare("GET", path);
    const { headers } = answer;
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["x-frame-options"], path).toBe("DENY");
    expect(headers["referrer-policy"], path).toBe("same-origin");
    expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
    const policy = headers["content-security-policy"] ?? "";
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/);
    if (path.startsWith("/api/")) expect(headers["cache-control"], path).toContain("no-store");
    // What a page has of its own in line carries the nonce of that answer.
    for (const [tag] of answer.text.matchAll(/<(script|style)(?![^>]*\bsrc=)[^>]*>/g)) expect(policy, `${path}: ${tag}`).toContain(/nonce="([^"]+)"/.exec(tag)?.[1] ?? "a nonce");
  }
});
