#include <string.h>

#include "sample.h"

static enum stepden_status decode(const struct encoded *encoded,
                                  struct stepden_diag *diag)
{
    struct stepden_denm_data denm;

    return stepden_denm_decode(&denm, encoded->bytes, encoded->size,
                               STEPDEN_RELEASE_R1_R2, diag);
}

static struct encoded encoded_full(void)
{
    struct stepden_denm_data denm = sample_full();

    return sample_encode(&denm, STEPDEN_RELEASE_R1_R2);
}

START_TEST(what_was_encoded_comes_back)
{
    struct stepden_denm_data (*const samples[])(void) = {
        sample_trigger, sample_full, sample_cancellation};
    struct stepden_denm_data denm = samples[_i]();
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);
    struct stepden_denm_data decoded = sample_decode(&encoded);

    sample_check_equal(&decoded, &denm);
}
END_TEST

START_TEST(a_trailing_byte_is_refused)
{
    struct encoded encoded = encoded_full();
    struct stepden_diag diag;

    encoded.bytes[encoded.size++] = 0;
    ck_assert_int_eq(decode(&encoded, &diag), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "bytes are left over");
    ck_assert_uint_eq(diag.offset, encoded.size - 1);
}
END_TEST

START_TEST(padding_that_is_not_zero_is_refused)
{
    struct stepden_denm_data denm = sample_trigger();
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);
    struct stepden_diag diag;

    encoded.bytes[encoded.size - 1] |= 1;
    ck_assert_int_eq(decode(&encoded, &diag), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "padding bits are not zero");
}
END_TEST

START_TEST(a_message_cut_anywhere_is_truncated)
{
    struct encoded encoded = encoded_full();

    while (encoded.size > 0) {
        encoded.size--;
        ck_assert_int_eq(decode(&encoded, NULL), STEPDEN_ERR_TRUNCATED);
    }
}
END_TEST

START_TEST(another_protocol_version_is_refused)
{
    struct encoded encoded = encoded_full();
    struct stepden_diag diag;

    encoded.bytes[0] = 1;
    ck_assert_int_eq(decode(&encoded, &diag), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "header.protocolVersion");
    ck_assert_str_eq(diag.reason, "1, not 2");
}
END_TEST

START_TEST(another_kind_of_message_is_refused)
{
    struct encoded encoded = encoded_full();
    struct stepden_diag diag;

    encoded.bytes[1] = 2;
    ck_assert_int_eq(decode(&encoded, &diag), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "header.messageId");
    ck_assert_str_eq(diag.reason, "2, not denm(1)");
}
END_TEST

START_TEST(a_message_longer_than_the_limit_is_refused)
{
    static const uint8_t bytes[STEPDEN_DENM_UPER_MAX + 1];
    struct stepden_denm_data denm;
    struct stepden_diag diag;

    ck_assert_int_eq(stepden_denm_decode(&denm, bytes, sizeof bytes,
                                         STEPDEN_RELEASE_R1_R2, &diag),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "1401 bytes, more than 1400");
}
END_TEST

/* Sets the `width` bits at `bit` to `value`. */
static void set_bits(struct encoded *encoded, unsigned bit, unsigned width,
                     uint64_t value)
{
    for (unsigned i = 0; i < width; i++) {
        unsigned at = bit + width - 1 - i;
        uint8_t mask = (uint8_t)(0x80 >> at % 8);

        encoded->bytes[at / 8] =
            (uint8_t)(value >> i & 1 ? encoded->bytes[at / 8] | mask
                                     : encoded->bytes[at / 8] & ~mask);
    }
}

/* Its latitude: after 48 bits of header, 3 + 6 flags, 48 of id, 84 of times. */
#define LATITUDE_BIT 189

START_TEST(a_bit_pattern_outside_its_range_is_refused)
{
    struct stepden_denm_data denm = sample_trigger();
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);
    struct stepden_diag diag;

    set_bits(&encoded, LATITUDE_BIT, 31, 1800000002);
    ck_assert_int_eq(decode(&encoded, &diag), STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "denm.management.eventPosition.latitude");
    ck_assert_str_eq(diag.reason, "900000002 is outside -900000000..900000001");
}
END_TEST

START_TEST(an_unavailable_position_keeps_its_code)
{
    struct stepden_denm_data denm = sample_cancellation();
    denm.management_container.event_position.latitude_e7 = 900000001;
    denm.management_container.event_position.longitude_e7 = 1800000001;
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);
    struct stepden_denm_data decoded = sample_decode(&encoded);

    ck_assert_int_eq(decoded.management_container.event_position.latitude_e7,
                     900000001);
    ck_assert_int_eq(decoded.management_container.event_position.longitude_e7,
                     1800000001);
}
END_TEST

START_TEST(an_error_leaves_the_value_untouched)
{
    struct encoded encoded = encoded_full();
    struct stepden_denm_data denm = sample_trigger();
    struct stepden_denm_data before = denm;

    encoded.bytes[encoded.size++] = 0;
    for (enum stepden_release release = STEPDEN_RELEASE_R1;
         release <= STEPDEN_RELEASE_R1_R2; release++)
        ck_assert_int_ne(stepden_denm_decode(&denm, encoded.bytes, encoded.size,
                                             release, NULL),
                         STEPDEN_OK);
    ck_assert_mem_eq(&denm, &before, sizeof denm);
}
END_TEST

START_TEST(release_1_reads_no_extensions)
{
    struct encoded encoded = encoded_full();
    struct stepden_denm_data expected = sample_without_extensions();
    struct stepden_denm_data denm;

    ck_assert_int_eq(stepden_denm_decode(&denm, encoded.bytes, encoded.size,
                                         STEPDEN_RELEASE_R1, NULL),
                     STEPDEN_OK);
    sample_check_equal(&denm, &expected);
}
END_TEST

/* Its timeToCollision, 14 bits for 1..10000, inside the preCrash container. */
#define TIME_TO_COLLISION_BIT 644

START_TEST(release_1_does_not_care_what_is_wrong_in_an_extension)
{
    struct stepden_denm_data expected = sample_trigger();
    struct stepden_denm_data with = expected;
    struct stepden_denm_data denm;
    with.has_pre_crash_container = true;
    with.pre_crash_container = sample_full().pre_crash_container;
    struct encoded encoded = sample_encode(&with, STEPDEN_RELEASE_R1_R2);

    set_bits(&encoded, TIME_TO_COLLISION_BIT, 14, 10000);
    ck_assert_int_eq(stepden_denm_decode(&denm, encoded.bytes, encoded.size,
                                         STEPDEN_RELEASE_R1, NULL),
                     STEPDEN_OK);
    sample_check_equal(&denm, &expected);
    ck_assert_int_eq(decode(&encoded, NULL), STEPDEN_ERR_RANGE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("denm_decode");
    TCase *tests = tcase_create("denm_decode");

    tcase_add_loop_test(tests, what_was_encoded_comes_back, 0, 3);
    tcase_add_test(tests, a_trailing_byte_is_refused);
    tcase_add_test(tests, padding_that_is_not_zero_is_refused);
    tcase_add_test(tests, a_message_cut_anywhere_is_truncated);
    tcase_add_test(tests, another_protocol_version_is_refused);
    tcase_add_test(tests, another_kind_of_message_is_refused);
    tcase_add_test(tests, a_message_longer_than_the_limit_is_refused);
    tcase_add_test(tests, a_bit_pattern_outside_its_range_is_refused);
    tcase_add_test(tests, an_unavailable_position_keeps_its_code);
    tcase_add_test(tests, an_error_leaves_the_value_untouched);
    tcase_add_test(tests, release_1_reads_no_extensions);
    tcase_add_test(tests,
                   release_1_does_not_care_what_is_wrong_in_an_extension);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
