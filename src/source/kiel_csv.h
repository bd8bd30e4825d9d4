/*
 * kiel_csv.h - private to the reader of the tracker's CSV releases: what was
 * read, for the checks that look at all of it together.
 */
#ifndef MUSTER_SOURCE_KIEL_CSV_H
#define MUSTER_SOURCE_KIEL_CSV_H

#include "source/kiel.h"

enum csv_file {
    FILE_EXPLORER,
    FILE_INFO,
    FILE_WEAPONS,
    FILE_TOTALS,
    FILE_PROCUREMENT,
    FILE_SHARES,
    FILE_COUNT
};

struct table {
    const struct input *input;
    const struct sheet *sheet; /* NULL: not given; row 0 is the heading */
};

struct month {
    int32_t last_day;
    const char *text; /* "2024-10" */
};

enum explorer_column {
    COLUMN_TOTAL,
    COLUMN_FINANCIAL,
    COLUMN_HUMANITARIAN,
    COLUMN_MILITARY,
    COLUMN_COMMITMENTS,
    COLUMN_BALANCE, /* commitments less total, as the publisher says */
    COLUMN_COUNT
};

extern const char *const explorer_columns[COLUMN_COUNT];

/* A row of data_explorer.csv that was taken; billions of EUR. */
struct explorer_row {
    uint32_t row;
    const char *party, *passage;
    struct month month;
    bool has[COLUMN_COUNT];
    struct dec bn[COLUMN_COUNT];
};

/* A row of weapons.csv that was taken. */
struct weapon {
    uint32_t row;
    const char *party, *passage, *category, *list;
    int64_t number; /* 0: not given */
    bool has_value;
    int64_t cents; /* EUR */
};

struct release {
    struct kiel k;
    const char *title, *receiver, *series_allocations, *series_commitments;
    struct table tables[FILE_COUNT];
    struct map lines, gdp;
    int32_t newest; /* last day of the newest month in the data */
    struct explorer_row *rows;
    uint32_t row_count;
    struct weapon *weapons;
    uint32_t weapon_count;
};

/* The heading takes the place of the letter. row may be NULL: about the whole file. */
void release_diag(struct release *r, enum severity severity, const char *rule,
                  const struct sheet_row *row, const char *head, const char *value,
                  const char *expected, const char *party);

/* A cell as a number; what is neither empty nor a number is said and left out. */
bool release_number(struct release *r, const struct sheet *s, const struct sheet_row *row,
                    const char *head, struct dec *out);

bool release_month(struct release *r, const struct sheet *s, const struct sheet_row *row,
                   struct month *out);

/* --- rows that cannot be right (kiel_doubts.c) --- */

void release_check_rows(struct release *r);
void release_check_weapons(struct release *r);
void release_check_totals(struct release *r);

#endif
