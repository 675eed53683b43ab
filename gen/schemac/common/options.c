#include "common/options.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/name.h"

static const struct option {
    const char *name;
    const char *value; /* NULL: a flag */
    const char *help;
    size_t offset; /* of its member of struct options */
} known[] = {
    {"--header", "FILE", "write the types and declarations",
     offsetof(struct options, header)},
    {"--source", "FILE", "write the functions",
     offsetof(struct options, source)},
    {"--depfile", "FILE", "write what the files depend on, for make or ninja",
     offsetof(struct options, depfile)},
    {"--bundle", "FILE", "write the schema, complete in itself",
     offsetof(struct options, bundle)},
    {"--template", "FILE", "write a record with all defaults",
     offsetof(struct options, template)},
    {"--markdown", "FILE", "write a reference of every field",
     offsetof(struct options, markdown)},
    {"--man", "FILE", "write it as roff, to be part of a man page",
     offsetof(struct options, man)},
    {"--prefix", "NAME", "begin all names of C with NAME_ [stepden]",
     offsetof(struct options, prefix)},
    {"--name", "NAME", "call the record NAME [after its file]",
     offsetof(struct options, name)},
    {"--include", "PATH", "include headers as <PATH/...> [stepden/records]",
     offsetof(struct options, include)},
    {"--embed", NULL, "put the schema and the template into the source",
     offsetof(struct options, embed)},
    {"--validator", NULL, "write a function that only says valid or not",
     offsetof(struct options, validator)},
    {"--format-annotation", NULL, "a validator does not look at \"format\"",
     offsetof(struct options, format_annotation)},
    {"--map", "URI=PATH", "where to find what has that URI",
     offsetof(struct options, map)},
};

enum { KNOWN = sizeof(known) / sizeof(known[0]) };

static void print_help(void)
{
    puts("Usage: stepden-schemac OPTION... SCHEMA\n\n"
         "Makes C of a JSON Schema (draft 2020-12).\n");
    for (size_t i = 0; i < KNOWN; i++)
        printf("  %-19s %-8s %s\n", known[i].name,
               known[i].value == NULL ? "" : known[i].value, known[i].help);
    puts("  --version                    print the version\n"
         "  --help                       print this");
}

static _Noreturn void refuse(const char *what, const char *argument)
{
    fprintf(stderr, "schemac: %s%s; --help lists the options\n", what,
            argument);
    exit(EXIT_FAILURE);
}

static const struct option *find(const char *name)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (strcmp(known[i].name, name) == 0)
            return &known[i];
    return NULL;
}

/* The one option that may come more than once. */
static const char **next_map(struct options *options)
{
    if (options->map_count == OPTIONS_MAPS_MAX)
        refuse("too many of --map", "");
    return &options->map[options->map_count++];
}

static void take_option(struct options *options, char ***arg)
{
    const struct option *option = find(**arg);
    const char **value;

    if (option == NULL)
        refuse("unknown option ", **arg);
    value = (const char **)(void *)((char *)options + option->offset);
    if (value == options->map)
        value = next_map(options);
    if (*value != NULL)
        refuse("given twice: ", **arg);
    if (option->value != NULL)
        (*arg)++;
    if (**arg == NULL)
        refuse("a value is missing after ", option->name);
    *value = **arg;
}

/* What may stand between the brackets of #include, and make a guard. */
static bool is_folder(const char *path)
{
    return path[strspn(path, "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-")] ==
               '\0' &&
           strspn(path, "0123456789./-") == 0;
}

const char *options_target(const struct options *options)
{
    const char *const all[] = {options->source,   options->header,
                               options->bundle,   options->template,
                               options->markdown, options->man};

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (all[i] != NULL)
            return all[i];
    return NULL;
}

/* Before the defaults are filled in. */
static void check_kind(const struct options *options)
{
    if (options->validator != NULL &&
        (options->embed != NULL || options->include != NULL ||
         options->bundle != NULL || options->template != NULL ||
         options->markdown != NULL || options->man != NULL))
        refuse("only of a record: --embed, --include, --bundle, --template, "
               "--markdown, --man",
               "");
    if (options->validator != NULL &&
        (options->header == NULL || options->source == NULL))
        refuse("--validator needs --header and --source", "");
    if (options->validator == NULL && options->format_annotation != NULL)
        refuse("--format-annotation needs --validator", "");
    for (size_t i = 0; i < options->map_count; i++)
        if (strchr(options->map[i], '=') == NULL || *options->map[i] == '=')
            refuse("not of the form URI=PATH: ", options->map[i]);
}

static void check(const struct options *options)
{
    if (options->schema == NULL)
        refuse("a schema is missing", "");
    if (options_target(options) == NULL)
        refuse("nothing to write", "");
    if (!name_is_snake(options->prefix))
        refuse("--prefix is not a letter and then such, digits and '_', in "
               "lower case: ",
               options->prefix);
    if (options->name != NULL &&
        strcmp(options->name, name_snake(options->name)) != 0)
        refuse("--name is not in lower case with '_': ", options->name);
    if (!is_folder(options->include))
        refuse("--include is not a relative path in ASCII: ", options->include);
}

void options_parse(struct options *options, char **arg)
{
    *options = (struct options){0};
    while (*++arg != NULL) {
        if (strcmp(*arg, "--help") == 0) {
            print_help();
            exit(EXIT_SUCCESS);
        }
        if (strcmp(*arg, "--version") == 0) {
            puts("stepden-schemac " STEPDEN_VERSION);
            exit(EXIT_SUCCESS);
        }
        if (**arg == '-')
            take_option(options, &arg);
        else if (options->schema == NULL)
            options->schema = *arg;
        else
            refuse("more than one schema: ", *arg);
    }
    check_kind(options);
    if (options->prefix == NULL)
        options->prefix = "stepden";
    if (options->include == NULL)
        options->include = "stepden/records";
    check(options);
}
