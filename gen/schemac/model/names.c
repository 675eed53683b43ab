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
                    "a property another, --name a record",
                    name, names->item[i].place->file,
                    names->item[i].place->pointer);
    names->item = keep_grow(names->item, names->count, sizeof(*names->item));
    names->item[names->count].name = name;
    names->item[names->count].place = place;
    names->item[names->count++].of = of;
}

/* Types by their kinds, and the record among the objects. */
enum {
    OBJECT = 1 << KIND_OBJECT,
    UNION = 1 << KIND_UNION,
    COMPOSITE = OBJECT | UNION | 1 << KIND_ARRAY | 1 << KIND_TUPLE,
    NAMES = 1 << KIND_NAMES,
    STRING = 1 << KIND_STRING, /* with a pattern */
    RECORD = 1 << (KIND_UNION + 1),
};

/* What begins with the name of a type. */
static const struct {
    int kinds;
    unsigned of;
    const char *suffix;
} begun[] = {
    {COMPOSITE | NAMES, NAME_TAG, ""},
    {UNION, NAME_TAG, "_kind"},
    {COMPOSITE, NAME_PUBLIC, "_init"},
    {NAMES, NAME_PUBLIC, "_text"},
    {RECORD, NAME_PUBLIC, "_read"},
    {RECORD, NAME_PUBLIC, "_read_all"},
    {RECORD, NAME_PUBLIC, "_write"},
    {RECORD, NAME_PUBLIC, "_write_masked"},
    {RECORD, NAME_PUBLIC, "_reload"},
    {RECORD, NAME_PUBLIC, "_schema"},
    {RECORD, NAME_PUBLIC, "_template"},
    {COMPOSITE, NAME_PRIVATE, "_take"},
    {COMPOSITE, NAME_PRIVATE, "_put"},
    {OBJECT, NAME_PRIVATE, "_keys"},
    {OBJECT, NAME_PRIVATE, "_members"},
    {OBJECT, NAME_PRIVATE, "_formers"},
    {UNION, NAME_PRIVATE, "_branches"},
    {NAMES, NAME_PRIVATE, "_name"},
    {NAMES, NAME_PRIVATE, "_names"},
    {RECORD, NAME_PRIVATE, "_places"},
    {STRING, NAME_PRIVATE, "_pattern"},
    {STRING, NAME_PRIVATE, "_pattern_ranges"},
    {STRING, NAME_PRIVATE, "_pattern_next"},
    {STRING, NAME_PRIVATE, "_pattern_accepts"},
};

static void add_constant(struct names *names, const struct type *type,
                         const char *name)
{
    names_add(names, &type->place,
              keep_format("%s_%s", name_upper(type->name), name_upper(name)),
              NAME_PUBLIC);
}

static void add_type(struct names *names, const struct type *type, int kinds)
{
    for (size_t i = 0; i < sizeof(begun) / sizeof(begun[0]); i++)
        if ((begun[i].kinds & kinds) != 0)
            names_add(names, &type->place,
                      keep_format("%s%s", type->name, begun[i].suffix),
                      begun[i].of);
    for (size_t i = 0; i < type->value_count; i++)
        add_constant(names, type, type->values[i].constant);
    for (size_t i = 0; i < type->branch_count; i++)
        add_constant(names, type, type->branches[i].name);
}

void names_check(const struct model *model)
{
    struct names names = {0};

    if (model->root != NULL) {
        add_type(&names, model->root, 1 << model->root->kind | RECORD);
        add_constant(&names, model->root, "json_max");
    }
    for (size_t i = 0; i < model->count; i++)
        if (model->item[i] != model->root)
            add_type(&names, model->item[i], 1 << model->item[i]->kind);
    for (size_t i = 0; i < model->pattern_count; i++)
        add_type(&names, model->patterns[i], STRING);
}
