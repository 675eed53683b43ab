/* The texts of a struct stepden_field. */
#ifndef STEPDEN_CODEC_FIELD_TEXT_H
#define STEPDEN_CODEC_FIELD_TEXT_H

#include <stepden/codec.h>

struct stepden_step;
struct stepden_type;

/* The longest path and value are those of R2; longer ones are cut. */
struct stepden_field_text {
    char path[512];
    char meaning[512];
    char value[16384]; /* a string of control characters in 1400 bytes */
};

/* A field with its path, in `text`, and no other text. */
struct stepden_field stepden_field_at(struct stepden_field_text *text,
                                      const struct stepden_step *step);

/* Adds the type, the value as in JER, and its meaning. */
void stepden_field_describe(struct stepden_field *field,
                            struct stepden_field_text *text,
                            const struct stepden_type *type, const void *value);

#endif
