/* postgres_name.h - what a PostgreSQL store is called before people. */
#ifndef MUSTER_STORE_POSTGRES_NAME_H
#define MUSTER_STORE_POSTGRES_NAME_H

#include "base/arena.h"
#include "base/err.h"

/* User, host, port and database of the URL, and nothing else of it. */
const char *postgres_name(struct arena *a, const char *url);

/* RC_STORE where libpq cannot read the URL. */
MUST_CHECK enum rc postgres_name_check(const char *url, const char *name, struct err *err);

#endif
