#!/bin/sh
# Builds and runs every benchmark and prints one table of figures.  On a calm machine: about ten
# minutes the first time, of which filling the store takes most; three minutes after that.
#
#   bench/run.sh [--dossiers N] [--build FOLDER] [--data FOLDER]
set -eu
cd "$(dirname "$0")/.."

dossiers=100000
build=build/release
data=build/bench-data
while [ $# -gt 0 ]; do
  case "$1" in
    --dossiers) dossiers=$2; shift 2 ;;
    --build) build=$2; shift 2 ;;
    --data) data=$2; shift 2 ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "unknown option $1; see --help" >&2; exit 2 ;;
  esac
done

if [ ! -f "$build/build.ninja" ]; then
  cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo >&2
fi
ninja -C "$build" bench >&2

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
memory=$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)
echo "Machine: $(nproc) cores ($model), $memory GiB, $(uname -sr); $(date +%F);" \
  "load before: $(cut -d ' ' -f 1-3 /proc/loadavg); revision $(git rev-parse --short HEAD)"
echo
echo "| what | goal | figure | ratio |"
echo "|---|---|---|---|"

"$build/bench/bench_deadline"
"$build/bench/bench_coverage"
"$build/bench/bench_process"
"$build/bench/bench_rules"
"$build/bench/bench_resolution"
"$build/bench/bench_time" --data "$data/time" --dossiers $((dossiers * 10))

# A store is kept for the next run; one that was left half filled is made anew.
if [ ! -d "$data/$dossiers" ]; then
  rm -rf "$data/$dossiers.part"
  mkdir -p "$data"
  "$build/bench/bench_fill" --data "$data/$dossiers.part" --dossiers "$dossiers"
  mv "$data/$dossiers.part" "$data/$dossiers"
fi
"$build/bench/bench_http" --work "$data/work" --filled "$data/$dossiers"
"$build/bench/bench_http" --work "$data/work" --only-filings --no-mail
