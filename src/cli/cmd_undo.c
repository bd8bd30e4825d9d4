/*
 * cmd_undo.c - muster undo: take an entry back, with a reason.
 *
 * The entry stays in the log, and so does the reason; a mirror of it is
 * posted. What later entries moved on must be taken back before, so that a
 * person sees what hangs on the mistake.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/entry.h"

struct undo_args {
    struct entry_args entry;
    const char *id;
};

static enum rc find_entry(struct entry *e, const char *typed, uint32_t *row, struct err *err)
{
    size_t len = strlen(typed);
    if (!len || len > 10 || strspn(typed, "0123456789") != len) {
        return fail(err, RC_INPUT, "ENTRY: '%.60s' is not the id of an entry", typed);
    }
    uint64_t id = strtoull(typed, NULL, 10);
    *row = book_row(e->book, id);
    if (*row != NONE) return RC_OK;
    const struct record *r = book_record(e->book, id);
    if (!r) return fail(err, RC_ABSENT, "no entry %" PRIu64 " in the book", id);
    return fail(err, RC_ABSENT, "record %" PRIu64 " is of kind %s; only entries are taken back", id,
                kind_name(r->kind));
}

/* The live entries that moved on from where this one brought its quantity: "15, 17". */
static const char *resting_on(const struct entry *e, uint32_t row)
{
    const struct columns *c = book_columns(e->book);
    struct buf b = {.arena = e->arena};
    uint32_t count;
    uint32_t at = book_lines(e->book, &count)[c->line[row]].last_row;
    for (; at != NONE; at = c->prev[at]) {
        if (c->flags[at] & (ROW_REVERSED | ROW_REVERSAL)) continue;
        if (row_from(c, at) != row_to(c, row) || c->day[at] < c->day[row]) continue;
        buf_addf(&b, "%s%" PRIu32, b.len ? ", " : "", c->id[at]);
    }
    return b.text;
}

static enum rc undo(struct entry *e, const void *given, struct err *err)
{
    const struct undo_args *args = given;
    uint32_t row;
    uint64_t id = 0;
    if (!e->why) return fail(err, RC_INPUT, "--why is missing: the reason for taking it back");
    enum rc rc = find_entry(e, args->id, &row, err);
    if (rc) return rc;
    const struct columns *c = book_columns(e->book);
    const char *rests = resting_on(e, row);
    bool live = !(c->flags[row] & (ROW_REVERSED | ROW_REVERSAL));
    rc = posting_reverse(&e->posting, row, e->why, e->author, NULL, &id, err);
    if (rc == RC_RULE && live && rests) {
        return fail(
            err, RC_RULE,
            "entry %.10s cannot be taken back: what it brought to %s was moved on by %.100s;"
            " take that back first",
            args->id, stage_name(row_to(c, row)), rests);
    }
    if (!rc) entry_recorded(e, id);
    return rc;
}

ENTRY_RUN(run, ENTRY_MOVE, undo, struct undo_args)

const struct command cmd_undo = {
    .name = "undo",
    .group = GROUP_ENTER,
    .about = "take an entry back, with a reason",
    .details = "ENTRY is the id that 'muster move' printed; 'muster line show' lists them. The"
               " entry stays in the log with the reason beside it, and --known still shows the"
               " book as it was. What later entries moved on is taken back first.",
    .examples = "muster undo 31 --why 'counted twice: the same trucks as entry 28'\n",
    .operands =
        (const struct operand[]){
            {"ENTRY", INTO(struct undo_args, id), .help = "the id of an entry"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"why", INTO(struct undo_args, entry.why), .arg = "TEXT", .help = "the reason; needed"},
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct undo_args),
    .run = run,
};
