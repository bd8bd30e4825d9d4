/*
 * iati.c - see iati.h: which lines make an activity, and the file.
 *
 * Groups are made first, from columns and lines alone; then one activity at a
 * time is put together and written, in an arena that is reset behind it. Whole
 * records of entries are read from the store as they are needed.
 */
#include "export/iati.h"

#include <string.h>

#include "base/text.h"
#include "export/iati_inside.h"
#include "export/plain.h"
#include "iati/own.h"

/* A party: what it may spend (budget), and what its own file stated. */
struct planner {
    const struct record **budgets;
    uint32_t count, room;
    const struct record **documents; /* that its file links to */
    uint32_t document_count, document_room;
    bool gives;
};

struct exporting {
    struct iati_out o;
    struct planner *planners; /* by noun */
    struct group *groups;
    uint32_t count, room;
    struct map names;      /* key -> index into groups */
    uint32_t *first_row;   /* by line: its first live row; NONE */
    uint32_t *next_row;    /* by row: the line's next live one */
    uint32_t *first_value; /* by noun of line or package: index + 1 into values */
    uint32_t *next_value;  /* by value */
    const struct record **values;
    uint32_t *line_of_noun; /* by noun: its current line */
};

/* --- groups --- */

static bool is_activity_key(const char *link)
{
    return link && text_starts(link, "iati:") && !text_starts(link, "iati:org:");
}

static struct group *group_of(struct exporting *e, const char *key)
{
    const uint64_t *at = map_get(&e->names, key);
    if (at) return &e->groups[*at];
    e->groups = arena_more(e->o.arena, e->groups, e->count, &e->room, sizeof *e->groups);
    struct group *g = &e->groups[e->count];
    *g = (struct group){.package = NONE, .said = NONE};
    g->key = map_put(&e->names, key, e->count++);
    return g;
}

static bool is_visible(const struct exporting *e, uint32_t line)
{
    const struct line *l = &e->o.lines[line];
    return line_current(e->o.lines, line, e->o.x->at.known) && !(l->flags & LINE_TAKEN_BACK);
}

static void group_lines(struct exporting *e)
{
    const struct book *b = e->o.book;
    uint32_t count;
    e->o.lines = book_lines(b, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct line *l = &e->o.lines[i];
        if (!is_visible(e, i)) continue;
        e->line_of_noun[l->noun] = i;
        const char *link = line_text(b, l, F_LINK);
        bool of_iati = is_activity_key(link);
        uint32_t owner = l->package != NONE ? l->package : l->noun;
        struct group *g = group_of(e, of_iati ? link : book_key(b, owner));
        g->of_iati = of_iati;
        g->package = of_iati ? NONE : l->package;
        g->lines = arena_more(e->o.arena, g->lines, g->count, &g->room, sizeof *g->lines);
        g->lines[g->count++] = i;
    }
}

/* Activities without a movement, their budgets and documents: what links to an activity. */
static void group_statements(struct exporting *e)
{
    const struct book *b = e->o.book;
    uint32_t count;
    const struct record *const *all = book_records(b, KIND_STATEMENT, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *key = record_text(all[i], F_KEY), *link = record_text(all[i], F_LINK);
        const char *measure = record_text(all[i], F_MEASURE);
        if (!book_current(b, all[i], e->o.x->at.known)) continue;
        if (is_activity_key(key) && measure && strcmp(measure, "activity") == 0) {
            struct group *g = group_of(e, key);
            g->of_iati = true;
            g->said = book_noun(b, KIND_STATEMENT, key);
        } else if (is_activity_key(link)) {
            struct group *g = group_of(e, link);
            g->of_iati = true;
            g->statements = arena_more(e->o.arena, g->statements, g->statement_count,
                                       &g->statement_room, sizeof *g->statements);
            g->statements[g->statement_count++] = all[i];
        }
    }
    all = book_records(b, KIND_SOURCE, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *link = record_text(all[i], F_LINK);
        const uint64_t *at = is_activity_key(link) ? map_get(&e->names, link) : NULL;
        if (!at || !book_current(b, all[i], e->o.x->at.known)) continue;
        struct group *g = &e->groups[*at];
        g->documents = arena_more(e->o.arena, g->documents, g->document_count, &g->document_room,
                                  sizeof *g->documents);
        g->documents[g->document_count++] = all[i];
    }
}

/* --- what belongs to a line --- */

static void chain_rows(struct exporting *e)
{
    const struct columns *c = book_columns(e->o.book);
    uint32_t lines, rows = book_rows_known(e->o.book, e->o.x->at.known);
    book_lines(e->o.book, &lines);
    e->first_row = NEW_ARRAY(e->o.arena, (size_t)lines + 1, uint32_t);
    e->next_row = NEW_ARRAY(e->o.arena, (size_t)rows + 1, uint32_t);
    bool *gone = NEW_ARRAY(e->o.arena, (size_t)rows + 1, bool);
    for (uint32_t i = 0; i < lines; i++) e->first_row[i] = NONE;
    for (uint32_t row = rows; row-- > 0;) { /* backwards: what takes back comes after */
        if (c->flags[row] & ROW_REVERSAL) {
            gone[c->corrects[row]] = true;
            continue;
        }
        if (gone[row] || !row_seen(c, row, &e->o.x->at)) continue;
        uint32_t noun = e->o.lines[c->line[row]].noun, line = e->line_of_noun[noun];
        if (line == NONE) continue;
        e->next_row[row] = e->first_row[line];
        e->first_row[line] = row;
    }
}

static void chain_values(struct exporting *e)
{
    uint32_t count;
    e->values = (const struct record **)(uintptr_t)book_records(e->o.book, KIND_VALUE, &count);
    e->first_value = NEW_ARRAY(e->o.arena, (size_t)book_noun_count(e->o.book) + 1, uint32_t);
    e->next_value = NEW_ARRAY(e->o.arena, (size_t)count + 1, uint32_t);
    for (uint32_t i = count; i-- > 0;) {
        uint32_t of = book_noun_of(e->o.book, record_ref(e->values[i], F_OF));
        if (of == NONE || !book_current(e->o.book, e->values[i], e->o.x->at.known)) continue;
        e->next_value[i] = e->first_value[of];
        e->first_value[of] = i + 1;
    }
}

static bool stays(const struct record *r)
{
    return record_text(r, F_KEY) == NULL; /* without a name it could not be known again */
}

static void own_values(struct exporting *e, struct own_list *to, uint32_t noun)
{
    for (uint32_t v = noun == NONE ? 0 : e->first_value[noun]; v; v = e->next_value[v - 1]) {
        if (!stays(e->values[v - 1]))
            own_add_noun(&e->o.own, to, book_noun_of(e->o.book, e->values[v - 1]->id));
    }
}

static void keep_values(struct exporting *e, const struct line *l, struct moves *moves)
{
    for (uint32_t v = e->first_value[l->noun]; v; v = e->next_value[v - 1]) {
        moves->values = arena_more(e->o.scratch, moves->values, moves->value_count,
                                   &moves->value_room, sizeof *moves->values);
        moves->values[moves->value_count++] = (struct moved){l, e->values[v - 1]};
    }
}

static enum rc own_line(struct exporting *e, uint32_t line, struct own_list *to,
                        struct moves *moves, struct err *err)
{
    const struct line *l = &e->o.lines[line];
    const struct columns *c = book_columns(e->o.book);
    own_add_noun(&e->o.own, to, l->noun);
    own_values(e, to, l->noun);
    keep_values(e, l, moves);
    uint32_t count = 0, filled = 0;
    for (uint32_t row = e->first_row[line]; row != NONE; row = e->next_row[row]) count++;
    uint64_t *ids = NEW_ARRAY(e->o.scratch, count + 1, uint64_t);
    struct record *all = NEW_ARRAY(e->o.scratch, count + 1, struct record);
    for (uint32_t row = e->first_row[line]; row != NONE; row = e->next_row[row]) {
        ids[filled++] = c->id[row];
    }
    enum rc rc = view_records(e->o.scratch, e->o.view, ids, count, all, err);
    for (uint32_t i = 0; i < count && !rc; i++) {
        struct record *r = &all[i];
        if (!record_text(r, F_KEY)) /* somebody typed it */
            record_set_text(e->o.scratch, r, F_KEY, record_stand_in_key(e->o.scratch, r));
        own_add(&e->o.own, to, r);
        moves->at =
            arena_more(e->o.scratch, moves->at, moves->count, &moves->room, sizeof *moves->at);
        moves->at[moves->count++] = (struct moved){l, r};
    }
    return rc;
}

/*
 * What is needed, held, made and how it goes, who is whose, and packages that
 * have no line. Rates and indicators are the tables of others, for whom IATI is
 * no way round; what was decided, asked and read here stays here.
 */
static bool stands_beside(enum kind kind)
{
    const uint32_t kinds = KIND_BIT(KIND_PARTY) | KIND_BIT(KIND_MEMBERSHIP) | KIND_BIT(KIND_ITEM) |
                           KIND_BIT(KIND_RELATION) | KIND_BIT(KIND_NEED) | KIND_BIT(KIND_PACKAGE) |
                           KIND_BIT(KIND_LOT) | KIND_BIT(KIND_ROUTE) | KIND_BIT(KIND_PRICE) |
                           KIND_BIT(KIND_PLANT);
    return kinds & KIND_BIT(kind);
}

static bool is_beside(const struct exporting *e, uint32_t noun)
{
    const struct book *b = e->o.book;
    if (e->o.own.written[noun]) return false;
    const struct record *r = book_version(b, noun, e->o.x->at.known);
    if (!r || book_kind(b, noun) != KIND_VALUE) return r && stands_beside(book_kind(b, noun));
    uint32_t of = book_noun_of(b, record_ref(r, F_OF)); /* of a line it stands with that */
    return of != NONE && stands_beside(book_kind(b, of));
}

static uint32_t first_beside(const struct exporting *e)
{
    uint32_t nouns = book_noun_count(e->o.book), i = 0;
    while (i < nouns && !is_beside(e, i)) i++;
    return i < nouns ? i : NONE;
}

/* A document that an activity links to; what rests on bytes of ours stays here. */
static void own_add_document(struct exporting *e, struct own_list *to, const struct record *r)
{
    if (text_starts(record_text(r, F_KEY), "url:") && !record_field(r, F_HASH))
        own_add_noun(&e->o.own, to, book_noun_of(e->o.book, r->id));
}

static enum rc write_group(struct exporting *e, const struct group *g, struct iati_writer *w,
                           struct err *err)
{
    struct own_list own = {0};
    struct moves moves = {0};
    struct iati_activity a = {0};
    enum rc rc = RC_OK;
    if (g->stands_in) own_add_noun(&e->o.own, &own, first_beside(e));
    own_add_noun(&e->o.own, &own, g->said);
    own_add_noun(&e->o.own, &own, g->package);
    own_values(e, &own, g->package);
    for (uint32_t i = 0; i < g->count && !rc; i++) rc = own_line(e, g->lines[i], &own, &moves, err);
    for (uint32_t i = 0; i < g->statement_count; i++) own_add(&e->o.own, &own, g->statements[i]);
    for (uint32_t i = 0; i < g->document_count; i++) own_add_document(e, &own, g->documents[i]);
    if (rc) return rc;
    iati_say_activity(&e->o, g, &moves, &a);
    a.rest = own.first;
    return iati_write_activity(w, &a, err);
}

/* --- organisations --- */

static bool is_organisation_figure(const struct record *r)
{
    const char *key = record_text(r, F_KEY);
    return r->kind == KIND_BUDGET || (key && text_starts(key, "iati:org:"));
}

static void gather_planners(struct exporting *e, struct planner *by_noun)
{
    static const enum kind kinds[] = {KIND_BUDGET, KIND_STATEMENT};
    for (int k = 0; k < 2; k++) {
        uint32_t count;
        const struct record *const *all = book_records(e->o.book, kinds[k], &count);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t party = book_noun_of(e->o.book, record_ref(all[i], F_PARTY));
            if (party == NONE || !is_organisation_figure(all[i])) continue;
            if (!book_current(e->o.book, all[i], e->o.x->at.known)) continue;
            struct planner *p = &by_noun[party];
            p->budgets = arena_more(e->o.arena, p->budgets, p->count, &p->room, sizeof *p->budgets);
            p->budgets[p->count++] = all[i];
        }
    }
}

/* Documents that an organisation's file linked: sources whose link is that party. */
static void gather_papers(struct exporting *e, struct planner *by_noun)
{
    uint32_t count;
    const struct record *const *all = book_records(e->o.book, KIND_SOURCE, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *link = record_text(all[i], F_LINK), *key = record_text(all[i], F_KEY);
        if (!link || !text_starts(link, "iati:org:") || !key || !text_starts(key, "url:")) continue;
        uint32_t party = book_noun(e->o.book, KIND_PARTY, link);
        if (party == NONE || !book_current(e->o.book, all[i], e->o.x->at.known)) continue;
        struct planner *p = &by_noun[party];
        p->documents = arena_more(e->o.arena, p->documents, p->document_count, &p->document_room,
                                  sizeof *p->documents);
        p->documents[p->document_count++] = all[i];
    }
}

static enum iati_budget_kind budget_kind(const char *measure)
{
    static const char *const names[] = {"total-budget", "recipient-org-budget",
                                        "recipient-region-budget", "recipient-country-budget",
                                        "total-expenditure"};
    for (int i = 0; measure && i < 5; i++) {
        if (strcmp(measure, names[i]) == 0) return (enum iati_budget_kind)i;
    }
    return IATI_TOTAL_BUDGET;
}

/* Budgets for somebody need that somebody as the standard names it; a total does not. */
static bool say_budget(struct iati_out *o, const struct record *r, struct iati_org_budget *out)
{
    const char *measure = record_text(r, F_MEASURE), *currency = record_text(r, F_CURRENCY);
    *out = (struct iati_org_budget){.kind = budget_kind(measure), .status = ""};
    if (!currency || !iati_currency(o, currency)) return false;
    if (measure && strcmp(measure, "total-budget") && strcmp(measure, "total-expenditure"))
        return false;
    if (r->kind == KIND_BUDGET) {
        char since[DAY_TEXT], until[DAY_TEXT];
        day_format((int32_t)record_int(r, F_SINCE, 0), since);
        day_format((int32_t)record_int(r, F_UNTIL, 0), until);
        const char *period = text_format(o->scratch, "%s/%s", since, until);
        if (!iati_say_period(period, &out->since, &out->until)) return false;
    } else if (!record_text(r, F_TEXT) ||
               !iati_say_period(record_text(r, F_TEXT), &out->since, &out->until)) {
        return false;
    }
    out->value = iati_say_value(o, r, out->since);
    return true;
}

static enum rc write_planner(struct exporting *e, const struct planner *p, uint32_t noun,
                             struct iati_writer *w, struct err *err)
{
    struct own_list own = {0};
    struct iati_org self = iati_say_org(&e->o, noun);
    struct iati_org_budget *budgets =
        NEW_ARRAY(e->o.scratch, (size_t)p->count + 1, struct iati_org_budget);
    struct iati_organisation org = {.id = *self.ref ? self.ref : book_key(e->o.book, noun),
                                    .lang = "en",
                                    .default_currency = "",
                                    .name = self.name,
                                    .reporter = iati_say_reporter(&e->o, noun),
                                    .budgets = budgets};
    own_add_noun(&e->o.own, &own, noun);
    for (uint32_t i = 0; i < p->count; i++) {
        own_add(&e->o.own, &own, p->budgets[i]);
        if (say_budget(&e->o, p->budgets[i], &budgets[org.budget_count])) org.budget_count++;
    }
    org.documents = iati_say_papers(&e->o, p->documents, p->document_count, &org.document_count);
    for (uint32_t i = 0; i < p->document_count; i++) own_add_document(e, &own, p->documents[i]);
    org.rest = own.first;
    return iati_write_organisation(w, &org, err);
}

static bool is_planner(const struct planner *p)
{
    return p->gives || p->count || p->document_count;
}

/* Who gives something, or plans to: how many. */
static uint32_t plan_organisations(struct exporting *e)
{
    uint32_t lines, nouns = book_noun_count(e->o.book), count = 0;
    const struct line *line = book_lines(e->o.book, &lines);
    e->planners = NEW_ARRAY(e->o.arena, (size_t)nouns + 1, struct planner);
    gather_planners(e, e->planners);
    gather_papers(e, e->planners);
    for (uint32_t i = 0; i < lines; i++) {
        if (line[i].giver != NONE && is_visible(e, i)) e->planners[line[i].giver].gives = true;
    }
    for (uint32_t i = 0; i < nouns; i++) count += is_planner(&e->planners[i]);
    return count;
}

static enum rc write_organisations(struct exporting *e, struct iati_writer *w,
                                   const struct watch *watch, struct err *err)
{
    uint32_t nouns = book_noun_count(e->o.book);
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < nouns && !rc; i++) {
        const struct planner *p = &e->planners[i];
        if (!watch_step(watch, i, nouns)) return fail(err, RC_STORE, "interrupted");
        if (is_planner(p)) rc = write_planner(e, p, i, w, err);
        arena_reset(e->o.scratch);
    }
    return rc;
}

/* --- the file --- */

static void prepare(struct exporting *e)
{
    uint32_t nouns = book_noun_count(e->o.book);
    e->names.arena = e->o.arena;
    e->o.alpha2.arena = e->o.arena;
    e->o.own = (struct own){.arena = e->o.scratch,
                            .book = e->o.book,
                            .known = e->o.x->at.known,
                            .written = NEW_ARRAY(e->o.arena, (size_t)nouns + 1, uint8_t)};
    e->line_of_noun = NEW_ARRAY(e->o.arena, (size_t)nouns + 1, uint32_t);
    for (uint32_t i = 0; i < nouns; i++) e->line_of_noun[i] = NONE;
    e->o.codes = codes_new(e->o.arena);
    group_lines(e);
    group_statements(e);
    chain_rows(e);
    chain_values(e);
}

/* Without another word, as of the newest record: the same view gives the same bytes. */
static int64_t generated(const struct exporting *e)
{
    int64_t known = e->o.x->at.known, last = book_last_ms(e->o.book);
    if (e->o.x->generated_ms) return e->o.x->generated_ms;
    return known < last ? known : last;
}

/* --- what belongs to no activity --- */

static enum rc write_beside(struct exporting *e, struct iati_writer *w, const struct watch *watch,
                            struct err *err)
{
    uint32_t nouns = book_noun_count(e->o.book);
    enum rc rc = RC_OK;
    for (uint32_t i = 0; i < nouns && !rc; i++) {
        struct own_list own = {0};
        if (!is_beside(e, i)) continue;
        if (!watch_step(watch, i, nouns)) return fail(err, RC_STORE, "interrupted");
        own_add_noun(&e->o.own, &own, i);
        rc = iati_write_beside(w, own.first, err);
        arena_reset(e->o.scratch);
    }
    return rc;
}

static enum rc write_all(struct exporting *e, struct iati_writer *w, const struct watch *watch,
                         struct err *err)
{
    enum rc rc = RC_OK;
    if (e->o.x->organisations) return write_organisations(e, w, watch, err);
    for (uint32_t i = 0; i < e->count && !rc; i++) {
        if (!watch_step(watch, i, e->count)) return fail(err, RC_STORE, "interrupted");
        rc = write_group(e, &e->groups[i], w, err);
        arena_reset(e->o.scratch);
    }
    return rc ? rc : write_beside(e, w, watch, err);
}

enum rc export_iati(const struct view *v, const struct iati_export *x, iati_sink *sink, void *ctx,
                    const struct watch *watch, struct err *err)
{
    struct arena arena = {0}, scratch = {0};
    struct exporting e = {
        .o = {.arena = &arena, .scratch = &scratch, .view = v, .book = v->book, .x = x}};
    struct iati_writer *w = NULL;
    prepare(&e);
    if (!x->organisations && !e.count && first_beside(&e) != NONE)
        group_of(&e, "records")->stands_in = true;
    bool any = x->organisations ? plan_organisations(&e) > 0 : e.count > 0;
    enum rc rc = any ? RC_OK : fail(err, RC_ABSENT, "there is nothing here to be published");
    if (!rc)
        rc = iati_write_begin(&arena, x->organisations, generated(&e), IATI_OWN_PREFIX, IATI_OWN_NS,
                              sink, ctx, &w, err);
    if (!rc) rc = write_all(&e, w, watch, err);
    if (w) {
        struct err late;
        enum rc end = iati_write_end(w, rc == RC_OK, &late);
        if (!rc && end) {
            *err = late;
            rc = end;
        }
    }
    arena_free(&scratch);
    arena_free(&arena);
    return rc;
}
