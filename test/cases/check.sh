# check.sh - figures that were said, against the small book that ships with the program.
. "$CASES/lib.sh"

m --store book.db import "$CASES/../../data/demo"
is 'the small book is there' "$code" 0
export MUSTER_STORE=book.db

cat >2024-06-13-press.txt <<'TEXT'
Press conference by NATO Secretary General Jens Stoltenberg

NATO Secretary General: Good evening. Since the invasion, NATO Allies have provided Ukraine with
around 40 billion euros worth of military support each year. More than 99% of all military
support to Ukraine comes from NATO Allies. There are 100,000 troops at high readiness.
TEXT

exits 'a press conference is checked without being recorded' 0 check 2024-06-13-press.txt
contains 'the yearly amount holds' "$out" '41.57 bn EUR a year over 2022 to 2024 now'
contains 'and is that of the Allies' "$out" 'about 40 bn EUR'
contains 'troops are no support' "$out" 'forces are no support'
m check 2024-06-13-press.txt --json
contains 'the day is that of the name' "$out" '"date":"2024-06-13"'
contains 'all givers stand beside' "$out" '"all_givers":4189'
contains 'JSON has the rows behind' "$out" '"party":"USA"'
m check
contains 'nothing was recorded' "$out" 'no figures were said'

sed 's/around 40/around 53/' 2024-06-13-press.txt >2024-06-14-press.txt
exits 'a third more fails, and that is a finding' 1 check 2024-06-14-press.txt
contains 'the figure is shown beside' "$out" 'fails    about 53 bn EUR'

exits 'it is recorded by import' 0 import 2024-06-13-press.txt
m check
contains 'and then checked where it stands' "$out" '41.57 bn EUR a year'

typed='Since the invasion the United States has given Ukraine at least 60 billion euros in military aid.'
exits 'a sentence is checked by itself' 0 check --day 2025-01-15 --claim "$typed"
contains 'a bound that is met holds' "$out" 'holds'
exits 'with its rows' 0 check --day 2025-01-15 --claim "$typed" --rows
contains 'each with its evidence' "$out" 'entries  evidence'
exits 'who says we is told' 0 check --party USA --day 2025-01-15 \
    --claim 'We have given Ukraine at least 60 billion euros in military aid so far.'
contains 'and then we are they' "$out" 'holds'
m check --day 2025-01-15 --claim 'We have given Ukraine 60 billion euros in military aid so far.'
contains 'else nobody is meant' "$out" 'who gives is not said'
refuses 'a sentence is no file' 2 '--claim is a sentence of its own: leave out the files' \
    check --claim "$typed" 2024-06-13-press.txt
refuses 'a day is a day' 2 "--day: 'soon' is not a date like 2022-03-31 or 2022-03" \
    check --claim "$typed" --day soon
refuses 'text is UTF-8' 2 '--claim: text is not UTF-8' check --claim "$(printf '40\377')"
