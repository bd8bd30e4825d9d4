/*
 * cmd_validate.c - muster validate: does a file keep to IATI 2.03?
 *
 * A verb of its own and no option of import: whoever is about to publish asks
 * before there is anything to import, and about files that no book should
 * take. It opens no store, and reads a file of any size as it goes by.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/files.h"
#include "cli/kept_codes.h"
#include "cli/opened.h"
#include "iati/judge.h"
#include "iati/rules.h"

struct validate_args {
    struct texts files;
    const char *rules, *limit, *codes;
    bool no_schema, no_rules, no_codes, strict, each;
};

struct validating {
    struct context *ctx;
    struct answer *answer;
    struct rows *rows, *files;
    struct judge judge;
    uint64_t limit, errors, warnings, shown;
    struct map told; /* warnings: file, rule, value and place -> row */
    bool each;
    const char *file;
    bool bad; /* a file could not be read to its end */
};

/* --- complaints --- */

/* What a warning has in common with those of other activities: all but which activity it is. */
static const char *in_common(struct arena *a, const struct validating *v, const struct complaint *c)
{
    const char *first = strchr(c->path, '['), *rest = first ? strchr(first, ']') : NULL;
    size_t len = rest ? (size_t)(first - c->path) : strlen(c->path);
    return text_format(a, "%s\n%s\n%s\n%s%s", v->file, c->rule, c->value,
                       arena_bytes(a, c->path, len), rest ? rest : "");
}

enum { TIMES = 9 /* column */ };

/* A warning that was given already, of another activity, is counted there. */
static bool is_counted(struct validating *v, const struct complaint *c)
{
    struct arena scratch = {0};
    if (!c->warning || v->each) return false;
    const char *key = in_common(&scratch, v, c);
    const uint64_t *row = map_get(&v->told, key);
    bool found = row != NULL;
    if (found)
        v->rows->cells[*row * v->rows->column_count + TIMES].number.n++;
    else if (v->rows->count < v->limit)
        map_put(&v->told, key, v->rows->count);
    arena_free(&scratch);
    return found;
}

static void complain(void *ctx, const struct complaint *c)
{
    struct validating *v = ctx;
    struct arena *a = v->ctx->arena;
    bool counted = is_counted(v, c);
    v->shown += counted || v->rows->count < v->limit;
    if (counted || v->rows->count >= v->limit) return;
    ROW(v->rows, cell_text(v->file), cell_label(c->line),
        cell_text(c->warning ? "warning" : "error"), cell_text(complaint_kind_name(c->kind)),
        cell_text(arena_text(a, c->rule)), cell_text(arena_text(a, c->path)),
        cell_text(*c->activity ? arena_text(a, c->activity) : NULL),
        cell_text(*c->value ? arena_text(a, c->value) : NULL), cell_text(arena_text(a, c->expect)),
        cell_count(1));
}

/* --- files --- */

static int feed_file(void *ctx, char *out, int len, struct err *err)
{
    int *fd = ctx;
    ssize_t got;
    do got = read(*fd, out, (size_t)len);
    while (got < 0 && errno == EINTR);
    if (got < 0) fail(err, RC_STORE, "the file could not be read: %s", strerror(errno));
    return (int)got;
}

/* RC_INPUT is said and the next file looked at. */
static enum rc validate_file(struct validating *v, const char *path, struct err *err)
{
    struct judged judged;
    bool stdin_ = strcmp(path, "-") == 0;
    int fd = stdin_ ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail(err, RC_ABSENT, "'%.200s': %s", path, strerror(errno));
    v->file = stdin_ ? "standard input" : path;
    enum rc rc = judge_file(v->ctx->arena, &v->judge, feed_file, &fd, &judged, err);
    if (!stdin_) close(fd);
    v->errors += judged.errors;
    v->warnings += judged.warnings;
    ROW(v->files, cell_text(v->file), cell_text(judged.version), cell_count(judged.activities),
        cell_count(judged.errors), cell_count(judged.warnings),
        cell_text(rc ? arena_text(v->ctx->arena, err->msg) : NULL));
    if (rc) fail_in(err, "'%.200s'", path);
    return rc;
}

static enum rc validate_all(struct validating *v, const struct texts *files, struct err *err)
{
    for (uint32_t i = 0; i < files->count; i++) {
        enum rc rc = validate_file(v, files->at[i], err);
        if (rc && rc != RC_INPUT) return rc;
        if (rc) cmd_refuse(v->ctx, err);
        v->bad |= rc == RC_INPUT;
    }
    return RC_OK;
}

/* --- the answer --- */

static struct answer *answer_begin(struct validating *v)
{
    struct answer *w = answer_new(v->ctx->arena, "Files against IATI 2.03");
    v->files = answer_rows(w, "files");
    rows_columns(v->files, "file version activities errors warnings stopped");
    v->rows = answer_rows(w, "complaints");
    v->rows->empty = "no complaint";
    rows_column(v->rows, "file", NULL, 0);
    rows_columns(v->rows, "line weight kind rule path activity value expected times");
    return w;
}

static enum rc rules_begin(struct validating *v, const struct validate_args *args,
                           const struct codes *codes, struct ruleset **rules, struct err *err)
{
    struct input file;
    if (!args->rules) return ruleset_standard(codes, rules, err);
    enum rc rc = file_input(v->ctx->arena, args->rules, &file, err);
    if (!rc) rc = ruleset_read(file.bytes, file.len, codes, rules, err);
    return rc ? fail_in(err, "'%.200s'", args->rules) : rc;
}

/* The lists built in, and the editions of a book if one is named. */
static int codes_begin(struct context *ctx, const char *book, struct codes **codes)
{
    struct opened o;
    struct err err = {0};
    *codes = codes_new(ctx->arena);
    if (!book) return EXIT_DONE;
    ctx->store = book;
    int code = opened_begin(ctx, false, &o);
    if (code) return code;
    enum rc rc = kept_codes(ctx->arena, &o.view, INT64_MAX, codes, &err);
    opened_end(&o);
    return rc ? cmd_refuse(ctx, &err) : EXIT_DONE;
}

static int finish(struct validating *v, const struct validate_args *args)
{
    uint64_t shown = v->shown, all = v->errors + v->warnings;
    answer_put(v->answer, "errors", cell_count((i128)v->errors));
    answer_put(v->answer, "warnings", cell_count((i128)v->warnings));
    if (shown < all)
        answer_note(v->answer, "%" PRIu64 " complaints more: --limit %" PRIu64 " shows all",
                    all - shown, all);
    int code = cmd_answer(v->ctx, v->answer);
    if (code) return code;
    if (v->bad) return EXIT_INPUT;
    return v->errors || (args->strict && v->warnings) ? EXIT_FINDING : EXIT_DONE;
}

static int run(struct context *ctx, const void *given)
{
    const struct validate_args *args = given;
    struct ruleset *rules = NULL;
    struct err err = {0};
    size_t digits = strspn(args->limit, "0123456789");
    if (!digits || digits > 9 || args->limit[digits])
        return cmd_misuse(ctx, "--limit: '%.40s' is no number of complaints", args->limit);
    struct validating v = {.ctx = ctx,
                           .limit = strtoull(args->limit, NULL, 10),
                           .told = {.arena = ctx->arena},
                           .each = args->each};
    struct codes *codes;
    int code = codes_begin(ctx, args->codes, &codes);
    if (code) return code;
    enum rc rc = args->no_rules ? RC_OK : rules_begin(&v, args, codes, &rules, &err);
    if (rc) return cmd_refuse(ctx, &err);
    v.judge = (struct judge){.schema = !args->no_schema,
                             .rules = rules,
                             .codes = args->no_codes ? NULL : codes,
                             .now_ms = ctx->now_ms(),
                             .complain = complain,
                             .ctx = &v};
    v.answer = answer_begin(&v);
    rc = validate_all(&v, &args->files, &err);
    ruleset_free(rules);
    return rc ? cmd_refuse(ctx, &err) : finish(&v, args);
}

const struct command cmd_validate = {
    .name = "validate",
    .group = GROUP_BOOK,
    .about = "does a file keep to IATI 2.03? each complaint with its place",
    .details =
        "Files of activities and of organisations are held against the official schema, then the"
        " standard ruleset, then the lists of codes. Each complaint has its line, its path, the"
        " rule's name, what stood there and what was expected. All three are built in: nothing is"
        " looked up elsewhere, and no book is needed. A file may be of any size; what is held of"
        " it is one activity.\n\n"
        "Errors are what must be otherwise, warnings what should be. Ends with 0 when there is no"
        " error, 1 when there is one, 3 when a file is not XML or goes beyond a limit. Entities are"
        " never expanded.\n\n"
        "A warning that many activities give for the same value in the same place is one, with the"
        " place of the first and how many times; --each lists all.\n\n"
        "'import' of a 2.03 file flags the same complaints, and takes what is clear.",
    .examples = "muster validate activities.xml\n"
                "muster export --to iati | muster validate -\n# what would be published\n"
                "muster validate --strict --json *.xml\n# for a program; warnings count too\n"
                "muster validate --no-schema --rules ours.json activities.xml\n"
                "# another ruleset\n",
    .operands =
        (const struct operand[]){
            {"FILE", INTO(struct validate_args, files),
             .help = "a file of activities or organisations; '-' is standard input"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"strict", INTO(struct validate_args, strict), .help = "end with 1 on warnings too"},
            {"rules", INTO(struct validate_args, rules), .arg = "FILE",
             .help = "this ruleset instead of the standard one"},
            {"codes", INTO(struct validate_args, codes), .arg = "URL",
             .help = "the lists of codes of this book, where they are newer"},
            {"no-schema", INTO(struct validate_args, no_schema),
             .help = "do not hold files against the schema"},
            {"no-rules", INTO(struct validate_args, no_rules), .help = "try no ruleset"},
            {"no-codes", INTO(struct validate_args, no_codes), .help = "look up no codes"},
            {"each", INTO(struct validate_args, each),
             .help = "list a warning once for each activity that gives it"},
            {"limit", INTO(struct validate_args, limit), .arg = "N", .fallback = "10000",
             .help = "print at most so many complaints"},
            {0},
        },
    .uses = USES_ANSWER,
    .args_size = sizeof(struct validate_args),
    .run = run,
};
