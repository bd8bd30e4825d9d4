/* plan_check_test.c - build/plan-check: what is right passes, what is planted is found by name. */
#include "planned/judge.h"

#include "planned/small.h"
#include "planned/solvers.h"

static struct temp temp;

static void file(const char *name, const char *text)
{
    FILE *f = fopen(temp_path(&temp, name), "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0) abort();
}

static int asked(const char *mps, const char *solution)
{
    file("m.mps", mps);
    file("s.txt", solution);
    return judge(temp_path(&temp, "m.mps"), temp_path(&temp, "s.txt"));
}

static bool said(const char *what)
{
    if (strstr(judge_said, what)) return true;
    printf("# no '%s' in: %s", what, judge_said);
    return false;
}

/* Everything that free MPS has, and its limits: e in 2..5, f in 1..3, l in 4..9, g in 1..6. */
static const char everything[] = "* a comment\n"
                                 "NAME all of it, with a title of more words than a line may have\n"
                                 "OBJSENSE\n    MIN\n"
                                 "ROWS\n N cost\n E e\n E f\n L l\n G g\n N free\n"
                                 "COLUMNS\n x cost 2 e 1\n x l 1\n"
                                 " M1 'MARKER' 'INTORG'\n y cost -1 e 1\n y free 7\n"
                                 " M2 'MARKER' 'INTEND'\n z f 1 g 1\n w l 1e0 g 2.5E-1\n v g 1\n"
                                 " b g 1\n n g 1\n"
                                 "RHS\n RHS cost -10 e 2\n RHS f 3 l 9\n RHS g 1\n OTHER e 99\n"
                                 "RANGES\n RNG e 3 f -2\n RNG l 5 g -5\n"
                                 "BOUNDS\n UP BND x 4\n LO BND x 1\n UI BND y 3\n FX BND z 2\n"
                                 " FR BND w\n MI BND v\n UP BND v 5\n BV BND b\n UP BND n -1\n"
                                 " UP OTHER x 0\n"
                                 "ENDATA\n";

static void what_is_right_passes_with_its_objective(void)
{
    CHECK_I64(asked(everything, "x 1.5\ny 3\nz 2\nw 7.5\nv -1\nb 1\nn -2\n"), 0);
    CHECK(said("objective 10\n") && said("feasible within 1e-06"));
    CHECK(said("rows 6, columns 7, values 7"));
    CHECK(said("worst row: none is off") && said("worst whole number: none is off"));
}

static void each_limit_is_looked_at(void)
{
    static const struct {
        const char *solution, *names;
    } wrong[] = {
        {"x 1\ny 0\nz 2\nw 7\nn -1\n", "worst row: e is 1, at least 2, off by 1"},
        {"x 3\ny 3\nz 2\nw 7\nn -1\n", "worst row: e is 6, at most 5, off by 1"},
        {"x 2\ny 3\nz 2\nw 9.5\nn -1\n", "worst row: l is 11.5, at most 9, off by 2.5"},
        {"x 2\nz 2\nw 1\nn -1\n", "worst row: l is 3, at least 4, off by 1"},
        {"x 2\nz 2\nw 3\nn -3\n", "worst row: g is -0.25, at least 1, off by 1.25"},
        {"x 2\nz 2\nw 4\nv 5\nb 1\nn -1\n", "worst row: g is 8, at most 6, off by 2"},
        {"x 5\ny -1\nz 2\nw 2\nb 1\nn -1\n", "worst bound: y is -1, at least 0, off by 1"},
        {"x 4.25\nz 2\nw 2\nb 1\nn -1\n", "worst bound: x is 4.25, at most 4, off by 0.25"},
        {"x 0.5\ny 2\nz 2\nw 5\nn -1\n", "worst bound: x is 0.5, at least 1, off by 0.5"},
        {"x 2\nz 1\nw 4\nn -1\n", "worst bound: z is 1, at least 2, off by 1"},
        {"x 2\nz 3\nw 4\nn -1\n", "worst bound: z is 3, at most 2, off by 1"},
        {"x 2\nz 2\nw 4\nv 6\nn -2\n", "worst bound: v is 6, at most 5, off by 1"},
        {"x 2\nz 2\nw 4\nn 0.5\n", "worst bound: n is 0.5, at most -1, off by 1.5"},
        {"x 2\nz 2\nw 4\nb 2\nn -1\n", "worst bound: b is 2, at most 1, off by 1"},
        {"x 2\ny 0.25\nz 2\nw 4\nn -1\n", "worst whole number: y is 0.25, not whole, beside 0"},
        {"x 2\nz 2\nw 4\nb 0.5\nn -1\n", "worst whole number: b is 0.5, not whole, beside"},
        {"x 2\nz 2\nw 4\nn -1.001\ny 1e7\ny2 3\n", "s.txt:6: the model has no column 'y2'"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int code = asked(everything, wrong[i].solution);
        CHECK(code == 1 || i == sizeof wrong / sizeof *wrong - 1);
        CHECK(said(wrong[i].names));
    }
}

static void the_tolerance_is_the_caller_s(void)
{
    char command[1200];
    CHECK_I64(asked(everything, "x 4.0001\nz 2\nw 4\nn -1\n"), 1);
    snprintf(command, sizeof command, "%s --tolerance 0.001 '%s' '%s' >/dev/null", judge_path,
             temp_path(&temp, "m.mps"), temp_path(&temp, "s.txt"));
    CHECK_I64(system(command), 0);
}

static void a_bad_file_is_named_with_its_line(void)
{
    static const struct {
        const char *mps, *solution, *says;
    } bad[] = {
        {everything, "x 1\nx 2\n", "s.txt:2: again: 'x'"},
        {everything, "x\n", "s.txt:1: not 'column value'"},
        {everything, "x 1 2\n", "s.txt:1: not 'column value'"},
        {everything, "# ours\n\nx 1,5\n", "s.txt:3: not a number: '1,5'"},
        {everything, "x nan\n", "s.txt:1: not a number: 'nan'"},
        {everything, "x inf\n", "s.txt:1: not a number: 'inf'"},
        {everything, "x 0x10\n", "s.txt:1: not a number: '0x10'"},
        {everything, "q 0\n", "s.txt:1: the model has no column 'q'"},
        {"", "", "m.mps:0: the file ends before ENDATA"},
        {"NAME x\nROWS\n N c\nENDATA", "x 1\n", "s.txt:1: the model has no column 'x'"},
        {"ROWS\n N c\nCOLUMNS\n", "", "m.mps:3: the file ends before ENDATA"},
        {"ROWS\n L a\nENDATA\n", "", "m.mps:3: no objective"},
        {"ROWS\n X a\n", "", "m.mps:2: not a row"},
        {"ROWS\n N a\n L a\n", "", "m.mps:3: again: row 'a'"},
        {"LINES\n", "", "m.mps:1: no section of a model: 'LINES'"},
        {" N a\n", "", "m.mps:1: outside of any section"},
        {"ROWS\n N a\nCOLUMNS\n x b 1\n", "", "m.mps:4: no row 'b'"},
        {"ROWS\n N a\nCOLUMNS\n x a\n", "", "m.mps:4: not a column"},
        {"ROWS\n N a\nCOLUMNS\n x a 1 a 2\n", "", "m.mps:4: again: 'a' in 'x'"},
        {"ROWS\n N a\nCOLUMNS\n x a 1\n y a 1\n x a 3\n", "", "m.mps:6: again: column 'x'"},
        {"ROWS\n N a\nCOLUMNS\n x 'MARKER' 'BEGIN'\n", "", "m.mps:4: not a marker: 'BEGIN'"},
        {"ROWS\n N a\nRHS\n R b 1\n", "", "m.mps:4: no row 'b'"},
        {"ROWS\n N a\nRHS\n R a one\n", "", "m.mps:4: not a number: 'one'"},
        {"ROWS\n N a\nBOUNDS\n UP B x 1\n", "", "m.mps:4: no column 'x'"},
        {"ROWS\n N a\nCOLUMNS\n x a 1\nBOUNDS\n SC B x 1\n", "", "no bound that is known here: SC"},
        {"ROWS\n N a\nCOLUMNS\n x a 1\nBOUNDS\n UP B\n", "", "m.mps:6: not a bound"},
        {"ROWS\n N a b c d e f g h i\n", "", "m.mps:2: more words than any line has"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK_I64(asked(bad[i].mps, bad[i].solution), 3);
        CHECK(said(bad[i].says));
    }
    file("s.txt", "");
    CHECK_I64(judge("/nowhere/m.mps", temp_path(&temp, "s.txt")), 3);
    CHECK(said("/nowhere/m.mps: No such file"));
    CHECK_I64(judge("/nowhere/m.mps' '", temp_path(&temp, "s.txt")), 2);
}

/* Bytes of a good model or solution altered, taken out, doubled: always an answer, never a crash.
 */
static void spoiled(struct rng *r)
{
    static const char solution[] = "x 1.5\ny 3\nz 2\nw 7.5\nv -1\nb 1\nn -2\n";
    static const char bytes[] = " \n\t.-+eE0123456789NELGxyzwMARKER'*#\"\x80";
    char text[2][sizeof everything * 2];
    strcpy(text[0], everything);
    strcpy(text[1], solution);
    for (uint32_t n = 1 + rng_below(r, 4); n > 0; n--) {
        char *t = text[rng_one_in(r, 4)];
        size_t len = strlen(t), at = rng_below(r, (uint32_t)len), cut = rng_below(r, 12);
        if (at + cut > len) cut = len - at;
        switch (rng_below(r, 4)) {
        case 0: t[at] = bytes[rng_below(r, sizeof bytes - 1)]; break;
        case 1: memmove(t + at, t + at + cut, len - at - cut + 1); break;
        case 2: memmove(t + at + cut, t + at, len - at + 1); break;
        default: t[at] = '\0';
        }
        if (strlen(text[0]) < 9 || strlen(text[1]) < 3) break;
    }
    int code = asked(text[0], text[1]);
    CHECK(code == 0 || code == 1 || code == 3);
    CHECK(code == 3 ? said("plan-check: ") && said(":") : said("objective "));
}

static void spoiled_files_are_answered_too(void)
{
    seeds_run(300, spoiled);
}

/* A copy of the answer in which one value, the n-th that `may` be, is `by` times itself. */
static bool planted(const char *from, const char *to, uint32_t n, double by, char column[600])
{
    FILE *in = fopen(from, "r"), *out = fopen(to, "w");
    char name[600];
    double value;
    bool done = false;
    while (in && out && fscanf(in, "%599s %lf", name, &value) == 2) {
        bool may = value > 0.05 && strncmp(name, "out.", 4) != 0 && strncmp(name, "open.", 5) != 0;
        if (may && !done && n-- == 0) {
            value *= by;
            strcpy(column, name);
            done = true;
        }
        fprintf(out, "%s %.17g\n", name, value);
    }
    if (in) fclose(in);
    if (out) fclose(out);
    return done;
}

/* In the arc form every column but those of systems out of service stands in an equation. */
static void wrong_value(struct rng *r)
{
    struct arena a = {0};
    struct small shape = {.lots = 12, .sinks = 6, .months = 6, .lines = true};
    struct model *m = small_model(&a, r, &shape);
    const char *mps = temp_path(&temp, "arc.mps"), *clp = temp_path(&temp, "clp.txt"),
               *bad = temp_path(&temp, "bad.txt");
    char column[600];
    solver_write(mps, m, MPS_ARC);
    double optimum = solver_optimum("clp", mps, clp);
    int code = judge(mps, clp);
    CHECK(code == 0 || (code == 1 && strstr(judge_said, "whole number: open.")));
    CHECK(solver_same(judge_objective(), optimum));
    for (uint32_t i = 0; i < 5 && planted(clp, bad, i, 1.01, column); i++) {
        CHECK_I64(judge(mps, bad), 1);
        if (!tap_this_ok) printf("# %s: %s", column, judge_said);
    }
    arena_free(&a);
}

static void a_wrong_value_in_what_a_solver_found_is_found(void)
{
    seeds_run(20, wrong_value);
}

int main(int argc, char **argv)
{
    (void)argc;
    judge_find(argv[0]);
    temp_make(&temp);
    RUN(what_is_right_passes_with_its_objective);
    RUN(each_limit_is_looked_at);
    RUN(the_tolerance_is_the_caller_s);
    RUN(a_bad_file_is_named_with_its_line);
    RUN(spoiled_files_are_answered_too);
    RUN_WITH("clp", a_wrong_value_in_what_a_solver_found_is_found);
    temp_remove(&temp);
    return tap_done();
}
