#!/bin/bash
# run.sh - run tests side by side and say how they went.
#
# On stdin, a test a line: name, tab, sort, tab, command. The sort is `tap` for
# a program whose every line "ok" or "not ok" is a test, or `one` for a command
# that is one test by itself: exit 0 passed, 77 skipped (its last line says
# why), anything else failed.
#
# One line for each as it ends; all that a failed one said; why tests were
# skipped; and last "N passed, N failed, N skipped". Exit 1 if any failed, or
# if there was none at all. JOBS at a time (the machine's processors); after
# TEST_SECONDS (600) a test is killed and has failed.
set -u -m
export LC_ALL=C
unset MAKEFLAGS MFLAGS MAKELEVEL # a test that runs make runs its own
jobs=${JOBS:-$(nproc)} limit=${TEST_SECONDS:-600}
passed=0 failed=0 skipped=0 stop=
declare -A name=() sort_of=() begun=() why=()

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
end_all() {
    stop=$1
    for pid in "${!name[@]}"; do kill -TERM -- "-$pid"; done 2>/dev/null
    wait 2>/dev/null
    exit "$stop"
}
trap 'end_all 130' INT
trap 'end_all 143' TERM HUP

count() { grep -c -E "$1" "$2"; }

# What one test did, from its exit status and what it said. Sets good, bad, left, note.
judge() {
    local rc=$1 out=$2 sort=$3
    good=0 bad=0 left=0 note=
    if [ "$sort" = one ]; then
        case $rc in
        0) good=1 ;;
        77) left=1; why[$(tail -n 1 "$out")]=1 ;;
        *) bad=1 ;;
        esac
    else
        bad=$(count '^not ok ' "$out")
        left=$(count '^ok .*# SKIP' "$out")
        good=$(($(count '^ok ' "$out") - left))
        local said=$((good + bad + left)) plan
        plan=$(sed -n 's/^1\.\.\([0-9][0-9]*\).*/\1/p' "$out" | tail -n 1)
        if [ "$rc" != 0 ] && [ "$bad" = 0 ] || [ "$said" != "${plan:-none}" ]; then
            bad=$((bad + 1))
            note=" (ended early, status $rc)"
        fi
        while IFS= read -r reason; do why[$reason]=1; done \
            < <(sed -n 's/^ok .*# SKIP *//p' "$out")
    fi
    [ "$rc" != 124 ] || note=" (killed after $limit s)"
}

# Wait for one to end, and report it.
reap() {
    local pid="" rc=0 good bad left note out ms
    wait -n -p pid 2>/dev/null
    rc=$?
    [ -n "${pid-}" ] || return 0
    out=$dir/$pid
    mv "$dir/${name[$pid]//\//_}" "$out"
    ms=$(((${EPOCHREALTIME/./} - begun[$pid]) / 1000))
    judge "$rc" "$out" "${sort_of[$pid]}"
    printf '%-6s %-34s %4d passed' "$([ "$bad" = 0 ] && echo ok || echo FAILED)" \
        "${name[$pid]}" "$good"
    [ "$bad" = 0 ] || printf ', %d failed' "$bad"
    [ "$left" = 0 ] || printf ', %d skipped' "$left"
    printf '  %d.%02d s%s\n' $((ms / 1000)) $((ms % 1000 / 10)) "$note"
    [ "$bad" = 0 ] || sed -e '/^ok /d' -e 's/^/    /' "$out"
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
    unset "name[$pid]"
    rm -f "$out"
}

while IFS=$'\t' read -r title kind command; do
    while [ "${#name[@]}" -ge "$jobs" ]; do reap; done
    timeout -k 5 "$limit" bash -c "$command" </dev/null >"$dir/${title//\//_}" 2>&1 &
    name[$!]=$title sort_of[$!]=$kind begun[$!]=${EPOCHREALTIME/./}
done
while [ "${#name[@]}" -gt 0 ]; do reap; done

for reason in "${!why[@]}"; do echo "skipped: $reason"; done | sort
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
