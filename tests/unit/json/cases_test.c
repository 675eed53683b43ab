/* The table of tests/vectors/json, read by a look and into a record. CASES is
 * its path. */
#include <stdio.h>

#include "suite.h"
#include "json/find.h"

enum { LINE_SIZE = 1024 };

struct one {
    char name[64];
    bool accepted;
    char *text; /* exactly as long as it says */
    size_t size;
};

typedef void check_case(const struct one *one);

static int hex(char c)
{
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

/* Takes the %XX out of `text` in place; returns the size. */
static size_t unquote(char *text)
{
    char *to = text;

    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '%') {
            *to++ = (char)(16 * hex(at[1]) + hex(at[2]));
            at += 2;
        } else {
            *to++ = *at;
        }
    }
    return (size_t)(to - text);
}

static void take_line(char *line, check_case *check)
{
    struct one one = {.accepted = line[strcspn(line, " ") - 1] == 'y'};
    char *name = strchr(line, ' ') + 1, *text = strchr(name, ':');

    *text++ = '\0';
    text += *text == ' ';
    snprintf(one.name, sizeof(one.name), "%s", name);
    one.size = unquote(text);
    one.text = exact_copy(text, one.size);
    check(&one);
    free(one.text);
}

static void for_each(check_case *check)
{
    static char line[LINE_SIZE];
    FILE *file = fopen(CASES, "r");
    unsigned count = 0;

    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof(line), file) != NULL) {
        ck_assert_ptr_nonnull(strchr(line, '\n'));
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '\0' || line[0] == '#')
            continue;
        take_line(line, check);
        count++;
    }
    fclose(file);
    ck_assert_uint_gt(count, 300);
}

static void check_verdict(const struct one *one)
{
    struct stepden_diag diag;
    enum stepden_status status =
        stepden_json_check(one->text, one->size, &diag);

    if (one->accepted)
        ck_assert_msg(status == STEPDEN_OK, "%s: %s", one->name, diag.reason);
    else
        ck_assert_msg(status != STEPDEN_OK, "%s is accepted", one->name);
}

START_TEST(every_case_has_its_verdict)
{
    for_each(check_verdict);
}
END_TEST

static bool ends_itself(const struct one *one)
{
    return one->accepted && strchr("{[\"", one->text[0]) != NULL &&
           strchr("}]\"", one->text[one->size - 1]) != NULL;
}

/* The first `size` bytes are the beginning of a text, and no more. */
static void check_cut(const struct one *one, size_t size)
{
    char *cut = exact_copy(one->text, size);
    struct stepden_diag diag;

    ck_assert_msg(stepden_json_check(cut, size, &diag) == STEPDEN_ERR_TRUNCATED,
                  "%s, %zu bytes: %s", one->name, size, diag.reason);
    free(cut);
}

static void check_cuts(const struct one *one)
{
    if (!ends_itself(one))
        return;
    for (size_t size = 0; size < one->size; size++)
        check_cut(one, size);
}

START_TEST(a_text_that_is_cut_anywhere_is_truncated)
{
    for_each(check_cuts);
}
END_TEST

static void check_key(const struct one *one)
{
    static const char *const keys[] = {"a", "b", ""};
    struct stepden_json_span spans[3];
    struct stepden_diag diag;
    enum stepden_status status =
        stepden_json_find(one->text, one->size, keys, spans, 3, &diag);

    if (!one->accepted)
        ck_assert_msg(status != STEPDEN_OK, "%s is accepted", one->name);
    else if (memchr("{ \n\t\r", one->text[0], 5) == NULL)
        ck_assert_int_eq(status, STEPDEN_ERR_INVALID);
    for (int i = 0; i < 3 && status == STEPDEN_OK; i++)
        ck_assert_msg(spans[i].at == NULL ||
                          stepden_json_check(spans[i].at, spans[i].size,
                                             &diag) == STEPDEN_OK,
                      "%s: %s", one->name, diag.reason);
}

START_TEST(known_keys_make_no_difference)
{
    for_each(check_key);
}
END_TEST

RUN_SUITE("cases", every_case_has_its_verdict,
          a_text_that_is_cut_anywhere_is_truncated,
          known_keys_make_no_difference)
