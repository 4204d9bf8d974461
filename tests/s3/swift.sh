#!/usr/bin/env bash
# swift.sh COMMAND [ARGUMENT...] - runs COMMAND beside an S3 service of its own: Debian's OpenStack Swift
# with s3api, which verifies signatures, on loopback, one node, in a temporary folder.
#
# Needs Debian's swift-proxy, swift-account, swift-container, swift-object and memcached.  The timeouts of its parts are
# long: a busy machine must not leave a listing behind what was put.
#
# COMMAND finds MOTCUA_S3_ENDPOINT, MOTCUA_S3_BUCKET (exists, empty), MOTCUA_S3_KEY and MOTCUA_S3_SECRET in its
# environment.  Everything is stopped and removed at the end; the exit status is COMMAND's.
set -euo pipefail
[[ $# -gt 0 ]] || {
  echo "swift.sh: say what to run beside Swift" >&2
  exit 2
}

# Swift keeps its metadata in extended attributes.
folder=''
for place in "${TMPDIR:-/tmp}" /dev/shm /var/tmp; do
  folder=$(mktemp -d "$place/motcua-swift-XXXXXX") || continue
  if /usr/bin/python3 -c 'import os, sys; os.setxattr(sys.argv[1], "user.swift", b"1")' "$folder" 2>/dev/null; then break; fi
  rmdir "$folder"
  folder=''
done
[[ -n $folder ]] || {
  echo "swift.sh: no temporary folder keeps extended attributes" >&2
  exit 3
}

pids=()
clean_up() {
  local status=$?
  trap - EXIT
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$folder"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

read -r proxy account container object memcache < <(/usr/bin/python3 - <<'PY'
import socket
sockets = [socket.socket() for _ in range(5)]
for one in sockets:
    one.bind(("127.0.0.1", 0))
print(*[one.getsockname()[1] for one in sockets])
PY
)
key=motcua:tester
secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
mkdir -p "$folder/node/sda" "$folder/cache"
me=$(id -un)

common() {
  cat <<TEXT
bind_ip = 127.0.0.1
bind_port = $1
workers = 0
user = $me
swift_dir = $folder
log_level = DEBUG
log_address = /dev/null
TEXT
}
for server in account container object; do
  {
    echo '[DEFAULT]'
    common "${!server}"
    cat <<TEXT
devices = $folder/node
mount_check = false
disable_fallocate = true
container_update_timeout = 60
[pipeline:main]
pipeline = $server-server
[app:$server-server]
use = egg:swift#$server
[filter:recon]
use = egg:swift#recon
recon_cache_path = $folder/cache
TEXT
  } >"$folder/$server-server.conf"
  (
    cd "$folder"
    swift-ring-builder "$server.builder" create 2 1 0
    swift-ring-builder "$server.builder" add "r1z1-127.0.0.1:${!server}/sda" 1
    swift-ring-builder "$server.builder" rebalance
  ) >>"$folder/rings.log" 2>&1
done
{
  echo '[DEFAULT]'
  common "$proxy"
  cat <<TEXT
[pipeline:main]
pipeline = catch_errors cache listing_formats s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
conn_timeout = 10
node_timeout = 60
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$memcache
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = us-east-1
min_segment_size = 65536
[filter:tempauth]
use = egg:swift#tempauth
user_${key/:/_} = $secret .admin
[filter:slo]
use = egg:swift#slo
TEXT
} >"$folder/proxy-server.conf"

options=()
[[ $me != root ]] || options=(-u root)
memcached "${options[@]}" -l 127.0.0.1 -p "$memcache" -m 16 >"$folder/memcached.log" 2>&1 &
pids+=($!)
for server in account container object proxy; do
  "/usr/bin/swift-$server-server" "$folder/$server-server.conf" >"$folder/$server.log" 2>&1 &
  pids+=($!)
done

export MOTCUA_S3_ENDPOINT=http://127.0.0.1:$proxy MOTCUA_S3_BUCKET=motcua-test MOTCUA_S3_KEY=$key MOTCUA_S3_SECRET=$secret
# By Swift's own interface: curl cannot be told a key id with a colon.
bucket_is_made() {
  local answer url token
  answer=$(curl --silent --include --max-time 5 --header "X-Auth-User: $key" --header "X-Auth-Key: $secret" \
    "$MOTCUA_S3_ENDPOINT/auth/v1.0" | tr -d '\r') || return 1
  url=$(sed -n 's/^X-Storage-Url: //Ip' <<<"$answer")
  token=$(sed -n 's/^X-Auth-Token: //Ip' <<<"$answer")
  [[ -n $url && -n $token ]] || return 1
  curl --silent --fail --output /dev/null --max-time 5 --request PUT --header "X-Auth-Token: $token" \
    "$url/$MOTCUA_S3_BUCKET"
}
for ((attempt = 0; ; ++attempt)); do
  ! bucket_is_made || break
  if ((attempt >= 200)); then
    echo 'swift.sh: Swift does not answer' >&2
    jobs -l >&2
    tail -n 20 "$folder"/*.log >&2
    exit 3
  fi
  sleep 0.5
done

status=0
"$@" || status=$?
exit "$status"
