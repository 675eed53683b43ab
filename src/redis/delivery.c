#include "redis/delivery.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 8 };

/* RESP2 answers a list of [key, entries], RESP3 a map of key to entries. */
const redisReply *stepden_delivery_stream(const redisReply *reply,
                                          const char *key)
{
    const redisReply *member = stepden_reply_member(reply, key);

    if (member != NULL || !stepden_reply_is_list(reply))
        return member;
    for (size_t i = 0; i < (size_t)reply->elements; i++) {
        member = stepden_reply_member(reply->element[i], key);
        if (member != NULL)
            return member;
    }
    return NULL;
}

/* A number of 64 bits, and what follows it. */
static bool is_number(const char *text, char then)
{
    size_t digits = strspn(text, "0123456789");

    errno = 0;
    (void)strtoull(text, NULL, 10);
    return digits > 0 && errno == 0 && text[digits] == then;
}

static bool is_id(const char *text)
{
    return is_number(text, '-') && is_number(strchr(text, '-') + 1, '\0');
}

bool stepden_delivery_id(char id[STEPDEN_ID_SIZE], const redisReply *reply)
{
    if (!stepden_reply_is_string(reply) ||
        (size_t)reply->len >= STEPDEN_ID_SIZE || !is_id(reply->str))
        return false;
    memcpy(id, reply->str, (size_t)reply->len + 1);
    return true;
}

static uint64_t id_part(const char **at)
{
    char *end;
    uint64_t part = strtoull(*at, &end, 10);

    *at = *end == '-' ? end + 1 : end;
    return part;
}

bool stepden_delivery_is_later(const char *a, const char *b)
{
    uint64_t a_ms = id_part(&a);
    uint64_t b_ms = id_part(&b);

    return a_ms != b_ms ? a_ms > b_ms : id_part(&a) > id_part(&b);
}

static bool reserve(struct stepden_fields *fields, size_t count)
{
    if (count <= fields->capacity)
        return true;

    size_t capacity = count > FIRST_CAPACITY ? count : FIRST_CAPACITY;
    struct stepden_redis_field *items = calloc(capacity, sizeof *items);
    if (items == NULL)
        return false;
    free(fields->items);
    fields->items = items;
    fields->capacity = capacity;
    return true;
}

static bool read_field(struct stepden_redis_field *field,
                       const redisReply *name, const redisReply *value)
{
    if (!stepden_reply_is_string(name) || !stepden_reply_is_string(value))
        return false;
    *field = (struct stepden_redis_field){
        .name = name->str,
        .name_size = (size_t)name->len,
        .value = value->str,
        .value_size = (size_t)value->len,
    };
    return true;
}

static bool read_fields(struct stepden_fields *fields, const redisReply *reply)
{
    size_t count = (size_t)reply->elements / 2;

    fields->count = fields->bytes = 0;
    if (!stepden_reply_is_list(reply) || reply->elements % 2 != 0 ||
        !reserve(fields, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct stepden_redis_field *field = &fields->items[i];
        if (!read_field(field, reply->element[2 * i],
                        reply->element[2 * i + 1]))
            return false;
        fields->bytes += field->name_size + field->value_size;
    }
    fields->count = count;
    return true;
}

enum stepden_delivery_kind stepden_delivery_read(char id[STEPDEN_ID_SIZE],
                                                 struct stepden_fields *fields,
                                                 const redisReply *reply)
{
    if (!stepden_reply_is_list(reply) || reply->elements != 2 ||
        !stepden_delivery_id(id, reply->element[0]))
        return STEPDEN_DELIVERY_BROKEN;
    if (stepden_reply_is_nil(reply->element[1]))
        return STEPDEN_DELIVERY_TRIMMED;
    return read_fields(fields, reply->element[1]) ? STEPDEN_DELIVERY_ENTRY
                                                  : STEPDEN_DELIVERY_BROKEN;
}

void stepden_fields_free(struct stepden_fields *fields)
{
    free(fields->items);
    *fields = (struct stepden_fields){0};
}

const redisReply *stepden_delivery_group(const redisReply *reply,
                                         const char *group)
{
    if (!stepden_reply_is_list(reply))
        return NULL;
    for (size_t i = 0; i < (size_t)reply->elements; i++) {
        const redisReply *name =
            stepden_reply_member(reply->element[i], "name");
        if (name != NULL && stepden_reply_is(name, group))
            return reply->element[i];
    }
    return NULL;
}

bool stepden_delivery_last_id(char id[STEPDEN_ID_SIZE], const redisReply *reply,
                              const char *group)
{
    const redisReply *found = stepden_delivery_group(reply, group);
    const redisReply *last =
        found != NULL ? stepden_reply_member(found, "last-delivered-id") : NULL;

    return last != NULL && stepden_delivery_id(id, last);
}
