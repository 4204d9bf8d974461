// build.mjs [portal|desk] - types from the contract, the bundles, and their .gz and .br siblings.
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
const faces = (asked.length > 0 ? asked : ["portal", "desk"]).filter((face) => existsSync(join(web, face, "index.html")));
if (faces.length === 0) throw new Error(`nothing to build: no index.html in ${asked.join(", ")}`);

await writeApiTypes();
for (const face of faces) {
  await build({ configFile: join(web, `vite.${face}.config.ts`), logLevel: "warn" });
  await compress(join(web, "..", "build", "web", face));
}
