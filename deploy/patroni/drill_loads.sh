# drill_loads.sh - what writes during a failover drill, and how it is checked afterwards.
#
# Sourced by failover-drill.sh.  $load chooses; the probes run with every load: one stubborn connection to each
# PostgreSQL, past HAProxy, writing wherever that server lets it.
# shellcheck shell=bash disable=SC2154

row_tests=$root/tests/failover

conninfo() {
  echo "host=127.0.0.1 port=$1 dbname=motcua user=motcua connect_timeout=3 keepalives_idle=5 keepalives_interval=2 keepalives_count=3 tcp_user_timeout=10000"
}

# start_in_load LOG PROGRAM...: with the folder of the load as its place, so that it is ended with the rest.
start_in_load() {
  local log=$1
  shift
  (
    cd "$work/load" || exit 1
    PGPASSWORD=$motcua_password exec setsid "$@"
  ) >"$work/load/$log" 2>&1 </dev/null &
}

start_load() {
  local leader node lines=() probes=()
  leader=$(primary) || return 1
  PGPASSWORD=$motcua_password psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 -f "$row_tests/rows.sql" \
    "$(conninfo "$(pg_port "$leader")")" >"$work/load/schema.log" 2>&1 || return 1
  for node in "${nodes[@]}"; do probes+=("$(conninfo "$(pg_port "$node")") target_session_attrs=read-write"); done
  : >"$work/load/acks"
  : >"$work/load/probe-acks"
  start_in_load probe.log "$programs/failover_row_writer" probe-acks probe "${probes[@]}"
  probe_pid=$!
  case "$load" in
    rows)
      for ((node = 0; node < connections; ++node)); do lines+=("$(conninfo "$(proxy_port)")"); done
      start_in_load load.log "$programs/failover_row_writer" acks retry "${lines[@]}"
      ;;
    motcua)
      start_in_load load.log "$programs/failover_store_writer" acks report \
        "postgres://motcua@127.0.0.1:$(proxy_port)/motcua?connect_timeout=3&tcp_user_timeout=10000" "$connections"
      ;;
  esac
  load_pid=$!
}

# False when an outcome stayed unknown or the load ended by itself.
stop_load() {
  local status=0
  kill -TERM "$load_pid" "$probe_pid" 2>/dev/null || status=1
  wait "$load_pid" || status=1
  wait "$probe_pid" || status=1
  return "$status"
}

# "number|what" for each property; all but those with a + before them must be 0.
check_load() {
  local acks=("$work/load/probe-acks")
  [[ $load != rows ]] || acks+=("$work/load/acks")
  cat "${acks[@]}" | as_superuser "$1" -f "$row_tests/check_rows.sql" || return 1
  [[ $load != motcua ]] || { cat "$work/load/report" && as_superuser "$1" -f "$row_tests/check_store.sql"; } || return 1
}

# One line that differs where the contents of two servers differ.
load_digest() {
  local what="SELECT count(*), md5(string_agg(key || attempts, ',' ORDER BY key)) FROM drill.command"
  [[ $load != motcua ]] || what+="; SELECT count(*), md5(string_agg(dossier || sequence || number, ','
    ORDER BY dossier, sequence)) FROM motcua.event"
  as_superuser "$1" -c "$what" | tr '\n' ' '
}
