/*
 * seen.h - what a viewer may see of a log, as plain rows and by rules of its own.
 *
 * It reads the records one by one and decides itself: who is in a group by
 * then, what points at something hidden, which entries can stand without those
 * that are hidden (oracle.h counts). It knows nothing of src/book and src/view.
 * Kinds that the questions do not ask about are only looked at for their ids.
 */
#ifndef MUSTER_TEST_SEEN_H
#define MUSTER_TEST_SEEN_H

#include <string.h>

#include "base/text.h"
#include "oracle.h"
#include "store/store.h"

enum { SEEN_IDS = 4096, SEEN_LINES = 256, SEEN_RATES = 128, SEEN_JOINED = 32 };

struct seen_line {
    uint64_t id;
    int64_t ms;
    const char *key, *giver, *receiver, *item; /* keys */
    int64_t low;
    int32_t until; /* DAY_MAX: no day */
};

struct seen_entry {
    struct oracle_entry e;
    const struct seen_line *line;
    int32_t rate_day;
};

struct seen_rate {
    uint64_t id;
    int64_t ms, n; /* ten-thousandths of a unit per euro */
    int32_t day;
    const char *currency;
};

struct seen {
    struct arena *arena;
    const char *viewer; /* NULL: all */
    const char *key_of[SEEN_IDS];
    bool there[SEEN_IDS];
    struct seen_line lines[SEEN_LINES];
    struct seen_entry entries[ORACLE_MAX];
    struct seen_rate rates[SEEN_RATES];
    const char *joined[SEEN_JOINED]; /* "GROUP PARTY" */
    uint32_t line_count, entry_count, rate_count, joined_count;
    uint64_t hidden;
    struct oracle oracle;
};

static inline bool seen_listed(const char *list, const char *key)
{
    size_t len = strlen(key);
    for (;;) {
        size_t n = strcspn(list, ",");
        if (n == len && strncmp(list, key, len) == 0) return true;
        if (!list[n]) return false;
        list += n + 1;
    }
}

static inline bool seen_label(const struct seen *s, const char *label)
{
    if (!s->viewer || strcmp(label, "public") == 0) return true;
    if (strncmp(label, "parties:", 8) == 0) return seen_listed(label + 8, s->viewer);
    for (uint32_t i = 0; i < s->joined_count && strncmp(label, "group:", 6) == 0; i++) {
        const char *want = text_format(s->arena, "%s %s", label + 6, s->viewer);
        if (strcmp(want, s->joined[i]) == 0) return true;
    }
    return false;
}

static inline const char *seen_key(const struct seen *s, const struct record *r, enum tag tag)
{
    uint64_t id = record_ref(r, tag);
    return id ? s->key_of[id] : "";
}

static inline bool seen_take_entry(struct seen *s, const struct record *r)
{
    struct seen_entry *to = &s->entries[s->entry_count];
    *to = (struct seen_entry){.e = {.id = r->id,
                                    .line = record_ref(r, F_LINE),
                                    .ms = r->recorded_ms,
                                    .from = (int)record_int(r, F_FROM, 0),
                                    .to = (int)record_int(r, F_TO, 0),
                                    .qty = record_int(r, F_QTY, 0),
                                    .day = (int32_t)record_int(r, F_DAY, 0),
                                    .confirmed = record_int(r, F_CONFIRMED, 0) != 0,
                                    .reason = record_text(r, F_WHY) != NULL,
                                    .reverses = record_ref(r, F_REVERSES)}};
    if (!oracle_post(&s->oracle, to->e)) return false; /* it rests on something hidden */
    to->e = s->oracle.list[s->oracle.count - 1];
    to->rate_day = (int32_t)record_int(r, F_VALUED, to->e.day);
    for (uint32_t i = 0; i < s->entry_count; i++) {
        if (s->entries[i].e.id == to->e.reverses) to->rate_day = s->entries[i].rate_day;
    }
    for (uint32_t i = 0; i < s->line_count; i++) {
        if (s->lines[i].id == to->e.line) to->line = &s->lines[i];
    }
    s->entry_count++;
    return true;
}

static inline void seen_take_line(struct seen *s, const struct record *r)
{
    s->lines[s->line_count++] =
        (struct seen_line){.id = r->id,
                           .ms = r->recorded_ms,
                           .key = s->key_of[r->id],
                           .giver = seen_key(s, r, F_PARTY),
                           .receiver = seen_key(s, r, F_RECEIVER),
                           .item = seen_key(s, r, F_ITEM),
                           .low = record_int(r, F_LOW, 0),
                           .until = (int32_t)record_int(r, F_UNTIL, DAY_MAX)};
}

static inline enum rc seen_row(void *ctx, const struct row *row, struct err *err)
{
    struct seen *s = ctx;
    struct record r;
    enum rc rc = row_record(s->arena, row, &r, err);
    if (rc) return rc;
    bool there = seen_label(s, r.label);
    for (uint32_t i = 0; i < r.count; i++) {
        bool points = record_fields[r.fields[i].tag].type == TYPE_REF;
        if (points && !s->there[r.fields[i].n]) there = false;
    }
    if (row->id >= SEEN_IDS) return fail(err, RC_RULE, "more records than the test has room for");
    s->key_of[row->id] = record_text(&r, F_KEY);
    if (there && r.kind == KIND_ENTRY) there = seen_take_entry(s, &r);
    s->there[row->id] = there;
    s->hidden += !there;
    if (!there) return RC_OK;
    if (r.kind == KIND_LINE) seen_take_line(s, &r);
    if (r.kind == KIND_MEMBERSHIP) {
        s->joined[s->joined_count++] =
            text_format(s->arena, "%s %s", seen_key(s, &r, F_PARENT), seen_key(s, &r, F_PARTY));
    }
    if (r.kind == KIND_RATE) {
        struct dec n = record_dec(&r, F_AMOUNT); /* kept without zeros at its end */
        for (; n.scale < 4; n.scale++) n.n *= 10;
        s->rates[s->rate_count++] = (struct seen_rate){.id = row->id,
                                                       .ms = r.recorded_ms,
                                                       .n = n.n,
                                                       .day = (int32_t)record_int(&r, F_DAY, 0),
                                                       .currency = record_text(&r, F_CURRENCY)};
    }
    return RC_OK;
}

/* Lives as long as the arena. */
static inline enum rc seen_read(struct seen *s, struct arena *a, struct store *store,
                                const char *viewer, struct err *err)
{
    *s = (struct seen){.arena = a, .viewer = viewer};
    return store->ops->scan(store, 0, seen_row, s, err);
}

#endif
