// moments.ts - a server that believes that it is another moment, so that days need not be waited for.
//
//   const server = await startServer({ dossiers: 0, ...at("2026-08-20 10:00") });
//   ...
//   await goTo(server, "2026-08-26 09:00");     // stopped, and started days later
import { spawnSync } from "node:child_process";
import type { ServerOptions, TestServer } from "./server.ts";

type Setting = Required<Pick<ServerOptions, "environment">>;

// What Debian's `faketime` would preload.  The program itself stays out of it: killed with its server,
// it leaves a semaphore that another process of the same number stumbles over.
const asked = spawnSync("faketime", ["-f", "+0d", "env"], { encoding: "utf8" });
const library = /^LD_PRELOAD=(.*)$/m.exec(asked.stdout ?? "")?.[1] ?? "";

// As `faketime -f` takes it: "-1h", "@2026-08-20 10:00:00".
export function clockSetTo(clock: string): Setting {
  return {
    environment: { LD_PRELOAD: library, FAKETIME: clock, FAKETIME_DONT_FAKE_MONOTONIC: "1", DONT_FAKE_MONOTONIC: "1", TZ: "Asia/Ho_Chi_Minh" },
  };
}

const tried = spawnSync("date", ["+%FT%H:%M"], { encoding: "utf8", env: { ...process.env, ...clockSetTo("@2026-08-20 10:00:00").environment } });
export const clockCanBeSet = library !== "" && tried.stdout.trim() === "2026-08-20T10:00";

// Local time; the clock goes on from there.
export const at = (moment: string): Setting => clockSetTo(`@${moment}:00`);

export async function goTo(server: TestServer, moment: string): Promise<void> {
  await server.stop();
  await server.start(at(moment));
}
