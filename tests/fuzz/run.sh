#!/usr/bin/env bash
# run.sh - feeds the readers of what strangers hand in with bytes that nobody thought of.
#
#   tests/fuzz/run.sh [SECONDS]              of each target, 20 unless said
#   tests/fuzz/run.sh --runs N               N inputs to each target, however long that takes
#   tests/fuzz/run.sh … --only feel,dmn      these targets alone
#
# Needs clang-19 (libFuzzer, address, undefined-behaviour and leak sanitizers).  Each target counts as
# one test.  A unit fails that takes more than a second of processor time (unit_clock.h), and one that
# hangs.  An input that breaks something is kept in build/fuzz/; put it into corpus/TARGET once it is
# mended, so that it stays so.  MOTCUA_FUZZ_SEED=N repeats a run.
set -uo pipefail
export LC_ALL=C.UTF-8
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname -- "$(dirname -- "$here")")

# name | modules it needs (MODULE:FILE,FILE for these of its files only) | libraries | longest input | further folders of inputs, read where they are
targets=(
  'checkpoint|base journal|-lcrypto -lboost_json -licuuc -licui18n|16384|tests/golden/journal'
  'proof_file|base journal|-lcrypto -lboost_json -licuuc -licui18n|16384|tests/golden/journal'
  'feel|base rules|-lcrypto -lboost_json -licuuc -licui18n -lpugixml -lre2 -l:libbidgcc000.a|2048|'
  'dmn|base rules|-lcrypto -lboost_json -licuuc -licui18n -lpugixml -lre2 -l:libbidgcc000.a|32768|../shared/data/dmn-tck'
  'bpmn|base rules bpmn|-lcrypto -lboost_json -licuuc -licui18n -lpugixml -lre2 -lexpat -l:libbidgcc000.a|32768|../shared/data/bpmn-miwg'
  'catalogue|base calendar:limit procedure:procedure catalogue:basis_text,channel_text,component_count,component_text,entry_json,fee_text,finding,finding_text,limit_text,line_reader,lint,lint_components,lint_fees,lint_identity,lint_limits,lint_results,list_reader,mending,page_reader,page_text,paper_text,result_text,spreadsheet_reader,spreadsheet_xml,tally|-lcrypto -lboost_json -licuuc -licui18n -lre2 -lexpat -larchive -lz|8192|'
  'authenticator|base oidc:base64url identity:authenticator_data,cbor,cose_key,webauthn|-lcrypto -lboost_json -licuuc -licui18n|4096|'
  'token|base calendar party oidc|-lcrypto -lboost_json -licuuc -licui18n -lyaml-cpp|8192|'
  'scenario|base calendar rehearsal:scenario,line_reading,deed_reading,expectation_reading,phrase|-lcrypto -lboost_json -licuuc -licui18n -lyaml-cpp|8192|'
  'upload|base documents:archive_inspection,image_heic,image_redrawing,image_redrawing_jpeg,image_redrawing_png,media_heic,media_jpeg,media_message,media_pdf,media_png,media_type,office_parts,pdf_look,zip_directory|-lcrypto -lboost_json -licuuc -licui18n -larchive -lqpdf -ljpeg -lpng -lheif -lz|65536|build/fuzz/seeds/upload'
)

refuse() {
  echo "fuzz: $1" >&2
  exit 2
}
limit=(-max_total_time=20)
only=''
while [[ $# -gt 0 ]]; do
  case "$1" in
    --runs)
      [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || refuse "--runs needs a number"
      limit=("-runs=$2")
      shift
      ;;
    --only)
      [[ -n ${2:-} ]] || refuse "--only needs targets"
      only=$2
      shift
      ;;
    *)
      [[ $1 =~ ^[1-9][0-9]*$ ]] || refuse "how many seconds? Not $1"
      limit=("-max_total_time=$1")
      ;;
  esac
  shift
done

build=$root/build/fuzz
mkdir -p "$build"

# ---------------------------------------------------------------- building: one ninja file of all targets

launcher=''
! command -v ccache >/dev/null || launcher="env CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=$root ccache "
chosen=()
modules=' '
for target in "${targets[@]}"; do
  IFS='|' read -r name uses _ <<<"$target"
  [[ -f $here/${name}_fuzz.cpp ]] || continue
  [[ -z $only || ,$only, == *,"$name",* ]] || continue
  chosen+=("$target")
  for module in $uses; do [[ $modules == *" $module "* ]] || modules+="$module "; done
done
[[ ${#chosen[@]} -gt 0 ]] || refuse "there is no target $only"

sources_of() {
  local module=${1%%:*} file
  if [[ $1 == *:* ]]; then
    for file in $(tr , " " <<<"${1#*:}"); do echo "$root/src/$module/$file.cpp"; done
    return
  fi
  find "$root/src/$1" -maxdepth 1 -name '*.cpp' ! -name '*_test.cpp' ! -name 'test_*.cpp' | sort
}
{
  echo "rule compile"
  echo "  command = ${launcher}clang++-19 -std=c++20 -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -Wno-unknown-warning-option -I$root/src -I$here \$more -MMD -MF \$out.d -c \$in -o \$out"
  echo "  depfile = \$out.d"
  echo "  deps = gcc"
  echo "rule link"
  echo "  command = clang++-19 -fsanitize=fuzzer,address,undefined \$in \$libraries -o \$out"
  for module in $modules; do
    for source in $(sources_of "$module"); do
      # Its build rule and what qpdf needs stand on one line until they are sorted.
      printf 'build %s_%s.o: compile %s' "${module%%:*}" "$(basename -- "$source" .cpp)" "$source"
      grep -q '<qpdf/' "$source" && printf '\t  more = -DPOINTERHOLDER_TRANSITION=4 -include %s/qpdf_under_clang.h' "$here"
      printf '\n'
    done
  done | sort -u | tr '\t' '\n'
  for target in "${chosen[@]}"; do
    IFS='|' read -r name uses libraries _ <<<"$target"
    objects=''
    for module in $uses; do
      for source in $(sources_of "$module"); do objects+=" ${module%%:*}_$(basename -- "$source" .cpp).o"; done
    done
    echo "build ${name}_fuzz.o: compile $here/${name}_fuzz.cpp"
    echo "build $name: link ${name}_fuzz.o$objects"
    echo "  libraries = $libraries"
  done
} >"$build/build.ninja"
ninja -C "$build" ${MOTCUA_JOBS:+-j "$MOTCUA_JOBS"} >"$build/build.log" 2>&1 || {
  tail -n 60 "$build/build.log"
  echo "0 passed, ${#chosen[@]} failed"
  exit 3
}

# ---------------------------------------------------------------- running

# The hostile uploads of the tests, where the tool that makes them has been built.
if [[ -x $root/build/release/hostile_corpus ]]; then
  mkdir -p "$build/seeds/upload"
  "$root/build/release/hostile_corpus" write "$build/seeds/upload" >/dev/null || exit 3
fi

export ASAN_OPTIONS=detect_leaks=1
export UBSAN_OPTIONS=print_stacktrace=1
passed=0
failed=0
for target in "${chosen[@]}"; do
  IFS='|' read -r name _ _ longest folders <<<"$target"
  found=$build/found/$name
  mkdir -p "$found"
  inputs=("$found" "$here/corpus/$name")
  for folder in $folders; do [[ ! -d $root/$folder ]] || inputs+=("$root/$folder"); done
  words=()
  [[ ! -f $here/$name.dict ]] || words=("-dict=$here/$name.dict")
  log=$build/$name.log
  # What is found goes into the first folder; the others are only read.
  if "$build/$name" "${limit[@]}" "${words[@]}" -seed="${MOTCUA_FUZZ_SEED:-0}" -max_len="$longest" \
    -timeout=60 -report_slow_units=5 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$build/$name-" "${inputs[@]}" >"$log" 2>&1; then
    passed=$((passed + 1))
    printf '%-12s %s inputs, %s edges of the program reached, seed %s\n' "$name" \
      "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
      "$(grep -oE 'cov: [0-9]+' "$log" | tail -n1 | cut -d' ' -f2)" \
      "$(sed -n 's/^INFO: Seed: *//p' "$log")"
  else
    failed=$((failed + 1))
    grep -m1 'ERROR\|runtime error\|does not hold' "$log"
    tail -n 60 "$log" | cut -c1-400
    echo "$name FAILED, seed $(sed -n 's/^INFO: Seed: *//p' "$log"): see $log"
  fi
done
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
