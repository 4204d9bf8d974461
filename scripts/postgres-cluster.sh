#!/bin/sh
# A PostgreSQL server of one's own in one folder, for trying things out and for tests.
#
#   scripts/postgres-cluster.sh start DIR [PORT]   make it where there is none, start it, print its URL
#   scripts/postgres-cluster.sh stop DIR           stop it; the folder stays
#   scripts/postgres-cluster.sh url DIR            print its URL
#
# It listens on 127.0.0.1 (on PORT, or on a free one) and on a socket inside DIR, and has one role "motcua"
# that owns one database "motcua".  PostgreSQL refuses to run as root: then the files belong to the
# system's "postgres".  Options for the server come from POSTGRES_OPTIONS.
set -eu

usage() {
  sed -n '4,6s/^# *//p' "$0" >&2
  exit 2
}
[ $# -ge 2 ] || usage
command=$1
dir=$2

bin=${POSTGRES_BIN:-}
if [ -z "$bin" ]; then
  for one in /usr/lib/postgresql/*/bin; do
    [ -x "$one/initdb" ] && bin=$one
  done
fi
[ -n "$bin" ] && [ -x "$bin/initdb" ] || { echo "PostgreSQL is not installed" >&2; exit 3; }

as_owner() {
  if [ "$(id -u)" -eq 0 ]; then
    # Not the caller's folder: its owner may not look into that.
    (cd / && exec setpriv --reuid=postgres --regid=postgres --clear-groups env HOME=/ "$@")
  else
    "$@"
  fi
}

url() {
  printf 'postgres://motcua:%s@127.0.0.1:%s/motcua\n' "$(cat "$dir/password")" "$(cat "$dir/port")"
}

# Below the kernel's range for outgoing connections.
some_port() {
  echo $((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000))
}

serve_on() {
  echo "$1" > "$dir/port"
  as_owner "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/data/server.log" \
    -o "-p $1 -c listen_addresses=127.0.0.1 -k $dir/data ${POSTGRES_OPTIONS:-}" start > /dev/null 2>&1
}

# A server that was killed, and of which nobody has asked yet how it ended, still has its number: by
# that, pg_ctl and PostgreSQL believe that it runs.  Whether its memory is in use PostgreSQL looks itself.
forget_the_dead() {
  [ -s "$dir/data/postmaster.pid" ] || return 0
  read -r pid < "$dir/data/postmaster.pid"
  state=$(sed 's/.*) //; s/ .*//' "/proc/$pid/stat" 2> /dev/null) || state=gone
  case $state in
    Z | gone) rm -f "$dir/data/postmaster.pid" "$dir/data"/.s.PGSQL.*.lock ;;
  esac
}

case $command in
  start)
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    if [ ! -s "$dir/data/PG_VERSION" ] || [ ! -s "$dir/password" ]; then
      rm -rf "$dir/data"
      (umask 077 && od -An -N16 -tx1 /dev/urandom | tr -d ' \n' > "$dir/password")
      if [ "$(id -u)" -eq 0 ]; then chown postgres "$dir" "$dir/password"; fi
      as_owner "$bin/initdb" -D "$dir/data" -U postgres -E UTF8 --locale=C --no-sync \
        --auth-local=trust --auth-host=scram-sha-256 > "$dir/initdb.log" 2>&1 ||
        { cat "$dir/initdb.log" >&2; exit 1; }
      if [ "$(id -u)" -eq 0 ]; then chmod 711 "$dir"; fi
    fi
    forget_the_dead
    if as_owner "$bin/pg_ctl" -D "$dir/data" status > /dev/null 2>&1; then
      url
      exit 0
    fi
    port=${3:-}
    if [ -z "$port" ] && [ -s "$dir/port" ]; then port=$(cat "$dir/port"); fi
    if ! serve_on "${port:-$(some_port)}"; then
      # A port that was asked for is that one; another may be taken, and the next one is not.
      [ -z "$port" ] && { serve_on "$(some_port)" || serve_on "$(some_port)"; } ||
        { tail -5 "$dir/data/server.log" >&2; exit 1; }
    fi
    as_owner "$bin/psql" -q -v ON_ERROR_STOP=1 -v password="$(cat "$dir/password")" \
      -h "$dir/data" -p "$(cat "$dir/port")" -U postgres -d postgres > /dev/null <<'SQL'
SELECT 'CREATE ROLE motcua LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'motcua') \gexec
ALTER ROLE motcua PASSWORD :'password';
SELECT 'CREATE DATABASE motcua OWNER motcua' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'motcua') \gexec
SQL
    url
    ;;
  stop)
    dir=$(cd "$dir" && pwd)
    forget_the_dead
    [ -e "$dir/data/postmaster.pid" ] || exit 0
    as_owner "$bin/pg_ctl" -D "$dir/data" -m "${STOP_MODE:-fast}" -w -t 60 stop > /dev/null
    ;;
  url)
    url
    ;;
  *)
    usage
    ;;
esac
