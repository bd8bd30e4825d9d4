#!/bin/sh
# real_plan.sh - a plan for what was asked of NATO's Allies on 24 March 2022, from
# the seventh release of the Ukraine Support Tracker.
#
#   tools/real_plan.sh [RELEASE [SPEECH [STORE]]]
#       (../shared/data/kiel/release-07.xlsx, the speech beside it, build/real.db)
#   tools/real_plan.sh --replay [RELEASE [SPEECH [STORE]]]
#
# --replay asks what planning month by month would have been worth: what was in
# fact committed each month is taken as what was asked for at its beginning.
#
# The release says who held how many of which heavy weapon, what was committed and
# delivered, what things cost and what everybody's GDP is. The speech says what was
# asked for. All else is assumed, and stands in the tables of data/plan/real
# (REAL_TABLES names others): change them and run this again. Without the release
# there is no plan: nothing is made up in its place.
#
# Everything is recorded and printed by the program itself; here the release's own
# list of lots is only joined with the tables.
set -eu
cd "$(dirname "$0")/.."
replay=no
[ "${1:-}" != --replay ] || { replay=yes; shift; }
muster=${MUSTER:-build/muster}
shared=${MUSTER_SHARED:-../shared}
release=${1:-$shared/data/kiel/release-07.xlsx}
speech=${2:-$shared/gold/dev/ua-2022-03-24-nato-summit.txt}
store=${3:-build/real.db}
tables=${REAL_TABLES:-data/plan/real}
asked_on=2022-03-24
unset MUSTER_STORE
MUSTER_AUTHOR=real_plan
export MUSTER_AUTHOR

if [ ! -f "$release" ]; then
    echo "real_plan: the release is not here ($release): no plan, and nothing invented in its place"
    exit 3
fi
mkdir -p "$(dirname "$store")"
for old in "$store" "$store-wal" "$store-shm" "$store-journal" "$store-words"*; do
    rm -f "$old"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

heading() { printf '\n=== %s\n\n' "$*"; }
m() {
    verb=$1
    shift
    "$muster" "$verb" --store "$store" --no-progress "$@"
}
entered() { m "$@" >"$work/said" || { cat "$work/said" >&2; exit 4; }; }

# Rows of a CSV as the program and the tables write it, cells between tabs: quotes
# are taken off, and no cell here holds a tab or a line's end.
cells='
function cut(row, at,    i, n, c, open, cell) {
    sub(/\r$/, "", row)
    n = 1; cell = ""; open = 0
    for (i = 1; i <= length(row); i++) {
        c = substr(row, i, 1)
        if (c == "\"") {
            if (open && substr(row, i + 1, 1) == "\"") { cell = cell c; i++ } else open = !open
        } else if (c == "," && !open) { at[n++] = cell; cell = "" }
        else cell = cell c
    }
    at[n] = cell
    return n
}
function quoted(s) { gsub(/"/, "\"\"", s); return "\"" s "\"" }
'
# rows FILE: the rows below the heading, cells between tabs
rows() { awk "$cells"'NR > 1 { n = cut($0, at); s = at[1]; for (i = 2; i <= n; i++) s = s "\t" at[i]; print s }' "$1"; }
tab=$(printf '\t')

heading "The release: stocks, prices, commitments, deliveries, GDP ($release)"
m import "$release" | sed -n '/^unit/,/^$/p'

# planned DAY HEADING: the plan of that day by giver, then whole but for what no need is touched by
planned() {
    heading "$2"
    m plan --asked Allies --currency USD --effective "$1" --all >"$work/plan"
    m plan --asked Allies --currency USD --effective "$1" --csv >"$work/plan.csv"
    printf '%-6s %-28s %8s  %-8s %s\n' asked for pieces first last
    awk "$cells"'
    FNR == 1 { file++ }
    file == 1 { cut($0, at); above[at[1]] = at[7]; next }
    FNR == 1 { n = cut($0, at); for (i = 1; i <= n; i++) column[at[i]] = i; next }
    {
        cut($0, at)
        what = above[above[at[column["item"]]]]; sub(/^plan:/, "", what); gsub(/-/, " ", what)
        k = at[column["giver"]] "\t" what; month = at[column["month"]]
        pieces[k] += at[column["quantity"]]
        if (!(k in first) || month < first[k]) first[k] = month
        if (month > last[k]) last[k] = month
    }
    END { for (k in pieces) print k "\t" pieces[k] "\t" first[k] "\t" last[k] }
    ' "$work/items.csv" "$work/plan.csv" | LC_ALL=C sort | awk -F"$tab" '{
        printf "%-6s %-28s %8d  %-8s %s\n", $1, $2, $3, $4, $5 }'
    printf '\n'
    sed '/^What is wrong with the book/,/^$/d' "$work/plan"
    printf 'Worth knowing of the book: %d findings (muster plan --store %s --all)\n' \
        "$(sed '1,/^What is wrong with the book/d' "$work/plan" | sed '1,2d; /^$/,$d' | wc -l)" "$store"
}

# --- the tables: what is wanted, what counts as it, what it weighs and costs ---

wanted_key() { printf 'plan:%s' "$(printf %s "$1" | tr ' ' '-')"; }
price_of() { # item: the release's price, in dollars
    m price list --csv | awk "$cells"'{ cut($0, at) } at[2] == "kiel:item:'"$1"'" { print at[3]; exit }'
}
rows "$tables/sorts.csv" >"$work/sorts"
rows "$tables/needs.csv" >"$work/needs"
cut -f 2 "$work/sorts" | awk '!seen[$0]++' | while read -r wanted; do
    like=$(awk -F"$tab" -v w="$wanted" '$2 == w { print $4; exit }' "$work/sorts")
    entered item add "$(wanted_key "$wanted")" --name "$wanted" --unit piece
    entered price add --item "$(wanted_key "$wanted")" --amount "$(price_of "$like")" \
        --currency USD --basis estimate --day 2022-01-24 --note "assumed: as $like in the release"
done
m item list --csv >"$work/items.csv"
while IFS="$tab" read -r sort wanted tonnes like days; do
    grep -q "^kiel:class:$sort," "$work/items.csv" || continue
    entered item revise "kiel:class:$sort" --mass "${tonnes}t" --parent "$(wanted_key "$wanted")" \
        --why 'assumed by tools/real_plan.sh'
done <"$work/sorts"

# --- lots: the release's, each with what its giver keeps and the day it can leave ---

mkdir "$work/unit"
m lot list --csv >"$work/lots.csv"
m item list --csv >"$work/items.csv"
rows data/groups.csv | awk -F"$tab" -v day="$asked_on" \
    '$1 == "Allies" && $4 <= day && ($5 == "" || $5 >= day) { print $3 }' >"$work/allies"
awk "$cells"'
function day_after(n,    y, m, d, len) { # n days after 24 March 2022
    y = 2022; m = 3; d = 24 + n
    for (;;) {
        len = substr("312831303130313130313031", 2 * m - 1, 2) + (m == 2 && y % 4 == 0)
        if (d <= len) return sprintf("%04d-%02d-%02d", y, m, d)
        d -= len
        if (++m > 12) { m = 1; y++ }
    }
}
FNR == 1 { file++; if (file != 4) next }
file == 1 { cut($0, at); days["kiel:class:" at[1]] = at[5]; next }
file == 2 {
    cut($0, at)
    giver[++rules] = at[1]; sort[rules] = at[2]; type[rules] = at[3]; keeps[rules] = at[4]; why[rules] = at[5]
    next
}
file == 3 { cut($0, at); above[at[1]] = at[7]; next }
FNR == 1 { print "lot,giver,item,type,qty,floor,ready,keeps_percent,why,sort"; next }
{
    cut($0, at)
    up = above[at[4]]
    if (!(up in days) || at[5] == "") next
    name = up; sub(/^kiel:class:/, "", name)
    rule = 0
    for (i = 1; i <= rules; i++)
        if ((giver[i] == "*" || giver[i] == at[3]) && (sort[i] == "*" || sort[i] == name) &&
            (type[i] == "*" || type[i] == at[2])) rule = i
    percent = keeps[rule] == "wrong" ? 100 : keeps[rule]
    kept = at[5] * percent / 100
    floor = int(kept); if (floor < kept) floor++
    print quoted(at[1]) "," at[3] "," quoted(at[4]) "," quoted(at[2]) "," at[5] "," floor "," \
        day_after(days[up]) "," keeps[rule] "," quoted(why[rule]) "," quoted(name)
}' "$tables/sorts.csv" "$tables/floors.csv" "$work/items.csv" "$work/lots.csv" >"$work/unit/lots.csv"

# --- ways: one hub, and each Ally's way to it ---

{
    echo giver,days
    awk "$cells"'
    NR == FNR { cut($0, at); days[at[1]] = at[2]; next }
    { print $1 "," ($1 in days ? days[$1] : days["*"]) }' "$tables/ways.csv" "$work/allies"
} >"$work/unit/ways.csv"
rows "$tables/hub.csv" >"$work/hub"
while IFS="$tab" read -r hub tonnes days; do
    entered route add plan:hub --hub "$hub" --tonnes "$tonnes"
    entered route add --via plan:hub --receiver UKR --lead "$days"
done <"$work/hub"

# --- needs ---

# stock_of WANTED: what the Allies hold of it, by the release
stock_of() {
    awk "$cells"'
    FNR == 1 { file++ }
    file == 1 { ally[$1] = 1; next }
    file == 2 { cut($0, at); if (at[2] == "'"$1"'") counts[at[1]] = 1; next }
    { cut($0, at); if ((at[10] in counts) && (at[2] in ally) && at[8] != "wrong") all += at[5] }
    END { print all + 0 }' "$work/allies" "$tables/sorts.csv" "$work/unit/lots.csv"
}
# asked_for WORDS: the candidate in which one per cent of them was asked for
asked_for() {
    m inbox --kind need --csv | awk "$cells"'
    NR == 1 { n = cut($0, at); for (i = 1; i <= n; i++) column[at[i]] = i; next }
    { cut($0, at) }
    at[column["item"]] == "'"$1"'" && at[column["amount"]] == "1 percent" && !found {
        found = at[column["id"]]
    }
    END { print found }'
}
[ ! -f "$speech" ] || entered import "$speech"

printf 'need,item,qty,by,priority,on,note\n' >"$work/unit/needs.csv"
heading "What was asked for on $asked_on"
while IFS="$tab" read -r need wanted percent of number by urgent priority words; do
    stock=$(stock_of "$wanted")
    base=$of
    [ "$of" != stocks ] || base=$stock
    qty=$(awk -v p="$percent" -v b="$base" 'BEGIN { q = int(p * b / 100); if (q < p * b / 100) q++; print q }')
    from='of the release'"'"'s stocks'
    [ "$of" = stocks ] || from='of the number that the speaker named'
    told="$percent % $from ($base)"
    if [ "$number" = assumed ]; then told="asked for without a number; assumed: $told"; fi
    printf '%6d  %-22s %s; the Allies in the release hold %d\n' "$qty" "$wanted" "$told" "$stock"
    [ "$replay" = no ] || continue
    id=
    [ -z "$words" ] || [ ! -f "$speech" ] || id=$(asked_for "$words")
    if [ -n "$id" ]; then
        m accept "$id" --receiver UKR --item "$(wanted_key "$wanted")" --qty "$qty" --json >"$work/said"
        key=$(sed -n 's/.*"kind":"need","key":"\([^"]*\)".*/\1/p' "$work/said")
        flags=
        [ "$urgent" = no ] || flags=--urgent
        entered need revise "$key" --name "$need" --by "$by" --on "$asked_on" --priority "$priority" \
            $flags --note "$told" --why 'dates and rank are assumed'
    else
        flags=
        [ "$urgent" = no ] || flags=--urgent
        entered need add "plan:$need" --name "$need" --receiver UKR --item "$(wanted_key "$wanted")" \
            --qty "$qty" --by "$by" --on "$asked_on" --priority "$priority" $flags --note "$told" \
            --cite 'Speech to the NATO summit, 24 March 2022' --speaker 'Volodymyr Zelenskyy' \
            --said-on "$asked_on"
    fi
done <"$work/needs"

# What was committed in each month, by what is wanted, as a need stated at its beginning.
month_ends='2022-01-31 2022-02-28 2022-03-31 2022-04-30 2022-05-31 2022-06-30 2022-07-31 2022-08-31 2022-09-30'
if [ "$replay" = yes ]; then
    for day in $month_ends; do
        m position --by item --reached committed --effective "$day" --csv | awk -v day="$day" "$cells"'
            NR == 1 { n = cut($0, at); for (i = 1; i <= n; i++) if (at[i] == "entered") e = i; next }
            { cut($0, at); print day "\t" at[1] "\t" at[e] }'
    done >"$work/committed"
    awk "$cells"'
    FNR == 1 { file++ }
    file == 1 { cut($0, at); wanted["kiel:class:" at[1]] = at[2]; next }
    file == 2 { cut($0, at); above[at[1]] = at[7]; next }
    {
        split($0, at, "\t")
        w = wanted[above[at[2]]]
        if (w == "") next
        if (!(at[1] in seen)) { day[++days] = at[1]; seen[at[1]] = 1 }
        if (!(w in sorts)) { sort[++count] = w; sorts[w] = 1 }
        sum[at[1], w] += at[3]
    }
    END {
        for (d = 1; d <= days; d++)
            for (k = 1; k <= count; k++) {
                qty = sum[day[d], sort[k]] - (d > 1 ? sum[day[d - 1], sort[k]] : 0)
                key = sort[k]; gsub(/ /, "-", key)
                month = substr(day[d], 1, 7)
                m2 = substr(month, 6) + 2; y2 = 2022 + (m2 > 12); if (m2 > 12) m2 -= 12
                if (qty > 0) printf "plan:%s/%s,plan:%s,%d,%04d-%02d-28,2,%s-01,committed in that month\n", \
                    key, month, key, qty, y2, m2, month
            }
    }' "$tables/sorts.csv" "$work/items.csv" "$work/committed" >>"$work/unit/needs.csv"
fi
cp "$tables/real.map" "$work/unit/"
entered import "$work/unit"

if [ "$replay" = yes ]; then
    heading "What was committed each month, taken as asked for at its beginning"
    m need list
    heading "Month by month from February 2022, with what was known by then"
    m plan replay --stock-known --asked Allies --currency USD --effective 2022-02-01
else
    # --- what was taken from the lots since ---
    m line list --csv >"$work/lines.csv"
    rows "$tables/drawn.csv" >"$work/drawn"
    while IFS="$tab" read -r giver given type; do
        awk "$cells"'{ cut($0, at) } at[2] == "'"$giver"'" && at[4] == "kiel:item:'"$given"'" && at[5] != "" {
            print at[1] }' "$work/lines.csv" >"$work/these"
        while read -r line; do
            entered line revise "$line" --lot "kiel:r07:lot/$giver/$type" \
                --why "assumed: taken from the stock of $type"
        done <"$work/these"
    done <"$work/drawn"
    planned "$asked_on" "The plan on $asked_on"
    planned 2022-10-03 "The plan on 2022-10-03, with what was committed and delivered by then"
fi

cat <<END

Published: stocks, prices, commitments, deliveries and GDP (the tracker's seventh release); what was
asked for, and of tanks how many there are (the speech).
Assumed ($tables): what a giver keeps of each type, the day on which a lot can leave, one hub,
its tonnes a month and the days on the way, masses, that a sort costs what one weapon of it does,
the day by which and the order in which things are wanted, and which lot a commitment was taken from.
END
