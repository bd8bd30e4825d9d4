/* microhttpd.c - see microhttpd.h. */
#include "serve/microhttpd.h"

#include <pthread.h>

#include "base/late.h"

struct microhttpd microhttpd;

#define NAME(name) #name,
static const char *const names[] = {MICROHTTPD(NAME)};

static enum rc loaded;
static struct err why;

static void load(void)
{
    loaded = late_load(MICROHTTPD_SONAME, names, sizeof names / sizeof *names, &microhttpd, &why);
}

enum rc microhttpd_load(struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (loaded) *err = why;
    return loaded;
}
