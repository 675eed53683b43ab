/* The words of a message of the log: `event key=value key="a value" ...`. */
#ifndef STEPDEN_DAEMON_LOG_WORDS_H
#define STEPDEN_DAEMON_LOG_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Borrowed. Of a quoted value the quotes belong to it. */
struct stepden_log_word {
    const char *key;
    size_t key_size;
    const char *value;
    size_t value_size;
};

/*
 * Takes the next word, which begins at `*at` or after a space there, and moves
 * `*at` behind it. False, and `*at` as it is, if there is none of this form.
 */
bool stepden_log_words_take(struct stepden_log_word *word, const char **at);

/*
 * Cuts `message` to at most `size` bytes between words, or within a quoted
 * value between characters: it is closed then.
 */
void stepden_log_words_cut(char *message, size_t size);

#endif
