#!/bin/sh
# draw_book.sh - how the answers of a large book grow with it, as a picture.
# Reads what bench/book.sh left in build/bench/book/ENTRIES/*.times, for every
# number of entries that is there, and prints SVG, or the same as Markdown:
#
#     tools/draw_book.sh >docs/book-growth.svg
#     tools/draw_book.sh table
#
# A panel for each of the eight questions, both axes logarithmic. What is
# written in a panel is the largest book: our time, and the best peer's.
set -eu
cd build/bench/book
figures() {
    for dir in $(find . -name muster.times | sed 's|^\./||; s|/.*||' | sort -n); do
        [ "$dir" -ge "${LEAST:-100000}" ] || continue
        for engine in muster duckdb postgresql sqlite; do
            [ ! -e "$dir/$engine.times" ] || sed "s/^/$dir\t$engine\t/" "$dir/$engine.times"
        done
    done
}
if [ "${1-}" = table ]; then
    figures | awk -F '\t' '
    function ms(t) { return t == "" ? "" : t >= 100 ? sprintf("%.0f", t) : t >= 1 ? sprintf("%.1f", t) : sprintf("%.2g", t) }
    function say(q, n,  best, e) {
        best = ""
        for (e = 2; e <= 4; e++) if (t[n, engine[e], q] != "" && (best == "" || t[n, engine[e], q] < best)) best = t[n, engine[e], q]
        printf "| %s | %d |", q, n
        for (e = 1; e <= 4; e++) printf " %s |", ms(t[n, engine[e], q])
        printf " %s |\n", best == "" ? "" : sprintf("%.*f", best / t[n, "muster", q] < 10, best / t[n, "muster", q])
    }
    BEGIN { split("muster sqlite postgresql duckdb", engine, " ") }
    !(($1) in size) { size[$1]; sizes[++count] = $1 }
    { t[$1, $2, $3] = $4; if ($2 == "muster" && !($3 in known)) { known[$3]; asked[++questions] = $3 } }
    END {
        print "| question | entries | muster | SQLite | PostgreSQL | DuckDB | the best of them / muster |"
        print "|---|---|---|---|---|---|---|"
        for (q = 1; q <= questions; q++) for (s = 1; s <= count; s++) say(asked[q], sizes[s])
    }'
    exit
fi
figures | awk -F '\t' '
function log10(x) { return log(x) / log(10) }
function left(q) { return 60 + (q - 1) % 4 * 212 }
function top(q) { return 64 + int((q - 1) / 4) * 250 }
function x(q, n) { return left(q) + 14 + (log10(n) - log10(least)) / (log10(most) - log10(least) + 1e-9) * 150 }
function y(q, ms) { return top(q) + 190 - (log10(ms) + 4) / 8 * 190 }
function ms(t) { return t >= 1000 ? sprintf("%.1f s", t / 1000) : t >= 10 ? sprintf("%.0f ms", t) : t >= 1 ? sprintf("%.1f ms", t) : t >= 0.01 ? sprintf("%.0f us", t * 1000) : sprintf("%.1f us", t * 1000) }
function tens(e) { return e < -3 ? "0.1 us" : e < 0 ? 10 ^ (e + 3) " us" : e < 3 ? 10 ^ e " ms" : 10 ^ (e - 3) " s" }
function count_of(n) { return n >= 1e6 ? n / 1e6 " M" : n / 1e3 " k" }
function text(at, down, anchor, words) {
    printf "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>\n", at, down, anchor, words
}
function panel(q,  e, s, best) {
    for (e = -4; e <= 4; e++) {
        printf "<path d=\"M%d %.1fh180\" stroke=\"#e4e4e4\"/>\n", left(q), y(q, 10 ^ e)
        if (q % 4 == 1) text(left(q) - 6, y(q, 10 ^ e) + 4, "end", tens(e))
    }
    for (s = 1; s <= sizes; s++) text(x(q, size[s]), top(q) + 206, "middle", count_of(size[s]))
    printf "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">Q%d</text>\n", left(q), top(q) - 22, q
    text(left(q) + 24, top(q) - 22, "start", title[q])
    for (e = 1; e <= 4; e++) if ((most, engine[e], q) in t && e > 1 && (best == "" || t[most, engine[e], q] < best)) best = t[most, engine[e], q]
    if (best != "") text(left(q) + 24, top(q) - 7, "start", ms(t[most, "muster", q]) "; best peer " ms(best))
    for (e = 4; e >= 1; e--) curve(q, engine[e])
}
function curve(q, who,  s, path) {
    for (s = 1; s <= sizes; s++) {
        if (!((size[s], who, q) in t)) continue
        path = path (path == "" ? "M" : "L") sprintf("%.1f %.1f", x(q, size[s]), y(q, t[size[s], who, q]))
        printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#%s\"/>\n", x(q, size[s]), y(q, t[size[s], who, q]), colour[who]
    }
    printf "<path d=\"%s\" fill=\"none\" %s/>\n", path, look[who]
}
BEGIN {
    split("muster duckdb postgresql sqlite", engine, " ")
    name["muster"] = "muster"; name["duckdb"] = "DuckDB"; name["postgresql"] = "PostgreSQL, covering indexes"; name["sqlite"] = "SQLite, covering indexes"
    split("giver and stage, in EUR|item and stage|one promise|Q1, as known and effective then|delivered by domain, month|open promises, their age|burden shares, as known then|part delivered, by quarter", title, "|")
    colour["muster"] = "0b5394"; colour["duckdb"] = "a61c00"; colour["postgresql"] = "6a6a6a"; colour["sqlite"] = "38761d"
    dash["duckdb"] = "6 4"; dash["postgresql"] = "2 3"; dash["sqlite"] = "9 3 2 3"
    for (who in name) look[who] = "stroke=\"#" colour[who] "\" stroke-width=\"" (who == "muster" ? 2.5 : "1.5\" stroke-dasharray=\"" dash[who]) "\""
}
$3 ~ /^Q[1-8]$/ && $4 > 0 {
    t[$1, $2, substr($3, 2) + 0] = $4
    if (!($1 in known)) { known[$1]; size[++sizes] = $1 }
    if (least == "" || $1 < least) least = $1
    if ($1 > most) most = $1
}
END {
    if (!sizes) exit 1
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 910 580\" font-family=\"sans-serif\" font-size=\"11\">"
    print "<title>Processor time of eight questions, by the number of entries in the book</title>"
    print "<rect width=\"910\" height=\"580\" fill=\"#fff\"/>"
    for (e = 1; e <= 4; e++) {
        printf "<path d=\"M%d 18h30\" %s/>\n", 60 + (e - 1) * 212, look[engine[e]]
        text(96 + (e - 1) * 212, 22, "start", name[engine[e]])
    }
    for (q = 1; q <= 8; q++) panel(q)
    text(60, 566, "start", "processor time of one question (one core, medians), by entries in the book; all four give the same answers")
    print "</svg>"
}'
