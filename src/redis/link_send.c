#include <string.h>

#include "redis/link_parts.h"

/* A command is taken when the link is up; else it goes nowhere. */
static bool expect(struct stepden_link *link, size_t count,
                   stepden_link_answer *answer)
{
    bool was_idle = link->queue.count == 0;

    if (link->state != STEPDEN_LINK_UP)
        return false;
    if (!stepden_link_queue_push(&link->queue, answer, link->events.ctx, count))
        link->out.failed = true;
    if (was_idle)
        stepden_link_watch(link);
    ev_prepare_start(link->loop, &link->flush);
    return true;
}

void stepden_link_command(struct stepden_link *link, size_t argc,
                          stepden_link_answer *answer)
{
    if (expect(link, 1, answer))
        stepden_resp_command(&link->out, argc);
}

void stepden_link_arg(struct stepden_link *link, const char *bytes, size_t size)
{
    if (link->state == STEPDEN_LINK_UP)
        stepden_resp_arg(&link->out, bytes, size);
}

void stepden_link_arg_text(struct stepden_link *link, const char *text)
{
    stepden_link_arg(link, text, strlen(text));
}

void stepden_link_arg_number(struct stepden_link *link, int64_t number)
{
    if (link->state == STEPDEN_LINK_UP)
        stepden_resp_arg_number(&link->out, number);
}

void stepden_link_append(struct stepden_link *link, const char *commands,
                         size_t size, size_t count, stepden_link_answer *answer)
{
    if (count > 0 && expect(link, count, answer))
        stepden_resp_append(&link->out, commands, size);
}

void stepden_link_rest(struct stepden_link *link, size_t keep)
{
    if (link->out.size == 0)
        stepden_resp_clear(&link->out, keep);
}

void stepden_link_flush(struct stepden_link *link)
{
    ev_prepare_stop(link->loop, &link->flush);
    stepden_link_write(link);
}
