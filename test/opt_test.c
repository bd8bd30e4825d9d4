/*
 * opt_test.c - options, commands, and what is made from their tables.
 *
 * Commands run through cmd_main() as in the program, on streams in memory,
 * with two verbs of the test's own; the last tests hold the real ones to the
 * promises that every verb makes.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/day.h"
#include "base/text.h"
#include "cli/clock.h"
#include "cli/cmd.h"
#include "tap.h"

/* --- two verbs --- */

struct total_args {
    const char *boundary, *reached;
    struct texts by, files;
    bool confirmed, quick;
};

static struct total_args seen;
static struct context seen_ctx;
static int runs;

static int total_run(struct context *ctx, const void *args)
{
    memcpy(&seen, args, sizeof seen);
    seen_ctx = *ctx;
    runs++;
    struct answer *w = answer_new(ctx->arena, "Total");
    answer_put(w, "n", cell_count(1234));
    return cmd_answer(ctx, w);
}

static const struct command total = {
    .name = "total",
    .group = GROUP_ASK,
    .about = "what reached a boundary",
    .details = "One paragraph.\n\nAnd *another* one with under_scores,\n[brackets] and #1.",
    .examples = "# what each donor gave\nmuster total --by donor",
    .operands =
        (const struct operand[]){
            {"FILE", INTO(struct total_args, files), .optional = true, .help = "the files"},
            {0},
        },
    .opts =
        (const struct opt[]){
            {"boundary", INTO(struct total_args, boundary), .letter = 'b', .arg = "RULE",
             .env = "TEST_BOUNDARY", .fallback = "year=2020", .help = "what is inside"},
            {"by", INTO(struct total_args, by), .arg = "WHAT", .help = "a row for each"},
            {"reached", INTO(struct total_args, reached), .arg = "STAGE",
             .choices = "committed delivered", .help = "the stage"},
            {"confirmed", INTO(struct total_args, confirmed), .letter = 'c', .help = "only those"},
            {"quick", INTO(struct total_args, quick), .letter = 'q', .help = "don't look twice"},
            {0},
        },
    .uses = USES_QUESTION,
    .args_size = sizeof(struct total_args),
    .run = total_run,
};

struct add_args {
    const char *key, *name;
};
static struct add_args added;

static int add_run(struct context *ctx, const void *args)
{
    (void)ctx;
    memcpy(&added, args, sizeof added);
    runs++;
    return EXIT_FINDING;
}

static const struct command party_add = {
    .name = "add",
    .about = "add a party",
    .operands =
        (const struct operand[]){
            {"KEY", INTO(struct add_args, key), .help = "what it is called for ever"},
            {"NAME", INTO(struct add_args, name), .optional = true, .help = "its name"},
            {0},
        },
    .uses = USES_ENTRY,
    .args_size = sizeof(struct add_args),
    .run = add_run,
};

static const struct command party = {
    .name = "party",
    .group = GROUP_ENTER,
    .about = "the parties of the book",
    .parts = (const struct command *const[]){&party_add, NULL},
};

static const struct command *const verbs[] = {&total, &party, NULL};

/* --- running --- */

struct ran {
    int code;
    char out[16384], talk[4096];
};

static void read_back(FILE *f, char *to, size_t room)
{
    rewind(f);
    to[fread(to, 1, room - 1, f)] = '\0';
    fclose(f);
}

/* The words of line, split at spaces, as a command line; "_" in a word is a space. */
static bool watched; /* somebody sits before the answer */

static struct ran call_list(const struct command *const *list, const char *line)
{
    static char words[1024];
    char *argv[64] = {NULL};
    int argc = 0;
    snprintf(words, sizeof words, "muster %s", line);
    for (char *w = strtok(words, " "); w; w = strtok(NULL, " ")) {
        for (char *c = w; *c; c++) {
            if (*c == '_') *c = ' ';
        }
        argv[argc++] = w;
    }
    static struct arena arena;
    arena_free(&arena);
    struct out out = {.file = tmpfile(), .terminal = watched}, talk = {.file = tmpfile()};
    struct context ctx = {
        .arena = &arena, .commands = list, .now_ms = clock_now_ms, .out = &out, .talk = &talk};
    struct ran r;
    runs = 0;
    seen = (struct total_args){0};
    r.code = cmd_main(&ctx, argc, argv);
    read_back(out.file, r.out, sizeof r.out);
    read_back(talk.file, r.talk, sizeof r.talk);
    return r;
}

static struct ran call(const char *line)
{
    return call_list(verbs, line);
}

/* --- parsing --- */

static void options_of_every_command_stand_before_or_after_the_verb(void)
{
    static const char *const lines[] = {
        "--store s.db --json total x.csv", "total --store s.db --json x.csv",
        "total x.csv --json --store=s.db", "--json total x.csv --store s.db"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct ran r = call(lines[i]);
        CHECK_I64(r.code, EXIT_DONE);
        CHECK_TEXT(seen_ctx.store, "s.db");
        CHECK_TEXT(r.out, "{\"version\":1,\"n\":1234}\n");
        CHECK_I64(seen.files.count, 1);
    }
    struct ran r = call("--csv total");
    CHECK_TEXT(r.out, "n\r\n1234\r\n");
    r = call("total");
    CHECK_TEXT(r.out, "Total\n\nn  1,234\n");
}

static void values_come_in_every_customary_form(void)
{
    CHECK_I64(call("total --by donor --by=item a -5 --boundary a=b=c - -- --by -c").code, 0);
    CHECK_I64(seen.by.count, 2);
    CHECK_TEXT(seen.by.at[0], "donor");
    CHECK_TEXT(seen.by.at[1], "item");
    CHECK_TEXT(seen.boundary, "a=b=c");
    CHECK_I64(seen.files.count, 5);
    CHECK_TEXT(seen.files.at[1], "-5");
    CHECK_TEXT(seen.files.at[2], "-");
    CHECK_TEXT(seen.files.at[3], "--by");
    CHECK_TEXT(seen.files.at[4], "-c");
    CHECK(!seen.confirmed);

    CHECK_I64(call("total -cqb x").code, 0);
    CHECK(seen.confirmed && seen.quick);
    CHECK_TEXT(seen.boundary, "x");
    CHECK_I64(call("total -bcq").code, 0);
    CHECK(!seen.confirmed && !seen.quick);
    CHECK_TEXT(seen.boundary, "cq");
    CHECK_I64(call("total --boundary one --boundary two --boundary=").code, 0);
    CHECK_TEXT(seen.boundary, ""); /* the last one, even when it is empty */
}

static void many_values_of_a_list_are_all_kept(void)
{
    struct arena a = {0};
    struct texts t = {0};
    for (int i = 0; i < 100; i++) texts_add(&t, &a, text_format(&a, "%d", i));
    for (int i = 0; i < 100; i++) CHECK_I64(atoi(t.at[i]), i);
    arena_free(&a);
}

static void what_is_not_given_comes_from_the_environment_or_the_table(void)
{
    unsetenv("MUSTER_STORE");
    call("total");
    CHECK_TEXT(seen_ctx.store, "muster.db");
    CHECK_TEXT(seen.boundary, "year=2020");
    CHECK(seen.reached == NULL && seen.by.count == 0);
    CHECK(seen_ctx.author && *seen_ctx.author);
    setenv("MUSTER_STORE", "env.db", 1);
    setenv("TEST_BOUNDARY", "env", 1);
    setenv("MUSTER_AUTHOR", "somebody", 1);
    call("total");
    CHECK_TEXT(seen_ctx.store, "env.db");
    CHECK_TEXT(seen.boundary, "env");
    CHECK_TEXT(seen_ctx.author, "somebody");
    call("total --store given.db");
    CHECK_TEXT(seen_ctx.store, "given.db");
    setenv("MUSTER_STORE", "", 1);
    call("total");
    CHECK_TEXT(seen_ctx.store, "muster.db"); /* empty is not set */
    unsetenv("MUSTER_STORE");
    unsetenv("TEST_BOUNDARY");
    unsetenv("MUSTER_AUTHOR");
}

static void wrong_usage_is_exit_2_and_one_sentence_that_helps(void)
{
    static const struct {
        const char *line, *said;
    } cases[] = {
        {"totla", "muster: no command 'totla' (did you mean 'total'?); 'muster help' lists them\n"},
        {"xyzzy", "muster: no command 'xyzzy'; 'muster help' lists them\n"},
        {"total --bye x", "muster: unknown option '--bye' (did you mean '--by'?); "
                          "'muster total --help' says how\n"},
        {"total --effectvie x", "muster: unknown option '--effectvie' (did you mean "
                                "'--effective'?); 'muster total --help' says how\n"},
        {"total -x", "muster: unknown option '-x' in '-x'; 'muster total --help' says how\n"},
        {"total --by", "muster: option '--by' needs a value: --by WHAT; "
                       "'muster total --help' says how\n"},
        {"total --by --json", "muster: option '--by' needs a value: --by WHAT; "
                              "'muster total --help' says how\n"},
        {"total -b", "muster: option '--boundary' needs a value: --boundary RULE; "
                     "'muster total --help' says how\n"},
        {"total --confirmed=yes", "muster: option '--confirmed' takes no value; "
                                  "'muster total --help' says how\n"},
        {"total --reached deliverd",
         "muster: option '--reached' takes committed, delivered, not 'deliverd'; "
         "'muster total --help' says how\n"},
        {"total --reached commit",
         "muster: option '--reached' takes committed, delivered, not 'commit'; "
         "'muster total --help' says how\n"},
        {"total --json --csv", "muster: --json and --csv: only one of them; "
                               "'muster total --help' says how\n"},
        {"total --xlsx --csv", "muster: --xlsx and --csv: only one of them; "
                               "'muster total --help' says how\n"},
        {"total --currency EUR", "muster: option '--currency' means nothing to 'muster total'; "
                                 "'muster total --help' says how\n"},
        {"party add X --as DEU", "muster: option '--as' means nothing to 'muster party add'; "
                                 "'muster party add --help' says how\n"},
        {"--by donor total", "muster: unknown option '--by'; options of one command come after "
                             "its name\n"},
        {"party add", "muster: KEY is missing: what it is called for ever; "
                      "'muster party add --help' says how\n"},
        {"party add K N more", "muster: 'more' is one word too many; "
                               "'muster party add --help' says how\n"},
        {"party", "muster: 'muster party' needs one of: add\n"},
        {"party ad", "muster: 'muster party' has no 'ad' (did you mean 'add'?); it has: add\n"},
        {"total --effective 2024-02-30", NULL},
        {"total --known yesterday", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ran r = call(cases[i].line);
        CHECK_I64(r.code, EXIT_USAGE);
        CHECK_I64(runs, 0);
        CHECK_TEXT(r.out, "");
        if (cases[i].said) CHECK_TEXT(r.talk, cases[i].said);
        CHECK(text_starts(r.talk, "muster: "));
    }
}

static void a_workbook_is_not_for_a_terminal(void)
{
    watched = true;
    struct ran r = call("total --xlsx");
    CHECK_I64(r.code, EXIT_USAGE);
    CHECK_I64(runs, 0);
    CHECK_TEXT(r.talk, "muster: --xlsx: a terminal cannot show a workbook; send it to a file, '> "
                       "answer.xlsx'; 'muster total --help' says how\n");
    call("total --json");
    CHECK_I64(runs, 1);
    watched = false;
    call("total --xlsx");
    CHECK_I64(runs, 1);
}

static void an_error_sentence_cannot_drive_the_terminal(void)
{
    struct ran r = call("total --\x1b[2J\xff\xe2\x80\xae");
    CHECK_I64(r.code, EXIT_USAGE);
    CHECK(strchr(r.talk, '\x1b') == NULL);
    CHECK(text_is_utf8(r.talk, strlen(r.talk)));
    CHECK(strstr(r.talk, "\xe2\x80\xae") == NULL);
}

static void both_clocks_are_read_and_default_to_everything(void)
{
    call("total");
    CHECK_I64(seen_ctx.effective_day, DAY_MAX);
    CHECK(seen_ctx.known_ms == INT64_MAX);
    call("--known 2024-06-30 total --effective 2022-03");
    CHECK_I64(seen_ctx.effective_day, day_from_civil(2022, 3, 31));
    CHECK_I64(seen_ctx.known_ms, (day_from_civil(2024, 7, 1) * MS_PER_DAY) - 1);
    struct ran r = call("total --effective 2024-02-30");
    CHECK(text_starts(r.talk, "muster: --effective: "));
}

static void a_part_of_a_verb_is_found_behind_options(void)
{
    CHECK_I64(call("party --store x.db add NOR Norway").code, EXIT_FINDING);
    CHECK_I64(runs, 1);
    CHECK_TEXT(added.key, "NOR");
    CHECK_TEXT(added.name, "Norway");
    CHECK_I64(call("party add NOR --json").code, EXIT_FINDING);
    CHECK(added.name == NULL);
}

static void refusals_have_their_exit_codes(void)
{
    CHECK_I64(exit_code(RC_OK), 0);
    CHECK_I64(exit_code(RC_RULE), 1);
    CHECK_I64(exit_code(RC_ABSENT), 1);
    CHECK_I64(exit_code(RC_INPUT), 3);
    CHECK_I64(exit_code(RC_STORE), 4);
}

/* --- streams --- */

static void an_answer_that_cannot_be_written_is_told(void)
{
    struct err err = {0};
    struct out full = out_of(fopen("/dev/full", "w"));
    for (int i = 0; i < 10000; i++) out_text(&full, "a row of the answer\n");
    CHECK_I64(full.error, ENOSPC);
    CHECK(out_flush(&full, &err) == RC_STORE);
    CHECK(out_close(&full, &err) == RC_STORE);
    CHECK_TEXT(err.msg, "the answer could not be written: No space left on device");

    struct out late = out_of(fopen("/dev/full", "w")); /* known only when it closes */
    outf(&late, "%d\n", 1);
    CHECK_I64(late.error, 0);
    CHECK(out_close(&late, &err) == RC_STORE);

    int ends[2];
    CHECK(pipe(ends) == 0);
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    struct out broken = out_of(fdopen(ends[1], "w"));
    outf(&broken, "x");
    CHECK(out_close(&broken, &err) == RC_STORE);
    CHECK_TEXT(err.msg, "the answer could not be written: Broken pipe");
}

static void colour_and_blocks_are_for_those_who_can_see_them(void)
{
    FILE *file = tmpfile();
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TERM", "xterm", 1);
    struct out out = out_of(file);
    CHECK(out.look.unicode && !out.look.color && !out.terminal); /* a file has no colour */
    CHECK_I64(out.look.width, 0);
    setenv("TERM", "dumb", 1);
    CHECK(!out_of(file).look.unicode);
    setenv("TERM", "xterm", 1);
    setenv("LC_ALL", "C", 1);
    CHECK(!out_of(file).look.unicode);
    setenv("LC_ALL", "", 1); /* empty is not set: the next one counts */
    setenv("LC_CTYPE", "de_DE.utf8", 1);
    CHECK(out_of(file).look.unicode);
    unsetenv("LC_ALL");
    unsetenv("LC_CTYPE");
    fclose(file);
}

static int progress_in_a_child(bool terminal, bool no_progress)
{
    struct arena a = {0};
    struct out talk = {.file = tmpfile(), .terminal = terminal};
    struct context ctx = {.arena = &a, .talk = &talk, .no_progress = no_progress};
    struct progress p;
    progress_begin(&p, &ctx, "reading \x1b[2J");
    p.start_ms -= 1000; /* as if a second had gone by */
    CHECK(watch_step(&p.watch, 50, 200));
    progress_end(&p);
    char said[512];
    read_back(talk.file, said, sizeof said);
    bool line = strstr(said, "50 of 200 (25 %)") != NULL;
    CHECK(strstr(said, "\x1b[2J") == NULL);
    CHECK(line || !*said);
    CHECK(!line || !strcmp(said + strlen(said) - 4, "\r\x1b[K")); /* wiped at the end */
    arena_free(&a);
    return line;
}

static void progress_is_drawn_on_a_terminal_and_nowhere_else(void)
{
    CHECK(watch_step(NULL, 1, 2));
    CHECK_I64(progress_in_a_child(true, false), 1);
    CHECK_I64(progress_in_a_child(true, true), 0);
    CHECK_I64(progress_in_a_child(false, false), 0);
}

static void the_first_interrupt_is_seen_and_the_second_one_kills(void)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDERR_FILENO);
        struct arena a = {0};
        struct out talk = {.file = stderr};
        struct context ctx = {.arena = &a, .talk = &talk};
        struct progress p;
        progress_begin(&p, &ctx, "x");
        if (interrupted() || !watch_step(&p.watch, 1, 0)) _exit(3);
        raise(SIGINT);
        if (!interrupted() || watch_step(&p.watch, 2, 0)) _exit(4);
        raise(SIGINT);
        _exit(5);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

/* How a child ends that interrupts itself: before, and after, something with progress. */
static int interrupted_child(bool ignored, bool after)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        struct arena a = {0};
        struct out talk = {.file = stderr};
        struct context ctx = {.arena = &a, .talk = &talk};
        struct progress p;
        if (ignored) signal(SIGINT, SIG_IGN);
        progress_begin(&p, &ctx, "x");
        if (after) progress_end(&p);
        raise(SIGINT);
        _exit(interrupted());
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

static void interrupts_are_caught_only_while_a_loop_watches(void)
{
    CHECK_I64(interrupted_child(false, true), SIGINT);
    CHECK_I64(interrupted_child(true, false), 0); /* in the background it is not for us */
}

static void clocks_go_forward(void)
{
    int64_t ticks = clock_ticks_ms(), now = clock_now_ms();
    CHECK(now > day_from_civil(2024, 1, 1) * MS_PER_DAY);
    CHECK(clock_ticks_ms() >= ticks);
}

/* --- what the tables become --- */

static void help_of_a_command_tells_all_of_its_table(void)
{
    struct ran r = call("total --help --by"); /* wrong usage is told first */
    CHECK_I64(r.code, EXIT_USAGE);
    r = call("total --help");
    CHECK_I64(r.code, EXIT_DONE);
    CHECK_I64(runs, 0);
    CHECK_TEXT(r.talk, "");
    CHECK(text_starts(r.out, "usage: muster total [options] [FILE...]\n"));
    CHECK(strstr(
        r.out,
        "  -b, --boundary RULE  what is inside (default: $TEST_BOUNDARY, else year=2020)\n"));
    CHECK(strstr(r.out, "the stage: committed, delivered\n"));
    CHECK(strstr(r.out, "a row for each; may be given several times\n"));
    CHECK(strstr(r.out, "--store URL"));
    CHECK(!strstr(r.out, "--currency")); /* it does not heed it */
    CHECK(strstr(r.out, "examples\n  # what each donor gave\n  muster total --by donor\n"));
    for (const char *line = r.out; *line;) {
        size_t len = strcspn(line, "\n");
        CHECK(len <= 80);
        line += len + 1;
    }
    r = call("party --help");
    CHECK(strstr(r.out, "usage: muster party COMMAND"));
    CHECK(strstr(r.out, "  add         add a party\n"));
    r = call("party add --help");
    CHECK(text_starts(r.out, "usage: muster party add [options] KEY [NAME]\n"));
}

static void muster_alone_lists_every_verb(void)
{
    static const char *const lines[] = {"", "--help", "--json"};
    for (size_t i = 0; i < 3; i++) {
        struct ran r = call(lines[i]);
        CHECK_I64(r.code, EXIT_DONE);
        CHECK(strstr(r.out, "\nquestions\n  total  what reached a boundary\n"));
        CHECK(strstr(r.out, "\nentries\n  party  the parties of the book\n"));
        CHECK(!strstr(r.out, "muster itself"));
    }
    CHECK_TEXT(call("--version").out, "muster " MUSTER_VERSION "\n");
    CHECK_TEXT(call("total --version").out, "muster " MUSTER_VERSION "\n");
    CHECK_I64(runs, 0);
}

/* The test's verbs beside the real ones, so that completion and man see parts and choices. */
static const struct command *const *all_verbs(void)
{
    static const struct command *all[64];
    size_t count = 0;
    for (size_t i = 0; verbs[i]; i++) all[count++] = verbs[i];
    for (size_t i = 0; commands[i] && count < 63; i++) {
        if (!command_named(verbs, commands[i]->name)) all[count++] = commands[i];
    }
    return all;
}

static bool have(const char *program)
{
    char line[128];
    snprintf(line, sizeof line, "command -v %s >/dev/null 2>&1", program);
    return system(line) == 0;
}

/* Feed text to a shell command; its output into said. The exit status. */
static int feed(const char *text, const char *command, char *said, size_t room)
{
    char path[] = "/tmp/muster-test-XXXXXX", line[512];
    int fd = mkstemp(path);
    CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    snprintf(line, sizeof line, "%s <%s 2>&1", command, path);
    fflush(stdout);
    FILE *out = popen(line, "r");
    said[fread(said, 1, room - 1, out)] = '\0';
    int status = pclose(out);
    unlink(path);
    return status;
}

static char script[1048576], said[65536];

static const char *script_of(const char *line)
{
    struct arena a = {0};
    char *argv[] = {(char[]){"muster"}, (char[]){"completion"}, NULL, NULL};
    char word[64];
    snprintf(word, sizeof word, "%s", strchr(line, ' ') + 1);
    argv[1] = text_starts(line, "man") ? (char[]){"man"} : argv[1];
    argv[2] = word;
    struct out out = {.file = tmpfile(), .terminal = watched}, talk = {.file = tmpfile()};
    struct context ctx = {.arena = &a, .commands = all_verbs(), .out = &out, .talk = &talk};
    CHECK_I64(cmd_main(&ctx, 3, argv), EXIT_DONE);
    read_back(out.file, script, sizeof script);
    fclose(talk.file);
    arena_free(&a);
    return script;
}

static void bash_completes_from_the_tables(void)
{
    static const struct {
        const char *words, *want;
        int at;
    } cases[] = {
        {"muster tota", "total", 1},
        {"muster --store x tota", "total", 3},
        {"muster total --confir", "--confirmed", 2},
        {"muster total --reached deli", "delivered", 3},
        {"muster party ad", "add", 2},
        {"muster party add --autho", "--author", 3},
        {"muster party add --boun", "", 3},
    };
    script_of("completion bash");
    size_t len = strlen(script);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(script + len, sizeof script - len,
                 "\nCOMP_WORDS=(%s); COMP_CWORD=%d; _muster; echo \"${COMPREPLY[*]}\"\n",
                 cases[i].words, cases[i].at);
        CHECK_I64(feed(script, "bash", said, sizeof said), 0);
        said[strcspn(said, "\n")] = '\0';
        CHECK_TEXT(said, cases[i].want);
    }
}

static void bash_accepts_its_completion(void)
{
    CHECK_I64(feed(script_of("completion bash"), "bash -n", said, sizeof said), 0);
    CHECK_TEXT(said, "");
}

static void zsh_accepts_its_completion(void)
{
    CHECK_I64(feed(script_of("completion zsh"), "zsh -n", said, sizeof said), 0);
    CHECK_TEXT(said, "");
}

static void fish_accepts_its_completion(void)
{
    CHECK_I64(feed(script_of("completion fish"), "fish --no-execute", said, sizeof said), 0);
    CHECK_TEXT(said, "");
}

static void scdoc_accepts_every_page(void)
{
    char line[128];
    CHECK_I64(feed(script_of("man muster"), "scdoc", said, sizeof said), 0);
    for (const struct command *const *c = all_verbs(); *c; c++) {
        snprintf(line, sizeof line, "man %s", (*c)->name);
        CHECK_I64(feed(script_of(line), "scdoc", said, sizeof said), 0);
        if (!tap_this_ok) {
            printf("# %s: %.200s\n", line, said);
            return;
        }
    }
    feed(script_of("man total"), "scdoc", said, sizeof said);
    CHECK(strstr(said, "And *another* one with under_scores, [brackets] and #1."));
}

static void check_described(const struct command *c, const struct command *whole)
{
    struct arena a = {0};
    struct buf help = {.arena = &a};
    command_help(&a, c, whole, &help);
    CHECK(c->about && *c->about && !strchr(c->about, '\n') && strlen(c->about) <= 66);
    CHECK(c->about[strlen(c->about) - 1] != '.');
    CHECK(c->run || c->parts);
    for (const struct opt *o = c->opts; o && o->name; o++) {
        CHECK(o->help && *o->help);
        CHECK((o->type == OPT_SWITCH) == (o->arg == NULL));
        CHECK(o->at < c->args_size);
        CHECK(strstr(help.text, opt_spelling(&a, o)) != NULL);
        for (const struct opt *g = global_opts; g->name; g++) {
            CHECK(strcmp(g->name, o->name) || !command_heeds(c, g)); /* one meaning for each */
        }
    }
    for (const struct operand *o = c->operands; o && o->name; o++) {
        CHECK(o->help && *o->help);
        CHECK(o->type != OPT_SWITCH);
        CHECK(o->type != OPT_LIST || !o[1].name);           /* a list takes all that are left */
        CHECK(!o->optional || !o[1].name || o[1].optional); /* what must be comes first */
        CHECK(strstr(help.text, o->name) != NULL);
    }
    for (const struct opt *g = global_opts; g->name; g++) {
        bool told = strstr(help.text, text_format(&a, "--%s", g->name)) != NULL;
        CHECK(told || !command_heeds(c, g));
    }
    if (!tap_this_ok) printf("# %s %s\n", whole ? whole->name : "", c->name);
    arena_free(&a);
}

static void every_verb_describes_itself(void)
{
    for (const struct command *const *c = commands; *c && tap_this_ok; c++) {
        check_described(*c, NULL);
        for (const struct command *const *p = (*c)->parts; p && *p; p++) check_described(*p, *c);
    }
    for (const struct opt *o = global_opts; o->name; o++) CHECK(o->help && *o->help);
}

/* RUN where the program is there, and one line where it is not. */
static void run_with(const char *program, void (*test)(void), const char *name)
{
    if (have(program))
        tap_run(test, name);
    else
        printf("ok %d - %s # SKIP no %s\n", ++tap_count, name, program);
}

int main(void)
{
    RUN(options_of_every_command_stand_before_or_after_the_verb);
    RUN(values_come_in_every_customary_form);
    RUN(many_values_of_a_list_are_all_kept);
    RUN(what_is_not_given_comes_from_the_environment_or_the_table);
    RUN(wrong_usage_is_exit_2_and_one_sentence_that_helps);
    RUN(a_workbook_is_not_for_a_terminal);
    RUN(an_error_sentence_cannot_drive_the_terminal);
    RUN(both_clocks_are_read_and_default_to_everything);
    RUN(a_part_of_a_verb_is_found_behind_options);
    RUN(refusals_have_their_exit_codes);
    RUN(an_answer_that_cannot_be_written_is_told);
    RUN(colour_and_blocks_are_for_those_who_can_see_them);
    RUN(progress_is_drawn_on_a_terminal_and_nowhere_else);
    RUN(the_first_interrupt_is_seen_and_the_second_one_kills);
    RUN(interrupts_are_caught_only_while_a_loop_watches);
    RUN(clocks_go_forward);
    RUN(help_of_a_command_tells_all_of_its_table);
    RUN(muster_alone_lists_every_verb);
    RUN(every_verb_describes_itself);
    run_with("bash", bash_accepts_its_completion, "bash_accepts_its_completion");
    run_with("bash", bash_completes_from_the_tables, "bash_completes_from_the_tables");
    run_with("zsh", zsh_accepts_its_completion, "zsh_accepts_its_completion");
    run_with("fish", fish_accepts_its_completion, "fish_accepts_its_completion");
    run_with("scdoc", scdoc_accepts_every_page, "scdoc_accepts_every_page");
    return tap_done();
}
