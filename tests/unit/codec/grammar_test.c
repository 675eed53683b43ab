/* What the grammar says of types of both releases, against the modules. */
#include <pthread.h>
#include <string.h>

#include <R2DENM.h>

#include "codec/arena.h"
#include "codec/grammar.h"
#include "sample.h"

static const struct stepden_member *member_of(const struct stepden_type *type,
                                              const char *name)
{
    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];

        if (strcmp(member->name, name) == 0)
            return member;
        if (member->is_group) {
            const struct stepden_type *group = member->type;
            for (unsigned j = 0; j < group->count; j++)
                if (strcmp(group->members[j].name, name) == 0)
                    return &group->members[j];
        }
    }
    ck_abort_msg("no member %s", name);
    return NULL;
}

/* The member at a path such as "denm.management.validityDuration". */
static const struct stepden_member *find(enum stepden_release release,
                                         const char *path)
{
    const struct stepden_type *type = stepden_grammar(release);
    const struct stepden_member *member = NULL;
    char copy[256];
    char *rest = NULL;

    strcpy(copy, path);
    for (char *name = strtok_r(copy, ".", &rest); name;
         name = strtok_r(NULL, ".", &rest)) {
        member =
            strcmp(name, "[]") == 0 ? &type->members[0] : member_of(type, name);
        type = member->type;
    }
    return member;
}

static void check_limits(const struct stepden_limits *limits, int64_t lower,
                         int64_t upper, unsigned bits, bool is_extensible)
{
    ck_assert(limits->has_lower && limits->has_upper);
    ck_assert_int_eq(limits->lower, lower);
    ck_assert_int_eq(limits->upper, upper);
    ck_assert_uint_eq(limits->bits, bits);
    ck_assert_int_eq(limits->is_extensible, is_extensible);
}

START_TEST(numbers_have_the_limits_of_their_type)
{
    const struct stepden_type *type =
        find(STEPDEN_RELEASE_R2, "denm.management.eventPosition.latitude")
            ->type;
    check_limits(&type->value, -900000000, 900000001, 31, false);
    ck_assert_str_eq(type->name, "Latitude");

    type = find(STEPDEN_RELEASE_R1, "denm.management.detectionTime")->type;
    check_limits(&type->value, 0, 4398046511103, 42, false);
    ck_assert_int_eq(type->storage, STEPDEN_STORAGE_OCTETS);

    type = find(STEPDEN_RELEASE_R1, "header.stationID")->type;
    check_limits(&type->value, 0, 4294967295, 32, false);

    type = find(STEPDEN_RELEASE_R1, "denm.location.traces.[].[].pathDeltaTime")
               ->type;
    check_limits(&type->value, 1, 65535, 16, true);
}
END_TEST

START_TEST(a_member_may_narrow_its_type)
{
    const struct stepden_type *type =
        find(STEPDEN_RELEASE_R2,
             "denm.alacarte.preCrash.perceivedPreCrashObject.classification."
             "[].objectClass.vehicleSubClass")
            ->type;

    check_limits(&type->value, 0, 14, 4, false);
    ck_assert_str_eq(type->name, "TrafficParticipantType");
}
END_TEST

START_TEST(lists_and_strings_have_a_size)
{
    const struct stepden_type *type =
        find(STEPDEN_RELEASE_R1, "denm.location.traces")->type;
    check_limits(&type->length, 1, 7, 3, false);

    type =
        find(STEPDEN_RELEASE_R1, "denm.alacarte.roadWorks.restriction")->type;
    check_limits(&type->length, 1, 3, 2, true);

    const char *goods = "denm.alacarte.stationaryVehicle."
                        "carryingDangerousGoods.companyName";
    for (int release = 0; release < 2; release++) {
        type = find(release ? STEPDEN_RELEASE_R2 : STEPDEN_RELEASE_R1, goods)
                   ->type;
        ck_assert_int_eq(type->kind, STEPDEN_KIND_UTF8);
        ck_assert_int_eq(type->length.lower, 1);
        ck_assert_int_eq(type->length.upper, 24);
    }
}
END_TEST

START_TEST(members_of_a_group_are_additions_in_one)
{
    const struct stepden_type *situation =
        find(STEPDEN_RELEASE_R2, "denm.situation")->type;

    ck_assert(situation->is_extensible);
    ck_assert_uint_eq(situation->optional_count, 2);
    ck_assert_uint_eq(situation->addition_count, 2);
    ck_assert(situation->members[4].is_group);
    ck_assert(situation->members[4].is_addition);
    ck_assert_uint_eq(situation->members[4].type->count, 2);
}
END_TEST

START_TEST(alternatives_and_items_know_the_marker)
{
    const struct stepden_type *rule =
        find(STEPDEN_RELEASE_R2, "denm.alacarte.roadWorks.trafficFlowRule")
            ->type;
    ck_assert_uint_eq(rule->root_count, 4);
    ck_assert_uint_eq(rule->count, 5);
    ck_assert_uint_eq(rule->index_bits, 2);
    ck_assert_str_eq(rule->items[4].name, "passToLeftOrRight");

    const struct stepden_type *cause =
        find(STEPDEN_RELEASE_R2, "denm.situation.eventType.ccAndScc")->type;
    ck_assert_uint_eq(cause->count, 129);
    ck_assert_uint_eq(cause->index_bits, 8);
    ck_assert_str_eq(cause->members[97].name, "collisionRisk97");
    ck_assert_uint_eq(cause->members[97].present, 98);
}
END_TEST

START_TEST(a_default_is_known_and_recognised)
{
    const struct stepden_member *validity =
        find(STEPDEN_RELEASE_R2, "denm.management.validityDuration");
    long usual = 600, other = 601;

    ck_assert_ptr_nonnull(validity->default_value);
    ck_assert(stepden_member_is_default(validity, &usual));
    ck_assert(!stepden_member_is_default(validity, &other));
}
END_TEST

START_TEST(notes_come_with_their_types)
{
    const struct stepden_type *type =
        find(STEPDEN_RELEASE_R2, "denm.management.eventPosition.latitude")
            ->type;

    ck_assert_ptr_nonnull(type->note);
    ck_assert_ptr_nonnull(type->note->unit);
    ck_assert_int_eq(type->note->names[type->note->name_count - 1].number,
                     900000001);
}
END_TEST

START_TEST(a_list_grows_one_element_at_a_time)
{
    const struct stepden_type *type =
        find(STEPDEN_RELEASE_R2, "denm.alacarte.roadWorks.restriction")->type;
    struct stepden_arena arena = {0};
    void *list = stepden_arena_take(&arena, type->size);

    for (int i = 0; i < 100; i++)
        *(long *)stepden_list_add(type, list, &arena) = i;
    ck_assert_int_eq(stepden_list_count(list), 100);
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(*(const long *)stepden_list_element(list, i), i);
    stepden_arena_free(&arena);
}
END_TEST

static void *first_use(void *release)
{
    (void)release;
    return (void *)stepden_grammar(STEPDEN_RELEASE_R2);
}

START_TEST(any_thread_may_be_the_first_to_use_it)
{
    pthread_t threads[4];
    void *seen[4];

    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, first_use, NULL), 0);
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(pthread_join(threads[i], &seen[i]), 0);
        ck_assert_ptr_eq(seen[i], stepden_grammar(STEPDEN_RELEASE_R2));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("grammar");
    TCase *tests = tcase_create("grammar");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, any_thread_may_be_the_first_to_use_it);
    tcase_add_test(tests, numbers_have_the_limits_of_their_type);
    tcase_add_test(tests, a_member_may_narrow_its_type);
    tcase_add_test(tests, lists_and_strings_have_a_size);
    tcase_add_test(tests, members_of_a_group_are_additions_in_one);
    tcase_add_test(tests, alternatives_and_items_know_the_marker);
    tcase_add_test(tests, a_default_is_known_and_recognised);
    tcase_add_test(tests, notes_come_with_their_types);
    tcase_add_test(tests, a_list_grows_one_element_at_a_time);
    return sample_run(suite);
}
