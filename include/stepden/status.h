/* What every call of libstepden returns, and where it says what went wrong. */
#ifndef STEPDEN_STATUS_H
#define STEPDEN_STATUS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define STEPDEN_API __attribute__((visibility("default")))
#define STEPDEN_CHECKED __attribute__((warn_unused_result))
#else
#define STEPDEN_API
#define STEPDEN_CHECKED
#endif

enum stepden_status {
    STEPDEN_OK = 0,
    STEPDEN_ERR_TRUNCATED,   /* the input ends early; more bytes are needed */
    STEPDEN_ERR_SYNTAX,      /* the input does not follow its notation */
    STEPDEN_ERR_INVALID,     /* well formed, but not what it has to be */
    STEPDEN_ERR_RANGE,       /* a value outside its range */
    STEPDEN_ERR_SPACE,       /* the caller's buffer is too small */
    STEPDEN_ERR_FULL,        /* a limit of the configuration is reached */
    STEPDEN_ERR_MEMORY,      /* the system has no memory left */
    STEPDEN_ERR_SYSTEM,      /* the system refused; the diag says what */
    STEPDEN_ERR_UNSUPPORTED, /* valid, but not done by this version */
};

/*
 * Where and why a call failed. Filled in only on error; both texts are
 * NUL-terminated and cut to fit.
 */
struct stepden_diag {
    char where[192];  /* JSON pointer or field path; "" is the whole */
    char reason[256]; /* what was found and what is allowed */
    size_t offset;    /* bytes of the input before the place, where known */
};

/* The name of `status` in lower case, as in "out of range". */
STEPDEN_API const char *stepden_status_text(enum stepden_status status);

#ifdef __cplusplus
}
#endif

#endif
