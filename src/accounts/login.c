/*
 * login.c - passwords, wrong tries, sessions.
 *
 * Argon2id (RFC 9106) takes about a tenth of a second and 64 MiB, on purpose. It is
 * computed with the lock free, or one login would hold up every page; and by
 * few threads at once, or logins would take all memory. Whether a name is known
 * is not to be told by what is said, by how long it takes, or by who is made to
 * wait: all three are the same for a name that nobody has.
 */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "accounts/inside.h"
#include "base/text.h"

enum { TRIES_MAX = 10000, SECRET_BYTES = 32 };
#define TRIES_KEPT_MS INT64_C(86400000)
#define SEEN_MS INT64_C(60000) /* how often a session's use is written down */

void secret_forget(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}

/* --- how many may hash at once --- */

static enum rc enter(struct accounts *a, struct err *err)
{
    enum rc rc = RC_OK;
    pthread_mutex_lock(&a->door);
    if (a->hashing >= a->limits.hashing && a->waiting >= a->limits.waiting) {
        rc = fail(err, RC_RULE, "too many people log in at this moment; try again in 2 s");
    } else {
        a->waiting++;
        while (a->hashing >= a->limits.hashing) pthread_cond_wait(&a->left, &a->door);
        a->waiting--;
        a->hashing++;
    }
    pthread_mutex_unlock(&a->door);
    return rc;
}

static void leave(struct accounts *a)
{
    pthread_mutex_lock(&a->door);
    a->hashing--;
    pthread_cond_signal(&a->left);
    pthread_mutex_unlock(&a->door);
}

/* --- passwords --- */

enum rc password_check(const char *password, struct err *err)
{
    size_t len = strnlen(password, PASSWORD_MAX + 1), characters = 0;
    if (len > PASSWORD_MAX) {
        return fail(err, RC_INPUT, "the password is longer than %d bytes", PASSWORD_MAX);
    }
    for (size_t i = 0; i < len; characters++) {
        int32_t c = text_next(password, len, &i);
        if (c < 0) return fail(err, RC_INPUT, "the password is not UTF-8");
        if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
            return fail(err, RC_INPUT, "there is a control character in the password");
        }
    }
    if (characters < PASSWORD_MIN) {
        return fail(err, RC_INPUT, "a password has at least %d characters", PASSWORD_MIN);
    }
    return RC_OK;
}

static enum rc set_password(struct accounts *a, const char *name, const char *hash,
                            const uint8_t tried[SHA_BYTES], struct err *err)
{
    int64_t id;
    enum rc rc = account_id(a, name, &id, err);
    if (!rc) {
        rc = SQL_RUN(a, err, "UPDATE users SET password = ?2 WHERE id = ?1", value_int(id),
                     value_text(hash));
    }
    if (!rc) rc = SQL_RUN(a, err, "DELETE FROM tries WHERE name = ?1", value_hash(tried));
    return rc ? rc : sessions_end(a, id, err);
}

enum rc accounts_password(struct accounts *a, const char *name, const char *password,
                          struct err *err)
{
    char hash[crypto_pwhash_STRBYTES];
    uint8_t tried[SHA_BYTES];
    enum rc rc = password_check(password, err);
    if (!rc) rc = enter(a, err);
    if (rc) return rc;
    int made = crypto_pwhash_str_alg(hash, password, strlen(password), a->limits.passes,
                                     a->limits.memory, crypto_pwhash_ALG_ARGON2ID13);
    leave(a);
    if (made != 0) return fail(err, RC_STORE, "not enough memory to hash a password");
    sha256(name, strlen(name), tried);
    pthread_mutex_lock(&a->lock);
    rc = sql_plain(a, "BEGIN IMMEDIATE", err);
    if (!rc) rc = sql_end(a, set_password(a, name, hash, tried, err), err);
    pthread_mutex_unlock(&a->lock);
    sodium_memzero(hash, sizeof hash);
    return rc;
}

/* --- wrong tries --- */

/* What is known of somebody who wants in. */
struct attempt {
    char name[ACCOUNT_NAME_MAX + 1]; /* in small letters; "" when it cannot be one */
    uint8_t tried[SHA_BYTES];
    char hash[crypto_pwhash_STRBYTES];
    int64_t user; /* 0: there is none of that name */
};

/* Phones write the first letter large. */
static void attempt_name(struct attempt *t, const char *name)
{
    size_t len = strnlen(name, ACCOUNT_NAME_MAX + 1);
    if (len > ACCOUNT_NAME_MAX) len = 0; /* all that are too long are one name that nobody has */
    for (size_t i = 0; i < len; i++) {
        t->name[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
    }
    t->name[len] = '\0';
    sha256(t->name, len, t->tried);
}

struct tries {
    int64_t failures, last_ms, until_ms;
};

static enum rc tries_read(struct accounts *a, const struct attempt *t, struct tries *out,
                          struct err *err)
{
    sqlite3_stmt *st;
    bool there;
    enum rc rc =
        SQL_BEGIN(a, &st, err, "SELECT failures, last_ms, until_ms FROM tries WHERE name = ?1",
                  value_hash(t->tried));
    if (rc) return rc;
    rc = sql_row(a, st, &there, err);
    *out = (struct tries){0};
    if (!rc && there) {
        *out = (struct tries){sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
                              sqlite3_column_int64(st, 2)};
    }
    sql_done(st);
    return rc;
}

/* 1, 2, 4, ... seconds from the fifth wrong try on. */
static int64_t wait_after(int64_t failures)
{
    int64_t over = failures - TRIES_FREE;
    if (over < 0) return 0;
    int64_t ms = over < 20 ? INT64_C(1000) << over : TRIES_WAIT_MS;
    return ms < TRIES_WAIT_MS ? ms : TRIES_WAIT_MS;
}

/* Forget what is a day old, and of too many those whose wait is over first. */
static enum rc tries_trim(struct accounts *a, int64_t now_ms, struct err *err)
{
    enum rc rc =
        SQL_RUN(a, err, "DELETE FROM tries WHERE last_ms < ?1", value_int(now_ms - TRIES_KEPT_MS));
    if (rc) return rc;
    return SQL_RUN(a, err,
                   "DELETE FROM tries WHERE name IN (SELECT name FROM tries"
                   " ORDER BY until_ms, last_ms LIMIT max(0, (SELECT count(*) FROM tries) - ?1))",
                   value_int(TRIES_MAX));
}

/* Must the name wait? Else this try is counted as a wrong one, before anybody knows. */
static enum rc tries_count(struct accounts *a, const struct attempt *t, int64_t now_ms,
                           struct err *err)
{
    struct tries tries;
    enum rc rc = tries_read(a, t, &tries, err);
    if (rc) return rc;
    int64_t wait = tries.until_ms - now_ms;
    /* One that is longer than any comes from a clock that was set back. */
    if (wait > 0 && wait <= TRIES_WAIT_MS) {
        return fail(err, RC_RULE, "too many wrong tries of that name; try again in %" PRId64 " s",
                    (wait + 999) / 1000);
    }
    if (now_ms - tries.last_ms > TRIES_KEPT_MS) tries.failures = 0;
    tries.failures++;
    rc = SQL_RUN(a, err, "INSERT OR REPLACE INTO tries VALUES(?1, ?2, ?3, ?4)",
                 value_hash(t->tried), value_int(tries.failures), value_int(now_ms),
                 value_int(now_ms + wait_after(tries.failures)));
    return rc ? rc : tries_trim(a, now_ms, err);
}

/* --- login --- */

/* The hash to hold the password against: the user's, or the stand-in. */
static enum rc attempt_hash(struct accounts *a, struct attempt *t, struct err *err)
{
    sqlite3_stmt *st;
    bool there;
    enum rc rc = SQL_BEGIN(a, &st, err, "SELECT id, password FROM users WHERE name = ?1",
                           value_text(t->name));
    if (rc) return rc;
    rc = sql_row(a, st, &there, err);
    const char *hash = !rc && there ? (const char *)sqlite3_column_text(st, 1) : NULL;
    t->user = hash ? sqlite3_column_int64(st, 0) : 0;
    if (!hash) hash = a->stand_in;
    size_t len = strlen(hash);
    if (!rc && (len >= sizeof t->hash || !text_starts(hash, crypto_pwhash_STRPREFIX))) {
        rc = fail(err, RC_STORE, "'%.120s' is damaged: no hash of a password", a->path);
    } else if (!rc) {
        memcpy(t->hash, hash, len + 1);
    }
    sql_done(st);
    return rc;
}

static enum rc attempt_begin(struct accounts *a, struct attempt *t, int64_t now_ms, struct err *err)
{
    pthread_mutex_lock(&a->lock);
    enum rc rc = sql_plain(a, "BEGIN IMMEDIATE", err);
    if (!rc) {
        rc = tries_count(a, t, now_ms, err);
        if (!rc) rc = attempt_hash(a, t, err);
        rc = sql_end(a, rc, err);
    }
    pthread_mutex_unlock(&a->lock);
    return rc;
}

static enum rc not_let_in(struct err *err)
{
    return fail(err, RC_RULE, "no account has that name and that password");
}

/* The work is done for every password, also for one that nobody can have. */
static enum rc verify(const struct accounts *a, const struct attempt *t, const char *password,
                      struct err *err)
{
    size_t len = strnlen(password, PASSWORD_MAX + 1);
    bool possible = t->user != 0 && len <= PASSWORD_MAX;
    errno = 0;
    int differs = crypto_pwhash_str_verify(t->hash, password, len <= PASSWORD_MAX ? len : 0);
    if (differs && errno != EINVAL) {
        return fail(err, RC_STORE, "'%.120s' has a damaged hash, or memory is short", a->path);
    }
    return !differs && possible ? RC_OK : not_let_in(err);
}

enum rc sessions_end(struct accounts *a, int64_t user, struct err *err)
{
    return SQL_RUN(a, err, "DELETE FROM sessions WHERE user = ?1", value_int(user));
}

static enum rc sessions_trim(struct accounts *a, int64_t user, int64_t now_ms, struct err *err)
{
    enum rc rc = SQL_RUN(a, err, "DELETE FROM sessions WHERE created_ms <= ?1 OR seen_ms <= ?2",
                         value_int(now_ms - SESSION_MS), value_int(now_ms - SESSION_IDLE_MS));
    if (rc) return rc;
    return SQL_RUN(a, err,
                   "DELETE FROM sessions WHERE hash IN (SELECT hash FROM sessions WHERE user = ?1"
                   " ORDER BY created_ms DESC, seen_ms DESC LIMIT -1 OFFSET ?2)",
                   value_int(user), value_int(SESSIONS_MAX - 1));
}

/* The user as of now, if the hash that was verified is still the user's. */
static enum rc still_so(struct accounts *a, struct arena *arena, const struct attempt *t,
                        struct account *out, struct err *err)
{
    sqlite3_stmt *st;
    bool there;
    enum rc rc = SQL_BEGIN(a, &st, err,
                           "SELECT " ACCOUNT_COLUMNS " FROM users u"
                           " WHERE id = ?1 AND password = ?2 AND disabled = 0",
                           value_int(t->user), value_text(t->hash));
    if (rc) return rc;
    rc = sql_row(a, st, &there, err);
    if (!rc) rc = there ? account_read(a, arena, st, out, err) : not_let_in(err);
    sql_done(st);
    return rc;
}

static enum rc let_in(struct accounts *a, struct arena *arena, const struct attempt *t,
                      int64_t now_ms, const uint8_t hash[SHA_BYTES], struct account *out,
                      struct err *err)
{
    enum rc rc = still_so(a, arena, t, out, err);
    if (!rc) rc = SQL_RUN(a, err, "DELETE FROM tries WHERE name = ?1", value_hash(t->tried));
    if (!rc) rc = sessions_trim(a, t->user, now_ms, err);
    if (!rc) {
        rc = SQL_RUN(a, err, "INSERT INTO sessions VALUES(?1, ?2, ?3, ?3)", value_hash(hash),
                     value_int(t->user), value_int(now_ms));
    }
    if (rc) return rc;
    return SQL_RUN(a, err, "UPDATE users SET login_ms = ?2 WHERE id = ?1", value_int(t->user),
                   value_int(now_ms));
}

enum rc accounts_login(struct accounts *a, struct arena *arena, const char *name,
                       const char *password, int64_t now_ms, char session[SESSION_TEXT],
                       struct account *out, struct err *err)
{
    struct attempt t = {0};
    uint8_t secret[SECRET_BYTES], hash[SHA_BYTES];
    struct account found;
    attempt_name(&t, name);
    enum rc rc = enter(a, err);
    if (rc) return rc;
    rc = attempt_begin(a, &t, now_ms, err);
    if (!rc) rc = verify(a, &t, password, err);
    leave(a);
    if (!rc) {
        randombytes_buf(secret, sizeof secret);
        sha256(secret, sizeof secret, hash);
        pthread_mutex_lock(&a->lock);
        rc = sql_plain(a, "BEGIN IMMEDIATE", err);
        if (!rc) rc = sql_end(a, let_in(a, arena, &t, now_ms, hash, &found, err), err);
        pthread_mutex_unlock(&a->lock);
    }
    if (!rc) {
        hex_encode(secret, sizeof secret, session);
        *out = found;
        sodium_memzero(secret, sizeof secret);
    }
    sodium_memzero(&t, sizeof t);
    return rc;
}

/* --- sessions --- */

static bool session_secret(const char *session, uint8_t out[SECRET_BYTES])
{
    return strnlen(session, SESSION_TEXT) == SESSION_TEXT - 1 &&
           hex_decode(session, SECRET_BYTES, out) == 0;
}

/* Derived, so that nothing of it is stored, and of no use to learn the session from. */
static void csrf_of(const uint8_t secret[SECRET_BYTES], char out[CSRF_TEXT])
{
    static const char purpose[] = "muster: the forms of this session";
    uint8_t mac[crypto_auth_hmacsha256_BYTES];
    static_assert(crypto_auth_hmacsha256_KEYBYTES == SECRET_BYTES, "a session is a key");
    crypto_auth_hmacsha256(mac, (const uint8_t *)purpose, sizeof purpose - 1, secret);
    hex_encode(mac, sizeof mac, out);
}

bool csrf_fits(const char *session, const char *csrf)
{
    uint8_t secret[SECRET_BYTES];
    char want[CSRF_TEXT];
    if (!session_secret(session, secret)) return false;
    csrf_of(secret, want);
    sodium_memzero(secret, sizeof secret);
    return strnlen(csrf, CSRF_TEXT) == CSRF_TEXT - 1 &&
           sodium_memcmp(csrf, want, CSRF_TEXT - 1) == 0;
}

static enum rc no_session(struct err *err)
{
    return fail(err, RC_ABSENT, "you are not logged in, or no longer");
}

static enum rc session_read(struct accounts *a, struct arena *arena, const uint8_t hash[SHA_BYTES],
                            int64_t now_ms, struct account *out, struct err *err)
{
    sqlite3_stmt *st;
    bool there;
    enum rc rc = SQL_BEGIN(a, &st, err,
                           "SELECT " ACCOUNT_COLUMNS ", s.created_ms, s.seen_ms"
                           " FROM sessions s JOIN users u ON u.id = s.user WHERE s.hash = ?1",
                           value_hash(hash));
    if (rc) return rc;
    rc = sql_row(a, st, &there, err);
    if (!rc) rc = there ? account_read(a, arena, st, out, err) : no_session(err);
    int64_t created = rc ? 0 : sqlite3_column_int64(st, ACCOUNT_COLUMN_COUNT);
    int64_t seen = rc ? 0 : sqlite3_column_int64(st, ACCOUNT_COLUMN_COUNT + 1);
    sql_done(st);
    if (rc) return rc;
    bool over = now_ms - created >= SESSION_MS || now_ms - seen >= SESSION_IDLE_MS || out->disabled;
    if (over) {
        SQL_NOTE(a, "DELETE FROM sessions WHERE hash = ?1", value_hash(hash));
        return no_session(err);
    }
    if (now_ms - seen >= SEEN_MS) {
        SQL_NOTE(a, "UPDATE sessions SET seen_ms = ?2 WHERE hash = ?1", value_hash(hash),
                 value_int(now_ms));
    }
    return RC_OK;
}

enum rc accounts_session(struct accounts *a, struct arena *arena, const char *session,
                         int64_t now_ms, struct account *out, char csrf[CSRF_TEXT], struct err *err)
{
    uint8_t secret[SECRET_BYTES], hash[SHA_BYTES];
    struct account found;
    if (!session_secret(session, secret)) return no_session(err);
    sha256(secret, sizeof secret, hash);
    pthread_mutex_lock(&a->lock);
    enum rc rc = session_read(a, arena, hash, now_ms, &found, err);
    pthread_mutex_unlock(&a->lock);
    if (!rc) {
        *out = found;
        csrf_of(secret, csrf);
    }
    sodium_memzero(secret, sizeof secret);
    return rc;
}

enum rc accounts_logout(struct accounts *a, const char *session, struct err *err)
{
    uint8_t secret[SECRET_BYTES], hash[SHA_BYTES];
    if (!session_secret(session, secret)) return RC_OK;
    sha256(secret, sizeof secret, hash);
    sodium_memzero(secret, sizeof secret);
    pthread_mutex_lock(&a->lock);
    enum rc rc = SQL_RUN(a, err, "DELETE FROM sessions WHERE hash = ?1", value_hash(hash));
    pthread_mutex_unlock(&a->lock);
    return rc;
}
