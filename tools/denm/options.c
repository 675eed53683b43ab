#include "options.h"

#include <stdio.h>
#include <string.h>

#include "json/scan.h"

/* Of what --help says of an option, from the second line on. */
#define INDENT "                         "

struct option {
    const char *name;
    char letter;
    unsigned taken_by;
    const char *value; /* what --help calls it; NULL: takes none */
    const char *help;
};

static const struct option known[] = {
    {"--input", 'i', DENM_TAKES_INPUT, "FORMAT",
     "hex, base64, ndjson: a message a line; binary: one a\n" INDENT
     "file; auto, the default: told from the content"},
    {"--input", 'i', DENM_TAKES_JER, "FORMAT",
     "jer: a text a line, or indented; ndjson: the member jer\n" INDENT
     "of a line; auto, the default: told from the content"},
    {"--output", 'o', DENM_TAKES_OUTPUT, "FORMAT", NULL},
    {"--release", 'r', DENM_TAKES_RELEASE, "r1|r2",
     "EN 302 637-3 or, the default, TS 103 831"},
    {"--write", 'w', DENM_TAKES_WRITE, "FILE",
     "there, and not to standard output"},
    {"--redis", 0, DENM_TAKES_REDIS, "URL",
     "take the messages from a stream; redis:// or rediss://\n" INDENT
     "[USER:PASSWORD@]HOST[:PORT][/DB], or unix:///SOCKET"},
    {"--stream", 0, DENM_TAKES_REDIS, "NAME",
     "the stream; step:{step}:client:out by default"},
    {"--after", 0, DENM_TAKES_REDIS, "ID",
     "entries behind that one; $: behind the last one"},
    {"--follow", 'f', DENM_TAKES_REDIS, NULL,
     "wait for more, until SIGINT or SIGTERM"},
    {"--help", 'h', ~0u, NULL, "print this"},
};

#define KNOWN_COUNT (sizeof known / sizeof known[0])

static const char *const formats[] = {
    [DENM_FORMAT_AUTO] = "auto",     [DENM_FORMAT_HEX] = "hex",
    [DENM_FORMAT_BINARY] = "binary", [DENM_FORMAT_BASE64] = "base64",
    [DENM_FORMAT_NDJSON] = "ndjson", [DENM_FORMAT_JER] = "jer",
};

struct reader {
    struct denm_options *options;
    const struct denm_command *command;
    char **at; /* the next argument */
};

static bool complain(const struct reader *reader, const char *where,
                     const char *what)
{
    fprintf(stderr, "denm %s: %s: %s; see denm %s --help\n",
            reader->command->name, where, what, reader->command->name);
    return false;
}

static const char *name_of_option(const void *ctx, size_t i)
{
    const struct option *const *tried = ctx;

    return tried[i]->name;
}

static bool complain_of_option(const struct reader *reader, const char *text)
{
    const struct option *tried[KNOWN_COUNT];
    struct stepden_json_word word = {text, strcspn(text, "=")};
    size_t count = 0;
    char what[96] = "no such option";

    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (known[i].taken_by & reader->command->takes)
            tried[count++] = &known[i];
    const char *nearest =
        stepden_json_nearest(&word, name_of_option, tried, count);
    if (nearest)
        snprintf(what, sizeof what, "no such option, did you mean %s?",
                 nearest);
    return complain(reader, text, what);
}

static bool is_named(const struct option *option, const char *text)
{
    size_t size = strcspn(text, "=");

    if (text[0] == '-' && text[1] != '-')
        return option->letter && text[1] == option->letter;
    return strlen(option->name) == size &&
           strncmp(option->name, text, size) == 0;
}

static const struct option *find(const struct reader *reader, const char *text)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (known[i].taken_by & reader->command->takes &&
            is_named(&known[i], text))
            return &known[i];
    return NULL;
}

/* A format that suits the command. */
static bool take_input(struct reader *reader, const char *value)
{
    bool of_jer = reader->command->takes & DENM_TAKES_JER;

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        bool is_of_jer = i == DENM_FORMAT_JER;
        bool is_of_both = i == DENM_FORMAT_AUTO || i == DENM_FORMAT_NDJSON;

        if (strcmp(formats[i], value) == 0 &&
            (is_of_both || is_of_jer == of_jer)) {
            reader->options->input = (enum denm_format)i;
            return true;
        }
    }
    return complain(reader, value,
                    of_jer ? "--input is auto, jer or ndjson"
                           : "--input is auto, hex, binary, base64 or ndjson");
}

static bool take_output(struct reader *reader, const char *value)
{
    const char *const *outputs = reader->command->outputs;

    for (size_t i = 0; outputs[i]; i++)
        if (strcmp(outputs[i], value) == 0) {
            reader->options->output = i;
            return true;
        }
    return complain(reader, value, "no such --output");
}

static bool take_release(struct reader *reader, const char *value)
{
    if (strcmp(value, "r1") != 0 && strcmp(value, "r2") != 0)
        return complain(reader, value, "--release is r1 or r2");
    reader->options->release =
        value[1] == '1' ? STEPDEN_RELEASE_R1 : STEPDEN_RELEASE_R2;
    return true;
}

static bool take_value(struct reader *reader, const struct option *option,
                       const char *value)
{
    struct denm_options *options = reader->options;

    switch (option->taken_by) {
    case DENM_TAKES_INPUT:
    case DENM_TAKES_JER:
        return take_input(reader, value);
    case DENM_TAKES_OUTPUT:
        return take_output(reader, value);
    case DENM_TAKES_RELEASE:
        return take_release(reader, value);
    case DENM_TAKES_WRITE:
        options->write = value;
        return true;
    default:
        if (strcmp(option->name, "--redis") == 0)
            options->redis = value;
        else if (strcmp(option->name, "--stream") == 0)
            options->stream = value;
        else
            options->after = value;
        return true;
    }
}

static bool take_flag(struct reader *reader, const struct option *option,
                      const char *value)
{
    if (value)
        return complain(reader, option->name, "takes no value");
    if (option->letter == 'f')
        reader->options->follow = true;
    else
        reader->options->help = true;
    return true;
}

/* The value follows in the same argument, or it is the next one. */
static bool take_option(struct reader *reader, const char *text)
{
    const struct option *option = find(reader, text);
    const char *equals = strchr(text, '=');
    const char *value = equals ? equals + 1 : NULL;

    if (!option)
        return complain_of_option(reader, text);
    if (text[1] != '-')
        value = text[2] ? text + 2 : NULL;
    if (!option->value)
        return take_flag(reader, option, value);
    if (!value)
        value = *reader->at ? *reader->at++ : "";
    if (!value[0])
        return complain(reader, option->name, "needs a value");
    return take_value(reader, option, value);
}

static bool check(const struct reader *reader)
{
    const struct denm_options *options = reader->options;

    if (options->redis && options->argument_count)
        return complain(reader, options->arguments[0],
                        "a file, beside --redis");
    if (!options->redis &&
        (options->stream || options->after || options->follow))
        return complain(reader, "--redis", "is missing");
    return true;
}

/* Options may stand behind arguments, which are moved together. */
bool denm_options_read(struct denm_options *options,
                       const struct denm_command *command, char **arguments)
{
    struct reader reader = {options, command, arguments};
    bool only_arguments = false;

    *options = (struct denm_options){
        .release = STEPDEN_RELEASE_R2,
        .arguments = arguments,
    };
    while (*reader.at) {
        char *text = *reader.at++;

        if (only_arguments || text[0] != '-' || !text[1])
            arguments[options->argument_count++] = text;
        else if (strcmp(text, "--") == 0)
            only_arguments = true;
        else if (!take_option(&reader, text))
            return false;
    }
    return options->help || check(&reader);
}

static void help_with_outputs(const struct denm_command *command)
{
    for (size_t i = 0; command->outputs[i]; i++)
        printf("%s%s%s", i ? command->outputs[i + 1] ? ", " : " or " : "",
               command->outputs[i], i ? "" : " (default)");
    putchar('\n');
}

void denm_options_help(const struct denm_command *command)
{
    printf("Usage: denm %s [OPTION]... %s\n\nThe command %s: %s.\n\n",
           command->name, command->arguments, command->name, command->summary);
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        const struct option *option = &known[i];
        char names[32];

        if (!(option->taken_by & command->takes))
            continue;
        snprintf(names, sizeof names, "%s %s", option->name,
                 option->value ? option->value : "");
        printf("  %c%c%c %-18s", option->letter ? '-' : ' ',
               option->letter ? option->letter : ' ',
               option->letter ? ',' : ' ', names);
        if (option->help)
            printf(" %s\n", option->help);
        else {
            putchar(' ');
            help_with_outputs(command);
        }
    }
}
