/*
 * iati.c - files of the IATI standard, of any version, as drafts.
 *
 * Each activity is a publisher's report and states everything under its key:
 * what its next version no longer has was taken back. An activity that stands
 * in one file twice with different transactions is two: the second is called
 * "ID~2" and flagged. Who reports on an activity that carries somebody else's
 * prefix has a key of its own, so that two reports never restate each other.
 *
 * Budgets are what publishers plan and no support: figures, beside the book.
 * So are planned disbursements, but they also say when a line is due.
 * Documents are sources with an address, whose bytes nobody fetches.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "iati/codes.h"
#include "names/names.h"
#include "source/before.h"
#include "source/iati_in.h"
#include "source/readers.h"

struct seen_activity {
    uint64_t key, digest; /* digest 0: a free place */
};

void iati_diag(struct iati_in *r, enum severity severity, const char *rule, uint32_t line,
               const char *path, const char *value, const char *expected)
{
    struct diag d = {.severity = severity,
                     .rule = rule,
                     .file = r->file->name,
                     .row = line,
                     .column = path,
                     .value = iati_cut_short(r, value),
                     .expected = expected};
    intake_diag(r->in, &d);
}

const char *iati_passage(struct iati_in *r, uint32_t line)
{
    char place[32] = "line ", digits[16];
    size_t count = 0, at = 5;
    do digits[count++] = (char)('0' + line % 10);
    while (line /= 10);
    while (count) place[at++] = digits[--count];
    place[at] = '\0';
    return intake_passage(r->in, r->source, place);
}

static bool is_currency(const char *code)
{
    return strlen(code) == 3 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

/* Decimals that are kept of a currency nobody knows. */
static int places_of(const char *currency)
{
    int places = names_currency_places(currency);
    return places < 0 ? 2 : places;
}

const char *iati_money(struct iati_in *r, const char *currency)
{
    const char *key = TEXT_JOIN(r->a, "money/", currency);
    return intake_item(r->in, key, currency, "money", currency, places_of(currency));
}

bool iati_parts(struct iati_in *r, const struct iati_value *v, const char **currency,
                int64_t *parts)
{
    struct err err;
    bool exact;
    *currency = v->currency;
    if (!is_currency(*currency)) {
        iati_diag(r, DIAG_FLAG, "no-currency", v->line, "value/@currency", *currency,
                  "a code of ISO 4217; kept as " NO_CURRENCY);
        *currency = NO_CURRENCY;
    } else if (names_currency_places(*currency) < 0) {
        iati_diag(r, DIAG_FLAG, "unknown-currency", v->line, "value/@currency", *currency,
                  "a code of ISO 4217");
    }
    if (dec_to_parts(v->amount, places_of(*currency), parts, &exact, &err) || *parts == INT64_MIN) {
        iati_diag(r, DIAG_SKIPPED, "overflow", v->line, "value", v->written,
                  "an amount below 90,000,000,000,000,000");
        return false;
    }
    if (!exact) {
        iati_diag(r, DIAG_NOTE, "rounded", v->line, "value", v->written,
                  "no fraction of the minor unit");
    }
    return true;
}

/* Aid is not older than the institutions that give it; what is planned lies some years ahead. */
enum { YEAR_FIRST = 1945, YEARS_AHEAD = 50, YEARS_APART = 10 };

static bool is_likely(const struct iati_in *r, int32_t day)
{
    if (day < day_from_civil(YEAR_FIRST, 1, 1)) return false;
    int64_t now = r->in->present_ms / MS_PER_DAY;
    return now == 0 || day < now + YEARS_AHEAD * INT64_C(366);
}

void iati_likely_day(struct iati_in *r, int32_t day, uint32_t line, const char *path)
{
    char date[DAY_TEXT];
    if (is_likely(r, day)) return;
    iati_diag(r, DIAG_FLAG, "unlikely-date", line, path, day_format(day, date),
              "a date since 1945, and in the next fifty years at most; kept as it is");
}

int32_t iati_value_day(struct iati_in *r, const struct iati_value *v, int32_t own)
{
    char date[DAY_TEXT], instead[DAY_TEXT];
    if (v->day == IATI_NO_DAY || own == IATI_NO_DAY || v->day == own) return IATI_NO_DAY;
    bool near = abs(v->day - own) <= YEARS_APART * 366 || !is_likely(r, own);
    if (near && is_likely(r, v->day)) return v->day;
    iati_diag(r, DIAG_FLAG, "unlikely-value-date", v->line, "value/@value-date",
              day_format(v->day, date),
              text_format(r->a, "a day within ten years of the money's own; the rate of %s holds",
                          day_format(own, instead)));
    return IATI_NO_DAY;
}

/* --- what is kept beside the book --- */

struct figure {
    const char *key, *measure, *text;
    const struct iati_value *value;
    uint32_t line;
    const char *receiver;
    int32_t day;
};

static void add_figure(struct iati_in *r, const struct figure *f, const char *about,
                       const char *reporter, const char *series, int64_t stated_ms)
{
    if (!f->value->has_amount) return;
    struct record *s = intake_add(r->in, KIND_STATEMENT);
    record_set_text(r->a, s, F_KEY, f->key);
    record_set_text(r->a, s, F_TYPE, "figure");
    record_set_text(r->a, s, F_MEASURE, f->measure);
    record_set_key(r->a, s, F_PARTY, reporter);
    record_set_key(r->a, s, F_RECEIVER, f->receiver);
    record_set_dec(r->a, s, F_AMOUNT, f->value->amount);
    record_set_text(r->a, s, F_CURRENCY,
                    is_currency(f->value->currency) ? f->value->currency : NO_CURRENCY);
    if (f->day != IATI_NO_DAY) record_set_int(r->a, s, F_DAY, f->day);
    int32_t valued = f->day == IATI_NO_DAY ? f->value->day : iati_value_day(r, f->value, f->day);
    if (valued != IATI_NO_DAY) record_set_int(r->a, s, F_VALUED, valued);
    if (*f->text) record_set_text(r->a, s, F_TEXT, f->text);
    record_set_text(r->a, s, F_LINK, about);
    record_set_text(r->a, s, F_SERIES, series);
    record_set_key(r->a, s, F_PASSAGE, iati_passage(r, f->line));
    if (stated_ms) record_set_int(r->a, s, F_STATED, stated_ms);
}

/* "2014-01-01/2014-12-31"; an end that is not said is left empty. */
static const char *period_text(struct arena *a, int32_t since, int32_t until)
{
    char from[DAY_TEXT] = "", to[DAY_TEXT] = "";
    if (since != IATI_NO_DAY) day_format(since, from);
    if (until != IATI_NO_DAY) day_format(until, to);
    return TEXT_JOIN(a, from, "/", to);
}

/* The same key a second time gets a number: two budgets of one period are two. */
static const char *once(struct iati_in *r, const char *key)
{
    uint64_t *times = map_get(&r->once, key);
    uint64_t count = times ? *times + 1 : 1;
    map_put(&r->once, key, count);
    return count == 1 ? key : text_format(r->a, "%s/%llu", key, (unsigned long long)count);
}

static const char *budget_word(const char *code, const char *one, const char *two)
{
    if (strcmp(code, "1") == 0) return one;
    return strcmp(code, "2") == 0 ? two : "";
}

static void add_budgets(struct activity_in *x)
{
    struct iati_in *r = x->r;
    for (uint32_t i = 0; i < x->said->budget_count; i++) {
        const struct iati_budget *b = &x->said->budgets[i];
        const char *type = budget_word(b->type, "original", "revised");
        const char *status = budget_word(b->status, "indicative", "committed");
        const char *period = period_text(r->a, b->since, b->until);
        struct figure f = {.measure = text_format(r->a, "budget%s%s%s%s", *type ? "/" : "", type,
                                                  *status ? "/" : "", status),
                           .text = period,
                           .value = &b->value,
                           .line = b->line,
                           .receiver = x->country,
                           .day = b->until};
        f.key = once(r, TEXT_JOIN(r->a, x->key, "/", f.measure, "/", iati_key_part(r->a, period)));
        add_figure(r, &f, x->key, x->reporter, x->series, x->stated_ms);
    }
    for (uint32_t i = 0; i < x->said->planned_count; i++) {
        const struct iati_planned *p = &x->said->planned[i];
        const char *type = budget_word(p->type, "original", "revised");
        const char *period = period_text(r->a, p->since, p->until);
        struct figure f = {
            .measure = text_format(r->a, "planned-disbursement%s%s", *type ? "/" : "", type),
            .text = period,
            .value = &p->value,
            .line = p->line,
            .receiver = iati_named(&p->receiver) ? iati_party(r, &p->receiver) : x->country,
            .day = p->until != IATI_NO_DAY ? p->until : p->since};
        f.key = once(r, TEXT_JOIN(r->a, x->key, "/", f.measure, "/", iati_key_part(r->a, period)));
        add_figure(r, &f, x->key, x->reporter, x->series, x->stated_ms);
    }
}

static void add_documents(struct iati_in *r, const struct iati_document *list, uint32_t count,
                          const char *about, const char *publisher)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct iati_document *d = &list[i];
        if (!*d->url || strlen(d->url) > 2000) continue;
        const char *key = TEXT_JOIN(r->a, "url:", d->url);
        if (map_get(&r->once, key)) continue;
        map_put(&r->once, key, 1);
        const char *title = iati_say(&d->title);
        struct record *s = intake_add(r->in, KIND_SOURCE);
        record_set_text(r->a, s, F_KEY, key);
        record_set_text(r->a, s, F_NAME, *title ? title : d->url);
        record_set_text(r->a, s, F_ADDRESS, d->url);
        record_set_text(r->a, s, F_PUBLISHER, *publisher ? publisher : NULL);
        record_set_text(r->a, s, F_MEDIA, *d->format ? d->format : NULL);
        if (d->day != IATI_NO_DAY) record_set_int(r->a, s, F_DAY, d->day);
        record_set_text(r->a, s, F_LINK, about);
        iati_keep_text(r, s, "title", F_NAME, &d->title);
        iati_keep_text(r, s, "description", F_NOTE, &d->description);
    }
}

/* --- an activity --- */

/* What the activity says of itself, beside its lines. */
static void add_activity(struct activity_in *x)
{
    struct iati_in *r = x->r;
    const struct iati_activity *a = x->said;
    struct record *s = intake_add(r->in, KIND_STATEMENT);
    record_set_text(r->a, s, F_KEY, x->key);
    record_set_text(r->a, s, F_TYPE, "figure");
    record_set_text(r->a, s, F_MEASURE, "activity");
    record_set_key(r->a, s, F_PARTY, x->reporter);
    record_set_key(r->a, s, F_RECEIVER, x->country);
    if (*x->title) record_set_text(r->a, s, F_TEXT, x->title);
    iati_keep_text(r, s, "title", F_TEXT, &a->title);
    iati_keep_descriptions(r, s, a->descriptions, a->description_count);
    for (uint32_t i = 0; i < a->condition_count && i < 20; i++) {
        const char *text = iati_say(&a->conditions[i].text);
        if (!*text) continue;
        record_set_text(r->a, s, F_CONDITION, arena_text(r->a, text));
        if (a->conditions[i].text.count > 1)
            iati_keep_text(r, s, text_format(r->a, "condition-%u", (unsigned)i + 1), F_CONDITION,
                           &a->conditions[i].text);
    }
    iati_keep_codes(r, s, a);
    record_set_text(r->a, s, F_SERIES, x->series);
    record_set_key(r->a, s, F_PASSAGE, x->passage);
    if (x->stated_ms) record_set_int(r->a, s, F_STATED, x->stated_ms);
}

static uint64_t add_hash(uint64_t h, const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        h = (h ^ *p) * UINT64_C(0x100000001b3);
    }
    return (h ^ 0x1f) * UINT64_C(0x100000001b3);
}

/* What two activities of one identifier are compared by. */
static uint64_t digest(const struct iati_activity *a)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (uint32_t i = 0; i < a->transaction_count; i++) {
        const struct iati_transaction *t = &a->transactions[i];
        h = add_hash(h, t->type);
        h = add_hash(h, t->ref);
        h = add_hash(h, t->value.written);
        h = add_hash(h, t->value.currency);
        h = (h ^ (uint32_t)t->day) * UINT64_C(0x100000001b3);
    }
    return h | 1;
}

/* A key for what has no identifier at all: made of what it says of itself. */
static const char *made_up_id(struct iati_in *r, const struct iati_activity *a)
{
    uint64_t h = add_hash(UINT64_C(0xcbf29ce484222325), a->reporter.ref);
    h = add_hash(h, iati_say(&a->reporter.name));
    h = add_hash(h, iati_say(&a->title));
    if (a->description_count) h = add_hash(h, iati_say(&a->descriptions[0].text));
    return text_format(r->a, "untitled-%016llx", (unsigned long long)h);
}

uint64_t iati_hash(const char *text)
{
    uint64_t hash = add_hash(UINT64_C(0xcbf29ce484222325), text);
    return hash ^ hash >> 29;
}

/* Where the digest of that key stands, or may stand: it is 0 then. By hashes, for there are many.
 */
static struct seen_activity *seen_at(struct iati_in *r, uint64_t hash)
{
    if (r->seen_count * 2 >= r->seen_room) {
        struct seen_activity *old = r->seen;
        uint32_t room = r->seen_room;
        r->seen_room = room ? 2 * room : 1024;
        r->seen = NEW_ARRAY(r->lasting, r->seen_room, struct seen_activity);
        for (uint32_t i = 0; i < room; i++) {
            if (!old[i].digest) continue;
            uint32_t at = (uint32_t)old[i].key & (r->seen_room - 1);
            while (r->seen[at].digest) at = (at + 1) & (r->seen_room - 1);
            r->seen[at] = old[i];
        }
        if (old) arena_drop(r->lasting, old);
    }
    uint32_t at = (uint32_t)hash & (r->seen_room - 1);
    while (r->seen[at].digest && r->seen[at].key != hash) at = (at + 1) & (r->seen_room - 1);
    r->seen[at].key = hash;
    return &r->seen[at];
}

static void has_seen(struct iati_in *r, uint64_t key, uint64_t digest)
{
    struct seen_activity *at = seen_at(r, key);
    r->seen_count += !at->digest;
    at->digest = digest;
}

bool iati_stands_at(struct iati_in *r, const struct iati_place *place)
{
    if (place->first) {
        uint64_t first = seen_at(r, place->first)->digest;
        if (!first || first == place->digest) return false;
    }
    const struct seen_activity *there = seen_at(r, place->key);
    if (there->digest) return there->digest == place->digest;
    has_seen(r, place->key, place->digest);
    return true;
}

/* The key; NULL for one that stands in the file already with the same transactions. */
static const char *activity_key(struct iati_in *r, const struct iati_activity *a)
{
    const char *id = *a->id ? a->id : made_up_id(r, a);
    const char *first = iati_activity_key(r->a, id, &a->reporter), *key = first;
    uint64_t here = digest(a), hash = iati_hash(first);
    const uint64_t same = hash * UINT64_C(0x9e3779b97f4a7c15) ^ here, counter = ~hash;
    if (seen_at(r, hash)->digest == here || seen_at(r, same)->digest) {
        iati_note_said(r, NULL);
        iati_diag(r, DIAG_NOTE, "repeated-activity", a->line, "iati-activity", a->id,
                  "each activity once; the same transactions stand in the file before");
        return NULL;
    }
    /* A file may have a hundred thousand of one identifier: it is told how many there were. */
    uint64_t n = seen_at(r, counter)->digest;
    if (n) key = text_format(r->a, "%s~%llu", first, (unsigned long long)++n);
    for (; seen_at(r, iati_hash(key))->digest;
         key = text_format(r->a, "%s~%llu", first, (unsigned long long)n))
        n = n ? n + 1 : 2;
    has_seen(r, same, here);
    has_seen(r, counter, n ? n : 1);
    if (key != first) {
        iati_diag(
            r, DIAG_FLAG, "duplicate-identifier", a->line, "iati-identifier", a->id,
            text_format(r->a, "one activity of that identifier; this one is kept as %s", key));
    }
    const struct iati_place place = {iati_hash(key), here, key == first ? 0 : iati_hash(first)};
    has_seen(r, place.key, here);
    iati_note_said(r, n <= 2 ? &place : NULL); /* of a third, more would have to be known */
    return key;
}

/* When its publisher stated it: the later of what the file and the activity say. */
static int64_t stated(int64_t generated, int64_t updated)
{
    return generated > updated ? generated : updated;
}

/* What was made for the drafts of one intake goes with it. */
static void start_intake(struct iati_in *r)
{
    r->parties = r->once = (struct map){.arena = r->a};
    r->named = NULL;
    r->named_count = r->named_room = 0;
    r->source = r->hex ? intake_source_fed(r->in, r->file, r->hex, "IATI", "application/xml")
                       : intake_source(r->in, r->file, NULL, "IATI", 0, "application/xml");
}

/* Hand the intake on when it is as much as is held at once. */
static enum rc flush_full(struct iati_in *r, struct err *err)
{
    if (!r->feed || r->in->count < FEED_RECORDS) return RC_OK;
    enum rc rc = r->feed->flush(r->feed->ctx, r->in, err);
    if (rc) return rc;
    intake_clear(r->in);
    start_intake(r);
    return RC_OK;
}

static enum rc take_activity(void *ctx, const struct iati_activity *a, struct err *err)
{
    struct iati_in *r = ctx;
    struct activity_in x = {.r = r, .said = a};
    r->is_203 |= strcmp(a->version, "2.03") == 0;
    if (iati_own_records(r, a->rest)) return flush_full(r, err);
    iati_look_up_codes(r, a);
    x.key = activity_key(r, a);
    if (!x.key) {
        r->in->rows_read += a->transaction_count;
        return flush_full(r, err);
    }
    const char *who = *a->reporter.ref ? a->reporter.ref : iati_say(&a->reporter.name);
    x.series = TEXT_JOIN(r->a, "iati:", *who ? who : "-", ":", x.key + strlen("iati:"));
    x.title = iati_cut(r, iati_say(&a->title));
    if (!*x.title) x.title = x.key;
    x.label = iati_cut_short(r, x.title);
    x.reporter = iati_party(r, &a->reporter);
    x.passage = iati_passage(r, a->line);
    x.stated_ms = stated(a->generated_ms, a->updated_ms);
    iati_places(&x);
    add_activity(&x);
    iati_transactions(&x);
    add_budgets(&x);
    add_documents(r, a->documents, a->document_count, x.key, who);
    intake_scope(r->in, TEXT_JOIN(r->a, x.key, "/"));
    if (x.too_much) {
        return fail(err, RC_INPUT,
                    "%.80s, line %u: what the lines of one activity lie in takes more than %d MB",
                    r->file->name, (unsigned)x.too_much, IATI_LINES_BYTES_MAX >> 20);
    }
    return flush_full(r, err);
}

/* --- an organisation --- */

static enum rc take_organisation(void *ctx, const struct iati_organisation *o, struct err *err)
{
    static const char *const measures[] = {"total-budget", "recipient-org-budget",
                                           "recipient-region-budget", "recipient-country-budget",
                                           "total-expenditure"};
    struct iati_in *r = ctx;
    r->is_203 |= strcmp(o->version, "2.03") == 0;
    if (iati_own_records(r, o->rest)) return flush_full(r, err);
    struct iati_org self = {.ref = o->id, .type = o->reporter.type, .name = o->name};
    if (!o->name.count) self.name = o->reporter.name;
    const char *id = *o->id ? o->id : "unknown", *party = iati_party(r, &self);
    const char *key = text_format(r->a, "iati:org:%s", iati_key_part(r->a, id));
    const char *series = text_format(r->a, "iati:%s", id);
    for (uint32_t i = 0; i < o->budget_count; i++) {
        const struct iati_org_budget *b = &o->budgets[i];
        const char *period = period_text(r->a, b->since, b->until), *to = "", *receiver = NULL;
        const struct known_party *place = *b->place.code ? names_party(b->place.code) : NULL;
        r->in->rows_read++;
        r->in->rows_taken += b->value.has_amount;
        if (iati_named(&b->recipient)) {
            receiver = iati_party(r, &b->recipient);
            to = *b->recipient.ref ? b->recipient.ref : iati_say(&b->recipient.name);
        } else if (*b->place.code) {
            if (place) receiver = intake_party(r->in, place->key, place->name, place->type);
            to = b->place.code;
        }
        struct figure f = {.measure = measures[b->kind],
                           .text = period,
                           .value = &b->value,
                           .line = b->line,
                           .receiver = receiver,
                           .day = b->until != IATI_NO_DAY ? b->until : b->since};
        int64_t when = stated(o->generated_ms, o->updated_ms);
        f.key = once(r, text_format(r->a, "%s/%s/%s/%s", key, f.measure, iati_key_part(r->a, to),
                                    iati_key_part(r->a, period)));
        const char *whole = f.key;
        add_figure(r, &f, key, party, series, when);
        for (uint32_t k = 0; k < b->line_count; k++) {
            const struct iati_line *line = &b->lines[k];
            f.key = once(r, text_format(r->a, "%s/line/%s", whole, iati_key_part(r->a, line->ref)));
            f.measure = text_format(r->a, "%s-line", measures[b->kind]);
            f.text = text_format(r->a, "%s %s", period, iati_say(&line->name));
            f.value = &line->value;
            add_figure(r, &f, whole, party, series, when);
        }
    }
    add_documents(r, o->documents, o->document_count, key, id);
    return flush_full(r, err);
}

static enum rc take_beside(void *ctx, const struct iati_node *node, struct err *err)
{
    struct iati_in *r = ctx;
    iati_own_record(r, node);
    return flush_full(r, err);
}

static void take_repair(void *ctx, const struct iati_repair *said)
{
    static const enum severity as[] = {
        [IATI_NOTE] = DIAG_NOTE, [IATI_FLAG] = DIAG_FLAG, [IATI_SKIPPED] = DIAG_SKIPPED};
    struct iati_in *r = ctx;
    iati_diag(r, as[said->severity], said->rule, said->line, said->path, said->value,
              said->expected);
}

/* --- files --- */

struct rest {
    const char *at, *end;
};

static size_t read_rest(void *ctx, char *out, size_t room)
{
    struct rest *f = ctx;
    size_t left = (size_t)(f->end - f->at), part = left < room ? left : room;
    if (part) memcpy(out, f->at, part);
    f->at += part;
    return part;
}

static enum rc read_file(const struct input *file, struct intake *out, const char *encoding,
                         struct iati_read *was, struct err *err)
{
    struct iati_in r = {
        .in = out, .a = out->arena, .file = file, .author = "import:iati", .lasting = out->arena};
    struct rest rest = {file->bytes, file->bytes + file->len};
    struct iati_bytes bytes = {read_rest, &rest, encoding};
    struct iati_listener listener = {&r,          take_activity, take_organisation,
                                     take_repair, take_beside,   iati_known};
    r.codes = out->codes ? out->codes : codes_new(r.a);
    r.told.arena = r.lasting;
    start_intake(&r);
    enum rc rc = iati_read(r.a, file->name, &bytes, &listener, was, err);
    if (!rc) iati_tell_again(&r);
    if (!rc && r.is_203 && !encoding) iati_judge_file(&r);
    arena_free(&r.scratch);
    return rc;
}

/* A file in which nothing is to be taken says so. */
static void tell_empty(const struct input *file, struct intake *out, const struct iati_read *was)
{
    if (was->activities + was->organisations + was->beside) return;
    struct diag d = {.severity = DIAG_NOTE,
                     .rule = "no-activities",
                     .file = file->name,
                     .row = 1,
                     .column = was->root,
                     .value = was->root,
                     .expected = "activities or organisations; there are none in it"};
    intake_diag(out, &d);
}

static void tell_encoding(const struct input *file, struct intake *out, uint32_t line)
{
    struct diag d = {.severity = DIAG_FLAG,
                     .rule = "wrong-encoding",
                     .file = file->name,
                     .row = line,
                     .expected = "text in the encoding it declares; read as windows-1252"};
    intake_diag(out, &d);
}

/*
 * Bytes that are not in the encoding that a file declares are mostly those of
 * Western Windows: then it is read as such, and told.
 */
static enum rc read_one(const struct input *file, struct intake *out, struct err *err)
{
    struct intake before = *out;
    struct iati_read was;
    enum rc rc = read_file(file, out, NULL, &was, err);
    if (rc == RC_INPUT && was.bad_line) {
        struct err ignored;
        struct intake other = before;
        uint32_t line = was.bad_line;
        other.seen = (struct map){0};
        if (out->before) before_forget(out->before);
        if (read_file(file, &other, "windows-1252", &was, &ignored) != RC_OK) return rc;
        *out = other;
        rc = RC_OK;
        tell_encoding(file, out, line);
    }
    if (!rc) tell_empty(file, out, &was);
    return rc;
}

static bool sniff_iati(const struct input *inputs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!iati_sniff(inputs[i].bytes, inputs[i].len)) return false;
    }
    return count == 1;
}

static enum rc read_iati(const struct input *inputs, uint32_t count, struct intake *out,
                         struct err *err)
{
    enum rc rc = RC_OK;
    out->format = "iati";
    for (uint32_t i = 0; i < count && !rc; i++) rc = read_one(&inputs[i], out, err);
    return rc;
}

/* --- files that are fed --- */

struct hashed {
    const struct stream *feed;
    struct sha_stream sha;
};

static size_t read_hashed(void *ctx, char *out, size_t room)
{
    struct hashed *h = ctx;
    size_t got = h->feed->read(h->feed->ctx, out, room);
    sha_add(&h->sha, out, got);
    return got;
}

/* From its first byte to its last, for its form and its digest. */
static enum rc check_fed(struct arena *a, const struct input *head, const struct stream *feed,
                         const char *encoding, char hex[SHA_HEX], struct iati_read *was,
                         struct err *err)
{
    uint8_t digest[SHA_BYTES];
    struct hashed h = {.feed = feed};
    struct iati_bytes bytes = {read_hashed, &h, encoding};
    struct iati_listener nobody = {0};
    if (!feed->again(feed->ctx)) return fail(err, RC_INPUT, "%.80s cannot be read", head->name);
    sha_begin(&h.sha);
    enum rc rc = iati_read(a, head->name, &bytes, &nobody, was, err);
    sha_end(&h.sha, digest);
    hex_encode(digest, SHA_BYTES, hex);
    return rc;
}

static enum rc take_fed(struct arena *a, const struct input *head, const struct stream *feed,
                        const char *encoding, const char *hex, struct intake *out,
                        struct iati_read *was, struct err *err)
{
    struct iati_in r = {.in = out,
                        .a = out->arena,
                        .file = head,
                        .author = "import:iati",
                        .feed = feed,
                        .hex = hex,
                        .lasting = a};
    struct iati_bytes bytes = {feed->read, feed->ctx, encoding};
    struct iati_listener listener = {&r,          take_activity, take_organisation,
                                     take_repair, take_beside,   iati_known};
    if (!feed->again(feed->ctx)) return fail(err, RC_INPUT, "%.80s cannot be read", head->name);
    r.codes = out->codes ? out->codes : codes_new(a);
    r.told.arena = r.lasting;
    start_intake(&r);
    enum rc rc = iati_read(a, head->name, &bytes, &listener, was, err);
    if (!rc) iati_tell_again(&r);
    if (!rc && r.is_203 && !encoding) iati_judge_file(&r);
    arena_free(&r.scratch);
    return rc;
}

static enum rc feed_iati(const struct input *head, const struct stream *feed, struct intake *out,
                         struct err *err)
{
    struct arena a = {0};
    struct iati_read was;
    char hex[SHA_HEX];
    const char *encoding = NULL;
    uint32_t bad_line = 0;
    out->format = "iati";
    enum rc rc = check_fed(&a, head, feed, NULL, hex, &was, err);
    if (rc == RC_INPUT && was.bad_line) {
        struct err ignored;
        bad_line = was.bad_line;
        encoding = "windows-1252";
        if (check_fed(&a, head, feed, encoding, hex, &was, &ignored) == RC_OK) rc = RC_OK;
    }
    if (!rc) rc = take_fed(&a, head, feed, encoding, hex, out, &was, err);
    if (!rc && bad_line) tell_encoding(head, out, bad_line);
    if (!rc) tell_empty(head, out, &was);
    if (!rc) rc = feed->flush(feed->ctx, out, err);
    arena_free(&a);
    return rc;
}

const struct reader iati_reader = {
    .name = "iati",
    .about = "activities and organisations of the IATI standard, 1.01 to 2.03: XML",
    .sniff = sniff_iati,
    .read = read_iati,
    .feed = feed_iati,
};
