#include "codec/field_path.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "codec/grammar.h"

size_t stepden_step_path(char *path, size_t size,
                         const struct stepden_step *step)
{
    size_t length = 0;

    path[0] = '\0';
    if (!step)
        return 0;
    length = stepden_step_path(path, size, step->before);
    if (step->member && step->member->is_group)
        return length;
    size_t room = size - length;
    int wanted = step->member
                     ? snprintf(path + length, room, "%s%s", length ? "." : "",
                                step->member->name)
                     : snprintf(path + length, room, "[%d]", step->index);

    return (size_t)wanted < room ? length + (size_t)wanted : size - 1;
}

enum stepden_status stepden_step_refuse(struct stepden_diag *diag,
                                        enum stepden_status status,
                                        const struct stepden_step *step,
                                        const char *format, ...)
{
    char path[sizeof diag->where];
    char reason[sizeof diag->reason];
    va_list arguments;

    if (!diag)
        return status;
    stepden_step_path(path, sizeof path, step);
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    return stepden_diag_set(diag, status, path, "%s", reason);
}

enum stepden_status stepden_step_prepend(struct stepden_diag *diag,
                                         enum stepden_status status,
                                         const struct stepden_step *step)
{
    char path[sizeof diag->where];

    if (!diag)
        return status;
    size_t length = stepden_step_path(path, sizeof path, step);
    bool is_member = diag->where[0] != '\0' && diag->where[0] != '[';

    snprintf(path + length, sizeof path - length, "%s%s",
             length > 0 && is_member ? "." : "", diag->where);
    memcpy(diag->where, path, sizeof path);
    return status;
}

enum stepden_status stepden_step_refuse_value(struct stepden_diag *diag,
                                              const struct stepden_step *step,
                                              const struct stepden_type *type,
                                              int64_t number)
{
    if (!type->value.has_upper)
        return stepden_step_refuse(diag, STEPDEN_ERR_RANGE, step,
                                   "%" PRId64 " is below %" PRId64, number,
                                   type->value.lower);
    return stepden_step_refuse(diag, STEPDEN_ERR_RANGE, step,
                               "%" PRId64 " is outside %" PRId64 "..%" PRId64,
                               number, type->value.lower, type->value.upper);
}

static const char *unit_of_length(enum stepden_kind kind)
{
    if (kind == STEPDEN_KIND_LIST)
        return "elements";
    if (kind == STEPDEN_KIND_BITS)
        return "bits";
    return kind == STEPDEN_KIND_OCTETS ? "octets" : "characters";
}

enum stepden_status stepden_step_refuse_length(struct stepden_diag *diag,
                                               const struct stepden_step *step,
                                               const struct stepden_type *type,
                                               uint64_t length)
{
    return stepden_step_refuse(diag, STEPDEN_ERR_RANGE, step,
                               "%" PRIu64 " %s, outside %" PRId64 "..%" PRId64,
                               length, unit_of_length(type->kind),
                               type->length.lower, type->length.upper);
}
