#include "common/name.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "common/keep.h"

static bool starts_word(const char *name, size_t i)
{
    unsigned char before, here = (unsigned char)name[i];

    if (i == 0 || !isupper(here))
        return false;
    before = (unsigned char)name[i - 1];
    return islower(before) || isdigit(before) ||
           (isupper(before) && islower((unsigned char)name[i + 1]));
}

const char *name_snake(const char *name)
{
    char *snake = keep_alloc(2 * strlen(name) + 1);
    size_t size = 0;

    for (size_t i = 0; name[i] != '\0'; i++) {
        unsigned char c = (unsigned char)name[i];

        if (starts_word(name, i) || !isalnum(c))
            snake[size++] = '_';
        if (isalnum(c))
            snake[size++] = (char)tolower(c);
    }
    return snake;
}

const char *name_upper(const char *snake)
{
    char *upper = keep_format("%s", snake);

    for (char *c = upper; *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    return upper;
}

/* Keywords, and macros of system headers and of GNU's dialects. */
static bool is_reserved(const char *snake)
{
    static const char of_c[] =
        " auto bool break case char const continue default do double else "
        "enum extern false float for goto if inline int long register "
        "restrict return short signed sizeof static struct switch true "
        "typedef typeof typeof_unqual union unsigned void volatile while ";
    static const char of_cpp[] =
        " alignas alignof and and_eq asm bitand bitor catch char16_t "
        "char32_t char8_t class co_await co_return co_yield compl concept "
        "const_cast consteval constexpr constinit decltype delete "
        "dynamic_cast explicit export friend mutable namespace new noexcept "
        "not not_eq nullptr operator or or_eq private protected public "
        "reinterpret_cast requires static_assert static_cast template this "
        "thread_local throw try typeid typename using virtual wchar_t xor "
        "xor_eq ";
    static const char macros[] = " complex errno linux noreturn unix ";
    const char *word = keep_format(" %s ", snake);

    return strstr(of_c, word) != NULL || strstr(of_cpp, word) != NULL ||
           strstr(macros, word) != NULL;
}

bool name_is_snake(const char *name)
{
    return islower((unsigned char)name[0]) && strstr(name, "__") == NULL &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

bool name_is_usable(const char *snake)
{
    return name_is_snake(snake) && !is_reserved(snake);
}

bool name_is_plain(const char *name)
{
    for (; *name != '\0'; name++)
        if (iscntrl((unsigned char)*name) || *name == '"' || *name == '\\')
            return false;
    return true;
}
