// Requests over whose limits two readers might disagree: refused by the server itself, and behind nginx
// and HAProxy never seen as another request, or as two.
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startHaproxy, startNginx, type Proxy } from "./harness/proxies.ts";
import { startServer, type TestServer } from "./harness/server.ts";
import { smugglingForms } from "./harness/smuggling_forms.ts";

const forms = smugglingForms();
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

// Everything that comes back until the peer closes, or nothing has come for a while.
function send(to: number, bytes: string, quiet = 400): Promise<Seen> {
  return new Promise((resolve) => {
    let text = "";
    let timer: NodeJS.Timeout;
    const socket = connect(to, "127.0.0.1");
    const end = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ statuses: [...text.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map((one) => Number(one[1])), closed });
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => end(false), quiet);
    };
    socket.on("data", (piece) => ((text += piece.toString("latin1")), wait()));
    socket.on("error", () => end(true));
    socket.on("close", () => end(true));
    socket.write(Buffer.from(bytes, "latin1"));
    wait();
  });
}

// Sixteen at a time: each has its own connection.
async function sendAll(to: number, quiet?: number): Promise<Seen[]> {
  const answers: Seen[] = new Array<Seen>(forms.length);
  let next = 0;
  const work = async () => {
    for (let i = next++; i < forms.length; i = next++) answers[i] = await send(to, forms[i]!.bytes, quiet);
  };
  await Promise.all(Array.from({ length: 16 }, work));
  return answers;
}

// The numbers of the hidden requests that the server has seen so far.
async function hiddenSeen(): Promise<string[]> {
  await new Promise((done) => setTimeout(done, 300));
  return seenPaths().flatMap((path) => /^\/smuggled\/(\d+)/.exec(path)?.[1] ?? []);
}
const seenPaths = (): string[] =>
  readFileSync(join(server.dataFolder, "log", "motcua.log"), "utf8")
    .split("\n")
    // The last line may still be on its way to the disk.
    .slice(0, -1)
    .map((line) => /"path":"([^"]*)"/.exec(line)?.[1] ?? "")
    .filter((path) => path !== "");

it("There are 120 forms or more, each once", () => {
  expect(forms.length).toBeGreaterThanOrEqual(120);
  expect(new Set(forms.map((one) => one.bytes)).size).toBe(forms.length);
});

it("The server refuses each and closes", async () => {
  const answers = await sendAll(port, 3000);
  const wrong = answers.flatMap((answer, i) => {
    const refused = answer.statuses.length === 1 && answer.statuses[0]! >= 400 && answer.closed;
    return refused ? [] : [`${forms[i]!.name}: ${answer.statuses.join(", ")}${answer.closed ? "" : ", left open"}`];
  });
  expect(wrong).toEqual([]);
}, 60_000);

it("Behind nginx and HAProxy no request becomes two, and none another", async () => {
  if (proxies.length === 0) console.log("smuggling: neither nginx nor HAProxy is installed; install them by scripts/install-packages.sh test");
  for (const proxy of proxies) {
    const before = (await hiddenSeen()).length;
    const answers = await sendAll(proxy.port);
    // A proxy that reads a lone line feed as the end of a line sees two requests, sends two, and answers
    // two.  What the server saw and the proxy did not would be smuggled.
    const hidden = (await hiddenSeen()).slice(before);
    const smuggled = hidden.filter((number) => answers[Number(number) - 1]!.statuses.length < 2);
    expect(smuggled.map((number) => `${proxy.name}: ${forms[Number(number) - 1]!.name}`)).toEqual([]);
    const refused = answers.filter((one) => one.statuses.length <= 1 && (one.statuses[0] ?? 400) >= 400).length;
    console.log(`smuggling: ${proxy.name} and the server refuse ${refused} of ${forms.length} forms`);
  }
}, 120_000);
