/*
 * no_gift_test.c - what sounds like a gift and is none: denied, asked, at home,
 * made for oneself, fired at somebody. A false promise is worse than a missed one.
 *
 * What the grammar makes of sentences that give is in said_test.c.
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

static void who_promises_something_else_gives_no_thing(void)
{
    static const struct expectation table[] = {
        {&white_house, "Spain has pledged to find out why the trucks to Moldova were late.", ""},
        {&white_house, "Spain has pledged to give Moldova trucks.",
         "support announced ESP>MDA equipment\n"},
        {&white_house, "Spain has pledged trucks to Moldova.",
         "support announced ESP>MDA equipment\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_wished_of_another_is_no_gift(void)
{
    static const struct expectation table[] = {
        {&white_house, "We have urged Spain to send Moldova trucks.", ""},
        {&white_house, "We want Spain to send Moldova trucks.", ""},
        {&white_house, "We hope that Spain will send Moldova trucks.", ""},
        {&white_house, "I want to say this: we will send Moldova trucks.",
         "support announced USA>MDA equipment\n"},
        {&white_house, "Spain can tell you whether it will send Moldova trucks.", ""},
        {&white_house, "We ran out of money to send Moldova trucks.", ""},
        {&white_house, "Spain sent tanks into Kerkenna.", ""},
        {&white_house, "Iran targets Spanish shipping vessels.", ""},
        {&white_house, "Spain and Moldova announced work on battery supply chains.", ""},
        {&white_house, "We announced funding for clean school buses.", ""},
        {&white_house, "We sent Moldova radars. This is about air defense.",
         "support provided USA>MDA equipment\n"},
        {&white_house, "We sent Moldova radars. Howitzers and rockets, night after night.",
         "support provided USA>MDA equipment\n"},
        {&white_house, "We are no longer able to send Moldova trucks.", ""},
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

/* A list of a government's doings at home: nobody abroad is named in it. */
static const struct form at_home = {
    "---\ntitle: \"FACT SHEET: Better Bridges for Everybody\"\n"
    "source_url: https://bidenwhitehouse.archives.gov/sheet\ndate: '2031-03-12'\n---\n\n"
    "Bridges are old. Many of them are narrow. The Administration rebuilds them. It began in May. "
    "Teams are at work everywhere. Much is done. More will follow. Towns have their say.\n\n",
    "\n\nThe work goes on. It is good work. Everybody may see it.\n",
};

static void a_document_that_names_nobody_abroad_is_of_home(void)
{
    static const struct expectation table[] = {
        {&at_home, "The Department has awarded $40 million in grants to support bridges.", ""},
        {&at_home, "In Jordan, we have awarded $40 million in humanitarian assistance.",
         "support provided USA>JOR 40000000 USD mixed\n"},
        {&white_house, "I could not give you a rundown of any given type of system.", ""},
        {&white_house, "You are authorized to publish this paper in the Federal Register.", ""},
        {&white_house, "The guns were used to fire 900 rounds into the crowd.", ""},
        {&white_house, "Meet urgent needs: that is all.", ""},
        {&white_house, "The Secretary is authorized and directed to publish this paper.", ""},
        {&fact_sheet, "We will do so, including by:\n\n- Sharing practices for repair systems.",
         ""},
        {&white_house, "Our aid to Moldova goes on, including in the areas of air defense systems.",
         ""},
        {&white_house, "The shipment of 90 rockets to Moldova has been paused.", ""},
        {&white_house, "A poll found 47 percent of Americans want to continue to support Moldova.",
         ""},
        {&white_house, "Two ships had to turn back from Moldova.", ""},
        {&white_house, "He offers the criticism of Moldova after these drone strikes.", ""},
    };
    CHECK_TABLE(table);
}

static void what_one_buys_for_itself_is_no_help(void)
{
    static const struct expectation table[] = {
        {&white_house, "We welcome Belgium's purchase of 34 F-35 fighters.",
         "figure BEL> 34 each equipment\n"},
        {&white_house, "Let's give them a round of applause.", ""},
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

static void a_question_may_claim_before_it_asks(void)
{
    static const struct expectation table[] = {
        {&asked, "Since Iran is sending rockets to Russia, why have you not acted?",
         "support announced IRN>RUS ammunition\n"},
        {&asked, "Given that Greece has sent helicopters to Ukraine, will you send tanks?",
         "support provided GRC>UKR equipment\n"},
        {&asked, "Will Greece send helicopters to Ukraine, since it has so many?", ""},
        {&asked, "Why is Iran sending rockets to Russia?",
         "support announced IRN>RUS ammunition\n"},
        {&asked, "Why is Greece not sending helicopters to Ukraine?", ""},
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

static void what_is_thought_or_endorsed_without_a_name_is_no_decision(void)
{
    static const struct expectation table[] = {
        {&white_house, "We concluded that sending troops to Moldova raises too many questions.",
         ""},
        {&white_house, "That proposal for a ceasefire has been endorsed by the G7.", ""},
        {&white_house, "It is a deal that Spain accepted, and that the EU has endorsed.", ""},
        {&nato, "Allied leaders have endorsed a new Strategic Concept.", "decision NATO> other\n"},
    };
    CHECK_TABLE(table);
}

/* "6,000 allies who came here" are people; "a force of trained men" trains nobody. */
static void what_only_describes_gives_nothing(void)
{
    static const struct expectation table[] = {
        {&white_house, "The law helps 70,000 Moldovan allies who came here.", ""},
        {&white_house, "It is an army made up of trained men, an army of 3,000.", ""},
        {&white_house, "The question is when tanks will be delivered to Moldova.", ""},
        {&white_house, "Any transfer of missiles from Iran to Russia would be an escalation.", ""},
    };
    CHECK_TABLE(table);
}

static void people_who_stand_beside_help_do_not_get_it(void)
{
    static const struct expectation table[] = {
        {&donors,
         "You have more than a million people whose lives are at risk, and relief is short.", ""},
        {&donors, "We have now 40,000 people without a roof, and aid is not provided.", ""},
        {&donors, "Norway gave relief to the 40,000 people there.",
         "support provided NOR>PAK 40000 people mixed\n"},
    };
    CHECK_TABLE(table);
}

static void what_is_shot_down_is_no_gift(void)
{
    static const struct expectation table[] = {
        {&nato, "Denmark helped shoot down more than 300 missiles and drones.", ""},
        {&nato,
         "We have sent help to Ukraine. We have seen it all, including rockets that were fired "
         "from "
         "Belarus into Ukraine.",
         ""},
    };
    CHECK_TABLE(table);
}

static void what_is_banned_or_only_named_is_not_given(void)
{
    static const struct expectation table[] = {
        {&white_house, "All must keep the ban on the transfer of rockets from Belarus to Russia.",
         ""},
        {&white_house, "The prohibition of any transfer of arms by Belarus to Russia stands.", ""},
        {&white_house, "We welcome talks on the Open Radio Access Network for Moldova.", ""},
    };
    CHECK_TABLE(table);
}

static void who_has_fled_somewhere_is_no_figure_of_the_house_that_tells_it(void)
{
    static const struct expectation table[] = {
        {&white_house, "We know that 80,000 people have fled.", ""},
        {&white_house, "There are 80,000 Moldovan refugees there.",
         "figure MDA> 80000 people other\n"},
        {&white_house, "They spoke of hitting four missiles on the ground.", ""},
    };
    CHECK_TABLE(table);
}

static void what_is_sold_is_no_gift_unless_it_is_arms(void)
{
    static const struct expectation table[] = {
        {&fact_sheet, "The project will provide $40 million in U.S. exports.", ""},
        {&white_house, "Microsoft will invest $2 billion in Norway.", ""},
        {&fact_sheet, "The fair will bring them $9 million in projected sales.", ""},
        {&fact_sheet, "The United States approved $70 million in arms sales to Georgia.",
         "support committed USA>GEO 70000000 USD equipment\n"},
    };
    CHECK_TABLE(table);
}

int main(void)
{
    RUN(what_an_attacker_gives_is_no_support_though_nobody_says_that_it_attacks);
    RUN(a_region_gives_nothing_and_an_equivalent_counts_nothing);
    RUN(what_is_owned_or_kept_back_or_doubted_is_no_gift);
    RUN(who_promises_something_else_gives_no_thing);
    RUN(what_is_wished_of_another_is_no_gift);
    RUN(shares_of_trade_are_no_figures);
    RUN(who_does_something_else_beside_a_gift_does_not_give_it);
    RUN(words_and_sanctions_are_no_gift);
    RUN(guests_and_those_who_shelter_themselves_are_taken_in_by_nobody);
    RUN(items_that_state_something_are_not_held_by_their_list);
    RUN(forces_that_are_hosted_or_sail_are_no_gift_to_the_attacked);
    RUN(a_document_that_names_nobody_abroad_is_of_home);
    RUN(what_one_buys_for_itself_is_no_help);
    RUN(numbers_that_are_no_gift_are_figures);
    RUN(what_is_denied_is_no_support);
    RUN(a_question_claims_but_gives_nothing);
    RUN(matters_at_home_are_nothing);
    RUN(remarks_on_anything_are_of_home_until_somebody_abroad_is_named);
    RUN(matters_at_home_last_until_another_country_is_named);
    RUN(what_is_resisted_is_no_gift);
    RUN(a_question_may_claim_before_it_asks);
    RUN(what_a_press_room_says_of_home_is_no_support);
    RUN(what_only_sounds_like_a_gift_is_none);
    RUN(what_is_made_or_bought_for_oneself_is_no_gift);
    RUN(what_flies_at_somebody_is_no_gift);
    RUN(what_is_thought_or_endorsed_without_a_name_is_no_decision);
    RUN(what_only_describes_gives_nothing);
    RUN(people_who_stand_beside_help_do_not_get_it);
    RUN(what_is_shot_down_is_no_gift);
    RUN(what_is_banned_or_only_named_is_not_given);
    RUN(who_has_fled_somewhere_is_no_figure_of_the_house_that_tells_it);
    RUN(what_is_sold_is_no_gift_unless_it_is_arms);
    return tap_done();
}
