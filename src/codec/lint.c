#include "codec/lint.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "codec/condition.h"
#include "codec/field_path.h"
#include "codec/message.h"

enum { PATH_SIZE = 512, REASON_SIZE = 1024, CLAUSE_SIZE = 256 };

static void check(struct stepden_lint *lint, const struct stepden_step *step,
                  const struct stepden_type *type, const void *value);

void stepden_lint_tell(struct stepden_lint *lint, const char *rule,
                       const char *clause, const char *path, const char *format,
                       ...)
{
    char reason[REASON_SIZE];
    const struct stepden_finding finding = {
        .rule = rule, .clause = clause, .path = path, .reason = reason};
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    lint->count++;
    lint->sink->take(lint->sink->ctx, &finding);
}

/* A finding that the modules of the release are the reason of. */
static void tell_type(struct stepden_lint *lint, const char *rule,
                      const struct stepden_step *step, const char *type,
                      const char *reason)
{
    bool is_r1 = lint->message->release == STEPDEN_RELEASE_R1;
    char path[PATH_SIZE];
    char clause[CLAUSE_SIZE];

    stepden_step_path(path, sizeof path, step);
    snprintf(clause, sizeof clause, "%s, %s",
             is_r1 ? "EN 302 637-3 / TS 102 894-2 V1.3.1"
                   : "TS 103 831 / TS 102 894-2",
             type);
    stepden_lint_tell(lint, rule, clause, path, "%s", reason);
}

static void check_condition(struct stepden_lint *lint,
                            const struct stepden_step *step,
                            const struct stepden_type *type, const void *value)
{
    char reason[REASON_SIZE];

    if (stepden_condition_holds(type->note->condition, type, value))
        return;
    stepden_condition_explain(reason, sizeof reason, type->note->condition,
                              type, value);
    tell_type(lint, type->note->type, step, type->note->type, reason);
}

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text);
    size_t end_size = strlen(end);

    return size >= end_size && strcmp(text + size - end_size, end) == 0;
}

/* A name that says that its value is out of use. */
static void check_name(struct stepden_lint *lint,
                       const struct stepden_step *step, const char *type,
                       const char *name, int64_t number)
{
    char reason[REASON_SIZE];
    const char *rule = NULL;
    const char *allowed = "";

    if (ends_with(name, "-deprecated")) {
        rule = "deprecated";
        allowed = "a value that is in use";
    } else if (strncmp(name, "reserved", strlen("reserved")) == 0) {
        rule = "reserved";
        allowed = "a value that has a meaning";
    } else if (strcmp(name, "doNotUse") == 0 ||
               strcmp(name, "valueNotUsed") == 0) {
        rule = "not-used";
        allowed = "any other value";
    }
    if (!rule)
        return;
    snprintf(reason, sizeof reason, "%s (%" PRId64 ") is found; allowed: %s",
             name, number, allowed);
    tell_type(lint, rule, step, type, reason);
}

/*
 * Codes of causes that have no name: the dictionaries reserve these for
 * later, while other types leave theirs to whoever uses them.
 */
static void check_nameless(struct stepden_lint *lint,
                           const struct stepden_step *step,
                           const struct stepden_type *type, int64_t number)
{
    char reason[REASON_SIZE];

    if (strcmp(type->name, "CauseCodeType") != 0 &&
        (!ends_with(type->name, "SubCauseCode")))
        return;
    snprintf(reason, sizeof reason,
             "%" PRId64 " is found, which is reserved for future use; "
             "allowed: the %zu codes with a name",
             number, type->note->name_count);
    tell_type(lint, "reserved", step, type->name, reason);
}

static void check_integer(struct stepden_lint *lint,
                          const struct stepden_step *step,
                          const struct stepden_type *type, const void *value)
{
    const struct asn1_note *note = type->note;
    int64_t number;

    if (!note || note->name_count == 0 ||
        !stepden_number_get(&number, type, value))
        return;
    for (size_t i = 0; i < note->name_count; i++)
        if (note->names[i].number == number) {
            check_name(lint, step, type->name, note->names[i].name, number);
            return;
        }
    check_nameless(lint, step, type, number);
}

/* An item or an alternative that the release does not know. */
static void tell_unknown(struct stepden_lint *lint,
                         const struct stepden_step *step,
                         const struct stepden_type *type, const char *what)
{
    char reason[REASON_SIZE];

    lint->unknown++;
    snprintf(reason, sizeof reason,
             "an unknown %s is found; allowed: one of its %u", what,
             type->count);
    tell_type(lint, "unknown", step, type->name, reason);
}

static void check_enumerated(struct stepden_lint *lint,
                             const struct stepden_step *step,
                             const struct stepden_type *type, const void *value)
{
    long number = *(const long *)value;
    const struct stepden_item *item = stepden_item(type, number);

    if (item)
        check_name(lint, step, type->name, item->name, number);
    else
        tell_unknown(lint, step, type, "item");
}

static void check_sequence(struct stepden_lint *lint,
                           const struct stepden_step *before,
                           const struct stepden_type *type, const void *owner)
{
    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        const struct stepden_step step = {.before = before, .member = member};
        const void *value = stepden_member_value(member, owner);

        if (value)
            check(lint, &step, member->type, value);
    }
}

static void check_choice(struct stepden_lint *lint,
                         const struct stepden_step *before,
                         const struct stepden_type *type, const void *owner)
{
    const struct stepden_member *member = stepden_alternative(type, owner);
    const struct stepden_step step = {.before = before, .member = member};

    if (!member) {
        tell_unknown(lint, before, type, "alternative");
        return;
    }
    check_name(lint, &step, type->name, member->name, member - type->members);
    check(lint, &step, member->type, stepden_member_value(member, owner));
}

static void check_list(struct stepden_lint *lint,
                       const struct stepden_step *before,
                       const struct stepden_type *type, const void *list)
{
    int count = stepden_list_count(list);

    for (int i = 0; i < count; i++) {
        const struct stepden_step step = {.before = before, .index = i};

        check(lint, &step, type->members[0].type,
              stepden_list_element(list, i));
    }
}

static void check(struct stepden_lint *lint, const struct stepden_step *step,
                  const struct stepden_type *type, const void *value)
{
    if (type->note && type->note->condition)
        check_condition(lint, step, type, value);
    switch (type->kind) {
    case STEPDEN_KIND_INTEGER:
        check_integer(lint, step, type, value);
        break;
    case STEPDEN_KIND_ENUMERATED:
        check_enumerated(lint, step, type, value);
        break;
    case STEPDEN_KIND_SEQUENCE:
        check_sequence(lint, step, type, value);
        break;
    case STEPDEN_KIND_CHOICE:
        check_choice(lint, step, type, value);
        break;
    case STEPDEN_KIND_LIST:
        check_list(lint, step, type, value);
        break;
    case STEPDEN_KIND_BOOLEAN:
    case STEPDEN_KIND_NULL:
    case STEPDEN_KIND_BITS:
    case STEPDEN_KIND_OCTETS:
    case STEPDEN_KIND_CHARACTERS:
    case STEPDEN_KIND_UTF8:
        break;
    }
}

/* Additions leave nothing behind but their number. */
static void check_unknown_additions(struct stepden_lint *lint)
{
    unsigned all = lint->message->unknown_count;
    unsigned count = all > lint->unknown ? all - lint->unknown : 0;
    char reason[REASON_SIZE];

    if (count == 0)
        return;
    snprintf(reason, sizeof reason,
             "%u unknown addition%s found; allowed: those of its modules",
             count, count == 1 ? " is" : "s are");
    tell_type(lint, "unknown", NULL, lint->message->type->name, reason);
}

unsigned stepden_message_lint(const struct stepden_message *message,
                              const struct stepden_finding_sink *sink)
{
    struct stepden_lint lint = {.message = message, .sink = sink};

    if (!message->tree)
        return 0;
    check(&lint, NULL, message->type, message->tree);
    stepden_lint_rules(&lint);
    check_unknown_additions(&lint);
    return lint.count;
}
