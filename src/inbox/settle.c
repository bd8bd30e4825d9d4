/* settle.c - see settle.h. Taking back is in reopen.c. */
#include "inbox/settle.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "inbox/settle_inside.h"
#include "names/names.h"
#include "source/source.h"

void made_add(struct made *made, uint64_t id)
{
    if (made->count < sizeof made->ids / sizeof *made->ids) made->ids[made->count++] = id;
}

void record_drop(struct record *r, enum tag tag)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->fields[i].tag != tag) r->fields[kept++] = r->fields[i];
    }
    r->count = kept;
}

static void replace_text(struct arena *a, struct record *r, enum tag tag, const char *text)
{
    record_drop(r, tag);
    record_set_text(a, r, tag, text);
}

void sign(struct posting *p, struct record *r, const struct choice *choice)
{
    replace_text(p->arena, r, F_AUTHOR, choice->author);
    replace_text(p->arena, r, F_WHY, choice->why);
    if (choice->link) record_set_text(p->arena, r, F_LINK, choice->link);
}

struct record *version_draft(struct posting *p, const struct record *of,
                             const struct choice *choice)
{
    struct record *r = record_copy(p->arena, of);
    r->id = 0;
    r->idem = NULL;
    sign(p, r, choice);
    /* A file that is read again does not undo what a person says now, whatever date it bears. */
    int64_t stated_ms = record_int(of, F_STATED, 0) + 1;
    record_drop(r, F_STATED);
    record_set_int(p->arena, r, F_STATED, stated_ms > p->now_ms ? stated_ms : p->now_ms);
    return r;
}

/* --- what is known by itself --- */

/* Post those drafts that the book has not. */
static enum rc post_known(struct posting *p, struct intake *in, const struct choice *choice,
                          struct err *err)
{
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < in->count && !rc; i++) {
        struct record *r = in->records[i];
        if (book_noun(p->view->book, r->kind, record_text(r, F_KEY)) != NONE) continue;
        record_set_text(p->arena, r, F_AUTHOR, choice->author);
        rc = posting_add(p, r, NULL, err);
    }
    return rc;
}

/* Countries and currencies that the plan names and the book has not. */
static enum rc post_nouns(struct posting *p, const struct plan *plan, const char *label,
                          const struct choice *choice, struct err *err)
{
    struct intake in = {.arena = p->arena};
    const char *const parties[] = {plan->giver, plan->receiver};
    for (int i = 0; i < 2; i++) {
        bool there = !parties[i] || book_noun(p->view->book, KIND_PARTY, parties[i]) != NONE;
        const struct known_party *known = there ? NULL : names_party(parties[i]);
        if (known) intake_party(&in, known->key, known->name, known->type);
    }
    if (plan->currency) intake_money(&in, plan->currency);
    bool missing = false;
    for (uint32_t i = 0; i < in.count; i++) {
        const struct record *r = in.records[i];
        missing |= book_noun(p->view->book, r->kind, record_text(r, F_KEY)) == NONE;
    }
    /* A public party that comes with a hidden line would tell of the line. */
    if (missing && strcmp(label, "public") != 0) {
        return fail(err, RC_RULE,
                    "a party or currency is not in the book yet; add it first, for"
                    " all to see");
    }
    return post_known(p, &in, choice, err);
}

/* --- the statement --- */

/* The statement as it is now, which an earlier choice of the same posting may have changed. */
static enum rc check_open(const struct posting *p, const struct candidate *c, struct err *err)
{
    static const char *const words[] = {"", "accepted", "rejected"};
    const struct record *now = book_version(p->view->book, c->noun, INT64_MAX);
    enum candidate_state state = candidate_state(now);
    const char *author = record_text(now, F_AUTHOR);
    if (state != CANDIDATE_OPEN) {
        return fail(err, RC_RULE,
                    "it was %s already by %.60s; 'muster inbox reopen' takes that back",
                    words[state], author ? author : "somebody");
    }
    if (c->settled) {
        return fail(err, RC_RULE,
                    "another issue of the document says the same, and was accepted or"
                    " rejected");
    }
    return RC_OK;
}

/* An empty text takes the field away. */
static void edit_text(struct arena *a, struct record *r, enum tag tag, const char *edited)
{
    if (!edited) return;
    record_drop(r, tag);
    if (*edited) record_set_text(a, r, tag, edited);
}

/* "DEU, NOR": several who were named. */
static void edit_parties(struct arena *a, struct record *r, enum tag tag, const char *edited)
{
    if (!edited) return;
    record_drop(r, tag);
    for (const char *at = edited; *at;) {
        size_t len = strcspn(at, ",");
        const char *one = text_squeeze(a, arena_bytes(a, at, len));
        if (*one) record_set_text(a, r, tag, one);
        at += len + (at[len] == ',');
    }
}

/* Whether the statement says that amount already, about or exactly. */
static bool says_amount(const struct record *r, const struct edits *e)
{
    struct dec low = record_dec(r, F_AMOUNT);
    if (!record_field(r, F_AMOUNT)) return e->undisclosed;
    if (e->undisclosed) return false;
    struct dec high = record_field(r, F_UPTO) ? record_dec(r, F_UPTO) : low;
    return dec_cmp(low, e->low) == 0 && dec_cmp(high, e->high) == 0;
}

/* The statement as the person has it: what was edited is said so, the reading stays below. */
static void edit_statement(struct posting *p, struct record *r, const struct edits *e)
{
    if (!e) return;
    edit_parties(p->arena, r, F_SAID_GIVER, e->giver);
    edit_parties(p->arena, r, F_SAID_RECEIVER, e->receiver);
    edit_text(p->arena, r, F_SAID_ITEM, e->item);
    edit_text(p->arena, r, F_UNIT, e->unit);
    if (e->has_stage) edit_text(p->arena, r, F_SAID_STAGE, stage_name(e->stage));
    if (e->has_day) {
        record_drop(r, F_DAY);
        record_set_int(p->arena, r, F_DAY, e->day);
    }
    if (!e->has_qty || says_amount(r, e)) return;
    record_drop(r, F_AMOUNT);
    record_drop(r, F_UPTO);
    record_drop(r, F_APPROX);
    if (e->undisclosed) return;
    record_set_dec(p->arena, r, F_AMOUNT, e->low);
    if (dec_cmp(e->low, e->high) != 0) record_set_dec(p->arena, r, F_UPTO, e->high);
}

/* The accepted version; its id in *id. */
static enum rc accept_statement(struct posting *p, const struct record *said,
                                const struct edits *edits, const struct plan *plan,
                                const struct choice *choice, uint64_t *id, struct err *err)
{
    struct record *r = version_draft(p, said, choice);
    record_drop(r, F_INFERRED);
    replace_text(p->arena, r, F_VERDICT, VERDICT_ACCEPTED);
    edit_statement(p, r, edits);
    if (plan) {
        const struct book *b = p->view->book;
        record_set_key(p->arena, r, F_ITEM, plan->item);
        if (plan->giver && book_noun(b, KIND_PARTY, plan->giver) != NONE)
            record_set_key(p->arena, r, F_PARTY, plan->giver);
        if (plan->receiver && book_noun(b, KIND_PARTY, plan->receiver) != NONE)
            record_set_key(p->arena, r, F_RECEIVER, plan->receiver);
    }
    return posting_add(p, r, id, err);
}

enum rc settle_edit(struct posting *p, const struct candidate *candidate, const struct edits *edits,
                    const struct choice *choice, struct made *made, struct err *err)
{
    uint64_t id = 0;
    const struct record *now = book_version(p->view->book, candidate->noun, INT64_MAX);
    enum rc rc = check_open(p, candidate, err);
    if (rc) return rc;
    struct record *r = version_draft(p, now, choice);
    edit_statement(p, r, edits);
    if (record_same(r, now)) return fail(err, RC_RULE, "it says just that already");
    rc = posting_add(p, r, &id, err);
    if (!rc) made_add(made, id);
    return rc;
}

/* --- what it makes --- */

const char *edge_key(struct arena *a, const char *type, const char *statement)
{
    return text_format(a, "%s %s", type, statement);
}

static enum rc add_edge(struct posting *p, const char *type, const struct record *said, uint64_t of,
                        uint64_t object, const struct choice *choice, struct err *err)
{
    struct record *r = record_new(p->arena, KIND_EDGE);
    r->label = said->label;
    record_set_text(p->arena, r, F_KEY, edge_key(p->arena, type, record_text(said, F_KEY)));
    record_set_text(p->arena, r, F_TYPE, type);
    record_set_ref(p->arena, r, F_OF, of);
    record_set_ref(p->arena, r, F_OBJECT, object);
    record_set_ref(p->arena, r, F_PASSAGE, record_ref(said, F_PASSAGE));
    sign(p, r, choice);
    return posting_add(p, r, NULL, err);
}

/*
 * "said/3fa9c0d1e2b3/1620-1695", after the document and the bytes: the same
 * candidate, accepted again, is the same line.
 */
static const char *made_key(struct posting *p, enum kind kind, const struct record *said)
{
    const struct book *b = p->view->book;
    const char *from = record_text(said, F_KEY), *at = strstr(from, "#bytes ");
    const char *key = text_format(p->arena, "said/%s", from);
    if (at && text_starts(from, "sha256:")) {
        key = text_format(p->arena, "said/%.12s/%s", from + strlen("sha256:"),
                          at + strlen("#bytes "));
    }
    for (;;) {
        uint32_t noun = book_noun(b, kind, key);
        const struct record *r = noun == NONE ? NULL : book_version(b, noun, INT64_MAX);
        const char *link = r ? record_text(r, F_LINK) : NULL;
        if (!r || (link && strcmp(link, from) == 0)) return key;
        key = text_format(p->arena, "%s+", key);
    }
}

/* What the words say beside the quantity: "through: ...; when: ...; about". */
static const char *remarks(struct arena *a, const struct record *said)
{
    const char *channel = record_text(said, F_SAID_CHANNEL), *when = record_text(said, F_SAID_WHEN);
    const char *approx = record_text(said, F_APPROX);
    struct buf b = {.arena = a};
    if (channel) buf_addf(&b, "through: %s", channel);
    if (when) buf_addf(&b, "%swhen: %s", b.len ? "; " : "", when);
    if (approx && strcmp(approx, "exact") != 0) buf_addf(&b, "%s%s", b.len ? "; " : "", approx);
    return b.text;
}

/* A draft with what lines, needs and decisions share. */
static struct record *made_draft(struct posting *p, enum kind kind, const struct record *said,
                                 const struct plan *plan, const struct choice *choice)
{
    struct record *r = record_new(p->arena, kind);
    r->label = said->label;
    record_set_text(p->arena, r, F_KEY, made_key(p, kind, said));
    record_set_text(p->arena, r, F_NAME, record_text(said, F_SAID_ITEM));
    record_set_text(p->arena, r, F_LINK, record_text(said, F_KEY)); /* before the rule's */
    record_set_text(p->arena, r, F_NOTE, remarks(p->arena, said));
    record_set_ref(p->arena, r, F_PASSAGE, record_ref(said, F_PASSAGE));
    if (plan->day != DAY_MAX) record_set_int(p->arena, r, F_DAY, plan->day);
    sign(p, r, choice);
    return r;
}

static enum rc open_line(struct posting *p, const struct record *said, uint64_t line,
                         const struct plan *plan, const struct choice *choice, struct made *made,
                         struct err *err)
{
    uint64_t id = 0;
    if (plan->qty == 0) return RC_OK;
    struct record *r = record_new(p->arena, KIND_ENTRY);
    r->label = said->label;
    record_set_ref(p->arena, r, F_LINE, line);
    record_set_int(p->arena, r, F_FROM, STAGE_WORLD);
    record_set_int(p->arena, r, F_TO, plan->stage);
    record_set_int(p->arena, r, F_QTY, plan->qty);
    record_set_int(p->arena, r, F_DAY, plan->day);
    record_set_ref(p->arena, r, F_PASSAGE, record_ref(said, F_PASSAGE));
    sign(p, r, choice);
    enum rc rc = posting_add(p, r, &id, err);
    if (!rc) made_add(made, id);
    return rc;
}

static enum rc make_line(struct posting *p, const struct record *said, const struct edits *edits,
                         const struct plan *plan, const struct choice *choice, uint64_t *id,
                         struct made *made, struct err *err)
{
    struct record *r = made_draft(p, KIND_LINE, said, plan, choice);
    const char *channel = record_text(said, F_SAID_CHANNEL);
    record_set_key(p->arena, r, F_PARTY, plan->giver);
    record_set_key(p->arena, r, F_RECEIVER, plan->receiver);
    record_set_key(p->arena, r, F_ITEM, plan->item);
    if (plan->has_low) record_set_int(p->arena, r, F_LOW, plan->low);
    if (plan->has_high) record_set_int(p->arena, r, F_HIGH, plan->high);
    if (edits && edits->class_) record_set_text(p->arena, r, F_CLASS, edits->class_);
    if (channel && book_noun(p->view->book, KIND_PARTY, channel) != NONE)
        record_set_key(p->arena, r, F_CHANNEL, channel);
    const char *why = choice->why ? choice->why : "accepted again";
    enum rc rc = posting_revise_line(p, r, why, choice->author, id, err);
    if (rc) return rc;
    made_add(made, *id);
    return open_line(p, said, *id, plan, choice, made, err);
}

static enum rc make_need(struct posting *p, const struct record *said, const struct plan *plan,
                         const struct choice *choice, uint64_t *id, struct err *err)
{
    struct record *r = made_draft(p, KIND_NEED, said, plan, choice);
    record_set_text(p->arena, r, F_TYPE, "stated");
    record_set_key(p->arena, r, F_RECEIVER, plan->receiver);
    record_set_key(p->arena, r, F_ITEM, plan->item);
    record_set_int(p->arena, r, F_QTY, plan->qty);
    return posting_add(p, r, id, err);
}

static enum rc make_decision(struct posting *p, const struct candidate *c, const struct plan *plan,
                             const struct choice *choice, uint64_t *id, struct err *err)
{
    struct record *r = made_draft(p, KIND_DECISION, c->record, plan, choice);
    const char *quote = candidate_quote(c);
    record_set_text(p->arena, r, F_TYPE, "decision");
    record_set_text(p->arena, r, F_TEXT, *quote ? quote : NULL);
    if (plan->giver && book_noun(p->view->book, KIND_PARTY, plan->giver) != NONE)
        record_set_key(p->arena, r, F_PARTY, plan->giver);
    return posting_add(p, r, id, err);
}

enum rc settle_accept(struct posting *p, const struct catalogue *c,
                      const struct candidate *candidate, const struct edits *edits,
                      const struct choice *choice, struct made *made, struct err *err)
{
    struct plan plan;
    uint64_t statement = 0, id = 0;
    const struct record *said = candidate->record;
    enum rc rc = check_open(p, candidate, err);
    if (rc) return rc;
    plan_of(p->arena, c, said, edits, &plan);
    if (plan.missing) {
        return fail(err, RC_RULE, "%.200s: %s says it", plan.missing, plan.option);
    }
    bool nouns = plan.makes == KIND_LINE || plan.makes == KIND_NEED;
    if (nouns) rc = post_nouns(p, &plan, said->label, choice, err);
    if (!rc) rc = accept_statement(p, said, edits, &plan, choice, &statement, err);
    if (rc) return rc;
    if (plan.makes == KIND_LINE) rc = make_line(p, said, edits, &plan, choice, &id, made, err);
    if (plan.makes == KIND_NEED) rc = make_need(p, said, &plan, choice, &id, err);
    if (plan.makes == KIND_DECISION) rc = make_decision(p, candidate, &plan, choice, &id, err);
    if (!rc && id && plan.makes != KIND_LINE) made_add(made, id);
    if (!rc && id) rc = add_edge(p, "makes", said, statement, id, choice, err);
    if (!rc) made_add(made, statement);
    return rc;
}

enum rc settle_link(struct posting *p, const struct candidate *candidate, uint32_t line,
                    const struct choice *choice, struct made *made, struct err *err)
{
    uint64_t statement = 0;
    enum rc rc = check_open(p, candidate, err);
    if (!rc) rc = accept_statement(p, candidate->record, NULL, NULL, choice, &statement, err);
    if (!rc) {
        rc = add_edge(p, "restates", candidate->record, statement,
                      book_latest(p->view->book, line)->id, choice, err);
    }
    if (!rc) made_add(made, statement);
    return rc;
}

enum rc settle_reject(struct posting *p, const struct candidate *candidate,
                      const struct choice *choice, struct made *made, struct err *err)
{
    uint64_t id = 0;
    enum rc rc = check_open(p, candidate, err);
    if (!rc && !choice->why) rc = fail(err, RC_RULE, "why it is nothing for the book is not said");
    if (rc) return rc;
    struct record *r = version_draft(p, candidate->record, choice);
    replace_text(p->arena, r, F_VERDICT, VERDICT_REJECTED);
    rc = posting_add(p, r, &id, err);
    if (!rc) made_add(made, id);
    return rc;
}

/* --- resolving --- */

static bool can_disagree(const struct book *b, uint32_t noun)
{
    return book_kind(b, noun) == KIND_STATEMENT || book_kind(b, noun) == KIND_VALUE;
}

static enum rc add_contradiction(struct posting *p, uint64_t of, uint32_t noun, uint32_t other,
                                 const struct choice *choice, struct err *err)
{
    const struct book *b = p->view->book;
    const struct record *mine = book_version(b, noun, INT64_MAX);
    struct record *r = record_new(p->arena, KIND_EDGE);
    r->label = mine->label;
    record_set_text(
        p->arena, r, F_KEY,
        text_format(p->arena, "contradicts %s %s", book_key(b, noun), book_key(b, other)));
    record_set_text(p->arena, r, F_TYPE, "contradicts");
    record_set_ref(p->arena, r, F_OF, of);
    record_set_ref(p->arena, r, F_OBJECT, book_latest(b, other)->id);
    sign(p, r, choice);
    return posting_add(p, r, NULL, err);
}

enum rc settle_resolve(struct posting *p, uint32_t noun, const uint32_t *against, uint32_t count,
                       const struct choice *choice, struct made *made, struct err *err)
{
    struct book *b = p->view->book;
    uint64_t id = 0;
    bool fit = can_disagree(b, noun);
    for (uint32_t i = 0; i < count; i++) fit = fit && can_disagree(b, against[i]);
    if (!fit) return fail(err, RC_RULE, "only statements and values disagree with one another");
    if (!choice->why) return fail(err, RC_RULE, "why this one holds is not said");
    const struct record *now = book_version(b, noun, INT64_MAX);
    if (record_int(now, F_RESOLVED, 0)) {
        return fail(err, RC_RULE, "it was settled on already by %.60s", record_text(now, F_AUTHOR));
    }
    struct record *r = version_draft(p, now, choice);
    if (is_candidate(now)) {
        record_drop(r, F_INFERRED);
        replace_text(p->arena, r, F_VERDICT, VERDICT_ACCEPTED);
    }
    record_set_int(p->arena, r, F_RESOLVED, 1);
    enum rc rc = posting_add(p, r, &id, err);
    if (!rc) made_add(made, id);
    for (uint32_t i = 0; i < count && !rc; i++) {
        rc = add_contradiction(p, id, noun, against[i], choice, err);
    }
    return rc;
}
