#!/usr/bin/env node
// cli.mjs - starts the verifier that the web build has made; that file runs alone, too.
import { existsSync } from "node:fs";

const built = new URL("../../build/web/verifier/motcua-verifier.mjs", import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write("motcua-verifier: it is not built yet; build it with scripts/build-web.sh\n");
  process.exitCode = 2;
}
