#include "redis/token.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "redis/backoff.h"

enum { TOKEN_BYTES = 16, FILE_SIZE = 2 * STEPDEN_TOKEN_SIZE };

void stepden_tokens_renew(struct stepden_tokens *tokens, const char *seen)
{
    unsigned char random[TOKEN_BYTES];

    if (seen[0] != '\0')
        snprintf(tokens->before, sizeof tokens->before, "%s", seen);
    else
        memcpy(tokens->before, tokens->newest, sizeof tokens->before);
    stepden_random_fill(random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(tokens->newest + 2 * i, 3, "%02x", random[i]);
}

bool stepden_tokens_include(const struct stepden_tokens *tokens,
                            const char *token)
{
    return token[0] != '\0' && (strcmp(token, tokens->newest) == 0 ||
                                strcmp(token, tokens->before) == 0);
}

static bool is_token(const char *text)
{
    return strspn(text, "0123456789abcdef") == STEPDEN_TOKEN_SIZE - 1 &&
           text[STEPDEN_TOKEN_SIZE - 1] == '\n';
}

/* Two lines, a token each; what looks different counts as nothing. */
static void read_tokens(int fd, struct stepden_tokens *tokens)
{
    char text[FILE_SIZE + 1] = "";
    const char *second = text + STEPDEN_TOKEN_SIZE;

    if (pread(fd, text, FILE_SIZE, 0) != FILE_SIZE)
        return;
    if (!is_token(text) || !is_token(second))
        return;
    memcpy(tokens->newest, text, STEPDEN_TOKEN_SIZE - 1);
    memcpy(tokens->before, second, STEPDEN_TOKEN_SIZE - 1);
}

bool stepden_token_file_place(char *path, size_t size)
{
    const char *folders = getenv("RUNTIME_DIRECTORY");

    if (folders == NULL)
        return false;
    int length =
        snprintf(path, size, "%.*s/lease", (int)strcspn(folders, ":"), folders);
    return (size_t)length < size;
}

bool stepden_token_file_lock(struct stepden_token_file *file, const char *path,
                             struct stepden_tokens *tokens, const char **why)
{
    if (file->fd >= 0)
        return true;

    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        *why = strerror(errno);
        return false;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        *why = errno == EWOULDBLOCK ? NULL : strerror(errno);
        close(fd);
        return false;
    }
    file->fd = fd;
    read_tokens(fd, tokens);
    return true;
}

void stepden_token_file_write(struct stepden_token_file *file,
                              const struct stepden_tokens *tokens)
{
    char text[FILE_SIZE + 1];
    const char *before =
        tokens->before[0] != '\0' ? tokens->before : tokens->newest;

    if (file->fd < 0)
        return;
    snprintf(text, sizeof text, "%s\n%s\n", tokens->newest, before);
    if (pwrite(file->fd, text, FILE_SIZE, 0) != FILE_SIZE)
        (void)!ftruncate(file->fd, 0);
}

void stepden_token_file_close(struct stepden_token_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}
