#include "daemon/document.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <stepden/records/config.h>

#include "json/indent.h"

static int complain(const char *path, int code)
{
    fprintf(stderr, "stepden: %s: %s\n", path, strerror(errno));
    return code;
}

static int write_text(const char *path, FILE *standard, const char *text,
                      size_t size)
{
    bool to_standard = !path || strcmp(path, "-") == 0;
    const char *name = to_standard ? "standard output" : path;
    FILE *file = to_standard ? standard : fopen(path, "we");
    if (!file)
        return complain(name, EX_CANTCREAT);
    bool failed = fwrite(text, 1, size, file) != size || fflush(file) != 0;
    if (!to_standard && fclose(file) != 0)
        failed = true;
    return failed ? complain(name, EX_IOERR) : EX_OK;
}

int stepden_document_write_schema(const char *path, FILE *standard)
{
    return write_text(path, standard, stepden_config_schema,
                      strlen(stepden_config_schema));
}

int stepden_document_write_template(const char *path, FILE *standard)
{
    return write_text(path, standard, stepden_config_template,
                      strlen(stepden_config_template));
}

static int write_document(FILE *standard, const char *json, size_t json_size)
{
    for (size_t size = 2 * json_size;; size *= 2) {
        char *text = malloc(size);
        if (!text)
            return complain("-", EX_OSERR);
        size_t used = stepden_json_indent(text, size - 1, json, json_size);
        text[used] = '\n';
        int code =
            used > 0 ? write_text(NULL, standard, text, used + 1) : EX_OK;
        free(text);
        if (used > 0)
            return code;
    }
}

int stepden_document_write_config(FILE *standard,
                                  const struct stepden_config *config)
{
    char *json = malloc(STEPDEN_CONFIG_JSON_MAX);
    if (!json)
        return complain("-", EX_OSERR);
    size_t size =
        stepden_config_write_masked(json, STEPDEN_CONFIG_JSON_MAX, config);
    int code = write_document(standard, json, size);
    free(json);
    return code;
}
