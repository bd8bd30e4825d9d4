#!/bin/bash
# checks.sh - what `make check` runs, a line each for run.sh: name, sort, command.
# Called by the Makefile, which names the programs: CC, SAN and BUILD in the
# environment, the test programs as arguments. A new check is a line here.
set -u
plain=
[ "$CC" = gcc ] && [ -z "${SAN-}" ] && plain=yes # then the other builds are tried too
line() { printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }
need() { printf 'command -v %s >/dev/null || { echo no %s; exit 77; }; ' "$1" "$1"; }
made="make -s QUIET=1 CC=$CC SAN=${SAN-}"

[ -z "$plain" ] ||
    line "builds with clang" one "$(need clang)make -j2 QUIET=1 CC=clang build/clang/muster tests"
for t in "$@"; do line "$(basename "$t")" tap "$t"; done
line "pages in a browser" tap "MUSTER=$BUILD/muster test/browser.sh pages"
line "journeys in a browser" tap "MUSTER=$BUILD/muster test/browser.sh journeys"
line "pictures are built from web/" one test/web.sh
line "scripts can be read" one "$(need node)for f in data/web/muster.js web/*.?js test/browser/*.mjs; do node --check \$f || exit; done"
line "layers" one tools/layers.sh
line "layout" one "tools/fmt.sh check"
line "no float near the book" one tools/nofloat.sh
line "no clock but one" one tools/noclock.sh
line "manual pages" one "$(need scdoc)$made man"
[ ! -x test/cases.sh ] || line "cases" tap "$made cases"
line "read scores" tap "MUSTER=$BUILD/muster test/read_score.sh"
line "sums of IATI files" tap "MUSTER=$BUILD/muster test/iati_sums.sh"
line "a large book, a little" tap "BUILD=$BUILD test/book_bench.sh"
line "the program on a failing disk" tap "CC=$CC MUSTER=$BUILD/muster test/preload.sh"
line "demonstration" tap "MUSTER=$BUILD/muster test/demo_test.sh"
line "fuzzing, a little" one "$made fuzz-smoke"
[ "${SAN-}" ] || line "valgrind, a little" one "BUILD=$BUILD tools/valgrind.sh"
if [ "$plain" ]; then
    for t in "$@"; do line "$(basename "$t"), sanitized" one "build/gcc-san/test/${t#"$BUILD/test/"}"; done
fi
