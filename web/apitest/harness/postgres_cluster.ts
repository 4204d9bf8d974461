// postgres_cluster.ts - a PostgreSQL of one's own that may be killed and started again.
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { memory } from "./server.ts";

const script = fileURLToPath(new URL("../../../scripts/postgres-cluster.sh", import.meta.url));

export function postgresIsInstalled(): boolean {
  // 3: there is no PostgreSQL; anything else: there is none in that folder.
  return spawnSync(script, ["url", "/nowhere"]).status !== 3;
}

export class PostgresCluster {
  // In memory, which outlives PostgreSQL: coming back, that first syncs each of its files.
  private readonly folder = mkdtempSync(join(memory, "motcua-postgres-"));
  readonly url: string;

  constructor() {
    // Its server runs as somebody else, who has to get to his files.
    chmodSync(this.folder, 0o755);
    this.url = this.start();
  }

  private start(): string {
    const started = spawnSync(script, ["start", join(this.folder, "cluster")], { encoding: "utf8" });
    if (started.status !== 0) throw new Error(`PostgreSQL does not start: ${started.stdout}${started.stderr}`);
    return started.stdout.trim();
  }

  // On the same port: whoever was connected looks for it there.
  async startAgain(): Promise<void> {
    await promisify(execFile)(script, ["start", join(this.folder, "cluster"), new URL(this.url).port]);
  }

  private get main(): number {
    return Number(readFileSync(join(this.folder, "cluster/data/postmaster.pid"), "utf8").split("\n")[0]);
  }

  // SIGKILL for the server and for each of its children, so that none lives on with the shared memory.
  kill() {
    const main = this.main;
    const children = readdirSync("/proc").filter((name) => {
      try {
        // "pid (name) state parent …"
        return /^\d+$/.test(name) && readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1)!.split(" ")[1] === String(main);
      } catch {
        return false;
      }
    });
    for (const one of [main, ...children.map(Number)]) {
      try {
        process.kill(one, "SIGKILL");
      } catch {
        // Gone already.
      }
    }
  }

  // One value, as PostgreSQL's superuser sees it: beyond the walls between tenants.
  ask(sql: string): string {
    const port = readFileSync(join(this.folder, "cluster/port"), "utf8").trim();
    return execFileSync("psql", ["-h", join(this.folder, "cluster/data"), "-p", port, "-U", "postgres", "-d", "motcua", "-XAtc", sql], { encoding: "utf8", env: { ...process.env, PGOPTIONS: "-c search_path=motcua" } }).trim();
  }

  remove() {
    spawnSync(script, ["stop", join(this.folder, "cluster")], { env: { ...process.env, STOP_MODE: "immediate" } });
    rmSync(this.folder, { recursive: true, force: true });
  }
}
