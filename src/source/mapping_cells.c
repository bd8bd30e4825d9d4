/* mapping_cells.c - see mapping_cells.h. */
#include "source/mapping_cells.h"

#include <string.h>

#include "base/text.h"

static void say(const struct place *p, enum severity severity, const char *rule,
                const char *heading, const char *value, const char *expected)
{
    struct diag d = {.severity = severity,
                     .rule = rule,
                     .file = p->input->name,
                     .sheet = p->sheet->name,
                     .row = p->row->number,
                     .column = heading,
                     .value = value,
                     .expected = expected};
    intake_diag(p->in, &d);
}

bool place_refuse(const struct place *p, const char *rule, const char *heading, const char *value,
                  const char *expected)
{
    say(p, DIAG_SKIPPED, rule, heading, value, expected);
    return false;
}

void place_flag(const struct place *p, const char *rule, const char *heading, const char *value,
                const char *expected)
{
    const struct diag *last = p->in->diag_count ? &p->in->diags[p->in->diag_count - 1] : NULL;
    bool again = last && last->row == p->row->number && strcmp(last->rule, rule) == 0 &&
                 strcmp(last->column, heading) == 0 && strcmp(last->file, p->input->name) == 0;
    if (!again) say(p, DIAG_FLAG, rule, heading, value, expected); /* a line and its entry */
}

/* The cell as it is to be read: by the translation of its column, if it has one. */
static const char *cell_text(const struct place *p, uint32_t column)
{
    const char *text = text_squeeze(p->scratch, row_cell(p->row, column)->text);
    for (uint32_t i = 0; i < p->table->translation_count; i++) {
        const struct translation *t = &p->table->translations[i];
        if (t->column != column) continue;
        const char *folded = text_fold(p->scratch, text);
        for (uint32_t k = 0; k < t->count; k++) {
            if (strcmp(t->from[k], folded) == 0) return t->to[k];
        }
    }
    return text;
}

bool place_tell(const struct place *p, const struct template *t, struct told *out)
{
    struct buf text = {.arena = p->scratch};
    *out = (struct told){.text = "", .heading = ""};
    for (uint32_t i = 0; i < t->count; i++) {
        const struct template_part *part = &t->parts[i];
        if (part->type == PART_TEXT) {
            buf_add(&text, part->text);
        } else if (part->type == PART_ROW) {
            buf_addf(&text, "%u", (unsigned)p->row->number);
        } else {
            const struct cell *cell = row_cell(p->row, part->column);
            if (cell->type == CELL_ERROR) {
                return place_refuse(p, "formula-error", part->text, cell->text,
                                    "a value, not a spreadsheet's error");
            }
            const char *told = cell_text(p, part->column);
            if (!out->columns++) out->heading = part->text;
            out->blanks += !*told;
            out->is_number = p->typed && t->count == 1 && cell->type == CELL_NUMBER &&
                             strcmp(told, cell->text) == 0;
            buf_add(&text, told);
        }
        if (text.len > MAPPING_TEXT_MAX) {
            return place_refuse(p, "too-long", out->heading, "", "a text of at most 64 KiB");
        }
    }
    if (text.len) out->text = text_squeeze(p->scratch, text.text);
    return true;
}

static bool holds(const struct place *p, const struct condition *c)
{
    struct told v;
    struct intake quiet = {.arena = p->scratch}; /* a section that uses the cell refuses it */
    struct place silent = *p;
    silent.in = &quiet;
    if (!place_tell(&silent, &c->value, &v)) return false;
    const char *folded = text_fold(p->scratch, v.text);
    bool found = false;
    for (uint32_t i = 0; i < c->count && !found; i++) found = strcmp(c->words[i], folded) == 0;
    return found != c->negated;
}

bool place_any(const struct place *p, const struct condition *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (holds(p, &list[i])) return true;
    }
    return false;
}

/* Blank, or a word that says there is a quantity and does not say which. */
static bool is_unknown(const struct place *p, const char *text)
{
    static const char *const words[] = {"",           "-",           "--",        ".",
                                        "..",         "n/a",         "na",        "unknown",
                                        "tbd",        "undisclosed", "not given", "several",
                                        "dozens",     "hundreds",    "thousands", "not disclosed",
                                        "unspecified"};
    const char *folded = text_fold(p->scratch, text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(folded, words[i]) == 0) return true;
    }
    for (uint32_t i = 0; i < p->table->unknown_count; i++) {
        if (strcmp(folded, p->table->unknown[i]) == 0) return true;
    }
    return false;
}

static const char *number_expected(const struct place *p)
{
    const struct number_form *f = &p->table->numbers;
    char point = f->decimal ? f->decimal : '.';
    if (!f->thousands) return text_format(p->scratch, "a number such as 1234%c5", point);
    return text_format(p->scratch, "a number such as 1%c234%c5", f->thousands, point);
}

bool place_number(const struct place *p, const struct told *v, int power, struct dec *out,
                  bool *there)
{
    *there = !is_unknown(p, v->text);
    if (!*there) return true;
    struct number_form form = p->table->numbers;
    if (v->is_number) form = (struct number_form){0};
    form.power = power;
    struct err err;
    enum rc rc = number_read(v->text, &form, out, &err);
    if (!rc) return true;
    return place_refuse(p, rc == RC_RULE ? "overflow" : "bad-number", v->heading, v->text,
                        rc == RC_RULE ? "a number that 18 digits can hold" : number_expected(p));
}

bool place_day(const struct place *p, const struct told *v, int32_t *day, enum precision *precision,
               bool *there)
{
    *there = !is_unknown(p, v->text);
    if (!*there) return true;
    struct err err;
    bool as_year = (p->table->dates & DATE_YEAR) && strlen(v->text) == 4;
    enum rc rc;
    if (v->is_number && !as_year) {
        *precision = PRECISION_DAY;
        rc = serial_day(v->text, day, &err) ? RC_RULE : RC_OK;
    } else {
        /* A constant is written by whoever wrote the map: there ISO is always understood. */
        unsigned forms = p->table->dates | (v->columns ? 0u : DATE_ISO);
        rc = date_read(v->text, forms, day, precision, &err);
    }
    if (!rc) return true;
    return place_refuse(p, rc == RC_RULE ? "date-out-of-range" : "bad-date", v->heading, v->text,
                        text_format(p->scratch, "a day between 1900 and 2199, written as %s",
                                    p->table->date_words));
}

bool place_yes(const struct place *p, const struct told *v, bool *yes)
{
    static const char *const words[2][6] = {{"", "no", "false", "0", "n", "-"},
                                            {"yes", "true", "1", "y", "x", "confirmed"}};
    const char *folded = text_fold(p->scratch, v->text);
    for (int value = 0; value < 2; value++) {
        for (int i = 0; i < 6; i++) {
            if (strcmp(folded, words[value][i]) != 0) continue;
            *yes = value == 1;
            return true;
        }
    }
    return place_refuse(p, "bad-word", v->heading, v->text, "yes or no");
}
