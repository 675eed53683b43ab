/* What the tests of reading JER share: one text, one outcome. */
#ifndef JER_RULES_H
#define JER_RULES_H

#include "jer_case.h"

static struct stepden_arena arena;
static struct stepden_diag diag;

static inline void empty_arena(void)
{
    stepden_arena_free(&arena);
    arena = (struct stepden_arena){0};
}

static inline void *reads_type(const struct stepden_type *type,
                               const char *text)
{
    void *value;

    diag = (struct stepden_diag){.where = ""};
    ck_assert_msg(read_jer(&value, &arena, type, text, &diag) == STEPDEN_OK,
                  "%s: %s: %s", text, diag.where, diag.reason);
    return value;
}

/* Checks that the text is read, and written as `written`. */
static inline void reads_as(const char *path, const char *text,
                            const char *written)
{
    const struct stepden_type *type = type_at(path);

    ck_assert_str_eq(jer_of(type, reads_type(type, text)), written);
}

static inline void reads(const char *path, const char *text)
{
    reads_as(path, text, text);
}

static inline void refuses_type(const struct stepden_type *type,
                                const char *text, enum stepden_status status,
                                const char *where, const char *reason,
                                size_t offset)
{
    void *value;
    enum stepden_status found;

    diag = (struct stepden_diag){.where = ""};
    found = read_jer(&value, &arena, type, text, &diag);
    ck_assert_msg(found == status, "%s: %s, %s: %s", text,
                  stepden_status_text(found), diag.where, diag.reason);
    ck_assert_str_eq(diag.where, where);
    ck_assert_str_eq(diag.reason, reason);
    ck_assert_uint_eq(diag.offset, offset);
    ck_assert_int_eq(read_jer(&value, &arena, type, text, NULL), status);
}

static inline void refuses(const char *path, const char *text,
                           enum stepden_status status, const char *where,
                           const char *reason, size_t offset)
{
    refuses_type(type_at(path), text, status, where, reason, offset);
}

/* Runs `tests`; what main returns. */
static inline int run_rules(const char *name, const TTest *const tests[],
                            size_t count)
{
    Suite *suite = suite_create(name);
    TCase *all = tcase_create(name);

    tcase_add_checked_fixture(all, NULL, empty_arena);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(all, tests[i]);
    suite_add_tcase(suite, all);
    return sample_run(suite);
}

#define RUN_RULES(name, ...)                                                   \
    int main(void)                                                             \
    {                                                                          \
        const TTest *const tests[] = {__VA_ARGS__};                            \
        return run_rules(name, tests, sizeof tests / sizeof tests[0]);         \
    }

#endif
