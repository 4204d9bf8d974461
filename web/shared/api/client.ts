// client.ts - requests to the server: one place for keys, languages, retries and problems.
//
// Paths are those of api/openapi.yaml, checked by the compiler.  A request either gives the answer or
// throws a Problem.  It is repeated with a growing pause when no answer came and repeating is safe:
// GET always, others because they carry an Idempotency-Key, the same one each time.
import type { paths } from "../api-types.ts";
import type { Language } from "../language.ts";
import { newIntentKey } from "./intent.ts";
import { Problem, readProblem } from "./problem.ts";

export type Path = keyof paths;
export type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface RequestOptions {
  path?: Record<string, string>;
  query?: Record<string, string | number | boolean | null | undefined>;
  headers?: Record<string, string>;
  body?: unknown;
  // Bytes instead of JSON.
  bytes?: Blob;
  // The key of the intent; made here when absent, which is enough unless it must outlive the page.
  key?: string;
  // Version for If-Match.
  version?: number;
  signal?: AbortSignal;
  // How often to repeat after a failure of the line; the pauses' count when absent.
  retries?: number;
}

export interface ClientOptions {
  language: () => Language;
  // Headers of every request, for example X-CSRF-Token.
  headers?: () => Record<string, string>;
  // Called for every problem, for example to go to the sign-in page on 401.
  onProblem?: (problem: Problem) => void;
  // Called when an answer came (true) or none did (false).
  onReachable?: (reachable: boolean) => void;
  // For tests.
  fetch?: typeof fetch;
  wait?: (milliseconds: number) => Promise<void>;
}

export interface Answered<T> {
  value: T;
  // From ETag, where there is one.
  version: number | null;
}

export interface Client {
  get<T>(path: Path, options?: RequestOptions): Promise<T>;
  post<T>(path: Path, options?: RequestOptions): Promise<T>;
  put<T>(path: Path, options?: RequestOptions): Promise<T>;
  remove(path: Path, options?: RequestOptions): Promise<void>;
  // A removal that has something to answer.
  delete<T>(path: Path, options?: RequestOptions): Promise<T>;
  // With the version, for pages that change what they show.
  load<T>(path: Path, options?: RequestOptions): Promise<Answered<T>>;
  // Bytes: PDF, SVG, spreadsheets.
  download(path: Path, options?: RequestOptions): Promise<Blob>;
}

export const retryPausesMs = [400, 1200, 3000];

export function makeUrl(path: Path, options: Pick<RequestOptions, "path" | "query">): string {
  const filled = path.replace(/\{(\w+)\}/g, (_place, name: string) => {
    const value = options.path?.[name];
    if (value === undefined) throw new Error(`${path}: no value for {${name}}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? filled : `${filled}?${text}`;
}

export function createClient(settings: ClientOptions): Client {
  const send = settings.fetch ?? ((input, init) => fetch(input, init));
  const wait = settings.wait ?? ((ms) => new Promise<void>((done) => setTimeout(done, ms)));

  function prepare(method: Method, options: RequestOptions): RequestInit {
    const headers: Record<string, string> = {
      Accept: "application/json, application/problem+json",
      "Accept-Language": settings.language(),
      ...settings.headers?.(),
      ...options.headers,
    };
    const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
    if (method !== "GET") headers["Idempotency-Key"] = options.key ?? newIntentKey();
    if (options.version !== undefined) headers["If-Match"] = `"${options.version}"`;
    if (options.bytes) {
      headers["Content-Type"] = "application/octet-stream";
      init.body = options.bytes;
    } else if (options.body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(options.body);
    }
    if (options.signal) init.signal = options.signal;
    return init;
  }

  async function once(url: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await send(url, init);
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw Problem.offline(settings.language());
    }
    if (response.ok) return response;
    const body = await response.text().catch(() => "");
    throw readProblem(response.status, body, settings.language(), response.headers.get("Retry-After"));
  }

  // The server says so while the first request with this key is still at work.
  const stillInFlight = (problem: Problem): boolean =>
    problem.status === 409 && /in-?flight|in-?progress/.test(problem.slug);

  async function perform(method: Method, path: Path, options: RequestOptions): Promise<Response> {
    const url = makeUrl(path, options);
    const init = prepare(method, options);
    const retries = options.retries ?? retryPausesMs.length;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await once(url, init);
        settings.onReachable?.(true);
        return response;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        settings.onReachable?.(error.kind !== "offline");
        const pause = retryPausesMs[Math.min(attempt, retryPausesMs.length - 1)] ?? 0;
        if (attempt >= retries || !(error.passing || stillInFlight(error))) {
          settings.onProblem?.(error);
          throw error;
        }
        await wait(pause);
        if (options.signal?.aborted) throw error;
      }
    }
  }

  async function readJson<T>(response: Response): Promise<T> {
    if (response.status === 204) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch {
      // The line broke in the middle of the answer, or it is no JSON.
      throw Problem.broken(response.status, settings.language());
    }
  }

  const json = async <T>(method: Method, path: Path, options: RequestOptions = {}): Promise<T> =>
    readJson<T>(await perform(method, path, options));

  return {
    get: (path, options) => json("GET", path, options),
    post: (path, options) => json("POST", path, options),
    put: (path, options) => json("PUT", path, options),
    delete: (path, options) => json("DELETE", path, options),
    remove: async (path, options) => {
      await perform("DELETE", path, options ?? {});
    },
    load: async <T>(path: Path, options: RequestOptions = {}) => {
      const response = await perform("GET", path, options);
      const tag = /^(?:W\/)?"(\d+)"$/.exec(response.headers.get("ETag") ?? "");
      return { value: await readJson<T>(response), version: tag ? Number(tag[1]) : null };
    },
    download: async (path, options) => (await perform("GET", path, options ?? {})).blob(),
  };
}
