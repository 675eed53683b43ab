#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "codec/field_path.h"
#include "codec/field_text.h"
#include "codec/message.h"
#include "codec/uper.h"

struct explainer {
    const struct stepden_field_sink *sink;
    const uint8_t *bytes;
    enum stepden_bits_role before; /* of the bits before */
    bool is_extended;              /* these were an extension bit, 1 */
    struct stepden_field_text text;
};

/* Adds to the meaning, as far as there is room. */
static void add(struct explainer *explainer, const char *before,
                const char *text, const char *after)
{
    char *meaning = explainer->text.meaning;
    size_t length = strlen(meaning);

    snprintf(meaning + length, sizeof explainer->text.meaning - length,
             "%s%s%s%s", length ? " " : "", before, text, after);
}

static void explain_extension(struct explainer *explainer,
                              const struct stepden_bits *bits)
{
    if (bits->type->kind == STEPDEN_KIND_SEQUENCE)
        add(explainer, bits->number ? "" : "no ", "additions", "");
    else
        add(explainer, bits->number ? "outside" : "in", " the root", "");
}

/* A component that may be absent; a group goes by its first one. */
static void add_presence(struct explainer *explainer,
                         const struct stepden_member *member, bool is_present)
{
    const char *sign = is_present ? "+" : "-";

    if (!member)
        add(explainer, sign, "unknown", "");
    else if (!member->is_group)
        add(explainer, sign, member->name, "");
    else
        add(explainer, is_present ? "+[[" : "-[[",
            member->type->members[0].name, "...]]");
}

static bool bit_at(const struct explainer *explainer, size_t bit)
{
    return explainer->bytes[bit / 8] >> (7 - bit % 8) & 1;
}

/* The presence bits of a SEQUENCE, or those of its additions. */
static void explain_presence(struct explainer *explainer,
                             const struct stepden_bits *bits)
{
    bool of_additions = explainer->before == STEPDEN_BITS_ADDITIONS;
    size_t bit = bits->offset;
    size_t end = bits->offset + bits->width;

    for (unsigned i = 0; i < bits->type->count && bit < end; i++) {
        const struct stepden_member *member = &bits->type->members[i];

        if (member->is_addition == of_additions &&
            (of_additions || member->is_optional))
            add_presence(explainer, member, bit_at(explainer, bit++));
    }
    for (; bit < end; bit++)
        add_presence(explainer, NULL, bit_at(explainer, bit));
}

/* A length without limits (X.691, clause 11.9.3.5 to 11.9.3.7). */
static uint64_t general_length(const struct stepden_bits *bits)
{
    return bits->width > 8 ? bits->number & 0x3fff : bits->number;
}

static void add_number(struct explainer *explainer, const char *before,
                       uint64_t number, const char *after)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRIu64, number);
    add(explainer, before, text, after);
}

static void add_count(struct explainer *explainer, uint64_t count,
                      const char *unit)
{
    add_number(explainer, "", count, "");
    add(explainer, unit, count == 1 ? "" : "s", "");
}

static void explain_length(struct explainer *explainer,
                           const struct stepden_bits *bits)
{
    static const char *const units[] = {
        [STEPDEN_KIND_INTEGER] = "byte",
        [STEPDEN_KIND_BITS] = "bit",
        [STEPDEN_KIND_OCTETS] = "byte",
        [STEPDEN_KIND_CHARACTERS] = "character",
        [STEPDEN_KIND_UTF8] = "byte",
        [STEPDEN_KIND_LIST] = "element",
    };
    const struct stepden_limits *limits = &bits->type->length;
    bool is_limited = limits->has_upper && limits->upper <= UINT16_MAX &&
                      !explainer->is_extended &&
                      bits->type->kind != STEPDEN_KIND_UTF8;

    add_count(explainer,
              is_limited ? bits->number + (uint64_t)limits->lower
                         : general_length(bits),
              units[bits->type->kind]);
}

/*
 * The number of additions, which is at least 1: in 7 bits, or a 1 and a length
 * (X.691, clause 19.8).
 */
static void explain_additions(struct explainer *explainer,
                              const struct stepden_bits *bits)
{
    struct stepden_bits length = *bits;

    length.width--;
    length.number &= (UINT64_C(1) << length.width) - 1;
    add_number(explainer, "",
               bits->width == 7 ? bits->number + 1 : general_length(&length),
               "");
}

/* A normally small number (X.691, clause 11.6) behind the extension bit. */
static uint64_t alternative_index(const struct explainer *explainer,
                                  const struct stepden_bits *bits)
{
    uint64_t number = bits->number;

    if (!explainer->is_extended)
        return number;
    if (bits->width > 9 && bits->width <= 64)
        number &= (UINT64_C(1) << (bits->width - 9)) - 1;
    return number + bits->type->root_count;
}

static void explain_choice(struct explainer *explainer,
                           const struct stepden_bits *bits)
{
    uint64_t index = alternative_index(explainer, bits);

    if (index < bits->type->count)
        add(explainer, "", bits->type->members[index].name, "");
    else
        add_number(explainer, "unknown, number ", index - bits->type->count + 1,
                   "");
}

static const char *explain_role(struct explainer *explainer,
                                const struct stepden_bits *bits)
{
    switch (bits->role) {
    case STEPDEN_BITS_VALUE:
        break;
    case STEPDEN_BITS_EXTENSION:
        explain_extension(explainer, bits);
        return "extension bit";
    case STEPDEN_BITS_PRESENCE:
        explain_presence(explainer, bits);
        return "presence";
    case STEPDEN_BITS_LENGTH:
        explain_length(explainer, bits);
        return "length";
    case STEPDEN_BITS_CHOICE:
        explain_choice(explainer, bits);
        return "alternative";
    case STEPDEN_BITS_ADDITIONS:
        explain_additions(explainer, bits);
        return "additions known to the sender";
    case STEPDEN_BITS_OPEN:
        add_count(explainer, general_length(bits), "byte");
        return "size of addition";
    case STEPDEN_BITS_UNKNOWN:
        return "unknown addition";
    case STEPDEN_BITS_PADDING:
        return "padding";
    case STEPDEN_BITS_REST:
        return "left over";
    }
    return "";
}

static void take(void *ctx, const struct stepden_bits *bits)
{
    struct explainer *explainer = ctx;
    struct stepden_field field = stepden_field_at(&explainer->text, bits->step);

    field.bit = bits->offset;
    field.width = bits->width;
    if (bits->role == STEPDEN_BITS_VALUE) {
        stepden_field_describe(&field, &explainer->text, bits->type,
                               bits->value);
    } else {
        explainer->text.meaning[0] = '\0';
        field.value = explain_role(explainer, bits);
        field.meaning = explainer->text.meaning;
    }
    explainer->sink->take(explainer->sink->ctx, &field);
    explainer->before = bits->role;
    explainer->is_extended =
        bits->role == STEPDEN_BITS_EXTENSION && bits->number;
}

enum stepden_status stepden_uper_explain(enum stepden_release release,
                                         const uint8_t *bytes, size_t size,
                                         const struct stepden_field_sink *sink,
                                         struct stepden_diag *diag)
{
    struct stepden_message *message = stepden_message_new(release);
    struct explainer explainer;
    struct stepden_bits_sink bits_sink = {.take = take, .ctx = &explainer};

    if (!message)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    explainer.sink = sink;
    explainer.bytes = bytes;
    explainer.before = STEPDEN_BITS_VALUE;
    explainer.is_extended = false;
    enum stepden_status status =
        stepden_message_decode(message, bytes, size, &bits_sink, diag);
    stepden_message_free(message);
    return status;
}
