#!/usr/bin/env bash
# build-cpp.sh PRESET [TARGET...] - configures build/PRESET where needed and builds the targets (default: all).
#
# MOTCUA_JOBS sets how many compilers run at once; without it, one per processor and per 1.5 GB of memory.
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
preset=${1:?build-cpp.sh: name a preset of CMakePresets.json}
shift

jobs=${MOTCUA_JOBS:-}
if [[ -z $jobs ]]; then
  memory_mb=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
  jobs=$(nproc)
  ((jobs * 1500 <= memory_mb)) || jobs=$((memory_mb / 1500))
  ((jobs >= 1)) || jobs=1
fi

configured=build/$preset/build.ninja
if [[ ! -f $configured ]]; then
  log=build/$preset.configure.log
  mkdir -p build
  if ! cmake --preset "$preset" >"$log" 2>&1; then
    cat "$log" >&2
    echo "build-cpp.sh: cmake could not configure the tree; its output is above." >&2
    exit 3
  fi
fi
# [done/all, seconds]
export NINJA_STATUS='[%f/%t %es] '
exec ninja -C "build/$preset" -j "$jobs" "$@" >&2
