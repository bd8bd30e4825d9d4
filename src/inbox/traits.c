/*
 * traits.c - see traits.h. The words are a table: which of them tell nothing
 * of an item, which speak of a kind of support, and which are cues.
 */
#include "inbox/traits.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum meaning {                          /* beside the cues, which have the lower bits */
               MEANS_NOTHING = 1 << 16, /* of an item: tells it from no other */
               MEANS_THAN = 1 << 17,    /* "more than" is no "more" */
               MEANS_NUMBER = 1 << 18,
               MEANS_FILLER = 1 << 19, /* may stand between "the" and its number */
               MEANS_CLOSE = 1 << 21,  /* a cue only beside the number */
               MEANS_LEADS = 1 << 20,  /* a total that comes behind it */
};

/* By spelling, in the order of strcmp: looked up by bisection. */
static const struct spelling {
    const char *word;
    unsigned means; /* of cues and of the above */
    unsigned theme;
} spellings[] = {
    {"a", MEANS_NOTHING, 0},
    {"about", MEANS_FILLER | MEANS_NOTHING, 0},
    {"additional", CUE_FRESH | MEANS_FILLER | MEANS_NOTHING, 0},
    {"ago", CUE_PAST | CUE_LONG_PAST, 0},
    {"aid", MEANS_NOTHING, 0},
    {"almost", MEANS_FILLER | MEANS_NOTHING, 0},
    {"already", CUE_PAST, 0},
    {"altogether", CUE_TOTAL, 0},
    {"ammunition", 0, THEME_MILITARY},
    {"an", MEANS_NOTHING, 0},
    {"and", MEANS_NOTHING, 0},
    {"another", CUE_FRESH | MEANS_FILLER | MEANS_NOTHING, 0},
    {"approximately", MEANS_FILLER | MEANS_NOTHING, 0},
    {"armed", 0, THEME_MILITARY},
    {"arms", 0, THEME_MILITARY},
    {"around", MEANS_FILLER | MEANS_NOTHING, 0},
    {"assistance", MEANS_NOTHING, 0},
    {"authorization", CUE_PACKAGE, 0},
    {"billion", MEANS_NUMBER | MEANS_NOTHING, 0},
    {"bringing", CUE_TOTAL | MEANS_LEADS, 0},
    {"brings", CUE_TOTAL | MEANS_LEADS, 0},
    {"budget", 0, THEME_ECONOMIC},
    {"combined", CUE_TOTAL, 0},
    {"comprises", CUE_INCLUDES, 0},
    {"consists", CUE_INCLUDES, 0},
    {"contain", CUE_INCLUDES, 0},
    {"contains", CUE_INCLUDES, 0},
    {"countries", MEANS_NOTHING, 0},
    {"country", MEANS_NOTHING, 0},
    {"cumulative", CUE_TOTAL, 0},
    {"defense", 0, THEME_MILITARY},
    {"dollar", MEANS_NOTHING, 0},
    {"dollars", MEANS_NOTHING, 0},
    {"drawdown", CUE_PACKAGE, THEME_MILITARY},
    {"earlier", CUE_PAST, 0},
    {"economic", 0, THEME_ECONOMIC},
    {"equipment", 0, THEME_MILITARY},
    {"euro", MEANS_NOTHING, 0},
    {"euros", MEANS_NOTHING, 0},
    {"extra", CUE_FRESH | MEANS_FILLER | MEANS_NOTHING, 0},
    {"financial", 0, THEME_ECONOMIC},
    {"fiscal", 0, THEME_ECONOMIC},
    {"following", CUE_INCLUDES, 0},
    {"food", 0, THEME_HUMANITARIAN},
    {"for", MEANS_NOTHING, 0},
    {"from", MEANS_NOTHING, 0},
    {"fund", MEANS_NOTHING, 0},
    {"funding", MEANS_NOTHING, 0},
    {"funds", MEANS_NOTHING, 0},
    {"further", CUE_FRESH | MEANS_FILLER | MEANS_NOTHING, 0},
    {"half", MEANS_NUMBER | MEANS_NOTHING, 0},
    {"help", MEANS_NOTHING, 0},
    {"humanitarian", 0, THEME_HUMANITARIAN},
    {"hundred", MEANS_NUMBER | MEANS_NOTHING, 0},
    {"in", MEANS_NOTHING, 0},
    {"include", CUE_INCLUDES, 0},
    {"included", CUE_INCLUDES, 0},
    {"includes", CUE_INCLUDES, 0},
    {"including", CUE_INCLUDES, 0},
    {"its", MEANS_NOTHING, 0},
    {"last", CUE_PAST | CUE_LONG_PAST, 0},
    {"lethal", 0, THEME_MILITARY},
    {"macro", 0, THEME_ECONOMIC},
    {"military", 0, THEME_MILITARY},
    {"million", MEANS_NUMBER | MEANS_NOTHING, 0},
    {"missiles", 0, THEME_MILITARY},
    {"money", MEANS_NOTHING, 0},
    {"more", CUE_FRESH | MEANS_CLOSE | MEANS_FILLER | MEANS_NOTHING, 0},
    {"nations", MEANS_NOTHING, 0},
    {"nearly", MEANS_FILLER | MEANS_NOTHING, 0},
    {"new", CUE_FRESH | MEANS_CLOSE | MEANS_FILLER | MEANS_NOTHING, 0},
    {"of", MEANS_NOTHING, 0},
    {"other", MEANS_NOTHING, 0},
    {"our", MEANS_NOTHING, 0},
    {"over", MEANS_FILLER | MEANS_NOTHING, 0},
    {"overall", CUE_TOTAL, 0},
    {"package", CUE_PACKAGE | MEANS_NOTHING, 0},
    {"packages", CUE_PACKAGE | MEANS_NOTHING, 0},
    {"pledge", MEANS_NOTHING, 0},
    {"previously", CUE_PAST, 0},
    {"recently", CUE_PAST, 0},
    {"refugees", 0, THEME_HUMANITARIAN},
    {"request", CUE_PACKAGE, 0},
    {"roughly", MEANS_FILLER | MEANS_NOTHING, 0},
    {"second", CUE_FRESH | MEANS_FILLER, 0},
    {"security", 0, THEME_MILITARY},
    {"since", CUE_TOTAL, 0},
    {"some", MEANS_FILLER | MEANS_NOTHING, 0},
    {"support", MEANS_NOTHING, 0},
    {"than", MEANS_THAN | MEANS_FILLER | MEANS_NOTHING, 0},
    {"that", CUE_DEFINITE | MEANS_NOTHING, 0},
    {"the", CUE_DEFINITE | MEANS_NOTHING, 0},
    {"these", CUE_DEFINITE | MEANS_NOTHING, 0},
    {"third", CUE_FRESH | MEANS_FILLER, 0},
    {"this", CUE_DEFINITE | MEANS_NOTHING, 0},
    {"those", CUE_DEFINITE | MEANS_NOTHING, 0},
    {"thousand", MEANS_NUMBER | MEANS_NOTHING, 0},
    {"to", MEANS_NOTHING, 0},
    {"total", CUE_TOTAL, 0},
    {"totaling", CUE_TOTAL | MEANS_LEADS, 0},
    {"totalling", CUE_TOTAL | MEANS_LEADS, 0},
    {"totals", CUE_TOTAL, 0},
    {"tranche", CUE_PACKAGE, 0},
    {"us", MEANS_NOTHING, 0},
    {"weapon", 0, THEME_MILITARY},
    {"weapons", 0, THEME_MILITARY},
    {"with", MEANS_NOTHING, 0},
    {"worth", MEANS_NOTHING, 0},
    {"yesterday", CUE_PAST, 0},
};

/* --- words of a text --- */

enum { WORD_BYTES = 32 };

struct token {
    char text[WORD_BYTES]; /* in lower case, cut when longer */
    const struct spelling *known;
    uint32_t at; /* in the text */
    bool digits;
};

static int by_spelling(const void *word, const void *row)
{
    return strcmp(word, ((const struct spelling *)row)->word);
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The next word of ASCII letters and digits at or behind *at; false at the end. */
static bool next_token(const char *text, uint32_t *at, struct token *out)
{
    size_t len = 0;
    while (text[*at] && !is_word_byte(text[*at])) ++*at;
    if (!text[*at]) return false;
    out->at = *at;
    out->digits = text[*at] >= '0' && text[*at] <= '9';
    for (; is_word_byte(text[*at]); ++*at) {
        char c = text[*at];
        if (len + 1 < WORD_BYTES) out->text[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out->text[len] = '\0';
    out->known = bsearch(out->text, spellings, sizeof spellings / sizeof *spellings,
                         sizeof *spellings, by_spelling);
    return true;
}

static unsigned meaning_of(const struct token *t)
{
    return t->known ? t->known->means : 0;
}

static bool is_number(const struct token *t)
{
    return t->digits || meaning_of(t) & MEANS_NUMBER;
}

/* Words that name one thing, as speakers change them. */
static const char *one_name(const char *word)
{
    static const char *const names[][2] = {{"force", "troops"},     {"forces", "troops"},
                                           {"personnel", "troops"}, {"soldiers", "troops"},
                                           {"jets", "planes"},      {"aircraft", "planes"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(word, names[i][0]) == 0) return names[i][1];
    }
    return word;
}

static uint32_t hash_of(const char *word)
{
    uint32_t hash = 2166136261u;
    word = one_name(word);
    size_t len = strlen(word);
    if (len > 3 && word[len - 1] == 's') len--; /* one truck, many trucks */
    for (size_t i = 0; i < len; i++) hash = (hash ^ (unsigned char)word[i]) * 16777619u;
    return hash;
}

static int by_hash(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return a < b ? -1 : a > b;
}

/* What kind of support a word speaks of; "food security" is no matter of arms. */
static unsigned theme_of(const struct token *t, const char *before)
{
    static const char *const others[] = {"food", "energy", "health", "economic", "social"};
    if (!t->known) return 0;
    bool security = strcmp(t->text, "security") == 0;
    for (size_t i = 0; security && i < sizeof others / sizeof *others; i++) {
        if (strcmp(before, others[i]) == 0) return 0;
    }
    return t->known->theme;
}

void traits_item(const char *item, struct traits *out)
{
    struct token t = {.text = ""};
    char before[WORD_BYTES] = "";
    for (uint32_t at = 0; next_token(item, &at, &t);) {
        out->themes |= theme_of(&t, before);
        memcpy(before, t.text, WORD_BYTES);
        if (t.digits || meaning_of(&t) & MEANS_NOTHING) continue;
        if (out->word_count < TRAIT_WORDS_MAX) out->words[out->word_count++] = hash_of(t.text);
    }
    qsort(out->words, out->word_count, sizeof *out->words, by_hash);
}

/* --- cues --- */

enum { TOKENS_MAX = 160, FRESH_BEFORE = 5, FRESH_AFTER = 4, TOTAL_BEFORE = 16, TOTAL_AFTER = 12 };

struct tokens {
    struct token list[TOKENS_MAX];
    uint32_t count, amount; /* the first number of the quoted words; count when there is none */
};

static void read_tokens(const char *sentence, uint32_t quote_at, struct tokens *out)
{
    out->count = 0;
    for (uint32_t at = 0;
         out->count < TOKENS_MAX && next_token(sentence, &at, &out->list[out->count]);)
        out->count++;
    out->amount = out->count;
    for (uint32_t i = out->count; i-- > 0;) {
        const struct token *t = &out->list[i];
        if (is_number(t) && t->at + 1 >= quote_at) out->amount = i;
    }
}

/* "another", "additional" near the amount. */
static bool is_fresh(const struct tokens *t)
{
    uint32_t from = t->amount > FRESH_BEFORE ? t->amount - FRESH_BEFORE : 0;
    for (uint32_t i = from; i < t->count && i <= t->amount + FRESH_AFTER; i++) {
        bool than = i + 1 < t->count && meaning_of(&t->list[i + 1]) & MEANS_THAN;
        unsigned means = meaning_of(&t->list[i]);
        bool beside = i < t->amount ? t->amount - i == 1 : i - t->amount <= 3;
        if (means & CUE_FRESH && !than && (beside || !(means & MEANS_CLOSE))) return true;
    }
    return false;
}

/* "the", "that" before the amount, with nothing but fillers between. */
static bool is_definite(const struct tokens *t)
{
    uint32_t i = t->amount;
    if (i >= t->count) return false;
    while (i > 0 && meaning_of(&t->list[i - 1]) & MEANS_FILLER) i--;
    return i > 0 && meaning_of(&t->list[i - 1]) & CUE_DEFINITE;
}

/* "to date", "so far", "in all": two words that mean a total. */
static bool is_so_far(const struct tokens *t, uint32_t at)
{
    static const char *const phrases[][2] = {{"to", "date"}, {"so", "far"}, {"in", "all"}};
    for (size_t k = 0; at + 1 < t->count && k < sizeof phrases / sizeof *phrases; k++) {
        if (strcmp(t->list[at].text, phrases[k][0]) == 0 &&
            strcmp(t->list[at + 1].text, phrases[k][1]) == 0)
            return true;
    }
    return false;
}

/* "bringing the total to" before the amount, "since", "to date" behind it, and no number between.
 */
static bool is_total(const struct tokens *t)
{
    uint32_t i = t->amount;
    if (i >= t->count) return false;
    for (uint32_t k = i; k > 0 && i - k < TOTAL_BEFORE && !is_number(&t->list[k - 1]); k--) {
        if (meaning_of(&t->list[k - 1]) & CUE_TOTAL) return true;
    }
    while (i < t->count && is_number(&t->list[i])) i++;
    for (uint32_t k = i; k < t->count && k - i < TOTAL_AFTER && !is_number(&t->list[k]); k++) {
        if (meaning_of(&t->list[k]) & MEANS_LEADS) return false; /* to the next amount */
        if (meaning_of(&t->list[k]) & CUE_TOTAL || is_so_far(t, k)) return true;
    }
    return false;
}

static void read_cues(struct arena *a, const struct candidate *c, struct traits *out)
{
    struct tokens *t = NEW(a, struct tokens);
    bool context = *c->sentence;
    read_tokens(context ? c->sentence : candidate_quote(c), context ? c->quote_at : 0, t);
    uint32_t from = context ? c->quote_at : 0;
    unsigned themes = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        unsigned means = meaning_of(&t->list[i]);
        out->cues |= means & (CUE_PAST | CUE_LONG_PAST | CUE_PACKAGE);
        if (t->list[i].at <= from + 2) out->cues |= means & CUE_INCLUDES;
        themes |= theme_of(&t->list[i], i ? t->list[i - 1].text : "");
    }
    if (!out->themes) out->themes = themes;
    if (is_fresh(t)) out->cues |= CUE_FRESH;
    if (is_definite(t)) out->cues |= CUE_DEFINITE;
    if (is_total(t)) out->cues |= CUE_TOTAL;
    if (c->lead_end > c->lead_begin || is_list_item(c->sentence, strlen(c->sentence)))
        out->cues |= CUE_BULLET;
    const char *turn = c->turn ? record_text(c->turn, F_TYPE) : NULL;
    if (turn && strcmp(turn, "question") == 0) out->cues |= CUE_QUESTION;
}

/* --- amounts and parties --- */

static i128 scaled(struct dec d)
{
    if (d.scale <= AMOUNT_PLACES) return d.n * power10(AMOUNT_PLACES - d.scale);
    return div_half_even(d.n, power10(d.scale - AMOUNT_PLACES));
}

/* Steps of a fifth: what is a twentieth apart is in one bucket or in two neighbours. */
int amount_bucket(i128 amount)
{
    static const int edges[] = {120, 144, 172, 207, 248, 298, 358, 430, 516, 619, 743, 892};
    enum { EDGES = sizeof edges / sizeof *edges };
    int power = 0, step = 0;
    if (amount < 0) amount = -amount;
    for (; amount >= 1000; amount /= 10) power++;
    while (step < EDGES && amount >= edges[step]) step++;
    return power * (EDGES + 1) + step;
}

static uint32_t read_parties(const struct record *r, enum tag tag, const char **out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->count && count < TRAIT_GIVERS_MAX; i++) {
        if (r->fields[i].tag == tag) out[count++] = r->fields[i].text;
    }
    return count;
}

void traits_of(struct arena *a, const struct candidate *c, struct traits *out)
{
    const struct record *r = c->record;
    const char *unit = record_text(r, F_UNIT), *item = record_text(r, F_SAID_ITEM);
    const char *approx = record_text(r, F_APPROX);
    *out = (struct traits){.unit = unit ? unit : ""};
    out->counted = record_field(r, F_AMOUNT) != NULL;
    out->low = scaled(record_dec(r, F_AMOUNT));
    out->high = record_field(r, F_UPTO) ? scaled(record_dec(r, F_UPTO)) : out->low;
    out->vague = out->counted && out->high >= 3 * out->low && out->low > 0;
    out->names_thing = strcmp(out->unit, "country") == 0 || strcmp(out->unit, "percent_gdp") == 0;
    out->exact = !approx || strcmp(approx, "exact") == 0;
    out->money = unit && strlen(unit) == 3 && unit[0] >= 'A' && unit[0] <= 'Z';
    out->giver_count = read_parties(r, F_SAID_GIVER, out->givers);
    out->receiver_count = read_parties(r, F_SAID_RECEIVER, out->receivers);
    traits_item(item ? item : "", out);
    read_cues(a, c, out);
    out->source = c->source ? c->source->id : 0;
    out->turn = c->turn ? c->turn->id : 0;
    out->begin = c->passage ? record_int(c->passage, F_BEGIN, 0) : 0;
}
