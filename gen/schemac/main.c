/* schemac: JSON Schema to C. */
#include <stdbool.h>
#include <stdlib.h>

#include "common/options.h"
#include "common/text.h"
#include "emit/emit.h"
#include "model/model.h"
#include "verdict/verdict.h"

/* What a run writes: all of it, or nothing when the schema is refused. */
struct output {
    const char *path; /* NULL: not asked for */
    void (*emit)(struct text *text, const struct model *model);
    bool of_record; /* definitions have not got it */
    struct text text;
};

static void emit(struct output *output, const struct model *model)
{
    struct place root = {model->main->path, ""};

    if (output->path == NULL)
        return;
    if (output->of_record && model->root == NULL)
        fail_at(&root, "there are definitions only: %s is of a record",
                output->path);
    output->emit(&output->text, model);
}

static void compile_record(const struct options *options)
{
    struct output outputs[] = {
        {options->bundle, emit_bundle, true, {0}},
        {options->template, emit_template, true, {0}},
        {options->markdown, emit_markdown, true, {0}},
        {options->man, emit_man, true, {0}},
        {options->header, emit_header, false, {0}},
        {options->source, emit_source, false, {0}},
    };
    const size_t count = sizeof(outputs) / sizeof(outputs[0]);
    struct model model;

    model_build(&model, options);
    for (size_t i = 0; i < count; i++)
        emit(&outputs[i], &model);
    for (size_t i = 0; i < count; i++)
        if (outputs[i].path != NULL)
            text_save(&outputs[i].text, outputs[i].path);
    library_save_depfile(&model.files.library);
}

int main(int argc, char **argv)
{
    struct options options;

    (void)argc;
    options_parse(&options, argv);
    if (options.validator != NULL)
        verdict_run(&options);
    else
        compile_record(&options);
    return EXIT_SUCCESS;
}
