#include "model/names.h"

#include <string.h>

#include "common/keep.h"
#include "common/name.h"

void names_add(struct names *names, const struct place *place, const char *name,
               unsigned of)
{
    for (size_t i = 0; i < names->count; i++)
        if ((names->item[i].of & of) != 0 &&
            strcmp(names->item[i].name, name) == 0)
            fail_at(place,
                    "\"%s\" is already the C name of %s#%s; \"x-name\" gives "
                    "a property another",
                    name, names->item[i].place->file,
                    names->item[i].place->pointer);
    names->item = keep_grow(names->item, names->count, sizeof(*names->item));
    names->item[names->count].name = name;
    names->item[names->count].place = place;
    names->item[names->count++].of = of;
}

/* Names that begin with that of `type`. */
static void add_each(struct names *names, const struct type *type, unsigned of,
                     const char *const *suffix)
{
    for (; *suffix != NULL; suffix++)
        names_add(names, &type->place, keep_format("%s%s", type->name, *suffix),
                  of);
}

static void add_constant(struct names *names, const struct type *type,
                         const char *name)
{
    names_add(names, &type->place,
              keep_format("%s_%s", name_upper(type->name), name_upper(name)),
              NAME_PUBLIC);
}

static void add_type(struct names *names, const struct type *type)
{
    static const char
        *const tag[] = {"", NULL},
               *const kind[] = {"_kind", NULL}, *const text[] = {"_text", NULL},
               *const init[] = {"_init", NULL},
               *const of_all[] = {"_take", "_put", NULL},
               *const of_object[] = {"_keys", "_members", "_formers", NULL},
               *const of_union[] = {"_branches", NULL},
               *const of_names[] = {"_name", "_names", NULL};

    add_each(names, type, NAME_TAG, tag);
    for (size_t i = 0; i < type->value_count; i++)
        add_constant(names, type, type->values[i].constant);
    for (size_t i = 0; i < type->branch_count; i++)
        add_constant(names, type, type->branches[i].name);
    if (type->kind == KIND_NAMES) {
        add_each(names, type, NAME_PUBLIC, text);
        add_each(names, type, NAME_PRIVATE, of_names);
        return;
    }
    add_each(names, type, NAME_PUBLIC, init);
    add_each(names, type, NAME_PRIVATE, of_all);
    if (type->kind == KIND_OBJECT)
        add_each(names, type, NAME_PRIVATE, of_object);
    if (type->kind == KIND_UNION) {
        add_each(names, type, NAME_TAG, kind);
        add_each(names, type, NAME_PRIVATE, of_union);
    }
}

void names_check(const struct model *model)
{
    static const char *const of_record[] = {
        "_read",   "_read_all", "_write",    "_write_masked",
        "_reload", "_schema",   "_template", NULL};
    static const char *const of_pattern[] = {"_pattern", "_pattern_ranges",
                                             "_pattern_next",
                                             "_pattern_accepts", NULL};
    static const char *const places[] = {"_places", NULL};
    struct names names = {0};

    if (model->root != NULL) {
        add_each(&names, model->root, NAME_PUBLIC, of_record);
        add_each(&names, model->root, NAME_PRIVATE, places);
        add_constant(&names, model->root, "json_max");
        add_type(&names, model->root);
    }
    for (size_t i = 0; i < model->count; i++)
        if (model->item[i] != model->root)
            add_type(&names, model->item[i]);
    for (size_t i = 0; i < model->pattern_count; i++)
        add_each(&names, model->patterns[i], NAME_PRIVATE, of_pattern);
}
