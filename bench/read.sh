#!/bin/sh
# read.sh - make bench: transcripts into turns and statements, and what ICU takes for their words.
#
#     bench/read.sh DIRECTORY-OF-BENCH-PROGRAMS MUSTER
#
# First step by step within one process (bench/read.c), then end to end: muster
# read --json of the transcripts in ../shared, repeated to BENCH_READ_MB (200)
# megabytes, as so many files and as one; the peer counts the words of the same
# files with ICU. Without ../shared the project's own documents stand in. The
# goal is 40 MB a second of processor time, which is 5 seconds for 200 MB, in
# memory bounded by the largest file. Nothing here passes or fails.
set -eu
bin=$1 muster=$2
mb=${BENCH_READ_MB:-200} trials=${BENCH_TRIALS:-3}
shared=${MUSTER_SHARED:-../shared}
dir=build/bench/read json=build/bench/read.json
rm -rf "$dir" && mkdir -p "$dir/f"
: >"$json"

printf '\nreading'
if [ -d "$shared/data/transcripts" ]; then
    find "$shared/data/transcripts" -type f | LC_ALL=C sort >"$dir/names"
else
    printf " (no %s/data/transcripts: the project's own documents)" "$shared"
    find docs README.md -name '*.md' | LC_ALL=C sort >"$dir/names"
fi
n=100
while read -r name; do
    n=$((n + 1))
    cp "$name" "$dir/f/$n" # short names: thousands of them must fit a command line
done <"$dir/names"
rm "$dir/names"
once=$(cat "$dir"/f/* | wc -c)
times=$(((mb * 1000000 + once - 1) / once))
printf '\n%-34s %8s %8s\n' 'each step with those before it' 'MB/cpu s' 'to ICU'
"$bin/read" "$json" 40 "$dir"/f/*

# $1 names what is read, $2 sets it as the arguments.
end_to_end() {
    "$bin/trials" "$1" "$json" "$trials" : \
        "$2; exec $muster read --json \"\$@\" >/dev/null" "$2; exec $bin/read words \"\$@\" >/dev/null"
}
printf '\n%-34s %8s %8s %7s %8s %8s %7s %7s\n' 'end to end' 'cpu s' 'ICU' ratio 'wall s' 'ICU' ratio 'RSS MB'
end_to_end "$((once * times / 1000000)) MB in files" \
    "i=0; while [ \$i -lt $times ]; do set -- \"\$@\" $dir/f/*; i=\$((i + 1)); done"
i=0
while [ $i -lt "$times" ]; do
    cat "$dir"/f/*
    i=$((i + 1))
done >"$dir/one"
end_to_end "$((once * times / 1000000)) MB in one file" "set -- $dir/one"
cat "$json"
rm -rf "$dir"
