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

/*
 * For the words from `first` on: their ids, and the longest spelling that
 * begins at each. The text may be read up to byte `end`.
 */
void lexicon_look_up(struct words *ws, uint32_t first, uint32_t end);

#endif
