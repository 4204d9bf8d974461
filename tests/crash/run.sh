#!/bin/sh
# run.sh - kill -9 in the middle of 200 filings at once, five times.
exec "$(dirname -- "$0")/../api/run_vitest.sh" crash kill "$@"
