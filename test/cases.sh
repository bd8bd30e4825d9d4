#!/bin/sh
# cases.sh - run the scripts of test/cases through the real program.
#
# MUSTER names the program; arguments choose scripts by name (all without any).
# Each script runs in a directory of its own, reads cases/lib.sh and says "ok"
# or "not ok" for every case; here they are numbered and counted as one run.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${MUSTER:=$here/../build/muster}"
MUSTER=$(cd "$(dirname "$MUSTER")" && pwd)/$(basename "$MUSTER")
CASES=$here/cases
unset MUSTER_STORE
MUSTER_AUTHOR=olena LC_ALL=C.UTF-8 NO_COLOR=1
top=$(mktemp -d) || exit 1
XDG_CACHE_HOME=$top/cache
export MUSTER CASES MUSTER_AUTHOR LC_ALL NO_COLOR XDG_CACHE_HOME

trap 'rm -rf "$top"' EXIT
trap 'exit 130' INT TERM HUP

one() {
    name=$(basename "$1" .sh)
    mkdir "$top/$name" && cd "$top/$name" || exit 1
    sh "$1" || echo "not ok - the script ends (status $?)"
}

for script in "$CASES"/*.sh; do
    name=$(basename "$script" .sh)
    [ "$name" != lib ] || continue
    case " ${*:-$name} " in *" $name "*) one "$script" | sed "s|^\(not \)\{0,1\}ok - |&$name: |" ;; esac
done | awk '
    /^(not )?ok - / { n++; bad += /^not/; sub(/ok - /, "ok " n " - ") }
    { print; fflush() }
    END { print "1.." n; exit bad > 0 || n == 0 }'
