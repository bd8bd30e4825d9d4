/*
 * iati.c - what readers and writers of the form share: words of older
 * versions, and which language of a text is shown.
 *
 * The codes are those of the standard's own lists; the words are those that
 * its first versions used for them, and those that publishers did.
 */
#include "iati/iati.h"

#include <string.h>
#include <strings.h>

#include "base/sha.h"
#include "base/text.h"

struct modern {
    enum iati_list list;
    const char *word, *code;
};

static const struct modern words[] = {
    {IATI_LIST_TRANSACTION_TYPE, "IF", "1"},
    {IATI_LIST_TRANSACTION_TYPE, "C", "2"},
    {IATI_LIST_TRANSACTION_TYPE, "D", "3"},
    {IATI_LIST_TRANSACTION_TYPE, "E", "4"},
    {IATI_LIST_TRANSACTION_TYPE, "IR", "5"},
    {IATI_LIST_TRANSACTION_TYPE, "LR", "6"},
    {IATI_LIST_TRANSACTION_TYPE, "R", "7"},
    {IATI_LIST_TRANSACTION_TYPE, "QP", "8"},
    {IATI_LIST_TRANSACTION_TYPE, "QS", "9"},
    {IATI_LIST_TRANSACTION_TYPE, "CG", "10"},
    {IATI_LIST_TRANSACTION_TYPE, "IC", "11"},
    {IATI_LIST_TRANSACTION_TYPE, "incoming funds", "1"},
    {IATI_LIST_TRANSACTION_TYPE, "contribution", "1"},
    {IATI_LIST_TRANSACTION_TYPE, "commitment", "2"},
    {IATI_LIST_TRANSACTION_TYPE, "disbursement", "3"},
    {IATI_LIST_TRANSACTION_TYPE, "disbursment", "3"},
    {IATI_LIST_TRANSACTION_TYPE, "expenditure", "4"},
    {IATI_LIST_TRANSACTION_TYPE, "interest repayment", "5"},
    {IATI_LIST_TRANSACTION_TYPE, "interest payment", "5"},
    {IATI_LIST_TRANSACTION_TYPE, "loan repayment", "6"},
    {IATI_LIST_TRANSACTION_TYPE, "repayment", "6"},
    {IATI_LIST_TRANSACTION_TYPE, "reimbursement", "7"},
    {IATI_LIST_TRANSACTION_TYPE, "purchase of equity", "8"},
    {IATI_LIST_TRANSACTION_TYPE, "sale of equity", "9"},
    {IATI_LIST_TRANSACTION_TYPE, "credit guarantee", "10"},
    {IATI_LIST_TRANSACTION_TYPE, "incoming commitment", "11"},
    {IATI_LIST_TRANSACTION_TYPE, "outgoing pledge", "12"},
    {IATI_LIST_TRANSACTION_TYPE, "incoming pledge", "13"},
    {IATI_LIST_ORG_ROLE, "Funding", "1"},
    {IATI_LIST_ORG_ROLE, "donor", "1"},
    {IATI_LIST_ORG_ROLE, "Accountable", "2"},
    {IATI_LIST_ORG_ROLE, "Extending", "3"},
    {IATI_LIST_ORG_ROLE, "Implementing", "4"},
    {IATI_LIST_ORG_TYPE, "Government", "10"},
    {IATI_LIST_ORG_TYPE, "bilateral", "10"},
    {IATI_LIST_ORG_TYPE, "Other Public Sector", "15"},
    {IATI_LIST_ORG_TYPE, "International NGO", "21"},
    {IATI_LIST_ORG_TYPE, "National NGO", "22"},
    {IATI_LIST_ORG_TYPE, "Regional NGO", "23"},
    {IATI_LIST_ORG_TYPE, "NGO", "21"},
    {IATI_LIST_ORG_TYPE, "Public Private Partnership", "30"},
    {IATI_LIST_ORG_TYPE, "Multilateral", "40"},
    {IATI_LIST_ORG_TYPE, "Foundation", "60"},
    {IATI_LIST_ORG_TYPE, "Private Sector", "70"},
    {IATI_LIST_ORG_TYPE, "Academic, Training and Research", "80"},
    {IATI_LIST_ORG_TYPE, "Other", "90"},
    {IATI_LIST_DATE_TYPE, "start-planned", "1"},
    {IATI_LIST_DATE_TYPE, "start", "1"},
    {IATI_LIST_DATE_TYPE, "start-actual", "2"},
    {IATI_LIST_DATE_TYPE, "end-planned", "3"},
    {IATI_LIST_DATE_TYPE, "end", "3"},
    {IATI_LIST_DATE_TYPE, "completion", "3"},
    {IATI_LIST_DATE_TYPE, "end-actual", "4"},
    {IATI_LIST_RELATED_TYPE, "parent", "1"},
    {IATI_LIST_RELATED_TYPE, "child", "2"},
    {IATI_LIST_RELATED_TYPE, "sibling", "3"},
    {IATI_LIST_RELATED_TYPE, "multifunded", "4"},
    {IATI_LIST_RELATED_TYPE, "third party", "5"},
    {IATI_LIST_BUDGET_TYPE, "Original", "1"},
    {IATI_LIST_BUDGET_TYPE, "original-budget", "1"},
    {IATI_LIST_BUDGET_TYPE, "Revised", "2"},
    {IATI_LIST_BUDGET_TYPE, "revised-budget", "2"},
    {IATI_LIST_STATUS, "Pipeline/identification", "1"},
    {IATI_LIST_STATUS, "pipeline", "1"},
    {IATI_LIST_STATUS, "Implementation", "2"},
    {IATI_LIST_STATUS, "ongoing", "2"},
    {IATI_LIST_STATUS, "Completion", "3"},
    {IATI_LIST_STATUS, "completed", "3"},
    {IATI_LIST_STATUS, "Post-completion", "4"},
    {IATI_LIST_STATUS, "closed", "4"},
    {IATI_LIST_STATUS, "Cancelled", "5"},
    {IATI_LIST_STATUS, "Suspended", "6"},
    {IATI_LIST_SECTOR_VOCABULARY, "DAC", "1"},
    {IATI_LIST_SECTOR_VOCABULARY, "DAC-3", "2"},
    {IATI_LIST_SECTOR_VOCABULARY, "COFOG", "3"},
    {IATI_LIST_SECTOR_VOCABULARY, "NACE", "4"},
    {IATI_LIST_SECTOR_VOCABULARY, "NTEE", "5"},
    {IATI_LIST_SECTOR_VOCABULARY, "ADT", "6"},
    {IATI_LIST_SECTOR_VOCABULARY, "RO2", "98"},
    {IATI_LIST_SECTOR_VOCABULARY, "RO", "99"},
    {IATI_LIST_SECTOR_VOCABULARY, "WB", "99"},
    {IATI_LIST_DESCRIPTION_TYPE, "general", "1"},
    {IATI_LIST_DESCRIPTION_TYPE, "summary", "1"},
    {IATI_LIST_DESCRIPTION_TYPE, "objectives", "2"},
    {IATI_LIST_DESCRIPTION_TYPE, "purpose", "2"},
    {IATI_LIST_DESCRIPTION_TYPE, "target groups", "3"},
    {IATI_LIST_TIED_STATUS, "P", "3"},
    {IATI_LIST_TIED_STATUS, "T", "4"},
    {IATI_LIST_TIED_STATUS, "U", "5"},
    {IATI_LIST_TIED_STATUS, "03", "3"},
    {IATI_LIST_TIED_STATUS, "04", "4"},
    {IATI_LIST_TIED_STATUS, "05", "5"},
    {IATI_LIST_CONDITION_TYPE, "policy", "1"},
    {IATI_LIST_CONDITION_TYPE, "performance", "2"},
    {IATI_LIST_CONDITION_TYPE, "fiduciary", "3"},
};

const char *iati_modern(enum iati_list list, const char *word)
{
    if (!*word || (word[0] >= '1' && word[0] <= '9')) return NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].list != list || (words[i].word[0] | 32) != (word[0] | 32)) continue;
        if (strcasecmp(words[i].word, word) == 0) return words[i].code;
    }
    return NULL;
}

const char *iati_short(struct arena *a, const char *text)
{
    enum { KEPT = 300, HASHED = 8 };
    uint8_t hash[SHA_BYTES];
    char hex[SHA_HEX];
    size_t len = strlen(text);
    if (len <= IATI_REF_MAX) return text;
    sha256(text, len, hash);
    hex_encode(hash, HASHED, hex);
    char *kept = (char *)(uintptr_t)arena_bytes(a, text, KEPT);
    text_mend(kept);
    return TEXT_JOIN(a, kept, "~", hex);
}

const char *iati_key_part(struct arena *a, const char *text)
{
    text = iati_short(a, text);
    size_t len = strlen(text), at = 0;
    if (len == strcspn(text, "/%")) return text;
    char *out = NEW_ARRAY(a, 3 * len + 1, char);
    for (const char *p = text; *p; p++) {
        if (*p != '/' && *p != '%') {
            out[at++] = *p;
            continue;
        }
        memcpy(out + at, *p == '/' ? "%2F" : "%25", 3);
        at += 3;
    }
    return out;
}

const char *iati_say(const struct iati_text *t)
{
    for (uint32_t i = 0; i < t->count; i++) {
        if (strcasecmp(t->list[i].lang, "en") == 0) return t->list[i].text;
    }
    return t->count ? t->list[0].text : "";
}
