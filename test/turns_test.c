/*
 * turns_test.c - who speaks when, in small documents of the published forms.
 *
 * Each expectation is a line a turn: the first letter of its kind (s, q, a, m),
 * the speaker or "-", and what the turn begins with.
 */
#include "read/turns.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "read/labels.h"
#include "read/offices.h"
#include "seed.h"
#include "tap.h"

static struct arena arena;

/* A field that may be missing. */
#define CHECK_FIELD(got, want) CHECK_TEXT((got) ? (got) : "(none)", want)

enum { SHOWN = 12 };

static struct reading reading_of(const char *document)
{
    struct reading r = {0};
    struct err err = {0};
    CHECK(read_document(&arena, document, strlen(document), &r, &err) == RC_OK);
    return r;
}

static const char *turns(const char *document)
{
    struct reading r = reading_of(document);
    struct buf out = {.arena = &arena};
    buf_add(&out, "");
    for (uint32_t i = 0; i < r.turn_count; i++) {
        const struct turn *t = &r.turns[i];
        size_t end = t->end - t->start > SHOWN ? t->start + SHOWN : t->end;
        buf_addf(&out, "%.1s %s: %s\n", turn_kind_name(t->kind), t->speaker ? t->speaker : "-",
                 text_squeeze(&arena, read_quote(&arena, document, t->start, end)));
    }
    return out.text;
}

/* --- labels --- */

static const char *label(const char *text)
{
    uint32_t colon = label_colon(text, 0, (uint32_t)strlen(text));
    if (!colon) return "none";
    struct called c = label_read(&arena, text, 0, colon);
    if (c.weight == LABEL_NONE) return "none";
    return text_format(&arena, "%s | %s | %s", c.role ? c.role : "-", c.name ? c.name : "-",
                       c.outlet ? c.outlet : "-");
}

static void labels_are_office_name_and_outlet(void)
{
    CHECK_TEXT(label("NATO Secretary General Ada Lind: x"),
               "NATO Secretary General | Ada Lind | -");
    CHECK_TEXT(label("NATO Secretary General: x"), "NATO Secretary General | - | -");
    CHECK_TEXT(label("Jon Bell (BBC): x"), "- | Jon Bell | BBC");
    CHECK_TEXT(label("Jon Bell(BBC): x"), "- | Jon Bell | BBC");
    CHECK_TEXT(label("Jon Bell, BBC: x"), "- | Jon Bell | BBC");
    CHECK_TEXT(label("MR. HILL: x"), "- | Hill | -");
    CHECK_TEXT(label("MR HILL:x"), "- | Hill | -");
    CHECK_TEXT(label("DR. VON DER AU: x"), "- | von der Au | -");
    CHECK_TEXT(label("PRESS SECRETARY JO HILL: x"), "PRESS SECRETARY | Jo Hill | -");
    CHECK_TEXT(label("GEN. AB C. HILL, JR.: x"), "GEN. | Ab C. Hill, JR. | -");
    CHECK_TEXT(label("SECRETARY OF DEFENSE JO P. HILL III: x"),
               "SECRETARY OF DEFENSE | Jo P. Hill III | -");
    CHECK_TEXT(label("Prime Minister of Sweden, Ada Lind: x"),
               "Prime Minister of Sweden | Ada Lind | -");
    CHECK_TEXT(label("Ada Lind, Prime Minister of Sweden: x"),
               "Prime Minister of Sweden | Ada Lind | -");
    CHECK_TEXT(label("Ada Lind (President of Finland): x"), "President of Finland | Ada Lind | -");
    CHECK_TEXT(label("Foreign Minister of Finland Ada Lind: x"),
               "Foreign Minister of Finland | Ada Lind | -");
    CHECK_TEXT(label("PRESIDENT LIND (as interpreted): x"), "PRESIDENT | Lind | -");
    CHECK_TEXT(label("SENIOR STATE DEPARTMENT OFFICIAL TWO: x"),
               "SENIOR STATE DEPARTMENT OFFICIAL TWO | - | -");
    CHECK_TEXT(label("Question (Reuters): x"), "- | - | Reuters");
    CHECK_TEXT(label("Swedish Television: x"), "- | - | Swedish Television");
    CHECK_TEXT(label("APNSA Ada Lind: x"), "APNSA | Ada Lind | -");
    CHECK_TEXT(label("APNSA LIND: x"), "APNSA | Lind | -");
    CHECK_TEXT(label("CENTCOM Commander Gen. Bo Hill: x"), "CENTCOM Commander Gen. | Bo Hill | -");
    CHECK_TEXT(label("UN SRSG Ada Lind: x"), "UN SRSG | Ada Lind | -");
    CHECK_TEXT(label("EUHR/VP Ada Lind: x"), "EUHR/VP | Ada Lind | -");
    CHECK_TEXT(label("DASD Cy O'Dell: x"), "DASD | Cy O'Dell | -");
    CHECK_TEXT(label("HEAD OF THE OFFICE OF THE PRESIDENT OF UKRAINE BO HILL: x"),
               "HEAD OF THE OFFICE OF THE PRESIDENT OF UKRAINE | Bo Hill | -");
    CHECK_TEXT(label("President of South Korea Yun Lind: x"),
               "President of South Korea | Yun Lind | -");
    CHECK_TEXT(label("THE PRESIDENT: x"), "PRESIDENT | - | -");
    CHECK_TEXT(label("Step Ahl (Al Jazeera): x"), "- | Step Ahl | Al Jazeera");
}

static void what_only_has_a_colon_is_no_label(void)
{
    static const char *const none[] = {
        "Let me be clear: no",
        "Fact Sheet: Aid",
        "FACT SHEET: AID",
        "Support for Ukraine: more",
        "Stronger Deterrence and Defense: more",
        "And to the President of Finland: why",
        "Dear Madam Speaker: I write",
        "Mr. President: thank you",
        "Madam Secretary: thank you",
        "President Lind, Mrs. Lind \xE2\x80\x94 Ada and Bo: welcome",
        "Last updated: 05 Apr. 2022",
        "Source: NATO",
        "At 9:35",
        "9:35 A.M. EDT",
        "Thanks. One question: why",
        "The bottom line: more",
        "He said (and I quote: more",
        ": x",
        "President Lind's Trip: a summary",
        "Note: corrected",
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        CHECK_TEXT(label(none[i]), "none");
        if (!tap_this_ok) printf("# of: %s\n", none[i]);
    }
}

static void headings_name_who_speaks(void)
{
    struct called list[CALLED_MAX];
    uint32_t n = heading_read(&arena,
                              "Press Briefing by Press Secretary Ada de Lind and NSC Coordinator "
                              "for Strategic Communications Bo Hill Announcing More",
                              list);
    CHECK_I64(n, 2);
    CHECK_FIELD(list[0].role, "Press Secretary");
    CHECK_FIELD(list[0].name, "Ada de Lind");
    CHECK_FIELD(list[1].role, "NSC Coordinator for Strategic Communications");
    CHECK_FIELD(list[1].name, "Bo Hill");
    n = heading_read(&arena,
                     "Remarks by APNSA Ada Lind and Head of the Office of the President of "
                     "Ukraine Bo Hill in Kyiv",
                     list);
    CHECK_I64(n, 2);
    CHECK_FIELD(list[0].role, "APNSA");
    CHECK_FIELD(list[0].name, "Ada Lind");
    CHECK_FIELD(list[1].role, "Head of the Office of the President of Ukraine");
    CHECK_FIELD(list[1].name, "Bo Hill");
    n = heading_read(&arena, "President Ada Lind \xE2\x80\x94Ko", list);
    CHECK_FIELD(list[0].name, "Ada Lind");
    n = heading_read(&arena, "Remarks by President Ada Lind\nOval Office\n", list);
    CHECK_FIELD(list[0].name, "Ada Lind");
    n = heading_read(&arena, "with the Prime Minister of Sweden, Ulla Krans, in Brussels", list);
    CHECK_I64(n, 1);
    CHECK_FIELD(list[0].name, "Ulla Krans");
}

static void capitals_become_ordinary(void)
{
    CHECK_TEXT(label_ordinary(&arena, "VON DER LEYEN"), "von der Leyen");
    CHECK_TEXT(label_ordinary(&arena, "JEAN-PIERRE O'LEARY"), "Jean-Pierre O'Leary");
    CHECK_TEXT(label_ordinary(&arena, "NIINIST\xC3\x96 \xC3\x96RN"), "Niinist\xC3\xB6 \xC3\x96rn");
    CHECK_TEXT(label_ordinary(&arena, "JO HILL III"), "Jo Hill III");
}

static void every_office_word_is_found(void)
{
    const char *word, *before = "";
    for (uint32_t i = 0; (word = office_listed(i)) != NULL; before = word, i++) {
        CHECK(strcmp(before, word) < 0);
        CHECK(office_word(word, (uint32_t)strlen(word)) != 0);
    }
    CHECK(office_word("GEN.", 4) & OFFICE_RANK);
    CHECK_I64(office_word("stoltenberg", 11), 0);
    CHECK_I64(office_word("", 0), 0);
}

/* --- documents --- */

static void a_press_conference_opens_without_a_label(void)
{
    CHECK_TEXT(
        turns("Press conference\n\nby NATO Secretary General Ada Lind in Brussels\n\n"
              "  \xE2\x80\xA2 04 May 2023 -\n  \xE2\x80\xA2 |\n\n(As delivered)\n\n"
              "Good afternoon.\n\nAllies met: we agreed.\n\n"
              "NATO Spokesperson Bo Hill: BBC.\n\nJon Bell (BBC): Will it do?\n"
              "NATO Secretary General Ada Lind:  It will.\n\n"
              "[Follow-up question inaudible]\nNATO Secretary General: Let me be clear: no.\n\n"
              "NATO Spokesperson: We\xE2\x80\x99ll go to AP.\n\nCy O\xE2\x80\x99"
              "Dell (AP):\nAnd then?\n\nNATO Secretary General: Peace.\n"),
        "s Ada Lind: Good afterno\n"
        "m Bo Hill: BBC.\n"
        "q Jon Bell: Will it do?\n"
        "a Ada Lind: It will.\n"
        "q Jon Bell: [Follow-up q\n"
        "a Ada Lind: Let me be cl\n"
        "m Bo Hill: We\xE2\x80\x99ll go t\n"
        "q Cy O\xE2\x80\x99"
        "Dell: And then?\n"
        "a Ada Lind: Peace.\n");
    struct reading r = reading_of("Press conference\n\nby NATO Secretary General Ada Lind\n\n"
                                  "* 04 May 2023 -\n\nHello.");
    CHECK_FIELD(r.title, "Press conference by NATO Secretary General Ada Lind");
    CHECK_FIELD(r.date, "2023-05-04");
    CHECK_FIELD(r.turns[0].role, "NATO Secretary General");
    CHECK_FIELD(r.turns[0].affiliation, "NATO");
}

static void an_opening_without_heading_is_of_who_answers(void)
{
    CHECK_TEXT(turns("Russia attacks.\nWe help.\n\nJon Bell (BBC): How?\n\n"
                     "NATO Secretary General Ada Lind: With more.\n\nDi Fox (AP): Why?\n\n"
                     "NATO Secretary General: As needed.\n"),
               "s Ada Lind: Russia attac\nq Jon Bell: How?\na Ada Lind: With more.\n"
               "q Di Fox: Why?\na Ada Lind: As needed.\n");
}

static void a_white_house_briefing_has_its_names_in_the_title(void)
{
    CHECK_TEXT(
        turns("---\ntitle: \"Press Briefing by Press Secretary Ada Lind-Ek and NSC Coordinator"
              " for Strategic\\\n  \\ Communications Bo Hill\"\n---\n \nJames Room\n\n1:07 P.M. "
              "EDT\n\n"
              "MS. LIND-EK:\xC2\xA0 Hello.\n\nQ\xC2\xA0\xC2\xA0\xC2\xA0 Hello.\n\n"
              "MS. LIND-EK:\xC2\xA0 Bo is here. **Bo?**\n\nMR. HILL:\xC2\xA0 Thanks.\n\n"
              "Q\xC2\xA0\xC2\xA0\xC2\xA0 When will the second package be delivered to them?\n\n"
              "MR. HILL:\xC2\xA0 Soon:\n\nreally soon.\n\nMS. LIND-EK:\xC2\xA0 Go ahead, Di.\n\n"
              "Q A last one.\n\nMR. HILL:\xC2\xA0 No.\n\nEND\xC2\xA0\xC2\xA0 1:41 P.M. EDT\n"),
        "s Ada Lind-Ek: Hello.\nq -: Hello.\ns Ada Lind-Ek: Bo is here.\ns Bo Hill: Thanks.\n"
        "q -: When will th\na Bo Hill: Soon: reall\nm Ada Lind-Ek: Go ahead, Di\n"
        "q -: A last one.\na Bo Hill: No.\n");
}

static void a_background_call_has_no_names(void)
{
    CHECK_TEXT(
        turns("Background Press Call\n\nVia Teleconference\n\n8:41 A.M. EST\n\n"
              "MODERATOR: Good morning.\n\nSENIOR ADMINISTRATION OFFICIAL: Thanks.\n\n"
              "Q: How many howitzers have been sent so far?\n\n"
              "SENIOR ADMINISTRATION OFFICIAL: Many.\n\nMODERATOR: Thank you.\n\n9:08 A.M. EST"),
        "m -: Good morning\ns -: Thanks.\nq -: How many how\na -: Many.\nm -: Thank you.\n");
}

static void state_and_defence_departments_are_read(void)
{
    CHECK_TEXT(
        turns("Department Press Briefing\nBo Hill, Department Spokesperson\nWashington, D.C.\n"
              "May 14, 2024\n\nTRANSCRIPT:\n\n1:22 p.m. EDT\n\nMR HILL:  Good day. Let me begin: "
              "we send more.\n\nQUESTION:  On the second package, is there a date?\n\n"
              "MR HILL:  No.\n\nQUESTION:  But \xE2\x80\x93\n\nMR HILL:  No: none.\n\n# # #\n"),
        "s Bo Hill: Good day. Le\nq -: On the secon\na Bo Hill: No.\nq -: But \xE2\x80\x93\n"
        "a Bo Hill: No: none.\n");
    CHECK_TEXT(
        turns("MAJOR GENERAL BO HILL: All right.\n\nQ: Thanks, Bo. How many rounds were sent?\n\n"
              "GEN. HILL: A thousand.\n\nSTAFF: One more.\n\nSECRETARY OF DEFENSE ADA P. LIND III: "
              "Thank you.\n\nSEC. LIND: Bye."),
        "s Bo Hill: All right.\nq -: Thanks, Bo.\na Bo Hill: A thousand.\nm -: One more.\n"
        "a Ada P. Lind III: Thank you.\na Ada P. Lind III: Bye.\n");
}

static void answers_without_labels_follow_their_question(void)
{
    CHECK_TEXT(
        turns("Press remarks by High Representative Ada Lind after the meeting\n\n22.04.2024\n\n"
              "Good evening. We met.\n\nQ&A\n\nQ. Is there any pledge for Patriots?\n\n"
              "There is none.\n\nI repeat: none.\n\nQ. And then?\n\nWe met again.\n"),
        "s Ada Lind: Good evening\nq -: Is there any\na Ada Lind: There is non\nq -: And then?\n"
        "a Ada Lind: We met again\n");
}

static void names_that_alternate_are_a_talk(void)
{
    CHECK_TEXT(
        turns("Interview with NATO Secretary General Ada Lind\n\nBo Hill: What now?\n\n"
              "Ada Lind: More help.\n\nHill: Enough?\n\nLind: No.\n"),
        "q Bo Hill: What now?\na Ada Lind: More help.\nq Bo Hill: Enough?\na Ada Lind: No.\n");
    CHECK_TEXT(
        turns(
            "Ada Lind\nThank you. We met.\n\nBo Hill, Reuters\nWhat now?\n\nAda Lind\nWe go on.\n"),
        "s Ada Lind: Thank you. W\nq Bo Hill: What now?\na Ada Lind: We go on.\n");
}

static void a_fact_sheet_is_one_turn_of_nobody(void)
{
    CHECK_TEXT(
        turns("FACT SHEET: Aid to Ukraine\n\nMay 1, 2024\n\nWe give $50 billion. This includes:\n\n"
              "Air Defense: a battery.\n\nGround Forces: 31 tanks.\n\nDepartment of Defense: "
              "more.\n\n"
              "President Lind: a record of help.\n"),
        "s -: We give $50\n");
    CHECK_TEXT(turns("FACT SHEET: Aid by President Lind\n\nWe give."), "s -: We give.\n");
    CHECK_TEXT(turns("Statement by President Ada Lind on Aid\n\nWe give."),
               "s Ada Lind: We give.\n");
    CHECK_TEXT(turns("Press conference with NATO Secretary General Ada Lind\n\nWe give."),
               "s Ada Lind: We give.\n");
    CHECK_TEXT(turns("NATO Secretary General Ada Lind visits Kyiv\n\nShe gives."),
               "s -: She gives.\n");
    CHECK_TEXT(turns("CORRECTED: Remarks by President Ada Lind\n\nTHE PRESIDENT: We give."),
               "s Ada Lind: We give.\n");
    CHECK_TEXT(turns("so we give 18 jets\nlet me be clear: 18\nthank you"), "s -: so we give 1\n");
    CHECK_TEXT(turns(""), "");
    CHECK_TEXT(turns("(As delivered)"), "");
}

static void pages_have_turns_too(void)
{
    CHECK_TEXT(
        turns("<html><body><nav>x</nav><h1>Doorstep by NATO Secretary General Ada Lind</h1>"
              "<p>Good morning.</p><p><strong>Bo Hill, NATO Spokesperson:</strong> Reuters.</p>"
              "<p><b>Cy Dell (Reuters)</b>: When&nbsp;now?</p><p>Ada "
              "Lind:<br>Soon.</p></body></html>"),
        "s Ada Lind: Good morning\nm Bo Hill: Reuters.\nq Cy Dell: When&nbsp;no\na Ada Lind: "
        "Soon.\n");
    CHECK_TEXT(turns("<table><tr><td>Ada Lind:</td><td>We met.</td></tr><tr><td>Question (AP):</td>"
                     "<td>And?</td></tr><tr><td>Ada Lind:</td><td>We go on.</td></tr></table>"),
               "s Ada Lind: We met.\nq -: And?\na Ada Lind: We go on.\n");
}

static void who_never_answers_gives_the_word(void)
{
    CHECK_TEXT(
        turns(
            "On-the-Record Press Call by Advisor Bo Hill\n\nMS. LIND: Thanks for joining this.\n\n"
            "MR. HILL: Thank you.\n\nMS. LIND: First up is Cy.\n\nQ    What is in the second "
            "package, "
            "please?\n\nMR. HILL: Tanks.\n\nMS. LIND: Next is Di.\n\nQ    And in the third "
            "package, "
            "please?\n\nMR. HILL: Jets.\n"),
        "m Lind: Thanks for j\ns Bo Hill: Thank you.\nm Lind: First up is\nq -: What is in t\n"
        "a Bo Hill: Tanks.\nm Lind: Next is Di.\nq -: And in the t\na Bo Hill: Jets.\n");
}

static void a_spokesperson_alone_answers(void)
{
    CHECK_TEXT(
        turns("NATO Spokesperson Ada Lind: Good morning. This week: a meeting.\n\nJon Bell, NPR: "
              "What about the ammunition?\n\nAda Lind: We have contracts.\n\nReporter 2: And "
              "then?\n\nAda Lind: No.\n"),
        "s Ada Lind: Good morning\nq Jon Bell: What about t\na Ada Lind: We have cont\n"
        "q -: And then?\na Ada Lind: No.\n");
}

static void a_press_release_quotes_and_is_one_turn(void)
{
    CHECK_TEXT(
        turns("EU announces aid\n\nBrussels, 1 February 2024\n\nThe EU gave 5 billion.\n\nThey "
              "said:\n\nAda Lind, President of Finland: \"Good.\"\n\nBo Hill, Minister: "
              "\"Better.\"\n"),
        "s -: The EU gave\n");
    CHECK_TEXT(
        turns("Speech by President Ada Lind\n\nBrussels, 9 February 2023\n\nMr President, dear "
              "Bo,\n\nWe give.\n"),
        "s Ada Lind: Mr President\n");
    CHECK_TEXT(turns("President's press conference\n\n- how many\n\n- We need 300"),
               "s -: how many -\n");
}

static void a_son_does_not_lend_his_first_name(void)
{
    CHECK_TEXT(turns("Remarks by President Lind\n\nTHE PRESIDENT: My son Bo Lind is here."),
               "s Lind: My son Bo Li\n");
    CHECK_TEXT(turns("Remarks by President Lind\n\nTHE PRESIDENT: I, President Ada Lind, give."),
               "s Ada Lind: I, President\n");
}

static void an_office_with_its_country_names_its_holder(void)
{
    CHECK_TEXT(turns("Remarks by President Lind and President Ahl of Finland\n\nPRESIDENT LIND:  "
                     "Good evening.\n\nPRESIDENT AHL:  I thank the President of the\nUnited "
                     "States, Ada Lind.\n"),
               "s Ada Lind: Good evening\ns Ahl: I thank the\n");
    CHECK_TEXT(turns("Remarks by President Lind and President Ahl of Finland\n\nPRESIDENT LIND:  "
                     "Good evening.\n\nPRESIDENT AHL:  I met the mother of the team, Ada Lind.\n"),
               "s Lind: Good evening\ns Ahl: I met the mo\n");
}

static void a_statement_in_points_begins_behind_its_mark(void)
{
    CHECK_TEXT(turns("---\ndate: '2024-03-14'\ntitle: Statement of the Leaders\n---\n\n"
                     "-   We, the leaders, met today in Riga to speak of the defence of the\n"
                     "    region.\n\n-   We agreed to found a fund for the region's air "
                     "defence.\n"),
               "s -: We, the lead\n");
}

static void a_heading_may_have_no_gap_behind_it(void)
{
    CHECK_TEXT(turns("Press conference\nby NATO Secretary General Ada Lind ahead of the meeting of "
                     "NATO Ministers\n(As delivered)\nGood afternoon.\nWe have just met.\n"),
               "s Ada Lind: Good afterno\n");
    CHECK_TEXT(turns("President Lind spoke with President Ahl today and\nthanked him. The two\n"
                     "said:\nGood afternoon is no heading.\n"),
               "s -: President Li\n");
}

static void a_country_is_no_first_name(void)
{
    CHECK_TEXT(
        turns("---\ntitle: Remarks by APNSA Ada Lind and Head of the Office of the President "
              "of Ukraine Bo Hill\n---\nMR. HILL: We met.\n\nMS. LIND: We give.\n\n"
              "Q    What is in the next package for them?\n\nMR. HILL: Jets.\n\n"
              "Q    And for the navy?\n\nMS. LIND: Boats.\n"),
        "s Bo Hill: We met.\ns Ada Lind: We give.\nq -: What is in t\na Bo Hill: Jets.\n"
        "q -: And for the\na Ada Lind: Boats.\n");
    CHECK_TEXT(turns("Remarks by President of South Korea Yun Ahl and Georgia Hill\n\n"
                     "MR. AHL: Yes.\n\nMS. HILL: No.\n"),
               "s Yun Ahl: Yes.\ns Georgia Hill: No.\n");
}

static void no_label_stands_within_a_sentence(void)
{
    CHECK_TEXT(turns("Remarks by President Ahl and President Lind\n\nPRESIDENT AHL: I greet "
                     "everybody who is here with the team of\nPresident Lind: you are "
                     "welcome.\n\nPRESIDENT LIND: Thanks to the ministers, the generals and of "
                     "course to you,\nPresident Ahl: it was good.\n"),
               "s Ahl: I greet ever\ns Lind: Thanks to th\n");
    CHECK_TEXT(turns("Jon Bell (BBC):\nWill more of those howitzers be delivered this "
                     "year?\nSecretary General Ada Lind: Yes.\n\nDi Fox (AP): When?\n"),
               "q Jon Bell: Will more of\na Ada Lind: Yes.\nq Di Fox: When?\n");
}

/* Courtesies between two are remarks, however short; nobody is called on where nobody asks. */
static void two_who_talk_are_no_moderators(void)
{
    const char *opening = "PRESIDENT AHL: Welcome to this house, and to this city.\n\n";
    CHECK_TEXT(turns(text_format(
                   &arena,
                   "Remarks by President Ahl and President Lind Before Meeting\n\n%sPRESIDENT "
                   "LIND: Yeah.\n\nPRESIDENT AHL: %s.\n\nPRESIDENT LIND: Pavlo.\n\n"
                   "PRESIDENT AHL: Pavlo.\n\nPRESIDENT LIND: Well, thank you, thank you.\n",
                   opening,
                   "We have much to do and more to say about all of it, and so we "
                   "met here today for an hour of talks on how to go on with all that we "
                   "promised to each other last year, on trade and on help, and on the winter "
                   "that comes, for which nobody is ready yet, neither you nor any of us here, "
                   "as I said this morning to my own people, who asked me about it again and "
                   "again, as they should, and whom I told that we would find a way")),
               "s Ahl: Welcome to t\ns Lind: Yeah.\ns Ahl: We have much\ns Lind: Pavlo.\n"
               "s Ahl: Pavlo.\ns Lind: Well, thank\n");
    CHECK_TEXT(turns("Remarks by President Ahl and Secretary General Lind\n\nPRESIDENT AHL: "
                     "Welcome.\n\nSECRETARY GENERAL LIND: Thank you for all that.\n\n"
                     "PRESIDENT AHL: In no small part it was because of you.\n\nQ    Mr. "
                     "President, have you read the report?\n\nPRESIDENT AHL: No.\n"),
               "s Ahl: Welcome.\ns Lind: Thank you fo\ns Ahl: In no small\n"
               "q -: Mr. Presiden\na Ahl: No.\n");
    CHECK_TEXT(turns("Remarks by President Ahl and President Lind\n\nPRESIDENT AHL: "
                     "We agreed.\n\nPRESIDENT LIND: So we did.\n\nPRESIDENT AHL: We have a "
                     "couple of questions. Di?\n\nQ    Will you meet again in the autumn?\n\n"
                     "PRESIDENT AHL: Yes.\n"),
               "s Ahl: We agreed.\ns Lind: So we did.\nm Ahl: We have a co\nq -: Will you mee\n"
               "a Ahl: Yes.\n");
}

static void an_excerpt_may_begin_with_the_answer(void)
{
    CHECK_TEXT(turns("PRESIDENT AHL: Let me answer the question first. It is late.\n\n"
                     "PRESIDENT LIND: It is, indeed.\n"),
               "a Ahl: Let me answe\na Lind: It is, indee\n");
    CHECK_TEXT(turns("PRESIDENT AHL: Do you want to call on somebody?\n\nPRESIDENT LIND: With "
                     "pleasure. Yes, please, Inter.\n\nQ    Will there be five batteries, or "
                     "seven of them?\n\nPRESIDENT AHL: Five.\n\nPRESIDENT LIND: You answered "
                     "the question.\n\nQ    And then?\n\nPRESIDENT LIND: Seven.\n"),
               "m Ahl: Do you want\nm Lind: With pleasur\nq -: Will there b\na Ahl: Five.\n"
               "a Lind: You answered\nq -: And then?\na Lind: Seven.\n");
}

static void an_office_alone_has_the_name_by_which_others_address_it(void)
{
    const char *form = "Joint press conference\n\nPrime Minister: I thank Prime Minister Ahl, who "
                       "is not here.\n\nPresident Bo Lind: %s\n\nJournalist: What will you do "
                       "about the second package?\n\nPrime Minister: We give.\n";
    struct {
        const char *said, *name;
    } const cases[] = {
        {"Thank you, Prime Minister Ada Krans, for coming.", "Ada Krans"},
        {"Prime Minister Krans, dear Ada: welcome.", "Krans"},
        {"Welcome, Prime Minister Krans! You, Prime Minister Ada Krans, came.", "Ada Krans"},
        {"Thank you, Prime Minister Krans. Welcome, Prime Minister Ohm.", "-"},
        {"I spoke with Prime Minister Ohm.", "-"},
        {"We met Prime Minister Ohm, thank you.", "-"},
        {"Thank you, Prime Minister.", "-"},
        {"Thank you, Prime Minister Krans of Sweden and others.", "-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r = reading_of(text_format(&arena, form, cases[i].said));
        CHECK_I64(r.turn_count, 4);
        CHECK_TEXT(r.turns[0].speaker ? r.turns[0].speaker : "-", cases[i].name);
        CHECK_TEXT(r.turns[3].speaker ? r.turns[3].speaker : "-", cases[i].name);
        if (!tap_this_ok) printf("# of: %s\n", cases[i].said);
    }
}

static void an_office_of_two_has_the_name_that_no_label_has(void)
{
    CHECK_TEXT(turns("Remarks by Prime Minister Ahl and Prime Minister Lind\n\nPRIME MINISTER: "
                     "Hi.\n\nPRIME MINISTER AHL: Hello.\n\nPRIME MINISTER OHM: Hi.\n"),
               "s Lind: Hi.\ns Ahl: Hello.\ns Ohm: Hi.\n");
    CHECK_TEXT(turns("PRIME MINISTER: Hi.\n\nPRIME MINISTER AHL: Hello.\n\nPRIME MINISTER OHM: "
                     "Hi.\n"),
               "s -: Hi.\ns Ahl: Hello.\ns Ohm: Hi.\n");
}

static void a_second_heading_with_its_date_opens_another_speech(void)
{
    CHECK_TEXT(turns("Remarks by President Ahl and Prime Minister Ada Krans\n\n11:00 A.M. "
                     "EST\n\nPRESIDENT AHL:  We met.\n\n11:10 A.M. EST\n\nRemarks by Prime "
                     "Minister Ada Krans\n\nRose Garden\n\n11:20 A.M. EST\n\nGood morning. We "
                     "give.\n\n11:30 A.M. EST\n"),
               "s Ahl: We met.\ns Ada Krans: Good morning\n");
    const char *text = "Statement by Prime Minister Ada Krans\n\nOslo, 4 May 2023\n\nWe met.\n\n"
                       "Statement by President Bo Lind\n\nOslo, 4 May 2023\n\nWe give.\n\n"
                       "Statement by Minister Cy Dell\n\nOslo, 4 May 2023\n\nWe go.\n";
    CHECK_TEXT(turns(text), "s Ada Krans: We met.\ns Bo Lind: We give.\ns Cy Dell: We go.\n");
    struct reading r = reading_of(text);
    CHECK_TEXT(read_quote(&arena, text, r.turns[0].start, r.turns[0].end), "We met.");
    CHECK_TEXT(read_quote(&arena, text, r.turns[1].start, r.turns[1].end), "We give.");
    CHECK_TEXT(turns("Statement by Prime Minister Ada Krans\n\nOslo, 4 May 2023\n\nWe met.\n\n"
                     "Statement by President Bo Lind\n\nIt was read out, and we agree.\n"),
               "s Ada Krans: We met. Sta\n");
    CHECK_TEXT(turns("Statement by Prime Minister Ada Krans\n\nOslo, 4 May 2023\n\nWe met.\n\n"
                     "Statement by President Bo Lind\n\n4 May 2023\n\nRemarks by Cy Dell\n\n"
                     "5 May 2023\n"),
               "s Ada Krans: We met.\n");
}

/* Whatever the file's mark and encoding, and whether the label or the heading has it. */
static void an_apostrophe_is_kept_as_written(void)
{
    CHECK_TEXT(turns("MS. O'DELL: Hi.\n\nQ    What will the ministers talk about?\n\nMS. O'DELL: "
                     "Aid.\n"),
               "s O'Dell: Hi.\nq -: What will th\na O'Dell: Aid.\n");
    CHECK_TEXT(turns("MS. O\x92"
                     "DELL: Hi \x97 all.\n\nMS. O\x92"
                     "DELL: Aid.\n"),
               "s O\xE2\x80\x99"
               "Dell: Hi \xE2\x80\x94 all.\ns O\xE2\x80\x99"
               "Dell: Aid.\n");
    CHECK_TEXT(turns("---\ntitle: Remarks by President Ada O\xE2\x80\x99"
                     "Dell and Minister Bo "
                     "D\xE2\x80\x99"
                     "Arc\n---\n\nTHE PRESIDENT: We met.\n\nMR. D\xE2\x80\x99"
                     "ARC: "
                     "Yes.\n"),
               "s Ada O\xE2\x80\x99"
               "Dell: We met.\ns Bo D\xE2\x80\x99"
               "Arc: Yes.\n");
    CHECK_TEXT(turns("Speech by President Ada O\xE2\x80\x99"
                     "Dell\n\nWe met.\n"),
               "s Ada O\xE2\x80\x99"
               "Dell: We met.\n");
    CHECK_TEXT(turns("<h1>Talk</h1><p>MS. O&rsquo;DELL: We met.</p><p>MR. D&#39;ARC: Yes.</p>"),
               "s O\xE2\x80\x99"
               "Dell: We met.\ns D'Arc: Yes.\n");
}

/* --- gaggles: several officials, and reporters who interrupt --- */

static void who_opens_calls_and_closes_is_moderator_throughout(void)
{
    CHECK_TEXT(
        turns("Background Gaggle by NSC Spokesperson Bo Hill\n\n1:07 P.M. EDT\n\n"
              "MS. AHL:  Hi, all. This is on the record, and we have ten minutes.\n\n"
              "MR. HILL:  Thanks. A few words on the trip.\n\n"
              "MS. AHL:  Thanks, Bo. Trevor, go ahead.\n\n"
              "Q    Thanks. Does the package have the radars that they asked for?\n\n"
              "MR. HILL:  Yes.\n\nQ    All of them \xE2\x80\x94\n\nMR. HILL:  Why would it "
              "not?\n\nQ    \xE2\x80\x94 or only some?\n\nMR. HILL:  All.\n\n"
              "MS. AHL:  Di.\n\nQ    (Inaudible.)\n\nMS. AHL:  Di, we cannot hear you. Go "
              "ahead.\n\nQ    Sorry. What about the jets?\n\nMR. HILL:  What about them?\n\n"
              "Q    Are they there?\n\nMR. HILL:  No.\n\nQ    Thanks.\n\n"
              "MS. AHL:  That is all we have. Thank you, everybody.\n"),
        "m Ahl: Hi, all. Thi\ns Bo Hill: Thanks. A fe\nm Ahl: Thanks, Bo.\nq -: Thanks. Does\n"
        "a Bo Hill: Yes.\nq -: All of them\na Bo Hill: Why would it\nq -: \xE2\x80\x94 or only\n"
        "a Bo Hill: All.\nm Ahl: Di.\nq -: (Inaudible.)\nm Ahl: Di, we canno\nq -: Sorry. What"
        "\na Bo Hill: What about t\nq -: Are they the\na Bo Hill: No.\nq -: Thanks.\n"
        "m Ahl: That is all\n");
}

static void a_press_secretary_answers_when_her_guest_has_left(void)
{
    CHECK_TEXT(
        turns("Press Gaggle by Press Secretary Ada Lind and NSC Coordinator Bo Hill\n\n"
              "MS. LIND:  Hi. I'll pass it over to Bo.\n\nMR. HILL:  Hey. Two things.\n\n"
              "Q    Is the ship on its way to the port, or has it turned back?\n\n"
              "MR. HILL:  It is.\n\nMS. LIND:  Exactly.\n\nQ    Since when?\n\n"
              "MR. HILL:  Since Monday. Correct?\n\nMS. LIND:  Correct.\n\n"
              "MS. LIND:  Go ahead, Jeff.\n\nQ    A last one on grain, if you will.\n\n"
              "MR. HILL:  No news.\n\nQ    Thank you.\n\nMS. LIND:  Okay. What else?\n\n"
              "Q    Ada, what is the plan for the weekend?\n\nMS. LIND:  Delaware.\n\n"
              "Q    And for Monday?\n\nMS. LIND:  Work.\n\nQ    Only that?\n\n"
              "MS. LIND:  Is it not enough?\n"),
        "s Ada Lind: Hi. I'll pas\ns Bo Hill: Hey. Two thi\nq -: Is the ship\n"
        "a Bo Hill: It is.\na Ada Lind: Exactly.\nq -: Since when?\na Bo Hill: Since Monday\n"
        "a Ada Lind: Correct.\nm Ada Lind: Go ahead, Je\nq -: A last one o\na Bo Hill: No news.\n"
        "q -: Thank you.\nm Ada Lind: Okay. What e\nq -: Ada, what is\na Ada Lind: Delaware.\n"
        "q -: And for Mond\na Ada Lind: Work.\nq -: Only that?\na Ada Lind: Is it not en\n");
}

static void a_second_briefer_begins_with_a_statement(void)
{
    CHECK_TEXT(
        turns("Background Press Call\n\nMODERATOR: Hi.\n\nSENIOR ADMINISTRATION OFFICIAL: We "
              "met.\n\nQ    How many trucks have crossed the border today?\n\nSENIOR "
              "ADMINISTRATION OFFICIAL: Ten.\n\nMODERATOR: Great. And next we'll turn it over to "
              "[senior administration official].\n\nSENIOR ADMINISTRATION OFFICIAL: Good "
              "morning. The second part.\n\nMODERATOR: Thanks.\n\nQ    Is that all of it?\n\n"
              "MODERATOR: I'll turn it over to our expert.\n\nSENIOR ADMINISTRATION OFFICIAL: "
              "It is.\n"),
        "m -: Hi.\ns -: We met.\nq -: How many tru\na -: Ten.\nm -: Great. And n\n"
        "s -: Good morning\nm -: Thanks.\nq -: Is that all\nm -: I'll turn it\na -: It is.\n");
}

static void a_host_without_questions_is_moderator(void)
{
    CHECK_TEXT(turns("Remarks by President Ahl and President Lind in Briefing\n\nPRESIDENT AHL: "
                     "We came to listen.\n\nADMINISTRATOR HILL: Thank you. President Lind, over "
                     "to you.\n\nPRESIDENT LIND: We help.\n\nADMINISTRATOR HILL: We work day "
                     "and night.\n"),
               "s Ahl: We came to l\nm Hill: Thank you. P\ns Lind: We help.\n"
               "s Hill: We work day\n");
}

/* --- the property: labels of our own among words that hold none --- */

static void add_speech(struct rng *r, struct buf *b)
{
    static const char *const words[] = {"we",         "give", "18",          "jets.",
                                        "So",         "And",  "Allies",      "to",
                                        "help: more", "now,", "(inaudible)", "\xE2\x80\x94"};
    for (uint32_t n = 3 + rng_below(r, 20); n > 0; n--) {
        buf_addf(b, " %s", words[rng_below(r, sizeof words / sizeof *words)]);
        if (rng_one_in(r, 9)) buf_add(b, rng_one_in(r, 3) ? "\n\nand" : "\nand");
    }
}

/* Every label opens one turn, where it stands; nothing else does. */
static void labels_and_turns_are_as_many(struct rng *r)
{
    static const char *const labels[] = {"MR. HILL:",
                                         "MS. LIND:",
                                         "Q   ",
                                         "MODERATOR:",
                                         "PRESIDENT AHL:",
                                         "Jon Bell (BBC):",
                                         "SENIOR ADMINISTRATION OFFICIAL:"};
    struct buf b = {.arena = &arena};
    uint32_t starts[40], count = 1 + rng_below(r, 39);
    for (uint32_t i = 0; i < count; i++) {
        buf_add(&b, labels[rng_below(r, sizeof labels / sizeof *labels)]);
        starts[i] = (uint32_t)b.len;
        buf_add(&b, " Yes");
        add_speech(r, &b);
        buf_add(&b, rng_one_in(r, 4) ? "\n \n\n" : "\n\n");
    }
    /* A single Q or bracket without anybody else is not yet a talk. */
    buf_add(&b, "MR. HILL: Bye.");
    struct reading got = reading_of(b.text);
    CHECK_I64(got.turn_count, count + 1);
    for (uint32_t i = 0; i < count && i < got.turn_count; i++) {
        const struct turn *t = &got.turns[i];
        CHECK_I64((int64_t)t->start, starts[i] + 1);
        CHECK(t->start < t->end && t->end <= (i + 1 < count ? starts[i + 1] : b.len));
    }
    if (!tap_this_ok) printf("# of: %s\n", b.text);
    arena_reset(&arena);
}

static void every_label_opens_a_turn(void)
{
    seeds_run(1500, labels_and_turns_are_as_many);
}

static void a_thousand_names_end_in_time(void)
{
    struct buf b = {.arena = &arena};
    for (int i = 0; i < 40000; i++)
        buf_addf(&b, "Na%cme Sur%cna%dx (BBC): Why?\n\n", 'a' + i % 26, 'a' + i % 25, i);
    struct reading r = reading_of(b.text);
    CHECK(r.turn_count > 0);
    arena_reset(&arena);
}

int main(void)
{
    RUN(labels_are_office_name_and_outlet);
    RUN(what_only_has_a_colon_is_no_label);
    RUN(headings_name_who_speaks);
    RUN(capitals_become_ordinary);
    RUN(every_office_word_is_found);
    RUN(a_press_conference_opens_without_a_label);
    RUN(an_opening_without_heading_is_of_who_answers);
    RUN(a_white_house_briefing_has_its_names_in_the_title);
    RUN(a_background_call_has_no_names);
    RUN(state_and_defence_departments_are_read);
    RUN(answers_without_labels_follow_their_question);
    RUN(names_that_alternate_are_a_talk);
    RUN(a_fact_sheet_is_one_turn_of_nobody);
    RUN(pages_have_turns_too);
    RUN(who_never_answers_gives_the_word);
    RUN(a_spokesperson_alone_answers);
    RUN(a_press_release_quotes_and_is_one_turn);
    RUN(a_son_does_not_lend_his_first_name);
    RUN(an_office_with_its_country_names_its_holder);
    RUN(a_statement_in_points_begins_behind_its_mark);
    RUN(a_heading_may_have_no_gap_behind_it);
    RUN(a_country_is_no_first_name);
    RUN(no_label_stands_within_a_sentence);
    RUN(two_who_talk_are_no_moderators);
    RUN(an_excerpt_may_begin_with_the_answer);
    RUN(who_opens_calls_and_closes_is_moderator_throughout);
    RUN(a_press_secretary_answers_when_her_guest_has_left);
    RUN(a_second_briefer_begins_with_a_statement);
    RUN(a_host_without_questions_is_moderator);
    RUN(an_office_alone_has_the_name_by_which_others_address_it);
    RUN(an_office_of_two_has_the_name_that_no_label_has);
    RUN(a_second_heading_with_its_date_opens_another_speech);
    RUN(an_apostrophe_is_kept_as_written);
    RUN(every_label_opens_a_turn);
    RUN(a_thousand_names_end_in_time);
    arena_free(&arena);
    return tap_done();
}
