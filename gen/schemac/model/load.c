#include "model/load.h"

#include <string.h>

#include "common/file.h"
#include "common/keep.h"
#include "common/place.h"
#include "common/text.h"
#include "model/keyword.h"
#include "json/number.h"
#include "json/scan.h"

static void check_draft(const struct schema_file *file)
{
    static const char draft[] = "https://json-schema.org/draft/2020-12/schema";
    struct place root = {file->path, ""};
    struct place here = place_member(&root, "$schema");
    const char *found = keyword_text(&root, file->root, "$schema");

    if (found != NULL && strcmp(found, draft) != 0)
        fail_at(&here, "found \"%s\", supported is \"%s\"", found, draft);
}

/* The end of the string or of the number that begins at `at`. */
static const char *token_end(const char *at)
{
    if (*at != '"')
        return at + strspn(at, "-+.eE0123456789");
    for (at++; *at != '"'; at++)
        at += *at == '\\';
    return at + 1;
}

/* json-c would make of a number that does not fit the nearest that does. */
static void check_numbers(const char *path, const struct text *text)
{
    const char *at = text->at, *end;
    struct stepden_json_decimal decimal;
    struct stepden_diag diag;

    for (; *(at += strcspn(at, "\"-0123456789")) != '\0'; at = end) {
        end = token_end(at);
        if (*at == '"' || strcspn(at, ".eE") < (size_t)(end - at))
            continue;
        stepden_json_decimal_parse(&decimal, at, (size_t)(end - at), 0);
        if (!decimal.huge)
            continue;
        stepden_json_pointer(diag.where, sizeof(diag.where), text->at,
                             text->size, (size_t)(at - text->at));
        fail_at(&(struct place){path, diag.where},
                "found %.*s, allowed is an integer of 64 bits", (int)(end - at),
                at);
    }
}

const struct schema_file *schema_load(struct schema_files *files,
                                      const struct place *from,
                                      const char *path, const char *name)
{
    struct schema_file *file;
    struct text text = {0};

    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->item[i]->path, path) == 0)
            return files->item[i];

    schema_load_text(&text, from, path);
    file = keep_alloc(sizeof(*file));
    file->path = keep_format("%s", path);
    file->stem = name != NULL ? name : schema_stem(path);
    check_numbers(path, &text);
    file->root = json_tokener_parse(text.at);
    if (!json_object_is_type(file->root, json_type_object)) {
        struct place place = {path, ""};
        fail_at(&place, "a schema is an object");
    }
    check_draft(file);
    files->item = keep_grow(files->item, files->count, sizeof(*files->item));
    files->item[files->count++] = file;
    return file;
}

const struct schema_file *schema_load_beside(struct schema_files *files,
                                             const struct place *from,
                                             const struct schema_file *beside,
                                             const char *name)
{
    const char *slash = strrchr(beside->path, '/');
    int size = slash == NULL ? 0 : (int)(slash - beside->path) + 1;

    return schema_load(files, from,
                       keep_format("%.*s%s", size, beside->path, name), NULL);
}
