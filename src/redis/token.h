/* The tokens of a lease, and the file that keeps them for a successor. */
#ifndef STEPDEN_REDIS_TOKEN_H
#define STEPDEN_REDIS_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

/* 128 random bits in hexadecimal, and the NUL. */
enum { STEPDEN_TOKEN_SIZE = 32 + 1 };

/* The last two tokens tried, "" where there is none: one of them is the
 * lease's value, if it is ours at all. */
struct stepden_tokens {
    char newest[STEPDEN_TOKEN_SIZE];
    char before[STEPDEN_TOKEN_SIZE];
};

/* Makes a new token the newest one; `seen` is the lease's value now, or "". */
void stepden_tokens_renew(struct stepden_tokens *tokens, const char *seen);

bool stepden_tokens_include(const struct stepden_tokens *tokens,
                            const char *token);

/* A state file. Start with fd -1. */
struct stepden_token_file {
    int fd; /* locked; -1 without */
};

/*
 * Where the file is when nobody has said it: in the folder that systemd makes
 * for the service, $RUNTIME_DIRECTORY. False without one.
 */
bool stepden_token_file_place(char *path, size_t size);

/*
 * Locks the file, and takes what it holds into `tokens`. Who gets the lock
 * knows that its predecessor on this host is dead. False with `*why` NULL when
 * another process has the lock, or with a reason in it when the file cannot be
 * used; fine when it is locked already.
 */
bool stepden_token_file_lock(struct stepden_token_file *file, const char *path,
                             struct stepden_tokens *tokens, const char **why);

/* Writes the tokens, if the file is locked. */
void stepden_token_file_write(struct stepden_token_file *file,
                              const struct stepden_tokens *tokens);

void stepden_token_file_close(struct stepden_token_file *file);

#endif
