// identity_provider.ts - a real OpenID provider (npm oidc-provider) behind a proxy that tests may turn
// hostile: it sees and changes everything between us and the provider, and has its keys.
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { newSigner, type Signer } from "./jose.ts";

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

// What the proxy does to what passes; each gets what came and answers what goes on.
export interface Tampering {
  // The address a browser asks at the provider.
  authorize?: (url: URL) => void;
  // The form that goes to the token endpoint.
  tokenRequest?: (form: URLSearchParams) => void;
  // The answer of the token endpoint, as JSON.
  tokens?: (body: Record<string, unknown>) => void;
  idToken?: (token: string) => string;
  userinfo?: (body: Record<string, unknown>) => void;
  metadata?: (body: Record<string, unknown>) => void;
  keys?: (body: { keys: unknown[] }) => void;
  // Instead of anything: by path.
  answer?: (path: string) => Reply | undefined;
}

export interface Account {
  [claim: string]: unknown;
}

export interface ClientOfProvider {
  id: string;
  secret: string;
  redirectUris: string[];
  logoutUris?: string[];
}

export interface IdentityProvider {
  issuer: string;
  signers: { rsa: Signer; ec: Signer; ed: Signer };
  // Counts requests by path.
  asked: Map<string, number>;
  // Who signs in next: an id of `accounts`.
  account: string;
  tampering: Tampering;
  // Once the addresses of its clients are known.
  open(clients: ClientOfProvider[]): void;
  close(): Promise<void>;
}

const listen = (server: Server) => new Promise<number>((done) => server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port)));
const shut = (server: Server) =>
  new Promise<void>((done) => {
    server.closeAllConnections();
    server.close(() => done());
  });

function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise((done, failed) => {
    const pieces: Buffer[] = [];
    stream.on("data", (piece: Buffer) => pieces.push(piece));
    stream.on("end", () => done(Buffer.concat(pieces)));
    stream.on("error", failed);
  });
}

export async function startIdentityProvider(accounts: Record<string, Account>, first: string): Promise<IdentityProvider> {
  const signers = { rsa: newSigner("RS256", "rsa-1"), ec: newSigner("ES256", "ec-1"), ed: newSigner("EdDSA", "ed-1") };
  const state = { account: first, tampering: {} as Tampering };
  const asked = new Map<string, number>();

  // The provider itself, behind.
  let provider: Provider | null = null;
  const behind = createServer((request, response) => {
    if (!provider) {
      response.writeHead(503).end();
      return;
    }
    if (request.url?.startsWith("/interaction/")) {
      // Whoever comes has signed in, and agrees.
      void provider.interactionFinished(request, response, { login: { accountId: state.account } }, { mergeWithLastSubmission: false });
      return;
    }
    void provider.callback()(request, response);
  });
  const portBehind = await listen(behind);

  const pass = (method: string, path: string, headers: IncomingHttpHeaders, body: Buffer): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> =>
    new Promise((done, failed) => {
      const { "content-length": _length, "transfer-encoding": _encoding, ...rest } = headers;
      const onward = httpRequest({ host: "127.0.0.1", port: portBehind, method, path, headers: { ...rest, ...(body.length > 0 && { "content-length": String(body.length) }) } }, (answer) => {
        readAll(answer).then((bytes) => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: bytes }), failed);
      });
      onward.on("error", failed);
      onward.end(body);
    });

  const proxy = createServer((request, response) => {
    void (async () => {
      const { tampering } = state;
      const url = new URL(request.url ?? "/", issuer);
      asked.set(url.pathname, (asked.get(url.pathname) ?? 0) + 1);
      let body = await readAll(request);
      const instead = tampering.answer?.(url.pathname);
      if (instead) {
        response.writeHead(instead.status, instead.headers).end(instead.body);
        return;
      }
      if (url.pathname === "/auth") tampering.authorize?.(url);
      if (url.pathname === "/token" && tampering.tokenRequest) {
        const form = new URLSearchParams(body.toString("utf8"));
        tampering.tokenRequest(form);
        body = Buffer.from(form.toString());
      }
      const answer = await pass(request.method ?? "GET", url.pathname + url.search, request.headers, body);
      let out = answer.body;
      const json = <T>(change: (value: T) => void) => {
        const value = JSON.parse(out.toString("utf8")) as T;
        change(value);
        out = Buffer.from(JSON.stringify(value));
      };
      if (answer.status === 200) {
        if (url.pathname === "/.well-known/openid-configuration" && tampering.metadata) json(tampering.metadata);
        if (url.pathname === "/jwks" && tampering.keys) json(tampering.keys);
        if (url.pathname === "/me" && tampering.userinfo) json(tampering.userinfo);
        if (url.pathname === "/token") {
          json<Record<string, unknown>>((tokens) => {
            if (tampering.idToken) tokens["id_token"] = tampering.idToken(String(tokens["id_token"]));
            tampering.tokens?.(tokens);
          });
        }
      }
      const { "content-length": _length, "transfer-encoding": _encoding, ...headers } = answer.headers;
      response.writeHead(answer.status, { ...headers, "content-length": String(out.length) }).end(out);
    })().catch(() => response.writeHead(502).end());
  });
  const issuer = `http://127.0.0.1:${await listen(proxy)}`;

  return {
    issuer,
    signers,
    asked,
    get account() {
      return state.account;
    },
    set account(id: string) {
      state.account = id;
    },
    get tampering() {
      return state.tampering;
    },
    set tampering(how: Tampering) {
      state.tampering = how;
    },
    open(clients) {
      const claimsOf = [...new Set(Object.values(accounts).flatMap((one) => Object.keys(one)))].filter((name) => name !== "sub");
      provider = new Provider(issuer, {
        clients: clients.map((one) => ({
          client_id: one.id,
          client_secret: one.secret,
          redirect_uris: one.redirectUris,
          post_logout_redirect_uris: one.logoutUris ?? [],
          response_types: ["code"],
          grant_types: ["authorization_code"],
        })),
        jwks: { keys: [signers.rsa.privateJwk, signers.ec.privateJwk, signers.ed.privateJwk] },
        cookies: { keys: ["only for these tests"] },
        claims: { openid: ["sub"], identity: claimsOf },
        scopes: ["openid", "identity"],
        enabledJWA: { idTokenSigningAlgValues: ["RS256", "PS256", "ES256", "EdDSA"] },
        features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
        interactions: { url: (_context: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
        ttl: { Session: 60, Grant: 60, Interaction: 60, AccessToken: 60, AuthorizationCode: 60, IdToken: 300 },
        findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ ...accounts[id], sub: id }) }),
        loadExistingGrant: async (context: { oidc: { provider: Provider; client: { clientId: string }; session: { accountId: string } } }) => {
          const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
          grant.addOIDCScope("openid identity");
          await grant.save();
          return grant;
        },
        renderError: (context: { body: unknown }, out: unknown) => {
          context.body = JSON.stringify(out);
        },
      } as never);
    },
    close: async () => {
      await shut(proxy);
      await shut(behind);
    },
  };
}
