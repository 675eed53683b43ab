#include "emit_condition.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

/* INT64_C(-9223372036854775808) would be the negative of no number. */
void emit_number(FILE *out, int64_t number)
{
    if (number == INT64_MIN)
        fputs("INT64_MIN", out);
    else
        fprintf(out, "INT64_C(%" PRId64 ")", number);
}

static void new_line(FILE *out, unsigned depth)
{
    fprintf(out, "\n%*s", (int)(4 * depth), "");
}

static void emit_body(FILE *out, const struct condition *condition,
                      unsigned depth);

static void emit_parts(FILE *out, const struct condition *parts, unsigned depth)
{
    size_t count = 0;

    if (parts == NULL)
        return;
    new_line(out, depth);
    fputs(".parts = (const struct asn1_condition[]){", out);
    for (; parts != NULL; parts = parts->next, count++) {
        new_line(out, depth + 1);
        emit_body(out, parts, depth + 1);
        fputc(',', out);
    }
    new_line(out, depth);
    fputs("},", out);
    new_line(out, depth);
    fprintf(out, ".part_count = %zu,", count);
}

static void emit_component(FILE *out,
                           const struct condition_component *component,
                           unsigned depth)
{
    static const char *const presences[] = {
        [PRESENCE_ANY] = "ASN1_ANY",
        [PRESENCE_PRESENT] = "ASN1_PRESENT",
        [PRESENCE_ABSENT] = "ASN1_ABSENT",
    };

    fprintf(out, "{\"%s\", %s, ", component->name,
            presences[component->presence]);
    if (component->condition == NULL) {
        fputs("NULL},", out);
        return;
    }
    fputc('&', out);
    emit_condition(out, component->condition, depth);
    fputs("},", out);
}

static void emit_components(FILE *out,
                            const struct condition_component *components,
                            unsigned depth)
{
    size_t count = 0;

    if (components == NULL)
        return;
    new_line(out, depth);
    fputs(".components = (const struct asn1_component[]){", out);
    for (; components != NULL; components = components->next, count++) {
        new_line(out, depth + 1);
        emit_component(out, components, depth + 1);
    }
    new_line(out, depth);
    fputs("},", out);
    new_line(out, depth);
    fprintf(out, ".component_count = %zu,", count);
}

static void emit_limits(FILE *out, const struct condition *condition,
                        unsigned depth)
{
    new_line(out, depth);
    fputs(".lower = ", out);
    emit_number(out, condition->lower);
    fputc(',', out);
    new_line(out, depth);
    fputs(".upper = ", out);
    emit_number(out, condition->upper);
    fputc(',', out);
}

/* An ASN.1 string doubles its quotes, and may have any byte. */
static void emit_text(FILE *out, const char *text, unsigned depth)
{
    size_t size = strlen(text);

    new_line(out, depth);
    fputs(".text = \"", out);
    for (size_t i = 1; i + 1 < size; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (isalnum(byte) || byte == ' ')
            fputc(byte, out);
        else
            fprintf(out, "\\%03o", byte);
        i += byte == '"';
    }
    fputs("\",", out);
}

static void emit_body(FILE *out, const struct condition *condition,
                      unsigned depth)
{
    static const char *const kinds[] = {
        [CONDITION_ALL_OF] = "ASN1_ALL_OF",
        [CONDITION_ANY_OF] = "ASN1_ANY_OF",
        [CONDITION_NONE_OF] = "ASN1_NONE_OF",
        [CONDITION_COMPONENTS] = "ASN1_COMPONENTS",
        [CONDITION_EACH] = "ASN1_EACH",
        [CONDITION_NUMBER] = "ASN1_NUMBER",
        [CONDITION_SIZE] = "ASN1_SIZE",
        [CONDITION_TEXT] = "ASN1_TEXT",
    };
    bool has_limits = condition->kind == CONDITION_NUMBER ||
                      condition->kind == CONDITION_SIZE;

    fputc('{', out);
    new_line(out, depth + 1);
    fprintf(out, ".kind = %s,", kinds[condition->kind]);
    emit_parts(out, condition->parts, depth + 1);
    emit_components(out, condition->components, depth + 1);
    if (has_limits)
        emit_limits(out, condition, depth + 1);
    if (condition->text != NULL)
        emit_text(out, condition->text, depth + 1);
    new_line(out, depth);
    fputc('}', out);
}

void emit_condition(FILE *out, const struct condition *condition,
                    unsigned depth)
{
    fputs("(const struct asn1_condition)", out);
    emit_body(out, condition, depth);
}
