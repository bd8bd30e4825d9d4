/*
 * said_test.c - what the grammar makes of single sentences: what is given,
 * needed, counted or decided, how much, how far it is.
 *
 * An expectation is what people are to agree on; where two readings are fair,
 * the sentence is not here. Whose it is stands in who_gives_test.c, what only
 * sounds like a gift in no_gift_test.c.
 */
#include "sentences.h"

static void a_gift_with_a_number_has_stage_giver_receiver_and_class(void)
{
    static const struct expectation table[] = {
        {&nato, "Norway will send 40 trucks to Ukraine.",
         "support announced NOR>UKR 40 each equipment\n"},
        {&nato, "Latvia has delivered 1,200 drones.",
         "support provided LVA>UKR 1200 each equipment\n"},
        {&nato, "Portugal is sending three helicopters to Ukraine.",
         "support announced PRT>UKR 3 each equipment\n"},
        {&nato, "Italy pledged 90 million euros in military aid.",
         "support announced ITA>UKR 90000000 EUR mixed\n"},
        {&nato, "Canada has committed half a billion Canadian dollars.",
         "support committed CAN>UKR 500000000 CAD money\n"},
        {&nato, "Belgium signed a contract for 60,000 artillery shells for Ukraine.",
         "support committed BEL>UKR 60000 round ammunition\n"},
        {&nato, "Spain and Greece have each donated 10 tanks.",
         "support provided ESP,GRC>UKR 10 each equipment\n"},
        {&nato, "The Czech Republic has provided tens of thousands of artillery shells.",
         "support provided CZE>UKR 10000..99999 round ammunition\n"},
        {&nato, "Denmark will give between 20 and 30 armoured vehicles.",
         "support announced DNK>UKR 20..30 each equipment\n"},
        {&white_house, "We have provided more than 300 generators to Moldova.",
         "support provided USA>MDA 300 each equipment\n"},
        {&white_house, "The President authorized $150 million in security assistance for Moldova.",
         "support committed USA>MDA 150000000 USD mixed\n"},
        {&white_house, "Today the Department announced another $75 million package for Moldova.",
         "support announced USA>MDA 75000000 USD mixed\n"},
        {&white_house, "Germany and France have each given Moldova a dozen howitzers.",
         "support provided DEU,FRA>MDA 12 each equipment\n"},
        {&donors, "Japan will provide 35 million dollars in grants.",
         "support announced JPN>PAK 35000000 USD money\n"},
        {&donors, "Norway gives NOK 200 million.",
         "support provided NOR>PAK 200000000 NOK money\n"},
        {&donors, "Qatar shipped 5,000 tents.", "support provided QAT>PAK 5000 each shelter\n"},
        {&donors, "WFP has distributed food rations to 90,000 people.",
         "support provided WFP>PAK 90000 people food\n"},
        {&captions, "Sweden will send 12 aircraft to Ukraine.",
         "support announced SWE>UKR 12 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_decided_and_given_or_counted_is_said_once(void)
{
    static const struct expectation table[] = {
        {&nato, "Germany decided, with its partners, to send 20 tanks to Ukraine.",
         "support committed DEU>UKR 20 each equipment\n"},
        {&nato, "I welcome Germany's decision to spend 2 percent of its GDP on defence.",
         "figure DEU> 2 percent_gdp money\n"},
    };
    CHECK_TABLE(table);
}

static void a_tag_asks_nothing(void)
{
    static const struct expectation table[] = {
        {&nato, "Norway has sent Ukraine howitzers \xe2\x80\x94 right? \xe2\x80\x94 and radars.",
         "support provided NOR>UKR equipment\n"},
        {&nato, "Norway has supplied howitzers \xe2\x80\x94 right? \xe2\x80\x94 to Ukraine.",
         "support provided NOR>UKR equipment\n"},
        {&nato, "Norway is still sending howitzers to Ukraine.",
         "support provided NOR>UKR equipment\n"},
        {&nato, "Norway has sent radars to Ukraine, right?",
         "support provided NOR>UKR equipment\n"},
        {&nato, "Has Norway sent radars to Ukraine, all right?", ""},
    };
    CHECK_TABLE(table);
}

static void a_gift_without_a_number_is_one_statement_a_list(void)
{
    static const struct expectation table[] = {
        {&nato, "Estonia has sent howitzers and ammunition to Ukraine.",
         "support provided EST>UKR mixed\n"},
        {&nato, "Romania will provide a Patriot system.", "support announced ROU>UKR equipment\n"},
        {&nato, "Many Allies, including Poland and Lithuania, have delivered tanks.",
         "support provided POL,LTU>UKR equipment\n"},
        {&nato, "Finland, Sweden and Norway have committed to deliver air defence systems.",
         "support committed FIN,SWE,NOR>UKR equipment\n"},
        {&white_house, "We are providing Moldova with body armor, helmets and radios.",
         "support provided USA>MDA equipment\n"},
        {&donors, "The European Union is sending tents and blankets to Pakistan.",
         "support announced EU>PAK shelter\n"},
        {&donors, "Turkey sent medical teams and medicines.", "support provided TUR>PAK medical\n"},
    };
    CHECK_TABLE(table);
}

static void what_one_is_thanked_for_was_given(void)
{
    static const struct expectation table[] = {
        {&president, "Thank you for the 45 million euros.",
         "support announced NOR>MDA 45000000 EUR money\n"},
        {&president, "I thank Norway for the air defence systems.",
         "support provided NOR>MDA equipment\n"},
        {&president, "I am grateful to Germany for the radars.",
         "support provided DEU>MDA equipment\n"},
        {&nato, "I would like to thank Denmark for delivering 30 armoured vehicles to Ukraine.",
         "support provided DNK>UKR 30 each equipment\n"},
        {&nato, "I thank the Netherlands, which has delivered 14 tanks.",
         "support provided NLD>UKR 14 each equipment\n"},
        {&president, "We are grateful to Spain for sending 14 tanks.",
         "support announced ESP>MDA 14 each equipment\n"},
        {&president,
         "We are grateful to Germany for the radars and to the Czech Republic for 30 trucks.",
         "support announced CZE>MDA 30 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void several_numbers_are_several_statements(void)
{
    static const struct expectation table[] = {
        {&nato, "Germany will send 40 trucks and 15 radars to Ukraine.",
         "support announced DEU>UKR 40 each equipment\nsupport announced DEU>UKR 15 each "
         "equipment\n"},
        {&nato, "Norway gives 200 drones and Finland gives 90 drones.",
         "support provided NOR>UKR 200 each equipment\nsupport provided FIN>UKR 90 each "
         "equipment\n"},
        {&nato, "Sweden announced a new package of 70 million euros, with 12 boats.",
         "support announced SWE>UKR 70000000 EUR mixed\nsupport announced SWE>UKR 12 each "
         "equipment\n"},
        {&white_house,
         "Today we are announcing $80 million in military aid, including drones and ammunition.",
         "support announced USA>MDA 80000000 USD mixed\nsupport announced USA>MDA mixed\n"},
        {&donors,
         "Japan has pledged 600 million yen in grants, Canada 10 million Canadian dollars.",
         "support announced JPN>PAK 600000000 JPY money\nsupport announced CAN>PAK 10000000 CAD "
         "money\n"},
    };
    CHECK_TABLE(table);
}

static void items_of_a_list_have_its_giver_and_stage(void)
{
    static const struct expectation table[] = {
        {&fact_sheet,
         "The United States has committed to Georgia:\n\n- 45 armored vehicles\n- 3,000 rifles\n- "
         "body armor and helmets\n",
         "support committed USA>GEO 45 each equipment\nsupport committed USA>GEO 3000 each "
         "equipment\n"
         "support committed USA>GEO equipment\n"},
        {&fact_sheet,
         "Capabilities in this package include:\n\n- 12 howitzers\n- Counter-drone radars\n",
         "support announced USA>GEO 12 each equipment\nsupport announced USA>GEO equipment\n"},
        {&white_house, "The new package includes 50 drones, 20 trucks and 5,000 helmets.",
         "support announced USA>MDA 50 each equipment\nsupport announced USA>MDA 20 each "
         "equipment\n"
         "support announced USA>MDA 5000 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void people_are_trained_and_taken_in(void)
{
    static const struct expectation table[] = {
        {&nato, "The United Kingdom has trained 20,000 Ukrainian soldiers.",
         "support provided GBR>UKR 20000 people training\n"},
        {&nato, "NATO Allies will train 3,000 more recruits.",
         "support announced ALLIES>UKR 3000 people training\n"},
        {&nato, "Germany hosts 900,000 Ukrainian refugees.",
         "support provided DEU>UKR 900000 people shelter\n"},
        {&president, "Romania has sheltered 80,000 of our refugees.",
         "support provided ROU>MDA 80000 people shelter\n"},
        {&nato, "Finland is training Ukrainian pilots.", "support provided FIN>UKR training\n"},
    };
    CHECK_TABLE(table);
}

static void needs_are_of_who_lacks_and_asked_of_who_is_addressed(void)
{
    static const struct expectation table[] = {
        {&nato, "Ukraine needs more air defence systems.", "need >UKR equipment\n"},
        {&nato, "Ukraine urgently needs 150 tanks.", "need >UKR 150 each equipment\n"},
        {&nato, "Ukraine has asked Germany for 24 missiles.", "need DEU>UKR 24 each ammunition\n"},
        {&president, "We need 40 armoured vehicles.", "need NOR>MDA 40 each equipment\n"},
        {&president, "We need tanks and artillery.", "need NOR>MDA equipment\n"},
        {&donors, "Pakistan needs tents and medicines.", "need >PAK mixed\n"},
        {&donors, "Around 2 million people need shelter.", "need >PAK 2000000 people shelter\n"},
        {&donors, "The appeal asks for $140 million for Pakistan.",
         "need >PAK 140000000 USD money\n"},
        {&captions, "Ukraine needs 50 howitzers.", "need >UKR 50 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void bodies_decide_what_is_named(void)
{
    static const struct expectation table[] = {
        {&nato, "Allies agreed to establish a joint training centre in Poland.",
         "decision ALLIES> training\n"},
        {&nato, "We have decided to set up a new command in Norway.", "decision NATO> other\n"},
        {&nato, "Ministers endorsed a new Defence Production Action Plan.",
         "decision NATO> other\n"},
        {&nato, "Today NATO established the Northern Lighthouse Initiative.",
         "decision NATO> other\n"},
        {&white_house, "The G7 agreed to set up an expert group on price caps.",
         "decision G7> other\n"},
    };
    CHECK_TABLE(table);
}

static void agreements_on_defence_are_decisions_and_others_are_not_ours(void)
{
    static const struct expectation table[] = {
        {&white_house, "Japan and the Philippines signed the Mutual Defense Logistics Agreement.",
         "decision JPN,PHL> other\n"},
        {&white_house, "Finland will accede to Operation Northern Shield.",
         "decision FIN> other\n"},
        {&white_house, "Norway concluded a maritime security agreement with Chile.",
         "decision NOR,CHL> other\n"},
        {&white_house, "Spain and Chile have committed to deepen their defense cooperation.",
         "decision ESP,CHL> other\n"},
        {&white_house, "Japan and Chile announced a joint declaration on maritime security.",
         "decision JPN,CHL> other\n"},
        {&nato, "We will invite Moldova to join the Alliance.", "decision NATO>MDA other\n"},
        {&nato, "Every Ally pledged to develop plans for its defence industry.",
         "decision ALLIES> other\n"},
        {&white_house, "Japan and Chile launched the Pacific Climate Partnership.", ""},
        {&white_house, "Norway and Chile signed a memorandum of understanding on tourism.", ""},
        {&white_house, "It builds on the framework established in the Oslo Declaration.", ""},
    };
    CHECK_TABLE(table);
}

static void what_one_is_thanked_for_has_the_stage_of_its_own_clause(void)
{
    static const struct expectation table[] = {
        {&white_house, "The President will thank Japan for the $40 million in aid they have given.",
         "support provided JPN>MDA 40000000 USD mixed\n"},
        {&white_house,
         "We thank the people of Poland for the $3 million in aid that they have provided.",
         "support provided POL>MDA 3000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void what_one_plans_is_no_request_though_one_follows(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "The United States plans to give Moldova $30 million and has requested another $40 "
         "million "
         "from Congress.",
         "support announced USA>MDA 30000000 USD money\n"
         "support considered USA>MDA 40000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void a_chamber_considers_and_the_parliament_commits(void)
{
    static const struct expectation table[] = {
        {&white_house, "The Senate passed a bill with $13 million in aid to Moldova.",
         "support considered USA>MDA 13000000 USD mixed\n"},
        {&white_house, "Congress passed a bill that included $13 million in aid to Moldova.",
         "support committed USA>MDA 13000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void a_sum_has_no_class_by_who_gets_it(void)
{
    static const struct expectation table[] = {
        {&white_house, "We have sent $3 million to the soldiers of Moldova.",
         "support provided USA>MDA 3000000 USD money\n"},
        {&white_house, "We have approved four packages with which Moldova buys weapons.",
         "support committed USA>MDA 4 each mixed\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_to_come_is_announced_and_what_comes_yearly_has_come(void)
{
    static const struct expectation table[] = {
        {&white_house, "This includes the $8 million in aid that Norway is going to give.",
         "support announced NOR>MDA 8000000 USD mixed\n"},
        {&white_house, "It also includes $8 million in aid Norway is going to give to Moldova.",
         "support announced NOR>MDA 8000000 USD mixed\n"},
        {&white_house, "We will announce new gifts totaling $30 million for Moldova.",
         "support announced USA>MDA 30000000 USD money\n"},
        {&white_house,
         "Canada is reworking its orders, giving Moldova 40 radars over the next year.",
         "support announced CAN>MDA 40 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void to_support_is_no_kind_of_support(void)
{
    static const struct expectation table[] = {
        {&white_house, "We have provided $8 million to support nurses in Moldova.",
         "support provided USA>MDA 8000000 USD money\n"},
        {&white_house, "We will provide $8 million in support to Moldova.",
         "support announced USA>MDA 8000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void thanks_for_a_promise_and_training_to_come_are_announced(void)
{
    static const struct expectation table[] = {
        {&white_house, "We are grateful to Belgium for committing to provide more jets.",
         "support announced BEL>MDA equipment\n"},
        {&white_house, "I have directed the training of 18 pilots next year.",
         "support announced USA>MDA 18 people training\n"},
        {&white_house, "We are bringing a total of ten friends together and announcing $3 million.",
         "support announced USA>MDA 3000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void what_contributions_include_was_given(void)
{
    static const struct expectation table[] = {
        {&nato, "Denmark's contributions include howitzers, drones and ammunition.",
         "support provided DNK>UKR mixed\n"},
        {&nato,
         "Japan is a strong partner. Its assistance to Ukraine has included trucks and food.",
         "support provided JPN>UKR mixed\n"},
        {&nato, "Portugal has been a leading provider of helicopters and drones.",
         "support provided PRT>UKR equipment\n"},
        {&nato, "Croatia hosts training for Ukrainian soldiers.",
         "support provided HRV>UKR training\n"},
        {&white_house, "The President directed the deployment of a radar battery to Kuwait.",
         "support committed USA>KWT equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_capabilities_include_is_given(void)
{
    static const struct form two = {
        "---\ntitle: \"Press Briefing by Coordinator Sam Holt\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/briefing\ndate: '2031-03-12'\n---\n\n"
        "MR. HOLT:  Russia attacks Ukraine.  Hamas attacks Israel.  We help Ukraine, and we help "
        "Israel.  We sent food to Israel, and 40 trucks.  We talk to them every day.  Now to "
        "Ukraine and what Russia does there.  ",
        "\n\nQ    Thank you.\n",
    };
    static const struct expectation table[] = {
        {&white_house, "We provide Moldova with capabilities for its fight, including radars.",
         "support provided USA>MDA equipment\n"},
        {&white_house, "We provide Moldova with capabilities for its fight.", ""},
        {&two, "We announced a package of assistance, which includes rifles and rockets.",
         "support announced USA>UKR mixed\n"},
    };
    CHECK_TABLE(table);
}

static void training_is_for_those_who_are_trained(void)
{
    static const struct expectation table[] = {
        {&nato, "Denmark offers training for 50 Ukrainian pilots.",
         "support provided DNK>UKR 50 people training\n"},
        {&nato, "The UK has provided training to 10,000 Ukrainian soldiers.",
         "support provided GBR>UKR 10000 people training\n"},
        {&nato, "The European Union has agreed on a 50 billion euro package for Ukraine.",
         "support committed EU>UKR 50000000000 EUR mixed\n"},
        {&white_house, "We sent $90 million in rifles under the Security Initiative.",
         "support provided USA>MDA 90000000 USD equipment\n"},
    };
    CHECK_TABLE(table);
}

static void a_request_to_ones_own_parliament_is_considered(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "The President is asking Congress for $4 billion in security assistance for Moldova.",
         "support considered USA>MDA 4000000000 USD mixed\n"},
        {&white_house,
         "This request to Congress includes $900 million in economic assistance for Moldova.",
         "support considered USA>MDA 900000000 USD money\n"},
        {&white_house, "Congress has approved $2 billion in support for Moldova.",
         "support committed USA>MDA 2000000000 USD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void totals_are_committed_so_far(void)
{
    static const struct expectation table[] = {
        {&white_house, "That brings the total to $3.5 billion in security assistance to Moldova.",
         "support committed USA>MDA 3500000000 USD mixed\n"},
        {&white_house, "In total, we have committed more than $3.5 billion in security assistance.",
         "support committed USA>MDA 3500000000 USD mixed\n"},
        {&nato,
         "Since the war began, Allies have provided around 90 billion euros in aid to Ukraine.",
         "support provided ALLIES>UKR 90000000000 EUR mixed\n"},
        {&nato, "More than 40 nations have committed 900 tanks.",
         "figure ALLIES>UKR 40 country other\nsupport committed ALLIES>UKR 900 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_hangs_on_a_condition_is_considered(void)
{
    static const struct expectation table[] = {
        {&nato, "If the parliament agrees, Norway will send 16 jets to Ukraine.",
         "support considered NOR>UKR 16 each equipment\n"},
        {&nato, "Spain could send 17 tanks.", "support considered ESP>UKR 17 each equipment\n"},
        {&nato, "Some Allies are considering sending fighter jets to Ukraine.",
         "support considered ALLIES>UKR equipment\n"},
        {&nato, "Greece is looking into sending air defence systems to Ukraine.",
         "support considered GRC>UKR equipment\n"},
        {&nato, "Allies should consider sending more missiles.",
         "support considered ALLIES>UKR ammunition\n"},
        {&white_house, "We are ready to provide another $60 million in assistance to Moldova.",
         "support considered USA>MDA 60000000 USD mixed\n"},
        {&white_house, "It is possible that Iran may sell missiles to Russia.",
         "support considered IRN>RUS ammunition\n"},
        {&nato, "Denmark may send 19 boats to Ukraine.",
         "support considered DNK>UKR 19 each equipment\n"},
    };
    CHECK_TABLE(table);
}

/* The verb that says how far it has come is not always the first or the nearest one. */
static void how_far_it_has_come_is_said_by_what_is_over(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "Leaders spoke to discuss the radars that Iran has provided in bulk to Russia.",
         "support provided IRN>RUS equipment\n"},
        {&white_house,
         "As you all heard the Chancellor announce, Austria has committed to sending "
         "trucks to Moldova.",
         "support committed AUT>MDA equipment\n"},
        {&nato, "Sweden announced that it has approved 60 million euros in aid to Ukraine.",
         "support committed SWE>UKR 60000000 EUR mixed\n"},
        {&white_house,
         "Latvia is considering sending trainers to Moldova. It has trained 300 Moldovan soldiers.",
         "support considered LVA>MDA training\n"
         "support provided LVA>MDA 300 people training\n"},
        {&white_house,
         "This builds on nearly $70 million in humanitarian aid for Moldova this year.",
         "support provided USA>MDA 70000000 USD mixed\n"},
        {&white_house, "We have worked across two oceans and many months to get Moldova howitzers.",
         "support provided USA>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_can_be_sent_or_is_made_sure_of_is_yet_to_come(void)
{
    static const struct expectation table[] = {
        {&white_house, "The House must pass the bill so that we can send howitzers to Moldova.",
         "support considered USA>MDA equipment\n"},
        {&white_house, "We will make sure that we give Moldova the radars it needs.",
         "support announced USA>MDA equipment\n"},
        {&white_house,
         "The letter puts pressure on Congress to quickly approve $3 billion in budget "
         "support for Moldova.",
         "support considered USA>MDA 3000000000 USD money\n"},
        {&white_house, "We are committed to working with Congress to lend $40 million to Moldova.",
         "support announced USA>MDA 40000000 USD money\n"},
        {&white_house, "I can announce that Estonia has sent 13 trucks to Moldova.",
         "support provided EST>MDA 13 each equipment\n"},
        {&white_house, "We will meet our friends in Oslo and send radars to Moldova.",
         "support announced USA>MDA equipment\n"},
        {&white_house, "The Danes stand with Moldova, including through the delivery of radars.",
         "support provided DNK>MDA equipment\n"},
        {&white_house, "We will soon make another $70 million available to Moldova.",
         "support announced USA>MDA 70000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_left_was_bound_and_what_is_proposed_is_considered(void)
{
    static const struct expectation table[] = {
        {&white_house, "We have about $3 billion left in assistance for Moldova.",
         "support committed USA>MDA 3000000000 USD mixed\n"},
        {&white_house, "The House has not acted on the $6 billion in aid to Moldova.",
         "support considered USA>MDA 6000000000 USD mixed\n"},
        {&nato, "I propose that Allies give 70 million euros to Ukraine.",
         "support considered ALLIES>UKR 70000000 EUR money\n"},
        {&nato, "A group of Allies will deliver 5,000 drones to Ukraine.",
         "support announced ALLIES>UKR 5000 each equipment\n"},
        {&nato, "The Netherlands will use 30 million euros for drones for Ukraine.",
         "support announced NLD>UKR 30000000 EUR equipment\n"},
        {&nato, "North Korea has sent 4,000 soldiers to Russia.",
         "figure PRK>RUS 4000 people personnel\n"},
        {&white_house, "Today we announced $40 million, and we will keep that aid going.",
         "support announced USA>MDA 40000000 USD money\n"},
        {&white_house, "We are pursuing F-16 training for Moldovan pilots.",
         "support announced USA>MDA training\n"},
    };
    CHECK_TABLE(table);
}

static void ministers_who_are_asked_are_tasked(void)
{
    static const struct expectation table[] = {
        {&white_house, "G7 Leaders asked Finance Ministers to continue their work for Moldova.",
         "decision G7>MDA other\n"},
        {&nato, "Poland spends 4 percent of GDP on defence. Now 3 percent is required.",
         "figure POL> 4 percent_gdp money\nfigure ALLIES> 3 percent_gdp money\n"},
    };
    CHECK_TABLE(table);
}

static void money_that_was_decided_for_somebody_is_committed(void)
{
    static const struct expectation table[] = {
        {&white_house, "The G7 agreed to a $7 billion loan for Moldova.",
         "support committed G7>MDA 7000000000 USD money\n"},
        {&white_house, "G7 leaders reached a decision to unlock $7 billion for Moldova.",
         "support committed G7>MDA 7000000000 USD money\n"},
        {&white_house, "Italy decided to send 12 trucks to Moldova.",
         "support committed ITA>MDA 12 each equipment\n"},
        {&white_house, "Greece is a great partner. They have given 20 trucks to Moldova.",
         "support provided GRC>MDA 20 each equipment\n"},
        {&white_house, "Spain seized a 250-foot, $90 million yacht.", ""},
    };
    CHECK_TABLE(table);
}

static void people_and_countries_count_where_somebody_helps(void)
{
    static const struct expectation table[] = {
        {&white_house, "There are 90,000 Moldovans who are sheltering in schools.", ""},
        {&white_house, "We are talking about 90,000 refugees in Moldova.",
         "figure USA> 90000 people other\n"},
        {&white_house, "Romania has taken in 90,000 refugees.",
         "support provided ROU>MDA 90000 people shelter\n"},
        {&white_house, "24 countries joined us in that statement on Iran.", ""},
        {&white_house, "24 countries have given Moldova air defense.",
         "figure ALLIES>MDA 24 country other\nsupport provided ALLIES>MDA equipment\n"},
        {&white_house, "In a poll, 36 percent said that aid to Moldova matters.", ""},
    };
    CHECK_TABLE(table);
}

static void what_a_package_holds_is_said_beside_what_was_sent(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "The package also contains air defense systems, as well as more rockets for the "
         "launchers, "
         "the mobile systems that we have already sent to Moldova.",
         "support provided USA>MDA mixed\nsupport provided USA>MDA equipment\n"},
        {&white_house, "We have signed contracts to replenish the rockets in our stockpiles.", ""},
        {&nato, "North Korea has sent rockets to Russia for use by China.",
         "support provided PRK>RUS ammunition\n"},
        {&nato, "There will be a price for Iran for its delivery of drones to Russia.",
         "support provided IRN>RUS equipment\n"},
        {&nato, "I also want to discuss a little the 40 trucks that Norway has sent.",
         "support provided NOR>UKR 40 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void a_type_that_no_table_knows_may_be_announced(void)
{
    static const struct expectation table[] = {
        {&nato, "Belgium has announced 20 Lynxes.", "support announced BEL>UKR 20 each other\n"},
        {&nato, "Belgium has announced 20 visits.", ""},
        {&nato, "And you had the 30 Strykers from Canada.",
         "support announced CAN>UKR 30 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void a_sum_behind_a_colon_is_what_stands_before_it(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "Today I'm announcing the next part of our help to Moldova: $70 million package of "
         "security assistance that begins in May.",
         "support announced USA>MDA 70000000 USD mixed\n"},
        {&nato, "Protect our people from Russian rockets.", ""},
        {&nato, "Norway allocated 3 million euros to organise the return of 900 foreign nationals.",
         "support committed NOR>UKR 3000000 EUR money\nsupport committed NOR>UKR 900 people "
         "other\n"},
    };
    CHECK_TABLE(table);
}

static void a_number_alone_counts_what_the_one_before_counted(void)
{
    static const struct expectation table[] = {
        {&nato, "Allies will deliver 400,000 shells in March, and one million in December.",
         "support announced ALLIES>UKR 400000 round ammunition\n"
         "support announced ALLIES>UKR 1000000 round ammunition\n"},
        {&white_house, "There are 2,500 U.S. troops in Iraq and 900 in Syria.",
         "figure USA> 2500 people personnel\nfigure USA> 900 people personnel\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_asked_ratified_or_signed_by_several_is_decided(void)
{
    static const struct expectation table[] = {
        {&white_house, "Norway and Chile submitted their formal requests to join NATO.",
         "decision NOR,CHL> other\n"},
        {&white_house, "The same rules applied to NATO.", ""},
        {&white_house, "The Spanish parliament voted to approve Finland's membership in NATO.",
         "decision ESP> other\n"},
        {&white_house, "The Senate voted to approve the nominee.", ""},
        {&white_house, "The security pact signed in May by Chile and Peru holds.",
         "decision CHL,PER> other\n"},
        {&white_house, "The trade agreement signed in May by Chile and Peru holds.", ""},
        {&white_house, "We also launched the Partners on the Blue Coast initiative.",
         "decision USA> other\n"},
        {&white_house, "The President is authorizing additional troops to deploy to Norway.",
         "decision USA>NOR personnel\n"},
        {&white_house, "Spain made the difficult but necessary decision to leave the mission.",
         "decision ESP> other\n"},
        {&white_house, "The United States and Chile tasked their teams to prepare a list.",
         "decision USA,CHL> other\n"},
        {&white_house, "Peru joined the Joint Declaration of Support for Moldova.",
         "decision PER>MDA other\n"},
        {&white_house, "They welcomed the signing of a joint statement on defense cooperation.",
         "decision USA> other\n"},
    };
    CHECK_TABLE(table);
}

static void what_a_body_agrees_on_is_decided(void)
{
    static const struct expectation table[] = {
        {&nato, "NATO has agreed contracts worth 3 billion dollars for ammunition.",
         "decision NATO> 3000000000 USD ammunition\n"},
        {&nato, "Allies agreed to provide 40 billion euros to Ukraine.",
         "support committed ALLIES>UKR 40000000000 EUR money\n"},
        {&nato, "A new plant will produce 200,000 shells a year.", ""},
        {&nato, "It is vital that the Congress agrees on a plan.", ""},
        {&white_house, "Chile and NATO concluded a Tailored Partnership Programme.",
         "decision CHL,NATO> other\n"},
        {&white_house, "Spain agreed to ratify Finland's accession.", "decision ESP> other\n"},
        {&white_house, "Kenya and Peru have just signed an agreement on burden sharing.",
         "decision KEN,PER> other\n"},
        {&white_house, "MCC signed a Compact with the Government of Malawi.",
         "decision USA,MWI> other\n"},
        {&white_house, "The Security Council passed a resolution on the harbours.",
         "decision UN> other\n"},
        {&white_house, "In June the Allies approved new regional defence plans.",
         "decision ALLIES> other\n"},
    };
    CHECK_TABLE(table);
}

static void what_arrives_was_given_and_lorries_stand_for_their_load(void)
{
    static const struct expectation table[] = {
        {&donors, "Some 60 lorries loaded with flour entered Pakistan overnight.",
         "support provided >PAK 60 each mixed\n"},
        {&donors, "Jordan airdropped 30,000 meals into Pakistan.",
         "support provided JOR>PAK 30000 each food\n"},
        {&donors, "Qatar got 180 truckloads into Pakistan.",
         "support provided QAT>PAK 180 each mixed\n"},
        {&nato, "Latvia has agreed to deliver 40 drones to Ukraine.",
         "support committed LVA>UKR 40 each equipment\n"},
        {&nato, "Latvia committed to provide 40 million euros to Ukraine.",
         "support committed LVA>UKR 40000000 EUR money\n"},
    };
    CHECK_TABLE(table);
}

static void what_keeps_flowing_is_given(void)
{
    static const struct expectation table[] = {
        {&nato, "Spain and Greece are keeping weapons flowing to Ukraine.",
         "support provided ESP,GRC>UKR equipment\n"},
        {&white_house, "We have worked with partners to get Moldova tanks.",
         "support provided USA,ALLIES>MDA equipment\n"},
        {&white_house, "USAID deployed a Disaster Assistance Response Team to Moldova.",
         "support provided USA>MDA personnel\n"},
        {&white_house, "The package includes rounds to help Moldova.",
         "support announced USA>MDA ammunition\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_got_into_a_country_is_given(void)
{
    static const struct expectation table[] = {
        {&white_house, "We are working to get more radars into Moldova.",
         "support announced USA>MDA equipment\n"},
        {&white_house, "The President approved the sending of helicopters to Moldova.",
         "support committed USA>MDA equipment\n"},
        {&white_house, "Since May we have authorized six security packages to help Moldova.",
         "support committed USA>MDA 6 each mixed\n"},
        {&donors, "We saw 120 trucks going in.", "support provided >PAK 120 each mixed\n"},
        {&donors, "By noon 120 trucks have gotten in.", "support provided >PAK 120 each mixed\n"},
        {&white_house, "Thirty-one countries have now signed the Moldova Compact.",
         "figure ALLIES>MDA 31 country other\n"},
        {&white_house, "More than 40 countries stand behind Moldova.",
         "figure ALLIES>MDA 40 country other\n"},
        {&white_house, "It is the 40-nation coalition that we built for Moldova.",
         "figure ALLIES>MDA 40 country other\n"},
    };
    CHECK_TABLE(table);
}

static void what_came_or_was_brought_is_there(void)
{
    static const struct expectation table[] = {
        {&donors, "We were able to get 700 tons of rice into Pakistan.",
         "support provided >PAK 700 tonne food\n"},
        {&white_house, "Since March we have carried out 14 airdrops into Sudan.",
         "support provided USA>SDN 14 each mixed\n"},
        {&donors, "On Monday, 45 trucks went through the pass.",
         "support provided >PAK 45 each mixed\n"},
        {&white_house, "Three security packages were rushed to Moldova in May.",
         "support provided USA>MDA 3 each mixed\n"},
        {&white_house, "It is the 40-odd countries whom he was able to bring together for Moldova.",
         "figure ALLIES>MDA 40 country other\n"},
    };
    CHECK_TABLE(table);
}

static void a_sum_for_somebody_abroad_is_a_gift_whatever_it_is_for(void)
{
    static const struct expectation table[] = {
        {&white_house, "Since then the agency has invested $90 million in 14 ventures in Peru.",
         "support provided USA>PER 90000000 USD money\n"},
        {&white_house, "We have announced $40 million for the Lebanese people.",
         "support announced USA>LBN 40000000 USD money\n"},
        {&white_house, "Norway's initial $3 million loan will rebuild harbours in Peru.",
         "support announced NOR>PER 3000000 USD money\n"},
        {&white_house, "The $40 billion loan is on track.",
         "support announced USA>MDA 40000000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_made_available_is_given_whatever_needs_it_meets(void)
{
    static const struct expectation table[] = {
        {&white_house, "We are making $7 million available to address urgent needs in Malawi.",
         "support announced USA>MWI 7000000 USD money\n"},
        {&white_house, "Our humanitarian partners have reached 3 million people in Moldova.",
         "support provided humanitarian partners>MDA 3000000 people mixed\n"},
        {&white_house, "It follows our historic decision to support Moldova acquiring submarines.",
         "decision USA>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void a_sum_in_two_currencies_is_one_and_a_part_of_many_is_the_part(void)
{
    static const struct expectation table[] = {
        {&white_house, "Canada announced C$8 million (US$6 million) for Moldova.",
         "support announced CAN>MDA 8000000 CAD money\n"},
        {&white_house, "Now 21 out of 32 Allies meet the 2 percent target.",
         "figure ALLIES> 21 country money\nfigure ALLIES> 2 percent_gdp money\n"},
        {&white_house, "Spain provided trainings for 700 civilian police of Moldova.",
         "support provided ESP>MDA 700 people training\n"},
        {&white_house, "Moldova's railway will get $9 million in new funding from Japan.",
         "support announced JPN>MDA 9000000 USD money\n"},
        {&white_house, "Allies have trained 80 pilots and 90 mechanics of Moldova.",
         "support provided ALLIES>MDA 80 people training\n"
         "support provided ALLIES>MDA 90 people training\n"},
        {&white_house, "Norway and Spain will each send 5 howitzers to Moldova.",
         "support announced NOR,ESP>MDA 5 each equipment\n"},
        {&white_house, "We have sent 30 tons of rice to Gazans.",
         "support provided USA>PSE 30 tonne food\n"},
    };
    CHECK_TABLE(table);
}

static void people_in_need_are_counted_where_they_live(void)
{
    static const struct expectation table[] = {
        {&white_house, "Some 9 million people in Somalia are still in urgent need of food.",
         "need >SOM 9000000 people food\n"},
    };
    CHECK_TABLE(table);
}

static void what_somebody_received_was_given(void)
{
    static const struct expectation table[] = {
        {&white_house, "Moldova has received helicopters from Spain.",
         "support provided ESP>MDA equipment\n"},
        {&white_house, "Russia has received a shipment of Iranian rockets.",
         "support provided IRN>RUS ammunition\n"},
        {&white_house, "Moldova has received helicopters.", ""},
        {&white_house, "Moldova has received helicopters from Spain and rockets from Portugal.",
         "support provided ESP>MDA equipment\nsupport provided PRT>MDA ammunition\n"},
        {&white_house, "Next week Moldova will receive radars from the Netherlands.",
         "support announced NLD>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_named_without_a_verb_goes_on_with_the_gift(void)
{
    static const struct expectation table[] = {
        {&white_house, "We are sending Moldova another package. It's mostly radars and rockets.",
         "support announced USA>MDA mixed\nsupport announced USA>MDA mixed\n"},
        {&white_house, "Spain has sent Moldova helicopters. And more mortars and radars.",
         "support provided ESP>MDA equipment\nsupport provided ESP>MDA equipment\n"},
        {&white_house, "Spain has sent Moldova helicopters. It's a dangerous weapon.",
         "support provided ESP>MDA equipment\n"},
        {&white_house, "Spain has sent Moldova helicopters. Howitzers change every war.",
         "support provided ESP>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void an_adjective_of_a_country_owns_a_noun_of_giving(void)
{
    static const struct expectation table[] = {
        {&white_house, "The Spanish delivery of helicopters to Moldova went well.",
         "support provided ESP>MDA equipment\n"},
        {&white_house, "The United States' delivery of helicopters to Moldova went well.",
         "support announced USA>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void who_is_trained_is_helped_by_whoever_trains(void)
{
    static const struct expectation table[] = {
        {&white_house, "Moldovan pilots are being trained by Portugal and Spain.",
         "support provided PRT,ESP>MDA training\n"},
        {&white_house, "Our training of Moldovan pilots takes place in Spain.",
         "support provided USA>MDA training\n"},
        {&white_house, "Moldovan pilots have not been trained by Spain.", ""},
        {&white_house, "The pilots must be trained by somebody.", ""},
    };
    CHECK_TABLE(table);
}

static void support_may_be_a_thing_by_what_it_is_for(void)
{
    static const struct expectation table[] = {
        {&white_house, "Norway announced new funding for radars for Moldova.",
         "support announced NOR>MDA money\n"},
        {&white_house, "Norway announced new funding for our troops.", ""},
        {&white_house, "Spain supports medical care for Moldovan refugees.",
         "support provided ESP>MDA medical\n"},
        {&white_house, "Spain supports food safety in Moldova.", ""},
        {&white_house, "Spain is weighing helicopters for Moldova.",
         "support considered ESP>MDA equipment\n"},
        {&white_house, "Spain is looking at helicopters.", ""},
        {&white_house, "We make sure that brave Moldovans who guard the border have rifles.",
         "support provided USA>MDA equipment\n"},
        {&white_house,
         "Last year we sent Moldova rifles. The package that we announce now contains howitzers.",
         "support provided USA>MDA equipment\nsupport announced USA>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void an_item_is_of_whoever_is_named_first(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "Others are giving Moldova equipment as well:\n\n- Spain: Helicopters and trucks.\n"
         "- Latvia repairs tanks.\n- Train Moldovan pilots in Spain.\n"
         "- Artillery: Rockets for launchers.\n",
         "support announced ESP>MDA equipment\nsupport announced LVA>MDA equipment\n"
         "support announced USA>MDA training\nsupport announced USA>MDA ammunition\n"},
        {&white_house, "Spain unveiled a package with trucks and rockets for Moldova.",
         "support announced ESP>MDA mixed\n"},
        {&white_house, "Spain has sent radars to Moldova. Moldova will get rockets soon.",
         "support provided ESP>MDA equipment\nsupport announced ESP>MDA ammunition\n"},
        {&white_house, "Spain has been training Moldovans.", "support provided ESP>MDA training\n"},
        {&white_house, "We thank Spain for its new package to Moldova: radars and rockets.",
         "support provided ESP>MDA mixed\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_brought_or_dropped_there_is_given(void)
{
    static const struct expectation table[] = {
        {&white_house, "Spain dropped meals over eastern Moldova.",
         "support provided ESP>MDA food\n"},
        {&white_house, "Russia dropped bombs over Moldova.", ""},
        {&white_house, "Spain brought tents and blankets to Moldova.",
         "support provided ESP>MDA shelter\n"},
        {&white_house, "Spain brought its hostages home to Moldova.", ""},
        {&white_house, "We made sure that they have registered with Moldova's radar system.", ""},
    };
    CHECK_TABLE(table);
}

static void a_paper_on_help_tells_of_help(void)
{
    static const struct form paper = {
        "---\ntitle: \"FACT SHEET: U.S. Assistance for Chad\"\ndate: '2031-03-12'\n"
        "source_url: https://bidenwhitehouse.archives.gov/briefing-room/\n---\n\n"
        "The people of Chad need help, and the United States helps Chad.\n\n",
        "\n",
    };
    static const struct expectation table[] = {
        {&paper, "- Providing blankets and tents to refugees in Chad.\n",
         "support provided USA>TCD shelter\n"},
        {&paper, "Our Army has conducted airdrops of meals.", "support provided USA>TCD food\n"},
        {&paper, "We give food and tents to refugees from Sudan.",
         "support provided USA>TCD mixed\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_said_behind_a_gift_is_another(void)
{
    static const struct expectation table[] = {
        {&white_house, "We are sending Moldova trucks and training its pilots.",
         "support announced USA>MDA equipment\nsupport announced USA>MDA training\n"},
        {&white_house,
         "I approved $20 million for Moldova in equipment: radars, rockets, and trucks.",
         "support committed USA>MDA 20000000 USD equipment\nsupport committed USA>MDA mixed\n"},
        {&white_house, "We will provide internet access to Moldova.",
         "support announced USA>MDA cyber\n"},
    };
    CHECK_TABLE(table);
}

int main(void)
{
    RUN(a_gift_with_a_number_has_stage_giver_receiver_and_class);
    RUN(what_is_decided_and_given_or_counted_is_said_once);
    RUN(a_tag_asks_nothing);
    RUN(a_gift_without_a_number_is_one_statement_a_list);
    RUN(what_one_is_thanked_for_was_given);
    RUN(several_numbers_are_several_statements);
    RUN(items_of_a_list_have_its_giver_and_stage);
    RUN(people_are_trained_and_taken_in);
    RUN(needs_are_of_who_lacks_and_asked_of_who_is_addressed);
    RUN(bodies_decide_what_is_named);
    RUN(agreements_on_defence_are_decisions_and_others_are_not_ours);
    RUN(what_one_is_thanked_for_has_the_stage_of_its_own_clause);
    RUN(what_one_plans_is_no_request_though_one_follows);
    RUN(a_chamber_considers_and_the_parliament_commits);
    RUN(a_sum_has_no_class_by_who_gets_it);
    RUN(what_is_to_come_is_announced_and_what_comes_yearly_has_come);
    RUN(to_support_is_no_kind_of_support);
    RUN(thanks_for_a_promise_and_training_to_come_are_announced);
    RUN(what_contributions_include_was_given);
    RUN(what_capabilities_include_is_given);
    RUN(training_is_for_those_who_are_trained);
    RUN(a_request_to_ones_own_parliament_is_considered);
    RUN(totals_are_committed_so_far);
    RUN(what_hangs_on_a_condition_is_considered);
    RUN(how_far_it_has_come_is_said_by_what_is_over);
    RUN(what_can_be_sent_or_is_made_sure_of_is_yet_to_come);
    RUN(what_is_left_was_bound_and_what_is_proposed_is_considered);
    RUN(ministers_who_are_asked_are_tasked);
    RUN(money_that_was_decided_for_somebody_is_committed);
    RUN(people_and_countries_count_where_somebody_helps);
    RUN(what_a_package_holds_is_said_beside_what_was_sent);
    RUN(a_type_that_no_table_knows_may_be_announced);
    RUN(a_sum_behind_a_colon_is_what_stands_before_it);
    RUN(a_number_alone_counts_what_the_one_before_counted);
    RUN(what_is_asked_ratified_or_signed_by_several_is_decided);
    RUN(what_a_body_agrees_on_is_decided);
    RUN(what_arrives_was_given_and_lorries_stand_for_their_load);
    RUN(what_keeps_flowing_is_given);
    RUN(what_is_got_into_a_country_is_given);
    RUN(what_came_or_was_brought_is_there);
    RUN(a_sum_for_somebody_abroad_is_a_gift_whatever_it_is_for);
    RUN(what_is_made_available_is_given_whatever_needs_it_meets);
    RUN(a_sum_in_two_currencies_is_one_and_a_part_of_many_is_the_part);
    RUN(people_in_need_are_counted_where_they_live);
    RUN(what_somebody_received_was_given);
    RUN(what_is_named_without_a_verb_goes_on_with_the_gift);
    RUN(an_adjective_of_a_country_owns_a_noun_of_giving);
    RUN(who_is_trained_is_helped_by_whoever_trains);
    RUN(support_may_be_a_thing_by_what_it_is_for);
    RUN(an_item_is_of_whoever_is_named_first);
    RUN(what_is_said_behind_a_gift_is_another);
    RUN(what_is_brought_or_dropped_there_is_given);
    RUN(a_paper_on_help_tells_of_help);
    return tap_done();
}
