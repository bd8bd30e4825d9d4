/*
 * sheet_test.c - fact sheets about another country or another part of the
 * world: what agencies give there, to whom, and how far it is.
 */
#include "sentences.h"

#define SHEET(title)                                                                               \
    "---\ntitle: \"FACT SHEET: " title "\"\n"                                                      \
    "source_url: https://bidenwhitehouse.archives.gov/sheet\ndate: '2031-03-12'\n---\n\n"

/* A partnership of two countries. */
static const struct form partnership = {
    SHEET("The U.S.-Namibia Partnership") "President Holt welcomed the President of Namibia today. "
                                          "The United States supports Namibia, "
                                          "and has provided assistance to Namibia. Namibia is a "
                                          "friend. The people of Namibia vote. "
                                          "The two Presidents spoke of Namibia and its neighbors. "
                                          "They met in Windhoek. Leaders of "
                                          "Namibia will visit again. We thank Namibia for that. It "
                                          "was a good day.\n\n"
                                          "**Working together**\n\n-   ",
    "\n",
};

/* A region whose countries are named here and there. */
static const struct form region = {
    SHEET("Strengthening the U.S.-Caribbean Partnership") "Leaders of Jamaica, Barbados, Guyana, "
                                                          "Belize, Suriname, Dominica and Haiti "
                                                          "met today. They spoke of the "
                                                          "Caribbean. Jamaica was the host. "
                                                          "Barbados and Belize agree. Guyana and "
                                                          "Haiti joined. "
                                                          "The Caribbean is a neighbor. Leaders of "
                                                          "the Caribbean spoke. It was a good day. "
                                                          "We look ahead. The President was "
                                                          "there.\n\n"
                                                          "-   A team will visit Jamaica.\n\n-   ",
    "\n",
};

/* The whole world, an attacker among those who are named. */
static const struct form world = {
    SHEET("Building Ports and Roads") "Leaders of Jamaica, Barbados, Guyana, Belize and Haiti met "
                                      "today. They spoke of Russia's war "
                                      "and its cost. Global trade, global health, global roads and "
                                      "global rain are global.\n\n-   ",
    "\n",
};

static void agencies_give_abroad_whatever_it_is_for(void)
{
    static const struct expectation table[] = {
        {&partnership, "USAID will provide $3 million for roads and other infrastructure.",
         "support announced USA>NAM 3000000 USD money\n"},
        {&partnership, "DFC has invested over $40 million in climate finance.",
         "support provided USA>NAM 40000000 USD money\n"},
        {&partnership, "EXIM approved a new loan of $70 million to help small businesses.",
         "support committed USA>NAM 70000000 USD money\n"},
        {&partnership, "Two-way trade totaled $500 million last year.", ""},
        {&partnership, "Acme Shipping committed $5 million to its new pier.", ""},
        {&partnership, "The Commerce Department launched a drive to leverage $9 million.", ""},
        {&white_house, "The EPA provided $58 million for infrastructure.", ""},
    };
    CHECK_TABLE(table);
}

static void what_is_given_in_a_region_is_for_the_region(void)
{
    static const struct expectation table[] = {
        {&region, "USAID plans to provide $6 million to fight plant diseases.",
         "support announced USA>Caribbean 6000000 USD money\n"},
        {&world,
         "***Light in Ecuador:*** DFC committed a $44 million loan to build Ecuador's lamps.",
         "support committed USA>ECU 44000000 USD money\n"},
        {&world, "***Rails in Peru:*** A team will go there.\n\n-   USAID gave $3 million in aid.",
         "support provided USA> 3000000 USD mixed\n"},
        {&region, "USAID plans to provide $6 million to Belize.",
         "support announced USA>BLZ 6000000 USD money\n"},
        {&region, "Leaders of Haiti came. USAID plans to provide $6 million in aid for the region.",
         "support announced USA>Caribbean 6000000 USD mixed\n"},
        {&partnership, "USAID has provided $9 million in loans that help towns across Zambia.",
         "support provided USA>ZMB 9000000 USD money\n"},
        {&region, "The United States contributed $8 million to the Rivers and Lakes Fund.",
         "support provided USA> 8000000 USD money\n"},
        {&partnership, "USAID is providing $2 million to partner with three schools.",
         "support provided USA>NAM 2000000 USD money\n"},
        {&partnership,
         "To help at least 60 countries fight fires, USAID plans to provide $4 million.",
         "support announced USA>NAM 4000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void an_item_does_not_say_what_the_item_before_it_asked_for(void)
{
    static const struct expectation table[] = {
        {&partnership,
         "The President has requested $9 million from Congress for Namibia.\n\n"
         "-   USAID plans to invest $4 million in Namibia.",
         "support considered USA>NAM 9000000 USD money\n"
         "support announced USA>NAM 4000000 USD money\n"},
        {&partnership, "The President's Budget Request for 2032 includes $8 million for roads.",
         "support considered USA>NAM 8000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void a_heading_tells_whom_the_items_below_it_are_about(void)
{
    static const struct expectation table[] = {
        {&region,
         "We go on.\n\n**Building Roads in Guyana**\n\n-   The beaches are clean.\n\n"
         "-   USAID has provided $3 million in assistance.",
         "support provided USA>GUY 3000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void money_of_firms_is_no_gift_and_what_it_is_drawn_by_is_one(void)
{
    static const struct expectation table[] = {
        {&partnership, "Blue Wharf has committed to invest $40 million in Namibia.", ""},
        {&partnership, "The fund is expected to bring $12 million in private capital.", ""},
        {&partnership, "The plan has new private sector investments of $30 million.", ""},
        {&partnership, "USAID will grant $3 million to strengthen private sector investment.",
         "support announced USA>NAM 3000000 USD money\n"},
        {&partnership, "USAID launched a $2 million program for beekeepers.",
         "support committed USA>NAM 2000000 USD money\n"},
        {&partnership, "The State Department launched Green Hills with a $1 million investment.",
         "support committed USA>NAM 1000000 USD money\n"},
        {&partnership, "USTDA will support clean energy through a $4 million grant.",
         "support announced USA>NAM 4000000 USD money\n"},
        {&partnership, "USAID intends to provide $6 million to launch the Tall Trees Initiative.",
         "support announced USA>NAM 6000000 USD money\n"},
        {&white_house, "USAID has allocated $15 million to help women vote.",
         "support committed USA>MDA 15000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void who_we_are_may_be_said_in_the_first_words(void)
{
    static const struct form declaration = {
        "---\ntitle: \"Joint Declaration of Support for Moldova\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/sheet\ndate: '2031-03-12'\n---\n\n"
        "We, the Leaders of the Group of Seven (G7), support Moldova against Russia's "
        "aggression.\n\n",
        "\n",
    };
    static const struct expectation table[] = {
        {&declaration, "We will provide $5 million in loans to Moldova.",
         "support announced G7>MDA 5000000 USD money\n"},
        {&partnership, "The clinics have trained 300 nurses, who test for COVID-19.",
         "support provided USA>NAM 300 people training\n"},
    };
    CHECK_TABLE(table);
}

static void what_the_support_just_told_includes_is_as_far_and_of_the_same_giver(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "Norway will provide $20 million in aid to Moldova. This aid includes radars and tents.",
         "support announced NOR>MDA 20000000 USD mixed\nsupport announced NOR>MDA mixed\n"},
        {&white_house,
         "Norway has provided $20 million in aid to Moldova. This includes $5 million for roads.",
         "support provided NOR>MDA 20000000 USD mixed\nsupport provided NOR>MDA 5000000 USD "
         "money\n"},
        {&partnership, "Namibia announced its intention to provide $3 million in aid to Zambia.",
         "support announced NAM>ZMB 3000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void a_title_and_what_is_done_are_no_things(void)
{
    static const struct expectation table[] = {
        {&partnership, "**Supporting Nurses and Rural Medical Supplies.** A team will visit.", ""},
        {&partnership,
         "USAID has provided $4 million for the coast, including improving the water systems.",
         "support provided USA>NAM 4000000 USD money\n"},
        {&partnership, "USAID has provided $4 million for the coast, including water systems.",
         "support provided USA>NAM 4000000 USD money\nsupport provided USA>NAM equipment\n"},
    };
    CHECK_TABLE(table);
}

static void long_sentences_go_on_over_their_lines(void)
{
    static const struct form wrapped = {
        SHEET("The U.S.-Namibia Partnership") "President Holt and the President of Namibia, who "
                                              "met in the White House,\n"
                                              "spoke of rivers, of roads, and of the many friends "
                                              "that both of them have\n"
                                              "in the region, in the United States, and in the "
                                              "towns along the coast of\n"
                                              "Namibia, which the President hopes to visit with a "
                                              "number of others next\n"
                                              "spring, weather permitting.\n\n",
        ", and both look\nforward to the work, the music, and the long evenings that are ahead of\n"
        "them, of their staff, and of all who will be there to see it, as long as\n"
        "nobody minds.\n",
    };
    static const struct expectation table[] = {
        {&wrapped,
         "For ten years, the United States has provided Namibia more than $7 million\n"
         "in health, development, and humanitarian assistance for farmers and towns",
         "support provided USA>NAM 7000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

int main(void)
{
    RUN(agencies_give_abroad_whatever_it_is_for);
    RUN(what_is_given_in_a_region_is_for_the_region);
    RUN(an_item_does_not_say_what_the_item_before_it_asked_for);
    RUN(a_heading_tells_whom_the_items_below_it_are_about);
    RUN(long_sentences_go_on_over_their_lines);
    RUN(money_of_firms_is_no_gift_and_what_it_is_drawn_by_is_one);
    RUN(who_we_are_may_be_said_in_the_first_words);
    RUN(a_title_and_what_is_done_are_no_things);
    RUN(what_the_support_just_told_includes_is_as_far_and_of_the_same_giver);
    return tap_done();
}
