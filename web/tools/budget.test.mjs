// @vitest-environment node
// The portal's promise to a cheap phone on a weak line, and what the desk loads only when it is needed,
// measured on the files that are served.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

const built = fileURLToPath(new URL("../../build/web/portal", import.meta.url));
const desk = fileURLToPath(new URL("../../build/web/desk", import.meta.url));
const kib = 1024;
// English, where a person has chosen it, is one more request.
const languageRequests = 1;
// What the start page asks the server for: the procedures and the session.  Their answers, gzipped,
// are a few hundred bytes for each procedure.
const apiRequests = 2;
const apiBytes = 8 * kib;

const gzipped = (name) => readFileSync(join(built, `${name}.gz`)).length;

beforeAll(() => {
  const missing = [["portal", built], ["desk", desk]].filter(([, folder]) => !existsSync(join(folder, "index.html.gz"))).map(([face]) => face);
  if (missing.length === 0) return;
  const build = spawnSync(process.execPath, [fileURLToPath(new URL("./build.mjs", import.meta.url)), ...missing], { encoding: "utf8" });
  if (build.status !== 0) throw new Error(build.stderr);
}, 120_000);

// A word of the library feelin that no minifier changes.
const wordOfFeelin = "NO_VARIABLE_FOUND";

const scriptsOf = (folder) => readdirSync(join(folder, "assets")).filter((name) => name.endsWith(".js"));
const textOf = (folder, name) => readFileSync(join(folder, "assets", name), "utf8");
const importedBy = (text) => [...text.matchAll(/\b(?:import|from)\s*"\.\/([^"]+)"/g)].map((match) => match[1]);

// What a page needs before it can be used: its scripts, and what they import without asking.
function scriptsOfFirstLoad(folder) {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const names = new Set([...page.matchAll(/assets\/([^"]+\.js)"/g)].map((match) => match[1]));
  for (const name of names) for (const other of importedBy(textOf(folder, name))) names.add(other);
  return [...names];
}

function firstLoad() {
  const page = readFileSync(join(built, "index.html"), "utf8");
  const linked = [...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  const of = (ending) => linked.filter((name) => name.endsWith(ending)).reduce((sum, name) => sum + gzipped(name), 0);
  return { requests: 1 + linked.length + apiRequests + languageRequests, html: gzipped("index.html"), css: of(".css"), js: of(".js") };
}

describe("the first load of the portal", () => {
  it("is at most 85 KiB gzipped in at most 6 requests, all bytes counted", () => {
    const { requests, html, css, js } = firstLoad();
    expect(js).toBeGreaterThan(0);
    expect(css).toBeGreaterThan(0);
    expect(requests).toBeLessThanOrEqual(6);
    expect(html + css + js + apiBytes).toBeLessThanOrEqual(85 * kib);
  });
  it("keeps to the parts of the budget", () => {
    const { html, css, js } = firstLoad();
    expect(html).toBeLessThanOrEqual(14 * kib);
    expect(css).toBeLessThanOrEqual(16 * kib);
    expect(js).toBeLessThanOrEqual(35 * kib);
  });
});

describe("the whole portal", () => {
  it("with every page and both languages is no more than one first load may be", () => {
    // The page that checks proofs brings a verifier; nobody needs it to file or to track.
    const assets = readdirSync(join(built, "assets")).filter((name) => /\.(js|css)$/.test(name) && !name.startsWith("VerifyPage"));
    expect(assets.reduce((sum, name) => sum + gzipped(join("assets", name)), 0)).toBeLessThanOrEqual(85 * kib);
  });
  it("checks proofs with at most 24 KiB more", () => {
    const page = readdirSync(join(built, "assets")).filter((name) => /^VerifyPage.*\.(js|css)$/.test(name));
    expect(page.length).toBeGreaterThan(0);
    expect(page.reduce((sum, name) => sum + gzipped(join("assets", name)), 0)).toBeLessThanOrEqual(24 * kib);
  });
  it("has a compressed twin of every file that is worth it", () => {
    for (const name of readdirSync(join(built, "assets")).filter((one) => /\.(js|css)$/.test(one))) {
      expect(existsSync(join(built, "assets", `${name}.gz`)), `${name}.gz`).toBe(true);
      expect(existsSync(join(built, "assets", `${name}.br`)), `${name}.br`).toBe(true);
    }
  });
});

describe("the library that judges conditions", () => {
  it("is in no file of the portal", () => {
    expect(scriptsOf(built).filter((name) => textOf(built, name).includes(wordOfFeelin))).toEqual([]);
  });
  it("is one file of the desk, at most 60 KiB gzipped, which no other file imports without asking", () => {
    const having = scriptsOf(desk).filter((name) => textOf(desk, name).includes(wordOfFeelin));
    expect(having).toHaveLength(1);
    expect(scriptsOfFirstLoad(desk).length).toBeGreaterThan(0);
    expect(scriptsOfFirstLoad(desk)).not.toContain(having[0]);
    for (const name of scriptsOf(desk)) expect(importedBy(textOf(desk, name)), name).not.toContain(having[0]);
    expect(readFileSync(join(desk, "assets", `${having[0]}.gz`)).length).toBeLessThanOrEqual(60 * kib);
  });
});
