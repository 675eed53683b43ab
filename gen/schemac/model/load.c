#include "model/load.h"

#include <string.h>
#include <sys/stat.h>

#include "common/keep.h"
#include "common/place.h"
#include "common/text.h"
#include "common/uri.h"
#include "model/keyword.h"
#include "json/number.h"
#include "json/scan.h"

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

/* What the file says of itself: its URI, which may be another than `uri`. */
static void take_identity(struct schema_files *files, struct schema_file *file,
                          const char *uri)
{
    struct place root = {file->path, ""};
    struct place draft = place_member(&root, "$schema");
    struct place id = place_member(&root, "$id");
    const char *found = keyword_text(&root, file->root, "$schema");
    const char *name = keyword_text(&root, file->root, "$id");

    if (found != NULL)
        library_check_draft(&draft, found);
    file->uri = uri;
    if (name == NULL)
        return;
    file->uri = uri_document(uri_resolve(uri, name));
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->item[i]->uri, file->uri) == 0)
            fail_at(&id, "\"%s\" already is %s", file->uri,
                    files->item[i]->path);
    library_map(&files->library, file->uri, file->path);
}

/* A file may be found in two ways. */
static bool is_same(const char *path, const char *other)
{
    struct stat a, b;

    return stat(path, &a) == 0 && stat(other, &b) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Headers lie in one folder, wherever the schemas are. */
static void check_stem(const struct schema_files *files,
                       const struct place *from, const char *path,
                       const char *stem)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->item[i]->stem, stem) == 0)
            fail_at(from, "%s and %s would have the same header, %s.h", path,
                    files->item[i]->path, stem);
}

static const struct schema_file *load(struct schema_files *files,
                                      const char *path, const char *stem,
                                      const char *uri)
{
    struct schema_file *file = keep_alloc(sizeof(*file));
    struct place root = {path, ""};
    struct text text = {0};

    library_load(&files->library, path, &text);
    check_numbers(path, &text);
    *file = (struct schema_file){
        .path = path, .stem = stem, .root = json_tokener_parse(text.at)};
    if (!json_object_is_type(file->root, json_type_object))
        fail_at(&root, "a schema is an object");
    take_identity(files, file, uri);
    files->item = keep_grow(files->item, files->count, sizeof(*files->item));
    files->item[files->count++] = file;
    return file;
}

const struct schema_file *schema_load_main(struct schema_files *files,
                                           const struct options *options)
{
    const char *uri = library_begin(&files->library, options);
    const char *name = options->name;

    if (name == NULL)
        name = library_stem(options->schema);
    return load(files, options->schema, name, uri);
}

const struct schema_file *schema_load(struct schema_files *files,
                                      const struct schema_file *file,
                                      const struct place *from,
                                      const char *reference,
                                      const char **fragment)
{
    const char *uri = uri_resolve(file->uri, reference);
    const char *path;

    *fragment = uri_fragment(uri);
    if (*fragment == NULL)
        fail_at(from, "found \"%s\", which is not a URI reference", reference);
    uri = uri_document(uri);
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->item[i]->uri, uri) == 0)
            return files->item[i];
    path = library_find(&files->library, uri);
    if (path == NULL)
        library_refuse(&files->library, from, reference, uri);
    for (size_t i = 0; i < files->count; i++)
        if (is_same(files->item[i]->path, path))
            return files->item[i];
    check_stem(files, from, path, library_stem(path));
    return load(files, path, library_stem(path), uri);
}
