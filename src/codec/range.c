#include "codec/range.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <INTEGER.h>
#include <NativeEnumerated.h>
#include <NativeInteger.h>
#include <asn_SEQUENCE_OF.h>
#include <constr_CHOICE.h>
#include <constr_SEQUENCE.h>
#include <constr_SEQUENCE_OF.h>

#include "base/diag.h"
#include "codec/integer64.h"

/* A step on the way from the root to the value that is checked. */
struct step {
    const struct step *before;
    const char *name; /* of a member, or NULL for an element */
    int index;
};

static enum stepden_status check(const struct step *step,
                                 const asn_TYPE_descriptor_t *type,
                                 const asn_per_constraints_t *constraints,
                                 const void *value, struct stepden_diag *diag);

/* An extension addition group: its members stand as if without it. */
static bool is_group(const struct step *step)
{
    static const char group[] = "extGroup";

    return step->name && strncmp(step->name, group, sizeof group - 1) == 0;
}

/* Writes the path to `step`, as far as there is room; returns its length. */
static size_t write_path(char *path, size_t size, const struct step *step)
{
    if (!step)
        return 0;
    size_t length = write_path(path, size, step->before);
    if (is_group(step))
        return length;
    char *end = path + length;
    size_t room = size - length;
    int wanted =
        step->name ? snprintf(end, room, "%s%s", length ? "." : "", step->name)
                   : snprintf(end, room, "[%d]", step->index);

    return (size_t)wanted < room ? length + (size_t)wanted : size - 1;
}

static enum stepden_status refuse(struct stepden_diag *diag,
                                  const struct step *step, const char *format,
                                  ...) STEPDEN_PRINTF(3, 4);

static enum stepden_status refuse(struct stepden_diag *diag,
                                  const struct step *step, const char *format,
                                  ...)
{
    char path[sizeof diag->where] = "";
    char reason[sizeof diag->reason];
    va_list arguments;

    write_path(path, sizeof path, step);
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    return stepden_diag_set(diag, STEPDEN_ERR_RANGE, path, "%s", reason);
}

static bool is_within(const asn_per_constraint_t *range, int64_t value)
{
    if (range->flags & APC_EXTENSIBLE)
        return true;
    if (range->flags & APC_SEMI_CONSTRAINED)
        return value >= range->lower_bound;
    if (!(range->flags & APC_CONSTRAINED))
        return true;
    return value >= range->lower_bound && value <= range->upper_bound;
}

static enum stepden_status
check_number(const struct step *step, const asn_per_constraints_t *constraints,
             int64_t value, struct stepden_diag *diag)
{
    if (!constraints || is_within(&constraints->value, value))
        return STEPDEN_OK;
    return refuse(diag, step, "%" PRId64 " is outside %ld..%ld", value,
                  constraints->value.lower_bound,
                  constraints->value.upper_bound);
}

static int64_t native_number(const asn_TYPE_descriptor_t *type,
                             const void *value)
{
    const asn_INTEGER_specifics_t *specifics = type->specifics;

    if (specifics && specifics->field_unsigned)
        return (int64_t) * (const unsigned long *)value;
    return *(const long *)value;
}

static enum stepden_status
check_integer(const struct step *step, const asn_per_constraints_t *constraints,
              const void *value, struct stepden_diag *diag)
{
    int64_t number = 0;

    if (!stepden_integer64_get(&number, value))
        return refuse(diag, step, "not a number of 64 bits");
    return check_number(step, constraints, number, diag);
}

static enum stepden_status check_member(const struct step *before,
                                        const asn_TYPE_member_t *member,
                                        const void *owner,
                                        struct stepden_diag *diag)
{
    const void *at = (const char *)owner + member->memb_offset;
    struct step step = {.before = before, .name = member->name};

    if (member->flags & ATF_POINTER)
        at = *(const void *const *)at;
    if (!at)
        return STEPDEN_OK;
    return check(&step, member->type, member->per_constraints, at, diag);
}

static enum stepden_status check_sequence(const struct step *step,
                                          const asn_TYPE_descriptor_t *type,
                                          const void *value,
                                          struct stepden_diag *diag)
{
    enum stepden_status status = STEPDEN_OK;

    for (int i = 0; i < type->elements_count && status == STEPDEN_OK; i++)
        status = check_member(step, &type->elements[i], value, diag);
    return status;
}

static enum stepden_status check_choice(const struct step *step,
                                        const asn_TYPE_descriptor_t *type,
                                        const void *value,
                                        struct stepden_diag *diag)
{
    const asn_CHOICE_specifics_t *specifics = type->specifics;
    unsigned present = 0;

    memcpy(&present, (const char *)value + specifics->pres_offset,
           sizeof present);
    if (present == 0 || present > (unsigned)type->elements_count)
        return STEPDEN_OK;
    return check_member(step, &type->elements[present - 1], value, diag);
}

static enum stepden_status check_list(const struct step *before,
                                      const asn_TYPE_descriptor_t *type,
                                      const asn_per_constraints_t *constraints,
                                      const void *value,
                                      struct stepden_diag *diag)
{
    const asn_anonymous_sequence_ *list = value;
    const asn_TYPE_member_t *element = &type->elements[0];
    enum stepden_status status = STEPDEN_OK;

    if (constraints && !is_within(&constraints->size, list->count))
        return refuse(diag, before, "%d elements, outside %ld..%ld",
                      list->count, constraints->size.lower_bound,
                      constraints->size.upper_bound);
    for (int i = 0; i < list->count && status == STEPDEN_OK; i++) {
        struct step step = {.before = before, .index = i};
        status = check(&step, element->type, element->per_constraints,
                       list->array[i], diag);
    }
    return status;
}

static enum stepden_status check(const struct step *step,
                                 const asn_TYPE_descriptor_t *type,
                                 const asn_per_constraints_t *constraints,
                                 const void *value, struct stepden_diag *diag)
{
    if (!constraints)
        constraints = type->per_constraints;
    if (type->free_struct == SEQUENCE_free)
        return check_sequence(step, type, value, diag);
    if (type->free_struct == CHOICE_free)
        return check_choice(step, type, value, diag);
    if (type->free_struct == SEQUENCE_OF_free)
        return check_list(step, type, constraints, value, diag);
    if (type->free_struct == NativeInteger_free)
        return check_number(step, constraints, native_number(type, value),
                            diag);
    if (type->uper_encoder == INTEGER_encode_uper)
        return check_integer(step, constraints, value, diag);
    return STEPDEN_OK;
}

enum stepden_status stepden_range_check(const asn_TYPE_descriptor_t *type,
                                        const void *value,
                                        struct stepden_diag *diag)
{
    return check(NULL, type, NULL, value, diag);
}
