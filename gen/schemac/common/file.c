#include "common/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "common/keep.h"
#include "common/name.h"
#include "common/place.h"
#include "json/find.h"

static _Noreturn void refuse(const struct place *from, const char *path,
                             const char *reason)
{
    struct place root = {path, ""};

    if (from == NULL)
        fail_at(&root, "%s", reason);
    fail_at(from, "%s: %s", path, reason);
}

static void read_all(struct text *text, FILE *file, const struct place *from,
                     const char *path)
{
    char chunk[4097];
    size_t size;

    while ((size = fread(chunk, 1, sizeof(chunk) - 1, file)) != 0) {
        chunk[size] = '\0';
        if (strlen(chunk) != size)
            refuse(from, path, "found a NUL byte");
        text_add(text, "%s", chunk);
    }
    if (ferror(file))
        refuse(from, path, strerror(errno));
}

/* "path:line:column" of the byte at `offset`. */
static const char *position(const char *path, const char *text, size_t offset)
{
    size_t line = 1, column = 1;

    for (size_t i = 0; i < offset; i++) {
        column += ((unsigned char)text[i] & 0xc0) != 0x80;
        if (text[i] == '\n') {
            line++;
            column = 1;
        }
    }
    return keep_format("%s:%zu:%zu", path, line, column);
}

void schema_load_text(struct text *text, const struct place *from,
                      const char *path)
{
    FILE *file = fopen(path, "rb");
    struct stepden_diag diag;

    if (file == NULL)
        refuse(from, path, strerror(errno));
    read_all(text, file, from, path);
    fclose(file);
    if (stepden_json_check(text->at, text->size, &diag) != STEPDEN_OK) {
        struct place place = {position(path, text->at, diag.offset),
                              diag.where};
        fail_at(&place, "%s", diag.reason);
    }
}

const char *schema_stem(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash == NULL ? path : slash + 1;

    return name_snake(keep_format("%.*s", (int)strcspn(base, "."), base));
}
