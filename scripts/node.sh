#!/bin/sh
# node.sh - brings Node 22 into build/node (Debian's own is too old for Vite) and prints its bin folder.
#
# The machine's npm is used only to fetch it. Calling this again costs nothing.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
home="$root/build/node"
bin="$home/node_modules/node/bin"

is_node_22() {
  [ -x "$bin/node" ] && case "$("$bin/node" --version 2>/dev/null)" in v22.*) ;; *) return 1 ;; esac
}

if ! is_node_22; then
  if ! command -v npm >/dev/null 2>&1; then
    echo "node.sh: npm is missing. Install it: apt-get install nodejs npm" >&2
    exit 3
  fi
  rm -rf "$home"
  mkdir -p "$home"
  # The package picks the binary for this machine in its install script.
  npm install --silent --no-audit --no-fund --no-save --prefix "$home" node@22 >&2
  if ! is_node_22; then
    # Where install scripts are switched off, the script is run by hand.
    (cd "$home/node_modules/node" && npm run --silent preinstall --if-present >&2 && node installArchSpecificPackage.js >&2) || true
  fi
  if ! is_node_22; then
    echo "node.sh: Node 22 could not be brought into $home. Check the network and the npm registry, then try again." >&2
    exit 3
  fi
fi
echo "$bin"
