/* The template of a record, which stepden writes for people to begin with. */
#include <stepden/records/config.h>

#include "../json/suite.h"

static struct stepden_config config;
static struct stepden_diag diag;
static char json[STEPDEN_CONFIG_JSON_MAX + 1];
static char defaults[STEPDEN_CONFIG_JSON_MAX + 1];

START_TEST(reading_it_gives_the_defaults)
{
    ck_assert_msg(stepden_config_read(&config, stepden_config_template,
                                      strlen(stepden_config_template),
                                      &diag) == STEPDEN_OK,
                  "%s: %s", diag.where, diag.reason);
    ck_assert_uint_gt(stepden_config_write(json, sizeof(json) - 1, &config), 0);
    stepden_config_init(&config);
    ck_assert_uint_gt(
        stepden_config_write(defaults, sizeof(defaults) - 1, &config), 0);
    ck_assert_str_eq(json, defaults);
}
END_TEST

START_TEST(every_field_is_in_it)
{
    size_t size;
    const char *text = stepden_config_template;

    stepden_config_init(&config);
    size = stepden_config_write(json, sizeof(json) - 1, &config);
    for (size_t i = 0; i < size; i++) {
        if (json[i] != ' ') /* which is within a string */
            text += strspn(text, " \n");
        ck_assert_int_eq(*text, json[i]);
        text++;
    }
    ck_assert_str_eq(text, "\n");
}
END_TEST

RUN_SUITE("template", reading_it_gives_the_defaults, every_field_is_in_it)
