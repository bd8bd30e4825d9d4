#!/bin/sh
# web.sh - data/web/plot.js is what web/ makes, byte for byte, with its licences.
set -u
cd "$(dirname "$0")/.." || exit 1
tools/npm.sh web || exit
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
node web/build.mjs "$dir" || exit 1
for made in plot.js plot.licences.txt; do
    cmp "$dir/$made" "data/web/$made" || { echo "type 'make web' and commit what it makes"; exit 1; }
done
