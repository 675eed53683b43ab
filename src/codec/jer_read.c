#include "codec/jer.h"

#include "codec/arena.h"
#include "codec/field_path.h"
#include "codec/jer_parts.h"

/* Longer lists cannot be sent (X.691, clause 11.9.3.8). */
#define ELEMENTS_MAX 16383

/* A SEQUENCE while it is read. */
struct sequence {
    const struct stepden_type *type;
    void *value;
    unsigned count; /* of its members, those of groups among them */
    bool *seen;     /* by index */
};

/*
 * A member of a SEQUENCE by its place among all: those of its extension groups
 * stand in the place of the group.
 */
struct place {
    unsigned index;
    unsigned outer; /* in the SEQUENCE */
    unsigned inner; /* in the group that is there */
};

static enum stepden_status read_value(struct stepden_jer_reader *reader,
                                      const struct stepden_step *step,
                                      const struct stepden_type *type,
                                      void *value);

static const struct stepden_member *member_at(const struct stepden_type *type,
                                              struct place place)
{
    const struct stepden_member *member = &type->members[place.outer];

    return member->is_group ? &member->type->members[place.inner] : member;
}

/* The next member, behind the last one `type->count`. */
static struct place next_place(const struct stepden_type *type,
                               struct place place)
{
    const struct stepden_member *member = &type->members[place.outer];

    place.index++;
    place.inner++;
    if (!member->is_group || place.inner == member->type->count) {
        place.inner = 0;
        place.outer++;
    }
    return place;
}

static unsigned member_count(const struct stepden_type *type)
{
    unsigned count = type->count;

    for (unsigned i = 0; i < type->count; i++)
        if (type->members[i].is_group)
            count += type->members[i].type->count - 1;
    return count;
}

static const char *member_name(const void *type, size_t i)
{
    struct place place = {0};

    while (place.index < i)
        place = next_place(type, place);
    return member_at(type, place)->name;
}

/* Goes on to the member of that name, from the one that is expected. */
static bool find_member(struct place *place, const struct stepden_type *type,
                        unsigned count, const struct stepden_json_word *name)
{
    for (; count > 0; count--) {
        if (place->outer == type->count)
            *place = (struct place){0};
        if (stepden_jer_is_name(member_at(type, *place)->name, name))
            return true;
        *place = next_place(type, *place);
    }
    return false;
}

/* Of the name from `at` to the reader there is none. */
static enum stepden_status refuse_unknown(struct stepden_jer_reader *reader,
                                          const struct stepden_step *step,
                                          const struct stepden_type *type,
                                          const char *at,
                                          const struct stepden_json_word *name)
{
    const char *what =
        type->kind == STEPDEN_KIND_CHOICE ? "an alternative" : "a member";
    const char *nearest =
        stepden_json_nearest(name, member_name, type, member_count(type));

    if (nearest)
        (void)stepden_json_refuse_value(&reader->json, STEPDEN_ERR_INVALID, at,
                                        "%s of %s as \"%s\"", what, type->name,
                                        nearest);
    else
        (void)stepden_json_refuse_value(&reader->json, STEPDEN_ERR_INVALID, at,
                                        "%s of %s", what, type->name);
    return stepden_jer_end(reader, step);
}

static enum stepden_status refuse(struct stepden_jer_reader *reader,
                                  const struct stepden_step *step,
                                  const char *at, const char *reason)
{
    return stepden_jer_locate(reader, at,
                              stepden_step_refuse(reader->diag,
                                                  STEPDEN_ERR_INVALID, step,
                                                  "%s", reason));
}

/* The struct that has the member at `place`: a group comes into being. */
static void *owner_at(struct stepden_jer_reader *reader,
                      const struct sequence *sequence, struct place place)
{
    const struct stepden_member *member = &sequence->type->members[place.outer];
    void *at = (char *)sequence->value + member->offset;

    if (!member->is_group)
        return sequence->value;
    if (!member->is_pointer)
        return at;
    void *group = *(void **)at;
    return group ? group
                 : stepden_member_place(member, sequence->value, reader->arena);
}

static enum stepden_status read_member(struct stepden_jer_reader *reader,
                                       const struct stepden_step *step,
                                       const struct stepden_member *member,
                                       void *owner)
{
    void *value =
        owner ? stepden_member_place(member, owner, reader->arena) : NULL;

    if (!value)
        return stepden_jer_no_memory(reader, step);
    if (!stepden_json_take_colon(&reader->json))
        return stepden_jer_end(reader, step);
    return read_value(reader, step, member->type, value);
}

/* The member whose name, from `at` to the reader, has been read. */
static enum stepden_status read_known(struct stepden_jer_reader *reader,
                                      const struct stepden_step *before,
                                      const struct sequence *sequence,
                                      struct place place, const char *at)
{
    const struct stepden_member *member = member_at(sequence->type, place);
    struct stepden_step step = {.before = before, .member = member};

    if (sequence->seen[place.index])
        return refuse(reader, &step, at, "is there a second time");
    sequence->seen[place.index] = true;
    return read_member(reader, &step, member,
                       owner_at(reader, sequence, place));
}

/* As decoding does: the value is the DEFAULT's own. */
static void set_default(const struct stepden_member *member, void *owner)
{
    void *at = (char *)owner + member->offset;

    if (member->default_value && member->is_pointer)
        memcpy(at, &member->default_value, sizeof member->default_value);
}

/* What has not been read is optional, or in a group that is not there. */
static enum stepden_status complete(struct stepden_jer_reader *reader,
                                    const struct stepden_step *before,
                                    const struct sequence *sequence,
                                    const char *start)
{
    const struct stepden_type *type = sequence->type;

    for (struct place at = {0}; at.outer < type->count;
         at = next_place(type, at)) {
        const struct stepden_member *outer = &type->members[at.outer];
        const struct stepden_member *member = member_at(type, at);
        struct stepden_step step = {.before = before, .member = member};

        if (sequence->seen[at.index] ||
            (outer->is_group && !stepden_member_value(outer, sequence->value)))
            continue;
        if (!member->is_optional)
            return refuse(reader, &step, start, "is missing");
        set_default(member, owner_at(reader, sequence, at));
    }
    return STEPDEN_OK;
}

static enum stepden_status read_members(struct stepden_jer_reader *reader,
                                        const struct stepden_step *step,
                                        const struct sequence *sequence)
{
    const char *start = reader->json.at;
    struct stepden_json_object object;
    struct stepden_json_word name;
    struct place place = {0};
    int next;

    stepden_json_object_begin(&reader->json, &object, NULL);
    while ((next = stepden_json_object_key(&reader->json, &object, &name)) ==
           0) {
        if (!find_member(&place, sequence->type, sequence->count, &name))
            return refuse_unknown(reader, step, sequence->type, object.key,
                                  &name);
        enum stepden_status status =
            read_known(reader, step, sequence, place, object.key);
        if (status != STEPDEN_OK)
            return status;
        place = next_place(sequence->type, place);
    }
    return next == STEPDEN_JSON_END ? complete(reader, step, sequence, start)
                                    : stepden_jer_end(reader, step);
}

static enum stepden_status read_sequence(struct stepden_jer_reader *reader,
                                         const struct stepden_step *step,
                                         const struct stepden_type *type,
                                         void *value)
{
    struct sequence sequence = {
        .type = type,
        .value = value,
        .count = member_count(type),
    };

    sequence.seen = stepden_arena_take(reader->arena, sequence.count);
    if (!sequence.seen)
        return stepden_jer_no_memory(reader, step);
    return read_members(reader, step, &sequence);
}

static enum stepden_status
read_alternative(struct stepden_jer_reader *reader,
                 const struct stepden_step *before,
                 const struct stepden_type *type, void *value,
                 const struct stepden_json_word *name, const char *at)
{
    struct place place = {0};

    if (!find_member(&place, type, type->count, name))
        return refuse_unknown(reader, before, type, at, name);
    const struct stepden_member *member = &type->members[place.outer];
    struct stepden_step step = {.before = before, .member = member};

    stepden_alternative_set(type, value, member);
    return read_member(reader, &step, member, value);
}

static enum stepden_status read_choice(struct stepden_jer_reader *reader,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       void *value)
{
    const char *start = reader->json.at;
    struct stepden_json_object object;
    struct stepden_json_word name;
    bool is_chosen = false;
    int next;

    stepden_json_object_begin(&reader->json, &object, NULL);
    while ((next = stepden_json_object_key(&reader->json, &object, &name)) ==
           0) {
        if (is_chosen)
            return refuse(reader, step, object.key, "has a second alternative");
        enum stepden_status status =
            read_alternative(reader, step, type, value, &name, object.key);
        if (status != STEPDEN_OK)
            return status;
        is_chosen = true;
    }
    if (next != STEPDEN_JSON_END)
        return stepden_jer_end(reader, step);
    return is_chosen ? STEPDEN_OK
                     : refuse(reader, step, start, "has no alternative");
}

static enum stepden_status read_list(struct stepden_jer_reader *reader,
                                     const struct stepden_step *before,
                                     const struct stepden_type *type,
                                     void *list)
{
    const struct stepden_limits *length = &type->length;
    bool is_free = length->is_extensible;
    struct stepden_step step = {.before = before};
    struct stepden_json_array array;
    int next;

    stepden_json_array_begin(&reader->json, &array,
                             length->has_lower && !is_free ? length->lower : 0,
                             length->has_upper && !is_free ? length->upper
                                                           : ELEMENTS_MAX);
    while ((next = stepden_json_array_next(&reader->json, &array)) == 0) {
        void *element = stepden_list_add(type, list, reader->arena);

        if (!element)
            return stepden_jer_no_memory(reader, &step);
        enum stepden_status status =
            read_value(reader, &step, type->members[0].type, element);
        if (status != STEPDEN_OK)
            return status;
        step.index++;
    }
    return next == STEPDEN_JSON_END ? STEPDEN_OK
                                    : stepden_jer_end(reader, before);
}

static enum stepden_status read_value(struct stepden_jer_reader *reader,
                                      const struct stepden_step *step,
                                      const struct stepden_type *type,
                                      void *value)
{
    switch (type->kind) {
    case STEPDEN_KIND_BOOLEAN:
    case STEPDEN_KIND_NULL:
    case STEPDEN_KIND_INTEGER:
    case STEPDEN_KIND_ENUMERATED:
        return stepden_jer_read_simple(reader, step, type, value);
    case STEPDEN_KIND_BITS:
    case STEPDEN_KIND_OCTETS:
    case STEPDEN_KIND_CHARACTERS:
    case STEPDEN_KIND_UTF8:
        return stepden_jer_read_string(reader, step, type, value);
    case STEPDEN_KIND_SEQUENCE:
        return read_sequence(reader, step, type, value);
    case STEPDEN_KIND_CHOICE:
        return read_choice(reader, step, type, value);
    case STEPDEN_KIND_LIST:
        break;
    }
    return read_list(reader, step, type, value);
}

enum stepden_status stepden_jer_read(void **value, struct stepden_arena *arena,
                                     const struct stepden_type *type,
                                     const char *text, size_t size,
                                     struct stepden_diag *diag)
{
    struct stepden_jer_reader reader = {.arena = arena, .diag = diag};

    stepden_json_reader_begin(&reader.json, text, size, diag, NULL, NULL);
    *value = type ? stepden_arena_take(arena, type->size) : NULL;
    if (!*value)
        return stepden_jer_no_memory(&reader, NULL);
    if (reader.json.status != STEPDEN_OK)
        return stepden_jer_end(&reader, NULL);
    enum stepden_status status = read_value(&reader, NULL, type, *value);
    if (status == STEPDEN_OK && !stepden_json_reader_end(&reader.json))
        status = stepden_jer_end(&reader, NULL);
    return status;
}
