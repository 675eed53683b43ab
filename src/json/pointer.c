/* Where in a text an error is. */
#include <stdio.h>
#include <string.h>

#include "json/scan.h"

struct level {
    bool object;
    bool key; /* object: a key comes next */
    size_t index;
    size_t size; /* of the pointer to the container */
};

struct walk {
    char *pointer;
    size_t room;
    size_t size; /* what the pointer would have with room enough */
    const char *end;
    unsigned depth;
    struct level level[STEPDEN_JSON_DEPTH_MAX];
};

static void cut_to(struct walk *walk, size_t size)
{
    walk->size = size;
    if (size < walk->room)
        walk->pointer[size] = '\0';
}

static void add_text(struct walk *walk, const char *text, size_t size)
{
    if (walk->size + size < walk->room) {
        memcpy(walk->pointer + walk->size, text, size);
        walk->pointer[walk->size + size] = '\0';
    }
    walk->size += size;
}

/* As its escape, so that a pointer is one line wherever it is printed. */
static void add_control(struct walk *walk, char c)
{
    char text[8];
    int size = snprintf(text, sizeof(text), "\\u%04x", (unsigned)c);

    add_text(walk, text, (size_t)size);
}

/* Puts the key at `at` in the place of the last one (RFC 6901, clause 3). */
static void set_key(struct walk *walk, const char *at)
{
    char utf8[4];
    size_t size;

    cut_to(walk, walk->level[walk->depth - 1].size);
    add_text(walk, "/", 1);
    while ((size = stepden_json_next_character(&at, walk->end, utf8)) != 0) {
        if (utf8[0] == '~')
            add_text(walk, "~0", 2);
        else if (utf8[0] == '/')
            add_text(walk, "~1", 2);
        else if ((unsigned char)utf8[0] < 0x20)
            add_control(walk, utf8[0]);
        else
            add_text(walk, utf8, size);
    }
}

static void set_index(struct walk *walk)
{
    struct level *level = &walk->level[walk->depth - 1];
    char text[24];
    int size = snprintf(text, sizeof(text), "/%zu", level->index);

    cut_to(walk, level->size);
    add_text(walk, text, (size_t)size);
}

static void open_level(struct walk *walk, bool object)
{
    if (walk->depth == STEPDEN_JSON_DEPTH_MAX)
        return;
    walk->level[walk->depth++] =
        (struct level){.object = object, .key = object, .size = walk->size};
    if (!object)
        set_index(walk);
}

static void close_level(struct walk *walk)
{
    cut_to(walk, walk->level[--walk->depth].size);
}

static void next_in_level(struct walk *walk)
{
    struct level *level = &walk->level[walk->depth - 1];

    level->key = level->object;
    level->index++;
    cut_to(walk, level->size);
    if (!level->object)
        set_index(walk);
}

static bool expects_key(const struct walk *walk)
{
    return walk->depth != 0 && walk->level[walk->depth - 1].key;
}

/* The last byte of the string at `at`, or `place` if that lies within it. */
static const char *pass_string(struct walk *walk, const char *at,
                               const char *place)
{
    const char *inside = at + 1;
    char utf8[4];

    while (inside < place &&
           stepden_json_next_character(&inside, walk->end, utf8) != 0)
        ;
    if (inside >= place || *inside != '"')
        return place;
    if (expects_key(walk)) {
        set_key(walk, at + 1);
        walk->level[walk->depth - 1].key = false;
    }
    return inside;
}

void stepden_json_pointer(char *pointer, size_t room, const char *json,
                          size_t size, size_t offset)
{
    struct walk walk = {.pointer = pointer, .room = room, .end = json + size};
    const char *place = json + offset;
    bool within = false; /* a string */

    pointer[0] = '\0';
    for (const char *at = json; at < place; at++) {
        switch (*at) {
        case '{':
        case '[':
            open_level(&walk, *at == '{');
            break;
        case '}':
        case ']':
            close_level(&walk);
            break;
        case ',':
            next_in_level(&walk);
            break;
        case '"':
            at = pass_string(&walk, at, place);
            within = at == place;
            break;
        }
    }
    if (!within && expects_key(&walk) && offset < size && *place == '"')
        set_key(&walk, place + 1);
}
