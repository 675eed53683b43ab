#include "uper.h"

#include <stdlib.h>

asn_dec_rval_t uper_done(void)
{
    return (asn_dec_rval_t){.code = RC_OK};
}

asn_dec_rval_t uper_failed(void)
{
    return (asn_dec_rval_t){.code = RC_FAIL};
}

asn_dec_rval_t uper_starved(void)
{
    return (asn_dec_rval_t){.code = RC_WMORE};
}

bool uper_skip_bits(asn_per_data_t *pd, size_t count)
{
    const size_t step_max = 24;

    while (count > 0) {
        size_t step = count < step_max ? count : step_max;

        if (per_get_few_bits(pd, (int)step) < 0)
            return false;
        count -= step;
    }
    return true;
}

bool uper_presence_take(struct uper_presence *presence, asn_per_data_t *pd,
                        size_t count)
{
    *presence = (struct uper_presence){.bits = *pd, .left = count};
    return uper_skip_bits(pd, count);
}

bool uper_presence_next(struct uper_presence *presence)
{
    if (presence->left == 0)
        return false;
    presence->left--;
    return per_get_few_bits(&presence->bits, 1) == 1;
}

void **uper_member(const asn_TYPE_member_t *member, void *tree, void **value)
{
    void *place = (char *)tree + member->memb_offset;

    if (member->flags & ATF_POINTER)
        return place;
    *value = place;
    return value;
}

bool uper_tree(void **tree, int size)
{
    if (*tree == NULL)
        *tree = calloc(1, (size_t)size);
    return *tree != NULL;
}
