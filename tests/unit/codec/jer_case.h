/* Trees of any type of a DENM, for the tests of JER and XER. */
#ifndef JER_CASE_H
#define JER_CASE_H

#include <stdlib.h>
#include <string.h>

#include <stepden/json/writer.h>

#include "codec/arena.h"
#include "codec/field_path.h"
#include "codec/grammar.h"
#include "codec/jer.h"
#include "codec/uper.h"
#include "sample.h"

#define TEXT_SIZE 65536

/* The type at a path as in "denm.situation.eventZone[]". */
static inline const struct stepden_type *
type_in(const struct stepden_type *type, const char *path)
{
    size_t size = strcspn(path, ".[");

    if (*path == '\0')
        return type;
    if (*path == '[')
        return type_in(type->members[0].type, path + 2);
    if (*path == '.')
        return type_in(type, path + 1);
    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];

        if (member->is_group) {
            const struct stepden_type *found = type_in(member->type, path);
            if (found)
                return found;
        } else if (strlen(member->name) == size &&
                   memcmp(member->name, path, size) == 0) {
            return type_in(member->type, path + size);
        }
    }
    return NULL;
}

/* In Release 2. */
static inline const struct stepden_type *type_at(const char *path)
{
    const struct stepden_type *type =
        type_in(stepden_grammar(STEPDEN_RELEASE_R2), path);

    ck_assert_msg(type != NULL, "no %s", path);
    return type;
}

/*
 * Reads from a copy on the heap that ends where the text ends, so that reading
 * beyond is seen.
 */
static inline enum stepden_status
read_jer_bytes(void **value, struct stepden_arena *arena,
               const struct stepden_type *type, const char *text, size_t size,
               struct stepden_diag *diag)
{
    char *copy = malloc(size == 0 ? 1 : size);

    memcpy(copy, text, size);
    enum stepden_status status =
        stepden_jer_read(value, arena, type, copy, size, diag);
    free(copy);
    return status;
}

static inline enum stepden_status read_jer(void **value,
                                           struct stepden_arena *arena,
                                           const struct stepden_type *type,
                                           const char *text,
                                           struct stepden_diag *diag)
{
    return read_jer_bytes(value, arena, type, text, strlen(text), diag);
}

/* The JER of a value, in static storage of which there are two. */
static inline const char *jer_of(const struct stepden_type *type,
                                 const void *value)
{
    static char texts[2][TEXT_SIZE];
    static int turn;
    char *text = texts[turn++ % 2];
    struct stepden_json_writer writer = {.at = text,
                                         .end = text + TEXT_SIZE - 1};

    stepden_jer_write(&writer, type, value);
    ck_assert(!writer.full);
    *writer.at = '\0';
    return text;
}

static inline struct encoded uper_of(const struct stepden_type *type,
                                     const void *value)
{
    struct encoded encoded = {.size = 0};
    struct stepden_diag diag = {.where = ""};

    ck_assert_msg(stepden_uper_encode(encoded.bytes, sizeof encoded.bytes,
                                      &encoded.size, type, value,
                                      &diag) == STEPDEN_OK,
                  "%s: %s", diag.where, diag.reason);
    return encoded;
}

static inline void *tree_of(struct stepden_arena *arena,
                            const struct stepden_type *type,
                            const struct encoded *encoded)
{
    struct stepden_diag diag = {.where = ""};
    void *value;

    ck_assert_msg(stepden_uper_decode(&value, arena, type, encoded->bytes,
                                      encoded->size, NULL, NULL,
                                      &diag) == STEPDEN_OK,
                  "%s: %s", diag.where, diag.reason);
    return value;
}

#endif
