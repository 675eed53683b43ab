/* Objects and arrays, and the keys that have no meaning. */
#include <string.h>

#include "json/equal.h"
#include "json/scan.h"

static bool enter(struct stepden_json_reader *reader)
{
    if (reader->depth == STEPDEN_JSON_DEPTH_MAX)
        return stepden_json_fail(reader, STEPDEN_ERR_RANGE, reader->at,
                                 "more than %d levels deep",
                                 STEPDEN_JSON_DEPTH_MAX);
    reader->depth++;
    reader->at++;
    return true;
}

static int leave(struct stepden_json_reader *reader)
{
    reader->at++;
    reader->depth--;
    return STEPDEN_JSON_END;
}

/* There is no room for the key at `at`. */
static bool add_to_crowd(struct stepden_json_reader *reader,
                         struct stepden_json_object *object, const char *at)
{
    bool known = object->members->count != 0;

    if (known || !reader->crowds)
        return stepden_json_fail(reader, STEPDEN_ERR_RANGE, at,
                                 "more than %d %skeys in an object and those "
                                 "around it",
                                 STEPDEN_JSON_UNKNOWN_MAX,
                                 known ? "unknown " : "");
    object->crowded = true;
    reader->unknown_count = object->unknown_count;
    return true;
}

/* Keeps the key at `at`; a duplicate in its object is refused. */
static bool add_unknown(struct stepden_json_reader *reader,
                        struct stepden_json_object *object, const char *at)
{
    uint32_t hash;

    if (object->crowded)
        return true;
    hash = stepden_json_string_hash(at + 1, reader->end);
    for (size_t i = object->unknown_count; i < reader->unknown_count; i++)
        if (reader->unknown_keys[i].hash == hash &&
            stepden_json_string_equal(reader->unknown_keys[i].at + 1,
                                      reader->end, at + 1, reader->end))
            return stepden_json_refuse(reader, STEPDEN_ERR_INVALID, at,
                                       "found the key a second time");
    if (reader->unknown_count == STEPDEN_JSON_UNKNOWN_MAX)
        return add_to_crowd(reader, object, at);
    reader->unknown_keys[reader->unknown_count++] =
        (struct stepden_json_unknown){at, hash};
    return true;
}

void stepden_json_object_begin(struct stepden_json_reader *reader,
                               struct stepden_json_object *object,
                               const struct stepden_json_members *members)
{
    *object = (struct stepden_json_object){
        .members = members,
        .start = reader->at,
        .unknown_count = reader->unknown_count,
        .empty = true,
    };
    if (stepden_json_peek(reader) != '{')
        object->over = stepden_json_refuse_type(reader, "an object")
                           ? STEPDEN_JSON_END
                           : STEPDEN_JSON_FAILED;
    else if (!enter(reader))
        object->over = STEPDEN_JSON_FAILED;
}

/* Moves to the next key, or behind the end: 0, END or FAILED. */
static inline int next_key(struct stepden_json_reader *reader, bool first)
{
    stepden_json_space(reader);
    if (stepden_json_peek(reader) == '}')
        return leave(reader);
    if (!first) {
        if (stepden_json_peek(reader) != ',') {
            stepden_json_expect(reader, "',' or '}'");
            return STEPDEN_JSON_FAILED;
        }
        reader->at++;
        stepden_json_space(reader);
    }
    if (stepden_json_peek(reader) == '"')
        return 0;
    stepden_json_expect(reader, first ? "a key or '}'" : "a key");
    return STEPDEN_JSON_FAILED;
}

int stepden_json_object_key(struct stepden_json_reader *reader,
                            struct stepden_json_object *object,
                            struct stepden_json_word *key)
{
    int next = object->over;

    if (next == 0)
        next = next_key(reader, object->empty);
    object->empty = false;
    object->key = reader->at;
    if (next == 0 && !stepden_json_scan_string(reader, key))
        next = STEPDEN_JSON_FAILED;
    return next;
}

static inline bool has_key(const struct stepden_json_reader *reader,
                           const struct stepden_json_key *key)
{
    const char *at = reader->at + 1;

    return (size_t)(reader->end - at) > key->size && at[key->size] == '"' &&
           stepden_json_same(at, key->at, key->size);
}

/* The index of the key that the reader is at, -1 when it is unknown. */
static int find_key(struct stepden_json_reader *reader,
                    const struct stepden_json_object *object, bool *ok)
{
    const struct stepden_json_members *members = object->members;
    struct stepden_json_word word;
    unsigned i = object->guess;

    *ok = true;
    for (unsigned n = 0; n < members->count; n++, i++) {
        if (i >= members->count)
            i = 0;
        if (has_key(reader, &members->key[i])) {
            reader->at += members->key[i].size + 2;
            return (int)i;
        }
    }
    *ok = stepden_json_scan_string(reader, &word);
    if (!*ok || word.at == NULL || word.at != reader->word)
        return -1;
    for (i = 0; i < members->count; i++)
        if (members->key[i].size == word.size &&
            memcmp(members->key[i].at, word.at, word.size) == 0)
            return (int)i;
    return -1;
}

/* The key from `at` to the reader is none of the object's. */
static bool skip_unknown(struct stepden_json_reader *reader,
                         struct stepden_json_object *object, const char *at)
{
    if (!object->members->open &&
        !stepden_json_refuse_unknown(reader, at, object->members))
        return false;
    reader->unknown += object->members->open;
    return add_unknown(reader, object, at) && stepden_json_take_colon(reader) &&
           stepden_json_skip(reader);
}

static bool check_crowd(struct stepden_json_reader *reader,
                        const struct stepden_json_object *object)
{
    const char *again = stepden_json_repeated_key((struct stepden_json_span){
        object->start, (size_t)(reader->at - object->start)});

    return again == NULL ||
           stepden_json_refuse(reader, STEPDEN_ERR_INVALID, again,
                               "found the key a second time");
}

static int end_object(struct stepden_json_reader *reader,
                      const struct stepden_json_object *object)
{
    const struct stepden_json_members *members = object->members;
    uint64_t missing = members->required & ~object->seen;

    reader->unknown_count = object->unknown_count;
    if (object->crowded && !check_crowd(reader, object))
        return STEPDEN_JSON_FAILED;
    for (unsigned i = 0; missing != 0; i++, missing >>= 1)
        if ((missing & 1) != 0 &&
            !stepden_json_refuse(reader, STEPDEN_ERR_INVALID, object->start,
                                 "\"%s\" is missing", members->key[i].at))
            return STEPDEN_JSON_FAILED;
    return STEPDEN_JSON_END;
}

/* Reads a second value for a known key, which is refused. */
static bool skip_duplicate(struct stepden_json_reader *reader, const char *at)
{
    return stepden_json_refuse(reader, STEPDEN_ERR_INVALID, at,
                               "found the key a second time") &&
           stepden_json_take_colon(reader) && stepden_json_skip(reader);
}

int stepden_json_object_next(struct stepden_json_reader *reader,
                             struct stepden_json_object *object)
{
    if (object->over != 0)
        return object->over;
    for (;;) {
        const char *at;
        int next = next_key(reader, object->empty);
        bool ok;

        object->empty = false;
        if (next == STEPDEN_JSON_END)
            return end_object(reader, object);
        if (next == STEPDEN_JSON_FAILED)
            return next;
        at = reader->at;
        next = find_key(reader, object, &ok);
        if (!ok)
            return STEPDEN_JSON_FAILED;
        if (next < 0) {
            ok = skip_unknown(reader, object, at);
        } else if ((object->seen >> next & 1) != 0) {
            ok = skip_duplicate(reader, at);
        } else {
            object->seen |= UINT64_C(1) << next;
            object->guess = (unsigned)next + 1;
            return stepden_json_take_colon(reader) ? next : STEPDEN_JSON_FAILED;
        }
        if (!ok)
            return STEPDEN_JSON_FAILED;
    }
}

void stepden_json_array_begin(struct stepden_json_reader *reader,
                              struct stepden_json_array *array, int64_t minimum,
                              int64_t maximum)
{
    *array = (struct stepden_json_array){
        .start = reader->at, .minimum = minimum, .maximum = maximum};
    if (stepden_json_peek(reader) != '[')
        array->over =
            stepden_json_refuse_type(reader, "an array of %lld..%lld elements",
                                     (long long)minimum, (long long)maximum)
                ? STEPDEN_JSON_END
                : STEPDEN_JSON_FAILED;
    else if (!enter(reader))
        array->over = STEPDEN_JSON_FAILED;
}

/* Moves to the next element, or behind the end: 0, END or FAILED. */
static int next_element(struct stepden_json_reader *reader, bool first)
{
    stepden_json_space(reader);
    if (first && stepden_json_peek(reader) == ']')
        return leave(reader);
    if (first)
        return 0;
    if (stepden_json_peek(reader) == ']')
        return leave(reader);
    if (stepden_json_peek(reader) != ',') {
        stepden_json_expect(reader, "',' or ']'");
        return STEPDEN_JSON_FAILED;
    }
    reader->at++;
    stepden_json_space(reader);
    return 0;
}

/* Whether the reading goes on after the array's rules have been looked at. */
static bool check_array(struct stepden_json_reader *reader,
                        const struct stepden_json_array *array)
{
    struct stepden_json_span all = {array->start,
                                    (size_t)(reader->at - array->start)};
    const char *again;

    if (array->count < array->minimum || array->count > array->maximum)
        return stepden_json_refuse(
            reader, STEPDEN_ERR_RANGE, array->start,
            "found %lld elements, allowed is an array of %lld..%lld",
            (long long)array->count, (long long)array->minimum,
            (long long)array->maximum);
    again = array->unique ? stepden_json_repeated(all) : NULL;
    return again == NULL ||
           stepden_json_refuse(reader, STEPDEN_ERR_INVALID, again,
                               "found an element a second time");
}

int stepden_json_array_next(struct stepden_json_reader *reader,
                            struct stepden_json_array *array)
{
    if (array->over != 0)
        return array->over;
    for (;;) {
        int next = next_element(reader, array->count == 0);

        if (next == STEPDEN_JSON_END)
            return check_array(reader, array) ? next : STEPDEN_JSON_FAILED;
        if (next == STEPDEN_JSON_FAILED)
            return next;
        array->count++;
        if (array->count <= array->maximum)
            return 0;
        if (!stepden_json_skip(reader))
            return STEPDEN_JSON_FAILED;
    }
}
