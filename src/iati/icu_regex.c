/* icu_regex.c - see icu_regex.h. */
#include "iati/icu_regex.h"

#include <pthread.h>

#include "base/late.h"

struct icu_regex icu_regex;

/* ICU's names have its version behind them, by macros. */
#define TEXT(name) #name
#define NAME(name) TEXT(name),
static const char *const names[] = {ICU_REGEX(NAME)};

static enum rc loaded;
static struct err why;

static void load(void)
{
    loaded = late_load(ICU_REGEX_SONAME, names, sizeof names / sizeof *names, &icu_regex, &why);
}

enum rc icu_regex_load(struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (loaded) *err = why;
    return loaded;
}
