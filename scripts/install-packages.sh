#!/usr/bin/env bash
# install-packages.sh [build|postgres|test|nightly] - installs the Debian packages that are missing.
#
# "build" is what building and serving need, "postgres" that and
# a PostgreSQL server, "test" all of it and what the tests need, "nightly" also what the
# failover drill needs.  Nothing is asked and nothing is fetched when all are there.  Not root: says what to install, exit 2.
set -euo pipefail
scripts=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

case "${1:-build}" in
  build) groups=' build run ' ;;
  postgres) groups=' build run postgres ' ;;
  test) groups=' build run test postgres ' ;;
  nightly) groups=' build run test postgres failover ' ;;
  *)
    echo "install-packages.sh: say build, postgres, test or nightly" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "install-packages.sh: this is not a Debian system; install the equivalents of scripts/packages.txt by hand." >&2
  exit 2
fi

wanted=()
group=''
while IFS= read -r line; do
  case "$line" in
    '# '[a-z]*' '*) ;;  # a remark
    '# '[a-z]*) group=${line#\# } ;;
    '' | '#'*) ;;
    npm) command -v npm >/dev/null 2>&1 || [[ $groups != *" $group "* ]] || wanted+=("$line") ;;
    *) [[ $groups != *" $group "* ]] || wanted+=("$line") ;;
  esac
done <"$scripts/packages.txt"

# One question for all of them; an unknown name makes dpkg-query answer 1.
installed=$(dpkg-query --show --showformat='${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for package in "${wanted[@]}"; do
  grep -qx -- "$package installed" <<<"$installed" || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) -ne 0 ]]; then
  {
    echo "These packages are missing. Install them as root, then try again:"
    echo
    echo "  apt-get update && apt-get install --yes --no-install-recommends ${missing[*]}"
  } >&2
  exit 2
fi

echo "==> Installing ${#missing[@]} packages (on a fresh machine 2 to 5 minutes)" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
  # Another installation under way is waited for.
  apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 --quiet "$@" >"$log" 2>&1
}
if ! apt update || ! apt install --yes --no-install-recommends "${missing[@]}"; then
  tail -n 40 "$log" >&2
  echo "install-packages.sh: apt-get failed; the end of its output is above. Missing: ${missing[*]}" >&2
  exit 3
fi
