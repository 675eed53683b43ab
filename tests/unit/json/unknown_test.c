#include "suite.h"
#include "json/scan.h"

static struct stepden_diag diag;

static const struct stepden_json_key outer_keys[] = {
    {"stationId", 9}, {"redis", 5}, {"log", 3}};
static const struct stepden_json_key inner_keys[] = {
    {"path", 4}, {"socketTimeout", 13}, {"keepAlive", 9}, {"level", 5}};
static const struct stepden_json_former inner_formers[] = {
    {"filename", 0, ""}, {"keep_seconds", 2, "true or false"}};

static const struct stepden_json_members outer = {.key = outer_keys,
                                                  .count = 3};
static const struct stepden_json_members inner = {
    .key = inner_keys,
    .count = 4,
    .former = inner_formers,
    .former_count = 2,
};
static const struct stepden_json_place places[] = {
    {"", &outer},       {"/redis", &inner}, {"/log/a", &inner},
    {"/log/b", &inner}, {"/log/b", &inner}, {"/log/c", &inner},
    {NULL, NULL},
};

static const char *advise(const char *key,
                          const struct stepden_json_members *members,
                          const struct stepden_json_place *known)
{
    struct stepden_json_reader reader;

    stepden_json_reader_begin(&reader, key, strlen(key), &diag, NULL, NULL);
    reader.places = known;
    ck_assert(stepden_json_skip(&reader));
    ck_assert(!stepden_json_refuse_unknown(&reader, key, members));
    ck_assert_int_eq(reader.status, STEPDEN_ERR_INVALID);
    return diag.reason;
}

static const char *advice(const char *key,
                          const struct stepden_json_members *members)
{
    return advise(key, members, places);
}

START_TEST(a_former_name_gives_the_name_of_today)
{
    ck_assert_str_eq(advice("\"filename\"", &inner),
                     "unknown key; it is now \"path\"");
    ck_assert_str_eq(advice("\"keepSeconds\"", &inner),
                     "unknown key; it is now \"keepAlive\", true or false");
}
END_TEST

START_TEST(case_and_underscores_are_another_spelling)
{
    ck_assert_str_eq(advice("\"socket_timeout\"", &inner),
                     "unknown key; it is written \"socketTimeout\"");
    ck_assert_str_eq(advice("\"PATH\"", &inner),
                     "unknown key; it is written \"path\"");
}
END_TEST

START_TEST(a_slip_of_the_pen_finds_the_nearest_key)
{
    ck_assert_str_eq(advice("\"socketTiemout\"", &inner),
                     "unknown key; did you mean \"socketTimeout\"?");
}
END_TEST

START_TEST(a_key_of_other_objects_is_shown_its_places)
{
    ck_assert_str_eq(advice("\"station_id\"", &inner),
                     "unknown key; it belongs in the outermost object");
    ck_assert_str_eq(advice("\"path\"", &outer),
                     "unknown key; it belongs in /redis or /log/a or /log/b "
                     "and 1 more");
    ck_assert_str_eq(advice("\"logg\"", &outer),
                     "unknown key; did you mean \"log\"?");
}
END_TEST

START_TEST(a_branch_of_a_union_is_not_sent_to_another)
{
    static const struct stepden_json_key other_keys[] = {{"type", 4}};
    static const struct stepden_json_members other = {.key = other_keys,
                                                      .count = 1};
    static const struct stepden_json_place unions[] = {{"/a", &inner},
                                                       {"/a", &other},
                                                       {"/b", &inner},
                                                       {"/b", &other},
                                                       {NULL, NULL}};

    ck_assert_str_eq(advise("\"path\"", &other, unions),
                     "unknown key, known are \"type\"");
}
END_TEST

START_TEST(what_is_near_nothing_is_shown_all_keys_if_they_are_few)
{
    ck_assert_str_eq(advice("\"unheardOf\"", &outer),
                     "unknown key, known are \"stationId\", \"redis\", "
                     "\"log\"");
}
END_TEST

RUN_SUITE("unknown", a_former_name_gives_the_name_of_today,
          case_and_underscores_are_another_spelling,
          a_slip_of_the_pen_finds_the_nearest_key,
          a_key_of_other_objects_is_shown_its_places,
          a_branch_of_a_union_is_not_sent_to_another,
          what_is_near_nothing_is_shown_all_keys_if_they_are_few)
