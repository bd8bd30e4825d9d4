/* ask.c - see ask.h. */
#include "serve/ask.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "cli/host.h"
#include "serve/changed.h"
#include "serve/rights.h"

const char *const kept_params[] = {"effective", "known", "scenario", "currency", NULL};

/* What the host of a command is given. */
struct hosting {
    struct visit *visit;
    struct told *told;
    bool records;
    const struct about *about;
    const char *again;   /* the request's own key, as the log would have it; NULL */
    const char *changed; /* what somebody else changed meanwhile, in words; NULL */
    struct view *pen;    /* the house's, that is recorded in; NULL */
    bool hidden;         /* something was recorded that the visitor may not see */
};

/* --- the store and the view --- */

enum rc visit_store(struct visit *v, struct store **out, struct err *err)
{
    struct desk *d = v->desk;
    if (!d->store) {
        enum rc rc = store_open(&d->arena, v->site->store, false, &d->store, err);
        if (rc) {
            arena_free(&d->arena);
            return rc;
        }
    }
    *out = d->store;
    return RC_OK;
}

/* The last record about it: a version, or an entry of any version of a line. 0: there is none. */
static uint64_t last_about(const struct book *b, const struct about *about)
{
    uint32_t noun = about_noun(b, about), lines;
    if (noun == NONE) return 0;
    uint64_t last = book_latest(b, noun)->id;
    const struct line *line = book_lines(b, &lines);
    const struct columns *c = book_columns(b);
    for (uint32_t i = 0; about->kind == KIND_LINE && i < lines; i++) {
        if (line[i].noun != noun || line[i].last_row == NONE) continue;
        if (c->id[line[i].last_row] > last) last = c->id[line[i].last_row];
    }
    return last;
}

/* RC_RULE when somebody changed it since. */
static enum rc check_unchanged(struct hosting *own, const struct view *view, struct err *err)
{
    struct visit *v = own->visit;
    const struct about *about = own->about;
    struct record r;
    char when[INSTANT_TEXT];
    if (own->again && book_noun(view->book, KIND_REQUEST, own->again) != NONE)
        return RC_OK; /* that was this one */
    uint64_t last = about ? last_about(view->book, about) : 0;
    if (!last || last <= about->seen) return RC_OK;
    enum rc rc = view_record(v->arena, view, last, &r, err);
    if (rc) return rc;
    own->changed = changed_words(v->arena, view->book, about);
    const char *by = record_text(&r, F_AUTHOR), *why = record_text(&r, F_WHY);
    return fail(err, RC_RULE,
                "%.80s was changed since you opened this, by %.60s at %s%s%.60s: look at it"
                " again, then decide",
                about->key, by ? by : "an import", instant_format(r.recorded_ms, when),
                why ? ", because: " : "", why ? why : "");
}

/*
 * Whose eyes a command that records may borrow: a plan is cut into what each
 * giver may see, and only who sees everything has all of theirs.
 */
static enum rc check_eyes(const struct visit *v, const char *as, struct err *err)
{
    bool own = as && v->viewer ? strcmp(as, v->viewer) == 0 : as == v->viewer;
    if (own || !v->viewer) return RC_OK;
    return fail(err, RC_RULE, "this takes an account that sees everything, not a party's");
}

/* Whether the log still has the commit that a view stands at. */
static bool goes_on(struct store *store, const struct view *v)
{
    struct commit c;
    struct err unused;
    if (v->head.last == 0 || !store->ops->commit_at) return true;
    return !store->ops->commit_at(store, v->head.last, &c, &unused) &&
           memcmp(c.root, v->head.root, SHA_BYTES) == 0;
}

/* The pen of the visitor's view, brought to the head. */
static bool take_pen(struct hosting *own, struct store *store, struct view *out)
{
    struct visit *v = own->visit;
    struct err unused;
    struct view *pen = house_write(v->site->house, v->viewer);
    if (!pen) return false;
    pen->store = store;
    if (!goes_on(store, pen) || view_follow(pen, v->viewer, NULL, &unused)) {
        house_written(v->site->house, v->viewer, pen, false);
        return false;
    }
    own->pen = pen;
    own->hidden = false;
    *out = *pen;
    return true;
}

/*
 * A view to record in: the house's pen; else a copy of the one that the visitor
 * reads, brought to the head; a posting that fails is gone with it. Where the log
 * has become another one, or other eyes are asked for, one is opened.
 */
static enum rc view_to_record(struct hosting *own, struct context *ctx, const char *as,
                              struct store *store, struct view *out, struct err *err)
{
    struct visit *v = own->visit;
    bool self = as && v->viewer ? strcmp(as, v->viewer) == 0 : as == v->viewer;
    if (self && v->seat && !ctx->scenario) {
        if (take_pen(own, store, out)) return RC_OK;
        view_copy(ctx->arena, &v->seat->view, store, out);
        if (!view_follow(out, as, NULL, err)) return RC_OK;
        *err = (struct err){0};
    }
    return view_branch(ctx->arena, store, as, ctx->scenario, NULL, out, err);
}

static enum rc lend(const struct host *h, struct context *ctx, struct opened *out, struct err *err)
{
    struct hosting *own = h->ctx;
    struct visit *v = own->visit;
    enum rc rc = visit_store(v, &out->store, err);
    if (rc) return rc;
    if (own->records || ctx->scenario) {
        const char *as = ctx->borrows ? ctx->as : v->viewer;
        rc = check_eyes(v, as, err);
        if (!rc) rc = view_to_record(own, ctx, as, out->store, &out->view, err);
        return rc ? rc : check_unchanged(own, &out->view, err);
    }
    out->view = v->seat->view;
    out->view.store = out->store;
    return RC_OK;
}

/*
 * All stays: the store is the worker's, the view the house's. A pen is clean
 * when nothing was taken up in it that is not in the log, and the head that it
 * stands at is its own last record, or the one it had.
 */
static void give_back(const struct host *h, struct opened *o)
{
    struct hosting *own = h->ctx;
    struct view *pen = own->pen;
    if (!pen || o->view.book != pen->book) return;
    uint64_t head = book_head(o->view.book);
    bool untouched = o->view.head.last == pen->head.last && head <= o->view.head.last;
    bool posted = o->view.head.last > pen->head.last && head == o->view.head.last;
    pen->head = o->view.head;
    own->pen = NULL;
    house_written(own->visit->site->house, own->visit->viewer, pen,
                  (untouched || posted) && !own->hidden);
}

static void take(const struct host *h, const struct context *ctx, const struct answer *w)
{
    const struct hosting *own = h->ctx;
    struct arena *a = own->visit->arena;
    if (own->records) { /* what it is made of goes when the attempt ends */
        struct buf b = {.arena = a};
        answer_json(w, &b);
        own->told->json = b.text;
        return;
    }
    struct answer *kept = NEW(a, struct answer);
    *kept = *w;
    own->told->answer = kept;
    (void)ctx;
}

/* Whether whoever recorded that sees it, told as simply as it can be. */
static bool shows(const struct visit *v, const struct record *r)
{
    if (!v->viewer || strcmp(r->label, "public") == 0) return true;
    return text_starts(r->label, "parties:") &&
           strcmp(r->label + strlen("parties:"), v->viewer) == 0;
}

static enum rc allow(const struct host *h, const struct book *book, const struct record *r,
                     struct err *err)
{
    struct hosting *own = h->ctx;
    const struct account *a = own->visit->account;
    own->hidden |= !shows(own->visit, r);
    if (!a || a->role < ROLE_DESK) return fail(err, RC_RULE, "this account only reads");
    return a->role == ROLE_DESK ? rights_of_desk(book, a->party, r, err) : RC_OK;
}

/* --- running --- */

/* What was said to stderr, as one sentence. */
static const char *plain(struct arena *a, const char *said)
{
    const char *from = text_starts(said, "muster: ") ? said + strlen("muster: ") : said;
    size_t len = strlen(from);
    while (len > 0 && from[len - 1] == '\n') len--;
    char *copy = NEW_ARRAY(a, len + 1, char);
    memcpy(copy, from, len);
    for (size_t i = 0; i < len; i++) {
        if (copy[i] == '\n') copy[i] = ' ';
    }
    return copy;
}

static void run(struct visit *v, const struct texts *words, bool records, const struct about *about,
                struct told *out)
{
    char *answers = NULL, *talks = NULL;
    size_t answer_len = 0, talk_len = 0;
    *out = (struct told){0};
    struct hosting own = {.visit = v, .told = out, .records = records, .about = about};
    if (records && v->account && v->q->idempotency_key) {
        own.again = text_format(v->arena, "%s/%s", v->account->name, v->q->idempotency_key);
    }
    struct host host = {.open = lend,
                        .close = give_back,
                        .take = take,
                        .allow = allow,
                        .viewer = v->viewer,
                        .ctx = &own};
    struct out to = {.file = open_memstream(&answers, &answer_len), .look = {.unicode = true}};
    struct out talk = {.file = open_memstream(&talks, &talk_len), .look = {.unicode = true}};
    if (!to.file || !talk.file) abort();
    struct context ctx = {
        .arena = v->arena,
        .commands = v->site->whole->commands,
        .now_ms = v->site->whole->now_ms,
        .host = &host,
        .out = &to,
        .talk = &talk,
    };
    char **argv = NEW_ARRAY(v->arena, words->count + 2, char *);
    argv[0] = (char[]){"muster"};
    for (uint32_t i = 0; i < words->count; i++) {
        argv[i + 1] = (char *)(uintptr_t)arena_text(v->arena, words->at[i]);
    }
    out->code = cmd_main(&ctx, (int)words->count + 1, argv);
    fclose(to.file);
    fclose(talk.file);
    out->said = arena_bytes(v->arena, answers, answer_len);
    out->why = plain(v->arena, arena_bytes(v->arena, talks, talk_len));
    if (out->code && own.changed && *own.changed) {
        out->why = text_format(v->arena, "%s. What changed: %s.", out->why, own.changed);
    }
    free(answers);
    free(talks);
    if (out->code == EXIT_STORE) { /* a store that failed is opened anew */
        store_close(v->desk->store);
        v->desk->store = NULL;
        arena_free(&v->desk->arena);
    }
}

/* Whether the command that the words call heeds that option of every command. */
static bool heeds(const struct visit *v, const struct texts *words, const char *option)
{
    const struct command *c =
        words->count ? command_named(v->site->whole->commands, words->at[0]) : NULL;
    const struct command *part =
        c && words->count > 1 ? command_named(c->parts, words->at[1]) : NULL;
    if (part) c = part;
    for (const struct opt *o = global_opts; c && o->name; o++) {
        if (strcmp(o->name, option) == 0) return command_heeds(c, o);
    }
    return false;
}

static const char busy[] = "somebody else is planning just now; try again in a few seconds";

/* The options go before the operands: an operand may look like anything. */
void ask_words(struct visit *v, const struct texts *words, struct told *out)
{
    struct texts all = {0};
    for (const char *const *p = kept_params; *p; p++) {
        const char *value = visit_param(v, *p);
        if (!value || strcmp(*p, "currency") == 0 || !heeds(v, words, *p)) continue;
        texts_add(&all, v->arena, text_format(v->arena, "--%s=%s", *p, value));
    }
    for (uint32_t i = 0; i < words->count; i++) texts_add(&all, v->arena, words->at[i]);
    bool plans = words->count && strcmp(words->at[0], "plan") == 0;
    if (plans && atomic_exchange(&v->site->planning, true)) {
        *out = (struct told){.code = EXIT_BUSY, .said = "", .why = busy};
        return;
    }
    run(v, &all, false, NULL, out);
    if (plans) atomic_store(&v->site->planning, false);
}

const char *ask_word(const struct visit *v, const char *word)
{
    const char *open = strchr(word, '{'), *close = open ? strchr(open, '}') : NULL;
    if (!close) return word;
    const char *name = arena_bytes(v->arena, open + 1, (size_t)(close - open - 1));
    size_t len = strcspn(name, "|");
    const char *otherwise = name[len] ? name + len + 1 : NULL;
    name = arena_bytes(v->arena, name, len);
    bool flag = len > 0 && name[len - 1] == '?';
    const char *value = visit_param(v, flag ? arena_bytes(v->arena, name, len - 1) : name);
    if (!value) value = otherwise;
    if (!value) return NULL;
    if (flag) return arena_bytes(v->arena, word, (size_t)(open - word - 1)); /* "--open" */
    return text_format(v->arena, "%.*s%s%s", (int)(open - word), word, value, close + 1);
}

void ask(struct visit *v, const char *line, struct told *out)
{
    struct texts words = {0};
    for (const char *at = line; *at;) {
        size_t len = strcspn(at, " ");
        const char *word = ask_word(v, arena_bytes(v->arena, at, len));
        if (word && *word) texts_add(&words, v->arena, word);
        at += len + strspn(at + len, " ");
    }
    ask_words(v, &words, out);
}

void ask_record(struct visit *v, const struct texts *words, const struct about *about,
                struct told *out)
{
    run(v, words, true, about, out);
    if (out->code == EXIT_DONE) house_look(v->site->house);
}

int ask_status(int code)
{
    switch (code) {
    case EXIT_DONE: return 200;
    case EXIT_FINDING: return 404;
    case EXIT_USAGE: return 400;
    case EXIT_INPUT: return 422;
    case EXIT_BUSY: return 503;
    default: return 500;
    }
}
