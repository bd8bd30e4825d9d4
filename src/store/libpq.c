/* libpq.c - see libpq.h. */
#include "store/libpq.h"

#include <pthread.h>

#include "base/late.h"

struct libpq libpq;

#define NAME(name) #name,
static const char *const names[] = {LIBPQ(NAME)};

static enum rc loaded;
static struct err why;

static void load(void)
{
    loaded = late_load(LIBPQ_SONAME, names, sizeof names / sizeof *names, &libpq, &why);
}

enum rc libpq_load(struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (loaded) *err = why;
    return loaded;
}
