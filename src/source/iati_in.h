/*
 * iati_in.h - what the files of the IATI reader share: an activity on its way
 * into drafts. Private to source/iati*.c.
 *
 *   iati.c          files, activities, budgets, documents, organisations
 *   iati_parties.c  who is who, and what a line lies inside
 *   iati_lines.c    transactions as lines and entries
 *   iati_words.c    titles, descriptions and names in several languages
 *   iati_said.c     codes that an activity gives itself
 *   iati_judged.c   what the standard, its ruleset and its lists of codes say of it
 *   iati_own.c      records that a muster wrote beside them
 *   iati_again.c    what is there already, word for word
 */
#ifndef MUSTER_SOURCE_IATI_IN_H
#define MUSTER_SOURCE_IATI_IN_H

#include "iati/read.h"
#include "source/source.h"

enum { IATI_TAGS_MAX = 100, IATI_LINES_BYTES_MAX = 128 << 20 };

/* Activities and organisations that were passed over, and the first of them. */
struct iati_left_out {
    uint64_t count;
    const char *id;
    uint32_t line;
};

struct iati_again {
    struct heard *heard; /* digests of all that the file said */
    uint32_t heard_count, heard_room;
    struct map of_id;          /* how many different ones; filled where files follow each other */
    uint8_t digest[SHA_BYTES]; /* of the activity that is taken */
    uint64_t name;             /* what the files after this one know it by */
    struct iati_left_out in_file, in_import;
    uint32_t *children; /* of the root, that were passed over: a bit each */
    uint32_t children_room;
};

/* Under which key an activity is taken, in hashes. */
struct iati_place {
    uint64_t key, digest; /* of its transactions */
    uint64_t first;       /* the key without a number, which another one has; 0: this one */
};

struct iati_in {
    struct intake *in;
    struct arena *a; /* the intake's */
    const struct input *file;
    const char *source; /* key of its source record */
    const char *author; /* "import:iati" */
    struct map parties; /* "ref|name" -> index into those named */
    struct named_party {
        const char *key;
        struct record *draft; /* NULL: not of this intake, or a nation, which has our name */
    } * named;
    uint32_t named_count, named_room;
    const struct codes *codes;
    bool is_203;     /* some activity or organisation says that it is of 2.03 */
    struct map told; /* codes nobody knows, each told once */
    struct map once; /* keys of budgets and documents: how often */

    /* Activities of the file: hashes of their keys, and digests of their transactions. */
    struct seen_activity *seen;
    uint32_t seen_count, seen_room;

    struct iati_again again;

    const struct stream *feed; /* NULL: the whole file is one intake */
    const char *hex;           /* its digest, when it is fed */
    struct arena *lasting;     /* of the reading; the intake's may be wound back */
    struct arena scratch;      /* of one activity */
};

/* One activity, and what all its lines have in common. */
struct activity_in {
    struct iati_in *r;
    const struct iati_activity *said;
    const char *key;    /* "iati:GB-1-100234" */
    const char *series; /* "iati:GB-1:GB-1-100234": each activity is a report of its own */
    const char *reporter, *passage;
    const char *title;
    const char *label; /* the same, as it stands in every line */
    int64_t stated_ms;
    bool passes_on;                  /* it reports what comes in: what goes out is not new */
    const char *tags[IATI_TAGS_MAX]; /* of the destination, but places */
    uint32_t tag_count;
    const char *places[IATI_TAGS_MAX];
    uint32_t place_count;
    const char *country; /* party key of the only country; NULL */
    /* What every line asks for, found once: an activity may have many of each. */
    const struct iati_org *only[5]; /* by role: the only participant; NULL */
    int32_t start;                  /* of a transaction without a day; IATI_NO_DAY */
    int32_t since, until; /* the window of what is planned; since > until: there is none */
    bool humanitarian;
    size_t line_bytes;                /* of tags and links, on all its lines */
    uint32_t too_much;                /* the line of the file where that became too much; 0 */
    const char *links[IATI_TAGS_MAX]; /* "flow-parent:ID" */
    uint32_t link_count;
};

/* "iati:GB-1-100234", or "iati:GB-1-100234@302" of who reports on an activity of others. */
const char *iati_activity_key(struct arena *a, const char *id, const struct iati_org *reporter);

/* The key of a party; of "unknown" where nobody is named. */
const char *iati_party(struct iati_in *r, const struct iati_org *o);

/* What one more mention says of the name of a party that was asked for before. */
void iati_hear_name(struct iati_in *r, const struct iati_org *o);

/* Whether somebody is named at all. */
bool iati_named(const struct iati_org *o);

/* Fill in the activity's tags, places and only country. */
void iati_places(struct activity_in *x);

/* The places of a transaction in its own words; 0: it says none, and the activity's hold. */
uint32_t iati_own_places(struct activity_in *x, const struct iati_transaction *t,
                         const char *tags[], const char **country);

/* A sector as a tag; shared: beside others of the line. */
const char *iati_sector_tag(struct activity_in *x, const struct iati_code *c, bool shared);

void iati_transactions(struct activity_in *x);

/* The text, as much of it as is kept; and as is kept of what many records repeat. */
const char *iati_cut(struct iati_in *r, const char *text);
const char *iati_cut_short(struct iati_in *r, const char *text);

/* A text in every language: one in `tag`, unless something stands there, the others in F_WORDS. */
void iati_keep_text(struct iati_in *r, struct record *to, const char *what, enum tag tag,
                    const struct iati_text *t);

/* A party's name in the languages in which its record does not have it yet. */
void iati_keep_name(struct iati_in *r, struct record *party, const struct iati_org *o);

/* All descriptions: one in F_NOTE, the others in F_WORDS. */
void iati_keep_descriptions(struct iati_in *r, struct record *to,
                            const struct iati_description *list, uint32_t count);

/* Codes that the activity gives itself, as links of its record (iati_said.c). */
void iati_keep_codes(struct iati_in *r, struct record *to, const struct iati_activity *a);

/*
 * Records in a muster's own words (iati/own.h), if there are any: whether
 * there were, and then they are all that is taken of the activity.
 */
bool iati_own_records(struct iati_in *r, const struct iati_node *rest);

/* One such record that stands in no activity. */
void iati_own_record(struct iati_in *r, const struct iati_node *n);

/* Whether it was said before, word for word: a listener's question. */
bool iati_known(void *ctx, const struct iati_whole *whole);

uint64_t iati_hash(const char *text);

/* For the files after this one: where the activity stands; NULL: not where they could tell. */
void iati_note_said(struct iati_in *r, const struct iati_place *place);

/* Whether an activity that has that place in an earlier file has it in this one; then it has. */
bool iati_stands_at(struct iati_in *r, const struct iati_place *place);

/* Whether that child of the file's root was passed over. */
bool iati_passed_over(const struct iati_in *r, uint64_t child);

/* How much was left out for that. */
void iati_tell_again(struct iati_in *r);

/* Codes that their lists do not have. */
void iati_look_up_codes(struct iati_in *r, const struct iati_activity *a);

/* The whole file against the schema and the ruleset of 2.03. */
void iati_judge_file(struct iati_in *r);

/* A diagnostic at a line of the file. */
void iati_diag(struct iati_in *r, enum severity severity, const char *rule, uint32_t line,
               const char *path, const char *value, const char *expected);

/* Whole parts of the currency; the code that stands for it, NO_CURRENCY where none is said. */
bool iati_parts(struct iati_in *r, const struct iati_value *v, const char **currency,
                int64_t *parts);

/* A day on which nothing can have moved is told, and kept as it is. */
void iati_likely_day(struct iati_in *r, int32_t day, uint32_t line, const char *path);

/*
 * The day whose rate holds for what moved, or was planned, on the day `own`: its value date, unless
 * that is so far from it that it must be a slip, which is told; IATI_NO_DAY: its own.
 */
int32_t iati_value_day(struct iati_in *r, const struct iati_value *v, int32_t own);

/* The item of a currency, "money/EUR". */
const char *iati_money(struct iati_in *r, const char *currency);

const char *iati_passage(struct iati_in *r, uint32_t line);

#endif
