#include "json/equal.h"

#include <string.h>

#include "json/exact.h"
#include "json/scan.h"
#include "json/walk.h"

enum {
    SLOTS_MAX = 16384,
    FILL_MAX = 12288,
    FEW_SLOTS = 1024,
    FEW_FILL = 768,
    CROWD_MIN = 256, /* members that are more than looked through in turn */
};

/*
 * An element or a key that has been seen, in a table that is searched by its
 * hash. As small as can be, since what the table does not hold takes another
 * pass.
 */
struct slot {
    uint32_t hash : 8;    /* the lowest bits; the highest tell the slot */
    uint32_t offset : 24; /* in the whole; 0: an empty slot */
};

_Static_assert(STEPDEN_JSON_SIZE_MAX <= 1 << 24, "an offset has 24 bits");

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

static bool equal_crowds(struct stepden_json_span a,
                         struct stepden_json_span b);

/* Each search starts where the one before ended: mostly the order is one. */
static bool equal_objects(struct stepden_json_span a,
                          struct stepden_json_span b)
{
    struct stepden_json_walk walk_a = stepden_json_walk_into(a);
    struct stepden_json_walk start = stepden_json_walk_into(b), walk_b = start;
    struct stepden_json_span key, value_a, value_b;
    size_t count = count_members(a);

    if (count != count_members(b))
        return false;
    if (count > CROWD_MIN)
        return equal_crowds(a, b);
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

static void add_value(struct stepden_siphash *hash,
                      struct stepden_siphash_key key,
                      struct stepden_json_span value);

/* The characters; no byte of them is that behind the last. */
static void add_string(struct stepden_siphash *hash,
                       struct stepden_json_span string)
{
    const char *at = string.at + 1, *end = string.at + string.size;
    char utf8[4];
    size_t size;

    while ((size = stepden_json_next_character(&at, end, utf8)) != 0)
        stepden_siphash_add(hash, utf8, size);
    stepden_siphash_add(hash, "\xff", 1);
}

static void add_array(struct stepden_siphash *hash,
                      struct stepden_siphash_key key,
                      struct stepden_json_span array)
{
    struct stepden_json_walk walk = stepden_json_walk_into(array);

    while (stepden_json_walk_element(&walk, &array))
        add_value(hash, key, array);
    stepden_siphash_add(hash, "]", 1);
}

/* A sum of the members' hashes, since they have no order. */
static void add_object(struct stepden_siphash *hash,
                       struct stepden_siphash_key key,
                       struct stepden_json_span object)
{
    struct stepden_json_walk walk = stepden_json_walk_into(object);
    struct stepden_json_span name, value;
    uint64_t sum = 0;

    while (stepden_json_walk_member(&walk, &name, &value)) {
        struct stepden_siphash member = stepden_siphash_begin(key);

        add_string(&member, name);
        add_value(&member, key, value);
        sum += stepden_siphash_end(&member);
    }
    stepden_siphash_add(hash, &sum, sizeof(sum));
}

/* What is different adds something else, and not the beginning of it. */
static void add_value(struct stepden_siphash *hash,
                      struct stepden_siphash_key key,
                      struct stepden_json_span value)
{
    if (is_number(value)) {
        stepden_json_number_hash(hash, value);
        return;
    }
    stepden_siphash_add(hash, value.at, 1);
    if (*value.at == '{')
        add_object(hash, key, value);
    else if (*value.at == '[')
        add_array(hash, key, value);
    else if (*value.at == '"')
        add_string(hash, value);
}

uint32_t stepden_json_hash(struct stepden_json_span value,
                           struct stepden_siphash_key key)
{
    struct stepden_siphash hash = stepden_siphash_begin(key);

    add_value(&hash, key, value);
    return (uint32_t)stepden_siphash_end(&hash);
}

struct stepden_siphash_key stepden_json_hash_key(struct stepden_json_span whole)
{
    struct stepden_siphash hash =
        stepden_siphash_begin((struct stepden_siphash_key){{0}});

    stepden_siphash_add(&hash, whole.at, whole.size);
    return (struct stepden_siphash_key){{stepden_siphash_end(&hash)}};
}

/* The slot of a part equal to `value`, else the empty one for it. */
static struct slot *look_up(struct slot *slots, size_t count, uint32_t hash,
                            struct stepden_json_span value,
                            struct stepden_json_span whole)
{
    struct slot *slot = &slots[hash * (uint64_t)count >> 32];

    for (; slot->offset != 0;
         slot = slot + 1 == slots + count ? slots : slot + 1)
        if (slot->hash == (hash & 0xff) &&
            stepden_json_equal(
                stepden_json_walk_root(whole.at + slot->offset,
                                       whole.size - slot->offset),
                value))
            return slot;
    return slot;
}

static void put(struct slot *slot, uint32_t hash,
                struct stepden_json_span value, struct stepden_json_span whole)
{
    *slot =
        (struct slot){hash & 0xff, (uint32_t)(value.at - whole.at) & 0xffffff};
}

static bool next_key(struct stepden_json_walk *walk,
                     struct stepden_json_span *key)
{
    struct stepden_json_span value;

    return stepden_json_walk_member(walk, key, &value);
}

/* The next element of an array, or key of an object. */
typedef bool next_part(struct stepden_json_walk *walk,
                       struct stepden_json_span *part);

/*
 * In passes: each puts some thousands of the parts into a table, as many as it
 * holds, and looks up the ones that come after these.
 */
static const char *find_repeated(struct stepden_json_span whole,
                                 next_part *next)
{
    struct slot slots[SLOTS_MAX];
    struct stepden_siphash_key key = stepden_json_hash_key(whole);
    struct stepden_json_walk walk, start = stepden_json_walk_into(whole);
    size_t fill, count = whole.size < SLOTS_MAX ? whole.size : SLOTS_MAX;
    struct stepden_json_span part;
    const char *again = NULL;

    do {
        fill = 0;
        memset(slots, 0, count * sizeof(*slots));
        for (walk = start; next(&walk, &part) && part.at != again;) {
            uint32_t hash = stepden_json_hash(part, key);
            struct slot *slot = look_up(slots, count, hash, part, whole);

            if (slot->offset != 0) {
                again = part.at;
                break;
            }
            if (fill == FILL_MAX)
                continue;
            put(slot, hash, part, whole);
            if (++fill == FILL_MAX)
                start = walk;
        }
    } while (fill == FILL_MAX);
    return again;
}

const char *stepden_json_repeated(struct stepden_json_span array)
{
    return find_repeated(array, stepden_json_walk_element);
}

const char *stepden_json_repeated_key(struct stepden_json_span object)
{
    return find_repeated(object, next_key);
}

/* The value of the member of `object` that is in the slot. */
static struct stepden_json_span value_of(const struct slot *slot,
                                         struct stepden_json_span object)
{
    struct stepden_json_walk walk = {object.at + slot->offset,
                                     object.at + object.size};
    struct stepden_json_span key, value = {0};

    stepden_json_walk_member(&walk, &key, &value);
    return value;
}

/*
 * As many members, in any order. In passes too, with a small table, since there
 * may be one for each level.
 */
static bool equal_crowds(struct stepden_json_span a, struct stepden_json_span b)
{
    struct slot slots[FEW_SLOTS];
    struct stepden_siphash_key key = stepden_json_hash_key(a);
    struct stepden_json_walk start = stepden_json_walk_into(a);
    struct stepden_json_span name, value;
    size_t fill, missing = 0;

    do {
        struct stepden_json_walk walk = stepden_json_walk_into(b);

        memset(slots, 0, sizeof(slots));
        for (fill = 0; fill < FEW_FILL && next_key(&start, &name); fill++) {
            uint32_t hash = stepden_json_hash(name, key);

            put(look_up(slots, FEW_SLOTS, hash, name, a), hash, name, a);
        }
        for (missing = fill;
             missing > 0 && stepden_json_walk_member(&walk, &name, &value);) {
            uint32_t hash = stepden_json_hash(name, key);
            struct slot *slot = look_up(slots, FEW_SLOTS, hash, name, a);

            if (slot->offset == 0)
                continue;
            if (!stepden_json_equal(value_of(slot, a), value))
                return false;
            missing--;
        }
    } while (missing == 0 && fill == FEW_FILL);
    return missing == 0;
}
