/*
 * read.h - public statements: who spoke, what was promised, needed, counted
 * or decided, and in which bytes it stands.
 *
 * A document (a transcript, a fact sheet, a speech, as published) becomes
 * turns and statements. Reading never invents: what the document does not say
 * stays empty, and every statement is a candidate until a person accepts it.
 * The same bytes always give the same reading; there is no clock, no store
 * and no network here.
 *
 * The way of a document through this module, each step in its own file:
 * plain (bytes to text with a map back), turns (who speaks when), words
 * (tokens with what the tables know of them), values (numbers and money),
 * parties (who is meant), claims (sentences to statements).
 */
#ifndef MUSTER_READ_READ_H
#define MUSTER_READ_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/dec.h"
#include "base/err.h"

enum turn_kind {
    TURN_STATEMENT, /* opening or prepared remarks */
    TURN_QUESTION,  /* whoever asks, follow-ups included */
    TURN_ANSWER,
    TURN_MODERATOR, /* calling on people, nothing else */
};

/* One stretch of speech by one person. Texts are NULL where the document does not say. */
struct turn {
    const char *speaker;     /* fullest form of the name that the document gives */
    const char *role;        /* "NATO Secretary General" */
    const char *affiliation; /* "NATO"; of a journalist the outlet */
    enum turn_kind kind;
    size_t start, end; /* bytes of the file: what is said, its label left out */
};

enum said_kind { SAID_SUPPORT, SAID_NEED, SAID_FIGURE, SAID_DECISION };

/* How far support has come, as the sentence says it; SAID_NO_STAGE for other kinds. */
enum said_stage { SAID_NO_STAGE, SAID_CONSIDERED, SAID_ANNOUNCED, SAID_COMMITTED, SAID_PROVIDED };

enum goods {
    GOODS_MONEY,
    GOODS_EQUIPMENT,
    GOODS_AMMUNITION,
    GOODS_SPARES,
    GOODS_TRAINING,
    GOODS_MEDICAL,
    GOODS_FUEL,
    GOODS_FOOD,
    GOODS_SHELTER,
    GOODS_CYBER,
    GOODS_PERSONNEL,
    GOODS_MIXED,
    GOODS_OTHER,
    GOODS_COUNT
};

enum approx { APPROX_EXACT, APPROX_ABOUT, APPROX_NEARLY, APPROX_AT_LEAST, APPROX_AT_MOST };

enum { SAID_PARTIES_MAX = 16 };

/*
 * Who gives or gets: ISO 3166 alpha-3, NATO, EU, UN, G7, ALLIES (Allies or
 * partners nobody names), or another organisation's name as said. Never NULL
 * within count; count 0 when nobody can be told.
 */
struct said_parties {
    const char *code[SAID_PARTIES_MAX];
    uint32_t count;
};

struct said {
    uint32_t turn; /* index into turns */
    enum said_kind kind;
    enum said_stage stage;
    struct said_parties giver, receiver;
    const char *item; /* head noun phrase as said, white space squeezed; never NULL */
    enum goods goods;
    bool counted;         /* low, high, unit and approx are said */
    struct dec low, high; /* multiplied out: "half a billion" is 500000000 */
    const char *unit;     /* ISO 4217, each, people, round, tonne, percent, ...; NULL: not said */
    enum approx approx;
    const char *channel; /* initiative, fund or format as said, or NULL */
    const char *when;    /* as said, or NULL */
    size_t start, end;   /* bytes of the file: the words that carry it */
};

struct reading {
    const char *title;   /* NULL when there is none */
    const char *date;    /* "2024-04-04" as the document itself says, or NULL */
    const char *address; /* where the document says it was published, or NULL */
    const char
        *published; /* when, RFC 3339 with 'T' or a space, as its front matter says, or NULL */
    struct turn *turns;
    uint32_t turn_count, turn_room;
    struct said *said;
    uint32_t said_count, said_room;
};

/* The words of the contract for the enumerations above ("question", "support", "money", ...). */
const char *turn_kind_name(enum turn_kind kind);
const char *said_kind_name(enum said_kind kind);
const char *said_stage_name(enum said_stage stage); /* NULL for SAID_NO_STAGE */
const char *goods_name(enum goods goods);
const char *approx_name(enum approx approx);

/* A document may have up to this many bytes. */
#define READ_BYTES_MAX ((size_t)1 << 30)

/*
 * Read one document. Everything in *out lives in the arena. RC_INPUT, with a
 * sentence, for what is no text: NUL bytes, more than READ_BYTES_MAX. Bytes
 * that are not UTF-8 are taken as Windows-1252. Time and memory grow with len.
 */
MUST_CHECK enum rc read_document(struct arena *a, const char *bytes, size_t len,
                                 struct reading *out, struct err *err);

/* The bytes [start, end) of a document as UTF-8, byte for byte where they are that. */
const char *read_quote(struct arena *a, const char *bytes, size_t start, size_t end);

/* Whether the bytes look like a public statement in a form this module knows. Cheap. */
bool read_sniff(const char *bytes, size_t len);

#endif
