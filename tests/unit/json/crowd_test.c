#include <stepden/json/verdict.h>

#include <stdio.h>
#include <string.h>

#include "suite.h"

/*
 * {"allOf": [{"properties": {"last": true}, "unevaluatedProperties":
 * {"type": "number"}}], "unevaluatedProperties": false}
 */
static const struct stepden_json_schema crowd[5] = {
    [0] = {.place = "#",
           .rule_count = 2,
           .rules =
               (const struct stepden_json_rule[]){
                   {.keyword = STEPDEN_JSON_ALL_OF,
                    .count = 1,
                    .schemas =
                        (const struct stepden_json_schema *const[]){&crowd[1]}},
                   {.keyword = STEPDEN_JSON_UNEVALUATED_PROPERTIES,
                    .count = 1,
                    .schemas =
                        (const struct stepden_json_schema *const[]){
                            &crowd[2]}}}},
    [1] =
        {.place = "#/allOf/0",
         .rule_count = 2,
         .rules =
             (const struct stepden_json_rule[]){
                 {.keyword = STEPDEN_JSON_PROPERTIES,
                  .count = 1,
                  .texts = &(const struct stepden_json_span){"last", 4},
                  .schemas =
                      (const struct stepden_json_schema *const[]){&crowd[3]}},
                 {.keyword = STEPDEN_JSON_UNEVALUATED_PROPERTIES,
                  .count = 1,
                  .schemas =
                      (const struct stepden_json_schema *const[]){&crowd[4]}}}},
    [2] = {.place = "#/unevaluatedProperties",
           .rule_count = 1,
           .rules = &(const struct stepden_json_rule){.keyword =
                                                          STEPDEN_JSON_FALSE}},
    [3] = {.place = "#/allOf/0/properties/last"},
    [4] = {.place = "#/allOf/0/unevaluatedProperties",
           .rule_count = 1,
           .rules =
               &(const struct stepden_json_rule){.keyword = STEPDEN_JSON_TYPE,
                                                 .count = STEPDEN_JSON_NUMBER}},
};

static void check_crowd(int count, const char *last, const char *where)
{
    char *json = malloc(16 * (size_t)count + 64);
    struct stepden_diag diag = {0};
    enum stepden_status status;
    size_t size = 0;

    for (int i = 0; i < count; i++)
        size += (size_t)sprintf(json + size, "%c\"k%d\":%d", i == 0 ? '{' : ',',
                                i, i);
    size += (size_t)sprintf(json + size, ",\"%s\":\"\"}", last);
    status = stepden_json_validate(&crowd[0], json, size, &diag);
    ck_assert_int_eq(status, where == NULL ? STEPDEN_OK : STEPDEN_ERR_INVALID);
    if (where != NULL)
        ck_assert_str_eq(diag.where, where);
    free(json);
}

START_TEST(any_number_of_members_may_be_evaluated)
{
    const int counts[] = {255, 256, 257, 511, 512, 513, 3000};

    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        check_crowd(counts[i], "last", NULL);
        check_crowd(counts[i], "lost", "/lost");
    }
}
END_TEST

RUN_SUITE("crowd", any_number_of_members_may_be_evaluated)
