/* Sequences, choices and lists. */
#include <assert.h>
#include <stdio.h>

#include "codec/grammar.h"
#include "support/random/generator.h"

#define FUTURE_SIZE 300

static void generate_truth(struct generator *generator,
                           const struct stepden_type *type)
{
    bool is_true = random_chance(&generator->state, 50);

    coverage_mark(generator->coverage, type, is_true);
    generate_put(generator, is_true ? "true" : "false");
    generator->bits++;
}

void generate_value(struct generator *generator,
                    const struct stepden_type *type)
{
    switch (type->kind) {
    case STEPDEN_KIND_BOOLEAN:
        generate_truth(generator, type);
        break;
    case STEPDEN_KIND_NULL:
        generate_put(generator, "null");
        break;
    case STEPDEN_KIND_INTEGER:
    case STEPDEN_KIND_ENUMERATED:
        generate_put_number(generator, type, generate_number(generator, type));
        break;
    case STEPDEN_KIND_BITS:
    case STEPDEN_KIND_OCTETS:
    case STEPDEN_KIND_CHARACTERS:
    case STEPDEN_KIND_UTF8:
        generate_string(generator, type);
        break;
    case STEPDEN_KIND_SEQUENCE:
    case STEPDEN_KIND_CHOICE:
    case STEPDEN_KIND_LIST:
        generate_constructed(generator, type);
        break;
    }
}

static void put_name(struct text *text, const char *name)
{
    text_next(text);
    text_name(text, name);
}

/* The DEFAULT is given now and then, but not expected; true if it is not it. */
static bool generate_default(struct generator *generator,
                             const struct stepden_member *member)
{
    int64_t usual = 0, number = generate_number(generator, member->type);

    bool is_number =
        stepden_number_get(&usual, member->type, member->default_value);

    assert(is_number);
    (void)is_number;
    if (random_chance(&generator->state, 25))
        number = usual;
    if (number != usual) {
        put_name(&generator->given, member->name);
        put_name(&generator->expected, member->name);
        generate_put_number(generator, member->type, number);
        return true;
    }
    if (random_chance(&generator->state, 50)) {
        size_t size = generator->expected.size;

        put_name(&generator->given, member->name);
        generate_put_number(generator, member->type, number);
        generator->expected.bytes[generator->expected.size = size] = '\0';
    }
    return false;
}

static bool generate_members(struct generator *generator,
                             const struct stepden_type *type);

/* Is anything of it expected? */
static bool generate_member(struct generator *generator,
                            const struct stepden_member *member)
{
    if (member->is_addition)
        generator->bits += 24;
    if (member->is_group)
        return generate_members(generator, member->type);
    if (member->default_value)
        return generate_default(generator, member);
    put_name(&generator->given, member->name);
    put_name(&generator->expected, member->name);
    if (header_constant(member)) {
        generate_put(generator, header_constant(member) == 2 ? "2" : "1");
        generator->bits += 8;
    } else {
        generate_value(generator, member->type);
    }
    return true;
}

/* What leads to something that was not seen is there more often. */
static bool is_wanted(struct generator *generator,
                      const struct stepden_type *type, unsigned i)
{
    const struct stepden_member *member = &type->members[i];
    bool is_way = generator->is_seeking &&
                  coverage_lacks_within(generator->coverage, member->type);

    return generate_chance(generator, type, 2 * i,
                           is_way || member->is_group ? 60
                                                      : generator->density);
}

static bool generate_members(struct generator *generator,
                             const struct stepden_type *type)
{
    bool has_any = false;

    generator->bits += type->optional_count + 1;
    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        bool is_there =
            (!member->is_optional || is_wanted(generator, type, i)) &&
            generate_member(generator, member);

        if (member->is_optional)
            coverage_mark(generator->coverage, type, 2 * i + !is_there);
        has_any = has_any || is_there;
    }
    return has_any;
}

static void put_future_octets(struct generator *generator)
{
    static const size_t edges[] = {0,   0,   1,   2,   2,   127,
                                   128, 129, 254, 255, 256, FUTURE_SIZE};
    uint8_t octets[FUTURE_SIZE];
    size_t size = random_chance(&generator->state, 90)
                      ? random_below(&generator->state, 6)
                      : edges[random_below(&generator->state,
                                           sizeof edges / sizeof edges[0])];

    for (size_t i = 0; i < size; i++)
        octets[i] = (uint8_t)random_next(&generator->state);
    text_hexadecimal(&generator->given, octets, size);
    generator->bits += 8 * size + 40;
}

/* Some of the additions that a later version has. */
static void generate_future_members(struct generator *generator,
                                    const struct stepden_type *type)
{
    unsigned before = generator->unknown_count;
    unsigned percent = (unsigned)random_below(&generator->state, 4) * 33 + 1;

    generator->bits += generator->future_count + type->addition_count + 16;
    for (unsigned i = 1; i <= generator->future_count; i++) {
        char name[24];

        if (!random_chance(&generator->state, percent))
            continue;
        snprintf(name, sizeof name, "future%u", i);
        put_name(&generator->given, name);
        put_future_octets(generator);
        generator->unknown_count++;
    }
    if (generator->unknown_count > before)
        coverage_mark(generator->coverage, type, 2 * (size_t)type->count);
}

static void generate_sequence(struct generator *generator,
                              const struct stepden_type *type)
{
    generate_put(generator, "{");
    generator->bits += type->is_extensible ? 8 + type->addition_count : 0;
    generate_members(generator, type);
    if (type->is_extensible && generator->future_count &&
        random_chance(&generator->state, generator->future_percent))
        generate_future_members(generator, type);
    generate_put(generator, "}");
}

/* The text of an unknown alternative is an empty object. */
static void generate_future_alternative(struct generator *generator,
                                        const struct stepden_type *type)
{
    bool is_first = random_chance(&generator->state, 50);

    coverage_mark(generator->coverage, type, type->count + !is_first);
    generator->unknown_count++;
    generator->bits += 32;
    text_name(&generator->given, is_first ? "future1" : "future2");
    if (is_first)
        text_put(&generator->given, "true");
    else
        put_future_octets(generator);
}

static size_t any_alternative(struct generator *generator,
                              const struct stepden_type *type)
{
    size_t first = random_below(&generator->state, type->count);

    if (!generator->is_seeking || random_chance(&generator->state, 50))
        return first;
    for (size_t i = 0; i < type->count; i++) {
        size_t index = (first + i) % type->count;

        if (coverage_lacks(generator->coverage, type, index) ||
            coverage_lacks_within(generator->coverage,
                                  type->members[index].type))
            return index;
    }
    return first;
}

static void generate_choice(struct generator *generator,
                            const struct stepden_type *type)
{
    generate_put(generator, "{");
    if (type->is_extensible && generator->future_count &&
        random_chance(&generator->state, generator->future_percent)) {
        generate_future_alternative(generator, type);
    } else {
        size_t index = any_alternative(generator, type);
        const struct stepden_member *member = &type->members[index];

        coverage_mark(generator->coverage, type, index);
        generator->bits += 9;
        generate_member(generator, member);
    }
    generate_put(generator, "}");
}

/* The more elements, the smaller they are. */
static void generate_list(struct generator *generator,
                          const struct stepden_type *type)
{
    size_t count = generate_size(generator, type);
    unsigned density = generator->density;

    if (count > 3)
        generator->density /= (unsigned)count / 2;
    generate_put(generator, "[");
    for (size_t i = 0; i < count; i++) {
        text_next(&generator->given);
        text_next(&generator->expected);
        generate_value(generator, type->members[0].type);
    }
    generate_put(generator, "]");
    generator->density = density;
}

void generate_constructed(struct generator *generator,
                          const struct stepden_type *type)
{
    if (type->kind == STEPDEN_KIND_SEQUENCE)
        generate_sequence(generator, type);
    else if (type->kind == STEPDEN_KIND_CHOICE)
        generate_choice(generator, type);
    else
        generate_list(generator, type);
}
