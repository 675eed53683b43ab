#include "daemon/config/remarks.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct stepden_config config;
static char remarks[2048];

static void refuse(void *ctx, const struct stepden_config_fault *fault)
{
    (void)ctx;
    ck_abort_msg("%s: %s", fault->diag.where, fault->diag.reason);
}

static void take_remark(void *ctx, const struct stepden_config_fault *fault)
{
    (void)ctx;
    size_t used = strlen(remarks);
    snprintf(remarks + used, sizeof remarks - used, "%s: %s\n",
             fault->diag.where, fault->diag.reason);
}

static const char *remarks_of(const char *json)
{
    const struct stepden_config_report faults = {.fault = refuse};
    const struct stepden_config_report report = {.fault = take_remark};
    ck_assert_int_eq(stepden_config_parse(&config, json, strlen(json), &faults),
                     STEPDEN_OK);
    remarks[0] = '\0';
    stepden_remarks_report(&config, "/none/such", &report);
    return remarks;
}

static const char *remarks_of_connection(const char *members)
{
    char json[512];
    snprintf(json, sizeof json,
             "{\"stationId\":1,\"redis\":{\"connection\":{%s}}}", members);
    return remarks_of(json);
}

START_TEST(there_is_nothing_to_remark_of_the_defaults)
{
    ck_assert_str_eq(remarks_of("{\"stationId\":1}"), "");
}
END_TEST

START_TEST(the_station_id_of_the_template_is_none)
{
    ck_assert_str_eq(remarks_of("{\"stationId\":0}"),
                     "/stationId: 0, as in the template: each station has an "
                     "id of its own\n");
}
END_TEST

START_TEST(tls_that_is_not_enabled_is_not_used)
{
    ck_assert_str_eq(
        remarks_of_connection("\"sslCaCertsFile\":\"a\""),
        "/redis/connection/sslCaCertsFile: not used without sslEnable\n");
    ck_assert_str_eq(
        remarks_of_connection("\"sslClientCertFile\":\"a\",\"password\":\"b\""),
        "/redis/connection/sslClientCertFile: not used without sslEnable: the "
        "password goes over the network in the clear\n");
    ck_assert_str_eq(
        remarks_of_connection("\"sslCertRequested\":false,\"password\":\"b\","
                              "\"unixSocket\":\"c\""),
        "/redis/connection/sslCertRequested: not used without sslEnable\n");
    ck_assert_str_eq(remarks_of_connection("\"sslCaCertsFile\":\"a\","
                                           "\"sslEnable\":true"),
                     "");
}
END_TEST

START_TEST(an_address_beside_a_socket_is_not_used)
{
    ck_assert_str_eq(
        remarks_of_connection("\"host\":\"a\",\"port\":1,\"unixSocket\":\"b\""),
        "/redis/connection/host: not used with unixSocket\n"
        "/redis/connection/port: not used with unixSocket\n");
}
END_TEST

START_TEST(an_address_beside_a_mode_that_finds_one_is_not_used)
{
    ck_assert_str_eq(
        remarks_of("{\"stationId\":1,\"redis\":{\"mode\":\"cluster\","
                   "\"cluster\":{\"nodes\":[{\"host\":\"c\",\"port\":1}]},"
                   "\"sentinel\":{\"masterName\":\"m\"},"
                   "\"connection\":{\"host\":\"a\",\"port\":1,"
                   "\"unixSocket\":\"b\"}}}"),
        "/redis/connection/host: not used with mode cluster\n"
        "/redis/connection/port: not used with mode cluster\n"
        "/redis/connection/unixSocket: not used with mode cluster\n"
        "/redis/sentinel: not used without mode sentinel\n");
    ck_assert_str_eq(
        remarks_of("{\"stationId\":1,\"redis\":{"
                   "\"cluster\":{\"nodes\":[{\"host\":\"c\",\"port\":1}]}}}"),
        "/redis/cluster: not used without mode cluster\n");
}
END_TEST

START_TEST(health_that_other_hosts_can_read_is_remarked)
{
    ck_assert_str_eq(
        remarks_of("{\"stationId\":1,\"health\":{\"listen\":\"[::]:80\"}}"),
        "/health/listen: [::]:80: whoever reaches this address reads it; "
        "nobody is asked for a password\n");
    ck_assert_str_eq(
        remarks_of("{\"stationId\":1,\"health\":{\"listen\":\"[::1]:80\"}}"),
        "");
}
END_TEST

START_TEST(a_mask_is_no_secret)
{
    const char *reason =
        "\"********\" is what --print-config writes in place of a secret";
    char expected[256];
    snprintf(expected, sizeof expected, "/redis/connection/password: %s\n",
             reason);
    ck_assert_str_eq(remarks_of_connection("\"password\":\"********\""),
                     expected);
    snprintf(expected, sizeof expected,
             "/redis/connection/sslClientKeyFilePassword: %s\n", reason);
    ck_assert_str_eq(
        remarks_of_connection("\"sslClientKeyFilePassword\":\"********\""),
        expected);
    snprintf(expected, sizeof expected, "/redis/sentinel/password: %s\n",
             reason);
    ck_assert_str_eq(remarks_of("{\"stationId\":1,\"redis\":{\"sentinel\":{"
                                "\"password\":\"********\"}}}"),
                     expected);
}
END_TEST

static const char *remarks_of_streams(const char *predictions,
                                      const char *client, const char *output)
{
    char json[512];
    snprintf(json, sizeof json,
             "{\"stationId\":1,\"redis\":{\"streams\":{\"inputs\":{"
             "\"crashPrediction\":{\"streamId\":\"%s\"},"
             "\"client\":{\"streamId\":\"%s\"}},"
             "\"outputs\":{\"client\":{\"streamId\":\"%s\"}}}}}",
             predictions, client, output);
    return remarks_of(json);
}

START_TEST(a_cluster_needs_one_hash_tag)
{
    const char *reason = "a single server does without, but a cluster needs "
                         "one hash tag, like {step}, in all three stream ids";
    const struct {
        const char *stream[3];
        const char *at;
    } cases[] = {
        {{"{a}p", "x{a}c", "y{a}{b}o"}, NULL},
        {{"{a}p", "c", "{a}o"}, "inputs/client"},
        {{"{a}p", "{a}c", "{ab}o"}, "outputs/client"},
        {{"{a}p", "{a}c", "{}{a}o"}, "outputs/client"},
        {{"p", "c", "o"}, "inputs/crashPrediction"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const *stream = cases[i].stream;
        char expected[256] = "";
        if (cases[i].at)
            snprintf(expected, sizeof expected,
                     "/redis/streams/%s/streamId: %s\n", cases[i].at, reason);
        ck_assert_str_eq(remarks_of_streams(stream[0], stream[1], stream[2]),
                         expected);
    }
}
END_TEST

START_TEST(a_weekday_with_an_interval_is_weeks)
{
    ck_assert_str_eq(
        remarks_of("{\"stationId\":1,\"log\":{\"handlers\":["
                   "{\"type\":\"timeRotate\",\"path\":\"a\",\"interval\":5},"
                   "{\"type\":\"timeRotate\",\"path\":\"b\",\"interval\":5,"
                   "\"when\":\"W0\"}]}}"),
        "/log/handlers/1/interval: 5 with W0: a file is written for 5 weeks\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/remarks");
    TCase *tests = tcase_create("remarks");
    tcase_add_test(tests, there_is_nothing_to_remark_of_the_defaults);
    tcase_add_test(tests, the_station_id_of_the_template_is_none);
    tcase_add_test(tests, tls_that_is_not_enabled_is_not_used);
    tcase_add_test(tests, an_address_beside_a_socket_is_not_used);
    tcase_add_test(tests, an_address_beside_a_mode_that_finds_one_is_not_used);
    tcase_add_test(tests, health_that_other_hosts_can_read_is_remarked);
    tcase_add_test(tests, a_mask_is_no_secret);
    tcase_add_test(tests, a_cluster_needs_one_hash_tag);
    tcase_add_test(tests, a_weekday_with_an_interval_is_weeks);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
