#!/bin/sh
# demo.sh - what `make run` shows: a small real book, taken in and asked.
#
#   tools/demo.sh [DATA [STORE]]     (data/demo, build/demo.db)
#
# The store is made anew each time, so that what is printed is what DATA says
# now. Everything is printed by the program itself: no figure stands here.
set -eu
cd "$(dirname "$0")/.."
muster=${MUSTER:-build/muster}
data=${1:-data/demo}
store=${2:-build/demo.db}
mkdir -p "$(dirname "$store")"
rm -f "$store" "$store-wal" "$store-shm" "$store-journal"
unset MUSTER_STORE

heading() { printf '\n=== %s\n\n' "$*"; }
ask() {
    verb=$1
    shift
    "$muster" "$verb" --store "$store" --no-progress "$@"
}

# What each announcement lacks: first what receivers confirmed, then the list of
# lines. Keys and codes hold no commas here, so that the cells can be told apart.
untold() {
    ask position --by line --reached delivered --confirmed --series demo:said --csv
    ask line list --with demo:20 --csv # all but the tracker's
}
print_untold() {
    awk -F, '
        function lacks(what, there) { n[what] += !there; return there ? "-" : what }
        $1 == "line" || $1 == "key" {
            delete at
            for (i = 1; i <= NF; i++) at[$i] = i
            lines = $1 == "key"
            form = "%-36s %-7s %-15s %-15s %s\n"
            if (lines) printf form, "announcement", "donor", "quantity", "date", "receiver"
            next
        }
        !lines { arrived[$1] = $at["reached"] > 0; next }
        {
            all++
            printf form, $1, $at["giver"], lacks("not disclosed", $at["low"] != ""),
                lacks("none promised", $at["promised_until"] != ""),
                lacks("not confirmed", arrived[$1])
        }
        END {
            printf "\nOf %d announcements %d name no quantity and %d no date;\n",
                all, n["not disclosed"], n["none promised"]
            printf "of %d no receiver confirms here that anything arrived.\n", n["not confirmed"]
        }'
}

heading "Taking in $data: five press conferences, the tracker's yearly totals, GDP, rates"
ask import "$data"

heading "What was announced from the podium, and how far it is"
ask position --by donor,item --series demo:said

heading "What the announcements are worth, in euros of the day"
ask burden --reached announced --series demo:said --currency EUR

heading "What the tracker counts as allocated, 2022 to 2024"
ask position --by class --series demo:tracker

heading "Who carries how much: the Allies, against shares of their GDP"
ask burden --group Allies --key gdp

heading "What is late, as far as this book knows"
ask late --series demo:said --all

heading "What cannot be told yet"
untold | print_untold

cat <<END

=== Next, try

$muster history --store $store demo:2024-04-04/gbr-drones
$muster explain --store $store DEU
$muster burden --store $store --group Allies --key gdp --amount 40bn
END
