/*
 * iati_lines.c - transactions as lines and entries.
 *
 * A line is what one activity gives one receiver, or gets from one giver, in
 * one currency and for one place. In it money moves as it does in the world: a
 * payment is what a commitment became, a commitment what a pledge became, as
 * far as there is one; so the same money is never in two stages. What a
 * publisher takes back (an amount below zero) is withdrawn from where it
 * stands; what had been committed before it was paid stands committed again.
 *
 * A commitment often names no receiver and its payments do. If the activity
 * pays only one, the commitment is to that one. If it pays several, as much of
 * it goes to the line of each as was paid there, in the order of the days, and
 * the rest stays in a line without a receiver. That is worked out anew from
 * each state of the activity.
 *
 * Interest, repayments, reimbursements, sales and guarantees are no support.
 * They are kept as values of a line of their own, outside every total, and so
 * is what is taken back beyond what there was.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "source/iati_in.h"

enum direction { GOES_OUT, COMES_IN, NO_SUPPORT };

struct held;

/* A transaction that can be kept. */
struct move {
    const struct iati_transaction *said;
    enum direction direction;
    enum stage stage;
    const char *currency;            /* NO_CURRENCY where none is said */
    const char *key;                 /* "iati:ID/t/3/REF/2012-03-31/EUR" */
    const char *provider, *receiver; /* what names them in a key; "" */
    const char *place;               /* the same of its own places */
    int64_t parts;
    int32_t day, valued; /* whose rate holds; IATI_NO_DAY: its own */
    enum precision precision;
    uint32_t order;       /* in the file */
    uint32_t group, line; /* indexes */
};

/* Moves of one direction, giver, currency and place. */
struct group {
    const char *only;     /* the only receiver; NULL: none is named */
    bool several;         /* more than one is */
    uint32_t first, last; /* its lines with a receiver: 1 + index, 0 none; by first day */
};

/* What a line holds, while its moves are gone through in the order of their days. */
struct held {
    const char *key;
    const struct move *by; /* the move that says most of it: the first that names a receiver */
    const char *to;        /* what names the receiver in a key */
    bool added;            /* its draft is in the intake */
    bool other;            /* not all that moves in it is said to be humanitarian */
    uint32_t sectors;      /* of its transactions: 1 + index, 0 none */
    int64_t announced, committed, delivered;
    int64_t drawn;  /* of what is delivered: had been committed before */
    int64_t wanted; /* paid beyond what is committed to it by name */
    uint32_t next;  /* of its group: 1 + index */
};

struct work {
    struct activity_in *x;
    struct arena *a;
    struct move *moves;
    uint32_t count;
    struct map group_names, line_names;
    struct group *groups;
    struct held *held;
    uint32_t group_count, held_count;
    struct sector_of { /* where the activity itself names none */
        const struct iati_code *code;
        uint32_t next; /* of the line: 1 + index */
    } * sectors;
    uint32_t sector_count, sector_room;
    const struct move *described; /* the last whose description stands in a record */
};

static const struct {
    enum direction direction;
    enum stage stage;
    const char *about;
} types[] = {
    [1] = {COMES_IN, STAGE_DELIVERED, "incoming funds"},
    [2] = {GOES_OUT, STAGE_COMMITTED, "outgoing commitment"},
    [3] = {GOES_OUT, STAGE_DELIVERED, "disbursement"},
    [4] = {GOES_OUT, STAGE_DELIVERED, "expenditure"},
    [5] = {NO_SUPPORT, STAGE_DELIVERED, "interest payment"},
    [6] = {NO_SUPPORT, STAGE_DELIVERED, "loan repayment"},
    [7] = {NO_SUPPORT, STAGE_DELIVERED, "reimbursement"},
    [8] = {GOES_OUT, STAGE_DELIVERED, "purchase of equity"},
    [9] = {NO_SUPPORT, STAGE_DELIVERED, "sale of equity"},
    [10] = {NO_SUPPORT, STAGE_COMMITTED, "credit guarantee"},
    [11] = {COMES_IN, STAGE_COMMITTED, "incoming commitment"},
    [12] = {GOES_OUT, STAGE_ANNOUNCED, "outgoing pledge"},
    [13] = {COMES_IN, STAGE_ANNOUNCED, "incoming pledge"},
};

/* 1 to 13; 0 for a type that nobody knows. */
static unsigned type_number(const char *type)
{
    size_t len = strlen(type);
    if (len == 0 || len > 2 || strspn(type, "0123456789") != len) return 0;
    unsigned n = (unsigned)atoi(type);
    return n <= 13 ? n : 0;
}

/* --- what is said of one transaction --- */

static bool same_org(const struct iati_org *a, const struct iati_org *b)
{
    if (*a->ref && *b->ref) return strcmp(a->ref, b->ref) == 0;
    const char *x = iati_say(&a->name), *y = iati_say(&b->name);
    return *x && strcmp(x, y) == 0;
}

/* How an organisation stands in a key: by its activity, reference or name; "" for nobody. */
static const char *in_key(struct arena *a, const struct iati_org *o)
{
    if (*o->activity) return iati_key_part(a, o->activity);
    return iati_key_part(a, *o->ref ? o->ref : iati_say(&o->name));
}

static const char *places_in_key(struct arena *a, const struct iati_transaction *t)
{
    struct buf out = {.arena = a};
    if (t->countries.count + t->regions.count == 0) return "";
    for (uint32_t i = 0; i < t->countries.count; i++) {
        buf_addf(&out, "+%s", iati_key_part(a, t->countries.list[i].code));
    }
    for (uint32_t i = 0; i < t->regions.count; i++) {
        buf_addf(&out, "+%s", iati_key_part(a, t->regions.list[i].code));
    }
    return out.text + 1;
}

/* A day for what has none: the activity's start, else when it was stated. */
static bool stand_in(const struct activity_in *x, struct move *m)
{
    m->precision = PRECISION_UNKNOWN;
    m->day = x->start;
    if (m->day != IATI_NO_DAY) return true;
    if (x->stated_ms <= 0) return false;
    m->day = (int32_t)(x->stated_ms / MS_PER_DAY);
    return true;
}

static enum direction direction_of(const struct activity_in *x, const struct iati_transaction *t,
                                   unsigned type)
{
    if (!type) return NO_SUPPORT;
    enum direction d = types[type].direction;
    /* Before 2.01 there was no incoming commitment: such a one names who reports as its receiver.
     */
    bool comes = d == GOES_OUT && iati_named(&t->provider) &&
                 !same_org(&t->provider, &x->said->reporter) &&
                 same_org(&t->receiver, &x->said->reporter);
    return comes ? COMES_IN : d;
}

static bool understand(struct work *w, const struct iati_transaction *t, struct move *m)
{
    struct activity_in *x = w->x;
    struct iati_in *r = x->r;
    unsigned type = type_number(t->type);
    *m = (struct move){.said = t, .day = t->day};
    r->in->rows_read++;
    if (!t->value.has_amount) {
        if (!t->value.line) {
            iati_diag(r, DIAG_SKIPPED, "no-value", t->line, "transaction/value", "", "an amount");
        }
        return false; /* else told where it was read */
    }
    if (!iati_parts(r, &t->value, &m->currency, &m->parts)) return false;
    if (!type) {
        iati_diag(r, DIAG_FLAG, "unknown-type", t->line, "transaction/transaction-type", t->type,
                  "a type from 1 to 13; kept outside every total");
    }
    m->direction = direction_of(x, t, type);
    m->stage = type ? types[type].stage : STAGE_DELIVERED;
    if (m->day == IATI_NO_DAY) {
        bool found = stand_in(x, m);
        iati_diag(r, DIAG_FLAG, "no-date", t->line, "transaction/transaction-date", "",
                  found ? "a date; the activity's start, or when it was stated, stands in"
                        : "a date; without one it is kept outside every total");
        if (!found) m->direction = NO_SUPPORT;
    } else
        iati_likely_day(r, m->day, t->line, "transaction/transaction-date");
    m->valued = iati_value_day(r, &t->value, m->day);
    m->provider = in_key(w->a, &t->provider);
    m->receiver = in_key(w->a, &t->receiver);
    m->place = places_in_key(w->a, t);
    r->in->rows_taken++;
    return true;
}

/* --- natural keys --- */

static int by_name(const void *x, const void *y)
{
    const struct move *a = *(struct move *const *)x, *b = *(struct move *const *)y;
    int c = strcmp(a->said->type, b->said->type);
    if (!c) c = strcmp(a->said->ref, b->said->ref);
    if (!c) c = (a->day > b->day) - (a->day < b->day);
    if (!c) c = strcmp(a->currency, b->currency);
    if (!c) c = (a->parts > b->parts) - (a->parts < b->parts);
    if (!c) c = strcmp(a->receiver, b->receiver);
    if (!c) c = strcmp(a->provider, b->provider);
    if (!c) c = strcmp(a->place, b->place);
    if (!c)
        c = (a->said->value.day > b->said->value.day) - (a->said->value.day < b->said->value.day);
    return c ? c : (a->order > b->order) - (a->order < b->order);
}

/*
 * A transaction is called by its type, its reference and its day, and by a
 * number among those that share all three: in the order of their amounts, so
 * that it does not matter in which order the file has them.
 */
static void name_moves(struct work *w)
{
    struct move **sorted = NEW_ARRAY(w->a, w->count + 1, struct move *);
    char date[DAY_TEXT];
    unsigned same = 0;
    for (uint32_t i = 0; i < w->count; i++) sorted[i] = &w->moves[i];
    qsort(sorted, w->count, sizeof *sorted, by_name);
    for (uint32_t i = 0; i < w->count; i++) {
        struct move *m = sorted[i], *last = i ? sorted[i - 1] : NULL;
        bool again = last && last->day == m->day && strcmp(last->said->type, m->said->type) == 0 &&
                     strcmp(last->said->ref, m->said->ref) == 0 &&
                     strcmp(last->currency, m->currency) == 0;
        same = again ? same + 1 : 0;
        const char *type = *m->said->type ? iati_key_part(w->a, m->said->type) : "-";
        const char *ref = *m->said->ref ? iati_key_part(w->a, m->said->ref) : "-";
        const char *day = m->day == IATI_NO_DAY ? "-" : day_format(m->day, date);
        m->key =
            TEXT_JOIN(w->x->r->a, w->x->key, "/t/", type, "/", ref, "/", day, "/", m->currency);
        if (same) m->key = text_format(w->x->r->a, "%s/%u", m->key, same + 1);
    }
}

/* --- lines --- */

/* Who gives: nobody where that is who reports, for it goes without saying. */
static const char *giver_in_key(const struct work *w, const struct move *m)
{
    bool own = same_org(&m->said->provider, &w->x->said->reporter) && !*m->said->provider.activity;
    return m->direction == GOES_OUT && own ? "" : m->provider;
}

static const char *line_key(const struct work *w, const struct move *m, const char *receiver)
{
    static const char *const directions[] = {"out", "in", "back"};
    const char *to = m->direction == COMES_IN ? "" : receiver;
    return TEXT_JOIN(w->a, w->x->key, "/", directions[m->direction], "/", giver_in_key(w, m), ">",
                     to, "/", m->currency, *m->place ? "/" : "", m->place);
}

static void find_group(struct work *w, struct move *m)
{
    const char *name = line_key(w, m, "");
    const uint64_t *at = map_get(&w->group_names, name);
    m->group = at ? (uint32_t)*at : w->group_count;
    if (!at) map_put(&w->group_names, name, w->group_count++);
    struct group *g = &w->groups[m->group];
    if (m->direction != GOES_OUT || !*m->receiver) return;
    g->several |= g->only && strcmp(g->only, m->receiver) != 0;
    if (!g->only) g->only = m->receiver;
}

/* By the first digits of the DAC's purpose: emergency, reconstruction, preparedness. */
static bool all_humanitarian(const struct iati_codes *sectors)
{
    for (uint32_t i = 0; i < sectors->count; i++) {
        const char *c = sectors->list[i].code;
        if (strncmp(c, "72", 2) != 0 && strncmp(c, "73", 2) != 0 && strncmp(c, "74", 2) != 0) {
            return false;
        }
    }
    return sectors->count > 0;
}

static bool is_true(const char *flag)
{
    return strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0;
}

static void add_sector(struct work *w, struct held *h, const struct iati_code *c)
{
    enum { SECTORS_MAX = 30 };
    uint32_t count = 0;
    for (uint32_t i = h->sectors; i; i = w->sectors[i - 1].next, count++) {
        const struct iati_code *is = w->sectors[i - 1].code;
        if (!strcmp(is->code, c->code) && !strcmp(is->vocabulary, c->vocabulary)) return;
    }
    if (!*c->code || count == SECTORS_MAX) return;
    w->sectors = arena_more(w->a, w->sectors, w->sector_count, &w->sector_room, sizeof *w->sectors);
    w->sectors[w->sector_count++] = (struct sector_of){c, h->sectors};
    h->sectors = w->sector_count;
}

/* What a transaction says of its own, where the activity says nothing. */
static void find_sectors(struct work *w, struct held *h, const struct iati_transaction *t)
{
    const struct iati_codes *own = &t->sectors;
    h->other |= !is_true(t->humanitarian) && !all_humanitarian(own);
    if (w->x->said->sectors.count) return;
    for (uint32_t i = 0; i < own->count; i++) add_sector(w, h, &own->list[i]);
}

static void find_line(struct work *w, struct move *m)
{
    struct group *g = &w->groups[m->group];
    bool joins = m->direction == GOES_OUT && !*m->receiver && g->only && !g->several;
    const char *to = joins ? g->only : m->receiver, *key = line_key(w, m, to);
    const uint64_t *at = map_get(&w->line_names, key);
    m->line = at ? (uint32_t)*at : w->held_count;
    struct held *h = &w->held[m->line];
    if (!at) {
        *h = (struct held){.key = key, .by = m, .to = to};
        map_put(&w->line_names, key, w->held_count++);
        if (m->direction == GOES_OUT && *to) {
            if (g->last)
                w->held[g->last - 1].next = w->held_count;
            else
                g->first = w->held_count;
            g->last = w->held_count;
        }
    }
    if (!iati_named(&h->by->said->receiver) && iati_named(&m->said->receiver)) h->by = m;
    find_sectors(w, h, m->said);
    if (m->direction != GOES_OUT || !*m->receiver) return;
    if (m->stage == STAGE_DELIVERED && m->parts > 0) h->wanted += m->parts;
    if (m->stage == STAGE_COMMITTED && m->parts > 0) h->wanted -= m->parts;
}

static const char *participant(struct activity_in *x, int role)
{
    return x->only[role] ? iati_party(x->r, x->only[role]) : NULL;
}

/* "flow-by:ID" and so on, by which reports of one flow know each other: measure/reports.h. */
static void add_flow(struct activity_in *x, const struct move *m, struct record *line,
                     const char *key)
{
    struct arena *a = x->r->a;
    const char *own = x->said->id, *from = m->said->provider.activity,
               *to = m->said->receiver.activity;
    if (m->direction == NO_SUPPORT || !*own) return;
    if (m->direction == GOES_OUT) from = own;
    if (m->direction == COMES_IN) to = own;
    record_lend_text(a, line, F_LINK, TEXT_JOIN(a, "flow-by:", own));
    if (*from && (m->direction == GOES_OUT || strcmp(from, own) != 0)) {
        record_lend_text(a, line, F_LINK, TEXT_JOIN(a, "flow-from:", from));
    }
    if (*to && (m->direction == COMES_IN || strcmp(to, own) != 0)) {
        record_lend_text(a, line, F_LINK, TEXT_JOIN(a, "flow-to:", to));
    } else if (m->direction == GOES_OUT && iati_named(&m->said->receiver)) {
        record_lend_text(a, line, F_LINK,
                         TEXT_JOIN(a, "flow-paid:", iati_party(x->r, &m->said->receiver)));
    }
    record_lend_text(a, line, F_LINK, TEXT_JOIN(a, "flow-as:", own, key + strlen(x->key)));
}

static void add_tags(struct activity_in *x, const struct move *m, struct record *line)
{
    struct arena *a = x->r->a;
    const char *own[IATI_TAGS_MAX], *country, *const *places = x->places;
    uint32_t count = iati_own_places(x, m->said, own, &country);
    if (count) places = own;
    if (!count) count = x->place_count;
    if (m->direction == GOES_OUT && x->passes_on) {
        record_lend_text(a, line, F_SOURCE_TAG, x->tags[0]);
        record_lend_text(a, line, F_SOURCE_TAG, x->tags[1]);
        for (uint32_t i = 0; i < x->place_count; i++) {
            record_lend_text(a, line, F_SOURCE_TAG, x->places[i]);
        }
    }
    for (uint32_t i = 0; i < count; i++) record_lend_text(a, line, F_DESTINATION_TAG, places[i]);
    for (uint32_t i = 0; i < x->tag_count; i++) {
        record_lend_text(a, line, F_DESTINATION_TAG, x->tags[i]);
    }
}

static void set_parties(struct work *w, const struct move *m, struct record *line)
{
    struct activity_in *x = w->x;
    struct arena *a = x->r->a;
    const char *own[IATI_TAGS_MAX], *country = x->country;
    iati_own_places(x, m->said, own, &country);
    bool in = m->direction == COMES_IN;
    const struct iati_org *from = &m->said->provider, *to = &m->said->receiver;
    const char *giver = iati_named(from) ? iati_party(x->r, from)
                        : in             ? participant(x, 1)
                                         : x->reporter;
    const char *receiver = in               ? x->reporter
                           : iati_named(to) ? iati_party(x->r, to)
                                            : participant(x, 4);
    if (!receiver) receiver = country;
    record_set_key(a, line, F_PARTY, giver ? giver : iati_party(x->r, from));
    record_set_key(a, line, F_RECEIVER, receiver);
    const char *channel = participant(x, 3);
    if (channel && (!giver || strcmp(channel, giver) != 0) &&
        (!receiver || strcmp(channel, receiver) != 0)) {
        record_set_key(a, line, F_CHANNEL, channel);
    }
}

/* When the activity says its money is to come: the window of all planned disbursements. */
static void set_window(struct activity_in *x, struct record *line)
{
    if (x->since > x->until) return;
    record_set_int(x->r->a, line, F_SINCE, x->since);
    record_set_int(x->r->a, line, F_UNTIL, x->until);
}

static void add_related(struct activity_in *x, struct record *line)
{
    struct arena *a = x->r->a;
    record_lend_text(a, line, F_LINK, x->key);
    for (uint32_t i = 0; i < x->link_count; i++) record_lend_text(a, line, F_LINK, x->links[i]);
}

static void add_line(struct work *w, const struct held *h)
{
    struct activity_in *x = w->x;
    struct arena *a = x->r->a;
    const struct move *m = h->by;
    struct record *line = intake_add(x->r->in, KIND_LINE);
    record_lend_text(a, line, F_KEY, h->key);
    record_lend_text(a, line, F_NAME, x->label);
    set_parties(w, m, line);
    record_set_key(a, line, F_ITEM, iati_money(x->r, m->currency));
    record_set_text(a, line, F_CLASS, x->humanitarian || !h->other ? "humanitarian" : "financial");
    record_lend_text(a, line, F_SERIES, x->series);
    record_set_key(a, line, F_PASSAGE, x->passage);
    if (x->stated_ms) record_set_int(a, line, F_STATED, x->stated_ms);
    if (m->direction == GOES_OUT) set_window(x, line);
    if (m->direction == NO_SUPPORT) record_set_int(a, line, F_OUTSIDE, 1);
    add_tags(x, m, line);
    for (uint32_t i = h->sectors; i; i = w->sectors[i - 1].next) {
        bool shared = w->sectors[h->sectors - 1].next != 0;
        record_lend_text(a, line, F_DESTINATION_TAG,
                         iati_sector_tag(x, w->sectors[i - 1].code, shared));
    }
    add_related(x, line);
    add_flow(x, m, line, h->key);
    for (uint32_t i = 0; i < line->count; i++) x->line_bytes += line->fields[i].len;
    if (x->line_bytes > IATI_LINES_BYTES_MAX && !x->too_much) x->too_much = m->said->line;
}

static struct held *held_at(struct work *w, uint32_t line)
{
    struct held *h = &w->held[line];
    if (h->added) return h;
    h->added = true;
    h->key = arena_text(w->x->r->a, h->key);
    add_line(w, h);
    return h;
}

/* --- entries --- */

/* What is said of a transaction stands in the first record that comes of it. */
static void describe(struct work *w, struct record *r, const struct move *m)
{
    if (w->described == m) return;
    w->described = m;
    iati_keep_text(w->x->r, r, "description", F_NOTE, &m->said->description);
}

/* The day whose rate holds, where that is another. */
static void set_valued(struct arena *a, struct record *r, const struct move *m)
{
    if (m->valued != IATI_NO_DAY) record_set_int(a, r, F_VALUED, m->valued);
}

static void add_value(struct work *w, const struct move *m, const struct held *h, int64_t parts,
                      const char *suffix, const char *note)
{
    struct activity_in *x = w->x;
    struct arena *a = x->r->a;
    struct record *v = intake_add(x->r->in, KIND_VALUE);
    record_lend_text(a, v, F_KEY, *suffix ? TEXT_JOIN(a, m->key, suffix) : m->key);
    record_set_key(a, v, F_OF, h->key);
    record_set_int(a, v, F_TO, m->stage);
    record_set_text(a, v, F_BASIS, "stated");
    record_set_int(a, v, F_LOW, parts);
    record_set_int(a, v, F_HIGH, parts);
    record_set_text(a, v, F_CURRENCY, m->currency);
    if (m->day != IATI_NO_DAY) record_set_int(a, v, F_DAY, m->day);
    set_valued(a, v, m);
    record_set_text(a, v, F_SERIES, x->series);
    record_set_int(a, v, F_OUTSIDE, 1);
    record_set_text(a, v, F_NOTE, note);
    describe(w, v, m);
    record_set_key(a, v, F_PASSAGE, iati_passage(x->r, m->said->line));
    if (x->stated_ms) record_set_int(a, v, F_STATED, x->stated_ms);
}

static void add_entry(struct work *w, const struct move *m, const struct held *h, int64_t parts,
                      enum stage from, enum stage to, const char *suffix)
{
    struct activity_in *x = w->x;
    struct arena *a = x->r->a;
    if (parts <= 0) return;
    struct record *e = intake_add(x->r->in, KIND_ENTRY);
    record_lend_text(a, e, F_KEY, *suffix ? TEXT_JOIN(a, m->key, suffix) : m->key);
    record_set_key(a, e, F_LINE, h->key);
    record_set_int(a, e, F_FROM, from);
    record_set_int(a, e, F_TO, to);
    record_set_int(a, e, F_QTY, parts);
    record_set_int(a, e, F_DAY, m->day);
    set_valued(a, e, m);
    if (m->precision) record_set_int(a, e, F_PRECISION, m->precision);
    record_set_key(a, e, F_PASSAGE, iati_passage(x->r, m->said->line));
    record_set_text(a, e, F_AUTHOR, x->r->author);
    if (x->stated_ms) record_set_int(a, e, F_STATED, x->stated_ms);
    describe(w, e, m);
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* What is left of a publisher's correction when no more can be taken back. */
static void beyond(struct work *w, const struct move *m, const struct held *h, int64_t left)
{
    char digits[DEC_TEXT];
    if (left == 0) return;
    add_value(w, m, h, -left, "/beyond", "taken back beyond what there was");
    iati_diag(w->x->r, DIAG_FLAG, "beyond-zero", m->said->line, "transaction/value",
              dec_format(m->said->value.amount, digits),
              "no more taken back than was there; the rest is kept outside every total");
}

static void take_from(struct work *w, const struct move *m, struct held *h)
{
    int64_t left = -m->parts;
    int64_t *pot = m->stage == STAGE_ANNOUNCED   ? &h->announced
                   : m->stage == STAGE_COMMITTED ? &h->committed
                                                 : &h->delivered;
    int64_t part = least(left, *pot);
    *pot -= part;
    add_entry(w, m, h, part, m->stage, STAGE_WITHDRAWN, "/back");
    if (m->stage == STAGE_DELIVERED) { /* what was committed is still: it may be paid again */
        int64_t open = least(part, h->drawn);
        h->drawn -= open;
        h->committed += open;
        add_entry(w, m, h, open, STAGE_WORLD, STAGE_COMMITTED, "/open");
    }
    beyond(w, m, h, left - part);
}

/* Put it where it belongs: out of an earlier stage as far as that reaches, else into the book. */
static void put(struct work *w, const struct move *m, struct held *h, int64_t parts,
                const char *suffix)
{
    int64_t part = 0;
    if (m->stage == STAGE_DELIVERED) {
        part = least(parts, h->committed);
        h->committed -= part;
        parts -= part;
        add_entry(w, m, h, part, STAGE_COMMITTED, m->stage,
                  part > 0 ? TEXT_JOIN(w->a, suffix, "/c") : "");
        h->delivered += part;
        h->drawn += part;
    }
    if (m->stage != STAGE_ANNOUNCED) {
        part = least(parts, h->announced);
        h->announced -= part;
        parts -= part;
        add_entry(w, m, h, part, STAGE_ANNOUNCED, m->stage,
                  part > 0 ? TEXT_JOIN(w->a, suffix, "/a") : "");
        *(m->stage == STAGE_COMMITTED ? &h->committed : &h->delivered) += part;
    }
    add_entry(w, m, h, parts, STAGE_WORLD, m->stage, suffix);
    *(m->stage == STAGE_ANNOUNCED   ? &h->announced
      : m->stage == STAGE_COMMITTED ? &h->committed
                                    : &h->delivered) += parts;
}

static int by_day(const void *x, const void *y)
{
    const struct move *a = x, *b = y;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    if ((a->parts < 0) != (b->parts < 0)) return a->parts < 0 ? 1 : -1;
    if (a->stage != b->stage) return a->stage < b->stage ? -1 : 1;
    return strcmp(a->key, b->key);
}

/* A commitment without a receiver where several are paid: to each line what it will be paid. */
static void spread(struct work *w, const struct move *m)
{
    struct group *g = &w->groups[m->group];
    int64_t left = m->parts;
    while (g->first && left > 0) {
        struct held *h = held_at(w, g->first - 1);
        int64_t part = least(left, h->wanted);
        if (part > 0) {
            h->wanted -= part;
            left -= part;
            put(w, m, h, part, TEXT_JOIN(w->a, "/to/", h->to));
        }
        if (h->wanted > 0) break;
        g->first = h->next;
    }
    if (left) put(w, m, held_at(w, m->line), left, "");
}

static void take_move(struct work *w, const struct move *m)
{
    bool to_all = m->direction == GOES_OUT && m->stage == STAGE_COMMITTED && !*m->receiver &&
                  m->parts > 0 && w->groups[m->group].several;
    if (to_all) {
        spread(w, m);
        return;
    }
    struct held *h = held_at(w, m->line);
    if (m->direction == NO_SUPPORT) {
        unsigned type = type_number(m->said->type);
        add_value(w, m, h, m->parts, "", type ? types[type].about : "a type nobody knows");
    } else if (m->parts < 0) {
        take_from(w, m, h);
    } else {
        put(w, m, h, m->parts, "");
    }
}

/* --- what is asked for once --- */

static void find_participants(struct activity_in *x)
{
    bool several[5] = {false};
    for (uint32_t i = 0; i < x->said->participant_count; i++) {
        const struct iati_org *o = &x->said->participants[i];
        int role = o->role[0] >= '1' && o->role[0] <= '4' && !o->role[1] ? o->role[0] - '0' : 0;
        if (!iati_named(o)) continue;
        several[role] |= x->only[role] && !same_org(x->only[role], o);
        x->only[role] = several[role] ? NULL : x->only[role] ? x->only[role] : o;
    }
}

static void find_once(struct activity_in *x)
{
    const struct iati_activity *s = x->said;
    x->start = IATI_NO_DAY;
    for (uint32_t i = 0; i < s->date_count && x->start == IATI_NO_DAY; i++) {
        const char *type = s->dates[i].type;
        if (strcmp(type, "1") == 0 || strcmp(type, "2") == 0) x->start = s->dates[i].day;
    }
    x->since = DAY_MAX;
    x->until = DAY_MIN;
    for (uint32_t i = 0; i < s->planned_count; i++) {
        const struct iati_planned *p = &s->planned[i];
        if (p->since != IATI_NO_DAY && p->since < x->since) x->since = p->since;
        if (p->until != IATI_NO_DAY && p->until > x->until) x->until = p->until;
    }
    x->humanitarian = is_true(s->humanitarian) || all_humanitarian(&s->sectors);
    find_participants(x);
}

void iati_transactions(struct activity_in *x)
{
    const struct iati_activity *s = x->said;
    struct arena *scratch = &x->r->scratch;
    struct work w = {.x = x, .a = scratch};
    if (!s->transaction_count) return;
    find_once(x);
    w.moves = NEW_ARRAY(scratch, s->transaction_count, struct move);
    for (uint32_t i = 0; i < s->transaction_count; i++) {
        struct move *m = &w.moves[w.count];
        if (!understand(&w, &s->transactions[i], m)) continue;
        m->order = w.count++;
        unsigned type = type_number(m->said->type);
        x->passes_on |= m->direction == COMES_IN && type != 13 && m->parts > 0;
    }
    w.group_names.arena = w.line_names.arena = scratch;
    w.groups = NEW_ARRAY(scratch, w.count + 1, struct group);
    w.held = NEW_ARRAY(scratch, w.count + 1, struct held);
    name_moves(&w);
    if (w.count) qsort(w.moves, w.count, sizeof *w.moves, by_day); /* no longer the file's order */
    for (uint32_t i = 0; i < w.count; i++) find_group(&w, &w.moves[i]);
    for (uint32_t i = 0; i < w.count; i++) find_line(&w, &w.moves[i]);
    for (uint32_t i = 0; i < w.count && !x->too_much; i++) {
        take_move(&w, &w.moves[i]);
        iati_hear_name(x->r, &w.moves[i].said->provider);
        iati_hear_name(x->r, &w.moves[i].said->receiver);
    }
    arena_reset(scratch);
}
