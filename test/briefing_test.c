/*
 * briefing_test.c - sentences as spokesmen put them, in answers and asides.
 *
 * What the grammar makes of single sentences in general is in said_test.c.
 */
#include "sentences.h"

static void who_is_at_war_is_meant_where_it_is_named(void)
{
    static const struct form elsewhere = {
        "---\ntitle: \"Press Briefing by Coordinator Sam Holt\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/briefing\ndate: '2031-03-12'\n---\n\n"
        "MR. HOLT:  Good afternoon.  Turkey was struck by an earthquake.  We support Turkey, and "
        "we "
        "help Turkey.  We provide assistance to Turkey.\n\n",
        "\n\nQ    Thank you.\n\nMR. HOLT:  You are welcome.\n",
    };
    static const struct expectation table[] = {
        {&elsewhere,
         "Now Ukraine, where Russia strikes. Today we announced a package with 100 trucks.",
         "support announced USA>UKR 100 each equipment\n"},
        {&elsewhere, "Today we announced a package with 100 tents.",
         "support announced USA>TUR 100 each shelter\n"},
        {&elsewhere, "We know that Iran is still providing drones to Mr. Putin.",
         "support provided IRN>RUS equipment\n"},
        {&nato, "There is no commitment by Poland to provide fighter jets.", ""},
        {&white_house, "Moldova is concerned that Russia is getting rockets from Iran.",
         "support provided IRN>RUS ammunition\n"},
    };
    CHECK_TABLE(table);
}

static void numbers_of_trade_and_of_the_uprooted_are_no_gifts_of_ours(void)
{
    static const struct expectation table[] = {
        {&white_house, "A plan has to account for the 900,000 refugees who are in the north.", ""},
        {&white_house, "We have provided shelter to 9,000 refugees.",
         "support provided USA>MDA 9000 people shelter\n"},
        {&white_house, "Iran has doubled its oil exports since 2029.", ""},
        {&white_house, "That added $40 billion to revenues of Russia.", ""},
        {&white_house, "We need Congress to pass military assistance for Moldova.",
         "need >MDA mixed\n"},
    };
    CHECK_TABLE(table);
}

static void they_are_whom_their_own_sentence_begins_with(void)
{
    static const struct expectation table[] = {
        {&nato, "Norway has stepped up because they have given 30 generators to Ukraine.",
         "support provided NOR>UKR 30 each equipment\n"},
        {&nato, "Iran is no bystander, and they have sent rockets to Russia.",
         "support provided IRN>RUS ammunition\n"},
        {&white_house, "We are trying to get that supplemental passed.", ""},
        {&white_house, "They hit a ship that was bound for Moldova.", ""},
        {&white_house, "We can get the radars into the hands of Moldovan soldiers.", ""},
    };
    CHECK_TABLE(table);
}

static void what_is_put_on_the_table_is_promised(void)
{
    static const struct expectation table[] = {
        {&nato, "The Norwegians just put another $7.5 billion on the table.",
         "support announced NOR>UKR 7500000000 USD money\n"},
        {&nato, "Greece is going to put helicopters into Ukraine.",
         "support announced GRC>UKR equipment\n"},
        {&nato, "He put his cards on the table.", ""},
        {&white_house, "We have done 47 drawdown packages.",
         "support announced USA>MDA 47 each mixed\n"},
        {&nato, "Russia has gotten several million shells from North Korea.",
         "support provided PRK>RUS 1000000..9999999 round ammunition\n"},
        {&nato, "North Korea has sent 900 containers of munitions to Russia.",
         "support provided PRK>RUS 900 each ammunition\n"},
    };
    CHECK_TABLE(table);
}

static void a_press_room_that_begins_with_a_question_has_a_home_too(void)
{
    static const struct form begun = {
        "---\ntitle: \"Press Briefing by Coordinator Sam Holt\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/briefing\ndate: '2031-03-12'\n---\n\n"
        "Q    Good morning, Sam.\n\n"
        "MR. HOLT:  Good afternoon.  Russia attacks Moldova, and we support Moldova.  ",
        "\n\nQ    Thank you.\n\nMR. HOLT:  You are welcome.\n",
    };
    static const struct expectation table[] = {
        {&begun, "FEMA has delivered 90,000 meals in Georgia.", ""},
        {&begun, "We have delivered 90,000 meals to Moldova.",
         "support provided USA>MDA 90000 each food\n"},
        {&begun, "We support Moldova, and that is for the help of 20 million Americans.", ""},
    };
    CHECK_TABLE(table);
}

static void what_was_decided_is_said_or_it_is_no_decision(void)
{
    static const struct expectation table[] = {
        {&white_house, "They decided where they put their troops.", ""},
        {&white_house, "We have decided how we guard those forces.", ""},
        {&nato, "We have agreed what we call an Initiating Directive for Defence.",
         "decision NATO> other\n"},
        {&white_house, "Qatar has decided to cut oil production.", ""},
        {&nato, "China has taken off the table sending weapons to Russia.", ""},
    };
    CHECK_TABLE(table);
}

static void arms_on_their_way_go_to_whom_was_named_before(void)
{
    static const struct form answer = {
        "---\ntitle: \"Press Briefing by Coordinator Sam Holt\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/briefing\ndate: '2031-03-12'\n---\n\n"
        "MR. HOLT:  Good afternoon.  Russia continues its war against Ukraine.  The United States "
        "stands with Ukraine.\n\nQ    How is it going?\n\nMR. HOLT:  ",
        "\n\nQ    Thank you.\n\nMR. HOLT:  You are welcome.\n",
    };
    static const struct expectation table[] = {
        {&answer, "We are providing radars, and they make a difference.",
         "support provided USA>UKR equipment\n"},
        {&answer, "Air defense systems are what we are sending.",
         "support announced USA>UKR equipment\n"},
        {&answer, "We are providing tax relief to families.", ""},
        {&answer, "We heard his request for tanks.", "need >UKR equipment\n"},
        {&answer, "We gave Ukraine $400 million. You saw how much that $400 million matters.",
         "support provided USA>UKR 400000000 USD money\n"
         "support provided USA>UKR 400000000 USD money\n"},
        {&answer,
         "More than 40 countries to date have provided security assistance to Ukraine in all.",
         "figure ALLIES>UKR 40 country other\n"},
        {&answer,
         "We sent $3 million in weapons to Ukraine. Let me read the items to you: 50 mortars, "
         "200 rifles.",
         "support provided USA>UKR 3000000 USD equipment\n"
         "support provided USA>UKR 50 each equipment\n"
         "support provided USA>UKR 200 each equipment\n"},
    };
    CHECK_TABLE(table);
}

int main(void)
{
    RUN(arms_on_their_way_go_to_whom_was_named_before);
    RUN(what_was_decided_is_said_or_it_is_no_decision);
    RUN(a_press_room_that_begins_with_a_question_has_a_home_too);
    RUN(what_is_put_on_the_table_is_promised);
    RUN(they_are_whom_their_own_sentence_begins_with);
    RUN(numbers_of_trade_and_of_the_uprooted_are_no_gifts_of_ours);
    RUN(who_is_at_war_is_meant_where_it_is_named);
    return tap_done();
}
