/*
 * line.h - one sentence with everything that stands in it: its numbers, who
 * is named, what is done, and where its clauses end.
 *
 * Private to read/. What the grammar (claims.c) asks of a sentence is asked
 * here, in the words of grammar: what governs a word, who is the subject.
 */
#ifndef MUSTER_READ_LINE_H
#define MUSTER_READ_LINE_H

#include "read/parties.h"
#include "read/values.h"
#include "read/words.h"

enum act_kind {
    ACT_GIVE,
    ACT_AID, /* help, support: somebody, with something */
    ACT_COMMIT,
    ACT_PROMISE,
    ACT_CONSIDER,
    ACT_CALL,
    ACT_NEED,
    ACT_OUGHT,
    ACT_DECIDE,
    ACT_THANK,
    ACT_HAVE,
};

/* A verb, or a noun made of one, with what its helpers say of it. */
struct act {
    uint32_t at, end; /* words: itself; `from` is where its helpers begin */
    uint32_t from;
    enum act_kind kind;
    char form;        /* b base, s third person, d past or participle, g progressive, n noun */
    bool announces;   /* the progressive announces: "is sending" */
    bool asks;        /* of needs: the subject asks for itself or another */
    bool denied;      /* not, never, without */
    bool perfect;     /* has given, was given */
    bool passive;     /* was given, are being sent; "arrived": what is given is the subject */
    bool moves;       /* so said: arrives, is on the way */
    bool future;      /* will give */
    bool modal;       /* may, could, if, ready to */
    bool infinitive;  /* to give */
    bool ought;       /* must give, needs to give */
    bool proceeds;    /* continue to give */
    bool host, train; /* of people; of skill */
    bool weak;        /* decides only where something named is decided: "establish", "deploy" */
    bool agrees;      /* "agreed to send": who agrees is bound */
    bool faint;       /* ... and that is of defence: "start", "join" */
};

enum { ACTS_MAX = 64 };

struct line {
    struct words *ws;
    uint32_t index; /* of the sentence */
    uint32_t first, end;
    uint64_t classes; /* of all its words */
    bool question;
    uint32_t
        asking; /* of a question: the word at which it begins to ask; what is before is claimed */
    struct value values[VALUES_MAX];
    struct mention parties[MENTIONS_MAX];
    struct act acts[ACTS_MAX];
    uint32_t value_count, party_count, act_count;
};

/* --- line.c --- */

/* Take sentence `index` apart. */
void line_of(struct arena *a, struct words *ws, uint32_t index, const char *dollar,
             struct line *out);

/* Where the clause with word i begins and ends: at ; : and dashes, and before ", but" and the like.
 */
uint32_t clause_begin(const struct line *l, uint32_t i);
uint32_t clause_end(const struct line *l, uint32_t i);

/* The mention that begins at word i or covers it, or NULL. */
const struct mention *mention_at(const struct line *l, uint32_t i);

/* The same of the word before word i, a "'s" between them aside: "Latvia's offer". */
const struct mention *mention_before(const struct line *l, uint32_t i);

/* The classes of word i. */
static inline uint64_t at_class(const struct line *l, uint32_t i)
{
    return word_classes(&l->ws->word[i]);
}

/* The classes of the words [from, to), spellings counted once. */
uint64_t classes_in(const struct line *l, uint32_t from, uint32_t to);

/* Whether one of the words [from, to) is that one, in lower case. */
bool word_between(const struct line *l, uint32_t from, uint32_t to, const char *word);

/* "If Norway agrees, it will send": a sentence or the clause of word i that begins with a
 * condition. */
bool conditional_at(const struct line *l, uint32_t i);

bool mark_at(const struct line *l, uint32_t i, char c);

/* Whether what stands at word i is asked: "Since Iran sent them, will you?" claims that it did. */
static inline bool asked_at(const struct line *l, uint32_t i)
{
    return l->question && i >= l->asking;
}

/* --- acts.c --- */

/* Find the acts of a line that knows its words and who is named, and the classes of its words. */
void find_acts(struct line *l);

/* The acts of the words [begin, i), nearest last; how many. */
uint32_t acts_between(const struct line *l, uint32_t begin, uint32_t i,
                      const struct act *out[ACTS_MAX]);

/* The stage that a chain of acts says, the outermost deciding; SAID_NO_STAGE when it says none. */
enum said_stage stage_of(const struct act *const *acts, uint32_t count);

#endif
