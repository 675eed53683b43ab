/*
 * What our readers say of many documents.
 *
 *   read_verdicts < DOCUMENTS > VERDICTS
 *
 * A document is "config SIZE" or "array SIZE" in a line, then its bytes; its
 * verdict is a line: "valid", or "invalid POINTER: REASON". Each is read twice,
 * up to the first error and for all of them, and what is valid is written and
 * read again: a difference ends the program, as does reading beyond the bytes
 * where the address sanitizer looks on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/records/config.h>
#include <stepden/records/station_collision_array.h>

static void count(void *ctx, const struct stepden_diag *diag)
{
    (void)diag;
    ++*(size_t *)ctx;
}

static void must(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "read_verdicts: %s\n", what);
    abort();
}

#define JUDGE(record, RECORD)                                                  \
    static enum stepden_status judge_##record(const char *json, size_t size,   \
                                              struct stepden_diag *diag)       \
    {                                                                          \
        static struct stepden_##record value;                                  \
        static char first[STEPDEN_##RECORD##_JSON_MAX];                        \
        static char second[STEPDEN_##RECORD##_JSON_MAX];                       \
        size_t errors = 0;                                                     \
        enum stepden_status all =                                              \
            stepden_##record##_read_all(&value, json, size, count, &errors);   \
        must((all == STEPDEN_OK) == (errors == 0), "errors are not told");     \
        enum stepden_status one =                                              \
            stepden_##record##_read(&value, json, size, diag);                 \
        must(one == all, "two readings differ");                               \
        if (one != STEPDEN_OK)                                                 \
            return one;                                                        \
        size_t used = stepden_##record##_write(first, sizeof first, &value);   \
        must(used > 0, "the text does not fit");                               \
        must(stepden_##record##_read(&value, first, used, diag) == STEPDEN_OK, \
             "what was written is refused");                                   \
        must(stepden_##record##_write(second, sizeof second, &value) ==        \
                     used &&                                                   \
                 memcmp(first, second, used) == 0,                             \
             "what was written is read as something else");                    \
        return STEPDEN_OK;                                                     \
    }

JUDGE(config, CONFIG)
JUDGE(station_collision_array, STATION_COLLISION_ARRAY)

static void judge(const char *kind, const char *json, size_t size)
{
    struct stepden_diag diag;
    enum stepden_status status =
        strcmp(kind, "config") == 0
            ? judge_config(json, size, &diag)
            : judge_station_collision_array(json, size, &diag);
    if (status == STEPDEN_OK)
        puts("valid");
    else
        printf("invalid %s: %s\n", diag.where, diag.reason);
}

int main(void)
{
    char kind[8];
    size_t size;
    while (scanf("%7s %zu", kind, &size) == 2) {
        char *json = malloc(size + 1);
        must(json && getchar() == '\n' && fread(json, 1, size, stdin) == size,
             "a document is cut off");
        char *exact = realloc(json, size > 0 ? size : 1);
        must(exact != NULL, "no memory");
        judge(kind, exact, size);
        free(exact);
    }
    return EXIT_SUCCESS;
}
