#include "redis/rights.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "redis/keys.h"

/* Of a configuration without a user's name. */
#define USER_DEFAULT "stepden"

/* AUTH and HELLO need no right. */
static const char commands[] = " +ping +info"
                               " +multi +exec +discard +watch +unwatch"
                               " +type +get +set +del +pexpire +pttl"
                               " +hset +hdel +hscan"
                               " +xadd +xack +xread +xreadgroup +xautoclaim"
                               " +xgroup|create +xinfo|groups +xinfo|stream";

const char stepden_rights_optional[] = "+client|setname +config|get";

struct text {
    char *bytes;
    size_t size;
    size_t used;
};

static void put(struct text *text, char byte)
{
    if (text->used + 1 < text->size)
        text->bytes[text->used++] = byte;
    text->bytes[text->used] = '\0';
}

static void put_text(struct text *text, const char *more)
{
    while (*more)
        put(text, *more++);
}

/* Not for a terminal as it stands: a control character, or a part of one of
 * Unicode's. */
static bool is_printable(char byte)
{
    return byte >= ' ' && byte <= '~';
}

/* Within the double quotes of redis-cli. */
static void put_quoted(struct text *text, char byte)
{
    char hex[5];

    if (byte == '"' || byte == '\\') {
        put(text, '\\');
        put(text, byte);
    } else if (!is_printable(byte)) {
        snprintf(hex, sizeof hex, "\\x%02x", (unsigned)(unsigned char)byte);
        put_text(text, hex);
    } else {
        put(text, byte);
    }
}

static bool is_plain(const char *word)
{
    for (; *word; word++)
        if (!is_printable(*word) || strchr(" \"'\\", *word))
            return false;
    return true;
}

static void put_word(struct text *text, const char *word)
{
    put(text, ' ');
    if (is_plain(word)) {
        put_text(text, word);
        return;
    }
    put(text, '"');
    while (*word)
        put_quoted(text, *word++);
    put(text, '"');
}

/* A pattern matches this key alone; white space is not allowed in one. */
static void put_literal(struct text *pattern, const char *key, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (strchr("*?[]\\", key[i]))
            put(pattern, '\\');
        put(pattern, isspace((unsigned char)key[i]) ? '?' : key[i]);
    }
}

/* That of partition 0, or of any one. */
static void put_key(struct text *text, const char *key, bool any)
{
    char pattern[1 + 2 * STEPDEN_KEY_SIZE];
    struct text word = {.bytes = pattern, .size = sizeof pattern};
    const char *tag = any ? strchr(key, '{') : NULL;

    put(&word, '~');
    if (tag) {
        put_literal(&word, key, (size_t)(tag - key));
        put_text(&word, "{[0-9]*}");
        key = tag + strlen("{0}");
    }
    put_literal(&word, key, strlen(key));
    put_word(text, pattern);
}

/* Also where there is but one partition: there may have been more. */
static void put_keys(struct text *text, const struct stepden_config *config)
{
    struct stepden_keys keys, others;
    struct stepden_key list[STEPDEN_KEY_COUNT], of_others[STEPDEN_KEY_COUNT];

    stepden_keys_derive(&keys, config, 0);
    stepden_keys_derive(&others, config, 1);
    stepden_keys_list(list, &keys);
    stepden_keys_list(of_others, &others);
    for (size_t i = 0; i < STEPDEN_KEY_COUNT; i++)
        put_key(text, list[i].name,
                strcmp(list[i].name, of_others[i].name) != 0);
}

const char *stepden_rights_write(char bytes[STEPDEN_RIGHTS_SIZE],
                                 const struct stepden_config *config)
{
    const struct stepden_redis_connection *connection =
        &config->redis.connection;
    struct text text = {.bytes = bytes, .size = STEPDEN_RIGHTS_SIZE};

    put_text(&text, "ACL SETUSER");
    put_word(&text,
             connection->has_username ? connection->username : USER_DEFAULT);
    put_text(&text, " reset on >PASSWORD");
    put_keys(&text, config);
    put_text(&text, commands);
    if (stepden_keys_is_split(
            config->redis.streams.inputs.crash_prediction.stream_id))
        put_text(&text, " +hget");
    if (config->redis.mode == STEPDEN_CONFIG_REDIS_MODE_SENTINEL)
        put_text(&text, " +role");
    if (connection->db != 0)
        put_text(&text, " +select");
    return bytes;
}
