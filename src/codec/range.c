#include "codec/range.h"

#include <inttypes.h>
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

/* Where the check is, and where it says what it found. */
struct place {
    char path[sizeof((struct stepden_diag *)0)->where];
    size_t length;
    struct stepden_diag *diag;
};

static enum stepden_status check(struct place *place,
                                 const asn_TYPE_descriptor_t *type,
                                 const asn_per_constraints_t *constraints,
                                 const void *value);

static void enter(struct place *place, const char *format, ...)
    STEPDEN_PRINTF(2, 3);

static void enter(struct place *place, const char *format, ...)
{
    size_t room = sizeof place->path - place->length;
    va_list arguments;

    va_start(arguments, format);
    int wanted =
        vsnprintf(place->path + place->length, room, format, arguments);
    va_end(arguments);
    place->length += (size_t)wanted < room ? (size_t)wanted : room - 1;
}

static void leave(struct place *place, size_t length)
{
    place->length = length;
    place->path[length] = '\0';
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
check_number(const struct place *place,
             const asn_per_constraints_t *constraints, int64_t value)
{
    if (!constraints || is_within(&constraints->value, value))
        return STEPDEN_OK;
    return stepden_diag_set(place->diag, STEPDEN_ERR_RANGE, place->path,
                            "%" PRId64 " is outside %ld..%ld", value,
                            constraints->value.lower_bound,
                            constraints->value.upper_bound);
}

static enum stepden_status
check_native(const struct place *place, const asn_TYPE_descriptor_t *type,
             const asn_per_constraints_t *constraints, const void *value)
{
    const asn_INTEGER_specifics_t *specifics = type->specifics;
    long number = *(const long *)value;

    if (specifics && specifics->field_unsigned)
        return check_number(place, constraints,
                            (int64_t) * (const unsigned long *)value);
    return check_number(place, constraints, number);
}

static enum stepden_status
check_integer(const struct place *place,
              const asn_per_constraints_t *constraints, const void *value)
{
    int64_t number = 0;

    if (!stepden_integer64_get(&number, value))
        return stepden_diag_set(place->diag, STEPDEN_ERR_RANGE, place->path,
                                "not a number of 64 bits");
    return check_number(place, constraints, number);
}

static enum stepden_status check_member(struct place *place,
                                        const asn_TYPE_member_t *member,
                                        const void *owner)
{
    const void *at = (const char *)owner + member->memb_offset;
    size_t length = place->length;

    if (member->flags & ATF_POINTER)
        at = *(const void *const *)at;
    if (!at)
        return STEPDEN_OK;

    enter(place, "%s%s", length > 0 ? "." : "", member->name);
    enum stepden_status status =
        check(place, member->type, member->per_constraints, at);
    leave(place, length);
    return status;
}

static enum stepden_status check_sequence(struct place *place,
                                          const asn_TYPE_descriptor_t *type,
                                          const void *value)
{
    enum stepden_status status = STEPDEN_OK;

    for (int i = 0; i < type->elements_count && status == STEPDEN_OK; i++)
        status = check_member(place, &type->elements[i], value);
    return status;
}

static enum stepden_status check_choice(struct place *place,
                                        const asn_TYPE_descriptor_t *type,
                                        const void *value)
{
    const asn_CHOICE_specifics_t *specifics = type->specifics;
    unsigned present = 0;

    memcpy(&present, (const char *)value + specifics->pres_offset,
           sizeof present);
    if (present == 0 || present > (unsigned)type->elements_count)
        return STEPDEN_OK;
    return check_member(place, &type->elements[present - 1], value);
}

static enum stepden_status check_list(struct place *place,
                                      const asn_TYPE_descriptor_t *type,
                                      const asn_per_constraints_t *constraints,
                                      const void *value)
{
    const asn_anonymous_sequence_ *list = value;
    const asn_TYPE_member_t *element = &type->elements[0];
    enum stepden_status status = STEPDEN_OK;

    if (constraints && !is_within(&constraints->size, list->count))
        return stepden_diag_set(place->diag, STEPDEN_ERR_RANGE, place->path,
                                "%d elements, outside %ld..%ld", list->count,
                                constraints->size.lower_bound,
                                constraints->size.upper_bound);
    for (int i = 0; i < list->count && status == STEPDEN_OK; i++) {
        size_t length = place->length;
        enter(place, "[%d]", i);
        status = check(place, element->type, element->per_constraints,
                       list->array[i]);
        leave(place, length);
    }
    return status;
}

static enum stepden_status check(struct place *place,
                                 const asn_TYPE_descriptor_t *type,
                                 const asn_per_constraints_t *constraints,
                                 const void *value)
{
    if (!constraints)
        constraints = type->per_constraints;
    if (type->free_struct == SEQUENCE_free)
        return check_sequence(place, type, value);
    if (type->free_struct == CHOICE_free)
        return check_choice(place, type, value);
    if (type->free_struct == SEQUENCE_OF_free)
        return check_list(place, type, constraints, value);
    if (type->free_struct == NativeInteger_free)
        return check_native(place, type, constraints, value);
    if (type->uper_encoder == INTEGER_encode_uper)
        return check_integer(place, constraints, value);
    return STEPDEN_OK;
}

enum stepden_status stepden_range_check(const asn_TYPE_descriptor_t *type,
                                        const void *value,
                                        struct stepden_diag *diag)
{
    struct place place = {.diag = diag};

    return check(&place, type, NULL, value);
}
