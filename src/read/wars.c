/*
 * wars.c - see wars.h. A few rows, read once. A fault in the table is a bug of
 * muster: it is asserted.
 */
#include "read/wars.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

#include "read/embedded.h"

enum { WARS_MAX = 64, CODE = 3 };

struct war {
    char attacked[CODE + 1], attacker[CODE + 1];
    const char *arms; /* "BLR CHN", in the table */
    size_t arms_len;
};

static struct war wars[WARS_MAX];
static uint32_t war_count;

/* "UKR<tab>RUS<tab>BLR CHN", and a note behind another tab. */
static void add_war(const char *row, size_t len)
{
    enum { BOTH = 2 * CODE + 1 };
    assert(war_count < WARS_MAX);
    assert(len >= BOTH && row[CODE] == '\t' && (len == BOTH || row[BOTH] == '\t'));
    struct war *w = &wars[war_count++];
    memcpy(w->attacked, row, CODE);
    memcpy(w->attacker, row + CODE + 1, CODE);
    w->arms = row + (len > BOTH ? BOTH + 1 : len);
    const char *tab = memchr(w->arms, '\t', len - (size_t)(w->arms - row));
    w->arms_len = (size_t)((tab ? tab : row + len) - w->arms);
}

static void load(void)
{
    for (const char *p = read_wars.begin; p < read_wars.end;) {
        const char *eol = memchr(p, '\n', (size_t)(read_wars.end - p));
        size_t len = (size_t)((eol ? eol : read_wars.end) - p);
        if (len > 0 && *p != '#') add_war(p, len);
        p += len + 1;
    }
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

const char *war_attacker(const char *attacked, uint32_t nth)
{
    pthread_once(&once, load);
    for (uint32_t i = 0; i < war_count; i++)
        if (strcmp(wars[i].attacked, attacked) == 0 && nth-- == 0) return wars[i].attacker;
    return NULL;
}

bool war_arms(const char *attacker, const char *giver)
{
    pthread_once(&once, load);
    for (uint32_t i = 0; i < war_count; i++) {
        if (strcmp(wars[i].attacker, attacker) != 0) continue;
        for (size_t at = 0; at + CODE <= wars[i].arms_len; at += CODE + 1)
            if (strlen(giver) == CODE && memcmp(wars[i].arms + at, giver, CODE) == 0) return true;
    }
    return false;
}
