/* What answers of Redis say; RESP2 and RESP3 alike. */
#ifndef STEPDEN_REDIS_REPLY_H
#define STEPDEN_REDIS_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <hiredis/hiredis.h>

/* Whether this build can read RESP3: hiredis 1.0 and later can. */
#ifdef REDIS_REPLY_MAP
#define STEPDEN_REPLY_RESP3 1
#else
#define STEPDEN_REPLY_RESP3 0
#endif

/* A status or a string of exactly this text. */
bool stepden_reply_is(const redisReply *reply, const char *text);

bool stepden_reply_is_nil(const redisReply *reply);

/* An array, or a map as an array of keys and values in turn. */
bool stepden_reply_is_list(const redisReply *reply);

/* Any bytes; INFO's text is a kind of its own in RESP3. */
bool stepden_reply_is_string(const redisReply *reply);

/* Something that came unasked, and is no answer. */
bool stepden_reply_is_push(const redisReply *reply);

/* The text of an error, or NULL if it is none. */
const char *stepden_reply_error(const redisReply *reply);

/* An error whose text begins with the word `code`. */
bool stepden_reply_is_error(const redisReply *reply, const char *code);

/* An error of a server that has to come to itself, or of keys that are on their
 * way to another one: nothing was done, and the same is to be sent again. */
bool stepden_reply_is_passing(const redisReply *reply);

/* The value of key `name` in a list of keys and values, or NULL. */
const redisReply *stepden_reply_member(const redisReply *reply,
                                       const char *name);

/*
 * Puts into `text` what came instead of what was expected: an error's text
 * without its full stop and what it quotes, or the kind of the answer. Returns
 * `text`.
 */
const char *stepden_reply_describe(char *text, size_t size,
                                   const redisReply *reply);

/* The same, and what a user can do about it. */
const char *stepden_reply_explain(char *text, size_t size,
                                  const redisReply *reply);

/* The same of an error's text. */
const char *stepden_reply_advise(char *text, size_t size, const char *error);

/* What a user can do about an error of this text, or NULL. */
const char *stepden_reply_hint(const char *error);

#endif
