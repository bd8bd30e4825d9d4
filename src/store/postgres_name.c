/*
 * postgres_name.c - see postgres_name.h.
 *
 * The name is put together from parts that are known to be no secret; what
 * libpq says about a URL that it cannot read quotes the whole of it, so that
 * is not handed on.
 */
#include "store/postgres_name.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "store/libpq.h"

static const char *part(const PQconninfoOption *options, const char *keyword)
{
    for (const PQconninfoOption *o = options; o->keyword; o++) {
        if (strcmp(o->keyword, keyword) == 0) return o->val && *o->val ? o->val : NULL;
    }
    return NULL;
}

static void add_parameter(struct buf *b, const char *keyword, const char *value)
{
    if (!value) return;
    buf_addf(b, "%s%s=%s", strchr(b->text, '?') ? "&" : "?", keyword, value);
}

const char *postgres_name(struct arena *a, const char *url)
{
    struct buf b = {.arena = a};
    char *why = NULL;
    struct err unsaid; /* whoever opens it will hear */
    if (libpq_load(&unsaid)) return "postgresql://...";
    PQconninfoOption *o = PQconninfoParse(url, &why);
    PQfreemem(why);
    if (!o) return "postgresql://...";
    const char *user = part(o, "user"), *host = part(o, "host"), *port = part(o, "port");
    const char *db = part(o, "dbname");
    bool address = host && !strpbrk(host, "/,");
    if (!host) host = part(o, "hostaddr");
    buf_addf(&b, "postgresql://%s%s", user ? user : "", user ? "@" : "");
    if (address) buf_addf(&b, "%s%s%s", host, port ? ":" : "", port ? port : "");
    buf_addf(&b, "/%s", db ? db : "");
    if (!address) {
        add_parameter(&b, "host", host);
        add_parameter(&b, "port", port);
    }
    add_parameter(&b, "service", part(o, "service"));
    PQconninfoFree(o);
    return b.text;
}

enum rc postgres_name_check(const char *url, const char *name, struct err *err)
{
    char *why = NULL;
    enum rc rc = libpq_load(err);
    if (rc) return rc;
    PQconninfoOption *o = PQconninfoParse(url, &why);
    PQfreemem(why);
    PQconninfoFree(o);
    if (o) return RC_OK;
    return fail(err, RC_STORE,
                "'%.40s' is no address of a database: postgresql://USER@HOST:PORT/DATABASE, with"
                " options of libpq behind '?'",
                name);
}
