#include "den/action_ids.h"

#include <assert.h>
#include <stdlib.h>

#define WORD_BITS 64u

static uint64_t bit(uint32_t number)
{
    return UINT64_C(1) << number % WORD_BITS;
}

static uint32_t word_count(uint32_t bits)
{
    return (bits + WORD_BITS - 1) / WORD_BITS;
}

enum stepden_status stepden_action_ids_init(struct stepden_action_ids *ids,
                                            uint32_t total)
{
    uint32_t words = word_count(total);

    *ids = (struct stepden_action_ids){
        .used = calloc(words, sizeof *ids->used),
        .full = calloc(word_count(words), sizeof *ids->full),
        .total = total,
    };
    return ids->used && ids->full ? STEPDEN_OK : STEPDEN_ERR_MEMORY;
}

void stepden_action_ids_free(struct stepden_action_ids *ids)
{
    free(ids->used);
    free(ids->full);
}

/* The first zero bit at or after `from`, or `end`. */
static uint32_t first_zero(const uint64_t *words, uint32_t from, uint32_t end)
{
    while (from < end) {
        uint64_t zeros = ~words[from / WORD_BITS] & ~(bit(from) - 1);
        if (zeros != 0) {
            return from / WORD_BITS * WORD_BITS +
                   (uint32_t)__builtin_ctzll(zeros);
        }
        from = (from / WORD_BITS + 1) * WORD_BITS;
    }
    return end;
}

/*
 * Looks into the word of `from`, then into the next word that is not full. What
 * is left of the last word after `total` bits is zero: without a free number it
 * finds `total`.
 */
static uint32_t first_free(const struct stepden_action_ids *ids, uint32_t from)
{
    uint32_t word = from / WORD_BITS;
    uint32_t end = (word + 1) * WORD_BITS;
    uint32_t number = first_zero(ids->used, from, end);
    if (number < end)
        return number;

    word = first_zero(ids->full, word + 1, word_count(ids->total));
    return first_zero(ids->used, word * WORD_BITS, ids->total);
}

bool stepden_action_ids_reserve(struct stepden_action_ids *ids, uint32_t number)
{
    assert(number < ids->total);
    uint64_t *word = &ids->used[number / WORD_BITS];
    if (*word & bit(number))
        return false;

    *word |= bit(number);
    if (*word == UINT64_MAX) {
        uint32_t index = number / WORD_BITS;
        ids->full[index / WORD_BITS] |= bit(index);
    }
    ids->in_use++;
    return true;
}

void stepden_action_ids_release(struct stepden_action_ids *ids, uint32_t number)
{
    uint32_t index = number / WORD_BITS;

    assert(ids->used[index] & bit(number));
    ids->used[index] &= ~bit(number);
    ids->full[index / WORD_BITS] &= ~bit(index);
    ids->in_use--;
}

void stepden_action_ids_continue(struct stepden_action_ids *ids,
                                 uint32_t number)
{
    ids->next = (number + 1) % ids->total;
}

uint32_t stepden_action_ids_take(struct stepden_action_ids *ids)
{
    if (ids->in_use == ids->total)
        return STEPDEN_NUMBER_NONE;

    uint32_t number = first_free(ids, ids->next);
    if (number == ids->total)
        number = first_free(ids, 0);
    bool was_free = stepden_action_ids_reserve(ids, number);
    assert(was_free);
    (void)was_free;
    stepden_action_ids_continue(ids, number);
    return number;
}
