#include "daemon/config/merge.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "json/walk.h"

#define POINTER_MAX 256

/* Where the walk is in both. */
struct place {
    char pointer[POINTER_MAX];
    bool may_change;
    struct stepden_json_span running;
    struct stepden_json_span next;
};

static void put(struct stepden_merge *merge, struct stepden_json_span span)
{
    assert(span.size <= merge->size - merge->used);
    memcpy(merge->text + merge->used, span.at, span.size);
    merge->used += span.size;
}

static void put_byte(struct stepden_merge *merge, char byte)
{
    put(merge, (struct stepden_json_span){&byte, 1});
}

static void note(char names[STEPDEN_MERGE_NAMES_MAX], const char *pointer)
{
    size_t used = strlen(names);
    if (used + 1 + strlen(pointer) < STEPDEN_MERGE_NAMES_MAX)
        snprintf(names + used, STEPDEN_MERGE_NAMES_MAX - used, "%s%s",
                 used > 0 ? "," : "", pointer);
}

static bool are_same(struct stepden_json_span one,
                     struct stepden_json_span other)
{
    return one.size == other.size && memcmp(one.at, other.at, one.size) == 0;
}

/* Whether both are objects of the same members: of a union they may differ. */
static bool have_same_members(const struct place *place)
{
    if (*place->running.at != '{' || *place->next.at != '{')
        return false;
    struct stepden_json_walk running = stepden_json_walk_into(place->running);
    struct stepden_json_walk next = stepden_json_walk_into(place->next);
    struct stepden_json_span key, other_key, value;
    while (stepden_json_walk_member(&running, &key, &value))
        if (!stepden_json_walk_member(&next, &other_key, &value) ||
            !are_same(key, other_key))
            return false;
    return !stepden_json_walk_member(&next, &other_key, &value);
}

static bool names(const char *const *reload, const char *pointer)
{
    for (; *reload; reload++)
        if (strcmp(*reload, pointer) == 0)
            return true;
    return false;
}

/* The pointer of the member of this key, in its quotation marks. */
static void append(char pointer[POINTER_MAX], const char *above,
                   struct stepden_json_span key)
{
    size_t start = strlen(above);
    size_t end = start + key.size - 1;
    assert(end < POINTER_MAX);
    memcpy(pointer, above, start);
    pointer[start] = '/';
    memcpy(pointer + start + 1, key.at + 1, key.size - 2);
    pointer[end] = '\0';
}

static void merge_value(struct stepden_merge *merge, const struct place *place,
                        const char *const *reload);

static void merge_members(struct stepden_merge *merge,
                          const struct place *place, const char *const *reload)
{
    struct stepden_json_walk running = stepden_json_walk_into(place->running);
    struct stepden_json_walk next = stepden_json_walk_into(place->next);
    struct stepden_json_span key;
    struct place member;
    char before = '{';

    while (stepden_json_walk_member(&running, &key, &member.running) &&
           stepden_json_walk_member(&next, &key, &member.next)) {
        append(member.pointer, place->pointer, key);
        member.may_change = place->may_change || names(reload, member.pointer);
        put_byte(merge, before);
        put(merge, key);
        put_byte(merge, ':');
        merge_value(merge, &member, reload);
        before = ',';
    }
    put_byte(merge, '}');
}

static void merge_value(struct stepden_merge *merge, const struct place *place,
                        const char *const *reload)
{
    if (are_same(place->running, place->next)) {
        put(merge, place->running);
    } else if (have_same_members(place)) {
        merge_members(merge, place, reload);
    } else if (place->may_change) {
        note(merge->changed, place->pointer);
        put(merge, place->next);
    } else {
        note(merge->kept, place->pointer);
        put(merge, place->running);
    }
}

void stepden_merge_make(struct stepden_merge *merge,
                        struct stepden_json_span running,
                        struct stepden_json_span next,
                        const char *const *reload)
{
    struct place root = {.running = running, .next = next};
    merge->used = 0;
    merge->changed[0] = '\0';
    merge->kept[0] = '\0';
    merge_value(merge, &root, reload);
}
