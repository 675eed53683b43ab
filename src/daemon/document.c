#include "daemon/document.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <stepden/records/config.h>

#include "daemon/indent.h"

static int complain(const char *path, int code)
{
    fprintf(stderr, "stepden: %s: %s\n", path, strerror(errno));
    return code;
}

static int write_document(const char *path, FILE *standard, const char *json,
                          size_t size)
{
    if (!path || strcmp(path, "-") == 0) {
        stepden_indent(standard, json, size);
        return fflush(standard) == 0 && !ferror(standard)
                   ? EX_OK
                   : complain("standard output", EX_IOERR);
    }
    FILE *file = fopen(path, "we");
    if (!file)
        return complain(path, EX_CANTCREAT);
    stepden_indent(file, json, size);
    bool failed = ferror(file);
    if (fclose(file) != 0 || failed)
        return complain(path, EX_IOERR);
    return EX_OK;
}

int stepden_document_write_schema(const char *path, FILE *standard)
{
    return write_document(path, standard, stepden_config_schema,
                          strlen(stepden_config_schema));
}

int stepden_document_write_template(const char *path, FILE *standard)
{
    struct stepden_config *config = malloc(sizeof *config);
    char *json = malloc(STEPDEN_CONFIG_JSON_MAX);
    int code = EX_OSERR;
    if (config && json) {
        stepden_config_init(config);
        size_t size =
            stepden_config_write(json, STEPDEN_CONFIG_JSON_MAX, config);
        code = write_document(path, standard, json, size);
    }
    free(json);
    free(config);
    return code;
}
