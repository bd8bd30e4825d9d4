/*
 * record.h - everything that happened, as one kind of thing.
 *
 * A record is a kind and a list of fields; what fields there are, what they
 * hold and which kinds may carry them is one table (record_fields). Encoder,
 * decoder, exchange file, checks, JSON and forms all read that table, so a
 * new field is a new row of it.
 *
 * Canonical bytes: version byte, kind, id, recorded_ms, label, then the
 * fields by ascending tag, each as varint tag, varint length, content.
 * Numbers are zig-zag varints, text is UTF-8 in normal form C, a decimal is
 * mantissa then scale. An absent field is left out. Nothing on disk ever
 * changes its code: kinds, tags, stages and vocabularies only grow.
 *
 * A draft is a record that is not in the log yet: id 0, and its references
 * may name their target by key instead of by id.
 */
#ifndef MUSTER_RECORD_RECORD_H
#define MUSTER_RECORD_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/dec.h"
#include "base/err.h"

enum { SALT_BYTES = 16, RECORD_VERSION = 1, RECORD_BYTES_MAX = 1 << 20, RECORD_FIELDS_MAX = 250 };

enum kind {
    KIND_NONE = 0,
    KIND_PARTY = 1,      /* nation, institution, fund, coalition, initiative, group */
    KIND_MEMBERSHIP = 2, /* a party in a group, from a day until a day */
    KIND_ITEM = 3,       /* a thing, service or currency of the catalogue */
    KIND_RELATION = 4,   /* between items: substitutes, sustains */
    KIND_NEED = 5,
    KIND_LINE = 6, /* one promise of one item by one giver to one receiver */
    KIND_PACKAGE = 7,
    KIND_VALUE = 8, /* what something is worth, on one basis, at one stage */
    KIND_ENTRY = 9, /* one movement of quantity of one line */
    KIND_LOT = 10,
    KIND_ROUTE = 11,
    KIND_PRICE = 12,
    KIND_RATE = 13,
    KIND_INDICATOR = 14, /* GDP, GNI, population, refugees: what keys for fair shares read */
    KIND_SOURCE = 15,
    KIND_PASSAGE = 16,
    KIND_STATEMENT = 17,
    KIND_DECISION = 18,
    KIND_EDGE = 19,     /* between records: makes, restates, revises, contradicts, same */
    KIND_FLAG = 20,     /* a row of a file that cannot be right, or could not be taken */
    KIND_BUDGET = 21,   /* what a giver may spend on orders placed within a period */
    KIND_PLANT = 22,    /* a production line that a giver can open, at a cost */
    KIND_SCENARIO = 23, /* a branch of the book: the book up to a moment, and what if */
    KIND_ROUND = 24,    /* givers are asked for what a plan proposes */
    KIND_RUN = 25,      /* the plan of a round: what it was made from, and how good it is */
    KIND_PROPOSAL = 26, /* one shipment that a round asks of a giver */
    KIND_REQUEST = 27,  /* what a client asked to have recorded, under a key of its own */
    KIND_COUNT
};

enum stage {
    STAGE_WORLD = 0,
    STAGE_CONSIDERED = 1,
    STAGE_ANNOUNCED = 2,
    STAGE_COMMITTED = 3,
    STAGE_ALLOCATED = 4,
    STAGE_DISPATCHED = 5,
    STAGE_DELIVERED = 6,
    STAGE_WITHDRAWN = 7,
    STAGE_LAPSED = 8,
    STAGE_LOST = 9,
    STAGE_COUNT
};

enum tag {
    F_KEY = 1, /* what the thing is called for ever: "DEU", "fts:211794" */
    F_NAME = 2,
    F_TYPE = 3,     /* sort within the kind: see record_types(); of a passage: it is a turn */
    F_PARTY = 4,    /* giver; whose lot, budget, membership, statement, indicator */
    F_RECEIVER = 5, /* who gets it; who asks */
    F_ITEM = 6,
    F_CLASS = 7,   /* financial, humanitarian, military, or an item's class */
    F_UNIT = 8,    /* what one whole is called: "piece", "t", "EUR" */
    F_PARTS = 9,   /* decimal places of the unit that are counted: 2 for EUR */
    F_MASS = 10,   /* grams per whole unit; of a route: that pass it in a month */
    F_PARENT = 11, /* item above; group of a membership; other item of a relation */
    F_CODE = 12,   /* outside code: NSN, CRS purpose */
    F_LINE = 13,
    F_FROM = 14, /* stage left */
    F_TO = 15,   /* stage entered; the stage a value stands for */
    F_QTY = 16,  /* whole parts of the item's unit, above 0 */
    F_DAY = 17,  /* effective day; price date; announcement */
    F_PRECISION = 18,
    F_PASSAGE = 19,  /* evidence */
    F_AUTHOR = 20,   /* who put it in the book */
    F_REVERSES = 21, /* the entry taken back */
    F_WHY = 22,
    F_CONFIRMED = 23, /* 1: by the receiver */
    F_STATED = 24,    /* when the publisher stated this version, UTC ms */
    F_SERIES = 25,    /* publisher's series: "kiel:r07"; picks its rates */
    F_LOW = 26,       /* parts; absent: not disclosed */
    F_HIGH = 27,
    F_SINCE = 28,   /* first day: promised window, membership, need, budget, route */
    F_UNTIL = 29,   /* last day */
    F_CHANNEL = 30, /* the party it goes through */
    F_PACKAGE = 31,
    F_CONDITION = 32,
    F_OUTSIDE = 33,         /* 1: the publisher leaves it out of its published totals */
    F_SOURCE_TAG = 34,      /* an object on the giving side: "Location/1/single/Afghanistan" */
    F_DESTINATION_TAG = 35, /* the same on the receiving side */
    F_NEW_MONEY = 36,       /* 1: new to the system, so its source lies outside any boundary */
    F_LINK = 37,            /* key of a related record that need not be here */
    F_OF = 38,              /* what a value, edge or decision is about */
    F_BASIS = 39,           /* stated, net book, replacement, market, list, estimate */
    F_CURRENCY = 40,        /* ISO 4217 */
    F_AMOUNT = 41,          /* decimal: price, rate, indicator, efficiency */
    F_PLACE = 42,           /* in a source: "sheet!R12C3"; in the world: a depot, a hub */
    F_MEASURE = 43,         /* what an indicator or figure measures: "gdp", "military" */
    F_OBJECT = 44,          /* second end of an edge */
    F_PRIORITY = 45,        /* 1 first */
    F_MONTHLY = 46,         /* 1: the quantity is asked for every month of the window */
    F_FLOOR = 47,           /* parts the giver keeps for itself */
    F_MODE = 48,
    F_TONNES = 49, /* a month */
    F_LEAD = 50,   /* days */
    F_HASH = 51,   /* SHA-256 of the evidence, of what was asked; hexadecimal */
    F_ADDRESS = 52,
    F_PUBLISHER = 53,
    F_RETRIEVED = 54, /* UTC ms */
    F_MEDIA = 55,
    F_BEGIN = 56, /* first byte of a passage */
    F_END = 57,   /* byte after its last */
    F_SPEAKER = 58,
    F_TEXT = 59,
    F_INFERRED = 60, /* 1: a program's reading that no person accepted yet */
    F_BASE = 61,     /* currency that one unit of is quoted in a rate */
    F_NOTE = 62,
    F_RESOLVED = 63, /* the value a person settled on where sources disagree */
    F_SOURCE = 64,   /* the source a passage stands in */
    F_SAME = 65,     /* lines with one word show the same support in several series: never added */
    F_ORIGIN = 66,   /* leaf, in hexadecimal, of the record of another log that this one repeats */
    F_ROLE = 67,     /* of who speaks: "NATO Secretary General" */
    F_AFFILIATION = 68,   /* of who speaks: "NATO"; of a journalist the outlet */
    F_SAID_GIVER = 69,    /* who gives, as a reader of the words took it: "DEU", "ALLIES" */
    F_SAID_RECEIVER = 70, /* who gets, likewise */
    F_SAID_ITEM = 71,     /* what, in the words used */
    F_SAID_STAGE = 72,    /* considered, announced, committed, provided */
    F_SAID_CHANNEL = 73,  /* initiative, fund or format, in the words used */
    F_SAID_WHEN = 74,     /* "by the end of the year" */
    F_APPROX = 75,        /* exact, about, nearly, at_least, at_most */
    F_UPTO = 76,          /* decimal: the upper end of what F_AMOUNT begins */
    F_SKETCH = 77,        /* of a source's words, so that its re-issue is recognised */
    F_VERDICT = 78,       /* of a candidate: accepted, rejected; of what it had made: taken-back */
    F_KEEPS = 79,   /* the need whose systems this one keeps going: F_AMOUNT for one a month */
    F_URGENT = 80,  /* 1 */
    F_WEIGHT = 81,  /* decimal: what one whole unit, missing for a month, counts in a plan */
    F_COST = 82,    /* decimal: money that one whole unit of a lot costs its giver */
    F_WORTH = 83,   /* decimal: money that one whole unit of a lot is credited with */
    F_ORDERED = 84, /* the day of the order, which says whose year pays */
    F_PLANT = 85,   /* the production line that must be opened for a lot */
    F_GIVER = 86,   /* whose way to a hub a route is */
    F_VIA = 87,     /* the route of the hub that a way or a change of capacity belongs to */
    F_LOT = 88,     /* the lot that a line draws on; that a giver refuses */
    F_NEED = 89, /* the need that a line serves; the only one that a relation, a refusal is for */
    F_SCENARIO = 90,  /* the scenario it belongs to: it is supposed, and not in the book itself */
    F_MOMENT = 91,    /* up to which a scenario, or a run, takes the book, UTC ms */
    F_SURPLUS = 92,   /* 1: more than the need asks for is welcome */
    F_ROUND = 93,     /* what a run or a proposal belongs to */
    F_HEAD = 94,      /* id of the last record that a run had seen */
    F_OPTION = 95,    /* how a run was asked: "gap=0.001" */
    F_OBJECTIVE = 96, /* decimal: what a run's plan comes to */
    F_BOUND = 97,     /* decimal: below which no plan can come */
    F_VALUED = 98,    /* the day whose rate converts it, where that is not F_DAY */
    F_WORDS = 99,     /* beside its own text: "title//fr/Eau", "description/2/fr/Pour ..." */
    TAG_COUNT
};

enum field_type {
    TYPE_TEXT,
    TYPE_INT,   /* any whole number */
    TYPE_COUNT, /* a whole number, 0 or more */
    TYPE_FLAG,  /* 1 */
    TYPE_STAGE,
    TYPE_DAY,
    TYPE_PRECISION,
    TYPE_INSTANT,
    TYPE_DEC,
    TYPE_REF, /* id of another record, of one of the kinds in `refs` */
};

#define KIND_BIT(kind) (UINT32_C(1) << (kind))

struct field_rule {
    const char *name; /* as in the exchange file; NULL: no such tag */
    enum field_type type;
    uint32_t kinds;    /* bits of the kinds that may carry it */
    uint32_t required; /* bits of the kinds that must */
    uint32_t refs;     /* TYPE_REF: bits of the kinds it may point at */
    bool many;         /* may stand more than once */
};

/* By tag. */
extern const struct field_rule record_fields[TAG_COUNT];

struct field {
    enum tag tag;
    int64_t n;        /* every type but text; the mantissa of a decimal; 0 in a draft's ref */
    int32_t scale;    /* of a decimal */
    uint32_t len;     /* of text */
    const char *text; /* TYPE_TEXT; the key that a draft's reference names */
};

struct record {
    uint64_t id;         /* its place in the log, from 1; 0 for a draft */
    int64_t recorded_ms; /* given by the writer; never falls along the log */
    enum kind kind;
    const char *label; /* who may see it: "public", "group:KEY", "parties:DEU,POL", "owner" */
    const char *idem;  /* record_idem() of this very record; unique in the log */
    uint8_t salt[SALT_BYTES];
    struct field *fields; /* by tag; the same tag twice only where `many` */
    uint32_t count, room;
};

/* Names, as in the exchange file and --json; NULL for a code that is none. */
const char *kind_name(enum kind kind);
const char *stage_name(enum stage stage);
const char *precision_name(enum precision precision);
/* KIND_NONE, STAGE_COUNT, PRECISION_COUNT when there is none of that name. */
enum kind kind_named(const char *name);
enum stage stage_named(const char *name);
enum precision precision_named(const char *name);

/* NULL-ended vocabulary of F_TYPE for a kind, or NULL where any word will do. */
const char *const *record_types(enum kind kind);

/* A draft of a kind, label "public", no fields. It lives in the arena. */
struct record *record_new(struct arena *a, enum kind kind);

/* Put a field in its place. Setting an absent value (NULL text or key) does nothing. */
void record_set_text(struct arena *a, struct record *r, enum tag tag, const char *text);
/* The same without a copy: the text lives as long as the record. */
void record_lend_text(struct arena *a, struct record *r, enum tag tag, const char *text);
void record_set_int(struct arena *a, struct record *r, enum tag tag, int64_t n);
void record_set_dec(struct arena *a, struct record *r, enum tag tag, struct dec d);
void record_set_ref(struct arena *a, struct record *r, enum tag tag, uint64_t id);
/* A draft's reference: the key of a record of one of the kinds that tag may point at. */
void record_set_key(struct arena *a, struct record *r, enum tag tag, const char *key);

/* First field with that tag, or NULL. */
const struct field *record_field(const struct record *r, enum tag tag);
const char *record_text(const struct record *r, enum tag tag); /* NULL if absent */
int64_t record_int(const struct record *r, enum tag tag, int64_t absent);
uint64_t record_ref(const struct record *r, enum tag tag);   /* 0 if absent */
struct dec record_dec(const struct record *r, enum tag tag); /* 0 if absent */

/*
 * What names this very record in the log, so that two writers who race for
 * the same version collide: "leaf:ORIGIN" of what came from another log, else
 * "kind/key/version", else NULL. Versions of a kind and key count from 1 in
 * log order. It follows from the bytes, so altering it is found. What belongs
 * to a scenario counts its versions there: "in:ID/kind/key/version".
 */
const char *record_idem(struct arena *a, const struct record *r, uint64_t version);

/* Whether r->idem is just that; nothing is allocated or printed for the answer. */
bool record_idem_is(const struct record *r, uint64_t version);

/*
 * A key for a record of the log that has none, so that a file can name it: the
 * same each time, different for each, and it tells nothing of the record.
 */
#define RECORD_STAND_IN "muster:"
const char *record_stand_in_key(struct arena *a, const struct record *r);

/* A copy in the arena. */
struct record *record_copy(struct arena *a, const struct record *r);

/* A copy with fields of its own, whose texts are those of the other. */
struct record *record_lend(struct arena *a, const struct record *r);

/* Whether two records of a kind say the same, whoever said it, when, and with what evidence. */
bool record_same(const struct record *a, const struct record *b);

/*
 * 128 bits of SHA-256 over what record_same compares: two records of a kind
 * with the same digest say the same. References count by id.
 */
void record_digest(const struct record *r, uint8_t out[16]);

/*
 * Whether the record obeys the table: RC_RULE with the field's name for a
 * field the kind may not carry, a missing one, a word outside its vocabulary,
 * a number outside its range, a settled value that does not say who settled it
 * and why. What depends on other records is the book's.
 */
MUST_CHECK enum rc record_check(const struct record *r, struct err *err);

/* Append the canonical bytes. */
void record_encode(struct buf *out, const struct record *r);

/*
 * Read canonical bytes back; text is copied to the arena. RC_INPUT for
 * anything that record_encode would not have written. idem and salt are not
 * in the bytes; the caller fills them in.
 */
MUST_CHECK enum rc record_decode(struct arena *a, const void *bytes, size_t len, struct record *out,
                                 struct err *err);

#endif
