#!/bin/sh
# quote.sh - make bench: quotations over many transcripts, and what the peers take.
#
#     bench/quote.sh DIRECTORY-OF-BENCH-PROGRAMS
#
# said makes a store of BENCH_SAID_MB (100) megabytes out of the transcripts in
# ../shared (made-up words where there are none), and 200 queries of each kind;
# quote makes the index, asks them and prints medians. BENCH_SAID_MB=1000 is the
# gigabyte of the goals: a median below 50 ms for verbatim, 250 ms for altered.
#
# The peers get the same pieces of the same text and the same queries, in the
# same run: SQLite's FTS5 with the trigram tokenizer (a phrase for verbatim; for
# altered, its words by bm25) and PostgreSQL's pg_trgm (GIN; LIKE for
# verbatim, word similarity above 0.5 for altered). Neither says what differs.
# Above 200 MB the peers are left out. Nothing here passes or fails.
set -eu
bin=$1
mb=${BENCH_SAID_MB:-100}
shared=${MUSTER_SHARED:-../shared}
dir=build/bench json=build/bench/quote.json
at=$dir/said-$mb
mkdir -p "$dir"
: >"$json"
rm -f "$at".*

printf '\nquotations over %s MB\n' "$mb"
if [ -d "$shared/data/transcripts" ]; then
    find "$shared/data/transcripts" -type f | LC_ALL=C sort >"$at.files"
    tr '\n' '\0' <"$at.files" | xargs -0 "$bin/said" "$mb" 7 "$at.db" "$at.queries" >"$at.made"
else
    echo "(no $shared/data/transcripts: made-up words)"
    "$bin/said" "$mb" 7 "$at.db" "$at.queries" >"$at.made"
fi
"$bin/quote" "$at.db" "$at.queries" "$json"

if [ "$mb" -le 200 ]; then
    bench/quote_peers.sh "$at" "$json"
else
    echo "peers are left out above 200 MB"
fi
cat "$json"
rm -f "$at".*
