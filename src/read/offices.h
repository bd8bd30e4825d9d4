/*
 * offices.h - the words by which press rooms call people.
 *
 * Private to read/. "NATO Secretary General Jens Stoltenberg" is an office and
 * a name; "Senior Administration Official" an office alone; "Jonathan Beale" a
 * name alone; "Stronger Defence" neither. What tells them apart is which words
 * belong to offices, and which can stand in no name.
 */
#ifndef MUSTER_READ_OFFICES_H
#define MUSTER_READ_OFFICES_H

#include <stdint.h>

enum office {
    OFFICE_HEAD = 1,       /* the office itself: secretary, president, coordinator */
    OFFICE_PART = 2,       /* of an office or body: foreign, defence, NATO; in no person's name */
    OFFICE_RANK = 4,       /* military: gen., admiral; stands before a name */
    OFFICE_HONOUR = 8,     /* Mr., Dr., Madam */
    OFFICE_NOBODY = 16,    /* somebody without a name: official, participant, aide */
    OFFICE_ASKS = 32,      /* reporter, journalist, question */
    OFFICE_CALLS = 64,     /* moderator, operator, staff: gives the word to others */
    OFFICE_SPEAKS = 128,   /* spokesperson: gives the word to others when a principal is there */
    OFFICE_LINK = 256,     /* of, the, for, and: between the words of an office */
    OFFICE_PARTICLE = 512, /* von, de, al: between the words of a name */
    OFFICE_OUTLET = 2048,  /* a newspaper, an agency, a station: Reuters, television */
    OFFICE_NEVER = 1024,   /* begins no label: Dear, But, Note, Source */
    OFFICE_SHORT = 4096,   /* initials, which stay capitals: APNSA, NATO, SACEUR */
};

/* What the word [text, text + len) may be, case and a full stop ignored; 0 for all others. */
unsigned office_word(const char *text, uint32_t len);

/* The i-th word of the list, in its order; NULL behind the last. */
const char *office_listed(uint32_t i);

#endif
