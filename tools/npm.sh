#!/bin/sh
# npm.sh DIR - bring what DIR/package-lock.json pins; silent when it is there.
# 77: this machine has no npm, or cannot reach a registry. Building and running
# muster never need it: only `make web` and the tests in a browser do.
set -u
cd "$1" || exit 1
kept=node_modules/.muster-lock # a copy of the lock file that was brought last
cmp -s package-lock.json "$kept" && exit 0
exec 9<package-lock.json # one at a time: tests run side by side
flock 9 2>/dev/null
cmp -s package-lock.json "$kept" && exit 0
command -v node >/dev/null && command -v npm >/dev/null || { echo "no npm"; exit 77; }
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
if npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-retry-mintimeout=1000 >"$log" 2>&1; then
    cp package-lock.json "$kept"
else
    echo "npm ci in $1 did not work: $(grep -m 1 'npm ERR\|npm error' "$log")"
    exit 77
fi
