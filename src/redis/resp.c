#include "redis/resp.h"

#include <stdlib.h>
#include <string.h>

#include "redis/secret.h"

enum { NUMBER_SIZE = 24, FIRST_CAPACITY = 4096 };

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

/* Writes the digits right-aligned in front of `end`; returns their start. */
static char *digits(char *end, uint64_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

static void append_head(struct stepden_resp *resp, char kind, size_t number)
{
    char text[NUMBER_SIZE + 3];
    char *end = text + sizeof text;

    *--end = '\n';
    *--end = '\r';
    char *start = digits(end, number);
    *--start = kind;
    stepden_resp_append(resp, start, (size_t)(text + sizeof text - start));
}

void stepden_resp_command(struct stepden_resp *resp, size_t argc)
{
    append_head(resp, '*', argc);
}

void stepden_resp_arg(struct stepden_resp *resp, const char *bytes, size_t size)
{
    append_head(resp, '$', size);
    stepden_resp_append(resp, bytes, size);
    stepden_resp_append(resp, "\r\n", 2);
}

void stepden_resp_arg_text(struct stepden_resp *resp, const char *text)
{
    stepden_resp_arg(resp, text, strlen(text));
}

void stepden_resp_arg_number(struct stepden_resp *resp, int64_t number)
{
    char text[NUMBER_SIZE];
    char *end = text + sizeof text;
    uint64_t magnitude = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    char *start = digits(end, magnitude);

    if (number < 0)
        *--start = '-';
    stepden_resp_arg(resp, start, (size_t)(end - start));
}
