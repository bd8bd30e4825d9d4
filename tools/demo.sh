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

cat <<END

=== Next, try

$muster history --store $store demo:2024-04-04/gbr-drones
$muster explain --store $store DEU
$muster burden --store $store --group Allies --key gdp --amount 40bn
END
