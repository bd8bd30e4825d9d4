/* iati_inside.h - what the files of the IATI export share. Private to export/iati*.c. */
#ifndef MUSTER_EXPORT_IATI_INSIDE_H
#define MUSTER_EXPORT_IATI_INSIDE_H

#include "base/map.h"
#include "export/iati.h"
#include "export/iati_own.h"
#include "iati/codes.h"

struct iati_out {
    struct arena *arena, *scratch; /* of the file; of one activity, reset behind it */
    const struct view *view;
    const struct book *book;
    const struct iati_export *x;
    const struct codes *codes;
    const struct line *lines;
    struct own own;
    struct map alpha2; /* "UKR" -> 'U' << 8 | 'A' */
};

/* Lines that make one activity, in the order of the book. */
struct group {
    const char *key;  /* "iati:GB-1-204", the package's, or the line's */
    bool of_iati;     /* an activity of some publisher */
    bool stands_in;   /* none at all: a file has one, and here is what belongs to none */
    uint32_t package; /* noun, NONE */
    uint32_t said;    /* noun of the statement that is the activity, NONE */
    uint32_t *lines;
    uint32_t count, room;
    const struct record **statements; /* figures about it: budgets */
    uint32_t statement_count, statement_room;
    const struct record **documents; /* sources about it */
    uint32_t document_count, document_room;
};

/* One live movement, with its whole record. */
struct moved {
    const struct line *line;
    const struct record *entry;
};

/* And what is kept beside the movements of a line: interest, what was taken back beyond zero. */
struct moves {
    struct moved *at;
    uint32_t count, room;
    struct moved *values;
    uint32_t value_count, value_room;
};

/* The activity in the standard's words. Everything lives in the scratch arena. */
void iati_say_activity(struct iati_out *o, const struct group *g, const struct moves *moves,
                       struct iati_activity *out);

/* The transactions alone (iati_moves.c). */
void iati_say_moves(struct iati_out *o, const struct group *g, const struct moves *moves,
                    struct iati_activity *out);

/* Money promised by a day and not there yet, as planned disbursements added to the list. */
void iati_say_promises(struct iati_out *o, const struct group *g, const struct moves *moves,
                       struct iati_planned *to, uint32_t *count);

/* Documents that an organisation links to. */
const struct iati_document *iati_say_papers(struct iati_out *o, const struct record **list,
                                            uint32_t count, uint32_t *written);

/* Codes that its publisher gave the activity, out of its record (iati_said.c). */
void iati_say_codes(struct iati_out *o, const struct record *said, struct iati_activity *out);

/* Countries, regions, sectors, scopes: what the lines' tags say (iati_places.c). */
void iati_say_places(struct iati_out *o, const struct group *g, struct iati_activity *out);

/* A party as an organisation: its reference, if it is one, and its name. */
struct iati_org iati_say_org(struct iati_out *o, uint32_t noun);

/* One narrative in English. */
struct iati_text iati_say_text(struct iati_out *o, const char *text);

/* A text of a record, its own and those in other languages (iati_words.c). */
struct iati_text iati_say_in_all(struct iati_out *o, const struct record *r, const char *what,
                                 const char *own);

/* The same of all descriptions, by their types. */
const struct iati_description *iati_say_described(struct iati_out *o, const struct record *r,
                                                  const char *own, uint32_t *count);

/* "kiel:r07:UKM6%2F3": a key as a part of an identifier. */
const char *iati_say_key(struct iati_out *o, const char *key);

/* Who publishes: as asked, else this party. */
struct iati_org iati_say_reporter(struct iati_out *o, uint32_t noun);

/* "2014-01-01/2014-12-31", a period of at most a year; false for any other. */
bool iati_say_period(const char *text, int32_t *since, int32_t *until);

/* The value of a figure. */
struct iati_value iati_say_value(struct iati_out *o, const struct record *figure, int32_t day);

/* Whether the standard's list of currencies has it. */
bool iati_currency(const struct iati_out *o, const char *currency);

#endif
