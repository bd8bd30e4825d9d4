/*
 * lexicon.h - the spellings of data/read/, found in one step a word.
 *
 * Private to read/. All tables become one trie over words, read at the first
 * question and never changed. A fault in a table is a bug of muster: it is
 * asserted, and covered by tests.
 */
#ifndef MUSTER_READ_LEXICON_H
#define MUSTER_READ_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#include "read/words.h"

/* Read the tables, once; before anything else here. */
void lexicon_load(void);

/* Words without sentences and without the lexicon: what spellings are split by. */
void words_split(struct arena *a, const struct plain *p, uint32_t begin, uint32_t end,
                 struct words *out);

/* The id of a word that some spelling has, or 0, any case; and the state after it alone. */
uint32_t lexicon_id(const char *word, size_t len, uint32_t *first);

/* Where the trie goes from state (0: the beginning) by a word; 0: nowhere. */
uint32_t lexicon_step(uint32_t state, uint32_t id);

/* The entry whose spelling ends in this state, or 0. */
uint32_t lexicon_entry(uint32_t state);

#endif
