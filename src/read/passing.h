/*
 * passing.h - words that give the word to somebody else.
 *
 * Private to read/. Whoever says "Go ahead, Ada." or "With that, over to Bo."
 * says nothing of their own; turns.c makes such a turn a moderator's, or takes
 * what follows as remarks and not as an answer. All look at text [at, end).
 */
#ifndef MUSTER_READ_PASSING_H
#define MUSTER_READ_PASSING_H

#include <stdbool.h>
#include <stdint.h>

/* Whether `word`, in lower case, stands in the text in any case; also within other words. */
bool text_has(const char *text, uint32_t at, uint32_t end, const char *word);

/* "Go ahead.", "Okay, next question.": short, and nothing else is meant by it. */
bool calls_on(const char *text, uint32_t at, uint32_t end);

/* Nothing but names and "Okay.", "Yes, please.": somebody is called on. */
bool is_names(const char *text, uint32_t at, uint32_t end);

/* "We'll take two questions, and start with Inter.": no remarks of one's own. */
bool opens_questions(const char *text, uint32_t at, uint32_t end);

/* Another speaker is to begin: "I'll turn it over to Bo". Only the last sentences count. */
bool hands_over(const char *text, uint32_t at, uint32_t end);

/* Guests are asked to speak, or the press to leave: what a host says. */
bool invites(const char *text, uint32_t at, uint32_t end);

/* More than "Hi. How are you?". */
bool is_question(const char *text, uint32_t at, uint32_t end);

/* "Let me answer the question first": something was asked before the text begins. */
bool begins_as_answer(const char *text, uint32_t at, uint32_t end);

/* The meeting is over: "Thank you, everybody." */
bool takes_leave(const char *text, uint32_t at, uint32_t end);

#endif
