/*
 * late.h - libraries that few commands need, loaded when one does.
 *
 * Loading a library, and what it loads in turn, costs every command time and
 * memory, also those that never call it: libpq alone brings along Kerberos,
 * LDAP and GnuTLS. So what a single place calls is kept in a struct of pointers
 * to functions and nothing else, one for each name, in the same order.
 */
#ifndef MUSTER_BASE_LATE_H
#define MUSTER_BASE_LATE_H

#include <stddef.h>

#include "base/err.h"

/*
 * Fills the table, or says which library or name is missing; then all of the
 * table is as it was. The library stays until the end of the process. Whoever
 * calls sees to it that one thread does.
 */
MUST_CHECK enum rc late_load(const char *library, const char *const *names, size_t count,
                             void *table, struct err *err);

#endif
