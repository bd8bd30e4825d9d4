/*
 * mapping_file.h - a mapping file in memory; for mapping*.c only.
 *
 * A value is a template: constant text in which {heading} stands for the cell
 * of that column. So a constant and a column are written alike, and a key can
 * be made of both.
 */
#ifndef MUSTER_SOURCE_MAPPING_FILE_H
#define MUSTER_SOURCE_MAPPING_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "record/record.h"
#include "source/forms.h"
#include "source/source.h"
#include "source/table.h"

enum {
    MAPPING_BYTES_MAX = 1 << 20,
    MAPPING_TABLES_MAX = 64,
    MAPPING_SECTIONS_MAX = 64,  /* of one table */
    MAPPING_LINES_MAX = 200,    /* of one section, and of a table's settings */
    MAPPING_TEXT_MAX = 1 << 16, /* bytes that a template may come to */
};

enum part_type { PART_TEXT, PART_COLUMN, PART_ROW };

struct template_part {
    enum part_type type;
    const char *text; /* the constant, or the heading as written */
    uint32_t column;  /* from 0; found when a table is opened */
};

struct template
{
    struct template_part *parts; /* none: empty text */
    uint32_t count;
    uint32_t line; /* in the mapping file, from 1 */
};

enum role {
    ROLE_FIELD,    /* the field `tag` */
    ROLE_AMOUNT,   /* low and high at once, in whole units of the item or currency */
    ROLE_LABEL,    /* who may see it */
    ROLE_CURRENCY, /* the item is money of that currency */
    ROLE_UNIT,     /* unit of an item that is not in the catalogue yet */
    ROLE_PARTS,    /* decimal places that are counted of such an item */
};

struct assignment {
    enum role role;
    enum tag tag;     /* of ROLE_FIELD */
    const char *name; /* as written in the mapping file */
    struct template value;
};

/* "{Status} is cancelled, withdrawn"; "{Quantity} is not blank" */
struct condition {
    struct template value;
    bool negated;
    const char **words; /* folded; "" stands for blank */
    uint32_t count;
};

/* A record that a row becomes. */
struct section {
    enum kind kind;
    uint32_t line;
    struct assignment *assignments;
    uint32_t count;
    struct condition *skips; /* any true: the row does not make this record */
    uint32_t skip_count;
    int power; /* amounts and quantities count 10^power; INT32_MIN: as the table says */
};

/* What a cell of a column is to be read as. */
struct translation {
    const char *heading;
    uint32_t column, line;
    const char **from, **to; /* from is folded */
    uint32_t count;
};

struct table_map {
    uint32_t line;
    const char *file;  /* a name, a pattern such as "2024-*.csv", several with commas; "*" all */
    const char *sheet; /* NULL: the first */
    uint32_t headings; /* row of the headings; 0: the first row there is */
    bool no_headings;
    char separator; /* of a CSV; 0: found out */
    unsigned dates;
    const char *date_words; /* the same as written */
    struct number_form numbers;
    const char **unknown; /* folded words that stand for a quantity nobody disclosed */
    uint32_t unknown_count;
    bool add_parties; /* a party nobody knows is made, not refused */
    const char *publisher, *item_prefix;
    const char *label; /* who may see the file, and what its sections do not say of; NULL: all */
    struct template series, stated; /* line 0: not given */
    struct condition *skips;
    uint32_t skip_count;
    struct translation *translations;
    uint32_t translation_count;
    struct section *sections;
    uint32_t section_count;
};

struct mapping {
    const char *name; /* of the mapping file */
    struct table_map *tables;
    uint32_t count;
    const char **scopes; /* key prefixes that the unit states completely */
    uint32_t scope_count;
};

/* RC_INPUT with "NAME line N: expected ..." */
MUST_CHECK enum rc mapping_parse(struct arena *a, const struct input *map, struct mapping *out,
                                 struct err *err);

/* The first assignment of that role (and tag, for ROLE_FIELD), or NULL. */
const struct assignment *section_find(const struct section *s, enum role role, enum tag tag);

/* The first section of that kind, or NULL. */
const struct section *table_section(const struct table_map *t, enum kind kind);

/* The rows of sheets turned into drafts: mapping_rows.c. */
struct mapping_run;

/*
 * What others refer to is read first, so that the order of tables in the map
 * does not matter: parties and items, then tables with lines, then the rest.
 */
enum mapping_pass { PASS_CATALOGUE, PASS_LINES, PASS_REST, PASS_COUNT };

struct mapping_run *mapping_run_new(struct intake *in, const struct mapping *m);

/*
 * The rows of one sheet by one table's map. `typed`: its numbers are cells of
 * a workbook, written with a point whatever the map says of text. RC_INPUT
 * when a heading that the map names is not there.
 */
MUST_CHECK enum rc mapping_run_sheet(struct mapping_run *run, struct table_map *t,
                                     const struct input *input, const struct sheet *sheet,
                                     bool typed, enum mapping_pass pass, struct err *err);

/* Frees what the run kept for itself. */
void mapping_run_end(struct mapping_run *run);

#endif
