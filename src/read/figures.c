/*
 * figures.c - whose a figure is: forces that stand somewhere, shares of a GDP or of a trade.
 *
 * Nobody gives these numbers to anybody, so the rules of gifts say nothing of
 * them: a figure is its owner's, who stands beside what is counted, is said to
 * have it, or had the figure before.
 */
#include <string.h>

#include "read/amounts.h"
#include "read/wars.h"

/* "supplies", "has provided": a verb of giving in [from, to). */
static bool supplied(const struct line *l, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < l->act_count; k++)
        if (l->acts[k].kind == ACT_GIVE && l->acts[k].form != 'n' && !l->acts[k].denied &&
            l->acts[k].at >= from && l->acts[k].at < to)
            return true;
    return false;
}

/* "... and 70 percent of its tools": as the share before it, of the same two. */
static bool goes_on_sharing(const struct scene *s, const struct line *l, const struct value *v,
                            struct said *d)
{
    const struct reading *out = s->out;
    if (out->said_count < 2 || !word_is(l->ws, v->first + v->count + 1, "its")) return false;
    const struct said *before = d - 1;
    size_t begin = plain_file(s->plain, l->ws->word[l->first].at);
    if (before->kind != SAID_FIGURE || before->start < begin || !before->unit) return false;
    if (strcmp(before->unit, "percent") != 0 || !before->receiver.count) return false;
    d->giver = before->giver;
    d->receiver = before->receiver;
    return true;
}

void share_from(const struct scene *s, const struct line *l, const struct value *v,
                const struct reach *r, struct said *d)
{
    enum { NEAR = 6 };
    struct said_parties from = {0};
    uint32_t last = v->first + v->count;
    uint32_t first;
    if (v->kind != VALUE_SHARE || goes_on_sharing(s, l, v, d)) return;
    if (!giver_beside(s, l, last, r->end, &from) && /* "China supplies 90 percent of Russia's" */
        !(supplied(l, r->begin, v->first) && subject_of(s, l, r->begin, v->first, &from, &first)))
        return;
    for (uint32_t i = last; i < last + NEAR && i < r->end; i++) {
        const struct mention *m = mention_at(l, i);
        if (!m || !m->possessive || !code_of(s, m) || has_party(&from, code_of(s, m))) continue;
        d->giver = from;
        d->receiver.count = 0;
        add_party(&d->receiver, code_of(s, m));
        return;
    }
}

/* "So, an increase of $175 billion": of whoever's figure stands before, as nobody is named. */
static bool goes_on(const struct line *l, const struct value *v, const struct reach *r)
{
    if (v->kind != VALUE_MONEY && v->kind != VALUE_SHARE) return false;
    for (uint32_t k = 0; k < l->party_count; k++)
        if (l->parties[k].first >= r->begin && l->parties[k].first < r->end) return false;
    return true;
}

/* Somebody beside the speaker's own side. */
static bool any_other(const struct scene *s, const struct said_parties *ps)
{
    for (uint32_t i = 0; i < ps->count; i++)
        if (!s->side.we || strcmp(ps->code[i], s->side.we) != 0) return true;
    return false;
}

/* "100,000 troops at the border": the attacker's, whoever sees them there. */
static bool at_the_border(const struct scene *s, const struct line *l, const struct value *v,
                          const struct said *d)
{
    enum { NEAR = 9 };
    static const char *const places[] = {"on", "at", "along", "near", "around"};
    if (!s->adversary || d->goods != GOODS_PERSONNEL || any_other(s, &d->giver)) return false;
    bool there = false;
    for (uint32_t i = v->first, last = value_end(v); i < last + NEAR && i < l->end; i++) {
        if (i < last && mention_at(l, i)) return false; /* "American troops" */
        there |= word_in(l->ws, i, places, sizeof places / sizeof *places);
        if (there && (word_is(l->ws, i, "border") || word_is(l->ws, i, "borders"))) return true;
    }
    return false;
}

/* "3,000 Korean troops sent to Russia": another's forces, at whose side they are; NULL. */
static const char *sent_to_attacker(const struct scene *s, const struct line *l,
                                    const struct reach *r, const struct said *d)
{
    static const char *const sides[] = {"eastern", "western", "southern", "northern"};
    if (d->goods != GOODS_PERSONNEL || d->receiver.count) return NULL;
    if (!any_named(&d->giver) || !any_other(s, &d->giver)) return NULL;
    if (has_party(&d->giver, s->adversary) || has_party(&d->giver, s->beneficiary)) return NULL;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (m->first <= r->begin || m->first >= r->end || !m->code) continue;
        uint32_t i = m->first - 1; /* "into eastern Russia" */
        if (i > r->begin && word_in(l->ws, i, sides, sizeof sides / sizeof *sides)) i--;
        bool attacks = (s->adversary && strcmp(m->code, s->adversary) == 0) ||
                       war_arms(m->code, d->giver.code[0]);
        if (attacks && (word_classes(&l->ws->word[i]) & IS(give) || word_is(l->ws, i, "to") ||
                        word_is(l->ws, i, "in") || word_is(l->ws, i, "into")))
            return m->code;
    }
    return NULL;
}

/* "20 countries in the Red Sea", "against Houthi attacks": about others, and not whom we help. */
static bool for_others(const struct scene *s, const struct line *l)
{
    bool others = false;
    for (uint32_t k = 0; k < l->party_count; k++) {
        const struct mention *m = &l->parties[k];
        if (!m->code || !is_named(m->code) || m->kind == MENTION_PERSON) continue;
        if (s->beneficiary && strcmp(m->code, s->beneficiary) == 0) return false;
        if (s->adversary && strcmp(m->code, s->adversary) == 0) return false;
        if (s->home && strcmp(m->code, s->home) == 0) continue;
        uint32_t next = m->first + m->count;
        others |= m->kind == MENTION_GROUP && m->code[0] >= 'A' && m->code[0] <= 'Z';
        others |= m->kind == MENTION_BODY && next < l->end && at_class(l, next) & IS(hostile);
    }
    return others;
}

/* "a million displaced people in Sudan": whose they are; NULL: nobody says where they live. */
static const char *displaced_in(const struct scene *s, const struct line *l, const struct value *v)
{
    enum { NEAR = 6 };
    static const char *const links[] = {"in", "inside", "within", "across", "throughout"};
    uint32_t last = value_end(v);
    bool displaced = false; /* refugees are somebody else's */
    for (uint32_t i = v->first; i < last + 2; i++) displaced |= word_is(l->ws, i, "displaced");
    if (!unit_is(v, "people") || !displaced) return NULL;
    for (uint32_t i = last; i < last + NEAR && i + 1 < l->end; i++) {
        const struct mention *m = mention_at(l, i + 1);
        if (m && m->kind == MENTION_NAME && word_in(l->ws, i, links, sizeof links / sizeof *links))
            return code_of(s, m);
    }
    return NULL;
}

void fill_figure(const struct scene *s, const struct line *l, const struct value *v,
                 const struct reach *r, struct said *d)
{
    uint32_t first;
    for (uint32_t i = r->from; i < r->to; i += l->ws->word[i].span)
        if (*word_value(&l->ws->word[i], WORD_have)) { /* "under NATO command" */
            d->giver.count = 0;
            add_party(&d->giver, word_value(&l->ws->word[i], WORD_have));
        }
    if (unit_is(v, "country")) {
        const struct mention *whose = v->noun_count ? mention_at(l, v->noun) : NULL;
        d->giver.count = 0;
        bool nato = v->noun_count && word_is(l->ws, v->noun, "nato") && by_nato(s);
        bool other = whose && whose->code && whose->kind != MENTION_GROUP;
        add_party(&d->giver, nato ? "NATO" : other ? whose->code : "ALLIES");
    }
    if (v->noun_count && v->noun > l->first && v->noun < v->first) { /* "our force total" */
        const struct mention *m = mention_at(l, v->noun - 1);
        if (m && m->kind == MENTION_WE && m->possessive) {
            d->giver.count = 0;
            add_party(&d->giver, s->side.we);
        }
    }
    for (uint32_t k = 0; k < l->party_count; k++) { /* "3,942 United States military personnel" */
        const struct mention *m = &l->parties[k];
        uint32_t from = v->noun < v->first ? v->noun - 2 : v->first + v->count;
        if (m->first < from || m->first + m->count > v->noun + v->noun_count) continue;
        if (unit_is(v, "country") || m->kind > MENTION_DEMONYM || !m->code) continue;
        d->giver.count = 0;
        add_party(&d->giver, m->code);
    }
    const char *where = displaced_in(s, l, v);
    if (where) {
        d->giver.count = 0;
        add_party(&d->giver, where);
    }
    if (at_the_border(s, l, v, d)) {
        d->giver.count = 0;
        add_party(&d->giver, s->adversary);
    }
    if (!d->giver.count) subject_of(s, l, r->begin, v->first, &d->giver, &first);
    bool asked = !s->side.we && d->giver.count == 1 && has_party(&d->giver, s->addressed);
    if (unit_is(v, "percent_gdp") && (asked || !any_named(&d->giver))) d->giver.count = 0;
    if (!d->giver.count && unit_is(v, "percent_gdp")) add_party(&d->giver, "ALLIES");
    if (!d->giver.count && s->spent && goes_on(l, v, r)) d->giver = s->spender;
    if (!d->giver.count) add_us(s, &d->giver);
    uint64_t all = classes_in(l, r->begin, r->end);
    bool spend = (all & IS(theme)) != 0;
    if (unit_is(v, "country") && (beside_gdp(s, l, r) || meets_target(s, l, v, r) ||
                                  class_of_theme(l, r, GOODS_OTHER) == GOODS_MONEY))
        d->goods = GOODS_MONEY;
    if (unit_is(v, "country") && !spend && d->goods != GOODS_MONEY &&
        (names_beneficiary(s, l) || all & (IS(soft) | IS(give) | IS(channel)) ||
         of_coalition(l, v, r) || (all & IS(commit) && s->warmth)))
        add_party(&d->receiver, for_others(s, l) ? NULL : s->beneficiary);
    else if (all & IS(soft))
        d->receiver = receiver_in(s, l, r->begin, r->end, &d->giver);
    add_party(&d->receiver, sent_to_attacker(s, l, r, d));
}
