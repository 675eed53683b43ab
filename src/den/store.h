/*
 * The records, found by their parties, by their action id and by their next
 * deadline; all in O(log n) or better. Memory is taken as the table grows, in
 * pieces that are never moved.
 */
#ifndef STEPDEN_DEN_STORE_H
#define STEPDEN_DEN_STORE_H

#include "den/deadlines.h"
#include "den/record.h"

/* No record. */
#define STEPDEN_HANDLE_NONE 0u

struct stepden_store {
    struct stepden_record **pieces;
    uint32_t *by_parties; /* heads of chains of handles */
    uint32_t *by_number;  /* handles */
    struct stepden_deadlines deadlines;
    uint32_t capacity; /* handles are 1..capacity */
    uint32_t count;    /* records now */
    uint32_t fresh;    /* handles above have never been used */
    uint32_t unused;   /* head of the chain of handles given back */
    uint32_t bucket_mask;
};

/* For `capacity` records, numbers 0..`numbers` - 1. Freed with _free, also
 * after an error. */
STEPDEN_CHECKED enum stepden_status
stepden_store_init(struct stepden_store *store, uint32_t capacity,
                   uint32_t numbers);

void stepden_store_free(struct stepden_store *store);

/*
 * Adds an all-zero record of this number, not yet found by its parties, and
 * without a deadline. Returns STEPDEN_HANDLE_NONE when the store is full or
 * memory is.
 */
uint32_t stepden_store_add(struct stepden_store *store, uint32_t number);

void stepden_store_remove(struct stepden_store *store, uint32_t handle);

/* Borrowed; stays in place until the record is removed. */
struct stepden_record *stepden_store_at(const struct stepden_store *store,
                                        uint32_t handle);

uint32_t stepden_store_find_parties(const struct stepden_store *store,
                                    const struct stepden_parties *parties);

/*
 * Bring nearer what stepden_store_find_parties will look at, and do not wait
 * for it: first the place where a record is told of, then, when that is there,
 * the record. Of many parties that are looked for, the misses of the cache so
 * take the time of one.
 */
void stepden_store_fetch_place(const struct stepden_store *store,
                               const struct stepden_parties *parties);
void stepden_store_fetch_record(const struct stepden_store *store,
                                const struct stepden_parties *parties);

uint32_t stepden_store_find_number(const struct stepden_store *store,
                                   uint32_t number);

/* The record is found by its parties from now on, in place of any other. */
void stepden_store_link(struct stepden_store *store, uint32_t handle);

/* When the record is to be looked at next. */
void stepden_store_schedule(struct stepden_store *store, uint32_t handle,
                            int64_t at_mono_ms);

/*
 * The record to be looked at next, and when; STEPDEN_HANDLE_NONE if there is
 * none. Of several at the same time the one with the lowest number.
 */
uint32_t stepden_store_next(const struct stepden_store *store,
                            int64_t *at_mono_ms);

/* A record that is removed fast, or STEPDEN_HANDLE_NONE if there is none. */
uint32_t stepden_store_any(const struct stepden_store *store);

#endif
