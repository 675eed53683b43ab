#include "codec/xer.h"

#include <assert.h>
#include <string.h>

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <OCTET_STRING.h>

#include <stepden/json/writer.h>

#include "codec/grammar.h"

static void put_value(struct stepden_json_writer *writer,
                      const struct stepden_type *type, const void *value);

static void put_word(struct stepden_json_writer *writer, const char *word)
{
    stepden_json_put(writer, word, strlen(word));
}

/* "<name>", "</name>" or "<name/>". */
static void put_tag(struct stepden_json_writer *writer, const char *begin,
                    const char *name, const char *end)
{
    put_word(writer, begin);
    put_word(writer, name);
    put_word(writer, end);
}

static void put_element(struct stepden_json_writer *writer, const char *name,
                        const struct stepden_type *type, const void *value)
{
    put_tag(writer, "<", name, ">");
    put_value(writer, type, value);
    put_tag(writer, "</", name, ">");
}

static void put_integer(struct stepden_json_writer *writer,
                        const struct stepden_type *type, const void *value)
{
    int64_t number = 0;

    /* All that a DENM has fit. */
    (void)stepden_number_get(&number, type, value);
    stepden_json_put_integer(writer, number);
}

static void put_item(struct stepden_json_writer *writer,
                     const struct stepden_type *type, long value)
{
    const struct stepden_item *item = stepden_item(type, value);

    if (item)
        put_tag(writer, "<", item->name, "/>");
}

/* All bits, also of one with named bits (X.680, clause 22). */
static void put_bits(struct stepden_json_writer *writer,
                     const BIT_STRING_t *bits)
{
    int count = 8 * bits->size - bits->bits_unused;

    for (int i = 0; i < count; i++)
        put_word(writer, bits->buf[i / 8] >> (7 - i % 8) & 1 ? "1" : "0");
}

static void put_octets(struct stepden_json_writer *writer,
                       const OCTET_STRING_t *octets)
{
    static const char digits[] = "0123456789ABCDEF";

    for (int i = 0; i < octets->size; i++) {
        char pair[] = {digits[octets->buf[i] >> 4],
                       digits[octets->buf[i] & 15]};

        stepden_json_put(writer, pair, sizeof pair);
    }
}

/* What stands for a character; NULL: itself (X.680, clause 12.15). */
static const char *escape_of(uint8_t character)
{
    static const char *const controls[] = {
        "<nul/>", "<soh/>", "<stx/>", "<etx/>", "<eot/>", "<enq/>", "<ack/>",
        "<bel/>", "<bs/>",  NULL,     "&#10;",  "<vt/>",  "<ff/>",  "&#13;",
        "<so/>",  "<si/>",  "<dle/>", "<dc1/>", "<dc2/>", "<dc3/>", "<dc4/>",
        "<nak/>", "<syn/>", "<etb/>", "<can/>", "<em/>",  "<sub/>", "<esc/>",
        "<is4/>", "<is3/>", "<is2/>", "<is1/>"};

    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    default:
        return character < ' ' ? controls[character] : NULL;
    }
}

static void put_characters(struct stepden_json_writer *writer,
                           const OCTET_STRING_t *characters)
{
    for (int i = 0; i < characters->size; i++) {
        const char *escape = escape_of(characters->buf[i]);

        if (escape)
            put_word(writer, escape);
        else
            stepden_json_put(writer, (const char *)&characters->buf[i], 1);
    }
}

static void put_members(struct stepden_json_writer *writer,
                        const struct stepden_type *type, const void *owner)
{
    assert(owner != NULL);
    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        const void *value = stepden_member_value(member, owner);

        if (!value || stepden_member_is_default(member, value))
            continue;
        if (member->is_group)
            put_members(writer, member->type, value);
        else
            put_element(writer, member->name, member->type, value);
    }
}

static void put_alternative(struct stepden_json_writer *writer,
                            const struct stepden_type *type, const void *value)
{
    const struct stepden_member *alternative = stepden_alternative(type, value);

    if (alternative)
        put_element(writer, alternative->name, alternative->type,
                    stepden_member_value(alternative, value));
}

/* Do the values stand in a list without tags (X.680, clause 26.3)? */
static bool is_element_itself(enum stepden_kind kind)
{
    return kind == STEPDEN_KIND_BOOLEAN || kind == STEPDEN_KIND_NULL ||
           kind == STEPDEN_KIND_ENUMERATED || kind == STEPDEN_KIND_CHOICE;
}

static void put_elements(struct stepden_json_writer *writer,
                         const struct stepden_type *type, const void *list)
{
    const struct stepden_type *of = type->members[0].type;

    for (int i = 0; i < stepden_list_count(list); i++) {
        const void *value = stepden_list_element(list, i);
        const char *start = writer->at;

        if (!is_element_itself(of->kind)) {
            put_element(writer, of->name, of, value);
            continue;
        }
        put_value(writer, of, value);
        if (writer->at == start)
            put_tag(writer, "<", of->name, "/>");
    }
}

static void put_value(struct stepden_json_writer *writer,
                      const struct stepden_type *type, const void *value)
{
    switch (type->kind) {
    case STEPDEN_KIND_BOOLEAN:
        put_word(writer, *(const BOOLEAN_t *)value ? "<true/>" : "<false/>");
        break;
    case STEPDEN_KIND_NULL:
        break;
    case STEPDEN_KIND_INTEGER:
        put_integer(writer, type, value);
        break;
    case STEPDEN_KIND_ENUMERATED:
        put_item(writer, type, *(const long *)value);
        break;
    case STEPDEN_KIND_BITS:
        put_bits(writer, value);
        break;
    case STEPDEN_KIND_OCTETS:
        put_octets(writer, value);
        break;
    case STEPDEN_KIND_CHARACTERS:
    case STEPDEN_KIND_UTF8:
        put_characters(writer, value);
        break;
    case STEPDEN_KIND_SEQUENCE:
        put_members(writer, type, value);
        break;
    case STEPDEN_KIND_CHOICE:
        put_alternative(writer, type, value);
        break;
    case STEPDEN_KIND_LIST:
        put_elements(writer, type, value);
        break;
    }
}

void stepden_xer_write(struct stepden_json_writer *writer,
                       const struct stepden_type *type, const void *value)
{
    put_element(writer, type->name, type, value);
}
