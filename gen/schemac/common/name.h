/* How the names of a schema are spelt in C. */
#ifndef SCHEMAC_NAME_H
#define SCHEMAC_NAME_H

#include <stdbool.h>

/* "timeToCollision" as "time_to_collision"; other characters as '_'. */
const char *name_snake(const char *name);

/* "time_to_collision" as "TIME_TO_COLLISION". */
const char *name_upper(const char *snake);

/* Whether `name` is a lower case letter, and then such, digits and single '_'.
 */
bool name_is_snake(const char *name);

/* Whether `snake` can name a member or a variable, in C and in C++. */
bool name_is_usable(const char *snake);

/* Whether `name` can stand in a string of JSON as it is. */
bool name_is_plain(const char *name);

#endif
