/*
 * JER of DENMs made by an independent codec; see tests/vectors. VECTORS is
 * their folder.
 */
#include <json-c/json.h>
#include <stdio.h>

#include "jer_case.h"

struct vector {
    const struct stepden_type *type;
    struct encoded uper;
    json_object *jer;
    struct stepden_arena arena;
};

typedef void check_vector(struct vector *vector);

static json_object *member(json_object *owner, const char *name)
{
    json_object *value = NULL;

    json_object_object_get_ex(owner, name, &value);
    return value;
}

static const char *plain(json_object *value)
{
    return json_object_to_json_string_ext(
        value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}

static void *read_text(struct vector *vector, const char *text)
{
    struct stepden_diag diag = {.where = ""};
    void *value;

    ck_assert_msg(read_jer(&value, &vector->arena, vector->type, text, &diag) ==
                      STEPDEN_OK,
                  "%s: %s in %s", diag.where, diag.reason, text);
    return value;
}

static void check_uper(const struct vector *vector, const void *value)
{
    struct encoded uper = uper_of(vector->type, value);

    ck_assert_mem_eq(uper.bytes, vector->uper.bytes, vector->uper.size);
    ck_assert_uint_eq(uper.size, vector->uper.size);
}

static void check_line(const char *line, enum stepden_release release,
                       check_vector *check)
{
    json_object *text = json_tokener_parse(line);
    struct vector vector = {
        .type = stepden_grammar(release),
        .uper = sample_from_hex(json_object_get_string(member(text, "uper"))),
        .jer = member(text, "jer"),
    };

    check(&vector);
    stepden_arena_free(&vector.arena);
    json_object_put(text);
}

static void check_file(const char *file, enum stepden_release release,
                       check_vector *check)
{
    FILE *vectors = fopen(file, "r");
    char *line = NULL;
    size_t room = 0;
    int count = 0;

    ck_assert_ptr_nonnull(vectors);
    for (; getline(&line, &room, vectors) > 0; count++)
        check_line(line, release, check);
    ck_assert_int_eq(count, 100);
    free(line);
    fclose(vectors);
}

static void check_all(check_vector *check)
{
    check_file(VECTORS "/denm_r1.ndjson", STEPDEN_RELEASE_R1, check);
    check_file(VECTORS "/denm_r2.ndjson", STEPDEN_RELEASE_R2, check);
}

static void check_written(struct vector *vector)
{
    void *value = tree_of(&vector->arena, vector->type, &vector->uper);
    const char *text = jer_of(vector->type, value);
    json_object *found = json_tokener_parse(text);

    ck_assert_msg(json_object_equal(found, vector->jer), "%s\n%s", text,
                  plain(vector->jer));
    json_object_put(found);
}

START_TEST(decoded_uper_is_written_as_its_jer)
{
    check_all(check_written);
}
END_TEST

static void check_read(struct vector *vector)
{
    check_uper(vector, read_text(vector, plain(vector->jer)));
}

START_TEST(jer_that_is_read_is_encoded_as_its_uper)
{
    check_all(check_read);
}
END_TEST

static void check_again(struct vector *vector)
{
    void *value = tree_of(&vector->arena, vector->type, &vector->uper);
    const char *text = jer_of(vector->type, value);
    void *again = read_text(vector, text);

    ck_assert_str_eq(jer_of(vector->type, again), text);
    check_uper(vector, again);
}

START_TEST(jer_that_was_written_is_read_and_written_again_as_it_was)
{
    check_all(check_again);
}
END_TEST

static json_object *reversed(json_object *value);

static json_object *reversed_object(json_object *value)
{
    json_object *made = json_object_new_object();
    int count = json_object_object_length(value);

    for (int i = count - 1; i >= 0; i--) {
        int at = 0;

        json_object_object_foreach(value, name, of)
        {
            if (at++ == i)
                json_object_object_add(made, name, reversed(of));
        }
    }
    return made;
}

/* A copy with the members of all objects in the reverse order. */
static json_object *reversed(json_object *value)
{
    if (json_object_is_type(value, json_type_object))
        return reversed_object(value);
    if (!json_object_is_type(value, json_type_array))
        return json_object_get(value);

    json_object *made = json_object_new_array();
    for (size_t i = 0; i < json_object_array_length(value); i++)
        json_object_array_add(made,
                              reversed(json_object_array_get_idx(value, i)));
    return made;
}

static void check_reversed(struct vector *vector)
{
    json_object *backwards = reversed(vector->jer);

    ck_assert_str_ne(plain(backwards), plain(vector->jer));
    check_uper(vector, read_text(vector, plain(backwards)));
    json_object_put(backwards);
}

START_TEST(members_are_read_in_the_reverse_order)
{
    check_all(check_reversed);
}
END_TEST

static void check_spaced(struct vector *vector)
{
    check_uper(vector,
               read_text(vector, json_object_to_json_string_ext(
                                     vector->jer, JSON_C_TO_STRING_PRETTY)));
}

START_TEST(white_space_means_nothing)
{
    check_all(check_spaced);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jer_vectors");
    TCase *tests = tcase_create("jer_vectors");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, decoded_uper_is_written_as_its_jer);
    tcase_add_test(tests, jer_that_is_read_is_encoded_as_its_uper);
    tcase_add_test(tests,
                   jer_that_was_written_is_read_and_written_again_as_it_was);
    tcase_add_test(tests, members_are_read_in_the_reverse_order);
    tcase_add_test(tests, white_space_means_nothing);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
