#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include <stepden/json/writer.h>

#include "canonical.h"
#include "commands.h"
#include "input.h"
#include "report.h"

struct linter {
    const struct denm_options *options;
    struct stepden_message *message;
    const struct denm_item *item;
    bool has_findings;
};

static void put_member(struct stepden_json_writer *writer, const char *name,
                       const char *value)
{
    stepden_json_put(writer, name, strlen(name));
    stepden_json_put_string(writer, value);
}

static void put_number(struct stepden_json_writer *writer, const char *name,
                       uint64_t value)
{
    stepden_json_put(writer, name, strlen(name));
    stepden_json_put_integer(writer, (int64_t)value);
}

static void put_origin(struct stepden_json_writer *writer,
                       const struct denm_origin *origin)
{
    put_member(writer, ",\"source\":", origin->source);
    if (origin->line)
        put_number(writer, ",\"line\":", origin->line);
    if (origin->entry)
        put_member(writer, ",\"entry\":", origin->entry);
}

static void put_json(const struct denm_item *item,
                     const struct stepden_finding *finding)
{
    char line[8 * DENM_REPORT_SIZE]; /* a path, its characters escaped */
    struct stepden_json_writer writer = {.at = line, .end = line + sizeof line};

    put_number(&writer, "{\"message\":", item->number);
    put_origin(&writer, item->origin);
    put_member(&writer, ",\"rule\":", finding->rule);
    put_member(&writer, ",\"clause\":", finding->clause);
    put_member(&writer, ",\"field\":", finding->path);
    put_member(&writer, ",\"reason\":", finding->reason);
    printf("%.*s}\n", (int)(writer.at - line), line);
}

static void take_finding(void *ctx, const struct stepden_finding *finding)
{
    struct linter *linter = ctx;

    linter->has_findings = true;
    if (linter->options->output == DENM_REPORT_JSON)
        put_json(linter->item, finding);
    else
        printf("%s: message %" PRIu64 ": %s%s%s [%s; %s]\n",
               linter->item->origin->text, linter->item->number, finding->path,
               finding->path[0] ? ": " : "", finding->reason, finding->rule,
               finding->clause);
}

/* What cannot be decoded breaks the first rule of all. */
static void take_failure(struct linter *linter, const struct denm_item *item,
                         const struct stepden_diag *diag)
{
    struct stepden_finding finding = {
        .rule = "encoding",
        .clause = "X.691",
        .path = diag->where,
        .reason = diag->reason,
    };

    take_finding(linter, &finding);
    denm_report(item, diag);
}

static bool take(void *ctx, const struct denm_item *item)
{
    struct linter *linter = ctx;
    struct stepden_finding_sink sink = {.take = take_finding, .ctx = linter};
    struct stepden_diag diag = {0};

    linter->item = item;
    if (denm_item_decode(linter->message, item, &diag) != STEPDEN_OK) {
        take_failure(linter, item, &diag);
    } else {
        stepden_message_lint(linter->message, &sink);
        denm_canonical_check(item, linter->message, linter->options->release,
                             &sink);
    }
    return !ferror(stdout);
}

int denm_lint(const struct denm_options *options)
{
    struct linter linter = {
        .options = options,
        .message = stepden_message_new(options->release),
    };
    struct denm_sink sink = {.take = take, .ctx = &linter};

    if (!linter.message)
        return EX_OSERR;
    int code = denm_input_run(options, &sink);
    stepden_message_free(linter.message);
    return denm_exit(code, linter.has_findings);
}
