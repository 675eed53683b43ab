#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "redis/session_parts.h"

enum { FAILURES_TOLD = 8, IDS_TOLD = 20 };

/* An argument of a command, in the bytes that were sent. */
struct word {
    const char *text;
    size_t size;
};

static size_t take_number(const char **at)
{
    size_t number = strtoul(*at + 1, NULL, 10);

    *at = strchr(*at, '\n') + 1;
    return number;
}

static struct word take_word(const char **at)
{
    size_t size = take_number(at);
    struct word word = {.text = *at, .size = size};

    *at += size + 2;
    return word;
}

struct report {
    struct stepden_session *session;
    const redisReply *array;
    size_t at;     /* in the array */
    size_t failed; /* commands so far */
};

static bool has_failed(const redisReply *reply)
{
    return stepden_reply_error(reply) != NULL &&
           !stepden_reply_is_error(reply, "NOGROUP");
}

static void tell_failure(struct report *report, struct word name,
                         struct word key, const redisReply *reply)
{
    char text[160];

    report->failed++;
    if (report->failed <= FAILURES_TOLD)
        stepden_session_say(report->session, STEPDEN_LOG_LEVEL_CRITICAL,
                            "not applied: %.*s %.*s: %s", (int)name.size,
                            name.text, (int)key.size, key.text,
                            stepden_reply_describe(text, sizeof text, reply));
}

/* Tells the entries of an XACK that was applied; `at` is behind its key. */
static void tell_acknowledged(struct report *report, const char *at,
                              size_t argc, struct word key)
{
    char ids[IDS_TOLD * STEPDEN_ID_SIZE] = "";
    size_t used = 0;
    size_t count = argc - 3;

    take_word(&at); /* the group */
    for (size_t i = 0; i < count && i < IDS_TOLD; i++) {
        struct word id = take_word(&at);
        used += (size_t)snprintf(ids + used, sizeof ids - used, " %.*s",
                                 (int)id.size, id.text);
    }
    stepden_session_say(report->session, STEPDEN_LOG_LEVEL_CRITICAL,
                        "applied: XACK %.*s of %zu entries:%s%s", (int)key.size,
                        key.text, count, ids, count > IDS_TOLD ? " ..." : "");
}

static void tell_commands(struct report *report,
                          const struct stepden_commands *commands)
{
    const char *at = commands->resp.bytes;

    for (size_t i = 0; i < commands->count; i++) {
        const redisReply *reply = report->array->element[report->at++];
        size_t argc = take_number(&at);
        struct word name = take_word(&at);
        struct word key = take_word(&at);
        if (has_failed(reply))
            tell_failure(report, name, key, reply);
        else if (strncmp(name.text, "XACK", name.size) == 0)
            tell_acknowledged(report, at, argc, key);
        for (size_t arg = 2; arg < argc; arg++)
            take_word(&at);
    }
}

/* PEXPIRE, XREADGROUP and others, which are not written down. */
static void tell_others(struct report *report, size_t end)
{
    const struct word name = {.text = "PEXPIRE, XREADGROUP or another",
                              .size = 30};
    const struct word key = {.text = "", .size = 0};

    for (; report->at < end; report->at++)
        if (has_failed(report->array->element[report->at]))
            tell_failure(report, name, key, report->array->element[report->at]);
}

void stepden_half_report(struct stepden_session *session,
                         const redisReply *array, const redisReply *wrong)
{
    struct report report = {.session = session, .array = array};
    char text[160];

    stepden_session_say(session, STEPDEN_LOG_LEVEL_CRITICAL,
                        "%s applied half a transaction, nothing more is sent: "
                        "%s",
                        stepden_link_peer(session->commit),
                        stepden_reply_describe(text, sizeof text, wrong));
    tell_others(&report, stepden_batch_fetches(&session->sent));
    tell_commands(&report, &session->sent.adds);
    tell_commands(&report, &session->sent.records);
    tell_commands(&report, &session->sent.acks);
    tell_others(&report, array->elements);
    stepden_session_say(session, STEPDEN_LOG_LEVEL_CRITICAL,
                        "%zu of %zu commands were not applied", report.failed,
                        (size_t)array->elements);
}
