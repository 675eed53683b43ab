#include "daemon/config/load.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/regular_file.h"

#define FILE_SIZE_MAX ((size_t)1 << 20)

static enum stepden_status refuse(const struct stepden_config_report *report,
                                  enum stepden_status status,
                                  const char *format, ...) STEPDEN_PRINTF(3, 4);

static enum stepden_status refuse(const struct stepden_config_report *report,
                                  enum stepden_status status,
                                  const char *format, ...)
{
    struct stepden_config_fault fault = {.line = 0};
    va_list arguments;
    va_start(arguments, format);
    stepden_diag_vset(&fault.diag, status, "", format, arguments);
    va_end(arguments);
    stepden_config_tell(report, &fault);
    return status;
}

static FILE *open_any(const char *path, const char **why)
{
    FILE *file = fopen(path, "re");
    if (file)
        setvbuf(file, NULL, _IONBF, 0);
    else
        *why = strerror(errno);
    return file;
}

static enum stepden_status read_file(char *text, size_t *size, FILE *file,
                                     const struct stepden_config_report *report)
{
    *size = fread(text, 1, FILE_SIZE_MAX + 1, file);
    if (ferror(file))
        return refuse(report, STEPDEN_ERR_SYSTEM, "%s", strerror(errno));
    if (*size > FILE_SIZE_MAX)
        return refuse(report, STEPDEN_ERR_INVALID, "larger than %zu bytes",
                      FILE_SIZE_MAX);
    return STEPDEN_OK;
}

enum stepden_status
stepden_config_load_for(stepden_config_rule *rule, bool again,
                        struct stepden_config *config, const char *path,
                        const struct stepden_config_report *report)
{
    const char *why = NULL;
    size_t size = 0;
    FILE *file =
        again ? stepden_regular_file_open(path, &why) : open_any(path, &why);
    if (!file)
        return refuse(report, STEPDEN_ERR_SYSTEM, "%s", why);
    char *text = malloc(FILE_SIZE_MAX + 1);
    enum stepden_status status =
        text ? read_file(text, &size, file, report)
             : refuse(report, STEPDEN_ERR_MEMORY, "no memory");
    fclose(file);
    if (status == STEPDEN_OK)
        status = stepden_config_parse_for(rule, config, text, size, report);
    if (text)
        explicit_bzero(text, size); /* it may hold a secret */
    free(text);
    return status;
}

enum stepden_status
stepden_config_load(struct stepden_config *config, const char *path,
                    const struct stepden_config_report *report)
{
    return stepden_config_load_for(NULL, false, config, path, report);
}
