#!/bin/bash
# read_score.sh - what `muster read` finds, against people's annotations.
#
# TAP. The documents and the scorer are in ../shared and not ours to ship; our
# own annotations (test/gold) hold byte ranges only, so they are joined with
# the documents here, by SHA-256. Floors keep a change from losing what was
# reached; what is printed is the measure itself. `blind` was never looked at
# while the grammar was written; `tuned` was.
set -u
shared=${MUSTER_SHARED:-../shared}
muster=${MUSTER:-build/gcc/muster}
sets="dev tuned blind"
count=0 failed=0
if [ ! -e "$shared/tools/score_read.py" ] || ! command -v python3 >/dev/null; then
    for set in $sets; do echo "ok $((++count)) - read scores on $set # SKIP no ../shared"; done
    echo "1..$count"
    exit 0
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# join SET: the annotations of test/gold/SET with their documents, in $work/SET
join() {
    mkdir "$work/$1"
    for gold in test/gold/"$1"/*.gold.jsonl; do
        name=$(basename "$gold" .gold.jsonl)
        read -r file sha < <(python3 -c 'import json, sys
d = json.loads(open(sys.argv[1], encoding="utf-8").readline()); print(d["file"], d["sha256"])' "$gold")
        echo "$sha  $shared/$file" | sha256sum --check --status || { echo "# $file is not the annotated one"; return 1; }
        cp "$shared/$file" "$work/$1/$name.txt" && cp "$gold" "$work/$1/"
    done
}

# score SET FLOORS: five floors for turns, speakers, found, exact and full
score() {
    local dir=$shared/gold/dev
    [ "$1" = dev ] || { join "$1" && dir=$work/$1; } || return 1
    python3 "$shared/tools/score_read.py" --json --gold "$dir" --cmd "$muster read --json {}" >"$work/score" || return 1
    python3 -c 'import json, sys
got = json.load(open(sys.argv[1]))
bad = []
for name, floor in zip(("turns", "speakers", "found", "exact", "full"), map(float, sys.argv[2:])):
    print("# %s: F1 %.3f, floor %.2f" % (name, got[name]["f1"], floor))
    bad += [name] if got[name]["f1"] < floor else []
print("# vague, not counted:", got["vague"])
sys.exit(bool(bad))' "$work/score" "${@:2}"
}

while read -r set floors; do
    if score "$set" $floors; then ok=ok; else ok="not ok" failed=1; fi
    echo "$ok $((++count)) - read scores on $set"
done <<'SETS'
dev   0.99 0.97 0.92 0.87 0.77
tuned 0.99 0.98 0.86 0.83 0.75
blind 0.97 0.97 0.69 0.66 0.47
SETS
echo "1..$count"
exit $failed
