# iati_in.sh - files of IATI: each flow once, whoever reports it; what is bad is refused.
. "$CASES/lib.sh"
here=$CASES/../data/iati

incoming() { "$MUSTER" total --json --currency EUR "$@" | sed -n 's/.*"incoming": *\([0-9.-]*\).*/\1/p' | head -n 1; }
# activity ID REPORTER INSIDE: one activity, as a file of 2.03
activity() {
    printf '<iati-activities version="2.03" generated-datetime="%s"><iati-activity default-currency="EUR">' "${4:-2024-05-01T00:00:00Z}"
    printf '<iati-identifier>%s</iati-identifier><reporting-org ref="%s" type="10"><narrative>%s</narrative></reporting-org>' "$1" "$2" "$2"
    printf '<title><narrative>%s</narrative></title>%s</iati-activity></iati-activities>\n' "$1" "$3"
}
# pay TYPE DAY AMOUNT MORE
pay() {
    printf '<transaction><transaction-type code="%s"/><transaction-date iso-date="%s"/>' "$1" "$2"
    printf '<value value-date="%s">%s</value>%s</transaction>' "$2" "$3" "${4:-}"
}
jo='<recipient-country code="JO"/>'

# --- one flow, three reports ---
export MUSTER_STORE=three.db
m import --no-progress "$here/giver.xml"
is 'the giver alone' "$(incoming --boundary recipient=JOR)" 900000
m import --no-progress "$here/channel.xml"
is 'the channel reports the same money' "$(incoming --boundary recipient=JOR)" 900000
is 'and without a boundary' "$(incoming)" 900000
m explain --boundary recipient=JOR --json
contains 'the report that is not added is there, with its own amount' "$out" '190000'
contains 'and why' "$out" 'the same money as iati:AA-MFA-17/out/>BB-FUND-2/EUR, which counts: both activities name each other'
m same --reports --json
contains 'reports that disagree stand side by side' "$out" '"counts_total":500000,"other_total":490000,"differ":10000'
activity DD-NGO-9 DD-NGO "$jo$(pay 1 2023-12-03 280000 '<provider-org ref="BB-FUND" provider-activity-id="BB-FUND-2"/>')$(pay 4 2023-12-20 90000)" >ngo.xml
m import --no-progress ngo.xml
is 'the receiver at the end reports it too' "$(incoming --boundary recipient=JOR)" 900000
m flags --json
is 'nothing of it is odd' "$(printf '%s' "$out" | grep -c beyond)" 0

# --- in the other order, and the receiver alone ---
export MUSTER_STORE=order.db
m import --no-progress ngo.xml
is 'a receiver whose giver is not there' "$(incoming --boundary recipient=JOR)" 280000
m import --no-progress "$here/channel.xml"
is 'its giver is: what came in there counts' "$(incoming --boundary recipient=JOR)" 490000
m import --no-progress "$here/giver.xml"
is 'any order gives the same' "$(incoming --boundary recipient=JOR)" 900000

# --- where only one side names the other; and where only one names the country ---
export MUSTER_STORE=one.db
activity GG-1 GG "$(pay 3 2024-01-10 1000)" >g.xml
activity RR-1 RR "$jo$(pay 1 2024-01-12 1000 '<provider-org ref="GG" provider-activity-id="GG-1"/>')" >r.xml
m import --no-progress g.xml
m import --no-progress r.xml
is 'the receiver names the giver: once' "$(incoming)" 1000
is 'and it is in the country that only the receiver names' "$(incoming --boundary recipient=JOR)" 1000

# --- each in its own currency ---
dollars() { sed 's/default-currency="EUR"/default-currency="USD"/'; }
# pair NAME GIVES GETS: both reports of one payment, 900 euros and 1,000 dollars
pair() {
    export MUSTER_STORE=pair.db
    rm -f pair.db*
    m rate add USD 1.1 --base EUR --day 2024-01-01 --series own
    activity GG-1 GG "$jo$(pay 3 2024-01-10 900 "$2")" >g.xml
    activity RR-1 RR "$jo$(pay 1 2024-01-12 1000 "$3")" | dollars >r.xml
    m import --no-progress r.xml
    m import --no-progress g.xml
    is "$1: once" "$(incoming)" 900
}
both='<receiver-org ref="RR" receiver-activity-id="RR-1"/>'
from='<provider-org ref="GG" provider-activity-id="GG-1"/>'
pair 'both activities name each other' "$both" "$from"
m explain --boundary recipient=JOR --json
contains 'with the reason' "$out" 'both activities name each other, each in its own currency'
m same --reports --json
contains 'the reports stand side by side' "$out" '"currency":"EUR","counts_total":900,"other_total":1000,"differ":null,"other_currency":"USD"'
pair 'the receiver names the giver' '<receiver-org ref="RR"/>' "$from"
pair 'the giver names the receiver' "$both" '<provider-org ref="GG"/>'
pair 'the giver names nobody' '' "$from"
activity GG-1 GG "$jo$(pay 3 2024-01-10 900 "$both")" 2024-06-01T00:00:00Z | sed "s|</iati-activity>|$(pay 3 2024-01-11 300 "$both" | sed 's/<value /&currency="USD" /; s/[&|]/\\&/g')&|" >g2.xml
m import --no-progress g2.xml
m same --reports --json
contains 'a report in its own currency goes before' "$out" '"counts":"iati:GG-1/out/>RR-1/USD","other":"iati:RR-1/in/GG-1>/USD","currency":"USD","counts_total":300,"other_total":1000'
is 'and nothing counts twice' "$(incoming)" 1172.73
activity GG-1 GG "$jo$(pay 3 2024-01-10 900 '<receiver-org ref="QQ"/>')" 2024-07-01T00:00:00Z >g3.xml
m import --no-progress g3.xml
is 'what went to somebody else is other money' "$(incoming)" 1809.09

# --- two publishers of one activity ---
export MUSTER_STORE=two.db
activity X-1 302 "$jo$(pay 3 2024-01-10 700)" >a.xml
activity X-1 303 "$jo$(pay 3 2024-01-10 650)" 2024-04-01T00:00:00Z >b.xml
m import --no-progress a.xml
m import --no-progress b.xml
is 'two publishers of one activity: the newer counts' "$(incoming)" 700
m line list --json
is 'both are kept' "$(printf '%s' "$out" | grep -c 'iati:X-1@30[23]/out')" 2

# --- likeness, and a person ---
export MUSTER_STORE=like.db
activity PP-1 PP "$jo$(pay 3 2024-01-10 500)$(pay 3 2024-02-10 300)" >p.xml
activity PP-1-1 PP "$jo<related-activity ref=\"PP-1\" type=\"1\"/>$(pay 3 2024-01-11 500)" >c.xml
m import --no-progress p.xml
m import --no-progress c.xml
is 'parent and child with one amount both count at first' "$(incoming)" 1300
m same --json
contains 'and are listed' "$out" '"other":"iati:PP-1-1/out/>/EUR"'
contains 'with the reason' "$out" 'related activities, same amounts'
exits 'a reason is needed' 2 same accept 'iati:PP-1/out/>/EUR' 'iati:PP-1-1/out/>/EUR'
exits 'a person says that they are the same' 0 same accept 'iati:PP-1/out/>/EUR' 'iati:PP-1-1/out/>/EUR' --why 'by telephone'
is 'then it counts once' "$(incoming)" 800
m same --json
is 'and is listed no more' "$(printf '%s' "$out" | grep -c PP-1-1)" 0
activity PP-1-1 PP "$jo<related-activity ref=\"PP-1\" type=\"1\"/>$(pay 3 2024-01-11 500)$(pay 3 2024-03-01 20)" 2024-06-01T00:00:00Z >c2.xml
m import --no-progress c2.xml
is 'the word holds when the publisher replaces its file' "$(incoming)" 800
m same reject 'iati:PP-1/out/>/EUR' 'iati:PP-1-1/out/>/EUR' --why 'they were two after all'
is 'and can be taken back' "$(incoming)" 1320

# --- a publisher replaces its file ---
export MUSTER_STORE=again.db
activity RE-1 RE "$jo$(pay 2 2024-01-01 1000)$(pay 3 2024-01-10 400)$(pay 3 2024-02-10 100)" >1.xml
activity RE-1 RE "$jo$(pay 2 2024-01-01 1000)$(pay 3 2024-01-10 450)$(pay 3 2024-03-10 50)" 2024-06-01T00:00:00Z >2.xml
m import --no-progress 1.xml
m import --no-progress --json 2.xml
contains 'what changed is restated' "$out" '"restated":1'
contains 'what is no longer there is taken back' "$out" '"removed":1'
m position --json
contains 'and the book stands where the newest says' "$out" '500'
m import --no-progress --json 1.xml
contains 'an older file changes nothing' "$out" '"restated":0'
is 'and the total stays' "$(incoming)" 1000

budget() { printf '<budget><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value value-date="2024-01-01">%s</value></budget>' "$1"; }
export MUSTER_STORE=plans.db
activity BU-1 BU "$jo$(budget 77)$(pay 3 2024-01-10 5)$(pay 6 2024-02-10 3)" >1.xml
activity BU-1 BU "$jo$(pay 3 2024-01-10 5)" 2024-06-01T00:00:00Z >2.xml
activity BU-1 BU "$jo$(budget 78)$(pay 3 2024-01-10 5)" 2024-07-01T00:00:00Z >3.xml
# says: what the book says of budget and repayment
says() { "$MUSTER" export --to iati --as '' | grep -o '>7[78]<\|>3<' | tr -d '<>' | tr '\n' ' '; }
m import --no-progress 1.xml
is 'a budget and a repayment' "$(says)" '77 3 '
m import --no-progress --json 2.xml
contains 'what is no longer stated beside the book is taken back too' "$out" '"removed":2'
is 'and said no more' "$(says)" ''
m import --no-progress --json 1.xml
is 'an older file does not bring it back' "$(says)" ''
m import --no-progress --json 3.xml
is 'a newer one does' "$(says)" '78 '
rm -f plans.db*
m import --no-progress 2.xml
m import --no-progress 1.xml
is 'nor is it there when the older comes last' "$(says)" ''
exits 'and the book is sound' 0 verify

# --- value dates ---
export MUSTER_STORE=valued.db
# valued DAY: 1,000 dollars paid on 10 January, worth what they were on that day
valued() { printf '<transaction><transaction-type code="3"/><transaction-date iso-date="2024-01-10"/><value currency="USD" value-date="%s">1000</value></transaction>' "$1"; }
m rate add USD 1 --base EUR --day 2024-01-01 --series own
m rate add USD 2 --base EUR --day 2024-03-01 --series own
activity VA-1 VA "$jo$(valued 2024-03-05)" >va1.xml
m import --no-progress va1.xml
is 'an amount is converted at the rate of its value date' "$(incoming)" 500
m explain --boundary recipient=JOR --currency EUR --json
contains 'explain says so' "$out" 'at the rate of 2024-03-05, its value date'
is 'but at no later one than the question asks for' "$(incoming --effective 2024-02-01)" 1000
is 'it is of the year and month in which it moved' "$("$MUSTER" total --json --by month --currency EUR | grep -c 2024-01)" 1
m export --to iati --as '' --reporter VA --reporter-name VA --reporter-type 10
contains 'the export gives it back' "$out" 'value-date="2024-03-05"'
activity VA-1 VA "$jo$(valued 2024-01-10)" 2024-06-01T00:00:00Z >va2.xml
m import --no-progress --json va2.xml
contains 'another value date is a restatement' "$out" '"restated":1'
is 'what was taken back is taken back at its own rate' "$(incoming)" 1000
exits 'the book is sound' 0 verify

# --- days that cannot be, and money that nothing converts ---
export MUSTER_STORE=absurd.db
m rate add USD 2 --base EUR --day 2024-01-01 --series own
activity AB-1 AB "$jo$(valued 1900-01-01)$(valued 0202-01-10)$(valued 2024-01-09)" >ab.xml
m import --no-progress --json ab.xml
contains 'a value date far from its money is flagged, and what holds instead' "$out" \
    '"row":1,"column":"value/@value-date","rule":"unlikely-value-date","value":"1900-01-01","expected":"a day within ten years of the money'"'"'s own; the rate of 2024-01-10 holds"'
contains 'so is one of no calendar' "$out" '"rule":"not-a-date","value":"0202-01-10"'
is 'the own day converts them' "$(incoming)" 1500
activity AB-2 AB "$jo$(pay 3 1901-02-03 77)" | sed 's/"EUR"/"USD"/' >ab2.xml
activity AB-3 AB "$jo$(pay 3 2024-02-03 88)" | sed 's/default-currency="EUR"//' >ab3.xml
m import --no-progress --json ab2.xml ab3.xml
contains 'a payment of 1901 is flagged' "$out" '"rule":"unlikely-date","value":"1901-02-03"'
m total --currency EUR --json
contains 'one line without a rate does not take the total away' "$out" '"incoming":1500,'
contains 'which says what it lacks' "$(printf '%s' "$out" | tr -d '\n')" '"unconverted":[{"in":"incoming","currency":"USD","amount":77,"since":"1901-02-03","until":"1901-02-03"},{"in":"incoming","currency":"XXX","amount":88'
contains 'and in words' "$("$MUSTER" total --currency EUR)" 'Not everything could be converted into EUR'
m explain --boundary recipient=JOR --currency EUR --json
contains 'explain names the line' "$out" '"added":false,"why":"no rate converts it"'
m total --currency NOK --json
is 'a total of nothing at all is refused' "$code" 1


# --- languages ---
export MUSTER_STORE=words.db
words='<description type="1"><narrative xml:lang="fr">De l&apos;eau</narrative><narrative xml:lang="ar">ماء</narrative></description><description type="2"><narrative xml:lang="fr">Des puits a/b</narrative><narrative xml:lang="en">Wells</narrative></description><document-link format="text/html" url="http://example.org/d"><title><narrative xml:lang="fr">Rapport</narrative><narrative xml:lang="en">Report</narrative></title><category code="A02"/></document-link>'
activity LA-1 LA "$jo$words$(pay 3 2024-01-10 5)" | sed 's|<narrative>LA-1</narrative>|<narrative xml:lang="fr">Eau</narrative><narrative xml:lang="en">Water</narrative><narrative xml:lang="pt-BR">Agua</narrative>|' >la.xml
exits 'texts in several languages' 0 import --no-progress la.xml
"$MUSTER" export --to iati --as '' --reporter LA --reporter-name LA --reporter-type 10 >la-out.xml
for text in '<narrative>Water</narrative>' '<narrative xml:lang="fr">Eau</narrative>' '<narrative xml:lang="pt-BR">Agua</narrative>' \
    "<narrative xml:lang=\"fr\">De l'eau</narrative>" '<narrative xml:lang="ar">ماء</narrative>' '<narrative xml:lang="fr">Des puits a/b</narrative>' \
    '<narrative>Wells</narrative>' '<description type="2">' '<narrative>Report</narrative>' '<narrative xml:lang="fr">Rapport</narrative>'; do
    is "the export says $text again" "$(grep -cF "$text" la-out.xml)" 1
done
exits 'and keeps to the schema' 0 validate --no-rules la-out.xml
m import --no-progress --json la.xml
contains 'the same once more is nothing new' "$out" '"restated":0'
MUSTER_STORE=words2.db m import --no-progress la-out.xml
is 'what was written reads back in all its languages' "$(MUSTER_STORE=words2.db "$MUSTER" export --to iati --as '' | grep -cF -e '>Agua<' -e '>Des puits a/b<' -e '>ماء<')" 3
{ # 1.x: the element once for each language
    printf '<iati-activities version="1.04"><iati-activity xml:lang="fr"><iati-identifier>LB-1</iati-identifier><reporting-org ref="LB" type="10">LB</reporting-org>'
    printf '<title>Pain</title><title xml:lang="en">Bread</title><description>Du pain</description><description xml:lang="en">Some bread</description></iati-activity></iati-activities>'
} >lb.xml
m import --no-progress lb.xml
"$MUSTER" export --to iati --as '' >lb-out.xml
for text in '>Bread<' 'xml:lang="fr">Pain<' '>Some bread<' 'xml:lang="fr">Du pain<'; do
    is "of 1.04: $text" "$(grep -cF "$text" lb-out.xml)" 1
done

# what is said of one transaction, and what organisations are called
n() { printf '<narrative xml:lang="%s">%s</narrative>' "$1" "$2"; }
told='<description>'$(n fr 'Première tranche')$(n en 'First part')$(n ar 'قسط')'</description>'
to='<receiver-org ref="LC-9"/>'
named='<receiver-org ref="LC-9">'$(n fr 'Les Amis')$(n sw 'Marafiki')'</receiver-org>'
activity LC-1 LC "$jo$(pay 2 2024-01-01 10)$(pay 3 2024-01-10 15 "$told$to")$(pay 6 2024-02-01 3 '<description>'"$(n fr 'Remboursé')$(n de 'Zurück')"'</description>')$(pay 3 2024-03-01 1 "$named")" |
    sed "s|<narrative>LC</narrative>|$(n es 'Ayuda')$(n en 'Help')|" >lc.xml
export MUSTER_STORE=words3.db
m import --no-progress lc.xml
"$MUSTER" export --to iati --as '' >lc-out.xml
for text in '<narrative>First part<' '"fr">Première tranche<' '"ar">قسط<' '"fr">Remboursé<' '"de">Zurück<'; do
    is "of a transaction: $text, once" "$(grep -cF "$text" lc-out.xml)" 1
done
for text in '"fr">Les Amis<' '"sw">Marafiki<' '"es">Ayuda<' '<narrative>Help<'; do
    is "of an organisation: $text" "$(grep -qF "$text" lc-out.xml && echo said)" said
done
is 'no reference stands for a name that is there' "$(grep -cF '>LC-9<' lc-out.xml)" 0
exits 'and it keeps to the schema' 0 validate --no-rules lc-out.xml
m import --no-progress --json lc.xml
contains 'once more is nothing new' "$out" '"new":0,"same":20,"restated":0'
rm -f words4.db*
MUSTER_STORE=words4.db m import --no-progress lc-out.xml
MUSTER_STORE=words4.db "$MUSTER" export --to iati --as '' >lc-again.xml
is 'all of it comes back' "$(sed 's/generated-datetime="[^"]*"//' lc-again.xml | cksum)" "$(sed 's/generated-datetime="[^"]*"//' lc-out.xml | cksum)"

# --- as other publishers write ---
export MUSTER_STORE=others.db
# other NAME TEXT: of which 1000.50 comes
other() {
    rm -f others.db*
    m import --no-progress --json "$2"
    is "$1 is taken" "$code $(incoming)" '0 1000.5'
}
activity OT-1 OT "$jo$(pay 3 2024-01-10 1000.50)" >plain.xml
sed 's|<iati-activities |&xmlns="http://example.org/ns" |' plain.xml >ns.xml
other 'the standard in a namespace of its own' ns.xml
contains 'and that is flagged' "$out" '"rule":"namespace","value":"http://example.org/ns"'
sed 's|<\(/*\)\([a-z]\)|<\1x:\2|g; s|<x:iati-activities |&xmlns:x="urn:x" |' plain.xml >prefix.xml
other 'with prefixes' prefix.xml
{ printf '\n\n  <?xml version="1.0"?>\n' && sed 's/1000.50/1.000,50/' plain.xml; } >late.xml
other 'a declaration after blanks, and a comma' late.xml
contains 'each is told' "$out" '"rule":"blank-start"'
contains 'with its line' "$out" '"row":4,"column":"iati-activity[1]/transaction[1]/value","rule":"thousands","value":"1.000,50","expected":"1000.50"'
for amount in '1000,50' '1 000.50' '1,000.50' '+1000.5' '1000.50 '; do
    sed "s/1000.50/$amount/" plain.xml >amount.xml
    other "an amount of '$amount'" amount.xml
done
for amount in '1,000' 'EUR 100' '1.00,0' '1 00' '12,345,6' ''; do
    sed "s/1000.50/$amount/" plain.xml >amount.xml
    rm -f others.db*
    m import --no-progress --json amount.xml
    is "an amount of '$amount' is told once" "$(printf '%s' "$out" | grep -c '"rule":"thousands"\|"rule":"not-a-number"')" 1
done
for day in 20240110 2024-1-10 2024-01 2024 20241301 2024-00-10; do
    sed "s/2024-01-10/$day/g" plain.xml >day.xml
    rm -f others.db*
    m import --no-progress --json day.xml
    printf '%s %s\n' "$day" "$(printf '%s\n' "$out" | sed -n 's/.*iso-date","rule":"\([a-z-]*\)".*/\1/p')"
done >days.txt
is 'days are read as far as they are clear' "$(tr '\n' ';' <days.txt)" \
    '20240110 date-form;2024-1-10 date-form;2024-01 part-of-a-date;2024 part-of-a-date;20241301 not-a-date;2024-00-10 not-a-date;'
sector() { printf '<sector code="%s"/>' "$1"; }
activity SE-1 SE "$jo$(pay 3 2024-01-10 7 "$(sector 72010)<receiver-org ref=\"R1\"/>")$(pay 3 2024-01-11 9 "$(sector 11110)$(sector 72040)<receiver-org ref=\"R2\"/>")" >se.xml
rm -f others.db*
m import --no-progress se.xml
"$MUSTER" export >se.txt
is 'sectors of transactions are tags of their lines' "$(grep -o 'destination-tag="Sector[^"]*' se.txt | cut -d/ -f3-4 | sort | tr '\n' ' ')" '11110/shared 72010/single 72040/shared '
is 'and say which is humanitarian' "$(grep '^line' se.txt | grep -o 'class="[a-z]*"' | sort | tr '\n' ' ')" 'class="financial" class="humanitarian" '
"$MUSTER" export --to iati >se-out.xml
is 'several without shares are not specified' "$(grep -c '<sector vocabulary="1" code="99810"/>' se-out.xml)" 1
is 'what is humanitarian in part is not said to be' "$(grep -c 'humanitarian="1"' se-out.xml)" 0
exits 'and it keeps to the standard but for who reports' 0 validate se-out.xml

# --- one activity that is made to be much ---
export MUSTER_STORE=much.db
wide=$(awk 'BEGIN { for (i = 0; i < 1001; i++) printf " a%d=\"\"", i }')
printf '<iati-activities version="2.03"><iati-activity%s/></iati-activities>' "$wide" >wide.xml
exits 'a thousand attributes are enough' 3 import --no-progress wide.xml
contains 'with a sentence' "$err" 'an element with more than 1,000 attributes'
exits 'for the judge too' 3 validate wide.xml
awk 'BEGIN { printf "<iati-activities><iati-activity"; for (i = 0; i < 400000; i++) printf " a%d=\"\"", i; print "/></iati-activities>" }' >wide.xml
exits 'also before the element is whole' 3 import --no-progress wide.xml
exits 'and there' 3 validate wide.xml
long=$(awk 'BEGIN { for (i = 0; i < 5000; i++) printf "long" }')
activity "LO-$long" LO "$jo$(pay 3 2024-01-10 5 "<receiver-org ref=\"$long\"/>")$(pay 3 2024-01-11 7 "<receiver-org><narrative>$long</narrative></receiver-org>")" >long.xml
m import --no-progress --json long.xml
is 'an identifier of 20,000 letters is taken' "$code" 0
contains 'and flagged' "$out" '"column":"iati-activity[1]/iati-identifier","rule":"too-long"'
is 'no key is as long' "$("$MUSTER" export | awk 'length($0) > 6000' | wc -l)" 0
is 'its money is' "$(incoming)" 12
{
    echo '<iati-activities version="2.02"><iati-activity default-currency="EUR"><iati-identifier>TO-1</iati-identifier><reporting-org ref="TO"/>'
    awk 'BEGIN { for (i = 0; i < 600; i++) n = n "x"; for (i = 0; i < 30; i++) print "<participating-org role=\"4\"><narrative>" i n "</narrative></participating-org>"
        for (i = 0; i < 9000; i++) print "<transaction><transaction-type code=\"3\"/><transaction-date iso-date=\"2024-01-01\"/><value>1</value><receiver-org ref=\"R" i "\"/></transaction>" }'
    echo '</iati-activity></iati-activities>'
} >tower.xml
exits 'lines that repeat a page each are bounded' 3 import --no-progress tower.xml
contains 'with the line' "$err" 'what the lines of one activity lie in takes more than 128 MB'
is 'and nothing of it is taken' "$(incoming)" 12
{
    echo '<iati-activities version="2.02">'
    awk 'BEGIN { for (i = 0; i < 1500; i++) print "<iati-activity default-currency=\"EUR\"><iati-identifier>DU-1</iati-identifier><transaction><transaction-type code=\"3\"/><transaction-date iso-date=\"2024-01-01\"/><value>" i + 1 "</value></transaction></iati-activity>" }'
    echo '</iati-activities>'
} >dup.xml
m import --no-progress --json dup.xml
is 'any number of activities of one identifier is kept apart' "$(incoming)" $((12 + 1500 * 1501 / 2))

# --- bad input ---
export MUSTER_STORE=bad.db
bomb='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
printf '%s<iati-activities><iati-activity><title>&b;</title></iati-activity></iati-activities>' "$bomb" >bomb.xml
exits 'declared entities are refused' 3 import --no-progress bomb.xml
contains 'with the reason' "$err" 'it declares an entity'
printf '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><iati-activities><iati-activity><title>&e;</title></iati-activity></iati-activities>' >outside.xml
exits 'so are outside ones' 3 import --no-progress outside.xml
printf '<!DOCTYPE iati-activities SYSTEM "http://127.0.0.1:1/x.dtd"><iati-activities version="2.03"/>' >dtd.xml
exits 'a DTD elsewhere is not fetched' 0 import --no-progress dtd.xml
head -c 700 "$here/giver.xml" >cut.xml
exits 'a file that breaks off is refused whole' 3 import --no-progress cut.xml
contains 'with the line' "$err" 'cut.xml, line '
awk 'BEGIN { printf "<iati-activities>"; for (i = 0; i < 200; i++) printf "<a>"; print "" }' >deep.xml
exits 'so is one that is nested too deep' 3 import --no-progress deep.xml
{ printf '<iati-activities><iati-activity hierarchy="'; head -c 12000000 /dev/zero | tr '\0' a; printf '"/></iati-activities>'; } >wide.xml
exits 'and an attribute of 12 MB' 3 import --no-progress wide.xml
contains 'which is said' "$err" 'above 10 MB'
printf '<?xml version="1.0" encoding="UTF-8"?><iati-activities><iati-activity><iati-identifier>W-1</iati-identifier><reporting-org ref="W">Zo\351</reporting-org></iati-activity></iati-activities>' >latin.xml
exits 'a wrong encoding is read for what it is' 0 import --no-progress --json latin.xml
contains 'and told' "$out" 'wrong-encoding'
activity CY-1 CY "<related-activity ref=\"CY-1\" type=\"1\"/>$jo$(pay 3 2024-01-01 5 '<receiver-org ref="CY" receiver-activity-id="CY-2"/>')$(pay 1 2024-01-01 5 '<provider-org ref="CY" provider-activity-id="CY-2"/>')" >cy1.xml
activity CY-2 CY "$jo$(pay 3 2024-01-01 5 '<receiver-org ref="CY" receiver-activity-id="CY-1"/>')$(pay 1 2024-01-01 5 '<provider-org ref="CY" provider-activity-id="CY-1"/>')" >cy2.xml
m import --no-progress cy1.xml
exits 'activities in a circle' 0 import --no-progress cy2.xml
exits 'have a total' 0 total --currency EUR

# --- a file that is fed: above 64 MB ---
export MUSTER_STORE=fed.db
{
    echo '<iati-activities version="2.02">'
    pad=$(head -c 60000 /dev/zero | tr '\0' x)
    awk -v pad="$pad" 'BEGIN { for (i = 0; i < 1200; i++) {
        printf "<iati-activity default-currency=\"EUR\"><iati-identifier>BIG-%d</iati-identifier>", i
        printf "<reporting-org ref=\"BIG\" type=\"10\"><narrative>Big</narrative></reporting-org>"
        printf "<description><narrative>%s</narrative></description>", pad
        for (k = 1; k < 13; k++) printf "<transaction><transaction-type code=\"3\"/><transaction-date iso-date=\"2024-%02d-01\"/><value value-date=\"2024-01-01\">%d</value></transaction>", k, i
        print "</iati-activity>" } }'
    echo '</iati-activities>'
} >big.xml
exits 'a file above 64 MB is taken in parts' 0 import --no-progress --json big.xml
contains 'all of its rows' "$out" '"rows":14400'
is 'and their sum' "$(incoming)" 8632800
m import --no-progress --json big.xml
contains 'a second time nothing is new' "$out" '"new":0'
head -c 70000000 big.xml >bigcut.xml
export MUSTER_STORE=fedcut.db
exits 'one that breaks off is refused whole' 3 import --no-progress bigcut.xml
m line list --json
is 'and leaves nothing' "$(printf '%s' "$out" | grep -c BIG-)" 0
rm -f big.xml bigcut.xml wide.xml
