#!/bin/sh
# demo.sh - what `make run` shows: a small real book, taken in and asked; and two
# documents that are read, checked against it and, in a copy, entered into it; and
# a plan for an invented one.
#
#   tools/demo.sh [DATA [STORE]]     (data, build/demo.db)
#
# The store is made anew each time, so that what is printed is what DATA says
# now. Everything is printed by the program itself: no answer stands here.
set -eu
cd "$(dirname "$0")/.."
muster=${MUSTER:-build/muster}
data=${1:-data}/demo made_up=${1:-data}/invented
store=${2:-build/demo.db}
invented=${store%.db}-invented.db # what nobody said stays out of the real book
mkdir -p "$(dirname "$store")"
for old in "$store" "$invented"; do
    rm -f "$old" "$old-wal" "$old-shm" "$old-journal" "$old-words"*
done
planned=${store%.db}-plan.db # an invented book to plan with
rm -f "$planned" "$planned"-*
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

heading "The yearly amount against the least that was agreed for it"
ask floor

heading "What is late, as far as this book knows"
ask late --series demo:said --all

heading "What is still to come, month by month, as it stood on 30 June 2024"
ask outlook --series demo:said --effective 2024-06-30

heading "What cannot be told yet"
untold | print_untold

# --- reading: two documents of our own, against a copy of the book ---

talk=$made_up/said/2024-09-18-press-conference.txt
sheet=$made_up/said/2024-09-17-fact-sheet.md
# Taken in again, not copied: who still serves the old book may hold the new one's log.
"$muster" import --store "$invented" --no-progress --json "$data" >/dev/null
book=$store store=$invented

# The id of the candidate that is AGAIN so and has these words in its sentence.
candidate() { # again, words
    ask inbox --json | sed -n 's/^{"id":\([0-9]*\),"again":"'"$1"'".*"sentence":"[^"]*'"$2"'.*/\1/p' |
        head -n 1
}

# The largest rows behind a claim.
behind() { # claim, day
    ask check --claim "$1" --day "$2" --json | tr '{' '\n' |
        sed -n 's/^"party":"\([^"]*\)","year":\([0-9]*\),.*"now":\([0-9.]*\),"currency":"\([^"]*\)".*"evidence":"\([^"]*\)".*/  \1 \2 \3 \4 \5/p' |
        awk 'NR <= 4 { print } END { printf "  and %d more\n", NR - 4 }'
}

# What waits: why it is called said before, or new; the sentence, and the reason.
waiting() {
    ask inbox --kind support --json | sed -n \
        's/^{"id":\([0-9]*\),"again":"\([^"]*\)".*"sentence":"\([^"]*\)","reason":"*\([^"]*\)"*,"entry.*/\1|\2|\3|\4/p' |
        awk -F'|' '{ printf "%5s  %-16s %s\n", $1, $2, $3 } $4 != "null" { printf "%24s%s\n", "", $4 }'
}

# What a line rests on: how it is tied to a statement, the words, who said them, where.
evidence() { # line
    ask history "$1" --json | sed -n \
        's/.*"relation":"\([^"]*\)".*"said":"\\"\(.*\)\\"","speaker":"\([^"]*\)".*"evidence":"[^"]*, \(bytes [0-9-]*\).*/  \1: "\2"  (\3, \4)/p'
}

heading "Reading: a press conference that nobody gave, written to show it ($talk)"
"$muster" read "$talk"

heading "Its figures against the book: what holds, what fails, what cannot be told"
ask check "$talk" || [ $? = 1 ] # 1: a claim fails
claim='Allies have provided around 40 billion euros of military support to Ukraine each year since 2022.'
printf '\nThe largest rows behind the last that holds\n'
behind "$claim" 2024-09-18

heading "Taking it in, with a fact sheet of the day before"
ask import "$sheet" "$talk"

heading "Was it said? Word for word, and with another number"
ask quote 'NATO Allies provide more than 99% of all military support'
printf '\n'
ask quote 'NATO Allies provide more than 90% of all military support'

heading "What waits for a person: what was probably said before stands first, with the reason"
waiting
printf '\n'
ask inbox --giver NLD --again no # with the entry that accepting makes

heading "One is accepted into the book, and what repeats it is tied to it"
new=$(candidate new 'drones for Ukraine')
again=$(candidate '[a-z-]*' 'drones in December')
ask accept "$new" --author demo --why 'as the Secretary General said' --json >/dev/null
line=$(ask line list --with said/ --json | sed -n 's/.*"key":"\(said[^"]*\)".*/\1/p')
ask accept "$again" --line "$line" --author demo --json >/dev/null
ask position --by donor,item --item demo:drone
printf '\n%s rests on\n' "$line"
evidence "$line"

heading "Is it enough? What is asked for in a book that is invented ($made_up/plan)"
(
    store=$planned
    ask import "$made_up/plan" --json >/dev/null
    ask coverage --effective 2026-01-15
)

heading "Planning: four givers, two hubs and a receiver that do not exist ($made_up/plan)"
(
    store=$planned
    ask plan --effective 2026-01-15
)

cat <<END

=== Next, try

$muster plan --store $planned --effective 2026-01-15 --mode lexicographic
$muster lot list --store $planned
$muster history --store $book demo:2024-04-04/gbr-drones
$muster explain --store $book DEU
$muster burden --store $book --group Allies --key gdp --amount 40bn
$muster history --store $store $line
$muster search --store $store drones
END
