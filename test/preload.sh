#!/bin/bash
# preload.sh - the program as it ships, SQLite and libc as they are, on a real
# file system: each call that changes a file fails, once or from then on, or the
# process is killed there. A verb is done, or ends with 4 and a sentence; then
# the book verifies, what was answered is in it, and the verb again succeeds.
#
# MUSTER is the program, CC a compiler. MUSTER_ROUNDS: every call; else some.
set -u
export LC_ALL=C MUSTER_AUTHOR=anna
muster=$(realpath "${MUSTER:-build/muster}") cc=${CC:-gcc}
src=$(realpath test/crash/preload.c)
root=/dev/shm
[ -w $root ] || root=/tmp
dir=$(mktemp -d "${TMPDIR:-$root}/muster-test-XXXXXX") || exit 99
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 99
if nm -D "$muster" 2>/dev/null | grep -q __asan_init; then
    echo "ok 1 # SKIP a sanitized program cannot be loaded behind another library"
    echo "1..1"
    exit 0
fi
$cc -std=c17 -Wall -Wextra -Werror -O1 -shared -fPIC "$src" -o preload.so -ldl || exit 99

# A book of two commits, its key and checkpoint, and a backup of the first.
mkdir base && cd base || exit 99
{
    "$muster" party add NOR --name Norway &&
        "$muster" backup kept && "$muster" key new --name example.org/b &&
        "$muster" item add shell --unit piece && "$muster" verify --sign
} >/dev/null || exit 99
cd ..
records() { "$muster" verify --json | sed 's/.*"records":\([0-9]*\).*/\1/'; }
before=$(cd base && records)

count=0 failed=0 points=0 told=0
bad() { echo "# $verb: call $k ($how): $1" && good=; }

# What must hold, whatever became of the verb: $1 its exit code.
holds() {
    local now
    now=$("$muster" verify --json) || { bad "verify: $now" && return; }
    now=$(echo "$now" | sed 's/.*"records":\([0-9]*\).*/\1/')
    case $verb in
    party*)
        [ "$now" = "$before" ] || [ "$now" -gt "$before" ] || bad "$now records"
        [ "$1" != 0 ] || [ "$now" -gt "$before" ] || bad "what was answered is not there"
        ;;
    backup*)
        rm -f back.db*
        MUSTER_STORE=back.db "$muster" restore kept >/dev/null 2>said || bad "$(cat said)"
        ;;
    esac
}

try() { # one call; sets hit
    rm -rf at && cp -r base at && cd at || exit 99
    # shellcheck disable=SC2086
    { env $2 FAULT_AT="$1" LD_PRELOAD=../preload.so "$muster" $verb >answer 2>said; } 2>/dev/null
    local code=$?
    hit=
    [ ! -e hit ] || hit=yes
    case $code in
    0) ;;
    4) grep -q '^muster: ' said || bad "no sentence" ;;
    1) [ "$verb" = "verify --sign" ] || bad "exit 1: $(cat said)" ;;
    137) [ "$how" = killed ] || bad "killed" ;;
    *) bad "exit $code: $(cat said)" ;;
    esac
    [ "$code" = 0 ] || [ "$hit" ] || bad "it fails without a fault: $(cat said)"
    [ -z "$hit" ] || points=$((points + 1))
    [ "$code" = 0 ] || told=$((told + 1))
    holds "$code"
    # shellcheck disable=SC2086
    [ "$code" = 0 ] || "$muster" $verb >answer 2>said || grep -q 'in the book already' said ||
        bad "not afterwards: $(cat said)"
    cd ..
}

each() { # how, environment
    how=$1 good=yes points=0 told=0
    for verb in "party add DNK --name Denmark" "verify --sign" "key rotate" "backup kept"; do
        k=1 hit=yes
        while [ "$hit" ] && [ "$good" ]; do
            try $k "$2"
            k=$((k + (${MUSTER_ROUNDS:-0} ? 1 : 1 + RANDOM % 12)))
        done
    done
    count=$((count + 1))
    echo "# $how: $points calls, $told told"
    [ "$points" -gt 8 ] && [ "$told" -gt 4 ] || good=
    [ "$good" ] && echo "ok $count - $how" || { echo "not ok $count - $how" && failed=1; }
}

RANDOM=${MUSTER_SEED:-1}
each "fails once" "FAULT_ERRNO=5"
each "fails from then on" "FAULT_ERRNO=5 FAULT_ON=1"
each "no room from then on" "FAULT_ERRNO=28 FAULT_ON=1"
each "killed" "FAULT_KILL=1"
echo "1..$count"
exit $failed
