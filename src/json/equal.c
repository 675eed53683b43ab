#include "json/equal.h"

#include <string.h>

#include "json/exact.h"
#include "json/scan.h"
#include "json/walk.h"

enum { SLOTS_MAX = 4096, FILL_MAX = 3072 };

/* An element that has been seen, in a table that is searched by its hash. */
struct slot {
    uint32_t hash;
    uint32_t offset; /* in the array; 0: an empty slot */
};

static bool equal_strings(struct stepden_json_span a,
                          struct stepden_json_span b)
{
    return stepden_json_string_equal(a.at + 1, a.at + a.size, b.at + 1,
                                     b.at + b.size);
}

static bool equal_arrays(struct stepden_json_span a, struct stepden_json_span b)
{
    struct stepden_json_walk walk_a = stepden_json_walk_into(a);
    struct stepden_json_walk walk_b = stepden_json_walk_into(b);

    while (stepden_json_walk_element(&walk_a, &a)) {
        if (!stepden_json_walk_element(&walk_b, &b) ||
            !stepden_json_equal(a, b))
            return false;
    }
    return !stepden_json_walk_element(&walk_b, &b);
}

/* Moves behind the member `key`; false when there is none from here on. */
static bool find_member(struct stepden_json_walk *walk,
                        struct stepden_json_span key,
                        struct stepden_json_span *value)
{
    struct stepden_json_span found;

    while (stepden_json_walk_member(walk, &found, value))
        if (equal_strings(found, key))
            return true;
    return false;
}

static size_t count_members(struct stepden_json_span object)
{
    struct stepden_json_walk walk = stepden_json_walk_into(object);
    struct stepden_json_span key, value;
    size_t count = 0;

    while (stepden_json_walk_member(&walk, &key, &value))
        count++;
    return count;
}

/* Each search starts where the one before ended: mostly the order is one. */
static bool equal_objects(struct stepden_json_span a,
                          struct stepden_json_span b)
{
    struct stepden_json_walk walk_a = stepden_json_walk_into(a);
    struct stepden_json_walk start = stepden_json_walk_into(b), walk_b = start;
    struct stepden_json_span key, value_a, value_b;

    if (count_members(a) != count_members(b))
        return false;
    while (stepden_json_walk_member(&walk_a, &key, &value_a)) {
        if (!find_member(&walk_b, key, &value_b)) {
            walk_b = start;
            if (!find_member(&walk_b, key, &value_b))
                return false;
        }
        if (!stepden_json_equal(value_a, value_b))
            return false;
    }
    return true;
}

static bool is_number(struct stepden_json_span value)
{
    return *value.at == '-' || (*value.at >= '0' && *value.at <= '9');
}

bool stepden_json_equal(struct stepden_json_span a, struct stepden_json_span b)
{
    if (is_number(a) && is_number(b))
        return stepden_json_number_compare(a, b) == 0;
    if (*a.at != *b.at)
        return false;
    switch (*a.at) {
    case '{':
        return equal_objects(a, b);
    case '[':
        return equal_arrays(a, b);
    case '"':
        return equal_strings(a, b);
    default:
        return true; /* null, true and false differ in their first byte */
    }
}

static uint32_t mix(uint32_t hash, uint32_t more)
{
    hash = (hash ^ more) * 0x9e3779b1u;
    return hash ^ hash >> 15;
}

static uint32_t hash_array(struct stepden_json_span array)
{
    struct stepden_json_walk walk = stepden_json_walk_into(array);
    uint32_t hash = '[';

    while (stepden_json_walk_element(&walk, &array))
        hash = mix(hash, stepden_json_hash(array));
    return hash;
}

/* A sum, since members have no order. */
static uint32_t hash_object(struct stepden_json_span object)
{
    struct stepden_json_walk walk = stepden_json_walk_into(object);
    struct stepden_json_span key, value;
    uint32_t hash = '{';

    while (stepden_json_walk_member(&walk, &key, &value))
        hash += mix(stepden_json_hash(key), stepden_json_hash(value));
    return hash;
}

uint32_t stepden_json_hash(struct stepden_json_span value)
{
    if (is_number(value))
        return stepden_json_number_hash(value);
    switch (*value.at) {
    case '{':
        return hash_object(value);
    case '[':
        return hash_array(value);
    case '"':
        return stepden_json_string_hash(value.at + 1, value.at + value.size);
    default:
        return (unsigned char)*value.at;
    }
}

/* The slot of an element equal to `value`, else the empty one for it. */
static struct slot *look_up(struct slot *slots, size_t count, uint32_t hash,
                            struct stepden_json_span value,
                            struct stepden_json_span array)
{
    struct slot *slot = &slots[hash % count];

    while (slot->offset != 0) {
        struct stepden_json_span seen = stepden_json_walk_root(
            array.at + slot->offset, array.size - slot->offset);

        if (slot->hash == hash && stepden_json_equal(seen, value))
            return slot;
        slot = slot + 1 == slots + count ? slots : slot + 1;
    }
    return slot;
}

/*
 * In passes: each puts some thousands of the elements into a table, as many as
 * it holds, and looks up the ones that come after these.
 */
const char *stepden_json_repeated(struct stepden_json_span array)
{
    struct slot slots[SLOTS_MAX];
    struct stepden_json_walk walk, start = stepden_json_walk_into(array);
    size_t fill, count = array.size < SLOTS_MAX ? array.size : SLOTS_MAX;
    struct stepden_json_span value;

    do {
        fill = 0;
        memset(slots, 0, count * sizeof(*slots));
        for (walk = start; stepden_json_walk_element(&walk, &value);) {
            uint32_t hash = stepden_json_hash(value);
            struct slot *slot = look_up(slots, count, hash, value, array);

            if (slot->offset != 0)
                return value.at;
            if (fill == FILL_MAX)
                continue;
            *slot = (struct slot){hash, (uint32_t)(value.at - array.at)};
            if (++fill == FILL_MAX)
                start = walk;
        }
    } while (fill == FILL_MAX);
    return NULL;
}
