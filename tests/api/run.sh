#!/bin/sh
# run.sh - the REST interface on the real server, all but the kill test.
exec "$(dirname -- "$0")/run_vitest.sh" api --exclude '**/kill.apitest.ts' "$@"
