/* The bits of a message, one after the other, with what they say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/codec.h>

#include "sample.h"

/* FUTURE is a file of messages with additions that no release has. */

struct explained {
    size_t end;     /* of the bits so far */
    size_t strayed; /* bits that are not right behind those before */
    const char *path;
    const char *what;
    unsigned times; /* that `what` was told of `path` */
    size_t width;   /* of its bits */
    char meaning[512];
};

static void take(void *ctx, const struct stepden_field *field)
{
    struct explained *explained = ctx;

    explained->strayed += field->bit != explained->end || field->width == 0;
    explained->end = field->bit + field->width;
    if (!explained->path || strcmp(field->path, explained->path) != 0 ||
        strcmp(field->value, explained->what) != 0)
        return;
    explained->times++;
    explained->width = field->width;
    snprintf(explained->meaning, sizeof explained->meaning, "%s",
             field->meaning);
}

static struct explained explain(enum stepden_release release,
                                const struct encoded *encoded, const char *path,
                                const char *what)
{
    struct explained explained = {.path = path, .what = what};
    struct stepden_field_sink sink = {.take = take, .ctx = &explained};
    struct stepden_diag diag;

    ck_assert_msg(stepden_uper_explain(release, encoded->bytes, encoded->size,
                                       &sink, &diag) == STEPDEN_OK,
                  "%s: %s", diag.where, diag.reason);
    ck_assert_uint_eq(explained.strayed, 0);
    ck_assert_uint_eq(explained.end, 8 * encoded->size);
    return explained;
}

static struct encoded trigger(void)
{
    struct stepden_denm_data denm = sample_trigger();

    return sample_encode(&denm, STEPDEN_RELEASE_R2);
}

static struct encoded full(void)
{
    struct stepden_denm_data denm = sample_full();

    return sample_encode(&denm, STEPDEN_RELEASE_R2);
}

START_TEST(every_bit_is_told_once)
{
    struct encoded encoded = full();

    explain(STEPDEN_RELEASE_R2, &encoded, NULL, NULL);
    explain(STEPDEN_RELEASE_R1, &encoded, NULL, NULL);
}
END_TEST

START_TEST(presence_bits_name_their_members)
{
    struct encoded encoded = trigger();
    struct explained explained =
        explain(STEPDEN_RELEASE_R2, &encoded, "denm", "presence");

    ck_assert_uint_eq(explained.width, 3);
    ck_assert_str_eq(explained.meaning, "+situation +location -alacarte");
}
END_TEST

START_TEST(an_extension_bit_says_whether_additions_follow)
{
    struct encoded encoded = full();

    ck_assert_str_eq(
        explain(STEPDEN_RELEASE_R2, &encoded, "denm.alacarte", "extension bit")
            .meaning,
        "additions");
    ck_assert_str_eq(explain(STEPDEN_RELEASE_R2, &encoded, "denm.management",
                             "extension bit")
                         .meaning,
                     "no additions");
}
END_TEST

START_TEST(a_length_counts_from_its_lower_limit)
{
    struct encoded encoded = trigger();
    struct explained explained =
        explain(STEPDEN_RELEASE_R2, &encoded,
                "denm.location.detectionZonesToEventPosition", "length");

    ck_assert_uint_eq(explained.width, 3);
    ck_assert_str_eq(explained.meaning, "1 element");
}
END_TEST

START_TEST(an_alternative_is_named)
{
    struct encoded encoded = trigger();

    ck_assert_str_eq(explain(STEPDEN_RELEASE_R2, &encoded,
                             "denm.situation.eventType.ccAndScc", "alternative")
                         .meaning,
                     "collisionRisk97");
}
END_TEST

START_TEST(additions_have_a_number_presence_bits_and_a_size)
{
    struct encoded encoded = full();
    const char *path = "denm.alacarte";

    ck_assert_str_eq(explain(STEPDEN_RELEASE_R2, &encoded, path,
                             "additions known to the sender")
                         .meaning,
                     "1");
    /* of its root, of its additions, and within the group */
    ck_assert_uint_eq(
        explain(STEPDEN_RELEASE_R2, &encoded, path, "presence").times, 3);
    ck_assert_uint_eq(
        explain(STEPDEN_RELEASE_R2, &encoded, path, "size of addition").times,
        1);
}
END_TEST

START_TEST(an_addition_of_a_later_release_is_unknown)
{
    struct encoded encoded = full();
    struct explained explained = explain(STEPDEN_RELEASE_R1, &encoded,
                                         "denm.alacarte", "unknown addition");

    ck_assert_uint_eq(explained.times, 1);
    ck_assert_uint_eq(explained.width % 8, 0);
}
END_TEST

START_TEST(padding_ends_it)
{
    struct encoded encoded = trigger();

    ck_assert_uint_eq(
        explain(STEPDEN_RELEASE_R2, &encoded, "", "padding").times, 1);
}
END_TEST

START_TEST(what_could_be_read_is_told_before_the_error)
{
    struct encoded encoded = trigger();
    struct explained explained = {.path = NULL};
    struct stepden_field_sink sink = {.take = take, .ctx = &explained};
    struct stepden_diag diag;

    ck_assert_int_eq(stepden_uper_explain(STEPDEN_RELEASE_R2, encoded.bytes, 20,
                                          &sink, &diag),
                     STEPDEN_ERR_TRUNCATED);
    ck_assert_uint_eq(explained.end, 147);
    ck_assert_uint_eq(explained.strayed, 0);
    ck_assert_str_eq(diag.where, "denm.management.referenceTime");
}
END_TEST

START_TEST(bytes_that_are_left_over_are_told)
{
    struct encoded encoded = trigger();
    struct explained explained = {.path = "", .what = "left over"};
    struct stepden_field_sink sink = {.take = take, .ctx = &explained};

    encoded.bytes[encoded.size++] = 0;
    encoded.bytes[encoded.size++] = 0;
    ck_assert_int_eq(stepden_uper_explain(STEPDEN_RELEASE_R2, encoded.bytes,
                                          encoded.size, &sink, NULL),
                     STEPDEN_ERR_INVALID);
    ck_assert_uint_eq(explained.strayed, 0);
    ck_assert_uint_eq(explained.end, 8 * encoded.size);
    ck_assert_uint_eq(explained.times, 1);
    ck_assert_uint_eq(explained.width, 16);
}
END_TEST

START_TEST(another_message_is_refused_after_all)
{
    struct encoded encoded = trigger();
    struct explained explained = {.path = NULL};
    struct stepden_field_sink sink = {.take = take, .ctx = &explained};
    struct stepden_diag diag;

    encoded.bytes[1] = 2; /* messageId: cam */
    ck_assert_int_eq(stepden_uper_explain(STEPDEN_RELEASE_R2, encoded.bytes,
                                          encoded.size, &sink, &diag),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "header.messageId");
    ck_assert_uint_eq(explained.end, 8 * encoded.size);
}
END_TEST

START_TEST(too_many_bytes_are_not_explained)
{
    static const uint8_t bytes[STEPDEN_DENM_UPER_MAX + 1];
    struct explained explained = {.path = NULL};
    struct stepden_field_sink sink = {.take = take, .ctx = &explained};

    ck_assert_int_eq(stepden_uper_explain(STEPDEN_RELEASE_R2, bytes,
                                          sizeof bytes, &sink, NULL),
                     STEPDEN_ERR_INVALID);
    ck_assert_uint_eq(explained.end, 0);
}
END_TEST

START_TEST(no_bit_of_future_messages_is_left_out)
{
    FILE *messages = fopen(FUTURE, "r");
    char *line = NULL;
    size_t room = 0;
    unsigned count = 0;

    ck_assert_ptr_nonnull(messages);
    while (getline(&line, &room, messages) > 0) {
        char *hex = strchr(line, ' ');

        if (line[0] == '#' || !hex)
            continue;
        struct encoded encoded = sample_from_hex(hex + strspn(hex, " "));
        explain(STEPDEN_RELEASE_R2, &encoded, NULL, NULL);
        count++;
    }
    ck_assert_uint_gt(count, 5);
    free(line);
    fclose(messages);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec/explain");
    TCase *tests = tcase_create("explain");

    tcase_add_test(tests, every_bit_is_told_once);
    tcase_add_test(tests, presence_bits_name_their_members);
    tcase_add_test(tests, an_extension_bit_says_whether_additions_follow);
    tcase_add_test(tests, a_length_counts_from_its_lower_limit);
    tcase_add_test(tests, an_alternative_is_named);
    tcase_add_test(tests, additions_have_a_number_presence_bits_and_a_size);
    tcase_add_test(tests, an_addition_of_a_later_release_is_unknown);
    tcase_add_test(tests, padding_ends_it);
    tcase_add_test(tests, what_could_be_read_is_told_before_the_error);
    tcase_add_test(tests, bytes_that_are_left_over_are_told);
    tcase_add_test(tests, another_message_is_refused_after_all);
    tcase_add_test(tests, too_many_bytes_are_not_explained);
    tcase_add_test(tests, no_bit_of_future_messages_is_left_out);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
