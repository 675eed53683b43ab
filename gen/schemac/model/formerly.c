/* The names that a property had once. */
#include "common/name.h"
#include "model/keyword.h"
#include "model/type.h"

struct json_object *model_formerly(const struct place *place,
                                   struct json_object *property)
{
    struct place all = place_member(place, "x-formerly");
    struct json_object *names =
        keyword_get(place, property, "x-formerly", json_type_object);

    if (names == NULL)
        return NULL;
    json_object_object_foreach(names, name, note)
    {
        struct place here = place_member(&all, name);

        if (!name_is_plain(name))
            fail_at(&here, "a name has no characters that need an escape");
        if (!json_object_is_type(note, json_type_string))
            fail_at(&here,
                    "found %s, allowed is a text: what else has "
                    "changed, or \"\"",
                    json_object_to_json_string(note));
    }
    return names;
}

static void check_member(const struct type *object, const struct member *member)
{
    struct place all = place_member(&member->place, "x-formerly");

    json_object_object_foreach(member->formerly, name, note)
    {
        struct place here = place_member(&all, name);

        (void)note;
        if (model_member(object, name) != NULL)
            fail_at(&here, "\"%s\" is a property", name);
    }
}

void model_check_formerly(const struct type *object)
{
    for (size_t i = 0; i < object->member_count; i++)
        if (object->members[i].formerly != NULL)
            check_member(object, &object->members[i]);
}
