/* replay.c - see replay.h. */
#include "report/replay.h"

#include "report/plan.h"

static double unmet(const struct replay_row *row)
{
    return row->value.needs + row->value.systems;
}

/* How much less harm than by first come first served, in per cent; null where that did none. */
static struct cell against(const struct replay_row *row, const struct replay_row *first)
{
    if (!(unmet(first) > 0)) return cell_null();
    return double_cell(100 * (unmet(row) / unmet(first) - 1), 1, ROUND_NEAREST);
}

struct answer *report_replay(struct arena *a, const struct instance *in,
                             const struct replay_row row[REPLAY_WAYS])
{
    static const char *const name[REPLAY_WAYS] = {
        [REPLAY_FIRST_COME] = "first come first served",
        [REPLAY_PRIORITY] = "highest priority first",
        [REPLAY_CARE] = "priority, then due date, with care",
        [REPLAY_PLAN] = "planned anew each month",
        [REPLAY_FORESIGHT] = "planned once, all known before"};
    struct answer *w = answer_new(a, "Month by month, with what was known by then");
    answer_put(w, "planned_from", cell_text(instance_month(a, in, 0)));
    answer_put(w, "months", cell_count(in->model.months));
    answer_put(w, "lots", cell_count(in->model.lots));
    answer_put(w, "needs", cell_count(in->model.sinks));
    struct rows *rows = answer_rows(w, "rows");
    rows_column(rows, "way", "what is done", 0);
    rows_column(rows, "unmet_months", NULL, COLUMN_BAR);
    rows_column(rows, "against_first_come", "against first come, %", 0);
    rows_column(rows, "on_time_percent", "on time, %", 0);
    rows_column(rows, "objective", NULL, 0);
    rows_column(rows, "shipments", NULL, 0);
    for (int way = 0; way < REPLAY_WAYS; way++) {
        const struct plan_value *v = &row[way].value;
        ROW(rows, cell_text(name[way]), double_cell(unmet(&row[way]), 1, ROUND_NEAREST),
            against(&row[way], &row[REPLAY_FIRST_COME]),
            double_cell(100 * v->on_time, 1, ROUND_NEAREST),
            double_cell(v->total, 1, ROUND_NEAREST), cell_count((i128)row[way].plan.count));
    }
    answer_note(w, "unmet months count each unit that is missing for a month by its need's weight,"
                   " as the plan's objective does; on time is by value");
    answer_note(w, "a lot or need is known from the day on which it was stated, else recorded; a"
                   " lot that is ordered, from its order");
    return w;
}
