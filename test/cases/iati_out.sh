# iati_out.sh - the book as IATI: it keeps to the standard, and comes back the same.
. "$CASES/lib.sh"

# records FILE: what stands in our own elements, in an order of its own
records() { grep '<muster:' "$1" | sed 's/^ *//' | LC_ALL=C sort; }

# comes_back NAME BOOK OPTION...: written, judged, read into an empty book, written again
comes_back() {
    name=$1 from=$2
    shift 2
    "$MUSTER" export --store "$from" --no-progress "$@" >first.xml 2>.stderr || not_ok "$name is written" "$(cat .stderr)"
    m validate first.xml
    is "$name keeps to the standard" "$code" 0
    rm -f again.db*
    m --store again.db import --no-progress first.xml
    is "$name is read again" "$code" 0
    "$MUSTER" export --store again.db --no-progress "$@" >second.xml
    records first.xml >first.txt
    records second.xml >second.txt
    if [ -s first.txt ] && cmp -s first.txt second.txt; then ok "$name says the same"; else
        not_ok "$name says the same" "$(diff first.txt second.txt | head -n 5)"
    fi
    before=$("$MUSTER" verify --store "$from" | head -n 3)
    m --store "$from" import --no-progress first.xml
    is "$name is nothing new to its own book" "$("$MUSTER" verify --store "$from" | head -n 3)" "$before"
}

export MUSTER_STORE=book.db
m party add NATO-CAP --name 'The "A" & <B> coalition' --type coalition
m item add drone --name 'Drones <small> & others' --unit piece
m line add --giver Netherlands --receiver Ukraine --item drone --qty 6000..7000 --stage considered \
    --class military --promised 2020-06..2020-09 --on 2020-01-05 --name 'A  name with
two lines' drones
m move drones 6000 --to allocated --on 2020-02-01
m move drones 500 --to dispatched --on 2020-03-01
m move drones 400 --to delivered --on 2020-04-01 --confirmed
m move drones 100 --to lost --on 2020-04-02
m line add --giver Germany --receiver Ukraine --item EUR --qty 5000000.50 --stage announced \
    --class humanitarian --on 2020-01-05 --channel NATO-CAP --promised 2020-06..2020-12 money
m move money 4000000.25 --to committed --on 2020-02-01
m move money 3000000 --to delivered --on 2020-03-01
m move money 1000000.25 --to withdrawn --from committed --on 2020-03-02
m line add --giver France --receiver Ukraine --item EUR --qty 7 --stage committed --on 2150-01-01 late
m line add --giver France --receiver Ukraine --item EUR --qty 9 --label parties:FRA --on 2020-01-05 secret
is 'a book of one own' "$code" 0
m undo "$("$MUSTER" line show drones --json | sed -n 's/^{"id":\([0-9][0-9]*\),"day":"2020-04-02".*$/\1/p')" --why slip
is 'with something taken back' "$code" 0

comes_back 'it' book.db --to iati
contains 'money is a pledge' "$(cat first.xml)" '<transaction-type code="12"/>'
contains 'then a commitment' "$(cat first.xml)" '<value currency="EUR" value-date="2020-02-01">4000000.25</value>'
contains 'then paid' "$(cat first.xml)" '<value currency="EUR" value-date="2020-03-01">3000000</value>'
contains 'and taken back below zero' "$(cat first.xml)" '<value currency="EUR" value-date="2020-03-02">-1000000.25</value>'
contains 'what is still to come is planned' "$(tr -d '\n' <first.xml)" \
    '<planned-disbursement>   <period-start iso-date="2020-06-01"/>   <period-end iso-date="2020-12-31"/>   <value currency="EUR" value-date="2020-06-01">1000000.25</value>'
contains 'who gives and gets' "$(cat first.xml)" '<narrative>Netherlands</narrative>'
contains 'where' "$(cat first.xml)" '<recipient-country code="UA"/>'
contains 'things are ours to say' "$(cat first.xml)" 'to="dispatched"'
contains 'no text is markup' "$(cat first.xml)" 'The &quot;A&quot; &amp; &lt;B&gt; coalition'
is 'nothing in the future is a transaction' "$(grep -c 'value-date="2150' first.xml)" 0
is 'what was taken back is not said' "$(grep -c 'to="lost"' first.xml)" 0
m budget add --giver Germany --amount 7000000 --currency EUR --from 2020-01-01 --until 2020-12-31 plan
is 'somebody plans' "$code" 0
"$MUSTER" export --to iati-organisations --no-progress >plans.xml
exits 'who plans keeps to the standard' 0 validate plans.xml
contains 'with a total' "$(cat plans.xml)" '<value currency="EUR" value-date="2020-01-01">7000000</value>'
rm -f again.db*
m --store again.db import --no-progress plans.xml
m --store again.db budget list --csv
contains 'and the plan comes back' "$out" 'plan'

"$MUSTER" export --to iati --as '' --no-progress >public.xml
is 'what is for one party is not for the public' "$(grep -c secret public.xml)" 0
"$MUSTER" export --to iati --as FRA --no-progress >own.xml
contains 'but for that party' "$(cat own.xml)" 'key="secret"'
contains 'with who may see it' "$(cat own.xml)" 'label="parties:FRA"'
"$MUSTER" export --to iati --reporter XM-DAC-7 --reporter-name Here --reporter-type 10 --no-progress >ours.xml
exits 'a publisher with an identifier has no warnings' 0 validate --strict ours.xml
"$MUSTER" export --to iati --known 2001-01-01 --no-progress >none.xml 2>.stderr
is 'a book that knows nothing has nothing to say' "$?" 1
contains 'and says that' "$(cat .stderr)" 'nothing here to be published'

# What somebody else puts into elements of ours is looked at like anything from outside.
cat >theirs.xml <<'XML'
<iati-activities version="2.03" xmlns:muster="urn:muster:records:1"><iati-activity>
<iati-identifier>X-1</iati-identifier>
<muster:party key="NLD" name="N" type="nation"/><muster:party key="UKR" name="U" type="nation"/>
<muster:item key="money/EUR" name="EUR" class="money" unit="EUR" parts="2"/>
<muster:line key="x" party="NLD" receiver="UKR" item="money/EUR"/>
<muster:entry key="x/1" line="x" from="world" to="committed" qty="100" day="2020-01-01"/>
<muster:entry key="x/2" line="x" from="committed" to="delivered" qty="101" day="2020-01-02"/>
<muster:entry key="x/3" line="x" from="nowhere" to="delivered" qty="1" day="2020-01-02"/>
<muster:entry line="x" from="world" to="committed" qty="1" day="2020-01-02"/>
<muster:entry key="x/4" line="y" from="world" to="committed" qty="1" day="2020-01-02"/>
<muster:decision key="d" type="decision" party="NLD" day="2020-01-01"/>
<muster:line key="bad\zz;" party="NLD" item="money/EUR"/>
<muster:nothing key="n"/>
</iati-activity></iati-activities>
XML
m --store theirs.db import --json theirs.xml
is 'records of others are taken as far as they are clear' "$code" 0
is 'what is no record is flagged' "$(printf '%s' "$out" | grep -o '"no-record"' | grep -c .)" 5
is 'what breaks a rule of the book too' "$(printf '%s' "$out" | grep -o '"breaks-a-rule"' | grep -c .)" 2
m --store theirs.db position --by line --csv
contains 'and the rest is there' "$out" 'x,'

# an organisation's documents
cat >papers.xml <<'XML'
<iati-organisations version="2.03"><iati-organisation xml:lang="en" default-currency="EUR"><organisation-identifier>XM-DAC-7</organisation-identifier><name><narrative>Aid</narrative><narrative xml:lang="nl">Hulp</narrative></name><reporting-org ref="XM-DAC-7" type="10"><narrative>Aid</narrative></reporting-org>
<document-link format="application/pdf" url="http://example.org/plan.pdf"><title><narrative>Plan</narrative><narrative xml:lang="nl">Het plan</narrative></title><category code="B02"/></document-link></iati-organisation></iati-organisations>
XML
m --store papers.db import --no-progress papers.xml
comes_back 'who only links documents' papers.db --to iati-organisations
contains 'with what they are called' "$(cat first.xml)" '<narrative xml:lang="nl">Het plan</narrative>'
contains 'and who they are of' "$(cat first.xml)" '<narrative xml:lang="nl">Hulp</narrative>'

# codes that a publisher gives its activity
cat >codes.xml <<'XML'
<iati-activities version="2.03"><iati-activity default-currency="EUR" xml:lang="en" hierarchy="2" humanitarian="0"><iati-identifier>XM-DAC-7-C1</iati-identifier>
<reporting-org ref="XM-DAC-7" type="10"><narrative>U</narrative></reporting-org><title><narrative>t</narrative></title><description><narrative>t</narrative></description>
<participating-org role="1" type="10" ref="XM-DAC-7"/><activity-status code="3"/><activity-date type="2" iso-date="2020-01-01"/><activity-scope code="4"/>
<recipient-country code="UA"/><sector vocabulary="1" code="11110"/><tag vocabulary="2" code="5"/><tag vocabulary="2" code="none"/>
<policy-marker vocabulary="1" code="1" significance="2"/><collaboration-type code="1"/><default-flow-type code="10"/><default-finance-type code="110"/>
<default-aid-type code="C01"/><default-aid-type code="Z99"/><default-tied-status code="5"/><capital-spend percentage="8.8"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2024-01-10"/><value value-date="2024-01-10">1000</value></transaction>
</iati-activity></iati-activities>
XML
m --store codes.db import --no-progress --json codes.xml
is 'codes that no list has are flagged' "$(printf '%s' "$out" | grep -c '"rule":"unknown-code","value":"Z99"')" 1
comes_back 'what it says in codes' codes.db --to iati
for element in 'humanitarian="0" hierarchy="2"' '<activity-status code="3"' '<activity-scope code="4"' '<tag vocabulary="2" code="5"' \
    '<policy-marker vocabulary="1" code="1" significance="2"' '<collaboration-type code="1"' '<default-flow-type code="10"' '<default-finance-type code="110"' \
    '<default-aid-type vocabulary="1" code="C01"' '<default-tied-status code="5"' '<capital-spend percentage="8.8"' \
    'said-aid-type:1/Z99<' 'said-tag:2/none<'; do
    is "it says $element again" "$(grep -cF "$element" first.xml)" 1
done
is 'and no code that no list has, but in our own words' "$(grep -c 'code="Z99"\|code="none"' first.xml)" 0

m --store demo.db import --no-progress "$CASES/../../data/demo"
comes_back 'the demonstration' demo.db --to iati

shared=${MUSTER_SHARED:-$CASES/../../../shared}/data/iati
if [ -d "$shared" ]; then
    find "$shared/published" "$shared/legacy-samples" -name '*.xml' >files.txt
    while read -r f; do
        rm -f one.db*
        "$MUSTER" --store one.db import --no-progress "$f" >/dev/null 2>&1 || continue
        "$MUSTER" --store one.db export --no-progress --to iati >/dev/null 2>&1 || continue
        comes_back "$(basename "$f")" one.db --to iati
    done <files.txt
else
    ok "# SKIP publishers' files are not here (../shared)"
fi
