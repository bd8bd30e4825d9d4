/*
 * cmd_user.c - muster user: who may log in to the pages, and who did what there.
 *
 * Here the first administrator is made: whoever may write the file of accounts
 * is trusted, and nobody can be asked before there is one. What is changed here
 * is noted in the audit trail under the name of the shell.
 */
#include <inttypes.h>
#include <string.h>

#include "accounts/accounts.h"
#include "base/day.h"
#include "base/dec.h"
#include "base/text.h"
#include "cli/accounts_file.h"
#include "cli/cmd.h"
#include "cli/secret.h"
#include "names/names.h"

enum { DAYS_MAX = 3650 };

struct user_args {
    const char *accounts, *name, *role, *party, *label, *days, *since, *who;
    bool password, no_party;
};

/* A verb at work. */
struct desk {
    struct context *ctx;
    const struct user_args *args;
    struct accounts *accounts;
    struct answer *answer;
    const char *verb; /* as the audit trail names it; NULL: nothing is changed */
    const char *what;
    bool found; /* a finding that the answer shows: exit 1 */
};

typedef enum rc act_fn(struct desk *d, struct err *err);

/* --- open, act, note, answer --- */

static enum rc note(struct desk *d, struct err *err)
{
    const struct context *ctx = d->ctx;
    struct audited row = {
        .at_ms = ctx->now_ms(),
        .who = text_format(ctx->arena, "shell:%s", ctx->author),
        .verb = d->verb,
        .what = d->what ? d->what : d->args->name,
        .outcome = "done",
    };
    if (accounts_audit(d->accounts, &row, err)) return fail_in(err, "done, but not noted");
    return RC_OK;
}

static int with_accounts(struct context *ctx, const void *args, bool create, const char *verb,
                         act_fn *act)
{
    struct err err = {0};
    struct desk d = {
        .ctx = ctx, .args = args, .answer = answer_new(ctx->arena, NULL), .verb = verb};
    const char *path;
    enum rc rc = accounts_file(ctx, d.args->accounts, &path, &err);
    if (rc) return cmd_misuse(ctx, "%s", err.msg);
    rc = accounts_open(ctx->arena, path, create, NULL, &d.accounts, &err);
    if (rc == RC_ABSENT) {
        rc = fail(&err, RC_STORE,
                  "there is no file of accounts '%.120s'; 'muster user add' makes"
                  " one",
                  path);
    }
    if (!rc) rc = act(&d, &err);
    if (!rc && verb) rc = note(&d, &err);
    accounts_close(d.accounts);
    if (rc) return cmd_refuse(ctx, &err);
    int code = cmd_answer(ctx, d.answer);
    return code ? code : d.found ? EXIT_FINDING : EXIT_DONE;
}

static const char *instant(struct arena *a, int64_t ms)
{
    char text[INSTANT_TEXT];
    return ms && ms != INT64_MAX ? arena_text(a, instant_format(ms, text)) : NULL;
}

static enum rc shown(struct desk *d, struct err *err)
{
    struct account a;
    enum rc rc = accounts_find(d->accounts, d->ctx->arena, d->args->name, &a, err);
    if (rc) return rc;
    answer_put(d->answer, "user", cell_text(a.name));
    answer_put(d->answer, "role", cell_text(role_name(a.role)));
    answer_put(d->answer, "party", cell_text(a.party));
    answer_put(d->answer, "disabled", cell_bool(a.disabled));
    return RC_OK;
}

/* "Germany" is DEU; what nobody knows is taken as the key it may be. */
static const char *party_key(const char *typed)
{
    const struct known_party *known = typed ? names_party(typed) : NULL;
    return known ? known->key : typed;
}

/* --- add, change, disable, enable --- */

static enum rc ask_password(struct desk *d, struct err *err)
{
    char password[SECRET_ROOM];
    enum rc rc = secret_read(d->ctx, text_format(d->ctx->arena, "Password for %s: ", d->args->name),
                             password, err);
    if (!rc) rc = accounts_password(d->accounts, d->args->name, password, err);
    secret_forget(password, sizeof password);
    return rc;
}

static const char *described(struct desk *d, struct err *err)
{
    struct account a;
    if (accounts_find(d->accounts, d->ctx->arena, d->args->name, &a, err)) return d->args->name;
    return text_format(d->ctx->arena, "%s %s %s%s", a.name, role_name(a.role),
                       a.party ? a.party : "-", a.disabled ? " disabled" : "");
}

static enum rc add(struct desk *d, struct err *err)
{
    const struct user_args *args = d->args;
    char password[SECRET_ROOM];
    enum rc rc = RC_OK;
    /* The password first: a user without the one that was asked for is nobody's wish. */
    if (args->password) {
        rc = secret_read(d->ctx, text_format(d->ctx->arena, "Password for %s: ", args->name),
                         password, err);
        if (!rc) rc = password_check(password, err);
    }
    if (!rc) {
        rc = accounts_add(d->accounts, args->name, (enum role)role_named(args->role),
                          party_key(args->party), err);
    }
    if (!rc && args->password) rc = accounts_password(d->accounts, args->name, password, err);
    secret_forget(password, sizeof password);
    if (!rc) d->what = described(d, err);
    if (!rc && !args->password) {
        answer_note(d->answer, "has no password yet: 'muster user password %s' sets one",
                    args->name);
    }
    return rc ? rc : shown(d, err);
}

static enum rc change(struct desk *d, struct err *err)
{
    const struct user_args *args = d->args;
    struct account_change to = {
        .set_role = args->role != NULL,
        .set_party = args->party || args->no_party,
        .party = party_key(args->party),
    };
    if (args->party && args->no_party) {
        return fail(err, RC_INPUT, "--party and --no-party: only one of them");
    }
    if (!to.set_role && !to.set_party) {
        return fail(err, RC_INPUT, "nothing to change: --role, --party or --no-party says what");
    }
    if (to.set_role) to.role = (enum role)role_named(args->role);
    enum rc rc = accounts_change(d->accounts, args->name, &to, err);
    if (!rc) d->what = described(d, err);
    return rc ? rc : shown(d, err);
}

static enum rc able(struct desk *d, bool disabled, struct err *err)
{
    struct account_change to = {.set_disabled = true, .disabled = disabled};
    enum rc rc = accounts_change(d->accounts, d->args->name, &to, err);
    return rc ? rc : shown(d, err);
}

static enum rc disable(struct desk *d, struct err *err)
{
    return able(d, true, err);
}

static enum rc enable(struct desk *d, struct err *err)
{
    return able(d, false, err);
}

static enum rc password(struct desk *d, struct err *err)
{
    enum rc rc = shown(d, err); /* nobody types a password for nobody */
    return rc ? rc : ask_password(d, err);
}

/* --- list --- */

static enum rc list(struct desk *d, struct err *err)
{
    struct arena *a = d->ctx->arena;
    const struct account_state *users;
    uint32_t count;
    enum rc rc = accounts_list(d->accounts, a, d->ctx->now_ms(), &users, &count, err);
    if (rc) return rc;
    struct rows *rows = answer_rows(d->answer, "rows");
    rows->title = "Users";
    rows_columns(rows, "user role party disabled password sessions tokens last_login");
    for (uint32_t i = 0; i < count; i++) {
        const struct account_state *u = &users[i];
        ROW(rows, cell_text(u->account.name), cell_text(role_name(u->account.role)),
            cell_text(u->account.party), cell_bool(u->account.disabled), cell_bool(u->has_password),
            cell_count(u->sessions), cell_count(u->tokens), cell_text(instant(a, u->login_ms)));
    }
    return RC_OK;
}

/* --- tokens --- */

static enum rc days(const char *text, int64_t *out, struct err *err)
{
    struct dec given;
    bool exact;
    enum rc rc = dec_parse(text, &given, err);
    if (!rc) rc = dec_to_parts(given, 0, out, &exact, err);
    if (!rc && exact && *out >= 1 && *out <= DAYS_MAX) return RC_OK;
    return fail(err, RC_INPUT, "--days: '%.40s' is no number of days from 1 to %d", text, DAYS_MAX);
}

static enum rc token(struct desk *d, struct err *err)
{
    const struct user_args *args = d->args;
    char text[TOKEN_TEXT];
    int64_t now = d->ctx->now_ms(), count = 0;
    if (!args->label) return fail(err, RC_INPUT, "--label is missing: what is the token for?");
    enum rc rc = days(args->days, &count, err);
    if (rc) return rc;
    int64_t expires = now + count * MS_PER_DAY;
    rc = accounts_token_new(d->accounts, args->name, args->label, now, expires, text, err);
    if (rc) return rc;
    d->what =
        text_format(d->ctx->arena, "%s '%s' for %" PRId64 " days", args->name, args->label, count);
    answer_put(d->answer, "user", cell_text(args->name));
    answer_put(d->answer, "label", cell_text(args->label));
    answer_put(d->answer, "token", cell_text(arena_text(d->ctx->arena, text)));
    answer_put(d->answer, "expires", cell_text(instant(d->ctx->arena, expires)));
    answer_note(d->answer, "the token is shown this once");
    secret_forget(text, sizeof text);
    return RC_OK;
}

static enum rc tokens(struct desk *d, struct err *err)
{
    struct arena *a = d->ctx->arena;
    const struct token_state *found;
    uint32_t count;
    enum rc rc = accounts_tokens(d->accounts, a, d->args->name, &found, &count, err);
    if (rc) return rc;
    struct rows *rows = answer_rows(d->answer, "rows");
    rows->title = "Tokens";
    rows_columns(rows, "user label created expires last_used");
    for (uint32_t i = 0; i < count; i++) {
        const struct token_state *t = &found[i];
        ROW(rows, cell_text(t->name), cell_text(t->label), cell_text(instant(a, t->created_ms)),
            cell_text(instant(a, t->expires_ms)), cell_text(instant(a, t->used_ms)));
    }
    return RC_OK;
}

static enum rc revoke(struct desk *d, struct err *err)
{
    const struct user_args *args = d->args;
    if (!args->label) return fail(err, RC_INPUT, "--label is missing: 'muster user tokens' lists");
    enum rc rc = accounts_token_revoke(d->accounts, args->name, args->label, err);
    if (rc) return rc;
    d->what = text_format(d->ctx->arena, "%s '%s'", args->name, args->label);
    answer_put(d->answer, "user", cell_text(args->name));
    answer_put(d->answer, "revoked", cell_text(args->label));
    return RC_OK;
}

/* --- the audit trail --- */

struct listing {
    struct arena *arena;
    struct rows *rows;
};

static enum rc put_audited(void *ctx, const struct audited *row, struct err *err)
{
    struct listing *l = ctx;
    (void)err;
    ROW(l->rows, cell_label((i128)row->id), cell_text(instant(l->arena, row->at_ms)),
        cell_text(arena_text(l->arena, row->who)), cell_text(arena_text(l->arena, row->verb)),
        cell_text(arena_text(l->arena, row->what)), cell_text(arena_text(l->arena, row->touched)),
        cell_text(arena_text(l->arena, row->outcome)));
    return RC_OK;
}

/* A day is meant from its beginning, an instant as it is. */
static enum rc since(const char *text, int64_t *out, struct err *err)
{
    int32_t day;
    enum precision precision;
    *out = INT64_MIN;
    if (!text) return RC_OK;
    if (!day_parse(text, &day, &precision, err) && precision == PRECISION_DAY) {
        *out = day * MS_PER_DAY;
        return RC_OK;
    }
    return instant_parse(text, out, err) ? fail_in(err, "--since") : RC_OK;
}

static enum rc audit(struct desk *d, struct err *err)
{
    struct listing l = {d->ctx->arena, answer_rows(d->answer, "rows")};
    int64_t from;
    uint64_t count = 0;
    char head[65];
    struct err broken = {0};
    enum rc rc = since(d->args->since, &from, err);
    if (rc) return rc;
    rc = accounts_audit_verify(d->accounts, &count, head, &broken);
    if (rc && rc != RC_RULE) {
        *err = broken;
        return rc;
    }
    d->found = rc == RC_RULE;
    answer_put(d->answer, "whole", cell_bool(!d->found));
    if (!d->found) answer_put(d->answer, "length", cell_count((i128)count));
    if (!d->found) answer_put(d->answer, "head", cell_text(arena_text(l.arena, head)));
    if (d->found) answer_note(d->answer, "%s", broken.msg);
    l.rows->title = "Audit trail";
    rows_columns(l.rows, "id at who verb what touched outcome");
    return accounts_audit_list(d->accounts, from, d->args->who, put_audited, &l, err);
}

/* --- the tables --- */

#define RUN_PART(part, create, verb)                                                               \
    static int part##_run(struct context *ctx, const void *args)                                   \
    {                                                                                              \
        return with_accounts(ctx, args, create, verb, part);                                       \
    }
static int add_run(struct context *ctx, const void *given)
{
    const struct user_args *args = given;
    if (!args->role) return cmd_misuse(ctx, "--role is missing"); /* before a file is made */
    return with_accounts(ctx, args, true, "user add", add);
}
RUN_PART(change, false, "user change")
RUN_PART(disable, false, "user disable")
RUN_PART(enable, false, "user enable")
RUN_PART(password, false, "user password")
RUN_PART(list, false, NULL)
RUN_PART(token, false, "user token")
RUN_PART(tokens, false, NULL)
RUN_PART(revoke, false, "user revoke")
RUN_PART(audit, false, NULL)

#define PARTY_HELP "the party whose eyes the user has: a key, or a country's name"
#define USES_CHANGE (USES_STORE | USES_ANSWER | USES_AUTHOR)
#define USES_LIST (USES_STORE | USES_ANSWER)

static const char roles[] = "reader desk coordinator administrator";

static const struct operand one_user[] = {
    {"NAME", INTO(struct user_args, name), .help = "who: a-z 0-9 . _ - @"},
    {0},
};

static const struct opt only_accounts[] = {ACCOUNTS_OPT(struct user_args), {0}};

static const struct opt token_opts[] = {
    {"label", INTO(struct user_args, label), .arg = "TEXT", .help = "what it is for"},
    ACCOUNTS_OPT(struct user_args),
    {0},
};

static const struct command part_add = {
    .name = "add",
    .about = "a new user",
    .details = "A reader sees, a desk officer also records for the one party given by --party, a"
               " coordinator records for all and runs rounds, an administrator also looks after"
               " users. The file of accounts is made with the first user, for nobody else to"
               " read.",
    .examples = "# the first administrator\n"
                "muster user add olena --role administrator --password\n"
                "muster user add nora --role desk --party NOR\n",
    .operands = one_user,
    .opts =
        (const struct opt[]){
            {"role", INTO(struct user_args, role), .arg = "ROLE", .choices = roles,
             .help = "what the user may do"},
            {"party", INTO(struct user_args, party), .arg = "KEY", .help = PARTY_HELP},
            {"password", INTO(struct user_args, password),
             .help = "ask for the password too, or read it from standard input"},
            ACCOUNTS_OPT(struct user_args),
            {0},
        },
    .uses = USES_CHANGE,
    .args_size = sizeof(struct user_args),
    .run = add_run,
};

static const struct command part_change = {
    .name = "change",
    .about = "another role or party",
    .details = "Ends every session of the user.",
    .examples = "muster user change nora --role coordinator --no-party\n",
    .operands = one_user,
    .opts =
        (const struct opt[]){
            {"role", INTO(struct user_args, role), .arg = "ROLE", .choices = roles,
             .help = "what the user may do"},
            {"party", INTO(struct user_args, party), .arg = "KEY", .help = PARTY_HELP},
            {"no-party", INTO(struct user_args, no_party), .help = "no party's eyes any longer"},
            ACCOUNTS_OPT(struct user_args),
            {0},
        },
    .uses = USES_CHANGE,
    .args_size = sizeof(struct user_args),
    .run = change_run,
};

static const struct command part_password = {
    .name = "password",
    .about = "set a user's password",
    .details = "At a terminal it is asked for twice and not shown; else one line of standard"
               " input is it. It has 12 characters or more. Every session of the user ends, and"
               " wrong tries are forgotten.",
    .examples = "muster user password nora\n"
                "muster user password nora <password.txt\n",
    .operands = one_user,
    .opts = only_accounts,
    .uses = USES_CHANGE,
    .args_size = sizeof(struct user_args),
    .run = password_run,
};

static const struct command part_disable = {
    .name = "disable",
    .about = "let a user in no longer",
    .details = "Ends every session; tokens say nothing until the user is enabled again. Users are"
               " never removed: the audit trail names them.",
    .operands = one_user,
    .opts = only_accounts,
    .uses = USES_CHANGE,
    .args_size = sizeof(struct user_args),
    .run = disable_run,
};

static const struct command part_enable = {
    .name = "enable",
    .about = "let a disabled user in again",
    .operands = one_user,
    .opts = only_accounts,
    .uses = USES_CHANGE,
    .args_size = sizeof(struct user_args),
    .run = enable_run,
};

static const struct command part_list = {
    .name = "list",
    .about = "all users",
    .opts = only_accounts,
    .uses = USES_LIST,
    .args_size = sizeof(struct user_args),
    .run = list_run,
};

static const struct command part_token = {
    .name = "token",
    .about = "a new token for programs that ask in a user's name",
    .details = "Printed this once; only its hash is kept. A program sends it with every request.",
    .examples = "muster user token nora --label 'nightly export' --days 30\n",
    .operands = one_user,
    .opts =
        (const struct opt[]){
            {"label", INTO(struct user_args, label), .arg = "TEXT", .help = "what it is for"},
            {"days", INTO(struct user_args, days), .arg = "N", .fallback = "90",
             .help = "how long it holds"},
            ACCOUNTS_OPT(struct user_args),
            {0},
        },
    .uses = USES_CHANGE,
    .args_size = sizeof(struct user_args),
    .run = token_run,
};

static const struct command part_tokens = {
    .name = "tokens",
    .about = "which tokens there are",
    .operands =
        (const struct operand[]){
            {"NAME", INTO(struct user_args, name), .optional = true, .help = "only this user's"},
            {0},
        },
    .opts = only_accounts,
    .uses = USES_LIST,
    .args_size = sizeof(struct user_args),
    .run = tokens_run,
};

static const struct command part_revoke = {
    .name = "revoke",
    .about = "a token holds no longer",
    .examples = "muster user revoke nora --label 'nightly export'\n",
    .operands = one_user,
    .opts = token_opts,
    .uses = USES_CHANGE,
    .args_size = sizeof(struct user_args),
    .run = revoke_run,
};

static const struct command part_audit = {
    .name = "audit",
    .about = "who did what, and who saw what is restricted",
    .details = "Each row carries the hash of the one before. If one was altered or taken out, this"
               " says which, and exits 1. Somebody who can write the file could still write the"
               " whole trail anew: note the head elsewhere now and then, and look whether it is"
               " still there.",
    .examples = "muster user audit --since 2026-01-01 --who nora --csv\n",
    .opts =
        (const struct opt[]){
            {"since", INTO(struct user_args, since), .arg = "INSTANT",
             .help = "from that day or instant on"},
            {"who", INTO(struct user_args, who), .arg = "NAME",
             .help = "only what that user did; 'public', or 'shell:NAME' for this verb"},
            ACCOUNTS_OPT(struct user_args),
            {0},
        },
    .uses = USES_LIST,
    .args_size = sizeof(struct user_args),
    .run = audit_run,
};

const struct command cmd_user = {
    .name = "user",
    .group = GROUP_OTHER,
    .about = "who may log in: users, passwords, tokens, audit trail",
    .uses = USES_LIST,
    .parts = (const struct command *const[]){&part_add, &part_list, &part_change, &part_password,
                                             &part_disable, &part_enable, &part_token, &part_tokens,
                                             &part_revoke, &part_audit, NULL},
};
