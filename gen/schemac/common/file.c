#include "common/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/keep.h"
#include "common/name.h"
#include "common/place.h"
#include "json/find.h"

void schema_load_text(struct text *text, const char *path)
{
    FILE *file = fopen(path, "rb");
    struct stepden_diag diag;
    char chunk[4097];
    size_t size;

    if (file == NULL) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    while ((size = fread(chunk, 1, sizeof(chunk) - 1, file)) != 0) {
        chunk[size] = '\0';
        if (strlen(chunk) != size) {
            fprintf(stderr, "%s: : found a NUL byte\n", path);
            exit(EXIT_FAILURE);
        }
        text_add(text, "%s", chunk);
    }
    if (ferror(file)) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    fclose(file);
    if (stepden_json_check(text->at, text->size, &diag) != STEPDEN_OK) {
        struct place place = {path, diag.where};
        fail_at(&place, "%s", diag.reason);
    }
}

const char *schema_stem(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash == NULL ? path : slash + 1;

    return name_snake(keep_format("%.*s", (int)strcspn(base, "."), base));
}
