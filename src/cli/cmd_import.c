/*
 * cmd_import.c - muster import: files in, a report of what was taken.
 *
 * Each unit is one commit: a file, a directory, pages of one answer. When
 * somebody else writes meanwhile the unit is worked out anew against what is
 * there then, so nothing is counted twice.
 */
#include <inttypes.h>
#include <string.h>

#include "base/term.h"
#include "base/text.h"
#include "cli/files.h"
#include "cli/heard.h"
#include "cli/kept_codes.h"
#include "cli/opened.h"
#include "post/post.h"
#include "post/stated.h"
#include "record/exchange.h"
#include "source/before.h"
#include "source/mapping.h"

enum { DIAGS_SHOWN = 20, DIAGS_OF_FED = 10000, TRIES = 8 };

struct import_args {
    struct texts files;
    const char *format, *mapping;
    bool dry_run, strict;
};

struct import_work {
    struct context *ctx;
    const struct import_args *args;
    const struct input *mapping; /* with --mapping */
    struct answer *answer;
    struct rows *units, *diags;
    struct before *before; /* what the files of IATI said so far; NULL: there is only one */
    uint64_t found, shown;
    bool fed; /* the unit is a file of any size: not all that is said of it can be listed */
};

/* What was not taken first: a long list of notes must not hide it. */
static const struct {
    enum severity severity;
    const char *word;
} severities[] = {{DIAG_SKIPPED, "skipped"}, {DIAG_FLAG, "flagged"}, {DIAG_NOTE, "note"}};

static uint64_t add_diags(struct import_work *w, const struct intake *in, int which)
{
    uint64_t count = 0;
    for (uint32_t i = 0; in && i < in->diag_count; i++) {
        const struct diag *d = &in->diags[i];
        if (d->severity != severities[which].severity) continue;
        count++;
        w->found++;
        if (w->shown >= (cmd_whole(w->ctx) && !w->fed ? UINT64_MAX
                         : cmd_whole(w->ctx)          ? DIAGS_OF_FED
                                                      : DIAGS_SHOWN)) {
            continue;
        }
        w->shown++;
        struct arena *a = w->ctx->arena; /* an intake that is fed does not last */
        ROW(w->diags, cell_text(severities[which].word), cell_text(arena_text(a, d->file)),
            cell_text(arena_text(a, d->sheet)), d->row ? cell_label(d->row) : cell_null(),
            cell_text(arena_text(a, d->column)), cell_text(arena_text(a, d->rule)),
            cell_text(arena_text(a, d->value)), cell_text(arena_text(a, d->expected)),
            cell_text(arena_text(a, d->party)));
    }
    return count;
}

static void add_row(struct import_work *w, const struct unit *u, const char *format,
                    const struct posted *p, uint64_t rows, uint64_t flagged, uint64_t skipped)
{
    ROW(w->units, cell_text(u->name), cell_text(format), cell_count((i128)rows),
        cell_count(p->added), cell_count(p->same), cell_count(p->restated), cell_count(p->removed),
        cell_count(p->older), cell_count(flagged), cell_count(skipped));
}

static void add_unit(struct import_work *w, const struct unit *u, const char *format,
                     const struct posted *p, const struct intake *in)
{
    uint64_t skipped = add_diags(w, in, 0), flagged = add_diags(w, in, 1);
    add_diags(w, in, 2);
    add_row(w, u, format, p, in ? in->rows_read : p->added + p->same, flagged, skipped);
}

/* --- one commit: a unit, or those of one directory --- */

struct taken {
    struct intake in;
    struct posted posted;
};

/* Lists of codes are read only for those who look codes up. */
static enum rc start_intake(struct import_work *w, const struct opened *o, const struct unit *u,
                            struct arena *a, struct intake *in, struct err *err)
{
    *in = (struct intake){
        .arena = a, .format = u->reader->name, .present_ms = w->ctx->now_ms(), .before = w->before};
    if (strcmp(u->reader->name, "iati") != 0) return RC_OK;
    struct codes *codes;
    enum rc rc = kept_codes(w->ctx->arena, &o->view, INT64_MAX, &codes, err);
    if (!rc) in->codes = codes;
    return rc;
}

static enum rc read_unit(struct import_work *w, const struct opened *o, const struct unit *u,
                         struct intake *in, struct err *err)
{
    enum rc rc = start_intake(w, o, u, w->ctx->arena, in, err);
    if (rc) return rc;
    if (!w->args->mapping) return u->reader->read(u->inputs, u->count, in, err);
    return mapping_read(w->mapping, u->inputs, u->count, in, err);
}

static enum rc nothing_may_be_skipped(const struct import_work *w, const struct intake *in,
                                      struct err *err)
{
    for (uint32_t i = 0; i < in->diag_count; i++) {
        const struct diag *d = &in->diags[i];
        if (d->severity != DIAG_SKIPPED) continue;
        const char *row = d->row ? text_format(w->ctx->arena, ", row %" PRIu32, d->row) : "";
        bool named = strcmp(d->column, d->value) == 0; /* a record, not a cell */
        return fail(err, RC_INPUT, "--strict: %.80s%s%.60s%s%s%.40s, '%.60s': expected %.120s",
                    d->file, *d->sheet ? ", sheet " : "", d->sheet, row,
                    *d->column && !named ? ", column " : "", named ? "" : d->column, d->value,
                    d->expected);
    }
    return RC_OK;
}

/* What else is taken may speak of anything: then what files of IATI said is known no more. */
static void stands(struct import_work *w, const struct unit *u)
{
    if (!w->before) return;
    if (!u->reader || strcmp(u->reader->name, "iati") != 0) before_unsure(w->before);
    before_next(w->before);
}

static enum rc post_units(struct import_work *w, struct opened *o, const struct unit *u,
                          uint32_t count, struct taken *taken, struct err *err)
{
    struct posting p;
    enum rc rc = RC_OK;
    posting_begin(&p, w->ctx->arena, &o->view, w->ctx->now_ms());
    for (uint32_t i = 0; i < count && !rc; i++) {
        struct intake *in = &taken[i].in;
        rc = read_unit(w, o, &u[i], in, err);
        if (rc) break;
        const char *author = text_format(w->ctx->arena, "import:%s", in->format);
        struct progress progress;
        progress_begin(&progress, w->ctx, text_format(w->ctx->arena, "taking %s", u[i].name));
        p.watch = &progress.watch;
        rc = post_intake(&p, in, author, &taken[i].posted, err);
        progress_end(&progress);
        if (!rc && w->args->strict) rc = nothing_may_be_skipped(w, in, err);
        if (!rc && interrupted()) rc = fail(err, RC_ABSENT, "interrupted");
        if (!rc) stands(w, &u[i]);
    }
    return rc || w->args->dry_run ? rc : posting_commit(&p, err);
}

/* What is fed is a file: its bytes, from the beginning as often as they are wanted. */
static size_t file_read(void *file, char *out, size_t room)
{
    return fread(out, 1, room, file);
}

static bool file_again(void *file)
{
    return fseeko(file, 0, SEEK_SET) == 0;
}

static enum rc file_open(const struct unit *u, struct stream *feed, off_t *len, struct err *err)
{
    FILE *f = fopen(u->inputs[0].path, "rb");
    *feed = (struct stream){.read = file_read, .again = file_again, .ctx = f};
    if (f && fseeko(f, 0, SEEK_END) == 0 && (*len = ftello(f)) >= 0) return RC_OK;
    if (f) fclose(f);
    return fail(err, RC_INPUT, "'%.150s' cannot be read", u->inputs[0].path);
}

static enum rc post_exchange_unit(struct import_work *w, struct opened *o, const struct unit *u,
                                  struct posted *posted, struct err *err)
{
    const struct input *in = &u->inputs[0];
    struct exchange_file file = {.name = in->name, .text = in->bytes, .len = in->len};
    struct progress progress;
    struct stream feed;
    off_t len = 0;
    if (u->fed) {
        if (file_open(u, &feed, &len, err)) return RC_INPUT;
        file = (struct exchange_file){.name = in->name, .len = (size_t)len, .feed = &feed};
    }
    progress_begin(&progress, w->ctx, u->name);
    enum rc rc = post_exchange(w->ctx->arena, &o->view, &file, w->ctx->now_ms(), w->args->dry_run,
                               &progress.watch, posted, err);
    stands(w, u);
    progress_end(&progress);
    if (u->fed) fclose(feed.ctx);
    return rc;
}

static int stopped(const struct import_work *w, const struct unit *u)
{
    outf(w->ctx->talk, "muster: stopped; the same import again %s\n",
         u->reader ? "takes what is missing" : "goes on from there");
    return EXIT_INTERRUPTED;
}

/* All of it, again from the start when somebody else wrote meanwhile. */
static enum rc try_units(struct import_work *w, const struct unit *u, uint32_t count,
                         struct taken *taken, int *code, struct err *err)
{
    enum rc rc = RC_RULE;
    for (int i = 0; i < TRIES && rc == RC_RULE; i++) {
        struct opened o;
        *code = opened_begin(w->ctx, !w->args->dry_run, &o);
        if (*code) return RC_STORE;
        if (w->before && i > 0) before_forget(w->before);
        rc = u->reader ? post_units(w, &o, u, count, taken, err)
                       : post_exchange_unit(w, &o, u, &taken->posted, err);
        opened_end(&o);
    }
    return rc;
}

/* Book, drafts and records of a unit go when it is taken; what is said of it stays. */
static int import_units(struct import_work *w, const struct unit *u, uint32_t count)
{
    struct err err = {0};
    struct arena own = {0};
    struct context *ctx = w->ctx, of_unit = *ctx;
    struct taken *taken = NEW_ARRAY(&own, count, struct taken);
    int code = EXIT_DONE;
    of_unit.arena = &own;
    w->ctx = &of_unit;
    enum rc rc = try_units(w, u, count, taken, &code, &err);
    w->ctx = ctx;
    if (of_unit.asked) ctx->asked_ms = book_last_ms(of_unit.asked);
    if (!rc && !u->reader && taken->posted.supposed) {
        answer_note(w->answer,
                    "%" PRIu64 " records of scenarios stay in the book that they branch off",
                    taken->posted.supposed);
    }
    for (uint32_t i = 0; i < count && !rc; i++) {
        add_unit(w, &u[i], u->reader ? taken[i].in.format : "muster", &taken[i].posted,
                 u->reader ? &taken[i].in : NULL);
    }
    arena_free(&own);
    if (code || !rc) return code;
    return interrupted() ? stopped(w, u) : cmd_refuse(ctx, &err);
}

/* --- a file that is fed: as many commits as it takes --- */

struct feeding {
    struct import_work *w;
    const struct unit *u;
    FILE *file;
    struct opened *o;
    struct posting p; /* of a dry run: one for all */
    struct arena of_book;
    struct stated *stated; /* of the book that grows part by part */
    struct posted posted;
    uint64_t rows, flagged, skipped;
    bool only_checked; /* a first time through, for --strict */
};

static size_t feed_read(void *ctx, char *out, size_t room)
{
    return fread(out, 1, room, ((struct feeding *)ctx)->file);
}

static bool feed_again(void *ctx)
{
    struct feeding *f = ctx;
    return fseeko(f->file, 0, SEEK_SET) == 0;
}

static void add_posted(struct posted *sum, const struct posted *p)
{
    sum->added += p->added;
    sum->same += p->same;
    sum->restated += p->restated;
    sum->removed += p->removed;
    sum->older += p->older;
    sum->refused += p->refused;
}

/* One commit; again with a new view when somebody else wrote meanwhile. */
static enum rc post_part(struct feeding *f, struct intake *in, struct posted *posted,
                         struct err *err)
{
    struct context *ctx = f->w->ctx;
    struct arena a = {0};
    enum rc rc = RC_RULE;
    for (int i = 0; i < TRIES && rc == RC_RULE; i++) {
        struct posting p;
        if (i > 0) {
            opened_end(f->o);
            if (opened_begin(ctx, true, f->o)) {
                return fail(err, RC_STORE, "the store cannot be opened again");
            }
        }
        if (!f->stated || i > 0) f->stated = stated_new(&f->of_book, f->o->view.book);
        book_tighten(f->o->view.book);
        posting_begin(&p, &a, &f->o->view, ctx->now_ms());
        p.stated = f->stated;
        p.lent = true; /* the reader holds its intake until it was flushed */
        rc = post_intake(&p, in, text_format(&a, "import:%s", in->format), posted, err);
        if (!rc && interrupted()) rc = fail(err, RC_ABSENT, "interrupted");
        if (!rc) rc = posting_commit(&p, err);
    }
    arena_free(&a);
    return rc;
}

static enum rc feed_flush(void *ctx, struct intake *in, struct err *err)
{
    struct feeding *f = ctx;
    struct posted posted = {0};
    if (interrupted()) return fail(err, RC_ABSENT, "interrupted");
    if (f->only_checked) return nothing_may_be_skipped(f->w, in, err);
    enum rc rc =
        f->w->args->dry_run
            ? post_intake(&f->p, in, text_format(f->p.arena, "import:%s", in->format), &posted, err)
            : post_part(f, in, &posted, err);
    if (rc) return rc;
    add_posted(&f->posted, &posted);
    f->rows = in->rows_read;
    f->skipped += add_diags(f->w, in, 0);
    f->flagged += add_diags(f->w, in, 1);
    add_diags(f->w, in, 2);
    return RC_OK;
}

static enum rc feed_file(struct feeding *f, struct err *err)
{
    struct arena a = {0};
    const struct input *head = &f->u->inputs[0];
    struct stream feed = {feed_read, feed_again, feed_flush, f};
    enum rc rc = RC_OK;
    for (int pass = f->w->args->strict ? 0 : 1; pass < 2 && !rc; pass++) {
        struct intake in;
        f->only_checked = pass == 0;
        rc = start_intake(f->w, f->o, f->u, &a, &in, err);
        if (!rc) rc = f->u->reader->feed(head, &feed, &in, err);
        arena_free(&a);
    }
    return rc;
}

static int import_fed(struct import_work *w, const struct unit *u)
{
    struct err err = {0};
    struct opened o;
    struct feeding f = {.w = w, .u = u, .o = &o};
    w->fed = true;
    int code = opened_begin(w->ctx, !w->args->dry_run, &o);
    if (code) return code;
    f.file = fopen(u->inputs[0].path, "rb");
    enum rc rc =
        f.file ? RC_OK : fail(&err, RC_INPUT, "'%.150s' cannot be read", u->inputs[0].path);
    posting_begin(&f.p, w->ctx->arena, &o.view, w->ctx->now_ms());
    if (!rc) rc = feed_file(&f, &err);
    if (f.file) fclose(f.file);
    arena_free(&f.of_book);
    opened_end(&o);
    if (rc && interrupted()) return stopped(w, u);
    if (rc) return cmd_refuse(w->ctx, &err);
    stands(w, u);
    add_row(w, u, u->reader->name, &f.posted, f.rows, f.flagged, f.skipped);
    return EXIT_DONE;
}

/* --- all of them --- */

static struct answer *new_answer(struct import_work *w)
{
    struct answer *a = answer_new(w->ctx->arena, w->args->dry_run ? "Would take" : "Taken");
    answer_put(a, "dry_run", cell_bool(w->args->dry_run));
    w->units = answer_rows(a, "units");
    rows_columns(w->units, "unit format rows");
    rows_column(w->units, "new", "new records", 0);
    rows_column(w->units, "same", "known", 0);
    rows_columns(w->units, "restated removed older flagged skipped");
    w->diags = answer_rows(a, "diagnostics");
    w->diags->title = "Worth a look";
    w->diags->empty = "nothing to flag";
    rows_columns(w->diags, "severity file sheet row column rule value expected");
    rows_column(w->diags, "party", NULL, COLUMN_NO_TEXT);
    a->main = w->units;
    return a;
}

/* With a mapping file every named file is one unit of that mapping. */
static enum rc mapped_units(struct import_work *w, struct units *out, struct err *err)
{
    struct context *ctx = w->ctx;
    struct unit *u = NEW(ctx->arena, struct unit);
    *out = (struct units){u, 1};
    *u = (struct unit){0};
    u->reader = source_reader_named("mapping");
    u->count = w->args->files.count;
    u->inputs = NEW_ARRAY(ctx->arena, u->count, struct input);
    for (uint32_t i = 0; i < u->count; i++) {
        enum rc rc = file_input(ctx->arena, w->args->files.at[i], &u->inputs[i], err);
        if (rc) return rc;
    }
    u->name =
        u->count == 1 ? u->inputs[0].name : text_format(ctx->arena, "%" PRIu32 " files", u->count);
    return RC_OK;
}

/* A dry run makes no store: where there is none it is tried against an empty book. */
static void stay_dry(struct context *ctx)
{
    struct err ignored;
    struct store *s = NULL;
    enum rc rc = store_open(ctx->arena, ctx->store, false, &s, &ignored);
    if (rc == RC_ABSENT) ctx->store = "memory:";
    if (!rc) store_close(s);
}

/* What stays although a later file was refused. */
static void say_what_stays(const struct import_work *w, const struct units *units, uint32_t done)
{
    struct buf names = {.arena = w->ctx->arena};
    if (done == 0 || w->args->dry_run) return;
    for (uint32_t i = 0; i < done; i++) {
        buf_addf(&names, "%s%s", i ? ", " : "", units->list[i].name);
    }
    outf(w->ctx->talk, "muster: what was named before it was taken: %s\n",
         term_safe(w->ctx->arena, names.text));
}

static enum rc find_units(struct import_work *w, struct units *units, struct err *err)
{
    struct input *map = NEW(w->ctx->arena, struct input);
    if (!w->args->mapping) {
        return files_units(w->ctx->arena, &w->args->files, w->args->format, units, err);
    }
    if (w->args->format && strcmp(w->args->format, "mapping") != 0) {
        return fail(err, RC_ABSENT, "--mapping and --format %.60s: only one of them",
                    w->args->format);
    }
    enum rc rc = file_input(w->ctx->arena, w->args->mapping, map, err);
    w->mapping = map;
    return rc ? rc : mapped_units(w, units, err);
}

/* Whether something was taken in which words are looked for. */
static bool was_said(const struct units *units)
{
    for (uint32_t i = 0; i < units->count; i++) {
        const struct reader *r = units->list[i].reader;
        if (r && strcmp(r->name, "statements") == 0) return true;
    }
    return false;
}

static int run(struct context *ctx, const void *given)
{
    struct import_work w = {.ctx = ctx, .args = given};
    struct err err = {0};
    struct units units;
    enum rc rc = find_units(&w, &units, &err);
    if (rc) return rc == RC_ABSENT ? cmd_misuse(ctx, "%s", err.msg) : cmd_refuse(ctx, &err);
    if (w.args->dry_run) stay_dry(ctx);
    interrupt_catch();
    struct answer *a = new_answer(&w);
    w.answer = a;
    if (units.count > 1) w.before = before_new(ctx->arena);
    for (uint32_t i = 0, count; i < units.count; i += count) {
        const struct unit *u = &units.list[i];
        for (count = 1; u[count - 1].with_next;) count++;
        int code = interrupted()         ? stopped(&w, u)
                   : u->fed && u->reader ? import_fed(&w, u)
                                         : import_units(&w, u, count);
        if (code) {
            say_what_stays(&w, &units, i);
            return code;
        }
    }
    if (w.shown < w.found && !ctx->json) {
        answer_note(a, "%" PRIu64 " more; --json lists all, 'muster flags' keeps them",
                    w.found - w.shown);
    }
    if (!w.args->dry_run && was_said(&units)) heard_refresh(ctx);
    return cmd_answer(ctx, a);
}

const struct command cmd_import = {
    .name = "import",
    .group = GROUP_BOOK,
    .about = "take in flows, IATI, trackers, rates, tables, exchange files",
    .details =
        "The format is told from the content. The files of a directory, or pages of one answer"
        " named together, are one unit: all of it is taken or nothing. Directories in it follow"
        " by name, each a unit of its own.\n\n"
        "The same file again adds nothing. When a publisher revised something, the old entry is"
        " reversed and the new one posted, whatever the order the files come in. What the"
        " publisher computed is kept beside the book as its own figure and never used as an"
        " answer.\n\n"
        "A file that is not what it claims is refused whole (exit 3). A row that cannot be taken"
        " is listed with its place, and the rest is taken.\n\n"
        "Activities and organisations of the IATI standard may be of any version and size. Above"
        " 64 MB a file is checked to its end and then taken in parts, each a commit of its own;"
        " the same import again goes on where it was stopped. 'muster same' lists what looks like"
        " one payment reported twice.",
    .examples = "muster import flows-page-1.json flows-page-2.json\n# pages of one answer\n"
                "muster import --mapping donors.map announcements.csv\n# a table of your own\n",
    .operands =
        (const struct operand[]){
            {"FILE", INTO(struct import_args, files), .help = "files or directories; - is stdin"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"format", INTO(struct import_args, format), .arg = "NAME",
             .help = "take the files as this, whatever they look like"},
            {"mapping", INTO(struct import_args, mapping), .arg = "FILE",
             .help = "a mapping file that says what the columns mean"},
            {"dry-run", INTO(struct import_args, dry_run), .letter = 'n',
             .help = "say what would be taken, and write nothing"},
            {"strict", INTO(struct import_args, strict),
             .help = "take nothing at all when a row cannot be taken (exit 3)"},
            {0},
        },
    .uses = USES_STORE | USES_ANSWER | USES_PROGRESS,
    .args_size = sizeof(struct import_args),
    .run = run,
};
