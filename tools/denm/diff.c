#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "commands.h"
#include "input.h"
#include "report.h"
#include "rows.h"

struct comparison {
    struct stepden_message *message;
    struct denm_rows sides[2];
    size_t count; /* of messages so far */
    bool failed;
};

static bool take(void *ctx, const struct denm_item *item)
{
    struct comparison *comparison = ctx;
    struct stepden_diag diag = {0};

    if (comparison->count++ == 2)
        return false;
    if (denm_item_decode(comparison->message, item, &diag) != STEPDEN_OK) {
        denm_report(item, &diag);
        comparison->failed = true;
        return false;
    }
    struct stepden_field_sink sink =
        denm_rows_sink(&comparison->sides[comparison->count - 1]);

    stepden_message_walk(comparison->message, &sink);
    return true;
}

/* Which of two fields a message has first. */
static int compare_order(const struct denm_row *left,
                         const struct denm_row *right)
{
    for (size_t i = 0; i < left->order_count && i < right->order_count; i++)
        if (left->order[i] != right->order[i])
            return left->order[i] < right->order[i] ? -1 : 1;
    if (left->order_count == right->order_count)
        return 0;
    return left->order_count < right->order_count ? -1 : 1;
}

static void put_value(const struct denm_row *row)
{
    fputs(row->value, stdout);
    if (row->meaning[0])
        printf(" (%s)", row->meaning);
}

static void put_side(const char *sign, const struct denm_row *row)
{
    printf("%s%s: ", sign, row->path);
    put_value(row);
    putchar('\n');
}

static bool put_change(const struct denm_row *left,
                       const struct denm_row *right)
{
    if (strcmp(left->value, right->value) == 0)
        return false;
    printf("%s: ", left->path);
    put_value(left);
    fputs(" -> ", stdout);
    put_value(right);
    putchar('\n');
    return true;
}

/* Both are in the order of the message. Returns whether they differ. */
static bool compare(const struct denm_rows *left, const struct denm_rows *right)
{
    size_t l = 0, r = 0;
    bool differs = false;

    while (l < left->count || r < right->count) {
        int order = l == left->count ? 1
                    : r == right->count
                        ? -1
                        : compare_order(&left->rows[l], &right->rows[r]);
        if (order < 0)
            put_side("- ", &left->rows[l++]);
        else if (order > 0)
            put_side("+ ", &right->rows[r++]);
        if (order == 0)
            differs |= put_change(&left->rows[l++], &right->rows[r++]);
        else
            differs = true;
    }
    return differs;
}

static int conclude(const struct comparison *comparison, int code)
{
    if (comparison->sides[0].failed || comparison->sides[1].failed)
        return EX_OSERR;
    if (code || comparison->failed)
        return code ? code : EX_DATAERR;
    if (comparison->count != 2) {
        fprintf(stderr, "denm diff: %s than two messages\n",
                comparison->count < 2 ? "less" : "more");
        return EX_DATAERR;
    }
    return compare(&comparison->sides[0], &comparison->sides[1])
               ? DENM_EXIT_FAILED
               : EX_OK;
}

int denm_diff(const struct denm_options *options)
{
    struct comparison comparison = {
        .message = stepden_message_new(options->release),
    };
    struct denm_sink sink = {.take = take, .ctx = &comparison};

    if (!comparison.message)
        return EX_OSERR;
    int code = conclude(&comparison, denm_input_run(options, &sink));
    stepden_message_free(comparison.message);
    denm_rows_free(&comparison.sides[0]);
    denm_rows_free(&comparison.sides[1]);
    return code;
}
