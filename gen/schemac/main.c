/* schemac: JSON Schema to C. */
#include <stdlib.h>

#include "common/options.h"
#include "common/text.h"
#include "emit/emit.h"
#include "model/model.h"
#include "verdict/verdict.h"

static void save(const char *path,
                 void (*emit)(struct text *text, const struct model *model),
                 const struct model *model)
{
    struct text text = {0};

    if (path == NULL)
        return;
    emit(&text, model);
    text_save(&text, path);
}

/* Likewise what only a record has. */
static void save_of_record(const char *path,
                           void (*emit)(struct text *text,
                                        const struct model *model),
                           const struct model *model)
{
    struct place root = {model->main->path, ""};

    if (path != NULL && model->root == NULL)
        fail_at(&root, "there are definitions only: %s is of a record", path);
    save(path, emit, model);
}

static void save_depfile(const struct options *options,
                         const struct model *model)
{
    struct text text = {0};

    if (options->depfile == NULL)
        return;
    emit_dependencies(&text, model, options_target(options));
    text_save(&text, options->depfile);
}

int main(int argc, char **argv)
{
    struct options options;
    struct model model;

    (void)argc;
    options_parse(&options, argv);
    if (options.validator != NULL) {
        verdict_run(&options);
        return EXIT_SUCCESS;
    }
    model_build(&model, options.schema,
                &(struct style){.prefix = options.prefix,
                                .name = options.name,
                                .include = options.include,
                                .embed = options.embed != NULL});
    save_of_record(options.bundle, emit_bundle, &model);
    save_of_record(options.template, emit_template, &model);
    save_of_record(options.markdown, emit_markdown, &model);
    save_of_record(options.man, emit_man, &model);
    save(options.header, emit_header, &model);
    save(options.source, emit_source, &model);
    save_depfile(&options, &model);
    return EXIT_SUCCESS;
}
