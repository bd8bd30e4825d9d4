/*
 * claims.c - the walk: turns, sentences, statements.
 *
 * Two passes. The first cuts every turn into words and finds whom the document
 * is about; the second reads the sentences in order, so that each knows what
 * was said before it. A sentence without a number and without a word of
 * giving, needing or deciding costs one look at its classes.
 */
#include "read/claims.h"

#include <assert.h>
#include <string.h>

#include "read/scene.h"
#include "read/wars.h"

static const char *when_in(const struct scene *s, const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (!(word_classes(w) & IS(when))) continue;
        uint32_t end = i + w->span;
        if (strcmp(word_value(w, WORD_when), "open") == 0)
            while (end < to && end < i + 8 && !(l->ws->word[end].shape & SHAPE_MARK)) end++;
        return phrase_of(s->a, l, i, end);
    }
    return NULL;
}

static const char *channel_in(const struct scene *s, const struct line *l, uint32_t from,
                              uint32_t to)
{
    for (uint32_t i = from; i < to && i < l->end; i += l->ws->word[i].span) {
        const struct word *w = &l->ws->word[i];
        if (!(word_classes(w) & IS(channel))) continue;
        uint32_t begin = i;
        while (begin > from &&
               (l->ws->word[begin - 1].shape & SHAPE_CAPITAL || word_is(l->ws, begin - 1, "-")))
            begin--;
        return phrase_of(s->a, l, begin, i + w->span);
    }
    return NULL;
}

static bool loose_word(const struct line *l, uint32_t i, bool end)
{
    static const char *const words[] = {"and", "for", "of", "to", "with", "in", "from", "as", "by"};
    const struct word *w = &l->ws->word[i];
    if (w->shape & SHAPE_MARK) return strchr(",;:-", l->ws->text[w->at]) != NULL;
    for (size_t k = 0; k < (end ? sizeof words / sizeof *words : 1); k++)
        if (word_is(l->ws, i, words[k])) return true;
    return false;
}

/* Without the commas and joints that a cut left at either end. */
static void trim(const struct line *l, uint32_t *from, uint32_t *to)
{
    while (*to > *from + 1 && loose_word(l, *to - 1, true)) --*to;
    while (*from + 1 < *to && loose_word(l, *from, false)) ++*from;
}

struct said *add_said(struct scene *s, const struct line *l, enum said_kind kind, uint32_t from,
                      uint32_t to)
{
    struct reading *r = s->out;
    assert(from < to && to <= l->end);
    trim(l, &from, &to);
    if (from > l->first && (word_is(l->ws, from - 1, "the") || word_is(l->ws, from - 1, "a") ||
                            word_is(l->ws, from - 1, "an")))
        from--;
    r->said = arena_more(s->a, r->said, r->said_count, &r->said_room, sizeof *r->said);
    struct said *d = &r->said[r->said_count++];
    const struct word *last = &l->ws->word[to - 1];
    *d = (struct said){
        .turn = s->turn,
        .kind = kind,
        .goods = GOODS_OTHER,
        .item = "",
        .when = when_in(s, l, from, to),
        .channel = channel_in(s, l, from, to),
        .start = plain_file(s->plain, l->ws->word[from].at),
        .end = plain_file_end(s->plain, last->at + last->len),
    };
    return d;
}

void remember(struct scene *s, const struct said *d)
{
    if (d->kind != SAID_SUPPORT) return;
    s->giver = d->giver;
    s->receiver = d->receiver;
    s->stage = d->stage;
    s->warmth = WARM;
    s->needing = 0;
}

/* --- lists --- */

/* "Our message is simply this:" at the end of a line that was wrapped: no item follows. */
static bool items_follow(const struct scene *s, uint32_t index)
{
    if (index + 1 >= s->ws->sentence_count) return false;
    const struct sentence *next = &s->ws->sentence[index + 1];
    return next->bullet || next->paragraph != s->ws->sentence[index].paragraph;
}

/* A sentence that ends in a colon gives its items what it says itself. */
static void open_list(struct scene *s, const struct line *l, uint32_t since)
{
    if (!items_follow(s, l->index)) return;
    if (!(l->classes & (IS(soft) | IS(goods) | IS(give) | IS(commit) | IS(promise) | IS(list))) &&
        !(l->classes & IS(future) && l->party_count))
        return;
    s->list = true;
    s->list_paragraph = s->ws->sentence[l->index].paragraph;
    const struct act *acts[ACTS_MAX];
    for (uint32_t k = 0; k < l->act_count; k++) acts[k] = &l->acts[k];
    s->list_stage = stage_of(acts, l->act_count);
    s->list_giver = giver_of(s, l, l->first, l->end, l->first, l->end);
    s->list_receiver = receiver_in(s, l, l->first, l->end, &s->list_giver);
    if (s->out->said_count > since) {
        const struct said *d = &s->out->said[s->out->said_count - 1];
        if (d->kind == SAID_SUPPORT) {
            s->list_giver = d->giver;
            s->list_stage = d->stage;
        }
    }
    uint32_t first;
    bool bare = l->end >= l->first + 2 && /* "The United States will:" */
                word_classes(&l->ws->word[l->end - 2]) & IS(future);
    if (bare) {
        subject_of(s, l, l->first, l->end - 2, &s->list_giver, &first);
        s->list_stage = SAID_ANNOUNCED;
    }
    if (s->list_stage == SAID_NO_STAGE) s->list_stage = s->stage;
    if (!s->list_giver.count) s->list_giver = s->giver;
}

static void close_list(struct scene *s, const struct sentence *sent)
{
    if (s->list && !sent->bullet && sent->paragraph > s->list_paragraph + 1) s->list = false;
    if (s->list && sent->bullet) s->list_paragraph = sent->paragraph;
}

/* An item of its own: what the one before asked for, and whom it was about, it does not say. */
static void begin_item(struct scene *s, const struct sentence *sent)
{
    if (!sent->bullet || !sent->count) return;
    if (!(s->ws->word[sent->first].shape & SHAPE_BULLET)) return;
    if (s->dispersed) {
        s->beneficiary = s->titled;
        s->passage = 0;
    }
    if (s->request || s->list) return;
    s->requested = 0;
    if (s->stage == SAID_CONSIDERED) s->stage = SAID_NO_STAGE;
}

/* --- sentences --- */

static bool is_alliance(const char *code)
{
    switch (*code) {
    case 'N': return strcmp(code, "NATO") == 0;
    case 'G': return strcmp(code, "G7") == 0;
    case 'E': return strcmp(code, "EU") == 0;
    default: return false;
    }
}

/* Nobody gives to itself, whatever was inherited from the sentences before. */
static void drop_own_receivers(struct said *d)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < d->receiver.count; i++)
        if (!has_party(&d->giver, d->receiver.code[i]))
            d->receiver.code[kept++] = d->receiver.code[i];
    d->receiver.count = kept;
}

/* "the missiles it needs for all that we provide": who is attacked gives nothing to itself. */
static void drop_helped_giver(const struct scene *s, struct said *d)
{
    uint32_t kept = 0;
    if (d->giver.count < 2 || !has_party(&d->giver, s->beneficiary)) return;
    if (!war_attacker(s->beneficiary, 0) || speaks_for_itself(s)) return;
    for (uint32_t i = 0; i < d->giver.count; i++)
        if (strcmp(d->giver.code[i], s->beneficiary) != 0) d->giver.code[kept++] = d->giver.code[i];
    d->giver.count = kept;
    if (!d->receiver.count) add_party(&d->receiver, s->beneficiary);
}

/* "Supporting Youth in Rural Schools." in a list: the item's title, which tells nothing yet. */
static bool is_label(const struct line *l)
{
    enum { LONGEST = 16, FEWEST = 3, SMALL = 3 };
    const struct words *ws = l->ws;
    uint32_t high = 0;
    if (!ws->sentence[l->index].bullet || l->end - l->first > LONGEST) return false;
    for (uint32_t i = l->first; i < l->end; i++) {
        const struct word *w = &ws->word[i];
        if (w->shape & SHAPE_MARK) continue;
        high += (w->shape & SHAPE_CAPITAL) != 0;
        if (!(w->shape & SHAPE_CAPITAL) && (w->len > SMALL || w->shape & SHAPE_NUMBER))
            return false;
    }
    return high >= FEWEST;
}

/* "Microsoft will invest $3 billion in Kenya": what firms spend is no gift, but to one at war. */
static bool spent_by_firms(const struct scene *s, const struct said *d)
{
    static const char *const firms[] = {"Microsoft", "Google", "private sector"};
    if (d->kind != SAID_SUPPORT || d->giver.count != 1) return false;
    if (s->adversary && has_party(&d->receiver, s->beneficiary)) return false;
    for (size_t k = 0; k < sizeof firms / sizeof *firms; k++)
        if (strcmp(d->giver.code[0], firms[k]) == 0) return true;
    return false;
}

/* Without what firms spend, of the statements since `since`. */
static void drop_firms(struct scene *s, uint32_t since)
{
    struct reading *out = s->out;
    uint32_t kept = since;
    for (uint32_t i = since; i < out->said_count; i++)
        if (!spent_by_firms(s, &out->said[i])) out->said[kept++] = out->said[i];
    out->said_count = kept;
}

static void read_sentence(struct scene *s, uint32_t index)
{
    const struct sentence *sent = &s->ws->sentence[index];
    struct line l;
    line_of(s->a, s->ws, index, s->side.dollar ? s->side.dollar : "USD", &l);
    close_list(s, sent);
    for (uint32_t k = 0; k < l.party_count; k++) {
        const char *code = l.parties[k].code;
        if (code && is_alliance(code)) s->alliance = code;
    }
    for (uint32_t k = 0; k < l.party_count; k++)
        if (l.parties[k].kind == MENTION_YOU) s->you = 3;
    const char *topic = s->topic;
    struct said_parties they = s->they;
    note_names(s, sent, l.parties, l.party_count);
    const char *next = s->topic;
    struct said_parties those = s->they;
    s->they = they;
    s->topic = topic; /* "it" is whom the sentence before was about */
    uint32_t since = s->out->said_count;
    read_numbers(s, &l);
    if (!is_label(&l)) {
        read_deeds(s, &l, since);
        read_contents(s, &l, since);
    }
    for (uint32_t i = since; i < s->out->said_count; i++)
        if (s->out->said[i].kind == SAID_SUPPORT) {
            drop_helped_giver(s, &s->out->said[i]);
            drop_own_receivers(&s->out->said[i]);
            drop_firms(s, since);
        }
    s->topic = next;
    s->they = those;
    bool spoken = (l.classes & (IS(soft) | IS(bundle))) &&
                  (l.classes & (IS(give) | IS(aid) | IS(promise) | IS(commit))) &&
                  names_beneficiary(s, &l);
    if (spoken || (l.classes & (IS(soft) | IS(goods) | IS(channel)) && s->out->said_count > since))
        s->warmth = WARM;
    else if (s->warmth)
        s->warmth--;
    if (s->you) s->you--;
    if (s->requested) s->requested--;
    if (s->request) s->requested = REQUESTED;
    if (s->forces) s->forces--;
    if (s->needing) s->needing--;
    if (s->spending) s->spending--;
    if (s->shares) s->shares--;
    if (s->spent) s->spent--;
    if (sent->heading) open_list(s, &l, since);
}

#define ASKS                                                                                       \
    (IS(digit) | IS(give) | IS(commit) | IS(promise) | IS(need) | IS(decide) | IS(vague) |         \
     IS(scale) | IS(host) | IS(train) | IS(list) | IS(thank) | IS(call) | IS(aid) | IS(bundle))

/* Whether a sentence can say anything at all. */
static bool worth_reading(const struct scene *s, const struct sentence *sent)
{
    if (sent->classes & IS(goods) &&
        (s->warmth || s->needing || sent->classes & (IS(receive) | IS(party))))
        return true;
    return sent->classes & ASKS || sent->shape & SHAPE_NUMBER || sent->heading || sent->bullet;
}

/* Who speaks in the talk, so that no turn has to look through all the others. */
struct floor {
    const struct side *sides;
    const char *code[3]; /* the sides that speak; of more than three, three */
    uint32_t codes;
    const char *answered; /* for whom the last one spoke who did not ask */
};

static void take_floor(struct floor *f, const char *we)
{
    if (!we || f->codes == sizeof f->code / sizeof *f->code) return;
    for (uint32_t i = 0; i < f->codes; i++)
        if (strcmp(f->code[i], we) == 0) return;
    f->code[f->codes++] = we;
}

/* Whom "you" means in a question: whoever answers it, else who spoke before. */
static const char *answerer(const struct scene *s, uint32_t turn, const struct floor *f)
{
    for (uint32_t i = turn + 1; i < s->talk->count && i < turn + 4; i++)
        if (s->talk->turns[i].turn.kind != TURN_QUESTION && f->sides[i].we) return f->sides[i].we;
    return f->answered;
}

/* The one other side that speaks in the document: whom a president beside a guest calls "you". */
static const char *other_side(const struct floor *f, const char *we)
{
    const char *other = NULL;
    for (uint32_t i = 0; i < f->codes; i++) {
        if (strcmp(f->code[i], we) == 0) continue;
        if (other) return NULL;
        other = f->code[i];
    }
    return other;
}

/* "Background Call on the Supplemental Budget Request": a parliament has yet to say yes to its
 * sums. */
static bool titled_request(const char *title)
{
    static const char *const words[] = {
        "Supplemental Request", "Budget Request",      "Funding Request", "Request to Congress",
        "Supplemental Funding", "Supplemental Budget", "Funding Needs",   "Security Request",
        "Congress to Pass",     "Immediately Pass"};
    for (size_t k = 0; title && k < sizeof words / sizeof *words; k++)
        if (strstr(title, words[k])) return true;
    return false;
}

/* "Fact Sheet on Assistance to Ukraine": what the document is about is help. */
static bool titled_help(const char *title)
{
    static const char *const words[] = {"Assistance", "Support", "Aid",     "Relief",
                                        "Loan",       "Donors",  "Weapons", "Supplemental"};
    for (size_t k = 0; title && k < sizeof words / sizeof *words; k++)
        if (strstr(title, words[k])) return true;
    return false;
}

/* "The President" is that of the house that publishes, unless a president speaks: then a guest. */
static const char *office_of(const struct scene *s, const struct turn *t)
{
    const char *home = s->side.home ? s->side.home : s->side.we;
    if (!home || !is_country(home)) return NULL;
    bool president = t->role && strstr(t->role, "President") && !strstr(t->role, "Vice");
    return president ? NULL : home;
}

/* "We, the Leaders of the G7, reaffirm": who "we" are in a joint statement whose title does not
 * say. */
static const char *issuer_in(const struct scene *s)
{
    enum { SOON = 12, NEAR = 10 };
    for (uint32_t i = 0; i < s->ws->sentence_count && i < SOON; i++) {
        const struct sentence *sent = &s->ws->sentence[i];
        uint32_t at = sent->first;
        if (sent->count < NEAR || !word_is(s->ws, at, "we") || !word_is(s->ws, at + 1, ","))
            continue;
        for (uint32_t k = 0; k < sent->named_count; k++) {
            const struct mention *m = &sent->named[k];
            if (m->first < at + NEAR && is_named(m->code) && !is_country(m->code)) return m->code;
        }
    }
    return "ALLIES";
}

static void begin_turn(struct scene *s, uint32_t t, struct floor *f)
{
    bool question = s->talk->turns[t].turn.kind == TURN_QUESTION;
    s->turn = t;
    s->side = f->sides[t];
    const struct turn *turn = &s->talk->turns[t].turn;
    bool stranger = !turn->role && !turn->affiliation && !f->codes;
    if (!s->side.we && !question && (!turn->speaker || stranger)) s->side.we = s->principal;
    if (!turn->speaker && s->joint) s->side.we = issuer_in(s); /* whoever has signed it */
    s->office = office_of(s, &s->talk->turns[t].turn);
    s->addressed = question ? answerer(s, t, f) : s->side.you;
    if (!question && !s->addressed && s->side.we) s->addressed = other_side(f, s->side.we);
    bool alone = s->talk->count == 1 && !turn->speaker && s->side.we;
    s->partner =
        s->addressed || !alone ? s->addressed : partner_of(s->a, s->out->title, s->side.we);
    if (!question && f->sides[t].we) f->answered = f->sides[t].we;
    s->list = false;
    if (s->warmth > 1) s->warmth = 1;
    s->giver.count = 0;
    s->requested = s->request ? REQUESTED : 0;
    s->alliance = NULL;
    s->topic = NULL;
    s->they.count = 0;
}

static bool same_text(const char *x, const char *y)
{
    return x == y || (x && y && strcmp(x, y) == 0);
}

/* Whether both speak for the same side, whatever the document: they have one label, or both ask. */
static bool same_side(const struct turn *x, const struct turn *y)
{
    if ((x->kind == TURN_QUESTION) != (y->kind == TURN_QUESTION)) return false;
    return x->kind == TURN_QUESTION ||
           (same_text(x->speaker, y->speaker) && same_text(x->role, y->role) &&
            same_text(x->affiliation, y->affiliation));
}

/* The side of turn t. In a talk of few the last turns have shown it already. */
static struct side side_at(struct arena *a, const struct scene *s, uint32_t t,
                           const struct side *sides)
{
    enum { BACK = 6 };
    const struct turn *turn = &s->talk->turns[t].turn;
    for (uint32_t k = 1; k <= BACK && k <= t; k++)
        if (same_side(turn, &s->talk->turns[t - k].turn)) return sides[t - k];
    return side_of(a, turn, s->out->title, s->out->address);
}

void claims_of(struct arena *a, const struct plain *p, const struct talk *talk, struct reading *out)
{
    struct words ws = {0};
    struct scene s = {.a = a, .plain = p, .talk = talk, .out = out, .ws = &ws};
    uint32_t *first = NEW_ARRAY(a, talk->count + 1, uint32_t);
    struct side *sides = NEW_ARRAY(a, talk->count + 1, struct side);
    struct floor f = {.sides = sides};
    for (uint32_t t = 0; t < talk->count; t++) {
        first[t] = ws.sentence_count;
        words_of(a, p, talk->turns[t].begin, talk->turns[t].end, &ws);
        sides[t] = side_at(a, &s, t, sides);
        take_floor(&f, sides[t].we);
    }
    first[talk->count] = ws.sentence_count;
    for (uint32_t t = 0; t < talk->count && !s.home; t++)
        s.home = sides[t].home; /* a question has none */
    s.speakers = f.code;
    s.speaker_count = f.codes;
    cast_of(&s);
    s.request = titled_request(out->title);
    s.focused = titled_help(out->title);
    s.region =
        talk->count == 1 ? region_of(a, out->title) : NULL; /* of a fact sheet, a statement */
    bool issued = signers_of(a, out->title, &s.signers);
    s.joint = issued && !s.signers.count;
    s.together = issued && s.signers.count && talk->count == 1 && !talk->turns[0].turn.speaker;
    note_room(&s);

    for (uint32_t t = 0; t < talk->count; t++) {
        begin_turn(&s, t, &f);
        for (uint32_t i = first[t]; i < first[t + 1]; i++) {
            note_whereabouts(&s, &ws.sentence[i]);
            begin_item(&s, &ws.sentence[i]);
            if (!at_home_now(&s) && worth_reading(&s, &ws.sentence[i])) {
                read_sentence(&s, i);
            } else {
                const struct sentence *sent = &ws.sentence[i];
                note_names(&s, sent, sent->named, sent->named_count);
                close_list(&s, sent);
                if (s.warmth) s.warmth--;
            }
        }
    }
}
