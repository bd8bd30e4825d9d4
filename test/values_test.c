/*
 * values_test.c - numbers in sentences, multiplied out.
 *
 * Phrasings of our own beside what each must come to; a generator that says
 * a number in many forms and wants it back; and texts meant to hurt.
 */
#include "read/values.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "seed.h"
#include "tap.h"

static struct words split(struct arena *a, const char *text)
{
    struct plain p = {.text = text, .len = (uint32_t)strlen(text)};
    struct words ws = {0};
    words_of(a, &p, 0, p.len, &ws);
    return ws;
}

static void add_phrase(struct buf *b, const struct words *ws, uint32_t first, uint32_t count)
{
    const struct word *from = &ws->word[first], *last = &ws->word[first + count - 1];
    buf_add_bytes(b, ws->text + from->at, last->at + last->len - from->at);
}

/* "600000000 EUR nearly", "10000..99999 people about: soldiers", "time", "name", "length". */
static void add_value(struct buf *b, const struct words *ws, const struct value *x)
{
    static const char *const kinds[] = {"", "", "", "", "time", "length", "name"};
    char low[DEC_TEXT], high[DEC_TEXT];
    if (*kinds[x->kind]) {
        buf_add(b, kinds[x->kind]);
        return;
    }
    if (x->kind == VALUE_MONEY) buf_add(b, "$");
    if (x->kind == VALUE_BARE) buf_add(b, "#");
    buf_add(b, dec_format(x->low, low));
    if (dec_cmp(x->low, x->high)) {
        buf_add(b, "..");
        buf_add(b, dec_format(x->high, high));
    }
    if (x->unit) {
        buf_add(b, " ");
        buf_add(b, x->unit);
    }
    if (x->approx != APPROX_EXACT) {
        static const char *const names[] = {"exact", "about", "nearly", "at_least", "at_most"};
        buf_add(b, " ");
        buf_add(b, names[x->approx]);
    }
    if (x->noun_count) {
        buf_add(b, ": ");
        add_phrase(b, ws, x->noun, x->noun_count);
    }
}

/* All values of all sentences, dates and names left out unless `all`. */
static const char *read_values(struct arena *a, const char *text, const char *dollar, bool all)
{
    struct words ws = split(a, text);
    struct buf b = {.arena = a};
    buf_add(&b, "");
    bool any = false;
    for (uint32_t s = 0; s < ws.sentence_count; s++) {
        struct value x[VALUES_MAX];
        uint32_t n = values_of(&ws, &ws.sentence[s], dollar, x);
        for (uint32_t i = 0; i < n; i++) {
            if (!all && x[i].kind > VALUE_BARE) continue;
            if (any) buf_add(&b, "; ");
            any = true;
            add_value(&b, &ws, &x[i]);
        }
    }
    return b.text;
}

struct phrasing {
    const char *text, *want;
};

static void each_is(const struct phrasing *table, size_t count, bool all)
{
    struct arena a = {0};
    for (size_t i = 0; i < count; i++) {
        const char *got = read_values(&a, table[i].text, "USD", all);
        if (strcmp(got, table[i].want) != 0) printf("# in: %s\n", table[i].text);
        CHECK_TEXT(got, table[i].want);
    }
    arena_free(&a);
}
#define EACH(table, all) each_is(table, sizeof table / sizeof *table, all)

static void sums_carry_their_currency(void)
{
    static const struct phrasing table[] = {
        {"They pledged 250 million euros.", "$250000000 EUR"},
        {"The cost is €18bn.", "$18000000000 EUR"},
        {"It has set aside EUR 50 million.", "$50000000 EUR"},
        {"It has set aside 50 million EUR.", "$50000000 EUR"},
        {"It is worth US$ 5 million.", "$5000000 USD"},
        {"Canberra adds A$75 million.", "$75000000 AUD"},
        {"Ottawa adds C$500m.", "$500000000 CAD"},
        {"They sent 40 million Canadian dollars.", "$40000000 CAD"},
        {"London adds £2.3bn.", "$2300000000 GBP"},
        {"London adds 2.3 billion pounds.", "$2300000000 GBP"},
        {"Ottawa adds CAD $7.3 billion.", "$7300000000 CAD"},
        {"It was $650 billion [million].", "$650000000 USD"},
        {"It was more than $1 billion 200 million.", "$1200000000 USD at_least"},
        {"Oslo adds NOK 75 billion.", "$75000000000 NOK"},
        {"Oslo adds 75 billion Norwegian kroner.", "$75000000000 NOK"},
        {"They add 300 million Danish kroner.", "$300000000 DKK"},
        {"They add 300 million kroner.", "$300000000"},
        {"It costs 4 billion złoty.", "$4000000000 PLN"},
        {"It costs 600 mln PLN.", "$600000000 PLN"},
        {"The budget is 1.2 trillion hryvnia.", "$1200000000000 UAH"},
        {"It is 1,5 million euros.", "$1500000 EUR"},
        {"A billion-euro fund is set up.", "$1000000000 EUR: fund"},
        {"We signed a $700 million package.", "$700000000 USD: package"},
        {"We signed a 300-million-dollar loan.", "$300000000 USD: loan"},
        {"We sent $800 million in security assistance.", "$800000000 USD: security assistance"},
        {"We sent 90 million euros worth of military aid.", "$90000000 EUR: military aid"},
        {"It gave $48 million in Poland.", "$48000000 USD"},
        {"It gave hundreds of millions of euros.", "$100000000..999999999 EUR about"},
        {"It gave tens of billions of dollars.", "$10000000000..99999999999 USD about"},
        {"The fund holds half a billion.", "$500000000"},
        {"The last one cost $100 million. This one was 150 [million].",
         "$100000000 USD; $150000000 USD"},
        {"It was for 20 million pounds.", "$20000000 GBP"},
    };
    EACH(table, false);
}

static void the_speakers_dollar_is_his_countrys(void)
{
    struct arena a = {0};
    CHECK_TEXT(read_values(&a, "We add $30 million and 5 million dollars.", "CAD", false),
               "$30000000 CAD; $5000000 CAD");
    CHECK_TEXT(read_values(&a, "We add US$30 million.", "CAD", false), "$30000000 USD");
    CHECK_TEXT(read_values(&a, "Give us $30 million.", "USD", false), "$30000000 USD");
    arena_free(&a);
}

static void words_say_the_same_as_digits(void)
{
    static const struct phrasing table[] = {
        {"Thirty-two tanks went.", "32 each: tanks"},
        {"A hundred howitzers went.", "100 each: howitzers"},
        {"We trained one hundred and twenty-five thousand soldiers.", "125000 people: soldiers"},
        {"We sent one and a half million rounds.", "1500000 round: rounds"},
        {"We sent a million and a half rounds.", "1500000 round: rounds"},
        {"We sent two and a half thousand trucks.", "2500 each: trucks"},
        {"We sent a quarter of a million shells.", "250000 round: shells"},
        {"We sent three quarters of a million shells.", "750000 round: shells"},
        {"We sent half a million shells.", "500000 round: shells"},
        {"We sent two dozen boats.", "24 each: boats"},
        {"We sent half a dozen boats.", "6 each: boats"},
        {"We sent twelve hundred rifles.", "1200 each: rifles"},
        {"We sent one point five million rounds.", "1500000 round: rounds"},
        {"We sent two thousand five hundred tanks.", "2500 each: tanks"},
        {"We sent one million two hundred thousand rounds.", "1200000 round: rounds"},
        {"We sent 40 000 helmets.", "40000 each: helmets"},
        {"We sent 3 million rounds.", "3000000 round: rounds"},
        {"We sent 20k shells.", "20000 round: shells"},
        {"We sent one Patriot battery.", "1 each: Patriot battery"},
        {"Two thirds of it is gone.", ""},
        {"No one knows which one of them it was.", ""},
    };
    EACH(table, false);
}

static void vague_numbers_have_both_ends(void)
{
    static const struct phrasing table[] = {
        {"Tens of thousands of soldiers came.", "10000..99999 people about: soldiers"},
        {"10s of 1000s of soldiers came.", "10000..99999 people about: soldiers"},
        {"Hundreds of 1000s of refugees came.", "100000..999999 people about: refugees"},
        {"Millions of Ukrainians fled.", "1000000..9999999 people about: Ukrainians"},
        {"Thousands more troops came.", "1000..9999 people about: troops"},
        {"Many, many thousands of troops came.", "1000..9999 people about: troops"},
        {"Dozens of countries came.", "24..99 country about: countries"},
        {"Hundreds of ships and planes came.", "100..999 each about: ships and planes"},
        {"A couple of hundred vehicles came.", "200 each about: vehicles"},
        {"Several hundred drones came.", "100..999 each about: drones"},
        {"A few thousand rifles came.", "1000..9999 each about: rifles"},
        {"Thousands and thousands of shells came.", "1000..9999 round about: shells"},
        {"At least tens of thousands of shells came.", "10000..99999 round at_least: shells"},
        {"Several soldiers came with a few friends.", ""},
    };
    EACH(table, false);
}

static void approximations_are_found_on_both_sides(void)
{
    static const struct phrasing table[] = {
        {"Nearly half a billion euros came.", "$500000000 EUR nearly"},
        {"Up to 500 drones came.", "500 each at_most: drones"},
        {"It gave a minimum of 5 batteries.", "5 each at_least: batteries"},
        {"It costs a sum exceeding $600 billion.", "$600000000000 USD at_least"},
        {"Close to 300 trucks came.", "300 each nearly: trucks"},
        {"Roughly 30 boats came.", "30 each about: boats"},
        {"Some 40 boats came.", "40 each about: boats"},
        {"No fewer than 40 boats came.", "40 each at_least: boats"},
        {"Fewer than 40 boats came.", "40 each at_most: boats"},
        {"Just under 40 boats came.", "40 each nearly: boats"},
        {"Well over 40 boats came.", "40 each at_least: boats"},
        {"About an additional $5 million came.", "$5000000 USD about"},
        {"The 40-plus countries met.", "40 country at_least: countries"},
        {"The 40+ countries met.", "40 country at_least: countries"},
        {"Some 40-odd boats came.", "40 each about: boats"},
        {"30,000 or so troops came.", "30000 people about: troops"},
        {"40 boats or more came.", "40 each: boats"},
        {"40 or more boats came.", "40 each at_least: boats"},
        {"The 13-plus billion dollars came.", "$13000000000 USD at_least"},
        {"Over 20 ships and 13 planes came.", "20 each at_least: ships; 13 each: planes"},
        {"As many as 7,000 troops came.", "7000 people at_most: troops"},
    };
    EACH(table, false);
}

static void ranges_share_what_only_one_end_says(void)
{
    static const struct phrasing table[] = {
        {"We need $5 billion to $7 billion a month.", "$5000000000..7000000000 USD"},
        {"We need $5 to $7 billion.", "$5000000000..7000000000 USD"},
        {"We need $5-7 billion.", "$5000000000..7000000000 USD"},
        {"We need a 5-to-7-billion-dollar loan.", "$5000000000..7000000000 USD: loan"},
        {"We need 1.5 to 2 million shells.", "1500000..2000000 round: shells"},
        {"Between 300 and 400 tanks went.", "300..400 each: tanks"},
        {"Between 13 and 15 million people fled.", "13000000..15000000 people: people"},
        {"About three to four hundred tanks went.", "300..400 each about: tanks"},
        {"We need 5 or 6 batteries.", "5..6 each: batteries"},
        {"The US sent 60, 90,000 troops.", "60000..90000 people: troops"},
        {"We need 10, 20 tanks.", "10..20 each: tanks"},
        {"They lost 2-3 percent.", "2..3 percent"},
        {"It rose from 40,000 to 60,000 troops.", "#40000; 60000 people: troops"},
        {"It rose from 5 to 7 billion euros.", "$5000000000 EUR; $7000000000 EUR"},
        {"They raise the troops from 40,000, as now, to 60,000.",
         "40000 people: troops; 60000 people: troops"},
        {"They sent more 2 million rounds.", "2000000 round at_least: rounds"},
        {"The odds are 10 to 1.", ""},
    };
    EACH(table, false);
}

static void shares_know_what_they_are_of(void)
{
    static const struct phrasing table[] = {
        {"They spend 2% of GDP.", "2 percent_gdp"},
        {"They spend more than 2 per cent of their GDP.", "2 percent_gdp at_least"},
        {"They spend 2.5 percent of gross domestic product.", "2.5 percent_gdp"},
        {"They meet the 2 percent target.", "2 percent_gdp: target"},
        {"Many will meet 2% this year.", "2 percent_gdp"},
        {"They spend 2 percent on defence.", "2 percent_gdp"},
        {"It grew by 18 percent.", "18 percent"},
        {"It grew by 3 percentage points.", "3 percent"},
        {"More than 90% of all military aid is ours.", "90 percent at_least: military aid"},
        {"Give us one percent of your tanks.", "1 percent: tanks"},
    };
    EACH(table, false);
}

static void what_is_counted_has_a_head_and_a_unit(void)
{
    static const struct phrasing table[] = {
        {"Spain gives 4 of its 20 launchers.", "4 each: launchers"},
        {"About two of the seven batteries have arrived.", "2 each about: batteries"},
        {"They have 50 advanced multiple rocket launching systems.",
         "50 each: advanced multiple rocket launching systems"},
        {"We sent 9 million rounds of small arms ammunition.",
         "9000000 round: rounds of small arms ammunition"},
        {"We sent over 2 million grenade, mortar, and artillery rounds.",
         "2000000 round at_least: grenade, mortar, and artillery rounds"},
        {"We sent 72 American M777 155-millimeter howitzers.",
         "72 each: American M777 155-millimeter howitzers"},
        {"We sent 18 155mm howitzers.", "18 each: 155mm howitzers"},
        {"We sent 6,000 AT-4 anti-armor systems.", "6000 each: AT-4 anti-armor systems"},
        {"We sent 30 Leopard 2 tanks.", "30 each: Leopard 2 tanks"},
        {"We sent 400 tanks and other armored vehicles.",
         "400 each: tanks and other armored vehicles"},
        {"We sent 20 field trucks (MTVs) and other vehicles.",
         "20 each: field trucks (MTVs) and other vehicles"},
        {"We sent 14 Challenger 2s.", "14 each: Challenger 2s"},
        {"We sent two (2) Patriot batteries.", "2 each: Patriot batteries"},
        {"We sent one Patriot battery and munitions.", "1 each: Patriot battery and munitions"},
        {"We sent 1,000,000 155 mm shells.", "1000000 round: 155 mm shells"},
        {"We sent 18 155 mm howitzers.", "18 each: 155 mm howitzers"},
        {"We sent 100 000 rounds of 155 mm ammunition.",
         "100000 round: rounds of 155 mm ammunition"},
        {"We sent 9,000 sets of body armor.", "9000 each: sets of body armor"},
        {"A 25-person team went.", "25 people: team"},
        {"A 5,000-strong brigade went.", "5000 people: brigade"},
        {"It is a 30-nation alliance.", "30 country: alliance"},
        {"The 30 Allies agreed.", "30 country: Allies"},
        {"Ships brought 50,000 tons of wheat.", "50000 tonne: tons of wheat"},
        {"They drop 500 pounds of food.", "500 pound: food"},
        {"Planes brought 2 million pounds of relief supplies.", "2000000 pound: relief supplies"},
        {"Ships brought 3 million pounds of aid.", "3000000 pound: aid"},
        {"They built 60 innovation sites.", "60 site: innovation sites"},
        {"We tripled the size of our force.", "3 times: size of our force"},
        {"It is three times as much.", "3 times"},
        {"More than 50 nations have committed tanks.", "50 country at_least: nations"},
        {"More than 3.5 million have already fled.", "#3500000 at_least"},
        {"Some ten million people fled. Two and a half of them came here.",
         "10000000 people about: people; 2500000 people: people"},
        {"20,000 US troops came.", "20000 people: US troops"},
    };
    EACH(table, false);
}

static void a_number_said_twice_is_one(void)
{
    static const struct phrasing table[] = {
        {"It is $45 billion \xE2\x80\x94 $45 billion for them.", "$45000000000 USD"},
        {"We sent more than fif- \xE2\x80\x94 more than 50 launchers.",
         "50 each at_least: launchers"},
        {"We sent some twenty thou- \xE2\x80\x94 26,000 helmets.", "26000 each about: helmets"},
        {"It is for $50 million in hum- \xE2\x80\x94 in humanitarian aid.",
         "$50000000 USD: humanitarian aid"},
    };
    EACH(table, false);
}

static void dates_names_and_measures_are_no_amounts(void)
{
    static const struct phrasing table[] = {
        {"On March 24, 2022, we met.", "time"},
        {"On 6 and 7 April 2022 we met.", "time"},
        {"We met on the 24th of February.", "time"},
        {"We met in 2014 and since 2015.", "time; time"},
        {"Back in the 1990s we met at 10:30.", "time; time"},
        {"It took 20 or 30 years and two long weeks.", "time; time"},
        {"A two-year plan and a 5- to 10-year cycle.", "time; time"},
        {"He is 18 years old.", "time"},
        {"It is day 19.", "time"},
        {"Article 5 and Resolution 1325 hold.", "name; name"},
        {"The 11th tranche and the 2nd one came.", "name; name"},
        {"F-16 jets, a Mi-17 and an S-300 flew.", "name; name; name"},
        {"Call 202-456-1111 about 9/11.", "name; name"},
        {"The M777 fires 30 miles.", "length"},
        {"155-millimeter guns weigh 4,200 kilograms.", "length; length"},
        {"They drop 2,000-pound bombs and 500 pounds of food.", "length; 500 pound: food"},
        {"The 1540 Committee met.", "name"},
        {"See the note [12] and (3).", "name; name"},
        {"They sit at 1600 Pennsylvania Avenue.", "name"},
        {"It was World War Three and our One China policy.", "name; name"},
        {"In 2022 300 tanks came.", "time; 300 each: tanks"},
        {"Up to 2080 rounds came.", "2080 round at_most: rounds"},
        {"2000 soldiers came.", "2000 people: soldiers"},
        {"No. 5 is a 3-star 5G plan.", "name; name; name"},
    };
    EACH(table, true);
}

/* --- a generator that says a number in many ways --- */

static void say_below_thousand(struct rng *r, struct buf *b, unsigned n)
{
    static const char *const small[] = {"zero",    "one",     "two",       "three",    "four",
                                        "five",    "six",     "seven",     "eight",    "nine",
                                        "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static const char *const tens[] = {"",      "",      "twenty",  "thirty", "forty",
                                       "fifty", "sixty", "seventy", "eighty", "ninety"};
    if (n >= 100) {
        buf_add(b, small[n / 100]);
        buf_add(b, " hundred");
        n %= 100;
        if (n)
            buf_add(b, rng_below(r, 2) ? " and " : " ");
        else
            return;
    }
    if (n < 20) {
        buf_add(b, small[n]);
        return;
    }
    buf_add(b, tens[n / 10]);
    if (n % 10) {
        buf_add(b, rng_below(r, 2) ? "-" : " ");
        buf_add(b, small[n % 10]);
    }
}

/* n in words; n below 1e9. */
static void say(struct rng *r, struct buf *b, unsigned n)
{
    unsigned millions = n / 1000000, thousands = n / 1000 % 1000, rest = n % 1000;
    if (millions) {
        say_below_thousand(r, b, millions);
        buf_add(b, " million");
    }
    if (thousands) {
        if (millions) buf_add(b, " ");
        say_below_thousand(r, b, thousands);
        buf_add(b, " thousand");
    }
    if (rest || n == 0) {
        if (n >= 1000) buf_add(b, rest < 100 ? " and " : " ");
        say_below_thousand(r, b, rest);
    }
}

static void with_separators(char out[32], unsigned n, const char *separator)
{
    char digits[16], *to = out;
    int len = snprintf(digits, sizeof digits, "%u", n);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) to = stpcpy(to, separator);
        *to++ = digits[i];
    }
    *to = '\0';
}

/* One number in one of its forms; what it is worth. */
static int64_t generate(struct rng *r, struct buf *b)
{
    char text[48];
    unsigned n = 2 + rng_below(r, 998);
    for (uint32_t k = rng_below(r, 6); k > 0; k--) n *= 10;
    switch (rng_below(r, 7)) {
    case 0: say(r, b, n); return n;
    case 1: with_separators(text, n, ","); break;
    case 2: with_separators(text, n, n < 10000 ? "" : " "); break;
    case 3: {
        uint32_t tenths = rng_below(r, 9) + 1;
        snprintf(text, sizeof text, "%u.%u million", n % 1000, tenths);
        buf_add(b, text);
        return (int64_t)(n % 1000) * 1000000 + tenths * 100000;
    }
    case 4:
        snprintf(text, sizeof text, "%u billion", n % 1000 + 2);
        buf_add(b, text);
        return (int64_t)(n % 1000 + 2) * 1000000000;
    case 5:
        snprintf(text, sizeof text, "%u thousand", n % 1000 + 2);
        buf_add(b, text);
        return (int64_t)(n % 1000 + 2) * 1000;
    default:
        say_below_thousand(r, b, n % 1000 + 1);
        buf_add(b, " and a half million");
        return (int64_t)(n % 1000 + 1) * 1000000 + 500000;
    }
    buf_add(b, text);
    return n;
}

static void comes_back(struct rng *r)
{
    static const struct {
        const char *before, *behind, *unit;
        enum value_kind kind;
        enum approx approx;
    } frames[] = {
        {"They delivered ", " drones to us.", "each", VALUE_COUNT, APPROX_EXACT},
        {"They trained more than ", " soldiers.", "people", VALUE_COUNT, APPROX_AT_LEAST},
        {"It has cost nearly ", " euros so far.", "EUR", VALUE_MONEY, APPROX_NEARLY},
        {"We gave about $", " in military aid.", "USD", VALUE_MONEY, APPROX_ABOUT},
        {"A total of up to ", " rounds came.", "round", VALUE_COUNT, APPROX_AT_MOST},
    };
    struct arena a = {0};
    size_t frame = rng_below(r, sizeof frames / sizeof *frames);
    struct buf b = {.arena = &a};
    buf_add(&b, frames[frame].before);
    int64_t want = generate(r, &b);
    buf_add(&b, frames[frame].behind);
    struct words ws = split(&a, b.text);
    struct value x[VALUES_MAX];
    uint32_t n = values_of(&ws, &ws.sentence[0], "USD", x);
    CHECK_I64(n, 1);
    if (n == 1) {
        CHECK_I64(x[0].kind, frames[frame].kind);
        CHECK(dec_cmp(x[0].low, (struct dec){want, 0}) == 0);
        CHECK(dec_cmp(x[0].high, (struct dec){want, 0}) == 0);
        CHECK_TEXT(x[0].unit ? x[0].unit : "none", frames[frame].unit);
        CHECK_I64(x[0].approx, frames[frame].approx);
    }
    if (!tap_this_ok) printf("# %s\n", b.text);
    arena_free(&a);
}

static void a_number_comes_back_in_whatever_form_it_is_said(void)
{
    seeds_run(4000, comes_back);
}

/* Words, marks and numbers in any order: what holds of values whatever the text. */
static void holds_of_any_words(struct rng *r)
{
    static const char *const parts[] = {
        "5",       "1,000",   "2022",
        "3.5",     "0",       "999999999999",
        "ten",     "hundred", "million",
        "bn",      "tens",    "of",
        "half",    "a",       "and",
        "to",      "between", "from",
        "or",      "-",       ",",
        "(",       ")",       "[",
        "]",       "$",       "\xE2\x82\xAC",
        "euros",   "%",       "GDP",
        "more",    "than",    "nearly",
        "up",      "some",    "plus",
        "tanks",   "mm",      "March",
        "Leopard", "the",     "people",
        "years",   "thou-",   "\xE2\x80\x94",
        "times",   "in",      "aid",
        "worth",   "rounds",  "s",
        "'s",      "US",      "Allies",
    };
    struct arena a = {0};
    struct buf b = {.arena = &a};
    for (uint32_t n = 1 + rng_below(r, 40); n > 0; n--) {
        buf_add(&b, parts[rng_below(r, sizeof parts / sizeof *parts)]);
        if (!rng_one_in(r, 4)) buf_add(&b, " ");
    }
    struct words ws = split(&a, b.text);
    for (uint32_t s = 0; s < ws.sentence_count; s++) {
        const struct sentence *in = &ws.sentence[s];
        struct value x[VALUES_MAX];
        uint32_t n = values_of(&ws, in, "USD", x), last = in->first, end = in->first + in->count;
        for (uint32_t i = 0; i < n; i++) {
            CHECK(x[i].first >= last && x[i].count > 0);
            last = x[i].first + x[i].count;
            CHECK(last <= end);
            CHECK(dec_cmp(x[i].low, x[i].high) <= 0);
            if (!x[i].noun_count) continue;
            CHECK(x[i].noun + x[i].noun_count <= end);
            CHECK(x[i].head >= x[i].noun && x[i].head < x[i].noun + x[i].noun_count);
        }
    }
    if (!tap_this_ok) printf("# %s\n", b.text);
    arena_free(&a);
}

static void values_lie_in_order_in_their_sentence(void)
{
    seeds_run(4000, holds_of_any_words);
}

static void hostile_numbers_are_read_in_linear_time(void)
{
    static const char *const parts[] = {
        "9",        "million ", "tens of ", "1,000,",     "$",  "-", "and a ", "half ", "to 5 ",
        "hundred ", "%",        "in ",      "more than ", "— ", "(", "]",      "[",     "twenty-"};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        struct arena a = {0};
        struct buf b = {.arena = &a};
        while (b.len < 200000) buf_add(&b, parts[k]);
        clock_t start = clock();
        read_values(&a, b.text, "USD", true);
        CHECK(clock() - start < CLOCKS_PER_SEC);
        arena_free(&a);
    }
}

static void digits_beyond_any_amount_are_a_name(void)
{
    struct arena a = {0};
    CHECK_TEXT(read_values(&a, "It is 123456789012345678901234567890 tanks.", "USD", true), "name");
    CHECK_TEXT(read_values(&a, "It is 90 trillion million billion tanks.", "USD", true), "name");
    arena_free(&a);
}

int main(void)
{
    RUN(sums_carry_their_currency);
    RUN(the_speakers_dollar_is_his_countrys);
    RUN(words_say_the_same_as_digits);
    RUN(vague_numbers_have_both_ends);
    RUN(approximations_are_found_on_both_sides);
    RUN(ranges_share_what_only_one_end_says);
    RUN(shares_know_what_they_are_of);
    RUN(what_is_counted_has_a_head_and_a_unit);
    RUN(a_number_said_twice_is_one);
    RUN(dates_names_and_measures_are_no_amounts);
    RUN(a_number_comes_back_in_whatever_form_it_is_said);
    RUN(values_lie_in_order_in_their_sentence);
    RUN(hostile_numbers_are_read_in_linear_time);
    RUN(digits_beyond_any_amount_are_a_name);
    return tap_done();
}
