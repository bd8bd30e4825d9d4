/*
 * iati_say.c - what the book knows of some lines, in the standard's words.
 *
 * The schema wants a title, a description, somebody who takes part, a status
 * and a date of every activity. All of it follows from the records, so that
 * the same book says the same.
 */
#include <libxml/uri.h>
#include <string.h>

#include "base/text.h"
#include "export/iati_inside.h"
#include "export/plain.h"
#include "names/names.h"

enum { PEOPLE_MAX = 40, RELATED_MAX = 60, DOCUMENTS_MAX = 200 };

/* --- small things --- */

struct iati_text iati_say_text(struct iati_out *o, const char *text)
{
    struct iati_narrative *n = NEW(o->scratch, struct iati_narrative);
    *n = (struct iati_narrative){.text = text_squeeze(o->scratch, plain_line(o->scratch, text)),
                                 .lang = ""};
    return (struct iati_text){.list = n, .count = *n->text ? 1 : 0};
}

const char *iati_say_key(struct iati_out *o, const char *key)
{
    struct buf out = {.arena = o->scratch};
    for (const char *p = key; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                     (*p >= '0' && *p <= '9') || strchr("-_.:~@+()", *p);
        if (plain)
            buf_add_bytes(&out, p, 1);
        else
            buf_addf(&out, "%%%02X", (unsigned)(unsigned char)*p);
    }
    return out.text ? out.text : "";
}

bool iati_currency(const struct iati_out *o, const char *currency)
{
    return codes_find(o->codes, "Currency", currency) != NULL;
}

bool iati_say_period(const char *text, int32_t *since, int32_t *until)
{
    char first[11], second[11];
    enum precision precision;
    struct err ignored;
    if (strlen(text) < 21 || text[10] != '/') return false;
    memcpy(first, text, 10);
    memcpy(second, text + 11, 10);
    first[10] = second[10] = '\0';
    if (day_parse(first, since, &precision, &ignored)) return false;
    if (day_parse(second, until, &precision, &ignored)) return false;
    int year, month, dom;
    day_to_civil(*since, &year, &month, &dom);
    bool leap_day = month == 2 && dom == 29;
    int32_t year_on =
        leap_day ? day_from_civil(year + 1, 3, 1) : day_from_civil(year + 1, month, dom);
    return *since <= *until && *until <= year_on;
}

struct iati_value iati_say_value(struct iati_out *o, const struct record *figure, int32_t day)
{
    (void)o;
    return (struct iati_value){.amount = dec_trim(record_dec(figure, F_AMOUNT)),
                               .has_amount = true,
                               .written = "",
                               .currency = record_text(figure, F_CURRENCY),
                               .day = (int32_t)record_int(figure, F_VALUED, day)};
}

/* --- who --- */

static const char *organisation_type(const char *type)
{
    if (!type) return "90";
    if (strcmp(type, "nation") == 0) return "10";
    if (strcmp(type, "institution") == 0) return "40";
    return "90";
}

/* A reference is for ever and has no blanks; what is none of that is a name only. */
static bool is_reference(const char *text)
{
    return *text && !strpbrk(text, " \t\n/&|?\"<>") && text_is_utf8(text, strlen(text));
}

struct iati_org iati_say_org(struct iati_out *o, uint32_t noun)
{
    struct iati_org org = {.ref = "", .type = "", .role = "", .activity = "", .channel = ""};
    if (noun == NONE) {
        org.type = "90";
        org.name = iati_say_text(o, "Not named");
        return org;
    }
    const char *key = book_key(o->book, noun);
    const struct record *r = book_version(o->book, noun, o->x->at.known);
    const char *ref = text_starts(key, "iati:org:") ? key + strlen("iati:org:") : "";
    org.ref = is_reference(ref) ? ref : "";
    org.type = organisation_type(r ? record_text(r, F_TYPE) : NULL);
    const char *name = book_name(o->book, noun, o->x->at.known);
    org.name = r ? iati_say_in_all(o, r, "name", name) : iati_say_text(o, name);
    return org;
}

struct iati_org iati_say_reporter(struct iati_out *o, uint32_t noun)
{
    struct iati_org org = iati_say_org(o, noun);
    const char *key = noun == NONE ? "unknown" : book_key(o->book, noun);
    if (!*org.ref) org.ref = iati_say_key(o, key);
    if (!o->x->reporter) return org;
    org.ref = o->x->reporter;
    org.type = o->x->reporter_type ? o->x->reporter_type : "90";
    org.name = iati_say_text(o, o->x->reporter_name ? o->x->reporter_name : o->x->reporter);
    return org;
}

/* Who reported an activity of IATI: its series is "iati:REFERENCE:KEY". */
static struct iati_org first_reporter(struct iati_out *o, const struct group *g)
{
    const struct record *said =
        g->said == NONE ? NULL : book_version(o->book, g->said, o->x->at.known);
    const char *series = said ? record_text(said, F_SERIES) : NULL;
    uint32_t noun = said ? book_noun_of(o->book, record_ref(said, F_PARTY)) : NONE;
    struct iati_org org = iati_say_org(o, noun);
    size_t key = strlen(g->key) - strlen("iati:"), len = series ? strlen(series) : 0;
    if (len > strlen("iati:") + 1 + key) {
        size_t ref = len - strlen("iati:") - 1 - key;
        const char *text = arena_bytes(o->scratch, series + strlen("iati:"), ref);
        if (is_reference(text)) org.ref = text;
    }
    if (!*org.ref) org.ref = noun == NONE ? "unknown" : iati_say_key(o, book_key(o->book, noun));
    org.secondary = true; /* we say again what they said */
    return org;
}

struct people {
    struct iati_org at[PEOPLE_MAX];
    uint32_t count;
};

static void add_person(struct people *p, struct iati_org org, const char *role)
{
    org.role = role;
    for (uint32_t i = 0; i < p->count; i++) {
        const struct iati_org *is = &p->at[i];
        if (!strcmp(is->role, role) && !strcmp(is->ref, org.ref) &&
            !strcmp(iati_say(&is->name), iati_say(&org.name)))
            return;
    }
    if (p->count < PEOPLE_MAX) p->at[p->count++] = org;
}

/* Whoever gives funds it, whoever it goes through extends it, whoever gets it carries it out. */
static void say_people(struct iati_out *o, const struct group *g, struct iati_activity *out)
{
    struct people *p = NEW(o->scratch, struct people);
    for (uint32_t i = 0; i < g->count; i++) {
        const struct line *l = &o->lines[g->lines[i]];
        if (l->giver != NONE) add_person(p, iati_say_org(o, l->giver), "1");
        if (l->channel != NONE) add_person(p, iati_say_org(o, l->channel), "3");
        if (l->receiver != NONE) add_person(p, iati_say_org(o, l->receiver), "4");
    }
    if (!p->count) {
        struct iati_org self = out->reporter;
        self.secondary = false;
        add_person(p, self, "2");
    }
    out->participants = p->at;
    out->participant_count = p->count;
}

/* --- what it is called --- */

/* "a%2Fb" of a natural key is "a/b" again. */
static const char *unescaped(struct iati_out *o, const char *text)
{
    struct buf out = {.arena = o->scratch};
    for (; *text; text++) {
        static const char hex[] = "0123456789ABCDEF";
        const char *high = *text == '%' && text[1] ? strchr(hex, text[1]) : NULL;
        const char *low = high && text[2] ? strchr(hex, text[2]) : NULL;
        char c = low ? (char)((high - hex) * 16 + (low - hex)) : *text;
        buf_add_bytes(&out, &c, 1);
        if (low) text += 2;
    }
    return out.text ? out.text : "";
}

static const char *identifier(struct iati_out *o, const struct group *g,
                              const struct iati_org *reporter)
{
    if (!g->of_iati)
        return text_format(o->scratch, "%s-%s", reporter->ref, iati_say_key(o, g->key));
    const char *key = g->key + strlen("iati:"), *at = strchr(key, '@');
    const char *own = at ? arena_bytes(o->scratch, key, (size_t)(at - key)) : key;
    const char *plain = unescaped(o, own);
    return text_is_utf8(plain, strlen(plain)) ? plain : own;
}

/* "Netherlands: 6,000 drones to Ukraine" */
static const char *in_words(struct iati_out *o, const struct group *g)
{
    if (g->stands_in) return "Needs, stocks and what else belongs to no activity";
    struct buf out = {.arena = o->scratch};
    for (uint32_t i = 0; i < g->count && i < 3; i++) {
        const struct line *l = &o->lines[g->lines[i]];
        int64_t known = o->x->at.known;
        const char *things = l->low ? plain_things(o->scratch, o->book, l, l->low, known)
                                    : plain_item(o->book, l, known);
        buf_addf(&out, "%s%s: %s%s", i ? "; " : "", plain_giver(o->book, l, known), things,
                 plain_receiver(o->scratch, o->book, l, known));
    }
    if (g->count > 3) buf_addf(&out, "; and %u more", (unsigned)(g->count - 3));
    return out.text ? out.text : "An activity without a movement";
}

static const char *name_of(struct iati_out *o, const struct group *g)
{
    const struct record *said =
        g->said == NONE ? NULL : book_version(o->book, g->said, o->x->at.known);
    const struct record *package =
        g->package == NONE ? NULL : book_version(o->book, g->package, o->x->at.known);
    const char *name = said ? record_text(said, F_TEXT) : NULL;
    if (!name && package) name = record_text(package, F_NAME);
    if (!name && g->count) name = line_text(o->book, &o->lines[g->lines[0]], F_NAME);
    return name;
}

static void say_names(struct iati_out *o, const struct group *g, struct iati_activity *out)
{
    const struct record *said =
        g->said == NONE ? NULL : book_version(o->book, g->said, o->x->at.known);
    const char *name = name_of(o, g), *words = in_words(o, g);
    const char *about = said ? record_text(said, F_NOTE) : NULL;
    const char *title = said ? record_text(said, F_TEXT) : NULL;
    out->title =
        title ? iati_say_in_all(o, said, "title", title) : iati_say_text(o, name ? name : words);
    if (!out->title.count) out->title = iati_say_text(o, words);
    if (said)
        out->descriptions =
            iati_say_described(o, said, about ? about : words, &out->description_count);
    if (out->description_count) return;
    struct iati_description *d = NEW(o->scratch, struct iati_description);
    *d = (struct iati_description){"1", iati_say_text(o, words)};
    out->descriptions = d;
    out->description_count = 1;
}

/* --- when, and how far --- */

static const char *status_of(const struct moves *moves)
{
    int64_t open = 0, pledged = 0, paid = 0;
    for (uint32_t i = 0; i < moves->count; i++) {
        const struct record *e = moves->at[i].entry;
        int64_t from = record_int(e, F_FROM, 0), to = record_int(e, F_TO, 0);
        int64_t qty = record_int(e, F_QTY, 0);
        int64_t *side[] = {from <= STAGE_ANNOUNCED  ? &pledged
                           : from < STAGE_DELIVERED ? &open
                                                    : &paid,
                           to <= STAGE_ANNOUNCED  ? &pledged
                           : to < STAGE_DELIVERED ? &open
                                                  : &paid};
        bool over = __builtin_sub_overflow(*side[0], from == STAGE_WORLD ? 0 : qty, side[0]);
        if (to <= STAGE_DELIVERED) over |= __builtin_add_overflow(*side[1], qty, side[1]);
        if (over) return "2";
    }
    if (open > 0) return "2";
    if (pledged > 0) return paid > 0 ? "2" : "1";
    return paid > 0 ? "4" : moves->count ? "5" : "2";
}

static int32_t first_day(struct iati_out *o, const struct group *g, const struct moves *moves,
                         int32_t *last)
{
    int32_t first = INT32_MAX;
    *last = INT32_MIN;
    for (uint32_t i = 0; i < moves->count; i++) {
        int32_t day = (int32_t)record_int(moves->at[i].entry, F_DAY, 0);
        if (day < first) first = day;
    }
    for (uint32_t i = 0; i < g->count; i++) {
        const struct line *l = &o->lines[g->lines[i]];
        int32_t since = (int32_t)line_int(o->book, l, F_SINCE, INT32_MAX);
        int32_t said = (int32_t)line_int(o->book, l, F_DAY, INT32_MAX);
        if (said < since) since = said;
        if (since < first && !moves->count) first = since;
        if (l->flags & LINE_DATED && l->until > *last) *last = l->until;
    }
    if (first != INT32_MAX) return first;
    const struct line *l = g->count ? &o->lines[g->lines[0]] : NULL;
    int64_t ms = l ? l->recorded_ms : book_last_ms(o->book);
    if (!l && g->said != NONE) {
        const struct record *said = book_version(o->book, g->said, o->x->at.known);
        if (said) ms = record_int(said, F_STATED, said->recorded_ms);
    }
    return (int32_t)(ms / MS_PER_DAY);
}

static void say_dates(struct iati_out *o, const struct group *g, const struct moves *moves,
                      struct iati_activity *out)
{
    struct iati_dated *d = NEW_ARRAY(o->scratch, 3, struct iati_dated);
    int32_t last, first = first_day(o, g, moves, &last);
    bool began = moves->count && first <= o->x->today;
    d[out->date_count++] = (struct iati_dated){.type = "1", .day = first};
    if (began) d[out->date_count++] = (struct iati_dated){.type = "2", .day = first};
    if (last >= first) d[out->date_count++] = (struct iati_dated){.type = "3", .day = last};
    out->dates = d;
    out->status = status_of(moves);
}

/* --- plans --- */

static bool says_status(const char *measure, const char *word)
{
    return strstr(measure, word) != NULL;
}

static void say_budgets(struct iati_out *o, const struct group *g, const struct moves *moves,
                        struct iati_activity *out)
{
    struct iati_budget *b =
        NEW_ARRAY(o->scratch, (size_t)g->statement_count + 1, struct iati_budget);
    struct iati_planned *p =
        NEW_ARRAY(o->scratch, (size_t)g->statement_count + g->count + 1, struct iati_planned);
    for (uint32_t i = 0; i < g->statement_count; i++) {
        const struct record *s = g->statements[i];
        const char *measure = record_text(s, F_MEASURE), *period = record_text(s, F_TEXT);
        const char *currency = record_text(s, F_CURRENCY);
        int32_t since, until;
        if (!measure || !period || !currency || !iati_currency(o, currency)) continue;
        if (!record_field(s, F_AMOUNT)) continue; /* its publisher says it no more */
        if (!iati_say_period(period, &since, &until)) continue;
        const char *type = says_status(measure, "revised")    ? "2"
                           : says_status(measure, "original") ? "1"
                                                              : "";
        struct iati_value value = iati_say_value(o, s, since);
        if (text_starts(measure, "budget")) {
            const char *status = says_status(measure, "committed")    ? "2"
                                 : says_status(measure, "indicative") ? "1"
                                                                      : "";
            b[out->budget_count++] = (struct iati_budget){
                .type = type, .status = status, .since = since, .until = until, .value = value};
        } else if (text_starts(measure, "planned-disbursement")) {
            struct iati_org none = {.ref = "", .type = "", .role = "", .activity = ""};
            p[out->planned_count++] = (struct iati_planned){.type = type,
                                                            .since = since,
                                                            .until = until,
                                                            .value = value,
                                                            .provider = none,
                                                            .receiver = none};
        }
    }
    iati_say_promises(o, g, moves, p, &out->planned_count);
    out->budgets = b;
    out->planned = p;
}

/* --- documents, relations --- */

static bool is_address(const char *text)
{
    if (!text || (!text_starts(text, "http://") && !text_starts(text, "https://"))) return false;
    if (strlen(text) > 2000 || strpbrk(text, " \"<>\\^`{|}\t\n")) return false;
    xmlURIPtr uri = xmlParseURI(text);
    bool yes = uri != NULL;
    if (uri) xmlFreeURI(uri);
    return yes;
}

/* A media type as the standard's list has it, else that of a page. */
static const char *format_of(const struct iati_out *o, const struct record *source)
{
    const char *media = record_text(source, F_MEDIA);
    return media && codes_find(o->codes, "FileFormat", media) ? media : "text/html";
}

static void add_document(struct iati_out *o, const struct record *source, struct iati_document *to,
                         uint32_t *count)
{
    static const char *const page[] = {"A12"};
    const char *url = source ? record_text(source, F_ADDRESS) : NULL;
    if (!is_address(url) || *count == DOCUMENTS_MAX) return;
    for (uint32_t i = 0; i < *count; i++) {
        if (strcmp(to[i].url, url) == 0) return;
    }
    const char *name = record_text(source, F_NAME);
    struct iati_document *d = &to[(*count)++];
    *d = (struct iati_document){.url = url,
                                .format = format_of(o, source),
                                .title = iati_say_in_all(o, source, "title", name ? name : url),
                                .categories = page,
                                .category_count = 1,
                                .day = (int32_t)record_int(source, F_DAY, IATI_NO_DAY)};
    if (!d->title.count) d->title = iati_say_text(o, url);
    if (text_starts(record_text(source, F_KEY),
                    "url:")) /* what its publisher said, no note of ours */
        d->description = iati_say_in_all(o, source, "description", record_text(source, F_NOTE));
}

const struct iati_document *iati_say_papers(struct iati_out *o, const struct record **list,
                                            uint32_t count, uint32_t *written)
{
    static const char *const report[] = {"B01"}; /* annual report: the least particular of theirs */
    struct iati_document *d = NEW_ARRAY(o->scratch, DOCUMENTS_MAX, struct iati_document);
    *written = 0;
    for (uint32_t i = 0; i < count; i++) add_document(o, list[i], d, written);
    for (uint32_t i = 0; i < *written; i++) d[i].categories = report;
    return d;
}

/* What was linked, and what the movements rest on where that has an address. */
static void say_documents(struct iati_out *o, const struct group *g, struct iati_activity *out)
{
    struct iati_document *d = NEW_ARRAY(o->scratch, DOCUMENTS_MAX, struct iati_document);
    for (uint32_t i = 0; i < g->document_count; i++)
        add_document(o, g->documents[i], d, &out->document_count);
    for (uint32_t i = 0; i < g->count && !g->of_iati; i++) {
        const struct record *line = line_record(o->book, &o->lines[g->lines[i]]);
        const struct record *passage = book_record(o->book, record_ref(line, F_PASSAGE));
        if (passage)
            add_document(o, book_record(o->book, record_ref(passage, F_SOURCE)), d,
                         &out->document_count);
    }
    out->documents = d;
}

static void say_related(struct iati_out *o, const struct group *g, struct iati_activity *out)
{
    static const char *const words[][2] = {{"flow-parent:", "1"},
                                           {"flow-child:", "2"},
                                           {"flow-sibling:", "3"},
                                           {"flow-co-funded:", "4"},
                                           {"flow-third-party:", "5"}};
    struct iati_related *to = NEW_ARRAY(o->scratch, RELATED_MAX, struct iati_related);
    const struct record *r = g->count ? line_record(o->book, &o->lines[g->lines[0]]) : NULL;
    for (uint32_t i = 0; r && i < r->count && out->related_count < RELATED_MAX; i++) {
        if (r->fields[i].tag != F_LINK) continue;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            const char *ref = r->fields[i].text + strlen(words[k][0]);
            if (!text_starts(r->fields[i].text, words[k][0]) || !*ref) continue;
            to[out->related_count++] = (struct iati_related){.ref = ref, .type = words[k][1]};
        }
    }
    out->related = to;
}

/* --- all of it --- */

void iati_say_activity(struct iati_out *o, const struct group *g, const struct moves *moves,
                       struct iati_activity *out)
{
    const struct line *l = g->count ? &o->lines[g->lines[0]] : NULL;
    *out = (struct iati_activity){.version = "2.03",
                                  .lang = "en",
                                  .default_currency = "",
                                  .humanitarian = "",
                                  .hierarchy = "",
                                  .linked_data = "",
                                  .budget_not_provided = "",
                                  .scope = "",
                                  .collaboration_type = "",
                                  .default_flow_type = "",
                                  .default_finance_type = "",
                                  .default_tied_status = "",
                                  .capital_spend = "",
                                  .conditions_attached = ""};
    out->reporter = g->of_iati ? first_reporter(o, g) : iati_say_reporter(o, l ? l->giver : NONE);
    out->id = identifier(o, g, &out->reporter);
    say_names(o, g, out);
    say_people(o, g, out);
    say_dates(o, g, moves, out);
    iati_say_places(o, g, out);
    say_budgets(o, g, moves, out);
    iati_say_moves(o, g, moves, out);
    say_documents(o, g, out);
    say_related(o, g, out);
    const struct record *said =
        g->said == NONE ? NULL : book_version(o->book, g->said, o->x->at.known);
    if (said) iati_say_codes(o, said, out);
}
