/*
 * passing.c - see passing.h.
 *
 * Phrases in plain lists: press rooms have few, and use them for decades. Each
 * test is bounded by the bytes it looks at, so that long speeches cost nothing.
 */
#include "read/passing.h"

#include <stddef.h>
#include <string.h>

#include "read/offices.h"

enum {
    CALL_BYTES = 90, /* somebody who only calls on another needs no more */
    NAMES_BYTES = 48,
    OPENING_BYTES = 300,
    GREETING_BYTES = 40,
    LAST_BYTES = 320,  /* of the end, where the word is handed on */
    FIRST_BYTES = 120, /* of the beginning, where an answer says that it is one */
    HOST_BYTES = 1200,
    LEAVE_BYTES = 700,
};

static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* A line end of a wrapped text is as good as a space. */
static char folded(char c)
{
    return upper(c) ? (char)(c + 32) : c == '\n' ? ' ' : c;
}

bool text_has(const char *text, uint32_t at, uint32_t end, const char *word)
{
    uint32_t n = (uint32_t)strlen(word);
    for (; at + n <= end; at++) {
        uint32_t i = 0;
        while (i < n && folded(text[at + i]) == word[i]) i++;
        if (i == n) return true;
    }
    return false;
}

/* Folded once for all the words; [at, end) is at most HOST_BYTES. */
static bool has_any(const char *text, uint32_t at, uint32_t end, const char *const *words)
{
    char said[HOST_BYTES + 1];
    uint32_t n = 0;
    while (at < end && n < HOST_BYTES) said[n++] = folded(text[at++]);
    said[n] = '\0';
    for (; *words; words++) {
        if (strstr(said, *words)) return true;
    }
    return false;
}

bool calls_on(const char *text, uint32_t at, uint32_t end)
{
    static const char *const phrases[] = {"go ahead",
                                          "next question",
                                          "first question",
                                          "last question",
                                          "final question",
                                          "last one",
                                          "last two",
                                          "one more question",
                                          "in the back",
                                          "who had a question",
                                          "who has a question",
                                          "over to you",
                                          "we'll go to",
                                          "we go to",
                                          "let's go to",
                                          "go to the next",
                                          "want to call on",
                                          "like to call on",
                                          "call on a reporter",
                                          "what else?",
                                          "anything else?",
                                          "next up",
                                          "who's next",
                                          "who is next",
                                          "a few more",
                                          "take one more",
                                          "any other questions",
                                          "any questions",
                                          "more questions",
                                          "follow-up?",
                                          NULL};
    return end - at <= CALL_BYTES && has_any(text, at, end, phrases);
}

/* Words of assent are no names, though capitals begin them. */
static bool is_filler(const char *word, uint32_t len)
{
    static const char *const fillers[] = {"okay",   "ok",     "all",  "right", "yes",   "yeah",
                                          "please", "sure",   "and",  "then",  "in",    "the",
                                          "thank",  "thanks", "you",  "so",    "let's", "to",
                                          "from",   "of",     "with", "at",    NULL};
    for (const char *const *f = fillers; *f; f++) {
        if (strlen(*f) == len && text_has(word, 0, len, *f)) return true;
    }
    return false;
}

/* What is said alone, and calls nobody: "Exactly." */
static bool is_assent(const char *word, uint32_t len)
{
    static const char *const assents[] = {
        "exactly", "correct",    "absolutely", "indeed",  "never",    "true",      "agreed",
        "nothing", "definitely", "certainly",  "both",    "none",     "many",      "maybe",
        "perhaps", "everything", "everybody",  "nope",    "yep",      "precisely", "always",
        "pardon",  "excuse",     "applause",   "perfect", "likewise", "inaudible", NULL};
    for (const char *const *f = assents; *f; f++) {
        if (strlen(*f) == len && text_has(word, 0, len, *f)) return true;
    }
    return (office_word(word, len) & OFFICE_NEVER) != 0;
}

bool is_names(const char *text, uint32_t at, uint32_t end)
{
    bool name = false;
    if (end - at > NAMES_BYTES) return false;
    while (at < end) {
        uint32_t from = at;
        while (at < end && !strchr(" ,.\n", text[at])) at++;
        if (at > from && !is_filler(text + from, at - from)) {
            if (!upper(text[from]) || (at - from == 1 && text[from] == 'I')) return false;
            if (is_assent(text + from, at - from)) return false;
            name = true;
        }
        while (at < end && strchr(" ,.\n", text[at])) at++;
    }
    return name;
}

bool opens_questions(const char *text, uint32_t at, uint32_t end)
{
    static const char *const phrases[] = {"question",    "reporter", "start with", "begin with",
                                          "yes, please", "call on",  NULL};
    return end - at <= OPENING_BYTES && has_any(text, at, end, phrases);
}

bool hands_over(const char *text, uint32_t at, uint32_t end)
{
    static const char *const phrases[] = {
        "turn it over",      "turn it back over",    "turn over to",
        "turning it over",   "pass it over",         "pass it to",
        "pass the floor",    "hand it over",         "hand it to",
        "hand over to",      "handing it over",      "turn it to",
        "give the floor to", "kick it over",         "turn the call over",
        "turn things over",  "invite to the podium", NULL};
    if (end - at > LAST_BYTES) at = end - LAST_BYTES;
    return has_any(text, at, end, phrases);
}

bool invites(const char *text, uint32_t at, uint32_t end)
{
    static const char *const phrases[] = {
        "say a few words",      "the floor is yours",   "you have the floor",
        "please welcome",       "join me in welcoming", "give the floor",
        "media to leave",       "press to leave",       "media to depart",
        "press to depart",      "honor to introduce",   "honour to introduce",
        "pleased to introduce", "over to you",          NULL};
    return end - at <= HOST_BYTES && has_any(text, at, end, phrases);
}

bool is_question(const char *text, uint32_t at, uint32_t end)
{
    if (end - at > GREETING_BYTES) return true;
    return memchr(text + at, '?', end - at) && !text_has(text, at, end, "how are") &&
           !text_has(text, at, end, "hello") && !text_has(text, at, end, "good to");
}

bool begins_as_answer(const char *text, uint32_t at, uint32_t end)
{
    static const char *const phrases[] = {"answer the question",
                                          "answer your question",
                                          "answer that question",
                                          "thank you for your question",
                                          "thank you for the question",
                                          "thanks for your question",
                                          "thanks for the question",
                                          "your first question",
                                          "on your question",
                                          "to your question",
                                          NULL};
    if (end - at > FIRST_BYTES) end = at + FIRST_BYTES;
    return has_any(text, at, end, phrases);
}

bool takes_leave(const char *text, uint32_t at, uint32_t end)
{
    static const char *const phrases[] = {"thank",      "appreciate", "that's all", "that is all",
                                          "concludes",  "good day",   "bye",        "goodnight",
                                          "good night", NULL};
    return end - at <= LEAVE_BYTES && has_any(text, at, end, phrases);
}
