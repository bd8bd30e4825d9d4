/*
 * letter.h - what a character beyond ASCII is to somebody who compares words.
 *
 * Two spellings of one word must meet (É and é, é and e with an accent behind
 * it), two words must not (и and й). So a letter is taken apart and folded to
 * lower case; accents on letters that are not Cyrillic are left out, and other
 * marks stay. ICU knows the characters.
 */
#ifndef MUSTER_BASE_LETTER_H
#define MUSTER_BASE_LETTER_H

#include <stddef.h>
#include <stdint.h>

enum letter {
    LETTER_BREAK,   /* no part of a word */
    LETTER_PART,    /* of a word */
    LETTER_ALONE,   /* a word by itself: an ideograph, kana, a currency sign */
    LETTER_NOTHING, /* not there: zero width, direction marks, soft hyphens, accents */
};

enum { LETTER_FOLD_MAX = 24 };

/* What c is; for a part or a word its folded UTF-8 is put into out, *len bytes. */
enum letter letter_fold(int32_t c, char out[LETTER_FOLD_MAX], size_t *len);

/* The character behind a byte of Windows-1252; U+FFFD for the five that are none. */
int32_t letter_1252(unsigned char byte);

/* The UTF-8 of c into out; its length. c is a scalar value. */
size_t letter_utf8(int32_t c, char out[4]);

#endif
