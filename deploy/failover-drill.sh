#!/usr/bin/env bash
# failover-drill.sh - kills primaries of a small Patroni cluster under load and looks whether anything was lost.
# shellcheck disable=SC2154 # what the two sourced files set
set -uo pipefail
export LC_ALL=C.UTF-8
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname -- "$here")
# shellcheck source=deploy/patroni/local_cluster.sh
source "$here/patroni/local_cluster.sh"
# shellcheck source=deploy/patroni/drill_loads.sh
source "$here/patroni/drill_loads.sh"

usage() {
  cat <<'TEXT'
failover-drill.sh - three etcd, three PostgreSQL under Patroni and HAProxy on loopback, and what befalls them

  deploy/failover-drill.sh [--failovers N] [--load rows|motcua] [--freeze] [--hang] [--standby]
                           [--switchover] [--stop-etcd] [--all] [--strict] [--failsafe] [--etcd-api N]
                           [--connections N] [--programs DIR] [--keep]

  --failovers N    how often the primary's Patroni and PostgreSQL are killed with -9 (2)
  --load WHAT      rows: numbered rows by plain SQL; motcua: commits of the product's own store (rows)
  --freeze         also stops the primary's processes for 30 seconds and lets them go on (SIGSTOP)
  --hang           the same for Patroni alone, while its PostgreSQL goes on
  --standby        also kills the synchronous standby
  --switchover     also a planned change of the primary
  --stop-etcd      also ends one etcd for 15 seconds, then all three for 30
  --all            all of these
  --strict         with synchronous_mode_strict: no acknowledgement without a standby
  --failsafe       with failsafe_mode: writes go on without etcd while all Patronis see each other
  --etcd-api N     2, or 3: shows that Patroni before 3.0.3 loses acknowledged writes with it at --freeze (2)
  --connections N  that write at once, through HAProxy (8)
  --programs DIR   where failover_row_writer and failover_store_writer are (build/release/tests/failover)
  --keep           leaves the folder with logs and data, and says where it is

Needs Debian's patroni, etcd-server, etcd-client, haproxy, postgresql-15 and curl; touches none of their services.
Runs as you, or, started by root, as postgres (else nobody). Everything it starts is ended with it, and
its folder removed. Takes about a minute a failover. The last line is "N passed, N failed".

Exit status: 0 all passed, 1 something did not, 2 usage, 3 the cluster did not start, 77 a program is missing.
TEXT
}

refuse() {
  echo "failover-drill.sh: $1" >&2
  echo "Try deploy/failover-drill.sh --help" >&2
  exit 2
}

given=("$@")
failovers=2
load=rows
connections=8
freeze=no hang=no standby=no switchover=no stop_etcd=no keep=no
strict=false failsafe=false
etcd_section=etcd
programs=$root/build/release/tests/failover
work=''
while [[ $# -gt 0 ]]; do
  case "$1" in
    --failovers | --load | --connections | --etcd-api | --programs | --work)
      [[ $# -ge 2 && -n $2 ]] || refuse "$1 needs a value"
      case "$1" in
        --failovers) failovers=$2 ;;
        --load) load=$2 ;;
        --connections) connections=$2 ;;
        --etcd-api)
          [[ $2 == [23] ]] || refuse "--etcd-api takes 2 or 3, not $2"
          [[ $2 == 2 ]] || etcd_section=etcd3
          ;;
        --programs) programs=$2 ;;
        --work) work=$2 ;;  # how root hands the folder on
      esac
      shift
      ;;
    --freeze) freeze=yes ;;
    --switchover) switchover=yes ;;
    --stop-etcd) stop_etcd=yes ;;
    --hang) hang=yes ;;
    --standby) standby=yes ;;
    --all) freeze=yes hang=yes standby=yes switchover=yes stop_etcd=yes ;;
    --strict) strict=true ;;
    --failsafe) failsafe=true ;;
    --keep) keep=yes ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) refuse "unknown option $1" ;;
  esac
  shift
done
[[ $failovers =~ ^[0-9]{1,4}$ ]] || refuse "--failovers takes a number, not $failovers"
[[ $connections =~ ^[1-9][0-9]?$ ]] || refuse "--connections takes a number from 1 to 99, not $connections"
[[ $load == rows || $load == motcua ]] || refuse "--load takes rows or motcua, not $load"

PATH=$PATH:/usr/sbin:$(postgresql_programs)
for program in patroni patronictl etcd etcdctl haproxy initdb pg_rewind psql curl setpriv; do
  command -v "$program" >/dev/null 2>&1 || {
    echo "skipped: $program is not installed (scripts/install-packages.sh nightly)" >&2
    exit 77
  }
done
for program in failover_row_writer $([[ $load == rows ]] || echo failover_store_writer); do
  [[ -x $programs/$program ]] || refuse "$programs/$program is missing: scripts/build-cpp.sh release, or name --programs"
done

# PostgreSQL does not run as root: what is needed is copied to where another user may read it.
if [[ $(id -u) -eq 0 ]]; then
  id postgres >/dev/null 2>&1 && as=postgres || as=nobody
  work=$(mktemp -d "${TMPDIR:-/tmp}/motcua-failover.XXXXXX") || exit 3
  mkdir -p "$work/tree/tests" "$work/programs"
  cp -R "$here" "$work/tree/deploy"
  cp -R "$root/tests/failover" "$work/tree/tests/failover"
  cp "$programs"/failover_* "$work/programs/"
  chown -R "$as:" "$work"
  cd / || exit 3
  exec setpriv --reuid="$as" --regid="$(id -g "$as")" --clear-groups --inh-caps=-all \
    env HOME="$work" "$work/tree/deploy/failover-drill.sh" "${given[@]}" --work "$work" --programs "$work/programs"
fi
[[ -n $work ]] || work=$(mktemp -d "${TMPDIR:-/tmp}/motcua-failover.XXXXXX") || exit 3
programs=$(CDPATH='' cd -- "$programs" && pwd)
cd / || exit 3

clean_up() {
  remove_cluster "$work" ${1:+keep}
  [[ -z ${1:-} ]] || echo "logs and data: $work"
}
trap 'clean_up $([[ $keep == no ]] || echo keep)' EXIT
trap 'exit 130' INT TERM HUP
# Even if this shell is killed with -9.
# shellcheck disable=SC2016
setsid bash -c 'source "$1"; while kill -0 "$2" 2>/dev/null; do sleep 1; done; [[ $4 == yes ]] || remove_cluster "$3"' \
  - "$here/patroni/local_cluster.sh" $$ "$work" "$keep" >/dev/null 2>&1 </dev/null &
disown

# ---------------------------------------------------------------- reports

passed=0
failed=0
now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
seconds_of() { printf '%d.%d s' $(($1 / 1000)) $(($1 % 1000 / 100)); }

# expect TEXT COMMAND...: one test.
expect() {
  local text=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
    echo "  ok    $text"
  else
    failed=$((failed + 1))
    echo "  FAIL  $text"
  fi
}
is_at_most() { (($1 <= $2)); }
is_zero() { [[ $1 == 0 ]]; }

# The longest time without an acknowledgement since FROM, in milliseconds.
longest_gap_since() {
  awk -v from="$1" '$1 >= from - 1000 { print $1 }' "$work/load/acks" | sort -n |
    awk -v now="$(now_ms)" 'NR > 1 && $1 - last > gap { gap = $1 - last } { last = $1 }
      END { if (now - last > gap) gap = now - last; print gap + 0 }'
}
# Something was acknowledged after MOMENT.
acknowledged_after() {
  local last
  read -r last _ < <(tail -n 1 "$work/load/acks")
  ((${last:-0} > $1))
}
# The first acknowledgement after MOMENT, in milliseconds from it.
first_after() { awk -v from="$1" '$1 > from && (!best || $1 < best) { best = $1 } END { print best - from }' "$work/load/acks"; }

# ---------------------------------------------------------------- what befalls the cluster

# At ttl 20; a strict cluster also waits until a standby follows the new primary, one loop_wait at most.
longest_allowed=25000
[[ $strict == false ]] || longest_allowed=30000

back_to_three() {
  local began=$SECONDS
  expect "three servers again, one of them synchronous" wait_until 180 is_whole
  echo "        after $((SECONDS - began)) s"
  sleep 3
}

# report_gap MILLISECONDS FORMER
report_gap() {
  local now
  now=$(primary)
  expect "no acknowledgement for $(seconds_of "$1"), at most $(seconds_of $longest_allowed)" is_at_most "$1" $longest_allowed
  expect "node$now is the primary, no longer node$2" test -n "$now" -a "$now" != "$2"
}

kill_primary() {
  local former began gap
  former=$(primary) || former=''
  echo "==> $1: kill -9 of Patroni and PostgreSQL of node$former, the primary"
  signal_below KILL "$work/node$former"
  began=$(now_ms)
  expect "writes are back" wait_until 90 acknowledged_after $((began + 1000))
  gap=$(longest_gap_since "$began")
  gaps+=("$gap")
  report_gap "$gap" "$former"
  start_patroni "$former"
  back_to_three
}

# stop_primary WHAT [alone]: for 30 seconds.
stop_primary() {
  local former began gap
  former=$(primary) || former=''
  echo "==> $1 of node$former, the primary, stands still for 30 s and goes on"
  signal_below STOP "$work/node$former" "${2:-}"
  began=$(now_ms)
  expect "writes are back meanwhile" wait_until 29 acknowledged_after $((began + 10000))
  gap=$(longest_gap_since "$began")
  gaps+=("$gap")
  report_gap "$gap" "$former"
  while (($(now_ms) < began + 30000)); do sleep 0.1; done
  signal_below CONT "$work/node$former" "${2:-}"
  back_to_three
}

kill_standby() {
  local node standby='' began gap
  for node in "${nodes[@]}"; do
    [[ $(rest_says "$node" /synchronous) != 200 ]] || standby=$node
  done
  echo "==> kill -9 of Patroni and PostgreSQL of node$standby, the synchronous standby"
  signal_below KILL "$work/node$standby"
  began=$(now_ms)
  sleep 10
  gap=$(longest_gap_since "$began")
  expect "no acknowledgement for $(seconds_of "$gap"), at most 10.0 s" is_at_most "$gap" 10000
  start_patroni "$standby"
  back_to_three
}

switch_over() {
  local former began gap
  former=$(primary) || former=''
  began=$(now_ms)
  echo "==> planned switchover from node$former"
  expect "patronictl switches over" patronictl_of "$former" switchover motcua --force
  expect "writes are back" wait_until 60 acknowledged_after "$(now_ms)"
  gap=$(longest_gap_since "$began")
  expect "no acknowledgement for $(seconds_of "$gap"), at most 10.0 s" is_at_most "$gap" 10000
  expect "node$(primary) is the primary, no longer node$former" test "$(primary)" != "$former"
  back_to_three
}
patronictl_of() {
  local node=$1
  shift
  patronictl -c "$work/node$node/patroni.yml" "$@" >>"$work/patronictl.log" 2>&1
}

lose_etcd() {
  local began gap node back
  began=$(now_ms)
  echo "==> one etcd of three ends for 15 s"
  signal_below KILL "$work/etcd1"
  sleep 15
  gap=$(longest_gap_since "$began")
  expect "writes went on: no acknowledgement for $(seconds_of "$gap"), at most 5.0 s" is_at_most "$gap" 5000
  start_etcd 1
  sleep 5
  began=$(now_ms)
  echo "==> all three etcd end for 30 s"
  for node in "${nodes[@]}"; do signal_below KILL "$work/etcd$node"; done
  sleep 30
  back=$(now_ms)
  gap=$(longest_gap_since "$began")
  if [[ $failsafe == true ]]; then
    expect "failsafe: writes went on: no acknowledgement for $(seconds_of "$gap"), at most 5.0 s" is_at_most "$gap" 5000
  else
    expect "nothing is written without a lease" is_at_most 1 "$((gap - 5000))"
    expect "everything can still be read" reads_everywhere
  fi
  for node in "${nodes[@]}"; do
    start_etcd "$node"
  done
  expect "writes are back" wait_until 60 acknowledged_after "$back"
  gap=$(first_after "$back")
  expect "$(seconds_of "$gap") after etcd, at most $(seconds_of $longest_allowed); now node$(primary)" \
    is_at_most "$gap" $longest_allowed
  back_to_three
}
reads_everywhere() {
  local node
  for node in "${nodes[@]}"; do
    as_superuser "$node" -c 'SELECT 1' >/dev/null || return 1
  done
}

# All three hold the same, after the standbys have caught up.
servers_agree() {
  local leader lsn node answers=''
  leader=$(primary) || return 1
  lsn=$(as_superuser "$leader" -c 'SELECT pg_current_wal_lsn()') || return 1
  for node in "${nodes[@]}"; do
    [[ $node == "$leader" ]] || wait_until 30 has_replayed "$node" "$lsn" || return 1
    answers+=$(load_digest "$node")$'\n' || return 1
  done
  [[ $(sort -u <<<"${answers%$'\n'}" | wc -l) -eq 1 ]]
}
has_replayed() { [[ $(as_superuser "$1" -c "SELECT pg_last_wal_replay_lsn() >= '$2'") == t ]]; }
no_checksum_failed() {
  [[ $(as_superuser "$1" -c "SELECT sum(checksum_failures), current_setting('data_checksums') FROM pg_stat_database") == '0|on' ]]
}

# ---------------------------------------------------------------- the drill

echo "==> Starting three etcd, three PostgreSQL and HAProxy (half a minute); $etcd_section, strict $strict, failsafe $failsafe"
gaps=()
if ! lay_out || ! start_cluster; then
  echo "the cluster did not start; the ends of its logs:" >&2
  tail -n 15 "$work"/*/log >&2
  exit 3
fi
leader=$(primary)
as_superuser "$leader" -c "CREATE ROLE motcua LOGIN PASSWORD '$motcua_password'" \
  -c 'CREATE DATABASE motcua OWNER motcua' || exit 3
database=motcua
expect "the role of the program is no superuser and the database its own" \
  test "$(as_superuser "$leader" -c "SELECT rolsuper FROM pg_roles WHERE rolname = 'motcua'")" = f
start_load || {
  echo "the load did not start:" >&2
  tail -n 20 "$work"/load/*.log >&2
  exit 3
}
began=$(now_ms)
expect "something is acknowledged" wait_until 30 acknowledged_after "$began"
sleep 5

for ((round = 1; round <= failovers; ++round)); do kill_primary "failover $round of $failovers"; done
[[ $freeze == no ]] || stop_primary "everything"
[[ $hang == no ]] || stop_primary "Patroni, but not PostgreSQL," alone
[[ $standby == no ]] || kill_standby
[[ $switchover == no ]] || switch_over
[[ $stop_etcd == no ]] || lose_etcd

echo "==> What is there against what was acknowledged"
expect "every outcome in doubt was resolved" stop_load
expect "three servers" wait_until 60 is_whole
leader=$(primary)
while IFS='|' read -r number what; do
  case "$what" in
    +*) echo "        $number ${what#+}" ;;
    *) expect "$number $what" is_zero "$number" ;;
  esac
done < <(check_load "$leader" || echo '1|checks could not be run')
expect "all three servers hold the same" servers_agree
for node in "${nodes[@]}"; do expect "node$node: data checksums on, none wrong" no_checksum_failed "$node"; done

echo
if [[ ${#gaps[@]} -gt 0 ]]; then
  echo "times without an acknowledgement: $(for gap in "${gaps[@]}"; do seconds_of "$gap"; echo -n ', '; done | sed 's/, $//')"
fi
[[ $failed -eq 0 ]] || for log in "$work"/node*/log "$work"/load/*.log; do
  echo "--- $log"
  tail -n 25 "$log"
done
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
