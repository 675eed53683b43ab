#include "model/keyword.h"

#include <string.h>

#include "common/keep.h"
#include "json/number.h"

static const char documentation[] =
    "title description $comment examples deprecated readOnly writeOnly";

static const char vocabulary[] =
    "$schema $id $defs $ref type enum const anyOf oneOf default required "
    "properties additionalProperties prefixItems items minItems maxItems "
    "uniqueItems minLength maxLength pattern minimum maximum exclusiveMinimum "
    "exclusiveMaximum multipleOf format x-unit x-scale x-values x-classes "
    "x-raw x-reload x-formerly x-secret x-name x-epoch x-sparse";

/* The rest of JSON Schema (draft 2020-12), and why records have not got it. */
static const struct {
    const char *words;
    const char *reason;
    bool valid; /* a validator may have it */
} refused[] = {
    {"allOf", "put the keywords of its schemas together", true},
    {"not if then else dependentRequired dependentSchemas",
     "what is allowed in a record does not depend on its values", true},
    {"patternProperties propertyNames minProperties maxProperties",
     "a record has the properties that it names", true},
    {"unevaluatedProperties", "\"additionalProperties\" does the same here",
     true},
    {"contains minContains maxContains unevaluatedItems",
     "an array says of each of its elements what it is", true},
    {"contentEncoding contentMediaType contentSchema",
     "what is in a string is not looked at", false},
    {"$anchor $dynamicAnchor $dynamicRef",
     "a reference is to a file, or to a name in \"$defs\"", true},
    {"$vocabulary", "it is for schemas of schemas", false},
    {"definitions dependencies additionalItems $recursiveRef $recursiveAnchor",
     "it is of an older draft than 2020-12", false},
};

static bool has_word(const char *words, const char *word)
{
    size_t size = strlen(word);

    while (words != NULL && *words != '\0') {
        size_t here = strcspn(words, " ");

        if (here == size && memcmp(words, word, size) == 0)
            return true;
        words += here + strspn(words + here, " ");
    }
    return false;
}

static void refuse(const struct place *place, const char *keyword,
                   const char *what)
{
    struct place here = place_member(place, keyword);

    if (has_word(vocabulary, keyword))
        fail_at(&here, "keyword \"%s\" is not supported in %s", keyword, what);
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        if (has_word(refused[i].words, keyword))
            fail_at(&here, "keyword \"%s\" is not supported: %s%s", keyword,
                    refused[i].reason,
                    refused[i].valid ? "; with --validator it is" : "");
    fail_at(&here, "keyword \"%s\" is not known", keyword);
}

void keyword_check_known(const struct place *place, struct json_object *schema)
{
    json_object_object_foreach(schema, key, value)
    {
        (void)value;
        if (!has_word(vocabulary, key) && !has_word(documentation, key))
            refuse(place, key, "");
    }
}

static void check_documentation(const struct place *place,
                                struct json_object *schema)
{
    keyword_text(place, schema, "title");
    keyword_text(place, schema, "description");
    keyword_text(place, schema, "$comment");
    keyword_get(place, schema, "examples", json_type_array);
    keyword_flag(place, schema, "deprecated", false);
    keyword_flag(place, schema, "readOnly", false);
    keyword_flag(place, schema, "writeOnly", false);
}

/* Of a property, whatever its value is. */
static const char of_members[] = "default x-formerly x-reload x-name x-sparse";

void keyword_allow(const struct place *place, struct json_object *schema,
                   const char *what, bool member, const char *allowed)
{
    check_documentation(place, schema);
    json_object_object_foreach(schema, key, value)
    {
        (void)value;
        if (!has_word(allowed, key) && !has_word(documentation, key) &&
            !(member && has_word(of_members, key)))
            refuse(place, key, what);
    }
}

struct json_object *keyword_get(const struct place *place,
                                struct json_object *schema, const char *keyword,
                                enum json_type type)
{
    struct json_object *value;
    struct place here;

    if (!json_object_object_get_ex(schema, keyword, &value))
        return NULL;
    if (json_object_is_type(value, type))
        return value;
    here = place_member(place, keyword);
    fail_at(&here, "found %s, allowed is a value of type %s",
            json_object_to_json_string(value), json_type_to_name(type));
}

const char *keyword_text(const struct place *place, struct json_object *schema,
                         const char *keyword)
{
    struct json_object *value =
        keyword_get(place, schema, keyword, json_type_string);

    return value == NULL ? NULL : json_object_get_string(value);
}

bool keyword_flag(const struct place *place, struct json_object *schema,
                  const char *keyword, bool otherwise)
{
    struct json_object *value =
        keyword_get(place, schema, keyword, json_type_boolean);

    return value == NULL ? otherwise : (bool)json_object_get_boolean(value);
}

const char *keyword_notes(const struct place *place, struct json_object *schema)
{
    static const struct {
        const char *keyword;
        const char *note;
    } flags[] = {
        {"deprecated", "Deprecated."},
        {"readOnly", "Read only."},
        {"writeOnly", "Write only."},
        {"x-sparse", KEYWORD_SPARSE_NOTE},
    };
    const char *all = "";

    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
        if (keyword_flag(place, schema, flags[i].keyword, false))
            all = keep_format("%s%s%s", all, *all == '\0' ? "" : " ",
                              flags[i].note);
    return all;
}

bool keyword_exact(struct json_object *json, int exponent, int64_t *value)
{
    struct stepden_json_decimal decimal;
    const char *text;

    if (!json_object_is_type(json, json_type_int) &&
        !json_object_is_type(json, json_type_double))
        return false;
    text = json_object_to_json_string(json);
    stepden_json_decimal_parse(&decimal, text, strlen(text), exponent);
    if (decimal.huge || decimal.inexact)
        return false;
    *value = stepden_json_decimal_round(&decimal);
    return true;
}

int64_t keyword_number(const struct place *place, struct json_object *schema,
                       const char *keyword, int exponent)
{
    struct json_object *json;
    struct place here = place_member(place, keyword);
    int64_t value;

    if (!json_object_object_get_ex(schema, keyword, &json))
        fail_at(place, "\"%s\" is missing: every value has to be bounded",
                keyword);
    if (!keyword_exact(json, exponent, &value))
        fail_at(&here, "found %s, allowed is %s of 64 bits",
                json_object_to_json_string(json),
                exponent == 0 ? "an integer"
                              : keep_format("a multiple of 1e-%d", exponent));
    return value;
}

int64_t keyword_count(const struct place *place, struct json_object *schema,
                      const char *keyword, int64_t otherwise)
{
    struct place here = place_member(place, keyword);
    int64_t value;

    if (!json_object_object_get_ex(schema, keyword, NULL))
        return otherwise;
    value = keyword_number(place, schema, keyword, 0);
    if (value < 0 || value > 16777216)
        fail_at(&here, "found %lld, allowed is 0..16777216", (long long)value);
    return value;
}
