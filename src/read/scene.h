/*
 * scene.h - what the sentences of a document know of each other.
 *
 * Private to the grammar: claims.c walks the sentences, subjects.c says who
 * acts, givers.c and receivers.c who gives and gets, abroad.c whether the talk
 * is of home, numbers.c asks every number, deeds.c every act without one. What
 * a sentence leaves out - the giver of a list item, "as well as 10,000 drones" -
 * comes from the scene.
 */
#ifndef MUSTER_READ_SCENE_H
#define MUSTER_READ_SCENE_H

#include "read/line.h"
#include "read/plain.h"
#include "read/read.h"
#include "read/things.h"
#include "read/turns.h"

struct scene {
    struct arena *a;
    const struct plain *plain;
    const struct talk *talk;
    struct reading *out;
    struct words *ws;
    uint32_t turn;
    struct side side;
    const char *home;        /* whose house publishes the document, or NULL */
    const char *office;      /* whose "the President" is, or NULL */
    const char *addressed;   /* whom "you" means */
    const char *partner;     /* who is meant by "both countries" beside the speaker's; or NULL */
    const char *beneficiary; /* whom the document is about supporting, or NULL */
    const char
        *principal; /* who gives most in it, or NULL: its "we" when nobody is named as speaking */
    const char *adversary;    /* whose attack it is that whom we mean resists, or NULL */
    const char *attacker;     /* whose attack the document is about, or NULL */
    const char *suppliers[4]; /* who arms the adversary */
    uint32_t supplier_count;
    const char *const *speakers; /* the sides that speak in it */
    uint32_t speaker_count;
    const char *helped[4]; /* all whom it is about supporting: the last one named is meant */
    uint32_t helped_count;
    const char *relieved[4]; /* where relief is said to go; and where it was last said so: */
    uint32_t relieved_count;
    const char *stricken; /* who gets food and tents, though another gets the arms, or NULL */
    uint32_t grieved;     /* sentences until it was named too long ago */
    const char *region;   /* that the title names: where what nobody is named for goes, or NULL */
    const char *titled;   /* the one country that the heading above names, or NULL */
    const char *section;  /* whose name heads the list, or NULL */
    bool dispersed;       /* many are helped, each in a passage of its own */
    uint32_t passage;     /* sentences until its country is no longer meant */
    const char *topic;    /* "Japan has been generous. It has given": who "it" is, or NULL */
    struct said_parties they; /* "The Danes stepped up. They have given": who "they" are */
    uint32_t plural;          /* sentences until they are nobody any more */
    const char *he;           /* whose side the person spoken of last is of, or NULL */
    uint32_t spoken;          /* sentences until "he" is nobody any more */
    uint32_t topical;         /* sentences until it is nobody any more */

    bool joint;                  /* signed by many of whom its title names none */
    bool together;               /* "we" are the signers, and nobody speaks for one of them */
    struct said_parties signers; /* of a joint statement: its "leaders" */

    struct said_parties giver, receiver; /* of the last support that named them */
    struct said_parties spender;         /* whose the last figure of money was */
    uint32_t spent;             /* sentences until it was said too long ago to go on about */
    struct said_parties allies; /* whom "Allies" named last, when "we" is NATO */
    const char *alliance; /* NATO, G7 or EU, whichever was named last: whose "leaders" decide */
    enum said_stage stage;
    const char *currency; /* of the last sum, or NULL */
    enum goods money;     /* class of the last sum */
    bool focused;         /* the title speaks of help: whatever is given is that */
    bool request;         /* the document is about a request to a parliament, as its title says */
    uint32_t requested; /* sentences until no parliament is asked any more for what is spoken of */
    uint32_t you;       /* sentences until "you" was said too long ago to be asked */
    uint32_t forces;    /* sentences until a count of things is no longer one of forces */
    uint32_t shares;    /* sentences until a few percent are no longer of the GDP */
    uint32_t spending;  /* sentences until a sum is no longer one of defence spending */
    uint32_t needing;   /* sentences until a thing named alone is no longer needed */
    uint32_t warmth;    /* sentences until support is no longer the topic */
    const char *recent; /* the foreign country named last, or NULL: whom "sell them" means */
    uint32_t recency;   /* sentences until it was named too long ago */
    const char *place;  /* "relief for Sudan": where help was last said to go, or NULL */
    uint32_t placed;    /* sentences until it is nowhere any more */
    uint32_t unnamed;   /* sentences since whom the document is about was named */
    uint32_t domestic;  /* sentences until matters at home are no longer the topic */
    uint32_t abroad;    /* sentences until a press room talks of home again */
    bool press_room;    /* a government speaks about anything, and not about help alone */
    bool outward;       /* a sheet about another country: what it gives is given there */

    bool fragments; /* the last statement is such a thing, or several */
    bool list;      /* the sentences are items of a list that gives */
    uint32_t list_paragraph;
    struct said_parties list_giver, list_receiver;
    enum said_stage list_stage;
    enum said_kind list_kind;
};

/* Sentences for which support stays the topic after it was spoken of. */
enum { WARM = 5 };

/* And a request. */
enum { REQUESTED = 10 };

/* --- who.c --- */

void add_party(struct said_parties *ps, const char *code);
bool has_party(const struct said_parties *ps, const char *code);

/* The speaker's side; in a joint statement all who issue it. */
void add_us(const struct scene *s, struct said_parties *ps);

/* An ISO alpha-3 code, and not a body's. */
static inline bool is_country(const char *code)
{
    for (int i = 0; i < 3; i++)
        if (code[i] < 'A' || code[i] > 'Z') return false;
    return code[3] == '\0';
}

/* A country or organisation other than NATO and Allies in general. */
bool is_named(const char *code);
bool any_named(const struct said_parties *ps);

/* What a mention means here: "we" by the speaker, "you" by who is addressed; NULL: nobody can tell.
 */
const char *code_of(const struct scene *s, const struct mention *m);

/* Whether the sentence names whom the document is about supporting. */
bool names_beneficiary(const struct scene *s, const struct line *l);

/* "humanitarian", "airdrops", "meals": a word of help for those who suffer. */
bool says_relief(const struct words *ws, uint32_t i);

/* Whether those who speak are those who are helped: "you can give us". */
bool speaks_for_itself(const struct scene *s);

/* --- subjects.c --- */

/*
 * The subject of what begins at word i, with all that are joined to it, not
 * before word `begin`. False when there is none.
 */
bool subject_of(const struct scene *s, const struct line *l, uint32_t begin, uint32_t i,
                struct said_parties *out, uint32_t *first);

/* --- givers.c --- */

/* Who gives what stands in [from, to), around word i; count 0: the sentence does not say. */
struct said_parties giver_of(const struct scene *s, const struct line *l, uint32_t begin,
                             uint32_t i, uint32_t from, uint32_t to);

/* All whose sides speak in the document, if each is a country. */
void add_speakers(const struct scene *s, struct said_parties *out);

/*
 * "our two nations", "both leaders" before the verb, beside a guest or a host: the two
 * of them; *first is where that stands.
 */
bool pair_acts(const struct scene *s, const struct line *l, uint32_t begin, uint32_t verb,
               uint32_t *first, struct said_parties *out);

/* "from X" or "by X" in [from, to). */
bool giver_beside(const struct scene *s, const struct line *l, uint32_t from, uint32_t to,
                  struct said_parties *out);

/* "students from Chile", "officials from 25 countries": where people are from gives nothing. */
bool of_people(const struct line *l, uint32_t from);

/* "Iran and North Korea's shells": all whose it is that m's is. Returns where their names begin. */
uint32_t add_owners(const struct scene *s, const struct line *l, const struct mention *m,
                    struct said_parties *out);

/* "Together, we have sent": a country's "we" gives together with its Allies. */
void with_allies(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to,
                 struct said_parties *giver);

/* "Denmark joined with the Netherlands to buy", "together with Norway": they give as well. */
void add_partners(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to,
                  struct said_parties *giver);

/* "working with our Allies to provide": they give too, if the speaker's side does. */
void add_companions(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to,
                    struct said_parties *giver);

/* What NATO's "we" gives, Allies give, when they were the givers just before. */
void allies_not_nato(const struct scene *s, struct said_parties *giver);

/*
 * "Japan has provided $5 million" in [begin, to), in a document about what Japan
 * gets: whether whom help goes to gives as well. Who is at war does not.
 */
bool gives_as_well(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to);

/* Who is asked: "asked Germany for", else who is addressed by a "you" nearby or by the whole
 * speech. */
void add_asked(const struct scene *s, const struct line *l, uint32_t from, uint32_t to,
               struct said *d);

/* --- receivers.c --- */

/* Who is named as getting it in [from, to), "to Moldova"; where it happens is nobody's. */
struct said_parties receiver_towards(const struct scene *s, const struct line *l, uint32_t from,
                                     uint32_t to, const struct said_parties *givers);

/* Who is named as getting it in [from, to); count 0: nobody is. */
struct said_parties receiver_in(const struct scene *s, const struct line *l, uint32_t from,
                                uint32_t to, const struct said_parties *givers);

/* The same, else whom the document is about. */
struct said_parties receiver_of(const struct scene *s, const struct line *l, uint32_t from,
                                uint32_t to, const struct said_parties *givers);

/* Whether the adversary gets what stands there; from whom, if that can be told. */
bool got_from(const struct scene *s, const struct line *l, uint32_t begin, uint32_t to,
              struct said_parties *giver);

/* Whether the attacker is named as who gets it: "the supply of chips to Russia". */
bool for_attacker(const struct scene *s, const struct line *l);

/* "around the globe", "the most vulnerable": for nobody in particular. */
bool for_the_world(const struct line *l, uint32_t from, uint32_t to);

/* Who needs what stands in [from, to) where nobody is named; NULL: nobody is known. */
const char *needer(const struct scene *s, const struct line *l, uint32_t from, uint32_t to);

/* --- cast.c --- */

/* Find beneficiary and adversary: whom help goes to, whose attack it is. */
void cast_of(struct scene *s);

/* Let the following sentences know whom this one named: whom "it" means, whom help goes to. */
void note_names(struct scene *s, const struct sentence *sent, const struct mention *m, uint32_t n);

/* --- abroad.c --- */

/* Find out whether it is a press room that is asked about anything. */
void note_room(struct scene *s);

/* Let the grammar know whether the talk is of the world: asked of every sentence in order. */
void note_whereabouts(struct scene *s, const struct sentence *sent);

/* Whether what is given now is a matter at home. */
bool at_home_now(const struct scene *s);

/* --- claims.c --- */

/* Add a statement over the words [from, to), commas and dashes at its end left out. */
struct said *add_said(struct scene *s, const struct line *l, enum said_kind kind, uint32_t from,
                      uint32_t to);

/* Let the following sentences know of it. */
void remember(struct scene *s, const struct said *d);

/* --- numbers.c, deeds.c --- */

void read_numbers(struct scene *s, const struct line *l);

/* Contents of a package: "including X and Y", items of a list without numbers. */
void read_contents(struct scene *s, const struct line *l, uint32_t since);

/* since: statements of this sentence begin there; what a number said is not said again. */
void read_deeds(struct scene *s, const struct line *l, uint32_t since);

#endif
