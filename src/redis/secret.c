#include "redis/secret.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/regular_file.h"

static enum stepden_status copy(char *text, size_t size, const char *from,
                                const char *where, struct stepden_diag *diag)
{
    size_t length = strlen(from);

    if (length >= size)
        return stepden_diag_set(diag, STEPDEN_ERR_SPACE, where,
                                "the secret has more than %zu bytes", size - 1);
    memcpy(text, from, length + 1);
    return STEPDEN_OK;
}

static enum stepden_status from_environment(char *text, size_t size,
                                            const char *name, const char *where,
                                            struct stepden_diag *diag)
{
    const char *value = getenv(name);

    if (value == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, where,
                                "no environment variable %s", name);
    return copy(text, size, value, where, diag);
}

static size_t cut_newline(const char *text, size_t length)
{
    if (length > 0 && text[length - 1] == '\n')
        length--;
    if (length > 0 && text[length - 1] == '\r')
        length--;
    return length;
}

static enum stepden_status from_file(char *text, size_t size, const char *path,
                                     const char *where,
                                     struct stepden_diag *diag)
{
    const char *why;
    FILE *file = stepden_regular_file_open(path, &why);

    if (file == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, where, "%s: %s", path,
                                why);

    size_t length = fread(text, 1, size, file);
    enum stepden_status status = STEPDEN_OK;
    if (ferror(file))
        status = stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, where, "%s: %s",
                                  path, strerror(errno));
    else if (length == size)
        status = stepden_diag_set(diag, STEPDEN_ERR_SPACE, where,
                                  "%s has more than %zu bytes", path, size - 1);
    else
        text[cut_newline(text, length)] = '\0';
    fclose(file);
    return status;
}

enum stepden_status stepden_secret_read(char *text, size_t size,
                                        const struct stepden_secret *secret,
                                        const char *where,
                                        struct stepden_diag *diag)
{
    switch (secret->kind) {
    case STEPDEN_SECRET_PLAIN:
        return copy(text, size, secret->plain, where, diag);
    case STEPDEN_SECRET_ENV:
        return from_environment(text, size, secret->env.env, where, diag);
    case STEPDEN_SECRET_FILE:
        return from_file(text, size, secret->file.file, where, diag);
    }
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, where,
                            "an unknown kind of secret");
}

void stepden_secret_wipe(char *text, size_t size)
{
    explicit_bzero(text, size);
}
