#!/usr/bin/env bash
# run.sh - feeds the readers of what strangers hand in with bytes that nobody thought of.
#
#   tests/fuzz/run.sh [SECONDS]     of each target, 20 unless said; more in the nightly run
#
# Needs clang-19 (libFuzzer, address and undefined-behaviour sanitizers).  Each target counts as one
# test.  An input that breaks something is kept in build/fuzz/; put it into corpus/TARGET once it is
# mended, so that it stays so.
set -uo pipefail
export LC_ALL=C.UTF-8
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname -- "$(dirname -- "$here")")
seconds=${1:-20}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || {
  echo "fuzz: how many seconds? Not $seconds" >&2
  exit 2
}
build=$root/build/fuzz
mkdir -p "$build"
compiler=(clang++-19 -std=c++20 -O1 -g -fsanitize=fuzzer-no-link,address,undefined
  -fno-sanitize-recover=all -Wno-unknown-warning-option -I"$root/src")
command -v ccache >/dev/null && compiler=(ccache "${compiler[@]}")
sources=("$root"/src/base/{ensure,random,sha256,text}.cpp)
for source in "$root"/src/journal/*.cpp; do
  [[ $source == *_test.cpp ]] || sources+=("$source")
done

objects=()
for source in "${sources[@]}" "$here"/*_fuzz.cpp; do
  object=$build/$(basename -- "$(dirname -- "$source")")_$(basename -- "$source" .cpp).o
  if [[ ! $object -nt $source ]] || find "$root/src/base" "$root/src/journal" -name '*.h' -newer "$object" | grep -q .; then
    "${compiler[@]}" -c "$source" -o "$object" || exit 3
  fi
  [[ $source == *_fuzz.cpp ]] || objects+=("$object")
done

passed=0
failed=0
for target in checkpoint proof_file; do
  clang++-19 -fsanitize=fuzzer,address,undefined "$build/fuzz_${target}_fuzz.o" "${objects[@]}" \
    -lcrypto -licuuc -licui18n -o "$build/$target" || exit 3
  mkdir -p "$build/found/$target"
  # What is found goes into the first folder; the others are only read.
  if "$build/$target" -max_total_time="$seconds" -max_len=16384 -timeout=5 -rss_limit_mb=1024 \
    -print_final_stats=1 -artifact_prefix="$build/$target-" -verbosity=0 \
    "$build/found/$target" "$here/corpus/$target" "$root/tests/golden/journal" 2>&1 | tail -n 20; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
done
closing="$passed passed, $failed failed"
echo "$closing"
[[ $failed -eq 0 ]]
