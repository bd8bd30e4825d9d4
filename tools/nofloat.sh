#!/bin/sh
# nofloat.sh - fail if a float or a double comes near the book (law 10).
# Comments and texts are taken out first: they may speak of what code may not do.
awk '
FNR == 1 { inside = 0 }
{
    line = $0
    gsub(/\\./, "", line)
    gsub(/"[^"]*"/, "\"\"", line)
    while (1) {
        if (inside) {
            end = index(line, "*/")
            if (!end) { line = ""; break }
            line = substr(line, end + 2); inside = 0
        }
        begin = index(line, "/*")
        if (!begin) break
        rest = substr(line, begin + 2); end = index(rest, "*/")
        if (!end) { line = substr(line, 1, begin - 1); inside = 1; break }
        line = substr(line, 1, begin - 1) " " substr(rest, end + 2)
    }
    sub(/\/\/.*/, "", line)
    if (line ~ /(^|[^A-Za-z0-9_])(double|float|strtod|strtof|atof|json_real_value|json_number_value|sqlite3_column_double|sqlite3_bind_double)([^A-Za-z0-9_]|$)/ ||
        line ~ /(^|[^A-Za-z0-9_.])([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?[fFlL]?([^A-Za-z0-9_.]|$)/) {
        printf "%s:%d: a float near the book: %s\n", FILENAME, FNR, $0; bad = 1
    }
}
END { exit bad }' ${*:-$(find src/base src/record src/book src/post src/measure src/source src/store src/view -name '*.[ch]' 2>/dev/null)}
