// build.mjs [portal|desk|verifier] - types from the contract, the bundles, and their .gz and .br siblings.
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";
import { writeApiTypes } from "./api_types.mjs";

const web = fileURLToPath(new URL("..", import.meta.url));
const compressible = new Set([".html", ".js", ".mjs", ".css", ".svg", ".json", ".webmanifest", ".txt", ".wasm"]);

async function compress(folder) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !compressible.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    await writeFile(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
  }
}

const asked = process.argv.slice(2);
const parts = asked.length > 0 ? asked : ["portal", "desk", "verifier"];
const unknown = parts.filter((part) => !existsSync(join(web, `vite.${part}.config.ts`)));
if (unknown.length > 0) throw new Error(`there is nothing to build of the name ${unknown.join(", ")}`);

await writeApiTypes();
for (const part of parts) {
  await build({ configFile: join(web, `vite.${part}.config.ts`), logLevel: "warn" });
  // A face is sent to browsers, the verifier is a program.
  if (existsSync(join(web, part, "index.html"))) await compress(join(web, "..", "build", "web", part));
}
