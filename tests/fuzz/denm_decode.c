/*
 * Any bytes: decoding never faults, and what was accepted can be encoded and
 * decoded to the same value again.
 */
#include <stdlib.h>
#include <string.h>

#include <stepden/denm.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_release(const uint8_t *bytes, size_t size,
                          enum stepden_release release)
{
    static struct stepden_denm_data first;
    static struct stepden_denm_data second;
    static char texts[2][STEPDEN_DENM_DATA_JSON_MAX];
    uint8_t again[STEPDEN_DENM_UPER_MAX];
    size_t length;

    stepden_denm_data_init(&first);
    if (stepden_denm_decode(&first, bytes, size, release, NULL) != STEPDEN_OK)
        return;
    if (stepden_denm_encode(again, sizeof(again), &length, &first, release,
                            NULL) != STEPDEN_OK)
        return; /* such as a live DENM without situation */
    stepden_denm_data_init(&second);
    if (stepden_denm_decode(&second, again, length, release, NULL) !=
        STEPDEN_OK)
        abort();
    if (first.has_pre_crash_container)
        return; /* an offset in 0.01 m is not an exact position */
    size_t first_size =
        stepden_denm_data_write(texts[0], sizeof(texts[0]), &first);
    size_t second_size =
        stepden_denm_data_write(texts[1], sizeof(texts[1]), &second);
    if (first_size != second_size || memcmp(texts[0], texts[1], first_size))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    check_release(bytes, size, STEPDEN_RELEASE_R1);
    check_release(bytes, size, STEPDEN_RELEASE_R2);
    check_release(bytes, size, STEPDEN_RELEASE_R1_R2);
    return 0;
}
