/*
 * ruling.c - a rule file carried out; see rules.h.
 *
 * The file itself becomes a source with its bytes, and every line that decided
 * something a passage of it: years later it can be told which words let an
 * entry in, also when the file has changed since.
 */
#include <inttypes.h>
#include <string.h>

#include "base/sha.h"
#include "base/text.h"
#include "inbox/rules.h"
#include "inbox/settle.h"

struct work {
    struct posting *p;
    const struct rules *rules;
    const struct input *file;
    const char *author;
    bool kept; /* the file is among the evidence */
};

static void keep_file(struct work *w)
{
    struct posting *p = w->p;
    struct evidence *all = NEW_ARRAY(p->arena, p->evidence_count + 1, struct evidence);
    if (w->kept) return;
    w->kept = true;
    if (p->evidence_count) memcpy(all, p->evidence, p->evidence_count * sizeof *all);
    p->evidence = all;
    struct evidence *e = &p->evidence[p->evidence_count++];
    *e = (struct evidence){.bytes = w->file->bytes, .len = w->file->len};
    sha256(e->bytes, e->len, e->hash);
}

/* The passage of a rule's line, once. */
static enum rc rule_passage(struct work *w, const struct rule *rule, const char **key,
                            struct err *err)
{
    struct intake in = {.arena = w->p->arena};
    const char *source = intake_source(
        &in, w->file, NULL, text_format(w->p->arena, "rules %s", w->rules->name), 0, "text/plain");
    *key = intake_passage(&in, source, text_format(w->p->arena, "line %" PRIu32, rule->line));
    record_set_text(w->p->arena, in.records[in.count - 1], F_TEXT, rule->text);
    keep_file(w);
    for (uint32_t i = 0; i < in.count; i++) {
        struct record *r = in.records[i];
        if (book_noun(w->p->view->book, r->kind, record_text(r, F_KEY)) != NONE) continue;
        record_set_text(w->p->arena, r, F_AUTHOR, w->author);
        enum rc rc = posting_add(w->p, r, NULL, err);
        if (rc) return rc;
    }
    return RC_OK;
}

static enum rc carry_out(struct work *w, const struct catalogue *catalogue,
                         const struct candidate *c, struct ruled *ruled, struct err *err)
{
    struct made made = {0};
    struct plan plan;
    const struct rule *rule = ruled->rule;
    struct choice choice = {.author = w->author, .why = rule->why};
    if (!choice.why) {
        choice.why = text_format(w->p->arena, "line %" PRIu32 ": %s", rule->line, rule->text);
    }
    plan_of(w->p->arena, catalogue, c->record, NULL, &plan);
    if (rule->accepts && plan.missing) {
        ruled->left = plan.missing;
        return RC_OK;
    }
    enum rc rc = rule_passage(w, rule, &choice.link, err);
    if (rc) return rc;
    return rule->accepts ? settle_accept(w->p, catalogue, c, NULL, &choice, &made, err)
                         : settle_reject(w->p, c, &choice, &made, err);
}

enum rc rules_apply(struct posting *p, const struct candidates *all,
                    const struct relation *relation, const struct rules *rules,
                    const struct input *file, struct ruling *out, struct err *err)
{
    struct work w = {.p = p, .rules = rules, .file = file};
    struct catalogue catalogue;
    enum rc rc = RC_OK;
    w.author = text_format(p->arena, "rule:%s", rules->name);
    *out = (struct ruling){0};
    catalogue_read(p->arena, p->view->book, &catalogue);
    for (uint32_t i = 0; i < all->count && !rc; i++) {
        if (!candidate_waits(all, i)) continue;
        const struct rule *rule = rules_decide(p->arena, rules, &all->list[i], &relation->of[i]);
        if (!rule) continue;
        out->list = arena_more(p->arena, out->list, out->count, &out->room, sizeof *out->list);
        struct ruled *ruled = &out->list[out->count++];
        *ruled = (struct ruled){.candidate = i, .rule = rule};
        rc = carry_out(&w, &catalogue, &all->list[i], ruled, err);
    }
    return rc;
}
