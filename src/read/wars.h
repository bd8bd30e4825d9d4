/*
 * wars.h - wars that go without saying: data/read/wars.tsv.
 *
 * Private to read/. Who attacks is found in the document. In some wars nobody
 * says it any more; they are rows of a table, so that another one needs no code.
 */
#ifndef MUSTER_READ_WARS_H
#define MUSTER_READ_WARS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Who attacks it by the nth of its rows, counted from 0: ISO alpha-3; NULL
 * behind the last. Lives as long as the process.
 */
const char *war_attacker(const char *attacked, uint32_t nth);

/* Whether it is known to arm the attacker of such a war. */
bool war_arms(const char *attacker, const char *giver);

#endif
