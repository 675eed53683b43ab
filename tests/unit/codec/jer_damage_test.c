/*
 * JER that was cut or changed: it is refused, or it is a DENM. VECTORS is the
 * folder of tests/vectors.
 */
#include <stdio.h>

#include "jer_case.h"

enum { VECTOR_COUNT = 2 };

static struct stepden_arena arena;

static void empty_arena(void)
{
    stepden_arena_free(&arena);
    arena = (struct stepden_arena){0};
}

typedef void check_text(const struct stepden_type *type, const char *text);

/* Whatever is read can be sent, and comes back as it was written. */
static void check_sound(const struct stepden_type *type, const void *value)
{
    const char *text = jer_of(type, value);
    struct encoded uper = uper_of(type, value);
    void *decoded = tree_of(&arena, type, &uper);

    ck_assert_str_eq(jer_of(type, decoded), text);
}

static void check_outcome(const struct stepden_type *type, const char *text,
                          size_t size)
{
    struct stepden_diag diag = {.where = ""};
    void *value;
    enum stepden_status status =
        read_jer_bytes(&value, &arena, type, text, size, &diag);

    if (status == STEPDEN_OK) {
        check_sound(type, value);
        return;
    }
    ck_assert_msg(
        status == STEPDEN_ERR_TRUNCATED || status == STEPDEN_ERR_SYNTAX ||
            status == STEPDEN_ERR_INVALID || status == STEPDEN_ERR_RANGE,
        "%s", stepden_status_text(status));
    ck_assert_uint_le(diag.offset, size);
    ck_assert_uint_gt(strlen(diag.reason), 0);
}

static void check_file(const char *file, enum stepden_release release,
                       check_text *check)
{
    const struct stepden_type *type = stepden_grammar(release);
    FILE *vectors = fopen(file, "r");
    char *line = NULL;
    size_t room = 0;

    ck_assert_ptr_nonnull(vectors);
    for (int i = 0; i < VECTOR_COUNT; i++) {
        ck_assert_int_gt(getline(&line, &room, vectors), 0);
        struct encoded uper = sample_from_hex(strstr(line, "\"uper\":\"") + 8);
        static char text[TEXT_SIZE];

        strcpy(text, jer_of(type, tree_of(&arena, type, &uper)));
        check(type, text);
        empty_arena();
    }
    free(line);
    fclose(vectors);
}

static void check_all(check_text *check)
{
    check_file(VECTORS "/denm_r1.ndjson", STEPDEN_RELEASE_R1, check);
    check_file(VECTORS "/denm_r2.ndjson", STEPDEN_RELEASE_R2, check);
}

/* A number that is cut may be out of range, before anything else. */
static void check_cut(const struct stepden_type *type, const char *text)
{
    void *value;

    for (size_t size = 0; text[size]; size++) {
        enum stepden_status status =
            read_jer_bytes(&value, &arena, type, text, size, NULL);

        ck_assert_msg(status == STEPDEN_ERR_TRUNCATED ||
                          status == STEPDEN_ERR_RANGE,
                      "%.*s", (int)size, text);
        stepden_arena_reset(&arena);
    }
}

START_TEST(a_text_that_is_cut_is_refused)
{
    check_all(check_cut);
}
END_TEST

static void check_changed(const struct stepden_type *type, const char *text)
{
    static const char changes[] = "9-\"},\\\x80";
    size_t size = strlen(text);
    char *changed = malloc(size + 1);

    strcpy(changed, text);
    for (size_t i = 0; i < size; i++) {
        for (size_t j = 0; j < sizeof changes; j++) { /* with NUL */
            changed[i] = changes[j];
            check_outcome(type, changed, size);
            stepden_arena_reset(&arena);
        }
        changed[i] = text[i];
    }
    free(changed);
}

START_TEST(a_text_with_another_byte_is_refused_or_can_be_sent)
{
    check_all(check_changed);
}
END_TEST

/* Takes out, or doubles, what is between two commas or brackets. */
static void check_moved(const struct stepden_type *type, const char *text)
{
    static char moved[2 * TEXT_SIZE];
    size_t size = strlen(text);

    for (size_t i = 0; i < size; i++) {
        size_t part = strcspn(text + i + 1, ",}]") + 1;

        if (!strchr(",{[", text[i]))
            continue;
        memcpy(moved, text, i);
        strcpy(moved + i, text + i + part);
        check_outcome(type, moved, strlen(moved));
        memcpy(moved, text, i + part);
        strcpy(moved + i + part, text + i);
        check_outcome(type, moved, strlen(moved));
        stepden_arena_reset(&arena);
    }
}

START_TEST(a_text_with_parts_moved_is_refused_or_can_be_sent)
{
    check_all(check_moved);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jer_damage");
    TCase *tests = tcase_create("jer_damage");

    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, NULL, empty_arena);
    tcase_add_test(tests, a_text_that_is_cut_is_refused);
    tcase_add_test(tests, a_text_with_another_byte_is_refused_or_can_be_sent);
    tcase_add_test(tests, a_text_with_parts_moved_is_refused_or_can_be_sent);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
