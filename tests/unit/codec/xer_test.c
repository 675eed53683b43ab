/*
 * XER against what asn1c writes of the same trees, those of the messages in
 * tests/vectors. VECTORS is their folder.
 */
#include <stdio.h>

#include <R1DENM.h>
#include <R2DENM.h>
#include <asn_SEQUENCE_OF.h>
#include <xer_encoder.h>

#include "codec/xer.h"
#include "jer_case.h"

static struct stepden_arena arena;

static void empty_arena(void)
{
    stepden_arena_free(&arena);
    arena = (struct stepden_arena){0};
}

static const char *xer_of(const struct stepden_type *type, const void *value)
{
    static char text[TEXT_SIZE];
    struct stepden_json_writer writer = {.at = text,
                                         .end = text + sizeof text - 1};

    stepden_xer_write(&writer, type, value);
    ck_assert(!writer.full);
    *writer.at = '\0';
    return text;
}

/* The XER of what is JER in Release 2. */
static const char *xer_of_jer(const char *path, const char *jer)
{
    const struct stepden_type *type = type_at(path);
    struct stepden_diag diag = {.where = ""};
    void *value;

    ck_assert_msg(read_jer(&value, &arena, type, jer, &diag) == STEPDEN_OK,
                  "%s: %s", diag.where, diag.reason);
    return xer_of(type, value);
}

/* Puts `to`, which is no longer, in the place of every `from`. */
static void replace_all(char *text, const char *from, const char *to)
{
    size_t size = strlen(to);
    size_t less = strlen(from) - size;

    for (char *at = text; (at = strstr(at, from));) {
        memcpy(at, to, size);
        memmove(at + size, at + size + less, strlen(at + size + less) + 1);
    }
}

/*
 * What asn1c writes has prefixes, groups, and the DEFAULT values that it keeps
 * by value, which are those of LanePositionAndType.
 */
static void make_standard(char *text)
{
    static const char *const replaced[][2] = {
        {"<R1", "<"},
        {"</R1", "</"},
        {"<R2", "<"},
        {"</R2", "</"},
        {"<extGroup1>", ""},
        {"</extGroup1>", ""},
        {"<extGroup2>", ""},
        {"</extGroup2>", ""},
        {"<laneType>0</laneType>", ""},
        {"</laneType><direction>0</direction>", "</laneType>"},
        {"</transversalPosition><direction>0</direction>",
         "</transversalPosition>"},
    };

    for (size_t i = 0; i < sizeof replaced / sizeof replaced[0]; i++)
        replace_all(text, replaced[i][0], replaced[i][1]);
}

/* asn1c breaks the line where a string does; ours has a reference there. */
static int append(const void *bytes, size_t size, void *text)
{
    char *end = (char *)text + strlen(text);

    ck_assert_uint_lt(strlen(text) + 5 * size, TEXT_SIZE);
    for (const char *at = bytes; size > 0; at++, size--)
        if (*at == '\n' || *at == '\r')
            end = stpcpy(end, *at == '\n' ? "&#10;" : "&#13;");
        else
            *end++ = *at;
    *end = '\0';
    return 0;
}

/* Takes out what can be absent and has its DEFAULT value. */
static void drop_defaults(const struct stepden_type *type, void *value);

static void drop_default(const struct stepden_member *member, void *owner)
{
    void **at = (void *)((char *)owner + member->offset);
    void *value = member->is_pointer ? *at : at;

    if (!value)
        return;
    if (member->is_pointer && stepden_member_is_default(member, value))
        *at = NULL;
    else
        drop_defaults(member->type, value);
}

static void drop_defaults(const struct stepden_type *type, void *value)
{
    if (type->kind == STEPDEN_KIND_SEQUENCE)
        for (unsigned i = 0; i < type->count; i++)
            drop_default(&type->members[i], value);
    if (type->kind == STEPDEN_KIND_CHOICE)
        drop_default(stepden_alternative(type, value), value);
    if (type->kind == STEPDEN_KIND_LIST)
        for (int i = 0; i < stepden_list_count(value); i++)
            drop_defaults(type->members[0].type,
                          ((asn_anonymous_sequence_ *)value)->array[i]);
}

static const char *asn1c_xer(const struct stepden_type *type, void *value)
{
    static char text[TEXT_SIZE];

    text[0] = '\0';
    drop_defaults(type, value);
    ck_assert_int_ge(
        xer_encode(type->descriptor, value, XER_F_CANONICAL, append, text)
            .encoded,
        0);
    make_standard(text);
    return text;
}

static void check_vector(const char *line, enum stepden_release release)
{
    const struct stepden_type *type = stepden_grammar(release);
    struct encoded uper = sample_from_hex(strstr(line, "\"uper\":\"") + 8);
    void *value = tree_of(&arena, type, &uper);
    const char *found = xer_of(type, value);
    const char *expected = asn1c_xer(type, value);
    size_t same = 0;

    while (found[same] && found[same] == expected[same])
        same++;
    ck_assert_msg(found[same] == expected[same], "%.100s, not %.100s",
                  found + same, expected + same);
}

static void check_vectors(const char *file, enum stepden_release release)
{
    FILE *vectors = fopen(file, "r");
    char *line = NULL;
    size_t room = 0;
    int count = 0;

    ck_assert_ptr_nonnull(vectors);
    for (; getline(&line, &room, vectors) > 0; count++)
        check_vector(line, release);
    ck_assert_int_eq(count, 100);
    free(line);
    fclose(vectors);
}

START_TEST(release_1_is_written_as_asn1c_does)
{
    check_vectors(VECTORS "/denm_r1.ndjson", STEPDEN_RELEASE_R1);
}
END_TEST

START_TEST(release_2_is_written_as_asn1c_does)
{
    check_vectors(VECTORS "/denm_r2.ndjson", STEPDEN_RELEASE_R2);
}
END_TEST

START_TEST(elements_have_the_name_of_their_type)
{
    ck_assert_str_eq(xer_of_jer("denm.alacarte.roadWorks.restriction", "[3,4]"),
                     "<RestrictedTypes><StationType>3"
                     "</StationType><StationType>4"
                     "</StationType></RestrictedTypes>");
}
END_TEST

START_TEST(choices_in_a_list_have_no_tag_of_their_own)
{
    ck_assert_str_eq(
        xer_of_jer(
            "denm.location.linkedMapems",
            "[{\"intersection\":{\"id\":1}},{\"roadsegment\":{\"id\":2}}]"),
        "<MapReferences><intersection><id>1</id></intersection>"
        "<roadsegment><id>2</id></roadsegment></MapReferences>");
}
END_TEST

START_TEST(items_and_booleans_are_empty_elements)
{
    ck_assert_str_eq(
        xer_of_jer("denm.management.termination", "\"isNegation\""),
        "<Termination><isNegation/></Termination>");
    ck_assert_str_eq(xer_of_jer("denm.situation.perceivedEvent", "true"),
                     "<PerceivedEvent><true/></PerceivedEvent>");
    ck_assert_str_eq(xer_of_jer("denm.situation.perceivedEvent", "false"),
                     "<PerceivedEvent><false/></PerceivedEvent>");
}
END_TEST

START_TEST(bits_are_written_one_by_one)
{
    ck_assert_str_eq(
        xer_of_jer("denm.location.linkedIvims[].serviceProviderId.countryCode",
                   "\"a5c0\""),
        "<CountryCode>1010010111</CountryCode>");
}
END_TEST

START_TEST(octets_are_hexadecimal_in_upper_case)
{
    const struct stepden_type type = {.name = "OCTETS",
                                      .kind = STEPDEN_KIND_OCTETS};
    uint8_t octets[] = {0x0a, 0xff};
    const OCTET_STRING_t value = {.buf = octets, .size = 2};

    ck_assert_str_eq(xer_of(&type, &value), "<OCTETS>0AFF</OCTETS>");
}
END_TEST

START_TEST(strings_escape_markup_and_controls)
{
    ck_assert_str_eq(
        xer_of_jer("denm.alacarte.stationaryVehicle.carryingDangerousGoods."
                   "companyName",
                   "\"<a&b>\\\"\xc3\xa9\\u0000\\t\\n\\r\\u001f\""),
        "<UTF8String>&lt;a&amp;b&gt;\"\xc3\xa9<nul/>\t&#10;&#13;<is1/></"
        "UTF8String>");
}
END_TEST

START_TEST(unknown_items_and_alternatives_are_empty_elements)
{
    const struct stepden_type *item = type_at("denm.location.roadType");
    const struct stepden_type *list = type_at("denm.location.linkedMapems");
    const long unknown = -1;
    R2MapReference_t none = {.present = R2MapReference_PR_NOTHING};
    R2MapReference_t *elements[] = {&none, &none};
    const R2MapReferences_t two = {
        .list = {.array = elements, .count = 2, .size = 2}};

    ck_assert_str_eq(xer_of(item, &unknown), "<RoadType></RoadType>");
    ck_assert_str_eq(
        xer_of(list, &two),
        "<MapReferences><MapReference/><MapReference/></MapReferences>");
}
END_TEST

START_TEST(what_does_not_fit_makes_the_writer_full)
{
    static const char text[] = "<RoadType></RoadType>";
    const long unknown = -1;
    char buffer[64];

    for (size_t size = 0; size < sizeof text; size++) {
        struct stepden_json_writer writer = {.at = buffer,
                                             .end = buffer + size};

        memset(buffer, '#', sizeof buffer);
        stepden_xer_write(&writer, type_at("denm.location.roadType"), &unknown);
        ck_assert_int_eq(writer.full, size < strlen(text));
        ck_assert_int_eq(buffer[size], '#');
    }
    ck_assert_mem_eq(buffer, text, strlen(text));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("xer");
    TCase *tests = tcase_create("xer");

    tcase_add_checked_fixture(tests, NULL, empty_arena);
    tcase_add_test(tests, release_1_is_written_as_asn1c_does);
    tcase_add_test(tests, release_2_is_written_as_asn1c_does);
    tcase_add_test(tests, elements_have_the_name_of_their_type);
    tcase_add_test(tests, choices_in_a_list_have_no_tag_of_their_own);
    tcase_add_test(tests, items_and_booleans_are_empty_elements);
    tcase_add_test(tests, bits_are_written_one_by_one);
    tcase_add_test(tests, octets_are_hexadecimal_in_upper_case);
    tcase_add_test(tests, strings_escape_markup_and_controls);
    tcase_add_test(tests, unknown_items_and_alternatives_are_empty_elements);
    tcase_add_test(tests, what_does_not_fit_makes_the_writer_full);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
