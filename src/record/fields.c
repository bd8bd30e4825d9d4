/*
 * fields.c - the one table of fields, and the words for every code on disk.
 *
 * Rows are only ever added. A tag, once written to somebody's log, keeps its
 * meaning for ever.
 */
#include <string.h>

#include "record/record.h"

#define K(kind) KIND_BIT(KIND_##kind)
#define ANY ((KIND_BIT(KIND_COUNT) - 1) & ~KIND_BIT(KIND_NONE))

const struct field_rule record_fields[TAG_COUNT] = {
    [F_KEY] = {"key", TYPE_TEXT, ANY,
               K(PARTY) | K(ITEM) | K(LINE) | K(PACKAGE) | K(NEED) | K(LOT) | K(ROUTE) | K(FLAG) |
                   K(BUDGET) | K(PLANT) | K(SCENARIO) | K(ROUND) | K(PROPOSAL) | K(REQUEST),
               0, false},
    [F_NAME] = {"name", TYPE_TEXT,
                K(PARTY) | K(ITEM) | K(LINE) | K(PACKAGE) | K(NEED) | K(LOT) | K(ROUTE) |
                    K(SOURCE) | K(DECISION) | K(BUDGET) | K(PLANT) | K(SCENARIO) | K(ROUND),
                0, 0, false},
    [F_TYPE] = {"type", TYPE_TEXT,
                K(PARTY) | K(LOT) | K(STATEMENT) | K(EDGE) | K(DECISION) | K(RELATION) | K(NEED) |
                    K(FLAG) | K(PASSAGE) | K(ROUND),
                K(FLAG) | K(PARTY) | K(STATEMENT) | K(EDGE) | K(RELATION) | K(DECISION) | K(ROUND),
                0, false},
    [F_PARTY] = {"party", TYPE_REF,
                 K(MEMBERSHIP) | K(LINE) | K(PACKAGE) | K(LOT) | K(INDICATOR) | K(STATEMENT) |
                     K(DECISION) | K(ROUTE) | K(FLAG) | K(BUDGET) | K(PLANT) | K(RUN) | K(PROPOSAL),
                 K(MEMBERSHIP) | K(LOT) | K(INDICATOR) | K(BUDGET) | K(PLANT) | K(PROPOSAL),
                 K(PARTY), false},
    [F_RECEIVER] = {"receiver", TYPE_REF,
                    K(NEED) | K(LINE) | K(PACKAGE) | K(STATEMENT) | K(ROUTE) | K(PROPOSAL) |
                        K(DECISION),
                    K(NEED) | K(PROPOSAL), K(PARTY), false},
    [F_ITEM] = {"item", TYPE_REF,
                K(RELATION) | K(NEED) | K(LINE) | K(LOT) | K(PRICE) | K(STATEMENT) | K(PROPOSAL),
                K(RELATION) | K(NEED) | K(LINE) | K(LOT) | K(PRICE) | K(PROPOSAL), K(ITEM), false},
    [F_CLASS] = {"class", TYPE_TEXT, K(ITEM) | K(LINE) | K(PACKAGE) | K(STATEMENT) | K(DECISION), 0,
                 0, false},
    [F_UNIT] = {"unit", TYPE_TEXT, K(ITEM) | K(INDICATOR) | K(STATEMENT), K(ITEM), 0, false},
    [F_PARTS] = {"parts", TYPE_COUNT, K(ITEM), 0, 0, false},
    [F_MASS] = {"mass", TYPE_COUNT, K(ITEM) | K(ROUTE), 0, 0, false},
    [F_PARENT] = {"parent", TYPE_REF, K(ITEM) | K(MEMBERSHIP) | K(RELATION),
                  K(MEMBERSHIP) | K(RELATION), K(ITEM) | K(PARTY), false},
    [F_CODE] = {"code", TYPE_TEXT, K(ITEM) | K(PARTY), 0, 0, true},
    [F_LINE] = {"line", TYPE_REF, K(ENTRY) | K(PROPOSAL) | K(DECISION), K(ENTRY), K(LINE), false},
    [F_FROM] = {"from", TYPE_STAGE, K(ENTRY), K(ENTRY), 0, false},
    [F_TO] = {"to", TYPE_STAGE, K(ENTRY) | K(VALUE), K(ENTRY), 0, false},
    [F_QTY] = {"qty", TYPE_COUNT,
               K(ENTRY) | K(NEED) | K(LOT) | K(RELATION) | K(PROPOSAL) | K(DECISION),
               K(ENTRY) | K(NEED) | K(PROPOSAL), 0, false},
    [F_DAY] = {"day", TYPE_DAY,
               K(ENTRY) | K(PACKAGE) | K(VALUE) | K(NEED) | K(LOT) | K(PRICE) | K(RATE) |
                   K(INDICATOR) | K(SOURCE) | K(STATEMENT) | K(DECISION) | K(LINE) | K(PROPOSAL) |
                   K(RUN),
               K(ENTRY) | K(RATE) | K(INDICATOR) | K(PROPOSAL), 0, false},
    [F_PRECISION] = {"precision", TYPE_PRECISION,
                     K(ENTRY) | K(PACKAGE) | K(LINE) | K(STATEMENT) | K(INDICATOR) | K(PROPOSAL), 0,
                     0, false},
    [F_PASSAGE] = {"passage", TYPE_REF, ANY & ~(K(SOURCE) | K(PASSAGE) | K(SCENARIO)), K(ENTRY),
                   K(PASSAGE), false},
    [F_AUTHOR] = {"author", TYPE_TEXT, ANY, K(ENTRY), 0, false},
    [F_REVERSES] = {"reverses", TYPE_REF, K(ENTRY), 0, K(ENTRY), false},
    [F_WHY] = {"why", TYPE_TEXT, ANY, 0, 0, false},
    [F_CONFIRMED] = {"confirmed", TYPE_FLAG, K(ENTRY), 0, 0, false},
    [F_STATED] = {"stated", TYPE_INSTANT, ANY, 0, 0, false},
    [F_SERIES] = {"series", TYPE_TEXT,
                  K(LINE) | K(PACKAGE) | K(VALUE) | K(RATE) | K(PRICE) | K(INDICATOR) |
                      K(STATEMENT) | K(SOURCE) | K(LOT) | K(FLAG),
                  K(RATE), 0, false},
    [F_LOW] = {"low", TYPE_INT, K(LINE) | K(VALUE) | K(STATEMENT), 0, 0, false},
    [F_HIGH] = {"high", TYPE_INT, K(LINE) | K(VALUE) | K(STATEMENT), 0, 0, false},
    [F_SINCE] = {"since", TYPE_DAY,
                 K(LINE) | K(MEMBERSHIP) | K(NEED) | K(ROUTE) | K(DECISION) | K(BUDGET), K(BUDGET),
                 0, false},
    [F_UNTIL] = {"until", TYPE_DAY,
                 K(LINE) | K(MEMBERSHIP) | K(NEED) | K(ROUTE) | K(DECISION) | K(BUDGET) |
                     K(PROPOSAL) | K(ROUND),
                 K(BUDGET), 0, false},
    [F_CHANNEL] = {"channel", TYPE_REF, K(LINE) | K(PACKAGE), 0, K(PARTY), false},
    [F_PACKAGE] = {"package", TYPE_REF, K(LINE), 0, K(PACKAGE), false},
    [F_CONDITION] = {"condition", TYPE_TEXT, K(LINE) | K(STATEMENT), 0, 0, true},
    [F_OUTSIDE] = {"outside", TYPE_FLAG, K(LINE) | K(PACKAGE) | K(VALUE), 0, 0, false},
    [F_SOURCE_TAG] = {"source-tag", TYPE_TEXT, K(LINE), 0, 0, true},
    [F_DESTINATION_TAG] = {"destination-tag", TYPE_TEXT, K(LINE), 0, 0, true},
    [F_NEW_MONEY] = {"new-money", TYPE_FLAG, K(LINE), 0, 0, false},
    [F_LINK] = {"link", TYPE_TEXT, ANY, 0, 0, true},
    [F_OF] = {"of", TYPE_REF, K(VALUE) | K(EDGE) | K(DECISION), K(VALUE) | K(EDGE), ANY, false},
    [F_BASIS] = {"basis", TYPE_TEXT, K(VALUE) | K(PRICE), K(VALUE), 0, false},
    [F_CURRENCY] = {"currency", TYPE_TEXT,
                    K(VALUE) | K(PRICE) | K(RATE) | K(INDICATOR) | K(STATEMENT) | K(LOT) |
                        K(BUDGET) | K(PLANT) | K(RUN) | K(DECISION),
                    K(VALUE) | K(PRICE) | K(RATE) | K(BUDGET) | K(PLANT), 0, false},
    [F_AMOUNT] = {"amount", TYPE_DEC,
                  K(PRICE) | K(RATE) | K(INDICATOR) | K(RELATION) | K(STATEMENT) | K(BUDGET) |
                      K(PLANT) | K(NEED) | K(DECISION),
                  K(PRICE) | K(RATE) | K(INDICATOR) | K(BUDGET) | K(PLANT), 0, false},
    [F_PLACE] = {"place", TYPE_TEXT, K(FLAG) | K(PASSAGE) | K(NEED) | K(LOT) | K(ROUTE) | K(LINE),
                 0, 0, false},
    [F_MEASURE] = {"measure", TYPE_TEXT, K(INDICATOR) | K(STATEMENT) | K(DECISION), K(INDICATOR), 0,
                   false},
    [F_OBJECT] = {"object", TYPE_REF, K(EDGE) | K(DECISION), K(EDGE), ANY, false},
    [F_PRIORITY] = {"priority", TYPE_COUNT, K(NEED), 0, 0, false},
    [F_MONTHLY] = {"monthly", TYPE_FLAG, K(NEED), 0, 0, false},
    [F_FLOOR] = {"floor", TYPE_COUNT, K(LOT), 0, 0, false},
    [F_MODE] = {"mode", TYPE_TEXT, K(ROUTE), 0, 0, false},
    [F_TONNES] = {"tonnes", TYPE_COUNT, K(ROUTE), 0, 0, false},
    [F_LEAD] = {"lead", TYPE_COUNT, K(ROUTE), 0, 0, false},
    [F_HASH] = {"hash", TYPE_TEXT, K(SOURCE) | K(RUN) | K(REQUEST), K(REQUEST), 0, false},
    [F_ADDRESS] = {"address", TYPE_TEXT, K(SOURCE) | K(PASSAGE), 0, 0, true},
    [F_PUBLISHER] = {"publisher", TYPE_TEXT, K(SOURCE) | K(STATEMENT), 0, 0, false},
    [F_RETRIEVED] = {"retrieved", TYPE_INSTANT, K(SOURCE), 0, 0, false},
    [F_MEDIA] = {"media", TYPE_TEXT, K(SOURCE), 0, 0, false},
    [F_BEGIN] = {"begin", TYPE_COUNT, K(PASSAGE), 0, 0, false},
    [F_END] = {"end", TYPE_COUNT, K(PASSAGE), 0, 0, false},
    [F_SPEAKER] = {"speaker", TYPE_TEXT, K(PASSAGE) | K(STATEMENT), 0, 0, false},
    [F_TEXT] = {"text", TYPE_TEXT, K(FLAG) | K(PASSAGE) | K(STATEMENT) | K(DECISION), 0, 0, false},
    [F_INFERRED] = {"inferred", TYPE_FLAG, ANY, 0, 0, false},
    [F_BASE] = {"base", TYPE_TEXT, K(RATE), K(RATE), 0, false},
    [F_NOTE] = {"note", TYPE_TEXT, ANY, 0, 0, false},
    [F_RESOLVED] = {"resolved", TYPE_FLAG, K(STATEMENT) | K(VALUE), 0, 0, false},
    [F_SAME] = {"same-support", TYPE_TEXT, K(LINE) | K(PACKAGE), 0, 0, false},
    [F_SOURCE] = {"source", TYPE_REF, K(PASSAGE), K(PASSAGE), K(SOURCE), false},
    [F_ORIGIN] = {"origin", TYPE_TEXT, ANY, 0, 0, false},
    [F_ROLE] = {"role", TYPE_TEXT, K(PASSAGE), 0, 0, false},
    [F_AFFILIATION] = {"affiliation", TYPE_TEXT, K(PASSAGE), 0, 0, false},
    [F_SAID_GIVER] = {"said-giver", TYPE_TEXT, K(STATEMENT), 0, 0, true},
    [F_SAID_RECEIVER] = {"said-receiver", TYPE_TEXT, K(STATEMENT), 0, 0, true},
    [F_SAID_ITEM] = {"said-item", TYPE_TEXT, K(STATEMENT), 0, 0, false},
    [F_SAID_STAGE] = {"said-stage", TYPE_TEXT, K(STATEMENT), 0, 0, false},
    [F_SAID_CHANNEL] = {"said-channel", TYPE_TEXT, K(STATEMENT), 0, 0, false},
    [F_SAID_WHEN] = {"said-when", TYPE_TEXT, K(STATEMENT), 0, 0, false},
    [F_APPROX] = {"approx", TYPE_TEXT, K(STATEMENT), 0, 0, false},
    [F_UPTO] = {"upto", TYPE_DEC, K(STATEMENT), 0, 0, false},
    [F_SKETCH] = {"sketch", TYPE_TEXT, K(SOURCE), 0, 0, false},
    [F_VERDICT] = {"verdict", TYPE_TEXT, K(STATEMENT) | K(EDGE) | K(LINE) | K(NEED) | K(DECISION),
                   0, 0, false},
    [F_KEEPS] = {"keeps", TYPE_REF, K(NEED), 0, K(NEED), false},
    [F_URGENT] = {"urgent", TYPE_FLAG, K(NEED), 0, 0, false},
    [F_WEIGHT] = {"weight", TYPE_DEC, K(NEED), 0, 0, false},
    [F_COST] = {"cost", TYPE_DEC, K(LOT), 0, 0, false},
    [F_WORTH] = {"worth", TYPE_DEC, K(LOT), 0, 0, false},
    [F_ORDERED] = {"ordered", TYPE_DAY, K(LOT) | K(PLANT), 0, 0, false},
    [F_PLANT] = {"plant", TYPE_REF, K(LOT), 0, K(PLANT), false},
    [F_GIVER] = {"giver", TYPE_REF, K(ROUTE), 0, K(PARTY), false},
    [F_VIA] = {"via", TYPE_REF, K(ROUTE) | K(PROPOSAL), 0, K(ROUTE), false},
    [F_LOT] = {"lot", TYPE_REF, K(LINE) | K(PROPOSAL) | K(DECISION), 0, K(LOT), false},
    [F_SURPLUS] = {"surplus", TYPE_FLAG, K(NEED), 0, 0, false},
    [F_NEED] = {"need", TYPE_REF, K(LINE) | K(RELATION) | K(PROPOSAL) | K(DECISION), K(PROPOSAL),
                K(NEED), false},
    [F_SCENARIO] = {"scenario", TYPE_REF, ANY & ~K(SCENARIO), 0, K(SCENARIO), false},
    [F_MOMENT] = {"moment", TYPE_INSTANT, K(SCENARIO) | K(RUN), K(SCENARIO), 0, false},
    [F_ROUND] = {"round", TYPE_REF, K(RUN) | K(PROPOSAL), K(RUN) | K(PROPOSAL), K(ROUND), false},
    [F_HEAD] = {"head", TYPE_COUNT, K(RUN), K(RUN), 0, false},
    [F_OPTION] = {"option", TYPE_TEXT, K(RUN), 0, 0, true},
    [F_OBJECTIVE] = {"objective", TYPE_DEC, K(RUN), 0, 0, false},
    [F_BOUND] = {"bound", TYPE_DEC, K(RUN), 0, 0, false},
    [F_VALUED] = {"valued", TYPE_DAY, K(ENTRY) | K(VALUE) | K(STATEMENT), 0, 0, false},
    [F_WORDS] = {"words", TYPE_TEXT, K(STATEMENT) | K(SOURCE) | K(ENTRY) | K(VALUE) | K(PARTY), 0,
                 0, true},
};

static const char *const kind_names[KIND_COUNT] = {
    NULL,        "party",  "membership", "item",      "relation", "need",     "line",
    "package",   "value",  "entry",      "lot",       "route",    "price",    "rate",
    "indicator", "source", "passage",    "statement", "decision", "edge",     "flag",
    "budget",    "plant",  "scenario",   "round",     "run",      "proposal", "request",
};

static const char *const stage_names[STAGE_COUNT] = {
    "world",      "considered", "announced", "committed", "allocated",
    "dispatched", "delivered",  "withdrawn", "lapsed",    "lost",
};

static const char *const precision_names[PRECISION_COUNT] = {"day", "month", "until", "unknown"};

static const char *const party_types[] = {"nation",     "institution", "fund",  "coalition",
                                          "initiative", "group",       "other", NULL};
static const char *const relation_types[] = {"substitutes", "sustains", NULL};
static const char *const need_types[] = {"stated", "validated", NULL};
static const char *const lot_types[] = {"stock", "refurbishment", "production", "purchase", NULL};
static const char *const statement_types[] = {"support", "need", "figure", "decision", NULL};
static const char *const passage_types[] = {"statement", "question", "answer",
                                            "moderator", "text",     NULL};
static const char *const decision_types[] = {"guideline", "tasking", "option", "decision",
                                             "consent",   "refusal", NULL};
static const char *const round_types[] = {"open", "proposed", "closed", NULL};
static const char *const edge_types[] = {"makes",       "restates", "revises",
                                         "contradicts", "same",     NULL};

static int index_of(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (names[i] && names[i][0] == name[0] && strcmp(names[i], name) == 0) return i;
    }
    return count;
}

const char *kind_name(enum kind kind)
{
    return kind > KIND_NONE && kind < KIND_COUNT ? kind_names[kind] : NULL;
}

const char *stage_name(enum stage stage)
{
    return stage < STAGE_COUNT ? stage_names[stage] : NULL;
}

const char *precision_name(enum precision precision)
{
    return precision < PRECISION_COUNT ? precision_names[precision] : NULL;
}

enum kind kind_named(const char *name)
{
    int i = index_of(kind_names, KIND_COUNT, name);
    return i == KIND_COUNT ? KIND_NONE : (enum kind)i;
}

enum stage stage_named(const char *name)
{
    return (enum stage)index_of(stage_names, STAGE_COUNT, name);
}

enum precision precision_named(const char *name)
{
    return (enum precision)index_of(precision_names, PRECISION_COUNT, name);
}

const char *const *record_types(enum kind kind)
{
    switch (kind) {
    case KIND_PARTY: return party_types;
    case KIND_RELATION: return relation_types;
    case KIND_NEED: return need_types;
    case KIND_LOT: return lot_types;
    case KIND_PASSAGE: return passage_types;
    case KIND_STATEMENT: return statement_types;
    case KIND_DECISION: return decision_types;
    case KIND_EDGE: return edge_types;
    case KIND_ROUND: return round_types;
    default: return NULL;
    }
}
