/*
 * words.h - a stretch of plain text as words, each with what the tables know.
 *
 * Private to read/. Every word is looked up once, here; the grammar behind it
 * compares numbers. data/read/words.tsv is the lexicon: one spelling of one or
 * more words a row, the classes it belongs to, and a value for some classes.
 *
 * A word is letters or digits; what is not (a hyphen, a comma, $) is a word
 * of its own, so that "Czech-led" is three. "n't", "'s", "'re", "'ve", "'ll",
 * "'d", "'m" are split off. Digits keep their separators: "1,000", "2.5".
 */
#ifndef MUSTER_READ_WORDS_H
#define MUSTER_READ_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "read/plain.h"

/* What a spelling can be; a word can be several. The names are those of the table's second column.
 */
#define WORD_CLASSES(X)                                                                            \
    X(digit)    /* value: 0..90 in words ("seven", "ninety") */                                    \
    X(scale)    /* value: 100, 1000, million, bn */                                                \
    X(vague)    /* value: low/high: "dozens" 24/99; before "of" */                                 \
    X(fraction) /* value: half, quarter, third */                                                  \
    X(over)     /* more than, over, at least: at_least */                                          \
    X(under)    /* up to, less than: at_most */                                                    \
    X(about)    /* about, around, some, roughly, approximately */                                  \
    X(nearly)   /* nearly, almost, close to */                                                     \
    X(currency) /* value: ISO 4217, "$" stands for the speaker's dollar */                         \
    X(unit)     /* value: people, round, tonne, percent, country, site, times... */                \
    X(party)    /* value: code; a name, government or capital that can act */                      \
    X(demonym)  /* value: code; "German", "Ukrainians" */                                          \
    X(seat)     /* value: code; a capital, a government only where it acts */                      \
    X(person)   /* value: code; "President Biden": who speaks for it */                            \
    X(group)    /* Allies, partners, other countries: ALLIES when nobody is named */               \
    X(we)       /* we, us, our: the speaker's side */                                              \
    X(office)   /* the President, the administration: of the house that publishes */               \
    X(you)                                                                                         \
    X(they)                                                                                        \
    X(give)     /* verb of giving; value: form, see words.tsv */                                   \
    X(aid)      /* help, support: a receiver is its object, a thing only behind "with" */          \
    X(host)     /* ... of people: host, welcome, shelter */                                        \
    X(train)    /* ... of skill */                                                                 \
    X(commit)   /* committed, signed, approved, authorised, contracted; value: form */             \
    X(promise)  /* announced, pledged; value: form */                                              \
    X(consider) /* looking into, discussing, rumours */                                            \
    X(call)     /* asking a parliament or a body for it */                                         \
    X(need)     /* need, ask for, urgent need; value: form */                                      \
    X(ought)    /* must, should: an obligation of the giver */                                     \
    X(decide)   /* decided, agreed, endorsed, tasked, established; value: form */                  \
    X(receive)                                                                                     \
    X(thank)        /* what one is thanked for has been given */                                   \
    X(have)         /* standing, deployed, on alert: numbers of forces */                          \
    X(list)         /* includes, as well as, worth; value: total, amount */                        \
    X(goods)        /* noun of something that is given; value: class/unit */                       \
    X(soft)         /* support, help, aid: no concrete item; value: class */                       \
    X(bundle)       /* package, tranche: a thing although only of support */                       \
    X(theme)        /* defence spending, GDP: what figures are about; value: class */              \
    X(fled)         /* refugees, displaced: people counted as such */                              \
    X(channel)      /* fund, package, initiative, facility, Contact Group */                       \
    X(body)         /* what decides: ministers, leaders, the Council */                            \
    X(deny)         /* not, never, without, n't */                                                 \
    X(whether)      /* if, would, may, ready to; value: if, modal, ready, plan */                  \
    X(aux)          /* forms of have, be, do; value: have, be, been, being, past, do */            \
    X(future)       /* will, 'll, going to */                                                      \
    X(proceed)      /* continue to, keep */                                                        \
    X(function)     /* the, a, of, in ... words that carry nothing */                              \
    X(month)        /* value: 1..12 */                                                             \
    X(when)         /* yesterday, last week; value open: "since", a phrase follows */              \
    X(matter)       /* what an agreement is about; value: ours, else */                            \
    X(hostile)      /* killed, missile strike, prices: numbers of no concern */                    \
    X(envoy)        /* USAID, the State Department: what it gives goes abroad */                   \
    X(home)         /* student debt, Florida, Medicare: what follows is about one's own country */ \
    X(namesake)     /* value: code; a place of that country has the name too: "Georgia" */         \
    X(abbreviation) /* Mr, U.S, Gen: the full stop ends no sentence */

enum word_class {
#define X(name) WORD_##name,
    WORD_CLASSES(X)
#undef X
        WORD_CLASS_COUNT
};

#define IS(class) (UINT64_C(1) << WORD_##class)

/* A row of the lexicon. Entry 0 is the unknown word. */
struct entry {
    const char *spelling; /* folded */
    uint64_t classes;
    const char *value[4]; /* of the row's classes that have one, in the order of the row; "" else */
    uint8_t class_of[4];  /* of what value; WORD_CLASS_COUNT where there is none */
    uint8_t words;
};

enum word_shape {
    SHAPE_WORD = 1,
    SHAPE_NUMBER = 2,   /* digits */
    SHAPE_MARK = 4,     /* punctuation, symbols */
    SHAPE_CAPITAL = 8,  /* begins with a capital */
    SHAPE_UPPER = 16,   /* all capitals, two at least */
    SHAPE_GLUED = 32,   /* no white space before it */
    SHAPE_LINE = 64,    /* first of its line */
    SHAPE_BULLET = 128, /* first of a list item */
};

struct word {
    uint32_t at; /* of the plain text */
    uint16_t len;
    uint8_t shape;
    uint8_t span;   /* how many words the lexicon's spelling that begins here has; 1 else */
    uint16_t entry; /* of the longest spelling that begins here */
    uint16_t id;    /* the word itself, as spellings have it; 0: none has */
    uint32_t first; /* its first four bytes in lower case, the first one lowest; 0 behind its end */
};

struct mention; /* parties.h */

/* A sentence: words [first, first + count) of one paragraph. */
struct sentence {
    uint32_t first, count;
    uint32_t paragraph;          /* counted from 0 through the document */
    bool bullet;                 /* stands in a list */
    bool heading;                /* ends in a colon: what follows is its list */
    uint8_t shape;               /* of all its words together */
    uint64_t classes;            /* of all its words together, those within a longer spelling too */
    const struct mention *named; /* who is named in it, once cast_of has looked; NULL */
    uint32_t named_count;
};

struct words {
    const char *text; /* of the plain text */
    struct word *word;
    uint32_t count, room; /* room for all of the text is made at the first word */
    struct sentence *sentence;
    uint32_t sentence_count, sentence_room;
};

/* Append the words and sentences of text [begin, end). */
void words_of(struct arena *a, const struct plain *p, uint32_t begin, uint32_t end,
              struct words *out);

/* The lexicon's rows, once words_of was called; and their classes alone, which are asked most. */
extern const struct entry *lexicon_entries;
extern const uint64_t *lexicon_classes;

static inline const struct entry *word_entry(uint32_t entry)
{
    return &lexicon_entries[entry];
}

static inline uint64_t word_classes(const struct word *w)
{
    return lexicon_classes[w->entry];
}

/* The value under a class that the word has, or "". */
const char *word_value_of(const struct word *w, enum word_class class);

/* The value under a class, or "". */
static inline const char *word_value(const struct word *w, enum word_class class)
{
    return word_classes(w) >> class & 1 ? word_value_of(w, class) : "";
}

bool word_is_whole(const struct words *ws, uint32_t i, const char *lower);

/* As word.first. No loop: of a literal it is then a number already when this is compiled. */
static inline uint32_t first_four(const char *lower)
{
    const unsigned char *c = (const unsigned char *)lower;
    if (!c[0]) return 0;
    if (!c[1]) return c[0];
    uint32_t two = c[0] | (uint32_t)c[1] << 8;
    return !c[2] ? two : two | (uint32_t)c[2] << 16 | (uint32_t)c[3] << 24;
}

/* Whether the single word is this one; `lower` in lower case. False behind the last word. */
static inline bool word_is(const struct words *ws, uint32_t i, const char *lower)
{
    uint32_t four = first_four(lower); /* of less than four bytes it is all */
    return i < ws->count && ws->word[i].first == four &&
           (four < UINT32_C(1) << 24 || word_is_whole(ws, i, lower));
}

/*
 * Whether it is one of these. Called with a list and a count that are known
 * here, the loop is none: every word of the list becomes a number.
 */
static inline bool word_in(const struct words *ws, uint32_t i, const char *const *list,
                           size_t count)
{
    if (i >= ws->count) return false;
    uint32_t first = ws->word[i].first;
#pragma GCC unroll 40
    for (size_t k = 0; k < count; k++) {
        uint32_t four = first_four(list[k]);
        if (four == first && (four < UINT32_C(1) << 24 || word_is_whole(ws, i, list[k])))
            return true;
    }
    return false;
}

/* Whether its first four letters, or it all if it is shorter, are one of these; as word_in. */
static inline bool word_begins(const struct words *ws, uint32_t i, const char *const *list,
                               size_t count)
{
    if (i >= ws->count) return false;
    bool found = false;
#pragma GCC unroll 40
    for (size_t k = 0; k < count; k++) found |= ws->word[i].first == first_four(list[k]);
    return found;
}

#endif
