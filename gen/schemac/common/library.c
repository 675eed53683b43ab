#include "common/library.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/keep.h"
#include "common/name.h"
#include "common/uri.h"
#include "json/find.h"

static void add_map(struct library *library, const char *uri, const char *path)
{
    library->map =
        keep_grow(library->map, library->map_count, sizeof(*library->map));
    library->map[library->map_count++] = (struct uri_map){uri, path};
}

/* `path` up to its last '/', with that; "" without. */
static const char *folder(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? ""
                         : keep_format("%.*s", (int)(slash - path) + 1, path);
}

void library_map(struct library *library, const char *uri, const char *path)
{
    if (*folder(uri) != '\0')
        add_map(library, folder(uri), folder(path));
}

static _Noreturn void refuse(const char *path, const char *reason)
{
    struct place root = {path, ""};

    fail_at(&root, "%s", reason);
}

const char *library_begin(struct library *library,
                          const struct options *options)
{
    char *path = realpath(options->schema, NULL);
    const char *uri;

    if (path == NULL)
        refuse(options->schema, strerror(errno));
    uri = uri_of_file(path);
    free(path);
    *library = (struct library){.options = options};
    for (size_t i = 0; i < options->map_count; i++) {
        const char *map = options->map[i];
        const char *to = strrchr(map, '=');

        add_map(library, keep_format("%.*s", (int)(to - map), map), to + 1);
    }
    library_map(library, uri, options->schema);
    add_map(library, "file:///", "/");
    return uri;
}

/* The path of `uri` by `map`, NULL when it does not speak of it. */
static const char *mapped(const struct uri_map *map, const char *uri)
{
    size_t size = strlen(map->uri);
    const char *rest;

    if (strncmp(uri, map->uri, size) != 0 ||
        (uri[size] != '\0' && uri[size] != '/' && map->uri[size - 1] != '/'))
        return NULL;
    rest = uri_decode(uri + size);
    return rest == NULL ? NULL : keep_format("%s%s", map->path, rest);
}

const char *library_find(const struct library *library, const char *uri)
{
    for (size_t i = 0; i < library->map_count; i++) {
        const char *path = mapped(&library->map[i], uri);

        if (path != NULL && access(path, R_OK) == 0)
            return path;
    }
    return NULL;
}

void library_refuse(const struct library *library, const struct place *from,
                    const char *reference, const char *uri)
{
    for (size_t i = 0; i < library->map_count; i++) {
        const char *path = mapped(&library->map[i], uri);

        if (path != NULL && access(path, R_OK) != 0)
            fail_at(from, "found \"%s\": %s: %s", reference, path,
                    strerror(errno));
    }
    fail_at(from,
            "found \"%s\", for which no file is known; --map tells where a "
            "URI's are",
            reference);
}

static void read_all(struct text *text, FILE *file, const char *path)
{
    char chunk[4097];
    size_t size;

    while ((size = fread(chunk, 1, sizeof(chunk) - 1, file)) != 0) {
        chunk[size] = '\0';
        if (strlen(chunk) != size)
            refuse(path, "found a NUL byte");
        text_add(text, "%s", chunk);
    }
    if (ferror(file))
        refuse(path, strerror(errno));
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

void library_load(struct library *library, const char *path, struct text *text)
{
    FILE *file = fopen(path, "rb");
    struct stepden_diag diag;

    if (file == NULL)
        refuse(path, strerror(errno));
    read_all(text, file, path);
    fclose(file);
    if (stepden_json_check(text->at, text->size, &diag) != STEPDEN_OK) {
        struct place place = {position(path, text->at, diag.offset),
                              diag.where};
        fail_at(&place, "%s", diag.reason);
    }
    library->path =
        keep_grow(library->path, library->path_count, sizeof(*library->path));
    library->path[library->path_count++] = path;
}

void library_save_depfile(const struct library *library)
{
    struct text text = {0};

    if (library->options->depfile == NULL)
        return;
    text_add_path(&text, options_target(library->options));
    text_add(&text, ":");
    for (size_t i = 0; i < library->path_count; i++) {
        text_add(&text, " ");
        text_add_path(&text, library->path[i]);
    }
    text_add(&text, "\n");
    text_save(&text, library->options->depfile);
}

void library_check_draft(const struct place *place, const char *found)
{
    static const char draft[] = "https://json-schema.org/draft/2020-12/schema";

    if (strcmp(uri_document(found), draft) != 0)
        fail_at(place, "found \"%s\", supported is \"%s\"", found, draft);
}

const char *library_name(const char *path)
{
    return path + strlen(folder(path));
}

const char *library_stem(const char *path)
{
    const char *name = library_name(path);

    return name_snake(keep_format("%.*s", (int)strcspn(name, "."), name));
}
