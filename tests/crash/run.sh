#!/bin/sh
# run.sh - the whole program killed under load, PostgreSQL killed under it (where that is installed), a full disk,
# and one whose syncs fail.
#
# MOTCUA_KILLS and MOTCUA_FULL_CYCLES say how often, MOTCUA_TEST_SEED with which chance.
exec "$(dirname -- "$0")/../api/run_vitest.sh" crash kill.apitest kill_postgres disk_trouble "$@"
