// Requests over whose limits two readers might disagree: refused by the server itself, and behind nginx
// and HAProxy never seen as another request, or as two.
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startHaproxy, startNginx, type Proxy } from "./harness/proxies.ts";
import { startServer, type TestServer } from "./harness/server.ts";
import { at, smugglingForms } from "./harness/smuggling_forms.ts";

const forms = smugglingForms("direct");
let server: TestServer;
let port = 0;
const proxies: Proxy[] = [];

beforeAll(async () => {
  server = await startServer({ dossiers: null });
  port = Number(new URL(server.url()).port);
  for (const proxy of [await startNginx(port), await startHaproxy(port)]) if (proxy) proxies.push(proxy);
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.stop();
  await server?.remove();
});

interface Seen {
  statuses: number[];
  closed: boolean;
}

// Everything that comes back until the peer closes, or nothing more has come for a while.
function send(to: number, bytes: string): Promise<Seen> {
  return new Promise((resolve) => {
    let text = "";
    let timer: NodeJS.Timeout;
    const socket = connect(to, "127.0.0.1");
    const end = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ statuses: [...text.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map((one) => Number(one[1])), closed });
    };
    const wait = (quiet: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => end(false), quiet);
    };
    socket.on("data", (piece) => ((text += piece.toString("latin1")), wait(1500)));
    socket.on("error", () => end(true));
    socket.on("close", () => end(true));
    socket.write(Buffer.from(bytes, "latin1"));
    wait(10_000);
  });
}

// Sixteen at a time: each has its own connection.
async function sendAll(to: number, way: string): Promise<Seen[]> {
  const ours = smugglingForms(way);
  const answers: Seen[] = new Array<Seen>(forms.length);
  let next = 0;
  const work = async () => {
    for (let i = next++; i < forms.length; i = next++) answers[i] = await send(to, ours[i]!.bytes);
  };
  await Promise.all(Array.from({ length: 16 }, work));
  return answers;
}

// As no request.
const refusals = [400, 411, 413, 422, 431, 501, 505];
const isRefused = ({ statuses, closed }: Seen) => (statuses.length === 0 ? closed : refusals.includes(statuses[0]!));

// What the server has taken for requests that came this way, by path.  Its log comes in pieces of some
// kilobytes: what is asked afterwards pushes the rest out, and shows that all is there.
async function seen(way: string): Promise<string[]> {
  const last = `/over/${way}`;
  const one = `GET ${last} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  for (let tries = 0; tries < 20; ++tries) {
    await send(port, one.repeat(60));
    const lines = readFileSync(join(server.dataFolder, "log", "motcua.log"), "utf8").split("\n");
    const paths = lines.flatMap((line) => /"path":"([^"]*)"/.exec(line)?.[1] ?? []);
    if (paths.includes(last)) return paths.filter((path) => path.includes(`/${way}-`));
  }
  throw new Error("the server's log does not come");
}

// Requests that the server has seen and the proxy has not: those were smuggled.
async function smuggled(proxy: Proxy, paths: string[]): Promise<string[]> {
  for (let tries = 0; ; ++tries) {
    const read = proxy.read().map((line) => line.split(" ")[1]);
    const extra = paths.filter((path) => {
      const at = read.indexOf(path);
      if (at >= 0) read.splice(at, 1);
      return at < 0;
    });
    // The proxy's log may lag behind, too.
    if (tries === 20 || extra.length === 0) return extra;
    await new Promise((done) => setTimeout(done, 200));
  }
}

const nameOf = (i: number) => `${forms[i]!.name}${forms[i]!.mendable ? ` (${forms[i]!.mendable})` : ""}`;

it("There are 120 attacks or more, each once", () => {
  expect(forms.filter((one) => !one.mendable).length).toBeGreaterThanOrEqual(120);
  expect(new Set(forms.map((one) => one.bytes)).size).toBe(forms.length);
});

it("The server refuses each and closes", async () => {
  const answers = await sendAll(port, "direct");
  const wrong = answers.flatMap((answer, i) => {
    const refused = isRefused(answer) && answer.statuses.length === 1 && answer.closed;
    return refused ? [] : [`${nameOf(i)}: ${answer.statuses.join(", ")}${answer.closed ? "" : ", left open"}`];
  });
  expect(wrong).toEqual([]);
  expect((await seen("direct")).filter((path) => path.startsWith("/smuggled/"))).toEqual([]);
}, 120_000);

it("nginx and HAProxy before it refuse each alike, and no request becomes two, and none another", async () => {
  if (proxies.length === 0) console.log("smuggling: neither nginx nor HAProxy is installed; install them by scripts/install-packages.sh test");
  const attacks = forms.filter((one) => !one.mendable).length;
  const counts = [`${forms.length} forms, ${attacks} of them attacks: the server refuses ${forms.length}`];
  for (const proxy of proxies) {
    const answers = await sendAll(proxy.port, proxy.name);
    // A proxy that mends a form, or goes on reading after one that was refused, sends on what it has
    // read, and its own log has it: both agree.
    const paths = await seen(proxy.name);
    expect((await smuggled(proxy, paths)).map((path) => `${proxy.name}: ${path}`)).toEqual([]);
    // Refused is what the proxy did not take, nor the server what the proxy made of it.
    const passed = answers.flatMap((answer, i) => (isRefused(answer) && !paths.includes(at(proxy.name, i + 1)) ? [] : [i]));
    expect(passed.filter((i) => !forms[i]!.mendable).map((i) => `${proxy.name}: ${nameOf(i)}: ${answers[i]!.statuses.join(", ")}`)).toEqual([]);
    counts.push(`${proxy.name} ${forms.length - passed.length} (all ${attacks} attacks; mends ${passed.map(nameOf).join("; ")})`);
  }
  console.log(`smuggling: ${counts.join(", ")}`);
}, 240_000);

it("Whoever is honest passes through both", async () => {
  for (const proxy of proxies) {
    const body = '{"procedure":"1.004873"}';
    const asked = `GET /healthz HTTP/1.1\r\nHost: localhost:${proxy.port}\r\n\r\nPOST /api/v1/drafts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: ${proxy.name}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const { statuses } = await send(proxy.port, asked);
    expect(statuses, proxy.name).toEqual([200, 201]);
  }
}, 60_000);
