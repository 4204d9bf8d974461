// moments.ts - a server that believes that it is another moment, so that days need not be waited for.
//
//   const server = await startServer({ dossiers: 0, ...at("2026-08-20 10:00") });
//   ...
//   await goTo(server, "2026-08-26 09:00");     // stopped, and started days later
import { spawnSync } from "node:child_process";
import type { ServerOptions, TestServer } from "./server.ts";

const timers = { FAKETIME_DONT_FAKE_MONOTONIC: "1", DONT_FAKE_MONOTONIC: "1", TZ: "Asia/Ho_Chi_Minh" };
const tried = spawnSync("faketime", ["-f", "@2026-08-20 10:00:00", "date", "+%FT%H:%M"], { encoding: "utf8", env: { ...process.env, ...timers } });

// Debian's `faketime` is there and does what it says.
export const clockCanBeSet = tried.status === 0 && tried.stdout.trim() === "2026-08-20T10:00";

// Local time; the clock goes on from there.
export function at(moment: string): Required<Pick<ServerOptions, "wrapper" | "environment">> {
  return { wrapper: ["faketime", "-f", `@${moment}:00`], environment: timers };
}

export async function goTo(server: TestServer, moment: string): Promise<void> {
  await server.stop();
  await server.start(at(moment));
}
