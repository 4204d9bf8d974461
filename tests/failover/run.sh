#!/usr/bin/env bash
# run.sh - deploy/ as it is: its files are taken, a backup comes back, and the failover drill with everything it can
# do to a cluster.  Closes with "N passed, N failed, N skipped".
set -uo pipefail
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
drill=$here/../../deploy/failover-drill.sh
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# part COMMAND...: runs it and leaves its closing line for the sum.
part() {
  local code=0
  "$@" 2>&1 | tee -a "$log" || code=$?
  case "$code" in
    0 | 1) ;;
    77) echo "0 passed, 0 failed, 1 skipped" >>"$log" ;;
    *) echo "0 passed, 1 failed" >>"$log" ;;
  esac
  [[ $code -eq 0 || $code -eq 77 ]] || status=1
}

part "$here/settings_test.sh"
part "$drill" --failovers "${MOTCUA_FAILOVERS:-2}" --all --load motcua --connections 16 "$@"
part "$drill" --failovers 1 --stop-etcd --strict --failsafe "$@"
grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" |
  awk '{ good += $1; bad += $3; off += $5 } END { printf "%d passed, %d failed, %d skipped\n", good, bad, off }'
exit "$status"
