/* entry.c - recording: the attempt, its evidence, its label, what is printed. See entry.h. */
#include "cli/entry.h"

#include <inttypes.h>
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "cli/host.h"
#include "names/names.h"

/* So many others would have to write first, each time. */
enum { TRIES = 100 };

int32_t entry_today(const struct entry *e)
{
    return (int32_t)(e->posting.now_ms / MS_PER_DAY);
}

enum rc entry_text(struct entry *e, const char *what, const char *typed, const char **out,
                   struct err *err)
{
    const char *clean;
    if (text_clean(e->arena, typed, strlen(typed), &clean, err)) return fail_in(err, "%s", what);
    *out = text_squeeze(e->arena, clean);
    return **out ? RC_OK : fail(err, RC_INPUT, "%s is empty", what);
}

/* --- evidence --- */

/* A draft that carries the label of what it is the evidence for. */
static struct record *evidence_draft(struct entry *e, enum kind kind, const char *key)
{
    struct record *r = record_new(e->arena, kind);
    r->label = e->label;
    record_set_text(e->arena, r, F_KEY, key);
    record_set_text(e->arena, r, F_AUTHOR, e->author);
    return r;
}

/* Post it, unless the book has one of that key. */
static enum rc post_once(struct entry *e, struct record *draft, uint64_t *id, struct err *err)
{
    uint32_t noun = book_noun(e->book, draft->kind, record_text(draft, F_KEY));
    if (noun == NONE) return posting_add(&e->posting, draft, id, err);
    *id = book_latest(e->book, noun)->id;
    return RC_OK;
}

static enum rc named_passage(struct entry *e, uint64_t *id, struct err *err)
{
    uint32_t noun;
    enum rc rc =
        noun_find(e->arena, e->book, KIND_PASSAGE, "--passage", e->given->passage, &noun, err);
    if (!rc) *id = book_latest(e->book, noun)->id;
    return rc;
}

/* The same citation, given again, is the same source. */
static const char *cited_key(struct entry *e, const char *cite, const char *address, int32_t day)
{
    uint8_t hash[SHA_BYTES];
    char hex[SHA_HEX];
    const char *all =
        text_format(e->arena, "%s\n%s\n%s\n%" PRId32, e->label, cite, address ? address : "", day);
    sha256(all, strlen(all), hash);
    hex_encode(hash, SHA_BYTES, hex);
    return text_format(e->arena, "cite:%.24s", hex);
}

static enum rc cited_passage(struct entry *e, uint64_t *id, struct err *err)
{
    const struct entry_args *g = e->given;
    const char *cite, *address = NULL, *speaker = NULL;
    int32_t day = DAY_MAX;
    enum precision precision;
    enum rc rc = entry_text(e, "--cite", g->cite, &cite, err);
    if (!rc && g->address) rc = entry_text(e, "--address", g->address, &address, err);
    if (!rc && g->speaker) rc = entry_text(e, "--speaker", g->speaker, &speaker, err);
    if (!rc && g->said_on) rc = entry_day("--said-on", g->said_on, false, &day, &precision, err);
    if (rc) return rc;

    const char *key = cited_key(e, cite, address, day);
    struct record *source = evidence_draft(e, KIND_SOURCE, key);
    record_set_text(e->arena, source, F_NAME, cite);
    record_set_text(e->arena, source, F_ADDRESS, address);
    if (day != DAY_MAX) record_set_int(e->arena, source, F_DAY, day);
    uint64_t at = 0;
    rc = post_once(e, source, &at, err);
    if (rc) return rc;
    struct record *passage = evidence_draft(
        e, KIND_PASSAGE, text_format(e->arena, "%s#%s", key, speaker ? speaker : "text"));
    record_set_ref(e->arena, passage, F_SOURCE, at);
    record_set_text(e->arena, passage, F_SPEAKER, speaker);
    return post_once(e, passage, id, err);
}

/* Nobody else is cited: the author's own word, one source and passage for all of it. */
static enum rc own_passage(struct entry *e, uint64_t *id, struct err *err)
{
    bool open = strcmp(e->label, "public") == 0;
    const char *key = text_format(e->arena, "desk:%s%s%s%s", e->author, open ? "" : " (",
                                  open ? "" : e->label, open ? "" : ")");
    struct record *source = evidence_draft(e, KIND_SOURCE, key);
    record_set_text(e->arena, source, F_NAME, text_format(e->arena, "entered by %s", e->author));
    record_set_text(e->arena, source, F_PUBLISHER, e->author);
    uint64_t at = 0;
    enum rc rc = post_once(e, source, &at, err);
    if (rc) return rc;
    struct record *passage =
        evidence_draft(e, KIND_PASSAGE, text_format(e->arena, "%s#own word", key));
    record_set_ref(e->arena, passage, F_SOURCE, at);
    record_set_text(e->arena, passage, F_SPEAKER, e->author);
    return post_once(e, passage, id, err);
}

static enum rc evidence(struct entry *e, uint64_t *id, struct err *err)
{
    if (e->given->passage) return named_passage(e, id, err);
    if (e->given->cite) return cited_passage(e, id, err);
    return own_passage(e, id, err);
}

/* What says where the words were said needs the words. */
static enum rc check_evidence(const struct entry_args *g, struct err *err)
{
    const char *alone = g->address   ? "--address"
                        : g->speaker ? "--speaker"
                        : g->said_on ? "--said-on"
                                     : NULL;
    if (g->passage && g->cite) return fail(err, RC_INPUT, "--passage and --cite: only one of them");
    if (alone && !g->cite) return fail(err, RC_INPUT, "%s goes with --cite", alone);
    return RC_OK;
}

/* --- label --- */

/* The parties of "DEU,Poland" by their keys, which must be in the book. */
static enum rc label_keys(struct entry *e, const char *list, struct buf *out, struct err *err)
{
    for (;;) {
        size_t len = strcspn(list, ",");
        const char *name = text_squeeze(e->arena, arena_bytes(e->arena, list, len));
        uint32_t party;
        enum rc rc = noun_find(e->arena, e->book, KIND_PARTY, "--label", name, &party, err);
        if (rc) return rc;
        buf_add(out, book_key(e->book, party));
        if (!list[len]) return RC_OK;
        buf_add(out, ",");
        list += len + 1;
    }
}

/* A label that names nobody would hide the record from everybody; so it is looked up. */
static enum rc read_label(struct entry *e, const char *typed, struct err *err)
{
    const char *label;
    struct buf b = {.arena = e->arena};
    enum rc rc = entry_text(e, "--label", typed, &label, err);
    if (rc) return rc;
    e->label = label;
    if (strcmp(label, "public") == 0) return RC_OK;
    const char *head = text_starts(label, "group:")     ? "group:"
                       : text_starts(label, "parties:") ? "parties:"
                                                        : NULL;
    const char *rest = head ? label + strlen(head) : NULL;
    bool one = head && strcmp(head, "group:") == 0;
    if (!rest || !*rest || (one && strchr(rest, ','))) {
        return fail(err, RC_INPUT, "--label is public, group:KEY or parties:KEY,KEY, not '%.60s'",
                    label);
    }
    buf_add(&b, head);
    rc = label_keys(e, rest, &b, err);
    e->label = b.text;
    return rc;
}

/* --- posting --- */

void entry_recorded(struct entry *e, uint64_t id)
{
    if (e->id_count == e->id_room) {
        uint32_t room = e->id_room ? e->id_room * 2 : 8;
        uint64_t *grown = NEW_ARRAY(e->arena, room, uint64_t);
        if (e->id_count) memcpy(grown, e->ids, e->id_count * sizeof *grown);
        e->ids = grown;
        e->id_room = room;
    }
    e->ids[e->id_count++] = id;
}

void entry_note(struct entry *e, const char *note)
{
    texts_add(&e->notes, e->arena, note);
}

void draft_drop(struct record *r, enum tag tag)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag != tag) r->fields[kept++] = r->fields[i];
    }
    r->count = kept;
}

static void replace_text(struct entry *e, struct record *r, enum tag tag, const char *text)
{
    if (!text) return;
    draft_drop(r, tag);
    record_set_text(e->arena, r, tag, text);
}

/* Who says so, on what evidence, and who may see it. */
static enum rc sign(struct entry *e, struct record *r, struct err *err)
{
    uint64_t passage = 0;
    enum rc rc = evidence(e, &passage, err);
    if (rc) return rc;
    r->label = e->label;
    replace_text(e, r, F_AUTHOR, e->author);
    replace_text(e, r, F_NOTE, e->note);
    replace_text(e, r, F_WHY, e->why);
    draft_drop(r, F_PASSAGE);
    record_set_ref(e->arena, r, F_PASSAGE, passage);
    return RC_OK;
}

/* "line/7", after the id that it will have. */
static const char *fresh_key(struct entry *e, enum kind kind)
{
    uint64_t id = e->opened.view.head.last + e->posting.count + 1;
    const char *key = text_format(e->arena, "%s/%" PRIu64, kind_name(kind), id);
    while (book_noun(e->book, kind, key) != NONE) key = text_format(e->arena, "%s+", key);
    return key;
}

enum rc entry_add(struct entry *e, struct record *draft, uint64_t *id, struct err *err)
{
    uint64_t mine;
    enum rc rc = sign(e, draft, err);
    if (rc) return rc;
    const uint32_t named = KIND_BIT(KIND_LINE) | KIND_BIT(KIND_NEED) | KIND_BIT(KIND_LOT) |
                           KIND_BIT(KIND_PRICE) | KIND_BIT(KIND_ROUTE) | KIND_BIT(KIND_BUDGET) |
                           KIND_BIT(KIND_PLANT);
    if (named & KIND_BIT(draft->kind) && !record_text(draft, F_KEY)) {
        record_set_text(e->arena, draft, F_KEY, fresh_key(e, draft->kind));
    }
    rc = posting_add(&e->posting, draft, &mine, err);
    if (rc) return rc;
    entry_recorded(e, mine);
    if (id) *id = mine;
    return RC_OK;
}

enum rc entry_revise(struct entry *e, struct record *draft, struct err *err)
{
    uint64_t mine;
    enum rc rc = sign(e, draft, err);
    if (rc) return rc;
    /* A file that stated it earlier does not undo what a person says now. */
    draft_drop(draft, F_STATED);
    record_set_int(e->arena, draft, F_STATED, e->posting.now_ms);
    rc = draft->kind == KIND_LINE
             ? posting_revise_line(&e->posting, draft, e->why, e->author, &mine, err)
             : posting_add(&e->posting, draft, &mine, err);
    if (!rc) entry_recorded(e, mine);
    return rc;
}

/* --- attempts --- */

static enum rc prepare(struct entry *e, enum entry_way way, struct err *err)
{
    const struct entry_args *g = e->given;
    e->label = "public";
    e->revising = way == ENTRY_REVISE;
    enum rc rc = check_evidence(g, err);
    if (!rc) rc = entry_text(e, "--author", e->ctx->author, &e->author, err);
    if (!rc && g->note) rc = entry_text(e, "--note", g->note, &e->note, err);
    if (!rc && g->why) rc = entry_text(e, "--why", g->why, &e->why, err);
    if (!rc && e->revising && !e->why) {
        rc = fail(err, RC_INPUT, "--why is missing: the reason for the change");
    }
    if (!rc && g->label) rc = read_label(e, g->label, err);
    return rc;
}

static void put_recorded(const struct entry *e, struct rows *rows, uint64_t id)
{
    const struct record *r = e->posting.records[id - e->posting.records[0]->id];
    ROW(rows, cell_label((i128)id), cell_text(kind_name(r->kind)),
        cell_text(record_text(r, F_KEY)));
}

static bool asked_for(const struct entry *e, uint64_t id)
{
    for (uint32_t i = 0; i < e->id_count; i++) {
        if (e->ids[i] == id) return true;
    }
    return false;
}

/* What was asked for first, then what had to come with it. */
static int say_recorded(const struct entry *e, uint32_t count)
{
    struct answer *w = answer_new(e->arena, e->dry_run ? "Would record" : "Recorded");
    struct rows *rows = answer_rows(w, "recorded");
    rows_columns(rows, "id kind key");
    for (uint32_t i = 0; i < e->id_count; i++) put_recorded(e, rows, e->ids[i]);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t id = e->posting.records[i]->id;
        bool told = e->posting.records[i]->kind == KIND_REQUEST || asked_for(e, id);
        if (!told) put_recorded(e, rows, id);
    }
    for (uint32_t i = 0; i < e->notes.count; i++) answer_note(w, "%s", e->notes.at[i]);
    return cmd_answer(e->ctx, w);
}

static int refuse(struct context *ctx, const struct err *err)
{
    return err->code == RC_INPUT ? cmd_misuse(ctx, "%s", err->msg) : cmd_refuse(ctx, err);
}

/* --- once for a key --- */

/* *before: it was recorded already; NULL: it is to be. */
static enum rc begin_once(struct entry *e, const struct record **before, struct err *err)
{
    const char *once = NULL, *eyes = e->ctx->host ? e->ctx->host->viewer : NULL;
    *before = NULL;
    if (!e->ctx->request) return RC_OK;
    enum rc rc = entry_text(e, "--request", e->ctx->request, &once, err);
    if (rc) return rc;
    struct request r = {.key = text_format(e->arena, "%s/%s", e->author, once),
                        .author = e->author,
                        .label = eyes ? text_format(e->arena, "parties:%s", eyes) : "owner",
                        .asked = e->ctx->words};
    if (strlen(r.key) > REQUEST_KEY_MAX) {
        return fail(err, RC_INPUT, "--request takes a shorter key than '%.60s...'", once);
    }
    return posting_once(&e->posting, &r, before, err);
}

/* What was recorded then: every posting has an instant of its own. */
static int say_before(struct entry *e, const struct record *request)
{
    struct answer *w = answer_new(e->arena, "Recorded before");
    struct rows *rows = answer_rows(w, "recorded");
    struct err err = {0};
    rows_columns(rows, "id kind key");
    for (uint64_t id = request->id + 1; id <= e->opened.view.head.last; id++) {
        struct record r;
        if (view_record(e->arena, &e->opened.view, id, &r, &err)) return cmd_refuse(e->ctx, &err);
        if (r.recorded_ms != request->recorded_ms) break;
        ROW(rows, cell_label((i128)id), cell_text(kind_name(r.kind)),
            cell_text(record_text(&r, F_KEY)));
    }
    return cmd_answer(e->ctx, w);
}

/* Whether whoever runs the command lets this person record all of it. */
static enum rc allowed(const struct entry *e, struct err *err)
{
    const struct host *h = e->ctx->host;
    enum rc rc = RC_OK;
    for (uint32_t i = 0; h && h->allow && i < e->posting.count && !rc; i++) {
        rc = h->allow(h, e->book, e->posting.records[i], err);
    }
    return rc;
}

/* Once: the exit code, or -1 when somebody else wrote meanwhile. */
static int attempt(struct context *ctx, enum entry_way way, entry_fn *fn, const void *args,
                   const struct entry_args *given, bool last)
{
    struct err err = {0};
    struct entry e = {.ctx = ctx, .arena = ctx->arena, .given = given};
    int code = opened_begin(ctx, way == ENTRY_ADD, &e.opened);
    if (code) return code;
    e.book = e.opened.view.book;
    posting_begin(&e.posting, ctx->arena, &e.opened.view, ctx->now_ms());
    const struct record *before = NULL;
    enum rc rc = prepare(&e, way, &err);
    if (!rc) rc = begin_once(&e, &before, &err);
    if (!rc && before) {
        code = say_before(&e, before);
        opened_end(&e.opened);
        return code;
    }
    if (!rc) rc = fn(&e, args, &err);
    if (rc) {
        opened_end(&e.opened);
        return refuse(ctx, &err);
    }
    uint32_t count = e.posting.count;
    rc = allowed(&e, &err);
    if (rc) {
        opened_end(&e.opened);
        return refuse(ctx, &err);
    }
    rc = e.dry_run ? RC_OK : posting_commit(&e.posting, &err);
    opened_end(&e.opened);
    if (rc == RC_RULE && !last) return -1;
    return rc ? refuse(ctx, &err) : say_recorded(&e, count);
}

int entry_run(struct context *ctx, enum entry_way way, entry_fn *fn, const void *args,
              const struct entry_args *given)
{
    int code = -1;
    for (int i = 1; i <= TRIES && code < 0; i++) {
        struct arena own = {0};
        struct context once = *ctx;
        once.arena = &own;
        code = attempt(&once, way, fn, args, given, i == TRIES);
        arena_free(&own);
    }
    return code;
}
