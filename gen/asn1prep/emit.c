#include "emit.h"

#include <string.h>

struct emitter {
    FILE *out;
    const struct release *release;
    const struct module *module; /* where names are looked up */
    const char *prefix;
};

static void emit_type(const struct emitter *emitter, const struct type *type,
                      unsigned depth);
static void emit_members(const struct emitter *emitter,
                         const struct member *members, unsigned depth);

static void new_line(const struct emitter *emitter, unsigned depth)
{
    fprintf(emitter->out, "\n%*s", (int)(4 * depth), "");
}

static void emit_named_value(const struct emitter *emitter,
                             const struct named_value *named)
{
    const struct type integer = {.kind = TYPE_INTEGER};

    fprintf(emitter->out, "%s (%s)", named->name->text,
            release_value(emitter->release, emitter->module, &integer,
                          named->value));
}

static void emit_names(const struct emitter *emitter, const struct type *type,
                       unsigned depth)
{
    if (type->names == NULL)
        return;
    fputs(" {", emitter->out);
    for (const struct named_value *named = type->names; named != NULL;
         named = named->next) {
        new_line(emitter, depth + 1);
        if (named->name == NULL) {
            fputs("...", emitter->out);
        } else if (named->value.item != NULL) {
            emit_named_value(emitter, named);
        } else {
            fprintf(emitter->out, "%s (%ld)", named->name->text,
                    type_item_number(type, named->name->text));
        }
        if (named->next != NULL)
            fputc(',', emitter->out);
    }
    new_line(emitter, depth);
    fputc('}', emitter->out);
}

/*
 * Whether PER sees the constraint (X.691, 10.3): a union only if it sees all
 * of it; a single value of anything but INTEGER never.
 */
static bool is_visible(const struct constraint *constraint, enum type_kind base)
{
    bool is_all = constraint->kind == CONSTRAINT_UNION;

    if (constraint->kind == CONSTRAINT_RANGE)
        return base == TYPE_INTEGER;
    if (constraint->parts == NULL)
        return constraint->kind == CONSTRAINT_SIZE;
    for (const struct constraint *part = constraint->parts; part != NULL;
         part = part->next)
        if (is_visible(part, base) != is_all)
            return !is_all;
    return is_all;
}

static void emit_value(const struct emitter *emitter, const struct type *type,
                       struct value value)
{
    fputs(release_value(emitter->release, emitter->module, type, value),
          emitter->out);
}

static void emit_constraint(const struct emitter *emitter,
                            const struct type *type, enum type_kind base,
                            const struct constraint *constraint);

static void emit_constraint_set(const struct emitter *emitter,
                                const struct type *type, enum type_kind base,
                                const struct constraint_set *set)
{
    fputc('(', emitter->out);
    emit_constraint(emitter, type, base, set->root);
    fputs(set->is_extensible ? ", ...)" : ")", emitter->out);
}

static void emit_parts(const struct emitter *emitter, const struct type *type,
                       enum type_kind base, const struct constraint *list)
{
    const char *sign = list->kind == CONSTRAINT_UNION ? " | " : " ^ ";
    const char *between = "";

    for (const struct constraint *part = list->parts; part != NULL;
         part = part->next) {
        bool needs_group = part->parts != NULL;

        if (!is_visible(part, base))
            continue;
        fputs(between, emitter->out);
        fputs(needs_group ? "(" : "", emitter->out);
        emit_constraint(emitter, type, base, part);
        fputs(needs_group ? ")" : "", emitter->out);
        between = sign;
    }
}

static void emit_constraint(const struct emitter *emitter,
                            const struct type *type, enum type_kind base,
                            const struct constraint *constraint)
{
    const struct type integer = {.kind = TYPE_INTEGER};

    switch (constraint->kind) {
    case CONSTRAINT_RANGE:
        emit_value(emitter, type, constraint->lower);
        if (constraint->upper.item != NULL) {
            fputs("..", emitter->out);
            emit_value(emitter, type, constraint->upper);
        }
        break;
    case CONSTRAINT_SIZE:
        fputs("SIZE", emitter->out);
        emit_constraint_set(emitter, &integer, TYPE_INTEGER, constraint->inner);
        break;
    case CONSTRAINT_UNION:
    case CONSTRAINT_INTERSECTION:
        emit_parts(emitter, type, base, constraint);
        break;
    case CONSTRAINT_TEXT:
    case CONSTRAINT_ELEMENTS:
    case CONSTRAINT_COMPONENTS:
        break;
    }
}

static void emit_constraints(const struct emitter *emitter,
                             const struct type *type)
{
    enum type_kind base =
        release_base(emitter->release, emitter->module, type)->kind;

    for (const struct constraint_set *set = type->constraints; set != NULL;
         set = set->next) {
        if (!is_visible(set->root, base))
            continue;
        fputc(' ', emitter->out);
        emit_constraint_set(emitter, type, base, set);
    }
}

/* An addition that is encoded like a SEQUENCE (X.691, 19.9). */
static void emit_group(const struct emitter *emitter,
                       const struct member *group, unsigned number,
                       unsigned depth)
{
    fprintf(emitter->out, "extGroup%u SEQUENCE", number);
    emit_members(emitter, group->members, depth);
    fputs(" OPTIONAL", emitter->out);
}

static void emit_component(const struct emitter *emitter,
                           const struct member *member, unsigned depth)
{
    fprintf(emitter->out, "%s ", member->name->text);
    emit_type(emitter, member->type, depth);
    if (member->is_optional)
        fputs(" OPTIONAL", emitter->out);
    if (member->default_value.item == NULL)
        return;
    fputs(" DEFAULT ", emitter->out);
    emit_value(emitter, member->type, member->default_value);
}

static void emit_members(const struct emitter *emitter,
                         const struct member *members, unsigned depth)
{
    unsigned group = 0;

    fputs(" {", emitter->out);
    for (; members != NULL; members = members->next) {
        new_line(emitter, depth + 1);
        switch (members->kind) {
        case MEMBER_COMPONENT:
            emit_component(emitter, members, depth + 1);
            break;
        case MEMBER_COMPONENTS_OF:
            fputs("COMPONENTS OF ", emitter->out);
            emit_type(emitter, members->type, depth + 1);
            break;
        case MEMBER_MARKER:
            fputs("...", emitter->out);
            break;
        case MEMBER_GROUP:
            emit_group(emitter, members, ++group, depth + 1);
            break;
        }
        if (members->next != NULL)
            fputc(',', emitter->out);
    }
    new_line(emitter, depth);
    fputc('}', emitter->out);
}

static void emit_keyword(const struct emitter *emitter, const struct type *type)
{
    static const char *const keywords[] = {
        [TYPE_BOOLEAN] = "BOOLEAN",      [TYPE_NULL] = "NULL",
        [TYPE_INTEGER] = "INTEGER",      [TYPE_ENUMERATED] = "ENUMERATED",
        [TYPE_SEQUENCE] = "SEQUENCE",    [TYPE_CHOICE] = "CHOICE",
        [TYPE_SEQUENCE_OF] = "SEQUENCE",
    };

    if (type->kind == TYPE_REFERENCE)
        fprintf(emitter->out, "%s%s", emitter->prefix, type->name->text);
    else if (type->kind == TYPE_STRING)
        fputs(type->keyword, emitter->out);
    else
        fputs(keywords[type->kind], emitter->out);
}

static void emit_type(const struct emitter *emitter, const struct type *type,
                      unsigned depth)
{
    fputs(type->tag, emitter->out);
    emit_keyword(emitter, type);
    emit_names(emitter, type, depth);
    if (type->kind == TYPE_SEQUENCE || type->kind == TYPE_CHOICE)
        emit_members(emitter, type->members, depth);
    emit_constraints(emitter, type);
    if (type->kind == TYPE_SEQUENCE_OF) {
        fputs(" OF ", emitter->out);
        emit_type(emitter, type->element, depth);
    }
}

void emit_release(FILE *out, const struct release *release, const char *prefix)
{
    fprintf(out,
            "-- Made by asn1prep. Do not edit.\n"
            "%s-%s DEFINITIONS AUTOMATIC TAGS ::=\n\nBEGIN\n\n",
            prefix, release->reached[0]->module->name->text);
    for (size_t i = 0; i < release->count; i++) {
        const struct assignment *assignment = release->reached[i];
        const struct emitter emitter = {
            .out = out,
            .release = release,
            .module = assignment->module,
            .prefix = prefix,
        };

        fprintf(out, "%s%s ::= ", prefix, assignment->name->text);
        emit_type(&emitter, assignment->parsed, 0);
        fputs("\n\n", out);
    }
    fputs("END\n", out);
}
