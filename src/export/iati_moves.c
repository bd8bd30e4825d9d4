/*
 * iati_moves.c - movements as transactions.
 *
 * The standard knows a pledge, a commitment and a disbursement; what is
 * allocated or on its way is still a commitment. So a movement is a
 * transaction where it comes to a further one of the three, and one below zero
 * where something is taken back from it. Movements that came from IATI keep
 * the type and reference that their key tells.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "export/iati_inside.h"
#include "export/plain.h"
#include "measure/worth.h"
#include "names/names.h"

enum level { NO_LEVEL, PLEDGED, COMMITTED, PAID };

static enum level level_of(enum stage s)
{
    switch (s) {
    case STAGE_ANNOUNCED: return PLEDGED;
    case STAGE_COMMITTED:
    case STAGE_ALLOCATED:
    case STAGE_DISPATCHED: return COMMITTED;
    case STAGE_DELIVERED: return PAID;
    default: return NO_LEVEL;
    }
}

static const char *type_of(enum level l, bool incoming)
{
    static const char *const out[] = {"", "12", "2", "3"}, *const in[] = {"", "13", "11", "1"};
    return incoming ? in[l] : out[l];
}

/* The same of a type of the standard. */
static enum level level_told(const char *type)
{
    static const enum level levels[] = {NO_LEVEL,  PAID,      COMMITTED, PAID,   PAID,
                                        PAID,      PAID,      PAID,      PAID,   PAID,
                                        COMMITTED, COMMITTED, PLEDGED,   PLEDGED};
    return levels[atoi(type)];
}

/* Of "iati:ID/t/3/REF/2012-03-31/EUR/c" type and reference; "" where the key has none. */
static void told_by_key(struct iati_out *o, const struct group *g, const char *key,
                        const char **type, const char **ref)
{
    size_t len = strlen(g->key);
    *type = *ref = "";
    if (!g->of_iati || !key || strncmp(key, g->key, len) != 0) return;
    const char *p = key + len;
    if (!text_starts(p, "/t/")) return;
    const char *slash = strchr(p + 3, '/');
    const char *next = slash ? strchr(slash + 1, '/') : NULL;
    if (!next) return;
    const char *number = arena_bytes(o->scratch, p + 3, (size_t)(slash - p - 3));
    if (strspn(number, "0123456789") == strlen(number) && atoi(number) >= 1 && atoi(number) <= 13)
        *type = number;
    const char *said = arena_bytes(o->scratch, slash + 1, (size_t)(next - slash - 1));
    if (strcmp(said, "-") != 0) *ref = said;
}

static bool is_incoming(const struct iati_out *o, const struct group *g, const struct line *l)
{
    const char *key = book_key(o->book, l->noun);
    size_t len = strlen(g->key);
    return g->of_iati && strncmp(key, g->key, len) == 0 && text_starts(key + len, "/in/");
}

static struct iati_transaction *add(struct iati_out *o, struct iati_activity *out, uint32_t *room)
{
    void *list = (void *)(uintptr_t)out->transactions;
    list = arena_more(o->scratch, list, out->transaction_count, room, sizeof *out->transactions);
    out->transactions = list;
    struct iati_transaction *t = &((struct iati_transaction *)list)[out->transaction_count++];
    *t = (struct iati_transaction){.ref = "",
                                   .type = "",
                                   .channel = "",
                                   .flow_type = "",
                                   .finance_type = "",
                                   .tied_status = "",
                                   .humanitarian = "",
                                   .provider = {.ref = ""},
                                   .receiver = {.ref = ""},
                                   .value = {.currency = "", .written = ""}};
    return t;
}

/* Who gives to whom. */
static void say_sides(struct iati_out *o, const struct line *l, struct iati_transaction *t)
{
    if (l->giver != NONE) t->provider = iati_say_org(o, l->giver);
    if (l->receiver != NONE) t->receiver = iati_say_org(o, l->receiver);
    t->provider.type = t->receiver.type = "";
    t->provider.role = t->receiver.role = "";
    t->provider.activity = t->receiver.activity = "";
}

/* The currency that a line of money is of; NULL for things. */
static const char *currency_of(const struct iati_out *o, const struct line *l, int *places)
{
    const char *key = l->item == NONE ? "" : book_key(o->book, l->item);
    const struct record *item = l->item == NONE ? NULL : book_version(o->book, l->item, INT64_MAX);
    if (!item || !text_starts(key, "money/") || !iati_currency(o, key + 6)) return NULL;
    *places = (int)record_int(item, F_PARTS, 0);
    return key + 6;
}

static void say_move(struct iati_out *o, const struct group *g, const struct moved *m,
                     struct iati_activity *out, uint32_t *room)
{
    int places;
    const char *currency = currency_of(o, m->line, &places), *type, *ref;
    enum level from = level_of((enum stage)record_int(m->entry, F_FROM, 0));
    enum stage to_stage = (enum stage)record_int(m->entry, F_TO, 0);
    enum level to = level_of(to_stage);
    int32_t day = (int32_t)record_int(m->entry, F_DAY, 0);
    int64_t qty = record_int(m->entry, F_QTY, 0);
    bool back = to_stage == STAGE_WITHDRAWN || to_stage == STAGE_LAPSED;
    if (!currency || day > o->x->today || to == from || (to < from && !back)) return;
    told_by_key(o, g, record_text(m->entry, F_KEY), &type, &ref);
    /* What became of other money because of a transaction is not a transaction again. */
    if (*type && level_told(type) != (back ? from : to)) return;
    struct iati_transaction *t = add(o, out, room);
    t->type = *type ? type : type_of(back ? from : to, is_incoming(o, g, m->line));
    t->ref = ref;
    t->day = day;
    t->value.amount = dec_trim((struct dec){back ? -qty : qty, places});
    t->value.has_amount = true;
    t->value.currency = currency;
    t->value.day = (int32_t)record_int(m->entry, F_VALUED, day);
    if (*type) /* what its publisher said, no note of ours */
        t->description = iati_say_in_all(o, m->entry, "description", record_text(m->entry, F_NOTE));
    say_sides(o, m->line, t);
}

/* What something is worth, where it is no money that moves. */
static void say_worth(struct iati_out *o, const struct group *g, const struct record *v,
                      const struct line *l, const char *about, struct iati_activity *out,
                      uint32_t *room)
{
    const char *currency = record_text(v, F_CURRENCY), *type, *ref;
    int32_t day = (int32_t)record_int(v, F_DAY, IATI_NO_DAY);
    const struct field *high = record_field(v, F_HIGH);
    if (!high) high = record_field(v, F_LOW);
    if (!high || !currency || !iati_currency(o, currency)) return;
    int places = names_currency_places(currency);
    if (day == IATI_NO_DAY || day > o->x->today || places < 0) return;
    enum level level = level_of((enum stage)record_int(v, F_TO, STAGE_COMMITTED));
    if (level == NO_LEVEL) return;
    told_by_key(o, g, record_text(v, F_KEY), &type, &ref);
    struct iati_transaction *t = add(o, out, room);
    t->type = *type ? type : type_of(level, false);
    t->ref = ref;
    t->day = day;
    t->value.day = (int32_t)record_int(v, F_VALUED, day);
    t->value.amount = dec_trim((struct dec){high->n, places});
    t->value.has_amount = true;
    t->value.currency = currency;
    if (*type) t->description = iati_say_in_all(o, v, "description", NULL);
    if (about && !t->description.count) t->description = iati_say_text(o, about);
    say_sides(o, l, t);
}

/* A transaction of IATI that is no movement of the book: its key tells which. */
static void say_beside(struct iati_out *o, const struct group *g, const struct moved *v,
                       struct iati_activity *out, uint32_t *room)
{
    int places;
    const char *type, *ref;
    told_by_key(o, g, record_text(v->entry, F_KEY), &type, &ref);
    if (*type && currency_of(o, v->line, &places))
        say_worth(o, g, v->entry, v->line, record_text(v->entry, F_NOTE), out, room);
}

void iati_say_moves(struct iati_out *o, const struct group *g, const struct moves *moves,
                    struct iati_activity *out)
{
    uint32_t room = 0;
    const struct record *package =
        g->package == NONE ? NULL : worth_value(o->book, g->package, STAGE_ANNOUNCED, &o->x->at);
    if (package && g->count) {
        say_worth(o, g, package, &o->lines[g->lines[0]], NULL, out, &room);
        return;
    }
    for (uint32_t i = 0; i < moves->count; i++) say_move(o, g, &moves->at[i], out, &room);
    for (uint32_t i = 0; i < moves->value_count; i++)
        say_beside(o, g, &moves->values[i], out, &room);
    for (uint32_t i = 0; i < g->count; i++) {
        const struct line *l = &o->lines[g->lines[i]];
        int places;
        if (currency_of(o, l, &places)) continue;
        const struct record *v = worth_value(o->book, l->noun, STAGE_ANNOUNCED, &o->x->at);
        if (v) say_worth(o, g, v, l, plain_item(o->book, l, o->x->at.known), out, &room);
    }
}

/* What is promised of a line and not there yet. */
static i128 open_of(const struct moves *moves, const struct line *l)
{
    i128 open = 0;
    for (uint32_t i = 0; i < moves->count; i++) {
        const struct record *e = moves->at[i].entry;
        int64_t from = record_int(e, F_FROM, 0), to = record_int(e, F_TO, 0);
        if (moves->at[i].line != l) continue;
        if (from >= STAGE_ANNOUNCED && from < STAGE_DELIVERED) open -= record_int(e, F_QTY, 0);
        if (to >= STAGE_ANNOUNCED && to < STAGE_DELIVERED) open += record_int(e, F_QTY, 0);
    }
    return open;
}

void iati_say_promises(struct iati_out *o, const struct group *g, const struct moves *moves,
                       struct iati_planned *to, uint32_t *count)
{
    for (uint32_t i = 0; i < g->count && !g->of_iati; i++) {
        const struct line *l = &o->lines[g->lines[i]];
        int places;
        int64_t open;
        struct err ignored;
        const char *currency = currency_of(o, l, &places);
        if (!currency || !(l->flags & LINE_DATED)) continue;
        if (narrow(open_of(moves, l), &open, "", &ignored) || open <= 0) continue;
        struct iati_planned *p = &to[(*count)++];
        struct iati_transaction sides = {
            .ref = "", .provider = {.ref = ""}, .receiver = {.ref = ""}};
        say_sides(o, l, &sides);
        *p = (struct iati_planned){.type = "",
                                   .since = (int32_t)line_int(o->book, l, F_SINCE, l->until),
                                   .until = l->until,
                                   .value = {.amount = dec_trim((struct dec){open, places}),
                                             .has_amount = true,
                                             .written = "",
                                             .currency = currency},
                                   .provider = sides.provider,
                                   .receiver = sides.receiver};
        p->value.day = p->since;
    }
}
