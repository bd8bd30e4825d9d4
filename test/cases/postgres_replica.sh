# postgres_replica.sh - servers beside each other: a replica for readers, a
# failover while people record, and a copy that holds what one party may see.
#
# MUSTER_ROUNDS is the number of failovers (1).
. "$CASES/lib.sh"

cluster=$CASES/../cluster.sh
share=$CASES/../../share/postgresql
chmod 755 .. .
why=$("$cluster" new "$PWD/a" $$)
case $? in
0) ;;
77) ok "servers beside each other # SKIP $why" && exit 0 ;;
*) not_ok 'a server of its own' "$why" && exit 1 ;;
esac
url() { printf 'postgresql://%s@/postgres?host=%s' "${2:-postgres}" "$PWD/$1"; }
sql() { s=$1 && shift && "$cluster" sql "$PWD/$s" "$@"; }
# until SECONDS COMMAND...
until_true() {
    tries=$(($1 * 20))
    shift
    until "$@" >/dev/null 2>&1 || [ $((tries -= 1)) -le 0 ]; do sleep 0.05; done
    [ $tries -gt 0 ]
}
same() { [ "$(sql "$1" -c "$3")" = "$(sql "$2" -c "$3")" ]; }
XDG_CACHE_HOME=$PWD/cache
export XDG_CACHE_HOME

# --- a replica for readers ---

exits 'a book' 0 --store "$(url a)" party add DEU
sql a -f "$share/roles.sql" -c "CREATE ROLE ria LOGIN IN ROLE muster_reader"
"$cluster" copy "$PWD/a" "$PWD/b" $$ || not_ok 'a replica starts' "$?"
waits() { # the server $1 answers a commit when its replica has it
    sql "$1" -c "ALTER SYSTEM SET synchronous_standby_names = '*'" -c "SELECT pg_reload_conf()" >/dev/null
    until_true 10 sh -c "[ \"\$('$cluster' sql '$PWD/$1' -c \"SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'\")\" = 1 ]"
}
waits a || not_ok 'the replica is waited for' "$(sql a -c 'TABLE pg_stat_replication')"
exits 'what is recorded at the primary' 0 --store "$(url a)" party add POL
until_true 10 same a b "SELECT max(last) FROM muster.commits"
m --store "$(url a)" export && first=$out
m --store "$(url b ria)" export
is 'the replica has, byte for byte' "$out" "$first"
exits 'it verifies' 0 --store "$(url b ria)" verify
m --store "$(url b)" party add EST
is 'nobody records there' "$code $err" "4 muster: '$(url b)' may not be written: it is a replica, or read only"
if command -v curl >/dev/null; then
    "$MUSTER" --store "$(url b ria)" serve --listen 127.0.0.1:0 >said 2>&1 &
    pages=$!
    until_true 20 grep -q serving said
    web=$(sed -n 's|.* on \(http://[^/]*\)/.*|\1|p' said)
    curl -s "$web/api/v1/parties" >/dev/null
    exits 'pages are served from it; what is recorded meanwhile' 0 --store "$(url a)" party add LVA
    until_true 10 sh -c "curl -s '$web/api/v1/parties' | grep -q LVA" && ok 'is seen there' || not_ok 'is seen there'
    kill -TERM $pages
    wait $pages
    is 'and they end with 0' "$?" 0
fi

# --- failover while people record ---

# What was answered with 0 stands in acked.N, the rest in refused.N.
poster() {
    n=0
    while [ ! -e enough ]; do
        key=P$1-$((n += 1))
        if "$MUSTER" --store "$both" party add "$key" --type nation >/dev/null 2>>"talk.$1"; then
            echo "$key" >>"acked.$1"
        else
            echo "$key" >>"refused.$1"
        fi
    done
}
failover() { # from $1 to $2
    both="postgresql://postgres@/postgres?host=$PWD/$1,$PWD/$2&target_session_attrs=read-write"
    rm -f enough acked.* refused.*
    : >refused.1
    for p in 1 2 3; do poster "$round$p" & done
    posters=$(jobs -p)
    until_true 20 sh -c '[ "$(cat acked.* 2>/dev/null | wc -l)" -gt 5 ]'
    sleep "0.$((round * 37 % 100))"
    "$cluster" kill "$PWD/$1"
    before=$(cat acked.* | wc -l)
    "$cluster" promote "$PWD/$2"
    until_true 40 sh -c "[ \"\$(cat acked.* | wc -l)\" -gt $((before + 5)) ]" ||
        not_ok 'recording goes on after a failover' "$(tail -n 3 talk.*)"
    : >enough
    # shellcheck disable=SC2086
    wait $posters
    sort acked.* >acked
    "$MUSTER" --store "$(url "$2")" party list --csv 2>/dev/null | sed -n 's/^\(P'"$round"'[0-9]-[0-9]*\),.*/\1/p' | sort >kept
    is "nothing acknowledged is lost by failover $round ($(wc -l <acked) of them)" "$(comm -23 acked kept)" ''
    is 'and nothing that was refused is there, or twice' "$(comm -13 acked kept; uniq -d kept)" ''
    [ -z "$(comm -13 acked kept)" ] || cat talk.* | sed "s/^/#   /"
    exits 'and the log verifies' 0 --store "$(url "$2")" verify
}
from=a to=b
for round in $(seq "${MUSTER_ROUNDS:-1}"); do
    failover $from $to
    [ "$round" != "${MUSTER_ROUNDS:-1}" ] || break
    sql $to -c "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots" >/dev/null
    "$cluster" end "$PWD/$from"
    rm -rf "${PWD:?}/$from"
    "$cluster" copy "$PWD/$to" "$PWD/$from" $$
    sql $from -c "ALTER SYSTEM RESET synchronous_standby_names" 2>/dev/null
    waits $to
    sql $to -c "DROP TABLE IF EXISTS x" >/dev/null 2>&1
    next=$from from=$to to=$next
done
now=$to

# --- a copy that holds what one party may see ---

at="$(url "$now")"
m --store "$at" party add BALTS --type group
m --store "$at" party add said-before --type nation --label group:BALTS --author anna
m --store "$at" party join DEU BALTS --since 2020-01-01 --json
member=$(first_id)
m --store "$at" party add said-after --type nation --label group:BALTS
m --store "$at" party add for-two --type nation --label parties:POL,DEU
m --store "$at" party add for-poland --type nation --label parties:POL
m --store "$at" party add for-a-namesake --type nation --label parties:DEUX,XDEU
"$cluster" new "$PWD/c" $$
exits 'a server for the copy' 0 --store "$(url c)" init
sql "$now" -v party=DEU -v groups="BALTS:$member" -f "$share/partner.sql" 2>/dev/null
sql c -c "CREATE SUBSCRIPTION deu CONNECTION 'host=$PWD/$now user=postgres dbname=postgres' PUBLICATION muster_deu" 2>/dev/null
until_true 20 sh -c "[ \"\$('$cluster' sql '$PWD/c' -c \"SELECT count(*) FROM pg_subscription_rel WHERE srsubstate = 'r'\")\" = 2 ]" ||
    not_ok 'the copy is made' "$(tail -n 5 c/log)"
m --store "$at" party add later-for-germany --type nation --label parties:DEU
m --store "$at" party add later-for-poland --type nation --label parties:POL
m --store "$at" party add later-for-all --type nation
caught_up() { same "$now" c "SELECT max(last) FROM muster.commits"; }
until_true 20 caught_up || not_ok 'the copy follows' "$(tail -n 5 c/log)"
is 'no row is there that is for others' "$(sql c -c "SELECT count(*) FROM muster.log WHERE label = 'parties:POL' OR label LIKE '%X%'")" 0
is 'nor what was said to a group before one joined it' \
    "$(sql c -c "SELECT count(*) FROM muster.log WHERE label = 'group:BALTS' AND id < $member")" 0
is 'nor any evidence' "$(sql c -c "SELECT count(*) FROM muster.evidence")" 0
for question in 'party list --json' 'party list --csv' 'line list --json' 'source list --json' 'export'; do
    # shellcheck disable=SC2086
    m --store "$at" --as DEU $question && want=$out
    # shellcheck disable=SC2086
    m --store "$(url c)" --as DEU $question
    is "the copy answers as the whole does: $question" "$out" "$want"
done
contains 'with what is for the party' "$(m --store "$(url c)" --as DEU party list --csv && echo "$out")" later-for-germany
contains 'and its group' "$(m --store "$(url c)" --as DEU party list --csv && echo "$out")" said-after
# --- the other way round: a replica that is not waited for may lack what was answered ---

sql "$now" -c "ALTER SYSTEM RESET synchronous_standby_names" -c "SELECT pg_reload_conf()" >/dev/null
until_true 10 sh -c "[ -z \"\$('$cluster' sql '$PWD/$now' -c 'SHOW synchronous_standby_names')\" ]"
"$cluster" copy "$PWD/$now" "$PWD/d" $$ && "$cluster" stop "$PWD/d"
exits 'something is recorded that the replica does not get' 0 --store "$(url "$now")" party add only-here --type nation
"$cluster" kill "$PWD/$now"
"$cluster" start "$PWD/d" && "$cluster" promote "$PWD/d"
m --store "$(url d)" party list --csv
is 'so it is lost when that one takes over' "$(printf '%s' "$out" | grep -c only-here)" 0
exits 'and what is left verifies' 0 --store "$(url d)" verify
for s in a b c d; do [ ! -d $s ] || "$cluster" end "$PWD/$s"; done
