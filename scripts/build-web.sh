#!/usr/bin/env bash
# build-web.sh - builds the web faces into build/web, unless they are there for these very sources.
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
stamp=build/web/.sources

# What the bundles are made of; tests and what is generated are not part of it.
digest_of_sources() {
  find api web scripts/web.sh scripts/node.sh \
    \( -path web/node_modules -o -path web/e2e \) -prune -o \
    -type f ! -name '*.test.*' ! -name 'vitest.*' ! -name api-types.ts ! -name '*.tsbuildinfo' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

digest=$(digest_of_sources)
if [[ -f build/web/portal/index.html && -f build/web/desk/index.html && -f build/web/verifier/motcua-verifier.mjs && -f $stamp && $(<"$stamp") == "$digest" ]]; then
  exit 0
fi
echo "==> Building the web pages (1 minute; the first time 2 to 4, with Node 22 and the packages)" >&2
rm -f "$stamp"
scripts/web.sh build >&2
for made in portal/index.html desk/index.html verifier/motcua-verifier.mjs; do
  if [[ ! -f build/web/$made ]]; then
    echo "build-web.sh: build/web/$made was not made" >&2
    exit 3
  fi
done
echo "$digest" >"$stamp"
