/* DENMs for the tests of the codec, and how to look at them. */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include <check.h>

#include <stepden/denm.h>

struct encoded {
    uint8_t bytes[STEPDEN_DENM_UPER_MAX];
    size_t size;
};

/* A collision risk near Milan, with the members that a DENM needs. */
struct stepden_denm_data sample_trigger(void);

/*
 * The same with every member set, three traces, two predicted paths and a
 * preCrash container.
 */
struct stepden_denm_data sample_full(void);

/* sample_full as EN 302 637-3 has it: no predicted paths, no preCrash. */
struct stepden_denm_data sample_without_extensions(void);

/* A cancellation: a management container alone. */
struct stepden_denm_data sample_cancellation(void);

/* Encodes; fails the test if that fails. */
struct encoded sample_encode(const struct stepden_denm_data *denm,
                             enum stepden_release release);

/* Decodes as r1+r2; fails the test if that fails. */
struct stepden_denm_data sample_decode(const struct encoded *encoded);

/* The lower-case hexadecimal digits of `encoded`, in static storage. */
const char *sample_hex(const struct encoded *encoded);

/* The bytes of the hexadecimal digits up to the first other character. */
struct encoded sample_from_hex(const char *hex);

/* Fails the test if the two differ in a member that the JSON shows. */
void sample_check_equal(const struct stepden_denm_data *found,
                        const struct stepden_denm_data *expected);

/* Runs the suite; the exit code of a test program. */
int sample_run(Suite *suite);

#endif
