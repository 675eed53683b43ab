#include "support/denm_check_data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

json_object *at(json_object *data, const char *pointer)
{
    json_object *value = NULL;

    if (json_pointer_get(data, pointer, &value) != 0)
        return NULL;
    return value;
}

int64_t number(json_object *data, const char *pointer, int64_t absent)
{
    json_object *value = at(data, pointer);

    return value ? json_object_get_int64(value) : absent;
}

int64_t degrees_e7(json_object *data, const char *pointer)
{
    return llround(json_object_get_double(at(data, pointer)) * 1e7);
}

int64_t named(json_object *data, const char *pointer,
              const char *text(unsigned))
{
    json_object *value = at(data, pointer);

    if (!json_object_is_type(value, json_type_string))
        return value ? json_object_get_int64(value) : -1;
    for (unsigned i = 0; i < 256; i++)
        if (text(i) && strcmp(text(i), json_object_get_string(value)) == 0)
            return i;
    fprintf(stderr, "%s: unknown name\n", pointer);
    exit(1);
}
