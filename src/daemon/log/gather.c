#include "daemon/log/gather.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    LABEL_MAX = 4 * STEPDEN_GATHER_PARTITIONS,
    SUM_MAX = 48,
};

/* ---- what is alike ---- */

static size_t digits_of(const char *text)
{
    return strspn(text, "0123456789.");
}

/* Of "{3}" or the number of "0.5 s" at the start of `text`; else 0. */
static size_t size_of_varying(const char *text)
{
    bool is_tag = text[0] == '{';
    size_t digits = digits_of(text + is_tag);
    const char *after = text + is_tag + digits;
    if (digits == 0)
        return 0;
    if (is_tag)
        return after[0] == '}' ? digits + strlen("{}") : 0;
    return after[0] == ' ' && after[1] == 's' ? digits : 0;
}

/* The words without what varies. */
static void take_shape(char shape[STEPDEN_GATHER_WORDS_MAX], const char *words)
{
    while (*words) {
        size_t varying = size_of_varying(words);
        size_t size = digits_of(words);
        if (size == 0)
            size = 1;
        if (varying == 0)
            shape = mempcpy(shape, words, size);
        words += varying > 0 ? varying : size;
    }
    *shape = '\0';
}

static struct stepden_gather_group *find(struct stepden_gather *gather,
                                         const struct stepden_gather_line *line,
                                         const char *shape)
{
    for (uint32_t i = 0; i < gather->count; i++) {
        struct stepden_gather_group *group = &gather->groups[i];
        if (group->line.level == line->level &&
            strcmp(group->line.event, line->event) == 0 &&
            strcmp(group->shape, shape) == 0)
            return group;
    }
    return NULL;
}

/* ---- how it is told ---- */

static void tell(const struct stepden_gather *gather,
                 const struct stepden_gather_line *line, const char *words,
                 const char *label)
{
    char sum[SUM_MAX] = "";
    if (line->sum)
        snprintf(sum, sizeof sum, " %s=%" PRIu64, line->sum, line->amount);
    stepden_log_write(gather->log, line->level, line->file, line->function,
                      line->number, "%s%s%s%s%s", line->event, sum,
                      words[0] ? " " : "", words, label);
}

/* "0-3,7" */
static void write_list(char *text, const bool has[])
{
    const char *mark = "";
    for (int first = 0; first < STEPDEN_GATHER_PARTITIONS; first++) {
        int last = first;
        if (!has[first])
            continue;
        while (last + 1 < STEPDEN_GATHER_PARTITIONS && has[last + 1])
            last++;
        text += sprintf(text, "%s%d", mark, first);
        if (last > first)
            text += sprintf(text, "-%d", last);
        mark = ",";
        first = last;
    }
}

static void tell_alone(const struct stepden_gather *gather, uint32_t partition,
                       const struct stepden_gather_line *line,
                       const char *words)
{
    char label[LABEL_MAX] = "";
    if (gather->partitions > 1)
        snprintf(label, sizeof label, " partition=%" PRIu32, partition);
    tell(gather, line, words, label);
}

static void tell_group(const struct stepden_gather *gather,
                       const struct stepden_gather_group *group)
{
    char label[LABEL_MAX] = " partitions=";
    write_list(label + strlen(label), group->has);
    tell(gather, &group->line, group->words, label);
}

/* ---- the interface ---- */

static void open_group(struct stepden_gather *gather,
                       const struct stepden_gather_line *line,
                       const char *shape)
{
    if (gather->partitions == 1 || gather->count == STEPDEN_GATHER_GROUPS)
        return;
    struct stepden_gather_group *group = &gather->groups[gather->count++];
    *group = (struct stepden_gather_group){.line = *line};
    group->line.amount = 0;
    strcpy(group->shape, shape);
}

void stepden_gather_note(struct stepden_gather *gather, uint32_t partition,
                         const struct stepden_gather_line *line,
                         const char *format, ...)
{
    char words[STEPDEN_GATHER_WORDS_MAX];
    char shape[STEPDEN_GATHER_WORDS_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    take_shape(shape, words);
    struct stepden_gather_group *group = find(gather, line, shape);
    if (!group) {
        tell_alone(gather, partition, line, words);
        open_group(gather, line, shape);
        return;
    }
    strcpy(group->words, words);
    group->line.amount += line->amount;
    group->has[partition] = true;
    group->count++;
}

bool stepden_gather_waits(const struct stepden_gather *gather)
{
    return gather->count > 0;
}

void stepden_gather_tell(struct stepden_gather *gather)
{
    for (uint32_t i = 0; i < gather->count; i++)
        if (gather->groups[i].count > 0)
            tell_group(gather, &gather->groups[i]);
    gather->count = 0;
}
