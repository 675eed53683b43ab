/*
 * Any lines as recorded input: nothing faults, the service goes on, and every
 * entry that it would publish can be read again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "daemon/replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The first byte of the input chooses. */
static struct stepden_config config_of(uint8_t choice)
{
    struct stepden_config config;

    stepden_config_init(&config);
    config.station_id = 4711;
    config.denm.max_records = choice & 1 ? 60000 : 2;
    config.denm.release = choice & 2 ? STEPDEN_RELEASE_R2 : STEPDEN_RELEASE_R1;
    config.denm.min_update_interval_ms = choice & 4 ? 300 : 0;
    config.denm.repetition_interval_ms = choice & 8 ? 700 : 0;
    config.denm.repetition_duration_ms = 5000;
    config.denm.negation_hold_off_ms = choice & 16 ? 2000 : 0;
    if (choice & 32)
        config.denm.after_collision =
            STEPDEN_CONFIG_DENM_AFTER_COLLISION_EXPIRE;
    return config;
}

/* What the lines give, to be freed. */
static char *run(const struct stepden_config *config, const char *lines,
                 size_t size, size_t *output_size, int *code)
{
    char *text = NULL;
    FILE *input = fmemopen((void *)lines, size, "r");
    FILE *output = open_memstream(&text, output_size);
    FILE *errors = fopen("/dev/null", "w");

    if (!input || !output || !errors)
        abort();
    *code = stepden_replay(config, false, input, output, errors);
    fclose(errors);
    fclose(output);
    fclose(input);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 2)
        return 0;
    struct stepden_config config = config_of(bytes[0]);
    size_t first_size;
    size_t second_size;
    int code;
    char *first =
        run(&config, (const char *)bytes + 1, size - 1, &first_size, &code);
    if (code != EX_OK && code != EX_DATAERR)
        abort();
    if (first_size > 0) {
        char *second = run(&config, first, first_size, &second_size, &code);
        if (code != EX_OK || second_size > 0)
            abort();
        free(second);
    }
    free(first);
    return 0;
}
