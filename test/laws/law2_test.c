/*
 * law2_test.c - nothing is edited.
 *
 * The log only grows, byte for byte; a correction is an entry that names the
 * one it takes back and says why; every entry names its evidence, its author,
 * its day and its instant. The log is read from the store, not from the book.
 */
#include "acts.h"

/* The whole log as bytes, and its entries. */
struct reading {
    struct arena *arena;
    struct buf bytes;
    struct record *entries[2000];
    uint32_t count;
};

static enum rc take(void *ctx, const struct row *row, struct err *err)
{
    struct reading *l = ctx;
    struct record *r = NEW(l->arena, struct record);
    buf_addf(&l->bytes, "%" PRIu64 " %" PRId64 " %s ", row->id, row->recorded_ms, row->label);
    buf_add_bytes(&l->bytes, (const char *)row->salt, SALT_BYTES);
    buf_add_bytes(&l->bytes, row->bytes, row->len);
    enum rc rc = row_record(l->arena, row, r, err);
    if (!rc && r->kind == KIND_ENTRY && l->count < 2000) l->entries[l->count++] = r;
    return rc;
}

static struct reading *read_log(struct desk *d)
{
    struct reading *l = NEW(&d->arena, struct reading);
    l->arena = l->bytes.arena = &d->arena;
    buf_add(&l->bytes, "");
    GOOD(d->store->ops->scan(d->store, 0, take, l, oops));
    return l;
}

static const struct record *entry_of(const struct reading *l, uint64_t id, uint64_t before)
{
    for (uint32_t i = 0; i < l->count; i++) {
        if (l->entries[i]->id == id && id < before) return l->entries[i];
    }
    return NULL;
}

static void check_entries(const struct reading *l)
{
    int64_t last = INT64_MIN;
    for (uint32_t i = 0; i < l->count && tap_this_ok; i++) {
        const struct record *e = l->entries[i];
        CHECK(record_ref(e, F_PASSAGE) > 0 && record_text(e, F_AUTHOR) && record_field(e, F_DAY));
        CHECK(e->recorded_ms >= last);
        last = e->recorded_ms;
        uint64_t id = record_ref(e, F_REVERSES);
        if (!id) {
            CHECK(record_int(e, F_TO, 0) != STAGE_WORLD);
            continue;
        }
        const struct record *old = entry_of(l, id, e->id);
        CHECK(old != NULL && record_text(e, F_WHY));
        if (!old) continue;
        CHECK(!record_ref(old, F_REVERSES));
        CHECK(record_ref(old, F_LINE) == record_ref(e, F_LINE));
        CHECK(record_int(old, F_FROM, 0) == record_int(e, F_TO, 0));
        CHECK(record_int(old, F_TO, 0) == record_int(e, F_FROM, 0));
        CHECK(record_int(old, F_QTY, 0) == record_int(e, F_QTY, 0));
        CHECK(record_int(old, F_DAY, 0) == record_int(e, F_DAY, 0));
        CHECK_TEXT(old->label, e->label);
        for (uint32_t k = 0; k < i; k++) CHECK(record_ref(l->entries[k], F_REVERSES) != id);
    }
}

static void random_acts(struct rng *r)
{
    struct desk d;
    desk_begin(&d);
    const struct reading *before = read_log(&d);
    for (int i = 0; i < 25 && tap_this_ok; i++) {
        act(&d, r);
        const struct reading *after = read_log(&d);
        CHECK(after->bytes.len >= before->bytes.len);
        CHECK(memcmp(after->bytes.text, before->bytes.text, before->bytes.len) == 0);
        before = after;
    }
    check_entries(before);
    desk_check_fold(&d);
    desk_end(&d);
}

static void the_log_only_grows(void)
{
    seeds_run(120, random_acts);
}

/* Reversed and posted again, everything stands where it stood, on every day. */
static void reversal_and_repost(struct rng *r)
{
    struct desk d;
    desk_begin(&d);
    for (int i = 0; i < 10 && tap_this_ok; i++) act(&d, r);
    const char *want[62];
    struct clocks at = CLOCKS_NOW;
    for (int day = 0; day < 62; day++) {
        at.effective = day;
        want[day] = desk_positions(&d, d.view.book, at);
    }
    struct posting p = desk_posting(&d);
    uint32_t rows = book_columns(d.view.book)->count;
    for (uint32_t row = 0; row < rows; row++) {
        struct record old;
        struct err err;
        const struct columns *c = book_columns(d.view.book);
        if (c->flags[row] & (ROW_REVERSED | ROW_REVERSAL)) continue;
        GOOD(view_record(&d.arena, &d.view, c->id[row], &old, oops));
        if (posting_reverse(&p, row, "again", "desk:anna", NULL, NULL, &err)) continue;
        GOOD(posting_add(&p, &old, NULL, oops));
    }
    GOOD(posting_commit(&p, oops));
    for (int day = 0; day < 62; day++) {
        at.effective = day;
        CHECK_TEXT(desk_positions(&d, d.view.book, at), want[day]);
    }
    desk_check_fold(&d);
    desk_end(&d);
}

static void reversed_and_posted_again_is_as_it_was(void)
{
    seeds_run(120, reversal_and_repost);
}

static void a_correction_without_its_entry_or_reason_is_refused(void)
{
    struct desk d;
    struct err err = {0};
    desk_begin(&d);
    struct paper *paper = paper_new(&d, 1000);
    paper_row(paper, "pub/0", 10, 4);
    desk_import(&d, paper);
    struct posting p = desk_posting(&d);
    uint32_t row = desk_row(&d, "pub/0/delivered");
    CHECK(posting_reverse(&p, row, NULL, "desk:anna", NULL, NULL, &err) == RC_RULE);
    CHECK(strstr(err.msg, "reason") != NULL);
    CHECK(posting_reverse(&p, row, "typed twice", NULL, NULL, NULL, &err) == RC_RULE);
    CHECK(strstr(err.msg, "author") != NULL);
    CHECK(posting_reverse(&p, row, "typed twice", "desk:anna", NULL, NULL, &err) == RC_OK);
    CHECK(posting_reverse(&p, row, "typed twice", "desk:anna", NULL, NULL, &err) == RC_RULE);
    CHECK(strstr(err.msg, "taken back already") != NULL);
    uint32_t reversal = book_columns(d.view.book)->count - 1;
    CHECK(posting_reverse(&p, reversal, "no", "desk:anna", NULL, NULL, &err) == RC_RULE);
    CHECK_I64(p.count, 1);
    GOOD(posting_commit(&p, oops));
    desk_end(&d);
}

int main(void)
{
    RUN(a_correction_without_its_entry_or_reason_is_refused);
    RUN(the_log_only_grows);
    RUN(reversed_and_posted_again_is_as_it_was);
    return tap_done();
}
