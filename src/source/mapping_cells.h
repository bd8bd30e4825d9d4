/*
 * mapping_cells.h - what a row says where a template points; for mapping_*.c.
 */
#ifndef MUSTER_SOURCE_MAPPING_CELLS_H
#define MUSTER_SOURCE_MAPPING_CELLS_H

#include "source/mapping_file.h"

/* One row of one sheet, and where to say what is wrong with it. */
struct place {
    struct intake *in;
    struct arena *scratch; /* forgotten after the row */
    const struct input *input;
    const struct sheet *sheet;
    const struct table_map *table;
    const struct sheet_row *row;
    bool typed;
};

/* What a template comes to in a row. */
struct told {
    const char *text;         /* squeezed; "" when there is nothing */
    const char *heading;      /* the first column it names, "" for a constant */
    uint32_t columns, blanks; /* how many it names, and how many of them are blank here */
    bool is_number;           /* one cell that is a number by its type in a workbook */
};

/* A diagnostic at this row; always false, so that a refusal is one line. */
bool place_refuse(const struct place *p, const char *rule, const char *heading, const char *value,
                  const char *expected);
void place_flag(const struct place *p, const char *rule, const char *heading, const char *value,
                const char *expected);

/* False, refused: a formula's error, or a text beyond all bounds. */
bool place_tell(const struct place *p, const struct template *t, struct told *out);

/* Whether any of the conditions holds. False as well when a cell is in error: then nothing holds.
 */
bool place_any(const struct place *p, const struct condition *list, uint32_t count);

/*
 * Of the told: a number, a day, a yes. Refused when something else stands
 * there; *there is false, and nothing refused, when it is blank or unknown.
 */
bool place_number(const struct place *p, const struct told *v, int power, struct dec *out,
                  bool *there);
bool place_day(const struct place *p, const struct told *v, int32_t *day, enum precision *precision,
               bool *there);
bool place_yes(const struct place *p, const struct told *v, bool *yes);

#endif
