/* The command line of one command. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "denm/options.h"
#include "suite.h"

static const char *const outputs[] = {"jer", "xer", NULL};

static int run(const struct denm_options *options)
{
    (void)options;
    return 0;
}

static const struct denm_command decode = {
    .name = "decode",
    .takes = DENM_TAKES_INPUT | DENM_TAKES_RELEASE | DENM_TAKES_REDIS |
             DENM_TAKES_OUTPUT,
    .outputs = outputs,
    .run = run,
};

static const struct denm_command encode = {
    .name = "encode",
    .takes = DENM_TAKES_JER,
    .run = run,
};

static struct denm_options options;
static char words[16][64];
static char *arguments[17];

/* Reads the words of a text as arguments. */
static bool read_options(const struct denm_command *command, const char *text)
{
    size_t count = 0;
    int size = 0;

    for (; sscanf(text, " %63s%n", words[count], &size) == 1; text += size) {
        arguments[count] = words[count];
        count++;
    }
    arguments[count] = NULL;
    return denm_options_read(&options, command, arguments);
}

START_TEST(without_options_there_are_defaults)
{
    ck_assert(read_options(&decode, ""));
    ck_assert_int_eq(options.release, STEPDEN_RELEASE_R2);
    ck_assert_int_eq(options.input, DENM_FORMAT_AUTO);
    ck_assert_uint_eq(options.output, 0);
    ck_assert_uint_eq(options.argument_count, 0);
    ck_assert(!options.help && !options.follow);
}
END_TEST

START_TEST(a_value_follows_in_one_of_three_ways)
{
    ck_assert(read_options(&decode, "--release r1 --output=xer -ihex"));
    ck_assert_int_eq(options.release, STEPDEN_RELEASE_R1);
    ck_assert_uint_eq(options.output, 1);
    ck_assert_int_eq(options.input, DENM_FORMAT_HEX);
    ck_assert(read_options(&decode, "-r r1 -o xer"));
    ck_assert_int_eq(options.release, STEPDEN_RELEASE_R1);
    ck_assert_uint_eq(options.output, 1);
}
END_TEST

START_TEST(options_may_stand_behind_files)
{
    ck_assert(read_options(&decode, "one - -r r1 two"));
    ck_assert_int_eq(options.release, STEPDEN_RELEASE_R1);
    ck_assert_uint_eq(options.argument_count, 3);
    ck_assert_str_eq(options.arguments[0], "one");
    ck_assert_str_eq(options.arguments[1], "-");
    ck_assert_str_eq(options.arguments[2], "two");
}
END_TEST

START_TEST(after_two_hyphens_there_are_files)
{
    ck_assert(read_options(&decode, "-- -r --"));
    ck_assert_uint_eq(options.argument_count, 2);
    ck_assert_str_eq(options.arguments[0], "-r");
    ck_assert_str_eq(options.arguments[1], "--");
}
END_TEST

START_TEST(a_stream_is_instead_of_files)
{
    ck_assert(read_options(&decode, "--redis url --stream s --after 5 -f"));
    ck_assert_str_eq(options.redis, "url");
    ck_assert_str_eq(options.stream, "s");
    ck_assert_str_eq(options.after, "5");
    ck_assert(options.follow);
    ck_assert(!read_options(&decode, "--redis url file"));
    ck_assert(!read_options(&decode, "--stream s"));
    ck_assert(!read_options(&decode, "--follow"));
    ck_assert(!read_options(&decode, "--after 5"));
}
END_TEST

START_TEST(every_command_has_its_own_options)
{
    ck_assert(!read_options(&encode, "--release r1"));
    ck_assert(!read_options(&encode, "--input hex"));
    ck_assert(read_options(&encode, "--input jer"));
    ck_assert_int_eq(options.input, DENM_FORMAT_JER);
    ck_assert(!read_options(&decode, "--input jer"));
    ck_assert(read_options(&decode, "--input ndjson"));
    ck_assert(read_options(&encode, "--input ndjson"));
}
END_TEST

START_TEST(what_is_wrong_is_refused)
{
    static const char *const wrong[] = {
        "--ouput xer",
        "--output",
        "--output=",
        "--output pdf",
        "--release r3",
        "-x",
        "--follow=1 --redis url",
        "--input",
        "-r",
    };

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        ck_assert_msg(!read_options(&decode, wrong[i]), "%s", wrong[i]);
}
END_TEST

START_TEST(the_beginning_of_one_name_is_enough)
{
    ck_assert(read_options(&decode, "--out=xer --rel r1"));
    ck_assert_uint_eq(options.output, 1);
    ck_assert_int_eq(options.release, STEPDEN_RELEASE_R1);
    ck_assert(!read_options(&decode, "--re r1"));
    ck_assert(!read_options(&decode, "--=r1"));
}
END_TEST

START_TEST(a_stream_goes_on_after_an_id_or_its_end)
{
    static const char *const wrong[] = {"foo", "-1", "5-", "5-1x", "$5", "5 6"};
    static char *arguments_of[] = {"--redis", "url", "--after", NULL, NULL};

    ck_assert(read_options(&decode, "--redis url --after 5-12"));
    ck_assert(read_options(&decode, "--redis url --after $"));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        arguments_of[3] = (char *)wrong[i];
        ck_assert_msg(!denm_options_read(&options, &decode, arguments_of), "%s",
                      wrong[i]);
    }
}
END_TEST

START_TEST(a_command_may_take_only_so_many_arguments)
{
    struct denm_command diff = decode;

    diff.arguments_max = 2;
    ck_assert(read_options(&diff, "a b"));
    ck_assert(!read_options(&diff, "a b c"));
}
END_TEST

START_TEST(help_needs_nothing_else)
{
    ck_assert(read_options(&decode, "--help --follow"));
    ck_assert(options.help);
    ck_assert(read_options(&encode, "-h"));
    ck_assert(options.help);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        without_options_there_are_defaults,
        a_value_follows_in_one_of_three_ways,
        options_may_stand_behind_files,
        after_two_hyphens_there_are_files,
        a_stream_is_instead_of_files,
        every_command_has_its_own_options,
        what_is_wrong_is_refused,
        the_beginning_of_one_name_is_enough,
        a_stream_goes_on_after_an_id_or_its_end,
        a_command_may_take_only_so_many_arguments,
        help_needs_nothing_else,
    };

    return run_tests("denm/options", tests, sizeof tests / sizeof tests[0]);
}
