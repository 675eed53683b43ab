/* Which branch of a union a value is of. */
#include <stdio.h>
#include <string.h>

#include "json/scan.h"

enum { LIST_SIZE = 192 };

/* The keys that tell branches apart, each once. */
static struct stepden_json_members
marking_keys(struct stepden_json_key keys[STEPDEN_JSON_BRANCHES_MAX],
             const struct stepden_json_branch *branches, size_t count)
{
    struct stepden_json_members members = {.key = keys, .open = true};

    for (size_t i = 0; i < count; i++) {
        unsigned j = 0;

        if (branches[i].key == NULL)
            continue;
        while (j < members.count && strcmp(keys[j].at, branches[i].key) != 0)
            j++;
        if (j == members.count)
            keys[members.count++] = (struct stepden_json_key){
                branches[i].key, strlen(branches[i].key)};
    }
    return members;
}

/* The branch that has this key with this value; `word->at` NULL: no string. */
static int match(const struct stepden_json_branch *branches, size_t count,
                 const char *key, const struct stepden_json_word *word)
{
    for (size_t i = 0; i < count; i++) {
        const char *value = branches[i].value;

        if (branches[i].key == NULL || strcmp(branches[i].key, key) != 0)
            continue;
        if (value == NULL || (word->at != NULL && word->size == strlen(value) &&
                              memcmp(word->at, value, word->size) == 0))
            return (int)i;
    }
    return STEPDEN_JSON_END;
}

/*
 * Looks through the object; `mark` becomes the place of a member that tells
 * branches apart.
 */
static int look(struct stepden_json_reader *reader,
                const struct stepden_json_branch *branches, size_t count,
                struct stepden_json_span *mark)
{
    struct stepden_json_key keys[STEPDEN_JSON_BRANCHES_MAX];
    struct stepden_json_members members = marking_keys(keys, branches, count);
    struct stepden_json_object object;
    int next, branch = STEPDEN_JSON_END;

    stepden_json_object_begin(reader, &object, &members);
    while ((next = stepden_json_object_next(reader, &object)) >= 0) {
        struct stepden_json_word word = {NULL, 0};
        const char *at = reader->at;

        if (stepden_json_peek(reader) == '"') {
            if (!stepden_json_scan_string(reader, &word))
                return STEPDEN_JSON_FAILED;
        } else if (!stepden_json_skip(reader)) {
            return STEPDEN_JSON_FAILED;
        }
        *mark = (struct stepden_json_span){at, (size_t)(reader->at - at)};
        if (branch < 0)
            branch = match(branches, count, keys[next].at, &word);
    }
    return next == STEPDEN_JSON_END ? branch : next;
}

static size_t add_branch(char *text, size_t room,
                         const struct stepden_json_branch *branch)
{
    int size;

    if (branch->key == NULL)
        size = snprintf(text, room, "a string");
    else if (branch->value == NULL)
        size = snprintf(text, room, "{\"%s\": ...}", branch->key);
    else
        size = snprintf(text, room, "{\"%s\": \"%s\"}", branch->key,
                        branch->value);
    return (size_t)size;
}

/* What all branches look like. */
static void list_branches(char list[LIST_SIZE],
                          const struct stepden_json_branch *branches,
                          size_t count)
{
    size_t size = 0;

    for (size_t i = 0; i < count && size + 2 < LIST_SIZE; i++) {
        if (i > 0)
            size += (size_t)snprintf(list + size, LIST_SIZE - size, ", ");
        size += add_branch(list + size, LIST_SIZE - size, &branches[i]);
    }
}

/* The values of the members that tell branches apart. */
static void list_values(char list[LIST_SIZE],
                        const struct stepden_json_branch *branches,
                        size_t count)
{
    size_t size = 0;

    for (size_t i = 0; i < count && size < LIST_SIZE; i++)
        if (branches[i].value != NULL)
            size += (size_t)snprintf(list + size, LIST_SIZE - size, "%s\"%s\"",
                                     size == 0 ? "" : ", ", branches[i].value);
}

static const char *value_at(const void *ctx, size_t i)
{
    const char *value = ((const struct stepden_json_branch *)ctx)[i].value;

    return value == NULL ? "" : value;
}

/* Refuses the value of a member that tells branches apart. */
static bool refuse_mark(struct stepden_json_reader *reader,
                        const struct stepden_json_branch *branches,
                        size_t count, const struct stepden_json_span *mark)
{
    struct stepden_json_word word = {mark->at + 1, mark->size - 2};
    const char *nearest = NULL;
    char list[LIST_SIZE] = "";

    if (*mark->at == '"')
        nearest = stepden_json_nearest(&word, value_at, branches, count);
    list_values(list, branches, count);
    reader->at = mark->at + mark->size;
    return stepden_json_refuse_value(
        reader, STEPDEN_ERR_INVALID, mark->at, "%s%s%s%s", list,
        nearest == NULL ? "" : "; did you mean \"",
        nearest == NULL ? "" : nearest, nearest == NULL ? "" : "\"?");
}

/* The one member that tells all branches apart, or NULL. */
static const char *common_key(const struct stepden_json_branch *branches,
                              size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (branches[i].key == NULL ||
            strcmp(branches[i].key, branches[0].key) != 0)
            return NULL;
    return branches[0].key;
}

static const char *itself(const void *ctx, size_t i)
{
    (void)i;
    return ctx;
}

/* As it stands, the key in the object at `start`, which has been read, that is
 * nearly `key`; empty without one. */
static struct stepden_json_span
find_misspelt(struct stepden_json_reader *reader, const char *start,
              const char *key)
{
    struct stepden_json_word word;

    reader->at = start;
    do {
        const char *at;

        reader->at++;
        stepden_json_space(reader);
        at = reader->at;
        if (stepden_json_peek(reader) != '"' ||
            !stepden_json_scan_string(reader, &word))
            break;
        if (stepden_json_nearest(&word, itself, key, 1) != NULL)
            return (struct stepden_json_span){at, (size_t)(reader->at - at)};
        stepden_json_space(reader);
        reader->at++;
        stepden_json_space(reader);
        if (!stepden_json_skip(reader))
            break;
        stepden_json_space(reader);
    } while (stepden_json_peek(reader) == ',');
    return (struct stepden_json_span){"", 0};
}

/* Refuses what, from `start` to the reader, has no such member. */
static bool refuse_unmarked(struct stepden_json_reader *reader,
                            const struct stepden_json_branch *branches,
                            size_t count, const char *start)
{
    const char *key = *start == '{' ? common_key(branches, count) : NULL;
    char list[LIST_SIZE] = "";

    if (key != NULL) {
        struct stepden_json_span near = {"", 0};

        if (reader->secret == 0)
            near = find_misspelt(reader, start, key);
        list_values(list, branches, count);
        return stepden_json_refuse(reader, STEPDEN_ERR_INVALID, start,
                                   "\"%s\" is missing, %s%.*s%sallowed is %s",
                                   key, near.size > 0 ? "found is " : "",
                                   (int)near.size, near.at,
                                   near.size > 0 ? ", " : "", list);
    }
    list_branches(list, branches, count);
    return stepden_json_refuse_value(reader, STEPDEN_ERR_INVALID, start, "%s",
                                     list);
}

static bool refuse(struct stepden_json_reader *reader,
                   const struct stepden_json_branch *branches, size_t count,
                   const struct stepden_json_span *mark)
{
    const char *start = reader->at, *end;
    bool going;

    if (!stepden_json_skip(reader))
        return false;
    end = reader->at;
    going = mark->at != NULL ? refuse_mark(reader, branches, count, mark)
                             : refuse_unmarked(reader, branches, count, start);
    reader->at = end;
    return going;
}

int stepden_json_take_branch(struct stepden_json_reader *reader,
                             const struct stepden_json_branch *branches,
                             size_t count)
{
    struct stepden_json_reader *const r = reader;
    stepden_json_report *const report = r->report;
    struct stepden_diag *const diag = r->diag;
    const enum stepden_status status = r->status;
    const char *const start = r->at;
    const unsigned depth = r->depth;
    const uint32_t unknown = r->unknown;
    const size_t unknown_count = r->unknown_count;
    struct stepden_json_span mark = {NULL, 0};
    int branch = STEPDEN_JSON_END;

    if (stepden_json_peek(r) == '"') {
        for (size_t i = 0; i < count; i++)
            if (branches[i].key == NULL)
                return (int)i;
    } else if (stepden_json_peek(r) == '{') {
        r->report = NULL;
        r->diag = NULL;
        branch = look(r, branches, count, &mark);
        r->report = report;
        r->diag = diag;
        r->status = status;
        r->at = start;
        r->depth = depth;
        r->unknown = unknown;
        r->unknown_count = unknown_count;
    }
    if (branch == STEPDEN_JSON_FAILED)
        mark.at = NULL;
    if (branch >= 0)
        return branch;
    return refuse(r, branches, count, &mark) ? STEPDEN_JSON_END
                                             : STEPDEN_JSON_FAILED;
}
