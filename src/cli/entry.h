/*
 * entry.h - what a person types, into the log.
 *
 * A verb that records gives entry_run() a function that turns its arguments
 * into records. It runs against the book as it is now; when somebody else
 * wrote before the commit it runs again, against what is there then, so two
 * people at work never overwrite each other. Ids are printed once the commit
 * is durable, and not before.
 *
 * Every record names the passage that says so and who put it in the book. The
 * passage is one that is there (--passage), a citation (--cite), or else the
 * word of the author: source "desk:AUTHOR".
 *
 * What is wrong with a typed value is RC_INPUT and exit 2; what the book's
 * rules refuse, or nobody knows, is exit 1.
 */
#ifndef MUSTER_CLI_ENTRY_H
#define MUSTER_CLI_ENTRY_H

#include "cli/nouns.h"
#include "post/post.h"

/* What every recording verb takes beside its own. */
struct entry_args {
    const char *passage, *cite, *address, *speaker, *said_on, *label, *note, *why;
};

/* Rows of a verb's option table; `args` has a member `entry`. */
#define EVIDENCE_OPTS(args)                                                                        \
    {"passage", INTO(args, entry.passage), .arg = "ID",                                            \
     .help = "the passage in the book that says so, by id or key"},                                \
        {"cite", INTO(args, entry.cite), .arg = "TEXT",                                            \
         .help = "who said so and where it can be read; without it, and without --passage, it is " \
                 "your own word"},                                                                 \
        {"address", INTO(args, entry.address), .arg = "URL",                                       \
         .help = "where the cited text can be read"},                                              \
        {"speaker", INTO(args, entry.speaker), .arg = "NAME", .help = "who is cited"},             \
        {"said-on", INTO(args, entry.said_on), .arg = "DATE",                                      \
         .help = "when the cited text was published"},                                             \
    {                                                                                              \
        "note", INTO(args, entry.note), .arg = "TEXT", .help = "a remark to keep with it"          \
    }
#define LABEL_OPT(args)                                                                            \
    {                                                                                              \
        "label", INTO(args, entry.label),                                                          \
            .arg = "WHO", .help = "who may see it: public, group:KEY, or parties:KEY,KEY"          \
    }
#define WHY_OPT(args)                                                                              \
    {                                                                                              \
        "why", INTO(args, entry.why), .arg = "TEXT", .help = "the reason for the change; needed"   \
    }

/* One attempt at recording. */
struct entry {
    struct context *ctx; /* its arena is the attempt's own */
    struct arena *arena;
    const struct entry_args *given;
    struct opened opened;
    struct book *book;
    struct posting posting;
    const char *author, *label, *note, *why; /* clean; note and why may be NULL */
    uint64_t *ids;                           /* what was asked for, to be printed first */
    uint32_t id_count, id_room;
    bool revising;
    bool dry_run;       /* set by the function: say what would be recorded, and write nothing */
    struct texts notes; /* said behind what was recorded */
};

typedef enum rc entry_fn(struct entry *e, const void *args, struct err *err);

enum entry_way {
    ENTRY_ADD,    /* something new: a book that is not there yet is made */
    ENTRY_REVISE, /* something that is there; --why is needed */
    ENTRY_MOVE,   /* something about what is there */
};

/* The exit code. `given` is a member of args. */
int entry_run(struct context *ctx, enum entry_way way, entry_fn *fn, const void *args,
              const struct entry_args *given);

/*
 * Post a draft with author, label, note, reason and evidence. A line, need,
 * lot, price, route, budget or plant without a key is called after the id it
 * gets: "line/7".
 */
MUST_CHECK enum rc entry_add(struct entry *e, struct record *draft, uint64_t *id, struct err *err);

/* A new version of what entry_current() gave; for a line its entries go along. */
MUST_CHECK enum rc entry_revise(struct entry *e, struct record *draft, struct err *err);

/* Something asked for that was posted by other means. */
void entry_recorded(struct entry *e, uint64_t id);

/* A remark for the person, behind what was recorded. */
void entry_note(struct entry *e, const char *note);

/* The day of today, UTC. */
int32_t entry_today(const struct entry *e);

/* Post what of an intake the book has not, signed by the author. */
MUST_CHECK enum rc entry_known(struct entry *e, struct intake *in, struct err *err);

/* A command's run: entry_run() of fn. */
#define ENTRY_RUN(name, way, fn, args)                                                             \
    static int name(struct context *ctx, const void *given)                                        \
    {                                                                                              \
        return entry_run(ctx, way, fn, given, &((const args *)given)->entry);                      \
    }

/* What the part revise of every noun takes and tells. */
#define ENTRY_KEY_OPERAND(args)                                                                    \
    (const struct operand[])                                                                       \
    {                                                                                              \
        {"KEY", INTO(args, key), .help = "its key, or the id of a record"},                        \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }
#define ENTRY_REVISE_DETAILS                                                                       \
    "What is not named stays as it is; an empty value takes it away: --name=. Nothing is"          \
    " overwritten: --known still shows what the book said before."

/* --- typed values; `what` is how the sentence calls it: "--giver" --- */

/* Clean text in one line; RC_INPUT when there is none. */
MUST_CHECK enum rc entry_text(struct entry *e, const char *what, const char *typed,
                              const char **out, struct err *err);

/*
 * The key of something new: one word without commas, and not digits only.
 * RC_RULE when the book has one of that kind.
 */
MUST_CHECK enum rc entry_new_key(struct entry *e, enum kind kind, const char *typed,
                                 const char **out, struct err *err);

/*
 * The latest record of what is typed. A country or institution that everybody
 * knows and a currency are put in the book when they are not there yet.
 */
MUST_CHECK enum rc entry_ref(struct entry *e, const char *what, enum kind kind, const char *typed,
                             uint64_t *id, struct err *err);

/* "2500000", "2.5" of an item, as parts; 0 only where `zero` allows it. */
MUST_CHECK enum rc entry_quantity(struct entry *e, const char *what, const char *typed,
                                  uint32_t item, bool zero, int64_t *out, struct err *err);

/* A day, or the last day of a month (its first with `first`). */
MUST_CHECK enum rc entry_day(const char *what, const char *typed, bool first, int32_t *day,
                             enum precision *precision, struct err *err);

/* A copy of the noun's latest version as a draft. */
MUST_CHECK enum rc entry_current(struct entry *e, enum kind kind, const char *typed,
                                 struct record **out, struct err *err);

/* --- options that are fields --- */

enum typed_how {
    TYPED_TEXT,
    TYPED_TEXTS, /* all of a list */
    TYPED_PARTY, /* --giver DEU */
    TYPED_ITEM,  /* --item shells-155, --item EUR */
    TYPED_NEED,
    TYPED_LOT,
    TYPED_ROUTE,
    TYPED_PLANT,
    TYPED_PACKAGE,  /* made when it is not there */
    TYPED_QUANTITY, /* of the record's item */
    TYPED_RANGE,    /* 1000, 1000..2000, undisclosed: F_LOW and F_HIGH */
    TYPED_FIRST,    /* a day; a month is its first */
    TYPED_LAST,     /* a day; a month is its last */
    TYPED_DATED,    /* the same, and F_PRECISION says when it was a month */
    TYPED_WINDOW,   /* 2026-06, 2026-06..2026-09: F_SINCE and F_UNTIL */
    TYPED_COUNT,
    TYPED_MASS,   /* 45kg, 800g, 2.1t */
    TYPED_TONNES, /* 4000; 12.5 is F_MASS, in grams */
    TYPED_DECIMAL,
    TYPED_CURRENCY,
    TYPED_SWITCH,
};

/* Which field an option is, and how it is read. */
struct typed {
    const char *option; /* NULL ends the table */
    enum tag tag;
    enum typed_how how;
    bool needed; /* nothing is added without it */
};

/*
 * Fill the draft from the options that were given. An empty value takes a
 * field away when something is revised ("--until="), and is refused else.
 */
MUST_CHECK enum rc entry_fill(struct entry *e, struct record *draft, const struct opt *opts,
                              const void *args, const struct typed *typed, struct err *err);

/* Take a field out of a draft. */
void draft_drop(struct record *r, enum tag tag);

#endif
