#include "options.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

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

static bool is_taken(const struct reader *reader, const struct option *option)
{
    return option->taken_by & reader->command->takes;
}

static bool is_named(const struct option *option, const char *text)
{
    size_t size = strcspn(text, "=");

    if (text[0] == '-' && text[1] != '-')
        return option->letter && text[1] == option->letter;
    return strlen(option->name) == size &&
           strncmp(option->name, text, size) == 0;
}

/* As with getopt_long, the beginning of a name is enough. */
static bool begins(const struct option *option, const char *text)
{
    size_t size = strcspn(text, "=");

    return size > strlen("--") && strncmp(option->name, text, size) == 0;
}

/* The option with that name, else the one or two that begin like this. */
static void find(const struct option *found[2], const struct reader *reader,
                 const char *text)
{
    size_t count = 0;

    found[0] = found[1] = NULL;
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        if (!is_taken(reader, &known[i]))
            continue;
        if (is_named(&known[i], text)) {
            found[0] = &known[i];
            found[1] = NULL;
            return;
        }
        if (count < 2 && begins(&known[i], text))
            found[count++] = &known[i];
    }
}

/* Whether one letter is wrong, missing or too many, or two are swapped. */
static bool is_near(const char *name, const char *text, size_t size)
{
    size_t length = strlen(name);
    size_t front = 0;
    size_t back = 0;

    while (front < size && front < length && name[front] == text[front])
        front++;
    while (back < size - front && back < length - front &&
           name[length - back - 1] == text[size - back - 1])
        back++;
    size_t rest = size - front - back;
    size_t missed = length - front - back;

    if (rest == 2 && missed == 2)
        return name[front] == text[front + 1] && name[front + 1] == text[front];
    return size > strlen("-x") && rest <= 1 && missed <= 1;
}

static bool complain_of_option(const struct reader *reader, const char *text,
                               const struct option *const found[2])
{
    char what[96] = "no such option";

    assert(!found[1] || found[0]);
    if (found[1])
        snprintf(what, sizeof what, "is it %s or %s?", found[0]->name,
                 found[1]->name);
    for (size_t i = 0; i < KNOWN_COUNT && !found[1]; i++)
        if (is_taken(reader, &known[i]) &&
            is_near(known[i].name, text, strcspn(text, "=")))
            snprintf(what, sizeof what, "no such option, did you mean %s?",
                     known[i].name);
    return complain(reader, text, what);
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

/* In a list as this, that or those. */
static const char *separator(const char *const *outputs, size_t i)
{
    if (i == 0)
        return "";
    return outputs[i + 1] ? ", " : " or ";
}

static bool take_output(struct reader *reader, const char *value)
{
    const char *const *outputs = reader->command->outputs;
    char what[96];
    size_t size = (size_t)snprintf(what, sizeof what, "--output is ");

    for (size_t i = 0; outputs[i]; i++)
        if (strcmp(outputs[i], value) == 0) {
            reader->options->output = i;
            return true;
        }
    for (size_t i = 0; outputs[i] && size < sizeof what; i++)
        size += (size_t)snprintf(what + size, sizeof what - size, "%s%s",
                                 separator(outputs, i), outputs[i]);
    return complain(reader, value, what);
}

static bool take_release(struct reader *reader, const char *value)
{
    if (strcmp(value, "r1") != 0 && strcmp(value, "r2") != 0)
        return complain(reader, value, "--release is r1 or r2");
    reader->options->release =
        value[1] == '1' ? STEPDEN_RELEASE_R1 : STEPDEN_RELEASE_R2;
    return true;
}

/* $, or the id of an entry: milliseconds and a number. */
static bool take_after(struct reader *reader, const char *value)
{
    static const char digits[] = "0123456789";
    size_t size = strspn(value, digits);
    bool is_id = size > 0;

    if (value[size] == '-') {
        size_t more = strspn(value + size + 1, digits);

        is_id &= more > 0;
        size += 1 + more;
    }
    if ((!is_id || value[size]) && strcmp(value, "$") != 0)
        return complain(reader, value,
                        "--after is $ or an id as 1795208740120-0");
    reader->options->after = value;
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
            return take_after(reader, value);
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
    const struct option *found[2];
    const char *equals = strchr(text, '=');
    const char *value = equals ? equals + 1 : NULL;

    find(found, reader, text);
    if (!found[0] || found[1])
        return complain_of_option(reader, text, found);
    const struct option *option = found[0];

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
        return complain(reader,
                        options->follow   ? "--follow"
                        : options->stream ? "--stream"
                                          : "--after",
                        "needs --redis");
    size_t most = reader->command->arguments_max;

    if (most && options->argument_count > most)
        return complain(reader, options->arguments[most], "one too many");
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
        printf("%s%s%s", separator(command->outputs, i), command->outputs[i],
               i ? "" : " (default)");
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
