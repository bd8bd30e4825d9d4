# quote.sh - quotations and words over what was imported, through the program.
. "$CASES/lib.sh"

cat >april.txt <<'END'
Press briefing

by the Norland Spokesperson Ana Falk

4 April 2024

Ana Falk: Good afternoon. We will send 600 million euros and ten radars to Norland.
We must not wait. The “air defence” of Norland comes first.

Piet Roos (Daily Coast): Will you also send tanks?

Ana Falk: No tanks were asked for. Ammunition has arrived; am­mu​nition comes again.
END
cat >may.html <<'END'
<!DOCTYPE html><html><head><title>Remarks</title></head><body><h1>Remarks by Bo Lind</h1>
<p>Bo Lind: Norland has our word, and we don&rsquo;t <b>forget</b> it. The radars are on their way.</p>
</body></html>
END

exits 'what was said is imported' 0 import april.txt may.html
[ -s muster.db-words ] && ok 'and found at once' || not_ok 'and found at once'

exits 'without words the own quotations of the book are told' 0 quote --json
contains 'under no verdict' "$out" '{"version":1,"verdict":null,"matches":['
all=$(printf '%s\n' "$out" | grep -c '"document"')
m inbox --state all --json
is 'one for the words of each statement' "$all" "$(printf '%s\n' "$out" | grep -c '"quote":"')"
m quote --json --speaker nobody
contains 'and of nobody nothing' "$out" '"matches":[]'
m quote --limit 1 --csv
is 'as many as are asked for' "$(printf '%s\n' "$out" | sed 1d | grep -c ',')" 1
exits 'words that were said are found' 0 quote --json 'we will send 600 MILLION euros'
contains 'word for word' "$out" '"verdict":"verbatim"'
contains 'in their document' "$out" '"document":"april.txt"'
source=$(printf '%s\n' "$out" | sed -n 's/.*"source":"\([^"]*\)".*/\1/p' | head -n 1)
contains 'without a difference' "$out" '"differences":[]'
start=$(printf '%s' "$out" | sed -n 's/.*"start":\([0-9]*\).*/\1/p')
end=$(printf '%s' "$out" | sed -n 's/.*"end":\([0-9]*\).*/\1/p')
is 'at their bytes' "$(head -c "$end" april.txt | tail -c +$((start + 1)))" 'We will send 600 million euros'
exits 'which can be opened by its key' 0 source show "$source"
m quote --json "We must not wait. The 'air defence' of Norland"
contains 'over a line break and other quotation marks' "$out" '"verdict":"verbatim"'
m quote --json 'we will ... ten radars'
contains 'with words left out' "$out" '"verdict":"verbatim"'
m quote --json "we don't forget it"
contains 'in a page, without its tags' "$out" '"document":"may.html"'
contains 'word for word too' "$out" '"verdict":"verbatim"'
m quote --json 'ammunition comes again'
contains 'through soft hyphens and zero widths' "$out" '"verdict":"verbatim"'
m quote --json "$(printf '\342\200\253am\342\200\213munition\342\200\254') has arrived"
contains 'on both sides' "$out" '"verdict":"verbatim"'
m quote --json 'No tanks were asked for'
contains 'an answer has its question' "$out" '"text":"Will you also send tanks?"'

exits 'a changed number is said' 0 quote --json 'we will send 700 million euros'
contains 'as altered' "$out" '"verdict":"altered"'
contains 'with both numbers' "$out" '{"kind":"number","asked":"700","said":"600"}'
m quote --json 'we must wait'
contains 'a lost negation' "$out" '{"kind":"negation","asked":null,"said":"not"}'
m quote --json 'ten tanks to Norland'
contains 'another word' "$out" '{"kind":"swapped","asked":"tanks","said":"radars"}'
m quote --speaker 'Bo Lind' --json 'we will send 600 million euros'
contains 'another speaker' "$out" '{"kind":"speaker","asked":"Bo Lind","said":"Ana Falk"}'
m quote 'we will send 700 million euros'
contains 'and people read it' "$out" 'number: asked "700", said "600"'
exits 'what was not said is absent' 1 quote --json 'the harvest in the southern hills was plentiful'
contains 'and JSON says so' "$out" '"verdict":"absent","matches":[]'
exits 'dates narrow' 1 quote --before 2024-04-03 'we will send 600 million euros'
exits 'and let through' 0 quote --after 2024-04 --before 2024-04-04 'we will send 600 million euros'
echo 'We will send  600 million' >asked
exits 'standard input is a quotation' 0 quote - <asked

exits 'what was not taken in yet was not said yet' 1 quote --known 2020-01-01 'we will send 600 million euros'
exits 'nor what bears a later day' 1 quote --effective 2024-04-03 'we will send 600 million euros'
exits 'but on the day it was' 0 quote --effective 2024-04-04 'we will send 600 million euros'
m search --known 2020-01-01 --json ammunition
contains 'the same holds for words' "$out" '"turns":0'
m quote --known 2020-01-01 --json
contains 'and for what the book quotes' "$out" '"matches":[]'
refuses 'an empty quotation is refused' 3 'there is no word in the quotation' quote ''
refuses 'and one of marks only' 3 'there is no word in the quotation' quote '?!...'
head -c 3000 /dev/zero >nul
refuses 'and binary' 3 'this is no text: it holds a NUL' quote - <nul
yes 'one word after another' | head -c 1000000 >long
refuses 'and a megabyte' 3 'a quotation may have 2000 words, not 173914: ask for a part of it' quote - <long
yes 'one word after another' | head -c 2000000 >long
refuses 'and two' 3 'a quotation may have 1048576 bytes, not 2000000: ask for a part of it' quote - <long
head -c 5000 /dev/urandom | tr '\000' x >noise
m quote --json - <noise
case $code in 0 | 1 | 3) ok 'noise is answered' ;; *) not_ok 'noise is answered' "exit $code" "$err" ;; esac
refuses 'a date is a date' 2 "--after: 'soon' is not a date like 2022-03-31 or 2022-03" \
    quote --after soon x
refuses 'a limit is a number' 2 "--limit: '0' is no number from 1 to 99999" quote --limit 0 x

exits 'words are searched for' 0 search --json norland radars
contains 'in every turn that has all' "$out" '"turns":2'
contains 'and marked' "$out" '**Norland** has our word'
contains 'and counted by month' "$out" '{"month":"2024-04","turns":1}'
m search --json '"air defence"'
contains 'phrases stand together' "$out" '"turns":1'
m search --json '"defence air"'
contains 'in their order' "$out" '"turns":0'
m search --json --kind question tanks
contains 'kinds narrow' "$out" '"turns":1'
m search --json --speaker roos send
contains 'speakers too' "$out" '"turns":1,"hits":[
{"document":"april.txt"'
exits 'nothing typed is syntax' 0 search 'NEAR(norland' 'OR' '^x*' '"'
refuses 'but words there must be' 3 'there is no word to search for' search '()'

rm muster.db-words
exits 'a lost index is made again' 0 quote 'we will send 600 million euros'
exits 'and verify does not mind it' 0 verify
exits 'nor its damage' 0 verify
printf 'not a database, and long enough to be looked at' >muster.db-words
exits 'a damaged one is made again' 0 quote 'we will send 600 million euros'
cp april.txt june.txt
printf '\nAna Falk: In June we send boats.\n' >>june.txt
exits 'a later import is taken in' 0 import june.txt
exits 'and found' 0 quote 'In June we send boats'
exits 'a party is there' 0 party add DEU
exits 'and hears what is public' 0 quote --as DEU 'In June we send boats'
refuses 'and nobody else asks' 1 "no party 'FRA' in this book" quote --as FRA 'In June we send boats'
refuses 'without a store there is nothing' 4 \
    "there is no store 'none.db'; 'muster import FILE' makes one" --store none.db quote x
