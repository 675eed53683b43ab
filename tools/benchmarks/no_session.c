/*
 * In place of the session to Redis, what the pipeline calls of it: outputs and
 * records go nowhere, and a rejected input ends the program.
 */
#include <stdio.h>

#include "benchmarks/compare.h"
#include "redis/session.h"

void stepden_session_publish(struct stepden_session *session,
                             const struct stepden_redis_field *fields,
                             size_t field_count)
{
    (void)session;
    (void)fields;
    (void)field_count;
}

void stepden_session_keep(struct stepden_session *session, const char *field,
                          size_t field_size, const char *value,
                          size_t value_size)
{
    (void)session;
    (void)field;
    (void)field_size;
    (void)value;
    (void)value_size;
}

void stepden_session_forget(struct stepden_session *session, const char *field,
                            size_t field_size)
{
    (void)session;
    (void)field;
    (void)field_size;
}

void stepden_session_acknowledge(struct stepden_session *session,
                                 const struct stepden_entry *entry)
{
    (void)session;
    (void)entry;
}

void stepden_session_reject(struct stepden_session *session,
                            const struct stepden_entry *entry,
                            const char *reason, const char *pointer)
{
    (void)session;
    (void)entry;
    fprintf(stderr, "bench: %s: %s\n", pointer, reason);
    bench_require(false, "an array");
}
