# validate.sh - files against the IATI standard, through the real program.
. "$CASES/lib.sh"

cat >good.xml <<'XML'
<iati-activities version="2.03">
<iati-activity default-currency="EUR" xml:lang="en">
<iati-identifier>GB-CHC-1-A</iati-identifier>
<reporting-org ref="GB-CHC-1" type="21"><narrative>Us</narrative></reporting-org>
<title><narrative>Blankets</narrative></title>
<description><narrative>Blankets for winter</narrative></description>
<participating-org ref="GB-CHC-1" role="1" type="21"/>
<activity-status code="2"/>
<activity-date type="1" iso-date="2022-01-01"/>
<recipient-country code="UA"/>
<sector code="72010"/>
</iati-activity>
</iati-activities>
XML
sed '/activity-date/d; s/code="72010"/code="72019"/; s/<title>/<title id="1">/' good.xml >bad.xml
sed 's/GB-CHC-1"/QQ-1-1"/' good.xml >odd.xml

exits 'a good file has nothing to be said about' 0 validate good.xml
contains 'and that is said' "$out" 'no complaint'
exits 'a bad one ends with 1' 1 validate bad.xml
contains 'the schema has line, path and rule' "$out" \
    '5  error   schema  cvc-complex-type.3.2.2  /iati-activities/iati-activity[1]/title'
contains 'the ruleset too' "$out" '6.11.1 atleast_one'
contains 'and the lists of codes' "$out" 'codelist Sector'
m validate bad.xml --json
contains 'a program gets the same' "$out" '"line":2,"weight":"error","kind":"rule","rule":"6.11.1 atleast_one","path":"/iati-activities/iati-activity[1]","activity":"GB-CHC-1-A"'
exits 'warnings are no error' 0 validate odd.xml
contains 'but shown' "$out" '1.14.8 startswith'
exits 'unless they are to be' 1 validate --strict odd.xml
exits 'of several files each is judged' 1 validate good.xml bad.xml
contains 'with their names' "$out" 'good.xml'
exits 'no more is printed than asked for' 1 validate --limit 1 bad.xml
contains 'and how much that leaves out' "$out" 'complaints more: --limit'

{ # the same reporter in three activities, and in the last another too
    head -n 1 odd.xml
    for i in 1 2 3; do sed -n '2,12p' odd.xml | sed "s/GB-CHC-1-A/QQ-$i/"; done
    sed -n '2,12p' odd.xml | sed 's/QQ-1-1/QQ-2/g'
    tail -n 1 odd.xml
} >three.xml
m validate --json three.xml
contains 'a warning of many activities is one, with a count' "$out" '"activity":"QQ-1","value":"QQ-1-1","expected":"The reporting organisation id must start with an approved agency code.","times":3}'
is 'another value is another' "$(printf '%s' "$out" | grep -c '1.14.8')" 2
contains 'all are counted' "$out" '"warnings":8,'
m validate --json --each three.xml
is 'or each is listed' "$(printf '%s' "$out" | grep -c '1.14.8')" 4
m validate --limit 1 three.xml
contains 'what is counted is shown' "$out" '7 complaints more: --limit'

head -c 300 good.xml >cut.xml
exits 'a file that is cut off ends with 3' 3 validate cut.xml good.xml
contains 'with the line' "$err" "'cut.xml': line 6: the file is not well-formed XML: it ends within an element"
contains 'and the next is judged all the same' "$out" 'good.xml'
printf '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><iati-activities>&a;</iati-activities>' >bomb.xml
exits 'entities are refused' 3 validate bomb.xml
contains 'with the reason' "$err" "'bomb.xml': line 1: the file declares the entity 'a'; files that do are not read"
exits 'what is not there is said' 1 validate nothing.xml

echo '{"//iati-activity":{"atleast_one":{"cases":[{"paths":["budget"]}]}}}' >ours.json
exits 'another ruleset is taken' 1 validate --no-schema --rules ours.json good.xml
contains 'and speaks for itself' "$out" 'expected at least one of budget'
echo '{"//iati-activity":{"atleast":{"cases":[]}}}' >wrong.json
refuses 'a rule that is none is refused' 3 "'wrong.json': the ruleset, '//iati-activity': there is no rule 'atleast'" \
    validate --rules wrong.json good.xml
echo '{"//iati-activity[":{}}' >wrong.json
exits 'and what is no XPath' 3 validate --rules wrong.json good.xml
contains 'with the place' "$err" 'this is not XPath'
echo '{"//iati-activity":{"if_then":{"cases":[{"if":"cuont(a)","then":"b"}]}}}' >wrong.json
refuses 'nor a function that XPath has not' 3 \
    "'wrong.json': the ruleset, case 1 of rule 'if_then' under '//iati-activity': XPath does not know 'cuont(a)'" \
    validate --rules wrong.json good.xml

# What import says of a file of 2.03, and lists of codes.
export MUSTER_STORE=codes.db
m import --json bad.xml
is 'import takes a bad file' "$code" 0
contains 'and flags what the schema says' "$out" '"row":5,"column":"/iati-activities/iati-activity[1]/title","rule":"cvc-complex-type.3.2.2"'
contains 'what the ruleset says' "$out" '"rule":"6.11.1 atleast_one"'
contains 'and unknown codes' "$out" '"rule":"unknown-code","value":"72019"'
m flags --rule unknown-code
contains 'they stay in the book' "$out" '72019'
m codes show Sector 72019
is 'a code that no list has is not there' "$code" 1
cat >Sector.xml <<'XML'
<codelist name="Sector" xml:lang="en" complete="1" embedded="0"><codelist-items>
<codelist-item status="active" activation-date="2030-01-01"><code>72019</code><name><narrative>Newer things</narrative></name></codelist-item>
<codelist-item status="withdrawn" withdrawal-date="2029-12-31"><code>72010</code><name><narrative>Relief</narrative></name></codelist-item>
</codelist-items></codelist>
XML
exits 'a newer edition is taken in' 0 codes import --edition 2030-01-01 Sector.xml
m codes show Sector 72019
contains 'and then known' "$out" 'Newer things'
m codes list --csv
contains 'with its day' "$out" 'Sector,2,2030-01-01,true'
contains 'and the others stay' "$out" 'AidType,'
m codes show Sector 72019 --known 2001-01-01
is 'but was not known before' "$code" 1
m codes import --edition 2030-01-01 Sector.xml
contains 'the same again is nothing new' "$out" 'known     1'
sed 's/72019/72018/' Sector.xml >older.xml
m codes import --edition 2019-01-01 older.xml
contains 'an older one is left aside' "$out" 'older     1'
m codes show Sector 72019
is 'and changes nothing' "$code" 0
sed 's/GB-CHC-1-A/GB-CHC-1-B/' bad.xml >next.xml
m import --json next.xml
is 'a file is then looked at with the newer list' "$(printf '%s' "$out" | grep -c unknown-code)" 0
m codes export
printf '%s\n' "$out" >all.tsv
rm -f other.db*
m codes import --store other.db all.tsv
m codes show --store other.db Sector 72019
is 'all lists go into another book as one table' "$code" 0
exits 'validate knows the codes of a book if asked' 1 validate --codes codes.db next.xml
is 'then that code is none of its complaints' "$(printf '%s' "$out" | grep -c 72019)" 0
exits 'a table of codes may stand in for import' 0 import --store third.db Sector.xml
echo '<codelist><codelist-items/></codelist>' >none.xml
exits 'what is no list is refused' 3 codes import none.xml
