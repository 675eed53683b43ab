#include "codec/field_text.h"

#include <stepden/json/writer.h>

#include "codec/field_path.h"
#include "codec/grammar.h"
#include "codec/jer.h"
#include "codec/meaning.h"

struct stepden_field stepden_field_at(struct stepden_field_text *text,
                                      const struct stepden_step *step)
{
    stepden_step_path(text->path, sizeof text->path, step);
    return (struct stepden_field){
        .path = text->path,
        .type = "",
        .value = "",
        .meaning = "",
    };
}

void stepden_field_describe(struct stepden_field *field,
                            struct stepden_field_text *text,
                            const struct stepden_type *type, const void *value)
{
    struct stepden_json_writer writer = {
        .at = text->value,
        .end = text->value + sizeof text->value - 1,
    };

    stepden_jer_write(&writer, type, value);
    *writer.at = '\0';
    stepden_meaning_write(text->meaning, sizeof text->meaning, type, value);
    field->type = type->name;
    field->value = text->value;
    field->meaning = text->meaning;
}
