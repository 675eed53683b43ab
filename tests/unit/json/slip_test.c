#include "suite.h"
#include "json/scan.h"

static struct stepden_diag diag;

/* The value is broken, and the reason ends in `advice`. */
static void advises(const char *json, const char *advice)
{
    struct stepden_json_reader reader;
    const char *end;

    stepden_json_reader_begin(&reader, json, strlen(json), &diag, NULL, NULL);
    if (stepden_json_skip(&reader))
        stepden_json_reader_end(&reader);
    ck_assert_int_eq(reader.status, STEPDEN_ERR_SYNTAX);
    end = strstr(diag.reason, "; ");
    ck_assert_msg(advice == NULL ? end == NULL
                                 : end != NULL && strcmp(end + 2, advice) == 0,
                  "%s: %s", json, diag.reason);
}

START_TEST(a_comma_too_many_or_missing_is_told)
{
    advises("{\"a\":1, }", "the comma before it is one too many");
    advises("[1,\n]", "the comma before it is one too many");
    advises("{\"a\":1\n\"b\":2}", "a comma may be missing before it");
    advises("[{} {}]", "a comma may be missing before it");
    advises("{}}", NULL);
}
END_TEST

START_TEST(what_is_of_another_notation_is_told)
{
    advises("{\"a\":1} // b", "JSON has no comments");
    advises("{/* b */}", "JSON has no comments");
    advises("# b", "JSON has no comments");
    advises("{'a':1}", "a string stands in double quotes, \"");
    advises("[\xe2\x80\x9c"
            "a\xe2\x80\x9d]",
            "a string stands in double quotes, \"");
    advises("{a:1}", "a key stands in double quotes");
    advises("{\"a\":1;}", "members and elements are separated by ','");
    advises("{\"a\"=1}", "a key and its value are separated by ':'");
    advises("[True]", "it is written true");
    advises("[None]", "it is written null");
}
END_TEST

START_TEST(numbers_of_other_notations_are_told)
{
    advises("[01]", "a number is decimal, without leading zeros");
    advises("[0x1f]", "a number is decimal, without leading zeros");
    advises("[0 1]", NULL);
    advises("[+1]", "a number begins with a digit or '-'");
    advises("[.5]", "a number begins with a digit or '-'");
    advises("[NaN]", "JSON has no such number");
    advises("[Infinity]", "JSON has no such number");
}
END_TEST

START_TEST(another_encoding_is_told)
{
    struct stepden_json_reader reader;

    advises("\xef\xbb\xbf{}", "a byte order mark has to be left out");
    advises("\xff\xfe{", "the text has to be UTF-8");
    advises("{\xc2\xa0}", "a no-break space is not white space");
    stepden_json_reader_begin(&reader, "{\0", 2, &diag, NULL, NULL);
    ck_assert(!stepden_json_skip(&reader));
    ck_assert_str_eq(diag.reason, "found byte 0x00, expected is a key or '}'; "
                                  "the text has to be UTF-8");
}
END_TEST

RUN_SUITE("slip", a_comma_too_many_or_missing_is_told,
          what_is_of_another_notation_is_told,
          numbers_of_other_notations_are_told, another_encoding_is_told)
