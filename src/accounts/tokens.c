/*
 * tokens.c - API tokens: 256 random bits that stand for a user until they end.
 *
 * They say what they are ("muster_..."), so that a scanner of repositories can
 * find one that somebody committed. A token of a disabled user says nothing.
 */
#include <string.h>

#include "accounts/inside.h"
#include "base/text.h"

static const char prefix[] = "muster_";
enum { PREFIX = sizeof prefix - 1, SECRET_BYTES = 32 };
#define USED_MS INT64_C(3600000) /* how often its use is written down */

static enum rc label_check(const char *label, struct err *err)
{
    size_t len = strlen(label);
    if (len == 0 || len > TOKEN_LABEL_MAX || !text_is_clean(label, len) || strpbrk(label, "\t\n")) {
        return fail(err, RC_INPUT, "'%.40s' cannot be a label: 1 to %d bytes of text in one line",
                    label, TOKEN_LABEL_MAX);
    }
    return RC_OK;
}

/* Whether the user may have one more of that label; what is over makes room. */
static enum rc may_have(struct accounts *a, int64_t user, const char *name, const char *label,
                        int64_t now_ms, struct err *err)
{
    sqlite3_stmt *st;
    bool there;
    enum rc rc = SQL_RUN(a, err, "DELETE FROM tokens WHERE user = ?1 AND expires_ms <= ?2",
                         value_int(user), value_int(now_ms));
    if (!rc) {
        rc = SQL_BEGIN(a, &st, err, "SELECT count(*), max(label = ?2) FROM tokens WHERE user = ?1",
                       value_int(user), value_text(label));
    }
    if (rc) return rc;
    rc = sql_row(a, st, &there, err);
    int64_t count = rc ? 0 : sqlite3_column_int64(st, 0);
    bool same = !rc && sqlite3_column_int64(st, 1) != 0;
    sql_done(st);
    if (!rc && same) {
        rc = fail(err, RC_RULE, "'%.64s' has a token '%.100s' already: revoke it first", name,
                  label);
    }
    if (!rc && count >= TOKENS_MAX) {
        rc = fail(err, RC_RULE, "'%.64s' has %d tokens: revoke one first", name, TOKENS_MAX);
    }
    return rc;
}

static enum rc put(struct accounts *a, const char *name, const char *label, int64_t now_ms,
                   int64_t expires_ms, const uint8_t hash[SHA_BYTES], struct err *err)
{
    int64_t user;
    enum rc rc = account_id(a, name, &user, err);
    if (!rc) rc = may_have(a, user, name, label, now_ms, err);
    if (rc) return rc;
    return SQL_RUN(a, err, "INSERT INTO tokens VALUES(?1, ?2, ?3, ?4, ?5, 0)", value_hash(hash),
                   value_int(user), value_text(label), value_int(now_ms), value_int(expires_ms));
}

enum rc accounts_token_new(struct accounts *a, const char *name, const char *label, int64_t now_ms,
                           int64_t expires_ms, char token[TOKEN_TEXT], struct err *err)
{
    uint8_t secret[SECRET_BYTES], hash[SHA_BYTES];
    enum rc rc = label_check(label, err);
    if (!rc && expires_ms <= now_ms) rc = fail(err, RC_INPUT, "the token would be over already");
    if (rc) return rc;
    randombytes_buf(secret, sizeof secret);
    sha256(secret, sizeof secret, hash);
    pthread_mutex_lock(&a->lock);
    rc = sql_plain(a, "BEGIN IMMEDIATE", err);
    if (!rc) rc = sql_end(a, put(a, name, label, now_ms, expires_ms, hash, err), err);
    pthread_mutex_unlock(&a->lock);
    if (!rc) {
        memcpy(token, prefix, PREFIX);
        hex_encode(secret, sizeof secret, token + PREFIX);
    }
    sodium_memzero(secret, sizeof secret);
    return rc;
}

static enum rc no_token(struct err *err)
{
    return fail(err, RC_ABSENT, "that token is none, or is over");
}

static enum rc token_read(struct accounts *a, struct arena *arena, const uint8_t hash[SHA_BYTES],
                          int64_t now_ms, struct account *out, struct err *err)
{
    sqlite3_stmt *st;
    bool there;
    enum rc rc = SQL_BEGIN(a, &st, err,
                           "SELECT " ACCOUNT_COLUMNS ", t.expires_ms, t.used_ms"
                           " FROM tokens t JOIN users u ON u.id = t.user WHERE t.hash = ?1",
                           value_hash(hash));
    if (rc) return rc;
    rc = sql_row(a, st, &there, err);
    if (!rc) rc = there ? account_read(a, arena, st, out, err) : no_token(err);
    int64_t expires = rc ? 0 : sqlite3_column_int64(st, ACCOUNT_COLUMN_COUNT);
    int64_t used = rc ? 0 : sqlite3_column_int64(st, ACCOUNT_COLUMN_COUNT + 1);
    sql_done(st);
    if (rc) return rc;
    if (now_ms >= expires || out->disabled) return no_token(err);
    if (now_ms - used >= USED_MS) {
        SQL_NOTE(a, "UPDATE tokens SET used_ms = ?2 WHERE hash = ?1", value_hash(hash),
                 value_int(now_ms));
    }
    return RC_OK;
}

enum rc accounts_token(struct accounts *a, struct arena *arena, const char *token, int64_t now_ms,
                       struct account *out, struct err *err)
{
    uint8_t secret[SECRET_BYTES], hash[SHA_BYTES];
    struct account found;
    if (strnlen(token, TOKEN_TEXT) != TOKEN_TEXT - 1 || !text_starts(token, prefix) ||
        hex_decode(token + PREFIX, SECRET_BYTES, secret) != 0) {
        return no_token(err);
    }
    sha256(secret, sizeof secret, hash);
    sodium_memzero(secret, sizeof secret);
    pthread_mutex_lock(&a->lock);
    enum rc rc = token_read(a, arena, hash, now_ms, &found, err);
    pthread_mutex_unlock(&a->lock);
    if (!rc) *out = found;
    return rc;
}

static enum rc list(struct accounts *a, struct arena *arena, const char *name,
                    struct token_state **out, uint32_t *count, struct err *err)
{
    sqlite3_stmt *st;
    uint32_t room = 0;
    int64_t user;
    bool there = true;
    enum rc rc = name ? account_id(a, name, &user, err) : RC_OK;
    if (!rc) {
        rc = SQL_BEGIN(a, &st, err,
                       "SELECT u.name, t.label, t.created_ms, t.expires_ms, t.used_ms"
                       " FROM tokens t JOIN users u ON u.id = t.user"
                       " WHERE ?1 IS NULL OR u.name = ?1 ORDER BY u.name, t.label",
                       value_text(name));
    }
    if (rc) return rc;
    while (!(rc = sql_row(a, st, &there, err)) && there) {
        *out = arena_more(arena, *out, *count, &room, sizeof **out);
        (*out)[(*count)++] = (struct token_state){
            .name = sql_text(arena, st, 0),
            .label = sql_text(arena, st, 1),
            .created_ms = sqlite3_column_int64(st, 2),
            .expires_ms = sqlite3_column_int64(st, 3),
            .used_ms = sqlite3_column_int64(st, 4),
        };
    }
    sql_done(st);
    return rc;
}

enum rc accounts_tokens(struct accounts *a, struct arena *arena, const char *name,
                        const struct token_state **out, uint32_t *count, struct err *err)
{
    struct token_state *found = NULL;
    uint32_t n = 0;
    pthread_mutex_lock(&a->lock);
    enum rc rc = list(a, arena, name, &found, &n, err);
    pthread_mutex_unlock(&a->lock);
    if (rc) return rc;
    *out = found;
    *count = n;
    return RC_OK;
}

static enum rc revoke(struct accounts *a, const char *name, const char *label, struct err *err)
{
    int64_t user;
    enum rc rc = account_id(a, name, &user, err);
    if (!rc) {
        rc = SQL_RUN(a, err, "DELETE FROM tokens WHERE user = ?1 AND label = ?2", value_int(user),
                     value_text(label));
    }
    if (!rc && sqlite3_changes(a->db) == 0) {
        rc = fail(err, RC_ABSENT, "'%.64s' has no token '%.100s'", name, label);
    }
    return rc;
}

enum rc accounts_token_revoke(struct accounts *a, const char *name, const char *label,
                              struct err *err)
{
    pthread_mutex_lock(&a->lock);
    enum rc rc = revoke(a, name, label, err);
    pthread_mutex_unlock(&a->lock);
    return rc;
}
