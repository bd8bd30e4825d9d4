/*
 * accounts.h - who may log in to the pages, and who did what there.
 *
 * Users with a role and perhaps a party, their passwords, sessions and API
 * tokens, and an audit trail, in an SQLite file of its own beside the store.
 * None of it may be in the log: that is never edited, and is exchanged.
 *
 * A handle may be used by several threads. Nothing here reads a clock: every
 * instant is handed in, in UTC milliseconds. Of passwords only an Argon2id hash
 * is kept, of sessions and tokens only the SHA-256; whoever reads the file can
 * log in with none of them. What another process changes in the file (a user
 * disabled on the command line) holds from the next call on.
 *
 * RC_RULE: refused, and the sentence may be shown to who asked. RC_ABSENT:
 * nothing of that name. RC_INPUT: that cannot be a name, a password, a label.
 * RC_STORE: the file or the disk.
 */
#ifndef MUSTER_ACCOUNTS_ACCOUNTS_H
#define MUSTER_ACCOUNTS_ACCOUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* Codes are on disk and never change. Each may do what the one before it may. */
enum role {
    ROLE_READER = 0,
    ROLE_DESK = 1, /* records for one party, which it must have */
    ROLE_COORDINATOR = 2,
    ROLE_ADMINISTRATOR = 3,
    ROLE_COUNT
};

struct account {
    int64_t id;
    const char *name;
    enum role role;
    const char *party; /* key of the party whose eyes it has, or NULL: see role */
    bool disabled;
};

enum {
    ACCOUNT_NAME_MAX = 64, /* bytes: a-z 0-9 . _ - @ */
    ACCOUNT_PARTY_MAX = 120,
    ACCOUNTS_MAX = 10000,
    PASSWORD_MIN = 12,   /* characters */
    PASSWORD_MAX = 1024, /* bytes */
    SESSION_TEXT = 65,   /* 256 random bits in hexadecimal, and a NUL */
    CSRF_TEXT = 65,
    SESSIONS_MAX = 20, /* of one user: the oldest ends */
    TOKEN_TEXT = 72,   /* "muster_" and 64 digits */
    TOKEN_LABEL_MAX = 100,
    TOKENS_MAX = 50, /* of one user */
    TRIES_FREE = 5,  /* wrong passwords before one must wait */
};
#define SESSION_MS INT64_C(43200000)     /* a session ends 12 hours after the login */
#define SESSION_IDLE_MS INT64_C(7200000) /* and after 2 hours without use, told to a minute */
#define TRIES_WAIT_MS INT64_C(300000)    /* the longest wait between two tries */
#define TOKEN_FOR_EVER INT64_MAX

/* What a hash costs, and how many may be computed at once. */
struct accounts_limits {
    uint64_t passes;           /* over the memory: 3 */
    size_t memory;             /* bytes: 64 MiB */
    uint32_t hashing, waiting; /* threads: 2 at once, and 8 that wait; the next is refused */
};

struct accounts;

/* "reader", "desk", "coordinator", "administrator"; and back, -1 for anything else. */
const char *role_name(enum role role);
int role_named(const char *text);

/*
 * Open the file. `create` makes it, for nobody else to read, if it is not
 * there; else RC_ABSENT. RC_STORE for a file that others may read, that a newer
 * muster wrote, that is damaged or something else. limits: NULL for those
 * above; cheaper ones are for tests. The handle lives in the arena until
 * accounts_close(), which takes NULL.
 */
MUST_CHECK enum rc accounts_open(struct arena *arena, const char *path, bool create,
                                 const struct accounts_limits *limits, struct accounts **out,
                                 struct err *err);
void accounts_close(struct accounts *a);

/*
 * The whole file once more, in place of what is at that path, for its owner
 * alone; without the sessions. It is not synced.
 */
MUST_CHECK enum rc accounts_copy(struct accounts *a, const char *path, struct err *err);

/* --- users --- */

/* A new user, without a password: nobody can log in yet. */
MUST_CHECK enum rc accounts_add(struct accounts *a, const char *name, enum role role,
                                const char *party, struct err *err);

/* What is to be another; the rest stays. */
struct account_change {
    bool set_role, set_party, set_disabled;
    enum role role;
    const char *party; /* NULL: none */
    bool disabled;
};

/* Ends the user's sessions. RC_RULE when no enabled administrator would be left. */
MUST_CHECK enum rc accounts_change(struct accounts *a, const char *name,
                                   const struct account_change *to, struct err *err);

MUST_CHECK enum rc accounts_find(struct accounts *a, struct arena *arena, const char *name,
                                 struct account *out, struct err *err);

/* A user with what an administrator wants to know. */
struct account_state {
    struct account account;
    bool has_password;
    int64_t login_ms; /* the last one; 0: never */
    uint32_t sessions, tokens;
};

/* All, by name. Sessions and tokens that are over by now_ms are not counted. */
MUST_CHECK enum rc accounts_list(struct accounts *a, struct arena *arena, int64_t now_ms,
                                 const struct account_state **out, uint32_t *count,
                                 struct err *err);

/* --- passwords and sessions --- */

/* RC_INPUT, with what is wrong, unless it is long enough, UTF-8 and free of control characters. */
MUST_CHECK enum rc password_check(const char *password, struct err *err);

/* Sets it, ends the user's sessions and forgets wrong tries. */
MUST_CHECK enum rc accounts_password(struct accounts *a, const char *name, const char *password,
                                     struct err *err);

/*
 * A new session for who knows the password. RC_RULE with one sentence, after
 * the same work, for a wrong password, no such user and a disabled one; RC_RULE
 * with another that ends in "try again in N s" when there were too many wrong
 * tries of that name, whether a user has it or not, or too many log in at once.
 * A try counts as wrong until it turns out right, so that many at one time help
 * nobody. `session` is a new secret each time, for the cookie; what the browser
 * had before should be given to accounts_logout().
 */
MUST_CHECK enum rc accounts_login(struct accounts *a, struct arena *arena, const char *name,
                                  const char *password, int64_t now_ms, char session[SESSION_TEXT],
                                  struct account *out, struct err *err);

/*
 * Whose session that is, and the token that its forms carry. RC_ABSENT when
 * there is none, or it is over: any text may be handed in.
 */
MUST_CHECK enum rc accounts_session(struct accounts *a, struct arena *arena, const char *session,
                                    int64_t now_ms, struct account *out, char csrf[CSRF_TEXT],
                                    struct err *err);

/* Whether that is the session's token; compared in constant time. No session is looked up. */
bool csrf_fits(const char *session, const char *csrf);

/* End it. A session that is not there is no failure. */
MUST_CHECK enum rc accounts_logout(struct accounts *a, const char *session, struct err *err);

/* Overwrite what was secret, in a way that the compiler does not leave out. */
void secret_forget(void *bytes, size_t len);

/* --- API tokens --- */

/* A new one: `token` is shown once. RC_RULE if the user has one of that label. */
MUST_CHECK enum rc accounts_token_new(struct accounts *a, const char *name, const char *label,
                                      int64_t now_ms, int64_t expires_ms, char token[TOKEN_TEXT],
                                      struct err *err);

/* Whose token that is; RC_ABSENT when it is none, or over. */
MUST_CHECK enum rc accounts_token(struct accounts *a, struct arena *arena, const char *token,
                                  int64_t now_ms, struct account *out, struct err *err);

struct token_state {
    const char *name, *label;
    int64_t created_ms, expires_ms;
    int64_t used_ms; /* the last time, told to an hour; 0: never */
};

/* By name and label; name NULL: of all users. */
MUST_CHECK enum rc accounts_tokens(struct accounts *a, struct arena *arena, const char *name,
                                   const struct token_state **out, uint32_t *count,
                                   struct err *err);

MUST_CHECK enum rc accounts_token_revoke(struct accounts *a, const char *name, const char *label,
                                         struct err *err);

/* --- the audit trail --- */

/*
 * A row of it. Texts are kept on one line and cut to the bytes given here; NULL
 * is "". No account is called "public": that is who is not logged in.
 */
struct audited {
    uint64_t id; /* 1, 2, 3, ...; given by accounts_audit() */
    int64_t at_ms;
    const char *who;     /* 100: an account's name, "public", "shell:olena" */
    const char *verb;    /* 40 */
    const char *what;    /* 1000: an address or a command */
    const char *touched; /* 2000: labels and records */
    const char *outcome; /* 200 */
};

/* Add a row; it is on the disk then. What strangers can make the server write here, it must
 * limit: nothing is ever taken out. */
MUST_CHECK enum rc accounts_audit(struct accounts *a, const struct audited *row, struct err *err);

/* Return other than RC_OK to stop with that code. The row is borrowed for the call. */
typedef enum rc audit_fn(void *ctx, const struct audited *row, struct err *err);

/* Rows from since_ms on, in order; who NULL: everybody's. */
MUST_CHECK enum rc accounts_audit_list(struct accounts *a, int64_t since_ms, const char *who,
                                       audit_fn *fn, void *ctx, struct err *err);

/*
 * Whether every row is as it was written and none is gone: each carries the
 * SHA-256 of itself and the one before. RC_RULE names the first that is wrong.
 * `head` is the last row's hash: noted elsewhere, it also shows whether somebody
 * with the file in hand wrote the whole trail anew.
 */
MUST_CHECK enum rc accounts_audit_verify(struct accounts *a, uint64_t *rows, char head[65],
                                         struct err *err);

#endif
