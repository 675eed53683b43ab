#include "release.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* No chain of names that refer to names is longer, unless it is a circle. */
#define RELEASE_CHAIN_MAX 64

/* COMPONENTS OF, each as often as it is expanded; more are in a circle. */
#define RELEASE_COMPONENTS_OF_MAX 1000

static const struct type integer = {.kind = TYPE_INTEGER};

/* A type or value by its name, local or imported. */
static struct assignment *find(const struct release *release,
                               const struct module *module,
                               const struct token *name)
{
    struct assignment *assignment = module_assignment(module, name->text);
    const struct import *import = module_import(module, name->text);
    const struct module *source;

    if (assignment != NULL)
        return assignment;
    if (import == NULL)
        fail_at(name->at,
                "%s found, which module %s neither defines nor "
                "imports",
                name->text, module->name->text);
    source = module_find(release->modules, import->module->text);
    if (source == NULL)
        fail_at(import->module->at,
                "%s is imported from module %s, which no file contains",
                name->text, import->module->text);
    assignment = module_assignment(source, name->text);
    if (assignment == NULL)
        fail_at(import->symbol->at,
                "%s is imported, but module %s in %s does "
                "not define it",
                name->text, import->module->text, source->name->at.file);
    return assignment;
}

static const struct module *named_module(const struct release *release,
                                         const struct token *name)
{
    const struct module *module = module_find(release->modules, name->text);

    if (module == NULL)
        fail_at(name->at, "module %s found, which no file contains",
                name->text);
    return module;
}

struct assignment *release_type(const struct release *release,
                                const struct module *module,
                                const struct type *reference)
{
    struct assignment *assignment;

    if (reference->module != NULL)
        module = named_module(release, reference->module);
    assignment = find(release, module, reference->name);
    if (assignment->kind != ASSIGNMENT_TYPE)
        fail_at(reference->at,
                "%s found, which %s:%u defines with parameters or as a set; a "
                "plain type is allowed",
                reference->name->text, assignment->name->at.file,
                assignment->name->at.line);
    if (assignment->parsed == NULL)
        assignment->parsed = type_parse(assignment->body, assignment->end);
    return assignment;
}

struct use release_resolve(const struct release *release, struct use use)
{
    for (unsigned i = 0; i < RELEASE_CHAIN_MAX; i++) {
        const struct assignment *assignment;

        assert(use.type != NULL);
        if (use.type->kind != TYPE_REFERENCE)
            return use;
        assignment = release_type(release, use.module, use.type);
        use.module = assignment->module;
        use.type = assignment->parsed;
    }
    fail_at(use.type->at, "%s found, which refers to itself",
            use.type->name->text);
}

const struct type *release_base(const struct release *release,
                                const struct module *module,
                                const struct type *type)
{
    const struct use use = {.module = module, .type = type};

    return release_resolve(release, use).type;
}

static bool has_name(const struct type *base, const char *name)
{
    for (const struct named_value *named = base->names; named != NULL;
         named = named->next)
        if (named->name != NULL && strcmp(named->name->text, name) == 0)
            return true;
    return false;
}

static const char *number_text(struct value value)
{
    size_t size = strlen(value.item->text);
    char *text = memory_new(size + 2);

    text[0] = '-';
    memcpy(text + value.is_negative, value.item->text, size);
    text[value.is_negative + size] = '\0';
    return text;
}

/* The value behind ::=, where it is a single word. */
static struct value assigned_value(const struct assignment *assignment)
{
    const struct token *item = assignment->body;
    struct value value = {.is_negative = token_is(item, "-")};
    bool is_word;

    value.item = item + value.is_negative;
    is_word = value.item->kind == TOKEN_NAME || token_is(value.item, "TRUE") ||
              token_is(value.item, "FALSE");
    if (value.item + 1 != assignment->end ||
        (value.item->kind != TOKEN_NUMBER && (value.is_negative || !is_word)))
        fail_at(item->at,
                "\"%s\" found as the value of %s; a number, a name, "
                "TRUE or FALSE is allowed",
                item->text, assignment->name->text);
    return value;
}

static struct value named_number(const struct type *type, const char *name)
{
    const struct named_value *named = type->names;

    while (named->name == NULL || strcmp(named->name->text, name) != 0)
        named = named->next;
    return named->value;
}

const char *release_value(const struct release *release,
                          const struct module *module, const struct type *type,
                          struct value value)
{
    const struct type *base = release_base(release, module, type);
    struct place at = value.item->at;

    if (value.item->kind == TOKEN_NAME && has_name(base, value.item->text))
        return value.item->text;
    for (unsigned i = 0; i < RELEASE_CHAIN_MAX; i++) {
        const struct assignment *assignment;

        if (value.item->kind == TOKEN_NUMBER)
            return number_text(value);
        if (value.item->kind != TOKEN_NAME)
            return value.item->text;
        assignment = find(release, module, value.item);
        value = assigned_value(assignment);
        module = assignment->module;
        type = type_parse(assignment->type, assignment->body - 1);
        base = release_base(release, module, type);
        if (base->kind == TYPE_INTEGER && has_name(base, value.item->text))
            value = named_number(base, value.item->text);
    }
    fail_at(at, "%s found, which refers to itself", value.item->text);
}

/* 1 and 0 for TRUE and FALSE. */
static bool plain_number(int64_t *number, const struct release *release,
                         const struct module *module, struct value value)
{
    const char *text = release_value(release, module, &integer, value);
    char *end;

    if (strcmp(text, "TRUE") == 0)
        text = "1";
    else if (strcmp(text, "FALSE") == 0)
        text = "0";
    errno = 0;
    *number = strtoll(text, &end, 10);
    return errno == 0 && *end == '\0';
}

bool release_number(int64_t *number, const struct release *release,
                    const struct module *module, const struct type *type,
                    struct value value)
{
    const struct use use = {.module = module, .type = type};
    const struct use base = release_resolve(release, use);
    bool is_named =
        value.item->kind == TOKEN_NAME && has_name(base.type, value.item->text);
    const char *name = value.item->text;

    if (!is_named)
        return plain_number(number, release, module, value);
    value = named_number(base.type, name);
    if (value.item != NULL)
        return plain_number(number, release, base.module, value);
    *number = type_item_number(base.type, name);
    return true;
}

static void check_module(const struct module *module)
{
    if (!module->has_automatic_tags)
        fail_at(module->name->at,
                "module %s has no AUTOMATIC TAGS; only these are allowed",
                module->name->text);
    if (module->has_implied_extensibility)
        fail_at(module->name->at,
                "module %s has EXTENSIBILITY IMPLIED, which is not allowed",
                module->name->text);
}

static void reach(struct release *release, struct assignment *assignment)
{
    for (size_t i = 0; i < release->count; i++) {
        const struct assignment *other = release->reached[i];

        if (other == assignment)
            return;
        if (strcmp(other->name->text, assignment->name->text) == 0)
            fail_at(assignment->name->at,
                    "%s is in %s:%u as well; types that the message reaches "
                    "need names of their own",
                    assignment->name->text, other->name->at.file,
                    other->name->at.line);
    }
    check_module(assignment->module);
    release->reached =
        memory_grow(release->reached, release->count, sizeof *release->reached);
    release->reached[release->count++] = assignment;
}

static void reach_members(struct release *release, const struct module *module,
                          const struct member *members);

static void reach_type(struct release *release, const struct module *module,
                       const struct type *type)
{
    if (type->kind == TYPE_REFERENCE)
        reach(release, release_type(release, module, type));
    if (type->element != NULL)
        reach_type(release, module, type->element);
    reach_members(release, module, type->members);
}

static void reach_members(struct release *release, const struct module *module,
                          const struct member *members)
{
    for (; members != NULL; members = members->next) {
        if (members->type != NULL)
            reach_type(release, module, members->type);
        reach_members(release, module, members->members);
    }
}

struct components_of {
    const struct release *release;
    unsigned count;
};

static void count_components_of(struct components_of *counter,
                                const struct module *module,
                                const struct type *type);

/* Expands it, and counts what is inside of it, too. */
static void expand_components_of(struct components_of *counter,
                                 const struct module *module,
                                 const struct type *type)
{
    struct use inside;

    if (++counter->count > RELEASE_COMPONENTS_OF_MAX)
        fail_at(type->at,
                "COMPONENTS OF %s found, which adds up to more than %d; does "
                "it contain itself?",
                type->name->text, RELEASE_COMPONENTS_OF_MAX);
    inside = release_resolve(counter->release,
                             (struct use){.module = module, .type = type});
    count_components_of(counter, inside.module, inside.type);
}

static void count_in_members(struct components_of *counter,
                             const struct module *module,
                             const struct member *members)
{
    for (; members != NULL; members = members->next) {
        count_in_members(counter, module, members->members);
        if (members->kind == MEMBER_COMPONENTS_OF)
            expand_components_of(counter, module, members->type);
        else if (members->type != NULL)
            count_components_of(counter, module, members->type);
    }
}

static void count_components_of(struct components_of *counter,
                                const struct module *module,
                                const struct type *type)
{
    count_in_members(counter, module, type->members);
    if (type->element != NULL)
        count_components_of(counter, module, type->element);
}

static struct assignment *find_root(const struct module *modules,
                                    const char *root)
{
    struct assignment *found = NULL;

    for (; modules != NULL; modules = modules->next) {
        struct assignment *here = module_assignment(modules, root);

        if (here != NULL && found != NULL)
            fail_at(here->name->at, "%s is in %s:%u as well; one is allowed",
                    root, found->name->at.file, found->name->at.line);
        if (here != NULL)
            found = here;
    }
    if (found == NULL)
        fail("no file defines %s", root);
    return found;
}

void release_reach(struct release *release, const char *root)
{
    struct components_of counter = {.release = release};
    const struct assignment *first = find_root(release->modules, root);
    const struct type reference = {
        .kind = TYPE_REFERENCE, .at = first->name->at, .name = first->name};

    reach(release, release_type(release, first->module, &reference));
    for (size_t i = 0; i < release->count; i++)
        reach_type(release, release->reached[i]->module,
                   release->reached[i]->parsed);
    for (size_t i = 0; i < release->count; i++)
        count_components_of(&counter, release->reached[i]->module,
                            release->reached[i]->parsed);
}
