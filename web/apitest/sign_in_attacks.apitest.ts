// Sign-in by an identity provider under attack: a real provider behind a proxy that lies.
//
// Each attack must end without a session, for the reason it ought to (the server's log says which);
// a healthy sign-in passes before the first and after each of them.  The count is printed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Browser, type Page } from "./harness/browser.ts";
import { startIdentityProvider, type IdentityProvider, type Tampering } from "./harness/identity_provider.ts";
import { decode, encode, hmacToken, makeToken, newSigner, signatureOf, type Signer } from "./harness/jose.ts";
import { noteOperation } from "./harness/operations.ts";
import { startServer, type TestServer } from "./harness/server.ts";

const secret = "a secret of the client that is long enough";
// Providers of their own where an attack is on what is kept of a provider.
const extra = ["d-redirect", "d-host", "d-issuer", "d-keys", "d-token", "d-flood"];
const stranger = newSigner("RS256", "rsa-1");
const strangerEc384 = newSigner("ES384", "ec-1");

let idp: IdentityProvider;
let evil: Server;
let evilIssuer = "";
let evilSaw: string[] = [];
let server: TestServer;
let folder = "";

const provider = (id: string, issuer: string, more = "") => `
  - id: ${id}
    name: {vi: "Đăng nhập ${id}", en: "Sign in ${id}"}
    issuer: "${issuer}"
    client_id: motcua
    secret_env: TEST_SSO_SECRET
    scopes: [openid, identity]
    algorithms: [RS256, ES256, EdDSA]
    for: [citizens]
${more}`;

beforeAll(async () => {
  idp = await startIdentityProvider(
    {
      an: { name: "Nguyễn Văn An", personal_id: "040090000011", email: "an@example.vn" },
      binh: { name: "Trần Thị Bình", personal_id: "040190000022" },
    },
    "an",
  );
  // A provider that somebody configured in good faith, and that is not honest.
  evil = createServer((request, response) => {
    evilSaw.push(`${request.method} ${request.url}`);
    const json = (body: unknown) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/.well-known/openid-configuration") {
      json({ issuer: evilIssuer, authorization_endpoint: `${evilIssuer}/auth`, token_endpoint: `${evilIssuer}/token`, jwks_uri: `${evilIssuer}/jwks` });
      return;
    }
    json({});
  });
  await new Promise<void>((done) => evil.listen(0, "127.0.0.1", done));
  evilIssuer = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), "motcua-oidc-"));
  const file = join(folder, "providers.yaml");
  writeFileSync(
    file,
    `format: motcua-identity-providers/1\nproviders:${provider("sso", idp.issuer)}${provider("evil", evilIssuer)}${extra.map((id) => provider(id, idp.issuer)).join("")}${provider("acr", idp.issuer, "    contexts: [LoA3]\n")}`,
  );
  server = await startServer({ dossiers: 0, arguments: ["--identity-providers", file], environment: { TEST_SSO_SECRET: secret, MOTCUA_RATE_LIMIT: "off" } });
  idp.open([
    {
      id: "motcua",
      secret,
      redirectUris: ["sso", "acr", ...extra].map((id) => `${server.url()}/api/v1/sign-in/${id}/callback`),
      logoutUris: [`${server.url()}/`],
    },
  ]);
});

afterAll(async () => {
  await server?.remove();
  await idp?.close();
  evil?.closeAllConnections();
  evil?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
  console.log(`sign-in attacks: ${refused.size} of ${names.size} refused without a session, ${healthy} healthy sign-ins between them`);
});

const names = new Set<string>();
const refused = new Set<string>();
let healthy = 0;

const start = (id = "sso") => `${server.url()}/api/v1/sign-in/${id}?return_to=/theo-doi`;

// What the provider sends the browser back with.
async function leave(browser: Browser, id = "sso"): Promise<URL> {
  const begun = await browser.get(start(id));
  if (!begun.location?.startsWith(idp.issuer)) return new URL(begun.location ?? server.url());
  return new URL(await browser.followUntil(begun.location, (next) => next.startsWith(server.url())));
}

async function signIn(browser: Browser, id = "sso", change: (back: URL) => void = () => {}): Promise<Page> {
  const back = await leave(browser, id);
  change(back);
  return browser.get(back.href);
}

const citizenOf = async (browser: Browser) => (JSON.parse((await browser.get(`${server.url()}/api/v1/session`)).text) as { citizen?: { name: string } }).citizen;

const reasons = () =>
  [...readFileSync(join(server.dataFolder, "log/motcua.log"), "utf8").matchAll(/sign-in by [\w.-]+ (?:refused|cannot begin): ([\w-]+)/g)].map((match) => match[1]);

async function mustPass(browser = new Browser()): Promise<Page> {
  const page = await signIn(browser);
  expect([page.status, new URL(page.location!).pathname], reasons().at(-1)).toEqual([303, "/theo-doi"]);
  expect((await citizenOf(browser))?.name).toBe("Nguyễn Văn An");
  healthy += 1;
  return page;
}

async function mustFail(browser: Browser, page: Page, why: string | string[]) {
  expect(page.setCookies.filter((line) => /motcua_(citizen|session)=[^;]/.test(line))).toEqual([]);
  expect(await citizenOf(browser)).toBeUndefined();
  if (page.status === 303) expect(page.location).toMatch(new RegExp(`^${server.url()}/dang-nhap\\?loi=`));
  expect([why].flat()).toContain(reasons().at(-1));
}

// One attack, named; a healthy sign-in must pass right after it.
function attack(name: string, run: () => Promise<void>) {
  names.add(name);
  it(name, async () => {
    await run();
    idp.tampering = {};
    idp.account = "an";
    await mustPass();
    refused.add(name);
  });
}

// The provider says all of this and signs it; only what it says is wrong.
const said = (change: (payload: Record<string, unknown>) => void): Tampering => ({
  idToken: (token) => {
    const { header, payload } = decode(token);
    change(payload);
    return makeToken(idp.signers.rsa, header, payload);
  },
});
const headed = (change: (header: Record<string, unknown>) => void, signer: () => Signer = () => idp.signers.rsa): Tampering => ({
  idToken: (token) => {
    const { header, payload } = decode(token);
    change(header);
    return makeToken(signer(), header, payload);
  },
});
const spelt = (change: (token: string) => string): Tampering => ({ idToken: change });

const token = (name: string, why: string | string[], tampering: () => Tampering, id = "sso") =>
  attack(name, async () => {
    idp.tampering = tampering();
    const browser = new Browser();
    await mustFail(browser, await signIn(browser, id), why);
  });

const answer = (name: string, why: string | string[], change: (back: URL) => void) =>
  attack(name, async () => {
    const browser = new Browser();
    await mustFail(browser, await signIn(browser, "sso", change), why);
  });

const now = () => Math.floor(Date.now() / 1000);

afterEach(() => {
  idp.tampering = {};
});

it("A healthy sign-in opens a session of the portal and nothing else", async () => {
  const browser = new Browser();
  const page = await mustPass(browser);
  const set = page.setCookies.find((line) => line.startsWith("motcua_citizen="))!;
  expect(set).toMatch(/HttpOnly/);
  expect(set).toMatch(/SameSite=Lax/);
  expect(browser.jar(server.url()).has("motcua_signin")).toBe(false);
  expect(JSON.parse((await browser.get(`${server.url()}/api/v1/session`)).text)).toMatchObject({ signed_in: false });
  noteOperation("begin_sign_in", 200);
  noteOperation("finish_sign_in", 200);
});

describe("The token's signature", () => {
  token("alg none without a signature", "algorithm-not-allowed", () => spelt((t) => `${encode({ alg: "none", kid: "rsa-1" })}.${decode(t).parts[1]}.`));
  token("alg none in another spelling", "algorithm-not-allowed", () => spelt((t) => `${encode({ alg: "nOnE", kid: "rsa-1" })}.${decode(t).parts[1]}.`));
  token("alg none over the signature of the real one", "algorithm-not-allowed", () => spelt((t) => `${encode({ alg: "none", kid: "rsa-1" })}.${decode(t).parts[1]}.${decode(t).parts[2]}`));
  token("HS256 with the client secret as key", "algorithm-not-allowed", () => spelt((t) => hmacToken(secret, { alg: "HS256", kid: "rsa-1" }, decode(t).payload)));
  token("HS256 with the public key as secret", "algorithm-not-allowed", () =>
    spelt((t) => hmacToken(idp.signers.rsa.publicKey.export({ type: "spki", format: "pem" }) as string, { alg: "HS256", kid: "rsa-1" }, decode(t).payload)),
  );
  token("an algorithm the configuration does not name", "algorithm-not-allowed", () => spelt((t) => makeToken(idp.signers.rsa, { alg: "RS384", kid: "rsa-1" }, decode(t).payload, "RS384")));
  token("the signature stripped", "signature-wrong", () => spelt((t) => `${decode(t).parts[0]}.${decode(t).parts[1]}.`));
  token("the signature truncated", ["signature-wrong", "token-malformed"], () => spelt((t) => t.slice(0, -8)));
  token("the signature padded", "token-malformed", () => spelt((t) => `${t}==`));
  token("the payload changed under its signature", "signature-wrong", () =>
    spelt((t) => {
      const { payload, parts } = decode(t);
      return `${parts[0]}.${encode({ ...payload, sub: "binh" })}.${parts[2]}`;
    }),
  );
  token("a stranger's key under the name of the provider's", "signature-wrong", () => headed(() => {}, () => stranger));
  token("ES256 with r and s zero", "signature-wrong", () => spelt((t) => `${encode({ alg: "ES256", kid: "ec-1" })}.${decode(t).parts[1]}.${Buffer.alloc(64).toString("base64url")}`));
  token("a P-384 signature called ES256", "signature-wrong", () => spelt((t) => makeToken(strangerEc384, { alg: "ES256", kid: "ec-1" }, decode(t).payload, "ES384")));
  token("an RSA key named for ES256 (key confusion)", "key-unfit", () => spelt((t) => makeToken(idp.signers.ec, { alg: "ES256", kid: "rsa-1" }, decode(t).payload)));
});

describe("The token's header", () => {
  token("a kid that climbs out of the key set", "key-unknown", () => headed((h) => (h["kid"] = "../../../../dev/null")));
  token("the kid of another key of the set", "key-unfit", () => headed((h) => (h["kid"] = "ed-1")));
  token("no kid", "key-unknown", () => headed((h) => delete h["kid"]));
  token("jku to a key set of the attacker", "header-forbidden", () => headed((h) => (h["jku"] = `${evilIssuer}/jwks`), () => stranger));
  token("x5u to a certificate of the attacker", "header-forbidden", () => headed((h) => (h["x5u"] = `${evilIssuer}/cert`), () => stranger));
  token("a key embedded in the token", "header-forbidden", () => headed((h) => (h["jwk"] = stranger.publicJwk), () => stranger));
  token("crit that nobody knows", "critical-unknown", () => headed((h) => (h["crit"] = ["http://example.vn/x"])));
  token("another type of token", "header-forbidden", () => headed((h) => (h["typ"] = "at+jwt")));
  token("alg twice in the header", "token-malformed", () => spelt((t) => makeToken(idp.signers.rsa, '{"alg":"none","kid":"rsa-1","alg":"RS256"}', decode(t).payload)));
});

describe("What the token says", () => {
  token("another issuer", "issuer-wrong", () => said((p) => (p["iss"] = evilIssuer)));
  token("no issuer", "claim-missing", () => said((p) => delete p["iss"]));
  token("an issuer that looks the same (unicode)", "issuer-wrong", () => said((p) => (p["iss"] = String(p["iss"]).replace("127", "１27"))));
  token("an issuer that a URL parser holds equal", "issuer-wrong", () => said((p) => (p["iss"] = `${String(p["iss"]).toUpperCase().replace("HTTP", "http")}/`)));
  token("another audience", "audience-wrong", () => said((p) => (p["aud"] = "another")));
  token("no audience", "claim-missing", () => said((p) => delete p["aud"]));
  token("us among strangers in the audience", "audience-wrong", () => said((p) => (p["aud"] = ["motcua", "another"])));
  token("authorised for another party", "authorized-party-wrong", () => said((p) => (p["azp"] = "another")));
  token("no nonce", "nonce-wrong", () => said((p) => delete p["nonce"]));
  token("another nonce", "nonce-wrong", () => said((p) => (p["nonce"] = "x".repeat(43))));
  token("expired", "expired", () => said((p) => (p["exp"] = now() - 120)));
  token("no expiry", "claim-missing", () => said((p) => delete p["exp"]));
  token("not yet valid", "not-yet-valid", () => said((p) => (p["nbf"] = now() + 3600)));
  token("issued in the future", "issued-in-future", () => said((p) => (p["iat"] = now() + 3600)));
  token("issued long ago", "issued-long-ago", () => said((p) => (p["iat"] = now() - 3600)));
  token("the hash of another access token", "access-token-hash-wrong", () => said((p) => (p["at_hash"] = encode("0123456789abcdef"))));
  token("a lower level than asked for", ["level-too-low", "provider-error"], () => said((p) => (p["acr"] = "LoA1")), "acr");
  token("sub twice in the payload", "token-malformed", () =>
    spelt((t) => {
      const { header, payload } = decode(t);
      return makeToken(idp.signers.rsa, header, JSON.stringify(payload).replace("{", '{"sub":"binh",'));
    }),
  );
  token("a giant token", "token-malformed", () => said((p) => (p["padding"] = "x".repeat(40_000))));
  token("a token of a thousand levels", "token-malformed", () => spelt((t) => makeToken(idp.signers.rsa, decode(t).header, `{"a":${"[".repeat(1000)}${"]".repeat(1000)}}`)));
  attack("the token of an earlier sign-in", async () => {
    let earlier = "";
    idp.tampering = spelt((t) => (earlier = t));
    await signIn(new Browser());
    const browser = new Browser();
    idp.tampering = spelt(() => earlier);
    await mustFail(browser, await signIn(browser), "nonce-wrong");
  });
});

describe("Behind the browser's back", () => {
  token("userinfo of somebody else", "subject-mismatch", () => ({ userinfo: (u) => void Object.assign(u, { sub: "binh", personal_id: "040190000022" }) }));
  token("userinfo of nobody", "subject-mismatch", () => ({ userinfo: (u) => void delete u["sub"] }));
  token("the verifier replaced", "token-refused", () => ({ tokenRequest: (form) => form.set("code_verifier", "x".repeat(43)) }));
  token("the verifier taken out", "token-refused", () => ({ tokenRequest: (form) => form.delete("code_verifier") }));
  token("PKCE left out of the question (downgrade)", ["provider-error", "token-refused"], () => ({
    authorize: (url) => {
      url.searchParams.delete("code_challenge");
      url.searchParams.delete("code_challenge_method");
    },
  }));
  token("PKCE downgraded to plain", ["provider-error", "token-refused"], () => ({ authorize: (url) => url.searchParams.set("code_challenge_method", "plain") }));
  token("the token endpoint sends us elsewhere", "token-response", () => ({
    answer: (path) => (path === "/token" ? { status: 307, headers: { location: `${evilIssuer}/token` }, body: "" } : undefined),
  }));
  token("an answer without a token", "token-response", () => ({ tokens: (body) => void delete body["id_token"] }));
  token("a token of another type", "token-response", () => ({ tokens: (body) => void (body["token_type"] = "mac") }));
  token("an answer of a megabyte", "unreachable", () => ({
    answer: (path) => (path === "/token" ? { status: 200, headers: { "content-type": "application/json" }, body: `{"a":"${"x".repeat(1 << 20)}"}` } : undefined),
  }));
  token("discovery sends us to another host", "unreachable", () => ({
    answer: (path) => (path.endsWith("openid-configuration") ? { status: 302, headers: { location: `${evilIssuer}/.well-known/openid-configuration` }, body: "" } : undefined),
  }), "d-redirect");
  token("discovery names a token endpoint on another host", "metadata-invalid", () => ({ metadata: (m) => void (m["token_endpoint"] = "https://tokens.example/token") }), "d-host");
  token("discovery of another issuer", "metadata-invalid", () => ({ metadata: (m) => void (m["issuer"] = `${idp.issuer}/`) }), "d-issuer");
  token("the key set is elsewhere", "unreachable", () => ({
    answer: (path) => (path === "/jwks" ? { status: 302, headers: { location: `${evilIssuer}/jwks` }, body: "" } : undefined),
  }), "d-keys");
  it("No secret of ours went to the dishonest host", () => {
    expect(evilSaw.filter((line) => !line.includes("openid-configuration"))).toEqual([]);
  });
});

describe("The way back", () => {
  answer("no state", "state-mismatch", (back) => back.searchParams.delete("state"));
  answer("another state", "state-mismatch", (back) => back.searchParams.set("state", "x".repeat(43)));
  answer("no issuer, though the provider promises one", "issuer-missing", (back) => back.searchParams.delete("iss"));
  answer("another issuer in the answer", "issuer-mismatch", (back) => back.searchParams.set("iss", evilIssuer));
  answer("two codes", "response-malformed", (back) => back.searchParams.append("code", "another"));
  answer("an error of somebody else's", "state-mismatch", (back) => {
    back.searchParams.delete("code");
    back.searchParams.set("state", "x".repeat(43));
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_description", "<script>alert(1)</script>");
  });
  answer("an error beside a code", "provider-error", (back) => back.searchParams.set("error", "server_error"));
  attack("login CSRF: the answer of the attacker's sign-in in a browser that began none", async () => {
    const victim = new Browser();
    await mustFail(victim, await victim.get((await leave(new Browser())).href), "no-attempt");
  });
  attack("the state of another browser in one that began its own", async () => {
    const victim = new Browser();
    await leave(victim);
    await mustFail(victim, await victim.get((await leave(new Browser())).href), "state-mismatch");
  });
  attack("a whole answer replayed", async () => {
    const browser = new Browser();
    const cookie = browser.jar(server.url());
    const back = await leave(browser);
    const attempt = cookie.get("motcua_signin")!;
    await browser.get(back.href);
    cookie.clear();
    cookie.set("motcua_signin", attempt);
    await mustFail(browser, await browser.get(back.href), "attempt-used");
  });
  attack("a code used before, with a state of its own", async () => {
    const first = new Browser();
    const used = await leave(first);
    await first.get(used.href);
    const browser = new Browser();
    await mustFail(browser, await signIn(browser, "sso", (back) => back.searchParams.set("code", used.searchParams.get("code")!)), "token-refused");
  });
  attack("the code of another browser (code injection)", async () => {
    idp.account = "binh";
    const stolen = (await leave(new Browser())).searchParams.get("code")!;
    idp.account = "an";
    const browser = new Browser();
    await mustFail(browser, await signIn(browser, "sso", (back) => back.searchParams.set("code", stolen)), "token-refused");
  });
  attack("mix-up: begun at the dishonest provider, answered at the honest one's address", async () => {
    const browser = new Browser();
    await browser.get(start("evil"));
    const attempt = browser.jar(server.url()).get("motcua_signin")!;
    const back = await leave(browser);
    browser.jar(server.url()).set("motcua_signin", attempt);
    await mustFail(browser, await browser.get(back.href), "issuer-mismatch");
  });
  attack("mix-up: the honest provider's code at the dishonest one's address", async () => {
    const code = (await leave(new Browser())).searchParams.get("code")!;
    const browser = new Browser();
    const begun = await browser.get(start("evil"));
    const back = new URL(`${server.url()}/api/v1/sign-in/evil/callback`);
    back.searchParams.set("code", code);
    back.searchParams.set("state", new URL(begun.location!).searchParams.get("state")!);
    back.searchParams.set("iss", idp.issuer);
    await mustFail(browser, await browser.get(back.href), "issuer-mismatch");
    expect(evilSaw.filter((line) => line.includes("/token"))).toEqual([]);
  });
  attack("a cookie of one's own making", async () => {
    const browser = new Browser();
    const back = await leave(browser);
    const jar = browser.jar(server.url());
    jar.set("motcua_signin", jar.get("motcua_signin")!.replace(".citizens.", ".officers."));
    await mustFail(browser, await browser.get(back.href), "no-attempt");
  });
  attack("open redirect after signing in", async () => {
    for (const place of ["https://evil.example/", "//evil.example", "/\\evil.example", "/%0d%0aLocation:%20https://evil.example", "javascript:alert(1)"]) {
      const browser = new Browser();
      const begun = await browser.get(`${server.url()}/api/v1/sign-in/sso?return_to=${encodeURIComponent(place)}`);
      const back = await browser.followUntil(begun.location!, (next) => next.startsWith(server.url()));
      expect(new URL((await browser.get(back)).location!).origin).toBe(server.url());
    }
  });
  attack("a session planted before signing in (fixation)", async () => {
    const planted = "ab".repeat(32);
    const victim = new Browser();
    victim.jar(server.url()).set("motcua_citizen", planted);
    await signIn(victim);
    expect(victim.jar(server.url()).get("motcua_citizen")).not.toBe(planted);
    const attacker = new Browser();
    attacker.jar(server.url()).set("motcua_citizen", planted);
    expect(await citizenOf(attacker)).toBeUndefined();
    // A second sign-in ends the first session of the same browser.
    const before = victim.jar(server.url()).get("motcua_citizen")!;
    await signIn(victim);
    attacker.jar(server.url()).set("motcua_citizen", before);
    expect(await citizenOf(attacker)).toBeUndefined();
  });
  attack("an officer's session by a provider of citizens", async () => {
    const browser = new Browser();
    const page = await browser.get(`${server.url()}/api/v1/sign-in/sso?for=officers`);
    expect(page.status).toBe(404);
    expect(browser.jar(server.url()).size).toBe(0);
  });
});

describe("Keys that change", () => {
  const next = newSigner("RS256", "rsa-2");

  it("are followed without a pause", async () => {
    idp.tampering = {
      keys: (set) => void set.keys.push(next.publicJwk),
      idToken: (t) => makeToken(next, { alg: "RS256", kid: "rsa-2" }, decode(t).payload),
    };
    await mustPass();
  });
  attack("a token of a key that was taken out of the set", async () => {
    // The set that the server has now holds rsa-2 alone: it was fetched again for it.
    idp.tampering = { keys: (set) => void set.keys.splice(0, set.keys.length, newSigner("RS256", "rsa-3").publicJwk), idToken: (t) => makeToken(next, { alg: "RS256", kid: "rsa-9" }, decode(t).payload) };
    let browser = new Browser();
    await mustFail(browser, await signIn(browser), "key-unknown");
    idp.tampering = { ...idp.tampering, idToken: (t) => makeToken(next, { alg: "RS256", kid: "rsa-2" }, decode(t).payload) };
    browser = new Browser();
    await mustFail(browser, await signIn(browser), "key-unknown");
  });
  attack("invented key names do not make us hammer the provider", async () => {
    const before = idp.asked.get("/jwks") ?? 0;
    for (let i = 0; i < 10; i += 1) {
      idp.tampering = headed((h) => (h["kid"] = `invented-${i}`));
      const browser = new Browser();
      await mustFail(browser, await signIn(browser, "d-flood"), "key-unknown");
    }
    expect((idp.asked.get("/jwks") ?? 0) - before).toBeLessThanOrEqual(7);
  });
});

it("35 attacks and more are refused, and the signature of each algorithm we allow is believed", async () => {
  for (const signer of [idp.signers.ec, idp.signers.ed]) {
    idp.tampering = { idToken: (t) => makeToken(signer, { alg: signer.alg, kid: signer.kid }, decode(t).payload) };
    await mustPass();
  }
  expect(names.size).toBeGreaterThanOrEqual(35);
  expect([...names].filter((name) => !refused.has(name))).toEqual([]);
  expect(signatureOf(idp.signers.ec, "a")).not.toBe("");
});
