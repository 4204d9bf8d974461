#!/bin/sh
# run.sh - the restore drill: backups under load, the folder lost, restored, damaged on purpose.
exec "$(dirname -- "$0")/../api/run_vitest.sh" restore restore "$@"
