#!/bin/sh
# run.sh - the whole program killed under load, on a full disk, and on one whose syncs fail.
#
# MOTCUA_KILLS and MOTCUA_FULL_CYCLES say how often, MOTCUA_TEST_SEED with which chance.
exec "$(dirname -- "$0")/../api/run_vitest.sh" crash kill.apitest disk_trouble "$@"
