/* sentence.c - tokens and figures of one sentence; see sentence.h. */
#include "check/sentence.h"

#include <string.h>

#include "base/text.h"

/* --- tokens --- */

/* The few characters beyond ASCII that carry something here. */
static const char *plain(int32_t c)
{
    switch (c) {
    case 0xa0:
    case 0x202f:
    case 0x2009: return " ";
    case 0x2018:
    case 0x2019: return "'";
    case 0x201c:
    case 0x201d: return "\"";
    case 0x2013:
    case 0x2014: return "~"; /* a dash parts clauses, a hyphen does not */
    case 0x20ac: return "\x01";
    case 0xa3: return "\x02";
    default: return c < 0x80 ? NULL : "x";
    }
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 'x';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One byte a character, with where each came from. */
struct flat {
    char *text;
    size_t *at;
    size_t len;
};

static void flatten(struct arena *a, const char *text, struct flat *out)
{
    size_t len = strlen(text), i = 0;
    out->text = NEW_ARRAY(a, len + 1, char);
    out->at = NEW_ARRAY(a, len + 2, size_t);
    out->len = 0;
    while (i < len) {
        size_t from = i;
        int32_t c = text_next(text, len, &i);
        if (c < 0) c = (unsigned char)text[i++];
        const char *as = plain(c);
        out->text[out->len] = as ? *as : (char)c;
        out->at[out->len++] = from;
    }
    out->at[out->len] = len;
}

static const char *lower(struct arena *a, const char *text, size_t len)
{
    char *out = (char *)arena_bytes(a, text, len);
    for (size_t i = 0; i < len; i++) {
        if (out[i] >= 'A' && out[i] <= 'Z') out[i] = (char)(out[i] - 'A' + 'a');
    }
    return out;
}

/* The length of the word at i: letters, digits, or single letters with points ("U.S."). */
static size_t word_end(const struct flat *f, size_t i)
{
    size_t at = i;
    const char *t = f->text;
    if (is_digit(t[at])) {
        while (is_digit(t[at]) || ((t[at] == ',' || t[at] == '.') && is_digit(t[at + 1]))) at++;
        return at;
    }
    if (is_letter(t[at]) && t[at + 1] == '.' && is_letter(t[at + 2]) && !is_letter(t[at + 3])) {
        while (is_letter(t[at]) && t[at + 1] == '.') at += 2;
        return at;
    }
    while (is_letter(t[at])) at++;
    if (at > i && at - i <= 2) { /* "G7", "M777": names, no numbers */
        while (is_digit(t[at])) at++;
    }
    return at > i ? at : i + 1;
}

static const char *symbol(char c)
{
    switch (c) {
    case '%': return "percent";
    case '$': return "$";
    case '\x01': return "eur";
    case '\x02': return "gbp";
    case ',': return ",";
    case ';': return ";";
    case ':': return ":";
    case '~': return "~";
    case '(': return "(";
    case ')': return ")";
    case '?': return "?";
    default: return "";
    }
}

static void add_token(struct sentence_tokens *out, const struct flat *f, size_t from, size_t to,
                      const char *word)
{
    struct token *t = &out->token[out->count++];
    char c = f->text[from];
    bool name = from >= 2 && f->text[from - 1] == '-' && is_letter(f->text[from - 2]); /* "F-16" */
    *t = (struct token){.word = word,
                        .at = f->at[from],
                        .end = f->at[to],
                        .capital = c >= 'A' && c <= 'Z',
                        .digits = is_digit(c) && !name};
}

/* "'s" belongs to the word before it; "n't" is "not"; "'ve" is "have". Returns what it took. */
static size_t apostrophe(struct sentence_tokens *out, const struct flat *f, size_t i)
{
    static const struct {
        const char *tail, *word;
    } tails[] = {{"ve", "have"}, {"ll", "will"}, {"re", "are"}, {"d", "would"}};
    struct token *last = out->count ? &out->token[out->count - 1] : NULL;
    size_t end = word_end(f, i + 1);
    size_t len = end - i - 1;
    if (!last || i + 1 >= f->len || !is_letter(f->text[i + 1])) {
        if (last && i > 0 && f->text[i - 1] == 's') last->possessive = true;
        return 1;
    }
    if (len == 1 && f->text[i + 1] == 's') {
        last->possessive = true;
        return 2;
    }
    if (len == 1 && f->text[i + 1] == 't') {
        add_token(out, f, i + 1, end, "not");
        return 2;
    }
    for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
        if (strlen(tails[k].tail) != len || strncmp(f->text + i + 1, tails[k].tail, len) != 0) {
            continue;
        }
        add_token(out, f, i + 1, end, tails[k].word);
        return 1 + len;
    }
    return 1;
}

void sentence_tokens(struct arena *a, const char *text, struct sentence_tokens *out)
{
    struct flat f;
    flatten(a, text, &f);
    *out = (struct sentence_tokens){.text = text, .token = NEW_ARRAY(a, TOKENS_MAX, struct token)};
    for (size_t i = 0; i < f.len && out->count < TOKENS_MAX;) {
        char c = f.text[i];
        if (c == '\'') {
            i += apostrophe(out, &f, i);
            continue;
        }
        size_t end = word_end(&f, i);
        const char *word = is_letter(c) || is_digit(c) ? lower(a, f.text + i, end - i) : symbol(c);
        if (*word) add_token(out, &f, i, end, word);
        i = end;
    }
}

bool token_is(const struct sentence_tokens *s, uint32_t i, const char *word)
{
    return i < s->count && strcmp(s->token[i].word, word) == 0;
}

uint32_t phrase_at(const struct sentence_tokens *s, uint32_t i, const char *phrase)
{
    uint32_t at = i;
    while (*phrase) {
        size_t len = strcspn(phrase, " ");
        if (at >= s->count || strlen(s->token[at].word) != len ||
            strncmp(s->token[at].word, phrase, len) != 0) {
            return 0;
        }
        phrase += len + (phrase[len] == ' ');
        at++;
    }
    return at - i;
}

const struct phrase *phrase_longest(const struct sentence_tokens *s, uint32_t i,
                                    const struct phrase *table, uint32_t *count)
{
    const struct phrase *best = NULL;
    *count = 0;
    for (const struct phrase *p = table; p->words; p++) {
        uint32_t n = phrase_at(s, i, p->words);
        if (n > *count) {
            best = p;
            *count = n;
        }
    }
    return best;
}

/* --- figures --- */

static const struct phrase small_numbers[] = {
    {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
    {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
    {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
    {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"seventy", 70},
    {"eighty", 80},  {"ninety", 90},    {NULL, 0}};

static const struct phrase scales[] = {{"hundred", 2},   {"thousand", 3}, {"million", 6},
                                       {"mn", 6},        {"billion", 9},  {"bn", 9},
                                       {"trillion", 12}, {NULL, 0}};

static const struct phrase factors[] = {
    {"doubled", 2},   {"doubling", 2}, {"double", 2},     {"tripled", 3},    {"tripling", 3},
    {"triple", 3},    {"trebled", 3},  {"quadrupled", 4}, {"quadruple", 4},  {"twice", 2},
    {"twofold", 2},   {"two fold", 2}, {"threefold", 3},  {"three fold", 3}, {"fourfold", 4},
    {"four fold", 4}, {"fivefold", 5}, {"five fold", 5},  {"tenfold", 10},   {NULL, 0}};

static const struct phrase bounds_before[] = {{"more than", BOUND_MORE},
                                              {"over", BOUND_MORE},
                                              {"above", BOUND_MORE},
                                              {"exceeding", BOUND_MORE},
                                              {"exceeds", BOUND_MORE},
                                              {"exceeded", BOUND_MORE},
                                              {"in excess of", BOUND_MORE},
                                              {"upwards of", BOUND_MORE},
                                              {"north of", BOUND_MORE},
                                              {"greater than", BOUND_MORE},
                                              {"well over", BOUND_MORE},
                                              {"at least", BOUND_LEAST},
                                              {"no less than", BOUND_LEAST},
                                              {"not less than", BOUND_LEAST},
                                              {"no fewer than", BOUND_LEAST},
                                              {"a minimum of", BOUND_LEAST},
                                              {"less than", BOUND_LESS},
                                              {"fewer than", BOUND_LESS},
                                              {"under", BOUND_LESS},
                                              {"below", BOUND_LESS},
                                              {"up to", BOUND_MOST},
                                              {"at most", BOUND_MOST},
                                              {"no more than", BOUND_MOST},
                                              {"not more than", BOUND_MOST},
                                              {"as much as", BOUND_MOST},
                                              {"as many as", BOUND_MOST},
                                              {"a maximum of", BOUND_MOST},
                                              {"around", BOUND_ABOUT},
                                              {"about", BOUND_ABOUT},
                                              {"some", BOUND_ABOUT},
                                              {"roughly", BOUND_ABOUT},
                                              {"approximately", BOUND_ABOUT},
                                              {"nearly", BOUND_ABOUT},
                                              {"almost", BOUND_ABOUT},
                                              {"close to", BOUND_ABOUT},
                                              {"an estimated", BOUND_ABOUT},
                                              {"something like", BOUND_ABOUT},
                                              {"in the order of", BOUND_ABOUT},
                                              {"in the region of", BOUND_ABOUT},
                                              {NULL, 0}};

static const struct phrase bounds_behind[] = {{"plus", BOUND_LEAST},
                                              {"or more", BOUND_LEAST},
                                              {"some odd", BOUND_ABOUT},
                                              {"odd", BOUND_ABOUT},
                                              {"or so", BOUND_ABOUT},
                                              {"or less", BOUND_MOST},
                                              {NULL, 0}};

/* Parts of a whole, in hundredths of a percent. */
static const struct phrase fractions[] = {{"half of", 5000},        {"one half of", 5000},
                                          {"a third of", 3333},     {"one third of", 3333},
                                          {"two thirds of", 6667},  {"a quarter of", 2500},
                                          {"one quarter of", 2500}, {"three quarters of", 7500},
                                          {"a fifth of", 2000},     {"one fifth of", 2000},
                                          {"a tenth of", 1000},     {"one tenth of", 1000},
                                          {"half the", 5000},       {NULL, 0}};

enum { DOLLAR, EURO, POUND };
static const struct phrase currencies[] = {
    {"$", DOLLAR},      {"usd", DOLLAR},        {"dollars", DOLLAR},
    {"dollar", DOLLAR}, {"us dollars", DOLLAR}, {"u.s. dollars", DOLLAR},
    {"euros", EURO},    {"euro", EURO},         {"eur", EURO},
    {"pounds", POUND},  {"gbp", POUND},         {"pounds sterling", POUND},
    {NULL, 0}};

static const struct phrase months[] = {
    {"january", 1},   {"february", 2},  {"march", 3},  {"april", 4},     {"may", 5},
    {"june", 6},      {"july", 7},      {"august", 8}, {"september", 9}, {"october", 10},
    {"november", 11}, {"december", 12}, {NULL, 0}};

/* Steps to a whole number of the unit: 5.6 with 9 zeros is 5600000000, last digit 100000000. */
struct amount {
    struct dec value, step;
};

static bool shift(struct dec *d, int zeros)
{
    for (; zeros > 0 && d->scale > 0; zeros--) d->scale--;
    for (; zeros > 0; zeros--) {
        if (d->n > INT64_MAX / 10) return false;
        d->n *= 10;
    }
    return true;
}

static bool digits_amount(struct arena *a, const struct token *t, struct amount *out)
{
    struct err ignored;
    char *bare = NEW_ARRAY(a, strlen(t->word) + 1, char), *to = bare;
    for (const char *c = t->word; *c; c++) {
        if (*c != ',') *to++ = *c;
    }
    if (strlen(bare) > 17 || dec_parse(bare, &out->value, &ignored)) return false;
    out->step = (struct dec){1, out->value.scale};
    return true;
}

/* "thirty", "thirty two", "a" before a scale, "half a"; how many tokens, or 0. */
static uint32_t words_amount(const struct sentence_tokens *s, uint32_t i, struct amount *out)
{
    uint32_t n, m, ignored;
    uint32_t article = token_is(s, i + 1, "a") ? 2 : 1;
    *out = (struct amount){{1, 0}, {1, 0}};
    if (token_is(s, i, "half") && phrase_longest(s, i + article, scales, &ignored)) {
        *out = (struct amount){{5, 1}, {1, 1}};
        return article;
    }
    if ((token_is(s, i, "a") || token_is(s, i, "an")) && phrase_longest(s, i + 1, scales, &n))
        return 1;
    const struct phrase *p = phrase_longest(s, i, small_numbers, &n);
    if (!p) return 0;
    out->value.n = p->value;
    const struct phrase *q = p->value >= 20 ? phrase_longest(s, i + n, small_numbers, &m) : NULL;
    if (q && q->value < 10) {
        out->value.n += q->value;
        n += m;
    }
    return n;
}

/* A number with its scales; the tokens it has, or 0. */
static uint32_t amount_at(struct arena *a, const struct sentence_tokens *s, uint32_t i,
                          struct amount *out)
{
    uint32_t n = 0, m;
    if (i >= s->count) return 0;
    if (s->token[i].digits)
        n = digits_amount(a, &s->token[i], out);
    else
        n = words_amount(s, i, out);
    if (!n) return 0;
    if (token_is(s, i + n, "and") && token_is(s, i + n + 1, "a") &&
        token_is(s, i + n + 2, "half") && out->value.scale == 0) {
        out->value = (struct dec){out->value.n * 10 + 5, 1};
        out->step = (struct dec){1, 1};
        n += 3;
    }
    for (const struct phrase *p; (p = phrase_longest(s, i + n, scales, &m)) != NULL; n += m) {
        if (!shift(&out->value, p->value) || !shift(&out->step, p->value)) return 0;
    }
    return n;
}

/* "24th", "March 24", "2022": a number that counts nothing. */
static bool is_date(const struct sentence_tokens *s, uint32_t i, uint32_t n)
{
    uint32_t m;
    const struct token *t = &s->token[i];
    const struct phrase *before = i > 0 ? phrase_longest(s, i - 1, months, &m) : NULL;
    if (n != 1 || !t->digits) return false;
    if (before && s->token[i - 1].capital) return true;
    if (phrase_longest(s, i + 1, months, &m) && s->token[i + 1].capital) return true;
    if (i + 1 < s->count && s->token[i + 1].at == t->end) {
        static const struct phrase ordinal[] = {
            {"th", 1}, {"st", 1}, {"nd", 1}, {"rd", 1}, {NULL, 0}};
        if (phrase_longest(s, i + 1, ordinal, &m)) return true;
    }
    return strlen(t->word) == 4 && (t->word[0] == '1' || t->word[0] == '2') &&
           strspn(t->word, "0123456789") == 4;
}

static const char *currency_code(const struct phrase *p, const char *dollar)
{
    return p->value == EURO ? "EUR" : p->value == POUND ? "GBP" : dollar;
}

/* The phrase of the table that ends just before token i. */
static const struct phrase *phrase_before(const struct sentence_tokens *s, uint32_t i,
                                          const struct phrase *table)
{
    uint32_t n;
    for (uint32_t back = 4; back >= 1; back--) {
        if (back > i) continue;
        const struct phrase *p = phrase_longest(s, i - back, table, &n);
        if (p && n == back) return p;
    }
    return NULL;
}

static void set_bound(const struct sentence_tokens *s, struct figure *f)
{
    uint32_t n;
    const struct phrase *p = phrase_before(s, f->first, bounds_before);
    if (!p) p = phrase_longest(s, f->first + f->count, bounds_behind, &n);
    f->bound = p ? (enum claim_bound)p->value : BOUND_EXACT;
    f->bound_said = p != NULL;
}

/* Currency before or behind, percent, or nothing. */
static void set_unit(const struct sentence_tokens *s, const char *dollar, struct figure *f)
{
    uint32_t n, behind = f->first + f->count;
    const struct phrase *p = phrase_before(s, f->first, currencies);
    if (p) {
        f->first--;
        f->count++;
        f->unit = currency_code(p, dollar);
        f->kind = FIGURE_MONEY;
        if (phrase_longest(s, behind, currencies, &n)) f->count += n;
        return;
    }
    p = phrase_longest(s, behind, currencies, &n);
    if (p) {
        f->count += n;
        f->unit = currency_code(p, dollar);
        f->kind = FIGURE_MONEY;
    } else if (token_is(s, behind, "percent") || phrase_at(s, behind, "per cent")) {
        f->count += token_is(s, behind, "percent") ? 1 : 2;
        f->unit = "percent";
        f->kind = FIGURE_PERCENT;
    } else if (token_is(s, behind, "times")) {
        f->count++;
        f->unit = "times";
        f->kind = FIGURE_TIMES;
    }
}

/* "between 5 and 7 billion", "5 to 7 billion": the first number takes the second's scale. */
static void join_range(const struct sentence_tokens *s, struct figure *out, uint32_t *count)
{
    if (*count < 2) return;
    struct figure *low = &out[*count - 2], *high = &out[*count - 1];
    uint32_t gap = low->first + low->count;
    bool to = token_is(s, gap, "to") && gap + 1 == high->first;
    bool and = token_is(s, gap, "and") && gap + 1 == high->first && low->first > 0 &&
               token_is(s, low->first - 1, "between");
    if (!to && !and) return;
    if (low->unit && high->unit && strcmp(low->unit, high->unit) != 0) return;
    struct dec scaled = low->low;
    int zeros = 0;
    for (struct dec step = dec_trim(high->last_digit); step.n >= 1000; step.n /= 1000) zeros += 3;
    if (dec_cmp(low->low, (struct dec){1000, 0}) < 0 && !shift(&scaled, zeros)) return;
    if (dec_cmp(scaled, high->high) > 0) return;
    high->low = scaled;
    high->count = high->first + high->count - low->first;
    high->first = low->first;
    high->bound = low->bound_said ? low->bound : high->bound;
    *low = *high;
    (*count)--;
}

uint32_t sentence_figures(struct arena *a, const struct sentence_tokens *s, const char *dollar,
                          struct figure out[FIGURES_MAX])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->count && count < FIGURES_MAX;) {
        struct amount amount;
        uint32_t n;
        const struct phrase *times = phrase_longest(s, i, factors, &n);
        struct figure *f = &out[count];
        *f = (struct figure){.first = i};
        const struct phrase *part = phrase_longest(s, i, fractions, &n);
        if (part) {
            f->count = n - 1;
            f->kind = FIGURE_PERCENT;
            f->unit = "percent";
            amount = (struct amount){{part->value, 2}, {1, 0}};
        } else if (times) {
            (void)phrase_longest(s, i, factors, &n);
            f->count = n;
            f->kind = FIGURE_TIMES;
            f->unit = "times";
            amount = (struct amount){{times->value, 0}, {1, 0}};
        } else {
            n = amount_at(a, s, i, &amount);
            if (!n || is_date(s, i, n)) {
                i += n ? n : 1;
                continue;
            }
            f->count = n;
            set_unit(s, dollar ? dollar : "USD", f);
        }
        f->low = f->high = dec_trim(amount.value);
        f->last_digit = dec_trim(amount.step);
        set_bound(s, f);
        if (part && !f->bound_said) f->bound = BOUND_ABOUT;
        i = f->first + f->count;
        count++;
        join_range(s, out, &count);
    }
    return count;
}
