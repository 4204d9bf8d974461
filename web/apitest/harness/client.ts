// client.ts - calls to the server; every answer is held against the contract.
//
//   const api = new Client(server);
//   const officer = await api.signIn("tiepnhan.thanhvinh");
//   const filed = await api.post("/api/v1/dossiers", { body, expect: 201 });
import { randomUUID } from "node:crypto";
import { Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { departures, operationOf, problemFaults } from "./contract.ts";
import { noteOperation } from "./operations.ts";
import type { TestServer } from "./server.ts";

export const demoPassword = "thu-nghiem-mot-cua";

// Members of answers are read freely; the contract check is what holds their types.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface Session {
  username: string;
  cookie: string;
  csrf: string;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  text: string;
  json: Json;
}

export interface Call {
  as?: Session | undefined;
  // Sent as JSON; `raw` is sent as it is.
  body?: unknown;
  raw?: Buffer | string;
  headers?: Record<string, string>;
  // The Idempotency-Key: a new one unless given; null sends none.
  key?: string | null;
  // The status that must come; the problem body is shown when another does.
  expect?: number;
  from?: string;
  agent?: Agent;
  // A body that is deliberately outside the contract's paths.
  unchecked?: boolean;
}

export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly sessions = new Map<string, Promise<Session>>();

  constructor(readonly server: TestServer) {}

  get = (path: string, call: Call = {}) => this.call("GET", path, call);
  post = (path: string, call: Call = {}) => this.call("POST", path, call);
  put = (path: string, call: Call = {}) => this.call("PUT", path, call);
  delete = (path: string, call: Call = {}) => this.call("DELETE", path, call);

  async call(method: string, path: string, call: Call = {}): Promise<Answer> {
    const answer = await this.send(method, path, call);
    const pathOnly = path.split("?")[0]!;
    const known = operationOf(method, pathOnly);
    if (!call.unchecked) {
      const checked = { status: answer.status, contentType: answer.headers["content-type"] ?? "", bytes: answer.bytes };
      const faults = known ? departures(known, checked) : pathOnly.startsWith("/api") && answer.status >= 400 ? problemFaults(checked) : [];
      if (faults.length > 0) throw new Error(`${method} ${path} departs from the contract:\n${faults.join("\n")}\n${answer.text.slice(0, 300)}`);
    }
    if (known) noteOperation(known.id, answer.status);
    if (call.expect !== undefined && answer.status !== call.expect) {
      throw new Error(`${method} ${path}: ${answer.status} came, not ${call.expect}\n${answer.text.slice(0, 800)}`);
    }
    return answer;
  }

  // Signed in once for each account.
  signIn(username: string): Promise<Session> {
    let session = this.sessions.get(username);
    if (!session) {
      session = this.freshSession(username, demoPassword);
      this.sessions.set(username, session);
    }
    return session;
  }

  async freshSession(username: string, password: string): Promise<Session> {
    const answer = await this.post("/api/v1/session", { body: { username, password }, expect: 200 });
    const cookie = (answer.headers["set-cookie"] ?? []).map((one) => one.split(";")[0]!).join("; ");
    return { username, cookie, csrf: answer.json.csrf_token as string };
  }

  close() {
    this.agent.destroy();
  }

  private send(method: string, path: string, call: Call): Promise<Answer> {
    const body = call.raw !== undefined ? Buffer.from(call.raw as string) : call.body !== undefined ? Buffer.from(JSON.stringify(call.body)) : undefined;
    const headers: Record<string, string> = {};
    if (call.body !== undefined || call.raw !== undefined) headers["Content-Type"] = call.body !== undefined ? "application/json" : "application/octet-stream";
    if (body) headers["Content-Length"] = String(body.length);
    if (method !== "GET" && method !== "HEAD") {
      if (call.key !== null) headers["Idempotency-Key"] = call.key ?? randomUUID();
      if (call.as) headers["X-CSRF-Token"] = call.as.csrf;
    }
    if (call.as) headers["Cookie"] = call.as.cookie;
    Object.assign(headers, call.headers);
    for (const name of Object.keys(headers)) if (headers[name] === "") delete headers[name];
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        `${this.server.url()}${path}`,
        { method, headers, agent: call.agent ?? this.agent, ...(call.from && { localAddress: call.from, agent: false }) },
        (incoming) => {
          const pieces: Buffer[] = [];
          incoming.on("data", (piece: Buffer) => pieces.push(piece));
          incoming.on("error", reject);
          incoming.on("end", () => {
            const bytes = Buffer.concat(pieces);
            const text = bytes.toString("utf8");
            const isJson = /[/+]json/.test(incoming.headers["content-type"] ?? "");
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, bytes, text, json: isJson ? JSON.parse(text) : undefined });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }
}
