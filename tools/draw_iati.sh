#!/bin/sh
# draw_iati.sh - how an import of IATI grows with its file, as a picture.
# Reads build/bench/iati.tsv (bench/iati.sh makes it) or the file named, prints SVG,
# or the same figures as a table in Markdown:
#
#     tools/draw_iati.sh >docs/iati-growth.svg
#     tools/draw_iati.sh table
#
# Processor seconds on the left, memory on the right; all axes are logarithmic,
# and the figures stand beside the points.
set -eu
if [ "${1-}" = table ]; then
    awk -F '\t' '
        NR == 1 {
            print "| activities | file | xmllint | drafts | of xmllint'"'"'s | import | of xmllint'"'"'s | memory | store |"
            print "|---|---|---|---|---|---|---|---|---|"
            next
        }
        { printf "| %s | %d MB | %.2f s | %.2f s | %.2f | %.2f s | %.2f | %d MB | %d MB |\n",
              $1, $2, $3, $4, $4 / $3, $5, $5 / $3, $8, $10 }' "${2:-build/bench/iati.tsv}"
    exit
fi
awk -F '\t' '
function log10(x) { return log(x) / log(10) }
function x(mb) { return 70 + left + (log10(mb) - 1) / 2.6 * 300 }
function y(v) { return 330 - (log10(v) - low) / (high - low) * 280 }
function text(at, down, anchor, words) {
    printf "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>\n", at, down, anchor, words
}
function panel(offset, from, to, unit, title,    e) {
    left = offset; low = from; high = to
    text(70 + left, 24, "start", title)
    for (e = from; e <= to; e++) {
        printf "<path d=\"M%d %.0fH%d\" stroke=\"#ddd\"/>\n", 70 + left, y(10 ^ e), 370 + left
        text(62 + left, y(10 ^ e) + 4, "end", 10 ^ e " " unit)
    }
    for (e = 0; e < 3; e++) text(x(20 * 10 ^ e), 350, "middle", 20 * 10 ^ e " MB")
}
function seconds(s) { return sprintf(s < 10 ? "%.1f s" : "%.0f s", s) }
# side: where the figures stand, before the line and above it (-1) or behind and below (1)
function curve(name, look, side, unit,    i, path, points, ring) {
    ring = look
    sub(/ stroke-dasharray="[^"]*"/, "", ring)
    for (i = 1; i <= count[name]; i++) {
        path = path (i > 1 ? "L" : "M") sprintf("%.1f %.1f", x(at[name, i]), y(value[name, i]))
        points = points sprintf("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"#fff\" %s/>\n<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>\n",
            x(at[name, i]), y(value[name, i]), ring, x(at[name, i]) + 8 * side, y(value[name, i]) + (side > 0 ? 16 : -8),
            side > 0 ? "start" : "end",
            unit == "s" ? seconds(value[name, i]) : sprintf("%.0f MB", value[name, i]))
    }
    if (path != "") printf "<path d=\"%s\" fill=\"none\" %s/>\n%s", path, look, points
}
function note(name, mb, v) { count[name]++; at[name, count[name]] = mb; value[name, count[name]] = v }
function key(row, look, words) {
    printf "<path d=\"M90 %dh34\" %s/>\n", 374 + 18 * row, look
    text(130, 378 + 18 * row, "start", words)
}
NR > 1 {
    note($1 " s", $2, $5)
    note($1 " mb", $2, $8)
    if ($1 == "repeated") note("xmllint", $2, $3)
}
END {
    ours = "stroke=\"#0b5394\" stroke-width=\"2.5\""
    news = "stroke=\"#a61c00\" stroke-width=\"2\" stroke-dasharray=\"6 4\""
    peer = "stroke=\"#6a6a6a\" stroke-width=\"1.5\" stroke-dasharray=\"2 3\""
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 860 445\" font-family=\"sans-serif\" font-size=\"12\">"
    print "<title>Processor seconds and memory of an import of IATI, by the size of the file</title>"
    print "<rect width=\"860\" height=\"445\" fill=\"#fff\"/>"
    panel(0, -2, 2, "s", "processor seconds")
    curve("xmllint", peer, 1, "s")
    curve("repeated s", ours, -1, "s")
    curve("distinct s", news, -1, "s")
    panel(430, 1, 4, "MB", "memory at most")
    curve("repeated mb", ours, 1, "MB")
    curve("distinct mb", news, -1, "MB")
    key(0, ours, "import, activities repeated word for word")
    key(1, news, "import, every activity with an identifier of its own")
    key(2, peer, "xmllint --stream --noout of the first")
    print "</svg>"
}' "${1:-build/bench/iati.tsv}"
