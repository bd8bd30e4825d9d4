/*
 * intake_post.c - what of an intake is news; see post.h.
 *
 * Drafts are posted when something needs them: a passage or a file is taken
 * up only with the first new record that rests on it, so the same file twice
 * adds nothing, and a file with one changed row adds that row's. Turns of a
 * transcript are passages too, and posted for their own sake: they are what
 * was said, whether or not a statement was found in them.
 */
#include <inttypes.h>
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "post/inside.h"
#include "post/stated.h"

enum { STATES_MAX = 16 }; /* more scopes are single things, which carry their own instants */

/* What a publisher states completely, and when it was stated: here, and in the book. */
struct scope {
    int64_t mine_ms, book_ms;
};

struct work {
    struct posting *p;
    struct intake *in;
    const char *author;
    struct posted *out;
    struct map drafts[KIND_COUNT]; /* key -> index into in->records */
    bool *done;
    const char **refusal; /* by draft: why the book refused it so far; NULL */
    uint32_t refusals;
    struct map scope_names; /* prefix -> index into scopes */
    struct scope *scopes;
    size_t shortest, longest; /* scopes, in bytes */
    const uint32_t *under;    /* nouns of the book that may be in a scope */
    uint32_t under_count;
};

static void flag_refusal(struct work *w, const struct record *draft, const char *why)
{
    const char *key = record_text(draft, F_KEY);
    struct diag d = {.severity = DIAG_SKIPPED,
                     .rule = "breaks-a-rule",
                     .file = w->in->evidence_count ? w->in->evidence[0]->name : "",
                     .column = key ? key : kind_name(draft->kind),
                     .value = key ? key : "",
                     .expected = why};
    w->out->refused++;
    intake_diag(w->in, &d);
}

/* The book does not take the draft now; it may when what is no longer stated has gone. */
static void put_off(struct work *w, uint32_t at, const struct err *err)
{
    w->refusals += !w->refusal[at];
    w->refusal[at] = arena_text(w->p->arena, err->msg);
}

/* --- scopes: what a publisher states completely --- */

/*
 * The longest scope that the key is under, or NULL. Scopes end in '/' or ':';
 * a line whose key and a '/' make a scope is under it too.
 */
static struct scope *scope_of(const struct work *w, const char *key)
{
    char prefix[512];
    struct scope *found = NULL;
    size_t len = strlen(key);
    if (w->in->scope_count == 0 || len + 1 >= sizeof prefix) return NULL;
    for (size_t i = 0; i <= len; i++) {
        prefix[i] = i < len ? key[i] : '/';
        if (i >= w->longest) break;
        if ((prefix[i] != '/' && prefix[i] != ':') || i + 1 < w->shortest) continue;
        prefix[i + 1] = '\0';
        const uint64_t *at = map_get(&w->scope_names, prefix);
        if (at) found = &w->scopes[*at];
    }
    return found;
}

static bool is_stated(enum kind kind)
{
    return kind == KIND_ENTRY || kind == KIND_LINE;
}

static void read_scopes(struct work *w)
{
    const struct book *b = w->p->view->book;
    const struct intake *in = w->in;
    w->scopes = NEW_ARRAY(w->p->arena, in->scope_count + 1, struct scope);
    if (in->scope_count && !w->p->stated) w->p->stated = stated_new(w->p->arena, b);
    w->under =
        stated_under(w->p->stated, w->p->arena, in->scopes, in->scope_count, &w->under_count);
    for (uint32_t i = 0; i < in->scope_count; i++) {
        size_t len = strlen(in->scopes[i]);
        if (len > w->longest) w->longest = len;
        if (i == 0 || len < w->shortest) w->shortest = len;
        map_put(&w->scope_names, in->scopes[i], i);
        w->scopes[i].mine_ms = in->stated_ms;
    }
    for (uint32_t i = 0; i < in->count && in->scope_count; i++) {
        const struct record *draft = in->records[i];
        const char *key = record_text(draft, F_KEY);
        struct scope *s = key && is_stated(draft->kind) ? scope_of(w, key) : NULL;
        int64_t stated = record_int(draft, F_STATED, 0);
        if (s && stated > s->mine_ms) s->mine_ms = stated;
    }
    for (uint32_t i = 0; i < w->under_count; i++) {
        uint32_t noun = w->under[i];
        const char *key = book_key(b, noun);
        bool state = book_kind(b, noun) == KIND_STATEMENT && text_starts(key, STATE_PREFIX);
        if (!state && !is_stated(book_kind(b, noun))) continue;
        struct scope *s = scope_of(w, state ? key + strlen(STATE_PREFIX) : key);
        int64_t stated = book_latest(b, noun)->stated_ms;
        if (s && stated > s->book_ms) s->book_ms = stated;
    }
}

/* Whether the book holds a newer complete statement of what the key belongs to. */
static bool superseded(const struct work *w, const char *key)
{
    const struct scope *s = scope_of(w, key);
    return s && s->book_ms > s->mine_ms;
}

/* --- one draft --- */

static enum rc post_draft(struct work *w, uint32_t at, struct err *err);

/* Post the drafts that this one's references name, passages only if asked. */
static enum rc post_needed(struct work *w, const struct record *draft, bool passages,
                           struct err *err)
{
    for (uint32_t i = 0; i < draft->count; i++) {
        const struct field *f = &draft->fields[i];
        const struct field_rule *rule = &record_fields[f->tag];
        if (rule->type != TYPE_REF || f->n || (f->tag == F_PASSAGE) != passages) continue;
        for (int k = 1; k <= REF_KINDS; k++) {
            if (!(rule->refs & KIND_BIT(ref_kind(k)))) continue;
            const uint64_t *needed = map_get(&w->drafts[ref_kind(k)], f->text);
            if (!needed) continue;
            enum rc rc = post_draft(w, (uint32_t)*needed, err);
            if (rc) return rc;
            break;
        }
    }
    return RC_OK;
}

/* What the draft says, as the book would have it; false if a reference is not there yet. */
static bool digest_of(struct work *w, const struct record *draft, uint8_t out[16])
{
    const struct book *b = w->p->view->book;
    struct record *r = record_lend(w->p->arena, draft);
    for (uint32_t i = 0; i < r->count; i++) {
        struct field *f = &r->fields[i];
        if (record_fields[f->tag].type != TYPE_REF || f->n || f->tag == F_PASSAGE) continue;
        for (int k = 1; k <= REF_KINDS && !f->n; k++) {
            if (!(record_fields[f->tag].refs & KIND_BIT(ref_kind(k)))) continue;
            uint32_t noun = book_noun(b, ref_kind(k), f->text);
            if (noun != NONE) f->n = (int64_t)book_latest(b, noun)->id;
        }
        if (!f->n) return false;
        f->text = NULL;
        f->len = 0;
    }
    record_digest(r, out);
    return true;
}

static const char *restated_why(const struct work *w)
{
    char instant[INSTANT_TEXT];
    if (!w->in->stated_ms) return "restated by the publisher";
    return text_format(w->p->arena, "restated by the publisher, %.10s",
                       instant_format(w->in->stated_ms, instant));
}

/* Whether the publisher's newest complete statement leaves the entry of that key out. */
static bool no_longer_stated(const struct work *w, enum kind kind, const char *key)
{
    return key && scope_of(w, key) && !superseded(w, key) && !map_get(&w->drafts[kind], key);
}

/*
 * Take every live entry of a line back and post them again with the drafts of
 * this intake in their places: the way that always keeps every stage at or
 * above zero on the way.
 */
static enum rc rebuild_line(struct work *w, uint32_t line, struct err *err)
{
    struct posting *p = w->p;
    const uint32_t *live;
    uint32_t count = live_rows(p, line, &live);
    struct record *old = NEW_ARRAY(p->arena, count + 1, struct record);
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < count && !rc; i++) {
        rc = whole_entry(p, live[i], &old[i], err);
        const char *key = rc ? NULL : record_text(&old[i], F_KEY);
        if (!rc) rc = posting_reverse(p, live[i], restated_why(w), w->author, key, NULL, err);
    }
    for (uint32_t i = count; i-- > 0 && !rc;) {
        const char *key = record_text(&old[i], F_KEY);
        if (no_longer_stated(w, KIND_ENTRY, key)) {
            w->out->removed++;
            continue;
        }
        const uint64_t *draft = key ? map_get(&w->drafts[KIND_ENTRY], key) : NULL;
        struct record *again = record_copy(p->arena, draft ? w->in->records[*draft] : &old[i]);
        if (draft) w->done[*draft] = true;
        if (draft) rc = post_needed(w, again, true, err);
        if (!rc) rc = posting_add(p, again, NULL, err);
        if (rc == RC_RULE || rc == RC_ABSENT) {
            if (draft)
                put_off(w, (uint32_t)*draft, err);
            else
                flag_refusal(w, again, err->msg);
            rc = RC_OK;
        } else if (!rc && draft) {
            w->out->restated++;
        }
    }
    return rc;
}

/*
 * Whether the stage that a draft leaves would hold enough for it once the old
 * entry is taken back. Only where that is certain is it refused here, so that
 * a row the book refuses leaves no trace, however often its file comes.
 */
static enum rc check_room(const struct work *w, const struct record *draft, uint32_t row,
                          struct err *err)
{
    const struct book *b = w->p->view->book;
    const struct columns *c = book_columns(b);
    enum stage from = (enum stage)record_int(draft, F_FROM, 0);
    int32_t day = (int32_t)record_int(draft, F_DAY, 0);
    if (from == STAGE_WORLD || row_from(c, row) != from || c->day[row] > day) return RC_OK;
    const struct field *of = record_field(draft, F_LINE);
    uint32_t lines, now = of && of->text ? book_noun(b, KIND_LINE, of->text) : NONE;
    if (book_lines(b, &lines)[c->line[row]].noun != now) return RC_OK; /* it goes to another line */
    i128 room = book_holds(b, c->line[row], from, day) + c->qty[row];
    if (room >= record_int(draft, F_QTY, 0)) return RC_OK;
    return fail(err, RC_RULE, "no more than %s can leave %s; what the book held stays",
                parts_format(w->p->arena, room, 0, 0, 0), stage_name(from));
}

/* A draft entry whose key has a live entry that says something else. */
static enum rc restate_entry(struct work *w, const struct record *draft, uint32_t row,
                             struct err *err)
{
    struct posting *p = w->p;
    uint32_t line = book_columns(p->view->book)->line[row];
    struct err why_not;
    struct record old;
    enum rc rc = draft_check(p, draft, err); /* before anything is taken back for it */
    if (!rc) rc = check_room(w, draft, row, err);
    if (!rc) rc = whole_entry(p, row, &old, err);
    if (rc) return rc;
    rc = posting_reverse(p, row, restated_why(w), w->author, record_text(draft, F_KEY), NULL,
                         &why_not);
    if (rc == RC_RULE) return rebuild_line(w, line, err); /* something rests on the old entry */
    if (rc) {
        *err = why_not;
        return rc;
    }
    rc = posting_add(p, (struct record *)draft, NULL, err);
    w->out->restated += !rc;
    if (rc != RC_RULE) return rc;
    why_not = *err; /* the book refuses the new: what was there stays */
    struct record *again = record_copy(p->arena, &old);
    again->idem = NULL;
    rc = posting_add(p, again, NULL, err);
    if (rc) return rc;
    *err = why_not;
    return RC_RULE;
}

/* Kinds that say what a thing is called: the first publisher's word stands. */
static bool first_stands(enum kind kind)
{
    return kind == KIND_PARTY || kind == KIND_ITEM || kind == KIND_MEMBERSHIP ||
           kind == KIND_SOURCE || kind == KIND_PASSAGE;
}

static enum rc post_news(struct work *w, struct record *draft, bool known, struct err *err)
{
    struct book *b = w->p->view->book;
    enum rc rc = post_needed(w, draft, true, err);
    if (rc) return rc;
    if (known && draft->kind == KIND_LINE) {
        rc = posting_revise_line(w->p, draft, restated_why(w), w->author, NULL, err);
        w->out->restated += !rc;
        return rc;
    }
    if (known && draft->kind == KIND_ENTRY) {
        uint32_t noun = book_noun(b, KIND_ENTRY, record_text(draft, F_KEY));
        uint32_t row = book_row(b, book_latest(b, noun)->id);
        if (!(book_columns(b)->flags[row] & (ROW_REVERSED | ROW_REVERSAL))) {
            return restate_entry(w, draft, row, err);
        }
    }
    rc = posting_add(w->p, draft, NULL, err);
    *(known ? &w->out->restated : &w->out->added) += !rc;
    return rc;
}

/*
 * Whether an entry under a stand-in key is one of this very book, which has no
 * key of its own: the book wrote the file that it now comes back in.
 */
static enum rc came_back(struct work *w, const struct record *draft, bool *out, struct err *err)
{
    struct book *b = w->p->view->book;
    const struct field *line = record_field(draft, F_LINE);
    uint32_t noun = line && line->text ? book_noun(b, KIND_LINE, line->text) : NONE;
    const uint32_t *live;
    *out = false;
    if (noun == NONE) return RC_OK;
    uint32_t count = live_rows(w->p, book_line(b, book_latest(b, noun)->id), &live);
    for (uint32_t i = 0; i < count && !*out; i++) {
        struct record whole;
        enum rc rc = whole_entry(w->p, live[i], &whole, err);
        if (rc) return rc;
        *out = !record_text(&whole, F_KEY) &&
               strcmp(record_stand_in_key(w->p->arena, &whole), record_text(draft, F_KEY)) == 0;
    }
    return RC_OK;
}

static enum rc post_draft(struct work *w, uint32_t at, struct err *err)
{
    struct record *draft = w->in->records[at];
    struct book *b = w->p->view->book;
    const char *key = record_text(draft, F_KEY);
    uint8_t said[16];
    if (w->done[at]) return RC_OK;
    w->done[at] = true;
    if (!key) return fail(err, RC_RULE, "a %s without a natural key", kind_name(draft->kind));
    enum rc rc = post_needed(w, draft, false, err);
    if (rc) return rc;

    uint32_t noun = book_noun(b, draft->kind, key);
    if (noun == NONE && draft->kind == KIND_ENTRY && text_starts(key, RECORD_STAND_IN)) {
        bool back;
        rc = came_back(w, draft, &back, err);
        w->out->same += !rc && back;
        if (rc || back) return rc;
    }
    if (noun == NONE) {
        bool figure = draft->kind == KIND_STATEMENT && stated_is_figure(key);
        if (superseded(w, key) &&
            (figure || draft->kind == KIND_ENTRY || draft->kind == KIND_VALUE)) {
            w->out->older++;
            return RC_OK;
        }
        return post_news(w, draft, false, err);
    }
    const struct latest *latest = book_latest(b, noun);
    if (first_stands(draft->kind)) {
        w->out->same++;
        return RC_OK;
    }
    if (digest_of(w, draft, said) && memcmp(said, latest->said, sizeof latest->said) == 0) {
        uint32_t row = draft->kind == KIND_ENTRY ? book_row(b, latest->id) : NONE;
        bool removed = row != NONE && book_columns(b)->flags[row] & ROW_REVERSAL;
        if (!removed || superseded(w, key)) { /* what a person took back stays taken back */
            w->out->same++;
            return RC_OK;
        }
    }
    if (record_int(draft, F_STATED, 0) < latest->stated_ms || superseded(w, key)) {
        w->out->older++;
        return RC_OK;
    }
    return post_news(w, draft, true, err);
}

/*
 * Take one entry back that the publisher no longer states. What the book does
 * not allow may yet be allowed when other drafts are in: it is told only at the `end`.
 */
static enum rc post_removal(struct work *w, uint32_t row, const char *key, bool end,
                            struct err *err)
{
    enum rc rc = take_back(w->p, row, "no longer stated by the publisher", w->author, key,
                           scope_of(w, key)->mine_ms, err);
    if (rc == RC_RULE && !end) return RC_OK;
    if (rc == RC_RULE) { /* a person moved it on since: say so, change nothing */
        struct diag d = {.severity = DIAG_FLAG,
                         .rule = "removed-but-moved-on",
                         .column = key,
                         .value = key,
                         .expected = err->msg};
        intake_diag(w->in, &d);
        return RC_OK;
    }
    w->out->removed += !rc;
    return rc;
}

/*
 * Entries under a scope that the publisher no longer states: those that left
 * the furthest stage first, since the others may be what they rest on.
 */
static enum rc post_removals(struct work *w, bool end, struct err *err)
{
    struct book *b = w->p->view->book;
    const struct columns *c = book_columns(b);
    uint32_t count = 0, *gone = NEW_ARRAY(w->p->arena, w->under_count + 1, uint32_t);
    for (uint32_t i = 0; i < w->under_count; i++) {
        uint32_t noun = w->under[i];
        if (book_kind(b, noun) != KIND_ENTRY) continue;
        if (!no_longer_stated(w, KIND_ENTRY, book_key(b, noun))) continue;
        uint32_t row = book_row(b, book_latest(b, noun)->id);
        if (!(c->flags[row] & (ROW_REVERSED | ROW_REVERSAL))) gone[count++] = noun;
    }
    for (int from = STAGE_COUNT - 1; from >= 0; from--) {
        for (uint32_t i = 0; i < count; i++) {
            uint32_t row = book_row(b, book_latest(b, gone[i])->id);
            if (c->flags[row] & ROW_REVERSAL || (int)row_from(c, row) != from) continue;
            enum rc rc = post_removal(w, row, book_key(b, gone[i]), end, err);
            if (rc) return rc;
        }
    }
    return RC_OK;
}

/*
 * A value or a figure that the publisher no longer states is a version without
 * amount: what it was is still known, and nothing counts it.
 */
static enum rc unsay(struct work *w, uint32_t noun, enum tag amount, struct err *err)
{
    struct posting *p = w->p;
    const struct record *was = book_version(p->view->book, noun, INT64_MAX);
    if (!was || !record_field(was, amount)) return RC_OK;
    struct record *r = record_new(p->arena, was->kind);
    r->label = was->label;
    for (uint32_t i = 0; i < was->count; i++) {
        const struct field *f = &was->fields[i];
        if (f->tag == amount || f->tag == F_HIGH || f->tag == F_RESOLVED || f->tag == F_STATED ||
            f->tag == F_AUTHOR || f->tag == F_WHY)
            continue;
        if (record_fields[f->tag].type == TYPE_TEXT)
            record_set_text(p->arena, r, f->tag, f->text);
        else
            record_set_int(p->arena, r, f->tag, f->n);
    }
    record_set_text(p->arena, r, F_AUTHOR, w->author);
    record_set_text(p->arena, r, F_WHY, "no longer stated by the publisher");
    int64_t stated_ms = scope_of(w, record_text(was, F_KEY))->mine_ms;
    if (stated_ms) record_set_int(p->arena, r, F_STATED, stated_ms);
    enum rc rc = posting_add(p, r, NULL, err);
    w->out->removed += !rc;
    return rc;
}

static enum rc unsay_values(struct work *w, struct err *err)
{
    struct book *b = w->p->view->book;
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < w->under_count && !rc; i++) {
        uint32_t noun = w->under[i];
        enum kind kind = book_kind(b, noun);
        const char *key = book_key(b, noun);
        bool figure = kind == KIND_STATEMENT && stated_is_figure(key);
        if ((figure || kind == KIND_VALUE) && no_longer_stated(w, kind, key))
            rc = unsay(w, noun, figure ? F_AMOUNT : F_LOW, err);
    }
    return rc;
}

/*
 * What the intake is a state of: its first scope up to the '/', "kiel:29" of
 * "kiel:29/allocations/". NULL when the publisher says no instant: then no
 * state supersedes another.
 */
static const char *series_of(const struct intake *in)
{
    if (!in->scope_count || !in->stated_ms) return NULL;
    size_t len = strcspn(in->scopes[0], "/");
    if (len && in->scopes[0][len - 1] == ':') len--;
    return arena_bytes(in->arena, in->scopes[0], len);
}

/* One statement a scope that it was stated at this intake's instant. */
static void add_states(struct work *w)
{
    struct intake *in = w->in;
    char instant[INSTANT_TEXT];
    if (!in->stated_ms || in->scope_count > STATES_MAX) return;
    for (uint32_t i = 0; i < in->scope_count; i++) {
        struct record *r = intake_add(in, KIND_STATEMENT);
        record_set_text(in->arena, r, F_KEY,
                        text_format(in->arena, STATE_PREFIX "%s@%s", in->scopes[i],
                                    instant_format(in->stated_ms, instant)));
        record_set_text(in->arena, r, F_TYPE, "figure");
        record_set_text(in->arena, r, F_MEASURE, "state");
        record_set_text(in->arena, r, F_SERIES, series_of(in));
        record_set_int(in->arena, r, F_STATED, in->stated_ms);
    }
}

/* Keys of the intake's sources by file name; "" is the first of them. */
static void index_sources(const struct intake *in, struct map *out)
{
    for (uint32_t i = 0; i < in->count; i++) {
        if (in->records[i]->kind != KIND_SOURCE) continue;
        const char *name = record_text(in->records[i], F_ADDRESS);
        if (!map_get(out, "")) map_put(out, "", i);
        if (name && !map_get(out, name)) map_put(out, name, i);
    }
}

/* The source that a diagnostic is about: of its file, else the first. */
static const char *source_of(const struct intake *in, const struct map *sources, const char *file)
{
    const uint64_t *at = map_get(sources, file);
    if (!at) at = map_get(sources, "");
    return at ? record_text(in->records[*at], F_KEY) : NULL;
}

/*
 * What cannot be right, or could not be taken, as records: `flags` shows them
 * later. Each is of one state of its series: a newer state has its own.
 */
static void add_flags(struct work *w, uint32_t first)
{
    struct intake *in = w->in;
    const char *series = series_of(in);
    struct map sources = {.arena = in->arena};
    if (first < in->diag_count) index_sources(in, &sources);
    char instant[INSTANT_TEXT];
    const char *state =
        series ? text_format(in->arena, "@%.10s", instant_format(in->stated_ms, instant)) : "";
    for (uint32_t i = first; i < in->diag_count; i++) {
        const struct diag *d = &in->diags[i];
        if (d->severity == DIAG_NOTE) continue;
        const char *source = source_of(in, &sources, d->file);
        const char *place = text_format(in->arena, "%s%s%s!R%" PRIu32 "!%s", d->file,
                                        *d->sheet ? "!" : "", d->sheet, d->row, d->column);
        const char *passage = source ? intake_passage(in, source, place) : NULL;
        struct record *r = intake_add(in, KIND_FLAG);
        record_set_text(in->arena, r, F_KEY,
                        text_format(in->arena, "%s/%s%s/%s/%s%s%s", d->rule, in->format, state,
                                    place, d->value, d->party ? "/" : "",
                                    d->party ? d->party : ""));
        record_set_text(in->arena, r, F_TYPE, d->rule);
        if (d->party) record_set_key(in->arena, r, F_PARTY, d->party);
        record_set_text(in->arena, r, F_PLACE, place);
        record_set_text(in->arena, r, F_TEXT, d->value);
        record_set_text(in->arena, r, F_NOTE, d->expected);
        record_set_text(in->arena, r, F_SERIES, series);
        if (in->stated_ms) record_set_int(in->arena, r, F_STATED, in->stated_ms);
        record_set_key(in->arena, r, F_PASSAGE, passage);
    }
}

/* Take note of the drafts from that one on. */
static void index_drafts(struct work *w, uint32_t first)
{
    struct intake *in = w->in;
    bool *done = NEW_ARRAY(w->p->arena, in->count + 1, bool);
    if (first) memcpy(done, w->done, first * sizeof *done);
    w->done = done;
    for (uint32_t i = first; i < in->count; i++) {
        const char *key = record_text(in->records[i], F_KEY);
        if (key) map_lend(&w->drafts[in->records[i]->kind], key, i);
    }
}

static enum rc try_draft(struct work *w, uint32_t at, struct err *err)
{
    enum rc rc = post_draft(w, at, err);
    if (rc != RC_RULE && rc != RC_ABSENT) return rc;
    put_off(w, at, err);
    return RC_OK;
}

/*
 * Take back what is no longer stated, and try what was refused again: a
 * delivery under a new key needs the quantity that one under an old key
 * gives up. Until nothing more comes of it; what is left is refused.
 */
static enum rc settle(struct work *w, uint32_t drafts, struct err *err)
{
    enum rc rc = RC_OK;
    for (bool moved = true; !rc && w->refusals && moved;) {
        uint64_t removed = w->out->removed;
        uint32_t refusals = w->refusals;
        rc = post_removals(w, false, err);
        for (uint32_t i = 0; i < drafts && !rc; i++) {
            if (!w->refusal[i]) continue;
            w->refusal[i] = NULL;
            w->refusals--;
            w->done[i] = false;
            rc = try_draft(w, i, err);
        }
        moved = w->out->removed != removed || w->refusals < refusals;
    }
    if (!rc) rc = post_removals(w, true, err);
    for (uint32_t i = 0; i < drafts && !rc; i++) {
        if (w->refusal[i]) flag_refusal(w, w->in->records[i], w->refusal[i]);
    }
    return rc;
}

/* What the book refused is kept as flags too. */
static enum rc flag_refusals(struct work *w, uint32_t told, struct err *err)
{
    uint32_t first = w->in->count;
    enum rc rc = RC_OK;
    add_flags(w, told);
    index_drafts(w, first);
    for (uint32_t i = first; i < w->in->count && !rc; i++) {
        if (w->in->records[i]->kind == KIND_FLAG) rc = post_draft(w, i, err);
    }
    return rc;
}

/*
 * Evidence for other drafts, posted with the first that needs it. A turn of a transcript is not,
 * nor a document that a publisher only names: it has an address and no bytes here.
 */
static bool rests(const struct record *draft)
{
    return (draft->kind == KIND_SOURCE && record_field(draft, F_HASH)) ||
           (draft->kind == KIND_PASSAGE && !record_field(draft, F_TYPE));
}

static bool is_named(const struct book *b, const char *hex)
{
    uint32_t count;
    const struct record *const *all = book_records(b, KIND_SOURCE, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *hash = record_text(all[i], F_HASH);
        if (hash && strcmp(hash, hex) == 0) return true;
    }
    return false;
}

/* Whether the store is without bytes that the log tells of. */
static enum rc is_missed(const struct posting *p, const struct evidence *e, bool *missed,
                         struct err *err)
{
    struct store *store = p->view->store;
    char hex[SHA_HEX];
    const char *bytes;
    uint64_t len;
    *missed = false;
    enum rc rc = store->ops->evidence_part(store, p->arena, e->hash, 0, 0, &bytes, &len, err);
    if (rc != RC_ABSENT) return rc;
    hex_encode(e->hash, SHA_BYTES, hex);
    *missed = is_named(p->view->book, hex);
    return *missed ? RC_OK : store_lost(store, e->hash, missed, err);
}

/* The bytes of what is news; of what is none, those that are missed here. */
static enum rc bring_evidence(struct posting *p, const struct intake *in, bool news,
                              struct err *err)
{
    struct evidence *all =
        NEW_ARRAY(p->arena, p->evidence_count + in->evidence_count + 1, struct evidence);
    if (p->evidence_count) memcpy(all, p->evidence, p->evidence_count * sizeof *all);
    p->evidence = all;
    for (uint32_t i = 0; i < in->evidence_count; i++) {
        struct evidence e = {.bytes = in->evidence[i]->bytes, .len = in->evidence[i]->len};
        bool missed = true;
        sha256(e.bytes, e.len, e.hash);
        enum rc rc = news ? RC_OK : is_missed(p, &e, &missed, err);
        if (rc) return rc;
        if (missed) p->evidence[p->evidence_count++] = e;
    }
    return RC_OK;
}

enum rc post_intake(struct posting *p, struct intake *in, const char *author, struct posted *out,
                    struct err *err)
{
    struct work w = {.p = p, .in = in, .author = author, .out = out};
    uint32_t before = p->count;
    w.scope_names.arena = p->arena;
    for (int kind = 0; kind < KIND_COUNT; kind++) w.drafts[kind].arena = p->arena;
    *out = (struct posted){0};
    add_states(&w);
    add_flags(&w, 0);
    index_drafts(&w, 0);
    read_scopes(&w);
    enum rc rc = RC_OK;
    uint32_t drafts = in->count, told = in->diag_count;
    w.refusal = NEW_ARRAY(p->arena, drafts + 1, const char *);
    for (uint32_t i = 0; i < drafts && !rc; i++) {
        if (rests(in->records[i])) continue;
        rc = try_draft(&w, i, err);
        if (!rc && !watch_step(p->watch, i, drafts)) rc = fail(err, RC_ABSENT, "interrupted");
    }
    if (!rc) rc = settle(&w, drafts, err);
    if (!rc) rc = unsay_values(&w, err);
    if (!rc) rc = flag_refusals(&w, told, err);
    if (!rc) rc = retire_unread(p, in, author, out, err);
    if (!rc) rc = link_issues(p, in, author, err);
    return rc ? rc : bring_evidence(p, in, p->count > before, err);
}
