# postgres.sh - a book in a database: made, asked, shared, refused.
. "$CASES/lib.sh"

cluster=$CASES/../cluster.sh
at=$PWD/pg
chmod 755 .. . # the server may be another user's
why=$("$cluster" new "$at" $$)
case $? in
0) ;;
77) ok "a book in a database # SKIP $why" && exit 0 ;;
*) not_ok 'a server of its own' "$why" && exit 1 ;;
esac
sql() { "$cluster" sql "$at" "$@"; }
url="postgresql://postgres:hush-hush@/postgres?host=$at"
shown="postgresql://postgres@/postgres?host=$at"
XDG_CACHE_HOME=$PWD/cache
export XDG_CACHE_HOME

# --- made and asked ---

m --store "$url" init --json
contains 'init makes the tables' "$out" '"made":true'
contains 'and says where, without the password' "$out" "\"store\":\"$shown\""
m --store "$url" init --json
contains 'once' "$out" '"made":false'
exits 'a book that is empty verifies' 0 --store "$url" verify
for key in DEU POL UKR; do
    exits "a party is recorded ($key)" 0 --store "$url" party add "$key" --name "$key" --type nation
done
m --store "$url" export
server=$out
printf '%s\n' "$server" >server.muster
exits 'its exchange file is taken up by a file' 0 --store file.db import server.muster
m --store file.db export
is 'which then is the same log, byte for byte' "$out" "$server"
m --store "$url" verify --json
contains 'all of it verifies' "$out" '"ok":true'

# --- nobody edits it ---

for edit in "UPDATE muster.log SET label = 'x'" "DELETE FROM muster.log" "TRUNCATE muster.log" \
    "UPDATE muster.commits SET recorded_ms = 0" "TRUNCATE muster.evidence"; do
    contains "the database refuses: $edit" "$(sql -c "$edit" 2>&1)" 'the log is never edited'
done
sql -c "ALTER TABLE muster.log DISABLE TRIGGER kept"
m --store "$url" verify
contains 'a guard that is gone is found' "$code $out" \
    "'$shown' has lost a guard against edits (a trigger of schema muster)"
sql -c "UPDATE muster.log SET label = 'parties:DEU' WHERE id = 2" -c "ALTER TABLE muster.log ENABLE TRIGGER kept"
m --store "$url" verify
contains 'and an edit behind its back too' "$code $out" 'entry 2 of the log'
sql -c "ALTER TABLE muster.log DISABLE TRIGGER kept" -c "UPDATE muster.log SET label = 'public' WHERE id = 2" \
    -c "ALTER TABLE muster.log ENABLE TRIGGER kept"
exits 'put back, it is whole' 0 --store "$url" verify

# --- secrets ---

told=""
for verb in init verify 'party list' 'party nonsense' 'total --by' doctor 'backup' 'restore none' 'user list' 'serve --listen nowhere' \
    'export --to nothing' 'import none.csv' 'prove' 'quote x' '--help' '--nonsense' 'move x --to y 1'; do
    # shellcheck disable=SC2086
    m --store "$url" $verb
    case $out$err in *hush*) told="$told '$verb'" ;; esac
    # shellcheck disable=SC2086
    MUSTER_STORE=$url m $verb
    case $out$err in *hush*) told="$told '$verb' (environment)" ;; esac
done
is 'no verb tells the password' "$told" ''

# --- what is no store ---

refuses 'a database that is not there' 4 \
    "there is no database for 'postgresql://postgres@/none?host=$at'; 'createdb' makes one" \
    --store "postgresql://postgres:hush-hush@/none?host=$at" verify
refuses 'a server that is not there' 4 \
    "'postgresql://me@/x?host=/nowhere' cannot be reached: connection to server on socket \"/nowhere/.s.PGSQL.5432\" failed: No such file or directory" \
    --store "postgresql://me:hush-hush@/x?host=/nowhere" verify
refuses 'an address that cannot be read keeps its secrets' 4 \
    "'postgresql://...' is no address of a database: postgresql://USER@HOST:PORT/DATABASE, with options of libpq behind '?'" \
    --store "postgresql://me:hush-hush@[host/x?password=hush-hush" verify
sql -c "UPDATE muster.form SET version = 99"
refuses 'a newer form' 4 \
    "'$shown' was written by a newer muster, in form 99; this one knows forms up to 3" --store "$url" verify
sql -c "UPDATE muster.form SET version = 3"
sql -c "CREATE DATABASE other" && PGDATABASE=other sql -c "CREATE SCHEMA muster" -c "CREATE TABLE muster.photos(id int)"
refuses 'tables of something else' 4 \
    "'postgresql://postgres@/other?host=$at' has a schema 'muster' of something else, not of a store" \
    --store "postgresql://postgres:hush-hush@/other?host=$at" verify
sql -c "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
m --store "postgresql://postgres@/latin?host=$at" init
contains 'a database without Unicode' "$code $err" "4 muster: there is no store in that database yet"
refuses 'users need a file of their own' 2 \
    "--accounts is missing: the store '$shown' is no file that they could stand beside" --store "$url" user list

# --- who may do what ---

sql -f "$CASES/../../share/postgresql/roles.sql"
sql -c "CREATE ROLE ria LOGIN IN ROLE muster_reader" -c "CREATE ROLE wim LOGIN IN ROLE muster_writer" \
    -c "CREATE ROLE eve LOGIN"
by() { printf 'postgresql://%s@/postgres?host=%s' "$1" "$at"; }
exits 'a reader asks' 0 --store "$(by ria)" verify
m --store "$(by ria)" party add EST --type nation
is 'and records nothing' "$code $err" \
    "4 muster: '$(by ria)': you have not been granted that (permission denied for table log)"
exits 'a writer records' 0 --store "$(by wim)" party add EST --type nation
exits 'and asks' 0 --store "$(by wim)" verify
m --store "$(by eve)" verify
is 'a stranger learns nothing' "$code $err" \
    "4 muster: '$(by eve)': you have not been granted that (permission denied for schema muster)"
for who in ria wim; do
    for edit in "UPDATE muster.log SET label = 'x'" "DELETE FROM muster.commits" "TRUNCATE muster.log" \
        "UPDATE muster.form SET version = 2" "DROP TABLE muster.log" "CREATE TABLE muster.x(i int)" \
        "ALTER TABLE muster.log DISABLE TRIGGER kept" "DROP TRIGGER kept ON muster.log"; do
        said=$(sql -U "$who" -c "$edit" 2>&1) && not_ok "$who may not: $edit" "$said" || ok "$who may not: $edit"
    done
done
said=$(sql -U ria -c "INSERT INTO muster.evidence VALUES('x', 'y')" 2>&1)
contains 'a reader inserts nowhere' "$said" 'permission denied'
exits 'and after all that it verifies' 0 --store "$url" verify
sql -c "CREATE DATABASE fresh" -c "REVOKE CREATE ON DATABASE fresh FROM PUBLIC"
m --store "postgresql://wim@/fresh?host=$at" party add EST --type nation
contains 'where a writer finds no tables it says who makes them' "$code $err" \
    '4 muster: there is no store in that database yet, and it cannot be made'

sql -c "ALTER ROLE wim SET default_transaction_read_only = on"
m --store "$(by wim)" party add LUX --type nation
is 'a session that may only read' "$code $err" \
    "4 muster: '$(by wim)' may not be written: it is a replica, or read only"
sql -c "ALTER ROLE wim RESET default_transaction_read_only"

# --- a whole book, and what was said ---

demo=$CASES/../../data/demo
sql -c "CREATE DATABASE demo" && full="postgresql://postgres:hush-hush@/demo?host=$at"
exits 'a book is imported' 0 --store demo.db import "$demo"
exits 'and the same into a database' 0 --store "$full" import "$demo"
for question in 'position --json' 'burden --group Allies --key gdp --json' 'late --json' 'line list --csv' \
    'inbox --json' 'search shells --json' 'flags --json'; do
    # shellcheck disable=SC2086
    m --store demo.db $question && want=$code$out
    # shellcheck disable=SC2086
    m --store "$full" $question
    is "it answers the same: $question" "$code$out" "$want"
done
exits 'again, it adds nothing' 0 --store "$full" import "$demo" --json
is 'of all its records' "$(m --store demo.db verify --json && echo "$out" | sed 's/.*"records":\([0-9]*\).*/\1/')" \
    "$(m --store "$full" verify --json && echo "$out" | sed 's/.*"records":\([0-9]*\).*/\1/')"
PGDATABASE=demo sql -c "ALTER TABLE muster.evidence DISABLE TRIGGER kept" \
    -c "DELETE FROM muster.evidence WHERE hash IN (SELECT hash FROM muster.evidence ORDER BY hash LIMIT 1)" \
    -c "ALTER TABLE muster.evidence ENABLE TRIGGER kept"
m --store "$full" verify
contains 'a document that is gone is missed' "$code $out" 'evidence'
exits 'the files once more' 0 --store "$full" import "$demo"
exits 'bring it back' 0 --store "$full" verify
cat >april.txt <<'END'
Press briefing

by the Norland Spokesperson Ana Falk

4 April 2024

Ana Falk: Good afternoon. We will send 600 million euros and ten radars to Norland.

Piet Roos (Daily Coast): Will you also send tanks?

Ana Falk: No tanks were asked for.
END
exits 'what was said is imported' 0 --store "$full" import april.txt
exits 'and found' 0 --store "$full" quote --json 'we will send 600 million euros'
contains 'word for word' "$out" '"verdict":"verbatim"'
is 'by an index for the one who asks' "$(ls -ld cache/muster | cut -c 1-10) $(ls cache/muster | grep -q 'words$' && echo kept)" 'drwx------ kept'
XDG_CACHE_HOME=/proc/none HOME=/proc/none exits 'and where none can be made' 0 --store "$full" quote 'we will send 600 million euros'

# --- several servers on one store ---

MUSTER_ACCOUNTS=$PWD/accounts
export MUSTER_ACCOUNTS
exits 'users have a file of their own' 0 --store "$url" user add nora --role coordinator
m --store "$url" user token nora --label x --json
token=$(printf '%s' "$out" | sed 's/.*"token":"\(muster_[0-9a-f]*\)".*/\1/')
exits 'something is not for everybody' 0 --store "$url" party add hidden --type nation --label parties:DEU
"$MUSTER" --store "$url" serve --listen 127.0.0.1:0 >one 2>&1 &
one=$!
"$MUSTER" --store "$(by ria)" serve --listen 127.0.0.1:0 >two 2>&1 &
two=$!
tries=100
until grep -q serving one && grep -q serving two || [ $((tries -= 1)) = 0 ]; do sleep 0.1; done
web() { sed -n 's|.* on \(http://[^/]*\)/.*|\1|p' "$1"; }
is 'the line of a server tells no password' "$(grep -c hush one)" 0
is 'and the list of processes neither' "$(tr '\0' ' ' <"/proc/$one/cmdline" | grep -c hush)" 0
has() { curl -s "$(web "$1")/api/v1/parties" | grep -c "$2"; }
sees() { # FILE KEY: within five seconds
    tries=100
    until [ "$(has "$1" "$2")" != 0 ] || [ $((tries -= 1)) = 0 ]; do sleep 0.05; done
    [ $tries -gt 0 ] && echo yes || echo no
}
if command -v curl >/dev/null; then
    has one UKR >/dev/null
    is 'one server shows the book' "$(sees one EST)" yes
    is 'another does too' "$(sees two EST)" yes
    knows() { curl -s -H "Authorization: Bearer $2" "$(web "$1")/api/v1/parties" | grep -c '"hidden"'; }
    is 'both know the users' "$(knows one "$token")$(knows two "$token")$(knows two nobody)" 110
    exits 'what is recorded meanwhile' 0 --store "$(by wim)" party add LVA --type nation
    is 'is seen by one' "$(sees one LVA)" yes
    is 'and by the other' "$(sees two LVA)" yes
    sql -c "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'muster'" >/dev/null
    exits 'their connections are cut; what is recorded then' 0 --store "$(by wim)" party add LTU --type nation
    is 'is seen by one as well' "$(sees one LTU)" yes
    is 'and the other' "$(sees two LTU)" yes
    "$cluster" kill "$at"
    "$cluster" start "$at"
    exits 'the server is killed and comes again; what is recorded then' 0 --store "$(by wim)" party add FIN --type nation
    is 'is seen by one again' "$(sees one FIN)" yes
    is 'and the other again' "$(sees two FIN)" yes
else
    ok 'several servers # SKIP no curl here'
fi
kill -TERM $one $two
wait $one
is 'a server ends with 0' "$?" 0
wait $two

# --- recording on the pages of two at one time ---

if command -v curl >/dev/null; then
    "$MUSTER" --store "$full" serve --listen 127.0.0.1:0 >one 2>&1 &
    one=$!
    "$MUSTER" --store "$full" serve --listen 127.0.0.1:0 >two 2>&1 &
    two=$!
    tries=200
    until grep -q serving one && grep -q serving two || [ $((tries -= 1)) = 0 ]; do sleep 0.1; done
    record() { # SERVER QUANTITY
        curl -s -o /dev/null -w '%{http_code} ' -H "Authorization: Bearer $token" -d "qty=$2&to=announced&from=world" \
            -d line=demo:2022-03-04/tur-drones "$(web "$1")/api/v1/move"
    }
    for n in 1 2 3; do
        record one $n >>codes1 &
        a=$!
        record two $((n * 10)) >>codes2 &
        wait $a $!
    done
    is 'each record is taken' "$(cat codes1 codes2)" '200 200 200 200 200 200 '
    m --store "$full" position --by line --csv
    contains 'once' "$(printf '%s' "$out" | grep tur-drones)" ',66,'
    exits 'and the log verifies' 0 --store "$full" verify
    kill -TERM $one $two
    wait $one $two
fi

# --- over the network ---

cert() { openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" -days 2 -subj /CN=localhost 2>/dev/null; }
if ! command -v openssl >/dev/null || ! cert mine || ! cert other; then
    ok 'TLS # SKIP no openssl here'
    "$cluster" end "$at"
    exit 0
fi
cp mine.key "$at/data/server.key" && cp mine.pem "$at/data/server.crt"
chmod 600 "$at/data/server.key"
[ "$(id -u)" != 0 ] || chown postgres "$at/data/server.key" "$at/data/server.crt"
echo "hostssl all all 127.0.0.1/32 scram-sha-256" >"$at/data/pg_hba.conf.new"
grep '^local' "$at/data/pg_hba.conf" >>"$at/data/pg_hba.conf.new"
cat "$at/data/pg_hba.conf.new" >"$at/data/pg_hba.conf"
sql -c "ALTER ROLE ria PASSWORD 'hush-hush'"
"$cluster" stop "$at"
for port in $(seq $((20000 + $$ % 10000)) 37 60000 | head -n 20); do
    "$cluster" start "$at" -c ssl=on -c listen_addresses=127.0.0.1 -c "port=$port" >/dev/null && break
done
net() { echo "postgresql://$1@localhost:$port/postgres?sslmode=$2&sslrootcert=$PWD/$3.pem"; }
told="postgresql://ria@localhost:$port/postgres"
exits 'TLS, to a server whose certificate is known' 0 --store "$(net ria:hush-hush verify-full mine)" verify
m --store "$(net ria:hush-hush verify-full other)" verify
contains 'not to one that shows another' "$code $err" "4 muster: '$told' cannot be reached: connection to server"
contains 'and why' "$err" 'certificate verify failed'
m --store "$(net ria:hush-hush disable mine)" verify
contains 'nothing goes over the network in the clear' "$code $err" "4 muster: '$told' cannot be reached: no pg_hba.conf entry"
refuses 'a wrong password' 4 "'$told' cannot be reached: password authentication failed for user \"ria\"" \
    --store "$(net ria:hush-hash verify-full mine)" verify
printf 'localhost:*:postgres:ria:hush-hush\n' >pass && chmod 600 pass
PGPASSFILE=$PWD/pass exits 'a password in a file' 0 --store "$(net ria verify-full mine)" verify
printf '[book]\nhost=localhost\nport=%s\ndbname=postgres\nuser=ria\npassword=hush-hush\nsslmode=verify-full\nsslrootcert=%s\n' \
    "$port" "$PWD/mine.pem" >services
PGSERVICEFILE=$PWD/services exits 'or all of it in a file of services' 0 --store 'postgresql://?service=book' verify
"$cluster" end "$at"
