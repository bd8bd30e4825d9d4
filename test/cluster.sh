#!/bin/sh
# cluster.sh - a PostgreSQL server of a test's own, gone with the test.
#
#     test/cluster.sh new DIR OWNER [POSTGRES-OPTION...]    make one and start it
#     test/cluster.sh copy FROM DIR OWNER [OPTION...]       a streaming replica of it
#     test/cluster.sh start|stop|end|kill DIR [OPTION...]   kill: SIGKILL to all of it
#     test/cluster.sh promote DIR
#     test/cluster.sh sql DIR [PSQL-ARGUMENT...]
#
# DIR is made where there is none; the socket is in it, and nothing listens on
# the network. OWNER is a process: when it ends, so does the server, and DIR is
# removed. The server refuses root, so root hands it to the user postgres. Its
# superuser is postgres; who connects is believed. Exit 77, and a line that
# says why, where there is no server to be had. fsync is off: a test that kills
# the server leaves the kernel alive, which has what was written.
set -u
do=$1
find_bin() {
    for d in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin \
        "$(pg_config --bindir 2>/dev/null)"; do
        [ -x "$d/initdb" ] && [ -x "$d/postgres" ] && bin=$d
    done
    [ -n "${bin-}" ] || { echo "no PostgreSQL server here"; exit 77; }
}
as=""
if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || { echo "no user postgres here"; exit 77; }
    as="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
bin=
find_bin

run() { (cd "$dir" && $as "$@"); }
starts() { # [OPTION...]
    run "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 -o "-k $dir -c listen_addresses= $*" \
        start >/dev/null 2>&1 </dev/null && return
    echo "the server does not start: $(tail -n 3 "$dir/log" 2>/dev/null)"
    exit 1
}
watches() { # OWNER: nothing is left behind, however the owner ends
    (
        trap '' INT TERM HUP
        while kill -0 "$1" 2>/dev/null; do
            [ -d "$dir/data" ] || exit 0 # the owner saw to that
            sleep 0.5
        done
        ends
        rm -rf "$dir"
    ) >/dev/null 2>&1 </dev/null &
}
makes() {
    mkdir -p "$dir" && [ -z "$as" ] || chown postgres "$dir"
    chmod 755 "$dir"
}
# All of it at once: the postmaster and whatever it started. The server could
# not let go of its shared memory, and would find it only in the same place.
kills() {
    pid=$(head -n 1 "$dir/data/postmaster.pid" 2>/dev/null) || return 0
    [ -n "$pid" ] && kill -STOP "$pid" 2>/dev/null || return 0
    kill -KILL $(ps -o pid= --ppid "$pid" 2>/dev/null) "$pid" 2>/dev/null
    tries=500
    while kill -0 "$pid" 2>/dev/null && [ $((tries -= 1)) -gt 0 ]; do sleep 0.01; done
    ipcrm -m "$(sed -n '7s/.* //p' "$dir/data/postmaster.pid")" 2>/dev/null
    rm -f "$dir/data/postmaster.pid"
}

# At once, but so that nothing of it stays in the machine's shared memory.
ends() { run "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1; }

shift
[ "$do" != copy ] || { from=$1 && shift; }
dir=$1
shift
case $do in
new)
    owner=$1
    shift
    makes
    run "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
        >"$dir/made" 2>&1 || { tail -n 3 "$dir/made"; exit 1; }
    cat >>"$dir/data/postgresql.conf" <<END
fsync = off
shared_buffers = 32MB
wal_level = logical
dynamic_shared_memory_type = mmap
max_connections = 60
log_min_messages = warning
END
    starts "$@"
    watches "$owner"
    ;;
copy)
    owner=$1
    shift
    makes
    run "$bin/pg_basebackup" -h "$from" -U postgres -D "$dir/data" -R -X stream -c fast \
        >"$dir/made" 2>&1 || { tail -n 3 "$dir/made"; exit 1; }
    starts "$@"
    watches "$owner"
    ;;
start) starts "$@" ;;
end) ends ;;
stop) run "$bin/pg_ctl" -D "$dir/data" -m fast -w stop >/dev/null 2>&1 ;;
kill) kills ;;
promote) run "$bin/pg_ctl" -D "$dir/data" -w promote >/dev/null ;;
sql) exec "$bin/psql" -h "$dir" -U postgres -d "${PGDATABASE:-postgres}" -qAtX -v ON_ERROR_STOP=1 "$@" ;;
esac
