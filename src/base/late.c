/* late.c - see late.h. */
#include "base/late.h"

#include <dlfcn.h>
#include <string.h>

static const char *reason(void)
{
    const char *why = dlerror();
    return why ? why : "it cannot be loaded";
}

enum rc late_load(const char *library, const char *const *names, size_t count, void *table,
                  struct err *err)
{
    void *all = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!all) return fail(err, RC_STORE, "a library is missing: %.200s", reason());
    for (size_t i = 0; i < count; i++) {
        if (!dlsym(all, names[i]))
            return fail(err, RC_STORE, "a library is too old: %.200s", reason());
    }
    for (size_t i = 0; i < count; i++) {
        void *symbol = dlsym(all, names[i]); /* POSIX: a pointer to data holds one to a function */
        memcpy((char *)table + i * sizeof symbol, &symbol, sizeof symbol);
    }
    return RC_OK;
}
