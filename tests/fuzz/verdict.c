/*
 * Any text: the verdict never faults. Two texts with a NUL between them: they
 * are equal both ways or not at all, equal ones hash alike, and an array of
 * both repeats itself when they are equal.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "verdict_made.h"
#include "json/equal.h"
#include "json/find.h"
#include "json/walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Whether `array`, "[a,b]", has an element twice; -1 when it is too deep. */
static int repeats(const char *array, size_t size)
{
    struct stepden_json_span span = {array, size};

    if (stepden_json_check(array, size, NULL) != STEPDEN_OK)
        return -1;
    return stepden_json_repeated(span) != NULL;
}

static void compare(const char *a, size_t size_a, const char *b, size_t size_b)
{
    struct stepden_json_span span_a = stepden_json_walk_root(a, size_a);
    struct stepden_json_span span_b = stepden_json_walk_root(b, size_b);
    struct stepden_siphash_key key = stepden_json_hash_key(span_a);
    bool equal = stepden_json_equal(span_a, span_b);
    char *array = malloc(size_a + size_b + 3);
    int repeated;

    memcpy(array + 1, a, size_a);
    memcpy(array + 2 + size_a, b, size_b);
    array[0] = '[';
    array[1 + size_a] = ',';
    array[2 + size_a + size_b] = ']';
    repeated = repeats(array, size_a + size_b + 3);
    free(array);
    if (equal != stepden_json_equal(span_b, span_a) ||
        (equal &&
         stepden_json_hash(span_a, key) != stepden_json_hash(span_b, key)) ||
        (repeated >= 0 && repeated != equal))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *json = (const char *)bytes;
    const char *end = size == 0 ? NULL : memchr(json, '\0', size);
    struct stepden_diag diag;
    size_t first = end == NULL ? size : (size_t)(end - json);

    if (fuzz_verdict_validate(json, first, &diag) == STEPDEN_OK &&
        stepden_json_check(json, first, &diag) != STEPDEN_OK)
        abort();
    if (end == NULL || stepden_json_check(json, first, NULL) != STEPDEN_OK ||
        stepden_json_check(end + 1, size - first - 1, NULL) != STEPDEN_OK)
        return 0;
    compare(json, first, end + 1, size - first - 1);
    return 0;
}
