#!/bin/sh
# web.sh install|types|typecheck|build|test|e2e [arguments] - the web workspace with its own Node 22.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
PATH="$("$root/scripts/node.sh"):$PATH"
export PATH
cd "$root/web"

# Packages are installed when the lock file is newer than the last installation.
install_packages() {
  if [ ! -f node_modules/.package-lock.json ] || [ -n "$(find package-lock.json -newer node_modules/.package-lock.json)" ]; then
    npm ci --silent --no-audit --no-fund
    touch node_modules/.package-lock.json
  fi
}

task=${1:-}
[ $# -gt 0 ] && shift
case "$task" in
  install) install_packages ;;
  types | typecheck | build | test | e2e)
    install_packages
    npm run --silent "$task" -- "$@"
    ;;
  *)
    echo "web.sh: say what to do: install, types, typecheck, build, test or e2e" >&2
    exit 2
    ;;
esac
