#include "daemon/config/document.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <stepden/config.h>

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

int stepden_document_write_config(FILE *standard,
                                  const struct stepden_config *config)
{
    char *text = stepden_config_text(config);
    int code = text ? write_text(NULL, standard, text, strlen(text))
                    : complain("-", EX_OSERR);
    free(text);
    return code;
}
