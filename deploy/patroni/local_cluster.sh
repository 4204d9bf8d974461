# local_cluster.sh - three etcd, three Patroni with PostgreSQL, and HAProxy, on loopback, from the templates beside it.
#
# To be sourced by bash that is not root.  Everything lives in the folder $work: each process has its working
# directory in it, which is how they are found and ended, whoever started them.
# shellcheck shell=bash disable=SC2034,SC2154

templates=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
nodes=(1 2 3)

# The highest version of PostgreSQL that is installed.
postgresql_programs() {
  printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort | tail -n1
}

# Processes whose working directory is FOLDER or, without "alone", lies in it; PostgreSQL's are in the data folder.
processes_below() {
  local where=(-lname "$1")
  [[ -n ${2:-} ]] || where+=(-o -lname "$1/*")
  find /proc/[0-9]*/cwd -maxdepth 0 \( "${where[@]}" \) -printf '%h\n' 2>/dev/null | sed 's|^/proc/||'
}

# signal_below SIGNAL FOLDER [alone]: in one call, so that they get it together.
signal_below() {
  local found
  mapfile -t found < <(processes_below "$2" "${3:-}")
  [[ ${#found[@]} -eq 0 ]] || kill "-$1" "${found[@]}" 2>/dev/null || true
}

# Ends what is left in FOLDER and removes it.
remove_cluster() {
  local try
  for try in {1..50}; do
    [[ -n $(processes_below "$1") ]] || break
    signal_below CONT "$1"
    signal_below KILL "$1"
    sleep 0.1
  done
  [[ $# -gt 1 ]] || rm -rf -- "$1"
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Sixteen free ports in a row, below those that the kernel gives to clients.
choose_ports() {
  local try offset
  for try in {1..100}; do
    base_port=$((20000 + RANDOM % 600 * 16))
    for offset in {0..15}; do
      port_is_free $((base_port + offset)) || continue 2
    done
    return 0
  done
  echo "no sixteen free ports in a row were found" >&2
  return 1
}
etcd_port() { echo $((base_port + $1)); }
etcd_peer_port() { echo $((base_port + 3 + $1)); }
pg_port() { echo $((base_port + 6 + $1)); }
rest_port() { echo $((base_port + 9 + $1)); }
proxy_port() { echo $((base_port + 13)); }

new_password() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# fill TEMPLATE NODE: the template with its words filled in.
fill() {
  local node=$2 i hosts='' cluster='' script
  for i in "${nodes[@]}"; do
    hosts+=${hosts:+,}127.0.0.1:$(etcd_port "$i")
    cluster+=${cluster:+,}node$i=http://127.0.0.1:$(etcd_peer_port "$i")
  done
  script="s|@NODE@|node$node|g; s|@NODE_NUMBER@|$node|g; s|@ADDRESS[123]*@|127.0.0.1|g; s|@BIND@|127.0.0.1|g
    s|@NETWORK@|127.0.0.1/32|g; s|@ETCD_SECTION@|$etcd_section|g; s|@ETCD_HOSTS@|$hosts|g; s|@ETCD_CLUSTER@|$cluster|g
    s|@ETCD_DATA_DIR@|$work/etcd$node/data|g
    s|@ETCD_PORT@|$(etcd_port "$node")|g; s|@ETCD_PEER_PORT@|$(etcd_peer_port "$node")|g
    s|@PG_PORT@|$(pg_port "$node")|g; s|@REST_PORT@|$(rest_port "$node")|g; s|@PROXY_PORT@|$(proxy_port)|g
    s|@DATA_DIR@|$work/node$node/data|g; s|@PGPASS@|$work/node$node/pgpass|g; s|@SOCKET_DIR@|$work/node$node|g
    s|@BIN_DIR@|$(postgresql_programs)|g
    s|@SUPERUSER_PASSWORD@|$superuser_password|g; s|@REPLICATION_PASSWORD@|$replication_password|g
    s|@REWIND_PASSWORD@|$rewind_password|g; s|@REST_PASSWORD@|$rest_password|g
    s|@STRICT@|$strict|g; s|@FAILSAFE@|$failsafe|g; s|@WATCHDOG@|off|g
    s|@CUSTOM_CONF@|$work/motcua.conf|g; s|@ARCHIVE_MODE@|off|g; s|@SHARED_BUFFERS@|64MB|g; s|@WAL_KEEP_SIZE@|256MB|g"
  for i in "${nodes[@]}"; do
    script+="; s|@PG_PORT$i@|$(pg_port "$i")|g; s|@REST_PORT$i@|$(rest_port "$i")|g"
  done
  sed "$script" "$templates/$1"
}

# lay_out: folders, passwords and configurations of a cluster with $strict and $failsafe (true or false) and
# $etcd_section (etcd or etcd3).
lay_out() {
  local node
  choose_ports || return 1
  superuser_password=$(new_password)
  replication_password=$(new_password)
  rewind_password=$(new_password)
  rest_password=$(new_password)
  motcua_password=$(new_password)
  mkdir -p "$work/haproxy" "$work/load"
  cp "$templates/../postgresql/motcua.conf" "$work/motcua.conf"
  for node in "${nodes[@]}"; do
    mkdir -p "$work/node$node" "$work/etcd$node"
    chmod 700 "$work/node$node" "$work/etcd$node"
    fill etcd.env.in "$node" >"$work/etcd$node/etcd.env"
    fill patroni.yml.in "$node" >"$work/node$node/patroni.yml"
  done
  fill haproxy.cfg.in 1 >"$work/haproxy/haproxy.cfg"
  if grep -n '^[^#]*@[A-Z_0-9]*@' "$work"/*/patroni.yml "$work"/*/etcd.env "$work/haproxy/haproxy.cfg"; then
    echo "a word of a template was not filled in" >&2
    return 1
  fi
}

start_etcd() {
  (
    cd "$work/etcd$1" || exit 1
    set -a
    # shellcheck source=/dev/null
    source ./etcd.env
    exec setsid etcd --logger=zap --log-level=warn
  ) >>"$work/etcd$1/log" 2>&1 </dev/null &
  disown
}
start_patroni() {
  (
    cd "$work/node$1" || exit 1
    exec setsid patroni patroni.yml
  ) >>"$work/node$1/log" 2>&1 </dev/null &
  disown
}
start_haproxy() {
  (
    cd "$work/haproxy" || exit 1
    exec setsid haproxy -db -f haproxy.cfg
  ) >>"$work/haproxy/log" 2>&1 </dev/null &
  disown
}

# What Patroni's REST interface of a node says to a path: its status.
rest_says() {
  curl --silent --max-time 2 --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$(rest_port "$1")$2" || true
}

# The node that is the primary, if there is one.
primary() {
  local node
  for node in "${nodes[@]}"; do
    [[ $(rest_says "$node" /primary) != 200 ]] || {
      echo "$node"
      return 0
    }
  done
  return 1
}

# as_superuser NODE [psql arguments]
as_superuser() {
  local node=$1
  shift
  PGPASSWORD=$superuser_password PGCONNECT_TIMEOUT=5 psql --no-psqlrc --quiet --tuples-only --no-align \
    --set ON_ERROR_STOP=1 "host=127.0.0.1 port=$(pg_port "$node") user=postgres dbname=${database:-postgres}" "$@"
}

# One primary, both others stream from it on its timeline, one of them synchronously, and Patroni knows which.
is_whole() {
  local leader node synchronous=0 streaming
  leader=$(primary) || return 1
  for node in "${nodes[@]}"; do
    [[ $node == "$leader" || $(rest_says "$node" /synchronous) != 200 ]] || synchronous=$((synchronous + 1))
  done
  [[ $synchronous -eq 1 ]] || return 1
  streaming=$(as_superuser "$leader" -c "SELECT count(*) || ' ' || count(*) FILTER (WHERE sync_state = 'sync')
    FROM pg_stat_replication WHERE state = 'streaming' AND application_name LIKE 'node%'" 2>/dev/null) || return 1
  [[ $streaming == '2 1' ]]
}

# wait_until SECONDS COMMAND...: false when it did not come true in time.
wait_until() {
  local until=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < until)) || return 1
    sleep 0.3
  done
}

start_cluster() {
  local node
  for node in "${nodes[@]}"; do start_etcd "$node"; done
  wait_until 30 etcd_answers || return 1
  for node in "${nodes[@]}"; do start_patroni "$node"; done
  wait_until 120 is_whole || return 1
  start_haproxy
}
etcd_answers() {
  ETCDCTL_API=3 etcdctl --endpoints "127.0.0.1:$(etcd_port 1)" --command-timeout=2s get nothing >/dev/null 2>&1
}
