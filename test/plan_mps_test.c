/* plan_mps_test.c - a planning problem as MPS: what stands in the file, and that its forms agree.
 */
#include "plan/mps.h"

#include "base/buf.h"
#include "plan/mps_text.h"
#include "planned/plain.h"
#include "planned/small.h"
#include "planned/solvers.h"

static enum rc into_buf(void *ctx, const char *bytes, size_t len, struct err *err)
{
    (void)err;
    buf_add_bytes(ctx, bytes, len);
    return RC_OK;
}

static const char *written(struct arena *a, const struct model *m, const struct mps_names *names,
                           enum mps_form form)
{
    struct buf b = {.arena = a};
    struct err err;
    CHECK(!mps_write(m, names, form, into_buf, &b, &err));
    const char *name = strstr(b.text, "NAME");
    return name ? name : b.text;
}

/* One giver, hub, receiver and lot; one need in the second of three months. */
static struct model *tiny(struct arena *a)
{
    struct model *m = plain_model(a, (struct plain){3, 1, 1, 1});
    m->thrift = 0.02;
    m->item[0] = (struct model_item){.value = 2, .mass = 0.1};
    m->lot[0].budget = 0;
    m->lot[0].qty = 4.7;
    m->lot[0].cost = 0.3;
    plain_need(m, 0, 1, 3, 5);
    m->sink[0].first = 1;
    m->accepted[0].eta = 1.5;
    m->capacity[0] = 1, m->capacity[1] = 0, m->capacity[2] = 7;
    m->far[0] = 1;
    return m;
}

static void the_path_form_has_a_column_for_each_possible_shipment(void)
{
    struct arena a = {0};
    CHECK_TEXT(written(&a, tiny(&a), NULL, MPS_PATH),
               "NAME muster-path\n"
               "ROWS\n N objective\n L hub.h0.m0\n L hub.h0.m1\n L hub.h0.m2\n L budget.b0\n"
               " E need.k0\n L lot.d0:i0:l0\n"
               "COLUMNS\n"
               " unmet.k0 objective 10 need.k0 1\n"
               " x.d0:i0:l0.k0.h0.m1 objective 0.006 lot.d0:i0:l0 1\n"
               " x.d0:i0:l0.k0.h0.m1 need.k0 1.5 hub.h0.m0 0.1\n"
               " x.d0:i0:l0.k0.h0.m1 budget.b0 0.3\n"
               " x.d0:i0:l0.k0.h0.m2 objective 7.506 lot.d0:i0:l0 1\n"
               " x.d0:i0:l0.k0.h0.m2 need.k0 1.5 hub.h0.m1 0.1\n"
               " x.d0:i0:l0.k0.h0.m2 budget.b0 0.3\n"
               "RHS\n RHS hub.h0.m0 1\n RHS hub.h0.m2 7\n RHS budget.b0 1000000\n"
               " RHS need.k0 3\n RHS lot.d0:i0:l0 4.7\n"
               "BOUNDS\nENDATA\n");
    arena_free(&a);
}

static void the_arc_form_goes_from_lot_to_sink_month_by_month(void)
{
    struct arena a = {0};
    struct model *m = tiny(&a);
    m->item[0].whole = true;
    CHECK_TEXT(written(&a, m, NULL, MPS_ARC),
               "NAME muster-arc\n"
               "ROWS\n N objective\n L hub.h0.m0\n L hub.h0.m1\n L hub.h0.m2\n L budget.b0\n"
               " E need.k0\n E giver.d0.i0.m0\n E giver.d0.i0.m1\n E via.i0.h0.m0\n"
               " E via.i0.h0.m1\n E at.i0.r0.m1\n E at.i0.r0.m2\n"
               "COLUMNS\n"
               " unmet.k0 objective 10 need.k0 1\n"
               " MARKER 'MARKER' 'INTORG'\n"
               " use.d0:i0:l0 objective 0.006 giver.d0.i0.m0 1\n"
               " use.d0:i0:l0 budget.b0 0.3\n"
               " MARKER 'MARKER' 'INTEND'\n"
               " keep.d0.i0.m0 giver.d0.i0.m0 -1 giver.d0.i0.m1 1\n"
               " MARKER 'MARKER' 'INTORG'\n"
               " send.d0.i0.h0.m0 giver.d0.i0.m0 -1 via.i0.h0.m0 1\n"
               " send.d0.i0.h0.m1 giver.d0.i0.m1 -1 via.i0.h0.m1 1\n"
               " pass.i0.h0.r0.m0 via.i0.h0.m0 -1 at.i0.r0.m1 1\n"
               " pass.i0.h0.r0.m0 hub.h0.m0 0.1\n"
               " pass.i0.h0.r0.m1 via.i0.h0.m1 -1 at.i0.r0.m2 1\n"
               " pass.i0.h0.r0.m1 hub.h0.m1 0.1\n"
               " give.i0.k0.m1 at.i0.r0.m1 -1 need.k0 1.5\n"
               " give.i0.k0.m2 objective 7.5 at.i0.r0.m2 -1\n"
               " give.i0.k0.m2 need.k0 1.5\n"
               " MARKER 'MARKER' 'INTEND'\n"
               "RHS\n RHS hub.h0.m0 1\n RHS hub.h0.m2 7\n RHS budget.b0 1000000\n"
               " RHS need.k0 3\n"
               "BOUNDS\n UP BOUND use.d0:i0:l0 4\n PL BOUND send.d0.i0.h0.m0\n"
               " PL BOUND send.d0.i0.h0.m1\n PL BOUND pass.i0.h0.r0.m0\n"
               " PL BOUND pass.i0.h0.r0.m1\n PL BOUND give.i0.k0.m1\n PL BOUND give.i0.k0.m2\n"
               "ENDATA\n");
    arena_free(&a);
}

static void names_have_no_blanks_and_stay_apart(void)
{
    struct arena a = {0};
    struct model *m = tiny(&a);
    const char *giver[] = {"Bosnia & Herzegovina"}, *item[] = {"155 mm: \xc3\xa9toile"};
    const char *lot[] = {"a.b~c"}, *sink[] = {""}, *month[] = {"2025-01", "2025-01", "2025-02"};
    struct mps_names names = {
        .giver = giver, .item = item, .lot = lot, .sink = sink, .month = month};
    const char *text = written(&a, m, &names, MPS_PATH);
    CHECK(
        strstr(text, "\n x.Bosnia___Her:155_mm___toi:a_b_c._.h0.2025-01~1 objective 0.006 lot.") !=
        NULL);
    CHECK(strstr(text, "\n x.Bosnia___Her:155_mm___toi:a_b_c._.h0.2025-02 objective 7.506 ") !=
          NULL);
    arena_free(&a);
}

static void a_row_without_a_limit_is_free(void)
{
    struct arena a = {0};
    struct model *m = tiny(&a);
    m->capacity[0] = INFINITY;
    const char *text = written(&a, m, NULL, MPS_PATH);
    CHECK(strstr(text, "\n N hub.h0.m0\n L hub.h0.m1\n") != NULL);
    CHECK(strstr(text, "inf") == NULL);
    arena_free(&a);
}

static void much_money_is_counted_in_millions(void)
{
    struct arena a = {0};
    struct model *m = tiny(&a);
    m->lot[0].value = 3e7, m->lot[0].cost = 2499999.99;
    m->budget[0] = 1234567.89;
    m->fairness = 5e-7;
    const char *text = written(&a, m, NULL, MPS_ARC);
    CHECK(strstr(text, "\n RHS budget.b0 1.23456789\n") != NULL);
    CHECK(strstr(text, "\n use.d0:i0:l0 budget.b0 2.49999999 burden.d0 30\n") != NULL);
    CHECK(strstr(text, "\n over.d0 objective 0.5 fair.d0 -1\n") != NULL);
    arena_free(&a);
}

static void random_number(struct rng *r)
{
    for (int i = 0; i < 200 && tap_this_ok; i++) {
        char text[MPS_NUMBER];
        double x;
        uint64_t bits = rng_next(r);
        memcpy(&x, &bits, sizeof x);
        if (rng_one_in(r, 2)) x = (double)rng_below(r, 1000000) / 1000.0 * 1.1;
        if (!isfinite(x)) continue;
        size_t len = mps_number(text, x);
        double back = strtod(text, NULL);
        CHECK(len == strlen(text) && memcmp(&back, &x, sizeof x) == 0);
    }
}

static void every_number_reads_back_as_the_same_double(void)
{
    char text[MPS_NUMBER];
    mps_number(text, 0.3);
    CHECK_TEXT(text, "0.3");
    mps_number(text, 0.1 + 0.2);
    CHECK_TEXT(text, "0.30000000000000004");
    seeds_run(100, random_number);
}

static enum rc full(void *ctx, const char *bytes, size_t len, struct err *err)
{
    int *pieces = ctx;
    (void)bytes, (void)len;
    return ++*pieces == 2 ? fail(err, RC_STORE, "the disk is full") : RC_OK;
}

static void writing_stops_where_the_sink_says_no(void)
{
    struct arena a = {0};
    struct rng r = {5};
    struct err err = {0};
    struct model *m = small_model(&a, &r, &(struct small){.lots = 300, .sinks = 40, .months = 12});
    int pieces = 0;
    CHECK(mps_write(m, NULL, MPS_PATH, full, &pieces, &err) == RC_STORE);
    CHECK_I64(pieces, 2);
    CHECK_TEXT(err.msg, "the disk is full");
    arena_free(&a);
}

static struct temp temp;

static void both_forms(struct rng *r)
{
    struct arena a = {0};
    struct small shape = {.lots = 1 + (int32_t)rng_below(r, 25),
                          .sinks = 1 + (int32_t)rng_below(r, 12),
                          .months = 2 + (int32_t)rng_below(r, 8),
                          .lines = rng_one_in(r, 4)};
    struct model *m = small_model(&a, r, &shape);
    const char *path = temp_path(&temp, "path.mps"), *arc = temp_path(&temp, "arc.mps");
    solver_write(path, m, MPS_PATH);
    solver_write(arc, m, MPS_ARC);
    double by_path = solver_optimum("clp", path, NULL), by_arc = solver_optimum("clp", arc, NULL);
    CHECK(solver_same(by_path, by_arc));
    if (!tap_this_ok) printf("# path %.9g, arc %.9g\n", by_path, by_arc);
    arena_free(&a);
}

static void both_forms_have_one_optimum(void)
{
    seeds_run(60, both_forms);
}

static void whole_things(struct rng *r)
{
    struct arena a = {0};
    struct small shape = {.lots = 1 + (int32_t)rng_below(r, 8),
                          .sinks = 1 + (int32_t)rng_below(r, 4),
                          .months = 2 + (int32_t)rng_below(r, 4),
                          .lines = true,
                          .whole = true};
    struct model *m = small_model(&a, r, &shape);
    const char *path = temp_path(&temp, "path.mps"), *arc = temp_path(&temp, "arc.mps");
    solver_write(path, m, MPS_PATH);
    solver_write(arc, m, MPS_ARC);
    double by_path = solver_optimum("cbc", path, NULL), by_arc = solver_optimum("cbc", arc, NULL);
    CHECK(solver_same(by_path, by_arc));
    CHECK(by_path >= solver_optimum("clp", arc, NULL) - 1e-6 * (1 + fabs(by_path)));
    if (!tap_this_ok) printf("# path %.9g, arc %.9g\n", by_path, by_arc);
    arena_free(&a);
}

static void both_forms_have_one_optimum_in_whole_things(void)
{
    seeds_run(30, whole_things);
}

int main(void)
{
    temp_make(&temp);
    RUN(the_path_form_has_a_column_for_each_possible_shipment);
    RUN(the_arc_form_goes_from_lot_to_sink_month_by_month);
    RUN(names_have_no_blanks_and_stay_apart);
    RUN(a_row_without_a_limit_is_free);
    RUN(much_money_is_counted_in_millions);
    RUN(every_number_reads_back_as_the_same_double);
    RUN(writing_stops_where_the_sink_says_no);
    RUN_WITH("clp", both_forms_have_one_optimum);
    RUN_WITH("cbc", both_forms_have_one_optimum_in_whole_things);
    temp_remove(&temp);
    return tap_done();
}
