#!/usr/bin/env bash
# settings_test.sh - do the programs that deploy/ is for take its files, and does a backup come back?
#
# Closes with "N passed, N failed, N skipped".  Like the drill: own folder, own ports, never root, leaves nothing.
# shellcheck disable=SC2154,SC2016,SC2015 # what local_cluster.sh sets; words for eval
set -uo pipefail
export LC_ALL=C.UTF-8
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
deploy=$root/deploy
# shellcheck source=deploy/patroni/local_cluster.sh
source "$deploy/patroni/local_cluster.sh"
PATH=$PATH:/usr/sbin:$(postgresql_programs)
passed=0 failed=0 skipped=0

# expect TEXT COMMAND...
expect() {
  local text=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    passed=$((passed + 1))
    echo "  ok    $text"
  else
    failed=$((failed + 1))
    echo "  FAIL  $text"
    head -n 20 "$work/said"
  fi
}
# unless_missing PROGRAM: false, and counted, where it is not installed.
unless_missing() {
  command -v "$1" >/dev/null 2>&1 && return 0
  skipped=$((skipped + 1))
  echo "  skip  $1 is not installed"
  return 1
}

if [[ $(id -u) -eq 0 && -z ${1:-} ]]; then
  id postgres >/dev/null 2>&1 && as=postgres || as=nobody
  work=$(mktemp -d "${TMPDIR:-/tmp}/motcua-settings.XXXXXX") || exit 3
  mkdir -p "$work/tree/tests"
  cp -R "$deploy" "$work/tree/deploy"
  cp -R "$root/tests/failover" "$work/tree/tests/failover"
  chown -R "$as:" "$work"
  cd / || exit 3
  exec setpriv --reuid="$as" --regid="$(id -g "$as")" --clear-groups --inh-caps=-all \
    env HOME="$work" "$work/tree/tests/failover/settings_test.sh" "$work"
fi
work=${1:-$(mktemp -d "${TMPDIR:-/tmp}/motcua-settings.XXXXXX")}
cd / || exit 3
trap 'remove_cluster "$work"' EXIT
trap 'exit 130' INT TERM HUP

# ---------------------------------------------------------------- one after the other

strict=true failsafe=true etcd_section=etcd
expect "the templates can be filled in" lay_out
! unless_missing haproxy || expect "haproxy takes haproxy.cfg" haproxy -c -f "$work/haproxy/haproxy.cfg"
# It asks etcd, which is not there, dislikes loopback, and looks for pg_hba in one of its two places only.
patroni_finds_nothing_else() {
  patroni --validate-config "$work/node1/patroni.yml" 2>&1 |
    grep -vE "^etcd.hosts .*is not reachable|connect_address 127.0.0.1|^bootstrap.pg_hba +is not defined|^\$" && return 1
  return 0
}
! unless_missing patroni || expect "patroni takes patroni.yml" patroni_finds_nothing_else
if unless_missing systemd-analyze; then
  sed 's|^ExecStart=/usr/bin/motcua|ExecStart=/bin/true|' "$deploy/systemd/motcua.service" >"$work/motcua.service"
  expect "systemd takes motcua.service" systemd-analyze verify "$work/motcua.service"
  expect "motcua.service is exposed to at most 1.5 of 10" \
    systemd-analyze security --offline=true --no-pager --threshold=15 "$work/motcua.service"
fi

unless_missing initdb && unless_missing pgbackrest || {
  echo "$passed passed, $failed failed, $skipped skipped"
  exit $((failed > 0))
}

data=$work/node1/pg
port=$(pg_port 1)
sed "s|/var/lib/pgbackrest|$work/repository|; s|/var/spool/pgbackrest|$work/spool|
  s|/var/lib/postgresql/15/main|$data|; s|5432|$port|; s|/var/run/postgresql|$work/node1|
  s|^log-level-file=.*|log-path=$work\nlock-path=$work|" "$deploy/pgbackrest/pgbackrest.conf" >"$work/pgbackrest.conf"
mkdir -p "$work/repository" "$work/spool"
backrest() { pgbackrest --config="$work/pgbackrest.conf" --stanza=motcua "$@"; }
sql() { psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 -h "$work/node1" -p "$port" -U postgres postgres "$@"; }
start() { (cd "$work/node1" && pg_ctl -D "$data" -w -t 60 -l "$work/node1/log" start); }
stop() { pg_ctl -D "$data" -w -m fast stop; }
make_server() {
  initdb -D "$data" -U postgres --auth=trust --data-checksums --encoding=UTF8 --locale=C.UTF-8 || return 1
  {
    cat "$deploy/postgresql/motcua.conf"
    echo "archive_command = 'pgbackrest --config=$work/pgbackrest.conf --stanza=motcua archive-push %p'"
    echo "listen_addresses = ''"
    echo "port = $port"
    echo "unix_socket_directories = '$work/node1'"
    echo "shared_buffers = 64MB"
  } >>"$data/postgresql.conf"
  start
}
expect "PostgreSQL takes motcua.conf" make_server
expect "pgBackRest takes pgbackrest.conf, and the server's log reaches it" eval 'backrest stanza-create && backrest check'

# A person's name in a row that is refused, and in one that is slow.
write_names() {
  sql -c "CREATE TABLE person (name text PRIMARY KEY)" -c "INSERT INTO person VALUES ('Nguyễn Thị Hiền')" || return 1
  sql -c "PREPARE add AS INSERT INTO person VALUES (\$1)" -c "EXECUTE add ('Nguyễn Thị Hiền')" || true
  psql --no-psqlrc -h "$work/node1" -p "$port" -U postgres postgres \
    -c "INSERT INTO person SELECT name FROM person" || true
  grep -q 'duplicate key' "$work/node1/log"
}
expect "a row is refused" write_names
# Statements that carry values in their own text would still show them; the program sends values apart.
log_names_nobody() { ! grep -vE 'EXECUTE add' "$work/node1/log" | grep -q 'Hiền'; }
expect "the server's log does not quote it" log_names_nobody

expect "a full backup" backrest --type=full backup
expect "more rows after it" sql -c "INSERT INTO person VALUES ('Trần Văn An')"
expect "an incremental backup" backrest --type=incr backup
moment=$(sql -c 'SELECT clock_timestamp()')
sleep 1
expect "somebody deletes everything" sql -c 'DELETE FROM person'
expect "the log up to there is handed over" sql -c 'SELECT pg_switch_wal()'
restore_to_moment() {
  sleep 2
  stop && backrest --delta --type=time --target="$moment" --target-action=promote restore && start
}
expect "a restore to the moment before" restore_to_moment
promoted() { [[ $(sql -c 'SELECT pg_is_in_recovery()') == f ]]; }
expect "it is a primary" wait_until 30 promoted
both_are_back() { [[ $(sql -c 'SELECT count(*) FROM person') == 2 ]]; }
expect "both rows are back" both_are_back
expect "and every page is sound" eval 'stop && pg_checksums --check -D "$data"'

echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed -eq 0 ]]
