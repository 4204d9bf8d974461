// web-budget.mjs - what the first visit of each face weighs, against its budget.
//
// Counted are the page and everything it names or imports before it can be used: scripts, style sheets,
// icons, manifest; each as gzip would send it.  Exit 1 where a face is over its budget.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const web = fileURLToPath(new URL("../build/web", import.meta.url));
const budgets = [
  { face: "portal", base: "/", kib: 85, requests: 6 },
  { face: "desk", base: "/desk/", kib: 350, requests: Infinity },
];

function filesOfFirstLoad(folder, base) {
  const files = new Set(["index.html"]);
  const page = readFileSync(join(folder, "index.html"), "utf8");
  for (const [, address] of page.matchAll(/<(?:script|link|img)\b[^>]*?\b(?:src|href)="([^"]+)"/g)) {
    if (address.startsWith(base)) files.add(address.slice(base.length));
  }
  // Imports that are not lazy: a set grows while it is walked, and the walk sees what was added.
  for (const file of files) {
    if (!/\.m?js$/.test(file)) continue;
    const text = readFileSync(join(folder, file), "utf8");
    for (const [, name] of text.matchAll(/\b(?:import|from)\s*"(\.[^"]+)"/g)) files.add(join(dirname(file), name));
  }
  return [...files];
}

let over = 0;
for (const { face, base, kib, requests } of budgets) {
  const folder = join(web, face);
  if (!existsSync(join(folder, "index.html"))) {
    console.error(`${face}: build/web/${face} is missing; build it with scripts/build-web.sh`);
    over = 1;
    continue;
  }
  const files = filesOfFirstLoad(folder, base);
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);
  const good = bytes <= kib * 1024 && files.length <= requests;
  if (!good) over = 1;
  const allowed = `at most ${kib} KiB${requests < Infinity ? ` in ${requests} requests` : ""}`;
  console.log(`${face}: ${(bytes / 1024).toFixed(1)} KiB in ${files.length} requests (${allowed})${good ? "" : " - OVER BUDGET"}`);
}
process.exit(over);
