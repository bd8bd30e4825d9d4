#!/bin/sh
# draw_growth.sh - how the time for a plan grows with the problem, as a picture.
# Reads build/bench/plan.tsv (bench/plan.sh makes it) or the file named, prints SVG,
# or the same figures as a table in Markdown:
#
#     tools/draw_growth.sh >docs/plan-growth.svg
#     tools/draw_growth.sh table
#
# Both axes are logarithmic; figures stand beside the points, so that nothing
# has to be read off by eye or by colour.
set -eu
if [ "${1-}" = table ]; then
    awk -F '\t' '
        $2 == "muster" { cpu[$1] = $3; wall[$1] = $4; mb[$1] = $5; gap[$1] = $6; next }
        { peer[$1, $2] = $3 }
        function best(s) { return peer[s, "Clp dual"] < peer[s, "Clp barrier"] ? peer[s, "Clp dual"] : peer[s, "Clp barrier"] }
        END {
            print "| size | CPU s | wall s | MB | proved gap | Clp dual, CPU s | Clp barrier, CPU s | ratio |"
            print "|---|---|---|---|---|---|---|---|"
            n = split("S M L X", size, " ")
            for (i = 1; i <= n; i++) {
                s = size[i]
                if (!(s in cpu)) continue
                printf "| %s | %.3g | %.3g | %.3g | %.3f %% | %s | %s | %s |\n", s, cpu[s], wall[s], mb[s], gap[s] * 100,
                    peer[s, "Clp dual"], peer[s, "Clp barrier"], peer[s, "Clp dual"] ? sprintf("%.0f", best(s) / cpu[s]) : ""
            }
        }' "${2:-build/bench/plan.tsv}"
    exit
fi
awk -F '\t' '
function log10(x) { return log(x) / log(10) }
function x(lots) { return 70 + (log10(lots) - 2) / 3.2 * 470 }
function y(s) { return 330 - (log10(s) + 3) / 6 * 300 }
function seconds(s) { return s < 0.1 ? sprintf("%.0f ms", s * 1000) : s < 1 ? sprintf("%.2f s", s) : s < 10 ? sprintf("%.1f s", s) : sprintf("%.0f s", s) }
function text(at, down, anchor, words) {
    printf "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>\n", at, down, anchor, words
}
BEGIN {
    lots["S"] = 150; lots["M"] = 1300; lots["L"] = 8000; lots["X"] = 100000
    look["muster"] = "stroke=\"#0b5394\" stroke-width=\"2.5\""
    look["Clp dual"] = "stroke=\"#a61c00\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\""
    look["Clp barrier"] = "stroke=\"#6a6a6a\" stroke-width=\"1.5\" stroke-dasharray=\"2 3\""
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 620 400\" font-family=\"sans-serif\" font-size=\"12\">"
    print "<title>CPU seconds to a plan, by the number of lots</title>"
    print "<rect width=\"620\" height=\"400\" fill=\"#fff\"/>"
    for (e = -3; e <= 3; e++) {
        printf "<path d=\"M70 %.0fH540\" stroke=\"#ddd\"/>\n", y(10 ^ e)
        text(62, y(10 ^ e) + 4, "end", 10 ^ e " s")
    }
    n = split("S M L X", size, " ")
    for (i = 1; i <= n; i++) {
        printf "<path d=\"M%.0f 30V330\" stroke=\"#eee\"/>\n", x(lots[size[i]])
        text(x(lots[size[i]]), 348, "middle", size[i])
        text(x(lots[size[i]]), 364, "middle", lots[size[i]] " lots")
    }
    text(70, 20, "start", "CPU seconds to a plan: ours proved within 0.1 %, Clp at the optimum (arc form)")
}
NF > 2 && $3 > 0 {
    who = $2
    if (!(who in path)) order[++whos] = who
    path[who] = path[who] (who in path && path[who] != "" ? "L" : "M") sprintf("%.1f %.1f", x(lots[$1]), y($3))
    points = points sprintf("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"#fff\" %s/>\n", x(lots[$1]), y($3), look[who])
    down = who == "muster" ? 18 : who == "Clp barrier" ? -8 : 18
    points = points sprintf("<text x=\"%.0f\" y=\"%.0f\">%s</text>\n", x(lots[$1]) + 6, y($3) + down, seconds($3))
    last[who] = x(lots[$1]); height[who] = y($3)
}
END {
    for (i = 1; i <= whos; i++) printf "<path d=\"%s\" fill=\"none\" %s/>\n", path[order[i]], look[order[i]]
    printf "%s", points
    for (i = 1; i <= whos; i++) {
        printf "<path d=\"M90 %dh34\" %s/>\n", 48 + 18 * i, look[order[i]]
        text(130, 52 + 18 * i, "start", order[i])
    }
    print "</svg>"
}' "${1:-build/bench/plan.tsv}"
