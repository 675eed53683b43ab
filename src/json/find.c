#include "json/find.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/json/reader.h>

enum { KEYS_MAX = 64 };

enum stepden_status stepden_json_check(const char *json, size_t size,
                                       struct stepden_diag *diag)
{
    struct stepden_json_reader reader;

    stepden_json_reader_begin(&reader, json, size, diag, NULL, NULL);
    reader.crowds = true;
    if (stepden_json_skip(&reader))
        stepden_json_reader_end(&reader);
    return reader.status;
}

enum stepden_status stepden_json_find(const char *json, size_t size,
                                      const char *const keys[],
                                      struct stepden_json_span spans[],
                                      size_t count, struct stepden_diag *diag)
{
    struct stepden_json_key key[KEYS_MAX];
    struct stepden_json_members members = {
        .key = key, .count = (unsigned)count, .open = true};
    struct stepden_json_reader reader;
    struct stepden_json_object object;
    int next;

    assert(count <= KEYS_MAX);
    for (size_t i = 0; i < count; i++) {
        key[i] = (struct stepden_json_key){keys[i], strlen(keys[i])};
        spans[i] = (struct stepden_json_span){NULL, 0};
    }
    stepden_json_reader_begin(&reader, json, size, diag, NULL, NULL);
    stepden_json_object_begin(&reader, &object, &members);
    while ((next = stepden_json_object_next(&reader, &object)) >= 0) {
        spans[next].at = reader.at;
        if (!stepden_json_skip(&reader))
            return reader.status;
        spans[next].size = (size_t)(reader.at - spans[next].at);
    }
    if (next == STEPDEN_JSON_END)
        stepden_json_reader_end(&reader);
    return reader.status;
}

static struct stepden_json_span find_member(struct stepden_json_span object,
                                            const char *key)
{
    struct stepden_json_span member = {NULL, 0};
    struct stepden_diag diag;

    if (stepden_json_find(object.at, object.size, &key, &member, 1, &diag) !=
        STEPDEN_OK)
        member.at = NULL;
    return member;
}

static struct stepden_json_span find_element(struct stepden_json_span all,
                                             const char *index)
{
    unsigned long left = strtoul(index, NULL, 10);
    struct stepden_json_reader reader;
    struct stepden_json_array array;

    stepden_json_reader_begin(&reader, all.at, all.size, NULL, NULL, NULL);
    stepden_json_array_begin(&reader, &array, 0, INT64_MAX);
    while (stepden_json_array_next(&reader, &array) == 0) {
        const char *at = reader.at;

        if (!stepden_json_skip(&reader))
            break;
        if (left-- == 0)
            return (struct stepden_json_span){at, (size_t)(reader.at - at)};
    }
    return (struct stepden_json_span){NULL, 0};
}

size_t stepden_json_find_place(const char *json, size_t size,
                               const char *pointer)
{
    struct stepden_json_span span = {json, size};

    while (*pointer != '\0') {
        struct stepden_json_span next;
        char token[STEPDEN_JSON_KEY_MAX + 1];
        size_t length = strcspn(pointer + 1, "/");

        snprintf(token, sizeof(token), "%.*s", (int)length, pointer + 1);
        next = *span.at == '[' ? find_element(span, token)
                               : find_member(span, token);
        if (next.at == NULL)
            break;
        span = next;
        pointer += 1 + length;
    }
    return (size_t)(span.at - json);
}
