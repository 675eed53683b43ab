/* schemac: JSON Schema to C. */
#include <stdlib.h>

#include "emit.h"
#include "model.h"
#include "options.h"
#include "text.h"

int main(int argc, char **argv)
{
    struct options options;
    struct text header = {0}, source = {0}, depfile = {0};
    struct model model;

    (void)argc;
    options_parse(&options, argv);
    model_build(
        &model, options.schema,
        &(struct naming){options.prefix, options.name, options.include});
    emit_header(&header, &model, options.embed != NULL);
    emit_source(&source, &model, options.embed != NULL);
    text_save(&header, options.header);
    text_save(&source, options.source);
    if (options.depfile != NULL) {
        emit_dependencies(&depfile, &model, options.source);
        text_save(&depfile, options.depfile);
    }
    return EXIT_SUCCESS;
}
