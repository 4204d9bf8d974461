// Signing in by identity providers as people do it: the national dialects, officers, one's own
// dossiers, and signing out.
import { constants, createCipheriv, generateKeyPairSync, publicEncrypt, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maritalAnswers, seeded } from "./harness/answers.ts";
import { Browser } from "./harness/browser.ts";
import { Client, type Session } from "./harness/client.ts";
import { fileOnline } from "./harness/desk.ts";
import { startIdentityProvider, type IdentityProvider } from "./harness/identity_provider.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const secret = "a secret of the client that is long enough";
const dice = seeded("identity_providers");
const anNumber = "040090000011";
const binhNumber = "040190000022";

let idp: IdentityProvider;
let direct: Server;
let directIssuer = "";
let server: TestServer;
let api: Client;
let folder = "";
// What VNeID, asked directly, was sent; and whether its next body is broken.
let directForms: URLSearchParams[] = [];
let breakEnvelope = false;

const vneidKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });

function sealed(value: unknown): string {
  const key = randomBytes(32);
  const cipher = createCipheriv("aes-256-ecb", key, null);
  const data = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
  if (breakEnvelope) data[0] = (data[0] ?? 0) ^ 1;
  const wrapped = publicEncrypt({ key: vneidKeys.publicKey, padding: constants.RSA_PKCS1_PADDING }, key);
  return JSON.stringify({ data: data.toString("base64"), key: wrapped.toString("base64") });
}

beforeAll(async () => {
  idp = await startIdentityProvider(
    {
      an: { name: "Nguyễn Văn An", personal_id: anNumber, email: "an@example.vn", phone_number: "+84912345678", birthdate: "1990-05-01", TechID: "T-1", LoaiTaiKhoan: 1, HoVaTen: "NGUYỄN VĂN AN", SoDinhDanh: anNumber, loAs: "LoA2" },
      binh: { name: "Trần Thị Bình", personal_id: binhNumber, LoaiTaiKhoan: "1", HoVaTen: "TRẦN THỊ BÌNH", SoDinhDanh: binhNumber, loAs: "LoA1" },
      firm: { LoaiTaiKhoan: 2, TenDoanhNghiep: "Công ty A", MaSoThue: "0100109106", SoDinhDanh: anNumber, loAs: "LoA2" },
    },
    "an",
  );
  direct = createServer((request, response) => {
    const json = (body: string) => response.writeHead(200, { "content-type": "application/json" }).end(body);
    if (request.url === "/token") {
      let body = "";
      request.on("data", (piece: Buffer) => (body += piece.toString("utf8")));
      request.on("end", () => {
        directForms.push(new URLSearchParams(body));
        json(sealed({ access_token: "direct-token", expires_in: 60 }));
      });
      return;
    }
    if (request.url === "/userinfo" && request.headers.authorization === "Bearer direct-token") {
      json(sealed({ citizenPid: anNumber, fullName: "Nguyễn Văn An", birthDate: "01/05/1990", accountType: "1", accountLevel: 2 }));
      return;
    }
    response.writeHead(404).end();
  });
  await new Promise<void>((done) => direct.listen(0, "127.0.0.1", done));
  directIssuer = `http://127.0.0.1:${(direct.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), "motcua-oidc-"));
  writeFileSync(join(folder, "vneid.pem"), vneidKeys.privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(join(folder, "sso.secret"), `${secret}\n`);
  writeFileSync(
    join(folder, "providers.yaml"),
    `format: motcua-identity-providers/1
providers:
  - {id: sso, name: {vi: "Tài khoản tỉnh", en: "Province"}, issuer: "${idp.issuer}", client_id: motcua, secret_file: sso.secret, scopes: [openid, identity], for: [citizens]}
  - {id: can-bo, name: {vi: "Tài khoản cán bộ", en: "Officers"}, issuer: "${idp.issuer}", client_id: motcua, secret_file: sso.secret, scopes: [openid, identity], for: [officers], officers: {"${anNumber}": tiepnhan.thanhvinh}}
  - {id: dvcqg, name: {vi: "Cổng Dịch vụ công quốc gia", en: "National portal"}, dialect: vnconnect, client_authentication: basic, issuer: "${idp.issuer}", client_id: motcua, secret_file: sso.secret, scopes: [openid, identity], level: 2, for: [citizens]}
  - {id: vneid, name: {vi: "VNeID", en: "VNeID"}, dialect: vneid, issuer: "${directIssuer}", endpoints: {authorization: "${directIssuer}/auth", token: "${directIssuer}/token", userinfo: "${directIssuer}/userinfo"}, client_id: motcua, secret_file: sso.secret, private_key_file: vneid.pem, level: 2, for: [citizens]}
`,
  );
  server = await startServer({ dossiers: 0, arguments: ["--identity-providers", join(folder, "providers.yaml")] });
  api = new Client(server);
  idp.open([{ id: "motcua", secret, redirectUris: ["sso", "can-bo", "dvcqg"].map((id) => `${server.url()}/api/v1/sign-in/${id}/callback`), logoutUris: [`${server.url()}/`] }]);
});

afterAll(async () => {
  api?.close();
  await server?.remove();
  await idp?.close();
  direct?.closeAllConnections();
  direct?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function signIn(browser: Browser, id: string, account = "an", audience = "citizens"): Promise<string> {
  idp.account = account;
  const begun = await browser.get(`${server.url()}/api/v1/sign-in/${id}?for=${audience}`);
  const back = await browser.followUntil(begun.location!, (next) => next.startsWith(server.url()));
  return (await browser.get(back)).location!.slice(server.url().length);
}

// The portal's session as the API client sends it.
async function citizen(id: string, account = "an"): Promise<Session> {
  const browser = new Browser();
  expect(await signIn(browser, id, account)).toBe("/");
  const cookie = `motcua_citizen=${browser.jar(server.url()).get("motcua_citizen")!}`;
  const told = (await api.get("/api/v1/session", { headers: { Cookie: cookie }, expect: 200 })).json;
  return { username: account, cookie, csrf: told.citizen.csrf_token };
}

const fieldsOf = async (as: Session) => {
  const me = (await api.get("/api/v1/me", { as, expect: 200 })).json;
  return { kind: me.kind, ...Object.fromEntries(me.fields.map((one: { name: string; value: string }) => [one.name, one.value])) };
};

const fileFor = async (number: string) => {
  const answers = maritalAnswers(dice, { requester_id: number });
  return (await fileOnline(api, "1.004873", answers)).json as { id: string; code: string; secret: string };
};

describe("Dialects", () => {
  it("of the standard tell name, number and contact, and under which claim", async () => {
    const as = await citizen("sso");
    expect(await fieldsOf(as)).toEqual({ kind: "person", full_name: "Nguyễn Văn An", personal_id: anNumber, email: "an@example.vn", phone: "0912345678", birth_date: "1990-05-01" });
    const me = (await api.get("/api/v1/me", { as, expect: 200 })).json;
    expect(me.fields.find((one: { name: string }) => one.name === "phone").claim).toBe("phone_number");
  });
  it("of the national portal tell a person or an enterprise, and the level is held to", async () => {
    expect(await fieldsOf(await citizen("dvcqg"))).toMatchObject({ kind: "person", full_name: "NGUYỄN VĂN AN", personal_id: anNumber, technical_id: "T-1" });
    expect(await fieldsOf(await citizen("dvcqg", "firm"))).toMatchObject({ kind: "enterprise", full_name: "Công ty A", tax_code: "0100109106" });
    expect(await signIn(new Browser(), "dvcqg", "binh")).toBe("/dang-nhap?loi=level");
  });
  it("of VNeID asked directly: encrypted bodies are opened, the code keeps its plus signs", async () => {
    const arrive = async () => {
      const browser = new Browser();
      const begun = await browser.get(`${server.url()}/api/v1/sign-in/vneid`);
      const asked = new URL(begun.location!).searchParams;
      expect(asked.has("nonce")).toBe(false);
      expect(asked.get("code_challenge_method")).toBe("S256");
      return { browser, page: await browser.get(`${server.url()}/api/v1/sign-in/vneid/callback?code=ab+/c==&encrypt_key=x+y==&state=${asked.get("state")}`) };
    };
    const { browser, page } = await arrive();
    expect(page.location).toBe(`${server.url()}/`);
    expect(browser.jar(server.url()).get("motcua_citizen")).toMatch(/^[0-9a-f]{64}$/);
    expect(directForms.at(-1)!.get("code")).toBe("ab+/c==");
    expect(directForms.at(-1)!.get("encrypt_key")).toBe("x+y==");
    expect(directForms.at(-1)!.get("client_secret")).toBe(secret);
    breakEnvelope = true;
    const broken = await arrive();
    breakEnvelope = false;
    expect(broken.page.location).toBe(`${server.url()}/dang-nhap?loi=failed`);
    expect(broken.browser.jar(server.url()).has("motcua_citizen")).toBe(false);
  });
});

describe("Officers", () => {
  it("come to the desk by the number of their account, others do not", async () => {
    const browser = new Browser();
    expect(await signIn(browser, "can-bo", "an", "officers")).toBe("/desk");
    const session = JSON.parse((await browser.get(`${server.url()}/api/v1/session`)).text);
    expect(session).toMatchObject({ signed_in: true, officer: { username: "tiepnhan.thanhvinh" } });
    expect(session.citizen).toBeUndefined();
    const other = new Browser();
    expect(await signIn(other, "can-bo", "binh", "officers")).toBe("/desk?sign-in=account");
    expect(other.jar(server.url()).has("motcua_session")).toBe(false);
  });
  it("are not signed in where the provider is for officers alone and a citizen asks", async () => {
    expect((await new Browser().get(`${server.url()}/api/v1/sign-in/can-bo`)).status).toBe(404);
  });
});

describe("One's own dossiers", () => {
  it("are those filed in one's number, open without their secret, and nobody else's are", async () => {
    const mine = await fileFor(anNumber);
    const others = await fileFor(binhNumber);
    // The number of the one stands in the dossier of the other: found by the search, not his.
    const mentions = (await fileOnline(api, "1.004873", maritalAnswers(dice, { requester_id: binhNumber, other_purpose: `Theo hồ sơ của ${anNumber}` }))).json as { code: string };
    const as = await citizen("sso");
    const list = (await api.get("/api/v1/me/dossiers", { as, expect: 200 })).json.items;
    expect(list.map((one: { code: string }) => one.code)).toEqual([mine.code]);
    expect(list[0].procedure.code).toBe("1.004873");

    const track = (code: string, who: Session | undefined, status: number) => api.get("/api/v1/tracking", { as: who, headers: { "X-Dossier-Code": code }, expect: status });
    expect((await track(mine.code, as, 200)).json.code).toBe(mine.code);
    const foreign = await track(others.code, as, 404);
    const missing = await track(others.code.replace(/\d{4}$/, "9999"), as, 404);
    const bare = (body: string) => body.replace(/"trace_id":"\w+"/, "");
    expect(bare(foreign.text)).toBe(bare(missing.text));
    await track(mentions.code, as, 404);
    await track(mine.code, undefined, 404);

    // A change needs the session's own token.
    const withdraw = (csrf: string, status: number) =>
      api.post("/api/v1/tracking/withdraw", { as: { ...as, csrf }, headers: { "X-Dossier-Code": mine.code }, body: { reason: "Không cần nữa" }, expect: status });
    await withdraw("", 403);
    await withdraw("0".repeat(64), 403);
    await withdraw(as.csrf, 200);
  });
  it("are not shown to who is not signed in, nor to an officer", async () => {
    await api.get("/api/v1/me", { expect: 401 });
    await api.get("/api/v1/me/dossiers", { as: await api.signIn("tiepnhan.thanhvinh"), expect: 401 });
  });
});

describe("Signing out", () => {
  it("ends the session here and says where to end it at the provider", async () => {
    const as = await citizen("sso");
    await api.delete("/api/v1/me/session", { as: { ...as, csrf: "" }, expect: 403 });
    const told = (await api.delete("/api/v1/me/session", { as, expect: 200 })).json;
    const there = new URL(told.sign_out_address);
    expect(there.origin).toBe(idp.issuer);
    expect(there.searchParams.get("post_logout_redirect_uri")).toBe(`${server.url()}/`);
    expect(there.searchParams.get("id_token_hint")).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    await api.get("/api/v1/me", { as, expect: 401 });
  });
  it("is what a sign-in of somebody else in the same browser does", async () => {
    const browser = new Browser();
    await signIn(browser, "sso");
    const first = browser.jar(server.url()).get("motcua_citizen")!;
    await signIn(browser, "sso", "binh");
    await api.get("/api/v1/me", { headers: { Cookie: `motcua_citizen=${first}` }, expect: 401 });
    await api.get("/api/v1/me", { headers: { Cookie: `motcua_citizen=${browser.jar(server.url()).get("motcua_citizen")!}` }, expect: 200 });
  });
});

it("A provider that hangs holds up nobody but those who come by it", async () => {
  const held: Socket[] = [];
  const hanging = createTcpServer((socket) => {
    held.push(socket);
    socket.on("error", () => undefined);
  });
  await new Promise<void>((done) => hanging.listen(0, "127.0.0.1", done));
  const issuer = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
  const file = join(folder, "hanging.yaml");
  writeFileSync(file, `format: motcua-identity-providers/1\nproviders:\n  - {id: slow, name: {vi: "Chậm", en: "Slow"}, issuer: "${issuer}", endpoints: {authorization: "${issuer}/auth", token: "${issuer}/token", userinfo: "${issuer}/userinfo", keys: "${issuer}/keys"}, client_id: motcua, secret_file: sso.secret, for: [citizens]}\n`);
  const place = await startServer({ dossiers: 0, arguments: ["--identity-providers", file] });
  const other = new Client(place);
  const officer = await other.signIn("hotich.thanhvinh");
  let on = true;
  const statuses = new Map<number, number>();
  const strangers = Array.from({ length: 60 }, async (_, i) => {
    for (let k = 0; on; ++k) {
      const from = `127.${30 + i}.${k % 250}.1`;
      const begun = await other.get("/api/v1/sign-in/slow?for=citizens", { from });
      let status = begun.status;
      if (status === 303) {
        // Nobody is sent to a provider that is left alone for a while.
        const state = new URL(begun.headers.location!, issuer).searchParams.get("state");
        if (state === null) {
          statuses.set(0, (statuses.get(0) ?? 0) + 1);
          await new Promise((done) => setTimeout(done, 50));
          continue;
        }
        const cookie = (begun.headers["set-cookie"] ?? []).map((one) => one.split(";")[0]!).join("; ");
        status = (await other.get(`/api/v1/sign-in/slow/callback?code=x&state=${state}`, { from, headers: { Cookie: cookie } })).status;
      }
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      await new Promise((done) => setTimeout(done, 50));
    }
  });
  await new Promise((done) => setTimeout(done, 1000));
  const times: number[] = [];
  for (let i = 0; i < 25; ++i) {
    const before = performance.now();
    await other.get("/api/v1/inbox", { as: officer, expect: 200 });
    times.push(performance.now() - before);
    await new Promise((done) => setTimeout(done, 50));
  }
  // Who signs in by a password does not notice either.
  const before = performance.now();
  await other.signIn("tiepnhan.thanhvinh");
  const signing = performance.now() - before;
  on = false;
  for (const socket of held) socket.destroy();
  hanging.close();
  await Promise.all(strangers);
  console.log(`a provider that hangs, 60 strangers (${[...statuses].map(([status, count]) => `${count} × ${status}`).join(", ")}): inbox at most ${Math.max(...times).toFixed(0)} ms, a password ${signing.toFixed(0)} ms`);
  expect(Math.max(...times)).toBeLessThan(1000);
  expect(signing).toBeLessThan(2000);
  other.close();
  await place.remove();
}, 40_000);

it("Without providers nothing changes", async () => {
  const plain = await startServer({ dossiers: null });
  const other = new Client(plain);
  const told = (await other.get("/api/v1/session", { expect: 200 })).json;
  expect(told.signed_in).toBe(false);
  expect(told).not.toHaveProperty("providers");
  expect(told).not.toHaveProperty("citizen");
  await other.get("/api/v1/me", { expect: 401 });
  expect((await new Browser().get(`${plain.url()}/api/v1/sign-in/sso`)).status).toBe(404);
  other.close();
  await plain.remove();
});

it("A file that is wrong keeps the server from starting, and says where without the secret", async () => {
  const bad = join(folder, "bad.yaml");
  writeFileSync(bad, `format: motcua-identity-providers/1\nproviders:\n  - {id: a, name: {vi: a}, issuer: "https://a.example", client_id: a, secret_file: sso.secret, algorithms: [HS256], for: [citizens]}\n`);
  await expect(startServer({ dossiers: null, arguments: ["--identity-providers", bad] })).rejects.toThrow(/provider a: algorithms are RS256, PS256, ES256 and EdDSA; not HS256/);
});
