#include "redis/resp.h"

#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "redis/secret.h"

enum {
    FIRST_CAPACITY = 4096,
    HEAD_MAX = 1 + STEPDEN_DIGITS_MAX + 2, /* a kind, a number and the end */
};

static void wipe(struct stepden_resp *resp)
{
    if (resp->secret && resp->bytes != NULL)
        stepden_secret_wipe(resp->bytes, resp->size);
}

void stepden_resp_free(struct stepden_resp *resp)
{
    wipe(resp);
    free(resp->bytes);
    *resp = (struct stepden_resp){0};
}

void stepden_resp_clear(struct stepden_resp *resp, size_t keep)
{
    if (resp->capacity > keep)
        stepden_resp_free(resp);
    wipe(resp);
    resp->size = 0;
    resp->failed = resp->secret = false;
}

/* realloc leaves a copy behind. */
static char *grow(struct stepden_resp *resp, size_t capacity)
{
    if (!resp->secret)
        return realloc(resp->bytes, capacity);

    char *bytes = malloc(capacity);
    if (bytes == NULL || resp->bytes == NULL)
        return bytes;
    memcpy(bytes, resp->bytes, resp->size);
    wipe(resp);
    free(resp->bytes);
    return bytes;
}

static bool reserve(struct stepden_resp *resp, size_t more)
{
    if (resp->failed)
        return false;
    if (resp->capacity - resp->size >= more)
        return true;

    size_t capacity = resp->capacity > 0 ? resp->capacity : FIRST_CAPACITY;
    while (capacity - resp->size < more && capacity <= SIZE_MAX / 2)
        capacity *= 2;
    char *bytes = capacity - resp->size < more ? NULL : grow(resp, capacity);
    resp->failed = bytes == NULL;
    if (resp->failed)
        return false;
    resp->bytes = bytes;
    resp->capacity = capacity;
    return true;
}

void stepden_resp_append(struct stepden_resp *resp, const char *bytes,
                         size_t size)
{
    if (size == 0 || !reserve(resp, size))
        return;
    memcpy(resp->bytes + resp->size, bytes, size);
    resp->size += size;
}

static char *put_head(char *at, char kind, size_t number)
{
    *at++ = kind;
    at = stepden_digits_put(at, number);
    *at++ = '\r';
    *at++ = '\n';
    return at;
}

void stepden_resp_command(struct stepden_resp *resp, size_t argc)
{
    if (!reserve(resp, HEAD_MAX))
        return;
    char *end = put_head(resp->bytes + resp->size, '*', argc);
    resp->size = (size_t)(end - resp->bytes);
}

void stepden_resp_arg(struct stepden_resp *resp, const char *bytes, size_t size)
{
    if (!reserve(resp, HEAD_MAX + size + 2))
        return;
    char *at = put_head(resp->bytes + resp->size, '$', size);
    if (size > 0)
        memcpy(at, bytes, size);
    memcpy(at + size, "\r\n", 2);
    resp->size = (size_t)(at + size + 2 - resp->bytes);
}

void stepden_resp_arg_text(struct stepden_resp *resp, const char *text)
{
    stepden_resp_arg(resp, text, strlen(text));
}

void stepden_resp_arg_number(struct stepden_resp *resp, int64_t number)
{
    char text[1 + STEPDEN_DIGITS_MAX];
    uint64_t magnitude = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    char *at = text;

    if (number < 0)
        *at++ = '-';
    at = stepden_digits_put(at, magnitude);
    stepden_resp_arg(resp, text, (size_t)(at - text));
}
