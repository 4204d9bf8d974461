#!/bin/sh
# run.sh - the S3 file store over Debian's OpenStack Swift: the contract of file stores, keys that are refused, and
# the server with --files s3://….  The last line is "N passed, N failed".
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
build=${MOTCUA_BUILD:-$root/build/release}

for program in swift-proxy-server swift-account-server swift-container-server swift-object-server swift-ring-builder memcached; do
  command -v "$program" >/dev/null 2>&1 || {
    echo "Skipped: $program is not installed (swift-proxy, swift-account, swift-container, swift-object, memcached)."
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
  }
done

if [ "${1:-}" != --beside-swift ]; then
  exec "$root/tests/s3/swift.sh" "$0" --beside-swift
fi

mkdir -p "$root/build/test"
report=$root/build/test/s3-contract.xml
log=$root/build/test/s3-server.log
rm -f "$report"
status=0
"$build/src/storage/storage_s3_test" --gtest_output="xml:$report" || status=1
number() {
  grep -oE -m1 "$1=\"[0-9]+\"" "$report" 2>/dev/null | head -n1 | grep -oE '[0-9]+' || echo 0
}
failed=$(number failures)
passed=$(($(number tests) - failed))
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1

MOTCUA_BINARY=${MOTCUA_BINARY:-$build/motcua} "$root/tests/api/run_vitest.sh" s3 s3.apitest >"$log" 2>&1 || status=1
cat "$log"
closing=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n1)
passed=$((passed + $(echo "${closing:-0 passed, 1 failed}" | cut -d' ' -f1)))
failed=$((failed + $(echo "${closing:-0 passed, 1 failed}" | cut -d' ' -f3)))
echo "$passed passed, $failed failed"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ]
