/*
 * press_test.c - long sentences as press rooms write them: lists behind dashes
 * and semicolons, joint statements, needs that are met, what is condemned.
 *
 * As in said_test.c an expectation is what people are to agree on.
 */
#include "sentences.h"

static void what_is_condemned_or_to_go_away_is_neither_given_nor_needed(void)
{
    static const struct expectation table[] = {
        {&white_house, "We thank Kenya for condemning the missiles that fall on Moldova.", ""},
        {&white_house, "Thank you for opposing the use of Russian weapons in Moldova.", ""},
        {&white_house, "Moldova calls for the removal of all foreign weapons.", ""},
        {&white_house, "We fight for systems that provide heat.", ""},
        {&white_house, "Estonia builds halls to accommodate jets and munitions.", ""},
        {&president, "We ask you for help.", "need >MDA mixed\n"},
        {&white_house, "We call for the complete dismantlement of North Korea's missiles.", ""},
        {&white_house, "We aid Moldova in line with our legal systems.", ""},
        {&white_house, "A coalition of 40 countries has committed to renewable energy.", ""},
    };
    CHECK_TABLE(table);
}

static void every_clause_has_its_own_giver(void)
{
    static const struct expectation table[] = {
        {&nato, "Sweden will send its artillery, the UK announced tanks.",
         "support announced SWE>UKR equipment\nsupport announced GBR>UKR equipment\n"},
        {&nato, "China has not delivered weapons, but it exports machine tools to Russia.",
         "support provided CHN>RUS equipment\n"},
        {&nato, "Norway gave a million euros. It has delivered tents and rifles.",
         "support provided NOR>UKR 1000000 EUR money\nsupport provided NOR>UKR mixed\n"},
    };
    CHECK_TABLE(table);
}

static void trillions_and_sanctions_are_nobodys_gift(void)
{
    static const struct expectation table[] = {
        {&white_house, "We go from billions to trillions in assistance for Moldova.", ""},
        {&nato, "We agreed to continue to impose heavy costs and sanctions on Russia.", ""},
        {&white_house,
         "Norway and Latvia spoke of their war aims, and of their efforts to give $3 million in "
         "aid to people in Moldova.",
         "support announced NOR,LVA>MDA 3000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void needs_that_are_met_are_no_need(void)
{
    static const struct expectation table[] = {
        {&white_house, "We are sending 3,000 tons of humanitarian needs.",
         "support announced USA>MDA 3000 tonne mixed\n"},
        {&white_house, "We will provide $40 million to meet Moldova's winter needs.",
         "support announced USA>MDA 40000000 USD money\n"},
        {&white_house,
         "We will give $9 million in humanitarian aid, including food, shelter, and soap; and $2 "
         "million for energy infrastructure.",
         "support announced USA>MDA 9000000 USD mixed\n"
         "support announced USA>MDA 2000000 USD money\n"
         "support announced USA>MDA mixed\n"},
    };
    CHECK_TABLE(table);
}

static void what_a_sum_buys_may_stand_behind_a_dash(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "We have committed $3 million in equipment to Moldova \xE2\x80\x94 rifles and shells.",
         "support committed USA>MDA 3000000 USD equipment\nsupport committed USA>MDA mixed\n"},
        {&white_house, "We gave $3 million in aid. And our rifles are flowing into Moldova.",
         "support provided USA>MDA 3000000 USD mixed\nsupport announced USA>MDA equipment\n"},
        {&white_house, "I announce today that we are prepared to commit $30 million in aid.",
         "support announced USA>MDA 30000000 USD mixed\n"},
        {&white_house, "We meet Moldova's urgent needs by providing Moldova with radars.",
         "support provided USA>MDA equipment\n"},
        {&nato, "NATO knows that Ukraine's most urgent requirement is for guns.",
         "need >UKR equipment\n"},
    };
    CHECK_TABLE(table);
}

static void packages_loads_and_loans_are_read_to_their_end(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "We will send Moldova a new package of aid. The package includes missiles to protect its "
         "towns; radars and rifles to defend its border; and boots for its army.",
         "support announced USA>MDA mixed\nsupport announced USA>MDA mixed\n"},
        {&white_house, "The United States flew in 61,000 pounds of blankets and food to Armenia.",
         "support provided USA>ARM 61000 pound mixed\n"},
        {&white_house, "We gave aid, and 3,000 trucks delivering aid went to Moldova.",
         "support provided USA>MDA 3000 each mixed\n"},
        {&white_house, "We will make Russia pay by issuing $4 million in loans to Moldova.",
         "support announced USA>MDA 4000000 USD money\n"},
        {&white_house, "We will be repositioning a Patriot battery to Slovenia.",
         "support announced USA>SVN equipment\n"},
        {&white_house,
         "Japan will give $12 million in aid for Armenia \xE2\x80\x94 this adds to the $8 million "
         "Japan has given.",
         "support announced JPN>ARM 12000000 USD mixed\n"
         "support provided JPN>ARM 8000000 USD mixed\n"},
        {&white_house, "Moldova needs more shells from Greece.", "need GRC>MDA ammunition\n"},
        {&white_house, "We will spare no effort to help.", ""},
        {&white_house, "We are signing the Climate Compact beside our defense cooperation.", ""},
    };
    CHECK_TABLE(table);
}

static void who_signs_a_joint_declaration_together_are_the_allies(void)
{
    static const struct form declaration = {
        "---\ntitle: \"Joint Declaration of Support for Moldova\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/sheet\ndate: '2031-03-12'\n---\n\n"
        "We support Moldova against Russia's aggression, and will support Moldova.\n\n",
        "\n",
    };
    static const struct expectation table[] = {
        {&declaration, "We will provide $5 million in loans to Moldova.",
         "support announced ALLIES>MDA 5000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void many_nations_give_what_is_listed_behind_them(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "Secretary Reed rallied more than 40 nations to support Moldova: 900 guns and "
         "more than 70 tanks.",
         "figure ALLIES>MDA 40 country other\n"
         "support announced ALLIES>MDA 900 each equipment\n"
         "support announced ALLIES>MDA 70 each equipment\n"},
        {&white_house,
         "We have donated $5 million in aid, and more shipments of rifles are on the way.",
         "support provided USA>MDA 5000000 USD mixed\nsupport announced USA>MDA equipment\n"},
        {&white_house, "Belgium announced a fund for its armed forces of 20 billion euros.",
         "figure BEL> 20000000000 EUR money\n"},
        {&nato, "Allies spend 2% of GDP. Greece and Latvia are doing more than 3 percent.",
         "figure ALLIES> 2 percent_gdp money\nfigure GRC,LVA> 3 percent_gdp money\n"},
        {&white_house,
         "The House of Representatives passed a bill with $7 billion in aid for Moldova.",
         "support considered USA>MDA 7000000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_to_grow_is_lacked_and_what_is_given_up_is_not_given(void)
{
    static const struct expectation table[] = {
        {&president, "We need to urgently strengthen our air defence.", "need >MDA equipment\n"},
        {&president, "We need to strengthen our friendship.", ""},
        {&white_house, "They would force Moldova to give up its arms.", ""},
        {&white_house, "We imposed several rounds of sanctions to help Moldova.", ""},
        {&white_house, "Now 80 aid trucks enter Moldova from Romania each day.",
         "support provided >MDA 80 each mixed\n"},
        {&white_house, "We renew our efforts to establish a European Peace Order.", ""},
        {&white_house, "We build on the Moldova Charter, signed November 10, 2021.", ""},
    };
    CHECK_TABLE(table);
}

static void an_item_with_a_verb_of_its_own_is_no_content(void)
{
    static const struct form aims = {
        "---\ntitle: \"Statement on Cooperation\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/sheet\ndate: '2031-03-12'\n---\n\n"
        "The United States supports Moldova. Our assistance will:\n\n- ",
        "\n",
    };
    static const struct expectation table[] = {
        {&aims, "Buy fuel.", "support announced USA>MDA fuel\n"},
        {&aims, "To save the sea, Canada and Norway have built much for gas and fuel.", ""},
        {&white_house, "And we will keep providing Georgia with training and rifles.",
         "support announced USA>GEO mixed\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_called_for_worth_or_deployed_at_home_is_no_gift(void)
{
    static const struct expectation table[] = {
        {&white_house, "The United Nations called for the free flow of fuel to Moldova.",
         "need >MDA fuel\n"},
        {&white_house, "It is already a $3 billion tech hub that helps Moldova.", ""},
        {&white_house, "We deploy our best ships to keep every ocean open.", ""},
        {&white_house, "We have agreed on a Strategic Trade and Climate Partnership.", ""},
        {&white_house, "We flew in 170,000 pounds of special tools and equipment to Armenia.",
         "support provided USA>ARM 170000 pound equipment\n"},
    };
    CHECK_TABLE(table);
}

static void who_has_met_decides_together(void)
{
    static const struct form readout = {
        "---\ntitle: \"Readout of President Biden's Call with President Sandu of Moldova\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/sheet\ndate: '2031-03-12'\n---\n\n"
        "President Biden spoke with President Sandu of Moldova. Russia attacks Ukraine.\n\n",
        "\n",
    };
    static const struct expectation table[] = {
        {&readout, "The two leaders agreed to launch a new Black Sea Security Initiative.",
         "decision USA,MDA> other\n"},
        {&readout, "They agreed that their teams will meet on arms control.", ""},
        {&readout, "They agreed to remain in regular contact through their advisors.", ""},
        {&readout, "They spoke of progress toward establishing a peaceful Middle East.", ""},
        {&readout,
         "The leaders reviewed their efforts to give $3 million in aid to Ukraine and to hold "
         "Russia to account.",
         "support announced USA,MDA>UKR 3000000 USD mixed\n"},
        {&readout, "They spoke of the two million people sheltering there.", ""},
        {&white_house, "I praise the generosity of the Irish people in hosting 7,000 refugees.",
         "support provided IRL>MDA 7000 people shelter\n"},
    };
    CHECK_TABLE(table);
}

static void money_of_firms_and_for_other_matters_is_not_ours(void)
{
    static const struct expectation table[] = {
        {&white_house, "Korean businesses are investing $12 billion to help Moldova.", ""},
        {&white_house, "We are investing $900 million in clean energy projects.", ""},
        {&white_house, "We are investing $9 million in clean energy for Moldova.",
         "support announced USA>MDA 9000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void what_keeps_people_from_need_is_given_all_the_same(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "I'm announcing $2 million in aid for Moldova, so that no child has to go to bed hungry.",
         "support announced USA>MDA 2000000 USD mixed\n"},
        {&white_house, "We have not announced $2 million in aid for Moldova.", ""},
        {&nato, "We agreed on the importance of support for Ukraine.", ""},
        {&white_house, "I welcome the decision to activate NATO's Response Force.",
         "decision NATO> other\n"},
    };
    CHECK_TABLE(table);
}

static void two_nations_that_speak_together_decide_together(void)
{
    static const struct form guest = {
        "---\ntitle: \"Remarks by President Biden and President Lee of the Republic of Korea in "
        "Joint Press Conference\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/press\ndate: '2031-03-12'\n---\n\n"
        "PRESIDENT BIDEN: Welcome, Mr. President. We support Ukraine against Russia's war.\n\n"
        "PRESIDENT LEE: Thank you. ",
        "\n\nPRESIDENT BIDEN: Thank you all.\n",
    };
    static const struct expectation table[] = {
        {&guest, "Our two nations agreed to launch a Pacific Security Initiative.",
         "decision KOR,USA> other\n"},
        {&guest, "The three countries agreed to meet again.", ""},
        {&guest, "Some 20 countries have pledged help for Ukraine.",
         "figure ALLIES>UKR 20 country other\n"},
    };
    CHECK_TABLE(table);
}

static void partners_and_whom_one_owes_it_to_give(void)
{
    static const struct expectation table[] = {
        {&white_house, "Moldova will have 20 more tanks thanks to Greece.",
         "support announced GRC>MDA 20 each equipment\n"},
        {&white_house, "Denmark joined with the Netherlands to buy 14 tanks for Moldova.",
         "support committed DNK,NLD>MDA 14 each equipment\n"},
        {&white_house, "Italy and France are working to get a SAMP-T battery to Moldova.",
         "support announced ITA,FRA>MDA equipment\n"},
        {&white_house, "Britain led the way with Storm Shadow missiles.",
         "support provided GBR>MDA ammunition\n"},
        {&white_house, "We gave Moldova $9 million in aid. Rifles are flowing in daily.",
         "support provided USA>MDA 9000000 USD mixed\nsupport announced USA>MDA equipment\n"},
        {&white_house, "I spoke of the support we've provided, and of rifles they will need.", ""},
    };
    CHECK_TABLE(table);
}

static void who_gives_more_and_who_uses_what_was_given(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "Greece has delivered more than 300 tanks, and the Czech Republic another 90.",
         "support provided GRC>MDA 300 each equipment\n"
         "support provided CZE>MDA 90 each equipment\n"},
        {&white_house, "We help Moldova. Latvia's howitzers arrived last month.",
         "support provided LVA>MDA equipment\n"},
        {&white_house, "We help Moldova. This brings our military aid to $19 million.",
         "support committed USA>MDA 19000000 USD mixed\n"},
        {&white_house, "Allies have trained 6,000 soldiers in Germany.",
         "support provided ALLIES>MDA 6000 people training\n"},
        {&white_house, "Iran provided 300 drones that Russia has used.",
         "support provided IRN>RUS 300 each equipment\n"},
        {&white_house,
         "North Korea shipped 10,000 containers of shells to Russia, and Iran provided drones to "
         "Russia.",
         "support provided PRK>RUS 10000 each ammunition\n"
         "support provided IRN>RUS equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_announced_issued_or_signed_into_law_is_decided(void)
{
    static const struct expectation table[] = {
        {&white_house, "Today, we announce the Moldova Compact with our partners.",
         "decision USA>MDA other\n"},
        {&white_house, "We announce our thanks to the staff.", ""},
        {&white_house, "The G7 issued a Joint Declaration of Support for Moldova.",
         "decision G7>MDA other\n"},
        {&white_house, "The Treasury issued a waiver to the Red River Company.", ""},
        {&white_house, "I signed the national security bill into law.", "decision USA> other\n"},
        {&white_house, "Allies will sign the Moldova Compact.", "decision ALLIES>MDA other\n"},
        {&white_house, "The World Bank recently established a reconstruction fund for Moldova.",
         "decision World Bank>MDA money\n"},
        {&white_house, "The G7 launched a process to negotiate security commitments.",
         "decision G7> other\n"},
        {&white_house, "We create conditions for a lasting peace process.", ""},
        {&white_house, "The Moldova Facility was approved by the European Council.",
         "decision EU>MDA other\n"},
        {&white_house, "The Moldova Facility was praised by the European Council.", ""},
    };
    CHECK_TABLE(table);
}

static void what_a_second_verb_gives_is_given_too(void)
{
    static const struct expectation table[] = {
        {&nato, "Norway sent Ukraine tanks and will send howitzers.",
         "support provided NOR>UKR equipment\nsupport announced NOR>UKR equipment\n"},
        {&nato, "Latvia has sent radars and has pledged to send rifles.",
         "support provided LVA>UKR equipment\nsupport announced LVA>UKR equipment\n"},
        {&nato, "Spain will provide drones, and deliver artillery shells.",
         "support announced ESP>UKR equipment\nsupport announced ESP>UKR ammunition\n"},
        {&white_house, "We will make sure that they have the howitzers they need.",
         "support announced USA>MDA equipment\n"},
        {&white_house, "We will make sure that they have what they need.", ""},
        {&white_house, "The radars that we provided help Moldova to see.",
         "support provided USA>MDA equipment\n"},
        {&white_house, "We are going to get them the radars that they need.",
         "support announced USA>MDA equipment\n"},
        {&white_house, "We will provide Moldova with the assistance it needs, including radars.",
         "support announced USA>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_in_a_package_and_who_is_relied_on(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "We announced a package of $30 million. In it you will find more AIM-9M missiles, radars "
         "and over 3 million rounds of ammunition.",
         "support announced USA>MDA 30000000 USD mixed\n"
         "support announced USA>MDA 3000000 round ammunition\n"
         "support announced USA>MDA mixed\n"},
        {&white_house, "We announced a package of $30 million. It's got trucks and tents in it.",
         "support announced USA>MDA 30000000 USD mixed\nsupport announced USA>MDA mixed\n"},
        {&white_house, "We count on Allies to provide 40 million dollars for Moldova.",
         "support announced ALLIES>MDA 40000000 USD money\n"},
        {&white_house,
         "Russia has received missiles from North Korea. The North Koreans provide 300 shells.",
         "support provided PRK>RUS ammunition\nsupport provided PRK>RUS 300 round ammunition\n"},
    };
    CHECK_TABLE(table);
}

static void three_nations_that_speak_together_decide_together(void)
{
    static const struct form three = {
        "---\ntitle: \"Remarks by President Biden, President Lee of the Republic of Korea, and "
        "Prime "
        "Minister Sato of Japan in Joint Press Conference\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/press\ndate: '2031-03-12'\n---\n\n"
        "PRESIDENT BIDEN: Welcome. We support Ukraine against Russia's war.\n\n"
        "PRESIDENT LEE: Thank you. We stand with Ukraine.\n\nPRIME MINISTER SATO: Thank you. ",
        "\n\nPRESIDENT BIDEN: Thank you all.\n",
    };
    static const struct expectation table[] = {
        {&three, "Today, we have agreed on the Oak Ridge principles for our cooperation.",
         "decision JPN,USA,KOR> other\n"},
        {&three, "Our three nations agreed to hold joint exercises each year.",
         "decision JPN,USA,KOR> other\n"},
        {&three, "Our three nations agreed to stay in touch.", ""},
        {&three, "We decided to strengthen deterrence against North Korea's missile threats.",
         "decision JPN> other\n"},
        {&three, "NATO agreed to hold tabletop exercises each year.", "decision NATO> other\n"},
        {&three,
         "Norway has contributed a great deal of humanitarian assistance to Ukraine, as well as "
         "military equipment.",
         "support provided NOR>UKR equipment\n"},
        {&three, "Russia hides billions of dollars by money laundering.", ""},
    };
    CHECK_TABLE(table);
}

static void where_a_meeting_was_held_gives_nothing(void)
{
    static const struct form meeting = {
        "---\ntitle: \"Remarks by President Biden and President Volodymyr Zelenskyy of Ukraine "
        "Before "
        "Bilateral Meeting | Riga, Latvia\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/press\ndate: '2031-03-12'\n---\n\n"
        "PRESIDENT BIDEN: Welcome. We support Ukraine against Russia's war.\n\n"
        "PRESIDENT ZELENSKYY: Thank you. Russia attacks Ukraine. ",
        "\n\nPRESIDENT BIDEN: Thank you all.\n",
    };
    static const struct expectation table[] = {
        {&meeting, "You gave us 20 howitzers.", "support provided USA>UKR 20 each equipment\n"},
        {&meeting, "You gave us howitzers.", "support provided USA>UKR equipment\n"},
    };
    CHECK_TABLE(table);
}

static void who_spends_thanks_and_lacks(void)
{
    static const struct expectation table[] = {
        {&nato, "We support Ukraine. Greece will spend another two billion euros on aid.",
         "support announced GRC>UKR 2000000000 EUR mixed\n"},
        {&white_house, "I'm grateful for Italy's air defense system.",
         "support provided ITA>MDA equipment\n"},
        {&white_house, "Sweden, thank you for your howitzers.",
         "support provided SWE>MDA equipment\n"},
        {&white_house, "Moldova is short on artillery shells.", "need >MDA ammunition\n"},
        {&nato, "Allies agreed that Ukraine will become a member of NATO.",
         "decision ALLIES>UKR other\n"},
        {&nato, "Allies agreed that the talks were a good start.", ""},
        {&nato, "The new defense plan was adopted by NATO leaders.", "decision NATO> other\n"},
    };
    CHECK_TABLE(table);
}

static void what_a_package_has_and_training_that_begins_are_given(void)
{
    static const struct expectation table[] = {
        {&white_house, "We support Moldova. The new package has more howitzers and radars.",
         "support announced USA>MDA equipment\n"},
        {&white_house, "We support Moldova. In our last package there were artillery shells.",
         "support announced USA>MDA ammunition\n"},
        {&white_house, "We support Moldova. The package has no howitzers.", ""},
        {&white_house, "The package has bipartisan support.", ""},
        {&nato, "Denmark has begun training Ukrainian pilots.",
         "support provided DNK>UKR training\n"},
        {&nato, "Many Allies, including Spain, have conducted extensive training of Ukrainians.",
         "support provided ESP>UKR training\n"},
        {&nato, "Denmark has begun training for the next games.", ""},
        {&white_house, "We're working on getting Moldova howitzers.",
         "support announced USA>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

int main(void)
{
    RUN(three_nations_that_speak_together_decide_together);
    RUN(where_a_meeting_was_held_gives_nothing);
    RUN(who_spends_thanks_and_lacks);
    RUN(what_a_package_has_and_training_that_begins_are_given);
    RUN(what_is_announced_issued_or_signed_into_law_is_decided);
    RUN(what_a_second_verb_gives_is_given_too);
    RUN(what_is_in_a_package_and_who_is_relied_on);
    RUN(who_gives_more_and_who_uses_what_was_given);
    RUN(partners_and_whom_one_owes_it_to_give);
    RUN(two_nations_that_speak_together_decide_together);
    RUN(what_keeps_people_from_need_is_given_all_the_same);
    RUN(money_of_firms_and_for_other_matters_is_not_ours);
    RUN(who_has_met_decides_together);
    RUN(what_is_called_for_worth_or_deployed_at_home_is_no_gift);
    RUN(an_item_with_a_verb_of_its_own_is_no_content);
    RUN(what_is_to_grow_is_lacked_and_what_is_given_up_is_not_given);
    RUN(what_is_condemned_or_to_go_away_is_neither_given_nor_needed);
    RUN(needs_that_are_met_are_no_need);
    RUN(trillions_and_sanctions_are_nobodys_gift);
    RUN(every_clause_has_its_own_giver);
    RUN(what_a_sum_buys_may_stand_behind_a_dash);
    RUN(packages_loads_and_loans_are_read_to_their_end);
    RUN(who_signs_a_joint_declaration_together_are_the_allies);
    RUN(many_nations_give_what_is_listed_behind_them);
    return tap_done();
}
