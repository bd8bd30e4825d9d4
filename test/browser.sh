#!/bin/sh
# browser.sh - the pages in a real Chromium, with the real server. Prints TAP.
#
#   test/browser.sh NAME...    (pages journeys)
#
# MUSTER names the program (build/muster), CHROMIUM the browser. Where there is
# no Chromium or no npm, each part is one skipped test that says so.
set -u
cd "$(dirname "$0")/.." || exit 1
: "${MUSTER:=build/muster}" "${CHROMIUM:=$(command -v chromium || command -v chromium-browser)}"
MUSTER=$(cd "$(dirname "$MUSTER")" && pwd)/$(basename "$MUSTER")
export MUSTER CHROMIUM
why=
[ "$CHROMIUM" ] || why="no chromium"
[ "$why" ] || why=$(tools/npm.sh test/browser) || : "${why:=npm ci did not work}"
for name; do
    if [ "$why" ]; then
        printf 'ok 1 - %s in a browser # SKIP %s\n1..1\n' "$name" "$why"
    else
        node "test/browser/$name.mjs" || exit
    fi
done
