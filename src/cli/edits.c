/* edits.c - what a person says in place of what was read, as typed: accept and inbox edit. */
#include <string.h>

#include "base/text.h"
#include "cli/inbox.h"

static enum rc read_decimal(const char *typed, struct dec *out, struct err *err)
{
    size_t len = strlen(typed);
    if (len && len <= 18 && strspn(typed, "0123456789.") == len && !dec_parse(typed, out, err))
        return RC_OK;
    return fail(err, RC_INPUT,
                "--qty: '%.60s' is no quantity: digits and at most a point, no separators", typed);
}

/* "1000", "1000..2000", "undisclosed" */
static enum rc read_qty(struct entry *e, const char *typed, struct edits *out, struct err *err)
{
    const char *dots = strstr(typed, "..");
    out->has_qty = true;
    out->undisclosed = !*typed || strcmp(typed, "undisclosed") == 0;
    if (out->undisclosed) return RC_OK;
    const char *low = dots ? arena_bytes(e->arena, typed, (size_t)(dots - typed)) : typed;
    enum rc rc = read_decimal(low, &out->low, err);
    if (!rc) rc = read_decimal(dots ? dots + 2 : typed, &out->high, err);
    if (!rc && dec_cmp(out->high, out->low) < 0)
        rc = fail(err, RC_INPUT, "--qty: '%.60s' ends below its start", typed);
    return rc;
}

static enum rc text_edit(struct entry *e, const char *what, const char *typed, bool empty,
                         const char **out, struct err *err)
{
    if (empty && typed && !*typed) *out = "";
    return typed && (*typed || !empty) ? entry_text(e, what, typed, out, err) : RC_OK;
}

enum rc edits_read(struct entry *e, const struct typed_edits *typed, struct edits *out,
                   struct err *err)
{
    enum precision precision;
    bool empty = typed->may_empty;
    *out = (struct edits){.class_ = typed->class_};
    enum rc rc = text_edit(e, "--giver", typed->giver, empty, &out->giver, err);
    if (!rc) rc = text_edit(e, "--receiver", typed->receiver, empty, &out->receiver, err);
    if (!rc) rc = text_edit(e, "--item", typed->item, empty, &out->item, err);
    if (!rc) rc = text_edit(e, "--unit", typed->unit, empty, &out->unit, err);
    if (!rc && typed->qty && (*typed->qty || empty)) rc = read_qty(e, typed->qty, out, err);
    if (!rc && typed->qty && !*typed->qty && !empty) rc = read_decimal("", &out->low, err);
    if (!rc && typed->on) rc = entry_day("--on", typed->on, false, &out->day, &precision, err);
    out->has_day = typed->on;
    out->has_stage = typed->stage;
    if (typed->stage) out->stage = stage_named(typed->stage);
    return rc;
}
