#include "entry_id.h"

#include <stdlib.h>

static bool read_number(uint64_t *number, const char **text)
{
    char *end;

    *number = strtoull(*text, &end, 10);
    const bool is_number = end != *text;
    *text = end;
    return is_number;
}

bool entry_id_read(struct entry_id *id, const char *text, const char **end)
{
    *end = text;
    if (!read_number(&id->ms, end) || **end != '-')
        return false;
    ++*end;
    return read_number(&id->seq, end);
}

int entry_id_compare(struct entry_id a, struct entry_id b)
{
    if (a.ms != b.ms)
        return a.ms < b.ms ? -1 : 1;
    return (a.seq > b.seq) - (a.seq < b.seq);
}
