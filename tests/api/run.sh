#!/bin/sh
# run.sh - the REST interface on the real server, all but what tests/crash, tests/restore and tests/s3 run.
exec "$(dirname -- "$0")/run_vitest.sh" api --exclude '**/kill*.apitest.ts' --exclude '**/disk_trouble.apitest.ts' --exclude '**/restore.apitest.ts' --exclude '**/s3.apitest.ts' "$@"
