#include "base/regular_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

FILE *stepden_regular_file_open(const char *path, const char **why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat state;
    FILE *file = NULL;

    if (fd < 0 || fstat(fd, &state) != 0)
        *why = strerror(errno);
    else if (!S_ISREG(state.st_mode))
        *why = "not a regular file";
    else if (!(file = fdopen(fd, "r")))
        *why = strerror(errno);
    if (file)
        setvbuf(file, NULL, _IONBF, 0);
    else if (fd >= 0)
        close(fd);
    return file;
}
