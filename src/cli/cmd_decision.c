/* cmd_decision.c - muster decision: what was decided, tasked or agreed: list, show. */
#include "cli/nouns.h"
#include "report/evidence.h"

static void evidence_columns(struct rows *rows)
{
    rows_columns(rows, "evidence");
    rows_column(rows, "address", NULL, COLUMN_NO_TEXT);
}

static uint32_t evidence_cells(struct arena *a, const struct opened *o, uint32_t noun,
                               struct cell *cells)
{
    const struct book *b = o->view.book;
    const struct record *r = book_version(b, noun, o->exchange.at.known);
    uint64_t passage = r ? record_ref(r, F_PASSAGE) : 0;
    cells[0] = cell_text(evidence_words(a, b, passage));
    cells[1] = cell_text(evidence_address(b, passage));
    return 2;
}

static const struct noun decisions = {
    .kind = KIND_DECISION,
    .title = "Decisions",
    .columns = (const struct noun_column[]){{F_DAY, "day"},
                                            {F_TYPE, "type"},
                                            {F_PARTY, "party"},
                                            {F_NAME, "name"},
                                            {F_TEXT, "text"},
                                            {F_UNTIL, "due"},
                                            {F_NOTE, "note"},
                                            {0}},
    .more_columns = evidence_columns,
    .more_cells = evidence_cells,
};
NOUN_PARTS(decisions);

const struct command cmd_decision = {
    .name = "decision",
    .group = GROUP_ASK,
    .about = "what was decided, tasked or agreed: list, show",
    .details = "Guidelines, taskings, options and decisions with who took them and when they are"
               " due, yearly floors (see 'muster floor'), and the answers of givers in rounds; as"
               " they were known then. Mapping files bring them in.",
    .examples = "muster decision list --with assistance\n# all that speaks of assistance\n",
    .opts = noun_list_opts,
    .uses = USES_QUESTION,
    .args_size = sizeof(struct noun_args),
    .run = list_run,
    .parts = (const struct command *const[]){&part_list, &part_show, NULL},
};
