#!/bin/sh
# stores.sh - the same commits into an SQLite file and a PostgreSQL server.
#
#     bench/stores.sh DIRECTORY-OF-BENCH-PROGRAMS
#
# Both in build/bench, on a real disk, and durable: a full sync for the file,
# fsync and synchronous_commit for the server, which this script starts. Where
# there is no server, the file alone.
set -eu
bin=$1 dir=$PWD/build/bench/stores
rm -rf "$dir" && mkdir -p "$dir"
printf '\nposting and reading by engine\n'
if why=$(test/cluster.sh new "$dir/pg" $$ -c fsync=on -c shared_buffers=256MB -c max_wal_size=4GB); then
    "$bin/stores" build/bench/bench.json "$(head -n 1 "$dir/pg/data/postmaster.pid")" "$dir/file.db" \
        "postgresql://postgres@/postgres?host=$dir/pg"
    test/cluster.sh end "$dir/pg"
else
    "$bin/stores" build/bench/bench.json 0 "$dir/file.db"
    echo "PostgreSQL: left out, $why"
fi
rm -rf "$dir"
