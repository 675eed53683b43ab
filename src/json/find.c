#include "json/find.h"

#include <assert.h>
#include <string.h>

#include <stepden/json/reader.h>

enum { KEYS_MAX = 64 };

enum stepden_status stepden_json_check(const char *json, size_t size,
                                       struct stepden_diag *diag)
{
    struct stepden_json_reader reader;

    stepden_json_reader_begin(&reader, json, size, diag, NULL, NULL);
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
