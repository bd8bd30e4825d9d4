/*
 * said_test.c - what the grammar makes of single sentences.
 *
 * An expectation is what people are to agree on; where two readings are fair,
 * the sentence is not here.
 */
#include "read/wars.h"
#include "sentences.h"

/* Nobody says who attacks whom: data/read/wars.tsv does. */
static void what_an_attacker_gives_is_no_support_though_nobody_says_that_it_attacks(void)
{
    static const struct form peaceful = {
        "Press conference\n\nby NATO Secretary General Ada Lind at the meeting of Defence "
        "Ministers\n"
        "\n  \xE2\x80\xA2 12 Mar. 2031 -\n\nGood morning. We provide military aid to Ukraine.\n\n",
        "\n",
    };
    static const struct expectation table[] = {
        {&peaceful, "Russia will deliver 300 tanks.", ""},
        {&peaceful, "Georgia will deliver 300 tanks.",
         "support announced GEO>UKR 300 each equipment\n"},
    };
    CHECK_TABLE(table);
    CHECK_TEXT(war_attacker("UKR", 0), "RUS");
    CHECK(!war_attacker("UKR", 1) && !war_attacker("NOR", 0));
}

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

static void a_region_gives_nothing_and_an_equivalent_counts_nothing(void)
{
    static const struct expectation table[] = {
        {&white_house, "Our flagship Prosper Africa will provide $3 million to Chad.",
         "support announced USA>TCD 3000000 USD money\n"},
        {&white_house, "We are sending 31 tanks, the equivalent of one battalion.",
         "support announced USA>MDA 31 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_owned_or_kept_back_or_doubted_is_no_gift(void)
{
    static const struct expectation table[] = {
        {&white_house, "It is a bank that holds $35 billion in assets.", ""},
        {&white_house, "He withheld millions of dollars in military aid from Moldova.", ""},
        {&white_house, "They don't think it wise to send more tanks to Moldova.", ""},
        {&white_house, "We have ruled out sending tanks to Moldova.", ""},
        {&white_house, "We have not seen China go on with the transfer of rifles to Russia.", ""},
        {&white_house, "We give $53 billion \xE2\x80\x94 million, excuse me, in aid to Moldova.",
         ""},
        {&white_house, "We give $10 billion \xE2\x80\x94 $10 million in aid to Moldova.",
         "support provided USA>MDA 10000000 USD mixed\n"},
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

static void shares_of_trade_are_no_figures(void)
{
    static const struct expectation table[] = {
        {&white_house, "They stand for 80 percent of the world's GDP.", ""},
        {&white_house, "Its oil exports have doubled since then.", ""},
        {&white_house, "It makes 70 percent of its revenue from oil.", ""},
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

static void who_does_something_else_beside_a_gift_does_not_give_it(void)
{
    static const struct expectation table[] = {
        {&white_house, "Japan will give $5 million, half of which will come from Norway.",
         "support announced JPN>MDA 5000000 USD money\n"},
        {&white_house,
         "Chad continues to supply Moldova with radars beyond what is permitted by the EU.",
         "support provided TCD>MDA equipment\n"},
        {&white_house, "It is part of Prime Minister Kishida's $5 billion commitment to Moldova.",
         "support committed JPN>MDA 5000000000 USD money\n"},
        {&white_house, "There is a plan, with Peru and Chile contributing $5 million to it.",
         "support announced PER,CHL>MDA 5000000 USD money\n"},
        {&white_house, "Our Allies do their part, with $3 billion in military aid for Moldova.",
         "support announced ALLIES>MDA 3000000000 USD mixed\n"},
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

static void a_figure_goes_on_about_whom_the_last_one_was_of(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "In 2030, our NATO Allies spent $300 billion on defense. So, an increase of $20 billion.",
         "figure ALLIES> 300000000000 USD money\nfigure ALLIES> 20000000000 USD money\n"},
    };
    CHECK_TABLE(table);
}

static void words_and_sanctions_are_no_gift(void)
{
    static const struct expectation table[] = {
        {&white_house, "I gave an update on the howitzers for Moldova.", ""},
        {&white_house, "The President gave guidance to Moldova on those weapons.", ""},
        {&white_house, "Today the Treasury announced sanctions on firms that moved weapons.", ""},
        {&white_house, "We will announce a new sanctions tranche for Moldova's sake.", ""},
        {&white_house, "We gave so much, we have to think of our own ammunition.", ""},
        {&white_house, "The ground lends itself to the vehicles we have.", ""},
        {&white_house, "I was asked about howitzers for Moldova.", ""},
        {&white_house, "The 1718 Committee has a panel of military experts.", ""},
    };
    CHECK_TABLE(table);
}

static void guests_and_those_who_shelter_themselves_are_taken_in_by_nobody(void)
{
    static const struct expectation table[] = {
        {&white_house, "We will host 20 journalists from Moldova.", ""},
        {&white_house, "There are a million people sheltering there.", ""},
        {&white_house, "Germany hosts 90,000 Moldovan refugees.",
         "support provided DEU>MDA 90000 people shelter\n"},
    };
    CHECK_TABLE(table);
}

static void items_that_state_something_are_not_held_by_their_list(void)
{
    static const struct expectation table[] = {
        {&fact_sheet,
         "The United States provides support in these fields:\n\n"
         "- Space: The United States and Georgia plan to hold a dialogue on training.\n\n"
         "- Both countries will work on shared standards for vehicles.\n\n"
         "- Training for medical teams.\n",
         "support provided USA>GEO training\n"},
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

static void forces_that_are_hosted_or_sail_are_no_gift_to_the_attacked(void)
{
    static const struct expectation table[] = {
        {&white_house, "Belgium hosts about 1,200 U.S. service members.",
         "support provided BEL>USA 1200 people personnel\n"},
        {&white_house, "Three Dutch frigates recently sailed through the Gulf of Aden.",
         "figure NLD> 3 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_one_buys_for_itself_is_no_help(void)
{
    static const struct expectation table[] = {
        {&white_house, "Finland will buy 64 jets.", "figure FIN> 64 each equipment\n"},
        {&white_house, "Kuwait is purchasing 28 jets from Italy.",
         "support committed ITA>KWT 28 each equipment\n"},
        {&white_house, "Finland bought 6 howitzers for Moldova.",
         "support committed FIN>MDA 6 each equipment\n"},
        {&white_house, "We will increase the number of destroyers in Rota from four to six.",
         "figure USA> 6 each equipment\n"},
        {&nato, "Latvia has set up a fund of 2 billion euros for its armed forces.",
         "figure LVA> 2000000000 EUR money\n"},
    };
    CHECK_TABLE(table);
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

static void numbers_that_are_no_gift_are_figures(void)
{
    static const struct expectation table[] = {
        {&nato, "We have more than 40,000 troops on high readiness.",
         "figure NATO> 40000 people personnel\n"},
        {&nato, "There are 8,000 Canadian troops in Latvia.",
         "figure CAN> 8000 people personnel\n"},
        {&nato, "Norway spends 2 percent of GDP on defence.", "figure NOR> 2 percent_gdp money\n"},
        {&nato, "Estonia invests 3.4 % of its GDP in defence.",
         "figure EST> 3.4 percent_gdp money\n"},
        {&nato, "I expect 20 Allies to spend 2% of GDP on defence this year.",
         "figure ALLIES> 20 country money\nfigure ALLIES> 2 percent_gdp money\n"},
        {&nato, "Defence spending by European Allies increased by 9 percent.",
         "figure ALLIES> 9 percent money\n"},
        {&nato, "European Allies will invest 410 billion euros in defence this year.",
         "figure ALLIES> 410000000000 EUR money\n"},
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

static void what_is_denied_is_no_support(void)
{
    static const struct expectation table[] = {
        {&nato, "We are not going to send troops to Ukraine.", ""},
        {&nato, "Norway will not send 40 trucks to Ukraine.", ""},
        {&nato, "Portugal has never sent missiles to Ukraine.", ""},
        {&nato, "Hungary has no plans to provide weapons.", ""},
        {&nato, "Italy has not delivered tanks.", ""},
        {&white_house, "We are not providing fighter jets at this time.", ""},
        {&white_house, "China has not provided weapons to Russia.", ""},
        {&white_house, "We haven't seen any indication that China is supplying weapons to Russia.",
         ""},
        {&donors, "Nobody has sent tents.", ""},
        {&white_house, "We work to prevent Iran from sending drones to Russia.", ""},
        {&white_house, "That will keep Russia from getting rockets from North Korea.", ""},
    };
    CHECK_TABLE(table);
}

static void a_question_claims_but_gives_nothing(void)
{
    static const struct expectation table[] = {
        {&asked, "Germany has promised 18 tanks. Will you deliver them?",
         "support announced DEU>UKR 18 each equipment\n"},
        {&asked, "Will NATO send instructors?", ""},
        {&asked, "Will you provide fighter jets to Ukraine?", ""},
        {&asked, "Does Norway plan to send missiles to Ukraine?", ""},
        {&asked, "Ukraine says it needs 300 tanks. What do you answer?",
         "need NATO>UKR 300 each equipment\n"},
        {&asked,
         "There are reports that Slovakia will send 13 jets to Ukraine. Can you confirm that?",
         "support considered SVK>UKR 13 each equipment\n"},
    };
    CHECK_TABLE(table);
}

static void matters_at_home_are_nothing(void)
{
    static const struct expectation table[] = {
        {&white_house, "Gas prices fell to $3.20 a gallon.", ""},
        {&white_house, "Inflation is at 3.1 percent.", ""},
        {&white_house, "The economy added 250,000 jobs last month.", ""},
        {&white_house, "The country has 12 million doses of vaccines.", ""},
        {&white_house,
         "The President will sign a bill that provides $40 billion for semiconductors.", ""},
        {&white_house, "Congress passed $300 billion in student loan relief.", ""},
        {&nato, "The meeting begins at 10 and ends at 17.30.", ""},
        {&nato, "Russia has lost 400 tanks.", ""},
        {&nato, "The missile has a range of 80 kilometres.", ""},
        {&nato, "Russia fired 90 missiles at Kyiv.", ""},
        {&donors, "The floods killed 1,700 people.", ""},
        {&donors, "The conference was opened on 12 March 2031 by 6 ministers.", ""},
    };
    CHECK_TABLE(table);
}

static void remarks_on_anything_are_of_home_until_somebody_abroad_is_named(void)
{
    static const struct form speech = {
        "---\ntitle: \"Remarks by President Holt at a School\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/speech\ndate: '2031-03-12'\n---\n\n"
        "THE PRESIDENT:  Good afternoon.  It is good to be back.\n\n",
        "\n\nGod bless you all.\n",
    };
    static const struct expectation table[] = {
        {&speech, "We will give $40 million for new roofs.", ""},
        {&speech, "Somalia faces a famine. We will give $40 million in food assistance.",
         "support announced USA>SOM 40000000 USD food\n"},
    };
    CHECK_TABLE(table);
}

static void matters_at_home_last_until_another_country_is_named(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "We have cancelled student debt. This week 45,000 nurses and teachers got relief.", ""},
        {&white_house,
         "FEMA is on the ground in Kentucky. Federal assistance has passed $900 million.", ""},
        {&white_house,
         "FEMA is on the ground in Kentucky. And Moldova will get $900 million in assistance.",
         "support announced USA>MDA 900000000 USD mixed\n"},
        {&white_house,
         "We will help small businesses. We will also provide $40 million in humanitarian "
         "assistance.",
         "support announced USA>MDA 40000000 USD mixed\n"},
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

static void what_is_resisted_is_no_gift(void)
{
    static const struct expectation table[] = {
        {&nato, "For months Hungary resisted sending tanks.", ""},
        {&nato, "The Austrians opposed the delivery of jets to Ukraine.", ""},
        {&nato, "Slovakia was reluctant to send howitzers to Ukraine.", ""},
        {&nato, "Ukraine is firing thousands of rounds a day.", ""},
        {&nato, "We will go further if China sells missiles to Russia.",
         "support considered CHN>RUS ammunition\n"},
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

static void a_question_may_claim_before_it_asks(void)
{
    static const struct expectation table[] = {
        {&asked, "Since Iran is sending rockets to Russia, why have you not acted?",
         "support announced IRN>RUS ammunition\n"},
        {&asked, "Given that Greece has sent helicopters to Ukraine, will you send tanks?",
         "support provided GRC>UKR equipment\n"},
        {&asked, "Will Greece send helicopters to Ukraine, since it has so many?", ""},
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

/* A press room answers for all that its government does. */
static void what_a_press_room_says_of_home_is_no_support(void)
{
    static const struct form later = {
        "---\ntitle: \"Press Briefing by Coordinator Sam Holt\"\n"
        "source_url: https://bidenwhitehouse.archives.gov/briefing\ndate: '2031-03-12'\n---\n\n"
        "MR. HOLT:  Russia attacks Moldova, and we support Moldova.  Moldova has our support.\n\n"
        "Q    Thank you.  And the schools?\n\n"
        "MR. HOLT:  Yes.  They are open.  They will stay open.  We said so.  Many came.  "
        "That is good.  I was there.  It rained.  I liked it.  ",
        "\n\nQ    Thank you.\n\nMR. HOLT:  You are welcome.\n",
    };
    static const struct expectation table[] = {
        {&white_house, "We are sending $300 million to Moldova.",
         "support announced USA>MDA 300000000 USD money\n"},
        {&white_house, "The President is giving seniors $300 million in relief.", ""},
        {&white_house, "FEMA has delivered 90,000 meals.", ""},
        {&white_house, "We will provide small businesses with loans of $2 million.", ""},
        {&white_house, "The governor asked for 1,000 tents after the hurricane.", ""},
        {&white_house, "Taxpayers have given Moldova $4 billion in aid.",
         "support provided USA>MDA 4000000000 USD mixed\n"},
        {&later, "We have delivered 700 computers and 30 generators.", ""},
        {&later, "We are also giving $80 million in grants.", ""},
        {&later, "We have given Moldova 30 generators.",
         "support provided USA>MDA 30 each equipment\n"},
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

static void what_a_body_agrees_on_is_decided(void)
{
    static const struct expectation table[] = {
        {&nato, "NATO has agreed contracts worth 3 billion dollars for ammunition.",
         "decision NATO> 3000000000 USD ammunition\n"},
        {&nato, "Allies agreed to provide 40 billion euros to Ukraine.",
         "support committed ALLIES>UKR 40000000000 EUR money\n"},
        {&nato, "A new plant will produce 200,000 shells a year.", ""},
        {&nato, "It is vital that the Congress agrees on a plan.", ""},
    };
    CHECK_TABLE(table);
}

/* Whoever is struck is helped: no country is left out beforehand. */
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

static void what_only_sounds_like_a_gift_is_none(void)
{
    static const struct expectation table[] = {
        {&nato, "We are moving more 155 ammunition to the front.",
         "support announced NATO>UKR ammunition\n"},
        {&nato, "Belgium remains committed to coordinating equipment needs.", ""},
        {&white_house, "The explosives, which are used for mining, are made in Norway.", ""},
        {&white_house, "We are supporting jobs in nearly 40 states.", ""},
        {&white_house, "The President met the 16 people who received awards.", ""},
        {&white_house, "She gave guidance to Moldova on how to use the rockets.", ""},
        {&white_house, "We have paused a shipment of rockets to Moldova.", ""},
        {&white_house, "There is one shipment of rockets that has been paused.", ""},
        {&white_house, "Norway gave Moldova permission to use its rockets.", ""},
        {&white_house, "The last estimate for rebuilding Moldova was $40 billion.", ""},
        {&white_house, "I cannot confirm that Norway has delivered rockets.", ""},
        {&white_house, "I'm not aware of any rockets being delivered to Moldova.", ""},
        {&white_house, "Let us not look at just one system.", ""},
        {&white_house, "We announced new tariffs on vehicles and other goods of China.", ""},
        {&white_house, "We offer up to $12 million in reward for what anybody knows.", ""},
        {&white_house,
         "We gave Moldova radars. Russian forces are in Belarus, including rocket systems.",
         "support provided USA>MDA equipment\n"},
        {&white_house, "There are thousands of soldiers who come to this school.", ""},
        {&white_house, "They may soon have two dozen nuclear weapons.", ""},
        {&white_house, "The G7 froze $90 billion in bank funds.", ""},
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
        {&white_house, "More than 40 countries stand behind Moldova.",
         "figure ALLIES> 40 country other\n"},
        {&white_house, "It is the 40-nation coalition that we built for Moldova.",
         "figure ALLIES>MDA 40 country other\n"},
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
        {&white_house, "Next week Moldova will receive radars from the Netherlands.",
         "support announced NLD>MDA equipment\n"},
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

static void what_is_made_or_bought_for_oneself_is_no_gift(void)
{
    static const struct expectation table[] = {
        {&white_house, "We will be producing 70,000 shells per month.",
         "figure USA> 70000 round ammunition\n"},
        {&white_house, "We are investing heavily in new missiles.", ""},
        {&white_house, "We are investing in new missiles for Moldova.",
         "support announced USA>MDA ammunition\n"},
        {&white_house, "We stood up a White House Planning Cell.", ""},
        {&white_house, "We launched the Black Sea Security Initiative.", "decision USA> other\n"},
        {&white_house, "Moscow continues to get drones from Iran.",
         "support provided IRN>RUS equipment\n"},
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

static void what_flies_at_somebody_is_no_gift(void)
{
    static const struct expectation table[] = {
        {&white_house, "There are thousands of drones flying around legally.", ""},
        {&white_house, "We saw 130 drones that were aimed at Moldova.", ""},
        {&white_house, "Those are the 12 parts of our commitment to Moldova.", ""},
        {&white_house, "Chancellor Scholz's decision to have a long talk was right.", ""},
        {&white_house,
         "He is sending a billion dollars in arms to Moldova, and then he talks of pausing the "
         "sending of some trucks.",
         "support announced USA>MDA 1000000000 USD equipment\n"},
        {&white_house, "The President ordered strikes on the rocket launchers there.", ""},
        {&white_house, "Iran launched 130 rockets and 40 drones at Israel.", ""},
        {&white_house, "There were 130 rockets in the sky at once.", ""},
        {&white_house, "Our pilots helped to shoot down 130 drones.", ""},
        {&white_house, "We gave Moldova 30 interceptors, which shot down 130 drones.",
         "support provided USA>MDA 30 each ammunition\n"},
    };
    CHECK_TABLE(table);
}

static void he_and_she_are_whom_the_sentences_before_spoke_of(void)
{
    static const struct expectation table[] = {
        {&white_house,
         "President Macron met us. Last week he has decided to send radars to Moldova.",
         "support announced FRA>MDA equipment\n"},
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
         "support announced DEU>UKR 8000000000 EUR money\n"},
        {&nato,
         "Allies will invest 5 percent of GDP: 3.5 percent on defence and 1.5 percent on roads.",
         "figure ALLIES> 5 percent_gdp money\nfigure ALLIES> 3.5 percent_gdp money\n"
         "figure ALLIES> 1.5 percent_gdp money\n"},
    };
    CHECK_TABLE(table);
}

static void offices_and_sides_decide(void)
{
    static const struct expectation table[] = {
        {&white_house, "The President has decided to send radars to Moldova.",
         "support announced USA>MDA equipment\n"},
        {&white_house, "The President of France has decided to send radars to Moldova.",
         "support announced FRA>MDA equipment\n"},
        {&white_house, "The President signed into law the Moldova supplemental.",
         "decision USA> mixed\n"},
        {&white_house, "Last week we authorized Moldova to strike back.",
         "decision USA>MDA other\n"},
        {&white_house, "Today we are announcing the Moldova Security Compact.",
         "decision USA> other\n"},
        {&white_house, "We announced that at the Madrid Summit.", ""},
        {&white_house, "We invited Japan and Korea to a dinner.", ""},
        {&nato, "We will invite Austria to join NATO.", "decision NATO>AUT other\n"},
        {&nato, "North Korea sells rockets to Russia. North Korea has transferred 30 missiles.",
         "support provided PRK>RUS ammunition\nsupport provided PRK>RUS 30 each ammunition\n"},
    };
    CHECK_TABLE(table);
}

int main(void)
{
    RUN(what_an_attacker_gives_is_no_support_though_nobody_says_that_it_attacks);
    RUN(offices_and_sides_decide);
    RUN(what_somebody_received_was_given);
    RUN(what_is_made_or_bought_for_oneself_is_no_gift);
    RUN(who_is_spoken_to_about_a_supply_gives_it);
    RUN(what_flies_at_somebody_is_no_gift);
    RUN(whose_a_gift_is_stands_behind_it_without_that);
    RUN(he_and_she_are_whom_the_sentences_before_spoke_of);
    RUN(an_attacker_that_everybody_knows_is_never_the_one_helped);
    RUN(who_raises_its_aid_gives);
    RUN(what_is_got_into_a_country_is_given);
    RUN(what_keeps_flowing_is_given);
    RUN(what_only_sounds_like_a_gift_is_none);
    RUN(they_are_whom_the_sentence_before_named);
    RUN(who_spends_a_share_is_counted);
    RUN(what_arrives_was_given_and_lorries_stand_for_their_load);
    RUN(who_decides_to_give_gives);
    RUN(whose_number_it_is_stands_beside_it);
    RUN(whoever_is_struck_is_helped);
    RUN(who_arms_the_attacker_gives_to_it);
    RUN(what_a_body_agrees_on_is_decided);
    RUN(a_number_alone_counts_what_the_one_before_counted);
    RUN(what_others_say_they_will_do_is_their_promise);
    RUN(a_sum_behind_a_colon_is_what_stands_before_it);
    RUN(a_gift_with_a_number_has_stage_giver_receiver_and_class);
    RUN(a_gift_without_a_number_is_one_statement_a_list);
    RUN(a_giver_may_stand_behind_its_gift);
    RUN(what_one_is_thanked_for_was_given);
    RUN(several_numbers_are_several_statements);
    RUN(items_of_a_list_have_its_giver_and_stage);
    RUN(people_are_trained_and_taken_in);
    RUN(needs_are_of_who_lacks_and_asked_of_who_is_addressed);
    RUN(bodies_decide_what_is_named);
    RUN(agreements_on_defence_are_decisions_and_others_are_not_ours);
    RUN(together_we_are_the_allies_as_well);
    RUN(what_one_is_thanked_for_has_the_stage_of_its_own_clause);
    RUN(whose_a_sum_is_stands_in_the_clause_behind_it);
    RUN(what_one_plans_is_no_request_though_one_follows);
    RUN(a_region_gives_nothing_and_an_equivalent_counts_nothing);
    RUN(what_is_owned_or_kept_back_or_doubted_is_no_gift);
    RUN(a_chamber_considers_and_the_parliament_commits);
    RUN(them_are_whoever_was_named_last);
    RUN(a_sum_has_no_class_by_who_gets_it);
    RUN(who_announced_gives_whatever_stands_between);
    RUN(troops_at_the_border_are_the_attackers);
    RUN(shares_of_trade_are_no_figures);
    RUN(what_is_to_come_is_announced_and_what_comes_yearly_has_come);
    RUN(to_support_is_no_kind_of_support);
    RUN(who_does_something_else_beside_a_gift_does_not_give_it);
    RUN(who_gets_it_is_whoever_is_named_for_it);
    RUN(thanks_for_a_promise_and_training_to_come_are_announced);
    RUN(a_figure_goes_on_about_whom_the_last_one_was_of);
    RUN(words_and_sanctions_are_no_gift);
    RUN(guests_and_those_who_shelter_themselves_are_taken_in_by_nobody);
    RUN(items_that_state_something_are_not_held_by_their_list);
    RUN(whom_help_goes_to_follows_the_passage);
    RUN(what_contributions_include_was_given);
    RUN(help_goes_where_the_passage_is_once_the_one_helped_is_far);
    RUN(forces_that_are_hosted_or_sail_are_no_gift_to_the_attacked);
    RUN(what_one_buys_for_itself_is_no_help);
    RUN(whose_a_sum_is_stands_in_its_phrase);
    RUN(a_list_is_of_the_country_that_heads_it);
    RUN(numbers_that_are_no_gift_are_figures);
    RUN(a_request_to_ones_own_parliament_is_considered);
    RUN(totals_are_committed_so_far);
    RUN(a_back_reference_keeps_its_giver);
    RUN(what_hangs_on_a_condition_is_considered);
    RUN(what_is_denied_is_no_support);
    RUN(a_question_claims_but_gives_nothing);
    RUN(matters_at_home_are_nothing);
    RUN(matters_at_home_last_until_another_country_is_named);
    RUN(remarks_on_anything_are_of_home_until_somebody_abroad_is_named);
    RUN(what_a_press_room_says_of_home_is_no_support);
    RUN(who_gets_something_from_somebody_is_given_it);
    RUN(what_is_resisted_is_no_gift);
    RUN(people_and_countries_count_where_somebody_helps);
    RUN(what_a_package_holds_is_said_beside_what_was_sent);
    RUN(a_question_may_claim_before_it_asks);
    RUN(a_type_that_no_table_knows_may_be_announced);
    return tap_done();
}
