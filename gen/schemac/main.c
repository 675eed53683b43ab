/* schemac: JSON Schema to C. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emit.h"
#include "model.h"
#include "text.h"

static const char usage[] =
    "usage: schemac [--embed] --header FILE --source FILE [--depfile FILE] "
    "SCHEMA\n";

struct options {
    bool embed;
    const char *header;
    const char *source;
    const char *depfile;
    const char *schema;
};

static bool parse(struct options *options, char **arg)
{
    const struct {
        const char *name;
        const char **value;
    } known[] = {
        {"--header", &options->header},
        {"--source", &options->source},
        {"--depfile", &options->depfile},
    };

    while (*++arg != NULL) {
        const char **value = &options->schema;

        if (strcmp(*arg, "--embed") == 0) {
            options->embed = true;
            continue;
        }
        for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
            if (strcmp(*arg, known[i].name) == 0)
                value = known[i].value;
        if (value == &options->schema && **arg == '-')
            return false;
        if (value != &options->schema)
            arg++;
        if (*arg == NULL || *value != NULL)
            return false;
        *value = *arg;
    }
    return options->schema != NULL && options->header != NULL &&
           options->source != NULL;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    struct text header = {0}, source = {0}, depfile = {0};
    struct model model;

    (void)argc;
    if (!parse(&options, argv)) {
        fputs(usage, stderr);
        return EXIT_FAILURE;
    }
    model_build(&model, options.schema);
    emit_header(&header, &model, options.embed);
    emit_source(&source, &model, options.embed);
    text_save(&header, options.header);
    text_save(&source, options.source);
    if (options.depfile != NULL) {
        emit_dependencies(&depfile, &model, options.source);
        text_save(&depfile, options.depfile);
    }
    return EXIT_SUCCESS;
}
