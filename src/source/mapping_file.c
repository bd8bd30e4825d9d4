/*
 * mapping_file.c - reading a mapping file.
 *
 * Which fields a section may hold is the one table of fields (record.h) and a
 * few everyday words for them, so a new field can be mapped the day it exists.
 * All that can be known wrong without the table is refused here, with the
 * line; rows are mapping_rows.c's.
 */
#include "source/mapping_file.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

/* Everyday words, by the kinds in which they are used so. */
#define K(kind) KIND_BIT(KIND_##kind)
static const struct word {
    const char *word;
    uint32_t kinds;
    enum role role;
    enum tag tag;
} words[] = {
    {"giver", K(LINE) | K(PACKAGE), ROLE_FIELD, F_PARTY},
    {"donor", K(LINE) | K(PACKAGE), ROLE_FIELD, F_PARTY},
    {"owner", K(LOT), ROLE_FIELD, F_PARTY},
    {"group", K(MEMBERSHIP), ROLE_FIELD, F_PARENT},
    {"title", K(SOURCE), ROLE_FIELD, F_NAME},
    {"stage", K(ENTRY) | K(VALUE), ROLE_FIELD, F_TO},
    {"date", ~UINT32_C(0), ROLE_FIELD, F_DAY},
    {"quantity", K(LINE), ROLE_AMOUNT, F_LOW},
    {"amount", K(LINE) | K(VALUE), ROLE_AMOUNT, F_LOW},
    {"quantity", K(ENTRY) | K(NEED) | K(LOT) | K(RELATION), ROLE_FIELD, F_QTY},
    {"amount", K(ENTRY) | K(NEED) | K(LOT), ROLE_FIELD, F_QTY},
    {"currency", K(LINE) | K(ENTRY) | K(NEED) | K(LOT), ROLE_CURRENCY, F_CURRENCY},
    {"item", K(ENTRY), ROLE_FIELD, F_ITEM},
    {"unit", K(LINE) | K(ENTRY) | K(NEED) | K(LOT) | K(PRICE), ROLE_UNIT, F_UNIT},
    {"parts", K(LINE) | K(ENTRY) | K(NEED) | K(LOT) | K(PRICE), ROLE_PARTS, F_PARTS},
    {"label", ~UINT32_C(0), ROLE_LABEL, F_KEY},
};
#undef K

struct parser {
    struct arena *arena;
    struct mapping *out;
    uint32_t line;
    struct table_map *table;
    struct section *section; /* NULL: among a table's settings */
    bool started;            /* the table has a setting or a section of its own */
    struct err *err;
};

#define REFUSE(p, ...) refuse((p), text_format((p)->arena, __VA_ARGS__))

static enum rc refuse(struct parser *p, const char *why)
{
    return fail(p->err, RC_INPUT, "%.60s line %u: %.160s", p->out->name, p->line, why);
}

const struct assignment *section_find(const struct section *s, enum role role, enum tag tag)
{
    for (uint32_t i = 0; i < s->count; i++) {
        const struct assignment *a = &s->assignments[i];
        if (a->role == role && (role != ROLE_FIELD || a->tag == tag)) return a;
    }
    return NULL;
}

const struct section *table_section(const struct table_map *t, enum kind kind)
{
    for (uint32_t i = 0; i < t->section_count; i++) {
        if (t->sections[i].kind == kind) return &t->sections[i];
    }
    return NULL;
}

/* --- templates and conditions --- */

static void add_part(struct template *t, enum part_type type, const char *text)
{
    t->parts[t->count++] = (struct template_part){.type = type, .text = text};
}

static enum rc parse_template(struct parser *p, const char *text, struct template *out)
{
    size_t room = 1;
    for (const char *at = text; *at; at++) room += *at == '{' ? 2 : 0;
    *out = (struct template){.parts = NEW_ARRAY(p->arena, room, struct template_part),
                             .line = p->line};
    while (*text) {
        size_t len = strcspn(text, "{");
        if (text[0] == '{' && text[1] == '{') {
            add_part(out, PART_TEXT, "{");
            text += 2;
            continue;
        }
        if (len) {
            add_part(out, PART_TEXT, arena_bytes(p->arena, text, len));
            text += len;
            continue;
        }
        const char *end = strchr(text, '}');
        if (!end) return REFUSE(p, "expected } after '%.60s'", text);
        const char *name =
            text_squeeze(p->arena, arena_bytes(p->arena, text + 1, (size_t)(end - text - 1)));
        if (!*name) return REFUSE(p, "expected a column's heading between { and }");
        add_part(out, PART_COLUMN, name);
        text = end + 1;
    }
    return RC_OK;
}

/* "a, b, c" as folded words. */
static uint32_t parse_words(struct parser *p, const char *list, const char ***out)
{
    uint32_t count = 1;
    for (const char *at = list; *at; at++) count += *at == ',';
    *out = NEW_ARRAY(p->arena, count, const char *);
    count = 0;
    for (const char *at = list; *at;) {
        size_t len = strcspn(at, ",");
        const char *word = text_fold(p->arena, arena_bytes(p->arena, at, len));
        if (*word) (*out)[count++] = word;
        at += len + (at[len] == ',');
    }
    return count;
}

static enum rc parse_condition(struct parser *p, const char *text, struct condition *out)
{
    const char *is = strstr(text, "} is ");
    if (*text != '{' || !is) {
        return REFUSE(p,
                      "expected '{Column} is blank', '{Column} is not blank' or "
                      "'{Column} is word, word', got '%.60s'",
                      text);
    }
    enum rc rc =
        parse_template(p, arena_bytes(p->arena, text, (size_t)(is + 1 - text)), &out->value);
    if (rc) return rc;
    const char *rest = is + 5;
    out->negated = strncasecmp(rest, "not ", 4) == 0;
    if (out->negated) rest += 4;
    out->count = parse_words(p, rest, &out->words);
    if (!out->count) return REFUSE(p, "expected a word after 'is'");
    for (uint32_t i = 0; i < out->count; i++) {
        if (strcmp(out->words[i], "blank") == 0) out->words[i] = "";
    }
    return RC_OK;
}

static enum rc add_condition(struct parser *p, const char *text, struct condition **list,
                             uint32_t *count)
{
    if (!*list) *list = NEW_ARRAY(p->arena, MAPPING_LINES_MAX, struct condition);
    if (*count == MAPPING_LINES_MAX) return REFUSE(p, "too many conditions");
    struct condition *c = &(*list)[*count];
    enum rc rc = parse_condition(p, text, c);
    if (!rc) ++*count;
    return rc;
}

/* "Pledged -> announced, Sent -> dispatched" */
static enum rc parse_translation(struct parser *p, const char *heading, const char *text)
{
    struct table_map *t = p->table;
    if (!t->translations) {
        t->translations = NEW_ARRAY(p->arena, MAPPING_LINES_MAX, struct translation);
    }
    if (t->translation_count == MAPPING_LINES_MAX) return REFUSE(p, "too many translations");
    uint32_t room = 1;
    for (const char *at = text; *at; at++) room += *at == ',';
    struct translation tr = {.heading = text_squeeze(p->arena, heading),
                             .line = p->line,
                             .from = NEW_ARRAY(p->arena, room, const char *),
                             .to = NEW_ARRAY(p->arena, room, const char *)};
    while (*text) {
        size_t len = strcspn(text, ",");
        const char *pair = arena_bytes(p->arena, text, len);
        const char *arrow = strstr(pair, "->");
        if (!arrow) {
            return REFUSE(p, "expected 'their word -> our word', got '%.60s'", pair);
        }
        tr.from[tr.count] =
            text_fold(p->arena, arena_bytes(p->arena, pair, (size_t)(arrow - pair)));
        tr.to[tr.count++] = text_squeeze(p->arena, arrow + 2);
        text += len + (text[len] == ',');
    }
    t->translations[t->translation_count++] = tr;
    return RC_OK;
}

/* --- settings of a table --- */

static enum rc set_headings(struct parser *p, const char *text)
{
    uint32_t row = 0;
    p->table->no_headings = strcmp(text, "none") == 0;
    if (p->table->no_headings) return RC_OK;
    for (const char *at = text; *at; at++) {
        if (*at < '0' || *at > '9' || row > 1 << 20) {
            return REFUSE(p, "expected the row of the headings or 'none', got '%.40s'", text);
        }
        row = row * 10 + (uint32_t)(*at - '0');
    }
    if (!row) return REFUSE(p, "expected the row of the headings, counted from 1");
    p->table->headings = row;
    return RC_OK;
}

/* A sign by name or as itself; `allowed` lists what it may be. '\0' for "none". */
static enum rc parse_sign(struct parser *p, const char *text, const char *allowed, char *out)
{
    static const struct {
        const char *name;
        char sign;
    } names[] = {{"comma", ','}, {"point", '.'}, {"semicolon", ';'},
                 {"tab", '\t'},  {"space", ' '}, {"apostrophe", '\''}};
    char sign = text[0] && !text[1] ? text[0] : '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcasecmp(text, names[i].name) == 0) sign = names[i].sign;
    }
    if (strcasecmp(text, "none") != 0 && (!sign || !strchr(allowed, sign))) {
        return REFUSE(p,
                      "expected comma, point, semicolon, tab, space, apostrophe or none, "
                      "as fits here, got '%.40s'",
                      text);
    }
    *out = sign;
    return RC_OK;
}

static enum rc parse_multiply(struct parser *p, const char *text, int *out)
{
    int power = power_named(text);
    if (power < 0) {
        return REFUSE(p,
                      "expected thousand, million, billion or a power of ten such as 1e6, "
                      "got '%.40s'",
                      text);
    }
    *out = power;
    return RC_OK;
}

static enum rc set_dates(struct parser *p, const char *text)
{
    struct err err;
    p->table->dates = date_forms_named(text, &err);
    p->table->date_words = text;
    return p->table->dates ? RC_OK : refuse(p, err.msg);
}

static enum rc set_parties(struct parser *p, const char *text)
{
    p->table->add_parties = strcmp(text, "add") == 0;
    if (p->table->add_parties || strcmp(text, "refuse") == 0) return RC_OK;
    return REFUSE(p, "expected 'add' or 'refuse', got '%.40s'", text);
}

static enum rc set_label(struct parser *p, const char *text)
{
    bool known =
        strcmp(text, "public") == 0 || text_starts(text, "group:") || text_starts(text, "parties:");
    if (!known || strchr(text, '{')) {
        return REFUSE(p, "expected public, group:KEY or parties:KEY,KEY, got '%.40s'", text);
    }
    p->table->label = text;
    return RC_OK;
}

static enum rc add_scope(struct parser *p, const char *text)
{
    struct mapping *m = p->out;
    if (!m->scopes) m->scopes = NEW_ARRAY(p->arena, MAPPING_LINES_MAX, const char *);
    if (m->scope_count == MAPPING_LINES_MAX) return REFUSE(p, "too many 'complete'");
    m->scopes[m->scope_count++] = text;
    return RC_OK;
}

static enum rc set_setting(struct parser *p, const char *key, const char *value)
{
    struct table_map *t = p->table;
    if (strcmp(key, "skip when") == 0) {
        return add_condition(p, value, &t->skips, &t->skip_count);
    }
    if (text_starts(key, "translate ")) return parse_translation(p, key + 10, value);
    if (!*value) return REFUSE(p, "expected something after '%.40s ='", key);
    if (strcmp(key, "file") == 0) return t->file = value, RC_OK;
    if (strcmp(key, "sheet") == 0) return t->sheet = value, RC_OK;
    if (strcmp(key, "publisher") == 0) return t->publisher = value, RC_OK;
    if (strcmp(key, "items") == 0) return t->item_prefix = value, RC_OK;
    if (strcmp(key, "headings") == 0) return set_headings(p, value);
    if (strcmp(key, "separator") == 0) return parse_sign(p, value, ",;\t", &t->separator);
    if (strcmp(key, "dates") == 0) return set_dates(p, value);
    if (strcmp(key, "decimal") == 0) return parse_sign(p, value, ".,", &t->numbers.decimal);
    if (strcmp(key, "thousands") == 0) return parse_sign(p, value, ".,' ", &t->numbers.thousands);
    if (strcmp(key, "multiply") == 0) return parse_multiply(p, value, &t->numbers.power);
    if (strcmp(key, "unknown parties") == 0) return set_parties(p, value);
    if (strcmp(key, "complete") == 0) return add_scope(p, value);
    if (strcmp(key, "label") == 0) return set_label(p, value);
    if (strcmp(key, "series") == 0) return parse_template(p, value, &t->series);
    if (strcmp(key, "stated") == 0) return parse_template(p, value, &t->stated);
    if (strcmp(key, "unknown") == 0) {
        t->unknown_count = parse_words(p, value, &t->unknown);
        return RC_OK;
    }
    return REFUSE(
        p, "'%.40s' is no setting of a table; fields stand below a section such as [line]", key);
}

/* --- sections --- */

static enum rc find_field(struct parser *p, const char *name, struct assignment *out)
{
    struct section *s = p->section;
    uint32_t kinds = KIND_BIT(s->kind);
    if (s->kind == KIND_SOURCE) kinds |= KIND_BIT(KIND_PASSAGE);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!(words[i].kinds & kinds) || strcmp(words[i].word, name) != 0) continue;
        if (words[i].role == ROLE_FIELD && words[i].tag == F_DAY &&
            !(record_fields[F_DAY].kinds & kinds)) {
            continue;
        }
        out->role = words[i].role;
        out->tag = words[i].tag;
        return RC_OK;
    }
    for (int tag = 1; tag < TAG_COUNT; tag++) {
        const struct field_rule *f = &record_fields[tag];
        if (!f->name || strcmp(f->name, name) != 0 || !(f->kinds & kinds)) continue;
        out->role = ROLE_FIELD;
        out->tag = (enum tag)tag;
        return RC_OK;
    }
    return REFUSE(p, "[%s] has no '%.40s'", kind_name(s->kind), name);
}

static enum rc set_field(struct parser *p, const char *key, const char *value)
{
    struct section *s = p->section;
    if (strcmp(key, "skip when") == 0) {
        return add_condition(p, value, &s->skips, &s->skip_count);
    }
    if (strcmp(key, "multiply") == 0) return parse_multiply(p, value, &s->power);
    if (!s->assignments) {
        s->assignments = NEW_ARRAY(p->arena, MAPPING_LINES_MAX, struct assignment);
    }
    if (s->count == MAPPING_LINES_MAX) return REFUSE(p, "too many fields");
    struct assignment a = {.name = key};
    enum rc rc = find_field(p, key, &a);
    if (rc) return rc;
    if (a.role == ROLE_FIELD && record_fields[a.tag].type == TYPE_STAGE && !strchr(value, '{') &&
        stage_named(value) == STAGE_COUNT) {
        return REFUSE(p, "'%.40s' is no stage; expected announced, committed, delivered ...",
                      value);
    }
    bool many = a.role == ROLE_FIELD && record_fields[a.tag].many;
    if (!many && section_find(s, a.role, a.tag)) {
        return REFUSE(p, "'%.40s' stands twice in this [%s]", key, kind_name(s->kind));
    }
    if (!*value) return REFUSE(p, "expected something after '%.40s ='", key);
    rc = parse_template(p, value, &a.value);
    if (!rc) s->assignments[s->count++] = a;
    return rc;
}

/* Whether muster fills that field in where the map does not. */
static bool has_default(const struct table_map *t, const struct section *s, enum tag tag)
{
    switch (tag) {
    case F_PASSAGE:
    case F_AUTHOR:
    case F_FROM:
    case F_BASIS: return true;
    case F_TYPE: return s->kind == KIND_PARTY || s->kind == KIND_STATEMENT;
    case F_UNIT: return s->kind == KIND_ITEM;
    case F_LINE: return table_section(t, KIND_LINE) != NULL;
    case F_OF:
        return s->kind == KIND_VALUE &&
               (table_section(t, KIND_LINE) || table_section(t, KIND_PACKAGE));
    case F_SERIES: return t->series.line != 0;
    case F_ITEM: return section_find(s, ROLE_CURRENCY, F_CURRENCY) != NULL;
    default: return false;
    }
}

/* A lot of a thing may say in which currency it costs what it costs; other things are not money. */
static void own_currency(const struct section *s)
{
    if (s->kind != KIND_LOT || !section_find(s, ROLE_FIELD, F_ITEM)) return;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->assignments[i].role == ROLE_CURRENCY) s->assignments[i].role = ROLE_FIELD;
    }
}

/* What the section lacks, said at the section's own line. */
static enum rc check_section(struct parser *p, const struct table_map *t, const struct section *s)
{
    p->line = s->line;
    own_currency(s);
    const char *kind = kind_name(s->kind);
    const struct assignment *money = section_find(s, ROLE_CURRENCY, F_CURRENCY);
    if (s->kind == KIND_LINE && !money && !section_find(s, ROLE_FIELD, F_ITEM)) {
        return REFUSE(p, "[line] needs 'item =' or 'currency =': what is promised");
    }
    for (int tag = 1; tag < TAG_COUNT; tag++) {
        const struct field_rule *f = &record_fields[tag];
        bool needed = f->name && (f->required & KIND_BIT(s->kind));
        if (tag == F_KEY && (s->kind == KIND_STATEMENT || s->kind == KIND_DECISION)) {
            needed = true;
        }
        if (!needed || has_default(t, s, (enum tag)tag)) continue;
        if (!section_find(s, ROLE_FIELD, (enum tag)tag)) {
            return REFUSE(p, "[%s] needs '%s ='", kind, f->name);
        }
    }
    if (money && section_find(s, ROLE_FIELD, F_ITEM)) {
        return REFUSE(p, "[%s] has both an item and a currency; it is one or the other", kind);
    }
    const struct assignment *amount = section_find(s, ROLE_AMOUNT, F_LOW);
    if (amount && (section_find(s, ROLE_FIELD, F_LOW) || section_find(s, ROLE_FIELD, F_HIGH))) {
        return REFUSE(p, "[%s] has '%s' and 'low' or 'high'; it is one or the other", kind,
                      amount->name);
    }
    if (section_find(s, ROLE_LABEL, F_KEY) && !t->label) {
        return REFUSE(p, "[%s] has a label, so the table needs 'label =' too: who may see the file",
                      kind);
    }
    if (s->kind == KIND_SOURCE && !section_find(s, ROLE_FIELD, F_ADDRESS) &&
        !section_find(s, ROLE_FIELD, F_NAME) && !section_find(s, ROLE_FIELD, F_KEY)) {
        return REFUSE(p, "[source] needs 'address =', 'title =' or 'key ='");
    }
    return RC_OK;
}

static enum rc check_table(struct parser *p, const struct table_map *t)
{
    if (!t->section_count) {
        p->line = t->line;
        return REFUSE(p, "expected a section such as [line] that says what a row becomes");
    }
    char point = t->numbers.decimal ? t->numbers.decimal : '.';
    if (t->numbers.thousands == point) {
        p->line = t->line;
        return REFUSE(p, "decimal and thousands are both '%c'; expected two signs", point);
    }
    for (uint32_t i = 0; i < t->section_count; i++) {
        enum rc rc = check_section(p, t, &t->sections[i]);
        if (rc) return rc;
    }
    return RC_OK;
}

/* A further table: how it is written is as before, what it is and becomes is not. */
static enum rc begin_table(struct parser *p)
{
    struct mapping *m = p->out;
    p->section = NULL;
    if (m->count == MAPPING_TABLES_MAX) return REFUSE(p, "too many tables");
    if (!p->started) { /* at the top, or after what all tables share */
        p->table->line = p->line;
        return RC_OK;
    }
    struct table_map next = *p->table;
    next.line = p->line;
    next.file = "*";
    next.sheet = NULL;
    next.separator = 0;
    next.headings = 0;
    next.no_headings = false;
    next.skips = NULL;
    next.skip_count = 0;
    next.translations = NULL;
    next.translation_count = 0;
    next.sections = NULL;
    next.section_count = 0;
    p->table = &m->tables[m->count++];
    *p->table = next;
    p->started = false;
    return RC_OK;
}

static enum rc begin_section(struct parser *p, const char *name)
{
    if (strcmp(name, "table") == 0) return begin_table(p);
    struct table_map *t = p->table;
    enum kind kind = kind_named(name);
    if (kind == KIND_NONE || kind == KIND_PASSAGE || kind == KIND_FLAG) {
        return REFUSE(p,
                      "[%.40s] is no section; expected [table], [line], [entry], [package], "
                      "[value], [need], [price], [source] ...",
                      name);
    }
    if (!t->sections) t->sections = NEW_ARRAY(p->arena, MAPPING_SECTIONS_MAX, struct section);
    if (t->section_count == MAPPING_SECTIONS_MAX) return REFUSE(p, "too many sections");
    bool once = kind == KIND_LINE || kind == KIND_PACKAGE || kind == KIND_SOURCE;
    if (once && table_section(t, kind)) {
        return REFUSE(p, "a second [%s]: a row becomes one at most", name);
    }
    p->section = &t->sections[t->section_count++];
    *p->section = (struct section){.kind = kind, .line = p->line, .power = INT32_MIN};
    p->started = true;
    return RC_OK;
}

/* --- lines --- */

/* Without a comment ("#" at the start or after a space) and outer white space. */
static char *strip(char *line)
{
    bool quoted = false;
    for (char *at = line; *at; at++) {
        if (*at == '"') quoted = !quoted;
        if (*at == '#' && !quoted && (at == line || at[-1] == ' ' || at[-1] == '\t')) {
            *at = '\0';
            break;
        }
    }
    while (*line == ' ' || *line == '\t') line++;
    size_t len = strlen(line);
    while (len && strchr(" \t\r", line[len - 1])) line[--len] = '\0';
    return line;
}

static enum rc parse_line(struct parser *p, char *line)
{
    size_t len = strlen(line);
    if (!len) return RC_OK;
    if (line[0] == '[') {
        if (line[len - 1] != ']') return REFUSE(p, "expected ] after '%.40s'", line);
        line[len - 1] = '\0';
        return begin_section(p, text_squeeze(p->arena, line + 1));
    }
    char *equals = strchr(line, '=');
    if (!equals) return REFUSE(p, "expected 'key = value' or '[section]', got '%.60s'", line);
    *equals = '\0';
    const char *key = text_squeeze(p->arena, line);
    char *value = strip(equals + 1);
    len = strlen(value);
    if (len >= 2 && value[0] == '"' && value[len - 1] == '"') {
        value[len - 1] = '\0';
        value++;
    }
    if (!*key) return REFUSE(p, "expected a key before '='");
    if (p->section) return set_field(p, key, value);
    if (strcmp(key, "file") == 0 || strcmp(key, "sheet") == 0) p->started = true;
    return set_setting(p, key, value);
}

enum rc mapping_parse(struct arena *a, const struct input *map, struct mapping *out,
                      struct err *err)
{
    const char *bytes = map->bytes, *clean;
    size_t len = map->len;
    *out = (struct mapping){.name = map->name,
                            .tables = NEW_ARRAY(a, MAPPING_TABLES_MAX, struct table_map),
                            .count = 1};
    out->tables[0] = (struct table_map){
        .line = 1, .file = "*", .dates = DATE_ISO, .date_words = "iso", .item_prefix = "item:"};
    if (len > MAPPING_BYTES_MAX) {
        return fail(err, RC_INPUT, "%.60s: a mapping file has at most 1 MiB", map->name);
    }
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) bytes += 3, len -= 3;
    char *text = NEW_ARRAY(a, len + 1, char);
    size_t kept = 0;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] != '\r') text[kept++] = bytes[i];
    }
    if (text_clean(a, text, kept, &clean, err)) {
        return fail_in(err, "%.60s", map->name);
    }
    struct parser p = {.arena = a, .out = out, .table = &out->tables[0], .err = err};
    for (const char *at = clean; *at;) {
        size_t line_len = strcspn(at, "\n");
        p.line++;
        char *line = NEW_ARRAY(a, line_len + 1, char);
        memcpy(line, at, line_len);
        enum rc rc = parse_line(&p, strip(line));
        if (rc) return rc;
        at += line_len + (at[line_len] == '\n');
    }
    for (uint32_t i = 0; i < out->count; i++) {
        enum rc rc = check_table(&p, &out->tables[i]);
        if (rc) return rc;
    }
    return RC_OK;
}
