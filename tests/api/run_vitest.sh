#!/bin/sh
# run_vitest.sh NAME [vitest arguments] - runs tests of web/apitest; the last line is "N passed, N failed".
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
name=$1
shift
PATH="$("$root/scripts/node.sh"):$PATH"
export PATH
"$root/scripts/web.sh" install
report="$root/build/apitest/$name.json"
mkdir -p "$root/build/apitest"
rm -f "$report"
cd "$root/web"
status=0
npx --no-install vitest run --config vitest.api.config.ts --reporter=default --reporter=json --outputFile.json="$report" "$@" || status=1
node -e '
const { existsSync, readFileSync } = require("node:fs");
const [report, status] = process.argv.slice(1);
const told = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : {};
const passed = told.numPassedTests ?? 0;
const skipped = (told.numPendingTests ?? 0) + (told.numTodoTests ?? 0);
// A file that could not be loaded has no tests to fail.
const failed = Math.max(told.numFailedTests ?? 0, status === "0" && passed > 0 ? 0 : 1);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed > 0 ? 1 : 0);
' "$report" "$status"
