#!/bin/bash
# iati_sums.sh - what was taken of files of IATI is what is in them.
#
# Each file goes into a store of its own, and out again as an exchange file. Its
# entries and values, added by type of transaction and currency, must be what
# iati_sums.py counts in the XML, and in what is exported as IATI again. A second
# import adds nothing. The small files
# in test/data/iati are ours; the publishers' are in ../shared.
set -u
muster=${MUSTER:-build/muster}
shared=${MUSTER_SHARED:-../shared}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0
bad=0

ok() { n=$((n + 1)); echo "ok $n - $1"; }
no() { n=$((n + 1)); bad=1; echo "not ok $n - $1"; }

command -v python3 >/dev/null || { echo "1..0 # SKIP no python3 to count with"; exit 0; }

# TYPE CURRENCY SUM of an exchange file: keys are iati:ID/t/TYPE/REF/DAY/CURRENCY/...
added() {
    awk '
        /^(entry|value) / {
            if (!match($0, / key="iati:[^"]*"/)) next
            k = substr($0, RSTART + 6, RLENGTH - 7)
            if (split(k, part, "/") < 6 || part[2] != "t") next
            if (k ~ /\/open$/) next # committed again, after a payment came back
            sign = k ~ /\/back$/ ? -1 : 1
            amount = $1 == "entry" ? "qty" : "low"
            if (!match($0, " " amount "=-?[0-9]+")) next
            v = substr($0, RSTART + length(amount) + 2, RLENGTH - length(amount) - 2)
            sum[part[3] " " part[6]] += sign * v
        }
        END { for (k in sum) printf "%s %.0f\n", k, sum[k] }' "$1" | sort
}

check() {
    local file=$1 name store=$work/s.db
    name=$(basename "$file")
    rm -f "$store"*
    if ! "$muster" import --store "$store" --json "$file" >"$work/first" 2>"$work/said"; then
        no "$name is taken: $(head -n 1 "$work/said")"
        return
    fi
    "$muster" export --store "$store" --to muster >"$work/log" 2>/dev/null
    added "$work/log" >"$work/ours"
    python3 test/iati_sums.py "$file" | sort >"$work/theirs"
    if cmp -s "$work/ours" "$work/theirs"; then
        ok "$name: $(wc -l <"$work/ours") sums agree"
    else
        no "$name: sums differ"
        diff "$work/ours" "$work/theirs" | sed 's/^/# /' | head -n 20
    fi
    # What is written as IATI again says the same in the standard's own elements; what has no
    # day at all cannot be a transaction of 2.03.
    grep -v ' key="iati:[^"]*/t/[^/"]*/[^/"]*/-/' "$work/log" >"$work/dated"
    added "$work/dated" | sed '/ 0$/d' >"$work/ours"
    if "$muster" export --store "$store" --to iati >"$work/again.xml" 2>/dev/null; then
        python3 test/iati_sums.py "$work/again.xml" | sed '/ 0$/d' | sort >"$work/written"
        if cmp -s "$work/written" "$work/ours"; then ok "$name is written with the same sums"; else
            no "$name is written with other sums"
            diff "$work/written" "$work/ours" | sed 's/^/# /' | head -n 20
        fi
    fi
    "$muster" import --store "$store" "$file" >/dev/null 2>&1
    "$muster" export --store "$store" --to muster >"$work/again" 2>/dev/null
    if cmp -s "$work/log" "$work/again"; then ok "$name a second time adds nothing"; else no "$name twice"; fi
}

for file in test/data/iati/*.xml; do check "$file"; done
if [ -d "$shared/data/iati" ]; then
    while IFS= read -r file; do check "$file"; done < <(
        find "$shared/data/iati/published" "$shared/data/iati/legacy-samples" -name '*.xml' | sort)
else
    n=$((n + 1))
    echo "ok $n - the publishers' files # SKIP $shared/data/iati is not there"
fi
echo "1..$n"
exit $bad
