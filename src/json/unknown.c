/* Advice for who wrote a key that nobody knows. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "json/scan.h"

enum { ADVICE_SIZE = 224, LIST_MAX = 96, PLACES_MAX = 3 };

struct advice {
    size_t size;
    char text[ADVICE_SIZE];
};

static void add(struct advice *advice, const char *format, ...)
    STEPDEN_PRINTF(2, 3);

static void add(struct advice *advice, const char *format, ...)
{
    size_t room = sizeof(advice->text) - advice->size;
    va_list args;
    int size;

    va_start(args, format);
    size = vsnprintf(advice->text + advice->size, room, format, args);
    va_end(args);
    if (size > 0)
        advice->size += (size_t)size < room ? (size_t)size : room - 1;
}

static const char *key_at(const void *ctx, size_t i)
{
    return ((const struct stepden_json_members *)ctx)->key[i].at;
}

/* The key had a name that it has no more, or is spelt otherwise. */
static bool add_renamed(struct advice *advice,
                        const struct stepden_json_word *word,
                        const struct stepden_json_members *members)
{
    for (unsigned i = 0; i < members->former_count; i++) {
        const struct stepden_json_former *former = &members->former[i];

        if (!stepden_json_alike(word, former->name))
            continue;
        add(advice, "; it is now \"%s\"%s%s", members->key[former->member].at,
            former->note[0] == '\0' ? "" : ", ", former->note);
        return true;
    }
    for (unsigned i = 0; i < members->count; i++) {
        if (!stepden_json_alike(word, members->key[i].at))
            continue;
        add(advice, "; it is written \"%s\"", members->key[i].at);
        return true;
    }
    return false;
}

static bool has_key(const struct stepden_json_members *members,
                    const struct stepden_json_word *word)
{
    for (unsigned i = 0; i < members->count; i++)
        if (stepden_json_alike(word, members->key[i].at))
            return true;
    return false;
}

/* Whether `members` is at home at `where`: then the key is not looked for. */
static bool is_at(const struct stepden_json_place *place,
                  const struct stepden_json_members *members, const char *where)
{
    for (; place->where != NULL; place++)
        if (place->members == members && strcmp(place->where, where) == 0)
            return true;
    return false;
}

/* The other objects that have such a key; false when there is none. */
static bool add_places(struct advice *advice,
                       const struct stepden_json_reader *reader,
                       const struct stepden_json_word *word,
                       const struct stepden_json_members *members)
{
    const char *start = advice->size == 0 ? "; it" : " It";
    const char *last = NULL;
    unsigned found = 0;

    for (const struct stepden_json_place *place = reader->places;
         place != NULL && place->where != NULL; place++) {
        if ((last != NULL && strcmp(last, place->where) == 0) ||
            is_at(reader->places, members, place->where) ||
            !has_key(place->members, word))
            continue;
        last = place->where;
        found++;
        if (found <= PLACES_MAX)
            add(advice, "%s%s %s", found == 1 ? start : "",
                found == 1 ? " belongs in" : " or",
                last[0] == '\0' ? "the outermost object" : last);
    }
    if (found > PLACES_MAX)
        add(advice, " and %u more", found - PLACES_MAX);
    return found > 0;
}

/* All keys, if they are few. */
static void add_known(struct advice *advice,
                      const struct stepden_json_members *members)
{
    size_t size = 0;

    for (unsigned i = 0; i < members->count; i++)
        size += members->key[i].size + 4;
    for (unsigned i = 0; i < members->count && size <= LIST_MAX; i++)
        add(advice, "%s\"%s\"", i == 0 ? ", known are " : ", ",
            members->key[i].at);
}

bool stepden_json_refuse_unknown(struct stepden_json_reader *reader,
                                 const char *at,
                                 const struct stepden_json_members *members)
{
    struct stepden_json_word word = {at + 1, (size_t)(reader->at - at) - 2};
    struct advice advice = {0};

    if (!add_renamed(&advice, &word, members)) {
        const char *nearest =
            stepden_json_nearest(&word, key_at, members, members->count);

        if (nearest != NULL)
            add(&advice, "; did you mean \"%s\"?", nearest);
        if (!add_places(&advice, reader, &word, members) && nearest == NULL)
            add_known(&advice, members);
    }
    return stepden_json_refuse(reader, STEPDEN_ERR_INVALID, at, "unknown key%s",
                               advice.text);
}
