/*
 * who_gives_test.c - whose a gift, a number or a decision is, and who gets it:
 * what is named beside it, before it, by a pronoun, by the passage.
 *
 * What is given, how much and how far is in said_test.c.
 */
#include "sentences.h"

static void a_giver_may_stand_behind_its_gift(void)
{
    static const struct expectation table[] = {
        {&nato, "Ukraine has received 25 tanks from Poland.",
         "support provided POL>UKR 25 each equipment\n"},
        {&nato, "As well as 4,000 drones from Lithuania.",
         "support announced LTU>UKR 4000 each equipment\n"},
        {&nato, "I welcome the announcement of 300 million euros from Belgium.",
         "support announced BEL>UKR 300000000 EUR money\n"},
        {&nato, "Fifty vehicles were delivered by Slovenia last week.",
         "support provided SVN>UKR 50 each equipment\n"},
        {&nato, "30 howitzers have been provided by Croatia.",
         "support provided HRV>UKR 30 each equipment\n"},
        {&nato, "I welcome Spain's donation of six helicopters.",
         "support announced ESP>UKR 6 each equipment\n"},
        {&white_house, "Iran's provision of drones to Russia is a violation.",
         "support provided IRN>RUS equipment\n"},
        {&white_house, "Moldova received two radars from Canada last month.",
         "support provided CAN>MDA 2 each equipment\n"},
        {&white_house, "Russia has received hundreds of missiles from North Korea.",
         "support provided PRK>RUS 100..999 each ammunition\n"},
        {&president, "We received 70 armoured vehicles from Romania.",
         "support provided ROU>MDA 70 each equipment\n"},
        {&nato, "A Patriot battery from Spain has been delivered.",
         "support provided ESP>UKR equipment\n"},
        {&president, "Poland gave us 300 tanks, and the Netherlands 50 trucks.",
         "support provided POL>MDA 300 each equipment\nsupport provided NLD>MDA 50 each "
         "equipment\n"},
        {&president, "Spain has agreed to hand over six batteries.",
         "support committed ESP>MDA 6 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void together_we_are_the_allies_as_well(void)
{
    static const struct expectation table[] = {
        {&white_house, "Together, we have sent 90 howitzers.",
         "support provided USA,ALLIES>MDA 90 each equipment\n"},
        {&white_house, "And together, we've delivered radars and tanks to Moldova.",
         "support provided USA,ALLIES>MDA equipment\n"},
        {&white_house, "Together with our Allies and partners, we have sent 90 howitzers.",
         "support provided USA,ALLIES>MDA 90 each equipment\n"},
        {&white_house, "We have worked together, and we have sent 90 howitzers.",
         "support provided USA>MDA 90 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void whose_a_sum_is_stands_in_the_clause_behind_it(void)
{
    static const struct expectation table[] = {
        {&white_house, "I welcome the $4 billion commitment the EU made to help Moldova.",
         "support announced EU>MDA 4000000000 USD money\n"},
        {&white_house, "It is on top of the $90 billion our European Allies have already given.",
         "support provided ALLIES>MDA 90000000000 USD money\n"},
        {&white_house, "Canada, I believe, came forward with a $5 billion commitment.",
         "support committed CAN>MDA 5000000000 USD money\n"},
        {&white_house,
         "We thank Japan, the new G7 president, for its recent pledge to give Moldova $5 million.",
         "support announced JPN>MDA 5000000 USD money\n"},
        {&white_house, "The package includes $6 million for regional partners and allies.",
         "support announced USA>ALLIES 6000000 USD mixed\n"},
        {&white_house,
         "We sent $7 million in aid to Chad. Moldova has other needs. "
         "You heard of the $7 million that we have sent.",
         "support provided USA>TCD 7000000 USD mixed\nsupport provided USA>TCD 7000000 USD "
         "mixed\n"},
    };
    CHECK_TABLE(table);
}

static void them_are_whoever_was_named_last(void)
{
    static const struct expectation table[] = {
        {&white_house, "Kenya is a friend. We have sent them 16 jets.",
         "support provided USA>KEN 16 each equipment\n"},
        {&white_house, "Moldova asked for them. We have sent them 16 jets.",
         "support provided USA>MDA 16 each equipment\n"},
        {&white_house, "The aid has helped him and his men, and it includes howitzers.", ""},
    };
    CHECK_TABLE(table);
}

static void who_announced_gives_whatever_stands_between(void)
{
    static const struct expectation table[] = {
        {&white_house, "We welcome the announcement by our German allies today to send 50 tanks.",
         "support announced DEU>MDA 50 each equipment\n"},
        {&white_house, "I note the British government's announcement that it will send howitzers.",
         "support announced GBR>MDA equipment\n"},
        {&white_house,
         "More than 30 nations have committed $5 billion, with $3 billion from Norway.",
         "support committed ALLIES>MDA 5000000000 USD money\n"
         "support committed NOR>MDA 3000000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void troops_at_the_border_are_the_attackers(void)
{
    static const struct expectation table[] = {
        {&white_house, "We are watching the buildup of 90,000 troops at the border.",
         "figure RUS> 90000 people personnel\n"},
        {&white_house, "We have 900 American troops near the border.",
         "figure USA> 900 people personnel\n"},
    };
    CHECK_TABLE(table);
}

static void who_gets_it_is_whoever_is_named_for_it(void)
{
    static const struct expectation table[] = {
        {&white_house, "We will deliver food and medicine into Moldova [Chad].",
         "support announced USA>TCD mixed\n"},
        {&white_house, "Peru is providing drones to boost Russia's defense production.",
         "support provided PER>RUS equipment\n"},
        {&white_house, "Germany gave tents in answer to Russia's war. Germany has sent 12 radars.",
         "support provided DEU>MDA shelter\nsupport provided DEU>MDA 12 each equipment\n"},
        {&white_house, "There are 3,000 Cuban troops that were sent to Russia.",
         "figure CUB>RUS 3000 people personnel\n"},
        {&fact_sheet,
         "The United States provides support in these fields:\n\n- Radars for Georgia.\n\n"
         "- Stationing more air defense systems in Italy.\n",
         "support provided USA>GEO equipment\nsupport provided USA>ITA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_done_beside_is_done_by_the_subject(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "Norway will open a clinic in June, providing $3 million for nurses in Peru.",
         "support provided NOR>PER 3000000 USD money\n"},
        {&white_house,
         "When Russia invaded Moldova back in May, we were making 9,000 shells a month.",
         "figure USA> 9000 round ammunition\n"},
        {&white_house, "We have provided a $20 million loan to Peru and seek opportunities there.",
         "support provided USA>PER 20000000 USD money\n"},
        {&white_house, "We taught officials from 25 countries.", ""},
        {&white_house, "Belarus has sent Russia 900 troops.",
         "figure BLR>RUS 900 people personnel\n"},
        {&white_house,
         "China provides 80 percent of Russia's microelectronics and 60 percent of its engines.",
         "figure CHN>RUS 80 percent equipment\nfigure CHN>RUS 60 percent spares\n"},
        {&white_house, "There are almost 5 million displaced people in Somalia.",
         "figure SOM> 5000000 people other\n"},
        {&white_house, "We seek to deepen our work on artillery systems.", ""},
    };
    CHECK_TABLE(table);
}

static void a_figure_goes_on_about_whom_the_last_one_was_of(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "In 2030, our NATO Allies spent $300 billion on defense. So, an increase of $20 billion.",
         "figure ALLIES> 300000000000 USD money\nfigure ALLIES> 20000000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void whom_help_goes_to_follows_the_passage(void)
{
    static const struct expectation table[] = {
        {&nato,
         "Moldova was attacked as well. We support Moldova, and we help Moldova. "
         "Romania has delivered 12 radars.",
         "support provided ROU>MDA 12 each equipment\n"},
        {&nato,
         "We support Moldova, and we help Moldova. Ukraine needs us too. "
         "Romania has delivered 12 radars.",
         "support provided ROU>UKR 12 each equipment\n"},
        {&nato, "Japan has been a generous partner. It has also provided 30 generators.",
         "support provided JPN>UKR 30 each equipment\n"},
        {&donors,
         "Kenya, Chad, Mali, Ghana and Togo were there. In Kenya, floods came. "
         "Norway will provide $3 million in assistance.",
         "support announced NOR>KEN 3000000 USD mixed\n"},
        {&white_house, "Somalia faces a famine. Norway has pledged $90 million.",
         "support announced NOR>SOM 90000000 USD money\n"},
        {&white_house, "Chad has taken in 6,000 refugees from South Sudan.",
         "support provided TCD>SSD 6000 people shelter\n"},
        {&white_house,
         "Korea gave Chad 12 trucks. It stands with Moldova as well. "
         "Korea has sent 30 generators.",
         "support provided KOR>TCD 12 each equipment\nsupport provided KOR>MDA 30 each "
         "equipment\n"},
        {&nato, "Italy also supplies generators and tents to Ukraine.",
         "support provided ITA>UKR mixed\n"},
    };
    CHECK_TABLE(table);
}

static void help_goes_where_the_passage_is_once_the_one_helped_is_far(void)
{
    static const char far[] =
        "The summer was long. People went to the sea. The trains were late. It rained in June. "
        "Then the schools opened. The harvest was good. We met many times. Nobody was surprised. ";
    const char *sahel = text_format(
        &arena, "%sThere is hunger in the Sahel. We will give $30 million in relief.", far);
    CHECK_TEXT(said_in(&white_house, sahel), "support announced USA>Sahel 30000000 USD mixed\n");
    const char *nobody =
        text_format(&arena, "%s%sNorway announced a $30 million pledge for vaccines.", far, far);
    CHECK_TEXT(said_in(&white_house, nobody), "support announced NOR> 30000000 USD money\n");
    arena_free(&arena);
}

static void whose_a_sum_is_stands_in_its_phrase(void)
{
    static const struct expectation table[] = {
        {&white_house, "We welcome Norway's approval of the facility of 300 million dollars.",
         "support announced NOR>MDA 300000000 USD money\n"},
        {&white_house, "It is part of the $40 billion EU loan commitment.",
         "support committed EU>MDA 40000000000 USD money\n"},
        {&white_house, "Canada has provided $80 million in assistance to West Africa.",
         "support provided CAN>West Africa 80000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void a_list_is_of_the_country_that_heads_it(void)
{
    static const struct expectation table[] = {
        {&fact_sheet,
         "Japan\n\n- Donated 30 vehicles to Georgia.\n- Provided $12 million in "
         "assistance to Georgia.\n",
         "support provided JPN>GEO 30 each equipment\n"
         "support provided JPN>GEO 12000000 USD mixed\n"},
        {&fact_sheet, "Republic of Korea: Delivered 500 generators.",
         "support provided KOR>GEO 500 each equipment\n"},
        {&fact_sheet, "Chile: Donated 2 boats, and pledged $3 million in assistance to Georgia.",
         "support provided CHL>GEO 2 each equipment\n"
         "support announced CHL>GEO 3000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void a_back_reference_keeps_its_giver(void)
{
    static const struct expectation table[] = {
        {&nato, "Norway has promised 30 tanks to Ukraine. The first 10 tanks have been delivered.",
         "support announced NOR>UKR 30 each equipment\nsupport provided NOR>UKR 10 each "
         "equipment\n"},
        {&donors, "Germany gives 20 million euros. It has also sent 300 generators.",
         "support provided DEU>PAK 20000000 EUR money\nsupport provided DEU>PAK 300 each "
         "equipment\n"},
    };
    CHECK_TABLE(table);
}

static void who_gets_something_from_somebody_is_given_it(void)
{
    static const struct expectation table[] = {
        {&nato, "Russia is receiving drones and shells from Iran and North Korea.",
         "support provided IRN,PRK>RUS mixed\n"},
        {&nato, "Ukraine will get radars from Norway.", "support announced NOR>UKR equipment\n"},
        {&white_house, "Russian attempts to acquire rockets from China have failed.",
         "support considered CHN>RUS ammunition\n"},
        {&nato, "Ukraine has not received any jets from Denmark.", ""},
        {&white_house, "Moldova's army is strong, as it has requested these howitzers.",
         "need >MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void who_decides_to_give_gives(void)
{
    static const struct expectation table[] = {
        {&nato, "I welcome Latvia's decision to provide Ukraine with 8 radars.",
         "support announced LVA>UKR 8 each equipment\n"},
        {&nato, "We thank Spain and Italy for their recent decision to deliver tanks to Ukraine.",
         "support announced ESP,ITA>UKR equipment\n"},
        {&nato, "The pledge by Belgium to give F-16s to Ukraine was welcomed.",
         "support announced BEL>UKR equipment\n"},
        {&nato, "Canada's latest $30 million commitment to Ukraine is for drones.",
         "support committed CAN>UKR 30000000 USD equipment\n"},
        {&nato, "Croatia intends to send 6 helicopters to Ukraine.",
         "support announced HRV>UKR 6 each equipment\n"},
        {&nato, "Sweden will fund 40 ambulances for Ukraine.",
         "support announced SWE>UKR 40 each equipment\n"},
        {&nato, "Germany will send Ukraine 12 sniffer dogs.",
         "support announced DEU>UKR 12 each other\n"},
        {&nato, "Norway has pledged 75 billion kroner to Ukraine.",
         "support announced NOR>UKR 75000000000 NOK money\n"},
    };
    CHECK_TABLE(table);
}

static void what_others_say_they_will_do_is_their_promise(void)
{
    static const struct expectation table[] = {
        {&nato, "Denmark said last week that it would send 6 jets to Ukraine.",
         "support announced DNK>UKR 6 each equipment\n"},
        {&nato, "The Ukrainians say they need 250,000 shells a month.",
         "need >UKR 250000 round ammunition\n"},
        {&nato, "We have seen IRIS-T. Spain has sent 4 radars to Ukraine.",
         "support provided ESP>UKR 4 each equipment\n"},
        {&nato, "Our forces shot down two anti-ship missiles.", ""},
        {&nato, "Belgium has trained 300 Ukrainian soldiers in Poland.",
         "support provided BEL>UKR 300 people training\n"},
    };
    CHECK_TABLE(table);
}

/* Whoever is struck is helped: no country is left out beforehand. */
static void we_of_a_joint_statement_are_all_who_issue_it(void)
{
    static const struct form joint = {
        "---\ntitle: \"Joint Statement of the United States and Japan\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/joint\ndate: '2031-03-12'\n---\n\n"
        "Russia attacks Ukraine.  We support Ukraine, and we will support Ukraine.\n\n",
        "\n",
    };
    static const struct expectation table[] = {
        {&joint, "We will give Ukraine 40 trucks.",
         "support announced USA,JPN>UKR 40 each equipment\n"},
        {&joint, "Japan will give Ukraine 30 trucks.",
         "support announced JPN>UKR 30 each equipment\n"},
        {&joint, "This is the 90 million dollars in aid Japan is prepared to provide.",
         "support considered JPN>UKR 90000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void who_is_helped_gives_as_well_unless_it_is_at_war(void)
{
    static const struct form partners = {
        "---\ntitle: \"FACT SHEET: The U.S.-Kenya Partnership\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/sheet\ndate: '2031-03-12'\n---\n\n"
        "The United States provides support to Kenya, and will support Kenya.\n\n",
        "\n",
    };
    static const struct expectation table[] = {
        {&partners, "Kenya has provided $4 million to Somalia.",
         "support provided KEN>SOM 4000000 USD money\n"},
        {&partners, "The two countries will provide $7 million to Somalia.",
         "support announced USA,KEN>SOM 7000000 USD money\n"},
        {&partners, "EXIM will provide $9 million for hospitals in Kenya.",
         "support announced USA>KEN 9000000 USD medical\n"},
        {&white_house, "Moldova has received 90 howitzers.",
         "support provided USA>MDA 90 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void a_guest_thanks_the_host_and_speaks_of_its_own_side(void)
{
    static const struct form guest = {
        "---\ntitle: \"Remarks by President Biden and Prime Minister Ada Lind of Norway in Joint "
        "Press Conference\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/joint\ndate: '2031-03-12'\n---\n\n"
        "PRESIDENT BIDEN:  Good afternoon.\n\n"
        "PRIME MINISTER LIND:  Russia attacks Ukraine.  We support Ukraine.\n\n"
        "PRESIDENT BIDEN:  We do.\n\nPRIME MINISTER LIND:  ",
        "\n\nPRESIDENT BIDEN:  Thank you.\n",
    };
    static const struct expectation table[] = {
        {&guest, "Thank you for the $61 billion package for Ukraine.",
         "support announced USA>UKR 61000000000 USD mixed\n"},
        {&guest, "We thank the American people for more than $50 billion in aid to Ukraine.",
         "support announced USA>UKR 50000000000 USD mixed\n"},
        {&guest, "Thank you for your military aid to Ukraine, including 20 tanks.",
         "support announced USA>UKR 20 each equipment\n"},
        {&guest, "We thank Spain for its military aid to Ukraine, including 14 tanks.",
         "support announced ESP>UKR 14 each equipment\n"},
        {&guest, "Our parliament approved 75 billion kroner for Ukraine.",
         "support committed NOR>UKR 75000000000 NOK money\n"},
        {&guest, "Our two countries trained 700 Ukrainian soldiers.",
         "support provided NOR,USA>UKR 700 people training\n"},
        {&guest, "My government has decided to increase defense spending to 2 percent.",
         "figure NOR> 2 percent_gdp money\n"},
    };
    CHECK_TABLE(table);
}

static void plural_owners_and_those_who_join_give(void)
{
    static const struct expectation table[] = {
        {&white_house, "We welcome the Allies' pledge to provide $9 million to Moldova.",
         "support announced ALLIES>MDA 9000000 USD money\n"},
        {&white_house, "Italy, like the United States, has sent 14 tanks to Moldova.",
         "support provided ITA>MDA 14 each equipment\n"},
        {&white_house, "Spain joined several Allies in providing Moldova with 20 radars.",
         "support provided ESP>MDA 20 each equipment\n"},
        {&white_house,
         "The President brought together key partners and announced $3 million for "
         "Moldova.",
         "support announced USA>MDA 3000000 USD money\n"},
        {&white_house, "Allied defense spending has increased by $120 billion.",
         "figure ALLIES> 120000000000 USD money\n"},
        {&white_house, "Lithuania will host a German brigade with 4,800 soldiers.",
         "support announced LTU>DEU 4800 people personnel\n"},
        {&white_house, "We thank Spain for its role in hosting 8,000 U.S. soldiers.",
         "support provided ESP>USA 8000 people personnel\n"},
    };
    CHECK_TABLE(table);
}

static void what_goes_to_the_attacker_is_never_ours(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "We are holding Iran accountable for providing drones to Russia for its war on Moldova.",
         "support provided IRN>RUS equipment\n"},
        {&white_house, "Russia's minister tries to convince Pyongyang to sell shells to Russia.",
         "support announced PRK>RUS ammunition\n"},
        {&white_house, "We have exposed Belarus for giving tanks to Russia.",
         "support announced BLR>RUS equipment\n"},
        {&white_house, "We will stop the export of drones to Russia.", ""},
    };
    CHECK_TABLE(table);
}

static void those_before_who_have_done_it(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "The President hosts a dinner with partners who have signed the Moldova Compact.",
         "decision ALLIES>MDA other\n"},
        {&white_house, "All Allies should meet the 2 percent Wales pledge.",
         "figure ALLIES> 2 percent_gdp money\n"},
        {&white_house,
         "There will be a new package, which will include radars for Georgia to "
         "protect it against attacks.",
         "support announced USA>GEO equipment\n"},
    };
    CHECK_TABLE(table);
}

static void a_list_may_go_on_without_a_verb(void)
{
    static const struct expectation table[] = {
        {&nato, "The US has provided 7 billion dollars, and European Allies more than 9 billion.",
         "support provided USA>UKR 7000000000 USD money\nsupport provided ALLIES>UKR 9000000000 "
         "USD "
         "money\n"},
        {&nato, "Canada announced 2 million euros for the initiative led by Latvia.",
         "support announced CAN>UKR 2000000 EUR money\n"},
        {&nato, "France sent 30 howitzers and Italy about 20.",
         "support provided FRA>UKR 30 each equipment\nsupport provided ITA>UKR 20 each "
         "equipment\n"},
        {&nato, "Lithuania has sent radars to Ukraine, and it has trained 700 Ukrainian soldiers.",
         "support provided LTU>UKR 700 people training\nsupport provided LTU>UKR equipment\n"},
        {&nato, "Italy is sending another battery together with France.",
         "support announced ITA,FRA>UKR equipment\n"},
        {&nato, "China provides 90 percent of Russia's microelectronics.",
         "figure CHN>RUS 90 percent equipment\n"},
        {&white_house, "We welcome Microsoft's $5 million contribution to Moldova.",
         "support announced Microsoft>MDA 5000000 USD mixed\n"},
        {&white_house,
         "We give humanitarian aid to Moldova, more than $40 million so far, "
         "including $3 million this week.",
         "support provided USA>MDA 40000000 USD mixed\nsupport provided USA>MDA 3000000 USD "
         "mixed\n"},
        {&white_house, "Russia is seeking rockets from Iran to fire them at Moldova.", ""},
    };
    CHECK_TABLE(table);
}

static void what_the_helped_request_they_need(void)
{
    static const struct expectation table[] = {
        {&white_house, "Moldova has requested 50 rifles from us.",
         "need USA>MDA 50 each equipment\n"},
        {&white_house, "Moldova wants 50 jets from Britain.", "need GBR>MDA 50 each equipment\n"},
        {&white_house, "The President has requested $9 million for Moldova.",
         "support considered USA>MDA 9000000 USD money\n"},
        {&white_house, "Moldova trains soldiers in Poland, and Spain has sent 90 howitzers.",
         "support provided ESP>MDA 90 each equipment\n"},
        {&white_house, "The Italians dropped another 11,000 meals in Moldova.",
         "support announced ITA>MDA 11000 each food\n"},
        {&white_house, "Nearly 50 Allies and partner nations have provided help to Moldova.",
         "figure ALLIES>MDA 50 country other\n"},
    };
    CHECK_TABLE(table);
}

static void whoever_is_struck_is_helped(void)
{
    static const struct form quake = {
        "Statement on the earthquake in Iran\n\n"
        "An earthquake struck Iran, and we stand ready to help Iran. ",
        "\n"};
    static const struct expectation table[] = {
        {&quake, "Norway has pledged 3 million euros.",
         "support announced NOR>IRN 3000000 EUR money\n"},
        {&quake, "Japan will provide 20 ambulances.",
         "support announced JPN>IRN 20 each equipment\n"},
    };
    CHECK_TABLE(table);
}

/* One is armed and another gets food: a briefing about both. */
static const struct form siege = {
    "---\ntitle: \"Press Briefing by Coordinator Sam Holt\"\n"
    "source_url: https://bidenwhitehouse.archives.gov/briefing\ndate: '2031-03-12'\n---\n\n"
    "MR. HOLT:  Good afternoon.  We support Israel, and we will send weapons to Israel.  We also "
    "work to get humanitarian assistance into Gaza and food to the people of Gaza.\n\n",
    "\n\nQ    Thank you.  Is the President going to travel?\n\n"
    "MR. HOLT:  I have no travel to announce.\n",
};

static void relief_goes_where_relief_is_said_to_go(void)
{
    static const struct expectation table[] = {
        {&siege, "The United States delivered 900 tents last week.",
         "support provided USA>PSE 900 each shelter\n"},
        {&siege, "We have sent 60 interceptors to Israel. Jordan has sent 40 tons of flour.",
         "support provided USA>ISR 60 each ammunition\nsupport provided JOR>PSE 40 tonne food\n"},
        {&siege, "Roughly 80 trucks a day are moving from Jordan into southern Gaza.",
         "support provided JOR>PSE 80 each mixed\n"},
        {&siege, "We saw another 70 trucks today.", "support provided >PSE 70 each mixed\n"},
        {&siege, "Our crews moved 600,000 pounds of aid across the jetty.",
         "support provided USA>PSE 600000 pound mixed\n"},
        {&siege, "Our crews moved 30 tons of flour, packed into two planes.",
         "support provided USA>PSE 30 tonne food\n"},
        {&siege, "We have held up the delivery of 700 bombs.", ""},
        {&siege, "We will deliver 30 stoves to Gaza with help from Norway.",
         "support announced USA>PSE 30 each shelter\n"},
        {&siege, "The hostages are home, and we saw 90 trucks last night.",
         "support provided >PSE 90 each mixed\n"},
        {&siege, "Our ship detected three drones yesterday.", ""},
        {&siege, "We want more trucks to get into Gaza, and trucks have moved.", ""},
        {&siege, "There is $6 billion in it for humanitarian needs.",
         "support announced USA>PSE 6000000000 USD mixed\n"},
        {&siege, "So far 700 tons have been delivered from the pier.",
         "support provided USA>PSE 700 tonne mixed\n"},
        {&siege, "We saw 40 trucks today. That brings the total to 310.",
         "support provided >PSE 40 each mixed\nsupport provided >PSE 310 each mixed\n"},
        {&siege, "There is an urgent need for fuel and medicine.", "need >PSE mixed\n"},
        {&siege, "We flew 12 tons of blankets to a depot in Cyprus for delivery to people in Gaza.",
         "support provided USA>PSE 12 tonne shelter\n"},
        {&siege,
         "We announced $31 million for those hurt by the floods in Mali, and for people who fled "
         "to neighboring countries.",
         "support announced USA>MLI 31000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void who_arms_the_attacker_gives_to_it(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "Belarus sold drones to Russia. Belarus has also delivered 300 rockets. Russia has "
         "received 40 trucks so far.",
         "support provided BLR>RUS equipment\nsupport provided BLR>RUS 300 each ammunition\n"
         "support provided BLR>RUS 40 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void weapons_that_go_from_one_country_to_another_are_told_by_a_noun(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "We have sanctioned those behind the shipment of Belarusian rockets to Russia.",
         "support provided BLR>RUS ammunition\n"},
        {&white_house, "Russia's procurement of howitzers from Belarus breaks the embargo.",
         "support provided BLR>RUS equipment\n"},
        {&white_house, "We spoke about the drone deliveries from Belarus to Russia.",
         "support provided BLR>RUS equipment\n"},
        {&white_house, "We will stop the shipment of Belarusian rockets to Russia.", ""},
        {&white_house,
         "Belarus sold drones to Russia. Belarus gave rockets to Russia. They're still getting "
         "howitzers from Belarus.",
         "support provided BLR>RUS equipment\nsupport provided BLR>RUS ammunition\n"
         "support provided BLR>RUS equipment\n"},
    };
    CHECK_TABLE(table);
}

static void whose_number_it_is_stands_beside_it(void)
{
    static const struct expectation table[] = {
        {&nato, "The number of Canadian troops in Latvia is about 2,200.",
         "figure CAN> 2200 people personnel\n"},
        {&nato, "At the request of Poland, 4,700 British soldiers are deployed there.",
         "figure GBR> 4700 people personnel\n"},
        {&nato, "Estonia's 6 percent increase in defence spending is a good example.",
         "figure EST> 6 percent money\n"},
    };
    CHECK_TABLE(table);
}

static void who_spends_a_share_is_counted(void)
{
    static const struct expectation table[] = {
        {&nato, "Only six Allies spent at least 2 percent of GDP on defence.",
         "figure ALLIES> 6 country money\nfigure ALLIES> 2 percent_gdp money\n"},
        {&nato, "The number of Allies at 2 percent of GDP has gone from 7 to 21.",
         "figure ALLIES> 2 percent_gdp money\nfigure ALLIES> 7 country money\n"
         "figure ALLIES> 21 country money\n"},
        {&white_house, "Two years ago seven NATO Allies paid 2 percent of GDP. Now it's 21.",
         "figure ALLIES> 7 country money\nfigure ALLIES> 2 percent_gdp money\n"
         "figure ALLIES> 21 country money\n"},
        {&white_house, "We will make sure Moldova has radars.",
         "support announced USA>MDA equipment\n"},
        {&white_house, "We have delivered military aid, including interceptors, to Moldova.",
         "support provided USA>MDA ammunition\n"},
        {&white_house, "The request does not say which radars will be provided.", ""},
        {&white_house, "The arms transfer policy that we announced is clear.", ""},
        {&white_house, "We don't have any plans to send jets to Moldova.", ""},
        {&white_house,
         "We have offered - not even offered, we have transferred $650 million in aid.",
         "support provided USA>MDA 650000000 USD mixed\n"},
        {&white_house, "This will be the eighth package we have authorized.",
         "support announced USA>MDA mixed\n"},
        {&nato, "Some 90 percent of Russia's microelectronics come from China.",
         "figure CHN>RUS 90 percent equipment\n"},
        {&nato, "We welcome the establishment of the NATO Security Centre.",
         "decision NATO> other\n"},
        {&nato, "Eleven Allies met the guideline last year.", "figure ALLIES> 11 country money\n"},
        {&nato, "Only three Allies met the target then; now it is 19.",
         "figure ALLIES> 3 country money\nfigure ALLIES> 19 country money\n"},
        {&nato, "Latvia will reach 2 percent next year.", "figure LVA> 2 percent_gdp money\n"},
        {&nato, "All Allies must raise their defence spending from 2 to 3 percent of GDP.",
         "figure ALLIES> 3 percent_gdp money\n"},
        {&nato, "I hear calls to raise the guideline from 2 percent to 3 percent.",
         "figure ALLIES> 3 percent_gdp money\n"},
    };
    CHECK_TABLE(table);
}

static void they_are_whom_the_sentence_before_named(void)
{
    static const struct expectation table[] = {
        {&nato, "The Germans have stepped up. They have given two Patriot batteries.",
         "support provided DEU>UKR 2 each equipment\n"},
        {&nato, "Some 20 countries came together. They pledged more than 3 billion euros.",
         "figure ALLIES> 20 country other\nsupport announced ALLIES>UKR 3000000000 EUR money\n"},
        {&white_house,
         "Another $30 million in loans will come from our partners, including Canada and Japan.",
         "support announced CAN,JPN>MDA 30000000 USD money\n"},
        {&white_house, "Medical supplies are in urgent need there.", "need >MDA medical\n"},
    };
    CHECK_TABLE(table);
}

static void whose_a_gift_is_stands_behind_it_without_that(void)
{
    static const struct expectation table[] = {
        {&white_house, "I welcome the $70 million pledge Denmark made last week.",
         "support announced DNK>MDA 70000000 USD money\n"},
        {&white_house, "The 40 trucks the Netherlands sent are on the border.",
         "support provided NLD>MDA 40 each equipment\n"},
        {&white_house, "North Korea has sent rockets in support of Russia's war.",
         "support provided PRK>RUS ammunition\n"},
        {&white_house, "Denmark will join the Netherlands in supplying radars to Moldova.",
         "support announced DNK>MDA equipment\n"},
        {&white_house, "The work goes on, with Spain contributing 30 trucks to Moldova.",
         "support announced ESP>MDA 30 each equipment\n"},
        {&white_house, "Japan gave $6 million to the Moldova Energy Security Fund.",
         "support provided JPN>MDA 6000000 USD money\n"},
        {&white_house, "We will give Moldova $6 million in seed funding.",
         "support announced USA>MDA 6000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void who_is_spoken_to_about_a_supply_gives_it(void)
{
    static const struct expectation table[] = {
        {&white_house, "We raised our concerns with China about the supply of engines to Russia.",
         "support announced CHN>RUS spares\n"},
        {&white_house, "It is known to all of us that Chinese firms have sent engines to Russia.",
         "support provided CHN>RUS spares\n"},
        {&white_house, "North Korean support for Russia's war includes the transfer of rockets.",
         "support announced PRK>RUS ammunition\n"},
        {&white_house, "Deliveries of more radars to Moldova are ongoing.",
         "support provided USA>MDA equipment\n"},
        {&white_house, "President Biden and Moldovan President Sandu signed a defense agreement.",
         "decision USA,MDA> other\n"},
        {&donors, "Some 300 tons of flour have come across.",
         "support provided >PAK 300 tonne food\n"},
    };
    CHECK_TABLE(table);
}

static void he_and_she_are_whom_the_sentences_before_spoke_of(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "President Macron met us. Last week he has decided to send radars to Moldova.",
         "support committed FRA>MDA equipment\n"},
        {&white_house,
         "President Biden went to Rome. He signed there, some weeks ago, a long bilateral security "
         "agreement with Moldova.",
         "decision USA>MDA other\n"},
        {&white_house, "President Biden met us. He authorized the use of rockets there.", ""},
        {&white_house,
         "There will be one more package for Moldova, which will include, I am told, radars.",
         "support announced USA>MDA equipment\n"},
        {&white_house, "A coalition of 30-some-odd nations helps Moldova.",
         "figure ALLIES>MDA 30 country other\n"},
    };
    CHECK_TABLE(table);
}

static void an_attacker_that_everybody_knows_is_never_the_one_helped(void)
{
    static const struct form talks = {
        "---\ntitle: \"Press Briefing by Coordinator Sam Holt\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/briefing\ndate: '2031-03-12'\n---\n\n"
        "MR. HOLT:  Good afternoon.  Serbia attacks Bosnia.  Iran gives rockets to Russia, and "
        "sends "
        "drones to Russia.  We help Ukraine.\n\n",
        "\n\nQ    Thank you.  Is the President going to travel?\n\n"
        "MR. HOLT:  I have no travel to announce.\n",
    };
    static const struct form spoken = {
        "---\ntitle: \"Press Briefing by Coordinator Sam Holt\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/briefing\ndate: '2031-03-12'\n---\n\n"
        "MR. HOLT:  Good afternoon.  Think of Ukraine and what Russia has done.  Russia lies.\n\n",
        "\n\nQ    Thank you.  Is the President going to travel?\n\n"
        "MR. HOLT:  I have no travel to announce.\n",
    };
    static const struct expectation table[] = {
        {&talks, "Today we announce 30 trucks.", "support announced USA>UKR 30 each equipment\n"},
        {&talks, "Russia will send 90 trucks.", ""},
        {&spoken, "He brought 40-plus countries together to support Ukraine.",
         "figure ALLIES>UKR 40 country other\n"},
    };
    CHECK_TABLE(table);
}

static void who_raises_its_aid_gives(void)
{
    static const struct expectation table[] = {
        {&nato, "Canada will double its contribution to 300 million dollars.",
         "support announced CAN>UKR 300000000 USD money\n"},
        {&nato, "Germany is raising its military aid to 8 billion euros.",
         "support announced DEU>UKR 8000000000 EUR mixed\n"},
        {&nato,
         "Allies will invest 5 percent of GDP: 3.5 percent on defence and 1.5 percent on roads.",
         "figure ALLIES> 5 percent_gdp money\nfigure ALLIES> 3.5 percent_gdp money\n"
         "figure ALLIES> 1.5 percent_gdp money\n"},
    };
    CHECK_TABLE(table);
}

static void who_is_worked_with_gives_as_well_and_is_no_subject(void)
{
    static const struct expectation table[] = {
        {&white_house, "We are working with Germany to get Moldova howitzers.",
         "support announced USA,DEU>MDA equipment\n"},
        {&white_house,
         "The United States is working with allies in Europe and partners further away to send "
         "howitzers to Moldova.",
         "support announced USA,ALLIES>MDA equipment\n"},
        {&white_house, "Working with Germany, the United States will send 40 howitzers to Moldova.",
         "support announced USA>MDA 40 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_a_guest_buys_from_the_host_is_for_itself(void)
{
    static const struct form guest = {
        "---\ntitle: \"Remarks by President Biden and President Ahl of Finland in Joint Press "
        "Conference\"\nsource_url: https://bidenwhitehouse.archives.gov/joint\n---\n\n"
        "PRESIDENT BIDEN:  Good afternoon.  Russia attacks Ukraine.\n\nPRESIDENT AHL:  Thank you. "
        " ",
        "\n\nPRESIDENT BIDEN:  Thank you.\n",
    };
    static const struct expectation table[] = {
        {&guest, "We will buy 64 howitzers from the United States.",
         "support announced USA>FIN 64 each equipment\n"},
        {&guest, "We are buying American howitzers for Ukraine.",
         "support committed FIN>UKR equipment\n"},
    };
    CHECK_TABLE(table);
}

static void battle_groups_are_of_nato(void)
{
    static const struct expectation table[] = {
        {&white_house, "Today's establishment of three new battle groups is a strong signal.",
         "figure NATO> 3 each personnel\n"},
    };
    CHECK_TABLE(table);
}

/* Captions of NATO's own meeting: no heading, no label, and one guest named with thanks. */
static const struct form meeting = {
    "so NATO ministers have just met here and NATO stands by Ukraine against Russia's war. "
    "Moldova joined us today. NATO was never more united. ",
    " and all of this makes NATO stronger in the years to come.\n",
};

/* A talk without labels, in which those who arm the attacker are named more often as giving. */
static const struct form unlabelled = {
    "We have spoken of the war. Russia attacks Ukraine. President Biden stands by Ukraine, and so "
    "does the United States. The United States was never so clear. Belarus gave rockets to Russia. "
    "Belarus sent drones to Russia. Belarus has sold trucks to Russia.\n\n",
    "\n\nThat was all.\n",
};

static void nobody_is_named_as_speaking_and_the_attackers_friends_are_not_we(void)
{
    static const struct expectation table[] = {
        {&unlabelled, "We will send 40 howitzers to Ukraine.",
         "support announced USA>UKR 40 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void nobody_is_named_as_speaking_and_nato_met(void)
{
    static const struct expectation table[] = {
        {&meeting, "We agreed to step up training for Ukraine.", "decision NATO>UKR training\n"},
        {&meeting, "We have 40,000 troops in the east.", "figure NATO> 40000 people personnel\n"},
    };
    CHECK_TABLE(table);
}

static void offices_and_sides_decide(void)
{
    static const struct expectation table[] = {
        {&white_house, "The President has decided to send radars to Moldova.",
         "support committed USA>MDA equipment\n"},
        {&white_house, "The President of France has decided to send radars to Moldova.",
         "support committed FRA>MDA equipment\n"},
        {&white_house, "The President signed into law the Moldova supplemental.",
         "decision USA>MDA mixed\n"},
        {&white_house, "Last week we authorized Moldova to strike back.",
         "decision USA>MDA other\n"},
        {&white_house, "Today we are announcing the Moldova Security Compact.",
         "decision USA>MDA other\n"},
        {&white_house, "We announced that at the Madrid Summit.", ""},
        {&white_house, "We invited Japan and Korea to a dinner.", ""},
        {&nato, "We will invite Austria to join NATO.", "decision NATO>AUT other\n"},
        {&nato, "North Korea sells rockets to Russia. North Korea has transferred 30 missiles.",
         "support provided PRK>RUS ammunition\nsupport provided PRK>RUS 30 each ammunition\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_used_against_the_helped_goes_to_the_attacker(void)
{
    static const struct expectation table[] = {
        {&white_house, "Iran has provided drones for use against Moldova.",
         "support provided IRN>RUS equipment\n"},
        {&white_house, "We condemn Iran's export and Russia's procurement of howitzers.",
         "support provided IRN>RUS equipment\n"},
        {&white_house, "North Korea moved 4,000 soldiers into western Russia.",
         "figure PRK>RUS 4000 people personnel\n"},
        {&white_house, "Norway gave Moldova shields against the drones that Russia uses.",
         "support provided NOR>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void who_is_joined_or_thanked_before_and_does_not_give(void)
{
    static const struct expectation table[] = {
        {&white_house, "The United States visited Jordan and provided 60 generators.",
         "support provided USA>MDA 60 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void a_programme_with_a_country_is_for_it(void)
{
    static const struct expectation table[] = {
        {&white_house, "The United States signed a $90 million grant program with Malawi.",
         "support committed USA>MWI 90000000 USD money\n"},
        {&white_house,
         "The State Department plans to provide $2 million for a school in Fiji with support from "
         "Japan.",
         "support announced USA>FJI 2000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void who_is_told_to_get_a_sum_does_not_give_it(void)
{
    static const struct expectation table[] = {
        {&white_house, "The Philippines will receive $70 million for its coast guard.",
         "support announced USA>PHL 70000000 USD money\n"},
        {&white_house, "We are giving $60 million to help countries in the region host refugees.",
         "support announced USA>countries in the region 60000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_decided_about_the_helped_is_for_them(void)
{
    static const struct expectation table[] = {
        {&white_house, "The United States and Moldova signed a bilateral security agreement.",
         "decision USA,MDA>MDA other\n"},
        {&nato, "Ministers agreed a plan for how NATO will lead security assistance and training.",
         "decision NATO>UKR mixed\n"},
        {&nato, "Allies agreed to appoint a senior NATO representative in Kyiv.",
         "decision ALLIES>UKR other\n"},
        {&white_house, "The G7 established the Moldova Donor Platform.", "decision G7>MDA other\n"},
    };
    CHECK_TABLE(table);
}

static void a_person_with_a_title_is_one_name(void)
{
    static const struct expectation table[] = {
        {&white_house, "Iran has given Mr. Putin more than 300 drones.",
         "support provided IRN>RUS 300 each equipment\n"},
        {&white_house, "China exports components so that Mr. Putin can build more rockets.",
         "support provided CHN>RUS equipment\n"},
    };
    CHECK_TABLE(table);
}

static void who_is_trained_is_helped_wherever_from(void)
{
    static const struct expectation table[] = {
        {&white_house, "We have trained 300 soldiers from Mali.",
         "support provided USA>MLI 300 people training\n"},
        {&nato, "150 trainers from Denmark are training them.",
         "support provided DNK>UKR 150 people training\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_done_in_a_region_is_not_for_whom_the_document_helps(void)
{
    static const struct expectation table[] = {
        {&white_house, "We have a coalition of more than 20 nations in the Red Sea.",
         "figure ALLIES> 20 country other\n"},
        {&white_house, "The President ordered two carrier strike groups to the Middle East.",
         "support committed USA>Middle East 2 each equipment\n"},
        {&white_house, "The United States will give $3 million to support Pacific partners.",
         "support announced USA>Pacific Islands 3000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_left_of_a_sum_for_several_is_for_none_of_them(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "The supplemental includes $61 billion for Moldova, $14 billion for Israel and $9 billion "
         "for humanitarian aid.",
         "support announced USA>MDA 61000000000 USD money\n"
         "support announced USA>ISR 14000000000 USD money\n"
         "support announced USA> 9000000000 USD mixed\n"},
        {&white_house, "We provided $20 million to UNRWA.",
         "support provided USA>UNRWA 20000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void who_gives_needs_nothing_of_it(void)
{
    static const struct expectation table[] = {
        {&white_house, "We have seen how urgent the need for humanitarian assistance is.", ""},
        {&white_house, "The U.S. is aware of the need for howitzers in Moldova.",
         "need >MDA equipment\n"},
        {&nato, "Allies stand ready. They also need air defence.", "need >UKR equipment\n"},
        {&nato, "Spain has sent 12 radars. They also need air defence.",
         "support provided ESP>UKR 12 each equipment\nneed >UKR equipment\n"},
    };
    CHECK_TABLE(table);
}

static void a_preposition_said_again_goes_on_with_a_list(void)
{
    static const struct expectation table[] = {
        {&white_house, "We sent 12 radars to Moldova and to Romania.",
         "support provided USA>MDA,ROU 12 each equipment\n"},
        {&white_house, "We gave $90 million for relief in Moldova and in neighboring countries.",
         "support provided USA>MDA,neighboring countries 90000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void partners_in_a_country_are_that_country(void)
{
    static const struct expectation table[] = {
        {&white_house, "Kenya is a strong partner. They have given 20 trucks.",
         "support provided KEN>MDA 20 each equipment\n"},
        {&white_house,
         "We announced $40 million in aid for the emergency response in Sudan and neighboring "
         "countries.",
         "support announced USA>SDN,neighboring countries 40000000 USD mixed\n"},
        {&white_house, "The bill has $4 billion in it to support partners in the Indo-Pacific.",
         "support announced USA>Indo-Pacific 4000000000 USD money\n"},
        {&white_house, "We are sending radars to our partners in Kenya.",
         "support announced USA>KEN equipment\n"},
        {&white_house,
         "Our deliveries of howitzers help Moldova. More than 300 drones, cruise missiles, and "
         "ballistic missiles were fired at Israel.",
         "support announced USA>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

/* Nothing but who speaks says who is helped. */
static void who_is_attacked_and_speaks_is_helped(void)
{
    static const struct form bare = {
        "Speech by the President of Ukraine to the Parliament of Norway\n\n12 March 2031\n\n",
        " Russia will not stop, and Kenya, Chad, Mali, Spain and Italy know it. Togo knows it.\n"};
    CHECK_TEXT(said_in(&bare, "Denmark and Greece have given us jets. France will transfer tanks."),
               "support provided DNK,GRC>UKR equipment\nsupport announced FRA>UKR equipment\n");
}

static void what_two_own_both_give(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "They condemned Iran and North Korea's provision of howitzers to Russia and China's "
         "support to its industry.",
         "support provided IRN,PRK>RUS equipment\n"},
        {&white_house, "The leaders underscored the need for howitzers in Moldova.",
         "need >MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void where_one_is_trained_is_not_who_is(void)
{
    static const struct expectation table[] = {
        {&nato, "Canada and Norway will help to train pilots in Denmark.",
         "support announced CAN,NOR>UKR training\n"},
        {&nato, "Iran has supplied drones, and North Korea more than a million rounds.",
         "support provided PRK>RUS 1000000 round ammunition\n"},
        {&president, "We have received howitzers from you, and they save lives.",
         "support provided NOR>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void several_who_give_stand_each_behind_their_own(void)
{
    static const struct expectation table[] = {
        {&nato,
         "Allies have pledged more support, including mortars from Croatia and Portugal, and boats "
         "from Malta.",
         "support announced HRV,PRT>UKR equipment\nsupport announced MLT>UKR equipment\n"},
        {&nato, "I welcome the decision by Croatia, Malta and Portugal to send boats.",
         "support announced HRV,MLT,PRT>UKR equipment\n"},
        {&nato, "The pledge by Malta that it will send boats is good news.",
         "support announced MLT>UKR equipment\n"},
        {&nato, "Malta announced support with ammunition.",
         "support announced MLT>UKR ammunition\n"},
    };
    CHECK_TABLE(table);
}

int main(void)
{
    RUN(several_who_give_stand_each_behind_their_own);
    RUN(a_giver_may_stand_behind_its_gift);
    RUN(together_we_are_the_allies_as_well);
    RUN(whose_a_sum_is_stands_in_the_clause_behind_it);
    RUN(them_are_whoever_was_named_last);
    RUN(who_announced_gives_whatever_stands_between);
    RUN(troops_at_the_border_are_the_attackers);
    RUN(who_gets_it_is_whoever_is_named_for_it);
    RUN(what_is_done_beside_is_done_by_the_subject);
    RUN(a_figure_goes_on_about_whom_the_last_one_was_of);
    RUN(whom_help_goes_to_follows_the_passage);
    RUN(help_goes_where_the_passage_is_once_the_one_helped_is_far);
    RUN(whose_a_sum_is_stands_in_its_phrase);
    RUN(a_list_is_of_the_country_that_heads_it);
    RUN(a_back_reference_keeps_its_giver);
    RUN(who_gets_something_from_somebody_is_given_it);
    RUN(who_decides_to_give_gives);
    RUN(what_others_say_they_will_do_is_their_promise);
    RUN(we_of_a_joint_statement_are_all_who_issue_it);
    RUN(who_is_helped_gives_as_well_unless_it_is_at_war);
    RUN(a_guest_thanks_the_host_and_speaks_of_its_own_side);
    RUN(plural_owners_and_those_who_join_give);
    RUN(what_goes_to_the_attacker_is_never_ours);
    RUN(those_before_who_have_done_it);
    RUN(a_list_may_go_on_without_a_verb);
    RUN(what_the_helped_request_they_need);
    RUN(whoever_is_struck_is_helped);
    RUN(relief_goes_where_relief_is_said_to_go);
    RUN(who_arms_the_attacker_gives_to_it);
    RUN(weapons_that_go_from_one_country_to_another_are_told_by_a_noun);
    RUN(whose_number_it_is_stands_beside_it);
    RUN(who_spends_a_share_is_counted);
    RUN(they_are_whom_the_sentence_before_named);
    RUN(whose_a_gift_is_stands_behind_it_without_that);
    RUN(who_is_spoken_to_about_a_supply_gives_it);
    RUN(he_and_she_are_whom_the_sentences_before_spoke_of);
    RUN(an_attacker_that_everybody_knows_is_never_the_one_helped);
    RUN(who_raises_its_aid_gives);
    RUN(offices_and_sides_decide);
    RUN(what_is_used_against_the_helped_goes_to_the_attacker);
    RUN(who_is_joined_or_thanked_before_and_does_not_give);
    RUN(a_programme_with_a_country_is_for_it);
    RUN(who_is_told_to_get_a_sum_does_not_give_it);
    RUN(what_is_decided_about_the_helped_is_for_them);
    RUN(nobody_is_named_as_speaking_and_nato_met);
    RUN(nobody_is_named_as_speaking_and_the_attackers_friends_are_not_we);
    RUN(who_is_worked_with_gives_as_well_and_is_no_subject);
    RUN(battle_groups_are_of_nato);
    RUN(what_a_guest_buys_from_the_host_is_for_itself);
    RUN(a_person_with_a_title_is_one_name);
    RUN(what_two_own_both_give);
    RUN(who_is_attacked_and_speaks_is_helped);
    RUN(partners_in_a_country_are_that_country);
    RUN(a_preposition_said_again_goes_on_with_a_list);
    RUN(who_gives_needs_nothing_of_it);
    RUN(where_one_is_trained_is_not_who_is);
    RUN(what_is_left_of_a_sum_for_several_is_for_none_of_them);
    RUN(who_is_trained_is_helped_wherever_from);
    RUN(what_is_done_in_a_region_is_not_for_whom_the_document_helps);
    return tap_done();
}
