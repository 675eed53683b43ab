#include "daemon/options.h"

#include <stdbool.h>
#include <string.h>

#include "base/diag.h"
#include "json/scan.h"

#define USAGE                                                                  \
    "Usage: stepden --config FILE [--instance NAME]\n"                         \
    "               [--check | --print-config]\n"                              \
    "       stepden --replay FILE [--explain]\n"                               \
    "               [--config FILE] [--instance NAME]\n"                       \
    "       stepden --conf_schema [FILE] | --conf_template [FILE]\n"           \
    "       stepden --version | --help\n"

const char stepden_options_usage[] = USAGE;

const char stepden_options_help[] = USAGE
    "\n"
    "  -c, --config FILE           run the service with this configuration\n"
    "  -i, --instance NAME         in place of its instanceName\n"
    "      --check                 only check it, and tell which keys and\n"
    "                              rights it needs in Redis\n"
    "      --print-config          only print it, defaults filled in and\n"
    "                              secrets masked\n"
    "      --replay FILE           take inputs from FILE, write outputs, a\n"
    "                              line each; needs no Redis\n"
    "      --explain               and why there is an output, or none\n"
    "  -s, --conf_schema [FILE]    write the configuration's JSON Schema\n"
    "  -t, --conf_template [FILE]  write a configuration of all defaults\n"
    "  -v, --version               print the version\n"
    "  -h, --help                  print this\n"
    "\n"
    "A FILE - is a standard stream; one that is written to starts anew.\n"
    "SIGHUP reloads the configuration. See stepden(1), stepden.json(5).\n";

enum value {
    VALUE_NONE,
    VALUE_OPTIONAL,
    VALUE_REQUIRED,
};

enum role {
    ROLE_COMMAND,
    ROLE_CONFIG,
    ROLE_INSTANCE,
    ROLE_EXPLAIN,
};

struct option {
    const char *name;
    char letter;
    enum value value;
    enum role role;
    enum stepden_command command;
};

static const struct option known[] = {
    {"--version", 'v', VALUE_NONE, ROLE_COMMAND, STEPDEN_COMMAND_VERSION},
    {"--help", 'h', VALUE_NONE, ROLE_COMMAND, STEPDEN_COMMAND_HELP},
    {"--conf_schema", 's', VALUE_OPTIONAL, ROLE_COMMAND,
     STEPDEN_COMMAND_SCHEMA},
    {"--conf_template", 't', VALUE_OPTIONAL, ROLE_COMMAND,
     STEPDEN_COMMAND_TEMPLATE},
    {"--check", '\0', VALUE_NONE, ROLE_COMMAND, STEPDEN_COMMAND_CHECK},
    {"--print-config", '\0', VALUE_NONE, ROLE_COMMAND,
     STEPDEN_COMMAND_PRINT_CONFIG},
    {"--replay", '\0', VALUE_REQUIRED, ROLE_COMMAND, STEPDEN_COMMAND_REPLAY},
    {"--explain", '\0', VALUE_NONE, ROLE_EXPLAIN, STEPDEN_COMMAND_REPLAY},
    {"--config", 'c', VALUE_REQUIRED, ROLE_CONFIG, STEPDEN_COMMAND_SERVE},
    {"--instance", 'i', VALUE_REQUIRED, ROLE_INSTANCE, STEPDEN_COMMAND_SERVE},
};

#define KNOWN_COUNT (sizeof known / sizeof known[0])

struct cursor {
    char *const *argument;
    char *const *end;
};

static char hyphen(char letter)
{
    return letter == '_' ? '-' : letter;
}

static bool same_name(const char *name, const char *given, size_t size)
{
    if (strlen(name) != size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (hyphen(name[i]) != hyphen(given[i]))
            return false;
    return true;
}

/* Sets `value` to what is attached to the option, or NULL. */
static const struct option *find_long(const char *text, const char **value)
{
    size_t size = strcspn(text, "=");
    *value = text[size] ? text + size + 1 : NULL;
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (same_name(known[i].name, text, size))
            return &known[i];
    return NULL;
}

static const struct option *find_short(const char *text, const char **value)
{
    *value = text[0] && text[1] ? text + 1 : NULL;
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (text[0] && known[i].letter == text[0])
            return &known[i];
    return NULL;
}

static bool is_value(const struct option *option, const char *text)
{
    if (option->value == VALUE_REQUIRED)
        return true;
    return option->value == VALUE_OPTIONAL &&
           (text[0] != '-' || strcmp(text, "-") == 0);
}

/* NULL of the service, which no option names. */
static const char *name_of(enum stepden_command command)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (known[i].role == ROLE_COMMAND && known[i].command == command)
            return known[i].name;
    return NULL;
}

/* Asked for by who does not know what else to write. */
static bool is_about_us(enum stepden_command command)
{
    return command == STEPDEN_COMMAND_HELP ||
           command == STEPDEN_COMMAND_VERSION;
}

static enum stepden_status take_command(struct stepden_options *options,
                                        const struct option *option,
                                        const char *value,
                                        struct stepden_diag *diag)
{
    if (options->command != STEPDEN_COMMAND_SERVE &&
        options->command != option->command && !is_about_us(option->command))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, option->name,
                                "does not go with %s",
                                name_of(options->command));
    options->command = option->command;
    options->file = value;
    return STEPDEN_OK;
}

static enum stepden_status take_option(struct stepden_options *options,
                                       const struct option *option,
                                       const char *value,
                                       struct stepden_diag *diag)
{
    if (option->value == VALUE_REQUIRED && (!value || !value[0]))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, option->name,
                                "needs a value");
    if (option->value == VALUE_NONE && value)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, option->name,
                                "takes no value");

    if (option->role == ROLE_CONFIG)
        options->config = value;
    else if (option->role == ROLE_INSTANCE)
        options->instance = value;
    else if (option->role == ROLE_EXPLAIN)
        options->explain = true;
    else
        return take_command(options, option, value, diag);
    return STEPDEN_OK;
}

static const char *known_name(const void *ctx, size_t i)
{
    (void)ctx;
    return known[i].name;
}

static enum stepden_status refuse_unknown(const char *text,
                                          struct stepden_diag *diag)
{
    struct stepden_json_word word = {.at = text, .size = strcspn(text, "=")};
    const char *nearest =
        text[0] == '-' && text[1] == '-'
            ? stepden_json_nearest(&word, known_name, NULL, KNOWN_COUNT)
            : NULL;
    if (nearest)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, text,
                                "is no option: do you mean %s?", nearest);
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, text, "is no option");
}

static enum stepden_status take_next(struct stepden_options *options,
                                     struct cursor *cursor,
                                     struct stepden_diag *diag)
{
    const char *text = *cursor->argument++;
    const struct option *option = NULL;
    const char *value = NULL;
    if (strncmp(text, "--", 2) == 0)
        option = find_long(text, &value);
    else if (text[0] == '-')
        option = find_short(text + 1, &value);
    if (!option)
        return refuse_unknown(text, diag);

    if (!value && cursor->argument < cursor->end &&
        is_value(option, *cursor->argument))
        value = *cursor->argument++;
    return take_option(options, option, value, diag);
}

static bool is_standard(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

/* Whether what was given goes with the command. */
static enum stepden_status check(const struct stepden_options *options,
                                 struct stepden_diag *diag)
{
    enum stepden_command command = options->command;
    const char *name = name_of(command);
    bool is_document = command == STEPDEN_COMMAND_SCHEMA ||
                       command == STEPDEN_COMMAND_TEMPLATE;
    bool wants_config = command == STEPDEN_COMMAND_SERVE ||
                        command == STEPDEN_COMMAND_CHECK ||
                        command == STEPDEN_COMMAND_PRINT_CONFIG;

    if (options->explain && command != STEPDEN_COMMAND_REPLAY)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "--explain",
                                "belongs to --replay");
    if (wants_config && !options->config)
        return name ? stepden_diag_set(diag, STEPDEN_ERR_INVALID, name,
                                       "needs --config")
                    : stepden_diag_set(diag, STEPDEN_ERR_INVALID, "--config",
                                       "is missing");
    if (is_document && (options->config || options->instance))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, name,
                                "does not go with %s: it writes the defaults",
                                options->config ? "--config" : "--instance");
    if (is_standard(options->config) && is_standard(options->file))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "--config",
                                "and %s cannot both be standard input", name);
    return STEPDEN_OK;
}

enum stepden_status stepden_options_parse(struct stepden_options *options,
                                          int argc, char *const argv[],
                                          struct stepden_diag *diag)
{
    *options = (struct stepden_options){.command = STEPDEN_COMMAND_SERVE};
    struct cursor cursor = {.argument = argv + (argc > 0), .end = argv + argc};
    while (cursor.argument < cursor.end) {
        enum stepden_status status = take_next(options, &cursor, diag);
        if (status != STEPDEN_OK || is_about_us(options->command))
            return status;
    }
    enum stepden_status status = check(options, diag);
    if (is_standard(options->config))
        options->config = "/dev/stdin";
    return status;
}
