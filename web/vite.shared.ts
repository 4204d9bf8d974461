// What both faces' builds have in common.
import { fileURLToPath } from "node:url";
import type { ServerOptions } from "vite";

// Absolute path of a folder named relative to web/.
export function folder(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

// `npm run dev:portal` and `dev:desk` talk to a real server: MOTCUA_SERVER, or the usual address.
export function developmentServer(port: number): ServerOptions {
  const server = process.env["MOTCUA_SERVER"] ?? "http://127.0.0.1:8080";
  return { port, strictPort: true, proxy: { "/api": server, "/healthz": server } };
}
