#include "jer.h"

#include <string.h>

#include <check.h>

json_object *member(json_object *owner, const char *name)
{
    json_object *value = NULL;

    json_object_object_get_ex(owner, name, &value);
    return value;
}

int64_t number(json_object *owner, const char *name)
{
    json_object *value = member(owner, name);

    ck_assert_msg(json_object_is_type(value, json_type_int), "no %s", name);
    return json_object_get_int64(value);
}

int place(json_object *owner, const char *name, const char *const *texts,
          int count)
{
    const char *text = json_object_get_string(member(owner, name));

    for (int i = 0; i < count; i++)
        if (strcmp(text, texts[i]) == 0)
            return i;
    ck_abort_msg("%s: %s", name, text);
    return -1;
}
