/*
 * parties.h - who is meant: countries, organisations, "we" and "they".
 *
 * Private to read/. Countries are known by name, by what their people are
 * called, by capital and by the house their government is called after
 * (data/read/places.tsv, beside the names of ISO 3166 through names/).
 */
#ifndef MUSTER_READ_PARTIES_H
#define MUSTER_READ_PARTIES_H

#include "read/read.h"
#include "read/words.h"

enum mention_kind {
    MENTION_NAME,    /* Germany, the United Kingdom, the European Union, Washington */
    MENTION_DEMONYM, /* the Germans, German, Ukrainian */
    MENTION_GROUP,   /* Allies, partners, our European colleagues */
    MENTION_BODY, /* an organisation with no code: World Food Programme, Congress; code as said */
    MENTION_WE,
    MENTION_YOU,
    MENTION_THEY,
    MENTION_OFFICE, /* the President, the administration: of the government that publishes */
    MENTION_PERSON, /* who speaks for a country or body: President Biden, Stoltenberg */
};

struct mention {
    uint32_t first, count; /* words */
    enum mention_kind kind;
    const char *code; /* as in said_parties; NULL for we, you and they */
    bool possessive;  /* "Germany's", "our" */
    bool modifier;    /* stands before a noun: "German tanks", "US troops", "NATO Allies" */
};

enum { MENTIONS_MAX = 64 };

/* Classes of the words that name somebody: a sentence without any mentions none by name. */
#define NAME_WORDS (IS(party) | IS(demonym) | IS(group) | IS(seat) | IS(person))

/* The mentions of a sentence, in order. */
uint32_t parties_of(struct arena *a, const struct words *ws, const struct sentence *s,
                    struct mention out[MENTIONS_MAX]);

/* Whose side somebody speaks for. */
struct side {
    const char *we;     /* code for "we", "our", "us"; NULL for journalists and strangers */
    const char *home;   /* whose government publishes it; NULL: nobody's known */
    const char *you;    /* whom a guest addresses, if the heading says it; else NULL */
    const char *dollar; /* what "$" means: "USD" unless the speaker's country has another dollar */
};

/*
 * By role, affiliation and the document's heading: the NATO Secretary General
 * is NATO, White House and administration officials are USA, "President Duda"
 * under a heading with "President Andrzej Duda of Poland" is POL.
 */
struct side side_of(struct arena *a, const struct turn *t, const char *title, const char *address);

/* The other country of a fact sheet's title, "U.S.-Kenya Partnership"; NULL: none or several. */
const char *partner_of(struct arena *a, const char *title, const char *we);

/* "Fact Sheet: U.S. Support for the Pacific Islands": the region that a title names, or NULL. */
const char *region_of(struct arena *a, const char *title);

/*
 * Who issues it together: the parties in the title of a joint statement; none of any other.
 * Whether it is joint and its title tells no single one of them.
 */
bool signers_of(struct arena *a, const char *title, struct said_parties *out);

#endif
