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

static int write_config(FILE *standard, const struct stepden_config *config)
{
    char *json = malloc(STEPDEN_CONFIG_JSON_MAX);
    if (!json)
        return complain("-", EX_OSERR);
    size_t size = stepden_config_write(json, STEPDEN_CONFIG_JSON_MAX, config);
    int code = write_document(standard, json, size);
    free(json);
    return code;
}

static void mask(bool has_secret, struct stepden_secret *secret)
{
    if (has_secret && secret->kind == STEPDEN_SECRET_PLAIN)
        strcpy(secret->plain, "***");
}

int stepden_document_write_config(FILE *standard,
                                  const struct stepden_config *config)
{
    struct stepden_config *masked = malloc(sizeof *masked);
    if (!masked)
        return complain("-", EX_OSERR);
    *masked = *config;
    mask(masked->redis.connection.has_password,
         &masked->redis.connection.password);
    mask(masked->redis.connection.has_ssl_client_key_file_password,
         &masked->redis.connection.ssl_client_key_file_password);
    int code = write_config(standard, masked);
    free(masked);
    return code;
}
