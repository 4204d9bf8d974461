// proxies.ts - Debian's nginx and HAProxy on loopback ports, unprivileged, in front of a test server.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Proxy {
  name: string;
  port: number;
  // What it itself has read so far, as its own log has it: "GET /path 200", or "400" where it was no request.
  read(): string[];
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function untilOpen(port: number, child: ChildProcess, told: () => string): Promise<void> {
  for (let i = 0; i < 100; ++i) {
    if (child.exitCode !== null) throw new Error(`the proxy ended:\n${told()}`);
    const open = await new Promise((done) => {
      const socket = connect(port, "127.0.0.1", () => (socket.destroy(), done(true)));
      socket.once("error", () => done(false));
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the proxy does not listen:\n${told()}`);
}

// What deploy/ ships against doubtful requests is what is tested.
function strict(file: string): string {
  const text = readFileSync(fileURLToPath(new URL(`../../../deploy/${file}`, import.meta.url)), "utf8");
  const found = /^ *# strict:[^]*?# end of strict$/m.exec(text);
  if (!found) throw new Error(`deploy/${file} has no strict part`);
  return found[0];
}

const has = (program: string) => spawnSync(program, ["-v"]).error === undefined;

async function startProxy(name: string, program: string, words: (folder: string, port: number) => string[]): Promise<Proxy | null> {
  if (!has(program)) return null;
  const folder = mkdtempSync(join(tmpdir(), `motcua-${name}-`));
  const port = await freePort();
  let told = "";
  const child = spawn(program, words(folder, port), { stdio: ["ignore", "pipe", "pipe"], cwd: folder });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => (told += piece.toString("utf8")));
  await untilOpen(port, child, () => told);
  return {
    name,
    port,
    read: () => {
      const file = join(folder, "read.log");
      const log = existsSync(file) ? readFileSync(file, "latin1") : told;
      return [...log.matchAll(/^read: (.*)$/gm)].map((line) => line[1]!.trim());
    },
    stop: async () => {
      const ended = new Promise((done) => child.once("close", done));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// Null where it is not installed (scripts/install-packages.sh test).
export const startNginx = (upstream: number) =>
  startProxy("nginx", "/usr/sbin/nginx", (folder, port) => {
    const file = join(folder, "nginx.conf");
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join("\n");
    writeFileSync(
      file,
      `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 256; }
http {
  log_format read 'read: $request_method $uri $status'; access_log ${folder}/read.log read; ${temporary}
  client_max_body_size 21m; client_header_timeout 10s; client_body_timeout 30s; ignore_invalid_headers off;
  upstream motcua { server 127.0.0.1:${upstream}; keepalive 8; }
  server {
    listen 127.0.0.1:${port};
    ${strict("nginx/motcua.conf")}
    location / {
      proxy_pass http://motcua; proxy_http_version 1.1; proxy_request_buffering off; proxy_buffering off;
      proxy_set_header Host $host; proxy_set_header Connection ""; proxy_set_header X-Forwarded-For $remote_addr;
    }
  }
}
`,
    );
    return ["-c", file, "-p", folder, "-e", "stderr"];
  });

export const startHaproxy = (upstream: number) =>
  startProxy("haproxy", "/usr/sbin/haproxy", (folder, port) => {
    const file = join(folder, "haproxy.cfg");
    writeFileSync(
      file,
      `global
  log stdout format raw local0 info
defaults
  mode http
  log global
  log-format "read: %HM %HP %ST"
  timeout connect 5s
  timeout http-request 10s
  timeout client 30s
  timeout server 30s
  timeout http-keep-alive 30s
frontend web
  bind 127.0.0.1:${port}
${strict("haproxy/motcua.cfg")}
  http-request set-header X-Forwarded-For %[src]
  default_backend motcua
backend motcua
  http-reuse always
  server one 127.0.0.1:${upstream}
`,
    );
    return ["-f", file, "-db"];
  });
